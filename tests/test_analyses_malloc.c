/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_analyses_malloc.c: every allocation of measures, groups, key players,
 * routes, what-if and outcomes fails once, and each time that is said and nothing leaks.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "allocations.h"
#include "hub.h"
#include "kith/bare.h"
#include "kith/compact.h"
#include "kith/explain.h"
#include "kith/follow.h"
#include "kith/gaps.h"
#include "kith/measures.h"
#include "kith/outcomes.h"
#include "kith/path.h"
#include "kith/peers.h"
#include "kith/players.h"
#include "kith/whatif.h"

static kith_network network;
static kith_layer layer;

/* Four children who go missing together, and one who has no tie. */
static void open_layer(void)
{
    const kith_layer_options options = { .layer = KITH_LAYER_TOGETHER };
    char id[] = "P1";

    setenv("KITH_THREADS", "1", 1); /* allocations are counted for one thread */
    begin_hub();
    for (; id[1] <= '5'; id[1]++)
        add_person(id, "2010-01-01");
    add_event("E1", "missing", "2022-06-01", "", 0);
    for (id[1] = '1'; id[1] <= '4'; id[1]++)
        add_part("E1", id, "missing");
    add_link("P1", "P2", "friend", 0, "", "");
    network = network_of(view_of("2022-06-30", 365));
    cr_assert(kith_layer_build(&layer, &network, &options, NULL) == KITH_OK);
}

static void close_layer(void)
{
    kith_layer_free(&layer);
    kith_network_free(&network);
    end_hub();
}

TestSuite(analyses_malloc, .init = open_layer, .fini = close_layer);

static kith_status measure(kith_error *err)
{
    const kith_measures_options options = { .samples = 2, .resamples = 1 };
    kith_table table = { 0 };
    const kith_status status = kith_measures_report(&table, &layer, true, &options, err);

    kith_table_free(&table);
    return status;
}

static kith_status group(kith_error *err)
{
    const kith_peers_options options = { .seed = 1, .resamples = 2, .least = 3, .evidence = true };
    kith_peers peers;
    kith_table table = { 0 };
    kith_status status = kith_peers_find(&peers, &layer, &options, err);

    if (status == KITH_OK)
        status = kith_peers_report(&table, &peers, &layer, err);
    kith_table_free(&table);
    kith_peers_free(&peers);
    return status;
}

static kith_status follow(kith_error *err)
{
    const kith_peers_options options = { .seed = 1, .least = 2 };
    kith_peers then, now = { 0 };
    kith_group_changes changes = { 0 };
    kith_kept kept = { 0 };
    kith_table table = { 0 };
    kith_status status = kith_peers_find(&then, &layer, &options, err);

    if (status == KITH_OK)
        status = kith_peers_find(&now, &layer, &options, err);
    if (status == KITH_OK)
        status = kith_kept_take(&kept, &then, &layer, err);
    if (status == KITH_OK)
        status = kith_peers_follow(&changes, &now, &layer, &kept, err);
    if (status == KITH_OK) {
        kith_group_changes_note(&table, &changes);
        status = kith_table_status(&table, err);
    }
    if (status == KITH_OK && now.listed_count > 0)
        status = kith_explain_member(&table, &now, &layer, now.members[0], err);
    kith_table_free(&table);
    kith_group_changes_free(&changes);
    kith_kept_free(&kept);
    kith_peers_free(&now);
    kith_peers_free(&then);
    return status;
}

static kith_status explain_q(kith_error *err)
{
    kith_table table = { 0 };
    const kith_status status = kith_explain_q(&table, &layer, 0, err);

    kith_table_free(&table);
    return status == KITH_NOT_FOUND ? KITH_OK : status;
}

static kith_status go(kith_error *err)
{
    kith_path path;
    kith_table table = { 0 };
    kith_status status = kith_path_find(&path, &layer, 1, thing_called(&network, "P1"),
                                        thing_called(&network, "P4"), false, err);

    kith_paths paths = { 0 };
    if (status == KITH_OK)
        status = kith_path_report(&table, &path, err);
    kith_table_free(&table);
    table = (kith_table){ 0 };
    if (status == KITH_OK)
        status = kith_path_fewest(&paths, &layer, 1, thing_called(&network, "P1"),
                                  thing_called(&network, "P4"), false, err);
    if (status == KITH_OK)
        status = kith_paths_report(&table, &paths, 5, err);
    kith_table_free(&table);
    kith_paths_free(&paths);
    kith_path_free(&path);
    return status;
}

/* All of the four as if they were adults alleged to harm: found whole, and by search. */
static kith_status play(kith_error *err)
{
    const kith_layer_options rules = { .size_cap = 12 };
    kith_players_options options = { .aim = KITH_AIM_REACH, .size = 2 };
    kith_suspects suspects, nobody;
    kith_status status = kith_suspects_find(&nobody, &network, KITH_SUSPECTS_BOTH, &rules, err);

    if (status != KITH_OK)
        return status;
    suspects = nobody;
    uint32_t *none = nobody.thing;
    suspects.thing = (uint32_t[]){ 0, 1, 2, 3, 4 };
    suspects.by_id = suspects.thing;
    suspects.graph = layer.graph;
    for (options.work = 0; status == KITH_OK && options.work <= 1; options.work++) {
        kith_table table = { 0 };
        status = kith_players_report(&table, &suspects, &network, &options, NULL, 2, 1, err);
        kith_table_free(&table);
        if (status == KITH_OK)
            status = kith_explain_players(&table, &suspects, &network, options.aim,
                                          (uint32_t[]){ 0, 1 }, 2, err);
        kith_table_free(&table);
    }
    nobody.thing = none;
    kith_suspects_free(&nobody);
    return status;
}

