/* SPDX-License-Identifier: GPL-3.0-or-later */
/* generate.c: writes the tables of the sample town.
 *
 *     cc -std=c17 -O2 -o generate generate.c && ./generate story .
 *
 * Everything is invented. The storyline is written by hand in story/, one
 * fragment a table, and goes first into each table as it stands. In
 * story/events.csv the last column, people, names who took part ("P001 missing;
 * P080 helper", and a conviction reference as a third word); from it come the
 * rows of participations.csv, each with the origin of its event.
 *
 * This program adds the town around the story: more children and their carers,
 * small circles of friends, and what is recorded of an ordinary day. It leaves
 * alone the children and the places that the story plants figures on. Every
 * table draws from its own seed, so a change to one does not stir the others,
 * and the same sources always give the same bytes. */
#include "town.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIELDS = 16,    /* at most, in a row of a fragment */
    DATE_SIZE = 40, /* YYYY-MM-DD, and room for any three ints */
};

/* An event in the making. */
struct event {
    const struct scene *scene;
    int day, hour, minute, duration_minutes, child_count;
    int child[PEOPLE];
    int helper, reporter, alleged; /* person numbers, 0 is nobody */
    const char *condition;
    char source[16], place[8], severity[4], grade[4], reference[24];
};

static _Noreturn void fail(const char *what, const char *name)
{
    fprintf(stderr, "generate: %s: %s\n", what, name);
    exit(1);
}

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t next(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int below(uint64_t *seed, int limit)
{
    return (int)(next(seed) % (uint64_t)limit);
}

/* Draws one of the words of a list into word, which has the given size. */
static void draw(uint64_t *seed, const char *words, char *word, size_t size)
{
    int count = 1;

    for (const char *p = words; *p != '\0'; p++)
        count += *p == ' ';
    for (int skip = below(seed, count); skip > 0; skip--)
        words = strchr(words, ' ') + 1;
    snprintf(word, size, "%.*s", (int)strcspn(words, " "), words);
}

/* Writes a day, counted from 2021-01-01, as YYYY-MM-DD; text has DATE_SIZE
 * bytes. */
static void write_date(int day, char *text)
{
    static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int month = 0;

    while (day >= length[month % 12])
        day -= length[month++ % 12];
    snprintf(text, DATE_SIZE, "%04d-%02d-%02d", 2021 + month / 12, month % 12 + 1, day + 1);
}

static int is_edge(int day)
{
    char date[DATE_SIZE];

    write_date(day, date);
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        if (strcmp(edges[i], date) == 0)
            return 1;
    return 0;
}

/* 2021-01-01 was a Friday; in August there is no school. */
static int is_school_day(int day)
{
    char date[DATE_SIZE];

    write_date(day, date);
    return (day + 4) % 7 < 5 && strncmp(date + 5, "08", 2) != 0;
}

static int is_at_school(const struct scene *scene)
{
    return strncmp(scene->places, "L03", 3) == 0;
}

static FILE *open_in(const char *folder, const char *name, const char *mode)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    file = fopen(path, mode);
    if (file == NULL)
        fail("cannot open", path);
    return file;
}

static void close_written(FILE *file, const char *name)
{
    const int bad = ferror(file);

    if (fclose(file) != 0 || bad)
        fail("cannot write", name);
}

/* Reads a line without its end; 0 at the end of the file. */
static int read_line(FILE *in, char *line, int size)
{
    if (fgets(line, size, in) == NULL)
        return 0;
    if (strchr(line, '\n') == NULL)
        fail("line too long or without an end", line);
    line[strcspn(line, "\n")] = '\0';
    return 1;
}

/* Cuts a row at the commas outside quotes; quotes stay. Returns the fields. */
static int split(char *line, char *field[FIELDS])
{
    int count = 0, quoted = 0;

    field[count++] = line;
    for (char *p = line; *p != '\0'; p++) {
        if (*p == '"')
            quoted = !quoted;
        if (*p != ',' || quoted)
            continue;
        if (count == FIELDS)
            fail("too many fields", field[0]);
        *p = '\0';
        field[count++] = p + 1;
    }
    return count;
}

