/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_layer.c: who is tied to whom, by which weight, on what evidence. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/layer.h"

static const char as_of[] = "2022-06-30";
static kith_network network;
static kith_layer layer;
static kith_error err;

static void drop(void)
{
    kith_layer_free(&layer);
    kith_network_free(&network);
    end_hub();
}

TestSuite(layer, .init = begin_hub, .fini = drop);

static void see(const kith_layer_options *options)
{
    kith_layer_free(&layer);
    kith_network_free(&network);
    network = network_of(view_of(as_of, options->raw || options->unweighted ? 0 : 365));
    cr_assert(eq(int, kith_layer_build(&layer, &network, options, &err), KITH_OK), "%s",
              err.message);
}

static void see_together(void)
{
    see(&(kith_layer_options){ .layer = KITH_LAYER_TOGETHER });
}

static uint32_t node(const char *id)
{
    for (uint32_t v = 0; v < layer.graph.node_count; v++)
        if (strcmp(kith_layer_id(&layer, v), id) == 0)
            return v;
    return KITH_NOTHING;
}

static size_t tie(const char *a, const char *b)
{
    const uint32_t low = node(a), high = node(b);

    return low == KITH_NOTHING || high == KITH_NOTHING ? SIZE_MAX
                                                       : kith_graph_tie(&layer.graph, low, high);
}

/* 0 when the two are not tied. */
static double weight(const char *a, const char *b)
{
    const size_t t = tie(a, b);

    return t == SIZE_MAX ? 0 : layer.graph.ties[t].weight;
}

/* Every tie's items add up to its weight, and stand in their order. */
static void check_items(void)
{
    for (size_t t = 0; t < layer.graph.tie_count; t++) {
        double sum = 0, before = 1e300;
        for (size_t i = layer.first_item[t]; i < layer.first_item[t + 1]; i++) {
            sum += layer.items[i].weight;
            cr_assert(ge(dbl, before, layer.items[i].mass.mass));
            before = layer.items[i].mass.mass;
        }
        cr_assert(epsilon_eq(dbl, sum, layer.graph.ties[t].weight, 1e-9));
    }
}

static void add_children(const char *const *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_person(ids[i], "2008-05-05");
}

#define CHILDREN(...)                                                                              \
    add_children((const char *const[]){ __VA_ARGS__ },                                             \
                 sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

/* An event of the given people, all in one role. */
static void gather(const char *event, const char *kind, const char *role,
                   const char *const *people, size_t count)
{
    add_event(event, kind, "2022-06-01", "", 0);
    for (size_t i = 0; i < count; i++)
        add_part(event, people[i], role);
}

#define GATHER(event, kind, role, ...)                                                             \
    gather(event, kind, role, (const char *const[]){ __VA_ARGS__ },                                \
           sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

Test(layer, an_empty_hub_is_an_empty_graph)
{
    for (int name = KITH_LAYER_LINKS; name <= KITH_LAYER_ALL; name++) {
        see(&(kith_layer_options){ .layer = (kith_layer_name)name });
        cr_assert(eq(sz, layer.graph.node_count, 0));
        cr_assert(eq(sz, layer.graph.tie_count, 0));
    }
}

Test(layer, a_person_without_ties_is_alone)
{
    CHILDREN("A");
    see_together();
    cr_assert(eq(sz, layer.graph.node_count, 1));
    see(&(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .no_isolates = true });
    cr_assert(eq(sz, layer.graph.node_count, 0));
}

/* Domain section 6, step 6: 1/(n-1) for an event of n people. */
Test(layer, shared_events_count_one_over_n_less_one)
{
    CHILDREN("A", "B", "C");
    GATHER("E1", "missing", "missing", "A", "B", "C");
    GATHER("E2", "missing", "missing", "A", "B");
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 3));
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 1.5, 1e-15));
    cr_assert(epsilon_eq(dbl, weight("B", "C"), 0.5, 1e-15));
    check_items();
}

