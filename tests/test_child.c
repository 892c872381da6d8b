/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs that do not end as they should. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "../viz/child.h"

static kith_error err;

static child_end run(const char *script, const char *bytes, int seconds, size_t most, kith_text *out)
{
    char *words[] = { (char *)"sh", (char *)"-c", (char *)script, NULL };
    const child_call call = { .path = "/bin/sh", .words = words, .bytes = bytes, .size = strlen(bytes),
                              .seconds = seconds, .most = most };
    kith_text said = { 0 };
    child_end end;

    cr_assert(eq(int, child_run(&end, out, &said, &call, &err), KITH_OK), "%s", err.message);
    kith_text_free(&said);
    return end;
}

Test(child, what_it_writes_and_how_it_ends_is_told)
{
    kith_text out = { 0 };
    const child_end end = run("cat; exit 3", "hello", 30, 0, &out);

    cr_expect(eq(int, end.code, 3));
    cr_expect(not(end.late));
    cr_expect(eq(str, (char *)kith_text_string(&out), (char *)"hello"));
    kith_text_free(&out);
}

Test(child, one_that_closes_its_outputs_and_goes_on_is_ended)
{
    kith_text out = { 0 };
    const time_t began = time(NULL);
    const child_end end = run("exec >&- 2>&- ; exec sleep 60", "", 1, 0, &out);

    cr_expect(end.late);
    cr_expect(eq(int, end.code, -SIGKILL));
    cr_expect(lt(int, (int)(time(NULL) - began), 50));
    kith_text_free(&out);
}

Test(child, one_that_writes_without_end_is_ended)
{
    kith_text out = { 0 };
    const child_end end = run("exec cat /dev/zero", "", 60, 1 << 20, &out);

    cr_expect(end.late);
    cr_expect(le(sz, out.size, (size_t)1 << 20));
    kith_text_free(&out);
}
