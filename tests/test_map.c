/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_map.c: what a map draws, and what it never does. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/map.h"

static kith_scene scene;
static kith_error err;

/* Two girls missing together at a park, a man alleged to exploit one of them, her
 * grandmother; a boy of 15 who is victim twice and named as alleged once. */
static void build_town(void)
{
    begin_hub();
    add_person("P1", "2007-05-01");
    add_person("P2", "2007-06-01");
    add_person("P3", "2006-09-01");
    add_person("P4", "1980-01-01");
    add_person("P5", "1950-01-01");
    add_person("P6", "");
    add_place("L1", "park");
    add_place("L2", "house");
    run_sql("UPDATE person SET name = 'Tamsin Quillmarsh' WHERE entity = (SELECT row FROM entity "
            "WHERE id = 'P1')");
    run_sql("UPDATE person SET name = 'Tess Quay' WHERE entity = (SELECT row FROM entity WHERE id "
            "= 'P2')");
    run_sql("UPDATE person SET name = 'Kit known as Moth' WHERE entity = (SELECT row FROM entity "
            "WHERE id = 'P3')");
    run_sql("UPDATE person SET name = 'Gale Vane' WHERE entity = (SELECT row FROM entity WHERE id "
            "= 'P4')");
    run_sql("UPDATE location SET name = 'Harbour Park' WHERE entity = (SELECT row FROM entity "
            "WHERE id = 'L1')");
    run_sql("UPDATE location SET name = '3 Mussel Row' WHERE entity = (SELECT row FROM entity "
            "WHERE id = 'L2')");
    set_origin("police", "R1", "1A");
    add_event("E1", "missing", "2021-05-01T20:00", "L1", 2);
    add_part("E1", "P1", "missing");
    add_part("E1", "P2", "missing");
    set_origin("health", "R1", "");
    add_event("E2", "missing", "2021-05-01T21:00", "L1", 2);
    add_part("E2", "P1", "missing");
    add_part("E2", "P2", "missing");
    set_origin("police", "R2", "2A");
    add_event("E3", "incident", "2021-06-01", "L1", 2);
    add_part("E3", "P3", "victim");
    add_part("E3", "P1", "witness");
    set_origin("police", "R3", "2B");
    add_event("E4", "incident", "2021-06-11", "L1", 2);
    add_part("E4", "P3", "alleged_perpetrator");
    add_part("E4", "P4", "alleged_perpetrator");
    add_link("P4", "P1", "exploits_alleged", 0, "2021-05-01", "");
    set_origin("social_care", "R4", "");
    add_link("P5", "P1", "trusted_adult", 0, "", "");
    add_link("P1", "L2", "lives_at", 0, "", "");
    set_origin("police", "R5", "3E");
    add_link("P6", "P1", "friend", 0, "2021-05-01", "");
}

static void drop_town(void)
{
    kith_scene_free(&scene);
    end_hub();
}

static kith_status map_with(kith_map_options options, const char *id, const char *as_of)
{
    const char *const ids[] = { id };
    kith_network network = network_of(view_of(as_of, 365));
    kith_store *store = open_hub();

    kith_scene_free(&scene);
    options.ids = ids;
    options.id_count = id != NULL;
    const kith_status status = kith_map_scene(&scene, store, &network, &options, &err);
    kith_store_close(store);
    kith_network_free(&network);
    return status;
}

static void map_of(const char *id, int hops, kith_map_names names)
{
    cr_assert(eq(int,
                 map_with((kith_map_options){ .hops = hops, .names = names }, id, "2021-07-31"),
                 KITH_OK),
              "%s", err.message);
}

static const kith_scene_node *node_called(const char *start)
{
    for (size_t i = 0; i < scene.node_count; i++)
        if (strncmp(scene.nodes[i].label, start, strlen(start)) == 0)
            return &scene.nodes[i];
    return NULL;
}

