/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/peers.h"

/* Worked by hand: four girls (P01 to P04) go missing together in pairs and threes, three
 * boys (P05 to P07) are declared friends, P08 and P09 share one sighting, P10 is alone. P03
 * and P05 share an incident with two adults, which weighs 1/3 on their tie. */
static void write_others(void);

static void write_town(void)
{
    char id[16];

    begin_hub();
    for (int i = 1; i <= 10; i++) {
        snprintf(id, sizeof id, "P%02d", i);
        add_person(id, "2008-05-01");
    }
    for (int i = 1; i <= 4; i++) {
        snprintf(id, sizeof id, "E%02d", i);
        add_event(id, "missing", "2022-03-01", "", 0);
        for (int p = 1; p <= 4; p++) {
            char person[16];
            snprintf(person, sizeof person, "P%02d", p);
            if (p != i)
                add_part(id, person, "missing");
        }
    }
    add_link("P05", "P06", "friend", 0, "2022-01-01", "");
    add_link("P06", "P07", "friend", 0, "2022-01-01", "");
    add_link("P07", "P05", "friend", 0, "2022-01-01", "");
    add_event("E05", "sighting", "2022-03-02", "", 0);
    add_part("E05", "P08", "present");
    add_part("E05", "P09", "present");
    add_event("E06", "incident", "2022-03-03", "", 0);
    add_person("P11", "1980-05-01");
    add_person("P12", "1980-05-01");
    add_part("E06", "P11", "present");
    add_part("E06", "P12", "present");
    add_part("E06", "P03", "present");
    add_part("E06", "P05", "present");
    write_others();
}

/* Three hundred children seen once, alone: among them it is no chance when two meet twice. */
static void write_others(void)
{
    char id[16];

    run_sql("BEGIN");
    for (int i = 0; i < 300; i++) {
        snprintf(id, sizeof id, "Z%03d", i);
        add_person(id, "2008-05-01");
        add_event(id, "sighting", "2022-04-01", "", 0);
        add_part(id, id, "present");
    }
    run_sql("COMMIT");
}

typedef struct seen {
    kith_network network;
    kith_layer layer;
    kith_peers peers;
} seen;

static const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
static const kith_peers_options usual = {
    .resolution = 0.05, .seed = 1, .resamples = -1, .least = 3
};

/* A layer points to its network, so a seen stays where it is. */
static void see(seen *made, const kith_layer_options *options, const kith_peers_options *wanted)
{
    kith_error err = { 0 };
    kith_view view = view_of("2022-06-30", options->raw ? 0 : 365);

    made->network = network_of(view);
    cr_assert(kith_layer_build(&made->layer, &made->network, options, &err) == KITH_OK, "%s",
              err.message);
    cr_assert(kith_peers_find(&made->peers, &made->layer, wanted, &err) == KITH_OK, "%s",
              err.message);
}

static void drop(seen *made)
{
    kith_peers_free(&made->peers);
    kith_layer_free(&made->layer);
    kith_network_free(&made->network);
}

static uint32_t node(const seen *in, const char *id)
{
    return kith_layer_node_of(&in->layer, thing_called(&in->network, id));
}

static uint32_t group(const seen *in, const char *id)
{
    return in->peers.clustering.group_of[node(in, id)];
}

static void expect_reasons(const seen *in, const char *id, const char *expected)
{
    kith_text text = { 0 };

    cr_assert(kith_peers_reasons(&text, &in->peers, &in->layer, node(in, id), NULL) == KITH_OK);
    cr_expect(eq(str, (char *)kith_text_string(&text), (char *)expected));
    kith_text_free(&text);
}

Test(peers, girls_missing_together_and_friends_are_two_groups_and_a_pair_is_none,
     .init = write_town, .fini = end_hub)
{
    seen town;
    see(&town, &together, &usual);

    cr_expect(eq(sz, town.peers.group_count, 2));
    cr_expect(eq(sz, town.peers.people_count, 7));
    cr_expect(eq(sz, town.peers.small_count, 1));
    for (int i = 1; i <= 4; i++) {
        char id[16];
        snprintf(id, sizeof id, "P%02d", i);
        cr_expect(eq(u32, group(&town, id), 0), "%s", id);
        cr_expect(town.peers.stability[node(&town, id)] >= 0.8, "%s", id);
    }
    cr_expect(eq(u32, group(&town, "P05"), 1));
    cr_expect(eq(u32, group(&town, "P07"), 1));
    cr_expect(group(&town, "P08") >= town.peers.group_count);
    cr_expect(isnan(town.peers.stability[node(&town, "P08")]), "a pair has no stability");
    cr_expect(isnan(town.peers.stability[node(&town, "P10")]));
    drop(&town);
}

