/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_week.c: `kith hotspots --week ID`: the hours of a place's week. */
#include "hotspots.h"

static void fill(kith_table *table, const kith_place_facts *facts)
{
    kith_table_column(table, "day", KITH_CELL_INTEGER);
    kith_table_column(table, "hour", KITH_CELL_INTEGER);
    kith_table_column(table, "events", KITH_CELL_INTEGER);
    for (int day = 0; facts != NULL && day < KITH_WEEKDAYS; day++)
        for (int hour = 0; hour < KITH_DAY_HOURS; hour++) {
            if (facts->hours[day][hour] == 0)
                continue;
            kith_table_integer(table, day + 1);
            kith_table_integer(table, hour);
            kith_table_integer(table, facts->hours[day][hour]);
        }
    if (facts == NULL || facts->untimed == 0)
        return;
    kith_table_missing(table);
    kith_table_missing(table);
    kith_table_integer(table, facts->untimed);
}

static kith_status print(kith_call *call, const kith_network *network, const kith_thing *place,
                         const kith_place_facts *facts, kith_error *err)
{
    kith_table table = { .title = "The hours of a place's week", .empty = "nothing is counted there in the window" };

    kith_table_fact(&table, "place", "%s", place->id);
    call_view_facts(call, &table);
    fill(&table, facts);
    kith_table_note(&table, "events that hotspots counts, a repeated report once; London's clock; 1 is Monday; without "
                            "day and hour: no time of day is recorded");
    call_note_window(call, network, &table);
    kith_status status = kith_table_status(&table, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

kith_status hotspots_week(kith_call *call, const kith_hotspots_options *options, kith_error *err)
{
    kith_network network = { 0 };
    kith_places_facts facts = { 0 };
    uint32_t place = 0;
    kith_status status = kith_network_build(&network, call->store, &call->view, err);

    if (status == KITH_OK)
        status = kith_network_find(&place, &network, call_text(call, "week"), err);
    if (status == KITH_OK && network.things[place].kind != KITH_LOCATION)
        status = kith_fail(err, KITH_USAGE, "%s is no place; --week is of one", call_text(call, "week"));
    if (status == KITH_OK)
        status = kith_places_facts_find(&facts, &network, options, NULL, err);
    if (status == KITH_OK)
        status = print(call, &network, &network.things[place], kith_place_facts_of(&facts, place), err);
    kith_places_facts_free(&facts);
    kith_network_free(&network);
    return status;
}
