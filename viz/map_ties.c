/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_ties.c: ties of the layers as lines with words.
 *
 * Declared links: one line for each kind between two, as strong as its best record (R48).
 * Shared events of two people: one dotted line, inferred, unless a declared peer tie
 * stands there already, which then says how many events it shares. People at places: one
 * line that counts what happened there and says what is declared of the two, as strong as
 * the best of all; but what protects has a line of its own. A child is never drawn as one
 * who exploits: such a record is said in words, without an arrow. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "map_private.h"

/* Links that say the same from either end. */
static const char *const mutual[] = {
    "sibling",    "brother",  "sister",     "half_sibling", "step_sibling",
    "cousin",     "relative", "lives_with", "contact",      "online_contact",
    "ex_partner", "conflict", "knows",      "meeting",      "calls",
    "phone_call", "messages", "co_offend",  "co_suspect",   "near",
};

typedef struct drawn {
    kith_mapping *m;
    const kith_layer *layer;
    size_t tie;
    uint32_t low, high; /* scene nodes of the tie's ends */
} drawn;

static bool both_people(const drawn *d)
{
    return kith_vertex_is_person(d->m, d->m->chosen[d->low]) &&
           kith_vertex_is_person(d->m, d->m->chosen[d->high]);
}

static bool is_mutual(const kith_meaning *meaning)
{
    if (meaning->gathers || !meaning->known)
        return true;
    for (size_t i = 0; i < sizeof mutual / sizeof *mutual; i++)
        if (strcmp(meaning->word, mutual[i]) == 0)
            return true;
    return false;
}

static kith_scene_tone tone_of(kith_valence valence)
{
    return valence == KITH_RISK         ? KITH_DRAW_RISK
           : valence == KITH_PROTECTIVE ? KITH_DRAW_PROTECTIVE
                                        : KITH_DRAW_NEUTRAL;
}

static kith_scene_line line_of(kith_line line)
{
    return line == KITH_SOLID    ? KITH_DRAW_SOLID
           : line == KITH_DASHED ? KITH_DRAW_DASHED
                                 : KITH_DRAW_DOTTED;
}

void kith_map_word(kith_text *out, const char *word)
{
    for (; *word != '\0'; word++)
        kith_text_add_char(out, *word == '_' ? ' ' : *word);
}

/* "friend" for "friend of": what both are to each other. */
static void add_without_of(kith_text *out, const char *label)
{
    const size_t size = strlen(label);
    const bool of = size > 3 && strcmp(label + size - 3, " of") == 0;

    kith_text_add_bytes(out, label, of ? size - 3 : size);
}

/* Whether a link says that somebody who is drawn as a child does harm. */
static bool names_a_child(const kith_mapping *m, const kith_link *link)
{
    return link->meaning->exploits &&
           kith_map_class(m, kith_link_exploiter(link)) == KITH_DRAW_CHILD;
}

static void add_link_label(kith_text *out, const kith_mapping *m, const kith_link *link)
{
    if (names_a_child(m, link))
        kith_text_add(out, "named in an allegation");
    else if (link->convicted && link->meaning->exploits)
        kith_text_add(out, "convicted of exploitation of");
    else if (!link->meaning->known)
        kith_map_word(out, link->word);
    else if (is_mutual(link->meaning))
        add_without_of(out, link->meaning->label);
    else
        kith_text_add(out, link->meaning->label);
}

/* Events that count for a tie. */
static size_t shared_events(const kith_layer *layer, size_t tie)
{
    size_t count = 0;

    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++)
        count += !layer->items[i].is_link && layer->items[i].counted;
    return count;
}

static bool has_link(const kith_layer *layer, size_t tie)
{
    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++)
        if (layer->items[i].is_link && !kith_grade_is_false(layer->items[i].grade))
            return true;
    return false;
}

