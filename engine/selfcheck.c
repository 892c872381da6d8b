/* SPDX-License-Identifier: GPL-3.0-or-later */
/* selfcheck.c: last month's lists against this month's events.
 *
 * An earlier day is looked at by lending hotspots the same network with another view: what is
 * dated later lies outside that view and counts for nothing. */
#include "kith/selfcheck.h"

#include <math.h>
#include <stdlib.h>

#include "hotspots_parts.h"

/* The public places with the figures that lists are made by, and what the month brought. */
typedef struct candidate {
    uint32_t place; /* thing */
    double key[KITH_LISTINGS]; /* the larger the higher; 0: not to be listed */
    uint32_t events;           /* of the month */
    bool listed[KITH_LISTINGS];
} candidate;

typedef struct month_check {
    candidate *candidates;
    size_t count;
    uint32_t *nth_of; /* place from 0 -> candidate, or KITH_NOTHING */
    uint8_t *met;     /* person -> bit of each list at whose places the child was, MET_AT_ALL */
    uint32_t first_place;
} month_check;

enum { MET_AT_ALL = 1 << KITH_LISTINGS };

static const char *const listing_words[] = { "children", "score", "count", "hindsight" };

const char *kith_listing_word(kith_listing listing)
{
    return listing_words[listing];
}

int32_t kith_selfcheck_since(int32_t as_of, int32_t since, uint32_t months)
{
    const int32_t window = as_of - since + 1;
    const int32_t longest = window > KITH_HOTSPOT_CHANGE_DAYS ? window : KITH_HOTSPOT_CHANGE_DAYS;

    return as_of - (int32_t)months * KITH_SELFCHECK_DAYS - longest + 1;
}

/* The network seen from another day. It shares everything with the one that is lent. */
static kith_network seen_on(const kith_network *network, int32_t as_of)
{
    kith_network other = *network;

    other.view.as_of = as_of;
    other.view.all_dates = false;
    if (other.view.since > as_of)
        other.view.since = as_of;
    return other;
}

/* Figures of the day of the lists. Equal ranks are told apart by the order of ids, which is
 * that of things. */
static kith_status list_candidates(month_check *m, const kith_network *network,
                                   const kith_hotspots_options *options, int32_t listed_on,
                                   kith_error *err)
{
    const kith_network then = seen_on(network, listed_on);
    kith_hotspots_options like = *options;
    kith_hotspots hotspots;

    like.since = listed_on - (network->view.as_of - options->since);
    like.resamples = 0;
    like.gi_metres = 0;
    like.gi_nearest = 0;
    const kith_status status = kith_hotspots_find(&hotspots, &then, &like, err);
    if (status != KITH_OK)
        return status;
    m->count = 0;
    for (size_t i = 0; i < hotspots.count; i++) {
        const kith_hotspot *h = &hotspots.places[i];
        if (h->section != KITH_PUBLIC_PLACE)
            continue;
        m->nth_of[h->place - m->first_place] = (uint32_t)m->count;
        m->candidates[m->count++] = (candidate){
            .place = h->place,
            .key = { [KITH_LISTED_BY_CHILDREN] =
                         h->events > 0 ? (double)(hotspots.count - h->rank + 1) : 0,
                     [KITH_LISTED_BY_SCORE] = isnan(h->score) ? 0 : h->score,
                     [KITH_LISTED_BY_COUNT] = h->events },
        };
    }
    kith_hotspots_free(&hotspots);
    return KITH_OK;
}

static void count_month(month_check *m, const visits *v, kith_selfcheck_month *month)
{
    for (size_t place = 0; place < v->place_count; place++) {
        if (m->nth_of[place] == KITH_NOTHING)
            continue;
        candidate *c = &m->candidates[m->nth_of[place]];
        for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++)
            c->events += v->occasions[i].in_window && !v->occasions[i].repeated;
        c->key[KITH_LISTED_IN_HINDSIGHT] = c->events;
        month->events += c->events;
    }
}

/* Marks the `top` candidates with the greatest keys, of equal ones those that come first. */
static uint32_t mark_top(month_check *m, kith_listing listing, uint32_t top)
{
    uint32_t listed = 0;

    while (listed < top) {
        candidate *best = NULL;
        for (size_t i = 0; i < m->count; i++) {
            candidate *c = &m->candidates[i];
            if (c->listed[listing] || c->key[listing] <= 0)
                continue;
            if (best == NULL || c->key[listing] > best->key[listing] ||
                (c->key[listing] == best->key[listing] && c->place < best->place))
                best = c;
        }
        if (best == NULL)
            break;
        best->listed[listing] = true;
        listed++;
    }
    return listed;
}

/* Leaves with each child the lists at whose places it was in the month. */
static void meet_children(month_check *m, const visits *v)
{
    for (size_t place = 0; place < v->place_count; place++) {
        if (m->nth_of[place] == KITH_NOTHING)
            continue;
        const candidate *c = &m->candidates[m->nth_of[place]];
        uint8_t bits = MET_AT_ALL;
        for (int l = 0; l < KITH_LISTINGS; l++)
            bits |= (uint8_t)(c->listed[l] << l);
        for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++)
            for (uint32_t j = 0; v->occasions[i].in_window && j < v->occasions[i].attendance_count; j++) {
                const attendance *a = &v->attendances[v->occasions[i].first_attendance + j];
                if (a->was & WAS_CHILD)
                    m->met[a->person] |= bits;
            }
    }
}

