/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack_tables.c: what is on the map: groups, places, questions, and an action or none for each. */
#include <stdlib.h>
#include <string.h>

#include "../map_private.h"
#include "kith/gaps.h"
#include "kith/keep.h"
#include "pack_private.h"

enum { GAPS_LEAST = 2, GAPS_CAP = 12, TEXT = 300 };

bool pack_draws(const pack_work *w, uint32_t thing)
{
    for (size_t i = 0; i < w->pack->scene.node_count; i++)
        if (w->drawn[i] == thing)
            return true;
    return false;
}

/* Reasons name records by id, in brackets behind a colon: a pack has its own key to sources. */
static void add_reasons(kith_text *out, const kith_desk *desk, const char *reasons)
{
    kith_text plain = { 0 };
    bool inside = false, ids = false;

    for (; *reasons != '\0'; reasons++) {
        inside = *reasons == '(' || (inside && *reasons != ')');
        ids = inside && (ids || strncmp(reasons, ": ", 2) == 0);
        if (!ids)
            kith_text_add_char(&plain, *reasons);
    }
    desk_say(out, desk, kith_text_string(&plain), TEXT);
    out->failed = out->failed || plain.failed;
    kith_text_free(&plain);
}

static kith_status add_member(pack_work *w, const kith_peers *peers, const kith_layer *layer,
                              uint32_t node, kith_error *err)
{
    kith_table *table = &w->pack->groups;
    const uint32_t group = kith_peers_group_of(peers, node);
    char letters[KITH_PEERS_LABEL_SIZE];
    kith_text text = { 0 }, reasons = { 0 };
    kith_status status = kith_peers_reasons(&reasons, peers, layer, node, err);

    kith_peers_label(letters, peers->letter[group]);
    kith_text_format(&text, "group %s", letters);
    desk_cell(table, &text);
    kith_table_text(table, desk_call(w->desk, layer->nodes[node].index));
    kith_text_format(&text, "%.0f of 100 resamples%s", 100 * peers->stability[node],
                     peers->stability[node] < 0.8 ? ": at the edge, uncertain" : "");
    desk_cell(table, &text);
    add_reasons(&text, w->desk, kith_text_string(&reasons));
    desk_cell(table, &text);
    table->failed = table->failed || reasons.failed;
    kith_text_free(&text);
    kith_text_free(&reasons);
    return status;
}

kith_status pack_add_groups(pack_work *w, kith_error *err)
{
    const kith_layer *layer = &w->desk->base->layers[TOGETHER];
    kith_peers peers;
    const kith_peers_options how = { .seed = w->options->seed, .resamples = -1, .least = 3,
                                     .progress = w->options->progress };
    kith_status status = kith_peers_find_kept(&peers, layer, &how, w->desk->store, err);

    DESK_COLUMNS(&w->pack->groups, "Groups of children who are recorded together, as computed",
                 "Nobody on the map is in such a group.", "group", "who", "stays in it in", "because");
    for (size_t i = 0; status == KITH_OK && i < peers.people_count; i++) {
        const uint32_t node = peers.members[i];
        if (kith_peers_group_of(&peers, node) != KITH_NOTHING && !layer->nodes[node].is_event &&
            pack_draws(w, layer->nodes[node].index))
            status = add_member(w, &peers, layer, node, err);
    }
    kith_table_note(&w->pack->groups, "a group is computed from who is recorded together; it says nothing of "
                                      "what its members are, and its letter nothing at all");
    kith_peers_free(&peers);
    return status;
}