Test(peers, a_member_is_held_by_ties_told_with_their_records, .init = write_town, .fini = end_hub)
{
    seen town;
    see(&town, &together, &usual);

    expect_reasons(&town, "P01",
                   "missing together with P04 (2 events, 2022-03-01: E02, E03); " /* of one weight */
                   "missing together with P02 (2 events, 2022-03-01: E03, E04); "
                   "missing together with P03 (2 events, 2022-03-01: E02, E04)");
    expect_reasons(&town, "P05", "friend of P06 (link); friend of P07 (link)");
    expect_reasons(&town, "P08", "");
    drop(&town);
}

Test(peers, missing_together_is_told_before_what_weighs_more, .init = write_town, .fini = end_hub)
{
    add_link("P01", "P02", "friend", 0, "2022-01-01", "");
    add_event("E10", "sighting", "2022-03-09", "", 0);
    add_part("E10", "P01", "present");
    add_part("E10", "P02", "missing");
    seen town;
    see(&town, &together, &usual);
    kith_text text = { 0 };

    /* missing 2 x 1/2; the sighting of two 1, the friendship 1 */
    cr_assert(kith_peers_reasons(&text, &town.peers, &town.layer, node(&town, "P02"), NULL) ==
              KITH_OK);
    cr_expect(strstr(kith_text_string(&text),
                     "missing together with P01 (2 events, 2022-03-01: E03, E04), sighting shared "
                     "with P01 (event, 2022-03-09: E10); ") == kith_text_string(&text),
              "%s", kith_text_string(&text));
    kith_text_free(&text);
    drop(&town);
}

Test(peers, a_lower_resolution_joins_what_two_ties_hold_and_one_does_not, .init = write_town,
     .fini = end_hub)
{
    kith_peers_options wide = usual;
    seen town;

    /* joined when 1/3 > resolution x 4 x 3 */
    wide.resolution = 0.03;
    see(&town, &together, &wide);
    cr_expect(ne(u32, group(&town, "P03"), group(&town, "P05")));
    drop(&town);
    wide.resolution = 0.02;
    see(&town, &together, &wide);
    cr_expect(ne(u32, group(&town, "P03"), group(&town, "P05")), "1/3 > 0.24, but one tie alone");
    cr_expect(eq(sz, town.peers.parted_count, 1));
    drop(&town);
    add_link("P02", "P06", "friend", 0, "", "");
    see(&town, &together, &wide);
    cr_expect(eq(u32, group(&town, "P03"), group(&town, "P05")), "two ties");
    cr_expect(eq(sz, town.peers.parted_count, 0));
    drop(&town);
}

Test(peers, evidence_weighs_ties_with_mean_1_and_restates_the_resolution, .init = write_town,
     .fini = end_hub)
{
    kith_peers_options by_evidence = usual;
    double mean = 0;

    by_evidence.evidence = true;
    seen town;
    see(&town, &together, &by_evidence);
    for (size_t t = 0; t < town.layer.graph.tie_count; t++)
        mean += town.layer.graph.ties[t].weight / (double)town.layer.graph.tie_count;
    cr_expect(epsilon_eq(dbl, town.peers.used.resolution, 0.05 / mean, 1e-12));
    cr_expect(eq(sz, town.peers.group_count, 2));
    drop(&town);
}

Test(peers, the_same_seed_gives_the_same_stability_and_none_without_resamples, .init = write_town,
     .fini = end_hub)
{
    kith_peers_options none = usual;
    seen one, two, untried;

    see(&one, &together, &usual);
    see(&two, &together, &usual);
    for (uint32_t v = 0; v < one.layer.graph.node_count; v++) {
        const double a = one.peers.stability[v], b = two.peers.stability[v];
        cr_expect(a == b || (isnan(a) && isnan(b)));
        cr_expect(isnan(a) || (a >= 0 && a <= 1));
    }
    none.resamples = 0;
    see(&untried, &together, &none);
    for (uint32_t v = 0; v < untried.layer.graph.node_count; v++)
        cr_expect(isnan(untried.peers.stability[v]));
    drop(&one);
    drop(&two);
    drop(&untried);
}

