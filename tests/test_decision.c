/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_decision.c: two records confirmed to be one, or not; and taken back. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/contexts.h"
#include "kith/decision.h"
#include "kith/linkage.h"
#include "kith/show.h"

static kith_store *store;
static kith_view view;
static kith_error err;

/* Four people and two places; B met X in one event, C in another. */
static void begin(void)
{
    begin_hub();
    add_person("C", "2006-03-01");
    add_person("B", "");
    add_person("A", "2005");
    add_person("X", "2007-01-01");
    add_place("L1", "park");
    add_place("L2", "");
    add_event("E1", "missing", "2022-01-10", "L1", 2);
    add_part("E1", "B", "missing");
    add_part("E1", "X", "missing");
    add_event("E2", "missing", "2022-02-10", "L2", 2);
    add_part("E2", "C", "missing");
    add_part("E2", "X", "missing");
    add_link("B", "C", "friend", 0, "", "");
    add_link("C", "X", "friend", 0, "", "");
    add_context("B", "peer", "risk", "", "", 1, "2022-01-10", "");
    add_context("C", "home", "risk", "", "", 1, "2022-01-11", "");
    run_sql("UPDATE person SET dob = '2006-02-01' WHERE entity = (SELECT row FROM entity WHERE id = 'A')");
    view = view_of("2022-06-30", 365);
    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK);
}

static void end(void)
{
    kith_store_close(store);
    end_hub();
}

TestSuite(decision, .init = begin, .fini = end);

static kith_status confirm(const char *a, const char *b)
{
    return kith_decision_confirm(store, &view, a, b, 1655000000, &err);
}

static kith_status refuse(const char *a, const char *b)
{
    return kith_decision_refuse(store, &view, a, b, 1655000000, &err);
}

static kith_status undo(const char *a, const char *b)
{
    return kith_decision_undo(store, &view, a, b, 1655000000, &err);
}

/* Everything that a network says, as text. */
static char *picture(void)
{
    kith_network network;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    cr_assert_eq(kith_network_build(&network, store, &view, &err), KITH_OK, "%s", err.message);
    for (size_t i = 0; i < network.thing_count; i++)
        fprintf(out, "%s %s %d\n", network.things[i].id, network.things[i].name, network.things[i].born.day);
    for (size_t i = 0; i < network.participation_count; i++)
        fprintf(out, "%s %s\n", network.events[network.participations[i].event].id,
                network.things[network.participations[i].person].id);
    for (size_t i = 0; i < network.link_count; i++)
        fprintf(out, "%s-%s\n", network.things[network.links[i].from].id, network.things[network.links[i].to].id);
    kith_network_free(&network);
    fclose(out);
    return text;
}

static char *shown(const char *id)
{
    kith_table table;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    cr_assert_eq(kith_show(&table, store, &view, id, &err), KITH_OK, "%s", err.message);
    cr_assert_eq(kith_table_write(out, NULL, &table, KITH_FORMAT_JSON, &err), KITH_OK);
    kith_table_free(&table);
    fclose(out);
    return text;
}

Test(decision, confirmed_records_are_one_thing_under_the_smallest_id)
{
    kith_network network;

    cr_assert_eq(confirm("C", "B"), KITH_OK, "%s", err.message);
    cr_assert_eq(kith_network_build(&network, store, &view, &err), KITH_OK);
    const uint32_t b = thing_called(&network, "B"), x = thing_called(&network, "X");
    cr_assert(eq(u32, thing_called(&network, "C"), b), "every id finds it");
    cr_assert(eq(u32, thing_called(&network, "person:C"), b));
    cr_assert(eq(sz, network.thing_count, 5));
    cr_assert(eq(sz, network.merged_count, 1));
    cr_assert(eq(sz, network.participation_count, 4));
    for (size_t i = 0; i < 4; i++)
        cr_assert(network.participations[i].person == b || network.participations[i].person == x);
    cr_assert(eq(sz, network.link_count, 1), "the link between the two is none");
    cr_assert(network.links[0].from == b && network.links[0].to == x);
    kith_network_free(&network);
}

