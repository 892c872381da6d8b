/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain.c: `kith explain`: which terms, of which records, a figure is made of. */
#include "kith/association.h"
#include "kith/explain.h"
#include "kith/keep.h"

#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "layer_options.h"
#include "peers_options.h"
#include "players.h"
#include "weigh.h"

static kith_status find_context(int *context, const char *word, kith_error *err)
{
    for (*context = 0; *context < KITH_CONTEXT_COUNT; ++*context)
        if (strcmp(kith_context_name[*context], word) == 0)
            return KITH_OK;
    return kith_fail(err, KITH_USAGE,
                     "%s is not a context; home, peer, school, neighbourhood or online is expected",
                     word);
}

static kith_status explain_share(kith_table *table, kith_call *call, kith_error *err)
{
    weigh_call opened;
    kith_text called = { 0 };
    int context;
    kith_status status = weigh_call_open(&opened, call, err);

    if (status == KITH_OK)
        status = find_context(&context, call->operands[2], err);
    if (status == KITH_OK)
        status = weigh_call_find(&opened, call, &call->operands[1], 1, err);
    kith_text_format(&called, "%s %s", kith_kind_word[opened.subject.kind], call->operands[1]);
    if (status == KITH_OK)
        status = kith_text_status(&called, err);
    if (status == KITH_OK)
        status = weigh_call_run(&opened, call, called.data, table, err);
    if (status == KITH_OK)
        status = kith_explain_share(table, &opened.contexts, &opened.weigh, context, err);
    kith_text_free(&called);
    weigh_call_close(&opened);
    return status;
}

/* The window of `hotspots`, unless one was given. */
static kith_view place_view(const kith_call *call)
{
    kith_view view = call->view;

    if (!call_given(call, "since") && !call_given(call, "window"))
        view.since = view.as_of - KITH_HOTSPOT_CHANGE_DAYS + 1;
    return view;
}

static kith_status explain_place_of(kith_table *table, const kith_hotspots_options *options,
                                    const kith_call *call, kith_error *err)
{
    kith_network network;
    uint32_t place;
    kith_status status = kith_network_build(&network, call->store, &call->view, err);

    if (status != KITH_OK)
        return status;
    status = kith_network_find(&place, &network, call->operands[1], err);
    if (status == KITH_OK) {
        kith_table_fact(table, "place", "%s", network.things[place].id);
        call_view_facts(call, table);
        call_note_window(call, &network, table);
        status = kith_explain_place(table, &network, options, place, err);
    }
    kith_network_free(&network);
    return status;
}

static kith_status explain_place(kith_table *table, kith_call *call, kith_error *err)
{
    char **kinds;
    size_t kind_count;
    kith_status status = call_may_count(call, "a place's rank", err);

    if (status != KITH_OK)
        return status;
    call->view = place_view(call);
    status = call_list(&kinds, &kind_count, call, "kinds", err);
    if (status != KITH_OK)
        return status;
    const kith_hotspots_options options = { .since = call->view.since,
                                            .kinds = (const char *const *)kinds,
                                            .kind_count = kind_count };
    status = explain_place_of(table, &options, call, err);
    free(kinds);
    return status;
}

/* The node of an operand: a thing, or in the layers that hold them an event. */
static kith_status find_node(uint32_t *node, const kith_layer *layer, const char *id,
                             kith_error *err)
{
    uint32_t thing;

    for (*node = 0; *node < layer->graph.node_count; ++*node)
        if (layer->nodes[*node].is_event && strcmp(kith_layer_id(layer, *node), id) == 0)
            return KITH_OK;
    const kith_status status = kith_network_find(&thing, layer->network, id, err);
    *node = status == KITH_OK ? kith_layer_node_of(layer, thing) : KITH_NOTHING;
    return status;
}

