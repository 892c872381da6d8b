/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_hold.c: keeping everybody else from a hub's file while another takes its place.
 *
 * A journal belongs to a path: one that an interrupted change left, or that a change under way
 * has open, would be played back into whatever is put there. */
#include <stdlib.h>

#include "store_private.h"

struct kith_hold {
    sqlite3 *db;
};

static bool stands_in_the_way(int code)
{
    return (code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_NOMEM;
}

kith_status kith_store_hold(kith_hold **hold, const char *path, const kith_store *like, kith_error *err)
{
    kith_hold *made = calloc(1, sizeof *made);

    *hold = NULL;
    if (made == NULL)
        return kith_no_memory(err);
    kith_status status = kith_store_connect(
        &made->db, path, like->ring != NULL ? kith_keyring_data_key(like->ring) : NULL, err);
    const int code = status == KITH_OK ? sqlite3_exec(made->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL)
                                       : sqlite3_errcode(made->db);
    if (stands_in_the_way(code)) {
        status = kith_store_fail(err, made->db, path, code);
        kith_hold_end(made);
        return status;
    }
    *hold = made; /* of a damaged hub, which nobody changes: nothing is held */
    return KITH_OK;
}

void kith_hold_end(kith_hold *hold)
{
    if (hold != NULL)
        sqlite3_close(hold->db);
    free(hold);
}
