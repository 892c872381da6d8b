/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_ties_events.c: what two share in events as one line, with what is declared of a person at a place. */
#include <stdlib.h>
#include <string.h>

#include "map_ties_private.h"

static bool has_link(const kith_layer *layer, size_t tie)
{
    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++)
        if (layer->items[i].is_link && !kith_grade_is_false(layer->items[i].grade))
            return true;
    return false;
}

typedef struct tally {
    const char *as;   /* "" or what somebody was who only told of it or helped */
    const char *word; /* of events */
    size_t count;
} tally;

enum { TALLIES = 16, NAMED = 3 };

static int by_count(const void *left, const void *right)
{
    const tally *a = left, *b = right;

    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    const int order = strcmp(a->word, b->word);
    return order != 0 ? order : strcmp(a->as, b->as);
}

/* Who reports that a child is missing was not missing, nor need have been there. */
static const char *only_told(const drawn *d, const kith_event_record *event)
{
    const kith_mapping *m = d->m;
    const uint32_t low = m->chosen[d->low], high = m->chosen[d->high];
    const uint32_t person = kith_vertex_is_person(m, low) ? low : high;
    const char *as = "";

    if (drawn_is_of_people(d) || m->options->layer.raw)
        return "";
    for (uint32_t i = 0; i < event->participation_count; i++) {
        const kith_participation *p = &m->network->participations[event->first_participation + i];
        if (p->person != person || kith_grade_is_false(m->network->origins[p->origin].grade))
            continue;
        if (p->role != KITH_REPORTER && p->role != KITH_HELPER)
            return "";
        as = p->role == KITH_REPORTER ? "reporter of " : "helper at ";
    }
    return as;
}

/* "missing (12), reporter of incident (3)": the commonest kinds of a tie's events. */
static void add_event_kinds(kith_text *out, const drawn *d, size_t named)
{
    const kith_layer *layer = d->layer;
    tally kinds[TALLIES];
    size_t count = 0, rest = 0;

    for (size_t i = layer->first_item[d->tie]; i < layer->first_item[d->tie + 1]; i++) {
        const kith_layer_item *item = &layer->items[i];
        size_t k = 0;
        if (item->is_link || !item->counted)
            continue;
        const kith_event_record *event = &layer->network->events[item->index];
        const char *as = only_told(d, event);
        while (k < count &&
               (strcmp(kinds[k].word, event->word) != 0 || strcmp(kinds[k].as, as) != 0))
            k++;
        if (k == count && count < TALLIES)
            kinds[count++] = (tally){ as, event->word, 0 };
        if (k < count)
            kinds[k].count++;
        else
            rest++;
    }
    qsort(kinds, count, sizeof *kinds, by_count);
    for (size_t k = 0; k < count; k++) {
        if (k >= named) {
            rest += kinds[k].count;
            continue;
        }
        kith_text_format(out, "%s%s", k > 0 ? ", " : "", kinds[k].as);
        kith_map_word(out, kinds[k].word);
        kith_text_format(out, " (%zu)", kinds[k].count);
    }
    if (rest > 0)
        kith_text_format(out, ", other (%zu)", rest);
}

void kith_map_roles_in(kith_text *out, const kith_network *network, uint32_t person, uint32_t event)
{
    const bool child = kith_map_class_of(network, person) == KITH_DRAW_CHILD;
    const kith_event_record *e = &network->events[event];
    const char *last = "";

    for (uint32_t i = 0; i < e->participation_count; i++) {
        const kith_participation *p = &network->participations[e->first_participation + i];
        if (p->person != person || strcmp(p->word, last) == 0)
            continue;
        kith_text_add(out, last[0] != '\0' ? ", " : "");
        const bool named =
            child && (p->role == KITH_ALLEGED_PERPETRATOR || p->role == KITH_CONVICTED_PERPETRATOR);
        kith_map_word(out, named ? "named as alleged" : p->word);
        last = p->word;
    }
}

