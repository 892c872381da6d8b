/* SPDX-License-Identifier: GPL-3.0-or-later */
/* need_to_know.c: what a user reads is what they would read if the rest had never been.
 *
 *     need_to_know COUNT [SEED]
 *
 * Makes COUNT random small hubs with random people, records, cases and policies. Of each it makes a
 * second one by loading only what this file says may be seen: its rules are written here once more,
 * from docs/access.md, over plain arrays. Then the user of the first and the owner of the second
 * call a quarter of all commands, with ids that are there, hidden and absent; standard output, messages and exit
 * code must be the same bytes. The commands run in this process (cli/main.c's main is kith_main). */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kith/access.h"
#include "kith/date.h"

int kith_main(int argc, char **argv);
int64_t __wrap_kith_now(void);

enum { PEOPLE = 7, PLACES = 3, GROUPS = 1, OBJECTS = 1, THINGS = PEOPLE + PLACES + GROUPS + OBJECTS };
enum { EVENTS = 8, PARTS = 20, LINKS = 8, ITEMS = 6, CASES = 3, WORDS_MOST = 16 };

static const char *const source_name[] = { "", "police", "school", "health" };
static const char *const record_word[] = { "events", "links", "places", "groups", "objects", "flags", "constraints",
                                           "contexts", "assessments", "actions", "notes" };
enum { MAY_EVENTS, MAY_LINKS, MAY_PLACES, MAY_GROUPS, MAY_OBJECTS, MAY_FLAGS, MAY_CONSTRAINTS, MAY_CONTEXTS,
       MAY_ASSESSMENTS, MAY_ACTIONS, MAY_NOTES, MAY_COUNT };

typedef struct origin { int source, handling; } origin; /* handling 0 none, 1 P, 2 C */

typedef struct bounds {
    unsigned records, handling, sources; /* bits */
    bool every_source;
    int cases; /* 0 own, 1 open, 2 all */
} bounds;

typedef struct town {
    int people, places, groups, objects, events, parts, links;
    origin thing[THINGS]; /* people, places, groups, objects */
    int school[PEOPLE], leader[THINGS];
    struct { origin o; int place, kind, day; } event[EVENTS];
    struct { origin o; int event, person, role; } part[PARTS];
    struct { origin o; int from, to, kind; } link[LINKS];
    struct { origin o; int subject, event, kind; } context[ITEMS], flag[ITEMS], ban[ITEMS], action[ITEMS];
    struct { origin o; int person; } form[ITEMS], scale[ITEMS];
    struct { bool mine, restricted; unsigned members; } file[CASES];
    int contexts, flags, bans, actions, forms, scales, cases;
    bounds role, audience, both;
    const char *role_name;
    bool hidden[THINGS], hidden_event[EVENTS], hushed[EVENTS];
} town;

static uint64_t state;

static unsigned draw(unsigned below) /* splitmix64 */
{
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (unsigned)((z ^ (z >> 31)) % below);
}

int64_t __wrap_kith_now(void)
{
    return 1640995200; /* both hubs were loaded in the same second */
}

static void stop(const char *what)
{
    fprintf(stderr, "need_to_know: %s\n", what);
    exit(2);
}

static origin draw_origin(void)
{
    return (origin){ (int)draw(4), draw(3) == 0 ? (int)draw(3) : (int)draw(2) };
}

static bounds draw_bounds(void)
{
    bounds b = { .records = (1u << MAY_COUNT) - 1, .handling = 7, .sources = 15, .every_source = true, .cases = 2 };

    if (draw(3) == 0)
        b.records ^= 1u << draw(MAY_COUNT) | (draw(2) == 0 ? 1u << draw(MAY_COUNT) : 0);
    if (draw(3) == 0)
        b.handling = 1 + draw(7);
    if (draw(4) == 0) {
        b.every_source = false;
        b.sources = draw(8) << 1; /* never those without a source */
    }
    return b;
}

static bool is_person(const town *t, int thing)
{
    return thing < t->people;
}

static int thing_count(const town *t)
{
    return t->people + t->places + t->groups + t->objects;
}