/* Copies a fragment into its table, which is left open for more. */
static FILE *copy_table(const char *story, const char *town, const char *name)
{
    FILE *in = open_in(story, name, "r"), *out = open_in(town, name, "w");
    char line[4096];

    while (read_line(in, line, sizeof line))
        fprintf(out, "%s\n", line);
    fclose(in);
    return out;
}

static void write_participation(FILE *out, const char *event, const char *who, const char *origin)
{
    char person[16], role[32], conviction[32] = "";

    if (sscanf(who, "%15s %31s %31s", person, role, conviction) < 2)
        fail("a person and a role are expected", who);
    fprintf(out, "%s,%s,%s,%s,%s\n", event, person, role, conviction, origin);
}

/* Copies the story's events, and their people to participations. Returns how
 * many events there are. */
static int copy_events(const char *story, FILE *events, FILE *participations)
{
    static const char origin_columns[] =
        "source,report_ref,source_grade,info_grade,handling,conditions,recorded_on";
    enum { SOURCE = 7, PEOPLE_COLUMN = 14 };
    FILE *in = open_in(story, "events", "r");
    char line[4096], origin[512], *field[FIELDS];
    int count = 0;

    fprintf(events, "event_id,kind,occurred_at,ended_at,location_id,severity,summary,%s\n",
            origin_columns);
    fprintf(participations, "event_id,person_id,role,conviction_ref,%s\n", origin_columns);
    read_line(in, line, sizeof line);
    for (; read_line(in, line, sizeof line); count++) {
        if (split(line, field) != PEOPLE_COLUMN + 1)
            fail("15 fields are expected", field[0]);
        snprintf(origin, sizeof origin, "%s,%s,%s,%s,%s,%s,%s", field[SOURCE], field[8], field[9],
                 field[10], field[11], field[12], field[13]);
        for (int i = 0; i < SOURCE; i++)
            fprintf(events, "%s,", field[i]);
        fprintf(events, "%s\n", origin);
        for (char *who = strtok(field[PEOPLE_COLUMN], ";"); who != NULL; who = strtok(NULL, ";"))
            write_participation(participations, field[0], who, origin);
    }
    fclose(in);
    return count;
}

/* A number of the range 999, which is kept for tests, with its check digit. */
static void write_nhs_number(int number, char *text, size_t size)
{
    int check = 10;

    for (number = 999000300 + 3 * number; check == 10; number++) {
        int sum = 0, rest = number;

        for (int weight = 2; weight <= 10; weight++, rest /= 10)
            sum += weight * (rest % 10);
        check = (11 - sum % 11) % 11;
        snprintf(text, size, "nhs=%d%d", number, check);
    }
}

/* C leaves the order of arguments open, so each statement draws once. */
static void write_postcode(uint64_t *seed, char *text, size_t size)
{
    const int area = 1 + below(seed, 3);
    const int sector = 1 + below(seed, 6);
    const int unit = below(seed, 26 * 26);

    snprintf(text, size, "ZZ%d %d%c%c", area, sector, 'A' + unit / 26, 'A' + unit % 26);
}