/* The shared events of two people whose declared peer tie is drawn. */
static size_t events_beside(const drawn *d, const kith_link *link)
{
    const kith_mapping *m = d->m;

    if (!link->meaning->gathers)
        return 0;
    if (m->options->layer_only)
        return shared_events(d->layer, d->tie);
    const uint32_t a = m->base->node_of[TOGETHER][link->from], b = m->base->node_of[TOGETHER][link->to];
    const kith_layer *together = &m->base->layers[TOGETHER];
    const size_t tie =
        a != KITH_NOTHING && b != KITH_NOTHING ? kith_graph_tie(&together->graph, a, b) : SIZE_MAX;
    return tie != SIZE_MAX ? shared_events(together, tie) : 0;
}

/* Whether an earlier item of the tie is a link of the same kind, drawn from the same end. */
static bool kind_is_drawn(const drawn *d, size_t item)
{
    const kith_link *link = &d->layer->network->links[d->layer->items[item].index];

    for (size_t i = d->layer->first_item[d->tie]; i < item; i++) {
        const kith_layer_item *other = &d->layer->items[i];
        if (!other->is_link || kith_grade_is_false(other->grade))
            continue;
        const kith_link *before = &d->layer->network->links[other->index];
        if (before->meaning == link->meaning && strcmp(before->word, link->word) == 0 &&
            (before->from == link->from || is_mutual(link->meaning)))
            return true;
    }
    return false;
}

/* Whether a link rests only on whom somebody knows; a failure is the scene's. Read once for all links of one. */
static bool is_by_association(const kith_mapping *m, const kith_link *link)
{
    const uint32_t from = m->node[link->from];

    if (!link->meaning->exploits && m->network->things[link->to].kind != KITH_GROUP)
        return false;
    if (!m->asked[from] && kith_associations_read(&m->alone[from], m->store, &m->network->view,
                                                  m->network->things[link->from].row.row, m->err) != KITH_OK)
        m->scene->failed = true;
    m->asked[from] = true;
    return kith_association_has(&m->alone[from], link->row.row);
}

/* Says that all, or some, of what a line rests on is contested; whether all of it is. */
static bool add_contested(kith_text *label, size_t contested, size_t all)
{
    if (contested > 0)
        kith_text_add(label, contested == all ? ", contested" : ", contested in part");
    return contested > 0 && contested == all;
}

/* All links of one kind between the two: the best line, every grade in the basis. */
static void add_links_of_kind(drawn *d, size_t first)
{
    const kith_network *network = d->layer->network;
    const kith_link *link = &network->links[d->layer->items[first].index];
    kith_scene_tie tie = { .from = d->m->node[link->from], .to = d->m->node[link->to] };
    kith_text label = { 0 }, basis = { 0 }, about = { 0 };
    size_t contested = 0, records = 0;
    kith_line best = KITH_DOTTED;
    char grade[KITH_GRADE_SIZE];

    add_link_label(&label, d->m, link);
    if (is_by_association(d->m, link))
        kith_text_add(&label, ", association only");
    const size_t beside = events_beside(d, link);
    if (beside > 0)
        kith_text_format(&label, " (%zu)", beside);
    for (size_t i = first; i < d->layer->first_item[d->tie + 1]; i++) {
        const kith_layer_item *item = &d->layer->items[i];
        const kith_link *other = &network->links[item->index];
        if (!item->is_link || kith_grade_is_false(item->grade) || other->meaning != link->meaning ||
            strcmp(other->word, link->word) != 0 ||
            (other->from != link->from && !is_mutual(link->meaning)))
            continue;
        kith_text_add(&basis, basis.size > 0 ? ", " : "link ");
        kith_text_add(&basis, kith_grade_write(grade, item->grade));
        tie.weight += item->weight;
        best = kith_line_of(item->grade) > best ? kith_line_of(item->grade) : best;
        contested += kith_grade_is_contested(item->grade);
        records++;
        if (other->valence != KITH_NEUTRAL)
            tie.tone = tone_of(other->valence);
    }
    if (beside > 0)
        kith_text_format(&basis, "; %zu shared events", beside);
    tie.line = line_of(best);
    tie.contested = add_contested(&label, contested, records);
    if (names_a_child(d->m, link))
        tie.tone = KITH_DRAW_NEUTRAL;
    tie.arrow = !is_mutual(link->meaning) && !names_a_child(d->m, link) &&
                network->things[link->from].kind == KITH_PERSON &&
                network->things[link->to].kind == KITH_PERSON;
    tie.label = (char *)kith_text_string(&label);
    tie.basis = (char *)kith_text_string(&basis);
    if (d->m->options->records)
        kith_map_about(&about, d->m, d->layer, d->tie, link);
    tie.about = about.data;
    kith_scene_add_tie(d->m->scene, &tie);
    d->m->scene->failed = d->m->scene->failed || label.failed || basis.failed || about.failed;
    kith_text_free(&label);
    kith_text_free(&basis);
    kith_text_free(&about);
}

