/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backup.c: a copy is made beside its place, opened and compared, then named. */
#include "kith/backup.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "kith/audit.h"
#include "kith/date.h"
#include "kith/file.h"
#include "kith/text.h"

enum { PATH_SIZE = 4096, FILES = 3 };

/* A hub's files; of an open hub the second is not there. */
static const char *const endings[FILES] = { "", ".keys", ".audit" };

typedef char path_text[PATH_SIZE];

static bool name_file(path_text path, const char *hub, const char *ending)
{
    return snprintf(path, PATH_SIZE, "%s%s", hub, ending) < PATH_SIZE;
}

static bool is_there(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0;
}

static bool is_link(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
}

static kith_status refuse_existing(const char *to, kith_error *err)
{
    path_text path;

    for (int i = 0; i < FILES; i++) {
        if (!name_file(path, to, endings[i]))
            return kith_fail(err, KITH_USAGE, "the name of the copy is too long");
        if (is_there(path))
            return kith_fail(err, KITH_POLICY, "%s: is there already and is not overwritten; choose "
                                               "another name", path);
    }
    return KITH_OK;
}

static void remove_files(const char *hub)
{
    path_text path;

    for (int i = 0; i < FILES; i++)
        if (name_file(path, hub, endings[i]))
            unlink(path);
}

static kith_status copy_small(const char *from, const char *to, kith_error *err)
{
    char block[1 << 16];
    FILE *in = fopen(from, "rb");
    kith_new_file out;
    size_t size;

    if (in == NULL)
        return kith_fail(err, KITH_HUB, "%s cannot be read: %s", from, strerror(errno));
    kith_status status = kith_file_begin(&out, to, err);
    if (status == KITH_OK) {
        while ((size = fread(block, 1, sizeof block, in)) > 0)
            fwrite(block, 1, size, out.out);
        if (ferror(in))
            status = kith_fail(err, KITH_IO, "%s cannot be read whole", from);
        status = kith_file_end(&out, status, err);
    }
    fclose(in);
    return status;
}

/* Copies a file of a hub, when it is there. */
static kith_status copy_if_there(const char *from_hub, const char *to_hub, const char *ending,
                                 bool *there, kith_error *err)
{
    path_text from, to;

    *there = name_file(from, from_hub, ending) && name_file(to, to_hub, ending) && is_there(from);
    return *there ? copy_small(from, to, err) : KITH_OK;
}

static bool same_rows(const kith_table *a, const kith_table *b)
{
    if (a->cell_count != b->cell_count)
        return false;
    for (size_t i = 0; i < a->cell_count; i += 3)
        if (strcmp(a->cells[i].text, b->cells[i].text) != 0 ||
            a->cells[i + 1].integer != b->cells[i + 1].integer ||
            strcmp(a->cells[i + 2].text, b->cells[i + 2].text) != 0)
            return false;
    return true;
}

