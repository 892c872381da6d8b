/* SPDX-License-Identifier: GPL-3.0-or-later */
/* selfcheck.h: whether the list of last month was of any use this month (R41).
 *
 * The list of public places is made as it would have been on an earlier day, of what is dated
 * up to that day, and held against the events of the 28 days after it; beside it stand a plain
 * count of events and the score, made of the same days, and the list that would have been best
 * had one known. Nobody is obliged to win: the figures are printed whoever does.
 *
 * It is a check of a list of places, never of a forecast about a child. What was recorded late
 * is in both lists, because the hub is read as it is now. */
#ifndef KITH_SELFCHECK_H
#define KITH_SELFCHECK_H

#include "kith/hotspots.h"
#include "kith/table.h"

enum {
    KITH_SELFCHECK_DAYS = KITH_HOTSPOT_RECENT_DAYS, /* a month here */
    KITH_SELFCHECK_MONTHS_MAX = 36,
    KITH_SELFCHECK_TOP = 10
};

typedef enum kith_listing {
    KITH_LISTED_BY_CHILDREN, /* as `hotspots` ranks */
    KITH_LISTED_BY_SCORE,
    KITH_LISTED_BY_COUNT, /* counted events of the window, nothing else */
    KITH_LISTED_IN_HINDSIGHT
} kith_listing;

enum { KITH_LISTINGS = KITH_LISTED_IN_HINDSIGHT + 1 };

/* One list against one month, or against all months together. */
typedef struct kith_selfcheck_list {
    uint32_t listed;                 /* places; with all months, of all lists */
    uint32_t events_hit, children_hit; /* of the month's, at a listed place */
    double hit_rate;                 /* events_hit / events; NaN without events, as the next two */
    double accuracy;                 /* PAI: hit_rate / (listed / places) */
    double efficiency;               /* PEI: accuracy / that of the list in hindsight */
    double children_rate;            /* children_hit / children; NaN without children */
} kith_selfcheck_list;

typedef struct kith_selfcheck_month {
    int32_t listed_on; /* the lists know what is dated up to this day; the month is the 28 after */
    uint32_t events, children; /* at public places; with all months, children are added up */
    kith_selfcheck_list lists[KITH_LISTINGS];
} kith_selfcheck_month;

typedef struct kith_selfcheck {
    kith_selfcheck_month *months; /* the latest first */
    size_t month_count;
    kith_selfcheck_month all;
    uint32_t places; /* public places of the hub */
    uint32_t top;
} kith_selfcheck;

/**
 * Checks the lists of some months.
 *
 * check    out: free with kith_selfcheck_free.
 * network  must hold the days back to kith_selfcheck_since; is only read.
 * options  kinds and the length of the window (as-of - since) are kept; no resampling is done.
 * months   1 to KITH_SELFCHECK_MONTHS_MAX, each of 28 days, the last ending with as-of.
 * top      places on a list, at least 1; a list has only places with an event of its kind.
 *
 * A place's area is not known, so each counts as one: accuracy is how many times as many events
 * lay at the listed places as at as many places drawn by lot.
 * Returns KITH_OK, KITH_USAGE, KITH_NO_MEMORY. Cost: kith_hotspots_find for each month.
 * Sources: S. Chainey, L. Tompson, S. Uhlig, The utility of hotspot mapping for predicting
 *          spatial patterns of crime, Security Journal 21, 2008 (PAI); J.M. Hunt, Do crime hot
 *          spots move?, American University 2016 (PEI).
 */
kith_status kith_selfcheck_run(kith_selfcheck *check, const kith_network *network,
                               const kith_hotspots_options *options, uint32_t months, uint32_t top,
                               kith_error *err);
void kith_selfcheck_free(kith_selfcheck *check);

/** The first day that the lists of so many months rest on. */
int32_t kith_selfcheck_since(int32_t as_of, int32_t since, uint32_t months);

/** "children", "score", "count", "hindsight". */
const char *kith_listing_word(kith_listing listing);

/** A row for each month and list, then all months together; who did better, and the method, as notes. */
void kith_selfcheck_table(kith_table *table, const kith_selfcheck *check);

#endif
