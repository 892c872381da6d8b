/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_explain.c: terms add up to the figure that they explain. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/explain.h"

enum { HOME, PEER, SCHOOL, NEIGHBOURHOOD, ONLINE };

static kith_error err;

static void make_hub(void)
{
    begin_hub();
    add_person("P1", "2008-01-01");
    add_person("P2", "2008-01-01");
    add_place("L1", "park");
}

TestSuite(explain, .init = make_hub, .fini = end_hub);

static double sum_of_values(const kith_table *table)
{
    double sum = 0;

    for (size_t row = 0; row < kith_table_rows(table); row++)
        sum += table->cells[row * table->column_count + 1].number;
    return sum;
}

static const char *record_of(const kith_table *table, size_t row)
{
    return table->cells[row * table->column_count + 2].text;
}

static const char *term_of(const kith_table *table, size_t row)
{
    return table->cells[row * table->column_count].text;
}

/* Row whose term begins so and whose record is that; the test fails when there is none. */
static size_t row_of(const kith_table *table, const char *begins, const char *record)
{
    for (size_t row = 0; row < kith_table_rows(table); row++)
        if (strncmp(term_of(table, row), begins, strlen(begins)) == 0 &&
            strcmp(record_of(table, row), record) == 0)
            return row;
    cr_assert(false, "no row %s of %s", begins, record);
    return 0;
}

static void weigh_person(kith_contexts *contexts, kith_weigh *weigh)
{
    kith_store *store = open_hub();
    const kith_view view = view_of("2022-06-30", 3650);

    kith_subject subject;
    char *ids[] = { "P1" };

    cr_assert(eq(int, kith_subject_read(&subject, store, &view, ids, 1, &err), KITH_OK));
    cr_assert(eq(int, kith_contexts_read(contexts, store, &view, &subject, NULL, &err), KITH_OK));
    kith_subject_free(&subject);
    cr_assert(eq(int,
                 kith_weigh_build(weigh, contexts->items, contexts->count, view.as_of,
                                  &kith_weigh_default, &err),
                 KITH_OK));
    kith_store_close(store);
}

/* Every way in which an item can count, and not count. */
static void add_evidence(void)
{
    add_event("E1", "incident", "2022-06-01", "", 0);
    set_origin("police", "R1", "1B");
    add_context("P1", "school", "risk", "", "", 3, "2022-06-05", "E1");
    set_origin("school", "R1", "");
    add_context("P1", "school", "risk", "", "", 2, "2022-06-05", "");
    set_origin("police", "R2", "1A");
    add_context("P1", "peer+neighbourhood", "risk", "", "", 3, "2022-05-01", "E1");
    set_origin("police", "", "2C");
    add_context("P1", "peer", "risk", "", "condition", 2, "2021-05-01", "");
    add_context("P1", "peer", "protective", "", "", 2, "2022-05-01", "");
    add_context("P1", "school", "protective", "", "", 0, "", "");
    add_context("P1", "school", "drives", "peer+neighbourhood", "", 3, "2022-06-18", "");
    add_context("P1", "peer+online", "drives", "school", "", 1, "2022-06-18", "");
    set_origin("police", "", "3E");
    add_context("P1", "school", "risk", "", "", 3, "2022-06-20", "");
}

Test(explain, the_terms_of_every_context_add_up_to_its_share)
{
    kith_contexts contexts;
    kith_weigh weigh;

    add_evidence();
    weigh_person(&contexts, &weigh);
    for (int c = 0; c < KITH_CONTEXT_COUNT; c++) {
        kith_table table = { 0 };
        cr_assert(eq(int, kith_explain_share(&table, &contexts, &weigh, c, &err), KITH_OK));
        cr_expect(epsilon_eq(dbl, sum_of_values(&table), weigh.contexts[c].share, 1e-9), "%s",
                  kith_context_name[c]);
        kith_table_free(&table);
    }
    cr_expect(gt(dbl, weigh.contexts[ONLINE].share, 0), "it drives, so it has a share");
    kith_weigh_free(&weigh);
    kith_contexts_free(&contexts);
}

