/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcomes_chart.c: counts month by month under the periods that are compared.
 *
 * One row a measure, one above the other on the same time; each has its own scale, which its
 * numbers tell. A row in which nothing was counted is left out, and the footer says so. */
#include <stdio.h>

#include "kith/chart.h"
#include "kith/date.h"
#include "kith/frame.h"

enum { STEP = 34, SIDE = 5, BARS = 80, ABOVE = 62, BELOW = 38, ROW = BARS + ABOVE + BELOW };

static const char *const names[KITH_OUTCOME_COUNT] = { "missing\nepisodes", "incidents", "education" };

typedef struct chart {
    kith_scene *scene;
    const kith_outcomes *outcomes, *months;
} chart;

static double width_of(const chart *c)
{
    return (double)STEP * (double)c->months->periods.count;
}

/* Where a day begins; a day after the last one is the right edge. */
static double x_of(const chart *c, int32_t day)
{
    const kith_periods *steps = &c->months->periods;

    for (size_t i = 0; i < steps->count; i++)
        if (day <= steps->of[i].to)
            return STEP * ((double)i + (double)(day - steps->of[i].from) /
                                           (double)(steps->of[i].to - steps->of[i].from + 1));
    return width_of(c);
}

static void add_words(const chart *c, double x, double y, kith_scene_align align, const char *text)
{
    kith_scene_add_mark(c->scene, &(kith_scene_mark){ .shape = KITH_DRAW_WORDS, .align = align, .x = x,
                                                      .y = y, .text = (char *)text });
}

static void add_line(const chart *c, double x, double y, double x2, double y2, kith_scene_line line,
                     const char *text)
{
    kith_scene_add_mark(c->scene, &(kith_scene_mark){ .shape = KITH_DRAW_RULE, .line = line, .x = x, .y = y,
                                                      .x2 = x2, .y2 = y2, .text = (char *)text });
}

static int64_t most_of(const kith_outcomes *months, kith_outcome measure)
{
    int64_t most = 0;

    for (size_t i = 0; i < months->periods.count; i++)
        most = months->counts[measure][i].count > most ? months->counts[measure][i].count : most;
    return most;
}

/* "Jan", and the year under the first and every January. */
static void say_month(char *out, size_t size, int32_t day, bool first)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int year, month, date;

    kith_day_split(day, &year, &month, &date);
    if (first || month == 1)
        snprintf(out, size, "%s\n%d", months[month - 1], year);
    else
        snprintf(out, size, "%s\n ", months[month - 1]);
}

static void add_bars(const chart *c, kith_outcome measure, double y)
{
    const int64_t most = most_of(c->months, measure);
    char text[96], from[KITH_TIME_SIZE], to[KITH_TIME_SIZE];

    for (size_t i = 0; i < c->months->periods.count; i++) {
        const kith_period step = c->months->periods.of[i];
        const int64_t count = c->months->counts[measure][i].count;
        const double left = STEP * (double)i + SIDE, height = BARS * (double)count / (double)most;
        kith_day_write(from, step.from);
        kith_day_write(to, step.to);
        snprintf(text, sizeof text, "%s to %s: %lld", from, to, (long long)count);
        if (count > 0)
            kith_scene_add_mark(c->scene, &(kith_scene_mark){ .shape = KITH_DRAW_BAR, .x = left, .y = y,
                                                              .x2 = left + STEP - 2 * SIDE,
                                                              .y2 = y + height, .text = text });
        snprintf(text, sizeof text, "%lld", (long long)count);
        add_words(c, left + STEP / 2.0 - SIDE, y + height + 8, KITH_DRAW_CENTRE, text);
        say_month(text, sizeof text, step.from, i == 0);
        add_words(c, left + STEP / 2.0 - SIDE, y - 16, KITH_DRAW_CENTRE, text);
    }
    add_line(c, 0, y, width_of(c), y, KITH_DRAW_SOLID, "");
}