/* Whether the events of a person and a place have a line of their own, which names the links. */
static bool named_by_events(const drawn *d)
{
    const kith_mapping *m = d->m;

    if (m->options->layer_only)
        return !d->layer->nodes[d->layer->graph.ties[d->tie].high].is_event && !both_people(d) &&
               shared_events(d->layer, d->tie) > 0;
    const uint32_t a = m->base->node_of[PRESENCE][m->chosen[d->low]];
    const uint32_t b = m->base->node_of[PRESENCE][m->chosen[d->high]];
    const kith_layer *presence = &m->base->layers[PRESENCE];
    const size_t tie =
        a != KITH_NOTHING && b != KITH_NOTHING ? kith_graph_tie(&presence->graph, a, b) : SIZE_MAX;
    return tie != SIZE_MAX && shared_events(presence, tie) > 0;
}

static void add_links(drawn *d)
{
    const bool named = named_by_events(d);

    for (size_t i = d->layer->first_item[d->tie]; i < d->layer->first_item[d->tie + 1]; i++) {
        const kith_layer_item *item = &d->layer->items[i];
        if (item->is_link && !kith_grade_is_false(item->grade) && !kind_is_drawn(d, i) &&
            !(named && d->layer->network->links[item->index].valence != KITH_PROTECTIVE))
            add_links_of_kind(d, i);
    }
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

    if (both_people(d) || m->options->layer.raw)
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
        kith_text_format(out, "inferred (%zu)", shared_events(d->layer, d->tie));
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
        if (link->valence == KITH_PROTECTIVE || kind_is_drawn(d, i))
            continue;
        kith_text_add(label, ", ");
        add_link_label(label, d->m, link);
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
    return add_contested(label, contested, all);
}

/* The line that a tie's events make. Beside a declared peer tie they make none. */
static void add_events(drawn *d)
{
    bool inferred;
    kith_text label = { 0 }, basis = { 0 }, about = { 0 };
    kith_line line = kith_layer_line(d->layer, d->tie, &inferred);
    kith_scene_tone tone = KITH_DRAW_NEUTRAL;

    if (shared_events(d->layer, d->tie) == 0 || (both_people(d) && has_link(d->layer, d->tie)))
        return;
    add_events_label(&label, d, inferred);
    if (!both_people(d)) {
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
                                          .line = line_of(line),
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

/* Links are drawn by the layer of links when there is one. */
static bool draws_links(const kith_mapping *m, size_t layer)
{
    return m->options->layer_only || layer == LINKS;
}

/* Ties of one layer between chosen nodes, in the order of its graph. */
static void add_layer(kith_mapping *m, size_t layer)
{
    const kith_graph *graph = &m->base->layers[layer].graph;

    for (size_t t = 0; t < graph->tie_count; t++) {
        drawn d = { .m = m,
                    .layer = &m->base->layers[layer],
                    .tie = t,
                    .low = m->node[kith_map_vertex(m->base, layer, graph->ties[t].low)],
                    .high = m->node[kith_map_vertex(m->base, layer, graph->ties[t].high)] };
        if (d.low == KITH_NOTHING || d.high == KITH_NOTHING)
            continue;
        if (draws_links(m, layer))
            add_links(&d);
        add_events(&d);
    }
}

void kith_map_ties(kith_mapping *m)
{
    for (size_t l = 0; l < m->base->layer_count; l++)
        add_layer(m, l);
}