/* R32: a 60-person event creates no clique. */
Test(layer, a_60_person_event_ties_nobody)
{
    char id[16];

    add_event("E", "gathering", "2022-06-01", "", 0);
    for (int i = 0; i < 60; i++) {
        snprintf(id, sizeof id, "P%02d", i);
        add_person(id, "2008-01-01");
        add_part("E", id, "present");
    }
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 0));
    cr_assert(eq(sz, layer.capped_events, 1));
    see(&(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .size_cap = 60 });
    cr_assert(eq(sz, layer.graph.tie_count, 60 * 59 / 2));
    cr_assert(eq(sz, layer.capped_events, 0));
    see(&(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .raw = true });
    cr_assert(eq(sz, layer.graph.tie_count, 60 * 59 / 2));
}

Test(layer, twelve_people_are_within_the_default_cap)
{
    char id[16];

    add_event("E", "gathering", "2022-06-01", "", 0);
    for (int i = 0; i < 12; i++) {
        snprintf(id, sizeof id, "P%02d", i);
        add_person(id, "2008-01-01");
        add_part("E", id, "present");
    }
    add_person("adult", "1980-01-01");
    add_part("E", "adult", "alleged_perpetrator");
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 66));
    cr_assert(epsilon_eq(dbl, weight("P00", "P11"), 1.0 / 11, 1e-15));
}

Test(layer, witness_reporter_and_helper_make_no_peer_tie)
{
    CHILDREN("A", "B", "W", "R", "H");
    GATHER("E", "assault", "victim", "A", "B");
    add_part("E", "W", "witness");
    add_part("E", "R", "reporter");
    add_part("E", "H", "helper");
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 1));
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 1, 0));
}

/* Design 3.3; R4: on the event's day, so that a child named as suspect stays a child. */
Test(layer, an_adult_who_is_alleged_makes_no_peer_tie_and_a_child_does)
{
    CHILDREN("A", "B");
    add_person("adult", "1990-01-01");
    add_person("turned", "2004-06-02"); /* 18 the day after the event */
    GATHER("E", "assault", "victim", "A");
    add_part("E", "B", "alleged_perpetrator");
    add_part("E", "turned", "alleged_perpetrator");
    add_part("E", "adult", "alleged_perpetrator");
    see_together();
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 0.5, 0));
    cr_assert(epsilon_eq(dbl, weight("A", "turned"), 0.5, 0));
    cr_assert(eq(sz, layer.graph.tie_count, 3));
    cr_assert(eq(u32, node("adult"), KITH_NOTHING));

    see(&(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .who = KITH_WHO_ALL });
    cr_assert(eq(sz, layer.graph.tie_count, 3));
    cr_assert(ne(u32, node("adult"), KITH_NOTHING));
    cr_assert(eq(dbl, weight("A", "adult"), 0));
}

Test(layer, who_chooses_by_the_age_on_the_day)
{
    CHILDREN("A");
    add_person("X", "1990-01-01");
    add_person("Y", "1991-01-01");
    add_person("unknown", "");
    GATHER("E", "missing", "victim", "A", "X", "Y", "unknown");
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 1));
    cr_assert(epsilon_eq(dbl, weight("A", "unknown"), 1.0 / 3, 1e-15), "n counts every age");
    see(&(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .who = KITH_WHO_ADULTS });
    cr_assert(eq(sz, layer.graph.tie_count, 1));
    cr_assert(epsilon_eq(dbl, weight("X", "Y"), 1.0 / 3, 1e-15));
    cr_assert(eq(sz, layer.graph.node_count, 2));
    see(&(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .who = KITH_WHO_ALL });
    cr_assert(eq(sz, layer.graph.tie_count, 6));
}

Test(layer, on_the_eighteenth_birthday_one_is_an_adult)
{
    CHILDREN("A");
    add_person("birthday", "2004-06-01");
    GATHER("E", "missing", "missing", "A", "birthday");
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 0));
}

/* R22: "mentioned in the same report" is not an association. */
Test(layer, named_in_one_report_ties_nobody)
{
    CHILDREN("A", "B", "C");
    set_origin("police", "R1", "1A");
    GATHER("E1", "intelligence", "present", "A", "B");
    GATHER("E2", "ppn", "victim", "A", "B");
    GATHER("E3", "referral", "victim", "A", "B");
    add_event("E4", "missing", "2022-06-01", "", 0);
    add_part("E4", "A", "missing");
    add_event("E5", "missing", "2022-06-01", "", 0);
    add_part("E5", "B", "missing");
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 0));
    cr_assert(eq(sz, layer.graph.node_count, 3));
}