/* Periods that stand side by side have their words at two heights. */
static void add_periods(const chart *c, kith_outcome measure, double y)
{
    const kith_outcomes *o = c->outcomes;
    char text[96];

    for (size_t i = 0; i < o->periods.count; i++) {
        const kith_period p = o->periods.of[i];
        const double left = x_of(c, p.from) + 2, right = x_of(c, p.to + 1) - 2;
        const double height = y + BARS + 24 + (i % 2 == 0 ? 0 : 18);
        const double span = o->months ? kith_period_months(p) : (p.to - p.from + 1) / 30.0;
        snprintf(text, sizeof text, "%lld: %.1f %s", (long long)o->counts[measure][i].count,
                 (double)o->counts[measure][i].count / span, o->months ? "a month" : "per 30 days");
        add_line(c, left, height, right, height, KITH_DRAW_SOLID, "");
        add_words(c, (left + right) / 2, height + 8, KITH_DRAW_CENTRE, text);
    }
}

static void add_baseline(const chart *c, double top, double bottom)
{
    char text[64], day[KITH_TIME_SIZE];

    if (c->outcomes->baseline == INT32_MIN || c->outcomes->baseline < c->months->periods.of[0].from)
        return;
    const double x = x_of(c, c->outcomes->baseline);
    kith_day_write(day, c->outcomes->baseline);
    snprintf(text, sizeof text, "work began %s", day);
    add_line(c, x, bottom, x, top, KITH_DRAW_DASHED, text);
    add_words(c, x, top + 9, KITH_DRAW_CENTRE, text);
}

static size_t add_rows(const chart *c, kith_text *without)
{
    size_t rows = 0;

    for (int m = 0; m < KITH_OUTCOME_COUNT; m++) {
        const double y = -(double)ROW * (double)rows;
        if (most_of(c->months, (kith_outcome)m) == 0) {
            kith_text_format(without, "%s%s", without->size > 0 ? ", " : "",
                             m == KITH_MISSING_EPISODES ? "missing episodes" : names[m]);
            continue;
        }
        add_words(c, -8, y + BARS / 2.0, KITH_DRAW_RIGHT, names[m]);
        add_bars(c, (kith_outcome)m, y);
        add_periods(c, (kith_outcome)m, y);
        rows++;
    }
    return rows;
}

static void add_footer(kith_text *out, const kith_outcomes *o, const kith_text *without)
{
    char day[KITH_TIME_SIZE];

    kith_text_add(out, "No comparison group: what else changed cannot be told from what the work did.");
    if (without->size > 0)
        kith_text_format(out, "\nNothing counted, which is no finding by itself: %s.", without->data);
    kith_day_write(day, o->last == INT32_MIN ? 0 : o->last);
    if (o->last != INT32_MIN && o->last < o->periods.of[o->periods.count - 1].to)
        kith_text_format(out, "\nThe last event in this hub is of %s: 0 after it is no finding.", day);
}

static void set_frame(const chart *c, const kith_view *view, const kith_text *without)
{
    const kith_outcomes *o = c->outcomes;
    const char *what = o->kind == KITH_LOCATION ? (o->followed == 1 ? "place" : "places")
                                                : (o->followed == 1 ? "person" : "people");
    char title[96], span[128], from[KITH_TIME_SIZE], to[KITH_TIME_SIZE];
    kith_text footer = { 0 };

    kith_day_write(from, o->periods.of[0].from);
    kith_day_write(to, o->periods.of[o->periods.count - 1].to);
    snprintf(title, sizeof title, "Outcomes: %zu %s, month by month", o->followed, what);
    snprintf(span, sizeof span, "From %s to %s.", from, to);
    add_footer(&footer, o, without);
    kith_scene_set_frame(c->scene, view, &(kith_frame){ .title = title, .names = "none", .span = span,
                                                        .header = "", .footer = kith_text_string(&footer) });
    c->scene->failed = c->scene->failed || footer.failed;
    kith_text_free(&footer);
}

kith_status kith_outcomes_scene(kith_scene *scene, const kith_outcomes *outcomes,
                                const kith_outcomes *months, const kith_view *view, kith_error *err)
{
    const chart c = { scene, outcomes, months };
    kith_text without = { 0 };

    *scene = (kith_scene){ 0 };
    const size_t rows = add_rows(&c, &without);
    if (rows > 0)
        add_baseline(&c, BARS + ABOVE, -(double)ROW * (double)(rows - 1));
    else
        add_words(&c, 0, 0, KITH_DRAW_LEFT, "nothing is recorded in these periods");
    set_frame(&c, view, &without);
    scene->failed = scene->failed || without.failed;
    kith_text_free(&without);
    const kith_status status = kith_scene_status(scene, err);
    if (status != KITH_OK)
        kith_scene_free(scene);
    return status;
}
