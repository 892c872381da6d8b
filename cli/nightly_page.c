/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly_page.c: the report as one page, in the order in which a chair reads it at eight.
 *
 * What is missing tonight; whether anything changed; what to do next; then the places by their
 * news, the groups, the data, and at the end how it was made. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/page.h"
#include "kith/date.h"
#include "kith/places_map.h"
#include "nightly_report.h"

enum { NEXT_MOST = 12 };

static void add_table(kith_page *page, kith_table *table)
{
    kith_page_table(page, table);
    page->html.failed |= table->failed;
    kith_table_free(table);
}

/* Each line of a text as its own notice. */
static void add_notices(kith_page *page, kith_text *lines)
{
    char *at = lines->size > 0 ? lines->data : NULL;

    page->html.failed |= lines->failed;
    while (at != NULL && *at != '\0') {
        char *end = strchr(at, '\n');
        if (end != NULL)
            *end = '\0';
        kith_page_notice(page, at);
        at = end != NULL ? end + 1 : NULL;
    }
}

static void add_top(kith_page *page, const night_paper *paper)
{
    const kith_call *call = paper->call;
    kith_text text = { 0 };
    char date[KITH_DAY_WORDS_SIZE], until[KITH_DAY_WORDS_SIZE];

    paper_warnings(&text, paper);
    add_notices(page, &text);
    kith_text_clear(&text);
    kith_day_words(date, paper->n->date);
    kith_day_words(until, call->view.as_of);
    kith_text_format(&text, "For the morning of %s. It knows what happened up to the end of %s and was loaded in the "
                            "night. If today is another day, this is an old report.", date, until);
    kith_page_paragraph(page, kith_text_string(&text));
    kith_text_clear(&text);
    paper_headline(&text, paper);
    kith_page_notice(page, kith_text_string(&text));
    page->html.failed |= text.failed;
    kith_text_free(&text);
}

/* A place belongs into what to do next when its line has an answer to that; where counts are hidden
 * its news alone decides, which its row tells too. */
static bool calls_for_action(const night_paper *paper, const kith_night_place *p)
{
    return p->now->section != KITH_HOME_PLACE &&
           (kith_place_news_next(p->news)[0] != '\0' || (paper->least == 0 && p->new_children > 0));
}

/* When, what is a strength of the place, and where its harm may have gone or come from. */
static void add_known(kith_text *out, const night_paper *paper, const kith_night_place *p,
                      const kith_place_facts *facts)
{
    const kith_displacements *all = &paper->state->displacements;
    kith_text text = { 0 };

    kith_place_times_write(&text, facts);
    if (text.size > 0)
        kith_text_format(out, " When: %s.", text.data);
    kith_text_clear(&text);
    kith_place_protections_write(&text, facts);
    if (text.size > 0)
        kith_text_format(out, " To build on: %s.", text.data);
    for (size_t i = 0; i < all->count; i++) {
        const kith_displacement *d = &all->items[i];
        const kith_thing *other = &paper->state->network.things[d->from == p->now->place ? d->to : d->from];
        if (d->from != p->now->place && d->to != p->now->place)
            continue;
        kith_text_format(out, " %s (%s) %s in the same weeks.", other->name[0] != '\0' ? other->name : other->word, other->id,
                         d->from == p->now->place ? "warms" : "cools");
    }
    out->failed |= text.failed;
    kith_text_free(&text);
}

static void next_line(kith_text *out, const night_paper *paper, const kith_night_place *p)
{
    const kith_place_facts *facts = kith_place_facts_of(&paper->state->facts, p->now->place);
    const kith_thing *place = &paper->state->network.things[p->now->place];
    size_t begin;

    kith_text_format(out, "%s (%s), %s", place->name[0] != '\0' ? place->name : place->word, place->id,
                     kith_place_news_word(p->news));
    if (paper->least > 0) {
        kith_text_format(out, ". %s", kith_place_news_next(p->news));
        return;
    }
    begin = out->size;
    kith_text_add(out, ": ");
    kith_night_reasons(out, p, paper->n->last.day);
    if (out->size == begin + 2)
        kith_text_format(out, "%s%u children, %u child-days in 28 days, %u in the 84 before",
                         paper->state->night.compared ? "as in the last report, " : "", (unsigned)p->now->children,
                         (unsigned)p->now->recent_child_days, (unsigned)p->now->earlier_child_days);
    kith_text_add(out, ". ");
    kith_night_next(out, p);
    add_known(out, paper, p, facts);
}

