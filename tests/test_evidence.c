/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_evidence.c: which records become evidence, in which context, and how they are traced. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/evidence.h"
#include "support.h"

enum { HOME, PEER, SCHOOL, NEIGHBOURHOOD, ONLINE };

static kith_error err;
static kith_contexts contexts;

static void make_hub(void)
{
    begin_hub();
    add_person("P1", "2008-01-01");
    add_person("P2", "2007-01-01");
    add_person("P9", "1980-01-01");
    add_place("PARK", "park");
    add_place("CLUB", "youth_club");
    add_place("SCHOOL", "school");
    add_place("HOUSE", "home");
    add_place("NOWHERE", "");
    add_group("G1", "peer_group");
    set_origin("police", "", "1A");
}

static void drop_hub(void)
{
    kith_contexts_free(&contexts);
    end_hub();
}

TestSuite(evidence, .init = make_hub, .fini = drop_hub);

static void read_people(const char *const ids[], size_t count, bool entered_only)
{
    kith_store *store = open_hub();
    const kith_view view = view_of("2022-06-30", 0);
    kith_view dated = view;
    kith_subject subject;
    kith_rules rules;

    dated.all_dates = false;
    dated.as_of = kith_day(2022, 6, 30);
    dated.since = kith_day(2021, 7, 1);
    kith_contexts_free(&contexts);
    cr_assert(eq(int, kith_rules_read(&rules, NULL, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_subject_read(&subject, store, &dated, (char *const *)ids, count, &err), KITH_OK),
              "%s", err.message);
    cr_assert(eq(int,
                 kith_contexts_read(&contexts, store, &dated, &subject,
                                    entered_only ? NULL : &rules, &err),
                 KITH_OK),
              "%s", err.message);
    kith_subject_free(&subject);
    kith_rules_free(&rules);
    kith_store_close(store);
}

static void read_of(const char *id)
{
    read_people(&id, 1, false);
}

/* The item of a record by a rule, or NULL. */
static const kith_item *item_of(const char *rule, const char *record)
{
    for (size_t i = 0; i < contexts.count; i++)
        if (contexts.items[i].rule != NULL && strcmp(contexts.items[i].rule, rule) == 0 &&
            strcmp(contexts.items[i].record_id, record) == 0)
            return &contexts.items[i];
    return NULL;
}

static int context_of(const kith_item *item)
{
    for (int c = 0; c < KITH_CONTEXT_COUNT; c++)
        if (item->share[c] == 1)
            return c;
    return -1;
}

#define EXPECT_IN(rule, record, where)                                                             \
    do {                                                                                           \
        const kith_item *found_ = item_of(rule, record);                                           \
        cr_assert_not_null(found_, "%s makes nothing of %s", rule, record);                        \
        cr_expect(eq(int, context_of(found_), where), "%s %s", rule, record);                      \
    } while (0)

Test(evidence, a_missing_episode_found_at_a_park_is_neighbourhood_evidence)
{
    set_origin("police", "R1", "2B");
    add_event("E1", "missing", "2022-06-01T22:00", "PARK", 2);
    add_part("E1", "P1", "missing");
    read_of("P1");
    cr_assert(eq(sz, contexts.count, 1));
    EXPECT_IN("risk_event", "E1", NEIGHBOURHOOD);
    const kith_item *item = &contexts.items[0];
    cr_expect(eq(int, item->kind, KITH_ITEM_RISK));
    cr_expect(eq(int, item->severity, 2));
    cr_expect(eq(int, item->nature, KITH_INCIDENT));
    cr_expect(eq(chr, item->grade.source, '2'));
    cr_expect(eq(str, (char *)item->incident, "E1"), "so that it counts once with what was entered of it");
    cr_expect(eq(str, (char *)item->report_ref, "R1"));
}

Test(evidence, a_kind_with_a_context_of_its_own_belongs_there_wherever_it_was)
{
    add_event("E1", "bullying", "2022-06-01", "PARK", 1);
    add_part("E1", "P1", "victim");
    add_event("E2", "online_contact", "2022-06-01", "", 0);
    add_part("E2", "P1", "victim");
    read_of("P1");
    EXPECT_IN("risk_event", "E1", SCHOOL);
    EXPECT_IN("risk_event", "E2", ONLINE);
}

Test(evidence, only_the_own_home_is_home)
{
    add_place("OTHERS", "home");
    add_place("FLAT", "");
    add_link("P1", "HOUSE", "lives_at", 0, "", "");
    add_link("P1", "FLAT", "Placed at", 0, "", "");
    add_event("E1", "incident", "2022-06-01", "HOUSE", 1);
    add_event("E2", "incident", "2022-06-01", "OTHERS", 1);
    add_event("E3", "incident", "2022-06-01", "FLAT", 1);
    for (int i = 1; i <= 3; i++)
        add_part(i == 1 ? "E1" : i == 2 ? "E2" : "E3", "P1", "victim");
    read_of("P1");
    EXPECT_IN("risk_event", "E1", HOME);
    EXPECT_IN("risk_event", "E2", NEIGHBOURHOOD);
    EXPECT_IN("risk_event", "E3", HOME);
}

Test(evidence, where_no_context_is_known_nothing_flows_and_it_is_counted)
{
    add_event("E1", "incident", "2022-06-01", "NOWHERE", 1);
    add_part("E1", "P1", "victim");
    add_event("E2", "incident", "2022-06-01", "", 1);
    add_part("E2", "P1", "victim");
    add_link("P9", "P1", "trusted_adult", 0, "2022-01-01", "");
    read_of("P1");
    cr_expect(eq(sz, contexts.count, 0));
    cr_expect(eq(sz, contexts.unplaced, 3));
    cr_expect(eq(sz, contexts.unplaced_strengths, 1));
    cr_expect(eq(str, contexts.unplaced_named.data, "link:1 (trusted adult of)"));
}

Test(evidence, reports_reporters_helpers_and_neutral_kinds_make_no_risk)
{
    add_event("E1", "ppn", "2022-06-01", "PARK", 3);
    add_part("E1", "P1", "victim");
    add_event("E2", "incident", "2022-06-01", "PARK", 3);
    add_part("E2", "P1", "reporter");
    add_event("E3", "incident", "2022-06-01", "PARK", 3);
    add_part("E3", "P1", "helper");
    add_event("E4", "gathering", "2022-06-01", "PARK", 3);
    add_part("E4", "P1", "present");
    read_of("P1");
    cr_expect(eq(sz, contexts.count, 0));
}

Test(evidence, another_child_who_is_alleged_makes_it_peer_evidence_and_an_adult_does_not)
{
    add_event("E1", "assault", "2022-06-01", "SCHOOL", 2);
    add_part("E1", "P1", "victim");
    add_part("E1", "P2", "alleged_perpetrator");
    add_event("E2", "assault", "2022-06-02", "PARK", 2);
    add_part("E2", "P1", "victim");
    add_part("E2", "P9", "alleged_perpetrator");
    read_of("P1");
    EXPECT_IN("peer_event", "E1", PEER);
    EXPECT_IN("risk_event", "E1", SCHOOL);
    cr_expect_null(item_of("peer_event", "E2"));
    read_of("P2");
    cr_expect_null(item_of("peer_event", "E1"), "the child who is alleged is not harmed by a peer");
}

Test(evidence, eighteen_on_the_day_is_no_child)
{
    add_person("P3", "2004-06-01");
    add_person("P4", "2004-06");
    add_event("E1", "assault", "2022-06-01", "PARK", 2);
    add_part("E1", "P1", "victim");
    add_part("E1", "P3", "alleged_perpetrator");
    add_event("E2", "assault", "2022-06-01", "PARK", 2);
    add_part("E2", "P1", "victim");
    add_part("E2", "P4", "alleged_perpetrator");
    read_of("P1");
    cr_expect_null(item_of("peer_event", "E1"));
    cr_expect_not_null(item_of("peer_event", "E2"), "a month of birth counts as its last day");
}

Test(evidence, a_sibling_or_friend_who_is_exploited_is_home_or_peer_evidence)
{
    add_link("P2", "P1", "sister", 0, "", "");
    add_link("P1", "P2", "friend", 0, "", "");
    read_of("P1");
    cr_expect(eq(sz, contexts.count, 0), "nobody is said to be exploited");
    set_origin("police", "R7", "2B");
    add_link("P9", "P2", "exploits_alleged", 0, "2022-05-01", "");
    read_of("P1");
    EXPECT_IN("sibling_exploited", "link:1", HOME);
    EXPECT_IN("friend_exploited", "link:2", PEER);
    const kith_item *item = item_of("sibling_exploited", "link:1");
    cr_expect(eq(i32, item->observed.day, kith_day(2022, 5, 1)), "of the newest record of it");
    cr_expect(eq(chr, item->grade.source, '2'));
    cr_expect(eq(str, (char *)item->report_ref, "R7"));
}

Test(evidence, a_friend_in_the_referral_mechanism_counts_unless_the_decision_was_negative)
{
    static const char *const statuses[] = { "reasonable grounds", "negative conclusive grounds" };

    add_link("P1", "P2", "friend", 0, "", "");
    for (int i = 0; i < 2; i++) {
        run_sql("DELETE FROM flag");
        char sql[512];
        snprintf(sql, sizeof sql,
                 "INSERT INTO flag (person, flag, status, valid_from, valid_to, holder, extra, digest, nth, origin, batch)"
                 " SELECT row, 'NRM', '%s', '2022-03-01', '', '', '', randomblob(16), 1, 1, 1 FROM entity WHERE id = 'P2'",
                 statuses[i]);
        run_sql(sql);
        read_of("P1");
        cr_expect(eq(sz, contexts.count, i == 0 ? 1 : 0), "%s", statuses[i]);
    }
}

Test(evidence, exploitation_is_home_only_where_a_home_or_family_link_says_so)
{
    add_person("P8", "1981-01-01");
    add_link("P9", "P1", "exploits_alleged", 0, "2022-05-01", "");
    add_link("P1", "P8", "exploited_by_alleged", 0, "2022-05-01", "");
    add_link("P8", "P1", "uncle", 0, "", "");
    add_link("P1", "P2", "exploits_alleged", 0, "2022-05-01", "");
    read_of("P1");
    EXPECT_IN("exploited_outside", "link:1", NEIGHBOURHOOD);
    EXPECT_IN("exploited_at_home", "link:2", HOME);
    cr_expect_null(item_of("exploited_outside", "link:2"));
    cr_expect(eq(sz, contexts.count, 2), "what the child is said to do to another is none of it");
}

Test(evidence, strengths_flow_in_while_they_hold)
{
    add_link("P9", "P1", "carer", 0, "", "");
    add_link("P9", "P1", "coach", 0, "2022-01-01", "2022-03-01");
    add_link("P1", "CLUB", "attends", 0, "2022-05-01", "");
    add_link("P1", "PARK", "frequents", 0, "2022-05-01", "");
    read_of("P1");
    EXPECT_IN("protective_link", "link:1", HOME);
    EXPECT_IN("protective_place", "link:3", NEIGHBOURHOOD);
    cr_expect(eq(int, item_of("protective_link", "link:1")->nature, KITH_STANDING), "undated");
    cr_expect(eq(int, item_of("protective_place", "link:3")->nature, KITH_CONDITION));
    cr_expect(eq(int, item_of("protective_place", "link:3")->kind, KITH_ITEM_PROTECTIVE));
    cr_expect(eq(sz, contexts.count, 2), "a coach of the past and a park are no strengths");
}

static void add_flag(const char *flag, const char *from, const char *to)
{
    char sql[512];

    snprintf(sql, sizeof sql,
             "INSERT INTO flag (person, flag, status, valid_from, valid_to, holder, extra, digest, nth, origin, batch)"
             " SELECT row, '%s', '', '%s', '%s', '', '', randomblob(16), 1, 1, 1 FROM entity WHERE id = 'P1'",
             flag, from, to);
    run_sql(sql);
}

Test(evidence, a_flag_does_not_fade_while_it_is_in_force_and_then_from_its_end)
{
    add_flag("REDUCED_TIMETABLE", "2021-01-01", "");
    add_flag("Homeless 16-17", "2021-11-01", "2022-01-31");
    add_flag("EDGE_OF_CARE", "2022-08-01", "");
    add_flag("CP_PLAN", "2022-01-01", "");
    read_of("P1");
    cr_assert(eq(sz, contexts.count, 2), "none that begins later, or says nothing of a context");
    EXPECT_IN("reduced_timetable", "flag:1", SCHOOL);
    EXPECT_IN("homeless", "flag:2", HOME);
    cr_expect(eq(int, item_of("reduced_timetable", "flag:1")->nature, KITH_STANDING));
    cr_expect(eq(int, item_of("homeless", "flag:2")->nature, KITH_CONDITION));
    cr_expect(eq(i32, item_of("homeless", "flag:2")->observed.day, kith_day(2022, 1, 31)));
}

Test(evidence, what_is_graded_false_is_listed_as_false)
{
    set_origin("police", "", "1E");
    add_event("E1", "incident", "2022-06-01", "PARK", 2);
    set_origin("police", "", "1A");
    add_part("E1", "P1", "victim");
    add_event("E2", "incident", "2022-06-01", "PARK", 2);
    set_origin("police", "", "3E");
    add_part("E2", "P1", "victim");
    read_of("P1");
    cr_expect(eq(chr, item_of("risk_event", "E1")->grade.info, 'E'));
    cr_expect(eq(chr, item_of("risk_event", "E2")->grade.info, 'E'));
}

Test(evidence, an_incident_that_was_also_entered_counts_once_as_entered)
{
    kith_weigh weigh;

    add_event("E1", "incident", "2022-06-01", "PARK", 2);
    add_part("E1", "P1", "victim");
    add_context("P1", "neighbourhood", "risk", "", "", 2, "2022-06-01", "E1");
    read_of("P1");
    cr_assert(eq(sz, contexts.count, 2));
    cr_assert(eq(int,
                 kith_weigh_build(&weigh, contexts.items, contexts.count, kith_day(2022, 6, 30),
                                  &kith_weigh_default, &err),
                 KITH_OK));
    cr_expect(eq(sz, weigh.contexts[NEIGHBOURHOOD].items, 1));
    cr_expect(eq(sz, weigh.contexts[NEIGHBOURHOOD].entered, 1));
    kith_weigh_free(&weigh);
}

/* The record's limit is no limit of what was entered, about a member as about the group. */
Test(evidence, an_incident_entered_about_a_member_counts_as_entered_too)
{
    kith_weigh weigh;

    add_link("P1", "G1", "member_of", 0, "2022-01-01", "");
    add_event("E1", "incident", "2022-06-01", "PARK", 2);
    add_part("E1", "P1", "victim");
    add_context("P1", "neighbourhood", "risk", "", "", 2, "2022-06-01", "E1");
    read_of("G1");
    cr_assert(eq(sz, contexts.count, 2));
    cr_assert(eq(int,
                 kith_weigh_build(&weigh, contexts.items, contexts.count, kith_day(2022, 6, 30),
                                  &kith_weigh_default, &err),
                 KITH_OK));
    cr_expect(eq(sz, weigh.contexts[NEIGHBOURHOOD].items, 1));
    cr_expect(eq(sz, weigh.contexts[NEIGHBOURHOOD].entered, 1));
    kith_weigh_free(&weigh);
}

Test(evidence, a_group_is_its_members_and_what_names_two_of_them_comes_once)
{
    add_link("P1", "G1", "member_of", 0, "2022-01-01", "");
    add_link("P2", "G1", "member_of", 0, "2022-01-01", "");
    add_link("P9", "G1", "member_of", 0, "2020-01-01", "2021-12-31");
    add_event("E1", "missing", "2022-06-01", "PARK", 1);
    add_part("E1", "P1", "missing");
    add_part("E1", "P2", "missing");
    add_event("E2", "incident", "2022-06-01", "PARK", 1);
    add_part("E2", "P9", "victim");
    add_context("G1", "peer", "risk", "", "", 1, "2022-06-01", "");
    add_context("P2", "home", "risk", "", "", 1, "2022-06-01", "");
    read_of("G1");
    cr_expect(eq(sz, contexts.count, 3));
    cr_expect_null(contexts.items[0].rule, "entered about the group");
    EXPECT_IN("member_item", "context:2", HOME);
    EXPECT_IN("risk_event", "E1", NEIGHBOURHOOD);
    const char *id = "G1";
    read_people(&id, 1, true);
    cr_expect(eq(sz, contexts.count, 1));
}

/* Each of two friends is exploited, and each makes the one link evidence about the other: the newer record counts,
 * and of the records of one day the better founded, whatever was loaded first. */
Test(evidence, of_two_records_behind_a_friend_the_newer_counts_whoever_is_loaded_first)
{
    const char *const both[][2] = { { "P1", "P2" }, { "P2", "P1" } };

    add_link("P9", "P2", "exploits_alleged", 0, "2022-05-01", "");
    set_origin("health", "", "2C");
    add_link("P9", "P1", "exploits_alleged", 0, "2022-06-01", "");
    set_origin("school", "", "");
    add_link("P1", "P2", "friend", 0, "2022-01-01", "");
    set_origin("police", "", "1B");
    add_link("P9", "P1", "exploits_alleged", 0, "2022-06-01", "");
    for (int order = 0; order < 2; order++) {
        read_people(both[order], 2, false);
        const kith_item *item = item_of("friend_exploited", "link:3");
        cr_assert_not_null(item);
        cr_expect(eq(i32, item->observed.day, kith_day(2022, 6, 1)));
        cr_expect(eq(chr, item->grade.source, '1'));
        cr_expect(eq(chr, item->grade.info, 'B'));
    }
}

Test(evidence, a_list_of_people_is_the_subject_itself)
{
    static const char *const ids[] = { "P2", "P1", "P2" };

    add_context("P1", "home", "risk", "", "", 1, "2022-06-01", "");
    add_context("P2", "peer", "risk", "", "", 1, "2022-06-01", "");
    read_people(ids, 3, true);
    cr_assert(eq(sz, contexts.count, 2), "each of them once");
    cr_expect_null(contexts.items[0].rule);
    cr_expect_null(contexts.items[1].rule);
}

Test(evidence, the_cohort_of_a_place_are_the_children_harmed_there)
{
    add_person("P3", "");
    add_event("E1", "incident", "2022-06-01", "PARK", 1);
    add_part("E1", "P1", "victim");
    add_part("E1", "P9", "alleged_perpetrator");
    add_part("E1", "P2", "reporter");
    add_event("E2", "incident", "2020-06-01", "PARK", 1);
    add_part("E2", "P2", "victim");
    add_event("E3", "incident", "2022-06-02", "PARK", 1);
    add_part("E3", "P3", "missing");
    add_context("P1", "home", "risk", "", "", 1, "2022-06-01", "");
    add_context("P2", "home", "risk", "", "", 1, "2022-06-01", "");
    add_link("P9", "PARK", "guards", 0, "2022-06-01", "");
    read_of("PARK");
    EXPECT_IN("risk_event", "E1", NEIGHBOURHOOD);
    EXPECT_IN("risk_event", "E3", NEIGHBOURHOOD);
    EXPECT_IN("member_item", "context:1", HOME);
    EXPECT_IN("protective_link", "link:1", NEIGHBOURHOOD);
    cr_expect(eq(sz, contexts.count, 4),
              "neither the adult's, nor the reporter's, nor those of another year");
}

static kith_status refusal_of(const char *const ids[], size_t count)
{
    kith_store *store = open_hub();
    const kith_view view = view_of("2022-06-30", 365);
    kith_subject subject;
    const kith_status status =
        kith_subject_read(&subject, store, &view, (char *const *)ids, count, &err);

    kith_subject_free(&subject);
    kith_store_close(store);
    return status;
}

Test(evidence, what_is_no_subject_is_refused)
{
    add_event("E1", "incident", "2022-06-01", "PARK", 1);
    cr_expect(eq(int, refusal_of((const char *const[]){ "E1" }, 1), KITH_USAGE));
    cr_expect(eq(int, refusal_of((const char *const[]){ "P7" }, 1), KITH_NOT_FOUND));
    cr_expect(eq(int, refusal_of((const char *const[]){ "P1", "PARK" }, 2), KITH_USAGE));
    cr_expect(eq(int, refusal_of(NULL, 0), KITH_USAGE));
}

static kith_status read_table(const char *row)
{
    char *folder = make_folder(), *path = path_in(folder, "rules.csv");
    kith_text text = { 0 };
    kith_rules rules;

    kith_text_add(&text, "rule,source,kinds,of,test,context,valence,nature,severity,why\n");
    kith_text_add(&text, row);
    write_file(path, text.data, text.size);
    const kith_status status = kith_rules_read(&rules, path, &err);
    kith_rules_free(&rules);
    kith_text_free(&text);
    free(path);
    drop_folder(folder);
    return status;
}

Test(evidence, a_team_s_own_table_is_checked_line_by_line)
{
    static const struct {
        const char *row, *said;
    } bad[] = {
        { "a,event,risk,,,street,risk,incident,1,x\n", "rules.csv:2: context is \"street\"" },
        { "a,deed,risk,,,home,risk,incident,1,x\n", "rules.csv:2: source is \"deed\"" },
        { "a,event,risk,,full_moon,home,risk,incident,1,x\n", "rules.csv:2: test is \"full_moon\"" },
        { "a,event,risk,,,home,drives,incident,1,x\n", "rules.csv:2: valence is \"drives\"" },
        { "a,event,risk,,,home,risk,always,1,x\n", "rules.csv:2: nature is \"always\"" },
        { "a,event,risk,,,home,risk,incident,4,x\n", "rules.csv:2: severity is \"4\"" },
        { "a,event,risk,,,record,risk,incident,1,x\n", "rules.csv:2: context, valence and nature" },
        { ",event,risk,,,home,risk,incident,1,x\n", "rules.csv:2: the rule has no name" },
        { "a,event,risk,,,home,risk,incident,1,x\na,event,risk,,,home,risk,incident,1,x\n",
          "rules.csv:3: there is a rule a already" },
        { "a,event,risk,victm,,home,risk,incident,1,x\n", "rules.csv:2: of names \"victm\"" },
        { "a,event,risk,victim+missng,,home,risk,incident,1,x\n", "rules.csv:2: of names \"missng\"" },
        { "a,link,exploits,exploitd,,home,risk,condition,1,x\n", "rules.csv:2: of is \"exploitd\"" },
        { "a,link,exploits,,,home,risk,condition,1,x\n", "rules.csv:2: of is \"\"" },
        { "a,flag,EXCLUDED,victim,,home,risk,condition,1,x\n", "rules.csv:2: of is \"victim\"" },
        { "a,flag,,,,home,risk,condition,1,x\n", "rules.csv:2: kinds is empty" },
        { "a,event,risk,victim,at_home,home,risk,incident,1,x\n", "rules.csv:2: test at_home" },
        { "a,link,risk,either,child_alleged,home,risk,condition,1,x\n", "rules.csv:2: test child_alleged" },
    };

    cr_expect(eq(int, read_table("a,event,threat+robbery,victim,,school,risk,incident,2,x\n"), KITH_OK));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_expect(eq(int, read_table(bad[i].row), KITH_INPUT), "%s", bad[i].row);
        cr_expect_not_null(strstr(err.message, bad[i].said), "%s", err.message);
    }
}
