/* SPDX-License-Identifier: GPL-3.0-or-later */
/* changes.h: what is different from an earlier state of the hub.
 *
 * Two states are compared. Before: what was loaded up to some load, as it was before later loads
 * corrected it, seen on an earlier day. Now: the hub as it is, in the view. So both dates matter
 * and both are printed: when a thing was observed, and when the hub learnt of it. Records,
 * peer ties and peer groups are compared; people and places are those of the hub as it is. */
#ifndef KITH_CHANGES_H
#define KITH_CHANGES_H

#include "kith/layer.h"
#include "kith/peers.h"
#include "kith/progress.h"
#include "kith/store.h"
#include "kith/table.h"

typedef struct kith_changes_options {
    int64_t since;        /* the moment of before, seconds UTC */
    int64_t load;         /* the last load of before; 0: nothing was loaded; -1: the last that began before since */
    int32_t as_of;        /* the day on which before is seen, not after the view's */
    const char *const *ids; /* only what concerns these people, places, groups, objects; NULL: all */
    size_t id_count;
    size_t most;          /* rows of one kind and change; the rest are counted in one row. 0: all */
    bool records_only;    /* no ties and no groups: those cost two networks */
    kith_layer_options layer;  /* who is tied: of the layer together */
    kith_peers_options peers;  /* how groups are found; resamples are not made */
    const kith_progress *progress; /* may be NULL */
} kith_changes_options;

/**
 * Fills a table with what changed: change, kind, id, detail, observed, loaded.
 *
 * change    new; gone (ended, or no longer in the window); upgraded or downgraded (a better or
 *           weaker grade or line; a conviction reference); changed. Of peer groups what follow.h
 *           calls their fate: born, grown, shrunk, changed, split, split off, merged, ended.
 * kind      peer group, event, tie, link, person, location, group, object, context, flag,
 *           constraint, assessment, indicator, scale, action, contest (changed: settled), load.
 * id        of the record; of a tie both people; of a peer group its letter; blank for a link
 *           without an id, and for the row that counts what `most` leaves out.
 * observed  the record's own date; loaded: the day on which the hub learnt of the change.
 * Rows come by kind and change in the order above, then by observed, then by id. Names and notes
 * are never in it: a corrected one is named by its field.
 *
 * table  out: free with kith_table_free.
 * view   of the hub as it is.
 * Returns KITH_OK, KITH_NOT_FOUND (an id), KITH_USAGE, KITH_HUB, KITH_NO_MEMORY.
 * Cost: a pass over each table; two networks with their layers, one after the other.
 */
kith_status kith_changes(kith_table *table, kith_store *store, const kith_view *view,
                         const kith_changes_options *options, kith_error *err);

#endif
