/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alleged.h: who is alleged to harm in a view, and who is, or may be, a child. */
#ifndef KITH_ALLEGED_H
#define KITH_ALLEGED_H

#include "kith/network.h"

/** Whether a record is suspected to be false (grade E): it is listed, and counts for nothing (R7).
 */
bool kith_is_suspected_false(const kith_network *network, uint32_t origin);

/** Whether neither a participation nor its event is suspected to be false. */
bool kith_participation_counts(const kith_network *network, const kith_participation *p);

/** Marks the things that are alleged or convicted perpetrators in an event, or the exploiting
 * end of a link, of the view; what is suspected to be false marks nobody. alleged: one a thing, all
 * false. */
void kith_mark_alleged(bool *alleged, const kith_network *network);

/** A person under 18 at as-of or at any event or link of the view, or of unknown age. */
bool kith_may_be_child(const kith_network *network, uint32_t person);

#endif
