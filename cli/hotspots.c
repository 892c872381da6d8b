/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots.c: `kith hotspots`.
 *
 * As a table for reading, public places, service places and homes come as three; in CSV
 * and JSON as one, with a column that says which. A home is an id and nothing else. */
#include "kith/hotspots.h"

#include <math.h>
#include <stdlib.h>

#include "commands.h"
#include "kith/text.h"

enum { NAMED_MOST = 8, POINTS_LEAST = 30 };

/* What is printed of the result: rows [from, to). */
typedef struct answer {
    const kith_call *call;
    const kith_network *network;
    const kith_hotspots_options *options;
    const kith_hotspots *hotspots;
} answer;

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

/* ---- facts ---- */

static void add_facts(kith_table *table, const answer *a)
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

/* ---- notes ---- */

static void note_method(kith_table *table, const answer *a)
{
    static const char *const starts[] = { "the children who are victims or missing",
                                          "every child, because none is victim or missing",
                                          "everybody, because no child is there",
                                          "nobody, because nobody is there: no place has one" };

    kith_table_note(table,
                    "places where children are being harmed or are unsafe: ranked by distinct "
                    "children (under 18 on the day, or of unknown age, in any role but reporter or "
                    "helper), then by weighted events; equal places share a rank");
    kith_table_note(table, "rank_low to rank_high: where the rank lies in 95 of 100 resamples, in "
                           "which children are drawn anew and a tenth of the events is lost");
    kith_table_note(table,
                    "score: share of a walk along the evidence between people and public places "
                    "(damping 0.85) that starts from %s; it never decides a rank",
                    starts[a->hotspots->start]);
    kith_table_note(table,
                    "change: child-days of the last 28 days against the 84 before, exact binomial, "
                    "q_value adjusted for all places tested (Benjamini and Hochberg); emerging "
                    "needs q < 0.05, 3 child-days and 2 children; recent: in the last 28 days "
                    "only, which may be chance; children who come together make a change look "
                    "surer than it is");
}

static void note_limits(kith_table *table)
{
    kith_table_note(table, "this shows what is recorded, not what is true: places that are watched "
                           "more show more, and ranks that rest on few children say little");
    kith_table_note(table, "weighted events rest on default figures for severity, grades and "
                           "half-lives, which are not probabilities");
    kith_table_note(table, "the figures are about places: no child may be ranked, scored or "
                           "sanctioned by them");
}

static void note_unknown_kinds(kith_table *table, const kith_hotspots *hotspots)
{
    kith_text list = { 0 };
    uint64_t events = 0;

    for (size_t i = 0; i < hotspots->unknown_kind_count; i++) {
        const kith_uncounted_kind *kind = &hotspots->unknown_kinds[i];
        events += kind->events;
        if (i < NAMED_MOST)
            kith_text_format(&list, "%s%s (%u)", i > 0 ? ", " : "", kind->word, kind->events);
    }
    if (hotspots->unknown_kind_count > NAMED_MOST)
        kith_text_format(&list, " and %zu more", hotspots->unknown_kind_count - NAMED_MOST);
    if (events > 0)
        kith_table_note(table,
                        "events not counted, because Kith does not know their kinds: %llu: %s; "
                        "--kinds counts the kinds it names",
                        (unsigned long long)events, kith_text_string(&list));
    table->failed |= list.failed;
    kith_text_free(&list);
}

static void note_count(kith_table *table, size_t count, const char *what)
{
    if (count > 0)
        kith_table_note(table, "%s: %zu", what, count);
}

static bool occurs(const kith_network *network, const char *kind)
{
    for (size_t i = 0; i < network->event_count; i++)
        if (kith_word_same(network->events[i].word, kind))
            return true;
    return false;
}

static void note_left_out(kith_table *table, const answer *a)
{
    const kith_hotspots *h = a->hotspots;

    for (size_t i = 0; i < a->options->kind_count; i++)
        if (!occurs(a->network, a->options->kinds[i]))
            kith_table_note(table, "no event of the kind \"%s\" is in the window",
                            a->options->kinds[i]);
    note_unknown_kinds(table, h);
    note_count(table, h->neutral_events,
               a->options->kind_count > 0
                   ? "events not counted, of other known kinds"
                   : "events not counted, of kinds that are no harm or risk");
    note_count(table, h->without_place, "events that would count but have no place");
    note_count(table, h->graded_false,
               "events and participations not counted, graded E (suspected to be false)");
    note_count(table, h->repeated_reports,
               "events whose report is counted already at the same place");
    note_count(table, h->undated, "events without a date, which count in every window");
    note_count(table, h->month_only, "events with a month only, which count on its last day");
}

