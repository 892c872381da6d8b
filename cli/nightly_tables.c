/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly_tables.c: the report as tables and sentences, the same for page, CSV and JSON.
 *
 * Where small counts are hidden there is nothing that is made from counts: no ranks, reasons,
 * bars or q-values, and the order is that of the ids. */
#include <stdlib.h>

#include "kith/date.h"
#include "kith/suppress.h"
#include "nightly_report.h"

static const char *const bars[] = { "\xe2\x96\x81", "\xe2\x96\x82", "\xe2\x96\x83", "\xe2\x96\x84",
                                    "\xe2\x96\x85", "\xe2\x96\x86", "\xe2\x96\x87", "\xe2\x96\x88" };
enum { BARS = sizeof bars / sizeof *bars };

hotspots_answer paper_answer(const night_paper *paper)
{
    const night_state *s = paper->state;

    return (hotspots_answer){ .call = paper->call,
                              .network = &s->network,
                              .options = &s->options,
                              .hotspots = &s->hotspots,
                              .displacements = &s->displacements,
                              .facts = &s->facts,
                              .near_metres = KITH_DISPLACEMENT_METRES };
}

static bool hides(const night_paper *paper)
{
    return paper->least > 0;
}

static void add_columns(kith_table *table, const night_paper *paper, bool full)
{
    enum { BRIEF = 1, FULL = 2, COUNTS = 4 }; /* not in full; in full only; only where counts are shown */
    static const struct {
        const char *name;
        kith_cell_type type;
        unsigned where;
    } columns[] = {
        { "news", KITH_CELL_TEXT, FULL },
        { "rank", KITH_CELL_INTEGER, COUNTS },
        { "location_id", KITH_CELL_TEXT, 0 },
        { "name", KITH_CELL_TEXT, 0 },
        { "kind", KITH_CELL_TEXT, 0 },
        { "section", KITH_CELL_TEXT, FULL },
        { "children", KITH_CELL_INTEGER, 0 },
        { "events", KITH_CELL_INTEGER, 0 },
        { "change", KITH_CELL_TEXT, FULL },
        { "weeks", KITH_CELL_TEXT, COUNTS },
        { "what_changed", KITH_CELL_TEXT, COUNTS },
        { "when", KITH_CELL_TEXT, BRIEF | COUNTS },
        { "rank_low", KITH_CELL_INTEGER, FULL | COUNTS },
        { "rank_high", KITH_CELL_INTEGER, FULL | COUNTS },
        { "q_value", KITH_CELL_NUMBER, FULL | COUNTS },
        { "children_before", KITH_CELL_INTEGER, FULL | COUNTS },
        { "new_children", KITH_CELL_INTEGER, FULL | COUNTS },
        { "new_events", KITH_CELL_INTEGER, FULL | COUNTS },
        { "recent_child_days", KITH_CELL_INTEGER, FULL | COUNTS },
        { "earlier_child_days", KITH_CELL_INTEGER, FULL | COUNTS },
        { "age_unknown", KITH_CELL_INTEGER, FULL | COUNTS },
        { "agencies", KITH_CELL_INTEGER, FULL | COUNTS },
        { "next", KITH_CELL_TEXT, FULL | COUNTS },
    };
    const unsigned hidden = (full ? BRIEF : FULL) | (hides(paper) ? COUNTS : 0);

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if ((columns[i].where & hidden) == 0)
            kith_table_column(table, columns[i].name, columns[i].type);
    if (full && !hides(paper)) {
        const hotspots_answer answer = paper_answer(paper);
        hotspots_words_columns(table, &answer);
    }
}

/* Sixteen weeks of child-days, the last four apart: as bars to look at, as numbers in full. */
static void add_weeks(kith_text *out, const kith_hotspot *h, bool full)
{
    uint16_t most = 1;

    for (int w = 0; w < KITH_HOTSPOT_WEEKS; w++)
        most = h->weeks[w] > most ? h->weeks[w] : most;
    for (int w = 0; w < KITH_HOTSPOT_WEEKS; w++) {
        if (full)
            kith_text_format(out, "%s%u", w > 0 ? " " : "", (unsigned)h->weeks[w]);
        else if (h->weeks[w] == 0)
            kith_text_add(out, "\xc2\xb7");
        else
            kith_text_add(out, bars[(h->weeks[w] * BARS - 1) / most]);
        if (!full && w + 1 == KITH_HOTSPOT_WEEKS - 4)
            kith_text_add(out, "\xe2\x94\x82"); /* a line that no browser breaks at */
    }
}

static void add_text(kith_table *table, kith_text *text)
{
    kith_table_text(table, text->size > 0 ? text->data : NULL);
    table->failed |= text->failed;
    kith_text_clear(text);
}

static void add_integer(kith_table *table, bool shown, int64_t value)
{
    if (shown)
        kith_table_integer(table, value);
    else
        kith_table_missing(table);
}

