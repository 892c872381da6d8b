/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_changes.c: what two loads say of each other, and letters that are kept.
 *
 * The first load is of 1 June 2022, the second of 10 June; what should follow is read off the
 * rows below. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/changes.h"
#include "kith/date.h"
#include "kith/import.h"
#include "kith/keep.h"
#include "support.h"

static char *input;
static kith_table table;
static kith_error err;

static void set_up(void)
{
    begin_hub();
    run_sql("DELETE FROM origin");
    run_sql("DELETE FROM batch");
    input = make_folder();
}

static void tear_down(void)
{
    kith_table_free(&table);
    drop_folder(input);
    end_hub();
}

TestSuite(changes, .init = set_up, .fini = tear_down);

static int64_t noon(const char *on)
{
    int32_t day;

    cr_assert(kith_day_read(&day, on));
    return kith_day_begins(day) + 43200;
}

static kith_store *open_to_write(void)
{
    kith_store *store;

    cr_assert(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err) == KITH_OK);
    return store;
}

/* One load of what lies in the folder. */
static void load(const char *on)
{
    const kith_import_options options = { .source = "police", .now = noon(on) };
    const kith_view view = view_of("2022-06-30", 365);
    const char *path = input;
    kith_import_report report;
    kith_store *store = open_to_write();

    cr_assert(kith_import(&report, store, &view, &path, 1, &options, &err) == KITH_OK, "%s",
              err.message);
    kith_import_report_free(&report);
    kith_store_close(store);
}

static void put(const char *name, const char *text)
{
    char *path = path_in(input, name);

    write_file(path, text, strlen(text));
    free(path);
}

/* Three friends, an event of two of them, a boy apart, a condition that ends on 5 June. */
static void load_first(void)
{
    put("persons.csv", "person_id,dob\nP1,2008-01-01\nP2,2008-01-01\nP3,2008-01-01\nP4,2008-01-01\n"
                       "P5,2008-01-01\n");
    put("events.csv", "event_id,kind,occurred_at,source_grade,info_grade\n"
                      "E1,missing,2022-05-01,2,C\nE2,incident,2022-05-02,1,A\n"
                      "E3,missing,2022-05-03,1,A\n");
    put("participations.csv", "event_id,person_id,role\nE1,P1,missing\nE1,P2,missing\nE2,P4,victim\n"
                              "E3,P4,missing\nE3,P5,missing\n");
    put("links.csv", "link_id,from_id,to_id,kind,valid_from,valid_to\nL1,P1,P2,friend,2022-01-01,\n"
                     "L2,P2,P3,friend,2022-01-01,\nL3,P1,P3,friend,2022-01-01,\n");
    put("constraints.csv", "person_id,other_id,kind,valid_from,valid_to\n"
                           "P1,P4,no_contact,2022-01-01,2022-06-05\n");
    load("2022-06-01");
    drop_folder(input);
    input = make_folder();
}

/* E1 is regraded, E2 marked down, E3 moved to the next year's June; P4 joins the friends. */
static void load_second(void)
{
    put("events.csv", "event_id,kind,occurred_at,source_grade,info_grade\n"
                      "E1,missing,2022-05-01,1,A\nE2,incident,2022-05-02,3,D\n"
                      "E3,missing,2023-06-03,1,A\nE4,missing,2022-06-09,1,A\n");
    put("participations.csv", "event_id,person_id,role\nE4,P3,missing\nE4,P4,missing\nE2,P1,witness\n");
    put("links.csv", "link_id,from_id,to_id,kind,valid_from,valid_to\nL4,P1,P4,friend,2022-06-08,\n");
    load("2022-06-10");
}

static kith_status ask(const char *as_of, kith_changes_options options)
{
    const kith_view view = view_of(as_of, 365);
    kith_store *store = open_hub();

    options.peers = (kith_peers_options){ .seed = 1, .least = 3 };
    options.layer = (kith_layer_options){ .layer = KITH_LAYER_TOGETHER };
    kith_table_free(&table);
    const kith_status status = kith_changes(&table, store, &view, &options, &err);
    kith_store_close(store);
    return status;
}

