/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup.c: `kith backup` and `kith restore`. */
#include "kith/backup.h"

#include <sodium.h>
#include <string.h>

#include "commands.h"
#include "hub.h"
#include "kith/access.h"

static kith_status run_backup(kith_call *call, kith_error *err)
{
    kith_secret *secret = NULL;
    kith_table table = { 0 };
    kith_status status = hub_open_keeping(call, &secret, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = kith_backup_make(&table, call->store, secret, call->operands[0], err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    if (status == KITH_OK)
        call_say(call, "%s is a backup of %s, opened and compared; keep it, and a key, in another place",
                 call->operands[0], call->hub);
    kith_table_free(&table);
    kith_secret_free(secret);
    return status;
}

/* Who may restore is what the backup's accounts say: a hub that is there may not open. */
static kith_status check_role(kith_call *call, kith_store *backup, kith_error *err)
{
    static const char *none[] = { NULL };
    const kith_status status = kith_member_read(&call->member, backup, call->policy, err);

    return status == KITH_OK ? kith_member_may(call->member, call->command->name, none, err) : status;
}

static kith_status run_restore(kith_call *call, kith_error *err)
{
    const char *to = call->hub, *from = call->operands[0];
    kith_secret *secret = NULL;
    kith_store *backup = NULL;
    kith_table table = { 0 };
    kith_status status = hub_secret_of(&secret, call, from, err);

    if (status == KITH_OK)
        status = kith_store_open(&backup, from, secret, KITH_READ_ONLY, err);
    if (status == KITH_OK)
        status = check_role(call, backup, err);
    if (status == KITH_OK)
        status = kith_backup_restore(&table, backup, secret, to, call_flag(call, "replace"), err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    if (status == KITH_OK)
        call_say(call, "%s holds what %s holds, compared table by table", to, from);
    kith_table_free(&table);
    kith_store_close(backup);
    kith_secret_free(secret);
    return status;
}

static const option_row restore_options[] = {
    { "replace", OPTION_FLAG, .help = "a hub that is there is set aside as HUB.before-TIME" },
    OPTION_END
};

const kith_command command_backup = {
    .name = "backup",
    .summary = "copies the hub, encrypted, and proves the copy",
    .operands = "FILE",
    .least = 1,
    .most = 1,
    .hub = HUB_NONE,
    .about =
        "Makes FILE, FILE.keys and FILE.audit: a hub, encrypted as the first one is and opened by the\n"
        "same keys. The copy is then opened as a restore would, every page of it is read, and each\n"
        "table compared, rows and hash, with what the hub held; a copy that differs is not kept. Others\n"
        "may read the hub meanwhile. Nothing is overwritten.",
    .example = "kith backup /media/backup/town-2022-06-30.kith",
    .run = run_backup,
};

const kith_command command_restore = {
    .name = "restore",
    .summary = "puts a backup in the hub's place, proved first",
    .operands = "BACKUP",
    .least = 1,
    .most = 1,
    .hub = HUB_NONE,
    .options = restore_options,
    .about =
        "The backup is copied beside the hub's place, opened, read whole and compared table by table\n"
        "before it takes that place. A hub that is there is refused, or with --replace set aside. Keys\n"
        "and audit log that are in place stay: a key revoked since opens nothing, and no entry is lost.\n"
        "The restore is an entry of the log.",
    .example = "kith restore /media/backup/town-2022-06-30.kith --hub town.kith --replace",
    .run = run_restore,
};
