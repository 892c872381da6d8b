/* SPDX-License-Identifier: GPL-3.0-or-later */
/* retention.c: `kith retention`: how long what is held is kept. */
#include "kith/retention.h"

#include <errno.h>
#include <string.h>

#include "commands.h"
#include "hub.h"
#include "kith/date.h"
#include "reason.h"

static kith_status finish(kith_call *call, kith_table *table, kith_status status, kith_error *err)
{
    if (status == KITH_OK)
        status = call_print(call, table, err);
    kith_table_free(table);
    return status;
}

/* Of people without --of. */
static kith_kind kind_of(const kith_call *call)
{
    static const char *const words[] = { "people", "places", "groups", "objects" };
    int at = 0;

    while (strcmp(words[at], call_text(call, "of")) != 0)
        at++;
    return (kith_kind)(KITH_PERSON + at);
}

static kith_status list_due(kith_call *call, kith_error *err)
{
    const kith_due_options options = { .kind = kind_of(call), .days = (int)call_integer(call, "days"),
                                       .all = call_flag(call, "all") };
    kith_table table = { 0 };
    kith_status status = hub_open(call, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = kith_retention_due(&table, call->store, &call->view, &options, err);
    if (status == KITH_OK)
        kith_table_fact(&table, "due_on", "%s", call_text(call, "as-of") != NULL ? call_text(call, "as-of") : "today");
    return finish(call, &table, status, err);
}

static kith_status show(kith_call *call, kith_error *err)
{
    kith_table table = { 0 };
    kith_status status = hub_open(call, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = kith_retention_of(&table, call->store, &call->view, call->operands[1], err);
    return finish(call, &table, status, err);
}

static kith_status list_left(kith_call *call, kith_error *err)
{
    kith_table table = { 0 };
    kith_status status = hub_open(call, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = kith_retention_left(&table, call->store, &call->view, call->operand_count > 1 ? call->operands[1] : NULL,
                                     err);
    call_view_facts(call, &table);
    return finish(call, &table, status, err);
}

static kith_status list_decisions(kith_call *call, kith_error *err)
{
    kith_table table = { 0 };
    kith_status status = hub_open(call, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = kith_retention_decisions(&table, call->store, &call->view, err);
    return finish(call, &table, status, err);
}

static kith_status decide(kith_call *call, bool erase, kith_error *err)
{
    char reason[REASON_SIZE + 2];
    kith_review review = { .erase = erase, .reason = reason };

    if (!erase && !call_given(call, "until"))
        return kith_fail(err, KITH_USAGE, "what is kept is looked at again; say when with --until DATE");
    if (!erase)
        review.until = call_day(call, "until");
    kith_status status = hub_open(call, KITH_READ_WRITE, err);
    if (status == KITH_OK)
        status = reason_read(reason, "the reason", err);
    if (status == KITH_OK)
        status = kith_retention_decide(call->store, &call->view, call->operands[1], &review, kith_now(), err);
    if (status == KITH_OK && erase)
        call_say(call, "%s is to be erased; `kith erase %s` does it", call->operands[1], call->operands[1]);
    else if (status == KITH_OK)
        call_say(call, "%s is kept until the next review", call->operands[1]);
    return status;
}

static kith_status keep(kith_call *call, kith_error *err)
{
    return decide(call, false, err);
}

static kith_status erase(kith_call *call, kith_error *err)
{
    return decide(call, true, err);
}

static kith_status set_rules(kith_call *call, const char *path, kith_error *err)
{
    FILE *in = fopen(path, "rb");

    if (in == NULL)
        return kith_fail(err, KITH_INPUT, "%s: %s", path, strerror(errno));
    const kith_status status = kith_retention_set(call->store, &call->view, in, path, err);
    fclose(in);
    return status;
}

static kith_status rules(kith_call *call, kith_error *err)
{
    const bool sets = call->operand_count > 1;
    kith_table table = { 0 };
    kith_status status = hub_open(call, sets ? KITH_READ_WRITE : KITH_READ_ONLY, err);

    if (status == KITH_OK && sets)
        return set_rules(call, call->operands[1], err);
    if (status == KITH_OK)
        status = kith_retention_rules(&table, call->store, &call->view, err);
    return finish(call, &table, status, err);
}

static const struct verb {
    const char *name;
    int least, most; /* operands, the verb itself too */
    kith_status (*run)(kith_call *, kith_error *);
} verbs[] = {
    { "due", 1, 1, list_due },    { "show", 2, 2, show },   { "decisions", 1, 1, list_decisions },
    { "keep", 2, 2, keep },       { "erase", 2, 2, erase }, { "rules", 1, 2, rules },
    { "left", 1, 2, list_left },
};

static kith_status run(kith_call *call, kith_error *err)
{
    const char *name = call->operand_count > 0 ? call->operands[0] : "due";

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(name, verbs[i].name) != 0)
            continue;
        if (call->operand_count > 0 &&
            (call->operand_count < verbs[i].least || call->operand_count > verbs[i].most))
            return kith_fail(err, KITH_USAGE, "retention %s is given %d words after it; `kith retention --help` shows "
                                              "what it takes", name, call->operand_count - 1);
        return verbs[i].run(call, err);
    }
    return kith_fail(err, KITH_USAGE, "retention does not know \"%.40s\"; it takes due, show, keep, erase, decisions, "
                                      "rules or left", name);
}

static const option_row options[] = {
    { "days", OPTION_INTEGER, .low = 0, .high = 3660, .initial = "0", .unit = "N",
      .help = "due: and who falls due up to N days after as-of" },
    { "all", OPTION_FLAG, .help = "due: and who is kept, with the day of their review" },
    { "of", OPTION_CHOICE, .choices = "people|places|groups|objects", .initial = "people",
      .help = "due: what is reviewed" },
    { "until", OPTION_DATE, .unit = "DATE", .help = "keep: when it is reviewed again" },
    OPTION_END
};

const kith_command command_retention = {
    .name = "retention",
    .summary = "who is due for review, what reviews decided, and by which rules",
    .operands = "[due | show ID | keep ID | erase ID | decisions | rules [FILE] | left [ID]]",
    .most = 2,
    .hub = HUB_NONE, /* opened by run: some verbs write */
    .options = options,
    .about =
        "due lists everybody none of whose records is within the years of their review group, and who\n"
        "decides (kith source); --of the same of places (by the events there, too), groups and objects.\n"
        "show ID gives the group and the day of each record. A review is a decision on --as-of with a\n"
        "reason, which is asked on the terminal or read from standard input: keep ID --until DATE, or\n"
        "erase ID, which is listed until somebody does it with `kith erase`. Nothing is erased by itself.\n"
        "A new record of somebody begins the years anew.\n"
        "\n"
        "left lists whose links and events have all expired before the window, and since when: they have no tie\n"
        "and no event in what is computed of it, and measures, and maps and exports of the whole network, leave\n"
        "them out. With ID, whether that person has.\n"
        "\n"
        "rules prints the rules, as a file to be changed; rules FILE sets others: CSV with review_group,\n"
        "years, until_age, kind, word, role, source, label, the first row that fits a record deciding, and a\n"
        "blank cell fitting everything. The rules of a new hub are where to begin, and no law.",
    .example = "kith retention due --days 90\n"
               "kith retention show P012\n"
               "kith retention keep P012 --until 2027-06-30 <reason.txt\n"
               "kith retention rules --format csv -o rules.csv; kith retention rules rules.csv",
    .run = run,
};
