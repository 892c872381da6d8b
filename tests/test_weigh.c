/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kith/random.h"
#include "kith/weigh.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

enum { HOME, PEER, SCHOOL, NEIGHBOURHOOD, ONLINE, AS_OF = 19000, MANY = 24 };

static kith_item item(const char *id, kith_item_kind kind, const char *contexts, int severity,
                      const char *grade, int age)
{
    kith_item made = { .record_id = id,
                       .kind = kind,
                       .severity = severity,
                       .grade = { .source = grade[0], .info = grade[0] == '\0' ? '\0' : grade[1] },
                       .observed = { .day = AS_OF - age, .precision = KITH_DAY },
                       .incident = "",
                       .report_ref = "",
                       .source = "",
                       .summary = "",
                       .conditions = "" };

    cr_assert(kith_context_read(made.share, contexts));
    made.nature = kith_item_nature(kind, made.observed, "");
    return made;
}

static kith_item drives(const char *id, const char *from, const char *to, int severity,
                        const char *grade, int age)
{
    kith_item made = item(id, KITH_ITEM_DRIVES, from, severity, grade, age);
    double share[KITH_CONTEXT_COUNT];

    cr_assert(kith_context_read(share, to));
    for (int c = 0; c < KITH_CONTEXT_COUNT; c++)
        made.drives[c] = share[c] > 0;
    return made;
}

static kith_weigh weighed(const kith_item *items, size_t count)
{
    kith_weigh weigh;
    kith_error err = { 0 };

    cr_assert(
        eq(int, kith_weigh_build(&weigh, items, count, AS_OF, &kith_weigh_default, &err), KITH_OK),
        "%s", err.message);
    return weigh;
}

/* The worked cases of the project's proposal: figures were computed by another program. */
enum { SCHOOL_CASE = 6, PEER_CASE = 6 };

static void school_case(kith_item items[SCHOOL_CASE])
{
    items[0] = item("a", KITH_ITEM_RISK, "peer", 3, "1A", 10);
    items[1] = item("b", KITH_ITEM_RISK, "peer", 2, "1A", 20);
    items[2] = item("c", KITH_ITEM_RISK, "school", 3, "1B", 25);
    items[3] = item("d", KITH_ITEM_RISK, "school", 2, "2C", 15);
    items[4] = drives("e", "school", "peer", 3, "1A", 12);
    items[5] = item("f", KITH_ITEM_PROTECTIVE, "home", 2, "1A", 15);
}

static void peer_case(kith_item items[PEER_CASE])
{
    items[0] = item("a", KITH_ITEM_RISK, "peer", 3, "1A", 10);
    items[1] = item("b", KITH_ITEM_RISK, "peer+neighbourhood", 3, "2B", 30);
    items[2] = item("c", KITH_ITEM_RISK, "peer+school", 2, "1A", 20);
    items[3] = drives("d", "peer", "neighbourhood", 2, "1B", 20);
    items[4] = drives("e", "peer", "school", 2, "1B", 20);
    items[5] = item("f", KITH_ITEM_PROTECTIVE, "home", 2, "1A", 15);
}

Test(weigh, a_threat_at_school_outweighs_the_incidents_among_peers_that_it_drives)
{
    kith_item items[SCHOOL_CASE];

    school_case(items);
    kith_weigh weigh = weighed(items, SCHOOL_CASE);
    cr_expect(epsilon_eq(dbl, weigh.contexts[PEER].own, 0.675, 0.0005));
    cr_expect(epsilon_eq(dbl, weigh.contexts[SCHOOL].own, 0.510, 0.0005));
    cr_expect(epsilon_eq(dbl, 100 * weigh.contexts[PEER].own_share, 57.0, 0.05));
    cr_expect(epsilon_eq(dbl, 100 * weigh.contexts[SCHOOL].own_share, 43.0, 0.05));
    cr_expect(epsilon_eq(dbl, weigh.contexts[PEER].weight, 0.508, 0.0005));
    cr_expect(epsilon_eq(dbl, weigh.contexts[SCHOOL].weight, 0.677, 0.0005));
    cr_expect(epsilon_eq(dbl, weigh.contexts[PEER].weight + weigh.contexts[SCHOOL].weight, 1.185,
                         0.0005));
    cr_expect(epsilon_eq(dbl, 100 * weigh.contexts[SCHOOL].share, 57.1, 0.05));
    cr_expect(epsilon_eq(dbl, 100 * weigh.contexts[PEER].share, 42.9, 0.05));
    kith_weigh_free(&weigh);
}

