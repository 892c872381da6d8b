/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_error.c: SQLite's result codes as sentences. */
#include "store_private.h"

kith_status kith_store_fail(kith_error *err, sqlite3 *db, const char *path, int code)
{
    if (code == SQLITE_IOERR_NOMEM)
        return kith_no_memory(err);
    if (code == SQLITE_READONLY_ROLLBACK)
        return kith_fail(err, KITH_HUB, "%s: a change that was interrupted has to be undone first, "
                                        "and the hub is write-protected; open it once where it "
                                        "can be written", path);
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return kith_no_memory(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return kith_fail(err, KITH_HUB, "%s: another program is using the hub; wait until it "
                                        "has ended and try again", path);
    case SQLITE_NOTADB:
        return kith_fail(err, KITH_HUB, "%s: cannot be read: it is damaged, or belongs to another "
                                        "key; put back a backup of the hub with its keys file",
                         path);
    case SQLITE_CORRUPT:
        return kith_fail(err, KITH_HUB, "%s: the hub is damaged (%s); put back a backup", path,
                         sqlite3_errmsg(db));
    case SQLITE_FULL:
        return kith_fail(err, KITH_IO, "%s: the disk is full; make room and try again", path);
    case SQLITE_ABORT:
        return kith_fail(err, KITH_IO, "%s: what was under way was undone, as memory or the disk had "
                                       "failed; try again", path);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return kith_fail(err, KITH_IO, "%s: the hub or its folder is write-protected; choose a "
                                       "place where you may write", path);
    case SQLITE_IOERR:
        return kith_fail(err, KITH_IO, "%s: reading or writing failed (code %d); check the disk "
                                       "and its room", path, code);
    default:
        return kith_fail(err, KITH_INTERNAL, "%s: %s (code %d)", path, sqlite3_errmsg(db), code);
    }
}
