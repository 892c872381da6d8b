/* SPDX-License-Identifier: GPL-3.0-or-later */
/* packs_places.c: what a room saw in the last pack stands in this one where it stood.
 *
 * Every pack that is written keeps where its pictures have things. To print it is what matters: a
 * hub that cannot be written gives the same pack, and keeps nothing. */
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hub.h"
#include "kith/history.h"
#include "kith/parallel.h"
#include "kith/positions.h"
#include "packs.h"

enum { SIDE_BY_SIDE = 2 };

static const char layout[] = "association";

/* The file, and the folder for the journals beside it. */
static bool can_be_written(bool *can, const char *hub)
{
    char *path = strdup(hub);

    *can = path != NULL && access(hub, W_OK) == 0 && access(dirname(path), W_OK) == 0;
    const bool known = path != NULL;
    free(path);
    return known;
}

kith_status packs_open(kith_call *call, kith_error *err)
{
    bool writes = false;

    if (call_text(call, "output") != NULL && access(call->hub, F_OK) == 0) {
        if (!can_be_written(&writes, call->hub))
            return kith_no_memory(err);
        if (!writes)
            call_say(call, "%s cannot be written: where things stand is not kept for the next pack", call->hub);
    }
    return hub_open(call, writes ? KITH_READ_WRITE : KITH_READ_ONLY, err);
}

typedef struct placing {
    const packs_picture *pictures;
    int64_t seed;
} placing;

static kith_status settle(void *context, size_t piece, unsigned worker, kith_error *err)
{
    const placing *job = context;

    (void)worker;
    return kith_positions_settle(job->pictures[piece].scene, job->seed, err);
}

static kith_status keep(kith_call *call, const packs_picture *pictures, size_t count, kith_error *err)
{
    kith_error busy;
    kith_status status = kith_store_begin(call->store, &busy);

    if (status == KITH_HUB) {
        call_say(call, "where things stand is not kept for the next pack: %s", busy.message);
        return KITH_OK;
    }
    if (status != KITH_OK)
        return kith_fail(err, status, "%s", busy.message);
    status = kith_history_skip(call->store, err);
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        status = kith_positions_keep(call->store, &call->view, pictures[i].subject, layout,
                                     pictures[i].scene, pictures[i].scene, err);
    if (status == KITH_OK)
        return kith_store_commit(call->store, err);
    kith_store_rollback(call->store);
    return status;
}

kith_status packs_place(kith_call *call, const packs_picture *pictures, size_t count, kith_error *err)
{
    const kith_progress progress = call_progress_to(call);
    placing job = { pictures, (int64_t)call->seed };
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < count; i++)
        status = kith_positions_read(pictures[i].scene, call->store, &call->view, pictures[i].subject,
                                     layout, KITH_PLACES_ALL, err);
    if (status == KITH_OK)
        status = kith_parallel_run(&(kith_parallel){ settle, &job, count, "pictures", &progress },
                                   SIDE_BY_SIDE, err);
    call_progress_end(call);
    return status == KITH_OK && count > 0 && kith_store_access(call->store) == KITH_READ_WRITE
               ? keep(call, pictures, count, err)
               : status;
}
