/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "kith/audience.h"
#include "kith/scene.h"
#include "kith/frame.h"
#include "support.h"

static kith_error err;

static kith_policy *policy_of(const char *text)
{
    kith_policy *policy;

    cr_assert(eq(int, kith_policy_read(&policy, NULL, text, &err), KITH_OK), "%s", err.message);
    return policy;
}

static const kith_audience *audience_of(const kith_policy *policy, const char *name)
{
    const kith_audience *audience;

    cr_assert(eq(int, kith_audience_find(&audience, policy, name, &err), KITH_OK), "%s", err.message);
    return audience;
}

static void refused(const char *text, const char *message)
{
    kith_policy *policy;

    cr_expect(eq(int, kith_policy_read(&policy, NULL, text, &err), KITH_INPUT), "%s", text);
    cr_expect(policy == NULL);
    cr_expect(strstr(err.message, message) != NULL, "%s: %s", text, err.message);
}

/* Design section 5: the case team is told how much was withheld, everybody else is not. */
Test(audience, only_those_who_work_on_the_case_hear_that_something_was_withheld)
{
    static const char *const acknowledged[] = { "case-team", "analyst", "chair", "meeting" };
    kith_policy *policy = policy_of(NULL);
    const kith_audience *audience;

    for (size_t i = 0; (audience = kith_policy_audience(policy, i)) != NULL; i++) {
        bool expected = false;
        for (size_t k = 0; k < sizeof acknowledged / sizeof *acknowledged; k++)
            expected |= strcmp(acknowledged[k], audience->name) == 0;
        cr_expect(eq(int, audience->acknowledged, expected), "%s", audience->name);
    }
    kith_policy_free(policy);
}

/* R9, R52 and R66: conditions keep a record in the case team; initials unless somebody asks;
 * no figure below 10 leaves it. */
Test(audience, the_default_is_initials_and_outside_the_team_no_conditions_and_no_small_counts)
{
    kith_policy *policy = policy_of(NULL);
    const kith_audience *audience;

    for (size_t i = 0; (audience = kith_policy_audience(policy, i)) != NULL; i++) {
        cr_expect(audience->names >= KITH_NAMES_INITIALS, "%s", audience->name);
        if (audience->acknowledged)
            continue;
        cr_expect(eq(int, audience->small, 10), "%s", audience->name);
        cr_expect(eq(int, (int)(audience->limits.handling & KITH_HANDLING_C), 0), "%s", audience->name);
    }
    cr_expect(eq(int, audience_of(policy, "public")->names_most, KITH_NAMES_NONE));
    kith_policy_free(policy);
}

Test(audience, what_follows_a_colon_says_which_one_and_changes_nothing)
{
    kith_policy *policy = policy_of(NULL);
    const kith_audience *audience;

    cr_expect(audience_of(policy, "school: Harbour Academy") == audience_of(policy, "school"));
    cr_expect(eq(int, kith_audience_find(&audience, policy, "schools", &err), KITH_USAGE));
    cr_expect(strstr(err.message, "no audience \"schools\" in the policy; it has case-team, ") != NULL,
              "%s", err.message);
    cr_expect(eq(int, kith_audience_find(&audience, policy, "", &err), KITH_USAGE));
    cr_expect(eq(int, kith_audience_find(&audience, policy, ": school", &err), KITH_USAGE));
    kith_policy_free(policy);
}

Test(audience, a_file_changes_what_it_names_and_nothing_else)
{
    kith_policy *policy = policy_of("[audience school]\r\nhandling = P ; only\r\nagencies = own, City Police\r\n");
    const kith_audience *school = audience_of(policy, "school");
    kith_text text = { 0 };

    cr_expect(eq(int, (int)school->limits.handling, KITH_HANDLING_P));
    cr_expect(school->limits.records == (KITH_MAY_EVENTS | KITH_MAY_PLACES));
    cr_expect(eq(int, school->small, 10));
    kith_limits_agencies(&text, &school->limits);
    cr_expect(eq(str, (char *)kith_text_string(&text), "own, City Police"));
    kith_text_free(&text);
    kith_policy_free(policy);
}

Test(audience, a_new_one_that_says_nothing_is_given_nothing)
{
    kith_policy *policy = policy_of("[audience board]");
    const kith_audience *board = audience_of(policy, "board");

    cr_expect(not(board->acknowledged));
    cr_expect(eq(int, board->names, KITH_NAMES_NONE));
    cr_expect(board->limits.records == 0);
    cr_expect(board->limits.handling == 0);
    cr_expect(not(board->limits.every_agency));
    cr_expect(eq(int, board->small, 10));
    kith_policy_free(policy);
}