Test(explain, each_term_names_its_record_and_says_why_it_does_not_count)
{
    kith_contexts contexts;
    kith_weigh weigh;
    kith_table table = { 0 };

    add_evidence();
    weigh_person(&contexts, &weigh);
    cr_assert(eq(int, kith_explain_share(&table, &contexts, &weigh, SCHOOL, &err), KITH_OK));
    cr_expect(gt(dbl, table.cells[row_of(&table, "risk", "context:1") * 8 + 1].number, 0));
    cr_expect(lt(dbl, table.cells[row_of(&table, "protection", "context:6") * 8 + 1].number, 0));
    cr_expect(
        gt(dbl, table.cells[row_of(&table, "moved in from peer", "context:7") * 8 + 1].number, 0));
    cr_expect(
        lt(dbl, table.cells[row_of(&table, "moved out to online", "context:8") * 8 + 1].number, 0));
    cr_expect(
        eq(dbl, table.cells[row_of(&table, "not counted again", "context:2") * 8 + 1].number, 0));
    cr_expect(eq(
        dbl, table.cells[row_of(&table, "not counted: suspected", "context:9") * 8 + 1].number, 0));
    kith_table_free(&table);
    kith_weigh_free(&weigh);
    kith_contexts_free(&contexts);
}

Test(explain, a_share_that_does_not_exist_has_no_values)
{
    kith_contexts contexts;
    kith_weigh weigh;
    kith_table table = { 0 };

    add_context("P1", "home", "protective", "", "", 2, "2022-05-01", "");
    weigh_person(&contexts, &weigh);
    cr_assert(eq(int, kith_explain_share(&table, &contexts, &weigh, HOME, &err), KITH_OK));
    cr_assert(eq(sz, kith_table_rows(&table), 1));
    cr_expect(table.cells[1].missing);
    kith_table_free(&table);
    cr_assert(eq(int, kith_explain_share(&table, &contexts, &weigh, ONLINE, &err), KITH_OK));
    cr_expect(eq(sz, kith_table_rows(&table), 0));
    kith_table_free(&table);
    kith_weigh_free(&weigh);
    kith_contexts_free(&contexts);
}

Test(explain, a_places_children_and_events_add_up_to_what_it_is_ranked_by)
{
    const kith_view view = view_of("2022-06-30", 112);
    const kith_hotspots_options options = { .since = view.since };
    kith_hotspots hotspots;
    kith_table table = { 0 };
    double children = 0, events = 0;

    set_origin("police", "R1", "1B");
    add_event("E1", "incident", "2022-06-01", "L1", 3);
    add_part("E1", "P1", "victim");
    add_part("E1", "P2", "witness");
    set_origin("school", "R1", "");
    add_event("E2", "incident", "2022-06-01", "L1", 2);
    add_part("E2", "P1", "victim");
    kith_network network = network_of(view);
    const uint32_t place = thing_called(&network, "L1");
    cr_assert(eq(int, kith_hotspots_find(&hotspots, &network, &options, &err), KITH_OK));
    cr_assert(eq(int, kith_explain_place(&table, &network, &options, place, &err), KITH_OK));

    for (size_t row = 0; row < kith_table_rows(&table); row++)
        *(strcmp(term_of(&table, row), "child") == 0 ? &children : &events) +=
            table.cells[row * table.column_count + 1].number;
    cr_expect(eq(dbl, children, hotspots.places[0].children));
    cr_expect(epsilon_eq(dbl, events, hotspots.places[0].weighted_events, 1e-9));
    cr_expect(gt(dbl, events, 0));
    row_of(&table, "child", "P2");
    cr_expect(eq(dbl, table.cells[row_of(&table, "event", "E2") * 8 + 1].number, 0),
              "the same report from another agency");
    kith_table_free(&table);
    cr_expect(eq(int,
                 kith_explain_place(&table, &network, &options, thing_called(&network, "P1"), &err),
                 KITH_USAGE));
    kith_hotspots_free(&hotspots);
    kith_network_free(&network);
}

