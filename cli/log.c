/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "kith/audit.h"
#include "kith/record.h"
#include "options.h"

enum { IDS_MOST = 4096 };

/* "tie" in "tie A B | q A B | member ID": a word of the command's own, in small letters. */
static bool is_verb(const kith_command *command, const char *word)
{
    const size_t size = strlen(word);

    if (!islower((unsigned char)*word)) /* nor an empty word, which is found for ever */
        return false;
    for (const char *at = strstr(command->operands, word); at != NULL; at = strstr(at + 1, word))
        if ((at == command->operands || at[-1] == ' ' || at[-1] == '[') &&
            strchr(" ]", at[size]) != NULL)
            return true;
    return false;
}

static void add_options(kith_text *what, const kith_call *call)
{
    for (size_t i = 0; i < call->values->count; i++) {
        const option_row *row = call->values->rows[i];
        const char *value = call->values->texts[i];
        if (value == NULL || (row->type == OPTION_TEXT && strcmp(row->name, "output") != 0))
            continue;
        kith_text_format(what, " --%s", row->name);
        if (row->type != OPTION_FLAG && row->type != OPTION_TEXT)
            kith_text_format(what, " %s", value);
    }
}

static size_t gather_ids(const char *ids[IDS_MOST], kith_text *what, const kith_call *call)
{
    size_t count = 0;

    for (int i = 0; i < call->operand_count; i++) {
        if (i == 0 && is_verb(call->command, call->operands[i]))
            kith_text_format(what, " %s", call->operands[i]);
        else if (count < IDS_MOST)
            ids[count++] = kith_record_bare_id(call->operands[i]);
    }
    for (size_t i = 0; i < call->values->count && count < IDS_MOST; i++)
        if (call->values->texts[i] != NULL && call->values->rows[i]->unit != NULL &&
            strcmp(call->values->rows[i]->unit, "ID") == 0)
            ids[count++] = kith_record_bare_id(call->values->texts[i]);
    return count;
}

kith_status log_call(kith_call *call, bool reads, kith_error *err)
{
    const char **ids = calloc(IDS_MOST, sizeof *ids);
    const bool goes_out = strcmp(call->view.audience, "case-team") != 0;

    if (ids == NULL)
        return kith_no_memory(err);
    kith_text_clear(&call->what);
    kith_text_add(&call->what, call->command->name);
    const size_t count = gather_ids(ids, &call->what, call);
    add_options(&call->what, call);
    kith_status status = kith_text_status(&call->what, err);
    if (status == KITH_OK)
        kith_audit_describe(call->store, call->what.data, call->view.purpose);
    if (status == KITH_OK && reads)
        status = kith_audit_add(call->store,
                                &(kith_audit_entry){
                                    .act = goes_out && !call->command->discloses ? KITH_AUDIT_DISCLOSURE
                                                                                 : KITH_AUDIT_CONSULTATION,
                                    .what = call->what.data,
                                    .to = goes_out ? call->view.audience : NULL,
                                    .why = call->view.purpose,
                                    .ids = ids,
                                    .id_count = count },
                                err);
    free(ids);
    return status;
}

void log_refused(kith_call *call, kith_status status)
{
    const char **ids = calloc(IDS_MOST, sizeof *ids);
    kith_text what = { 0 };

    if (ids != NULL) {
        kith_text_add(&what, call->command->name);
        const size_t count = gather_ids(ids, &what, call);
        add_options(&what, call);
        kith_text_format(&what, ": refused%s", status == KITH_NOT_FOUND ? ", not found" : "");
        if (!what.failed)
            kith_audit_add(call->store,
                           &(kith_audit_entry){ .act = KITH_AUDIT_CONSULTATION, .what = what.data,
                                                .why = call->view.purpose, .ids = ids, .id_count = count },
                           NULL);
    }
    kith_text_free(&what);
    free(ids);
}