Test(audience, a_bad_policy_is_refused_with_its_line)
{
    refused("x = 1\n", "the hub's policy:1: the line stands before the first section");
    refused("[audience a]\nname = x\n", ":2: name is not known here; label, withheld, names");
    refused("[role a]\nwithheld = silent\n", ":2: withheld is not known here; label, does, cases");
    refused("[audience a]\nwithheld = yes\n", ":2: withheld has \"yes\"; acknowledged, silent are the words");
    refused("[audience a]\nnames = initial\n", ":2: names has \"initial\"; full, initials, pseudonym, none are");
    refused("[audience a]\nhandling = P, D\n", ":2: handling has \"D\"; all, none, P, C are the words");
    refused("[audience a]\nrecords = events, people\n", ":2: records has \"people\"; all, events");
    refused("[audience a]\nsmall_counts = -1\n", ":2: small_counts has \"-1\"; a whole number from 0 to 1000");
    refused("[audience a]\nsmall_counts = 5\nsmall_counts = 5\n", ":3: small_counts; it is given a second time");
    refused("[school]\nnames = none\n", ":1: the section is neither an audience nor a role");
    refused("[audience A b]\n", ":1: the section's name is not one word");
    refused("[audience ]\n", ":1: the section's name is not one word");
    refused("[audience a\nnames = none\n", ":1: the section does not end with ]");
    refused("[audience a]\n\n  names = none\n", ":3: the line begins with a blank");
    refused("[audience a]\nnames\n", ":2: the line is neither [section] nor name = value");
    refused("[role a]\ndoes = partner\naudiences = nobody\n", "[role a] audiences has \"nobody\", which is none");
    refused("[role a]\naudiences =\n", ":2: audiences has \"\"; all, or the names of audiences");
    refused("[audience a]\nnames = full\n", "[audience a] names is full, and names_most none allows less");
}

/* The example of docs/access.md, where a remark goes on below a list. */
Test(audience, a_remark_may_begin_anywhere)
{
    kith_policy *policy = policy_of("\xEF\xBB\xBF[audience a] \nrecords = events ; these\n   ; and no others\n \n# end");

    cr_expect(audience_of(policy, "a")->limits.records == KITH_MAY_EVENTS);
    kith_policy_free(policy);
}

Test(audience, a_long_line_is_refused_and_not_cut)
{
    char text[1000] = "[audience a]\nlabel = ";

    memset(text + strlen(text), 'x', 900);
    refused(text, ":2: the line is too long; make it shorter");
}

Test(audience, a_file_that_is_no_text_is_refused)
{
    char *folder = make_folder(), *path = path_in(folder, "policy.ini");
    kith_policy *policy;

    write_file(path, "[role a]\0", 9);
    cr_expect(eq(int, kith_policy_read(&policy, path, NULL, &err), KITH_INPUT));
    cr_expect(strstr(err.message, "is no text in UTF-8") != NULL, "%s", err.message);
    cr_expect(eq(int, kith_policy_read(&policy, folder, NULL, &err), KITH_IO));
    free(path);
    drop_folder(folder);
}

/* Nobody sees more by asking for a file's words: what is printed reads back as the same. */
Test(audience, words_of_limits_read_back)
{
    kith_policy *policy = policy_of(NULL);
    const kith_audience *audience;

    for (size_t i = 0; (audience = kith_policy_audience(policy, i)) != NULL; i++) {
        kith_text text = { 0 };
        kith_text_add(&text, "[audience again]\nrecords = ");
        kith_limits_records(&text, &audience->limits);
        kith_text_add(&text, "\nhandling = ");
        kith_limits_handling(&text, &audience->limits);
        kith_policy *second = policy_of(kith_text_string(&text));
        const kith_audience *again = audience_of(second, "again");
        cr_expect(again->limits.records == audience->limits.records, "%s", audience->name);
        cr_expect(again->limits.handling == audience->limits.handling, "%s", audience->name);
        kith_policy_free(second);
        kith_text_free(&text);
    }
    kith_policy_free(policy);
}

Test(audience, a_role_serves_those_that_its_policy_names)
{
    kith_policy *policy = policy_of(NULL);
    const kith_duty *duty;

    cr_assert(eq(int, kith_duty_find(&duty, policy, "practitioner", &err), KITH_OK));
    cr_expect(kith_duty_serves(duty, "meeting"));
    cr_expect(kith_duty_serves(duty, "parents: of C001"));
    cr_expect(not(kith_duty_serves(duty, "public")));
    cr_expect(not(kith_duty_serves(duty, "meet")));
    cr_assert(eq(int, kith_duty_find(&duty, policy, "steward", &err), KITH_OK));
    cr_expect(kith_duty_serves(duty, "public"));
    cr_expect(eq(int, kith_duty_find(&duty, policy, "king", &err), KITH_USAGE));
    kith_policy_free(policy);
}

static bool header_has(const kith_view *view, const char *text)
{
    kith_scene scene = { 0 };
    const kith_frame frame = { .title = "", .names = "none", .header = "", .footer = "" };

    kith_scene_set_frame(&scene, view, &frame);
    const bool has = strstr(scene.header, text) != NULL;
    kith_scene_free(&scene);
    return has;
}

Test(audience, a_silent_one_reads_nothing_of_what_was_withheld)
{
    kith_view view = { .user = "open", .purpose = "", .audience = "school", .withheld = 3 };

    cr_expect(header_has(&view, "Withheld items: 3."));
    view.silent = true;
    cr_expect(not(header_has(&view, "ithheld")));
}