/* reading: 0 as the rules say, 1 raw, 2 unweighted. */
static kith_layer layer_of(const kith_network *network, kith_layer_name name, int reading)
{
    const kith_layer_options options = {
        .layer = name, .who = KITH_WHO_ALL, .raw = reading > 0, .unweighted = reading > 1
    };
    kith_layer layer;

    cr_assert(eq(int, kith_layer_build(&layer, network, &options, &err), KITH_OK), "%s",
              err.message);
    return layer;
}

static void add_meetings(void)
{
    add_person("P3", "2008-01-01");
    set_origin("police", "R1", "1A");
    add_event("E1", "missing", "2022-06-01", "L1", 2);
    add_part("E1", "P1", "missing");
    add_part("E1", "P2", "missing");
    add_part("E1", "P3", "missing");
    set_origin("police", "R2", "1E");
    add_event("E2", "incident", "2022-06-02", "", 0);
    add_part("E2", "P1", "victim");
    add_part("E2", "P2", "present");
    set_origin("", "", "");
    add_link("P1", "P2", "friend", 0, "2022-01-01", "");
    add_link("P1", "L1", "frequents", 2.5, "", "");
}

Test(explain, the_terms_of_every_tie_add_up_to_its_weight)
{
    static const kith_layer_name names[] = { KITH_LAYER_LINKS, KITH_LAYER_TOGETHER,
                                             KITH_LAYER_PRESENCE, KITH_LAYER_EVENTS,
                                             KITH_LAYER_ALL };
    size_t ties = 0;

    add_meetings();
    kith_network network = network_of(view_of("2022-06-30", 365));
    for (int i = 0; i < 15; i++) {
        kith_layer layer = layer_of(&network, names[i / 3], i % 3);
        for (size_t tie = 0; tie < layer.graph.tie_count; tie++, ties++) {
            kith_table table = { 0 };
            cr_assert(eq(int, kith_explain_tie(&table, &layer, tie, &err), KITH_OK));
            cr_expect(epsilon_eq(dbl, sum_of_values(&table), layer.graph.ties[tie].weight, 1e-9));
            kith_table_free(&table);
        }
        kith_layer_free(&layer);
    }
    cr_expect(gt(sz, ties, 30));
    kith_network_free(&network);
}

Test(explain, a_tie_rests_on_named_events_and_links)
{
    kith_table table = { 0 };

    add_meetings();
    kith_network network = network_of(view_of("2022-06-30", 365));
    kith_layer layer = layer_of(&network, KITH_LAYER_TOGETHER, 0);
    const size_t tie =
        kith_graph_tie(&layer.graph, kith_layer_node_of(&layer, thing_called(&network, "P1")),
                       kith_layer_node_of(&layer, thing_called(&network, "P2")));
    cr_assert(eq(int, kith_explain_tie(&table, &layer, tie, &err), KITH_OK));

    const size_t event = row_of(&table, "event", "E1");
    cr_expect(eq(dbl, table.cells[event * 8 + 1].number, 0.5), "three people: 1 / (3 - 1)");
    cr_expect(eq(dbl, table.cells[event * 8 + 3].number, 2), "severity");
    cr_expect(eq(str, table.cells[event * 8 + 7].text,
                 "missing, 2022-06-01, police R1, 1A, E1/P1/missing, E1/P2/missing"));
    cr_expect(eq(dbl, table.cells[row_of(&table, "link", "link:1") * 8 + 1].number, 1));
    kith_table_free(&table);
    kith_layer_free(&layer);
    kith_network_free(&network);
}

/* Five adults alleged together in twos along a line, K1 to K5. */
static kith_network alleged_in_line(void)
{
    char a[] = "K1", b[] = "K2", event[] = "A1";

    for (; a[1] <= '5'; a[1]++)
        add_person(a, "1990-01-01");
    for (a[1] = '1'; b[1] <= '5'; a[1]++, b[1]++, event[1]++) {
        add_event(event, "incident", "2022-06-01", "", 2);
        add_part(event, a, "alleged_perpetrator");
        add_part(event, b, "alleged_perpetrator");
    }
    return network_of(view_of("2022-06-30", 365));
}

