/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_ties_links.c: declared links as lines, one for each kind between two. */
#include <string.h>

#include "map_ties_private.h"

/* Links that say the same from either end. */
static const char *const mutual[] = {
    "sibling",    "brother",  "sister",     "half_sibling", "step_sibling",
    "cousin",     "relative", "lives_with", "contact",      "online_contact",
    "ex_partner", "conflict", "knows",      "meeting",      "calls",
    "phone_call", "messages", "co_offend",  "co_suspect",   "near",
};

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

void drawn_add_link(kith_text *out, const kith_mapping *m, const kith_link *link)
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

/* The shared events of two people whose declared peer tie is drawn. */
static size_t events_beside(const drawn *d, const kith_link *link)
{
    const kith_mapping *m = d->m;

    if (!link->meaning->gathers)
        return 0;
    if (m->options->layer_only)
        return drawn_events(d->layer, d->tie);
    const uint32_t a = m->base->node_of[TOGETHER][link->from], b = m->base->node_of[TOGETHER][link->to];
    const kith_layer *together = &m->base->layers[TOGETHER];
    const size_t tie =
        a != KITH_NOTHING && b != KITH_NOTHING ? kith_graph_tie(&together->graph, a, b) : SIZE_MAX;
    return tie != SIZE_MAX ? drawn_events(together, tie) : 0;
}

bool drawn_before(const drawn *d, size_t item)
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

    drawn_add_link(&label, d->m, link);
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
    tie.line = drawn_line(best);
    tie.contested = drawn_add_contested(&label, contested, records);
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
        return !d->layer->nodes[d->layer->graph.ties[d->tie].high].is_event && !drawn_is_of_people(d) &&
               drawn_events(d->layer, d->tie) > 0;
    const uint32_t a = m->base->node_of[PRESENCE][m->chosen[d->low]];
    const uint32_t b = m->base->node_of[PRESENCE][m->chosen[d->high]];
    const kith_layer *presence = &m->base->layers[PRESENCE];
    const size_t tie =
        a != KITH_NOTHING && b != KITH_NOTHING ? kith_graph_tie(&presence->graph, a, b) : SIZE_MAX;
    return tie != SIZE_MAX && drawn_events(presence, tie) > 0;
}

void drawn_add_links(drawn *d)
{
    const bool named = named_by_events(d);

    for (size_t i = d->layer->first_item[d->tie]; i < d->layer->first_item[d->tie + 1]; i++) {
        const kith_layer_item *item = &d->layer->items[i];
        if (item->is_link && !kith_grade_is_false(item->grade) && !drawn_before(d, i) &&
            !(named && d->layer->network->links[item->index].valence != KITH_PROTECTIVE))
            add_links_of_kind(d, i);
    }
}