Test(weigh, the_school_case_has_no_clear_lead_and_hangs_on_two_items)
{
    kith_item items[SCHOOL_CASE];

    school_case(items);
    kith_weigh weigh = weighed(items, SCHOOL_CASE);
    cr_expect(eq(int, weigh.lead, SCHOOL));
    cr_expect(eq(sz, weigh.runs_led[SCHOOL], 69));
    cr_expect(gt(dbl, weigh.lead_points, 10), "the runs alone decide against a clear lead");
    cr_expect(not(weigh.clear));
    cr_assert(eq(sz, weigh.pivot_count, 2));
    cr_expect(eq(u32, weigh.pivots[0], 2), "the first item about school");
    cr_expect(eq(u32, weigh.pivots[1], 4), "the item that says school drives peer");
    kith_weigh_free(&weigh);
}

static void expect_peer_case(const kith_item *items, size_t count)
{
    kith_weigh weigh = weighed(items, count);

    cr_expect(epsilon_eq(dbl, 100 * weigh.contexts[PEER].share, 70.4, 0.05));
    cr_expect(epsilon_eq(dbl, 100 * weigh.contexts[SCHOOL].share, 16.1, 0.05));
    cr_expect(epsilon_eq(dbl, 100 * weigh.contexts[NEIGHBOURHOOD].share, 13.5, 0.05));
    cr_expect(eq(int, weigh.lead, PEER));
    cr_expect(eq(sz, weigh.runs_led[PEER], KITH_WEIGH_RUNS));
    cr_expect(eq(sz, weigh.pivot_count, 0));
    cr_expect(weigh.clear);
    kith_weigh_free(&weigh);
}

Test(weigh, the_peer_case_has_a_clear_lead_that_no_item_flips)
{
    kith_item items[PEER_CASE];

    peer_case(items);
    expect_peer_case(items, PEER_CASE);
}

Test(weigh, an_item_that_drives_two_contexts_counts_in_full_towards_each)
{
    kith_item items[PEER_CASE];

    peer_case(items);
    items[3] = drives("d", "peer", "neighbourhood+school", 2, "1B", 20);
    items[4] = items[5];
    expect_peer_case(items, PEER_CASE - 1);
}

Test(weigh, without_items_nothing_is_recorded_and_nothing_leads)
{
    kith_weigh weigh = weighed(NULL, 0);

    for (int c = 0; c < KITH_CONTEXT_COUNT; c++) {
        cr_expect(eq(sz, weigh.contexts[c].items, 0));
        cr_expect(isnan(weigh.contexts[c].share));
        cr_expect(isnan(weigh.contexts[c].own_share));
        cr_expect(eq(sz, weigh.runs_led[c], 0));
    }
    cr_expect(eq(int, weigh.lead, -1));
    cr_expect(not(weigh.clear));
    kith_weigh_free(&weigh);
}

Test(weigh, one_context_alone_holds_everything)
{
    const kith_item only = item("a", KITH_ITEM_RISK, "online", 2, "", 100);
    kith_weigh weigh = weighed(&only, 1);

    /* 2 x 0.5 x 2^(-100/90), over K = 4. */
    cr_expect(epsilon_eq(dbl, weigh.contexts[ONLINE].risk, 1 - exp(-exp2(-100.0 / 90) / 4), 1e-12));
    cr_expect(eq(dbl, weigh.contexts[ONLINE].share, 1));
    cr_expect(eq(sz, weigh.contexts[ONLINE].ungraded, 1));
    cr_expect(eq(int, weigh.lead, ONLINE));
    cr_expect(eq(dbl, weigh.lead_points, 100));
    cr_assert(eq(sz, weigh.pivot_count, 1));
    kith_weigh_free(&weigh);
}