/* What a line rests on, or whom to ask for it where that is not told. */
static void add_limits_of_next(kith_page *page, const night_paper *paper)
{
    kith_page_paragraph(page, "These are prompts about places, from fixed rules, for people who know them to judge.");
    if (paper->least > 0)
        kith_page_paragraph(page, "Which children, how many, when and what changed is not told here, because small counts "
                                  "are hidden in this report: ask the case team, with the id of the place.");
    else
        kith_page_paragraph(page, "A child-day is one child at the place on one day.");
}

/* New and emerging places first, then the others; within each as they are ranked, or by their ids. */
static void add_next(kith_page *page, const night_paper *paper)
{
    const kith_night *told = &paper->state->night;
    const kith_night_place **by_id = paper->least > 0 ? paper_by_id(paper) : NULL;
    char *items[NEXT_MOST] = { NULL };
    size_t count = 0, left = 0;

    page->html.failed |= paper->least > 0 && by_id == NULL;
    kith_page_heading(page, 2, "What to do next");
    for (int round = 0; round < 2 && !page->html.failed; round++)
        for (size_t i = 0; i < told->count; i++) {
            const kith_night_place *p = by_id != NULL ? by_id[i] : &told->places[i];
            const bool first = p->news == KITH_NEWS_NEW || p->news == KITH_NEWS_EMERGING;
            kith_text text = { 0 };
            if (!calls_for_action(paper, p) || first != (round == 0))
                continue;
            if (count == NEXT_MOST) {
                left++;
                continue;
            }
            next_line(&text, paper, p);
            page->html.failed |= text.failed;
            items[count++] = text.data; /* owned from here */
        }
    if (count == 0)
        kith_page_paragraph(page, "Nothing at any place asks for a decision this morning.");
    kith_page_list(page, (const char *const *)items, count);
    if (left > 0)
        kith_page_paragraph(page, "More places changed; the tables below have them all.");
    while (count > 0)
        free(items[--count]);
    free(by_id);
    add_limits_of_next(page, paper);
}

static void add_news(kith_page *page, const night_paper *paper, kith_place_news news, const char *title,
                     const char *empty)
{
    kith_table table = { .empty = empty };

    kith_page_heading(page, 2, title);
    paper_places(&table, paper, KITH_PUBLIC_PLACE, news, false, paper->audience->limit);
    add_table(page, &table);
}

static bool on_the_map(const night_paper *paper)
{
    const night_state *s = paper->state;

    for (size_t i = 0; i < s->hotspots.count; i++) {
        const kith_hotspot *h = &s->hotspots.places[i];
        if (h->section == KITH_PUBLIC_PLACE && h->children > 0 && !isnan(s->network.things[h->place].lat))
            return true;
    }
    return false;
}

static kith_status draw_map(kith_page *page, const night_paper *paper, kith_error *err)
{
    const char *outlines = paper->n->config->outlines;
    const kith_drawing drawing = { .seed = paper->n->config->seed };
    kith_outline outline = { 0 };
    kith_scene scene = { 0 };

    kith_status status = outlines != NULL ? hotspots_outline(&outline, outlines, err) : KITH_OK;
    if (status == KITH_OK)
        status = kith_places_scene(&scene, &paper->state->network, &paper->state->hotspots,
                                   outlines != NULL ? &outline : NULL, KITH_PLACES_MAP_MOST, err);
    if (status == KITH_OK)
        status = kith_page_scene(page, &scene, "Map of the public places, numbered by rank, larger for more "
                                               "children; the tables above have all of them", &drawing, err);
    if (status == KITH_OK) /* what the marks mean */
        kith_page_paragraph(page, scene.footer);
    kith_scene_free(&scene);
    kith_outline_free(&outline);
    return status;
}

/* The size of a mark tells a count: where small counts are hidden there is no map. A report
 * without its picture is better than none. */