static kith_changes_options since(const char *day, const char *then)
{
    kith_changes_options options = { .since = noon(day) - 43200, .load = -1 };

    cr_assert(kith_day_read(&options.as_of, then));
    return options;
}

static const char *cell(size_t row, size_t column)
{
    const kith_cell *at = &table.cells[row * table.column_count + column];

    return at->missing ? "" : at->text;
}

/* "change kind id: detail" is a row, once. */
static void expect_row(const char *wanted)
{
    char row[512];
    size_t found = 0;

    for (size_t i = 0; i < kith_table_rows(&table); i++) {
        snprintf(row, sizeof row, "%s %s %s: %s", cell(i, 0), cell(i, 1), cell(i, 2), cell(i, 3));
        found += strcmp(row, wanted) == 0;
    }
    cr_expect(eq(sz, found, 1), "%s", wanted);
}

Test(changes, each_record_and_tie_is_told_once)
{
    load_first();
    load_second();
    cr_assert(ask("2022-06-30", since("2022-06-02", "2022-06-01")) == KITH_OK, "%s", err.message);
    expect_row("grown peer group A: 4 members, 3 before; joined P4");
    expect_row("new event E4: missing episode: P3 missing, P4 missing; police, 1A");
    expect_row("upgraded event E1: source_grade 2 to 1; info_grade C to A");
    expect_row("downgraded event E2: source_grade 1 to 3; info_grade A to D");
    expect_row("changed event E2: incident: added P1 witness; police, ungraded");
    expect_row("new tie P3 P4: inferred");
    expect_row("new tie P1 P4: dotted");
    expect_row("gone tie P4 P5: inferred");
    expect_row("new link L4: P1 friend of P4; police, ungraded");
    expect_row("gone constraint P1: no_contact from P4 ended 2022-06-05; police, ungraded");
    cr_expect(eq(sz, kith_table_rows(&table), 10), "E3 is dated after as-of and is no fact yet");
    cr_expect(eq(str, (char *)cell(1, 4), "2022-06-09"), "observed");
    cr_expect(eq(str, (char *)cell(1, 5), "2022-06-10"), "loaded");
}

/* C1 is of a friendship, C2 of a whole event; the second load settles C1, and brings C3 with its end. */
Test(changes, who_contests_a_record_and_how_it_was_settled_is_told)
{
    load_first();
    put("contests.csv", "contest_id,link_id,event_id,contested_by,contested_on,reason\n"
                        "C1,L1,,parent,2022-06-02,hearsay\nC2,,E1,child,2022-06-03,hearsay\n");
    load("2022-06-04");
    cr_assert(ask("2022-06-30", since("2022-06-02", "2022-06-01")) == KITH_OK, "%s", err.message);
    expect_row("new contest C1: L1: contested by parent; open; police, ungraded");
    expect_row("new contest C2: E1: contested by child; open; police, ungraded");
    put("contests.csv", "contest_id,link_id,event_id,subject_id,field,contested_by,contested_on,reason,state,"
                        "resolved_on,resolved_by,resolution\n"
                        "C1,L1,,,,parent,2022-06-02,hearsay,rejected,2022-06-20,manager,words\n"
                        "C3,,,P4,dob,worker,2022-06-05,hearsay,upheld,2022-06-21,manager,words\n");
    load("2022-06-22");
    cr_assert(ask("2022-06-30", since("2022-06-10", "2022-06-09")) == KITH_OK, "%s", err.message);
    expect_row("new contest C3: P4, dob: contested by worker; upheld on 2022-06-21 by manager; police, ungraded");
    expect_row("changed contest C1: state open to rejected; resolved_on blank to 2022-06-20; resolved_by blank to "
               "manager; resolution corrected");
    cr_assert(ask("2022-06-20", since("2022-06-10", "2022-06-09")) == KITH_OK, "%s", err.message);
    expect_row("new contest C3: P4, dob: contested by worker; open; police, ungraded");
}

