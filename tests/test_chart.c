/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_chart.c: what stands in a timeline of outcomes. */
#include "kith/chart.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/date.h"

TestSuite(chart, .init = begin_hub, .fini = end_hub);

static kith_error err;

static void add_missing(const char *id, const char *at)
{
    add_event(id, "missing", at, "", 0);
    add_part(id, "P1", "missing");
}

static kith_period period(const char *from, const char *to)
{
    kith_period made;

    cr_assert(kith_day_read(&made.from, from) && kith_day_read(&made.to, to));
    return made;
}

/* The chart of P1 over two periods that need not meet. */
static void make(kith_scene *scene, kith_period first, kith_period second)
{
    const kith_view view = view_of("2022-12-31", 365);
    const kith_periods periods = { { first, second }, 2 };
    kith_periods steps;
    kith_outcomes outcomes, months;
    char *ids[] = { "P1" };
    kith_store *store = open_hub();

    cr_assert(eq(int, kith_outcomes_read(&outcomes, store, &view, ids, 1, second.from, &periods, &err),
                 KITH_OK), "%s", err.message);
    kith_periods_by_month(&steps, &periods);
    cr_assert(eq(int, kith_outcomes_read(&months, store, &view, ids, 1, second.from, &steps, &err), KITH_OK));
    cr_assert(eq(int, kith_outcomes_scene(scene, &outcomes, &months, &view, &err), KITH_OK));
    kith_outcomes_free(&outcomes);
    kith_outcomes_free(&months);
    kith_store_close(store);
}

static const kith_scene_mark *mark_of(const kith_scene *scene, const char *text)
{
    for (size_t i = 0; i < scene->mark_count; i++)
        if (strcmp(scene->marks[i].text, text) == 0)
            return &scene->marks[i];
    return NULL;
}

static size_t bars_of(const kith_scene *scene)
{
    size_t count = 0;

    for (size_t i = 0; i < scene->mark_count; i++)
        count += scene->marks[i].shape == KITH_DRAW_BAR;
    return count;
}

Test(chart, a_bar_is_as_high_as_its_month_counts)
{
    kith_scene scene;

    add_person("P1", "2008-01-01");
    add_missing("E1", "2021-01-31");
    add_missing("E2", "2021-02-01");
    add_missing("E3", "2021-02-28");
    make(&scene, period("2021-01-15", "2021-02-28"), period("2021-04-01", "2021-04-30"));
    const kith_scene_mark *january = mark_of(&scene, "2021-01-15 to 2021-01-31: 1");
    const kith_scene_mark *february = mark_of(&scene, "2021-02-01 to 2021-02-28: 2");
    cr_assert(january != NULL && february != NULL);
    cr_expect(eq(dbl, february->y2 - february->y, 2 * (january->y2 - january->y)));
    cr_expect(january->x2 < february->x);
    cr_expect(eq(sz, bars_of(&scene), 2)); /* March and April have none */
    cr_expect(mark_of(&scene, "3: 2.0 per 30 days") != NULL); /* 45 days */
    cr_expect(mark_of(&scene, "0: 0.0 per 30 days") != NULL);
    cr_expect(mark_of(&scene, "work began 2021-04-01") != NULL);
    kith_scene_free(&scene);
}

Test(chart, nobody_is_named_and_an_empty_row_is_said)
{
    kith_scene scene;
    kith_text json = { 0 };

    add_person("P1", "2008-01-01");
    make(&scene, period("2021-01-01", "2021-01-31"), period("2021-02-01", "2021-02-28"));
    cr_expect(eq(sz, bars_of(&scene), 0));
    cr_expect(mark_of(&scene, "nothing is recorded in these periods") != NULL);
    cr_expect(strstr(scene.footer, "missing episodes, incidents, education") != NULL, "%s", scene.footer);
    kith_scene_write(&json, &scene);
    cr_expect(strstr(json.data, "P1") == NULL);
    cr_expect(strstr(json.data, "Name of") == NULL);
    kith_text_free(&json);
    kith_scene_free(&scene);
}

Test(chart, many_months_are_drawn_in_equal_steps)
{
    const kith_periods two_years = { { period("2020-01-15", "2021-12-31") }, 1 };
    const kith_periods more = { { period("2020-01-15", "2020-12-31"), period("2022-01-01", "2022-01-31") }, 2 };
    kith_periods steps;

    kith_periods_by_month(&steps, &two_years);
    cr_expect(eq(sz, steps.count, 24));
    cr_expect(eq(i32, steps.of[0].from, kith_day(2020, 1, 15)));
    cr_expect(eq(i32, steps.of[1].to, kith_day(2020, 2, 29)));
    kith_periods_by_month(&steps, &more); /* 25 months: 12 of two and one of one */
    cr_expect(eq(sz, steps.count, 13));
    cr_expect(eq(i32, steps.of[0].to, kith_day(2020, 2, 29)));
    cr_expect(eq(i32, steps.of[12].from, kith_day(2022, 1, 1)));
    cr_expect(eq(i32, steps.of[12].to, kith_day(2022, 1, 31)));
}
