/* SPDX-License-Identifier: GPL-3.0-or-later */
/* overlap.c: a sweep over episodes in time finds those that overlap; pairs are then
 * tested, and the matches of those that chance would not make are kept. */
#include "overlap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/together.h"

enum { HOUR = 3600, WEEK = 7 * 24 * HOUR, LONGEST = 4 * WEEK, FIRST_ROOM = 256 };

static bool is_timed(const kith_event_record *event)
{
    const int64_t length = event->ended.utc - event->at.utc;

    return event->at.precision >= KITH_MINUTE && event->ended.precision >= KITH_MINUTE &&
           length > 0 && length < LONGEST;
}

/* Whoever is found at home, in a home or at a police station was found nowhere in particular. */
static uint32_t telling_place(const kith_network *network, uint32_t place)
{
    if (place == KITH_NOTHING || network->things[place].home ||
        network->things[place].meaning->service || network->things[place].meaning->home)
        return KITH_NOTHING;
    return place;
}

static void list_episodes(kith_overlaps *overlaps, kith_gathering *gathering, uint32_t event)
{
    const kith_network *network = gathering->network;
    const kith_event_record *record = &network->events[event];
    size_t whole;
    const size_t count = kith_gathering_at(gathering, event, &whole);

    for (size_t i = 0; i < count; i++) {
        const kith_member *member = &gathering->members[i];
        if (!member->selected || kith_grade_is_false(member->grade) ||
            !kith_network_was_missing(network, event, member->person))
            continue;
        overlaps->episodes[overlaps->episode_count++] =
            (kith_episode){ .person = member->person,
                            .event = event,
                            .place = telling_place(network, record->place),
                            .partners = (uint32_t)whole - 1,
                            .start = record->at.utc,
                            .end = record->ended.utc,
                            .grade = member->grade };
    }
}

static int by_person(const void *a, const void *b)
{
    const kith_episode *x = a, *y = b;

    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->event > y->event) - (x->event < y->event);
}

/* Another record of the same absence: as long as both, found where either knows, and recorded
 * with whoever the fuller one has. */
static void join(kith_episode *episode, const kith_episode *again)
{
    if (again->end > episode->end)
        episode->end = again->end;
    if (episode->place == KITH_NOTHING)
        episode->place = again->place;
    if (again->partners <= episode->partners)
        return;
    episode->event = again->event;
    episode->partners = again->partners;
    episode->grade = again->grade;
}

/* One person's overlapping episodes are one. */
static void join_own(kith_overlaps *overlaps)
{
    size_t kept = 0;

    for (size_t i = 0; i < overlaps->episode_count; i++) {
        const kith_episode next = overlaps->episodes[i];
        kith_episode *last = kept > 0 ? &overlaps->episodes[kept - 1] : NULL;
        if (last != NULL && last->person == next.person && next.start < last->end)
            join(last, &next);
        else
            overlaps->episodes[kept++] = next;
    }
    overlaps->episode_count = kept;
}