Test(decision, a_chain_is_one_thing_and_its_latest_birth_counts)
{
    kith_network network;
    int32_t latest;

    cr_assert_eq(confirm("B", "C"), KITH_OK);
    cr_assert_eq(confirm("A", "B"), KITH_OK);
    cr_assert_eq(kith_network_build(&network, store, &view, &err), KITH_OK);
    const uint32_t a = thing_called(&network, "A");
    cr_assert(eq(u32, thing_called(&network, "C"), a));
    cr_assert_str_eq(network.things[a].id, "A");
    cr_assert(kith_day_read(&latest, "2006-03-01"));
    cr_assert(eq(i32, network.things[a].born.day, latest), "a child as long as one record says so");
    kith_network_free(&network);
}

Test(decision, taking_it_back_leaves_every_picture_as_it_was)
{
    char *before = picture(), *before_b = shown("B"), *before_c = shown("C");

    cr_assert_eq(confirm("B", "C"), KITH_OK);
    char *merged = picture(), *merged_b = shown("B"), *merged_c = shown("C");
    cr_expect_str_neq(merged, before);
    cr_expect_str_neq(merged_b, before_b);
    cr_expect_str_eq(merged_b, merged_c, "either id shows both records");
    cr_assert_eq(undo("C", "B"), KITH_OK, "%s", err.message);
    char *after = picture(), *after_b = shown("B"), *after_c = shown("C");
    cr_expect_str_eq(after, before);
    cr_expect_str_eq(after_b, before_b);
    cr_expect_str_eq(after_c, before_c);
    char *all[] = { before, before_b, before_c, merged, merged_b, merged_c, after, after_b, after_c };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        free(all[i]);
}

Test(decision, the_contexts_of_both_records_are_weighed)
{
    kith_contexts contexts;
    kith_subject subject;
    char *ids[] = { "C" };

    cr_assert_eq(confirm("B", "C"), KITH_OK);
    cr_assert_eq(kith_subject_read(&subject, store, &view, ids, 1, &err), KITH_OK);
    cr_assert_eq(kith_contexts_read(&contexts, store, &view, &subject, NULL, &err), KITH_OK);
    kith_subject_free(&subject);
    cr_assert(eq(sz, contexts.count, 2));
    kith_contexts_free(&contexts);
}

Test(decision, a_refusal_holds_through_any_chain)
{
    cr_assert_eq(refuse("A", "C"), KITH_OK);
    cr_assert_eq(confirm("A", "B"), KITH_OK);
    cr_assert_eq(confirm("B", "C"), KITH_POLICY);
    cr_assert_not_null(strstr(err.message, "A is B is C"), "%s", err.message);
    cr_assert_eq(confirm("C", "A"), KITH_POLICY);
    cr_assert_not_null(strstr(err.message, "undo"), "%s", err.message);
    cr_assert_eq(undo("A", "C"), KITH_OK);
    cr_assert_eq(confirm("B", "C"), KITH_OK, "once it is taken back");
}

/* Thirty records with ids of 64 bytes, the longest there may be: the message keeps what it
 * ends with, which is how to go on. */
Test(decision, a_chain_of_thirty_stops_and_says_so_whole)
{
    enum { LONG = 30 };
    char ids[LONG][65];

    for (int i = 0; i < LONG; i++) {
        snprintf(ids[i], sizeof ids[i], "%064d", i);
        add_person(ids[i], "");
    }
    cr_assert_eq(refuse(ids[LONG - 1], ids[0]), KITH_OK);
    for (int i = 0; i + 2 < LONG; i++)
        cr_assert_eq(confirm(ids[i], ids[i + 1]), KITH_OK, "%s", err.message);
    cr_assert_eq(confirm(ids[LONG - 2], ids[LONG - 1]), KITH_POLICY);
    cr_expect_not_null(strstr(err.message, "... (24 more) ... is "), "%s", err.message);
    cr_expect_not_null(strstr(err.message, "first"), "%s", err.message);
    for (int i = 0; i < LONG; i++)
        if (i < 3 || i >= LONG - 3)
            cr_expect_not_null(strstr(err.message, ids[i]), "%d is an end", i);
}