/* Borgatti's 5-path: 0.6667 without its middle, so each of the four left gives (1 - 1/3)/4. */
Test(explain, what_each_one_gives_adds_up_to_the_value_of_a_key_player_set)
{
    kith_network network = alleged_in_line();
    kith_suspects suspects;

    cr_assert(kith_suspects_find(&suspects, &network, KITH_SUSPECTS_TOGETHER,
                                 &(kith_layer_options){ .size_cap = 12 }, &err) == KITH_OK);
    for (int aim = KITH_AIM_FRAGMENT; aim <= KITH_AIM_CONTACT; aim++)
        for (uint32_t bits = 1; bits < 32; bits++) {
            kith_table table = { 0 };
            uint32_t set[5];
            size_t count = 0;
            double value;
            for (uint32_t v = 0; v < 5; v++)
                if (bits >> v & 1)
                    set[count++] = v;
            cr_assert(kith_players_value(&value, &suspects.graph, (kith_aim)aim, set, count, &err) ==
                      KITH_OK);
            cr_assert(kith_explain_players(&table, &suspects, &network, (kith_aim)aim, set, count,
                                           &err) == KITH_OK);
            cr_expect(epsilon_eq(dbl, sum_of_values(&table), value, 1e-9), "aim %d, set %u", aim,
                      (unsigned)bits);
            if (aim == KITH_AIM_FRAGMENT && bits == (uint32_t)1 << suspects.by_id[2]) {
                const size_t row = row_of(&table, "is apart", "K1");
                cr_expect(epsilon_eq(dbl, table.cells[row * 8 + 1].number, 2.0 / 12, 1e-9));
                cr_expect(eq(str, table.cells[row * 8 + 7].text,
                             "reaches 1 of 3 others, 1/distance adds up to 1; intact 4 of 4, 2.08333"));
                row_of(&table, "taken away", "K3");
            }
            kith_table_free(&table);
        }
    kith_suspects_free(&suspects);
    kith_network_free(&network);
}

/* The sums of the rows whose term begins alike. */
static double sum_of_terms(const kith_table *table, const char *term)
{
    double sum = 0;

    for (size_t r = 0; r < kith_table_rows(table); r++)
        if (strncmp(table->cells[r * 8].text, term, strlen(term)) == 0)
            sum += table->cells[r * 8 + 1].number;
    return sum;
}

/* Sixty children in a hundred events of three, dealt by a fixed rule, and two who go missing apart. */
static void add_many(void)
{
    char id[16], event[16];

    run_sql("BEGIN");
    for (int i = 0; i < 60; i++) {
        snprintf(id, sizeof id, "C%02d", i);
        add_person(id, "2008-01-01");
    }
    for (int e = 0; e < 100; e++) {
        snprintf(event, sizeof event, "M%03d", e);
        add_event(event, "incident", e % 2 == 0 ? "2022-05-02" : "2022-05-03", "", 0);
        for (int i = 0; i < 3; i++) {
            snprintf(id, sizeof id, "C%02d", e < 6 ? i : (e * 7 + i * 11) % 60);
            add_part(event, id, "present");
        }
    }
    for (int e = 0; e < 4; e++) {
        snprintf(event, sizeof event, "A%d", e);
        snprintf(id, sizeof id, "C0%d", e % 2);
        add_event(event, "missing", e < 2 ? "2022-05-05T20:00" : "2022-05-17T20:00", "", 0);
        add_part(event, id, "missing");
    }
    run_sql("UPDATE event SET ended_at = substr(occurred_at, 1, 10) || 'T23:00' WHERE id LIKE 'A%'");
    run_sql("COMMIT");
}

