/* SPDX-License-Identifier: GPL-3.0-or-later */
/* generate.c: a made-up hub of any size, as Kith's own tables.
 *
 *     bench-generate --size county|national|PEOPLE --out FOLDER [--seed N]
 *
 * Writes persons, locations, events, participations and links.csv, and truth.csv (person_id,
 * group_id): the peer groups that were planted. About ten participations a person.
 *
 * People live in peer groups of 4 to 80, most of them small; groups lie in towns of about
 * 1,500 people with a place for each ten. A person's and a group's activity, and a place's
 * share of its town, have heavy tails: few people are in many events, and few places see many.
 * An event takes two to six people of one group, but now and then (15 %) somebody else of the
 * town, seldom (2 %) anybody; it happens at one of the group's four usual places (70 %),
 * elsewhere in the town (28 %) or anywhere. Each person declares two links, four of five
 * inside the group. Events are numbered in the order of their time, as an agency's are;
 * people and places in no order at all.
 *
 * Powers are made of square roots, which are exact everywhere: the same size and seed give
 * the same bytes on every machine. */
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "kith/date.h"
#include "kith/random.h"

enum {
    PER_PERSON = 10, /* participations */
    TOWN_PEOPLE = 1500,
    PEOPLE_PER_PLACE = 10,
    GROUP_LEAST = 4,
    GROUP_MOST = 80,
    EVENT_MOST = 6,
    USUAL_PLACES = 4,
    YEARS = 4,
    FIRST_YEAR = 2022,
    MINUTES = 24 * 60
};

/* Things in a row with a weight each; sums[i] is the weight of those before i. */
typedef struct urn {
    double *sums; /* count + 1 */
} urn;

typedef struct hub {
    size_t people, groups, towns, places;
    size_t *group_first; /* person; groups + 1 */
    size_t *town_first;  /* group; towns + 1 */
    size_t *town_place;  /* place; towns + 1 */
    uint32_t *group_of, *town_of_group;
    uint32_t *number, *place_number; /* in the ids, from 1: a shuffle */
    bool *adult;
    size_t (*usual)[USUAL_PLACES];
    urn activity, group_activity, draw; /* of people, groups, places */
    int person_width, place_width;
} hub;

static kith_random dice;

static const char *const sources[] = { "police", "social_care", "school", "health", "youth_work", "missing_team" };
static const char grades[] = "ABCDE";

static size_t below(size_t bound)
{
    return (size_t)kith_random_below(&dice, bound);
}

static bool chance(int percent)
{
    return below(100) < (size_t)percent;
}

/* At least 1, above x with probability x^-4/3, at most limit. */
static double heavy(double limit)
{
    const double root = sqrt(1 - kith_random_unit(&dice));
    const double x = 1 / (root * sqrt(root));

    return x < limit ? x : limit;
}

static void *room(size_t count, size_t size)
{
    void *made = calloc(count + 1, size);

    if (made == NULL) {
        fputs("bench-generate: not enough memory\n", stderr);
        exit(1);
    }
    return made;
}

/* One of first to end - 1, each by its weight. */
static size_t pick(const urn *from, size_t first, size_t end)
{
    const double at = from->sums[first] + kith_random_unit(&dice) * (from->sums[end] - from->sums[first]);

    while (end - first > 1) {
        const size_t middle = first + (end - first) / 2;
        if (from->sums[middle] <= at)
            first = middle;
        else
            end = middle;
    }
    return first;
}

static void make_groups(hub *h)
{
    size_t people = 0;

    h->group_first = room(h->people / GROUP_LEAST + 2, sizeof *h->group_first);
    h->group_of = room(h->people, sizeof *h->group_of);
    while (people < h->people) {
        size_t size = (size_t)(GROUP_LEAST * heavy((double)GROUP_MOST / GROUP_LEAST));
        if (size > h->people - people)
            size = h->people - people;
        for (size_t i = 0; i < size; i++)
            h->group_of[people++] = (uint32_t)h->groups;
        h->group_first[++h->groups] = people;
    }
}

/* Towns are groups that follow each other, each town with its share of the places. */
static void make_towns(hub *h)
{
    h->towns = h->people / TOWN_PEOPLE > 0 ? h->people / TOWN_PEOPLE : 1;
    h->places = h->people / PEOPLE_PER_PLACE > h->towns ? h->people / PEOPLE_PER_PLACE : h->towns;
    h->town_first = room(h->towns + 1, sizeof *h->town_first);
    h->town_place = room(h->towns + 1, sizeof *h->town_place);
    h->town_of_group = room(h->groups, sizeof *h->town_of_group);
    for (size_t group = 0, town = 0; town < h->towns; town++) {
        h->town_first[town] = group;
        while (group < h->groups && h->group_first[group] * h->towns < (town + 1) * h->people)
            h->town_of_group[group++] = (uint32_t)town;
        h->town_first[town + 1] = group;
        h->town_place[town + 1] = (town + 1) * h->places / h->towns;
    }
}