/* P20 hangs on the group of six by one tie: losing it, one time in ten, loses P20. With the
 * tie as strong as any, nobody else's place depends on a single tie. */
Test(peers, a_member_held_by_one_tie_is_less_sure_than_the_core, .fini = end_hub)
{
    kith_peers_options many = usual;
    const char *core[] = { "P11", "P12", "P13", "P14", "P15", "P16" };

    begin_hub();
    add_person("P20", "2008-05-01");
    for (int a = 0; a < 6; a++)
        add_person(core[a], "2008-05-01");
    for (int a = 0; a < 6; a++)
        for (int b = a + 1; b < 6; b++)
            add_link(core[a], core[b], "friend", 0, "", "");
    add_link("P16", "P20", "friend", 0, "", "");
    many.resamples = 400;
    seen town;
    see(&town, &together, &many);
    const double edge = town.peers.stability[node(&town, "P20")];

    /* kept with probability 0.9 x 0.98 (the tie, and P16): 0.882 with a deviation of 0.016 */
    cr_expect(edge > 0.82 && edge < 0.94, "%g", edge);
    cr_expect(town.peers.stability[node(&town, "P11")] > 0.99);
    drop(&town);
}

/* Two groups of five friends, and P20, a friend of two in each: with every lost tie the
 * balance tips. */
static void write_bridge(void)
{
    begin_hub();
    add_person("P20", "2008-05-01");
    for (int a = 0; a < 10; a++) {
        char id[2][16];
        snprintf(id[0], sizeof id[0], "P3%d", a);
        add_person(id[0], "2008-05-01");
        for (int b = a / 5 * 5; b < a; b++) {
            snprintf(id[1], sizeof id[1], "P3%d", b);
            add_link(id[0], id[1], "friend", 0, "", "");
        }
        if (a % 5 < 2)
            add_link("P20", id[0], "friend", 0, "", "");
    }
}

Test(peers, a_child_between_two_groups_is_at_the_edge_and_the_rest_is_core, .init = write_bridge,
     .fini = end_hub)
{
    kith_peers_options many = usual;
    kith_table table = { 0 };
    int edges = 0;

    many.resamples = 200;
    many.resolution = 0.2; /* at which one child does not make two groups one */
    seen town;
    see(&town, &together, &many);
    cr_expect(town.peers.stability[node(&town, "P20")] < 0.7);
    cr_expect(town.peers.stability[node(&town, "P30")] > 0.9);
    cr_expect(town.peers.stability[node(&town, "P39")] > 0.9);
    cr_assert(kith_peers_report(&table, &town.peers, &town.layer, NULL) == KITH_OK);
    for (size_t r = 0; r < kith_table_rows(&table); r++) {
        const kith_cell *row = &table.cells[r * 8];
        const bool bridge = strcmp(row[1].text, "P20") == 0;
        edges += strcmp(row[4].text, "edge") == 0;
        cr_expect(eq(str, row[4].text, bridge ? "edge" : "core"), "%s", row[1].text);
        cr_expect(eq(str, row[5].text, !bridge ? "" : *row[0].text == 'A' ? "B" : "A"));
    }
    cr_expect(eq(int, edges, 1));
    kith_table_free(&table);
    drop(&town);
}

/* Seven who are often seen together, four girls who go missing together, and one evening of one of
 * the seven with the four: in whatever order they come, he is no reason to call them one group. */