static void add_person(FILE *out, uint64_t *seed, int number)
{
    const int is_adult = number >= FIRST_CARER;
    const int sex = below(seed, 2);
    const char *const first = given[sex][below(seed, 16)];
    const int year = is_adult ? 1964 + below(seed, 26) : 2005 + below(seed, 5);
    const int month = 1 + below(seed, 12);
    const int day = 1 + below(seed, 28);
    const char *const group = ethnicity[below(seed, 8)];
    char source[16], school[8] = "", postcode[48], identifiers[32] = "", recorded[DATE_SIZE];

    draw(seed, is_adult ? "social_care police health" : "police police school social_care health",
         source, sizeof source);
    if (!is_adult && (strcmp(source, "police") != 0 || below(seed, 8) == 0))
        draw(seed, number < 37 ? "L03" : "L03 L03 L03 L04 L04 L05", school, sizeof school);
    if (strcmp(source, "health") == 0)
        write_nhs_number(number, identifiers, sizeof identifiers);
    else if (strcmp(source, "social_care") == 0)
        snprintf(identifiers, sizeof identifiers, "mosaic=HT4%04d", number);
    write_postcode(seed, postcode, sizeof postcode);
    write_date(below(seed, 120), recorded);
    fprintf(out, "P%03d,%s %s%s,,%d-%02d-%02d,%c,%s,Harbour,%s,%s,,%s,,%s,%s\n", number, first,
            front[number % 15], back[number % 11], year, month, day, "FM"[sex], group, school,
            postcode, identifiers, source, recorded);
}

/* The children of the story come first in persons.csv, then its adults. */
static void add_people(FILE *out)
{
    uint64_t seed = 1;

    for (int number = FIRST_CHILD; number <= LAST_CHILD; number++)
        add_person(out, &seed, number);
    for (int number = FIRST_CARER; number <= LAST_CARER; number++)
        add_person(out, &seed, number);
}

static void add_link(FILE *out, int number, const char *from, const char *to, const char *kind,
                     const char *valence, const char *source)
{
    fprintf(out, "%s,%s,%s,K%03d,%s,,,,,%s,LNK-2021-0%d,,,,,2021-04-30\n", from, to, kind, number,
            valence, source, number);
}

/* Friends within the circles that the story says nothing of, carers and homes. */
static void add_links(FILE *out)
{
    uint64_t seed = 2;
    int number = 200;
    char from[16], to[16], place[16];

    for (size_t i = 2; i < sizeof circles / sizeof *circles; i++)
        for (int a = circles[i].first; a <= circles[i].last; a++)
            for (int b = a + 1; b <= circles[i].last; b++) {
                if (below(&seed, 10) == 0 && circles[i].last - circles[i].first > 2)
                    continue;
                snprintf(from, sizeof from, "P%03d", a);
                snprintf(to, sizeof to, "P%03d", b);
                add_link(out, number++, from, to, "friend", "neutral", "school");
            }
    for (int carer = FIRST_CARER; carer <= LAST_CARER; carer++) {
        const int child = FIRST_CHILD + 3 * (carer - FIRST_CARER);

        snprintf(from, sizeof from, "P%03d", carer);
        snprintf(to, sizeof to, "P%03d", child);
        draw(&seed, "L37 L41 L43 L44 L45", place, sizeof place);
        add_link(out, number++, from, to, "parent", "protective", "social_care");
        add_link(out, number++, from, place, "lives_at", "neutral", "social_care");
        add_link(out, number++, to, place, "lives_at", "neutral", "social_care");
    }
}

static const struct scene *draw_scene(uint64_t *seed, const struct scene *scenes, size_t count)
{
    int total = 0, at;

    for (size_t i = 0; i < count; i++)
        total += scenes[i].weight;
    at = below(seed, total);
    while ((at -= scenes->weight) >= 0)
        scenes++;
    return scenes;
}

/* The child of an event with one child: the i-th of the pool, from 0, has
 * weight 60 / (i + 2) + 2, so that a few children are named very often. */
static int draw_child(uint64_t *seed)
{
    int child[LAST_CHILD], count = 0, total = 0, at;

    for (size_t i = 0; i < sizeof pool / sizeof *pool; i++)
        for (int number = pool[i].first; number <= pool[i].last; number++)
            child[count++] = number;
    for (int i = 0; i < count; i++)
        total += 60 / (i + 2) + 2;
    at = below(seed, total);
    for (int i = 0;; i++)
        if ((at -= 60 / (i + 2) + 2) < 0)
            return child[i];
}