static void note_sources(kith_table *table, const kith_hotspots *hotspots)
{
    size_t with_children = 0, one_source = 0, age_unknown = 0;

    for (size_t i = 0; i < hotspots->count; i++) {
        const kith_hotspot *h = &hotspots->places[i];
        if (h->children == 0)
            continue;
        with_children++;
        one_source += h->agencies <= 1;
        age_unknown += h->age_unknown > 0;
    }
    note_count(table, age_unknown,
               "places that count people of unknown age among the children (age_unknown)");
    if (one_source > 0)
        kith_table_note(table,
                        "places with children that rest on one agency's records, or name none: %zu "
                        "of %zu",
                        one_source, with_children);
}

static void note_islands(kith_table *table, const answer *a)
{
    const kith_hotspots *h = a->hotspots;
    kith_text list = { 0 };

    for (size_t i = 0; i < h->island_count && i < NAMED_MOST; i++)
        kith_text_format(&list, "%s%s", i > 0 ? ", " : "", a->network->things[h->islands[i]].id);
    if (h->island_count > NAMED_MOST)
        kith_text_format(&list, " and %zu more", h->island_count - NAMED_MOST);
    if (h->island_count > 0)
        kith_table_note(table, "places with no other within the band: %zu: %s", h->island_count,
                        kith_text_string(&list));
    table->failed |= list.failed;
    kith_text_free(&list);
}

static void note_space(kith_table *table, const answer *a)
{
    const kith_hotspots *h = a->hotspots;
    size_t public_places = 0;

    for (size_t i = 0; i < h->count; i++)
        public_places += h->places[i].section == KITH_PUBLIC_PLACE;
    kith_table_note(table,
                    "gi_star_z: Getis-Ord Gi* over the events of %zu public places with "
                    "coordinates; it shows where much is recorded, not where children are harmed",
                    h->gi_places);
    note_count(table, public_places - h->gi_places,
               "public places without latitude and longitude, hence without gi_star_z");
    if (h->gi_places < POINTS_LEAST)
        kith_table_note(table, "with fewer than about %d places a gi_star_z is no guide",
                        POINTS_LEAST);
    note_islands(table, a);
}

static void add_notes(kith_table *table, const answer *a)
{
    call_note_window(a->call, a->network, table);
    note_method(table, a);
    if (a->options->gi_metres > 0)
        note_space(table, a);
    note_left_out(table, a);
    note_sources(table, a->hotspots);
    note_limits(table);
}

/* ---- printing ---- */

static const char *const section_names[] = { "public places", "service places", "homes" };

static void add_section(kith_table *table, const answer *a, kith_place_section section)
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

static kith_status print_one(const answer *a, kith_call *call, kith_error *err)
{
    kith_table table = { 0 };

    add_columns(&table, a->options->gi_metres > 0);
    add_facts(&table, a);
    add_section(&table, a, KITH_PUBLIC_PLACE);
    add_section(&table, a, KITH_SERVICE_PLACE);
    add_section(&table, a, KITH_HOME_PLACE);
    add_notes(&table, a);
    kith_status status = kith_table_status(&table, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status print_three(const answer *a, kith_call *call, kith_error *err)
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
            add_notes(&table, a);
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
    const answer a = { call, &network, options, &hotspots };

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
        status = answer_call(call, &options, err);
    free(kinds);
    return status;
}

static const option_row options[] = {
    { "gi", OPTION_NUMBER, .low = 1, .high = 20037509, .unit = "METRES",
      .help = "adds Getis-Ord Gi* over all events, within this distance" },
    { "kinds", OPTION_TEXT, .unit = "A,B",
      .help = "count these kinds of events alone, instead of every kind of harm or risk" },
    { "limit", OPTION_INTEGER, .low = 1, .high = 1000000000, .unit = "N",
      .help = "at most N public, N service places and N homes" },
    { "resamples", OPTION_INTEGER, .low = 0, .high = KITH_HOTSPOT_RESAMPLES_MAX, .initial = "200",
      .unit = "N", .help = "for the intervals of the ranks" },
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
        "change compares the last 28 days with the 84 before, whatever the window is.",
    .example = "kith hotspots --as-of 2022-06-30\n"
               "kith hotspots --gi 500 --limit 20 --format csv",
    .run = run,
};