Test(peers, one_evening_makes_no_two_groups_one_in_whatever_order_they_come)
{
    kith_peers_options joining = usual;

    joining.resolution = 0.02; /* at which Leiden would have one group */
    joining.resamples = 0;
    for (int round = 0; round < 12; round++) {
        seen town;
        char id[] = "A1", event[] = "A1", born[] = "2008-01-10";
        begin_hub();
        for (int i = 0; i < 11; i++) {
            id[0] = i < 4 ? 'A' : 'B';
            id[1] = (char)('1' + (i < 4 ? i : i - 4));
            born[9] = (char)('0' + (i * round + 3 * i) % 10); /* which decides who comes first */
            add_person(id, born);
        }
        for (int e = 0; e < 6; e++) {
            event[0] = e < 3 ? 'A' : 'B';
            event[1] = (char)('1' + e);
            add_event(event, "missing", "2022-03-01", "", 0);
            for (int i = 0; i < (e < 3 ? 4 : 7); i++) {
                id[0] = event[0];
                id[1] = (char)('1' + i);
                add_part(event, id, "missing");
            }
        }
        add_event("C1", "missing", "2022-03-02", "", 0);
        for (int i = 0; i < 5; i++) {
            id[0] = i < 4 ? 'A' : 'B';
            id[1] = (char)('1' + i % 4);
            add_part("C1", id, "missing");
        }
        see(&town, &together, &joining);
        cr_expect(eq(sz, town.peers.group_count, 2), "round %d", round);
        cr_expect(eq(sz, town.peers.parted_count, 1), "round %d", round);
        cr_expect(ne(u32, group(&town, "A1"), group(&town, "B1")), "round %d", round);
        drop(&town);
        end_hub();
    }
}

Test(peers, one_thread_or_three_give_the_same_stability, .init = write_bridge, .fini = end_hub)
{
    seen one, three;

    setenv("KITH_THREADS", "1", 1);
    see(&one, &together, &usual);
    setenv("KITH_THREADS", "3", 1);
    see(&three, &together, &usual);
    unsetenv("KITH_THREADS");
    for (size_t v = 0; v < one.layer.graph.node_count; v++)
        cr_expect(eq(dbl, one.peers.stability[v], three.peers.stability[v]));
    drop(&one);
    drop(&three);
}

/* A group on the school's word alone, and one on two agencies'; nothing is lost by chance. */
Test(peers, each_agency_is_left_out_in_turn, .init = begin_hub, .fini = end_hub)
{
    kith_peers_options one = usual;
    const char *agency[] = { "school", "police" };

    for (int a = 0; a < 8; a++) {
        char id[2][16];
        snprintf(id[0], sizeof id[0], "P4%d", a);
        add_person(id[0], "2008-05-01");
        for (int b = a / 4 * 4; b < a; b++) {
            snprintf(id[1], sizeof id[1], "P4%d", b);
            for (int s = 0; s < (a < 4 ? 1 : 2); s++) {
                set_origin(agency[s], "", "");
                add_link(id[0], id[1], "friend", 0, "", "");
            }
        }
    }
    one.resamples = 98;
    seen town;
    see(&town, &together, &one);
    cr_assert(eq(sz, town.peers.agencies, 2));
    cr_expect(town.peers.stability[node(&town, "P40")] <= 99. / 100, "gone without the school");
    cr_expect(town.peers.stability[node(&town, "P40")] > 0.9);
    cr_expect(eq(dbl, town.peers.stability[node(&town, "P44")], 1));
    drop(&town);
}

/* Two groups of four, and P29 between them by a stronger and a weaker tie: both are bridges, and
 * P29 stays with the stronger. */
Test(peers, whoever_hangs_between_stays_with_the_stronger_tie, .init = begin_hub, .fini = end_hub)
{
    kith_peers_options wide = usual;
    seen town;

    wide.resolution = 0.01;
    add_person("P29", "2008-05-01");
    for (int a = 0; a < 8; a++) {
        char id[2][16];
        snprintf(id[0], sizeof id[0], "P3%d", a);
        add_person(id[0], "2008-05-01");
        for (int b = a / 4 * 4; b < a; b++) {
            snprintf(id[1], sizeof id[1], "P3%d", b);
            add_link(id[0], id[1], "friend", 0, "", "");
        }
    }
    add_link("P29", "P37", "friend", 0, "", "");
    add_link("P29", "P30", "friend", 0, "", "");
    add_event("E1", "sighting", "2022-03-09", "", 0);
    add_part("E1", "P29", "present");
    add_part("E1", "P30", "present");
    see(&town, &together, &wide);
    cr_assert(eq(sz, town.peers.group_count, 2));
    cr_expect(eq(sz, town.peers.parted_count, 1));
    cr_expect(eq(u32, group(&town, "P29"), group(&town, "P30")));
    cr_expect(ne(u32, group(&town, "P29"), group(&town, "P37")));
    drop(&town);
}

