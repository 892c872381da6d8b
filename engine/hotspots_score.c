/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_score.c: where one comes to when one starts from the children of concern.
 *
 * A random walk steps from a person to one of the person's public places and from a
 * place to one of its people, each step as likely as the evidence for it; before each
 * step, 15 times in 100, it starts over from a child of concern. Its long-run shares
 * obey
 *
 *     people = (1 - d) start + d from_places(places)
 *     places = d from_people(people)
 *
 * and are found by two_mode.c.
 * Homes and service places take no part: a hospital would join everybody to everybody. */
#include "hotspots_parts.h"

#include <stdlib.h>
#include <string.h>

#include "kith/statistics.h"
#include "kith/two_mode.h"
#include "large_pages.h"

static const double damping = 0.85;
static const double tolerance = 1e-12;

/* What is known of a person while one place after another is gone through. */
typedef struct known {
    uint32_t pair; /* 1 + that of the latest place */
    uint32_t was;  /* bits in any public place */
} known;

typedef struct walk {
    size_t *first;    /* place -> its pairs; place_count + 1 */
    uint32_t *person; /* pair -> thing */
    double *evidence; /* pair -> masses of the events at the place that the person was in */
    size_t people_count; /* things before the first place */
    double *places;      /* shares */
    double *place_evidence;
    double *start;
    known *of;       /* person */
} walk;

static void walk_free(walk *w)
{
    free(w->first);
    free(w->person);
    free(w->evidence);
    free(w->places);
    free(w->place_evidence);
    free(w->start);
    free(w->of);
    *w = (walk){ 0 };
}

static kith_status walk_make(walk *w, const visits *v, kith_error *err)
{
    const size_t people = v->first_place, places = v->place_count;

    w->people_count = people;
    w->first = calloc(places + 1, sizeof *w->first);
    w->person = malloc((v->attendance_room + 1) * sizeof *w->person);
    w->evidence = malloc((v->attendance_room + 1) * sizeof *w->evidence);
    w->places = calloc(places + 1, sizeof *w->places);
    w->place_evidence = calloc(places + 1, sizeof *w->place_evidence);
    w->start = calloc(people + 1, sizeof *w->start);
    w->of = kith_large_block((people + 1) * sizeof *w->of);
    if (w->first == NULL || w->person == NULL || w->evidence == NULL || w->places == NULL ||
        w->place_evidence == NULL || w->start == NULL || w->of == NULL)
        return kith_no_memory(err);
    memset(w->of, 0, (people + 1) * sizeof *w->of);
    return KITH_OK;
}

/* One pair for each person of a place. */
static void pair_place(walk *w, const visits *v, size_t place)
{
    size_t end = w->first[place];

    for (size_t i = v->first_occasion[place]; i < v->first_occasion[place + 1]; i++) {
        const occasion *o = &v->occasions[i];
        for (uint32_t j = 0; j < o->attendance_count && o->in_window && !o->repeated; j++) {
            const attendance *a = &v->attendances[o->first_attendance + j];
            known *person = &w->of[a->person];
            const size_t at = person->pair > w->first[place] ? person->pair - 1 : end;
            if (at == end) {
                w->person[end] = a->person;
                w->evidence[end++] = 0;
                person->pair = (uint32_t)end;
            }
            w->evidence[at] += o->mass;
            w->place_evidence[place] += o->mass;
            person->was |= a->was;
        }
    }
    w->first[place + 1] = end;
}

static void pair_all(walk *w, const kith_hotspot *places, const visits *v)
{
    for (size_t place = 0; place < v->place_count; place++) {
        w->first[place + 1] = w->first[place];
        if (places[place].section == KITH_PUBLIC_PLACE)
            pair_place(w, v, place);
    }
}

static size_t count_who_was(const walk *w, uint32_t was)
{
    size_t count = 0;

    for (size_t i = 0; i < w->people_count; i++)
        count += (w->of[i].was & was) != 0;
    return count;
}

static void choose_start(walk *w, kith_hotspots *hotspots)
{
    static const uint32_t groups[] = { WAS_CHILD_HARMED, WAS_CHILD, WAS_THERE };
    int group = KITH_START_CHILDREN_OF_CONCERN;
    size_t count = 0;

    while (group < KITH_START_NOBODY && (count = count_who_was(w, groups[group])) == 0)
        group++;
    hotspots->start = (kith_score_start)group;
    hotspots->start_count = count;
    for (size_t i = 0; i < w->people_count && group < KITH_START_NOBODY; i++)
        w->start[i] = (w->of[i].was & groups[group]) != 0 ? 1 / (double)count : 0;
}

/* The last bits hold the order in which a place's people were gone through, which is that of their
 * ids: they are not told. */
static void share_out(kith_hotspot *places, const walk *w, size_t place_count)
{
    double sum = 0, evidence = 0;

    for (size_t place = 0; place < place_count; place++) {
        sum += w->places[place];
        evidence += w->place_evidence[place];
    }
    for (size_t place = 0; place < place_count; place++) {
        if (places[place].section != KITH_PUBLIC_PLACE)
            continue;
        const double score = w->places[place] / sum;
        places[place].score = kith_round_figures(score);
        if (w->place_evidence[place] > 0)
            places[place].lift = kith_round_figures(score * evidence / w->place_evidence[place]);
    }
}

kith_status hotspots_score(kith_hotspot *places, kith_hotspots *hotspots, const visits *v,
                           kith_error *err)
{
    walk w = { 0 };
    kith_status status = walk_make(&w, v, err);

    if (status == KITH_OK) {
        pair_all(&w, places, v);
        choose_start(&w, hotspots);
    }
    if (status == KITH_OK && hotspots->start != KITH_START_NOBODY) {
        const kith_two_mode graph = { w.people_count, v->place_count, w.first, w.person, w.evidence };
        status = kith_two_mode_walk(w.places, &graph, w.start, damping, tolerance, NULL, err);
        if (status == KITH_OK)
            share_out(places, &w, v->place_count);
    }
    walk_free(&w);
    return status;
}
