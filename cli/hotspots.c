/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots.c: `kith hotspots`.
 *
 * As a table for reading, public places, service places and homes come as three; in CSV
 * and JSON as one, with a column that says which. A home is an id and nothing else. */
#include "hotspots.h"

#include <stdlib.h>

#include "commands.h"
#include "hub.h"
#include "kith/file.h"
#include "kith/getis_ord.h"
#include "kith/selfcheck.h"
#include "picture.h"

void hotspots_facts(kith_table *table, const hotspots_answer *a)
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
    if (a->options->resamples > 0)
        kith_table_fact(table, "resamples", "%u, seed %llu", a->options->resamples,
                        (unsigned long long)a->options->seed);
    if (a->options->gi_metres > 0)
        kith_table_fact(table, "gi", "binary weights within %g m, all events of the window",
                        a->options->gi_metres);
    if (a->options->gi_nearest > 0)
        kith_table_fact(table, "gi", "binary weights, the %u nearest places, all events of the window",
                        a->options->gi_nearest);
    if (hotspots_gi(a))
        kith_table_fact(table, "permutations", "%u", a->options->gi_permutations);
}

static const char *const section_names[] = { "public places", "service places", "homes" };

/* How much of a row is wanted. */
enum { FIGURES = 1, WORDS = 2 };

static void add_section(kith_table *table, const hotspots_answer *a, kith_place_section section,
                        int wanted)
{
    const int64_t limit = call_knows(a->call, "limit") && call_given(a->call, "limit")
                              ? call_integer(a->call, "limit")
                              : INT64_MAX;
    int64_t shown = 0, left = 0;

    for (size_t i = 0; i < a->hotspots->count; i++) {
        const kith_hotspot *h = &a->hotspots->places[i];
        if (h->section != section)
            continue;
        if (shown >= limit) {
            left++;
            continue;
        }
        if (wanted & FIGURES)
            hotspots_row(table, a, h);
        else
            kith_table_text(table, a->network->things[h->place].id);
        if (wanted & WORDS)
            hotspots_words(table, a, h);
        shown++;
    }
    if (left > 0 && (wanted & FIGURES))
        kith_table_note(table, "not shown (--limit): %lld more %s", (long long)left,
                        section_names[section]);
}

static kith_status finish(kith_table *table, kith_call *call, kith_error *err)
{
    kith_status status = kith_table_status(table, err);

    if (status == KITH_OK)
        status = call_print(call, table, err);
    kith_table_free(table);
    return status;
}

static kith_status print_one(const hotspots_answer *a, kith_call *call, kith_error *err)
{
    kith_table table = { 0 };
    const int wanted = a->facts != NULL ? FIGURES | WORDS : FIGURES;

    hotspots_columns(&table, a);
    if (a->facts != NULL)
        hotspots_words_columns(&table, a);
    hotspots_facts(&table, a);
    add_section(&table, a, KITH_PUBLIC_PLACE, wanted);
    add_section(&table, a, KITH_SERVICE_PLACE, wanted);
    add_section(&table, a, KITH_HOME_PLACE, wanted);
    hotspots_notes(&table, a);
    return finish(&table, call, err);
}

static kith_status print_words(const hotspots_answer *a, kith_call *call, kith_error *err)
{
    kith_table table = { .title = "What is recorded of the public places", .empty = "none is recorded" };

    fputc('\n', call->out);
    kith_table_column(&table, "location_id", KITH_CELL_TEXT);
    hotspots_words_columns(&table, a);
    add_section(&table, a, KITH_PUBLIC_PLACE, WORDS);
    return finish(&table, call, err);
}