/* Two to five people of one circle. */
static void draw_friends(uint64_t *seed, struct event *event)
{
    const struct circle *circle = circles;
    int at = 0, left;

    for (size_t i = 0; i < sizeof circles / sizeof *circles; i++)
        at += circles[i].share;
    at = below(seed, at);
    while ((at -= circle->share) >= 0)
        circle++;
    left = circle->last - circle->first + 1;
    event->child_count = 2 + below(seed, (left < PEOPLE ? left : PEOPLE) - 1);
    for (int child = circle->first, found = 0; found < event->child_count; child++, left--)
        if (below(seed, left) < event->child_count - found)
            event->child[found++] = child;
}

/* Who reports the event, with a grade only from the police. */
static void draw_source(uint64_t *seed, struct event *event, const char *sources)
{
    const int is_intelligence = strcmp(event->scene->kind, "intelligence") == 0;

    draw(seed, sources, event->source, sizeof event->source);
    event->grade[0] = '\0';
    if (strcmp(event->source, "police") == 0)
        draw(seed, is_intelligence ? intelligence_grades : police_grades, event->grade,
             sizeof event->grade);
    if (is_intelligence && below(seed, 4) == 0)
        event->condition = conditions[below(seed, 3)];
}

static void write_reference(struct event *event, int number)
{
    static const char *const prefix[][2] = { { "police", "POL" },     { "missing_team", "MST" },
                                             { "school", "SCH" },     { "health", "HLT" },
                                             { "youth_work", "YTH" }, { "social_care", "SOC" } };
    char date[DATE_SIZE];
    size_t i = 0;

    while (strcmp(prefix[i][0], event->source) != 0)
        i++;
    write_date(event->day, date);
    snprintf(event->reference, sizeof event->reference, "%s-%.4s-%04d", prefix[i][1], date, number);
}

static struct event draw_event(uint64_t *seed, int day, int number)
{
    const int is_shared = below(seed, 8) == 0;
    struct event event = { .day = day };
    const struct scene *scene;

    scene = is_shared ? draw_scene(seed, shared, sizeof shared / sizeof *shared)
                      : draw_scene(seed, alone, sizeof alone / sizeof *alone);
    event.scene = scene;
    event.hour = scene->from_hour + below(seed, scene->to_hour - scene->from_hour + 1);
    event.minute = 5 * below(seed, 12);
    draw(seed, scene->severities, event.severity, sizeof event.severity);
    draw(seed, scene->places, event.place, sizeof event.place);
    if (strcmp(scene->kind, "missing") == 0)
        event.duration_minutes = 120 + 5 * below(seed, 144);
    if (is_shared) {
        draw_friends(seed, &event);
    } else {
        event.child_count = 1;
        event.child[0] = draw_child(seed);
    }
    draw_source(seed, &event, scene->sources);
    write_reference(&event, number);
    if (strcmp(event.source, "youth_work") == 0)
        event.helper = YOUTH_WORKER;
    if (event.duration_minutes > 0 && below(seed, 5) < 2)
        event.reporter = FIRST_CARER + below(seed, LAST_CARER - FIRST_CARER + 1);
    if (strstr(scene->summary, "adults") != NULL && strcmp(scene->kind, "incident") == 0 &&
        below(seed, 2) == 0)
        event.alleged = FIRST_ALLEGED + below(seed, ALLEGED);
    return event;
}

/* Writes the end of an episode; never in the hour that the clocks change. */
static void write_end(const struct event *event, char *text, size_t size)
{
    const int minutes = event->hour * 60 + event->minute + event->duration_minutes;
    const int hour = minutes / 60 % 24 == 1 ? 2 : minutes / 60 % 24;
    char date[DATE_SIZE];

    write_date(event->day + minutes / (24 * 60), date);
    snprintf(text, size, "%sT%02d:%02d", date, hour, minutes % 60);
}

