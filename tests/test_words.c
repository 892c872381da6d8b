/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith/words.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static const kith_meaning *event(const char *word)
{
    return kith_word_meaning(KITH_EVENT_WORD, word);
}

/* Design 3.3: missing, incident, sighting bring people together; intelligence, ppn,
 * referral do not; an unknown kind does. */
Test(words, only_events_of_gathering_kinds_bring_people_together)
{
    cr_assert(event("missing")->gathers);
    cr_assert(event("incident")->gathers);
    cr_assert(event("sighting")->gathers);
    cr_assert_not(event("intelligence")->gathers);
    cr_assert_not(event("ppn")->gathers);
    cr_assert_not(event("referral")->gathers);
    cr_assert(event("never_heard_of")->gathers);
    cr_assert_not(event("never_heard_of")->known);
}

Test(words, case_blanks_and_hyphens_do_not_matter)
{
    cr_assert(eq(str, (char *)kith_word_meaning(KITH_PLACE_WORD, " Vape-Shop ")->word, "vape_shop"));
    cr_assert(eq(str, (char *)event("anti-social behaviour")->word, "anti_social_behaviour"));
    cr_assert(eq(str, (char *)kith_word_meaning(KITH_GROUP_WORD, "Organised crime group")->label,
                 "organised crime group"));
}

Test(words, a_word_belongs_to_its_class)
{
    cr_assert(kith_word_meaning(KITH_PLACE_WORD, "park")->known);
    cr_assert_not(kith_word_meaning(KITH_LINK_WORD, "park")->known);
}

Test(words, the_empty_and_the_endless_word_are_unknown)
{
    char endless[5000];

    memset(endless, 'a', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    cr_assert_not(event("")->known);
    cr_assert_not(event("  ")->known);
    cr_assert_not(event(endless)->known);
    cr_assert_not(kith_column_names_source(endless));
}

Test(words, exploiting_links_are_risk_and_never_peer_ties)
{
    const kith_meaning *link = kith_word_meaning(KITH_LINK_WORD, "exploits_alleged");

    cr_assert(link->exploits);
    cr_assert_not(link->passive);
    cr_assert(kith_word_meaning(KITH_LINK_WORD, "exploited_by_alleged")->passive);
    cr_assert_not(link->gathers);
    cr_assert(eq(int, link->valence, KITH_RISK));
    cr_assert(kith_word_meaning(KITH_LINK_WORD, "friend")->gathers);
    cr_assert(eq(int, kith_word_meaning(KITH_LINK_WORD, "trusted_adult")->valence, KITH_PROTECTIVE));
    cr_assert_not(kith_word_meaning(KITH_LINK_WORD, "unheard_of")->gathers);
}

/* Domain 6.3: home, placement, school, hospital, police station, court and hub stand apart. */
Test(words, homes_and_service_places_are_marked)
{
    static const char *const apart[] = { "home", "placement", "school", "hospital",
                                         "police station", "court", "hub" };

    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++) {
        const kith_meaning *place = kith_word_meaning(KITH_PLACE_WORD, apart[i]);
        cr_assert(place->home || place->service, "%s", apart[i]);
    }
    cr_assert(eq(int, kith_word_meaning(KITH_PLACE_WORD, "school")->context, KITH_SCHOOL));
    cr_assert_not(kith_word_meaning(KITH_PLACE_WORD, "takeaway")->service);
}

static void expect_role(const char *word, const char *first, const char *second, bool in_list)
{
    kith_role roles[2];
    const char *written[2];
    int count;
    bool known;

    kith_role_read(word, roles, written, &count, &known);
    cr_assert(eq(int, known, in_list), "%s", word);
    cr_assert(eq(int, count, second != NULL ? 2 : 1), "%s", word);
    cr_assert(eq(str, (char *)written[0], (char *)first), "%s", word);
    if (second != NULL)
        cr_assert(eq(str, (char *)written[1], (char *)second), "%s", word);
    for (int i = 0; i < count && known; i++)
        cr_assert(eq(str, (char *)kith_role_word(roles[i]), (char *)written[i]), "%s", word);
}

Test(words, perpetrator_offender_suspect_and_accused_are_read_as_alleged)
{
    expect_role("perpetrator", "alleged_perpetrator", NULL, true);
    expect_role("Offender", "alleged_perpetrator", NULL, true);
    expect_role("SUSPECT", "alleged_perpetrator", NULL, true);
    expect_role("accused", "alleged_perpetrator", NULL, true);
    expect_role("convicted perpetrator", "convicted_perpetrator", NULL, true);
}

Test(words, a_composed_role_is_two_roles_in_the_order_of_the_bits)
{
    expect_role("victim_and_suspect", "victim", "alleged_perpetrator", true);
    expect_role("suspect and victim", "victim", "alleged_perpetrator", true);
    expect_role("witness_and_reporter", "witness", "reporter", true);
    expect_role("suspect_and_offender", "alleged_perpetrator", NULL, true);
}

Test(words, an_unknown_role_is_kept_and_counts_as_present)
{
    expect_role("arrested_or_charged", "arrested_or_charged", NULL, false);
    expect_role("victim_and_juggler", "victim_and_juggler", NULL, false);
    expect_role("", "", NULL, false);
    expect_role("_and_", "_and_", NULL, false);
}

Test(words, columns_that_name_a_source_of_intelligence_are_refused)
{
    cr_assert(kith_column_names_source("source_name"));
    cr_assert(kith_column_names_source("Informant Name"));
    cr_assert_not(kith_column_names_source("source"));
    cr_assert_not(kith_column_names_source("source_grade"));
    cr_assert_not(kith_column_names_source("source_case_no"));
    cr_assert_not(kith_column_names_source(""));
}

Test(words, words_written_alike_are_the_same_word)
{
    cr_assert(kith_word_same("Anti-social behaviour", "anti_social_behaviour"));
    cr_assert(kith_word_same("arrest or court", "arrest_or_court"), "known or not");
    cr_assert_not(kith_word_same("missing", "missing_episode"));
    cr_assert(kith_word_same("", ""));
    cr_assert_not(kith_word_same("", "missing"));
}
