/* SPDX-License-Identifier: GPL-3.0-or-later */
/* town.c: a small network made by hand. */
#include "town.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>

enum { THING_MAX = 4000, EVENT_MAX = 20000, PART_MAX = 60000, ID_SIZE = 12 };

static kith_thing things[THING_MAX];
static kith_event_record events[EVENT_MAX];
static kith_participation parts[PART_MAX];
static kith_origin origins[EVENT_MAX + PART_MAX];
static uint64_t marks[THING_MAX]; /* nobody has a name: all are alike in it */
static char ids[THING_MAX + EVENT_MAX][ID_SIZE];
static size_t id_count;
kith_network town;
kith_hotspots_options options;
kith_hotspots found;
int32_t as_of;

void build_town(void)
{
    id_count = 0;
    as_of = kith_day(2022, 6, 30);
    town = (kith_network){ .things = things,
                           .events = events,
                           .participations = parts,
                           .origins = origins,
                           .origin_count = 1,
                           .marks = marks };
    town.view = (kith_view){
        .user = "test", .purpose = "", .audience = "", .as_of = as_of, .since = as_of - 364
    };
    origins[0] = (kith_origin){ .source = "", .report_ref = "" };
    options = (kith_hotspots_options){ .since = as_of - 111, .seed = 1 };
    found = (kith_hotspots){ 0 };
}

void drop_town(void)
{
    kith_hotspots_free(&found);
}

static const char *keep_id(const char *id)
{
    cr_assert(lt(sz, id_count, sizeof ids / sizeof *ids));
    snprintf(ids[id_count], ID_SIZE, "%s", id);
    return ids[id_count++];
}

static const char *numbered(char letter, size_t number)
{
    char id[ID_SIZE];

    snprintf(id, sizeof id, "%c%04zu", letter, number);
    return keep_id(id);
}

uint32_t person(const char *born)
{
    kith_thing *thing = &things[town.thing_count];

    cr_assert(lt(sz, town.thing_count, THING_MAX));
    *thing = (kith_thing){ .kind = KITH_PERSON, .id = numbered('P', town.thing_count), .name = "" };
    cr_assert(kith_time_read(&thing->born, born));
    return (uint32_t)town.thing_count++;
}

uint32_t child(void)
{
    return person("2008-01-01");
}

uint32_t place(const char *kind)
{
    cr_assert(lt(sz, town.thing_count, THING_MAX));
    things[town.thing_count] = (kith_thing){ .kind = KITH_LOCATION,
                                             .id = numbered('L', town.thing_count),
                                             .name = "",
                                             .word = kind,
                                             .meaning = kith_word_meaning(KITH_PLACE_WORD, kind),
                                             .lat = NAN,
                                             .lon = NAN };
    return (uint32_t)town.thing_count++;
}

void locate(uint32_t where, double lat, double lon)
{
    things[where].lat = lat;
    things[where].lon = lon;
}

kith_event_record *event(const char *kind, const char *at, uint32_t where)
{
    kith_event_record *record = &events[town.event_count];

    cr_assert(lt(sz, town.event_count, EVENT_MAX));
    *record = (kith_event_record){ .id = numbered('E', town.event_count),
                                   .word = kind,
                                   .meaning = kith_word_meaning(KITH_EVENT_WORD, kind),
                                   .place = where,
                                   .first_participation = (uint32_t)town.participation_count };
    cr_assert(kith_time_read(&record->at, at));
    town.event_count++;
    return record;
}

kith_event_record *event_ago(int32_t days, uint32_t where)
{
    char day[KITH_TIME_SIZE];

    kith_day_write(day, as_of - days);
    return event("missing", day, where);
}

kith_participation *part(uint32_t who, const char *role)
{
    kith_role roles[2];
    const char *written[2];
    int count;
    bool known;

    cr_assert(lt(sz, town.participation_count, PART_MAX));
    kith_role_read(role, roles, written, &count, &known);
    cr_assert(eq(int, count, 1));
    parts[town.participation_count] = (kith_participation){
        .event = (uint32_t)town.event_count - 1, .person = who, .word = role, .role = roles[0]
    };
    events[town.event_count - 1].participation_count++;
    return &parts[town.participation_count++];
}

uint32_t origin(const char *source, const char *report, char source_grade, char info_grade)
{
    origins[town.origin_count] = (kith_origin){ .source = source,
                                                .report_ref = report,
                                                .grade = { .source = source_grade, .info = info_grade } };
    return (uint32_t)town.origin_count++;
}

void find(void)
{
    kith_error err = { 0 };

    kith_hotspots_free(&found);
    cr_assert(eq(int, kith_hotspots_find(&found, &town, &options, &err), KITH_OK), "%s",
              err.message);
}

const kith_hotspot *of(uint32_t where)
{
    for (size_t i = 0; i < found.count; i++)
        if (found.places[i].place == where)
            return &found.places[i];
    cr_fatal("place %u is not in the result", where);
}