static int kind_of(const town *t, int thing) /* 1 person, 2 place, 3 group, 4 object */
{
    return is_person(t, thing) ? 1 : thing < t->people + t->places ? 2 : thing < t->people + t->places + t->groups ? 3 : 4;
}

static void draw_town(town *t)
{
    static const char *const roles[] = { "steward", "analyst", "chair", "practitioner", "partner" };

    memset(t, 0, sizeof *t);
    t->people = 3 + (int)draw(PEOPLE - 2);
    t->places = 1 + (int)draw(PLACES);
    t->groups = (int)draw(GROUPS + 1);
    t->objects = (int)draw(OBJECTS + 1);
    for (int i = 0; i < thing_count(t); i++) {
        t->thing[i] = draw_origin();
        t->leader[i] = i;
    }
    for (int i = 0; i < t->people; i++)
        t->school[i] = draw(2) == 0 ? t->people + (int)draw((unsigned)t->places) : -1;
    if (draw(3) == 0)
        t->leader[1] = 0; /* P0 and P1 are one */
    t->events = 2 + (int)draw(EVENTS - 1);
    for (int i = 0; i < t->events; i++) {
        t->event[i].o = draw_origin();
        t->event[i].place = draw(4) > 0 ? t->people + (int)draw((unsigned)t->places) : -1;
        t->event[i].kind = (int)draw(5);
        t->event[i].day = 1 + (int)draw(28);
    }
    for (int i = 0; i < t->events; i++)
        for (int k = 0, n = (int)draw(4); k < n && t->parts < PARTS; k++) {
            bool twice = false;
            const int person = (int)draw((unsigned)t->people);
            for (int j = 0; j < t->parts; j++)
                twice |= t->part[j].event == i && t->part[j].person == person;
            if (twice)
                continue;
            t->part[t->parts].o = draw(3) == 0 ? draw_origin() : t->event[i].o;
            t->part[t->parts].event = i;
            t->part[t->parts].person = person;
            t->part[t->parts++].role = (int)draw(5);
        }
    t->links = (int)draw(LINKS + 1);
    for (int i = 0; i < t->links; i++) {
        t->link[i].o = draw_origin();
        t->link[i].from = (int)draw((unsigned)t->people);
        do
            t->link[i].to = (int)draw((unsigned)thing_count(t));
        while (t->link[i].to == t->link[i].from);
        t->link[i].kind = (int)draw(3);
    }
    t->contexts = (int)draw(ITEMS + 1), t->flags = (int)draw(ITEMS), t->bans = (int)draw(3);
    t->actions = (int)draw(3), t->forms = (int)draw(3), t->scales = (int)draw(3);
    for (int i = 0; i < ITEMS; i++) {
        const int person = (int)draw((unsigned)t->people), event = draw(2) == 0 ? (int)draw((unsigned)t->events) : -1;
        t->context[i].o = t->flag[i].o = t->form[i].o = draw_origin();
        t->ban[i].o = t->action[i].o = t->scale[i].o = draw_origin();
        t->context[i].subject = t->flag[i].subject = t->ban[i].subject = t->form[i].person = person;
        t->action[i].subject = draw(4) == 0 ? -1 : person;
        t->scale[i].person = person;
        t->context[i].event = event;
        t->context[i].kind = (int)draw(4);
        t->ban[i].event = draw(3) == 0 ? -1 : (person + 1) % t->people; /* the other */
        t->flag[i].kind = i;
    }
    t->cases = (int)draw(CASES + 1);
    for (int i = 0; i < t->cases; i++) {
        t->file[i].mine = draw(2) == 0;
        t->file[i].restricted = draw(2) == 0;
        t->file[i].members = draw(1u << thing_count(t)) & draw(1u << thing_count(t));
    }
    t->role_name = roles[draw(5)];
    t->role = draw_bounds();
    t->role.cases = draw(4) == 0 ? 0 : 1 + (draw(3) == 0);
    t->audience = draw_bounds();
}

/* The rules of docs/access.md. */

static bool may(const town *t, int what)
{
    return (t->both.records >> what & 1) != 0;
}

static bool origin_seen(const town *t, origin o)
{
    return (t->both.handling >> o.handling & 1) != 0 && (t->both.every_source || (t->both.sources >> o.source & 1) != 0);
}

