/* SPDX-License-Identifier: GPL-3.0-or-later */
/* together.c: `kith together`: pairs that share events, in id order, against chance. */
#include "kith/together.h"

#include "commands.h"
#include "hub.h"
#include "layer_options.h"

static void add_facts(kith_table *table, const kith_together *together,
                      const kith_layer_options *options, const kith_call *call)
{
    call_view_facts(call, table);
    layer_options_facts(options, call, table);
    kith_table_fact(table, "people", "%zu with an event that may tie them", together->people);
    kith_table_fact(table, "pairs_tested", "%.0f", together->tested);
    kith_table_fact(table, "events_above_cap", "%zu", together->layer.capped_events);
    kith_table_fact(table, "overlaps_as_by_chance", "%zu pairs, not tied",
                    together->layer.overlaps_unsupported);
}

static void add_notes(kith_table *table)
{
    kith_table_note(table,
                    "inferred from shared events: recorded together, which is not yet friendship");
    kith_table_note(table,
                    "overlaps: missing episodes recorded apart that overlap and were found at one place, "
                    "or began and ended within an hour; they tie only where chance would hardly "
                    "make so many");
    kith_table_note(table, "evidence: severity x reliability x recency of the same events, one "
                           "report once; expected: shared events and overlaps by chance");
    kith_table_note(table,
                    "q_value: how easily chance alone would bring two people with so many events "
                    "together so often, adjusted for all pairs of people (bipartite configuration "
                    "model, which keeps everybody's number of events and, where 100 people share them, "
                    "their places, weekdays and lengths; Benjamini and Hochberg); supported: below %g",
                    KITH_SUPPORTED_Q);
}

static void add_pair(kith_table *table, const kith_network *network,
                     const kith_together_pair *pair)
{
    kith_table_text(table, network->things[pair->left].id);
    kith_table_text(table, network->things[pair->right].id);
    kith_table_number(table, pair->weight);
    kith_table_integer(table, pair->events);
    kith_table_number(table, pair->q_value);
    kith_table_number(table, pair->evidence);
    kith_table_number(table, pair->expected);
    kith_table_integer(table, pair->overlaps);
    kith_table_text(table, pair->q_value < KITH_SUPPORTED_Q ? "yes" : "");
}

/* person: only pairs of that one; KITH_NOTHING for all. */
static void fill(kith_table *table, const kith_together *together, uint32_t person, double most)
{
    table->empty = together->pair_count == 0 ? "nobody was recorded together" : "no pair is so";
    kith_table_column(table, "left_id", KITH_CELL_TEXT);
    kith_table_column(table, "right_id", KITH_CELL_TEXT);
    kith_table_column(table, "weight", KITH_CELL_NUMBER);
    kith_table_column(table, "events", KITH_CELL_INTEGER);
    kith_table_column(table, "q_value", KITH_CELL_NUMBER);
    kith_table_column(table, "evidence", KITH_CELL_NUMBER);
    kith_table_column(table, "expected", KITH_CELL_NUMBER);
    kith_table_column(table, "overlaps", KITH_CELL_INTEGER);
    kith_table_column(table, "supported", KITH_CELL_TEXT);
    for (size_t i = 0; i < together->pair_count; i++) {
        const kith_together_pair *pair = &together->pairs[i];
        const bool wanted =
            person == KITH_NOTHING || pair->left == person || pair->right == person;
        if (wanted && pair->q_value <= most)
            add_pair(table, together->layer.network, pair);
    }
}

static kith_status find_person(uint32_t *person, const kith_network *network,
                               const kith_call *call, kith_error *err)
{
    *person = KITH_NOTHING;
    if (call->operand_count == 0)
        return KITH_OK;
    const kith_status status = kith_network_find(person, network, call->operands[0], err);
    if (status == KITH_OK && network->things[*person].kind != KITH_PERSON)
        return kith_fail(err, KITH_USAGE, "%s is no person; together joins people",
                         call->operands[0]);
    return status;
}

static kith_status answer(kith_call *call, const kith_layer_options *options, kith_error *err)
{
    kith_network network;
    kith_together together = { 0 };
    kith_table table = { 0 };
    uint32_t person;
    kith_status status = kith_network_build(&network, call->store, &call->view, err);

    if (status != KITH_OK)
        return status;
    status = find_person(&person, &network, call, err);
    if (status == KITH_OK)
        status = kith_together_build(&together, &network, options, err);
    if (status == KITH_OK) {
        add_facts(&table, &together, options, call);
        fill(&table, &together, person, call_number(call, "q"));
        add_notes(&table);
        call_note_window(call, &network, &table);
        layer_options_notes(options, &network, &table);
        status = call_print(call, &table, err);
    }
    kith_table_free(&table);
    kith_together_free(&together);
    kith_network_free(&network);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    kith_layer_options options;
    layer_lists lists;
    kith_status status = layer_rules_read(&options, &lists, call, err);

    options.no_declared = true;
    if (status == KITH_OK)
        status = answer(call, &options, err);
    layer_options_free(&lists);
    return status;
}

static const option_row options[] = {
    TABLES_OPTION,
    LAYER_RULES,
    LAYER_EVERY,
    { "q", OPTION_NUMBER, .low = 0, .high = 1, .initial = "1", .unit = "Q",
      .help = "only pairs with a q_value of at most Q" },
    OPTION_END
};

const kith_command command_together = {
    .name = "together",
    .summary = "who was recorded together in events, and whether chance would do that",
    .operands = "[ID]",
    .most = 1,
    .hub = HUB_READ,
    .options = options,
    .about = "Pairs of people who share events, in the order of their ids; with ID those of one\n"
             "person. Only events of a kind that brings people together count, and nobody is tied as\n"
             "a witness, reporter or helper, nor as an adult alleged to have done harm. Being named\n"
             "in one report ties nobody. `explain tie` shows the records behind a pair.",
    .example = "kith together P010 --as-of 2022-06-30\n"
               "kith together --q 0.05 --format csv",
    .run = run,
};