Test(layer, an_unknown_kind_of_event_brings_people_together)
{
    CHILDREN("A", "B");
    GATHER("E", "Beach bonfire", "present", "A", "B");
    see_together();
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 1, 0));
}

/* Domain section 6: same place on different days is not a link. */
Test(layer, one_place_on_two_days_ties_nobody)
{
    CHILDREN("A", "B");
    add_place("park", "park");
    add_event("E1", "missing", "2022-06-01", "park", 0);
    add_part("E1", "A", "missing");
    add_event("E2", "missing", "2022-06-02", "park", 0);
    add_part("E2", "B", "missing");
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 0));
}

Test(layer, several_participations_of_one_person_are_one_person)
{
    CHILDREN("A", "B");
    GATHER("E", "assault", "victim", "A", "B");
    add_part("E", "A", "alleged_perpetrator");
    add_part("E", "A", "present");
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 1));
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 1, 0));
    see(&(kith_layer_options){ .layer = KITH_LAYER_EVENTS });
    cr_assert(epsilon_eq(dbl, weight("A", "E"), 1, 0));
}

Test(layer, declared_peer_ties_count_one_however_many_say_so)
{
    CHILDREN("A", "B", "C");
    add_person("adult", "1980-01-01");
    add_link("A", "B", "friend", 7, "", "");
    add_link("B", "A", "friend", 2, "", "");
    add_link("A", "B", "classmate", 0, "", "");
    add_link("A", "C", "exploits_alleged", 0, "", "");
    add_link("B", "C", "sibling", 0, "", "");
    add_link("A", "adult", "friend", 0, "", "");
    GATHER("E", "missing", "missing", "A", "B");
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 1));
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 2, 0));
    check_items();
    see(&(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .no_declared = true });
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 1, 0));
    see(&(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .raw = true });
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 11, 0), "raw: weights as given add up");
    see(&(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .unweighted = true });
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 1, 0));
    check_items();
}

Test(layer, a_declared_tie_is_judged_on_its_first_day_in_the_window)
{
    CHILDREN("A");
    add_person("turned", "2004-01-01");       /* 18 on 2022-01-01, inside the window */
    add_person("grown", "2003-06-01");        /* 18 before the window */
    add_link("A", "turned", "friend", 0, "2019-01-01", "");
    add_link("A", "grown", "friend", 0, "2019-01-01", "");
    see_together();
    cr_assert(epsilon_eq(dbl, weight("A", "turned"), 1, 0));
    cr_assert(eq(dbl, weight("A", "grown"), 0));
    cr_assert(eq(u32, node("grown"), KITH_NOTHING));
}

/* R61: people whose only links are expired leave default views. */
Test(layer, an_expired_link_ties_nobody)
{
    CHILDREN("A", "B");
    add_link("A", "B", "friend", 0, "2019-01-01", "2020-01-01");
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 0));
}

/* R14: constraints never are evidence of association. */
Test(layer, a_no_contact_condition_ties_nobody)
{
    CHILDREN("A", "B");
    run_sql("INSERT INTO restriction SELECT 1, 1, 2, 'no_contact', 'court', '', '', '',"
            " zeroblob(16), 1, origin, 1 FROM temp.current");
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 0));
    see(&(kith_layer_options){ .layer = KITH_LAYER_ALL });
    cr_assert(eq(sz, layer.graph.tie_count, 0));
}

/* R7: add an E item: numbers unchanged. */
Test(layer, what_is_suspected_false_is_listed_and_never_counted)
{
    CHILDREN("A", "B", "C");
    set_origin("police", "R1", "1A");
    GATHER("E1", "missing", "missing", "A", "B");
    see_together();
    const double before = weight("A", "B"), evidence = kith_layer_evidence(&layer, tie("A", "B"));

    set_origin("police", "R2", "1E");
    add_part("E1", "C", "missing");
    GATHER("E2", "missing", "missing", "A", "B", "C");
    add_link("A", "B", "friend", 0, "", "");
    add_link("A", "C", "friend", 0, "", "");
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 1));
    cr_assert(eq(dbl, weight("A", "B"), before));
    cr_assert(eq(dbl, kith_layer_evidence(&layer, 0), evidence));
    cr_assert(eq(sz, layer.first_item[1], 3));
    for (size_t i = 1; i < 3; i++) {
        cr_assert(eq(dbl, layer.items[i].weight, 0));
        cr_assert(eq(dbl, layer.items[i].mass.mass, 0));
        cr_assert(not(layer.items[i].counted));
    }
    see(&(kith_layer_options){ .layer = KITH_LAYER_EVENTS });
    cr_assert(eq(u32, node("E2"), KITH_NOTHING));
    see(&(kith_layer_options){ .layer = KITH_LAYER_LINKS });
    cr_assert(eq(sz, layer.graph.tie_count, 0));
}

