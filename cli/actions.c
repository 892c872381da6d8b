/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actions.c: `kith actions`: who does what by when, and what meetings decided.
 *
 * What people write is asked on the terminal, or read from standard input line by line in the
 * same order, so that nothing of it stands in a list of processes. */
#include "kith/actions.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "hub.h"
#include "kith/date.h"
#include "kith/language.h"
#include "kith/record.h"
#include "kith/text.h"

enum { LINE_SIZE = KITH_MINUTE_SIZE + 2 };

/* One line of standard input, without its end; "" at its end. */
static kith_status ask(char line[LINE_SIZE], const char *prompt, kith_error *err)
{
    if (isatty(STDIN_FILENO))
        fprintf(stderr, "%s: ", prompt);
    if (fgets(line, LINE_SIZE, stdin) == NULL)
        line[0] = '\0';
    if (strlen(line) + 1 == LINE_SIZE && line[LINE_SIZE - 2] != '\n')
        return kith_fail(err, KITH_USAGE, "%s: the line is longer than %d bytes; shorten it", prompt,
                         KITH_MINUTE_SIZE);
    line[strcspn(line, "\r\n")] = '\0';
    return KITH_OK;
}

/* Words that blame a child are pointed out as they are recorded; nothing is altered (R67). */
static kith_status warn_language(const kith_call *call, const char *const texts[], size_t count,
                                 kith_error *err)
{
    kith_terms *terms;
    const kith_status status = kith_terms_read(&terms, NULL, err);

    if (status != KITH_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        kith_wording found = { .text = texts[i] };
        while (kith_wording_next(&found, terms))
            if (!found.quoted)
                call_say(call, "\"%.*s\": better \"%s\" (%s)", (int)found.size,
                         found.text + found.start, found.instead, found.source);
    }
    kith_terms_free(terms);
    return KITH_OK;
}

static bool is_named(const kith_call *call, const kith_action *action, int64_t const subjects[])
{
    bool named = call->operand_count == 0;

    for (int i = 0; i < call->operand_count; i++)
        named = named || (subjects[i] != 0 ? subjects[i] == action->subject
                                           : strcmp(call->operands[i], action->id) == 0);
    return named;
}

/* Open: whatever is not closed; due: what is late, or due on as-of or in the next days. */
static bool is_asked_for(const kith_call *call, const kith_action *action)
{
    const char *state = call_text(call, "state");
    kith_time due;

    if (strcmp(state, "all") == 0)
        return true;
    if (strcmp(state, "open") == 0)
        return action->state != KITH_ACTION_CLOSED;
    if (strcmp(state, "due") != 0)
        return strcmp(state, kith_action_state_word(action->state)) == 0;
    return action->state != KITH_ACTION_CLOSED && kith_time_read(&due, action->due) &&
           due.precision != KITH_UNDATED &&
           due.day <= call->view.as_of + (int32_t)call_integer(call, "days");
}

static void add_action(kith_table *table, const kith_action *action, int32_t as_of)
{
    char state[64];
    const char *const cells[] = { action->id, action->subject_id, action->context, action->goal,
                                  action->action, action->due, action->owner_role,
                                  action->measure_of_success, action->status };

    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        kith_table_text(table, cells[i]);
    kith_action_say_state(state, sizeof state, action->due, action->status, as_of);
    kith_table_text(table, kith_action_state_word(action->state));
    kith_table_text(table, state);
    kith_table_text(table, action->status_on);
    kith_table_text(table, action->note);
}