Test(weigh, strengths_alone_have_no_weight_to_share)
{
    const kith_item only = item("a", KITH_ITEM_PROTECTIVE, "home", 3, "1A", 0);
    kith_weigh weigh = weighed(&only, 1);

    cr_expect(eq(sz, weigh.contexts[HOME].items, 1));
    cr_expect(epsilon_eq(dbl, weigh.contexts[HOME].protective, 1 - exp(-0.75), 1e-12));
    cr_expect(isnan(weigh.contexts[HOME].share));
    cr_expect(eq(int, weigh.lead, -1));
    kith_weigh_free(&weigh);
}

Test(weigh, equal_contexts_have_no_leader)
{
    const kith_item items[] = { item("a", KITH_ITEM_RISK, "home", 2, "1A", 5),
                                item("b", KITH_ITEM_RISK, "school", 2, "1A", 5) };
    kith_weigh weigh = weighed(items, COUNT(items));

    cr_expect(eq(int, weigh.lead, -1));
    cr_expect(eq(dbl, weigh.lead_points, 0));
    cr_expect(eq(sz, weigh.runs_led[HOME] + weigh.runs_led[SCHOOL], 0));
    kith_weigh_free(&weigh);
}

Test(weigh, protection_eases_its_context_and_never_erases_it)
{
    static char ids[20][16];
    kith_item items[20] = { item("r", KITH_ITEM_RISK, "home", 3, "1A", 0) };

    for (int i = 1; i < 20; i++) {
        snprintf(ids[i], sizeof ids[i], "p%02d", i);
        items[i] = item(ids[i], KITH_ITEM_PROTECTIVE, "home", 3, "1A", 0);
    }
    kith_weigh weigh = weighed(items, COUNT(items));
    cr_expect(gt(dbl, weigh.contexts[HOME].own, 0.5 * weigh.contexts[HOME].risk));
    cr_expect(lt(dbl, weigh.contexts[HOME].own, 0.51 * weigh.contexts[HOME].risk));
    kith_weigh_free(&weigh);
}

Test(weigh, one_incident_counts_once_in_a_context_and_again_in_another)
{
    kith_item items[] = { item("a", KITH_ITEM_RISK, "peer", 2, "1A", 0),
                          item("b", KITH_ITEM_RISK, "peer", 3, "1A", 0),
                          item("c", KITH_ITEM_RISK, "school", 1, "1A", 0) };
    for (size_t i = 0; i < COUNT(items); i++)
        items[i].incident = "E1";
    kith_weigh weigh = weighed(items, COUNT(items));

    cr_expect(epsilon_eq(dbl, weigh.contexts[PEER].risk, 1 - exp(-3.0 / 4), 1e-12),
              "the strongest");
    cr_expect(eq(sz, weigh.contexts[PEER].items, 1));
    cr_expect(epsilon_eq(dbl, weigh.contexts[SCHOOL].risk, 1 - exp(-1.0 / 4), 1e-12));
    kith_weigh_free(&weigh);
}

Test(weigh, one_report_counts_once_whichever_agencies_sent_it)
{
    kith_item items[] = { item("a", KITH_ITEM_RISK, "peer", 2, "1A", 0),
                          item("b", KITH_ITEM_RISK, "peer", 2, "", 0),
                          item("c", KITH_ITEM_RISK, "peer", 2, "1A", 0) };
    items[0].report_ref = items[1].report_ref = "R1";
    items[0].source = "police";
    items[1].source = "school";
    items[2].source = "police";
    kith_weigh weigh = weighed(items, COUNT(items));

    cr_expect(epsilon_eq(dbl, weigh.contexts[PEER].risk, 1 - exp(-1), 1e-12));
    cr_expect(eq(sz, weigh.contexts[PEER].items, 2));
    cr_expect(eq(sz, weigh.contexts[PEER].agencies, 1), "a passed-on report is no second agency");
    cr_expect(eq(sz, weigh.contexts[PEER].ungraded, 0));
    kith_weigh_free(&weigh);
}