Test(layer, false_participations_do_not_fill_an_event_to_its_cap)
{
    char id[16];

    CHILDREN("A", "B");
    set_origin("police", "R1", "1A");
    GATHER("E", "missing", "missing", "A", "B");
    set_origin("police", "R2", "3E");
    for (int i = 0; i < 20; i++) {
        snprintf(id, sizeof id, "F%02d", i);
        add_person(id, "2008-01-01");
        add_part("E", id, "missing");
    }
    see_together();
    cr_assert(eq(sz, layer.capped_events, 0));
    cr_assert(eq(sz, layer.graph.tie_count, 1));
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 1, 0));
}

/* The formula of weight.h: severity 3, grade 1B (0.85), 90 days old (half). */
Test(layer, an_item_is_weighed_by_severity_grade_and_age)
{
    CHILDREN("A", "B");
    set_origin("police", "R1", "1B");
    add_event("E", "missing", "2022-04-01", "", 3);
    add_part("E", "A", "missing");
    add_part("E", "B", "missing");
    see_together();
    cr_assert(epsilon_eq(dbl, kith_layer_evidence(&layer, 0), 3 * 0.85 * 0.5, 1e-12));
}

Test(layer, links_are_conditions_of_180_days_and_standing_when_undated)
{
    CHILDREN("A", "B", "C");
    set_origin("police", "R1", "1A");
    add_link("A", "B", "friend", 0, "2022-01-01", ""); /* 180 days before */
    add_link("A", "C", "friend", 0, "", "");
    add_link("B", "C", "friend", 0, "2019-01-01", "2022-12-31");
    see_together();
    cr_assert(epsilon_eq(dbl, kith_layer_evidence(&layer, tie("A", "B")), 0.5, 1e-12));
    cr_assert(epsilon_eq(dbl, kith_layer_evidence(&layer, tie("A", "C")), 1, 0));
    cr_assert(epsilon_eq(dbl, kith_layer_evidence(&layer, tie("B", "C")), 1, 0));
}

/* R11: one report from two agencies counts once. */
Test(layer, one_report_counts_once_across_agencies)
{
    CHILDREN("A", "B");
    set_origin("police", "R1", "1A");
    GATHER("E1", "missing", "missing", "A", "B");
    set_origin("council", "R1", "2A");
    GATHER("E2", "missing", "missing", "A", "B");
    set_origin("", "", "1A");
    GATHER("E3", "missing", "missing", "A", "B");
    GATHER("E4", "missing", "missing", "A", "B");
    see_together();
    const double recency = kith_recency(kith_day(2022, 6, 1), kith_day(2022, 6, 30),
                                        KITH_INCIDENT, &kith_weighting_default);
    cr_assert(epsilon_eq(dbl, kith_layer_evidence(&layer, 0), 3 * recency, 1e-12));
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 4, 0));
}

Test(layer, the_weaker_grade_of_a_record_holds)
{
    CHILDREN("A", "B", "C", "D");
    set_origin("police", "R1", "1B");
    add_event("E", "missing", "2022-06-01", "", 0);
    set_origin("police", "R1", "1A");
    add_part("E", "A", "missing");
    set_origin("council", "R2", "3C");
    add_part("E", "B", "missing");
    set_origin("council", "R3", "");
    add_part("E", "C", "missing");
    set_origin("council", "R4", "2A");
    add_part("E", "C", "victim");
    add_part("E", "D", "missing");
    see_together();
    const kith_grade ab = layer.items[layer.first_item[tie("A", "B")]].grade;
    const kith_grade ac = layer.items[layer.first_item[tie("A", "C")]].grade;
    const kith_grade ad = layer.items[layer.first_item[tie("A", "D")]].grade;
    cr_assert(eq(chr, ab.source, '3'));
    cr_assert(eq(chr, ab.info, 'C'));
    cr_assert(eq(chr, ac.source, '1'), "ungraded takes the event's grade, the best counts");
    cr_assert(eq(chr, ac.info, 'B'));
    cr_assert(eq(chr, ad.source, '2'));
}