static void make_weights(hub *h)
{
    h->activity.sums = room(h->people + 1, sizeof *h->activity.sums);
    h->group_activity.sums = room(h->groups + 1, sizeof *h->group_activity.sums);
    h->draw.sums = room(h->places + 1, sizeof *h->draw.sums);
    for (size_t i = 0; i < h->people; i++)
        h->activity.sums[i + 1] = h->activity.sums[i] + heavy(200);
    for (size_t i = 0; i < h->groups; i++)
        h->group_activity.sums[i + 1] =
            h->group_activity.sums[i] + heavy(20) * (double)(h->group_first[i + 1] - h->group_first[i]);
    for (size_t town = 0; town < h->towns; town++)
        for (size_t i = h->town_place[town]; i < h->town_place[town + 1]; i++)
            h->draw.sums[i + 1] = h->draw.sums[i] + 1 / (double)(i - h->town_place[town] + 1);
}

static uint32_t *shuffled(size_t count)
{
    uint32_t *numbers = room(count, sizeof *numbers);

    for (size_t i = 0; i < count; i++)
        numbers[i] = (uint32_t)i + 1;
    kith_random_shuffle(&dice, numbers, count, sizeof *numbers);
    return numbers;
}

static size_t place_in_town(const hub *h, size_t town)
{
    return pick(&h->draw, h->town_place[town], h->town_place[town + 1]);
}

static void make_hub(hub *h)
{
    make_groups(h);
    make_towns(h);
    make_weights(h);
    h->number = shuffled(h->people);
    h->place_number = shuffled(h->places);
    h->person_width = snprintf(NULL, 0, "%zu", h->people);
    h->place_width = snprintf(NULL, 0, "%zu", h->places);
    h->adult = room(h->people, sizeof *h->adult);
    for (size_t i = 0; i < h->people; i++)
        h->adult[i] = chance(30);
    h->usual = room(h->groups, sizeof *h->usual);
    for (size_t i = 0; i < h->groups; i++)
        for (int k = 0; k < USUAL_PLACES; k++)
            h->usual[i][k] = place_in_town(h, h->town_of_group[i]);
}

/* The things in the order of their numbers. */
static uint32_t *by_number(const uint32_t *numbers, size_t count)
{
    uint32_t *order = room(count, sizeof *order);

    for (size_t i = 0; i < count; i++)
        order[numbers[i] - 1] = (uint32_t)i;
    return order;
}

static void write_person_id(FILE *out, const hub *h, size_t person)
{
    fprintf(out, "P%0*u", h->person_width, h->number[person]);
}

static void write_place_id(FILE *out, const hub *h, size_t place)
{
    fprintf(out, "L%0*u", h->place_width, h->place_number[place]);
}

/* A made-up word of two or three syllables. */
static void write_name(FILE *out)
{
    static const char *const heads[] = { "Ba", "Bri", "Co", "Da", "Du", "Fe", "Ga", "Hol", "I", "Ka", "Lu",
                                         "Ma", "Ne", "O", "Pa", "Ri", "Sa", "Te", "Vi", "Wa" };
    static const char *const tails[] = { "bel", "den", "fa", "gor", "lan", "len", "mi", "na", "ra", "rin",
                                         "sel", "ta", "ther", "von", "wick", "zan" };

    fputs(heads[below(20)], out);
    for (size_t i = 1 + below(2); i > 0; i--)
        fputs(tails[below(16)], out);
}

static void write_persons(FILE *out, const hub *h)
{
    uint32_t *order = by_number(h->number, h->people);

    fputs("person_id,name,dob,sex,local_authority\n", out);
    for (size_t i = 0; i < h->people; i++) {
        const size_t person = order[i];
        write_person_id(out, h, person);
        fputc(',', out);
        write_name(out);
        fputc(' ', out);
        write_name(out);
        const size_t year = h->adult[person] ? FIRST_YEAR - 60 + below(42) : FIRST_YEAR - 13 + below(9);
        const size_t month = 1 + below(12), day = 1 + below(28);
        fprintf(out, ",%04zu-%02zu-%02zu,%c,Town %u\n", year, month, day, chance(50) ? 'F' : 'M',
                h->town_of_group[h->group_of[person]] + 1);
    }
    free(order);
}

