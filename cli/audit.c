/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit.c: `kith audit`: who did what, whether the log is whole, and its signed head. */
#include "kith/audit.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "kith/file.h"
#include "kith/record.h"

enum { HEAD_SIZE = 1024 };

/* 0 when none is asked for: the choices are the table's. */
static int act_asked(const kith_call *call)
{
    const char *word = call_text(call, "act");

    for (int act = 1; word != NULL && act < KITH_ACT_COUNT; act++)
        if (strcmp(kith_act_word[act], word) == 0)
            return act;
    return 0;
}

static kith_status list(kith_call *call, kith_error *err)
{
    const char *id = call_text(call, "id");
    const kith_audit_filter filter = { .id = id != NULL ? kith_record_bare_id(id) : NULL,
                                       .user = call_text(call, "user"),
                                       .act = act_asked(call) };
    kith_table table;
    kith_status status = kith_audit_list(&table, call->store, &call->view, &filter, err);

    call_view_facts(call, &table);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status read_file(char *bytes, size_t room, size_t *size, const char *path, kith_error *err)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        return kith_fail(err, KITH_USAGE, "%s cannot be read: %s", path, strerror(errno));
    *size = fread(bytes, 1, room, file);
    const bool whole = ferror(file) == 0 && fgetc(file) == EOF;
    fclose(file);
    return whole ? KITH_OK
                 : kith_fail(err, KITH_USAGE, "%s is larger than %zu bytes or cannot be read whole", path, room);
}

static kith_status verify(kith_call *call, kith_error *err)
{
    char head[HEAD_SIZE + 1] = "";
    const char *path = call_text(call, "head");
    size_t size = 0;
    kith_table table = { 0 };
    kith_status status = path != NULL ? read_file(head, HEAD_SIZE, &size, path, err) : KITH_OK;

    head[size] = '\0';
    if (status == KITH_OK)
        status = kith_audit_verify(&table, call->store, &call->view, path != NULL ? head : NULL, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    if (status == KITH_OK && kith_table_rows(&table) > 0)
        status = KITH_NOT_FOUND;
    kith_table_free(&table);
    return status;
}

static kith_status seal(kith_call *call, const char *key_path, kith_error *err)
{
    unsigned char key[KITH_AUDIT_KEY_SIZE];
    kith_text head = { 0 };
    size_t size = 0;
    kith_status status = read_file((char *)key, sizeof key, &size, key_path, err);

    if (status == KITH_OK && size != sizeof key)
        status = kith_fail(err, KITH_USAGE, "%s is no signing key; `kith key new FILE` makes one of %d bytes",
                           key_path, KITH_AUDIT_KEY_SIZE);
    if (status == KITH_OK)
        status = kith_audit_seal(&head, call->store, &call->view, key, err);
    if (status == KITH_OK && fputs(head.data, call->out) < 0)
        status = kith_fail(err, KITH_IO, "the head could not be written: %s", strerror(errno));
    sodium_memzero(key, sizeof key);
    kith_text_free(&head);
    return status;
}

static kith_status export_log(kith_call *call, kith_error *err)
{
    kith_table table;
    kith_status status = kith_audit_export(&table, call->store, &call->view, err);

    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    const char *key = call_text(call, "seal");
    const bool whole = call_flag(call, "export");

    if (whole && (call_flag(call, "verify") || key != NULL))
        return kith_fail(err, KITH_USAGE, "--export, --verify and --seal are three things; give one of them");
    if (whole && (call_given(call, "id") || call_given(call, "user") || call_given(call, "act")))
        return kith_fail(err, KITH_USAGE, "--export gives the whole log, as a chain with gaps cannot be checked; "
                                          "leave --id, --user and --act out, or --export");

    if (call_flag(call, "verify") && key != NULL)
        return kith_fail(err, KITH_USAGE, "--verify and --seal are two things; give one of them");
    if (call_given(call, "head") && !call_flag(call, "verify"))
        return kith_fail(err, KITH_USAGE, "--head is what --verify compares with; give --verify too");
    if (call_flag(call, "verify"))
        return verify(call, err);
    if (whole)
        return export_log(call, err);
    return key != NULL ? seal(call, key, err) : list(call, err);
}

static const option_row options[] = {
    { "id", OPTION_TEXT, .unit = "ID", .help = "only entries about this record" },
    { "user", OPTION_TEXT, .unit = "NAME", .help = "only this user's entries" },
    { "act", OPTION_CHOICE, .choices = "collection|alteration|consultation|disclosure|combination|erasure",
      .help = "only this kind of act" },
    { "verify", OPTION_FLAG, .help = "reads the whole log and tells where it was changed" },
    { "head", OPTION_TEXT, .unit = "FILE", .help = "--verify: a head that was signed earlier, which the log must still hold" },
    { "export", OPTION_FLAG, .help = "the whole log with its chain, to be checked without the hub or its key" },
    { "seal", OPTION_TEXT, .unit = "KEYFILE", .help = "signs the end of the log with this key and prints the head" },
    OPTION_END
};

const kith_command command_audit = {
    .name = "audit",
    .summary = "who did what with the hub; whether the log is as it was written",
    .operands = "",
    .hub = HUB_READ,
    .options = options,
    .about =
        "Every change of the hub writes an entry in its own commit, and every reading one before it\n"
        "reads: who, when, which act (collection, alteration, consultation, disclosure, combination,\n"
        "erasure), by which command, for whom, and why when --purpose was given. Reading the log is an\n"
        "entry too. Records are named by a keyed digest: --id tells who asked for a record, and nothing\n"
        "of an erased one stays. The log is FILE.audit beside the hub, under the same key.\n"
        "\n"
        "--verify finds an edited, cut or reordered log, an older copy of it and an older copy of the\n"
        "hub; it prints each fault and ends with 1. Who can open the hub could write the log anew from\n"
        "its first entry: a head that was signed with a key of somebody else's (--seal) and kept\n"
        "elsewhere finds that too (--head). The key it names in its answer must be the one you know.",
    .example = "kith audit --window 30\n"
               "kith audit --id P012 --act disclosure\n"
               "kith audit --export --format csv -o log.csv\n"
               "kith audit --seal /media/auditor/signing.key -o head.txt\n"
               "kith audit --verify --head head.txt",
    .run = run,
};
