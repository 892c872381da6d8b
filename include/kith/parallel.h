/* SPDX-License-Identifier: MIT */
/* parallel.h: work in pieces, on several threads, with one answer.
 *
 * A job is cut into pieces that do not depend on each other. Threads take pieces in
 * ascending order; which thread does which piece is chance, so a piece may write only to
 * memory of its own, or to scratch memory of its worker that it first makes clean. What
 * pieces add up to is added by the caller, in the order of the pieces, so that every sum
 * is the same on one thread or many. igraph and the store are never called inside. */
#ifndef KITH_PARALLEL_H
#define KITH_PARALLEL_H

#include <stddef.h>

#include "kith/error.h"
#include "kith/progress.h"

enum { KITH_PARALLEL_MOST = 64 }; /* workers */

/** One piece. worker is below the number of workers; no two pieces run in one at a time. */
typedef kith_status kith_parallel_task(void *context, size_t piece, unsigned worker,
                                       kith_error *err);

typedef struct kith_parallel {
    kith_parallel_task *task;
    void *context;
    size_t pieces;
    const char *what;              /* for progress */
    const kith_progress *progress; /* may be NULL; counts pieces */
} kith_parallel;

/**
 * How many workers to use: the environment's KITH_THREADS if that is a number from 1 to
 * 64, else the processors online; at most 64, at most one a piece, at least 1.
 */
unsigned kith_parallel_workers(size_t pieces);

/**
 * Runs all pieces and waits for them. The calling thread is worker 0.
 *
 * A thread that cannot be made leaves its pieces to the others. After a failure no further
 * piece is begun, and the failure of the lowest piece is returned, whatever the threads.
 * Returns KITH_OK, or what a task returned. Allocates nothing.
 */
kith_status kith_parallel_run(const kith_parallel *job, unsigned workers, kith_error *err);

#endif