/* --smallest 1 lists whoever is alone, too. */
Test(peers, somebody_alone_may_be_a_group_and_changes_no_other, .init = write_town,
     .fini = end_hub)
{
    kith_peers_options all = usual;
    seen some, alone;

    all.least = 1;
    see(&some, &together, &usual);
    see(&alone, &together, &all);
    cr_expect(alone.peers.group_count > some.peers.group_count);
    cr_expect(eq(u32, group(&alone, "P05"), group(&some, "P05")));
    cr_expect(eq(dbl, alone.peers.stability[node(&alone, "P05")],
                 some.peers.stability[node(&some, "P05")]));
    cr_expect(isnan(alone.peers.stability[node(&alone, "P10")]), "nothing to lose");
    drop(&some);
    drop(&alone);
}

Test(peers, an_empty_hub_has_no_groups, .init = begin_hub, .fini = end_hub)
{
    seen town;
    see(&town, &together, &usual);
    kith_table table = { 0 };

    cr_expect(eq(sz, town.peers.group_count, 0));
    cr_assert(kith_peers_report(&table, &town.peers, &town.layer, NULL) == KITH_OK);
    cr_expect(eq(sz, kith_table_rows(&table), 0));
    kith_table_free(&table);
    drop(&town);
}

Test(peers, the_table_has_a_row_a_member_by_group_then_id, .init = write_town, .fini = end_hub)
{
    seen town;
    see(&town, &together, &usual);
    kith_table table = { 0 };
    const char *names[] = { "group_id", "person_id", "stability", "reasons",
                            "place",    "beside",    "mark",      "agencies" };
    const char *groups[] = { "A", "A", "A", "A", "B", "B", "B" };

    cr_assert(kith_peers_report(&table, &town.peers, &town.layer, NULL) == KITH_OK);
    cr_assert(eq(sz, table.column_count, 8));
    for (size_t c = 0; c < 8; c++)
        cr_expect(eq(str, table.columns[c].name, (char *)names[c]));
    cr_assert(eq(sz, kith_table_rows(&table), 7));
    for (size_t r = 0; r < 7; r++) {
        char id[16];
        snprintf(id, sizeof id, "P%02zu", r + 1);
        cr_expect(eq(str, table.cells[r * 8].text, (char *)groups[r]));
        cr_expect(eq(str, table.cells[r * 8 + 1].text, id));
        cr_expect(eq(str, table.cells[r * 8 + 4].text, "core"));
        cr_expect(eq(str, table.cells[r * 8 + 6].text,
                     r < 4 ? "one agency only" : "association only; one agency only"));
        cr_expect(eq(str, table.cells[r * 8 + 7].text, "agency not stated only"));
    }
    kith_table_free(&table);
    drop(&town);
}

/* A dozen who were each in one event with two others at random would be groups of three by their
 * weight; chance makes every one of their ties. */
Test(peers, a_group_of_chance_is_not_listed, .init = begin_hub, .fini = end_hub)
{
    char id[16];

    for (int i = 0; i < 12; i++) {
        snprintf(id, sizeof id, "P%02d", i);
        add_person(id, "2008-05-01");
    }
    for (int e = 0; e < 4; e++) {
        char event[16];
        snprintf(event, sizeof event, "E%d", e);
        add_event(event, "sighting", "2022-03-01", "", 0);
        for (int i = 0; i < 3; i++) {
            snprintf(id, sizeof id, "P%02d", e * 3 + i);
            add_part(event, id, "present");
        }
    }
    seen town;
    see(&town, &together, &usual);
    cr_expect(eq(sz, town.peers.group_count, 4));
    cr_expect(eq(sz, town.peers.listed_count, 0));
    cr_expect(eq(sz, town.peers.chance_count, 4));
    cr_expect(eq(u32, kith_peers_group_of(&town.peers, node(&town, "P00")), KITH_NOTHING));
    expect_reasons(&town, "P00", "");
    drop(&town);
}

