/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly_report.c: what is computed for an audience, and its files.
 *
 * Audiences that may be given the same records share what is computed. The view of each has
 * its name, so the store keeps back what it may not be given before anything is counted. */
#include "nightly_report.h"

#include <stdlib.h>
#include <string.h>

#include "kith/audit.h"
#include "kith/check.h"
#include "kith/date.h"
#include "kith/page.h"
#include "kith/selfcheck.h"
#include "kith/suppress.h"

static void free_state(night_state *s)
{
    kith_night_free(&s->night);
    kith_places_facts_free(&s->facts);
    kith_displacements_free(&s->displacements);
    kith_hotspots_free(&s->hotspots);
    kith_hotspots_free(&s->hotspots_then);
    kith_network_free(&s->network);
    kith_network_free(&s->network_then);
    kith_table_free(&s->groups);
    kith_table_free(&s->check);
    kith_table_free(&s->selfcheck);
    *s = (night_state){ 0 };
}

static int32_t first_day(int32_t as_of, int64_t window)
{
    return as_of - (int32_t)window + 1;
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

/* Also on a later day, when the month began without a report. */
static bool first_of_month(const night *n)
{
    int year, month, day;

    kith_day_split(n->date, &year, &month, &day);
    return day == 1 || (n->last.day != INT32_MIN && n->last.day < n->date - day + 1);
}

/* Tonight's places, of a network that reaches back as far as anything needs. */
static kith_status see_now(night_state *s, const night *n, kith_error *err)
{
    kith_view view = reaching_back(&s->call.view);
    kith_selfcheck check = { 0 };

    s->options = (kith_hotspots_options){ .since = s->call.view.since,
                                          .resamples = (uint32_t)n->config->resamples,
                                          .seed = (uint64_t)n->config->seed };
    if (first_of_month(n) && view.since > kith_selfcheck_since(view.as_of, s->options.since, 1))
        view.since = kith_selfcheck_since(view.as_of, s->options.since, 1);
    kith_status status = kith_network_build(&s->network, s->call.store, &view, err);
    if (status == KITH_OK)
        status = kith_hotspots_find(&s->hotspots, &s->network, &s->options, err);
    if (status == KITH_OK)
        status = kith_displacement_find(&s->displacements, &s->network, &s->options, &s->hotspots,
                                        KITH_DISPLACEMENT_METRES, err);
    if (status == KITH_OK)
        status = kith_places_facts_find(&s->facts, &s->network, &s->options, s->call.store, err);
    if (status == KITH_OK && first_of_month(n)) {
        status = kith_selfcheck_run(&check, &s->network, &s->options, 1, KITH_SELFCHECK_TOP, err);
        if (status == KITH_OK)
            kith_selfcheck_table(&s->selfcheck, &check);
        kith_selfcheck_free(&check);
    }
    return status;
}

/* The same as the last report knew it. */
static kith_status see_then(night_state *s, const night *n, kith_error *err)
{
    kith_view view = s->call.view;

    if (n->last.day == INT32_MIN || n->last.load == 0)
        return KITH_OK;
    view.as_of = n->last.day - 1;
    view.since = first_day(view.as_of, n->config->window);
    s->options_then = (kith_hotspots_options){ .since = view.since, .seed = s->options.seed };
    view = reaching_back(&view);
    const kith_status status = kith_network_build(&s->network_then, s->call.store, &view, err);
    return status == KITH_OK ? kith_hotspots_find(&s->hotspots_then, &s->network_then, &s->options_then, err)
                             : status;
}

static kith_status compute(night_state *s, night *n, kith_error *err)
{
    const bool compared = n->last.day != INT32_MIN && n->last.load > 0;

    kith_sentence(n->stage, sizeof n->stage, "working out tonight's places");
    kith_status status = see_now(s, n, err);
    kith_sentence(n->stage, sizeof n->stage, "comparing with the last report");
    if (status == KITH_OK)
        status = see_then(s, n, err);
    if (status == KITH_OK)
        status = kith_night_compare(&s->night, &s->hotspots, &s->network, &s->options,
                                    compared ? &s->hotspots_then : NULL, &s->network_then, &s->options_then,
                                    &n->last, err);
    kith_hotspots_free(&s->hotspots_then);
    kith_network_free(&s->network_then);
    if (status == KITH_OK && n->config->groups && s->call.audience->acknowledged)
        status = night_groups(&s->groups, n, &s->call.view, err);
    kith_sentence(n->stage, sizeof n->stage, "checking the data");
    if (status == KITH_OK && n->config->check && s->call.audience->acknowledged)
        status = kith_check(&s->check, &s->check_found, s->call.store, &s->call.view, NULL, false, err);
    return status;
}

/* A table in a form, as bytes. */
static kith_status printed(kith_text *out, const kith_table *table, kith_format format, kith_error *err)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&bytes, &size);

    if (memory == NULL)
        return kith_no_memory(err);
    kith_status status = kith_table_write(memory, NULL, table, format, err);
    if (fclose(memory) != 0 && status == KITH_OK)
        status = kith_no_memory(err);
    if (status == KITH_OK) {
        while (size > 0 && bytes[size - 1] == '\n' && format == KITH_FORMAT_JSON)
            size--;
        kith_text_add_bytes(out, bytes, size);
        status = kith_text_status(out, err);
    }
    free(bytes);
    return status;
}

