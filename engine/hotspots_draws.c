/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_draws.c: what is drawn at random for the resamples of the public places. */
#include "hotspots_draws.h"

#include <stdlib.h>
#include <string.h>

#include "kith/random.h"
#include "network_private.h"

enum { BORN_SHIFT = 32 }; /* the first half of a mark is of name and birth */

/* Bits that are 1 nine times in ten: 0.9 as a binary fraction of 16 places, read from
 * its end; a 1 there takes either, a 0 takes both. */
plane hotspot_draw_event(const char *id, uint64_t seed)
{
    static const uint32_t nine_tenths = 58982; /* of 65536 */
    kith_random random;
    plane kept = { 0 };

    kith_random_seed(&random, seed ^ kith_mark_of_text(id));
    for (int w = 0; w < PLANE_WORDS; w++) {
        for (int place = 0; place < 16; place++) {
            const uint64_t x = kith_random_next(&random);
            kept.bits[w] = nine_tenths >> place & 1 ? kept.bits[w] | x : kept.bits[w] & x;
        }
    }
    return kept;
}

/* P(X <= k) of a Poisson number of mean 1, times 2^32, for k = 0 to 6. */
static const uint32_t poisson_below[] = { 1580030169, 3160060337, 3950075422, 4213413783,
                                          4279248374, 4292415292, 4294609778 };

static void draw_child(child_draw *draw, uint64_t seed, uint32_t resamples)
{
    kith_random random;

    kith_random_seed(&random, seed);
    *draw = (child_draw){ 0 };
    for (uint32_t r = 0; r < resamples; r++) {
        const uint32_t x = (uint32_t)(kith_random_next(&random) >> 32);
        uint64_t drawn = 0;
        for (size_t k = 0; k < sizeof poisson_below / sizeof *poisson_below; k++)
            drawn += x >= poisson_below[k];
        for (int p = 0; p < DRAW_PLANES; p++)
            draw->planes[p].bits[r / 64] |= (drawn >> p & 1) << r % 64;
    }
}

/* Numbers a child when it is first met, and adds the event to its mark. */
static void meet_child(hotspot_draws *draws, uint64_t *marks, const kith_network *network,
                       uint32_t person, uint64_t event)
{
    uint32_t *child = &draws->child_of[person];

    if (*child == KITH_NOTHING) {
        *child = (uint32_t)draws->count++;
        marks[*child] = network->marks[person] >> BORN_SHIFT << BORN_SHIFT;
    }
    kith_mark_add(&marks[*child], event);
}

static void meet_children(hotspot_draws *draws, uint64_t *marks, const visits *v, size_t place)
{
    for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++) {
        const occasion *o = &v->occasions[i];
        const attendance *a = &v->attendances[o->first_attendance];
        if (!o->in_window)
            continue;
        const uint64_t event = kith_mark_of_text(v->network->events[o->event].id);
        for (uint32_t j = 0; j < o->attendance_count; j++)
            if (a[j].was & WAS_CHILD)
                meet_child(draws, marks, v->network, a[j].person, event);
    }
}

/* Of children of one name and birth the events count too; those who were in the same events are
 * told apart by their place among each other, which changes no figure of any place. */
static void draw_children(hotspot_draws *draws, const uint32_t *order, const uint64_t *marks,
                          uint32_t resamples, uint64_t seed)
{
    uint64_t alike = 0;

    for (size_t i = 0; i < draws->count; i++) {
        const uint64_t mark = marks[order[i]], born = mark >> BORN_SHIFT;
        const bool as_before = i > 0 && marks[order[i - 1]] >> BORN_SHIFT == born;
        const bool as_next = i + 1 < draws->count && marks[order[i + 1]] >> BORN_SHIFT == born;
        alike = as_before && marks[order[i - 1]] == mark ? alike + 1 : 0;
        draw_child(&draws->children[order[i]],
                   seed ^ kith_mark_with(as_before || as_next ? mark : born, alike), resamples);
    }
}

kith_status hotspot_draws_make(hotspot_draws *draws, const visits *v, const uint32_t *places,
                               size_t place_count, uint32_t resamples, uint64_t seed,
                               kith_error *err)
{
    const size_t people = v->first_place, things = v->network->thing_count;
    uint64_t *marks = malloc((people + 1) * sizeof *marks);
    uint32_t *order = malloc((people + 1) * sizeof *order);
    kith_status status = KITH_OK;

    *draws = (hotspot_draws){ .child_of = malloc((things + 1) * sizeof *draws->child_of) };
    if (marks == NULL || order == NULL || draws->child_of == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    memset(draws->child_of, 0xFF, (things + 1) * sizeof *draws->child_of);
    for (size_t i = 0; i < place_count; i++)
        meet_children(draws, marks, v, places[i]);
    draws->children = malloc((draws->count + 1) * sizeof *draws->children);
    status = draws->children == NULL ? kith_no_memory(err)
                                     : kith_order_by_marks(order, marks, draws->count, err);
    if (status == KITH_OK)
        draw_children(draws, order, marks, resamples, seed);

out:
    free(marks);
    free(order);
    return status;
}

void hotspot_draws_free(hotspot_draws *draws)
{
    free(draws->child_of);
    free(draws->children);
    *draws = (hotspot_draws){ 0 };
}
