/* SPDX-License-Identifier: GPL-3.0-or-later */
/* whatif.h: which children would no longer be reached, were a place, an object or an adult gone.
 *
 * Exposure here is what is recorded, and nothing is weighed: a child is exposed to an adult
 * alleged to harm when a route of one or two contacts (contact.h) joins them. A route goes over one
 * person, place, group or object, never over a service place (school, hospital, police station),
 * where everybody comes.
 *
 * With a place its events go, with an adult or object all their contacts. What would
 * happen in their stead nobody knows: people move on, and harm with them. */
#ifndef KITH_WHATIF_H
#define KITH_WHATIF_H

#include "kith/contact.h"
#include "kith/table.h"

typedef struct kith_whatif {
    kith_contacts contacts;
    bool *alleged; /* per thing: an adult alleged to harm */
    bool *gone;    /* per thing */
} kith_whatif;

/**
 * Finds the contacts of a network, with and without some things.
 *
 * whatif   out: free with kith_whatif_free; the network must outlive it.
 * without  places, objects and adults; none twice.
 * Returns KITH_OK; KITH_POLICY for a child or somebody who may be one (a child is kept
 * safe, never taken away); KITH_USAGE for a group; KITH_NO_MEMORY.
 * Cost: O(records, and pairs of people of each event).
 */
kith_status kith_whatif_build(kith_whatif *whatif, const kith_network *network,
                              const uint32_t *without, size_t count, kith_error *err);
void kith_whatif_free(kith_whatif *whatif);

/**
 * Fills the table that `whatif` prints: person_id, before, after, routes_before,
 * routes_after, lost, remaining. A row for each child, or person of unknown age, who loses a
 * route, in id order. before and after count the adults alleged to harm that a route reaches;
 * lost names those no longer reached, remaining the shortest route left to each of the first three
 * who still are.
 */
kith_status kith_whatif_report(kith_table *table, const kith_whatif *whatif, kith_error *err);

#endif
