/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_libraries.c: each library says its own version; the headers say which it should be. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <igraph.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#include "kith/libraries.h"

static const char *version_of(const char *name)
{
    static kith_library list[KITH_LIBRARIES_MOST];
    const size_t count = kith_libraries(list);

    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].name, name) == 0)
            return list[i].version;
    return "";
}

Test(libraries, a_version_is_that_of_the_library_s_header)
{
    cr_expect(eq(str, (char *)version_of("igraph"), (char *)IGRAPH_VERSION));
    cr_expect(eq(str, (char *)version_of("libsodium"), (char *)SODIUM_VERSION_STRING));
    cr_expect(eq(str, (char *)version_of("sqlite"), (char *)SQLITE_VERSION));
}

Test(libraries, each_is_named_once_and_says_a_number)
{
    kith_library list[KITH_LIBRARIES_MOST];
    const size_t count = kith_libraries(list);

    cr_assert(count >= 6 && count <= KITH_LIBRARIES_MOST);
    for (size_t i = 0; i < count; i++) {
        cr_expect(strpbrk(list[i].version, "0123456789") != NULL, "%s", list[i].name);
        if (i > 0)
            cr_expect(lt(str, (char *)list[i - 1].name, (char *)list[i].name));
    }
}
