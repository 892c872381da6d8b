/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "kith/parallel.h"

enum { PIECES = 500 };

typedef struct desk {
    int times[PIECES];
    unsigned worker[PIECES];
    size_t failing; /* this piece and every third after it fail */
} desk;

static kith_status note(void *context, size_t piece, unsigned worker, kith_error *err)
{
    desk *d = context;

    d->times[piece]++;
    d->worker[piece] = worker;
    if (piece >= d->failing && (piece - d->failing) % 3 == 0)
        return kith_fail(err, KITH_INPUT, "piece %zu", piece);
    return KITH_OK;
}

static kith_status run(desk *d, size_t pieces, unsigned workers, kith_error *err)
{
    const kith_parallel job = { .task = note, .context = d, .pieces = pieces, .what = "pieces" };

    return kith_parallel_run(&job, workers, err);
}

Test(parallel, every_piece_is_done_once)
{
    for (unsigned workers = 1; workers <= 4; workers++) {
        desk d = { .failing = SIZE_MAX };
        cr_assert(eq(int, run(&d, PIECES, workers, NULL), KITH_OK));
        for (size_t i = 0; i < PIECES; i++) {
            cr_assert(eq(int, d.times[i], 1), "piece %zu", i);
            cr_assert(lt(uint, d.worker[i], workers));
        }
    }
}

Test(parallel, no_piece_is_no_work)
{
    desk d = { .failing = SIZE_MAX };

    cr_expect(eq(int, run(&d, 0, 4, NULL), KITH_OK));
    cr_expect(eq(int, d.times[0], 0));
    cr_expect(eq(uint, kith_parallel_workers(0), 1));
}

Test(parallel, the_lowest_failure_is_told_whatever_the_threads)
{
    for (unsigned workers = 1; workers <= 4; workers++) {
        desk d = { .failing = 17 };
        kith_error err = { KITH_OK, "" };
        cr_assert(eq(int, run(&d, PIECES, workers, &err), KITH_INPUT));
        cr_expect(eq(str, err.message, "piece 17"));
        cr_expect(eq(int, d.times[PIECES - 1], 0), "the rest is not begun");
    }
}

static void count_up(void *context, const char *what, uint64_t done, uint64_t total)
{
    uint64_t *last = context;

    cr_assert(eq(str, (char *)what, "pieces"));
    cr_assert(eq(u64, total, PIECES));
    cr_assert(gt(u64, done, *last));
    *last = done;
}

Test(parallel, progress_goes_forward_to_the_end)
{
    uint64_t last = 0;
    desk d = { .failing = SIZE_MAX };
    const kith_progress progress = { count_up, &last };
    const kith_parallel job = { note, &d, PIECES, "pieces", &progress };

    cr_assert(eq(int, kith_parallel_run(&job, 1, NULL), KITH_OK));
    cr_expect(eq(u64, last, PIECES));
}

Test(parallel, the_environment_says_how_many_threads)
{
    setenv("KITH_THREADS", "3", 1);
    cr_expect(eq(uint, kith_parallel_workers(100), 3));
    cr_expect(eq(uint, kith_parallel_workers(2), 2), "never more than pieces");
    setenv("KITH_THREADS", "many", 1);
    cr_expect(ge(uint, kith_parallel_workers(100), 1));
    setenv("KITH_THREADS", "0", 1);
    cr_expect(ge(uint, kith_parallel_workers(100), 1));
    setenv("KITH_THREADS", "100000", 1);
    cr_expect(le(uint, kith_parallel_workers(100000), KITH_PARALLEL_MOST));
}
