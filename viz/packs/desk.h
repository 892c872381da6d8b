/* SPDX-License-Identifier: GPL-3.0-or-later */
/* desk.h: what all pages of a pack share, read once.
 *
 * A desk is opened, told whom the pack will name (desk_name, which also makes the scrub), and then
 * asked for dossiers. What it calls a thing it calls it on every page, picture and table. */
#ifndef KITH_PACKS_DESK_H
#define KITH_PACKS_DESK_H

#include "kith/actions.h"
#include "kith/contest.h"
#include "kith/dossier.h"
#include "kith/map.h"
#include "kith/scrub.h"
#include "kith/store.h"

typedef struct desk_flag {
    uint32_t person; /* thing */
    const char *flag, *status, *from, *to;
} desk_flag;

typedef struct desk_condition {
    uint32_t person, other; /* things; other KITH_NOTHING: it names nobody */
    const char *kind, *imposed_by, *from, *to;
} desk_condition;

/* A row of entity or event, and the thing or event that it is (or that stands for it). */
typedef struct desk_row {
    int64_t row;
    uint32_t index;
} desk_row;

struct kith_desk {
    kith_store *store;
    const kith_network *network;
    kith_names names;
    uint64_t seed;
    kith_map_base *base;
    kith_actions actions;
    kith_contests contests;
    desk_flag *flags; /* that hold on as-of, or ended in the window */
    size_t flag_count;
    desk_condition *conditions; /* in force on as-of */
    size_t condition_count;
    desk_row *things, *events, *links; /* by row */
    size_t thing_count, event_count, link_count;
    uint32_t *part_of;     /* participations by person: indexes, first_part[person] on */
    size_t *first_part;
    uint32_t *link_of;     /* links by thing, either end: indexes, first_link[thing] on, ascending */
    size_t *first_link;
    uint32_t *action_of, *minute_of; /* whose each is: a thing, or KITH_NOTHING */
    char **called; /* one a thing; NULL: not named in the pack */
    bool *shown; /* one a thing: it was called by its name, or drawn */
    kith_scrub *scrub;
    uint8_t *near;    /* scratch, one a thing and event: all KITH_MAP_FAR between uses */
    uint32_t *reached;
    struct kith_pool *pool;
};

/** Those within some steps of a thing, nearest first; desk_forget makes the scratch clean. */
size_t desk_near(kith_desk *desk, uint32_t thing, int hops);
void desk_forget(kith_desk *desk, size_t count);

/** Whether a vertex is a thing; else it is an event. */
static inline bool desk_is_thing(const kith_desk *desk, uint32_t vertex)
{
    return vertex < desk->network->thing_count;
}

/** Whether an adult is alleged or convicted of harm in an event of the network that is not graded E. */
bool desk_is_of_concern(const kith_desk *desk, uint32_t thing);

/** Marks whom and what a dossier of a thing names: one a thing. */
void desk_mark(kith_desk *desk, bool *named, uint32_t thing);

/** Marks everybody in an event, and its place. */
void desk_mark_event(const kith_desk *desk, bool *named, uint32_t event);

/** Things, events and links by row; KITH_NOTHING when the view has none. */
uint32_t desk_thing(const kith_desk *desk, int64_t row);
uint32_t desk_event(const kith_desk *desk, int64_t row);
uint32_t desk_link(const kith_desk *desk, int64_t row);

/** What a thing is called: as named, or by its class ("an adult"). */
const char *desk_call(const kith_desk *desk, uint32_t thing);

/** Marks what a picture shows as shown. */
void desk_show_scene(kith_desk *desk, const kith_scene *scene);

/** Whom and what the pack named or drew, in the order of the network: *list is the caller's to free. */
kith_status desk_list_shown(uint32_t **list, size_t *count, const kith_desk *desk, kith_error *err);

/** Adds a text without names that the pack does not show, cut to about `most` bytes (0: whole). */
void desk_say(kith_text *out, const kith_desk *desk, const char *text, size_t most);

/** A table of texts: its title, what it says when it is empty, its columns. */
void desk_columns(kith_table *table, const char *title, const char *empty, const char *const names[],
                  size_t count);

#define DESK_COLUMNS(table, title, empty, ...)                                                    \
    desk_columns(table, title, empty, (const char *const[]){ __VA_ARGS__ },                      \
                 sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

/** The next cell is a text, which is then empty. */
void desk_cell(kith_table *table, kith_text *text);

/** Says under a table how many rows had no room. */
void desk_note_more(kith_table *table, size_t more);

/** "DT, child, 15"; "Wrackline Park"; "Lanternfield five, peer group". */
void desk_head(kith_text *out, const kith_desk *desk, uint32_t thing);

/** "Tue 28 Jun 22:30", of a day only "Tue 28 Jun", with the year where it is not that of as-of. */
void desk_when(kith_text *out, const kith_desk *desk, kith_time time);

/** "police POL-2022-0131, 1A". */
void desk_source(kith_text *out, const kith_desk *desk, uint32_t origin);

/** What a role is called, of a child and of an adult: "named as alleged", "alleged perpetrator". */
const char *desk_role(const kith_desk *desk, const kith_participation *part);

/** Known to be under 18, or of unknown age, on a day. */
bool desk_may_be_child(const kith_thing *person, int32_t day);

/** Whether what is graded E makes a participation, or its event, one that does not count. */
bool desk_part_is_false(const kith_network *network, const kith_participation *part);

#endif
