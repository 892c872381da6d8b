/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack.c: the parts of a mapping meeting's pack, each asked of its analysis. */
#include "kith/pack.h"

#include <stdlib.h>
#include <string.h>

#include "../map_private.h"
#include "desk.h"
#include "dossier_private.h"
#include "kith/contexts.h"
#include "kith/evidence.h"
#include "kith/gaps.h"
#include "kith/retention.h"
#include "kith/keep.h"
#include "kith/panel.h"
#include "kith/settings.h"

enum { SOURCES_MOST = 4, GAPS_LEAST = 2, GAPS_CAP = 12, TEXT = 300 };

typedef struct pack_work {
    kith_pack *pack;
    kith_store *store;
    kith_desk *desk;
    const kith_network *network;
    const kith_pack_options *options;
    uint32_t *subjects;
    uint32_t *drawn; /* thing of each node of the scene; KITH_NOTHING: none */
} pack_work;

static void columns(kith_table *table, const char *title, const char *empty, size_t count,
                    const char *const names[])
{
    *table = (kith_table){ .title = title, .empty = empty };
    for (size_t i = 0; i < count; i++)
        kith_table_column(table, names[i], KITH_CELL_TEXT);
}

static void cell(kith_table *table, kith_text *text)
{
    kith_table_text(table, kith_text_string(text));
    table->failed = table->failed || text->failed;
    kith_text_clear(text);
}

static kith_status find_subjects(pack_work *w, kith_error *err)
{
    kith_status status = KITH_OK;

    w->subjects = calloc(w->options->id_count + 1, sizeof *w->subjects);
    if (w->subjects == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; status == KITH_OK && i < w->options->id_count; i++)
        status = kith_network_find(&w->subjects[i], w->network, w->options->ids[i], err);
    return status;
}

/* Whoever and whatever is on the map or in a dossier is named. */
static kith_status name_all(pack_work *w, kith_error *err)
{
    bool *named = calloc(w->network->thing_count + 1, sizeof *named);
    uint32_t *list = malloc((w->network->thing_count + 1) * sizeof *list);
    size_t count = 0;
    kith_status status = named != NULL && list != NULL ? KITH_OK : kith_no_memory(err);

    for (size_t i = 0; status == KITH_OK && i < w->options->id_count; i++) {
        const size_t near = desk_near(w->desk, w->subjects[i], w->options->hops + 1);
        for (size_t n = 0; n < near; n++)
            if (desk_is_thing(w->desk, w->desk->reached[n]))
                named[w->desk->reached[n]] = true;
        desk_forget(w->desk, near);
        desk_mark(w->desk, named, w->subjects[i]);
    }
    for (uint32_t i = 0; status == KITH_OK && i < w->network->thing_count; i++)
        if (named[i])
            list[count++] = i;
    if (status == KITH_OK)
        status = kith_desk_name(w->desk, list, count, err);
    free(named);
    free(list);
    return status;
}

static kith_status draw_map(pack_work *w, kith_error *err)
{
    kith_scene *scene = &w->pack->scene;
    const kith_map_options options = {
        .ids = w->options->ids, .id_count = w->options->id_count, .hops = w->options->hops,
        .most = w->options->most, .names = (kith_map_names)w->desk->names, .seed = w->options->seed,
        .base = w->desk->base, .called = (const char *const *)w->desk->called,
    };
    kith_text subject = { 0 };
    bool failed = false;
    kith_status status = kith_map_scene(scene, w->store, w->network, &options, err);

    if (status == KITH_OK)
        status = kith_map_subject(&subject, w->network, &options, err);
    dossier_set(&w->pack->subject, &subject, &failed);
    if (status != KITH_OK)
        return status;
    if (failed)
        return kith_no_memory(err);
    desk_show_scene(w->desk, scene);
    w->drawn = malloc((scene->node_count + 1) * sizeof *w->drawn);
    if (w->drawn == NULL)
        return kith_no_memory(err);
    memset(w->drawn, 0xFF, (scene->node_count + 1) * sizeof *w->drawn);
    for (uint32_t t = 0; t < w->network->thing_count; t++) {
        const uint32_t node = kith_map_node(scene, w->network, t);
        if (node != KITH_NOTHING)
            w->drawn[node] = t;
    }
    return KITH_OK;
}