static int by_thing(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

void pack_add_question(kith_text *out, const kith_desk *desk, const char *ask)
{
    kith_text plain = { 0 };

    for (; *ask != '\0'; ask++)
        if (strncmp(ask, " (", 2) == 0)
            ask += strcspn(ask, ")") - (strchr(ask, ')') == NULL);
        else
            kith_text_add_char(&plain, *ask);
    desk_say(out, desk, kith_text_string(&plain), 0);
    out->failed = out->failed || plain.failed;
    kith_text_free(&plain);
}

enum { GAP_LEFT, GAP_RIGHT, GAP_SHARED, GAP_ASK }; /* columns of `gaps` */

/* Questions about two who are both on the map: of others the meeting knows nothing. */
static void take_gaps(pack_work *w, const kith_table *all)
{
    kith_table *table = &w->pack->gaps;
    kith_text text = { 0 };

    DESK_COLUMNS(table, "What is not known: questions to ask",
                 "No two people on the map share much without a recorded contact.", "of", "and", "question");
    for (size_t r = 0; r < kith_table_rows(all); r++) {
        const kith_cell *cells = &all->cells[r * all->column_count];
        uint32_t left, right;
        if (kith_network_find(&left, w->network, cells[GAP_LEFT].text, NULL) != KITH_OK ||
            kith_network_find(&right, w->network, cells[GAP_RIGHT].text, NULL) != KITH_OK ||
            !pack_draws(w, left) || !pack_draws(w, right))
            continue;
        kith_table_text(table, desk_call(w->desk, left));
        kith_table_text(table, desk_call(w->desk, right));
        pack_add_question(&text, w->desk, cells[GAP_ASK].text);
        desk_cell(table, &text);
    }
    if (kith_table_rows(table) > 0)
        kith_table_note(table, "a question, no link: sharing a place or an adult joins nobody");
    kith_text_free(&text);
}

kith_status pack_add_gaps(pack_work *w, kith_error *err)
{
    uint32_t *seeds = malloc((w->pack->scene.node_count + 1) * sizeof *seeds);
    kith_table all = { 0 };
    size_t count = 0;

    if (seeds == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < w->pack->scene.node_count; i++)
        if (w->drawn[i] != KITH_NOTHING && w->network->things[w->drawn[i]].kind == KITH_PERSON)
            seeds[count++] = w->drawn[i];
    qsort(seeds, count, sizeof *seeds, by_thing);
    const kith_gaps_options gaps = { .least = GAPS_LEAST, .size_cap = GAPS_CAP, .seeds = seeds,
                                     .seed_count = count };
    const kith_status status = count > 0 ? kith_gaps_report(&all, w->network, &gaps, err) : KITH_OK;
    if (status == KITH_OK)
        take_gaps(w, &all);
    kith_table_free(&all);
    free(seeds);
    return status;
}

void pack_add_places(pack_work *w)
{
    kith_table *table = &w->pack->places;
    const kith_hotspots *spots = &w->desk->base->hotspots;
    kith_text text = { 0 };

    DESK_COLUMNS(table, "Places on the map", "No place is on the map.", "place", "children", "events",
                 "change");
    for (size_t i = 0; i < spots->count; i++) {
        const kith_hotspot *spot = &spots->places[i];
        if (!pack_draws(w, spot->place))
            continue;
        kith_table_text(table, desk_call(w->desk, spot->place));
        kith_text_format(&text, "%u", spot->children);
        desk_cell(table, &text);
        kith_text_format(&text, "%u", spot->events);
        desk_cell(table, &text);
        kith_table_text(table, kith_place_change_word(spot->change));
    }
    kith_table_note(table, "children named in events of harm or risk there in 112 days, whoever they are; a "
                           "place is unsafe, a child does not choose it");
    kith_text_free(&text);
}

static void add_action(pack_work *w, uint32_t thing, const kith_action *action)
{
    kith_table *table = &w->pack->actions;
    kith_text text = { 0 };
    char state[64];

    kith_table_text(table, desk_call(w->desk, thing));
    if (action == NULL) {
        kith_table_text(table, "No action.");
        for (int i = 0; i < 3; i++)
            kith_table_text(table, "");
        return;
    }
    desk_say(&text, w->desk, action->action, TEXT);
    if (action->note[0] != '\0') {
        kith_text_add(&text, " (");
        desk_say(&text, w->desk, action->note, TEXT);
        kith_text_add(&text, ")");
    }
    desk_cell(table, &text);
    kith_action_say_state(state, sizeof state, action->due, action->status, w->network->view.as_of);
    kith_text_format(&text, "%s%s%s", action->due, action->due[0] != '\0' ? ", " : "", state);
    desk_cell(table, &text);
    desk_say(&text, w->desk, action->owner_role, TEXT);
    desk_cell(table, &text);
    desk_say(&text, w->desk, action->measure_of_success, TEXT);
    desk_cell(table, &text);
    kith_text_free(&text);
}

/* Whether an action stands: open, or an explicit decision that nothing is to be done. */
static bool stands(const kith_action *action)
{
    return action->state != KITH_ACTION_CLOSED || kith_word_same(action->status, "no action");
}

void pack_add_actions(pack_work *w)
{
    const kith_actions *actions = &w->desk->actions;

    DESK_COLUMNS(&w->pack->actions, "Actions: an action or no action for each", NULL, "of", "action",
                 "when and or how often?", "by whom?", "what will we see to know it has worked?");
    for (size_t i = 0; i < w->pack->scene.node_count; i++) {
        const uint32_t thing = w->drawn[i];
        bool any = false;
        if (thing == KITH_NOTHING)
            continue;
        for (size_t a = 0; a < actions->count; a++)
            if (actions->list[a].subject != 0 && stands(&actions->list[a]) &&
                desk_thing(w->desk, actions->list[a].subject) == thing) {
                add_action(w, thing, &actions->list[a]);
                any = true;
            }
        if (!any)
            add_action(w, thing, NULL);
    }
}