Test(changes, a_contest_is_told_to_whom_it_concerns)
{
    static const char *const of_a_friend[] = { "P2" }, *const of_another[] = { "P5" };
    kith_changes_options options = since("2022-06-02", "2022-06-01");

    load_first();
    put("contests.csv", "contest_id,link_id,event_id,contested_by,contested_on,reason\n"
                        "C1,L1,,parent,2022-06-02,hearsay\nC2,,E1,child,2022-06-03,hearsay\n");
    load("2022-06-04");
    options.records_only = true;
    options.ids = of_a_friend;
    options.id_count = 1;
    cr_assert(ask("2022-06-30", options) == KITH_OK, "%s", err.message);
    cr_expect(eq(sz, kith_table_rows(&table), 2), "a friendship's end, and in the event");
    options.ids = of_another;
    cr_assert(ask("2022-06-30", options) == KITH_OK, "%s", err.message);
    cr_expect(eq(sz, kith_table_rows(&table), 0));
}

Test(changes, a_declaration_upgrades_an_inferred_tie)
{
    load_first();
    put("links.csv", "link_id,from_id,to_id,kind,valid_from,source_grade,info_grade\n"
                     "L9,P4,P5,friend,2022-06-01,1,A\n");
    load("2022-06-10");
    cr_assert(ask("2022-06-30", since("2022-06-02", "2022-06-01")) == KITH_OK);
    expect_row("upgraded tie P4 P5: inferred to solid");
}

Test(changes, nothing_after_the_last_load)
{
    load_first();
    cr_assert(ask("2022-06-01", since("2022-06-02", "2022-06-01")) == KITH_OK);
    cr_expect(eq(sz, kith_table_rows(&table), 0));
    cr_expect(eq(str, (char *)table.empty, "nothing changed"));
}

Test(changes, before_the_first_load_everything_is_new)
{
    load_first();
    cr_assert(ask("2022-06-30", since("2022-06-01", "2022-05-31")) == KITH_OK);
    expect_row("born peer group A: 3 members: P1, P2, P3");
    expect_row("new person P1: police, ungraded");
    expect_row("new constraint P1: no_contact from P4; police, ungraded");
    cr_expect(eq(sz, kith_table_rows(&table), 1 + 3 + 4 + 3 + 5 + 1), "groups, events, ties, links, people, constraints");
}

Test(changes, those_of_one_person)
{
    const char *const id = "P3";
    kith_changes_options options = since("2022-06-02", "2022-06-01");

    load_first();
    load_second();
    options.ids = &id;
    options.id_count = 1;
    cr_assert(ask("2022-06-30", options) == KITH_OK);
    expect_row("grown peer group A: 4 members, 3 before; joined P4");
    expect_row("new event E4: missing episode: P3 missing, P4 missing; police, 1A");
    expect_row("new tie P3 P4: inferred");
    cr_expect(eq(sz, kith_table_rows(&table), 3));
}

Test(changes, who_is_not_there_is_said)
{
    const char *const id = "P99";
    kith_changes_options options = since("2022-06-02", "2022-06-01");

    load_first();
    options.ids = &id;
    options.id_count = 1;
    cr_expect(eq(int, ask("2022-06-30", options), KITH_NOT_FOUND));
    cr_expect(eq(int, ask("2022-05-01", since("2022-06-02", "2022-06-01")), KITH_USAGE),
              "before lies after now");
}

Test(changes, many_alike_are_counted)
{
    kith_changes_options options = since("2022-06-01", "2022-05-31");

    load_first();
    options.most = 2;
    options.records_only = true;
    cr_assert(ask("2022-06-30", options) == KITH_OK);
    expect_row("new event : and 1 more");
    expect_row("new person : and 3 more");
    cr_expect(eq(sz, kith_table_rows(&table), 3 + 3 + 3 + 1));
}

