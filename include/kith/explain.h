/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain.h: a figure taken apart into terms that add up to it.
 *
 * Each table has one row a term: term, value, record_id, then severity, reliability,
 * recency and mass of the record's evidence. The values sum to the explained figure
 * within 1e-9; what was listed and not counted stands with value 0. A record id is what
 * `show` lists: "context:ROW", an event's id, a link's id or "link:ROW". */
#ifndef KITH_EXPLAIN_H
#define KITH_EXPLAIN_H

#include "kith/contexts.h"
#include "kith/hotspots.h"
#include "kith/layer.h"
#include "kith/peers.h"
#include "kith/players.h"
#include "kith/table.h"
#include "kith/together.h"
#include "kith/weigh.h"

/**
 * The share of one context (0 to KITH_CONTEXT_COUNT - 1).
 *
 * The share is (R - L P R + moved in - moved out) / sum T (weigh.h). R, P and J saturate,
 * so each is split between its items in proportion to their parts: "risk" adds R,
 * "protection" takes L P R away, "moved in from b" and "moved out to b" carry the weight
 * that interplay moves. Values are missing when there is no weight to share.
 *
 * table  out, added to; facts hold R, P, W, moved, T, their sums and the share.
 */
kith_status kith_explain_share(kith_table *table, const kith_contexts *contexts,
                               const kith_weigh *weigh, int context, kith_error *err);

/**
 * A place's children, and its weighted events: what its rank goes by.
 *
 * table    out, added to; rows "child" (value 1) add up to children, rows "event" (value:
 *          the mass, 0 for a report counted already) to weighted_events; both are facts.
 * network  as for kith_hotspots_find. Returns KITH_USAGE for a thing that is no place.
 */
kith_status kith_explain_place(kith_table *table, const kith_network *network,
                               const kith_hotspots_options *options, uint32_t place,
                               kith_error *err);

/**
 * The weight of one tie of a layer: a row for each event or link that it rests on.
 *
 * table  out, added to; facts hold the weight, the evidence beside it and the line style.
 *        Columns severity to mass are of the evidence, which is no part of the weight.
 */
kith_status kith_explain_tie(kith_table *table, const kith_layer *layer, size_t tie,
                             kith_error *err);

/**
 * The q-value of one tie of the together layer.
 *
 * table  out, added to; rows "expected by chance" add up to the fact expected, one for each pool of
 *        like events (together.h) and one for missing episodes; rows "log10 ..." add up to the
 *        logarithm of q_value: p x pairs tested / rank, where the step-up procedure reaches it.
 * Returns KITH_USAGE for another layer, KITH_NOT_FOUND for a tie that is declared only.
 */
kith_status kith_explain_q(kith_table *table, const kith_layer *layer, size_t tie,
                           kith_error *err);

/**
 * Why a node is in its peer group: a row for each tie to another member, and one for what the
 * objective takes; the values add up to the hold, by which the quality (in units of weight)
 * would fall if the node stood alone.
 *
 * peers  found without evidence, over this layer. KITH_NOT_FOUND for a node in no listed group.
 */
kith_status kith_explain_member(kith_table *table, const kith_peers *peers,
                                const kith_layer *layer, uint32_t node, kith_error *err);

/**
 * The value of a key-player set: a row for each person, what they give to it (players.h); the values
 * add up to the value. Facts hold it, the value of the empty set, and where each member stands alone.
 *
 * set  ascending nodes of the suspects' graph, none twice; others are refused with KITH_USAGE.
 */
kith_status kith_explain_players(kith_table *table, const kith_suspects *suspects,
                                 const kith_network *network, kith_aim aim, const uint32_t *set,
                                 size_t count, kith_error *err);

#endif
