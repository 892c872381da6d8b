/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gaps.h: pairs that share much and have no recorded contact, as questions to an agency.
 *
 * Two people share a place, an object, a group or an adult when both have a contact with it
 * (contact.h). Where everybody comes says nothing: what more than `size_cap` people have a
 * contact with is not counted, nor is a service place. A gap is no tie, and nothing is inferred
 * from it: it says whom to ask what. */
#ifndef KITH_GAPS_H
#define KITH_GAPS_H

#include "kith/contact.h"
#include "kith/table.h"

typedef struct kith_gaps_options {
    bool adults;           /* also a child with an adult; else children with children only */
    uint32_t least;        /* things that they share, at least 1 */
    uint32_t size_cap;     /* a thing of more people is not counted, at least 2 */
    const uint32_t *seeds; /* ascending things: only pairs with one of these; NULL: all */
    size_t seed_count;
} kith_gaps_options;

/**
 * Fills the table that `gaps` prints: left_id, right_id, shared, ask, contexts, sources. In
 * the order of ids. Whoever is, or may be, a child counts as one; one of a pair always does.
 *
 * ask is a question, to the agencies whose records the shared things rest on.
 * Returns KITH_OK, KITH_USAGE (an option out of range), KITH_NO_MEMORY.
 * Cost: O(p log p) for p pairs of people of all things that are counted.
 */
kith_status kith_gaps_report(kith_table *table, const kith_network *network,
                             const kith_gaps_options *options, kith_error *err);

#endif
