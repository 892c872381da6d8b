/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_ties_private.h: a tie of a layer on its way to being lines. */
#ifndef KITH_MAP_TIES_PRIVATE_H
#define KITH_MAP_TIES_PRIVATE_H

#include "map_private.h"

typedef struct drawn {
    kith_mapping *m;
    const kith_layer *layer;
    size_t tie;
    uint32_t low, high; /* scene nodes of the tie's ends */
} drawn;

bool drawn_is_of_people(const drawn *d);

/** Events that count for a tie. */
size_t drawn_events(const kith_layer *layer, size_t tie);

/** Whether an earlier item of the tie is a link of the same kind, drawn from the same end. */
bool drawn_before(const drawn *d, size_t item);

/** What a link is called; of a child who is named as one who harms, no more than that. */
void drawn_add_link(kith_text *out, const kith_mapping *m, const kith_link *link);

/** Says that all, or some, of what a line rests on is contested; whether all of it is. */
bool drawn_add_contested(kith_text *label, size_t contested, size_t all);

kith_scene_line drawn_line(kith_line line);

/** map_ties_links.c: the lines of a tie's declared links. */
void drawn_add_links(drawn *d);

/** map_ties_events.c: the line of its events. */
void drawn_add_events(drawn *d);

#endif