static kith_status write_csv(const night_paper *paper, const kith_table *places, kith_error *err)
{
    const night_state *s = paper->state;
    kith_text text = { 0 };
    kith_status status = printed(&text, places, KITH_FORMAT_CSV, err);

    if (status == KITH_OK)
        status = night_write(paper->n, paper->audience->folder, "hotspots.csv", text.data, text.size, err);
    kith_text_clear(&text);
    if (status == KITH_OK && s->groups.column_count > 0 && paper->least == 0) {
        status = printed(&text, &s->groups, KITH_FORMAT_CSV, err);
        if (status == KITH_OK)
            status = night_write(paper->n, paper->audience->folder, "groups.csv", text.data, text.size, err);
    }
    kith_text_free(&text);
    return status;
}

static kith_status add_part(kith_text *out, const char *name, const kith_table *table, kith_error *err)
{
    kith_text_format(out, ",\n \"%s\": ", name);
    return printed(out, table, KITH_FORMAT_JSON, err);
}

static kith_status write_json(const night_paper *paper, const kith_table *places, kith_error *err)
{
    const night_state *s = paper->state;
    kith_table sources = { 0 };
    kith_text text = { 0 }, words = { 0 };
    char date[KITH_TIME_SIZE];

    kith_day_write(date, paper->n->date);
    kith_text_format(&text, "{\"night\": \"%s\", \"prepared_for\": ", date);
    kith_text_add_json(&text, paper->audience->name);
    kith_text_add(&text, ", \"headline\": ");
    paper_headline(&words, paper);
    kith_text_add_json(&text, kith_text_string(&words));
    kith_text_clear(&words);
    kith_text_add(&text, ", \"warnings\": ");
    paper_warnings(&words, paper);
    kith_text_add_json(&text, kith_text_string(&words));
    kith_status status = add_part(&text, "places", places, err);
    if (paper->least == 0) {
        paper_sources(&sources, paper);
        if (status == KITH_OK)
            status = add_part(&text, "sources", &sources, err);
        if (status == KITH_OK && s->groups.column_count > 0)
            status = add_part(&text, "groups", &s->groups, err);
        if (status == KITH_OK && s->check.column_count > 0)
            status = add_part(&text, "check", &s->check, err);
    }
    kith_text_add(&text, "}\n");
    if (status == KITH_OK)
        status = words.failed ? kith_no_memory(err) : kith_text_status(&text, err);
    if (status == KITH_OK)
        status = night_write(paper->n, paper->audience->folder, "report.json", text.data, text.size, err);
    kith_text_free(&text);
    kith_text_free(&words);
    kith_table_free(&sources);
    return status;
}