static kith_status find_episodes(kith_overlaps *overlaps, kith_gathering *gathering,
                                 kith_error *err)
{
    const kith_network *network = gathering->network;
    size_t room = 1;

    for (size_t e = 0; e < network->event_count; e++)
        if (is_timed(&network->events[e]))
            room += network->events[e].participation_count;
    overlaps->episodes = malloc(room * sizeof *overlaps->episodes);
    overlaps->first = calloc(network->thing_count + 2, sizeof *overlaps->first);
    if (overlaps->episodes == NULL || overlaps->first == NULL)
        return kith_no_memory(err);
    for (uint32_t e = 0; e < network->event_count; e++)
        if (is_timed(&network->events[e]) && kith_gathering_ties(gathering, e))
            list_episodes(overlaps, gathering, e);
    qsort(overlaps->episodes, overlaps->episode_count, sizeof *overlaps->episodes, by_person);
    join_own(overlaps);
    for (size_t i = 0; i < overlaps->episode_count; i++)
        overlaps->first[overlaps->episodes[i].person + 1]++;
    for (size_t t = 0; t < network->thing_count; t++) {
        overlaps->people += overlaps->first[t + 1] > 0;
        overlaps->first[t + 1] += overlaps->first[t];
    }
    return KITH_OK;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* How often two episodes end at one place, and at two known ones. */
static kith_status weigh_places(kith_overlaps *overlaps, kith_error *err)
{
    const double all = (double)overlaps->episode_count, pairs = all * (all - 1);
    double known = 0, same = 0, squares = 0;
    uint32_t *places = malloc((overlaps->episode_count + 1) * sizeof *places);

    if (places == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < overlaps->episode_count; i++)
        places[i] = overlaps->episodes[i].place;
    qsort(places, overlaps->episode_count, sizeof *places, by_number);
    for (size_t i = 0, end = 0; i < overlaps->episode_count; i = end) {
        while (end < overlaps->episode_count && places[end] == places[i])
            end++;
        const double here = (double)(end - i);
        if (places[i] == KITH_NOTHING)
            break;
        known += here;
        same += here * (here - 1);
        squares += here * here;
    }
    free(places);
    if (pairs > 0) {
        overlaps->same = same / pairs;
        overlaps->different = (known * known - squares) / pairs;
    }
    return KITH_OK;
}

static void count_weeks(kith_overlaps *overlaps, const kith_view *view)
{
    int64_t days = (int64_t)view->as_of - view->since + 1;

    if (view->all_dates && overlaps->episode_count > 0) {
        int64_t start = overlaps->episodes[0].start, end = start;
        for (size_t i = 0; i < overlaps->episode_count; i++) {
            start = overlaps->episodes[i].start < start ? overlaps->episodes[i].start : start;
            end = overlaps->episodes[i].end > end ? overlaps->episodes[i].end : end;
        }
        days = (end - start) / (24 * HOUR) + 1;
    }
    overlaps->weeks = days >= 14 ? (double)(days / 7) : 1;
}

/* Whether two starts, `apart` seconds apart, leave the two overlapping; and near. */
static bool overlaps_at(int64_t apart, int64_t left, int64_t right)
{
    return -right < apart && apart < left;
}

static bool is_near(int64_t apart, int64_t left, int64_t right)
{
    return llabs(apart) <= HOUR && llabs(apart + right - left) <= HOUR;
}

static bool matches(const kith_episode *a, const kith_episode *b)
{
    const int64_t apart = b->start - a->start, left = a->end - a->start, right = b->end - b->start;
    const bool both = a->place != KITH_NOTHING && b->place != KITH_NOTHING;

    return overlaps_at(apart, left, right) &&
           ((both && a->place == b->place) || (!both && is_near(apart, left, right)));
}

/* The probability of a match when chance chooses the weeks and the places. */
static double chance_of(const kith_overlaps *overlaps, const kith_episode *a,
                        const kith_episode *b)
{
    const int64_t left = a->end - a->start, right = b->end - b->start;
    int64_t apart = (b->start - a->start) % WEEK;
    double chance = 0;

    for (int64_t at = apart - LONGEST - WEEK; at <= LONGEST + WEEK; at += WEEK)
        if (overlaps_at(at, left, right))
            chance += overlaps->same + (is_near(at, left, right)
                                            ? 1 - overlaps->same - overlaps->different
                                            : 0);
    return fmin(1, chance / overlaps->weeks);
}

/* Which of two people's episodes come first: the fewer, then those of the earlier events. */
static bool comes_first(const kith_overlaps *overlaps, uint32_t a, uint32_t b)
{
    const size_t count = overlaps->first[a + 1] - overlaps->first[a];
    const size_t others = overlaps->first[b + 1] - overlaps->first[b];

    if (count != others)
        return count < others;
    for (size_t i = 0; i < count; i++) {
        const uint32_t x = overlaps->episodes[overlaps->first[a] + i].event;
        const uint32_t y = overlaps->episodes[overlaps->first[b] + i].event;
        if (x != y)
            return x < y;
    }
    return true;
}

/* A sum differs in its last figure by the order of its terms: that of the two people must not
 * follow from their ids. */
static double expected_matches(const kith_overlaps *overlaps, uint32_t a, uint32_t b)
{
    double expected = 0;

    for (size_t i = overlaps->first[a]; i < overlaps->first[a + 1]; i++)
        for (size_t j = overlaps->first[b]; j < overlaps->first[b + 1]; j++)
            expected += chance_of(overlaps, &overlaps->episodes[i], &overlaps->episodes[j]);
    return expected;
}

kith_couples kith_overlaps_couples(const kith_overlaps *overlaps, uint32_t a, uint32_t b)
{
    const size_t left = overlaps->first[a + 1] - overlaps->first[a];
    const size_t right = overlaps->first[b + 1] - overlaps->first[b];

    if (left == 0 || right == 0)
        return (kith_couples){ 0 };
    const double expected = comes_first(overlaps, a, b) ? expected_matches(overlaps, a, b)
                                                        : expected_matches(overlaps, b, a);
    return (kith_couples){ .left = (double)left,
                           .right = (double)right,
                           .rate = expected / ((double)left * (double)right) };
}

typedef struct finder {
    kith_overlaps *overlaps;
    const kith_network *network;
    size_t room;
} finder;

static bool names(const kith_network *network, uint32_t event, uint32_t person)
{
    const kith_event_record *record = &network->events[event];

    for (uint32_t i = 0; i < record->participation_count; i++)
        if (network->participations[record->first_participation + i].person == person)
            return true;
    return false;
}

static kith_status add_match(finder *f, uint32_t i, uint32_t j, kith_error *err)
{
    kith_overlaps *overlaps = f->overlaps;
    const kith_episode *a = &overlaps->episodes[i], *b = &overlaps->episodes[j];

    if (a->person == b->person || !matches(a, b) || names(f->network, a->event, b->person) ||
        names(f->network, b->event, a->person))
        return KITH_OK;
    if (overlaps->match_count == f->room) {
        const size_t room = f->room == 0 ? FIRST_ROOM : f->room * 2;
        kith_match *grown = realloc(overlaps->matches, room * sizeof *grown);
        if (grown == NULL)
            return kith_no_memory(err);
        overlaps->matches = grown;
        f->room = room;
    }
    const uint32_t left = i < j ? i : j, right = i < j ? j : i;
    overlaps->matches[overlaps->match_count++] =
        (kith_match){ .pair = (uint64_t)overlaps->episodes[left].person << 32 |
                              overlaps->episodes[right].person,
                      .left = left,
                      .right = right };
    return KITH_OK;
}

static int by_pair(const void *a, const void *b)
{
    const kith_match *x = a, *y = b;

    if (x->pair != y->pair)
        return x->pair < y->pair ? -1 : 1;
    if (x->left != y->left)
        return x->left < y->left ? -1 : 1;
    return (x->right > y->right) - (x->right < y->right);
}

/* An episode's start and its number, for the sweep. */
typedef struct moment {
    int64_t start;
    uint32_t episode;
} moment;

static int by_moment(const void *a, const void *b)
{
    const moment *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->episode > y->episode) - (x->episode < y->episode);
}