static bool in_case(const town *t, int thing, bool mine, bool restricted)
{
    for (int i = 0; i < t->cases; i++)
        if ((t->file[i].members >> thing & 1) != 0 && (!mine || t->file[i].mine) && (!restricted || t->file[i].restricted))
            return true;
    return false;
}

static bool mine_too(const town *t, int thing)
{
    for (int i = 0; i < thing_count(t); i++)
        if (t->leader[i] == t->leader[thing] && in_case(t, i, true, false))
            return true;
    return false;
}

static bool part_seen(const town *t, int part)
{
    return !t->hidden[t->part[part].person] && origin_seen(t, t->part[part].o);
}

static void judge_things(town *t)
{
    bool strict[THINGS] = { false };

    for (int i = 0; i < thing_count(t); i++) {
        const int kind = kind_of(t, i);
        t->hidden[i] = !origin_seen(t, t->thing[i]) || (kind == 2 && !may(t, MAY_PLACES)) ||
                       (kind == 3 && !may(t, MAY_GROUPS)) || (kind == 4 && !may(t, MAY_OBJECTS)) ||
                       (t->both.cases < 2 && in_case(t, i, false, true) && !in_case(t, i, true, false)) ||
                       (t->both.cases == 0 && kind == 1 && !mine_too(t, i));
    }
    for (int i = 0; i < thing_count(t); i++)
        for (int k = 0; k < thing_count(t); k++)
            strict[i] |= t->leader[i] == t->leader[k] && t->hidden[k];
    memcpy(t->hidden, strict, sizeof strict);
}

static void judge_events(town *t)
{
    for (int i = 0; i < t->events; i++) {
        bool seen = false;
        for (int k = 0; k < t->parts; k++) {
            seen |= t->part[k].event == i && part_seen(t, k);
            t->hushed[i] |= t->part[k].event == i && t->hidden[t->part[k].person];
        }
        t->hidden_event[i] = !origin_seen(t, t->event[i].o) || !may(t, MAY_EVENTS) ||
                             ((t->hushed[i] || t->both.cases == 0) && !seen);
    }
}

static void judge_touched(town *t)
{
    bool touched[THINGS] = { false };

    for (int i = 0; i < thing_count(t); i++)
        touched[i] = mine_too(t, i);
    for (int i = 0; i < t->events; i++)
        if (!t->hidden_event[i] && t->event[i].place >= 0)
            touched[t->event[i].place] = true;
    for (int i = 0; i < t->people; i++)
        if (!t->hidden[i] && t->school[i] >= 0)
            touched[t->school[i]] = true;
    for (int i = 0; i < t->links; i++)
        if (may(t, MAY_LINKS) && origin_seen(t, t->link[i].o)) {
            const int from = t->link[i].from, to = t->link[i].to;
            if (mine_too(t, from) && !t->hidden[from])
                touched[to] = true;
            if (mine_too(t, to) && !t->hidden[to])
                touched[from] = true;
        }
    for (int i = t->people; i < thing_count(t); i++)
        t->hidden[i] |= !touched[i];
}

static void judge(town *t)
{
    t->both = t->role;
    if (strcmp(t->role_name, "owner") == 0)
        t->both = t->audience;
    t->both.records &= t->audience.records;
    t->both.handling &= t->audience.handling;
    t->both.sources &= t->audience.sources;
    t->both.every_source &= t->audience.every_source;
    judge_things(t);
    judge_events(t);
    if (t->both.cases == 0)
        judge_touched(t);
}

/* The tables, of everything or of what may be seen. */

static const char *thing_id(const town *t, int thing)
{
    static char id[4][16];
    static int next;
    char *out = id[next = (next + 1) % 4];

    if (thing < 0)
        return "";
    snprintf(out, 16, "%c%d", "-PLGO"[kind_of(t, thing)], thing);
    return out;
}

static FILE *begin(const char *folder, const char *name, const char *columns)
{
    char path[300];

    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    FILE *out = fopen(path, "w");
    if (out == NULL)
        stop("a table cannot be written");
    fprintf(out, "%s,source,report_ref,handling,conditions\n", columns);
    return out;
}