static kith_status write_pdf(const night_paper *paper, const kith_text *html, kith_error *err)
{
    const kith_page_pdf_options options = { .as_of = paper->call->view.as_of };
    kith_text pdf = { 0 };
    kith_error own = { KITH_OK, "" };
    kith_status status = kith_page_pdf(&pdf, html, 1, &options, &own);

    if (status == KITH_OK)
        status = night_write(paper->n, paper->audience->folder, "report.pdf", pdf.data, pdf.size, err);
    else if (status == KITH_IO || status == KITH_INTERNAL) { /* the page is there; a printed one is a comfort */
        call_say(paper->call, "no PDF for %s: %s", paper->audience->name, own.message);
        status = KITH_OK;
    } else
        status = kith_fail(err, status, "%s", own.message);
    kith_text_free(&pdf);
    return status;
}

static kith_status write_page(const night_paper *paper, kith_error *err)
{
    kith_text html = { 0 };
    kith_status status = paper_page(&html, paper, err);

    if (status == KITH_OK && paper->audience->html)
        status = night_write(paper->n, paper->audience->folder, "report.html", html.data, html.size, err);
    if (status == KITH_OK && paper->audience->pdf)
        status = write_pdf(paper, &html, err);
    kith_text_free(&html);
    return status;
}

static kith_status write_paper(const night_paper *paper, kith_error *err)
{
    kith_table places = { 0 };
    kith_status status = KITH_OK;

    paper_places(&places, paper, -1, NEWS_ALL, true, INT64_MAX);
    paper_method(&places, paper);
    status = kith_table_status(&places, err);
    if (status == KITH_OK && (paper->audience->html || paper->audience->pdf))
        status = write_page(paper, err);
    if (status == KITH_OK && paper->audience->csv)
        status = write_csv(paper, &places, err);
    if (status == KITH_OK && paper->audience->json)
        status = write_json(paper, &places, err);
    kith_table_free(&places);
    return status;
}

static bool same_limits(const kith_audience *a, const kith_audience *b)
{
    return a->limits.records == b->limits.records && a->limits.handling == b->limits.handling &&
           a->limits.every_agency == b->limits.every_agency && a->limits.own_agency == b->limits.own_agency &&
           strcmp(a->limits.agencies, b->limits.agencies) == 0 && a->acknowledged == b->acknowledged;
}

/* What goes out of the case team is in the log before it is published. */
static kith_status log_report(const night_paper *paper, kith_error *err)
{
    const kith_view *view = &paper->call->view;

    if (strcmp(paper->call->audience->name, "case-team") == 0)
        return KITH_OK;
    return kith_audit_add(paper->call->store, &(kith_audit_entry){ .act = KITH_AUDIT_DISCLOSURE,
                                                                   .what = "nightly report",
                                                                   .to = view->audience,
                                                                   .why = view->purpose }, err);
}

static kith_status report_to(night *n, const night_audience *audience, night_state *state, kith_error *err)
{
    kith_call call = *n->call;
    kith_status status = call_prepare_for(&call, audience->name, err);

    if (status != KITH_OK)
        return status;
    call.view.purpose = audience->purpose != NULL ? audience->purpose : "nightly report of places";
    if (state->call.audience == NULL || !same_limits(state->call.audience, call.audience)) {
        free_state(state);
        state->call = call;
        status = compute(state, n, err);
    }
    const night_paper paper = { n, audience, &call, state, (uint32_t)call.audience->small };
    kith_sentence(n->stage, sizeof n->stage, "writing the report for %.30s", audience->name);
    if (status == KITH_OK)
        status = kith_suppress_check(paper.least, err);
    if (status == KITH_OK)
        status = write_paper(&paper, err);
    return status == KITH_OK ? log_report(&paper, err) : status;
}

/* For the journal, of what the first audience is told. */
static void sum_up(night *n, const kith_night *told)
{
    kith_text_format(&n->summary, "places changed: %zu; public places: %zu new, %zu emerging, %zu cooling, %zu gone",
                     told->changed, told->of_news[KITH_NEWS_NEW], told->of_news[KITH_NEWS_EMERGING],
                     told->of_news[KITH_NEWS_COOLING], told->of_news[KITH_NEWS_GONE]);
}

kith_status night_report(night *n, kith_error *err)
{
    night_state state = { 0 };
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < n->config->audience_count; i++) {
        status = report_to(n, &n->config->audiences[i], &state, err);
        if (status == KITH_OK && i == 0)
            sum_up(n, &state.night);
    }
    free_state(&state);
    return status;
}
