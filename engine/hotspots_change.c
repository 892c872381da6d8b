/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_change.c: whether the last 28 days of a place differ from the 84 before.
 *
 * What is counted is child-days, so that five reports of one evening are one, and the
 * period is the 112 days before as-of, whatever the window of the figures is. A place
 * with too few child-days to show a change is not tested, because testing it could only
 * hide the change of another: this depends on the total alone, never on how it is
 * spread, so the tests stay exact. */
#include "hotspots_parts.h"

#include <math.h>
#include <stdlib.h>

#include "kith/statistics.h"

/* With fewer child-days not even the clearest change would reach 0.05: 0.25^3 = 0.0156
 * but 0.25^2 = 0.0625; 0.75^11 = 0.0422 but 0.75^10 = 0.0563. */
enum { LEAST_FOR_MORE = 3, LEAST_FOR_FEWER = 11 };
static const double recent_share = (double)KITH_HOTSPOT_RECENT_DAYS / KITH_HOTSPOT_CHANGE_DAYS;
static const double significant = 0.05;

static int by_value(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

    return (a > b) - (a < b);
}

/* A child-day as one number: the child above, the days before as-of below. */
enum { AGO_BITS = 8 };

static size_t gather_child_days(uint64_t *child_days, kith_hotspot *h, const visits *v,
                                size_t place)
{
    size_t count = 0;

    for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++) {
        const occasion *o = &v->occasions[i];
        const kith_time at = v->network->events[o->event].at;
        const int64_t ago = (int64_t)v->network->view.as_of - at.day;
        if (at.precision == KITH_UNDATED || ago < 0 || ago >= KITH_HOTSPOT_CHANGE_DAYS)
            continue;
        h->recent_events += ago < KITH_HOTSPOT_RECENT_DAYS;
        h->earlier_events += ago >= KITH_HOTSPOT_RECENT_DAYS;
        for (uint32_t j = 0; j < o->attendance_count; j++) {
            const attendance *a = &v->attendances[o->first_attendance + j];
            if (a->was & WAS_CHILD)
                child_days[count++] = (uint64_t)a->person << AGO_BITS | (uint64_t)ago;
        }
    }
    return count;
}

static void count_child_days(kith_hotspot *h, uint64_t *child_days, size_t count)
{
    uint32_t last_recent_child = KITH_NOTHING;

    qsort(child_days, count, sizeof *child_days, by_value);
    for (size_t i = 0; i < count; i++) {
        const uint32_t child = (uint32_t)(child_days[i] >> AGO_BITS);
        if (i > 0 && child_days[i] == child_days[i - 1])
            continue;
        const unsigned ago = (unsigned)(child_days[i] & ((1 << AGO_BITS) - 1));
        uint16_t *week = &h->weeks[KITH_HOTSPOT_WEEKS - 1 - ago / 7];
        *week += *week < UINT16_MAX;
        if (ago >= KITH_HOTSPOT_RECENT_DAYS) {
            h->earlier_child_days++;
            continue;
        }
        h->recent_child_days++;
        h->recent_children += child != last_recent_child;
        last_recent_child = child;
    }
}

/* One tail of every place; NaN where there is too little. */
static void take_tail(double *p, const kith_hotspot *places, size_t count, bool more)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t recent = places[i].recent_child_days;
        const uint32_t all = recent + places[i].earlier_child_days;
        if (all < (more ? LEAST_FOR_MORE : LEAST_FOR_FEWER))
            p[i] = NAN;
        else
            p[i] = more ? kith_binomial_upper(recent, all, recent_share)
                        : kith_binomial_lower(recent, all, recent_share);
    }
}

/* Whether the recent share is at least a quarter, so that the upper tail applies. */
static bool points_up(const kith_hotspot *h)
{
    return h->recent_child_days >=
           recent_share * (double)(h->recent_child_days + h->earlier_child_days);
}

static kith_place_change change_of(const kith_hotspot *h)
{
    const bool changed = h->q_value < significant;

    if (changed && points_up(h) && h->recent_child_days >= LEAST_FOR_MORE &&
        h->recent_children >= 2)
        return KITH_CHANGE_EMERGING;
    if (changed && !points_up(h))
        return KITH_CHANGE_COOLING;
    if (h->recent_events == 0)
        return KITH_CHANGE_QUIET;
    return h->earlier_events > 0 ? KITH_CHANGE_PERSISTING : KITH_CHANGE_RECENT;
}

/* Keeps, of both tails, the one that a place's counts point to. */
static kith_status adjust_tails(kith_hotspot *places, double *p, double *q, size_t count,
                                kith_error *err)
{
    for (int more = 0; more <= 1; more++) {
        take_tail(p, places, count, more);
        if (kith_benjamini_hochberg(q, p, count, err) != KITH_OK)
            return KITH_NO_MEMORY;
        for (size_t i = 0; i < count; i++) {
            if (isnan(p[i]) || points_up(&places[i]) != more)
                continue;
            places[i].p_value = p[i];
            places[i].q_value = q[i];
        }
    }
    return KITH_OK;
}

kith_status hotspots_change(kith_hotspot *places, const visits *v, kith_error *err)
{
    kith_status status = KITH_NO_MEMORY;
    uint64_t *child_days = malloc((v->attendance_room + 1) * sizeof *child_days);
    double *p = malloc((v->place_count + 1) * sizeof *p);
    double *q = malloc((v->place_count + 1) * sizeof *q);

    if (child_days == NULL || p == NULL || q == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    for (size_t place = 0; place < v->place_count; place++) {
        const size_t count = gather_child_days(child_days, &places[place], v, place);
        count_child_days(&places[place], child_days, count);
    }
    status = adjust_tails(places, p, q, v->place_count, err);
    for (size_t place = 0; place < v->place_count && status == KITH_OK; place++)
        places[place].change = change_of(&places[place]);

out:
    free(child_days);
    free(p);
    free(q);
    return status;
}