Test(weigh, of_two_equal_tellings_the_one_with_the_lower_record_id_counts)
{
    kith_item items[] = { item("b", KITH_ITEM_RISK, "peer", 2, "1A", 0),
                          item("a", KITH_ITEM_RISK, "peer", 2, "1A", 0) };
    items[0].incident = items[1].incident = "E1";
    kith_weigh weigh = weighed(items, COUNT(items));

    cr_assert(eq(sz, weigh.part_count, 2));
    for (size_t i = 0; i < 2; i++)
        cr_expect(eq(int, weigh.parts[i].counted, weigh.parts[i].item == 1));
    kith_weigh_free(&weigh);
}

/* E1 is told in R1 and R2, and R2 tells E2 too: whether two tellings count or one hangs on
 * which of E1's is taken, and that must not be the one that was loaded first. */
Test(weigh, loading_equal_tellings_in_another_order_changes_nothing)
{
    static const char *const told[][2] = { { "E1", "R1" }, { "E1", "R2" }, { "E2", "R2" } };
    static const int loaded[][3] = { { 0, 1, 2 }, { 1, 0, 2 }, { 2, 1, 0 } };
    static const char *const ids[] = { "context:1", "context:2", "context:3" };

    for (size_t order = 0; order < COUNT(loaded); order++) {
        kith_item items[3];
        for (int i = 0; i < 3; i++) {
            items[i] = item(ids[i], KITH_ITEM_RISK, "peer", 2, "1A", 0);
            items[i].incident = told[loaded[order][i]][0];
            items[i].report_ref = told[loaded[order][i]][1];
        }
        kith_weigh weigh = weighed(items, COUNT(items));
        cr_expect(eq(sz, weigh.contexts[PEER].items, 2), "loaded in order %zu", order);
        cr_expect(epsilon_eq(dbl, weigh.contexts[PEER].risk, 1 - exp(-1), 1e-12));
        kith_weigh_free(&weigh);
    }
}

Test(weigh, each_item_is_counted_once_behind_its_context_with_the_newest_date)
{
    kith_item items[] = { drives("a", "peer", "school+neighbourhood", 2, "1A", 30),
                          item("b", KITH_ITEM_RISK, "peer", 2, "", 20),
                          item("c", KITH_ITEM_PROTECTIVE, "peer", 2, "1A", 10),
                          item("d", KITH_ITEM_PROTECTIVE, "peer", 2, "1A", 15) };
    items[0].source = items[2].source = "police";
    items[1].source = "school";
    items[0].observed = (kith_time){ 0 };
    items[0].nature = KITH_STANDING;
    kith_weigh weigh = weighed(items, COUNT(items));

    cr_expect(eq(sz, weigh.contexts[PEER].items, 4));
    cr_expect(eq(sz, weigh.contexts[PEER].agencies, 2), "one item has no agency");
    cr_expect(eq(sz, weigh.contexts[PEER].ungraded, 1));
    cr_expect(eq(i32, weigh.contexts[PEER].newest.day, AS_OF - 10));
    kith_weigh_free(&weigh);
}

Test(weigh, which_of_an_incidents_items_is_strongest_follows_the_grades)
{
    kith_item items[] = { item("a", KITH_ITEM_RISK, "peer", 3, "3D",
                               0), /* 0.36 graded, 3 without */
                          item("b", KITH_ITEM_RISK, "peer", 1, "1A", 0) };
    kith_weigh_options plain = kith_weigh_default;
    kith_weigh weigh;

    items[0].incident = items[1].incident = "E1";
    plain.weighting.grades = false;
    cr_assert(
        eq(int, kith_weigh_build(&weigh, items, 2, AS_OF, &kith_weigh_default, NULL), KITH_OK));
    cr_expect(epsilon_eq(dbl, weigh.contexts[PEER].risk, 1 - exp(-1.0 / 4), 1e-12));
    kith_weigh_free(&weigh);
    cr_assert(eq(int, kith_weigh_build(&weigh, items, 2, AS_OF, &plain, NULL), KITH_OK));
    cr_expect(epsilon_eq(dbl, weigh.contexts[PEER].risk, 1 - exp(-3.0 / 4), 1e-12));
    kith_weigh_free(&weigh);
}