/* The first tie whose label begins so. */
static const kith_scene_tie *tie_called(const char *start)
{
    for (size_t i = 0; i < scene.tie_count; i++)
        if (strncmp(scene.ties[i].label, start, strlen(start)) == 0)
            return &scene.ties[i];
    return NULL;
}

static bool scene_says(const char *text)
{
    kith_text json = { 0 };

    kith_scene_write(&json, &scene);
    const bool says = strstr(kith_text_string(&json), text) != NULL;
    kith_text_free(&json);
    return says;
}

TestSuite(map, .init = build_town, .fini = drop_town);

Test(map, holds_what_is_within_the_steps)
{
    map_of("P1", 0, KITH_MAP_INITIALS);
    cr_assert(eq(sz, scene.node_count, 1));
    cr_assert(scene.nodes[0].focus);
    map_of("P1", 1, KITH_MAP_INITIALS);
    cr_assert(eq(sz, scene.node_count, 6), "P1, P2, P4, P5, the park, the home");
    cr_assert(node_called("KM") == NULL);
    map_of("P1", 2, KITH_MAP_INITIALS);
    cr_assert(eq(sz, scene.node_count, 7));
    cr_assert(node_called("KM") != NULL, "over the park");
    cr_assert(strstr(scene.footer, "Not shown") == NULL);
}

Test(map, an_id_that_is_not_there_is_not_found)
{
    cr_assert(
        eq(int, map_with((kith_map_options){ .hops = 1 }, "P99", "2021-07-31"), KITH_NOT_FOUND));
    cr_assert(eq(sz, scene.node_count, 0));
}

Test(map, steps_out_of_range_are_wrong_use)
{
    cr_assert(eq(int, map_with((kith_map_options){ .hops = 7 }, "P1", "2021-07-31"), KITH_USAGE));
    cr_assert(strstr(err.message, "0 to 6") != NULL);
}

Test(map, a_child_is_drawn_as_a_child_whatever_the_role)
{
    map_of("P3", 1, KITH_MAP_INITIALS);
    const kith_scene_node *boy = node_called("KM\nchild, 14");
    cr_assert(boy != NULL);
    cr_assert(eq(int, boy->class, KITH_DRAW_CHILD));
    cr_assert(eq(str, boy->badges, "victim (1)\nnamed as alleged (1)"), "a victim first");
    const kith_scene_node *man = node_called("GV");
    cr_assert(man == NULL, "an adult alleged beside a child is no peer of his");
    cr_assert(not(scene_says("perpetrator")));
}

Test(map, no_arrow_of_exploitation_starts_at_a_child)
{
    set_origin("police", "R8", "1A");
    add_link("P3", "P2", "exploits_alleged", 0, "2021-05-01", "");
    map_of("P3", 1, KITH_MAP_INITIALS);
    const kith_scene_tie *tie = tie_called("named in an allegation");
    cr_assert(tie != NULL);
    cr_assert(not(tie->arrow));
    cr_assert(eq(int, tie->tone, KITH_DRAW_NEUTRAL));
    cr_assert(tie_called("alleged exploitation") == NULL);
}

Test(map, a_child_at_an_event_shown_is_drawn_as_a_child_after_turning_18)
{
    cr_assert(eq(int, map_with((kith_map_options){ .hops = 1 }, "P3", "2025-01-01"), KITH_OK));
    cr_assert(eq(int, scene.nodes[0].class, KITH_DRAW_ADULT),
              "the window holds none of the events");
    const char *const ids[] = { "P3" };
    kith_network network = network_of(view_of("2025-01-01", 2000));
    kith_store *store = open_hub();
    kith_scene_free(&scene);
    cr_assert(eq(int,
                 kith_map_scene(&scene, store, &network,
                                &(kith_map_options){ .ids = ids, .id_count = 1, .hops = 1 }, &err),
                 KITH_OK));
    kith_store_close(store);
    kith_network_free(&network);
    cr_assert(eq(int, scene.nodes[0].class, KITH_DRAW_CHILD));
    cr_assert(strstr(scene.nodes[0].badges, "18 since 2024-09-01") != NULL);
}

