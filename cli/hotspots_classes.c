/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_classes.c: places for an audience that is given no small counts (R66): by their ids, each with the
 * class that its counts lie in, and nothing that is made from the counts themselves (suppress.h). */
#include <stdlib.h>

#include "hotspots.h"
#include "kith/suppress.h"

static uint32_t least_of(const kith_call *call)
{
    return (uint32_t)call->audience->small;
}

bool hotspots_as_classes(const kith_call *call)
{
    return least_of(call) > 0;
}

static void add_row(kith_table *table, const kith_network *network, const kith_hotspot *h)
{
    const kith_thing *place = &network->things[h->place];
    const bool home = h->section == KITH_HOME_PLACE;

    kith_table_text(table, place->id);
    kith_table_text(table, home ? NULL : place->name);
    kith_table_text(table, home ? NULL : place->word);
    kith_table_text(table, kith_place_section_word(h->section));
    kith_table_integer(table, h->children);
    kith_table_integer(table, h->events);
    kith_table_text(table, kith_place_change_word(h->change));
}

/* The order of things is that of their ids. */
static int by_place(const void *left, const void *right)
{
    const kith_hotspot *a = *(const kith_hotspot *const *)left, *b = *(const kith_hotspot *const *)right;

    return (a->place > b->place) - (a->place < b->place);
}

static void add_columns(kith_table *table)
{
    kith_table_column(table, "location_id", KITH_CELL_TEXT);
    kith_table_column(table, "name", KITH_CELL_TEXT);
    kith_table_column(table, "kind", KITH_CELL_TEXT);
    kith_table_column(table, "section", KITH_CELL_TEXT);
    kith_table_column(table, "children", KITH_CELL_INTEGER);
    kith_table_column(table, "events", KITH_CELL_INTEGER);
    kith_table_column(table, "change", KITH_CELL_TEXT);
}

/* With points, homes are left out, and each row has one. */
static kith_status fill(kith_table *table, kith_point *points, const hotspots_answer *a, kith_error *err)
{
    static const char *const counts[] = { "children", "events" };
    const kith_hotspots *hotspots = a->hotspots;
    const int64_t limit = call_knows(a->call, "limit") && call_given(a->call, "limit")
                              ? call_integer(a->call, "limit")
                              : INT64_MAX;
    const kith_hotspot **list = malloc((hotspots->count + 1) * sizeof *list);
    int64_t shown[] = { 0, 0, 0 };
    size_t rows = 0;

    if (list == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < hotspots->count; i++)
        list[i] = &hotspots->places[i];
    qsort(list, hotspots->count, sizeof *list, by_place);
    add_columns(table);
    for (size_t i = 0; i < hotspots->count; i++) {
        if ((points != NULL && list[i]->section == KITH_HOME_PLACE) || shown[list[i]->section]++ >= limit)
            continue;
        add_row(table, a->network, list[i]);
        if (points != NULL)
            points[rows++] = (kith_point){ a->network->things[list[i]->place].lat, a->network->things[list[i]->place].lon };
    }
    free(list);
    return kith_suppress_columns(table, counts, 2, least_of(a->call), err);
}

kith_status hotspots_classes_table(kith_table *table, kith_point *points, const hotspots_answer *a, kith_error *err)
{
    hotspots_facts(table, a);
    kith_table_fact(table, "counts", "as classes, in the order of ids: %s is given none from 1 to %u",
                    a->call->audience->label, least_of(a->call) - 1);
    kith_table_note(table, "children: different children, under 18 on the day or of unknown age; events: of kinds of harm or "
                           "risk; a home is an id only; 0 is what is recorded here, and no finding of safety");
    return fill(table, points, a, err);
}

kith_status hotspots_classes(const hotspots_answer *a, kith_call *call, kith_error *err)
{
    kith_table table = { .title = "Places where children are being harmed or are unsafe", .empty = "none is recorded" };
    kith_status status = hotspots_classes_table(&table, NULL, a, err);

    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}