static void end_row(FILE *out, origin o, const char *ref, int n)
{
    fprintf(out, ",%s,%s%d,%s,%s\n", source_name[o.source], ref, n, o.handling == 0 ? "" : o.handling == 1 ? "P" : "C",
            o.handling == 2 ? "ask first" : "");
}

static void write_things(const town *t, const char *folder, bool seen)
{
    static const char *const name[] = { "Rose Hill", "Rosa Hill", "Bea Marsh", "Cy Dale", "Dan Wood", "Eve Lake", "Fay Moor" };
    const char *note = seen && !may(t, MAY_NOTES) ? "" : "likes the sea";
    FILE *out = begin(folder, "persons", "person_id,name,dob,sex,school_id,notes,odd");
    for (int i = 0; i < t->people; i++)
        if (!seen || !t->hidden[i]) {
            const int school = t->school[i] >= 0 && seen && t->hidden[t->school[i]] ? -1 : t->school[i];
            fprintf(out, "%s,%s,%d-0%d-1%d,F,%s,%s,%s", thing_id(t, i), name[i], i % 3 == 2 ? 1980 : 2007, 1 + i, i,
                    thing_id(t, school), note, *note != '\0' ? "x" : "");
            end_row(out, t->thing[i], "p", i);
        }
    fclose(out);
    static const char *const table[] = { "locations", "groups", "objects" };
    static const char *const column[] = { "location_id,name,kind", "group_id,name,kind", "object_id,label,kind" };
    static const char *const kind[] = { "park", "peer group", "phone" };
    for (int k = 0; k < 3; k++) {
        out = begin(folder, table[k], column[k]);
        for (int i = t->people; i < thing_count(t); i++)
            if (kind_of(t, i) == k + 2 && (!seen || !t->hidden[i])) {
                fprintf(out, "%s,Thing %d,%s", thing_id(t, i), i, k == 0 && i % 2 == 0 ? "school" : kind[k]);
                end_row(out, t->thing[i], "t", i);
            }
        fclose(out);
    }
}

static void write_events(const town *t, const char *folder, bool seen)
{
    static const char *const kind[] = { "missing", "incident", "sighting", "ppn", "odd_happening" };
    static const char *const role[] = { "victim", "missing", "alleged_perpetrator", "witness", "present" };
    FILE *out = begin(folder, "events", "event_id,kind,occurred_at,location_id,severity,summary");
    for (int i = 0; i < t->events; i++)
        if (!seen || !t->hidden_event[i]) {
            const int place = t->event[i].place >= 0 && seen && t->hidden[t->event[i].place] ? -1 : t->event[i].place;
            const bool hushed = seen && (t->hushed[i] || !may(t, MAY_NOTES));
            fprintf(out, "E%d,%s,2021-0%d-%02dT2%d:15,%s,%d,%s", i, kind[t->event[i].kind], 5 + i % 3, t->event[i].day, i % 4,
                    thing_id(t, place), 1 + i % 3, hushed ? "" : "somebody was there");
            end_row(out, t->event[i].o, "e", i);
        }
    fclose(out);
    out = begin(folder, "participations", "event_id,person_id,role");
    for (int i = 0; i < t->parts; i++)
        if (!seen || (!t->hidden_event[t->part[i].event] && part_seen(t, i))) {
            fprintf(out, "E%d,%s,%s", t->part[i].event, thing_id(t, t->part[i].person), role[t->part[i].role]);
            end_row(out, t->part[i].o, "e", t->part[i].event);
        }
    fclose(out);
}

static bool link_seen(const town *t, int i)
{
    return may(t, MAY_LINKS) && origin_seen(t, t->link[i].o) && !t->hidden[t->link[i].from] && !t->hidden[t->link[i].to];
}