Test(decision, what_is_one_through_others_cannot_be_refused)
{
    cr_assert_eq(confirm("A", "B"), KITH_OK);
    cr_assert_eq(confirm("B", "C"), KITH_OK);
    cr_assert_eq(refuse("A", "C"), KITH_POLICY);
    cr_assert_eq(refuse("A", "B"), KITH_POLICY);
    cr_assert_eq(undo("A", "C"), KITH_NOT_FOUND, "it was refused: nothing was kept of it");
    cr_assert_eq(refuse("X", "C"), KITH_OK);
    cr_assert_eq(confirm("A", "X"), KITH_POLICY);
    cr_assert_eq(undo("B", "C"), KITH_OK);
    cr_assert_eq(confirm("A", "X"), KITH_OK);
}

Test(decision, the_same_decision_twice_is_one)
{
    cr_assert_eq(confirm("A", "B"), KITH_OK);
    cr_assert_eq(confirm("B", "A"), KITH_OK);
    cr_assert_eq(undo("A", "B"), KITH_OK);
    cr_assert_eq(undo("A", "B"), KITH_NOT_FOUND);
    cr_assert_eq(refuse("A", "B"), KITH_OK, "decided anew");
}

Test(decision, only_two_people_or_two_places_are_one)
{
    cr_assert_eq(confirm("A", "L1"), KITH_USAGE);
    cr_assert_eq(confirm("A", "A"), KITH_USAGE);
    cr_assert_eq(confirm("E1", "E2"), KITH_USAGE);
    cr_assert_eq(confirm("A", "nobody"), KITH_NOT_FOUND);
    cr_assert_eq(confirm("L1", "L2"), KITH_OK);
    cr_assert_eq(confirm("A", "B"), KITH_OK, "a change that failed is over");
}

Test(decision, the_order_of_confirming_changes_nothing)
{
    cr_assert_eq(confirm("B", "C"), KITH_OK);
    cr_assert_eq(confirm("C", "A"), KITH_OK);
    char *one = picture();
    cr_assert_eq(undo("B", "C"), KITH_OK);
    cr_assert_eq(undo("C", "A"), KITH_OK);
    cr_assert_eq(confirm("A", "B"), KITH_OK);
    cr_assert_eq(confirm("C", "B"), KITH_OK);
    char *other = picture();
    cr_assert_str_eq(one, other);
    free(one);
    free(other);
}

static const char *word_of(const kith_table *table, const char *left, const char *right)
{
    for (size_t r = 0; r < kith_table_rows(table); r++) {
        const kith_cell *row = &table->cells[r * table->column_count];
        if (strcmp(row[0].text, left) == 0 && strcmp(row[1].text, right) == 0)
            return row[3].missing ? "" : row[3].text;
    }
    return NULL;
}

Test(decision, the_list_says_what_was_decided_also_through_others)
{
    kith_table table;

    run_sql("UPDATE person SET name = 'Tamsin Quillmarsh', dob = '2006-03-01'");
    cr_assert_eq(confirm("A", "B"), KITH_OK);
    cr_assert_eq(refuse("B", "X"), KITH_OK);
    cr_assert_eq(kith_linkage_list(&table, store, &view, KITH_PERSON, 0, &err), KITH_OK);
    cr_expect_str_eq(word_of(&table, "A", "B"), "confirmed");
    cr_expect_str_eq(word_of(&table, "B", "X"), "refused");
    cr_expect_str_eq(word_of(&table, "A", "X"), "refused through others");
    cr_expect_str_eq(word_of(&table, "A", "C"), "");
    kith_table_free(&table);
    cr_assert_eq(kith_linkage_list(&table, store, &view, KITH_PERSON, 1, &err), KITH_OK);
    cr_expect_not_null(word_of(&table, "A", "B"), "what was decided is listed at any threshold");
    kith_table_free(&table);
}