Test(map, before_a_birth_there_is_no_age)
{
    cr_assert(eq(int, map_with((kith_map_options){ 0 }, "P1", "2007-04-30"), KITH_OK));
    cr_assert(strstr(scene.nodes[0].label, "\nchild, not yet born") != NULL);
    cr_assert(eq(int, map_with((kith_map_options){ 0 }, "P1", "2007-05-01"), KITH_OK));
    cr_assert(strstr(scene.nodes[0].label, "\nchild, 0") != NULL);
}

Test(map, one_report_counts_once)
{
    map_of("P1", 1, KITH_MAP_INITIALS);
    cr_assert(eq(str, node_called("TQ 1")->badges, "missing (1)\nwitness (1)"), "E1 and E2 are R1");
    cr_assert(tie_called("inferred (1)") != NULL);
    cr_assert(tie_called("incident (1), missing (1)") != NULL);
}

Test(map, shared_events_make_a_dotted_tie_that_says_it_is_inferred)
{
    map_of("P1", 1, KITH_MAP_INITIALS);
    const kith_scene_tie *tie = tie_called("inferred");
    cr_assert(tie->inferred);
    cr_assert(eq(int, tie->line, KITH_DRAW_DOTTED));
    cr_assert(not(tie->arrow));
}

Test(map, who_reports_an_event_was_not_in_it)
{
    set_origin("police", "R6", "1A");
    add_part("E1", "P5", "reporter");
    add_part("E3", "P5", "helper");
    add_part("E4", "P5", "reporter");
    add_part("E4", "P5", "witness");
    map_of("P5", 1, KITH_MAP_INITIALS);
    const kith_scene_tie *tie = tie_called("incident (1), helper at incident (1)");
    cr_assert(tie != NULL);
    cr_assert(eq(str, tie->label, "incident (1), helper at incident (1), reporter of missing (1)"));
    cr_assert(strncmp(tie->basis, tie->label, strlen(tie->label)) == 0);
}

/* R48: 1A solid, 2B dashed, ungraded dotted. */
Test(map, a_line_is_as_strong_as_its_best_record)
{
    map_of("P1", 1, KITH_MAP_INITIALS);
    const kith_scene_tie *harm = tie_called("alleged exploitation of");
    cr_assert(eq(int, harm->line, KITH_DRAW_DASHED));
    cr_assert(eq(int, harm->tone, KITH_DRAW_RISK));
    cr_assert(harm->arrow);
    cr_assert(eq(int, tie_called("missing (1)")->line, KITH_DRAW_SOLID));
    const kith_scene_tie *good = tie_called("trusted adult of");
    cr_assert(eq(int, good->line, KITH_DRAW_DOTTED));
    cr_assert(eq(int, good->tone, KITH_DRAW_PROTECTIVE));
}

Test(map, what_protects_makes_no_other_line_stronger)
{
    set_origin("school", "R9", "1A");
    add_link("P3", "L1", "supports", 0, "2021-05-01", "");
    map_of("P3", 1, KITH_MAP_INITIALS);
    cr_assert(eq(int, tie_called("supports")->line, KITH_DRAW_SOLID));
    cr_assert(eq(int, tie_called("supports")->tone, KITH_DRAW_PROTECTIVE));
    cr_assert(eq(int, tie_called("incident (2)")->line, KITH_DRAW_DASHED), "2A and 2B");
}

Test(map, what_is_suspected_to_be_false_is_not_drawn)
{
    map_of("P6", 1, KITH_MAP_INITIALS);
    cr_assert(eq(sz, scene.node_count, 1));
    cr_assert(eq(sz, scene.tie_count, 0));
    cr_assert(eq(int, scene.nodes[0].class, KITH_DRAW_UNKNOWN_AGE));
}