static void write_links(const town *t, const char *folder, bool seen)
{
    static const char *const kind[] = { "friend", "exploits_alleged", "odd_tie" };
    FILE *out = begin(folder, "links", "link_id,from_id,to_id,kind,valence,notes");
    for (int i = 0; i < t->links; i++)
        if (!seen || link_seen(t, i)) {
            fprintf(out, "K%d,%s,%s,%s,%s,%s", i, thing_id(t, t->link[i].from), thing_id(t, t->link[i].to),
                    is_person(t, t->link[i].to) ? kind[t->link[i].kind] : t->link[i].kind == 0 ? "odd_use" : "frequents",
                    i % 2 == 0 ? "risk" : "", seen && !may(t, MAY_NOTES) ? "" : "they met");
            end_row(out, t->link[i].o, "k", i);
        }
    fclose(out);
}

/* Records without an id are called by their row, so those that may be seen stand first. */
static bool turn(bool seen, bool visible, int pass)
{
    return visible ? pass == 0 : !seen && pass == 1;
}

static void write_contexts(const town *t, const char *folder, bool seen)
{
    static const char *const name[] = { "home", "peer", "school", "neighbourhood" };
    FILE *out = begin(folder, "contexts", "subject_id,context,valence,severity,observed_on,event_id,summary");
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < t->contexts; i++) {
            const int event = t->context[i].event;
            if (!turn(seen, may(t, MAY_CONTEXTS) && origin_seen(t, t->context[i].o) && !t->hidden[t->context[i].subject] &&
                                (event < 0 || !t->hidden_event[event]), pass))
                continue;
            const bool hushed = seen && (!may(t, MAY_NOTES) || (event >= 0 && t->hushed[event]));
            fprintf(out, "%s,%s,%s,%d,2021-06-1%d,", thing_id(t, t->context[i].subject), name[t->context[i].kind],
                    i % 3 == 0 ? "protective" : "risk", 1 + i % 3, i);
            fprintf(out, event >= 0 ? "E%d,%s" : "%.0d,%s", event >= 0 ? event : 0, hushed ? "" : "it was said");
            end_row(out, t->context[i].o, "c", i);
        }
    fclose(out);
}

static void write_about_people(const town *t, const char *folder, bool seen)
{
    FILE *out = begin(folder, "flags", "person_id,flag,status,valid_from");
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < t->flags; i++)
            if (turn(seen, may(t, MAY_FLAGS) && origin_seen(t, t->flag[i].o) && !t->hidden[t->flag[i].subject], pass)) {
                fprintf(out, "%s,%s,current,2021-01-1%d", thing_id(t, t->flag[i].subject), i % 2 == 0 ? "CIN" : "NRM", i);
                end_row(out, t->flag[i].o, "f", i);
            }
    fclose(out);
    out = begin(folder, "constraints", "person_id,other_id,kind,valid_from");
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < t->bans; i++) {
            const int other = t->ban[i].event;
            if (!turn(seen, may(t, MAY_CONSTRAINTS) && origin_seen(t, t->ban[i].o) && !t->hidden[t->ban[i].subject] &&
                                (other < 0 || !t->hidden[other]), pass))
                continue;
            fprintf(out, "%s,%s,no_contact,2021-01-1%d", thing_id(t, t->ban[i].subject), thing_id(t, other), i);
            end_row(out, t->ban[i].o, "b", i);
        }
    fclose(out);
    out = begin(folder, "scales", "person_id,on,rater,score");
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < t->scales; i++)
            if (turn(seen, may(t, MAY_ASSESSMENTS) && origin_seen(t, t->scale[i].o) && !t->hidden[t->scale[i].person], pass)) {
                fprintf(out, "%s,2021-07-1%d,child,%d", thing_id(t, t->scale[i].person), i, i);
                end_row(out, t->scale[i].o, "s", i);
            }
    fclose(out);
    out = begin(folder, "actions", "action_id,subject_id,context,action,due,status");
    for (int i = 0; i < t->actions; i++)
        if (!seen || (may(t, MAY_ACTIONS) && origin_seen(t, t->action[i].o) &&
                      (t->action[i].subject < 0 ? t->both.cases != 0 : !t->hidden[t->action[i].subject]))) {
            fprintf(out, "A%d,%s,peer,ask at the park,2021-10-0%d,open", i, thing_id(t, t->action[i].subject), 1 + i);
            end_row(out, t->action[i].o, "a", i);
        }
    fclose(out);
}