/* R48, R49: inferred is dotted; ten weak items stay dotted; the single best item decides. */
Test(layer, the_line_is_that_of_the_best_declared_item)
{
    char id[16];
    bool inferred;

    CHILDREN("A", "B", "C");
    set_origin("police", "R1", "1A");
    for (int i = 0; i < 10; i++) {
        snprintf(id, sizeof id, "E%d", i);
        GATHER(id, "missing", "missing", "A", "B");
        GATHER(strcat(id, "x"), "missing", "missing", "A", "C");
    }
    set_origin("police", "R2", "2B");
    add_link("A", "B", "friend", 0, "", "");
    set_origin("police", "R3", "3D");
    add_link("A", "B", "classmate", 0, "", "");
    see_together();
    cr_assert(eq(int, kith_layer_line(&layer, tie("A", "B"), &inferred), KITH_DASHED));
    cr_assert(not(inferred));
    cr_assert(eq(int, kith_layer_line(&layer, tie("A", "C"), &inferred), KITH_DOTTED));
    cr_assert(inferred);
    cr_assert(eq(int, kith_layer_line(&layer, tie("A", "C"), NULL), KITH_DOTTED));
    see(&(kith_layer_options){ .layer = KITH_LAYER_EVENTS });
    cr_assert(eq(int, kith_layer_line(&layer, tie("A", "E0"), &inferred), KITH_SOLID));
    cr_assert(not(inferred));
}

Test(layer, presence_counts_a_persons_events_at_a_place)
{
    CHILDREN("A", "B");
    add_place("park", "park");
    add_place("shop", "shop");
    add_group("G", "peer_group");
    add_event("E1", "missing", "2022-06-01", "park", 0);
    add_part("E1", "A", "missing");
    add_part("E1", "A", "victim");
    add_event("E2", "intelligence", "2022-06-02", "park", 0);
    add_part("E2", "A", "present");
    add_event("E3", "missing", "2022-06-02", "", 0);
    add_part("E3", "A", "missing");
    add_link("A", "park", "frequents", 0, "", "");
    add_link("A", "G", "member_of", 0, "", "");
    see(&(kith_layer_options){ .layer = KITH_LAYER_PRESENCE });
    cr_assert(eq(sz, layer.graph.node_count, 4));
    cr_assert(eq(sz, layer.graph.tie_count, 1));
    cr_assert(epsilon_eq(dbl, weight("A", "park"), 3, 0));
    check_items();
}

Test(layer, links_add_up_both_ways_and_keep_everybody)
{
    CHILDREN("A", "B", "C");
    add_place("park", "park");
    add_place("shop", "shop");
    add_link("A", "B", "friend", 2.5, "", "");
    add_link("B", "A", "calls", 0, "", "");
    add_link("A", "park", "frequents", 0, "", "");
    see(&(kith_layer_options){ .layer = KITH_LAYER_LINKS });
    cr_assert(eq(sz, layer.graph.node_count, 4));
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 3.5, 0));
    cr_assert(epsilon_eq(dbl, weight("A", "park"), 1, 0));
    check_items();
    see(&(kith_layer_options){ .layer = KITH_LAYER_LINKS, .unweighted = true });
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 1, 0));
}

Test(layer, all_holds_everything)
{
    CHILDREN("A", "B");
    add_place("park", "park");
    add_object("phone", "phone");
    add_event("E", "missing", "2022-06-01", "park", 0);
    add_part("E", "A", "missing");
    add_link("A", "B", "friend", 0, "", "");
    see(&(kith_layer_options){ .layer = KITH_LAYER_ALL });
    cr_assert(eq(sz, layer.graph.node_count, 5));
    cr_assert(eq(sz, layer.graph.tie_count, 3));
    cr_assert(epsilon_eq(dbl, weight("park", "E"), 1, 0));
    cr_assert(layer.nodes[4].is_event);
    cr_assert(eq(u32, kith_layer_node_of(&layer, thing_called(&network, "phone")), node("phone")));
    see(&(kith_layer_options){ .layer = KITH_LAYER_ALL, .no_isolates = true });
    cr_assert(eq(u32, kith_layer_node_of(&layer, thing_called(&network, "phone")), KITH_NOTHING));
    cr_assert(eq(sz, layer.graph.node_count, 4));
}