Test(map, a_declared_friendship_says_how_many_events_it_shares)
{
    set_origin("school", "R9", "2A");
    add_link("P1", "P2", "friend", 0, "2021-01-01", "");
    map_of("P1", 1, KITH_MAP_INITIALS);
    cr_assert(tie_called("inferred") == NULL);
    const kith_scene_tie *tie = tie_called("friend (1)");
    cr_assert(tie != NULL);
    cr_assert(eq(int, tie->line, KITH_DRAW_DASHED), "the shared events, 1A, make it no stronger");
}

static void add_condition(const char *person, const char *other, const char *from, const char *to)
{
    char sql[512];

    snprintf(sql, sizeof sql,
             "INSERT INTO restriction (person, other, kind, imposed_by, valid_from, valid_to, "
             "extra, digest, nth, "
             "origin, batch) SELECT p.row, o.row, 'no_contact', 'court', '%s', '%s', '', "
             "randomblob(16), 1, "
             "p.origin, p.batch FROM entity AS p, entity AS o WHERE p.id = '%s' AND o.id = '%s'",
             from, to, person, other);
    run_sql(sql);
}

Test(map, a_condition_in_force_is_a_bar_and_ties_nobody)
{
    map_of("P1", 1, KITH_MAP_INITIALS);
    const size_t nodes = scene.node_count, ties = scene.tie_count;
    add_condition("P4", "P1", "2021-07-01", "2021-12-31");
    add_condition("P3", "P1", "2021-07-01", "2021-12-31");
    add_condition("P5", "P1", "2020-01-01", "2021-07-30");
    add_condition("P5", "P1", "2021-08-01", "");
    map_of("P1", 1, KITH_MAP_INITIALS);
    cr_assert(eq(sz, scene.node_count, nodes), "P3 is not brought in");
    cr_assert(eq(sz, scene.tie_count, ties + 1), "expired and future ones are not drawn");
    const kith_scene_tie *bar = tie_called("no contact, to 2021-12-31");
    cr_assert(bar->barred);
    cr_assert(eq(str, bar->basis, "imposed by court"));
    cr_assert(strstr(scene.footer, "1 condition in force concerns somebody") != NULL);
}

static void add_flag(const char *flag, const char *status, const char *from, const char *to)
{
    char sql[512];

    snprintf(sql, sizeof sql,
             "INSERT INTO flag (person, flag, status, valid_from, valid_to, holder, extra, digest, "
             "nth, origin, "
             "batch) SELECT row, '%s', '%s', '%s', '%s', '', '', randomblob(16), 1, origin, batch "
             "FROM entity "
             "WHERE id = 'P1'",
             flag, status, from, to);
    run_sql(sql);
}

/* R15: a stage is shown, and a plan that ended differs from none. */
Test(map, flags_are_those_of_the_day)
{
    add_flag("NRM", "referred", "2021-07-01", "");
    add_flag("CP_PLAN", "ended", "2021-01-01", "2021-03-01");
    add_flag("LAC", "current", "2021-08-01", "");
    add_flag("CIN", "ended", "2019-01-01", "2020-01-01");
    add_flag("ODD_WORD", "current", "", "");
    map_of("P1", 0, KITH_MAP_INITIALS);
    cr_assert(eq(str, scene.nodes[0].badges,
                 "missing (1)\nwitness (1)\n[CP plan ended]\n[NRM: referred]\n[ODD WORD]"));
    cr_assert(scene_says("National Referral Mechanism"));
    cr_assert(not(scene_says("looked after")));
}

Test(map, only_a_full_map_holds_names_addresses_or_ids)
{
    static const char *const hidden[] = { "Quillmarsh", "Tamsin", "Mussel", "P1", "L2", "Vane" };

    for (int names = KITH_MAP_INITIALS; names <= KITH_MAP_NONE; names++) {
        map_of("P1", 2, (kith_map_names)names);
        for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
            cr_assert(not(scene_says(hidden[i])), "profile %d says %s", names, hidden[i]);
    }
    cr_assert(not(scene_says("Harbour Park")), "none: places are counted too");
    map_of("P1", 2, KITH_MAP_FULL);
    cr_assert(scene_says("Tamsin Quillmarsh"));
    cr_assert(scene_says("3 Mussel Row"));
}