/* What the events of a tie are called between these two ends. */
static void add_events_label(kith_text *out, const drawn *d, bool inferred)
{
    const kith_layer_node *low = &d->layer->nodes[d->layer->graph.ties[d->tie].low];
    const kith_layer_node *high = &d->layer->nodes[d->layer->graph.ties[d->tie].high];

    if (inferred)
        kith_text_format(out, "inferred (%zu)", drawn_events(d->layer, d->tie));
    else if (!high->is_event)
        add_event_kinds(out, d, NAMED);
    else if (d->layer->network->things[low->index].kind == KITH_PERSON)
        kith_map_roles_in(out, d->m->network, low->index, high->index);
    else
        kith_text_add(out, "where");
}

/* The declared links of a person and a place, each kind once: ", is often at". */
static void add_declared(kith_text *label, kith_scene_tone *tone, const drawn *d)
{
    for (size_t i = d->layer->first_item[d->tie]; i < d->layer->first_item[d->tie + 1]; i++) {
        const kith_layer_item *item = &d->layer->items[i];
        if (!item->is_link || kith_grade_is_false(item->grade))
            continue;
        const kith_link *link = &d->layer->network->links[item->index];
        if (link->valence == KITH_RISK)
            *tone = KITH_DRAW_RISK;
        if (link->valence == KITH_PROTECTIVE || drawn_before(d, i))
            continue;
        kith_text_add(label, ", ");
        drawn_add_link(label, d->m, link);
    }
}

/* A place's record that protects is drawn by itself, and makes no other line stronger. */
static kith_line line_at_place(const drawn *d)
{
    const kith_layer *layer = d->layer;
    kith_line best = KITH_DOTTED;

    for (size_t i = layer->first_item[d->tie]; i < layer->first_item[d->tie + 1]; i++) {
        const kith_layer_item *item = &layer->items[i];
        if (kith_grade_is_false(item->grade) ||
            (item->is_link && layer->network->links[item->index].valence == KITH_PROTECTIVE))
            continue;
        best = kith_line_of(item->grade) > best ? kith_line_of(item->grade) : best;
    }
    return best;
}

/* Whether all that the events' line rests on is contested; its label says how much is. */
static bool add_contested_events(kith_text *label, const drawn *d)
{
    size_t contested = 0, all = 0;

    for (size_t i = d->layer->first_item[d->tie]; i < d->layer->first_item[d->tie + 1]; i++) {
        const kith_layer_item *item = &d->layer->items[i];
        if (kith_grade_is_false(item->grade))
            continue;
        contested += kith_grade_is_contested(item->grade);
        all++;
    }
    return drawn_add_contested(label, contested, all);
}

/* Beside a declared peer tie they make none. */
void drawn_add_events(drawn *d)
{
    bool inferred;
    kith_text label = { 0 }, basis = { 0 }, about = { 0 };
    kith_line line = kith_layer_line(d->layer, d->tie, &inferred);
    kith_scene_tone tone = KITH_DRAW_NEUTRAL;

    if (drawn_events(d->layer, d->tie) == 0 || (drawn_is_of_people(d) && has_link(d->layer, d->tie)))
        return;
    add_events_label(&label, d, inferred);
    if (!drawn_is_of_people(d)) {
        line = line_at_place(d);
        add_declared(&label, &tone, d);
    }
    const bool contested = add_contested_events(&label, d);
    add_event_kinds(&basis, d, TALLIES);
    kith_text_format(&basis, "; evidence %.2f", kith_layer_evidence(d->layer, d->tie));
    if (d->m->options->records)
        kith_map_about(&about, d->m, d->layer, d->tie, NULL);
    kith_scene_add_tie(d->m->scene,
                       &(kith_scene_tie){ .from = d->low,
                                          .to = d->high,
                                          .line = drawn_line(line),
                                          .tone = tone,
                                          .inferred = inferred,
                                          .contested = contested,
                                          .weight = d->layer->graph.ties[d->tie].weight,
                                          .label = (char *)kith_text_string(&label),
                                          .basis = (char *)kith_text_string(&basis),
                                          .about = about.data });
    d->m->scene->failed = d->m->scene->failed || label.failed || basis.failed || about.failed;
    kith_text_free(&label);
    kith_text_free(&basis);
    kith_text_free(&about);
}