static void count_children(month_check *m, kith_selfcheck_month *month)
{
    for (uint32_t person = 0; person < m->first_place; person++) {
        month->children += (m->met[person] & MET_AT_ALL) != 0;
        for (int l = 0; l < KITH_LISTINGS; l++)
            month->lists[l].children_hit += m->met[person] >> l & 1;
        m->met[person] = 0;
    }
}

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : NAN;
}

/* Rates of counts; `places` is how many there were to choose from, in all months. */
static void rate_month(kith_selfcheck_month *month, double places)
{
    const double best = month->lists[KITH_LISTED_IN_HINDSIGHT].events_hit /
                        (double)month->lists[KITH_LISTED_IN_HINDSIGHT].listed;

    for (int l = 0; l < KITH_LISTINGS; l++) {
        kith_selfcheck_list *list = &month->lists[l];
        list->hit_rate = share(list->events_hit, month->events);
        list->children_rate = share(list->children_hit, month->children);
        list->accuracy = list->hit_rate / share(list->listed, places);
        list->efficiency = share(list->events_hit, list->listed) / best;
    }
}

static kith_status check_month(kith_selfcheck_month *month, month_check *m,
                               const kith_network *network, const kith_hotspots_options *options,
                               uint32_t top, kith_error *err)
{
    const kith_network later = seen_on(network, month->listed_on + KITH_SELFCHECK_DAYS);
    kith_hotspots_options after = *options;
    visits v = { 0 };

    after.since = month->listed_on + 1;
    kith_status status = list_candidates(m, network, options, month->listed_on, err);
    if (status == KITH_OK)
        status = visits_build(&v, NULL, &later, &after, err);
    if (status != KITH_OK)
        return status;
    count_month(m, &v, month);
    for (int l = 0; l < KITH_LISTINGS; l++)
        month->lists[l].listed = mark_top(m, (kith_listing)l, top);
    for (size_t i = 0; i < m->count; i++)
        for (int l = 0; l < KITH_LISTINGS; l++)
            month->lists[l].events_hit += m->candidates[i].listed[l] ? m->candidates[i].events : 0;
    meet_children(m, &v);
    count_children(m, month);
    rate_month(month, (double)m->count);
    visits_free(&v);
    return KITH_OK;
}

static void add_month(kith_selfcheck_month *all, const kith_selfcheck_month *month)
{
    all->events += month->events;
    all->children += month->children;
    for (int l = 0; l < KITH_LISTINGS; l++) {
        all->lists[l].listed += month->lists[l].listed;
        all->lists[l].events_hit += month->lists[l].events_hit;
        all->lists[l].children_hit += month->lists[l].children_hit;
    }
}

static kith_status month_make(month_check *m, const kith_network *network, kith_error *err)
{
    size_t places = 0;

    while (m->first_place < network->thing_count &&
           network->things[m->first_place].kind < KITH_LOCATION)
        m->first_place++;
    while (m->first_place + places < network->thing_count &&
           network->things[m->first_place + places].kind == KITH_LOCATION)
        places++;
    m->candidates = malloc((places + 1) * sizeof *m->candidates);
    m->nth_of = malloc((places + 1) * sizeof *m->nth_of);
    m->met = calloc(m->first_place + 1, sizeof *m->met);
    if (m->candidates == NULL || m->nth_of == NULL || m->met == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < places; i++)
        m->nth_of[i] = KITH_NOTHING;
    return KITH_OK;
}

static kith_status check_options(uint32_t months, uint32_t top, kith_error *err)
{
    if (months == 0 || months > KITH_SELFCHECK_MONTHS_MAX)
        return kith_fail(err, KITH_USAGE, "%u months are to be checked; 1 to %d are expected", months,
                         KITH_SELFCHECK_MONTHS_MAX);
    if (top == 0)
        return kith_fail(err, KITH_USAGE, "a list of 0 places hits nothing; ask for 1 or more");
    return KITH_OK;
}

kith_status kith_selfcheck_run(kith_selfcheck *check, const kith_network *network,
                               const kith_hotspots_options *options, uint32_t months, uint32_t top,
                               kith_error *err)
{
    month_check m = { 0 };

    *check = (kith_selfcheck){ .top = top };
    kith_status status = check_options(months, top, err);
    if (status == KITH_OK)
        status = month_make(&m, network, err);
    if (status == KITH_OK && (check->months = calloc(months, sizeof *check->months)) == NULL)
        status = kith_no_memory(err);
    for (uint32_t i = 0; i < months && status == KITH_OK; i++) {
        check->months[i].listed_on =
            network->view.as_of - (int32_t)(i + 1) * KITH_SELFCHECK_DAYS;
        status = check_month(&check->months[i], &m, network, options, top, err);
        add_month(&check->all, &check->months[i]);
    }
    if (status == KITH_OK) {
        check->month_count = months;
        check->places = (uint32_t)m.count;
        rate_month(&check->all, (double)m.count * months);
    }
    free(m.candidates);
    free(m.nth_of);
    free(m.met);
    if (status != KITH_OK)
        kith_selfcheck_free(check);
    return status;
}

void kith_selfcheck_free(kith_selfcheck *check)
{
    free(check->months);
    *check = (kith_selfcheck){ 0 };
}