static void call_the_station(const char *name)
{
    char sql[160];

    snprintf(sql, sizeof sql,
             "UPDATE location SET name = '%s' WHERE entity = (SELECT row FROM entity "
             "WHERE id = 'L3')",
             name);
    run_sql(sql);
    map_of("L3", 0, KITH_MAP_INITIALS);
}

Test(map, a_place_says_its_kind_once)
{
    add_place("L3", "bus_station");
    call_the_station("Harbour Bus Station");
    cr_assert(eq(str, scene.nodes[0].label, "Harbour Bus Station"));
    call_the_station("Bus Stations Depot");
    cr_assert(eq(str, scene.nodes[0].label, "Bus Stations Depot\nbus station"));
}

Test(map, a_name_with_a_line_break_is_whole_in_the_table)
{
    kith_table table = { 0 };
    char *out = NULL;
    size_t size = 0;

    run_sql("UPDATE person SET name = 'Tess' || char(10) || 'Quay' WHERE entity = (SELECT row "
            "FROM entity WHERE id = 'P2')");
    map_of("P2", 0, KITH_MAP_FULL);
    kith_scene_table(&table, &scene);
    FILE *file = open_memstream(&out, &size);
    cr_assert(eq(int, kith_table_write(file, NULL, &table, KITH_FORMAT_CSV, NULL), KITH_OK));
    fclose(file);
    cr_assert(strstr(out, ",child,Tess Quay,,,") != NULL, "%s", out);
    free(out);
    kith_table_free(&table);
}

Test(map, people_who_share_initials_are_numbered_by_id)
{
    map_of("P2", 1, KITH_MAP_INITIALS);
    cr_assert(eq(str, scene.nodes[0].label, "TQ 2\nchild, 14"));
    cr_assert(node_called("TQ 1\nchild, 14") != NULL);
    map_of("P3", 0, KITH_MAP_INITIALS);
    cr_assert(eq(str, scene.nodes[0].label, "KM\nchild, 14"));
}

Test(map, pseudonyms_and_counts_say_what_somebody_is)
{
    map_of("P1", 1, KITH_MAP_PSEUDONYM);
    cr_assert(eq(str, scene.nodes[0].label, "Child Ash\nchild, 14"));
    cr_assert(node_called("Adult ") != NULL);
    map_of("P1", 1, KITH_MAP_NONE);
    cr_assert(eq(str, scene.nodes[0].label, "child 1\nchild, 14"));
    cr_assert(node_called("adult 2") != NULL);
    cr_assert(node_called("home") != NULL);
}

Test(map, more_than_can_be_read_is_refused_with_the_remedy)
{
    cr_assert(eq(int, map_with((kith_map_options){ .hops = 2, .most = 6 }, "P1", "2021-07-31"),
                 KITH_USAGE));
    cr_assert(strstr(err.message, "fewer --hops") != NULL, "%s", err.message);
    cr_assert(eq(int, map_with((kith_map_options){ .most = 6 }, NULL, "2021-07-31"), KITH_USAGE));
    cr_assert(strstr(err.message, "name whom it is about") != NULL, "%s", err.message);
}

Test(map, the_frame_says_what_for_whom_and_until_when)
{
    map_of("P1", 1, KITH_MAP_INITIALS);
    cr_assert(eq(str, scene.title, "Map of TQ 1 and what is within 1 step"));
    cr_assert(strstr(scene.header,
                     "OFFICIAL-SENSITIVE. Prepared for: case-team. Purpose: not stated.") != NULL);
    cr_assert(strstr(scene.header,
                     "As of 2021-07-31, from 2020-08-01. Names: initials. Withheld items: 0.") !=
              NULL);
    cr_assert(strstr(scene.footer,
                     "what is recorded, not what is true. Review or destroy by 2021-08-28") !=
              NULL);
    cr_assert(strstr(scene.footer, "Not shown: 1 person") != NULL);
    cr_assert(eq(str, scene.as_of, "2021-07-31"));
}

