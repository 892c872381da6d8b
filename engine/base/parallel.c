/* SPDX-License-Identifier: MIT */
/* parallel.c: threads that take the next piece until there is none.
 *
 * Pieces are handed out in ascending order, so when one fails every lower one has been
 * begun and is finished: the lowest failure is then known, and is the same on every run. */
#include "kith/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct shift {
    const kith_parallel *job;
    atomic_size_t next, done;
    atomic_bool failed;
    pthread_mutex_t lock; /* over what follows */
    size_t lowest;        /* piece that failed */
    kith_status status;
    kith_error error;
} shift;

typedef struct worker {
    shift *shift;
    unsigned number;
    pthread_t thread;
} worker;

static void note_failure(shift *s, size_t piece, kith_status status, const kith_error *error)
{
    pthread_mutex_lock(&s->lock);
    if (s->status == KITH_OK || piece < s->lowest) {
        s->lowest = piece;
        s->status = status;
        s->error = *error;
    }
    pthread_mutex_unlock(&s->lock);
    atomic_store(&s->failed, true);
}

static void *work(void *context)
{
    const worker *me = context;
    shift *s = me->shift;
    const kith_parallel *job = s->job;
    kith_error error = { KITH_OK, "" };

    while (!atomic_load(&s->failed)) {
        const size_t piece = atomic_fetch_add(&s->next, 1);
        if (piece >= job->pieces)
            break;
        const kith_status status = job->task(job->context, piece, me->number, &error);
        if (status != KITH_OK)
            note_failure(s, piece, status, &error);
        const size_t done = atomic_fetch_add(&s->done, 1) + 1;
        if (me->number == 0)
            kith_progress_tell(job->progress, job->what, done, job->pieces);
    }
    return NULL;
}

unsigned kith_parallel_workers(size_t pieces)
{
    const char *wanted = getenv("KITH_THREADS");
    char *end = NULL;
    long count = wanted != NULL && *wanted != '\0' ? strtol(wanted, &end, 10) : 0;

    if (end == NULL || *end != '\0' || count < 1 || count > KITH_PARALLEL_MOST)
        count = sysconf(_SC_NPROCESSORS_ONLN);
    if (count > KITH_PARALLEL_MOST)
        count = KITH_PARALLEL_MOST;
    if (count > 1 && (size_t)count > pieces)
        count = (long)pieces;
    return count < 1 ? 1 : (unsigned)count;
}

kith_status kith_parallel_run(const kith_parallel *job, unsigned workers, kith_error *err)
{
    shift s = { .job = job, .lock = PTHREAD_MUTEX_INITIALIZER, .status = KITH_OK };
    worker team[KITH_PARALLEL_MOST] = { { .shift = &s, .number = 0 } };
    unsigned started = 1;

    for (; started < workers && started < KITH_PARALLEL_MOST && started < job->pieces; started++) {
        team[started] = (worker){ .shift = &s, .number = started };
        if (pthread_create(&team[started].thread, NULL, work, &team[started]) != 0)
            break;
    }
    work(&team[0]);
    for (unsigned i = 1; i < started; i++)
        pthread_join(team[i].thread, NULL);
    if (s.status != KITH_OK && err != NULL)
        *err = s.error;
    return s.status;
}