static void add_full(kith_table *table, const kith_night_place *p, bool ranked, bool compared, kith_text *text)
{
    const kith_hotspot *h = p->now;

    add_integer(table, ranked, h->rank_low);
    add_integer(table, ranked, h->rank_high);
    kith_table_number(table, h->q_value);
    add_integer(table, compared, p->children_before);
    add_integer(table, compared, p->new_children);
    add_integer(table, compared, p->new_events);
    kith_table_integer(table, h->recent_child_days);
    kith_table_integer(table, h->earlier_child_days);
    kith_table_integer(table, h->age_unknown);
    kith_table_integer(table, h->agencies);
    kith_night_next(text, p);
    add_text(table, text);
}

static void add_row(kith_table *table, const night_paper *paper, const kith_night_place *p, bool full,
                    kith_text *text)
{
    const kith_hotspot *h = p->now;
    const kith_thing *place = &paper->state->network.things[h->place];
    const bool home = h->section == KITH_HOME_PLACE, ranked = h->section == KITH_PUBLIC_PLACE;

    if (full)
        kith_table_text(table, kith_place_news_word(p->news));
    if (!hides(paper))
        add_integer(table, ranked, h->rank);
    kith_table_text(table, place->id);
    kith_table_text(table, home ? NULL : place->name);
    kith_table_text(table, home ? NULL : place->word);
    if (full)
        kith_table_text(table, kith_place_section_word(h->section));
    kith_table_integer(table, h->children);
    kith_table_integer(table, h->events);
    if (full)
        kith_table_text(table, kith_place_change_word(h->change));
    if (hides(paper))
        return;
    add_weeks(text, h, full);
    add_text(table, text);
    kith_night_reasons(text, p, paper->n->last.day);
    add_text(table, text);
    if (!home && !full)
        kith_place_times_write(text, kith_place_facts_of(&paper->state->facts, h->place));
    if (!full)
        add_text(table, text);
    if (full) {
        const hotspots_answer answer = paper_answer(paper);
        add_full(table, p, ranked, paper->state->night.compared, text);
        hotspots_words(table, &answer, h);
    }
}

static bool belongs(const kith_night_place *p, int section, int news)
{
    if (section >= 0 && (int)p->now->section != section)
        return false;
    return news == NEWS_ALL ? p->news != KITH_NEWS_NOTHING : (int)p->news == news;
}

/* The network's things are sorted by their ids. */
const kith_night_place **paper_by_id(const night_paper *paper)
{
    const kith_night *told = &paper->state->night;
    const size_t things = paper->state->network.thing_count;
    const kith_night_place **list = calloc(things + 1, sizeof *list);
    size_t count = 0;

    for (size_t i = 0; list != NULL && i < told->count; i++)
        list[told->places[i].now->place] = &told->places[i];
    for (size_t i = 0; list != NULL && i < things; i++)
        if (list[i] != NULL)
            list[count++] = list[i];
    return list;
}

void paper_places(kith_table *table, const night_paper *paper, int section, int news, bool full,
                  int64_t most)
{
    static const char *const counts[] = { "children", "events" };
    const kith_night *told = &paper->state->night;
    const kith_night_place **by_id = hides(paper) ? paper_by_id(paper) : NULL;
    kith_text text = { 0 };
    int64_t shown = 0, left = 0;

    add_columns(table, paper, full);
    table->failed |= hides(paper) && by_id == NULL;
    for (size_t i = 0; !table->failed && i < told->count; i++) {
        const kith_night_place *p = by_id != NULL ? by_id[i] : &told->places[i];
        if (!belongs(p, section, news))
            continue;
        if (shown < most)
            add_row(table, paper, p, full, &text);
        shown < most ? shown++ : left++;
    }
    if (left > 0)
        kith_table_note(table, "not shown: %lld more; hotspots.csv has all", (long long)left);
    if (hides(paper) && kith_suppress_columns(table, counts, 2, paper->least, NULL) != KITH_OK)
        table->failed = true;
    kith_text_free(&text);
    free(by_id);
}

static uint64_t total(const kith_import_report *report, bool changed)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++)
        sum += changed ? report->counts[i].changed : report->counts[i].added;
    return sum;
}

static bool is_stale(const night_paper *paper, const night_load *load)
{
    return load->source->stale_days > 0 && load->newest > 0 &&
           kith_day_of(load->newest) < paper->n->date - load->source->stale_days;
}