static void add_map(kith_page *page, const night_paper *paper)
{
    kith_error err = { KITH_OK, "" };
    char sentence[1200];

    if (paper->least > 0)
        return;
    kith_page_section(page, "Map", KITH_PAGE_WIDE);
    if (!on_the_map(paper)) {
        kith_page_paragraph(page, "No public place with children has coordinates, so there is no map.");
    } else if (draw_map(page, paper, &err) != KITH_OK) {
        kith_sentence(sentence, sizeof sentence, "The map could not be drawn: %s", err.message);
        kith_page_paragraph(page, sentence);
    }
}

static void add_places(kith_page *page, const night_paper *paper)
{
    kith_table service = { .empty = "none" };

    kith_page_section(page, "Public places", KITH_PAGE_WIDE);
    add_news(page, paper, KITH_NEWS_NEW, "New: no child was counted here in the last report", "none");
    add_news(page, paper, KITH_NEWS_EMERGING, "Emerging: more in the last 28 days than chance", "none");
    add_news(page, paper, KITH_NEWS_COOLING, "Cooling: fewer in the last 28 days than chance", "none");
    add_news(page, paper, KITH_NEWS_GONE, "Gone: no child is counted any more", "none");
    add_news(page, paper, KITH_NEWS_RECENT, "Recent: in the last 28 days only, which may be chance", "none");
    add_news(page, paper, KITH_NEWS_PERSISTING, "Persisting", "none");
    add_map(page, paper);
    kith_page_section(page, "Service places, not ranked", KITH_PAGE_WIDE);
    paper_places(&service, paper, KITH_SERVICE_PLACE, NEWS_ALL, false, paper->audience->limit);
    add_table(page, &service);
    kith_page_paragraph(page, "Homes are in no list of this page.");
}

/* Of people and of counts, all of it. */
static void add_groups_and_data(kith_page *page, const night_paper *paper)
{
    const night_state *s = paper->state;
    kith_table sources = { 0 };

    if (paper->least > 0)
        return;
    kith_page_section(page, "Groups and data", KITH_PAGE_UPRIGHT);
    if (s->groups.column_count > 0) {
        kith_page_heading(page, 2, "What became of the peer groups");
        kith_page_table(page, &s->groups);
    }
    kith_page_heading(page, 2, "What was loaded tonight");
    paper_sources(&sources, paper);
    add_table(page, &sources);
    if (s->check.column_count > 0) {
        kith_page_heading(page, 2, "What is wrong or missing in the data");
        kith_page_table(page, &s->check);
    }
    if (s->selfcheck.column_count > 0) {
        kith_page_heading(page, 2, "Was last month's list of any use?");
        kith_page_table(page, &s->selfcheck);
    }
}

static void add_method(kith_page *page, const night_paper *paper)
{
    const night *n = paper->n;
    kith_table table = { .title = NULL };
    char from[KITH_TIME_SIZE], to[KITH_TIME_SIZE];

    kith_page_section(page, "How this was made, and what it cannot say", KITH_PAGE_UPRIGHT);
    kith_day_write(from, paper->state->options.since);
    kith_day_write(to, paper->call->view.as_of);
    kith_table_fact(&table, "window", "%s to %s", from, to);
    kith_table_fact(&table, "loads", "up to load %lld", (long long)n->load);
    if (n->last.day != INT32_MIN)
        kith_table_fact(&table, "compared_with", "the report up to load %lld", (long long)n->last.load);
    kith_table_fact(&table, "resamples", "%lld, seed %lld", (long long)n->config->resamples,
                    (long long)n->config->seed);
    kith_table_fact(&table, "made_by", "kith %s; manifest.json beside the audiences' folders has the digest of every "
                                       "input and of this file", KITH_VERSION);
    paper_method(&table, paper);
    add_table(page, &table);
}

kith_status paper_page(kith_text *html, const night_paper *paper, kith_error *err)
{
    kith_page page;
    char title[160], date[KITH_DAY_WORDS_SIZE];

    kith_day_words(date, paper->n->date);
    kith_sentence(title, sizeof title, "Places where children are being harmed or are unsafe: %s", date);
    const kith_frame frame = { .title = title, .names = "none", .header = "", .footer = "" };
    kith_page_begin(&page, &paper->call->view, &frame);
    add_top(&page, paper);
    add_next(&page, paper);
    add_places(&page, paper);
    add_groups_and_data(&page, paper);
    add_method(&page, paper);
    return kith_page_end(html, &page, err);
}
