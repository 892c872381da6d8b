/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weigh_desk.h: a subject's items laid out for counting; for weigh.c only.
 *
 * A slot is where parts add up: risk in a context, protection in a context, or one
 * context driving another. The desk holds one part for each slot that an item touches,
 * sorted by slot, then strongest first, then rank, so that sums never depend on the
 * order of the items. Evidence is sorted by incident, report, source and record id; a
 * rank is an index into it. */
#ifndef KITH_WEIGH_DESK_H
#define KITH_WEIGH_DESK_H

#include "kith/weigh.h"

enum {
    RISK_SLOT = 0,
    PROTECTIVE_SLOT = KITH_CONTEXT_COUNT,
    DRIVES_SLOT = 2 * KITH_CONTEXT_COUNT, /* + KITH_CONTEXT_COUNT * from + to */
    SLOT_COUNT = DRIVES_SLOT + KITH_CONTEXT_COUNT * KITH_CONTEXT_COUNT
};

#define SKIP_NONE UINT32_MAX

enum { INCIDENT, REPORT, SOURCE, NUMBERED_COUNT };

typedef struct evidence {
    const kith_item *item;
    uint32_t index;                  /* among the caller's items */
    uint32_t number[NUMBERED_COUNT]; /* equal texts have equal numbers; 0 for "" */
} evidence;

typedef struct desk_part {
    uint32_t rank;
    uint8_t slot, context, to;
    bool counted; /* as the last sum found it */
    double share, part;
    double entered; /* of a record: what an entered item that it sets aside would count by itself */
    kith_mass mass;
} desk_part;

typedef struct weigh_desk {
    evidence *evidence;
    size_t count;
    desk_part *parts;
    size_t part_count;
    uint32_t *incident_seen, *report_seen; /* count + 1 each: the pass that took a number */
    size_t *incident_by, *report_by;       /* and the part that did */
    uint32_t pass;
    double records_most;
    double held[SLOT_COUNT]; /* what it leaves of each record's part, as the last sum found it */
} weigh_desk;

/** Lays out the items; their parts have no mass yet. Free with desk_free, also after a failure. */
kith_status desk_lay(weigh_desk *desk, const kith_item *items, size_t count, kith_error *err);
void desk_free(weigh_desk *desk);

/** Gives each part its mass and sorts. */
void desk_weigh(weigh_desk *desk, int32_t as_of, const kith_weighting *weighting);

/** What a part counts: of a record, what the limit leaves of what it has beyond an entered item. */
double desk_counts(const weigh_desk *desk, const desk_part *part);

/** Adds the parts of each slot up, without the item of rank `skip`, and marks what counted. */
void desk_sum(double sums[SLOT_COUNT], weigh_desk *desk, uint32_t skip);

#endif