/* Each source of a tie once. */
static void add_sources_of(kith_text *out, const pack_work *w, const kith_layer *layer, size_t tie,
                           size_t *said)
{
    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++) {
        const kith_layer_item *item = &layer->items[i];
        kith_text source = { 0 };
        desk_source(&source, w->desk, item->is_link ? w->network->links[item->index].origin
                                                    : w->network->events[item->index].origin);
        if (strstr(kith_text_string(out), kith_text_string(&source)) == NULL && ++*said <= SOURCES_MOST)
            kith_text_format(out, "%s%s", out->size > 0 ? "; " : "", kith_text_string(&source));
        out->failed = out->failed || source.failed;
        kith_text_free(&source);
    }
}

static void add_sources(kith_text *out, const pack_work *w, uint32_t a, uint32_t b)
{
    size_t said = 0;

    for (size_t l = 0; l < w->desk->base->layer_count; l++) {
        const kith_layer *layer = &w->desk->base->layers[l];
        const uint32_t from = w->desk->base->node_of[l][a], to = w->desk->base->node_of[l][b];
        const size_t tie = from != KITH_NOTHING && to != KITH_NOTHING
                               ? kith_graph_tie(&layer->graph, from, to)
                               : SIZE_MAX;
        if (tie != SIZE_MAX)
            add_sources_of(out, w, layer, tie, &said);
    }
    if (said > SOURCES_MOST)
        kith_text_format(out, " and %zu more", said - SOURCES_MOST);
}

static void add_ties(pack_work *w)
{
    static const char *const names[] = { "number", "from", "to", "what", "line", "rests on", "sources" };
    const kith_scene *scene = &w->pack->scene;
    kith_table *table = &w->pack->ties;
    kith_text text = { 0 };

    columns(table, "Key to the lines of the map", "No line is on the map.", 7, names);
    for (size_t i = 0; i < scene->tie_count; i++) {
        const kith_scene_tie *tie = &scene->ties[i];
        const uint32_t a = w->drawn[tie->from], b = w->drawn[tie->to];
        kith_text_format(&text, "%zu", i + 1);
        cell(table, &text);
        kith_table_text(table, a != KITH_NOTHING ? desk_call(w->desk, a) : scene->nodes[tie->from].label);
        kith_table_text(table, b != KITH_NOTHING ? desk_call(w->desk, b) : scene->nodes[tie->to].label);
        desk_say(&text, w->desk, tie->label, 0);
        cell(table, &text);
        kith_table_text(table, tie->barred     ? "bar: a condition, no tie"
                               : tie->inferred ? "dotted, inferred"
                                               : kith_scene_line_word(tie->line));
        desk_say(&text, w->desk, tie->basis, 0);
        cell(table, &text);
        if (!tie->barred && a != KITH_NOTHING && b != KITH_NOTHING)
            add_sources(&text, w, a, b);
        cell(table, &text);
    }
    kith_text_free(&text);
}

/* Each line of the picture carries its number. */
static kith_status number_ties(kith_scene *scene, kith_error *err)
{
    kith_text label = { 0 };

    for (size_t i = 0; i < scene->tie_count && !label.failed; i++) {
        kith_text_clear(&label);
        kith_text_format(&label, "%zu: %s", i + 1, scene->ties[i].label);
        kith_scene_set(scene, &scene->ties[i].label, kith_text_string(&label));
    }
    scene->failed = scene->failed || label.failed;
    kith_text_free(&label);
    kith_scene_add_term(scene, "7: friend", "line 7 of the key: what it rests on");
    return kith_scene_status(scene, err);
}