Test(changes, a_load_that_was_taken_back_is_gone)
{
    const kith_view view = view_of("2022-06-30", 365);
    kith_table undone;

    load_first();
    load_second();
    kith_store *store = open_to_write();
    cr_assert(kith_import_undo(&undone, store, &view, 2, &err) == KITH_OK, "%s", err.message);
    kith_store_close(store);
    kith_table_free(&undone);
    kith_changes_options options = since("2022-06-30", "2022-06-29");
    cr_assert(ask("2022-06-30", options) == KITH_OK);
    expect_row("gone load 2: loaded 2022-06-10, taken back with all its records");
    cr_expect(eq(sz, kith_table_rows(&table), 1));
}

/* The network of the hub as it was after load 1 is the one that was built before load 2. */
Test(changes, the_hub_as_it_was_is_the_hub_that_was)
{
    kith_view view = view_of("2022-06-30", 365);

    load_first();
    kith_network before = network_of(view);
    load_second();
    view.through_load = 1;
    kith_network then = network_of(view);
    cr_assert(eq(sz, then.event_count, before.event_count));
    cr_assert(eq(sz, then.participation_count, before.participation_count));
    cr_assert(eq(sz, then.link_count, before.link_count));
    for (size_t i = 0; i < then.event_count; i++) {
        const kith_event_record *a = &before.events[i], *b = &then.events[i];
        cr_expect(a->at.utc == b->at.utc && strcmp(a->id, b->id) == 0);
        const kith_grade x = before.origins[a->origin].grade, y = then.origins[b->origin].grade;
        cr_expect(x.source == y.source && x.info == y.info, "%s", a->id);
    }
    kith_network_free(&then);
    kith_network_free(&before);
}

/* What a correction may change of an event or a link is read as it was, field by field. */
Test(changes, every_corrected_field_is_as_it_was)
{
    kith_view view = view_of("2022-06-30", 365);

    put("persons.csv", "person_id,dob\nP1,2008-01-01\nP2,2008-01-01\nP3,2008-01-01\n");
    put("locations.csv", "location_id,kind\nA,park\nB,park\n");
    put("events.csv", "event_id,kind,occurred_at,ended_at,location_id,severity,report_ref\n"
                      "E1,missing,2022-05-01T20:00,2022-05-01T22:00,A,2,R1\n");
    put("links.csv", "link_id,from_id,to_id,kind,valence,weight,valid_from,valid_to,conviction_ref\n"
                     "L1,P1,P2,friend,protective,2.5,2022-01-01,,\n"
                     "L2,P1,P3,exploits_alleged,risk,,2022-01-01,,C1\n");
    load("2022-06-01");
    kith_network before = network_of(view);
    put("events.csv", "event_id,kind,occurred_at,ended_at,location_id,severity,report_ref\n"
                      "E1,incident,2022-05-02T20:00,,B,,R2\n");
    put("links.csv", "link_id,from_id,to_id,kind,valence,weight,valid_from,valid_to,conviction_ref\n"
                     "L1,P3,P1,sibling,risk,,2022-02-01,2022-03-01,\nL2,P1,P3,exploits_alleged,risk,7,2022-01-01,,\n");
    load("2022-06-10");
    view.through_load = 1;
    kith_network then = network_of(view);
    const kith_event_record *a = &before.events[0], *b = &then.events[0];
    cr_expect(eq(str, (char *)b->word, (char *)a->word));
    cr_expect(b->at.utc == a->at.utc && b->ended.utc == a->ended.utc && b->place == a->place);
    cr_expect(b->severity == a->severity);
    cr_expect(eq(str, (char *)then.origins[b->origin].report_ref, "R1"));
    cr_assert(eq(sz, then.link_count, 2));
    for (size_t i = 0; i < 2; i++) {
        const kith_link *x = &before.links[i], *y = &then.links[i];
        cr_expect(x->from == y->from && x->to == y->to && strcmp(x->word, y->word) == 0);
        cr_expect(x->valence == y->valence && x->convicted == y->convicted);
        cr_expect(x->weight == y->weight || (x->weight != x->weight && y->weight != y->weight));
        cr_expect(x->valid_from.day == y->valid_from.day &&
                  x->valid_to.precision == y->valid_to.precision);
    }
    kith_network_free(&then);
    kith_network_free(&before);
}