/* Says which links of a tie rest only on whom somebody knows. */
static kith_status note_associations(kith_table *table, const kith_layer *layer, size_t tie,
                                     const kith_call *call, kith_error *err)
{
    kith_status status = KITH_OK;

    for (size_t i = layer->first_item[tie]; status == KITH_OK && i < layer->first_item[tie + 1];
         i++) {
        const kith_link *link = &layer->network->links[layer->items[i].index];
        kith_associations found = { 0 };
        if (!layer->items[i].is_link)
            continue;
        status = kith_associations_read(&found, call->store, &call->view,
                                        layer->network->things[link->from].row.row, err);
        if (status == KITH_OK && kith_association_has(&found, link->row.row))
            kith_table_note(table, "association only: no event says what the link %s %s says",
                            link->word, link->id);
        kith_associations_free(&found);
    }
    return status;
}

/* What is explained of a tie: its weight, or its q. */
typedef kith_status tie_explainer(kith_table *table, const kith_layer *layer, size_t tie,
                                  kith_error *err);

static kith_status explain_tie_of(kith_table *table, const kith_layer *layer, kith_call *call,
                                  tie_explainer *explain, kith_error *err)
{
    uint32_t a, b;
    kith_status status = find_node(&a, layer, call->operands[1], err);

    if (status == KITH_OK)
        status = find_node(&b, layer, call->operands[2], err);
    if (status != KITH_OK)
        return status;
    const size_t tie =
        a == KITH_NOTHING || b == KITH_NOTHING ? SIZE_MAX : kith_graph_tie(&layer->graph, a, b);
    if (tie == SIZE_MAX)
        return kith_fail(
            err, KITH_NOT_FOUND,
            "%s and %s are not tied in the layer %s; try another --layer, --who or --as-of",
            call->operands[1], call->operands[2], call_text(call, "layer"));
    status = explain(table, layer, tie, err);
    return status == KITH_OK ? note_associations(table, layer, tie, call, err) : status;
}

static kith_status explain_by(kith_table *table, kith_call *call, tie_explainer *explain,
                              kith_error *err)
{
    layer_call opened;
    kith_status status = layer_call_open(&opened, call, table, err);

    if (status == KITH_OK)
        status = explain_tie_of(table, &opened.layer, call, explain, err);
    layer_call_close(&opened);
    return status;
}

static kith_status explain_tie(kith_table *table, kith_call *call, kith_error *err)
{
    return explain_by(table, call, kith_explain_tie, err);
}

static kith_status explain_q(kith_table *table, kith_call *call, kith_error *err)
{
    return explain_by(table, call, kith_explain_q, err);
}

/* The groups of `kith peers` with the same options, under the same letters. */
static kith_status explain_member(kith_table *table, kith_call *call, kith_error *err)
{
    layer_call opened;
    kith_peers peers = { 0 };
    uint32_t node;
    kith_status status = layer_call_open(&opened, call, table, err);

    if (status == KITH_OK)
        status = find_node(&node, &opened.layer, call->operands[1], err);
    if (status == KITH_OK && node == KITH_NOTHING)
        status = kith_fail(err, KITH_NOT_FOUND, "%s is not in the layer %s; try another --layer or --who",
                           call->operands[1], call_text(call, "layer"));
    const kith_peers_options how = peers_options_read(call, opened.options.raw);
    if (status == KITH_OK)
        status = kith_peers_find_kept(&peers, &opened.layer, &how, call->store, err);
    if (status == KITH_OK)
        status = kith_explain_member(table, &peers, &opened.layer, node, err);
    kith_peers_free(&peers);
    layer_call_close(&opened);
    return status;
}

/* The set of adults alleged to harm that the operands name. */
static kith_status explain_players(kith_table *table, kith_call *call, kith_error *err)
{
    players_call opened = { 0 };
    kith_status status = call_given(call, "who") ? players_call_refuse_children(call, err) : KITH_OK;

    if (status == KITH_OK)
        status = players_call_open(&opened, call, &call->operands[1],
                                   (size_t)call->operand_count - 1, table, err);
    if (status == KITH_OK)
        status = kith_explain_players(table, &opened.suspects, &opened.network,
                                      players_call_aim(call), opened.given, opened.given_count, err);
    players_call_close(&opened);
    return status;
}

