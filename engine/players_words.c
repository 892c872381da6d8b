/* SPDX-License-Identifier: GPL-3.0-or-later */
/* players_words.c: the aims in words, of whom they are asked, and what the answer is not. */
#include "players_words.h"

const players_aim players_aims[] = {
    [KITH_AIM_FRAGMENT] = { "fragment: distance-weighted fragmentation of the others, the set "
                            "taken away",
                            "value: 1 - the mean of 1/distance over ordered pairs of the others; "
                            "1: nobody reaches anybody" },
    [KITH_AIM_SPLIT] = { "split: fragmentation of the others, the set taken away",
                         "value: the share of ordered pairs of the others with no way between "
                         "them" },
    [KITH_AIM_REACH] = { "reach: distance-weighted reach of the set",
                         "value: the mean over everybody of 1/distance from the set, members 1" },
    [KITH_AIM_CONTACT] = { "contact: people in the set or tied to it",
                           "value: how many people are in the set or tied to it" },
};

void players_add_people(kith_table *table, const kith_suspects *suspects, bool published)
{
    kith_table_fact(table, "people", "%zu, with %zu ties between them", suspects->graph.node_count,
                    suspects->graph.tie_count);
    if (!published)
        kith_table_fact(table, "left_out",
                        "children %zu, of unknown age %zu, also a victim in the window %zu",
                        suspects->children, suspects->unknown, suspects->victims);
}

void players_note_limits(kith_table *table, bool published)
{
    if (published)
        kith_table_note(table,
                        "a published network, in which no age is recorded: roles and ages are "
                        "set aside");
    else
        kith_table_note(
            table, "only adults alleged to harm: nobody who was, or may have been, a child when "
                   "harm was alleged, nor who is a victim in the window");
    kith_table_note(table, "it shows what is recorded: whoever is watched most looks most central; "
                           "a prompt for disruption of harm, not proof of a role");
}