static bool form_seen(const town *t, int i)
{
    return may(t, MAY_ASSESSMENTS) && origin_seen(t, t->form[i].o) && !t->hidden[t->form[i].person];
}

static void write_forms(const town *t, const char *folder, bool seen)
{
    FILE *out = begin(folder, "assessments", "assessment_id,person_id,tool,assessed_on,level");
    for (int i = 0; i < t->forms; i++)
        if (!seen || form_seen(t, i)) {
            fprintf(out, "F%d,%s,GAT,2021-08-0%d,high", i, thing_id(t, t->form[i].person), 1 + i);
            end_row(out, t->form[i].o, "q", i);
        }
    fclose(out);
    out = begin(folder, "indicators", "assessment_id,item,status,voice,text");
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < t->forms; i++)
            if (turn(seen, form_seen(t, i), pass)) {
                fprintf(out, "F%d,strong.%d,present,child,%s", i, 1 + i, seen && !may(t, MAY_NOTES) ? "" : "said so");
                end_row(out, t->form[i].o, "q", i);
            }
    fclose(out);
}

static void write_tables(const town *t, const char *folder, bool seen)
{
    mkdir(folder, 0700);
    write_things(t, folder, seen);
    write_events(t, folder, seen);
    write_links(t, folder, seen);
    write_contexts(t, folder, seen);
    write_about_people(t, folder, seen);
    write_forms(t, folder, seen);
}

static void write_bounds(FILE *out, const bounds *b)
{
    fputs("records = ", out);
    for (int i = 0; i < MAY_COUNT; i++)
        if ((b->records >> i & 1) != 0)
            fprintf(out, "%s,", record_word[i]);
    fprintf(out, "\nhandling = %s%s%s\nagencies = ", (b->handling & 1) != 0 ? "none," : "", (b->handling & 2) != 0 ? "P," : "",
            (b->handling & 4) != 0 ? "C" : "");
    if (b->every_source)
        fputs("all", out);
    for (int i = 1; i < 4 && !b->every_source; i++)
        if ((b->sources >> i & 1) != 0)
            fprintf(out, "%s,", source_name[i]);
    fputc('\n', out);
}

static void write_policy(const town *t, const char *path, bool whole)
{
    static const bounds everything = { .records = (1u << MAY_COUNT) - 1, .handling = 7, .every_source = true };
    static const char *const cases[] = { "own", "open", "all" };
    FILE *out = fopen(path, "w");

    if (out == NULL)
        stop("a policy cannot be written");
    fputs("[audience probe]\nwithheld = silent\nnames = initials\nnames_most = full\nsmall_counts = 0\n", out);
    write_bounds(out, whole ? &everything : &t->audience);
    fprintf(out, "[role %s]\naudiences = all\ncases = %s\n", t->role_name, cases[t->role.cases]);
    write_bounds(out, &t->role);
    fclose(out);
}

/* Calling the program. */

typedef struct answer { char *out; size_t size; int code; } answer;

static int captured = -1;

static answer call(const char *hub, const char *const *words, int count)
{
    const char *argv[WORDS_MOST + 8] = { "kith", "--hub", hub };
    answer a = { NULL, 0, 0 };
    int argc = 3;

    for (int i = 0; i < count; i++)
        argv[argc++] = words[i];
    fflush(stdout);
    const int old_out = dup(1), old_err = dup(2);
    if (ftruncate(captured, 0) != 0 || lseek(captured, 0, SEEK_SET) != 0)
        stop("what is printed cannot be kept");
    dup2(captured, 1);
    dup2(captured, 2);
    a.code = kith_main(argc, (char **)argv);
    fflush(stdout);
    dup2(old_out, 1);
    dup2(old_err, 2);
    close(old_out);
    close(old_err);
    a.size = (size_t)lseek(captured, 0, SEEK_END);
    a.out = malloc(a.size + 1);
    if (a.out == NULL || pread(captured, a.out, a.size, 0) != (ssize_t)a.size)
        stop("what is printed cannot be read");
    a.out[a.size] = '\0';
    return a;
}

#define WORDS(...) (const char *const[]){ __VA_ARGS__ }, (int)(sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(char *))