Test(explain, the_terms_of_every_q_add_up)
{
    kith_together tested;
    int supported = 0;

    add_many();
    kith_network network = network_of(view_of("2022-06-30", 365));
    kith_layer layer = layer_of(&network, KITH_LAYER_TOGETHER, 0);
    cr_assert(kith_together_test(&tested, &layer, &err) == KITH_OK);
    for (size_t tie = 0; tie < tested.pair_count; tie++) {
        kith_table table = { 0 };
        const kith_together_pair *pair = &tested.pairs[tie];
        cr_assert(eq(int, kith_explain_q(&table, &layer, tie, &err), KITH_OK), "%s", err.message);
        cr_expect(epsilon_eq(dbl, sum_of_terms(&table, "expected"), pair->expected, 1e-9));
        cr_expect(epsilon_eq(dbl, sum_of_terms(&table, "log10"), log10(pair->q_value), 1e-9));
        supported += pair->q_value < KITH_SUPPORTED_Q;
        kith_table_free(&table);
    }
    cr_expect(gt(int, supported, 0));
    cr_expect(lt(sz, (size_t)supported, tested.pair_count));
    kith_together_free(&tested);
    kith_layer_free(&layer);
    kith_network_free(&network);
}

Test(explain, a_declared_tie_has_no_q)
{
    kith_table table = { 0 };

    add_meetings();
    add_link("P2", "P3", "friend", 0, "", "");
    run_sql("DELETE FROM participation");
    kith_network network = network_of(view_of("2022-06-30", 365));
    kith_layer layer = layer_of(&network, KITH_LAYER_TOGETHER, 0);
    cr_expect(eq(int, kith_explain_q(&table, &layer, 0, &err), KITH_NOT_FOUND));
    kith_table_free(&table);
    kith_layer_free(&layer);
    layer = layer_of(&network, KITH_LAYER_LINKS, 0);
    cr_expect(eq(int, kith_explain_q(&table, &layer, 0, &err), KITH_USAGE));
    kith_table_free(&table);
    kith_layer_free(&layer);
    kith_network_free(&network);
}

/* What a membership is made of adds up to what the quality loses when the member stands alone, by
 * kith_cluster_quality, for either objective. */
Test(explain, the_terms_of_a_membership_add_up_to_what_is_lost)
{
    add_many();
    for (int i = 0; i < 8; i++)
        add_link(i < 4 ? "C20" : "C21", i % 4 == 0 ? "C22" : i % 4 == 1 ? "C23"
                                        : i % 4 == 2 ? "C24" : "C25", "friend", 0, "", "");
    kith_network network = network_of(view_of("2022-06-30", 365));
    kith_layer layer = layer_of(&network, KITH_LAYER_TOGETHER, 0);
    double weight = 0;
    size_t members = 0;
    for (size_t t = 0; t < layer.graph.tie_count; t++)
        weight += layer.graph.ties[t].weight;
    for (int objective = 0; objective < 2; objective++) {
        kith_peers peers;
        cr_assert(kith_peers_find(&peers, &layer,
                                  &(kith_peers_options){ .objective = objective == 0 ? KITH_CPM : KITH_MODULARITY,
                                                         .seed = 1, .least = 3 }, &err) == KITH_OK);
        for (uint32_t v = 0; v < layer.graph.node_count; v++) {
            kith_table table = { 0 };
            if (kith_peers_group_of(&peers, v) == KITH_NOTHING) {
                cr_expect(eq(int, kith_explain_member(&table, &peers, &layer, v, &err), KITH_NOT_FOUND));
                continue;
            }
            cr_assert(kith_explain_member(&table, &peers, &layer, v, &err) == KITH_OK);
            const uint32_t group = peers.clustering.group_of[v];
            double alone;
            peers.clustering.group_of[v] = (uint32_t)peers.clustering.group_count;
            cr_assert(peers.clustering.group_count < layer.graph.node_count);
            cr_assert(kith_cluster_quality(&alone, &layer.graph, peers.clustering.group_of,
                                           peers.used.objective, peers.used.resolution, &err) == KITH_OK);
            peers.clustering.group_of[v] = group;
            const double lost = (peers.clustering.quality - alone) * (objective == 0 ? 1 : weight);
            cr_expect(epsilon_eq(dbl, sum_of_values(&table), lost, 1e-9));
            members++;
            kith_table_free(&table);
        }
        kith_peers_free(&peers);
    }
    cr_expect(gt(sz, members, 10));
    kith_layer_free(&layer);
    kith_network_free(&network);
}
