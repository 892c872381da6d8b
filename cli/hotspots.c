/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots.c: `kith hotspots`.
 *
 * As a table for reading, public places, service places and homes come as three; in CSV
 * and JSON as one, with a column that says which. A home is an id and nothing else. */
#include "hotspots.h"

#include <stdlib.h>

#include "commands.h"
#include "kith/selfcheck.h"

static void add_columns(kith_table *table, bool gi)
{
    kith_table_column(table, "rank", KITH_CELL_INTEGER);
    kith_table_column(table, "location_id", KITH_CELL_TEXT);
    kith_table_column(table, "children", KITH_CELL_INTEGER);
    kith_table_column(table, "events", KITH_CELL_INTEGER);
    kith_table_column(table, "score", KITH_CELL_NUMBER);
    kith_table_column(table, "rank_low", KITH_CELL_INTEGER);
    kith_table_column(table, "rank_high", KITH_CELL_INTEGER);
    kith_table_column(table, "change", KITH_CELL_TEXT);
    kith_table_column(table, "q_value", KITH_CELL_NUMBER);
    if (gi)
        kith_table_column(table, "gi_star_z", KITH_CELL_NUMBER);
    kith_table_column(table, "age_unknown", KITH_CELL_INTEGER);
    kith_table_column(table, "weighted_events", KITH_CELL_NUMBER);
    kith_table_column(table, "recent_child_days", KITH_CELL_INTEGER);
    kith_table_column(table, "earlier_child_days", KITH_CELL_INTEGER);
    kith_table_column(table, "missing", KITH_CELL_INTEGER);
    kith_table_column(table, "adult_victims", KITH_CELL_INTEGER);
    kith_table_column(table, "adults_of_concern", KITH_CELL_INTEGER);
    kith_table_column(table, "agencies", KITH_CELL_INTEGER);
    kith_table_column(table, "section", KITH_CELL_TEXT);
    kith_table_column(table, "kind", KITH_CELL_TEXT);
    kith_table_column(table, "name", KITH_CELL_TEXT);
}

static void add_rank(kith_table *table, const kith_hotspot *h, uint32_t rank)
{
    if (h->section == KITH_PUBLIC_PLACE)
        kith_table_integer(table, rank);
    else
        kith_table_missing(table);
}

static void add_row(kith_table *table, const kith_hotspot *h, const kith_thing *place, bool gi)
{
    const bool home = h->section == KITH_HOME_PLACE;

    add_rank(table, h, h->rank);
    kith_table_text(table, place->id);
    kith_table_integer(table, h->children);
    kith_table_integer(table, h->events);
    kith_table_number(table, h->score);
    add_rank(table, h, h->rank_low);
    add_rank(table, h, h->rank_high);
    kith_table_text(table, kith_place_change_word(h->change));
    kith_table_number(table, h->q_value);
    if (gi)
        kith_table_number(table, h->gi_star_z);
    kith_table_integer(table, h->age_unknown);
    kith_table_number(table, h->weighted_events);
    kith_table_integer(table, h->recent_child_days);
    kith_table_integer(table, h->earlier_child_days);
    kith_table_integer(table, h->missing);
    kith_table_integer(table, h->adult_victims);
    kith_table_integer(table, h->adults_of_concern);
    kith_table_integer(table, h->agencies);
    kith_table_text(table, kith_place_section_word(h->section));
    kith_table_text(table, home ? NULL : place->word);
    kith_table_text(table, home ? NULL : place->name);
}

static void add_facts(kith_table *table, const hotspots_answer *a)
{
    char from[KITH_TIME_SIZE], middle[KITH_TIME_SIZE], before[KITH_TIME_SIZE], to[KITH_TIME_SIZE];
    const int32_t as_of = a->call->view.as_of;

    call_view_facts(a->call, table);
    kith_day_write(from, as_of - KITH_HOTSPOT_CHANGE_DAYS + 1);
    kith_day_write(before, as_of - KITH_HOTSPOT_RECENT_DAYS);
    kith_day_write(middle, as_of - KITH_HOTSPOT_RECENT_DAYS + 1);
    kith_day_write(to, as_of);
    kith_table_fact(table, "compared", "%s to %s (%d days) with %s to %s (%d days)", middle, to,
                    KITH_HOTSPOT_RECENT_DAYS, from, before, KITH_HOTSPOT_EARLIER_DAYS);
    kith_table_fact(table, "kinds", "%s",
                    a->options->kind_count > 0 ? call_text(a->call, "kinds")
                                               : "every known kind of harm or risk");
    kith_table_fact(table, "resamples", "%u, seed %llu", a->options->resamples,
                    (unsigned long long)a->options->seed);
    if (a->options->gi_metres > 0)
        kith_table_fact(table, "gi_star", "binary weights within %g m, all events of the window",
                        a->options->gi_metres);
}

static const char *const section_names[] = { "public places", "service places", "homes" };

static void add_section(kith_table *table, const hotspots_answer *a, kith_place_section section)
{
    const int64_t limit = call_given(a->call, "limit") ? call_integer(a->call, "limit") : INT64_MAX;
    int64_t shown = 0, left = 0;

    for (size_t i = 0; i < a->hotspots->count; i++) {
        const kith_hotspot *h = &a->hotspots->places[i];
        if (h->section != section)
            continue;
        if (shown < limit) {
            add_row(table, h, &a->network->things[h->place], a->options->gi_metres > 0);
            shown++;
        } else {
            left++;
        }
    }
    if (left > 0)
        kith_table_note(table, "not shown (--limit): %lld more %s", (long long)left,
                        section_names[section]);
}