static void must(const char *hub, const char *const *words, int count)
{
    const answer a = call(hub, words, count);

    if (a.code != 0) {
        fprintf(stderr, "%s\n", a.out);
        stop(words[0]);
    }
    free(a.out);
}

typedef struct pair {
    const town *t;
    const char *full, *part, *full_policy, *part_policy;
    long compared, answered;
    bool differs;
} pair;

static void compare(pair *p, const char *const *words, int count)
{
    const char *given[WORDS_MOST] = { 0 };

    if (draw(4) != 0) /* other hubs ask it */
        return;
    for (int i = 0; i < count; i++)
        given[i] = words[i];
    int all = count;
    given[all++] = "--audience";
    given[all++] = "probe";
    given[all++] = "--as-of";
    given[all++] = "2021-12-31";
    given[all++] = "--policy";
    given[all] = p->full_policy;
    const answer a = call(p->full, given, all + 1);
    given[all] = p->part_policy;
    if (a.code != 4) { /* the role may do it */
        const answer b = call(p->part, given, all + 1);
        p->compared++;
        p->answered += b.code == 0;
        if (a.code != b.code || a.size != b.size || memcmp(a.out, b.out, a.size) != 0) {
            p->differs = true;
            fprintf(stderr, "differs:");
            for (int i = 0; i < count; i++)
                fprintf(stderr, " %s", words[i]);
            fprintf(stderr, "\n--- user: exit %d\n%s\n--- owner of what is seen: exit %d\n%s\n", a.code, a.out, b.code, b.out);
        }
        free(b.out);
    }
    free(a.out);
}

static void compare_all(pair *p)
{
    char id[2][16];

    compare(p, WORDS("info"));
    compare(p, WORDS("check"));
    compare(p, WORDS("find", "Rose"));
    compare(p, WORDS("find", "Thing"));
    compare(p, WORDS("find", "likes"));
    compare(p, WORDS("peers", "--format", "csv"));
    compare(p, WORDS("together"));
    compare(p, WORDS("hotspots", "--window", "365", "--resamples", "10"));
    compare(p, WORDS("measures", "--layer", "all"));
    compare(p, WORDS("measures", "--layer", "links"));
    compare(p, WORDS("players"));
    compare(p, WORDS("gaps"));
    compare(p, WORDS("link"));
    compare(p, WORDS("actions"));
    compare(p, WORDS("whatif", "--without", p->t->places > 1 ? "L4" : "L3"));
    for (int i = 0; i <= thing_count(p->t); i++) { /* the last is not there */
        snprintf(id[0], sizeof id[0], "%s", i < thing_count(p->t) ? thing_id(p->t, i) : "P99");
        compare(p, WORDS("show", id[0]));
        compare(p, WORDS("weigh", id[0]));
        if (i < p->t->people) {
            snprintf(id[1], sizeof id[1], "%s", thing_id(p->t, (i + 1) % p->t->people));
            compare(p, WORDS("path", id[0], id[1]));
            compare(p, WORDS("assess", id[0]));
            compare(p, WORDS("explain", "tie", id[0], id[1]));
        }
    }
    for (int i = 0; i < p->t->events; i++) {
        snprintf(id[0], sizeof id[0], "E%d", i);
        compare(p, WORDS("show", id[0]));
    }
    compare(p, WORDS("map", "P0", "--hops", "2", "--format", "csv"));
    compare(p, WORDS("map", "--format", "csv"));
    compare(p, WORDS("export", "-o", "/dev/stdout", "--format", "csv"));
    compare(p, WORDS("outcomes", "P0"));
    compare(p, WORDS("alerts", "--date", "2021-06-15"));
}

static void make_hub(const town *t, const char *hub, const char *folder, bool seen)
{
    write_tables(t, folder, seen);
    must(hub, WORDS("init", "--plain", "--quiet"));
    must(hub, WORDS("import", folder, "--quiet"));
    if (t->leader[1] == 0 && !(seen && t->hidden[0]))
        must(hub, WORDS("link", "confirm", "P0", "P1", "--quiet"));
}