static void write_event(FILE *events, FILE *participations, const struct event *event, int number,
                        int recorded_day)
{
    char id[16], date[11], recorded[DATE_SIZE], end[64] = "", origin[256], who[64];

    snprintf(id, sizeof id, "E%03d", number);
    write_date(event->day, date);
    write_date(recorded_day < DAYS ? recorded_day : DAYS - 1, recorded);
    if (event->duration_minutes > 0)
        write_end(event, end, sizeof end);
    snprintf(origin, sizeof origin, "%s,%s,%.1s,%s,%s,%s,%s", event->source, event->reference,
             event->grade, *event->grade ? event->grade + 1 : "",
             event->condition != NULL ? "C"
             : *event->grade          ? "P"
                                      : "",
             event->condition != NULL ? event->condition : "", recorded);
    fprintf(events, "%s,%s,%sT%02d:%02d,%s,%s,%s,%s,%s\n", id, event->scene->kind, date,
            event->hour, event->minute, end, *event->place == '-' ? "" : event->place,
            event->severity, event->scene->summary, origin);
    for (int i = 0; i < event->child_count; i++) {
        snprintf(who, sizeof who, "P%03d %s", event->child[i], event->scene->role);
        write_participation(participations, id, who, origin);
    }
    const struct {
        int person;
        const char *role;
    } adults[] = { { event->helper, "helper" },
                   { event->reporter, "reporter" },
                   { event->alleged, "alleged_perpetrator" } };
    for (size_t i = 0; i < sizeof adults / sizeof *adults; i++) {
        if (adults[i].person == 0)
            continue;
        snprintf(who, sizeof who, "P%03d %s", adults[i].person, adults[i].role);
        write_participation(participations, id, who, origin);
    }
}

static int by_number(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* Draws the days of the events, in order of time. */
static void draw_days(uint64_t *seed, int *day, int count)
{
    for (int i = 0; i < count; i++)
        do
            day[i] = below(seed, DAYS);
        while (is_edge(day[i]));
    qsort(day, (size_t)count, sizeof *day, by_number);
}

static void add_events(FILE *events, FILE *participations, int count)
{
    uint64_t seed = 3;
    int day[EVENTS];
    struct event event = { 0 };

    draw_days(&seed, day, count);
    for (int i = 0; i < count; i++) {
        const int number = FIRST_EVENT + i;

        if (i % REPEAT_EVERY == REPEAT_EVERY - 1) {
            draw_source(&seed, &event,
                        strcmp(event.source, "police") == 0 ? "school social_care" : "police");
        } else {
            do
                event = draw_event(&seed, day[i], number);
            while (is_at_school(event.scene) && !is_school_day(day[i]));
        }
        write_event(events, participations, &event, number, event.day + below(&seed, 4));
    }
}

int main(int argc, char **argv)
{
    static const char *const as_written[] = { "locations",   "groups",     "objects",
                                              "contexts",    "flags",      "constraints",
                                              "assessments", "indicators", "scales",
                                              "actions" };
    FILE *out, *participations;

    if (argc != 3) {
        fprintf(stderr, "usage: generate STORY-FOLDER TOWN-FOLDER\n");
        return 2;
    }
    for (size_t i = 0; i < sizeof as_written / sizeof *as_written; i++)
        close_written(copy_table(argv[1], argv[2], as_written[i]), as_written[i]);

    out = copy_table(argv[1], argv[2], "persons");
    add_people(out);
    close_written(out, "persons");

    out = copy_table(argv[1], argv[2], "links");
    add_links(out);
    close_written(out, "links");

    out = open_in(argv[2], "events", "w");
    participations = open_in(argv[2], "participations", "w");
    add_events(out, participations, EVENTS - copy_events(argv[1], out, participations));
    close_written(out, "events");
    close_written(participations, "participations");
    return 0;
}
