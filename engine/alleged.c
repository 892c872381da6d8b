/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alleged.c: roles sit on records; these few questions ask them together. */
#include "alleged.h"

bool kith_is_suspected_false(const kith_network *network, uint32_t origin)
{
    return kith_grade_is_false(network->origins[origin].grade);
}

bool kith_participation_counts(const kith_network *network, const kith_participation *p)
{
    return !kith_is_suspected_false(network, p->origin) &&
           !kith_is_suspected_false(network, network->events[p->event].origin);
}

void kith_mark_alleged(bool *alleged, const kith_network *network)
{
    for (size_t i = 0; i < network->participation_count; i++) {
        const kith_participation *p = &network->participations[i];
        if ((p->role & (KITH_ALLEGED_PERPETRATOR | KITH_CONVICTED_PERPETRATOR)) != 0 &&
            kith_participation_counts(network, p))
            alleged[p->person] = true;
    }
    for (size_t i = 0; i < network->link_count; i++) {
        const kith_link *link = &network->links[i];
        if (link->meaning->exploits && !kith_is_suspected_false(network, link->origin))
            alleged[kith_link_exploiter(link)] = true;
    }
}

bool kith_may_be_child(const kith_network *network, uint32_t person)
{
    return kith_network_drawn_as_child(network, person) ||
           kith_thing_age_group(&network->things[person], network->view.as_of) == KITH_AGE_UNKNOWN;
}
