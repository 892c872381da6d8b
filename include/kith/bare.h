/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bare.h: the ties of the together layer and nothing else, read straight from a hub.
 *
 * A network and a layer keep what an answer must explain: every event, every item under a
 * tie. Grouping needs none of it. Here events stream past and leave only who was at them, and
 * the ties come from project.h: a tenth of the memory, and a fraction of the time. */
#ifndef KITH_BARE_H
#define KITH_BARE_H

#include "kith/layer.h"

/**
 * Reads the ties that kith_network_build and kith_layer_build with the same options would
 * make, of the same weights but for the last bit.
 *
 * network  out: things and origins; of the events only those with an end, which may be missing
 *          episodes. No links. Free after the layer.
 * layer    out: nodes, the nodes and ties of the graph (not its neighbours), overlaps and counts;
 *          no items. Every person is a node. kith_peers_find without resamples and
 *          kith_peers_report are all that take it.
 * options  of the together layer, not raw.
 * view     of the hub as it is (no through_load).
 *
 * Returns KITH_OK, KITH_USAGE for options that it cannot serve or kith_layer_build would
 * refuse, KITH_HUB, KITH_NO_MEMORY.
 * Cost: one pass over events, participations and links; 4 bytes a participation and 8 a pair
 *       of people in an event on the way, 16 a tie to keep.
 */
kith_status kith_bare_read(kith_layer *layer, kith_network *network, kith_store *store,
                           const kith_view *view, const kith_layer_options *options,
                           kith_error *err);

/** What is asked of events while they are there; it may free what it alone needs of them. */
typedef kith_status kith_bare_ask(void *context, kith_network *network, kith_error *err);

/**
 * The same, and before the ties are made the network is handed to `ask` with all events and their
 * participations, as of kith_network_build_events, for what is asked of places beside the ties:
 * one reading for both. Then they are forgotten, so that they do not stand beside the ties.
 * Participations lie in the order of the store, each event's together.
 *
 * Returns what kith_bare_read does, or what `ask` gave when that was not KITH_OK.
 * Cost: as kith_bare_read, and until then 24 bytes a participation and about 100 an event.
 */
kith_status kith_bare_read_events(kith_layer *layer, kith_network *network, kith_store *store,
                                  const kith_view *view, const kith_layer_options *options,
                                  kith_bare_ask *ask, void *context, kith_error *err);

#endif
