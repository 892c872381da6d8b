/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decision_edges.c: the decisions that hold, as a hub keeps them. */
#include <stdlib.h>
#include <string.h>

#include "decision_private.h"

static void free_edge(decision_edge *e)
{
    free(e->one_id);
    free(e->other_id);
    free(e->user);
    free(e->decided_at);
}

static void forget_edges(decision_desk *d)
{
    for (size_t i = 0; i < d->edge_count; i++)
        free_edge(&d->edges[i]);
    d->edge_count = 0;
}

void decision_close_desk(decision_desk *d)
{
    forget_edges(d);
    free(d->edges);
    free(d->nodes);
}

static char *copy(const char *text)
{
    return text != NULL ? strdup(text) : NULL;
}

static kith_status add_edge(decision_desk *d, decision_edge made)
{
    bool whole = made.one_id != NULL && made.other_id != NULL && made.user != NULL &&
                 made.decided_at != NULL;

    if (whole && d->edge_count == d->edge_room) {
        decision_edge *grown = realloc(d->edges, (d->edge_room * 2 + 16) * sizeof *grown);
        whole = grown != NULL;
        d->edges = whole ? grown : d->edges;
        d->edge_room = whole ? d->edge_room * 2 + 16 : d->edge_room;
    }
    if (!whole) {
        free_edge(&made);
        return kith_no_memory(d->err);
    }
    d->edges[d->edge_count++] = made;
    return KITH_OK;
}

kith_status decision_read_edges(decision_desk *d)
{
    kith_rows *rows;

    forget_edges(d);
    kith_status status = (d->writes ? kith_store_read_all : kith_store_read)(
        &rows, d->store, d->view, KITH_QUERY_DECISION_ALL, d->err);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && kith_rows_next(rows))
        status = add_edge(d, (decision_edge){
                                 .one = kith_rows_integer(rows, 0),
                                 .other = kith_rows_integer(rows, 1),
                                 .kind = (kith_kind)kith_rows_integer(rows, 2),
                                 .one_id = copy(kith_rows_text(rows, 3)),
                                 .other_id = copy(kith_rows_text(rows, 4)),
                                 .same = kith_rows_integer(rows, 5) != 0,
                                 .user = copy(kith_rows_text(rows, 6)),
                                 .decided_at = copy(kith_rows_text(rows, 7)),
                             });
    const kith_status end = kith_rows_end(rows, status == KITH_OK ? d->err : NULL);
    return status == KITH_OK ? end : status;
}