static kith_status sweep(finder *f, kith_error *err)
{
    const kith_overlaps *overlaps = f->overlaps;
    const size_t count = overlaps->episode_count;
    moment *moments = malloc((count + 1) * sizeof *moments);
    kith_status status = moments != NULL ? KITH_OK : kith_no_memory(err);

    for (uint32_t i = 0; status == KITH_OK && i < count; i++)
        moments[i] = (moment){ overlaps->episodes[i].start, i };
    if (status == KITH_OK)
        qsort(moments, count, sizeof *moments, by_moment);
    for (size_t i = 0; status == KITH_OK && i < count; i++) {
        const int64_t end = overlaps->episodes[moments[i].episode].end;
        for (size_t j = i + 1; status == KITH_OK && j < count && moments[j].start < end; j++)
            status = add_match(f, moments[i].episode, moments[j].episode, err);
    }
    free(moments);
    return status;
}

static size_t end_of_pair(const kith_overlaps *overlaps, size_t from)
{
    size_t end = from + 1;

    while (end < overlaps->match_count &&
           overlaps->matches[end].pair == overlaps->matches[from].pair)
        end++;
    return end;
}

/* Of the matches of one pair, each episode keeps the first. */
static void keep_one_each(kith_overlaps *overlaps)
{
    size_t kept = 0;

    for (size_t from = 0, end = 0; from < overlaps->match_count; from = end) {
        const size_t begin = kept;
        end = end_of_pair(overlaps, from);
        for (size_t i = from; i < end; i++) {
            const kith_match next = overlaps->matches[i];
            bool taken = false;
            for (size_t k = begin; k < kept; k++)
                taken = taken || overlaps->matches[k].left == next.left ||
                        overlaps->matches[k].right == next.right;
            if (!taken)
                overlaps->matches[kept++] = next;
        }
    }
    overlaps->match_count = kept;
}

