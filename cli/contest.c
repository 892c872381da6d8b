/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contest.c: `kith contest`: who says that a record is wrong, and what became of it.
 *
 * Reasons are asked on the terminal or read from standard input, so that none stands in a list of
 * processes. */
#include "kith/contest.h"

#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "hub.h"

enum { REASON_SIZE = 2000 };

/* The first line of standard input. */
static kith_status ask(char line[REASON_SIZE + 2], const char *prompt, kith_error *err)
{
    if (isatty(STDIN_FILENO))
        fprintf(stderr, "%s: ", prompt);
    if (fgets(line, REASON_SIZE + 2, stdin) == NULL)
        line[0] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    if (strlen(line) > REASON_SIZE)
        return kith_fail(err, KITH_USAGE, "%s: the line is longer than %d bytes; shorten it", prompt, REASON_SIZE);
    return KITH_OK;
}

static int32_t day_of(const kith_call *call)
{
    return call_given(call, "on") ? call_day(call, "on") : call->view.as_of;
}

static const char *given(const kith_call *call, const char *option)
{
    return call_given(call, option) ? call_text(call, option) : NULL;
}

static kith_status list(kith_call *call, kith_error *err)
{
    kith_table table = { 0 };
    kith_status status = hub_open(call, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = kith_contests_list(&table, call->store, &call->view,
                                    call->operand_count > 0 ? call->operands[0] : NULL,
                                    strcmp(call_text(call, "state"), "open") == 0, err);
    if (status == KITH_OK) {
        kith_table_note(&table, "tell: who had been given something about the same people or places before the "
                                "contest was recorded, with the last day");
        status = call_print(call, &table, err);
    }
    kith_table_free(&table);
    return status;
}

static kith_status add(kith_call *call, kith_error *err)
{
    char reason[REASON_SIZE + 2], id[KITH_CONTEST_ID_SIZE];
    kith_status status = hub_open(call, KITH_READ_WRITE, err);

    if (status == KITH_OK)
        status = ask(reason, "What is wrong with the record?", err);
    if (status != KITH_OK)
        return status;
    const kith_new_contest contest = { .record = call->operands[1], .person = given(call, "person"),
                                       .role = given(call, "role"), .field = given(call, "field"),
                                       .by = given(call, "by"), .reason = reason,
                                       .source = given(call, "source"), .on = day_of(call) };
    status = kith_contest_record(id, call->store, &call->view, &contest, err);
    if (status == KITH_OK)
        call_say(call, "recorded as %s; `kith contest %s` says whom to tell, `kith contest uphold %s` or reject "
                       "settles it", id, id, id);
    return status;
}

static kith_status settle(kith_call *call, kith_error *err)
{
    const bool upheld = strcmp(call->operands[0], "uphold") == 0;
    char resolution[REASON_SIZE + 2];
    kith_status status = hub_open(call, KITH_READ_WRITE, err);

    if (status == KITH_OK)
        status = ask(resolution, "What was found?", err);
    if (status == KITH_OK)
        status = kith_contest_settle(call->store, &call->view, call->operands[1], upheld,
                                     given(call, "by"), resolution, day_of(call), err);
    if (status == KITH_OK)
        call_say(call, "%s: %s", call->operands[1],
                 upheld ? "upheld; what is wrong counts no more, or until its source has corrected it"
                        : "rejected; the record stands");
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    static const struct verb {
        const char *name;
        kith_status (*run)(kith_call *, kith_error *);
    } verbs[] = { { "add", add }, { "uphold", settle }, { "reject", settle } };

    for (size_t i = 0; call->operand_count > 0 && i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(call->operands[0], verbs[i].name) != 0)
            continue;
        if (call->operand_count != 2)
            return kith_fail(err, KITH_USAGE, "contest %s is given %d words after it; one id is expected",
                             verbs[i].name, call->operand_count - 1);
        return verbs[i].run(call, err);
    }
    if (call->operand_count > 1)
        return kith_fail(err, KITH_USAGE, "contest takes nothing, an id, or add, uphold or reject with an id");
    return list(call, err);
}

static const option_row options[] = {
    { "state", OPTION_CHOICE, .choices = "all|open", .initial = "all", .help = "which contests are listed" },
    { "by", OPTION_TEXT, .unit = "ROLE", .help = "who contests or settles it, as a role: parent, social worker" },
    { "on", OPTION_DATE, .unit = "DATE", .help = "the day of it (default --as-of)" },
    { "person", OPTION_TEXT, .unit = "ID", .help = "add, of an event: only this person's part in it is contested" },
    { "role", OPTION_TEXT, .unit = "WORD", .help = "add, with --person: only the part in this role" },
    { "field", OPTION_TEXT, .unit = "NAME", .help = "add: only this column of the record, such as dob or occurred_at" },
    { "source", OPTION_TEXT, .unit = "NAME", .help = "add: the agency that records it" },
    OPTION_END
};

const kith_command command_contest = {
    .name = "contest",
    .summary = "who says that a record is wrong, what became of it, and whom to tell",
    .operands = "[ID | add ID | uphold CONTEST | reject CONTEST]",
    .most = 2,
    .hub = HUB_NONE,
    .options = options,
    .about =
        "Without operands, or with an id: what is contested, by whom, why, how it was settled, and who\n"
        "had been given something about it before.\n"
        "add: a link, an event (or with --person one part in it), an item on a context (context:12, as\n"
        "show prints it), or a person, place, group or object is contested; the reason is read from the\n"
        "terminal or from standard input. Until it is settled the record counts half and is drawn dotted.\n"
        "uphold: the record is wrong, is listed and counts no more; where only a --field is wrong, until\n"
        "its source has corrected that. reject: the record stands. Either way the contest stays.",
    .example = "echo 'They are cousins, and hardly meet' | kith contest add K010 --by parent\n"
               "echo 'Both schools agree' | kith contest uphold C-2022-06-30-1a2b3c4d5e --by 'team manager'\n"
               "kith contest P010",
    .run = run,
};
