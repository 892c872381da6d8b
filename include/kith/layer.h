/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer.h: a network seen as one graph: which nodes, which ties, of which weight.
 *
 * The five layers of design section 4:
 *
 *     links     nodes: all people, and what a link touches. Ties: declared links, of the
 *               weight given, else 1; several of a pair, and both directions, add up.
 *     together  nodes: the people whom `who` selects at as-of, and whoever has a tie. Ties:
 *               a shared event of a kind that brings people together counts 1/(n-1), n
 *               being the people whose participation may make a tie in it, whatever their
 *               age; declared peer ties of a pair count 1 once, however many records say so.
 *     presence  nodes: all people and places. Ties: a person's events at a place, 1 each;
 *               declared links between a person and a place, 1 once.
 *     events    nodes: all people and events. Ties: 1 for a person in an event, however
 *               many participations they have in it.
 *     all       nodes: every thing and event. Ties: those of links and of events, and an
 *               event's place.
 *
 * Missing together, recorded apart (together, not raw, of a
 * network that is not partial): two people's own missing episodes that
 * overlap and ended alike tie them as one event of n people would, where chance would hardly
 * make so many (overlap.h in engine/, and docs/measures.md).
 *
 * Who may be tied (together): the two must both be selected on the event's day; a declared
 * tie is judged on the first day that it and the window share. `witness`, `reporter` and
 * `helper`, and an adult's `alleged_perpetrator` or `convicted_perpetrator`, make no peer
 * tie; a participation in another role still may. Events of more than size_cap such people
 * make none and are counted. An undated event is judged at as-of.
 *
 * `every` lifts the rules of kinds and roles, and nothing else: a report, a witness and an
 * adult alleged to harm tie as anybody does. It is there to compare with programs that
 * have no such rules, never to look for children's groups.
 *
 * Grades. A participation has its own grade; an ungraded one has its event's; when both
 * are graded the weaker holds. Of a person's several participations in an event the best
 * counts; for two people, the weaker of the two. What has grade E is listed among a tie's
 * items with weight and mass 0, and never makes a tie alone; an event of grade E is no node.
 *
 * `raw` reads a published network as published: all dates (the view's all_dates), weights
 * as given, each shared event 1 whatever its kind, no cap, roles and ages ignored;
 * `unweighted` is raw with every tie 1. kinds and roles choose in every reading: kinds
 * both links and events; a role word is read as import reads it (`suspect` is
 * `alleged_perpetrator`; `victim_and_suspect` asks for people who were both in one event).
 * Words are compared in the spelling of words.h. */
#ifndef KITH_LAYER_H
#define KITH_LAYER_H

#include "kith/graph.h"
#include "kith/network.h"

typedef enum kith_layer_name {
    KITH_LAYER_LINKS,    /* declared links between things */
    KITH_LAYER_TOGETHER, /* people tied by shared events, and declared peer ties */
    KITH_LAYER_PRESENCE, /* people and places, by participation in events there */
    KITH_LAYER_EVENTS,   /* people and events */
    KITH_LAYER_ALL       /* everything: links, and people and places tied to events */
} kith_layer_name;

enum { KITH_SIZE_CAP = 12 }; /* people in an event above which it ties nobody, by default (R32) */

typedef enum kith_who { KITH_WHO_CHILDREN, KITH_WHO_ADULTS, KITH_WHO_ALL } kith_who;

typedef struct kith_layer_options {
    kith_layer_name layer;
    kith_who who;             /* together: whose ties; children includes unknown age */
    const char *const *kinds; /* only these kinds of links and events; NULL for all */
    size_t kind_count;
    const char *const *roles; /* only participations in these roles, as written; NULL for all */
    size_t role_count;
    bool raw, unweighted;
    bool every;       /* together: whatever the kind of the event and the role in it */
    bool no_declared; /* together: shared events only */
    bool no_isolates; /* leave out nodes without a tie */
    const bool *expired; /* one a thing: it is no node unless it has a tie (kith_retention_expired); NULL: none */
    uint32_t size_cap; /* events of more people make no tie; 0: KITH_SIZE_CAP */
} kith_layer_options;

typedef struct kith_layer_node {
    bool is_event;
    uint32_t index; /* into things, or events */
} kith_layer_node;

/**
 * Why two people are tied, or what a tie rests on: one item of evidence.
 *
 * mass: of an event its severity, as an incident on its day (undated: standing); of a
 * link severity 1, as a condition on its last known day: valid_to (as-of when later), else
 * valid_from; undated: standing.
 */
typedef struct kith_layer_item {
    bool is_link : 1;
    bool apart : 1;   /* an overlap: index is the first of the two events */
    bool counted : 1; /* false: another item of the tie has the same report, or the grade is E */
    kith_grade grade;
    uint32_t index; /* into links, or events */
    double weight;  /* its part of the tie's weight */
    kith_mass mass; /* what it counts as evidence (weight.h) */
} kith_layer_item;

/* Two people's own missing episodes, recorded apart, that look like one. */
typedef struct kith_overlap {
    uint32_t left, right;             /* things, left < right */
    uint32_t event, other; /* the episode of each, in the order of events */
    double weight;
    kith_grade grade; /* the weaker of the two */
} kith_overlap;

typedef struct kith_layer {
    const kith_network *network;
    kith_layer_options options; /* as given; the texts are the caller's */
    kith_graph graph;
    kith_layer_node *nodes;      /* graph node -> thing or event; things in network order, then events */
    size_t *first_item;          /* tie_count + 1: where a tie's items begin */
    kith_layer_item *items;      /* greatest mass first, then events before links, by index */
    kith_overlap *overlaps;      /* together: by left, right, then in time */
    size_t overlap_count;
    size_t overlaps_unsupported; /* pairs whose episodes overlap as chance makes them, not tied */
    size_t expired_count;        /* things that are no nodes because they have expired */
    size_t capped_events;        /* events and overlaps above the size cap, which made no tie */
} kith_layer;

/**
 * Sees a network as a graph. The network must outlive the layer.
 *
 * layer  out: free with kith_layer_free. An empty selection gives an empty graph.
 * Returns KITH_OK, KITH_USAGE (a role or kind given twice, a cap of 1, weights
 * whose sum is no number), KITH_NO_MEMORY.
 * Cost: O(sum over events of n^2 + links), the together layer; linear for the others. About
 * 90 bytes for each pair of people in each event while it is made, 60 after.
 */
kith_status kith_layer_build(kith_layer *layer, const kith_network *network,
                             const kith_layer_options *options, kith_error *err);
void kith_layer_free(kith_layer *layer);

/**
 * The evidence weight printed beside a tie: the sum of the masses of its counted items.
 * Of several items with one report_ref, whatever the agency, the strongest is counted (R11).
 */
double kith_layer_evidence(const kith_layer *layer, size_t tie);

/**
 * How a tie is drawn: the line of its single best item that is not contested, never of
 * their sum (R48, R49). Peer ties from shared events alone are inferred, hence dotted, and
 * shared events never improve the line of a declared one. inferred may be NULL.
 */
kith_line kith_layer_line(const kith_layer *layer, size_t tie, bool *inferred);

/** The second event of an item that is an overlap. O(log overlaps). */
uint32_t kith_layer_other_event(const kith_layer *layer, size_t tie, const kith_layer_item *item);

/** What an item's kind is called: the label of a known word, else the word as written. */
const char *kith_layer_item_label(const kith_layer *layer, const kith_layer_item *item);

/** Outside id of a node, and which kind's: "person", "location", ..., "event". */
const char *kith_layer_id(const kith_layer *layer, uint32_t node);
const char *kith_layer_kind_word(const kith_layer *layer, uint32_t node);

/**
 * Lists the nodes in an order that the ids of people do not decide, but what is recorded of them;
 * where that is the same, their ties and those around them; ids only where nothing else differs.
 *
 * order  out: one a node, each node once. Returns KITH_OK or KITH_NO_MEMORY. O(n + m).
 */
kith_status kith_layer_order(uint32_t *order, const kith_layer *layer, kith_error *err);

/** Whether a node is a person. */
bool kith_layer_is_person(const kith_layer *layer, uint32_t node);

/** Graph node of a thing, or KITH_NOTHING. O(log n). */
uint32_t kith_layer_node_of(const kith_layer *layer, uint32_t thing);

#endif
