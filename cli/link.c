/* SPDX-License-Identifier: GPL-3.0-or-later */
/* link.c: `kith link`: records that may be one, and what was decided of them. */
#include <string.h>

#include "commands.h"
#include "hub.h"
#include "kith/date.h"
#include "kith/decision.h"
#include "kith/linkage.h"

static kith_status list(kith_call *call, kith_error *err)
{
    const bool places = call_flag(call, "places");
    kith_table table;
    kith_status status = hub_open(call, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = kith_linkage_list(&table, call->store, &call->view,
                                   places ? KITH_LOCATION : KITH_PERSON,
                                   call_number(call, "threshold"), err);
    if (status != KITH_OK)
        return status;
    table.empty = places ? "no two places look like one" : "no two people look like one";
    kith_table_note(&table, "suggestions only: nothing is one until `kith link confirm A B` says so; "
                            "`kith link A B` shows what speaks for and against");
    kith_table_note(&table, "the probability rests on how the records are written; twins, and relatives "
                            "of one name, can be written alike");
    status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status waterfall(kith_call *call, kith_error *err)
{
    kith_table table;
    kith_status status = hub_open(call, KITH_READ_ONLY, err);

    if (status == KITH_OK)
        status = kith_linkage_waterfall(&table, call->store, &call->view, call->operands[0],
                                        call->operands[1], err);
    if (status != KITH_OK)
        return status;
    kith_table_note(&table, "bits add up to log2(p / (1 - p)): a bit for doubles the odds that they are one, a bit "
                            "against halves them; rarity is the part of them that the value's own frequency makes");
    status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static const struct verb {
    const char *name, *done;
    kith_status (*run)(kith_store *, const kith_view *, const char *, const char *, int64_t, kith_error *);
} verbs[] = {
    { "confirm", "are confirmed to be one", kith_decision_confirm },
    { "refuse", "are refused to be one", kith_decision_refuse },
    { "undo", "stand as before that decision", kith_decision_undo },
};

static kith_status decide(kith_call *call, const struct verb *verb, kith_error *err)
{
    kith_status status = hub_open(call, KITH_READ_WRITE, err);

    if (status == KITH_OK)
        status = verb->run(call->store, &call->view, call->operands[1], call->operands[2], kith_now(), err);
    if (status == KITH_OK)
        call_say(call, "%s and %s %s", call->operands[1], call->operands[2], verb->done);
    return status;
}

static const struct verb *verb_named(const char *name)
{
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (strcmp(name, verbs[i].name) == 0)
            return &verbs[i];
    return NULL;
}

static kith_status run(kith_call *call, kith_error *err)
{
    const struct verb *verb = call->operand_count > 0 ? verb_named(call->operands[0]) : NULL;

    if (call->operand_count == 0)
        return list(call, err);
    if (call->operand_count == 2 && verb == NULL)
        return waterfall(call, err);
    if (call->operand_count == 3 && verb != NULL)
        return decide(call, verb, err);
    return kith_fail(err, KITH_USAGE, "link takes nothing, two ids, or confirm, refuse or undo with two ids");
}

static const option_row options[] = {
    { "threshold", OPTION_NUMBER, .low = 0, .high = 1, .initial = "0.9", .unit = "P",
      .help = "list pairs of at least this probability" },
    { "places", OPTION_FLAG, .help = "places instead of people, by name, postcode, address and distance" },
    OPTION_END
};

const kith_command command_link = {
    .name = "link",
    .summary = "records that may be one person, or one place; and what is decided of them",
    .operands = "[A B | confirm A B | refuse A B | undo A B]",
    .most = 3,
    .hub = HUB_NONE,
    .options = options,
    .about = "Without operands: pairs of records that may be one, the most probable first, with what\n"
             "speaks for and against in bits, and every pair already decided of. A B: the same for one\n"
             "pair, a line a field. Nothing is joined by itself.\n"
             "confirm: the two are shown and analysed as one, under the smaller id; both stay whole.\n"
             "refuse: they are two, also through others. What contradicts an earlier decision, through\n"
             "however many records, is refused with the decisions in its way. undo takes one back.",
    .example = "kith link --threshold 0.95 --format csv\n"
               "kith link P012 P077\n"
               "kith link confirm P012 P077\n"
               "kith link undo P012 P077",
    .run = run,
};