Test(weigh, a_duplicate_steps_in_when_the_item_it_copies_is_left_out)
{
    kith_item items[] = { item("a", KITH_ITEM_RISK, "peer", 3, "1A", 0),
                          item("b", KITH_ITEM_RISK, "peer", 3, "1A", 0),
                          item("c", KITH_ITEM_RISK, "school", 2, "1A", 0) };
    kith_weigh weigh = weighed(items, COUNT(items));

    cr_expect(eq(sz, weigh.pivot_count, 0), "peer leads on either of two items");
    kith_weigh_free(&weigh);
    items[0].incident = items[1].incident = "E1";
    weigh = weighed(items, COUNT(items));
    cr_expect(eq(sz, weigh.pivot_count, 0), "of one incident told twice, either telling is enough");
    kith_weigh_free(&weigh);
    weigh = weighed(items + 1, 2);
    cr_assert(eq(sz, weigh.pivot_count, 1), "told once, the lead hangs on it");
    cr_expect(eq(u32, weigh.pivots[0], 0));
    kith_weigh_free(&weigh);
}

Test(weigh, a_cause_without_evidence_of_its_own_takes_weight_and_is_recorded)
{
    const kith_item items[] = { item("a", KITH_ITEM_RISK, "peer", 3, "1A", 0),
                                drives("b", "online", "peer", 2, "1A", 0) };
    kith_weigh weigh = weighed(items, COUNT(items));
    const double moved = 0.5 * (1 - exp(-0.5));

    cr_expect(epsilon_eq(dbl, weigh.contexts[ONLINE].share, moved, 1e-12));
    cr_expect(eq(dbl, weigh.contexts[ONLINE].own_share, 0));
    cr_expect(eq(sz, weigh.contexts[ONLINE].items, 1));
    cr_expect(eq(sz, weigh.contexts[PEER].items, 1), "a drives item belongs to its cause");
    kith_weigh_free(&weigh);
}

Test(weigh, what_leaves_a_context_is_capped)
{
    kith_item items[13] = { item("a", KITH_ITEM_RISK, "home", 3, "1A", 0) };
    static char ids[13][16];
    kith_weigh_options full = kith_weigh_default;
    kith_weigh weigh;

    for (int i = 1; i < 13; i++) {
        snprintf(ids[i], sizeof ids[i], "d%02d", i);
        items[i] = drives(ids[i], i % 2 ? "peer" : "school", "home", 3, "1A", 0);
    }
    full.interplay = 1;
    cr_assert(eq(int, kith_weigh_build(&weigh, items, 13, AS_OF, &full, NULL), KITH_OK));
    cr_expect(epsilon_eq(dbl, weigh.contexts[HOME].share, 0.2, 1e-12));
    cr_expect(epsilon_eq(dbl, weigh.contexts[PEER].share, 0.4, 1e-12));
    cr_expect(epsilon_eq(dbl, weigh.contexts[SCHOOL].share, 0.4, 1e-12));
    kith_weigh_free(&weigh);
}

Test(weigh, a_context_that_drives_itself_moves_nothing)
{
    const kith_item items[] = { item("a", KITH_ITEM_RISK, "peer", 3, "1A", 0),
                                drives("b", "peer", "peer", 3, "1A", 0) };
    kith_weigh weigh = weighed(items, COUNT(items));

    cr_expect(eq(dbl, weigh.contexts[PEER].weight, weigh.contexts[PEER].own));
    cr_expect(eq(sz, weigh.contexts[PEER].items, 1));
    kith_weigh_free(&weigh);
}

Test(weigh, fading_follows_the_nature_of_an_item)
{
    const kith_time dated = { .day = AS_OF, .precision = KITH_DAY }, undated = { 0 };

    cr_expect(eq(int, kith_item_nature(KITH_ITEM_RISK, dated, ""), KITH_INCIDENT));
    cr_expect(eq(int, kith_item_nature(KITH_ITEM_DRIVES, dated, ""), KITH_INCIDENT));
    cr_expect(eq(int, kith_item_nature(KITH_ITEM_PROTECTIVE, dated, ""), KITH_CONDITION));
    cr_expect(eq(int, kith_item_nature(KITH_ITEM_RISK, undated, "incident"), KITH_STANDING));
    cr_expect(eq(int, kith_item_nature(KITH_ITEM_RISK, dated, "condition"), KITH_CONDITION));
    cr_expect(eq(int, kith_item_nature(KITH_ITEM_PROTECTIVE, dated, "incident"), KITH_INCIDENT));
    cr_expect(eq(int, kith_item_nature(KITH_ITEM_RISK, dated, "standing"), KITH_STANDING));
}