/* A day's groups with the letters that `peers` gives them, and kept when asked. */
static char letter_on(const char *day, const char *id, const char *audience, uint32_t least, bool keep)
{
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
    const kith_peers_options usual = { .seed = 1, .least = least };
    kith_view view = view_of(day, 28);
    kith_layer layer;
    kith_peers peers;
    kith_store *store = open_to_write();

    view.audience = audience;
    kith_network network = network_of(view);
    cr_assert(kith_layer_build(&layer, &network, &together, &err) == KITH_OK);
    cr_assert(kith_peers_find(&peers, &layer, &usual, &err) == KITH_OK);
    cr_assert(kith_peers_take_letters(&peers, &layer, layer.network->view.as_of, NULL, NULL, store, &err) == KITH_OK);
    if (keep)
        cr_assert(kith_peers_keep(&peers, &layer, store, 1654776000, &err) == KITH_OK);
    const uint32_t node = kith_layer_node_of(&layer, thing_called(&network, id));
    const uint32_t group = node == KITH_NOTHING ? KITH_NOTHING : kith_peers_group_of(&peers, node);
    const char letter = group == KITH_NOTHING ? '-' : (char)('A' + peers.letter[group]);
    kith_peers_free(&peers);
    kith_layer_free(&layer);
    kith_network_free(&network);
    kith_store_close(store);
    return letter;
}

/* In January four (A) and three (B); in March the three are five, the four are gone; in June three others. */
static void befriend(const char *people, const char *from, const char *to)
{
    for (const char *a = people; *a != '\0'; a++)
        for (const char *b = people; b < a; b++) {
            const char one[] = { 'P', *a, 0 }, other[] = { 'P', *b, 0 };
            add_link(other, one, "friend", 0, from, to);
        }
}

static void fill_three_seasons(void)
{
    char id[] = "P0";

    begin_hub();
    for (id[1] = '1'; id[1] <= '9'; id[1]++)
        add_person(id, "2008-01-01");
    befriend("1234", "2022-01-01", "2022-01-31");
    befriend("567", "2022-01-01", "2022-03-31");
    befriend("89", "2022-03-01", "2022-03-31");
    befriend("568", "2022-03-01", "2022-03-31");
    befriend("579", "2022-03-01", "2022-03-31");
    befriend("123", "2022-06-01", "");
}

TestSuite(kept, .init = fill_three_seasons, .fini = end_hub);

Test(kept, letters_live_on_from_one_keeping_to_the_next)
{
    cr_expect(eq(chr, letter_on("2022-01-31", "P1", "case-team", 3, true), 'A'));
    cr_expect(eq(chr, letter_on("2022-03-31", "P5", "case-team", 3, true), 'B'), "by size it would be A");
    cr_expect(eq(chr, letter_on("2022-06-30", "P1", "case-team", 3, false), 'C'), "A is not given again");
    cr_expect(eq(chr, letter_on("2022-01-31", "P5", "case-team", 3, false), 'B'), "as kept on that day");
}

Test(kept, other_rules_and_audiences_have_letters_of_their_own)
{
    letter_on("2022-01-31", "P1", "case-team", 3, true);
    cr_expect(eq(chr, letter_on("2022-03-31", "P5", "police", 3, false), 'A'));
    cr_expect(eq(chr, letter_on("2022-03-31", "P5", "case-team", 4, false), 'A'));
    cr_expect(eq(chr, letter_on("2021-12-31", "P5", "case-team", 3, false), '-'), "before any keeping");
}

Test(kept, who_became_one_person_is_one_member)
{
    letter_on("2022-01-31", "P1", "case-team", 3, true);
    run_sql("INSERT INTO sameness SELECT row, (SELECT row FROM entity WHERE id = 'P5') FROM entity"
            " WHERE id IN ('P5', 'P6')");
    cr_expect(eq(chr, letter_on("2022-03-31", "P5", "case-team", 3, false), 'B'));
}