/* A school of five hundred at one assembly, and in pairs at its gate as chance would have it. */
Test(peers, a_school_of_five_hundred_makes_no_group, .init = begin_hub, .fini = end_hub)
{
    char id[16], event[16];

    run_sql("BEGIN");
    add_place("SCHOOL", "school");
    add_event("ALL", "incident", "2022-03-01", "SCHOOL", 0);
    for (int i = 0; i < 500; i++) {
        snprintf(id, sizeof id, "P%03d", i);
        add_person(id, "2008-05-01");
        add_part("ALL", id, "present");
    }
    for (int e = 0; e < 600; e++) {
        snprintf(event, sizeof event, "E%03d", e);
        add_event(event, "incident", "2022-03-02", "SCHOOL", 0);
        for (int i = 0; i < 2; i++) {
            snprintf(id, sizeof id, "P%03d", (e * 7 + i * (1 + e % 239)) % 500);
            add_part(event, id, "present");
        }
    }
    run_sql("COMMIT");
    seen town;
    see(&town, &together, &usual);
    cr_expect(eq(sz, town.layer.capped_events, 1));
    cr_expect(gt(sz, town.peers.chance_count, 20), "%zu", town.peers.chance_count);
    cr_expect(eq(sz, town.peers.listed_count, 0));
    drop(&town);
}

/* One who is declared a friend of three who go missing together, and in nothing with them. */
Test(peers, who_is_a_member_by_friends_only_is_marked, .init = write_town, .fini = end_hub)
{
    add_person("P20", "2008-05-01");
    add_link("P20", "P01", "friend", 0, "2022-01-01", "");
    add_link("P20", "P02", "friend", 0, "2022-01-01", "");
    seen town;
    see(&town, &together, &usual);
    cr_assert(eq(u32, group(&town, "P20"), group(&town, "P01")));
    cr_expect(kith_peers_by_association(&town.peers, &town.layer, node(&town, "P20")));
    cr_expect(not(kith_peers_by_association(&town.peers, &town.layer, node(&town, "P01"))));
    cr_expect(kith_peers_by_association(&town.peers, &town.layer, node(&town, "P05")));
    cr_expect(not(kith_peers_by_association(&town.peers, &town.layer, node(&town, "P08"))));
    drop(&town);
}

static void expect_agencies(const seen *in, const char *id, const char *expected)
{
    kith_text text = { 0 };
    bool alone;

    cr_assert(kith_peers_agencies(&text, &alone, &in->peers, &in->layer,
                                  kith_peers_group_of(&in->peers, node(in, id)), NULL) == KITH_OK);
    cr_expect(eq(str, (char *)kith_text_string(&text), (char *)expected));
    cr_expect(eq(int, alone, strstr(expected, "only") != NULL));
    kith_text_free(&text);
}

/* By hand: of three friends two links are the school's and one the police's; without the school
 * P04 hangs on nobody. The five are tied by the police alone. */
Test(peers, a_group_says_whose_records_it_rests_on, .init = begin_hub, .fini = end_hub)
{
    char id[16];

    for (int i = 1; i <= 9; i++) {
        snprintf(id, sizeof id, "P%02d", i);
        add_person(id, "2008-05-01");
    }
    set_origin("police", "R1", "1B");
    add_link("P01", "P02", "friend", 0, "2022-01-01", "");
    add_link("P05", "P06", "friend", 0, "2022-01-01", "");
    add_link("P06", "P07", "friend", 0, "2022-01-01", "");
    set_origin("school", "R2", "");
    add_link("P02", "P03", "friend", 0, "2022-01-01", "");
    add_link("P03", "P01", "friend", 0, "2022-01-01", "");
    seen town;
    see(&town, &together, &usual);
    expect_agencies(&town, "P01", "school 67 %, police 33 %; rests on school");
    expect_agencies(&town, "P05", "police only");
    drop(&town);
}

/* Three children of three episodes that the school recorded. The police say that they were missing;
 * the school says so too, or only that they were witnesses, as its word is. */
static void write_said_twice(const char *of_school)
{
    char event[16];

    begin_hub();
    write_others();
    set_origin("school", "", "");
    for (int e = 1; e <= 3; e++) {
        char day[16];
        snprintf(event, sizeof event, "E%02d", e);
        snprintf(day, sizeof day, "2022-03-%02d", e);
        add_event(event, "missing", day, "", 0);
    }
    for (int p = 1; p <= 3; p++) {
        char id[16];
        snprintf(id, sizeof id, "P%02d", p);
        add_person(id, "2008-05-01");
        for (int e = 1; e <= 3; e++) {
            snprintf(event, sizeof event, "E%02d", e);
            set_origin("police", "", "");
            add_part(event, id, "missing");
            set_origin("school", "", "");
            add_part(event, id, of_school);
        }
    }
}