Test(weigh, contexts_are_read_as_equal_shares_and_other_words_are_refused)
{
    double share[KITH_CONTEXT_COUNT];

    cr_assert(kith_context_read(share, "school+online"));
    cr_expect(eq(dbl, share[SCHOOL], 0.5));
    cr_expect(eq(dbl, share[ONLINE], 0.5));
    cr_expect(not(kith_context_read(share, "")));
    cr_expect(not(kith_context_read(share, "peer+")));
    cr_expect(not(kith_context_read(share, "+peer")));
    cr_expect(not(kith_context_read(share, "Peer")));
    cr_expect(not(kith_context_read(share, "peer+placement")));
    cr_expect(eq(dbl, share[PEER], 0));
}

Test(weigh, options_out_of_range_are_refused_by_name)
{
    kith_weigh_options options = kith_weigh_default;
    kith_weigh weigh;
    kith_error err;

    options.saturation = 0;
    cr_expect(eq(int, kith_weigh_build(&weigh, NULL, 0, AS_OF, &options, &err), KITH_USAGE));
    cr_expect(eq(str, err.message, "K is 0; a number above 0 is expected"));
    options = kith_weigh_default;
    options.interplay = 1.5;
    cr_expect(eq(int, kith_weigh_build(&weigh, NULL, 0, AS_OF, &options, &err), KITH_USAGE));
    cr_expect(eq(str, err.message, "U is 1.5; a number from 0 to 1 is expected"));
    options = kith_weigh_default;
    options.weighting.half_life_scale = NAN;
    cr_expect(eq(int, kith_weigh_build(&weigh, NULL, 0, AS_OF, &options, &err), KITH_USAGE));
}

Test(weigh, an_item_that_belongs_nowhere_is_refused_by_its_record)
{
    kith_item lost = item("context:7", KITH_ITEM_RISK, "peer", 1, "1A", 0);
    kith_weigh weigh;
    kith_error err;

    lost.share[PEER] = 0;
    cr_expect(
        eq(int, kith_weigh_build(&weigh, &lost, 1, AS_OF, &kith_weigh_default, &err), KITH_USAGE));
    cr_expect(
        eq(str, err.message, "context:7: its shares of the contexts sum to 0; 1 is expected"));
    cr_expect(eq(ptr, weigh.parts, NULL));
}

/* Truths over random evidence. */

static const char *const some_contexts[] = { "home",   "peer",        "school",
                                             "online", "peer+school", "home+peer+neighbourhood" };
static const char *const some_grades[] = { "1A", "1B", "2B", "3D", "", "1E" };

static char record_ids[MANY + 1][32];

static kith_item any_item(kith_random *random, size_t i)
{
    static const char *const names[] = { "", "", "", "X1", "X2" };
    const char *contexts = some_contexts[kith_random_below(random, COUNT(some_contexts))];
    const char *grade = some_grades[kith_random_below(random, COUNT(some_grades))];
    const kith_item_kind kind = (kith_item_kind)kith_random_below(random, 3);
    const int severity = (int)kith_random_below(random, 4);
    const int age = (int)kith_random_below(random, 900);
    const char *to = some_contexts[kith_random_below(random, COUNT(some_contexts))];

    snprintf(record_ids[i], sizeof record_ids[i], "r%03zu", i);
    kith_item made = kind == KITH_ITEM_DRIVES
                         ? drives(record_ids[i], contexts, to, severity, grade, age)
                         : item(record_ids[i], kind, contexts, severity, grade, age);
    made.incident = names[kith_random_below(random, COUNT(names))];
    made.report_ref = names[kith_random_below(random, COUNT(names))];
    return made;
}

static size_t any_items(kith_item items[MANY + 1], kith_random *random)
{
    const size_t count = kith_random_below(random, MANY) + 1;

    for (size_t i = 0; i < count; i++)
        items[i] = any_item(random, i);
    return count;
}