/* Opens the copy as any user would, reads every page and compares every table. */
static kith_status prove(const kith_table *expected, const char *copy, const kith_secret *secret,
                         kith_error *err)
{
    kith_store *store = NULL;
    kith_table held = { 0 };
    kith_status status = kith_store_open(&store, copy, secret, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = kith_store_verify(store, err);
    if (status == KITH_OK)
        status = kith_store_fingerprint(&held, store, err);
    if (status == KITH_OK && !same_rows(expected, &held))
        status = kith_fail(err, KITH_HUB, "%s: the copy does not hold what the hub holds; nothing of it "
                                          "is kept: look at the disk it was written to", copy);
    kith_table_free(&held);
    kith_store_close(store);
    return status;
}

/* A copy at a place where nothing is, removed again when it is not whole. */
static kith_status copy_and_prove(kith_table *table, kith_store *store, const kith_secret *secret,
                                  const char *to, kith_error *err)
{
    bool there;
    kith_status status = kith_store_copy(table, store, to, err);

    if (status == KITH_OK)
        status = copy_if_there(kith_store_path(store), to, ".keys", &there, err);
    if (status == KITH_OK)
        status = prove(table, to, secret, err);
    if (status != KITH_OK)
        remove_files(to);
    return status;
}

kith_status kith_backup_make(kith_table *table, kith_store *store, const kith_secret *secret,
                             const char *to, kith_error *err)
{
    const kith_status status = refuse_existing(to, err);

    *table = (kith_table){ .title = "Backup", .empty = NULL };
    return status == KITH_OK ? copy_and_prove(table, store, secret, to, err) : status;
}

/* The keys and the log that are in place take that of the copy, which must open with them. */
static kith_status take_standing(const char *copy, const char *to, const kith_secret *secret,
                                 bool standing[FILES], kith_error *err)
{
    kith_store *store = NULL;
    kith_status status = KITH_OK;
    kith_error why;

    standing[0] = false;
    for (int i = 1; status == KITH_OK && i < FILES; i++)
        status = copy_if_there(to, copy, endings[i], &standing[i], err);
    if (status != KITH_OK || !(standing[1] || standing[2])) /* its own have been tried */
        return status;
    status = kith_store_open(&store, copy, secret, KITH_READ_ONLY, &why);
    kith_store_close(store);
    if (status == KITH_HUB)
        return kith_fail(err, KITH_POLICY, "%s: the keys or the audit log here are not this backup's, or "
                                           "your key is none of theirs (%.*s); restore under another name", to,
                         (int)strcspn(why.message, ";"), why.message);
    return status == KITH_OK ? KITH_OK : kith_fail(err, status, "%s", why.message);
}

/* The journal of a change that could not be undone goes with its hub, never into the other one. */
static kith_status move_journal(const char *to, const char *aside, kith_error *err)
{
    path_text from, at;

    if (!name_file(from, to, "-journal") || !is_there(from))
        return KITH_OK;
    if (!name_file(at, aside, "-journal") || rename(from, at) != 0)
        return kith_fail(err, KITH_IO, "%s: cannot be set aside (%s); nothing is changed", from, strerror(errno));
    return KITH_OK;
}

static kith_status set_aside(path_text aside, const char *to, kith_error *err)
{
    const time_t now = (time_t)kith_now();
    char stamp[32];
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(stamp, sizeof stamp, ".before-%Y%m%dT%H%M%SZ", &utc);
    const size_t size = strlen(stamp);
    for (int nth = 2; name_file(aside, to, stamp) && is_there(aside) && nth < 10; nth++)
        snprintf(stamp + size, sizeof stamp - size, "-%d", nth); /* twice in a second */
    if (!name_file(aside, to, stamp) || (is_there(to) && link(to, aside) != 0))
        return kith_fail(err, KITH_IO, "%s: the hub cannot be set aside (%s); nothing is changed", to,
                         strerror(errno));
    const kith_status status = move_journal(to, aside, err);
    if (status != KITH_OK)
        unlink(aside);
    return status;
}

/* The hub itself goes last: until then nothing opens that did not before. */
static kith_status put_in_place(const char *copy, const char *to, const bool standing[FILES],
                                kith_error *err)
{
    path_text from, at;

    for (int i = FILES - 1; i >= 0; i--) {
        if (!name_file(from, copy, endings[i]) || !name_file(at, to, endings[i]) || !is_there(from))
            continue;
        if (standing[i] ? unlink(from) != 0 : rename(from, at) != 0)
            return kith_fail(err, KITH_IO, "%s: cannot be put in place (%s)", at, strerror(errno));
    }
    if (kith_file_sync_folder(to))
        return KITH_OK;
    return errno == ENOMEM ? kith_no_memory(err)
                           : kith_fail(err, KITH_IO, "%s: its folder cannot be synced; look at its disk", to);
}

/* What is to be put back after a failure. */
typedef struct swap {
    path_text aside; /* what was there, when something was */
    bool begun;
} swap;

/* Nobody reads or changes the hub that is there while it goes. */
static kith_status take_place(swap *s, const char *copy, const char *to, const bool standing[FILES],
                              const kith_store *backup, kith_error *err)
{
    kith_hold *hold = NULL;
    kith_status status = is_there(to) ? kith_store_hold(&hold, to, backup, err) : KITH_OK;

    if (status == KITH_OK)
        status = set_aside(s->aside, to, err);
    s->begun = status == KITH_OK;
    if (status == KITH_OK)
        status = put_in_place(copy, to, standing, err);
    kith_hold_end(hold);
    return status;
}

static kith_status log_restore(const char *to, const kith_secret *secret, kith_error *err)
{
    kith_store *store = NULL;
    kith_status status = kith_store_open(&store, to, secret, KITH_READ_WRITE, err);

    if (status == KITH_OK) {
        kith_audit_describe(store, KITH_AUDIT_RESTORE, NULL);
        status = kith_store_begin(store, err);
    }
    if (status == KITH_OK)
        status = kith_store_commit(store, err);
    kith_store_close(store);
    return status;
}

/* After a failure: what was there is there again, and what came is gone. A hub that was left in
 * the middle of a change must keep the name that its journal has, so it stays. */
static void put_back(const char *to, const swap *s, const bool standing[FILES])
{
    path_text at, journal;

    if (!name_file(at, to, "-journal") || is_there(at))
        return;
    if (name_file(journal, s->aside, "-journal"))
        rename(journal, at);
    for (int i = 1; i < FILES; i++)
        if (!standing[i] && name_file(at, to, endings[i]))
            unlink(at);
    if (!is_there(s->aside))
        unlink(to);
    else if (rename(s->aside, to) == 0)
        unlink(s->aside); /* still there when both were names of one file */
}

/* The entry of the log is the last step: a restore that is killed before it shows as an older copy. */
static kith_status replace_hub(const char *copy, const char *to, const bool standing[FILES],
                               const kith_store *backup, const kith_secret *secret, kith_error *err)
{
    swap s = { .begun = false };
    kith_status status = take_place(&s, copy, to, standing, backup, err);

    if (status == KITH_OK)
        status = log_restore(to, secret, err);
    if (status != KITH_OK && s.begun)
        put_back(to, &s, standing);
    return status;
}

kith_status kith_backup_restore(kith_table *table, kith_store *backup, const kith_secret *secret,
                                const char *to, bool replace, kith_error *err)
{
    path_text copy;
    bool standing[FILES];

    *table = (kith_table){ .title = "Restored" };
    if (!name_file(copy, to, ".restore"))
        return kith_fail(err, KITH_USAGE, "the name of the hub is too long");
    if (is_there(to) && !replace)
        return kith_fail(err, KITH_POLICY, "%s: a hub is there; --replace sets it aside, or choose another "
                                           "name with --hub", to);
    if (is_link(to))
        return kith_fail(err, KITH_POLICY, "%s: is a link; name the hub itself, which its keys and its audit "
                                           "log are beside", to);
    remove_files(copy); /* of a restore that was killed */
    kith_status status = copy_and_prove(table, backup, secret, copy, err);
    if (status == KITH_OK)
        status = take_standing(copy, to, secret, standing, err);
    if (status == KITH_OK)
        status = replace_hub(copy, to, standing, backup, secret, err);
    if (status != KITH_OK)
        remove_files(copy);
    return status;
}