/* In millionths of a degree: the town's centre, and about 2 km around it. */
static void write_locations(FILE *out, const hub *h)
{
    static const char *const kinds[] = { "park",   "takeaway",    "hotel", "car_park", "bus_station", "school",
                                         "residential", "shop", "vape_shop", "arcade", "canal",    "station" };
    static const char *const ways[] = { "Road", "Lane", "Court", "Square", "Yard", "Walk" };
    uint32_t *order = by_number(h->place_number, h->places);
    long(*centre)[2] = room(h->towns, sizeof *centre);

    for (size_t i = 0; i < h->towns; i++) {
        centre[i][0] = 50500000 + (long)below(4000000);
        centre[i][1] = -3200000 + (long)below(3700000);
    }
    fputs("location_id,name,kind,lat,lon\n", out);
    for (size_t i = 0; i < h->places; i++) {
        size_t town = order[i] * h->towns / h->places;
        while (order[i] >= h->town_place[town + 1])
            town++;
        write_place_id(out, h, order[i]);
        fputc(',', out);
        write_name(out);
        fprintf(out, " %s,%s", ways[below(6)], kinds[below(12)]);
        for (int k = 0; k < 2; k++)
            fprintf(out, ",%.6f", (double)(centre[town][k] + (long)(below(20000) + below(20000)) - 20000) / 1e6);
        fputc('\n', out);
    }
    free(centre);
    free(order);
}

static size_t somebody(const hub *h, size_t group)
{
    const size_t town = h->town_of_group[group];
    const size_t first = h->group_first[h->town_first[town]], end = h->group_first[h->town_first[town + 1]];

    if (chance(15))
        return first + below(end - first);
    if (chance(2))
        return below(h->people);
    return pick(&h->activity, h->group_first[group], h->group_first[group + 1]);
}

static size_t take_people(size_t who[EVENT_MOST], const hub *h, size_t group)
{
    static const int sizes[] = { 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 6 };
    const size_t wanted = (size_t)sizes[below(20)];
    size_t count = 0;

    for (size_t tries = 4 * wanted; tries > 0 && count < wanted; tries--) {
        const size_t person = somebody(h, group);
        size_t i = 0;
        while (i < count && who[i] != person)
            i++;
        if (i == count)
            who[count++] = person;
    }
    return count;
}

static const char *role_of(bool adult, const char *kind)
{
    const size_t of = below(10);

    if (adult)
        return of < 4 ? "alleged_perpetrator" : of < 6 ? "witness" : "present";
    if (strcmp(kind, "missing") == 0)
        return "missing";
    return of < 3 ? "victim" : of < 4 ? "alleged_perpetrator" : of < 5 ? "witness" : "present";
}

static size_t place_of_event(const hub *h, size_t group)
{
    const size_t of = below(100);

    if (of < 70)
        return h->usual[group][below(USUAL_PLACES)];
    return of < 98 ? place_in_town(h, h->town_of_group[group]) : below(h->places);
}

/* done of all participations are made: as far as that is into the years. */
static void write_moment(FILE *out, size_t done, size_t all)
{
    const int32_t first = kith_day(FIRST_YEAR, 1, 1), end = kith_day(FIRST_YEAR + YEARS, 1, 1);
    const double minute = (double)(end - first) * MINUTES * (double)done / (double)all;
    const int64_t at = minute < (double)(end - first) * MINUTES ? (int64_t)minute : (int64_t)(end - first) * MINUTES - 1;
    int year, month, day;

    kith_day_split(first + (int32_t)(at / MINUTES), &year, &month, &day);
    fprintf(out, ",%04d-%02d-%02dT%02d:%02d,", year, month, day, (int)(at % MINUTES / 60), (int)(at % 60));
}

static void write_events(FILE *events, FILE *participations, const hub *h)
{
    static const char *const kinds[] = { "missing", "missing", "missing", "missing", "incident",
                                         "incident", "incident", "sighting", "sighting", "intelligence" };
    const size_t all = h->people * PER_PERSON;
    const int width = snprintf(NULL, 0, "%zu", all);
    size_t who[EVENT_MOST];

    fputs("event_id,kind,occurred_at,location_id,source\n", events);
    fputs("event_id,person_id,role\n", participations);
    for (size_t done = 0, event = 1; done < all; event++) {
        const size_t group = pick(&h->group_activity, 0, h->groups);
        const char *kind = kinds[below(10)];
        fprintf(events, "E%0*zu,%s", width, event, kind);
        write_moment(events, done, all);
        write_place_id(events, h, place_of_event(h, group));
        fprintf(events, ",%s\n", sources[below(6)]);
        const size_t count = take_people(who, h, group);
        for (size_t i = 0; i < count; i++) {
            fprintf(participations, "E%0*zu,", width, event);
            write_person_id(participations, h, who[i]);
            fprintf(participations, ",%s\n", role_of(h->adult[who[i]], kind));
        }
        done += count;
    }
}