Test(peers, what_two_agencies_say_rests_on_neither_alone, .fini = end_hub)
{
    seen town;

    write_said_twice("victim");
    see(&town, &together, &usual);
    expect_agencies(&town, "P01", "police 50 %, school 50 %; rests on school"); /* its events */
    drop(&town);
}

Test(peers, what_makes_no_tie_holds_nobody_when_an_agency_is_left_out, .fini = end_hub)
{
    seen town;

    write_said_twice("witness");
    see(&town, &together, &usual);
    expect_agencies(&town, "P01", "police 50 %, school 50 %; rests on police and on school");
    cr_assert(eq(sz, town.peers.agencies, 2));
    cr_expect(town.peers.stability[node(&town, "P01")] <= 30. / 32);
    drop(&town);
}

/* Of thirty-three agencies thirty-two are left out in turn: those with most records, whatever their
 * names. The group is the word of the last by name, which has the most. */
Test(peers, of_many_agencies_the_busiest_are_left_out, .init = begin_hub, .fini = end_hub)
{
    seen town;
    char id[16];

    write_others();
    for (int i = 0; i < 32; i++) {
        snprintf(id, sizeof id, "A%02d", i);
        set_origin(id, "", "");
        add_event(id, "sighting", "2022-04-01", "", 0);
    }
    set_origin("Z", "", "");
    for (int i = 1; i <= 3; i++) {
        char other[16];
        snprintf(id, sizeof id, "P%02d", i);
        add_person(id, "2008-05-01");
        for (int k = 1; k < i; k++) {
            snprintf(other, sizeof other, "P%02d", k);
            add_link(id, other, "friend", 0, "2022-01-01", "");
        }
    }
    see(&town, &together, &usual);
    cr_assert(eq(sz, town.peers.agencies, 32));
    cr_expect(town.peers.stability[node(&town, "P01")] <= 61. / 62, "it is gone without Z");
    drop(&town);
}

/* Groups of people, places and events are found; rows are of people. */
Test(peers, only_people_are_rows, .init = begin_hub, .fini = end_hub)
{
    const kith_layer_options presence = { .layer = KITH_LAYER_PRESENCE };
    kith_table table = { 0 };

    add_place("L1", "park");
    add_place("L2", "park");
    for (char person[] = "A"; person[0] <= 'D'; person[0]++) {
        char event[] = { 'E', person[0], 0 };
        add_person(person, "2008-05-01");
        add_event(event, "sighting", "2022-03-01", person[0] < 'D' ? "L1" : "L2", 0);
        add_part(event, person, "present");
    }
    seen town;
    see(&town, &presence, &usual);
    cr_assert(kith_peers_report(&table, &town.peers, &town.layer, NULL) == KITH_OK);
    cr_expect(eq(sz, kith_table_rows(&table), 3));
    for (size_t r = 0; r < kith_table_rows(&table); r++)
        cr_expect(table.cells[r * 8 + 1].text[0] == (char)('A' + r));
    kith_table_free(&table);
    drop(&town);
}

Test(peers, options_out_of_range_are_refused, .init = write_town, .fini = end_hub)
{
    seen town;
    see(&town, &together, &usual);
    kith_peers peers;
    kith_error err;
    const kith_peers_options wrong[] = {
        { .resamples = -2, .least = 3 },
        { .resamples = 1, .least = 0 },
        { .resamples = 1, .least = 3, .runs = -1 },
        { .resamples = 1, .least = 3, .resolution = -1 },
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        cr_expect(eq(int, kith_peers_find(&peers, &town.layer, &wrong[i], &err), KITH_USAGE));
        cr_expect(strstr(err.message, "expected") != NULL, "%s", err.message);
    }
    drop(&town);
}

Test(peers, letters_go_on_after_z)
{
    const struct {
        size_t group;
        const char *label;
    } cases[] = { { 0, "A" },   { 25, "Z" },   { 26, "AA" },  { 51, "AZ" },
                  { 52, "BA" }, { 701, "ZZ" }, { 702, "AAA" } };
    char label[KITH_PEERS_LABEL_SIZE];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kith_peers_label(label, cases[i].group);
        cr_expect(eq(str, label, (char *)cases[i].label));
    }
}