static void expect_equal(const kith_weigh *a, const kith_weigh *b)
{
    cr_assert(eq(int, a->lead, b->lead));
    cr_assert(eq(dbl, a->lead_points, b->lead_points));
    for (int c = 0; c < KITH_CONTEXT_COUNT; c++) {
        cr_assert(eq(dbl, a->contexts[c].own, b->contexts[c].own));
        cr_assert(eq(dbl, a->contexts[c].weight, b->contexts[c].weight));
        cr_assert(eq(sz, a->contexts[c].items, b->contexts[c].items));
        cr_assert(eq(sz, a->runs_led[c], b->runs_led[c]));
    }
}

Test(weigh, shares_sum_to_one_and_interplay_conserves_the_total)
{
    kith_item items[MANY + 1];
    kith_random random;

    kith_random_seed(&random, 1);
    for (int round = 0; round < 200; round++) {
        const size_t count = any_items(items, &random);
        kith_weigh weigh = weighed(items, count);
        double share = 0, own = 0, weight = 0;
        for (int c = 0; c < KITH_CONTEXT_COUNT; c++) {
            share += weigh.contexts[c].share;
            own += weigh.contexts[c].own;
            weight += weigh.contexts[c].weight;
            cr_assert(ge(dbl, weigh.contexts[c].weight, 0.2 * weigh.contexts[c].own - 1e-12));
            cr_assert(le(dbl, weigh.contexts[c].own, 1));
        }
        cr_assert(epsilon_eq(dbl, own, weight, 1e-12));
        if (own > 0)
            cr_assert(epsilon_eq(dbl, share, 1, 1e-12));
        kith_weigh_free(&weigh);
    }
}

Test(weigh, the_order_of_items_changes_nothing)
{
    kith_item items[MANY + 1];
    kith_random random;

    kith_random_seed(&random, 2);
    for (int round = 0; round < 100; round++) {
        const size_t count = any_items(items, &random);
        kith_weigh before = weighed(items, count);
        const char *first = before.pivot_count > 0 ? items[before.pivots[0]].record_id : "";
        kith_random_shuffle(&random, items, count, sizeof *items);
        kith_weigh after = weighed(items, count);
        expect_equal(&before, &after);
        cr_assert(eq(sz, before.pivot_count, after.pivot_count));
        if (after.pivot_count > 0)
            cr_assert(eq(str, (char *)items[after.pivots[0]].record_id, (char *)first));
        kith_weigh_free(&before);
        kith_weigh_free(&after);
    }
}

Test(weigh, a_second_copy_of_a_report_changes_nothing)
{
    kith_item items[MANY + 1];
    kith_random random;

    kith_random_seed(&random, 3);
    for (int round = 0; round < 100; round++) {
        const size_t count = any_items(items, &random);
        items[0].report_ref = "X9";
        items[0].incident = "";
        kith_weigh before = weighed(items, count);
        items[count] = items[0];
        items[count].record_id = "copy";
        items[count].source = "another agency";
        kith_weigh after = weighed(items, count + 1);
        expect_equal(&before, &after);
        kith_weigh_free(&before);
        kith_weigh_free(&after);
    }
}

Test(weigh, an_item_suspected_to_be_false_changes_nothing)
{
    kith_item items[MANY + 1];
    kith_random random;

    kith_random_seed(&random, 4);
    for (int round = 0; round < 100; round++) {
        const size_t count = any_items(items, &random);
        kith_weigh before = weighed(items, count);
        items[count] = any_item(&random, count);
        items[count].grade = (kith_grade){ .source = '1', .info = 'E' };
        kith_weigh after = weighed(items, count + 1);
        expect_equal(&before, &after);
        cr_assert(eq(sz, before.part_count, after.part_count));
        kith_weigh_free(&before);
        kith_weigh_free(&after);
    }
}

Test(weigh, a_protective_item_of_its_own_never_raises_its_contexts_weight)
{
    kith_item items[MANY + 1];
    kith_random random;

    kith_random_seed(&random, 5);
    for (int round = 0; round < 200; round++) {
        const size_t count = any_items(items, &random);
        kith_weigh before = weighed(items, count);
        items[count] = any_item(&random, count);
        items[count].kind = KITH_ITEM_PROTECTIVE;
        items[count].incident = items[count].report_ref = "";
        kith_weigh after = weighed(items, count + 1);
        for (int c = 0; c < KITH_CONTEXT_COUNT; c++)
            cr_assert(le(dbl, after.contexts[c].own, before.contexts[c].own));
        kith_weigh_free(&before);
        kith_weigh_free(&after);
    }
}