static size_t friend_of(const hub *h, size_t person)
{
    const size_t group = h->group_of[person], town = h->town_of_group[group], of = below(100);
    size_t first = h->group_first[group], end = h->group_first[group + 1];

    if (of >= 95)
        return below(h->people);
    if (of >= 80) {
        first = h->group_first[h->town_first[town]];
        end = h->group_first[h->town_first[town + 1]];
    }
    return first + below(end - first);
}

static void write_links(FILE *out, const hub *h)
{
    static const char *const kinds[] = { "friend", "friend", "friend", "peer", "sibling", "partner" };

    fputs("from_id,to_id,kind,valid_from,valid_to,source,source_grade,info_grade\n", out);
    for (size_t i = 0; i < 2 * h->people; i++) {
        const size_t one = i / 2, other = friend_of(h, one);
        const size_t year = FIRST_YEAR + below(YEARS), month = 1 + below(12), day = 1 + below(28);
        if (one == other)
            continue;
        write_person_id(out, h, one);
        fputc(',', out);
        write_person_id(out, h, other);
        fprintf(out, ",%s,%zu-%02zu-%02zu,", kinds[below(6)], year, month, day);
        if (chance(30))
            fprintf(out, "%zu-%02zu-%02zu", year + 1, month, day);
        fprintf(out, ",%s,%zu,%c\n", sources[below(6)], 1 + below(3), grades[below(5)]);
    }
}

static void write_truth(FILE *out, const hub *h)
{
    fputs("person_id,group_id\n", out);
    for (size_t i = 0; i < h->people; i++) {
        write_person_id(out, h, i);
        fprintf(out, ",G%u\n", h->group_of[i] + 1);
    }
}

static FILE *open_in(const char *folder, const char *name)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        fprintf(stderr, "bench-generate: %s cannot be written: %s\n", path, strerror(errno));
        exit(1);
    }
    return out;
}

static bool write_all(const char *folder, const hub *h)
{
    static const char *const names[] = { "persons", "locations", "events", "participations", "links", "truth" };
    enum { FILES = sizeof names / sizeof names[0] };
    FILE *out[FILES];
    bool whole = true;

    for (int i = 0; i < FILES; i++)
        out[i] = open_in(folder, names[i]);
    write_persons(out[0], h);
    write_locations(out[1], h);
    write_events(out[2], out[3], h);
    write_links(out[4], h);
    write_truth(out[5], h);
    for (int i = 0; i < FILES; i++)
        whole &= fclose(out[i]) == 0;
    return whole;
}

static void free_hub(hub *h)
{
    free(h->group_first);
    free(h->town_first);
    free(h->town_place);
    free(h->group_of);
    free(h->town_of_group);
    free(h->number);
    free(h->place_number);
    free(h->adult);
    free(h->usual);
    free(h->activity.sums);
    free(h->group_activity.sums);
    free(h->draw.sums);
}

/* 0 for what is no size. */
static size_t people_of(const char *size)
{
    char *end;

    if (strcmp(size, "county") == 0)
        return 50000;
    if (strcmp(size, "national") == 0)
        return 1000000;
    const unsigned long people = strtoul(size, &end, 10);
    return *end == '\0' && people >= 10 && people <= 10000000 ? people : 0;
}

int main(int argc, char **argv)
{
    const char *folder = NULL;
    uint64_t seed = 1;
    hub h = { 0 };

    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--size") == 0)
            h.people = people_of(argv[i + 1]);
        else if (strcmp(argv[i], "--out") == 0)
            folder = argv[i + 1];
        else if (strcmp(argv[i], "--seed") == 0)
            seed = strtoull(argv[i + 1], NULL, 10);
    }
    if (h.people == 0 || folder == NULL || argc % 2 == 0) {
        fputs("usage: bench-generate --size county|national|PEOPLE --out FOLDER [--seed N]\n"
              "       PEOPLE from 10 to 10000000\n", stderr);
        return 2;
    }
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        fprintf(stderr, "bench-generate: %s cannot be made: %s\n", folder, strerror(errno));
        return 1;
    }
    kith_random_seed(&dice, seed);
    make_hub(&h);
    const bool whole = write_all(folder, &h);
    if (!whole)
        fprintf(stderr, "bench-generate: %s: the files could not be written whole\n", folder);
    free_hub(&h);
    return whole ? 0 : 1;
}
