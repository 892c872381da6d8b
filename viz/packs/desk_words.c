/* SPDX-License-Identifier: GPL-3.0-or-later */
/* desk_words.c: how a pack says things: people, times, sources, roles. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"
#include "kith/date.h"

const char *desk_call(const kith_desk *desk, uint32_t thing)
{
    static const char *const people[] = { "a child", "an adult", "a person" };
    const kith_thing *t = &desk->network->things[thing];

    if (desk->called[thing] != NULL) {
        desk->shown[thing] = true;
        return desk->called[thing];
    }
    if (t->kind == KITH_PERSON)
        return people[kith_map_class_of(desk->network, thing)];
    return t->home ? "a home" : t->kind == KITH_LOCATION ? "a place"
           : t->kind == KITH_GROUP                        ? "a group"
                                                          : "an object";
}

void desk_show_scene(kith_desk *desk, const kith_scene *scene)
{
    for (size_t i = 0; i < scene->node_count; i++) {
        const int64_t record = scene->nodes[i].record;
        const uint32_t thing = record != 0 && record % 2 == 0 ? desk_thing(desk, record / 2) : KITH_NOTHING;
        if (thing != KITH_NOTHING)
            desk->shown[thing] = true;
    }
}

kith_status desk_list_shown(uint32_t **list, size_t *count, const kith_desk *desk, kith_error *err)
{
    *count = 0;
    *list = malloc((desk->network->thing_count + 1) * sizeof **list);
    if (*list == NULL)
        return kith_no_memory(err);
    for (uint32_t i = 0; i < desk->network->thing_count; i++)
        if (desk->shown[i])
            (*list)[(*count)++] = i;
    return KITH_OK;
}

void desk_say(kith_text *out, const kith_desk *desk, const char *text, size_t most)
{
    kith_text whole = { 0 };

    kith_scrub_text(&whole, desk->scrub, text);
    if (most == 0 || whole.size <= most) {
        kith_text_add(out, kith_text_string(&whole));
    } else {
        size_t end = most;
        while (end > most / 2 && whole.data[end] != ' ')
            end--;
        while (end > 0 && ((unsigned char)whole.data[end] & 0xC0) == 0x80)
            end--;
        kith_text_add_bytes(out, whole.data, end);
        kith_text_add(out, " \xE2\x80\xA6");
    }
    out->failed = out->failed || whole.failed;
    kith_text_free(&whole);
}

void desk_columns(kith_table *table, const char *title, const char *empty, const char *const names[],
                  size_t count)
{
    *table = (kith_table){ .title = title, .empty = empty };
    for (size_t i = 0; i < count; i++)
        kith_table_column(table, names[i], KITH_CELL_TEXT);
}

void desk_cell(kith_table *table, kith_text *text)
{
    kith_table_text(table, kith_text_string(text));
    table->failed = table->failed || text->failed;
    kith_text_clear(text);
}

void desk_note_more(kith_table *table, size_t more)
{
    if (more > 0)
        kith_table_note(table, "and %zu more", more);
}

static void add_age(kith_text *out, const kith_desk *desk, uint32_t person)
{
    const kith_thing *t = &desk->network->things[person];
    const int32_t as_of = desk->network->view.as_of, adult_from = kith_thing_adult_from(t);
    char day[KITH_TIME_SIZE];

    if (t->born.precision == KITH_UNDATED) {
        kith_text_add(out, ", age not known");
    } else if (t->born.day > as_of) {
        kith_text_add(out, ", child, not yet born");
    } else if (adult_from > as_of) {
        kith_text_format(out, ", child, %d", kith_age(t->born.day, as_of));
    } else if (kith_map_class_of(desk->network, person) == KITH_DRAW_CHILD) {
        kith_day_write(day, adult_from);
        kith_text_format(out, ", child at events here, 18 since %s", day);
    } else {
        kith_text_add(out, ", adult");
    }
}

void desk_head(kith_text *out, const kith_desk *desk, uint32_t thing)
{
    const kith_thing *t = &desk->network->things[thing];

    kith_text_add(out, desk_call(desk, thing));
    if (t->kind == KITH_PERSON)
        add_age(out, desk, thing);
    else if (t->meaning != NULL && t->meaning->known)
        kith_text_format(out, ", %s", t->meaning->label);
}

void desk_when(kith_text *out, const kith_desk *desk, kith_time time)
{
    static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int year, month, day, this_year;
    char written[KITH_TIME_SIZE];

    if (time.precision == KITH_UNDATED) {
        kith_text_add(out, "no date");
        return;
    }
    kith_day_split(time.day, &year, &month, &day);
    kith_day_split(desk->network->view.as_of, &this_year, &(int){ 0 }, &(int){ 0 });
    kith_time_write(written, time);
    if (time.precision == KITH_MONTH)
        kith_text_format(out, "%s %d", months[month - 1], year);
    else
        kith_text_format(out, "%s %d %s", weekdays[kith_weekday(time.day)], day, months[month - 1]);
    if (time.precision != KITH_MONTH && year != this_year)
        kith_text_format(out, " %d", year);
    if (time.precision >= KITH_MINUTE)
        kith_text_format(out, " %.5s%s", written + 11,
                         strchr(written, '+') != NULL ? " (the second of two)" : "");
}

void desk_source(kith_text *out, const kith_desk *desk, uint32_t origin)
{
    const kith_origin *o = &desk->network->origins[origin];
    char grade[KITH_GRADE_SIZE];

    kith_text_add(out, o->source[0] != '\0' ? o->source : "source not given");
    if (o->report_ref[0] != '\0')
        kith_text_format(out, " %s", o->report_ref);
    kith_text_format(out, ", %s", kith_grade_write(grade, o->grade));
}

bool desk_may_be_child(const kith_thing *person, int32_t day)
{
    return kith_thing_adult_from(person) > day;
}

bool desk_part_is_false(const kith_network *network, const kith_participation *part)
{
    return kith_grade_is_false(network->origins[part->origin].grade) ||
           kith_grade_is_false(network->origins[network->events[part->event].origin].grade);
}

const char *desk_role(const kith_desk *desk, const kith_participation *part)
{
    static const struct {
        kith_role role;
        const char *child, *adult;
    } words[] = {
        { KITH_VICTIM, "victim", "victim" },
        { KITH_MISSING, "missing", "missing" },
        { KITH_WITNESS, "witness", "witness" },
        { KITH_CONVICTED_PERPETRATOR, "named in a conviction", "convicted" },
        { KITH_ALLEGED_PERPETRATOR, "named as alleged", "alleged perpetrator" },
        { KITH_REPORTER, "reported it", "reported it" },
        { KITH_HELPER, "helped", "helped" },
    };
    const bool adult = kith_map_class_of(desk->network, part->person) == KITH_DRAW_ADULT;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].role == part->role)
            return adult ? words[i].adult : words[i].child;
    return "present";
}
