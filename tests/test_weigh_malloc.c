/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_weigh_malloc.c: every allocation on the way from a hub to a weighting, its picture and
 * its history fails once; each time that is said, and nothing leaks. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "allocations.h"
#include "hub.h"
#include "kith/chart.h"
#include "kith/evidence.h"
#include "kith/explain.h"
#include "kith/panel.h"
#include "kith/settings.h"

static kith_store *store;

static void make_hub(void)
{
    begin_hub();
    set_origin("police", "R1", "1B");
    add_person("P1", "2008-01-01");
    add_person("P2", "2007-01-01");
    add_person("P9", "1980-01-01");
    add_place("PARK", "park");
    add_group("G1", "peer_group");
    add_link("P1", "G1", "member_of", 0, "", "");
    add_link("P2", "G1", "member_of", 0, "", "");
    add_link("P1", "P2", "sister", 0, "", "");
    add_link("P9", "P2", "exploits_alleged", 0, "2022-05-01", "");
    add_link("P9", "P1", "trusted_adult", 0, "", "");
    add_event("E1", "missing", "2022-06-01", "PARK", 2);
    add_part("E1", "P1", "missing");
    add_part("E1", "P2", "missing");
    add_context("G1", "peer", "risk", "", "", 2, "2022-06-01", "E1");
    add_context("G1", "school", "drives", "peer", "", 2, "2022-06-01", "");
    add_context("P1", "home", "protective", "", "", 0, "", "");
    run_sql("INSERT INTO panel (subject, decided_on, lead, home, peer, school, neighbourhood, online,"
            " reason, user, purpose, recorded_at) SELECT row, '2022-06-01', 'peer', 0, 100, 0, 0, 0,"
            " 'so it is', 'chair', '', '2022-06-01T00:00:00Z' FROM entity WHERE id = 'G1'");
    store = open_hub();
}

static void drop_hub(void)
{
    kith_store_close(store);
    end_hub();
}

TestSuite(weigh_malloc, .init = make_hub, .fini = drop_hub);

static kith_status show(const kith_contexts *contexts, const kith_subject *subject,
                        const kith_rules *rules, const kith_view *view, kith_error *err)
{
    kith_weigh weigh, entered = { .lead = -1 };
    kith_table table = { 0 }, share = { 0 }, history = { 0 };
    kith_scene scene = { 0 };
    kith_status status = kith_weigh_build(&weigh, contexts->items, contexts->count, view->as_of,
                                          &kith_weigh_default, err);

    if (status == KITH_OK)
        status = kith_weigh_build(&entered, contexts->items, contexts->entered, view->as_of,
                                  &kith_weigh_default, err);
    if (status == KITH_OK)
        status = kith_panel_notes(&table, store, view, subject->row, err);
    if (status == KITH_OK)
        status = kith_contexts_table(&table, contexts, &weigh, &entered, err);
    if (status == KITH_OK)
        status = kith_explain_share(&share, contexts, &weigh, 1, err);
    if (status == KITH_OK)
        status = kith_weigh_scene(&scene, contexts, &weigh, &entered, subject, view, err);
    if (status == KITH_OK)
        status = kith_contexts_history(&history, store, view, subject, rules, &kith_weigh_default,
                                       view->as_of - 30, 15, err);
    kith_scene_free(&scene);
    kith_table_free(&table);
    kith_table_free(&share);
    kith_table_free(&history);
    kith_weigh_free(&entered);
    kith_weigh_free(&weigh);
    return status;
}

static kith_status weigh_all(kith_error *err)
{
    const kith_view view = view_of("2022-06-30", 365);
    kith_subject subject = { 0 };
    kith_contexts contexts = { 0 };
    kith_rules rules;
    char *ids[] = { "G1" };
    kith_status status = kith_rules_read(&rules, NULL, err);

    if (status == KITH_OK)
        status = kith_subject_read(&subject, store, &view, ids, 1, err);
    if (status == KITH_OK)
        status = kith_contexts_read(&contexts, store, &view, &subject, &rules, err);
    if (status == KITH_OK)
        status = show(&contexts, &subject, &rules, &view, err);
    kith_contexts_free(&contexts);
    kith_subject_free(&subject);
    kith_rules_free(&rules);
    return status;
}

Test(weigh_malloc, a_weighting_says_that_memory_is_short)
{
    kith_status status = KITH_NO_MEMORY;
    kith_error err;
    long n = 0;

    for (; status != KITH_OK && n < 10000; n++) {
        allocations_left = n;
        status = weigh_all(&err);
        allocations_left = -1;
        if (status != KITH_OK)
            cr_assert(eq(int, status, KITH_NO_MEMORY), "allocation %ld: %s", n, err.message);
    }
    cr_expect(eq(int, status, KITH_OK));
    cr_expect(n > 100, "%ld allocations only", n);
}