static kith_status print_one(const hotspots_answer *a, kith_call *call, kith_error *err)
{
    kith_table table = { 0 };

    add_columns(&table, a->options->gi_metres > 0);
    add_facts(&table, a);
    add_section(&table, a, KITH_PUBLIC_PLACE);
    add_section(&table, a, KITH_SERVICE_PLACE);
    add_section(&table, a, KITH_HOME_PLACE);
    hotspots_notes(&table, a);
    kith_status status = kith_table_status(&table, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status print_three(const hotspots_answer *a, kith_call *call, kith_error *err)
{
    static const char *const titles[] = {
        "Public places where children are being harmed or are unsafe", "Service places, not ranked",
        "Homes, not ranked"
    };
    kith_status status = KITH_OK;

    for (int section = KITH_PUBLIC_PLACE; section <= KITH_HOME_PLACE && status == KITH_OK;
         section++) {
        kith_table table = { .title = titles[section], .empty = "none is recorded" };
        add_columns(&table, a->options->gi_metres > 0);
        if (section == KITH_PUBLIC_PLACE)
            add_facts(&table, a);
        else
            fputc('\n', call->out);
        add_section(&table, a, (kith_place_section)section);
        if (section == KITH_HOME_PLACE)
            hotspots_notes(&table, a);
        status = kith_table_status(&table, err);
        if (status == KITH_OK)
            status = call_print(call, &table, err);
        kith_table_free(&table);
    }
    return status;
}

/* The change test needs 112 days, whatever the window of the figures. */
static kith_view reaching_back(const kith_view *view)
{
    kith_view wide = *view;
    const int32_t first = view->as_of - KITH_HOTSPOT_CHANGE_DAYS + 1;

    if (wide.since > first)
        wide.since = first;
    return wide;
}

static kith_status answer_call(kith_call *call, const kith_hotspots_options *options,
                               kith_error *err)
{
    const kith_view view = reaching_back(&call->view);
    kith_network network = { 0 };
    kith_hotspots hotspots = { 0 };
    const hotspots_answer a = { call, &network, options, &hotspots };

    kith_status status = kith_network_build(&network, call->store, &view, err);
    if (status == KITH_OK)
        status = kith_hotspots_find(&hotspots, &network, options, err);
    if (status == KITH_OK)
        status = call->format == KITH_FORMAT_TABLE ? print_three(&a, call, err)
                                                   : print_one(&a, call, err);
    kith_hotspots_free(&hotspots);
    kith_network_free(&network);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    kith_hotspots_options options = { .since = call->view.since,
                                      .gi_metres =
                                          call_given(call, "gi") ? call_number(call, "gi") : 0,
                                      .resamples = (uint32_t)call_integer(call, "resamples"),
                                      .seed = call->seed };
    char **kinds = NULL;

    kith_status status = call_list(&kinds, &options.kind_count, call, "kinds", err);
    options.kinds = (const char *const *)kinds;
    if (status == KITH_OK)
        status = call_given(call, "self-check") ? hotspots_selfcheck(call, &options, err)
                                                : answer_call(call, &options, err);
    free(kinds);
    return status;
}

static const option_row options[] = {
    { "gi", OPTION_NUMBER, .low = 1, .high = 20000000, .unit = "METRES",
      .help = "adds Getis-Ord Gi* over all events, within this distance" },
    { "kinds", OPTION_TEXT, .unit = "A,B",
      .help = "count these kinds of events alone, instead of every kind of harm or risk" },
    { "limit", OPTION_INTEGER, .low = 1, .high = 1000000000, .unit = "N",
      .help = "at most N public, N service places and N homes" },
    { "resamples", OPTION_INTEGER, .low = 0, .high = KITH_HOTSPOT_RESAMPLES_MAX, .initial = "200",
      .unit = "N", .help = "for the intervals of the ranks" },
    { "self-check", OPTION_INTEGER, .low = 1, .high = KITH_SELFCHECK_MONTHS_MAX, .unit = "MONTHS",
      .help = "the lists of so many past months held against the month after each" },
    { "top", OPTION_INTEGER, .low = 1, .high = 1000, .initial = "10", .unit = "N",
      .help = "places on a list of --self-check" },
    OPTION_END
};

const kith_command command_hotspots = {
    .name = "hotspots",
    .summary = "places where children are being harmed or are unsafe",
    .operands = "",
    .hub = HUB_READ,
    .window_days = KITH_HOTSPOT_CHANGE_DAYS,
    .options = options,
    .about =
        "Public places by how many different children their events concern, then by the evidence.\n"
        "Service places (schools, hospitals, police stations) and homes stand apart and are not\n"
        "ranked; a home is an id only. Each rank comes with the interval in which it stays when\n"
        "children are drawn anew and a tenth of the events is lost.\n"
        "\n"
        "change compares the last 28 days with the 84 before, whatever the window is.\n"
        "\n"
        "--self-check makes the list as it would have been 28, 56, ... days ago and counts what the 28\n"
        "days after brought to the places on it, beside a plain count of events.",
    .example = "kith hotspots --as-of 2022-06-30\n"
               "kith hotspots --gi 500 --limit 20 --format csv\n"
               "kith hotspots --as-of 2022-06-30 --self-check 3",
    .run = run,
};