void paper_sources(kith_table *table, const night_paper *paper)
{
    char newest[KITH_TIME_SIZE];

    table->empty = "no source is configured: the report is of what the hub holds";
    kith_table_column(table, "source", KITH_CELL_TEXT);
    kith_table_column(table, "tonight", KITH_CELL_TEXT);
    kith_table_column(table, "new_records", KITH_CELL_INTEGER);
    kith_table_column(table, "corrected", KITH_CELL_INTEGER);
    kith_table_column(table, "warnings", KITH_CELL_INTEGER);
    kith_table_column(table, "newest_file", KITH_CELL_TEXT);
    kith_table_column(table, "why", KITH_CELL_TEXT);
    for (size_t i = 0; i < paper->n->config->source_count; i++) {
        const night_load *load = &paper->n->loads[i];
        const bool loaded = load->status == KITH_OK;
        kith_day_write(newest, kith_day_of(load->newest));
        kith_table_text(table, load->source->name);
        kith_table_text(table, !loaded ? "left out" : is_stale(paper, load) ? "loaded, but old" : "loaded");
        add_integer(table, loaded, (int64_t)total(&load->report, false));
        add_integer(table, loaded, (int64_t)total(&load->report, true));
        add_integer(table, loaded, (int64_t)load->report.warnings);
        kith_table_text(table, load->newest > 0 ? newest : NULL);
        kith_table_text(table, loaded ? NULL : load->reason);
    }
}

void paper_warnings(kith_text *out, const night_paper *paper)
{
    const night *n = paper->n;
    char day[KITH_DAY_WORDS_SIZE];

    for (size_t i = 0; i < n->config->source_count; i++) {
        const night_load *load = &n->loads[i];
        if (load->status != KITH_OK)
            kith_text_format(out, "LEFT OUT: nothing of tonight's extract of %s is in this report. %s\n",
                             load->source->name, hides(paper) ? "" : load->reason);
        if (load->changed)
            kith_text_format(out, "CHANGED: files of %s were changed while they were loaded, so this report may know "
                                  "a part of them; the next night loads them whole. Ask for extracts that are "
                                  "put in their place when they are finished.\n", load->source->name);
        if (load->status == KITH_OK && is_stale(paper, load)) {
            kith_day_words(day, kith_day_of(load->newest));
            kith_text_format(out, "OLD: the newest file of %s is of %s; ask for a new extract.\n",
                             load->source->name, day);
        }
    }
    if (n->last.day != INT32_MIN && n->last.day < n->date - 1) {
        kith_day_words(day, n->last.day);
        kith_text_format(out, "MISSED: there was no report since %s; what changed is told from then on.\n", day);
    }
    if (n->alerts_strange.size > 0 && !hides(paper))
        kith_text_format(out, "ALERTS: of some events nobody may ever hear: %s.\n", n->alerts_strange.data);
    if (n->alerts_failed.size > 0 && !hides(paper))
        kith_text_format(out, "ALERTS WERE NOT WRITTEN: %s. Tell the schools by telephone.\n",
                         n->alerts_failed.data);
}

void paper_headline(kith_text *out, const night_paper *paper)
{
    static const kith_place_news order[] = { KITH_NEWS_NEW, KITH_NEWS_EMERGING, KITH_NEWS_COOLING,
                                             KITH_NEWS_GONE, KITH_NEWS_RECENT, KITH_NEWS_PERSISTING,
                                             KITH_NEWS_QUIET };
    const kith_night *told = &paper->state->night;
    char last[KITH_DAY_WORDS_SIZE] = "";

    if (told->compared)
        kith_day_words(last, paper->n->last.day);
    if (!told->compared)
        kith_text_add(out, "This is the first report, so nothing is called new. ");
    else if (hides(paper)) /* whether a hidden count moved is none of theirs */
        kith_text_format(out, "Compared with the report of %s. ", last);
    else if (told->changed == 0)
        kith_text_format(out, "Nothing changed since the report of %s: no new child, no new event, no place in "
                              "another state. ", last);
    else
        kith_text_format(out, "Since the report of %s, %zu place%s changed. ", last, told->changed,
                         told->changed == 1 ? "" : "s");
    kith_text_add(out, "Public places:");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        kith_text_format(out, "%s %zu %s", i > 0 ? "," : "", told->of_news[order[i]],
                         kith_place_news_word(order[i]));
    kith_text_add(out, ".");
}

void paper_method(kith_table *table, const night_paper *paper)
{
    const hotspots_answer answer = paper_answer(paper);

    kith_table_note(table, "new: no child was counted at the place in the last report; gone: none is counted "
                           "any more; emerging, cooling, persisting and recent: the last 28 days against the 84 "
                           "before; quiet: none in the last 28 days");
    kith_table_note(table, "what changed: tonight's window against the last report's, without the events that were "
                           "loaded since; so a late event of long ago counts as new and is said to be late");
    if (hides(paper))
        kith_table_note(table, "counts below %u are not shown, and others as steps of %d; ranks, reasons and "
                               "weekly figures are left out, and places stand in the order of their ids",
                        (unsigned)paper->least, KITH_SUPPRESS_STEP);
    else
        kith_table_note(table, "weeks: child-days of 16 weeks, each place on a scale of its own; right of the "
                               "line are the last four");
    if (!hides(paper))
        hotspots_notes(table, &answer);
}