static const option_row rows[] = { LAYER_OPTIONS("together"), LAYER_EVERY,     PEERS_OPTIONS,
                                   WEIGH_OPTIONS,             PLAYERS_OPTIONS, OPTION_END };
static const option_row share_rows[] = { WEIGH_OPTIONS, OPTION_END };
static const option_row tie_rows[] = { LAYER_OPTIONS("together"), LAYER_EVERY, OPTION_END };
static const option_row member_rows[] = { LAYER_OPTIONS("together"), LAYER_EVERY, PEERS_OPTIONS,
                                          OPTION_END };
static const option_row player_rows[] = { LAYER_RULES, { "no-isolates", .type = OPTION_FLAG },
                                          PLAYERS_OPTIONS, OPTION_END };
static const option_row place_rows[] = { { "kinds", .type = OPTION_TEXT }, OPTION_END };

static const struct what {
    const char *name, *operands;
    int count;           /* operands, with the name; -2: two or more */
    const option_row *options; /* those that it takes */
    kith_status (*explain)(kith_table *table, kith_call *call, kith_error *err);
} whats[] = {
    { "tie", "A B", 3, tie_rows, explain_tie },
    { "q", "A B", 3, tie_rows, explain_q },
    { "member", "ID", 2, member_rows, explain_member },
    { "share", "ID CONTEXT", 3, share_rows, explain_share },
    { "place", "ID", 2, place_rows, explain_place },
    { "players", "ID...", -2, player_rows, explain_players },
};

static bool takes(const struct what *what, const char *name)
{
    for (const option_row *row = what->options; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return true;
    return false;
}

/* An option that would be ignored is refused. */
static kith_status check_options(const struct what *what, const kith_call *call, kith_error *err)
{
    for (const option_row *row = rows; row->name != NULL; row++)
        if (call_given(call, row->name) && !takes(what, row->name))
            return kith_fail(err, KITH_USAGE, "--%s means nothing to explain %s; leave it out",
                             row->name, what->name);
    return KITH_OK;
}

static kith_status run(kith_call *call, kith_error *err)
{
    const struct what *what = NULL;
    kith_table table = { 0 };

    for (size_t i = 0; i < sizeof whats / sizeof *whats; i++)
        if (strcmp(whats[i].name, call->operands[0]) == 0)
            what = &whats[i];
    if (what == NULL)
        return kith_fail(err, KITH_USAGE,
                         "%s cannot be explained; `kith explain --help` lists what can",
                         call->operands[0]);
    if (what->count > 0 ? call->operand_count != what->count : call->operand_count < -what->count)
        return kith_fail(err, KITH_USAGE, "explain %s takes %s", what->name, what->operands);
    kith_status status = check_options(what, call, err);
    if (status == KITH_OK)
        status = what->explain(&table, call, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

const kith_command command_explain = {
    .name = "explain",
    .summary = "the terms and records behind a tie, its q, a membership, a share or a rank",
    .operands = "tie A B | q A B | member ID | share ID CONTEXT | place ID | players ID...",
    .least = 1,
    .most = -1,
    .hub = HUB_READ,
    .options = rows,
    .about = "tie A B           the weight of a tie; the options below choose the layer\n"
             "q A B             the q_value of a tie in `together`: what chance was thought to do\n"
             "member ID         the ties that hold somebody in their group of `peers`\n"
             "share ID CONTEXT  the share of one context in `weigh ID`\n"
             "place ID          the children and events that a place's rank in `hotspots` goes by\n"
             "players ID...     what each adult alleged to harm gives to the value of that set in `players`\n"
             "\n"
             "The values of all rows add up to the figure. A record_id is what `show` lists.",
    .example = "kith explain tie P001 P002 --as-of 2021-07-31\n"
               "kith explain q P001 P002 --as-of 2021-07-31\n"
               "kith explain member P001 --as-of 2021-07-31\n"
               "kith explain share G2 school --as-of 2022-06-30\n"
               "kith explain place L01 --as-of 2021-07-31\n"
               "kith explain players P075 P076 --as-of 2022-06-30",
    .run = run,
};