static void add_columns(kith_table *table, const char *const names[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        kith_table_column(table, names[i], KITH_CELL_TEXT);
}

/* Rows of entity of the operands; 0 for the id of an action. */
static kith_status find_subjects(int64_t **rows, const kith_call *call, const kith_actions *actions,
                                 kith_error *err)
{
    kith_status status = KITH_OK;
    kith_kind kind;

    *rows = calloc((size_t)call->operand_count + 1, sizeof **rows);
    if (*rows == NULL)
        return kith_no_memory(err);
    for (int i = 0; status == KITH_OK && i < call->operand_count; i++) {
        bool is_action = false;
        for (size_t a = 0; a < actions->count && !is_action; a++)
            is_action = strcmp(actions->list[a].id, call->operands[i]) == 0;
        if (!is_action)
            status = kith_record_find(&kind, &(*rows)[i], call->store, &call->view,
                                      call->operands[i], err);
    }
    return status;
}

static kith_status list(kith_call *call, kith_error *err)
{
    static const char *const columns[] = { "action_id", "subject_id", "context", "goal", "action",
                                           "due", "owner_role", "measure_of_success", "status",
                                           "state", "when", "status_on", "note" };
    kith_actions actions = { 0 };
    kith_table table = { .empty = "no such action is recorded" };
    int64_t *subjects = NULL;
    kith_status status = hub_open(call, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = kith_actions_read(&actions, call->store, &call->view, err);
    if (status == KITH_OK)
        status = find_subjects(&subjects, call, &actions, err);
    add_columns(&table, columns, sizeof columns / sizeof *columns);
    call_view_facts(call, &table);
    for (size_t i = 0; status == KITH_OK && i < actions.count; i++)
        if (is_named(call, &actions.list[i], subjects) && is_asked_for(call, &actions.list[i]))
            add_action(&table, &actions.list[i], call->view.as_of);
    if (status == KITH_OK)
        status = kith_table_status(&table, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    free(subjects);
    kith_table_free(&table);
    kith_actions_free(&actions);
    return status;
}

static kith_status list_decisions(kith_call *call, kith_error *err)
{
    static const char *const columns[] = { "number", "on", "meeting", "subject_id", "decided",
                                           "decision", "by", "recorded" };
    kith_actions actions = { 0 };
    kith_table table = { .empty = "no decision is recorded" };
    char number[24];
    kith_status status = hub_open(call, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = kith_actions_read(&actions, call->store, &call->view, err);
    add_columns(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; status == KITH_OK && i < actions.minute_count; i++) {
        const kith_minute *m = &actions.minutes[i];
        if (call->operand_count > 1 && strcmp(call->operands[1], m->subject_id) != 0)
            continue;
        snprintf(number, sizeof number, "%lld", (long long)m->row);
        const char *const cells[] = { number, m->on, m->meeting, m->subject_id, m->what, m->text,
                                      m->user, m->recorded_at };
        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
            kith_table_text(&table, cells[c]);
    }
    if (status == KITH_OK)
        status = kith_table_status(&table, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    kith_actions_free(&actions);
    return status;
}

static kith_status history(kith_call *call, kith_error *err)
{
    kith_table table = { 0 };
    kith_status status = hub_open(call, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = kith_action_history(&table, call->store, &call->view, call->operands[1], err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static int32_t meeting_day(const kith_call *call)
{
    return call_given(call, "on") ? call_day(call, "on") : call->view.as_of;
}

/* What the form asks of an action, in its order. */
enum { WHAT, GOAL, CONTEXT, DUE, OWNER, MEASURE, QUESTIONS };

static kith_status ask_action(char (*answers)[LINE_SIZE], kith_error *err)
{
    static const char *const prompts[QUESTIONS] = {
        [WHAT] = "Action",
        [GOAL] = "What is it for? (goal, blank for none)",
        [CONTEXT] = "Context (home, peer, school, neighbourhood, online; blank for none)",
        [DUE] = "When? (YYYY-MM-DD, blank for no date)",
        [OWNER] = "By whom? (a role, no name)",
        [MEASURE] = "What will we see to know it has worked?",
    };
    kith_status status = KITH_OK;

    for (int q = 0; status == KITH_OK && q < QUESTIONS; q++)
        status = ask(answers[q], prompts[q], err);
    return status;
}

static kith_status add(kith_call *call, kith_error *err)
{
    char (*answers)[LINE_SIZE] = calloc(QUESTIONS, sizeof *answers), id[KITH_ACTION_ID_SIZE];
    kith_status status = answers != NULL ? hub_open(call, KITH_READ_WRITE, err) : kith_no_memory(err);

    if (status == KITH_OK)
        status = ask_action(answers, err);
    if (status == KITH_OK) {
        const kith_new_action action = {
            .subject = call->operand_count > 1 ? call->operands[1] : "", .action = answers[WHAT],
            .goal = answers[GOAL], .context = answers[CONTEXT], .due = answers[DUE],
            .owner_role = answers[OWNER], .measure_of_success = answers[MEASURE],
            .source = call_text(call, "source"),
        };
        status = kith_action_record(id, call->store, &call->view, &action, meeting_day(call), err);
    }
    if (status == KITH_OK)
        call_say(call, "recorded as %s; `kith actions set %s done` when it is", id, id);
    if (status == KITH_OK)
        status = warn_language(call, (const char *[]){ answers[WHAT], answers[GOAL], answers[MEASURE] },
                               3, err);
    free(answers);
    return status;
}

/* Words that may stand on the command line: free text may hold a name. */
static const char *known_status(const char *word)
{
    static const char *const words[] = { "open", "started", "done", "no action", "withdrawn" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0)
            return words[i];
    return NULL;
}

static kith_status set(kith_call *call, kith_error *err)
{
    char note[LINE_SIZE];
    const char *step = known_status(call->operands[2]);
    kith_status status = KITH_OK;

    if (step == NULL)
        return kith_fail(err, KITH_USAGE, "\"%.40s\" is no status; open, started, done, \"no action\" or "
                                          "withdrawn is expected, and a note says more",
                         call->operands[2]);
    status = hub_open(call, KITH_READ_WRITE, err);
    if (status == KITH_OK)
        status = ask(note, "Note (blank for none)", err);
    if (status == KITH_OK)
        status = kith_action_step(call->store, &call->view, call->operands[1], step,
                                  meeting_day(call), note, kith_now(), err);
    if (status == KITH_OK)
        call_say(call, "%s: %s", call->operands[1], step);
    return status == KITH_OK ? warn_language(call, (const char *[]){ note }, 1, err) : status;
}

static kith_status decide(kith_call *call, kith_error *err)
{
    char text[LINE_SIZE];
    int64_t number;
    kith_status status = hub_open(call, KITH_READ_WRITE, err);

    if (status == KITH_OK)
        status = ask(text, "Decision", err);
    if (status == KITH_OK) {
        const kith_new_minute minute = { call->operand_count > 1 ? call->operands[1] : NULL,
                                         call_text(call, "meeting"), call_text(call, "as"), text,
                                         meeting_day(call) };
        status = kith_minute_record(&number, call->store, &call->view, &minute, kith_now(), err);
    }
    if (status == KITH_OK)
        call_say(call, "recorded as decision %lld; the next pack opens with it", (long long)number);
    return status == KITH_OK ? warn_language(call, (const char *[]){ text }, 1, err) : status;
}

static kith_status undo(kith_call *call, kith_error *err)
{
    int64_t number;

    if (!kith_integer_read(&number, call->operands[1]))
        return kith_fail(err, KITH_USAGE, "\"%.40s\" is no number of a decision; `kith actions "
                                          "decisions` lists them", call->operands[1]);
    kith_status status = hub_open(call, KITH_READ_WRITE, err);
    if (status == KITH_OK)
        status = kith_minute_undo(call->store, &call->view, number, kith_now(), err);
    if (status == KITH_OK)
        call_say(call, "decision %lld is taken back; it stays on record", (long long)number);
    return status;
}

static kith_status read_sheet(kith_call *call, kith_error *err)
{
    const char *path = call->operands[1];
    const bool standard = strcmp(path, "-") == 0;
    kith_minutes_count count;
    kith_status status = hub_open(call, KITH_READ_WRITE, err);

    if (status != KITH_OK)
        return status;
    FILE *in = standard ? stdin : fopen(path, "r");
    if (in == NULL)
        return kith_fail(err, KITH_INPUT, "%s: %s", path, strerror(errno));
    status = kith_minutes_load(&count, call->store, &call->view, in, standard ? "standard input" : path,
                               call_text(call, "meeting"), meeting_day(call), kith_now(), err);
    if (!standard)
        fclose(in);
    if (status == KITH_OK)
        call_say(call, "%s: new actions %zu, steps of known ones %zu, decisions %zu",
                 standard ? "standard input" : path, count.actions, count.steps, count.decisions);
    return status;
}

static const struct verb {
    const char *name;
    int least, most; /* operands, the verb itself too */
    kith_status (*run)(kith_call *, kith_error *);
} verbs[] = {
    { "add", 1, 2, add },       { "set", 3, 3, set },
    { "decide", 1, 2, decide }, { "decisions", 1, 2, list_decisions },
    { "undo", 2, 2, undo },     { "history", 2, 2, history },
    { "read", 2, 2, read_sheet },
};

static kith_status run(kith_call *call, kith_error *err)
{
    for (size_t i = 0; call->operand_count > 0 && i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(call->operands[0], verbs[i].name) != 0)
            continue;
        if (call->operand_count < verbs[i].least || call->operand_count > verbs[i].most)
            return kith_fail(err, KITH_USAGE, "actions %s is given %d words after it; `kith actions --help` "
                                              "shows what it takes", verbs[i].name, call->operand_count - 1);
        return verbs[i].run(call, err);
    }
    return list(call, err);
}

static const option_row options[] = {
    { "state", OPTION_CHOICE, .choices = "open|due|overdue|closed|all", .initial = "open",
      .help = "which actions are listed; due: late ones, and those of the next --days too" },
    { "days", OPTION_INTEGER, .low = 0, .high = 366, .initial = "0", .unit = "N",
      .help = "with --state due: due up to N days after as-of" },
    { "on", OPTION_DATE, .unit = "DATE", .help = "the day of the meeting (default --as-of)" },
    { "meeting", OPTION_CHOICE, .choices = "drmm|mapping|other", .initial = "other",
      .help = "which meeting decided" },
    { "as", OPTION_CHOICE, .choices = "decision|adopted|released", .initial = "decision",
      .help = "adopted by the hub, or no longer" },
    { "source", OPTION_TEXT, .unit = "NAME", .help = "agency of a new action" },
    OPTION_END
};

const kith_command command_actions = {
    .name = "actions",
    .summary = "actions and decisions of meetings, what is due, and how it went on",
    .operands = "[ID... | add [ID] | set ACTION STATUS | decide [ID] | decisions [ID] | undo NUMBER | "
                "history ACTION | read FILE]",
    .most = -1,
    .hub = HUB_NONE,
    .options = options,
    .about =
        "Lists actions with what is late or due on as-of; ID is an action, or whom or what it is\n"
        "about. add asks what the form asks: action, goal, context, when, by whom, and what will be\n"
        "seen when it has worked. set says how an action goes on (open, started, done, \"no action\",\n"
        "withdrawn), with a note; history shows every step. decide records a decision of a meeting,\n"
        "with --as adopted that the hub has adopted a child; undo takes a decision back, by number.\n"
        "Words are asked on the terminal, or read from standard input one line each in that order;\n"
        "nothing of them stands on the command line. Roles own actions, not names of people.\n"
        "\n"
        "read takes a sheet as `kith actions --format csv` prints it, filled in: new rows are new\n"
        "actions, a changed status or note is a step; columns decision and decided make a decision.\n"
        "All of it or nothing; a sheet that is read twice adds nothing.",
    .example = "kith actions --state due --days 7\n"
               "kith actions add P001 --source social_care <action.txt\n"
               "kith actions set N05 done\n"
               "kith actions decide P001 --meeting drmm --as adopted\n"
               "kith actions --format csv -o sheet.csv; kith actions read sheet.csv --meeting mapping",
    .run = run,
};