static kith_status print_all(const hotspots_answer *a, kith_call *call, kith_error *err)
{
    static const char *const titles[] = {
        "Public places where children are being harmed or are unsafe", "Service places, not ranked",
        "Homes, not ranked"
    };
    kith_status status = KITH_OK;

    for (int section = KITH_PUBLIC_PLACE; section <= KITH_HOME_PLACE && status == KITH_OK;
         section++) {
        kith_table table = { .title = titles[section], .empty = "none is recorded" };
        hotspots_columns(&table, a);
        if (section == KITH_PUBLIC_PLACE)
            hotspots_facts(&table, a);
        else
            fputc('\n', call->out);
        add_section(&table, a, (kith_place_section)section, FIGURES);
        if (section == KITH_HOME_PLACE)
            hotspots_notes(&table, a);
        status = finish(&table, call, err);
        if (status == KITH_OK && section == KITH_PUBLIC_PLACE && a->facts != NULL)
            status = print_words(a, call, err);
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

/* Everything that stands beside the figures. */
static kith_status answer_rest(hotspots_answer *a, kith_call *call, kith_displacements *displacements,
                               kith_places_facts *facts, kith_reach *reach, kith_error *err)
{
    if (hotspots_as_classes(call))
        return KITH_OK;
    kith_status status = kith_displacement_find(displacements, a->network, a->options, a->hotspots,
                                                a->near_metres, err);

    a->displacements = displacements;
    if (status == KITH_OK)
        status = kith_places_facts_find(facts, a->network, a->options, call->store, err);
    a->facts = facts;
    if (status == KITH_OK && call_flag(call, "reach")) {
        status = kith_reach_find(reach, call->store, a->network, a->options, call->seed, err);
        a->reach = reach;
    }
    return status;
}

static kith_status print_answer(const hotspots_answer *a, kith_call *call, kith_error *err)
{
    const char *path = call_text(call, "output");

    if (picture_form(path) != NULL)
        return hotspots_map(a, call, path, err);
    if (hotspots_is_geojson(path))
        return hotspots_geojson(a, call, err);
    if (hotspots_as_classes(call))
        return hotspots_classes(a, call, err);
    return call->format == KITH_FORMAT_TABLE ? print_all(a, call, err) : print_one(a, call, err);
}

static kith_status answer_call(kith_call *call, const kith_hotspots_options *options,
                               kith_error *err)
{
    const kith_view view = reaching_back(&call->view);
    kith_network network = { 0 };
    kith_hotspots hotspots = { 0 };
    kith_displacements displacements = { 0 };
    kith_places_facts facts = { 0 };
    kith_reach reach = { 0 };
    hotspots_answer a = { .call = call, .network = &network, .options = options,
                          .hotspots = &hotspots, .near_metres = call_number(call, "near") };
    const bool brief = call_flag(call, "brief");

    kith_status status = brief ? kith_network_build_events(&network, call->store, &view, err)
                               : kith_network_build(&network, call->store, &view, err);
    if (status == KITH_OK)
        status = kith_hotspots_find(&hotspots, &network, options, err);
    if (status == KITH_OK && !brief)
        status = answer_rest(&a, call, &displacements, &facts, &reach, err);
    if (status == KITH_OK)
        status = print_answer(&a, call, err);
    kith_reach_free(&reach);
    kith_places_facts_free(&facts);
    kith_displacements_free(&displacements);
    kith_hotspots_free(&hotspots);
    kith_network_free(&network);
    return status;
}

kith_status hotspots_beside(kith_network *network, kith_call *call, const char *path,
                            kith_error *err)
{
    const kith_hotspots_options options = { .since = call->view.since, .seed = call->seed };
    kith_hotspots hotspots = { 0 };
    const hotspots_answer a = { .call = call, .network = network, .options = &options,
                                .hotspots = &hotspots };
    FILE *const out = call->out;
    kith_new_file file;
    bool in_place;

    kith_status status = call_look_at_output(&in_place, call, path, err);
    if (status == KITH_OK && in_place)
        status = kith_fail(err, KITH_USAGE, "--places is written to a file; %s is none", path);
    if (status == KITH_OK)
        status = kith_hotspots_find_last(&hotspots, network, &options, err);
    if (status == KITH_OK)
        status = kith_file_begin(&file, path, err);
    if (status == KITH_OK) {
        call->out = file.out;
        status = hotspots_as_classes(call)            ? hotspots_classes(&a, call, err)
                 : call->format == KITH_FORMAT_TABLE ? print_all(&a, call, err)
                                                      : print_one(&a, call, err);
        status = kith_file_end(&file, status, err);
        call->out = out;
    }
    kith_hotspots_free(&hotspots);
    return status;
}

static kith_status check_brief(const kith_call *call, kith_error *err)
{
    static const char *const more[] = { "resamples", "near", "reach", "self-check", "near-repeat" };
    const char *path = call_text(call, "output");

    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (call_given(call, more[i]))
            return kith_fail(err, KITH_USAGE, "--brief leaves out what --%s asks for; give one of them",
                             more[i]);
    if (picture_form(path) != NULL || hotspots_is_geojson(path))
        return kith_fail(err, KITH_USAGE, "--brief is a table; name another file than %s", path);
    return KITH_OK;
}

/* What is for another answer than the one asked for is refused, not passed over. */
static kith_status check_together(const kith_call *call, kith_error *err)
{
    const bool check = call_given(call, "self-check"), repeat = call_flag(call, "near-repeat");
    const char *path = call_text(call, "output");
    const bool picture = picture_form(path) != NULL;

    if (check && repeat)
        return kith_fail(err, KITH_USAGE, "--self-check and --near-repeat are two tables; give one of them");
    if ((check || repeat) && (call_given(call, "gi") || call_given(call, "gi-nearest") ||
                              call_flag(call, "reach")))
        return kith_fail(err, KITH_USAGE, "--gi, --gi-nearest and --reach are for the list of places; --%s is "
                         "another table", check ? "self-check" : "near-repeat");
    if ((check || repeat) && (picture || hotspots_is_geojson(path)))
        return kith_fail(err, KITH_USAGE, "--%s is a table; name another file than %s",
                         check ? "self-check" : "near-repeat", path);
    if (call_given(call, "outlines") && !picture)
        return kith_fail(err, KITH_USAGE, "--outlines are for a map; name a picture, as -o places.svg");
    return KITH_OK;
}

/* Whoever is given no small counts is given the list of places alone. */
static kith_status check_counts(const kith_call *call, kith_error *err)
{
    static const char *const counting[] = { "self-check", "near-repeat", "week", "reach", "gi", "gi-nearest", "resamples" };
    kith_status status = picture_form(call_text(call, "output")) != NULL ? call_may_count(call, "a map of places", err)
                                                                         : KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < sizeof counting / sizeof *counting; i++) {
        char what[32];
        if (!call_given(call, counting[i]))
            continue;
        snprintf(what, sizeof what, "--%s", counting[i]);
        status = call_may_count(call, what, err);
    }
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    kith_hotspots_options options = { .since = call->view.since,
                                      .gi_metres =
                                          call_given(call, "gi") ? call_number(call, "gi") : 0,
                                      .gi_nearest = call_given(call, "gi-nearest")
                                                        ? (uint32_t)call_integer(call, "gi-nearest")
                                                        : 0,
                                      .gi_permutations = (uint32_t)call_integer(call, "permutations"),
                                      .resamples = call_flag(call, "brief") || hotspots_as_classes(call)
                                                       ? 0
                                                       : (uint32_t)call_integer(call, "resamples"),
                                      .seed = call->seed };
    char **kinds = NULL;

    kith_status status = call_flag(call, "brief") ? check_brief(call, err) : KITH_OK;
    if (status == KITH_OK)
        status = check_together(call, err);
    if (status == KITH_OK)
        status = check_counts(call, err);
    if (status == KITH_OK)
        status = call_list(&kinds, &options.kind_count, call, "kinds", err);
    options.kinds = (const char *const *)kinds;
    if (status == KITH_OK)
        status = call_given(call, "self-check")   ? hotspots_selfcheck(call, &options, err)
                 : call_given(call, "week")       ? hotspots_week(call, &options, err)
                 : call_flag(call, "near-repeat") ? hotspots_near_repeat(call, &options, err)
                                                  : answer_call(call, &options, err);
    free(kinds);
    return status;
}

static const option_row options[] = {
    TABLES_OPTION,
    { "brief", OPTION_FLAG,
      .help = "the figures alone, without intervals and what is recorded: the quickest, for millions" },
    { "gi", OPTION_NUMBER, .low = 1, .high = 20000000, .unit = "METRES",
      .help = "adds Getis-Ord Gi* and Gi over all events, within this distance" },
    { "gi-nearest", OPTION_INTEGER, .low = 1, .high = 1000, .unit = "K",
      .help = "or over the K nearest places, instead of a distance" },
    { "permutations", OPTION_INTEGER, .low = 1, .high = KITH_GI_PERMUTATIONS_MAX, .initial = "999",
      .unit = "N", .help = "for gi_p and gi_q, and for --near-repeat" },
    { "kinds", OPTION_TEXT, .unit = "A,B",
      .help = "count these kinds of events alone, instead of every kind of harm or risk" },
    { "limit", OPTION_INTEGER, .low = 1, .high = 1000000000, .unit = "N",
      .help = "at most N public, N service places and N homes" },
    { "near", OPTION_NUMBER, .low = 0, .high = 100000, .initial = "1000", .unit = "METRES",
      .help = "how near a place that warms lies to one that cools; 0: only with the same children" },
    { "reach", OPTION_FLAG,
      .help = "adds the peer groups that meet there, and the children who first met there" },
    { "resamples", OPTION_INTEGER, .low = 0, .high = KITH_HOTSPOT_RESAMPLES_MAX, .initial = "200",
      .unit = "N", .help = "for the intervals of the ranks" },
    { "self-check", OPTION_INTEGER, .low = 1, .high = KITH_SELFCHECK_MONTHS_MAX, .unit = "MONTHS",
      .help = "the lists of so many past months held against the month after each" },
    { "top", OPTION_INTEGER, .low = 1, .high = 1000, .initial = "10", .unit = "N",
      .help = "places on a list of --self-check" },
    { "near-repeat", OPTION_FLAG,
      .help = "pairs of events by distance and days between them, against permuted days (Knox)" },
    { "week", OPTION_TEXT, .unit = "ID", .help = "the hours of this place's week instead: events by day (1 is Monday) and hour" },
    { "metres", OPTION_TEXT, .initial = "200,400,600", .unit = "A,B", .help = "edges of --near-repeat" },
    { "days", OPTION_TEXT, .initial = "7,14,28", .unit = "A,B", .help = "edges of --near-repeat" },
    { "closed", OPTION_FLAG, .help = "bands of --near-repeat hold their upper edge" },
    { "outlines", OPTION_TEXT, .unit = "FILE",
      .help = "GeoJSON drawn behind the places of a map, as wards or a coast" },
    PICTURE_OPTIONS,
    OPTION_END
};

const kith_command command_hotspots = {
    .name = "hotspots",
    .summary = "places where children are being harmed or are unsafe",
    .operands = "",
    .hub = HUB_READ,
    .window_days = KITH_HOTSPOT_CHANGE_DAYS,
    .draws = true,
    .options = options,
    .about =
        "Public places by how many different children their events concern, then by the evidence.\n"
        "Service places (schools, hospitals, police stations) and homes stand apart and are not\n"
        "ranked; a home is an id only. Each rank comes with the interval in which it stays when\n"
        "children are drawn anew and a tenth of the events is lost.\n"
        "\n"
        "change compares the last 28 days with the 84 before, whatever the window is. Where a place\n"
        "cools while one nearby, or with the same children, warms, displacement names it.\n"
        "\n"
        "--self-check makes the list as it would have been 28, 56, ... days ago and counts what the 28\n"
        "days after brought to the places on it, beside a plain count of events.\n"
        "\n"
        "An audience that is given no small counts (`kith policy --audiences`) reads the places in the\n"
        "order of their ids, each with the class its counts lie in, and nothing made from the counts.\n"
        "\n"
        "-o FILE.geojson writes the places for other maps; -o FILE.svg, .pdf, .png or .html draws them\n"
        "to scale, with --outlines behind. No home is ever on a map.",
    .example = "kith hotspots --as-of 2022-06-30\n"
               "kith hotspots --gi 500 --limit 20 --format csv\n"
               "kith hotspots --as-of 2022-06-30 --self-check 3\n"
               "kith hotspots --as-of 2022-06-30 --near-repeat --metres 300,600 --days 7,14\n"
               "kith hotspots --as-of 2022-06-30 -o places.svg",
    .run = run,
};