static kith_status take_away(kith_error *err)
{
    kith_whatif whatif;
    kith_table table = { 0 };
    kith_status status = kith_whatif_build(&whatif, &network, NULL, 0, err);

    if (status == KITH_OK)
        status = kith_whatif_report(&table, &whatif, err);
    kith_table_free(&table);
    kith_whatif_free(&whatif);
    return status;
}

static kith_status ask(kith_error *err)
{
    const kith_gaps_options options = { .least = 1, .size_cap = 12 };
    kith_table table = { 0 };
    const kith_status status = kith_gaps_report(&table, &network, &options, err);

    kith_table_free(&table);
    return status;
}

/* One fails and those after it are given again: nothing leans on a later one to fail too. */
static void fail_one_at_each_place(kith_status (*run)(kith_error *err))
{
    int place = 0;

    for (bool more = true; more; place++) {
        kith_error err;
        allocations_try_next_place();
        const kith_status status = run(&err);
        more = allocations_end_try();
        if (status != KITH_OK)
            cr_assert(more && status == KITH_NO_MEMORY, "place %d: %s", place, err.message);
    }
}

/* Leaks are found by the sanitizer when the test's process ends. */
static void fail_each(kith_status (*run)(kith_error *err), long least)
{
    kith_status status = KITH_NO_MEMORY;
    kith_error err;
    long n = 0;

    for (; status != KITH_OK && n < 10000; n++) {
        allocations_left = n;
        status = run(&err);
        allocations_left = -1;
        if (status != KITH_OK)
            cr_assert(eq(int, status, KITH_NO_MEMORY), "allocation %ld: %s", n, err.message);
    }
    cr_expect(n > least, "%ld allocations only", n);
    cr_expect(eq(int, status, KITH_OK));
    fail_one_at_each_place(run);
}

static kith_store *store;

static kith_status count(kith_error *err)
{
    const kith_view view = view_of("2022-06-30", 365);
    const kith_periods periods = { .of = { { kith_day(2022, 5, 1), kith_day(2022, 5, 31) },
                                           { kith_day(2022, 6, 1), kith_day(2022, 6, 30) } },
                                   .count = 2 };
    char *ids[] = { "P1", "P2", "P3" };
    kith_outcomes outcomes;
    kith_table table = { 0 };
    kith_status status =
        kith_outcomes_read(&outcomes, store, &view, ids, 3, INT32_MIN, &periods, err);

    if (status == KITH_OK)
        status = kith_outcomes_table(&table, &outcomes, err);
    kith_table_free(&table);
    kith_outcomes_free(&outcomes);
    return status;
}

static kith_status read_bare(kith_error *err)
{
    const kith_view view = view_of("2022-06-30", 365);
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
    kith_network people;
    kith_layer bare;
    const kith_status status = kith_bare_read(&bare, &people, store, &view, &together, err);

    kith_layer_free(&bare);
    kith_network_free(&people);
    return status;
}

/* A ring in which each node has one nearest, these pairs one nearest pair, and so on, so that an order
 * is found over several levels. */
static kith_status make_compact(kith_error *err)
{
    enum { RING = 1200 };
    static uint32_t place[RING];
    static kith_tie ties[RING];
    kith_compact compact;

    for (uint32_t i = 0; i < RING; i++)
        ties[i] = (kith_tie){ i, (i + 1) % RING, i % 2 == 0 ? 4 : i % 4 == 1 ? 2 : 1 };
    ties[RING - 1] = (kith_tie){ 0, RING - 1, 1 };
    const kith_status status = kith_compact_make(&compact, place, NULL, RING, ties, RING, err);
    kith_compact_free(&compact);
    return status;
}

Test(analyses_malloc, ordering_many_says_that_memory_is_short)
{
    fail_each(make_compact, 20);
}

Test(analyses_malloc, measures_say_that_memory_is_short)
{
    fail_each(measure, 50);
}

Test(analyses_malloc, peers_say_that_memory_is_short)
{
    fail_each(group, 40);
}

Test(analyses_malloc, following_groups_says_that_memory_is_short)
{
    fail_each(follow, 40);
}

Test(analyses_malloc, explaining_a_q_says_that_memory_is_short)
{
    fail_each(explain_q, 15);
}

Test(analyses_malloc, players_say_that_memory_is_short)
{
    fail_each(play, 50);
}

Test(analyses_malloc, whatif_says_that_memory_is_short)
{
    fail_each(take_away, 5);
}

Test(analyses_malloc, gaps_say_that_memory_is_short)
{
    fail_each(ask, 5);
}

Test(analyses_malloc, path_says_that_memory_is_short)
{
    fail_each(go, 10);
}

Test(analyses_malloc, outcomes_say_that_memory_is_short)
{
    store = open_hub();
    fail_each(count, 50);
    kith_store_close(store);
}

Test(analyses_malloc, bare_ties_say_that_memory_is_short)
{
    add_link("P1", "P5", "friend", 0, "", "");
    run_sql("UPDATE event SET ended_at = '2022-06-02'");
    store = open_hub();
    fail_each(read_bare, 30);
    kith_store_close(store);
}