/* The user, the cases and their teams. */
static void add_user(const town *t, const char *hub, const char *path)
{
    const char *const roles[] = { t->role_name, NULL };
    const char *const names[] = { "open", NULL };
    const kith_view view = { .user = "first", .purpose = "", .audience = "case-team", .all_dates = true };
    kith_error err = { KITH_OK, "" };
    kith_policy *policy = NULL;
    kith_store *store = NULL;
    kith_status status = kith_policy_read(&policy, path, NULL, &err);

    if (status == KITH_OK)
        status = kith_store_open(&store, hub, NULL, KITH_READ_WRITE, &err);
    for (int i = 0; status == KITH_OK && i < t->cases; i++) {
        char id[16];
        const char *members[THINGS + 1] = { NULL };
        char ids[THINGS][16];
        int count = 0;
        for (int k = 0; k < thing_count(t); k++)
            if ((t->file[i].members >> k & 1) != 0) {
                snprintf(ids[count], sizeof ids[count], "%s", thing_id(t, k));
                members[count] = ids[count];
                count++;
            }
        snprintf(id, sizeof id, "C%d", i);
        const kith_case_change change = { .id = id, .members = members, .team = t->file[i].mine ? "ours" : "theirs",
                                          .restrict_it = t->file[i].restricted };
        status = kith_case_set(store, &view, &change, 0, &err);
    }
    if (status == KITH_OK)
        status = kith_account_add(store, &view, policy, "open", roles, "", 0, &err);
    if (status == KITH_OK)
        status = kith_team_set(store, &view, "ours", names, true, &err);
    if (status != KITH_OK)
        stop(err.message);
    kith_store_close(store);
    kith_policy_free(policy);
}

static void remove_hub(const char *hub)
{
    char path[320];

    unlink(hub);
    snprintf(path, sizeof path, "%s.audit", hub);
    unlink(path);
}

int main(int argc, char **argv)
{
    const long count = argc > 1 ? atol(argv[1]) : 200;
    const uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    char root[32] = "/dev/shm/need-to-know-XXXXXX", full[64], part[64], policy[64], whole[64], tables[64], fewer[64], scrap[64];
    long different = 0, compared = 0, answered = 0, hidden = 0, things = 0;

    if (access("/dev/shm", W_OK) != 0) /* memory, where there is some: every reading is written to the log */
        memcpy(root, "/tmp/need-to-know-XXXXXX", sizeof "/tmp/need-to-know-XXXXXX");
    if (mkdtemp(root) == NULL)
        stop("no folder can be made");
    snprintf(full, sizeof full, "%s/full.kith", root);
    snprintf(part, sizeof part, "%s/part.kith", root);
    snprintf(policy, sizeof policy, "%s/policy.ini", root);
    snprintf(whole, sizeof whole, "%s/whole.ini", root);
    snprintf(tables, sizeof tables, "%s/tables", root);
    snprintf(fewer, sizeof fewer, "%s/fewer", root);
    snprintf(scrap, sizeof scrap, "%s/captured", root);
    captured = open(scrap, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    for (long i = 0; i < count; i++) {
        town t;
        pair p = { &t, full, part, policy, whole, 0, 0, false };
        state = seed * 1000003u + (uint64_t)i;
        draw_town(&t);
        judge(&t);
        for (int k = 0; k < thing_count(&t); k++, things++)
            hidden += t.hidden[k];
        write_policy(&t, policy, false);
        write_policy(&t, whole, true);
        make_hub(&t, full, tables, false);
        add_user(&t, full, policy);
        make_hub(&t, part, fewer, true);
        compare_all(&p);
        remove_hub(full);
        remove_hub(part);
        if (p.differs)
            fprintf(stderr, "need_to_know: hub %ld of seed %llu differs (%s)\n", i, (unsigned long long)seed, t.role_name);
        different += p.differs;
        compared += p.compared;
        answered += p.answered;
    }
    char remove[100];
    snprintf(remove, sizeof remove, "rm -rf %s", root);
    if (system(remove) != 0)
        stop("the folder cannot be removed");
    printf("need_to_know: %ld hubs, %ld answers compared (%ld of them found something), %ld of %ld things hidden, "
           "%ld hubs differ\n", count, compared, answered, hidden, things, different);
    return different > 0 || compared == 0 || hidden == 0;
}