Test(map, one_layer_alone_draws_that_layer)
{
    cr_assert(eq(int,
                 map_with((kith_map_options){ .hops = 1,
                                              .layer_only = true,
                                              .layer = { .layer = KITH_LAYER_EVENTS } },
                          "P3", "2021-07-31"),
                 KITH_OK));
    cr_assert(eq(sz, scene.node_count, 3), "P3 and two events");
    cr_assert(eq(int, scene.nodes[1].class, KITH_DRAW_EVENT));
    cr_assert(eq(str, scene.nodes[1].label, "incident 2021-06-01"));
    cr_assert(tie_called("victim") != NULL);
    cr_assert(tie_called("named as alleged") != NULL, "of a child");
}

Test(map, an_allegation_that_no_event_makes_says_so)
{
    set_origin("police", "R9", "2B");
    add_person("P8", "1980-01-01");
    add_link("P8", "P1", "exploits_alleged", 0, "2021-01-01", "");
    map_of("P8", 1, KITH_MAP_INITIALS);
    cr_assert(tie_called("alleged exploitation of, association only") != NULL);
    add_event("E8", "incident", "2021-06-30", "", 1);
    add_part("E8", "P8", "alleged_perpetrator");
    map_of("P8", 1, KITH_MAP_INITIALS);
    cr_assert(tie_called("alleged exploitation of, association only") == NULL);
}

Test(map, the_same_hub_gives_the_same_scene)
{
    kith_text one = { 0 }, two = { 0 };

    map_of("P1", 2, KITH_MAP_PSEUDONYM);
    kith_scene_write(&one, &scene);
    map_of("P1", 2, KITH_MAP_PSEUDONYM);
    kith_scene_write(&two, &scene);
    cr_assert(eq(str, one.data, two.data));
    kith_text_free(&one);
    kith_text_free(&two);
}

/* Four children in three events each make a group; who is not on the map is said. */
Test(map, peer_groups_are_frames_with_their_letters)
{
    static const char *const ids[] = { "G1", "G2", "G3", "G4" };
    char event[16];

    set_origin("school", "", "");
    for (size_t i = 0; i < 4; i++)
        add_person(ids[i], "2007-01-01");
    for (int e = 0; e < 3; e++) {
        snprintf(event, sizeof event, "S%d", e);
        add_event(event, "missing", "2021-06-20", "", 1);
        for (size_t i = 0; i < 4; i++)
            add_part(event, ids[i], "missing");
    }
    for (int i = 0; i < 200; i++) { /* others, so that these three are no chance */
        snprintf(event, sizeof event, "Z%03d", i);
        add_person(event, "2007-01-01");
        add_event(event, "missing", "2021-06-20", "", 1);
        add_part(event, event, "missing");
    }
    map_of("G1", 1, KITH_MAP_INITIALS);
    cr_assert(eq(sz, scene.cluster_count, 1));
    cr_assert(eq(str, scene.clusters[0].label, "group A"));
    for (size_t i = 0; i < 4; i++)
        cr_assert(eq(u32, scene.nodes[i].cluster, 0));
    map_of("P1", 1, KITH_MAP_INITIALS);
    cr_assert(eq(sz, scene.cluster_count, 0), "a pair is no group");
    cr_assert(eq(int,
                 map_with((kith_map_options){ .hops = 1, .no_groups = true }, "G1", "2021-07-31"),
                 KITH_OK));
    cr_assert(eq(sz, scene.cluster_count, 0));
    map_of("G1", 0, KITH_MAP_INITIALS);
    cr_assert(eq(sz, scene.cluster_count, 0), "one member alone is not framed");
}