static bool is_drawn(const pack_work *w, uint32_t thing)
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
    cell(table, &text);
    kith_table_text(table, desk_call(w->desk, layer->nodes[node].index));
    kith_text_format(&text, "%.0f of 100 resamples%s", 100 * peers->stability[node],
                     peers->stability[node] < 0.8 ? ": at the edge, uncertain" : "");
    cell(table, &text);
    add_reasons(&text, w->desk, kith_text_string(&reasons));
    cell(table, &text);
    table->failed = table->failed || reasons.failed;
    kith_text_free(&text);
    kith_text_free(&reasons);
    return status;
}

static kith_status add_groups(pack_work *w, kith_error *err)
{
    static const char *const names[] = { "group", "who", "stays in it in", "because" };
    const kith_layer *layer = &w->desk->base->layers[TOGETHER];
    kith_peers peers;
    const kith_peers_options how = { .seed = w->options->seed, .resamples = -1, .least = 3,
                                     .progress = w->options->progress };
    kith_status status = kith_peers_find_kept(&peers, layer, &how, w->desk->store, err);

    columns(&w->pack->groups, "Groups of children who are recorded together, as computed",
            "Nobody on the map is in such a group.", 4, names);
    for (size_t i = 0; status == KITH_OK && i < peers.people_count; i++) {
        const uint32_t node = peers.members[i];
        if (kith_peers_group_of(&peers, node) != KITH_NOTHING && !layer->nodes[node].is_event &&
            is_drawn(w, layer->nodes[node].index))
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

/* A question without the ids of records, which it has in brackets. */
static void add_question(kith_text *out, const kith_desk *desk, const char *ask)
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
    static const char *const names[] = { "of", "and", "question" };
    kith_table *table = &w->pack->gaps;
    kith_text text = { 0 };

    columns(table, "What is not known: questions to ask",
            "No two people on the map share much without a recorded contact.", 3, names);
    for (size_t r = 0; r < kith_table_rows(all); r++) {
        const kith_cell *cells = &all->cells[r * all->column_count];
        uint32_t left, right;
        if (kith_network_find(&left, w->network, cells[GAP_LEFT].text, NULL) != KITH_OK ||
            kith_network_find(&right, w->network, cells[GAP_RIGHT].text, NULL) != KITH_OK ||
            !is_drawn(w, left) || !is_drawn(w, right))
            continue;
        kith_table_text(table, desk_call(w->desk, left));
        kith_table_text(table, desk_call(w->desk, right));
        add_question(&text, w->desk, cells[GAP_ASK].text);
        cell(table, &text);
    }
    kith_table_note(table, "a question, no link: sharing a place or an adult joins nobody");
    kith_text_free(&text);
}

static kith_status add_gaps(pack_work *w, kith_error *err)
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

static void add_places(pack_work *w)
{
    static const char *const names[] = { "place", "children", "events", "change" };
    kith_table *table = &w->pack->places;
    const kith_hotspots *spots = &w->desk->base->hotspots;
    kith_text text = { 0 };

    columns(table, "Places on the map", "No place is on the map.", 4, names);
    for (size_t i = 0; i < spots->count; i++) {
        const kith_hotspot *spot = &spots->places[i];
        if (!is_drawn(w, spot->place))
            continue;
        kith_table_text(table, desk_call(w->desk, spot->place));
        kith_text_format(&text, "%u", spot->children);
        cell(table, &text);
        kith_text_format(&text, "%u", spot->events);
        cell(table, &text);
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
    cell(table, &text);
    kith_action_say_state(state, sizeof state, action->due, action->status, w->network->view.as_of);
    kith_text_format(&text, "%s%s%s", action->due, action->due[0] != '\0' ? ", " : "", state);
    cell(table, &text);
    desk_say(&text, w->desk, action->owner_role, TEXT);
    cell(table, &text);
    desk_say(&text, w->desk, action->measure_of_success, TEXT);
    cell(table, &text);
    kith_text_free(&text);
}

/* Whether an action stands: open, or an explicit decision that nothing is to be done. */
static bool stands(const kith_action *action)
{
    return action->state != KITH_ACTION_CLOSED || kith_word_same(action->status, "no action");
}

static void add_actions(pack_work *w)
{
    static const char *const names[] = { "of", "action", "when and or how often?", "by whom?",
                                         "what will we see to know it has worked?" };
    const kith_actions *actions = &w->desk->actions;

    columns(&w->pack->actions, "Actions: an action or no action for each", NULL, 5, names);
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

/* Of the whole answer what a room can discuss: how much each context weighs and rests on, how sure the
 * lead is, and what is opinion. */
static void shorten(kith_table *table, const kith_desk *desk, const kith_table *whole)
{
    static const char *const kept[] = { "verdict", "lead", "runs_led", "entered_alone", "panel" };
    static const char *const notes[] = { "the lead", "interplay", "opinion", "limits", "the panel", "a prompt" };
    static const char *const names[] = { "context", "share", "items", "agencies", "newest", "recorded" };
    enum { CONTEXT, SHARE, ITEMS = 5, RECORDED, AGENCIES, NEWEST }; /* columns of `weigh` */
    kith_text text = { 0 };

    columns(table, "Contexts: which must change first? A prompt for discussion, no answer", NULL, 6, names);
    for (size_t r = 0; r < kith_table_rows(whole); r++) {
        const kith_cell *c = &whole->cells[r * whole->column_count];
        kith_table_text(table, c[CONTEXT].text);
        if (!c[SHARE].missing)
            kith_text_format(&text, "%.1f %%", 100 * c[SHARE].number);
        cell(table, &text);
        kith_text_format(&text, "%lld", (long long)c[ITEMS].integer);
        cell(table, &text);
        kith_text_format(&text, "%lld", (long long)c[AGENCIES].integer);
        cell(table, &text);
        kith_table_text(table, c[NEWEST].text);
        kith_table_text(table, c[RECORDED].text);
    }
    for (size_t i = 0; i < whole->fact_count; i++)
        for (size_t k = 0; k < sizeof kept / sizeof *kept; k++)
            if (strcmp(whole->fact_keys[i], kept[k]) == 0)
                kith_table_fact(table, kept[k], "%s", whole->fact_values[i]);
    for (size_t i = 0; i < whole->note_count; i++)
        for (size_t k = 0; k < sizeof notes / sizeof *notes; k++)
            if (strncmp(whole->notes[i], notes[k], strlen(notes[k])) == 0) {
                add_question(&text, desk, whole->notes[i]);
                kith_table_note(table, "%s", kith_text_string(&text));
                kith_text_clear(&text);
            }
    table->failed = table->failed || text.failed;
    kith_text_free(&text);
}

static kith_status fill_weighing(kith_table *table, pack_work *w, const kith_subject *subject,
                                 const kith_rules *rules, kith_error *err)
{
    const kith_view *view = &w->network->view;
    kith_settings settings;
    kith_contexts contexts = { 0 };
    kith_weigh weigh = { 0 }, entered = { 0 };
    kith_status status = kith_contexts_read(&contexts, w->store, view, subject, rules, err);

    kith_settings_default(&settings);
    if (status == KITH_OK)
        status = kith_weigh_build(&weigh, contexts.items, contexts.count, view->as_of, &settings.weigh, err);
    if (status == KITH_OK)
        status = kith_weigh_build(&entered, contexts.items, contexts.entered, view->as_of, &settings.weigh, err);
    if (status == KITH_OK)
        status = kith_contexts_table(table, &contexts, &weigh, &entered, err);
    if (status == KITH_OK)
        status = kith_panel_notes(table, w->store, view, subject->row, err);
    kith_weigh_free(&weigh);
    kith_weigh_free(&entered);
    kith_contexts_free(&contexts);
    return status;
}

static kith_status add_weighing(pack_work *w, size_t i, kith_error *err)
{
    kith_subject subject = { 0 };
    kith_rules rules = { 0 };
    kith_table whole = { 0 };
    char *id = (char *)w->options->ids[i];
    const kith_kind kind = w->network->things[w->subjects[i]].kind;
    kith_status status = KITH_OK;

    if (kind == KITH_OBJECT)
        return KITH_OK;
    status = kith_rules_read(&rules, NULL, err);
    if (status == KITH_OK)
        status = kith_subject_read(&subject, w->store, &w->network->view, &id, 1, err);
    if (status == KITH_OK)
        status = fill_weighing(&whole, w, &subject, &rules, err);
    if (status == KITH_OK)
        shorten(&w->pack->weighings[i], w->desk, &whole);
    kith_table_free(&whole);
    kith_subject_free(&subject);
    kith_rules_free(&rules);
    return status;
}

static kith_status add_subjects(pack_work *w, kith_error *err)
{
    const kith_dossier_options options = { .rows = 0, .no_picture = true };
    const size_t count = w->options->id_count;
    kith_status status = KITH_OK;

    w->pack->subjects = calloc(count + 1, sizeof *w->pack->subjects);
    w->pack->weighings = calloc(count + 1, sizeof *w->pack->weighings);
    if (w->pack->subjects == NULL || w->pack->weighings == NULL)
        return kith_no_memory(err);
    w->pack->count = count;
    for (size_t i = 0; status == KITH_OK && i < count; i++) {
        status = kith_dossier_make(&w->pack->subjects[i], w->desk, w->subjects[i], &options, err);
        if (status == KITH_OK)
            status = add_weighing(w, i, err);
    }
    return status;
}

static kith_status make(pack_work *w, kith_error *err)
{
    kith_status status = kith_desk_open(&w->desk, w->store, w->network, w->options->names, w->options->seed, err);

    if (status == KITH_OK)
        status = find_subjects(w, err);
    if (status == KITH_OK)
        status = name_all(w, err);
    if (status == KITH_OK)
        status = draw_map(w, err);
    if (status == KITH_OK)
        status = add_groups(w, err);
    if (status == KITH_OK)
        status = add_gaps(w, err);
    if (status == KITH_OK)
        status = add_subjects(w, err);
    if (status != KITH_OK)
        return status;
    add_ties(w);
    status = number_ties(&w->pack->scene, err);
    add_places(w);
    add_actions(w);
    const kith_table *const tables[] = { &w->pack->ties, &w->pack->groups, &w->pack->gaps,
                                         &w->pack->places, &w->pack->actions };
    for (size_t i = 0; status == KITH_OK && i < sizeof tables / sizeof *tables; i++)
        status = kith_table_status(tables[i], err);
    for (size_t i = 0; status == KITH_OK && i < w->pack->count; i++)
        status = kith_table_status(&w->pack->weighings[i], err);
    return status == KITH_OK ? desk_list_shown(&w->pack->shown, &w->pack->shown_count, w->desk, err) : status;
}

kith_status kith_pack_make(kith_pack *pack, kith_store *store, const kith_network *network,
                           const kith_pack_options *options, kith_error *err)
{
    pack_work w = { .pack = pack, .store = store, .network = network, .options = options };

    *pack = (kith_pack){ 0 };
    if (options->id_count == 0)
        return kith_fail(err, KITH_USAGE, "nobody is named; give the ids that the meeting is about");
    kith_status status = make(&w, err);
    if (status == KITH_OK)
        status = kith_source_rights(&pack->rights, store, &network->view, err);
    kith_desk_close(w.desk);
    free(w.subjects);
    free(w.drawn);
    if (status != KITH_OK)
        kith_pack_free(pack);
    return status;
}

void kith_pack_free(kith_pack *pack)
{
    kith_table *const tables[] = { &pack->ties, &pack->groups, &pack->gaps, &pack->places, &pack->actions,
                                   &pack->rights };

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        kith_table_free(tables[i]);
    for (size_t i = 0; i < pack->count; i++) {
        if (pack->subjects != NULL)
            kith_dossier_free(&pack->subjects[i]);
        if (pack->weighings != NULL)
            kith_table_free(&pack->weighings[i]);
    }
    free(pack->subjects);
    free(pack->weighings);
    kith_scene_free(&pack->scene);
    free(pack->subject);
    free(pack->shown);
    *pack = (kith_pack){ 0 };
}