Test(layer, kinds_choose_links_and_events)
{
    static const char *const friends[] = { "Friend" }, *const missing[] = { "missing" };

    CHILDREN("A", "B", "C");
    GATHER("E1", "missing", "missing", "A", "B");
    GATHER("E2", "incident", "present", "B", "C");
    add_link("A", "C", "friend", 0, "", "");
    see(&(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .kinds = friends, .kind_count = 1 });
    cr_assert(eq(sz, layer.graph.tie_count, 1));
    cr_assert(epsilon_eq(dbl, weight("A", "C"), 1, 0));
    see(&(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .kinds = missing, .kind_count = 1 });
    cr_assert(eq(sz, layer.graph.tie_count, 1));
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 1, 0));
}

Test(layer, a_composed_role_asks_for_both_in_one_event)
{
    static const char *const suspects[] = { "suspect", "victim_and_suspect" };
    static const char *const both[] = { "Victim and suspect" }, *const odd[] = { "flag bearer" };

    CHILDREN("A", "B", "V", "D");
    add_event("E", "incident", "2022-06-01", "", 0);
    add_part("E", "A", "alleged_perpetrator");
    add_part("E", "B", "victim");
    add_part("E", "B", "alleged_perpetrator");
    add_part("E", "V", "victim");
    add_part("E", "D", "Flag-bearer");
    add_part("E", "A", "present");
    see(&(kith_layer_options){ .raw = true, .layer = KITH_LAYER_TOGETHER, .roles = suspects,
                               .role_count = 2 });
    cr_assert(eq(sz, layer.graph.tie_count, 1));
    cr_assert(epsilon_eq(dbl, weight("A", "B"), 1, 0));
    see(&(kith_layer_options){ .layer = KITH_LAYER_EVENTS, .roles = both, .role_count = 1 });
    cr_assert(eq(sz, layer.graph.tie_count, 1));
    cr_assert(epsilon_eq(dbl, weight("B", "E"), 1, 0));
    see(&(kith_layer_options){ .layer = KITH_LAYER_EVENTS, .roles = odd, .role_count = 1 });
    cr_assert(eq(sz, layer.graph.tie_count, 1));
    cr_assert(epsilon_eq(dbl, weight("D", "E"), 1, 0));
}

Test(layer, a_word_given_twice_is_wrong_use)
{
    static const char *const words[] = { "Phone call", "phone-call" };
    kith_layer_options options = { .kinds = words, .kind_count = 2 };

    see(&(kith_layer_options){ .layer = KITH_LAYER_LINKS });
    kith_layer_free(&layer);
    cr_assert(eq(int, kith_layer_build(&layer, &network, &options, &err), KITH_USAGE));
    cr_assert_not_null(strstr(err.message, "--kinds"), "%s", err.message);
    options = (kith_layer_options){ .roles = words, .role_count = 2 };
    cr_assert(eq(int, kith_layer_build(&layer, &network, &options, &err), KITH_USAGE));
    cr_assert_not_null(strstr(err.message, "--roles"), "%s", err.message);
    options = (kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .size_cap = 1 };
    cr_assert(eq(int, kith_layer_build(&layer, &network, &options, &err), KITH_USAGE));
    cr_assert_not_null(strstr(err.message, "--size-cap"), "%s", err.message);
}

Test(layer, undated_events_are_standing_and_judged_at_as_of)
{
    CHILDREN("A");
    add_person("turned", "2004-01-01");
    set_origin("police", "R1", "1A");
    add_event("E", "missing", "", "", 2);
    add_part("E", "A", "missing");
    add_part("E", "turned", "missing");
    see_together();
    cr_assert(eq(sz, layer.graph.tie_count, 0));
    see(&(kith_layer_options){ .layer = KITH_LAYER_TOGETHER, .who = KITH_WHO_ALL });
    cr_assert(epsilon_eq(dbl, kith_layer_evidence(&layer, 0), 2, 0));
}
