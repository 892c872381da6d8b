/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_weigh_chart.c: a weighting as a picture says what its table says. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/chart.h"

static kith_error err;

static void make_hub(void)
{
    begin_hub();
    add_person("P1", "2008-01-01");
    add_group("G1", "peer_group");
}

TestSuite(weigh_chart, .init = make_hub, .fini = end_hub);

static kith_scene scene_of(const char *id)
{
    kith_store *store = open_hub();
    const kith_view view = view_of("2022-06-30", 365);
    kith_subject subject;
    kith_contexts contexts;
    kith_weigh weigh;
    kith_scene scene;
    char *ids[] = { (char *)id };

    cr_assert(eq(int, kith_subject_read(&subject, store, &view, ids, 1, &err), KITH_OK));
    cr_assert(eq(int, kith_contexts_read(&contexts, store, &view, &subject, NULL, &err), KITH_OK));
    cr_assert(eq(int, kith_weigh_build(&weigh, contexts.items, contexts.count, view.as_of, &kith_weigh_default, &err), KITH_OK));
    cr_assert(eq(int, kith_weigh_scene(&scene, &contexts, &weigh, NULL, &subject, &view, &err), KITH_OK),
              "%s", err.message);
    kith_weigh_free(&weigh);
    kith_contexts_free(&contexts);
    kith_subject_free(&subject);
    kith_store_close(store);
    return scene;
}

/* The mark whose text begins so; NULL when there is none. */
static const kith_scene_mark *mark_of(const kith_scene *scene, kith_scene_shape shape, const char *begins)
{
    for (size_t i = 0; i < scene->mark_count; i++)
        if (scene->marks[i].shape == shape &&
            strncmp(scene->marks[i].text, begins, strlen(begins)) == 0)
            return &scene->marks[i];
    return NULL;
}

/* Severity 3 and 2, 1A, of the day itself: 1 - exp(-3/4) = 0.53 and 1 - exp(-2/4) = 0.39. */
Test(weigh_chart, bars_are_as_long_as_risk_and_strength)
{
    set_origin("police", "", "1A");
    add_context("G1", "school", "risk", "", "", 3, "2022-06-30", "");
    add_context("G1", "school", "protective", "", "", 2, "2022-06-30", "");
    kith_scene scene = scene_of("G1");
    const kith_scene_mark *risk = mark_of(&scene, KITH_DRAW_BAR, "school: risk 0.53");
    const kith_scene_mark *strength = mark_of(&scene, KITH_DRAW_BAR, "school: protective 0.39");
    cr_assert_not_null(risk);
    cr_assert_not_null(strength);
    cr_expect(eq(int, risk->tone, KITH_DRAW_RISK));
    cr_expect(eq(int, strength->tone, KITH_DRAW_PROTECTIVE));
    cr_expect(epsilon_eq(dbl, (risk->x2 - risk->x) / (strength->x2 - strength->x), 0.52763 / 0.39347, 1e-4));
    cr_expect_not_null(mark_of(&scene, KITH_DRAW_WORDS, "school  100.0 %\n2 items"));
    cr_expect_not_null(mark_of(&scene, KITH_DRAW_WORDS, "nothing recorded"));
    cr_expect_null(mark_of(&scene, KITH_DRAW_BAR, "online"));
    cr_expect_not_null(strstr(scene.header, "Lead: school (clear lead)."));
    cr_expect_not_null(strstr(scene.footer, "not validated"));
    kith_scene_free(&scene);
}

Test(weigh_chart, what_drives_is_an_arrow_in_the_style_of_its_grade)
{
    static const struct {
        const char *grade;
        kith_scene_line line;
    } cases[] = { { "1B", KITH_DRAW_SOLID }, { "2A", KITH_DRAW_DASHED }, { "", KITH_DRAW_DOTTED } };

    set_origin("police", "", "1A");
    add_context("G1", "peer", "risk", "", "", 3, "2022-06-30", "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        run_sql("DELETE FROM context WHERE valence = 'drives'");
        set_origin("police", "", cases[i].grade);
        add_context("G1", "school", "drives", "peer", "", 3, "2022-06-30", "");
        kith_scene scene = scene_of("G1");
        const kith_scene_mark *out = mark_of(&scene, KITH_DRAW_RULE, "school is said to drive peer");
        cr_assert_not_null(out);
        cr_expect(eq(int, out->line, cases[i].line));
        size_t arrows = 0;
        for (size_t m = 0; m < scene.mark_count; m++)
            arrows += scene.marks[m].arrow;
        cr_expect(eq(sz, arrows, 1));
        cr_expect_not_null(strstr(scene.footer, "which is an opinion"));
        kith_scene_free(&scene);
    }
}

Test(weigh_chart, nobody_is_named_and_nothing_recorded_is_no_bar)
{
    run_sql("UPDATE person SET name = 'Tamsin Quillmarsh'");
    kith_scene scene = scene_of("P1");
    kith_text json = { 0 };

    kith_scene_write(&json, &scene);
    cr_expect_null(strstr(json.data, "Tamsin"));
    cr_expect_null(strstr(json.data, "P1"));
    cr_expect(eq(str, scene.title, "Context weighting: a person"));
    for (size_t i = 0; i < scene.mark_count; i++)
        cr_expect(ne(int, scene.marks[i].shape, KITH_DRAW_BAR));
    cr_expect_not_null(strstr(scene.header, "No context leads."));
    kith_text_free(&json);
    kith_scene_free(&scene);
}