static double p_value(const kith_overlaps *overlaps, size_t from, size_t end)
{
    const uint64_t pair = overlaps->matches[from].pair;
    const kith_couples couples =
        kith_overlaps_couples(overlaps, (uint32_t)(pair >> 32), (uint32_t)pair);

    return kith_couples_upper((int64_t)(end - from), &couples, 1);
}

/* Keeps the matches of supported pairs. */
static kith_status keep_supported(kith_overlaps *overlaps, kith_error *err)
{
    const double people = (double)overlaps->people;
    double *q = malloc((overlaps->match_count + 1) * sizeof *q);
    size_t pairs = 0, pair = 0, kept = 0;

    if (q == NULL)
        return kith_no_memory(err);
    for (size_t from = 0, end = 0; from < overlaps->match_count; from = end) {
        end = end_of_pair(overlaps, from);
        q[pairs++] = p_value(overlaps, from, end);
    }
    const kith_status status =
        kith_benjamini_hochberg_among(q, q, pairs, people * (people - 1) / 2, err);
    for (size_t from = 0, end = 0; status == KITH_OK && from < overlaps->match_count; from = end) {
        end = end_of_pair(overlaps, from);
        const bool supported = q[pair++] < KITH_SUPPORTED_Q;
        overlaps->unsupported += !supported;
        for (size_t i = from; supported && i < end; i++)
            overlaps->matches[kept++] = overlaps->matches[i];
    }
    overlaps->match_count = kept;
    free(q);
    return status;
}

static void weigh_matches(kith_overlaps *overlaps, uint32_t size_cap)
{
    for (size_t i = 0; i < overlaps->match_count; i++) {
        overlaps->episodes[overlaps->matches[i].left].partners++;
        overlaps->episodes[overlaps->matches[i].right].partners++;
    }
    for (size_t i = 0; i < overlaps->match_count; i++) {
        kith_match *match = &overlaps->matches[i];
        const uint32_t left = overlaps->episodes[match->left].partners;
        const uint32_t right = overlaps->episodes[match->right].partners;
        const uint32_t most = left > right ? left : right;
        match->weight = most < size_cap ? 1.0 / most : 0;
        overlaps->capped += most >= size_cap;
    }
}

kith_status kith_overlaps_build(kith_overlaps *overlaps, kith_gathering *gathering,
                                kith_error *err)
{
    finder f = { .overlaps = overlaps, .network = gathering->network };

    *overlaps = (kith_overlaps){ 0 };
    if (!gathering->peers)
        return KITH_OK;
    kith_status status = find_episodes(overlaps, gathering, err);
    if (status == KITH_OK)
        status = weigh_places(overlaps, err);
    if (status != KITH_OK)
        return status;
    count_weeks(overlaps, &gathering->network->view);
    status = sweep(&f, err);
    if (status != KITH_OK)
        return status;
    if (overlaps->match_count > 1)
        qsort(overlaps->matches, overlaps->match_count, sizeof *overlaps->matches, by_pair);
    keep_one_each(overlaps);
    status = keep_supported(overlaps, err);
    if (status == KITH_OK)
        weigh_matches(overlaps, gathering->size_cap);
    return status;
}

void kith_overlaps_free(kith_overlaps *overlaps)
{
    free(overlaps->episodes);
    free(overlaps->first);
    free(overlaps->matches);
    *overlaps = (kith_overlaps){ 0 };
}