Test(weigh, a_loop_of_causes_ends_where_it_began)
{
    const kith_item items[] = { item("a", KITH_ITEM_RISK, "home", 3, "1A", 0),
                                item("b", KITH_ITEM_RISK, "peer", 3, "1A", 0),
                                item("c", KITH_ITEM_RISK, "school", 3, "1A", 0),
                                drives("d", "home", "peer", 3, "1A", 0),
                                drives("e", "peer", "school", 3, "1A", 0),
                                drives("f", "school", "home", 3, "1A", 0) };
    kith_weigh weigh = weighed(items, COUNT(items));

    for (int c = HOME; c <= SCHOOL; c++)
        cr_expect(epsilon_eq(dbl, weigh.contexts[c].weight, weigh.contexts[c].own, 1e-12));
    cr_expect(eq(int, weigh.lead, -1));
    kith_weigh_free(&weigh);
}

/* Two records of 2 and one entered item of 1: (min(4, 3) + 1) / 4 = 1. */
Test(weigh, records_add_up_to_a_limit_and_judgement_beyond_it)
{
    kith_item items[] = { item("a", KITH_ITEM_RISK, "peer", 2, "1A", 0),
                          item("b", KITH_ITEM_RISK, "peer", 2, "1A", 0),
                          item("c", KITH_ITEM_RISK, "peer", 1, "1A", 0) };
    double parts = 0;

    items[0].record = items[1].record = true;
    items[0].rule = items[1].rule = "risk_event";
    kith_weigh weigh = weighed(items, COUNT(items));
    cr_expect(epsilon_eq(dbl, weigh.contexts[PEER].risk, 1 - exp(-1), 1e-12));
    cr_expect(weigh.contexts[PEER].held);
    cr_expect(eq(sz, weigh.contexts[PEER].entered, 1));
    for (size_t i = 0; i < weigh.part_count; i++)
        parts += weigh.parts[i].part;
    cr_expect(epsilon_eq(dbl, parts, 4, 1e-12), "the parts are what counted");
    kith_weigh_free(&weigh);
    weigh = weighed(items + 1, 2);
    cr_expect(epsilon_eq(dbl, weigh.contexts[PEER].risk, 1 - exp(-0.75), 1e-12));
    cr_expect(not(weigh.contexts[PEER].held));
    kith_weigh_free(&weigh);
}

/* Records of events Z1 and Z2, 3 each, and an entered item of Z2, 2.1 (3 x 0.7): what was entered counts
 * whole, of the records the limit's 3 of 3 + 0.9: 5.1 / 4. Without the record of Z2 it is 3 + 2.1, the same. */
Test(weigh, a_stronger_record_of_an_entered_incident_lightens_nothing)
{
    kith_item items[] = { item("a", KITH_ITEM_RISK, "peer", 3, "1A", 0),
                          item("b", KITH_ITEM_RISK, "peer", 3, "2A", 0),
                          item("c", KITH_ITEM_RISK, "peer", 3, "1A", 0) };
    double parts = 0;

    items[0].record = items[2].record = true;
    items[0].rule = items[2].rule = "risk_event";
    items[0].incident = "Z1";
    items[1].incident = items[2].incident = "Z2";
    kith_weigh both = weighed(items, 3), without = weighed(items, 2);
    cr_expect(epsilon_eq(dbl, both.contexts[PEER].risk, 1 - exp(-5.1 / 4), 1e-12));
    cr_expect(epsilon_eq(dbl, without.contexts[PEER].risk, 1 - exp(-5.1 / 4), 1e-12));
    for (size_t i = 0; i < both.part_count; i++)
        parts += both.parts[i].counted ? both.parts[i].part : 0;
    cr_expect(epsilon_eq(dbl, parts, 5.1, 1e-12), "the parts that count add up");
    kith_weigh_free(&both);
    kith_weigh_free(&without);
}
