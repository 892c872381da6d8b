/* SPDX-License-Identifier: GPL-3.0-or-later */
/* assess.c: `kith assess`. The rules can be looked at without a hub. */
#include <stdlib.h>

#include "assess_enter.h"
#include "commands.h"
#include "hub.h"
#include "kith/forms.h"
#include "kith/screening.h"

/* The criteria and steps looked through, without a hub, or answered for one person. */
static kith_status screen(kith_call *call, kith_error *err)
{
    const bool rules = call_flag(call, "rules");
    kith_screening *screening = NULL;
    kith_table table = { 0 };
    size_t found = 0;

    if (rules == (call->operand_count > 0) || call_given(call, "assessment") || call_given(call, "with"))
        return kith_fail(err, KITH_USAGE, "--screening takes the ID of a person, or --rules to look at the "
                         "rules, with --criteria and --steps; try `kith assess --help`");
    kith_status status = kith_screening_read(&screening, call_text(call, "criteria"),
                                             call_text(call, "steps"), err);
    if (status == KITH_OK && !rules)
        status = hub_open(call, KITH_READ_ONLY, err);
    if (status == KITH_OK)
        status = rules ? kith_screening_check(&table, &found, screening, err)
                       : kith_screen(&table, call->store, &call->view, call->operands[0], screening, err);
    table.empty = "every set of criteria has one step, and a criterion more never takes it away";
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    kith_screening_free(screening);
    return status == KITH_OK && found > 0 ? KITH_NOT_FOUND : status;
}

static kith_status check_rules(kith_call *call, kith_error *err)
{
    const char *path = call->operand_count > 0 ? call->operands[0] : call_text(call, "with");
    kith_band_rules rules = { 0 };
    kith_table table = { 0 };
    size_t found = 0;

    if (call_given(call, "assessment"))
        return kith_fail(err, KITH_USAGE, "--rules looks at a rule file, and at no assessment; leave "
                         "one of them out");
    if (call->operand_count > 0 && call_given(call, "with"))
        return kith_fail(err, KITH_USAGE, "--rules %s and --with both name a rule file; give one of "
                         "them", path);
    kith_status status = kith_band_rules_read(&rules, path, err);
    if (status == KITH_OK)
        status = kith_band_check(&table, &found, &rules, err);
    table.empty = "every count has one band, and a sign more never takes it away";
    kith_table_fact(&table, "rules", "%s", path != NULL ? path : "the form's own");
    kith_table_note(&table, "`some` is read as at least one; \"risk factors\" have no counts on the form, "
                            "so no rule can ask for them");
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    kith_band_rules_free(&rules);
    return status == KITH_OK && found > 0 ? KITH_NOT_FOUND : status;
}

static kith_status answer(kith_call *call, const kith_assess_options *options, kith_error *err)
{
    kith_band_rules rules = { 0 };
    kith_table table = { 0 };
    kith_status status = kith_band_rules_read(&rules, call_text(call, "with"), err);

    if (status == KITH_OK)
        status = hub_open(call, KITH_READ_ONLY, err);
    if (status == KITH_OK)
        status = options->assessment_count > 1
                     ? kith_assess_compare(&table, call->store, &call->view, options, &rules, err)
                     : kith_assess(&table, call->store, &call->view, options, &rules, err);
    table.empty = options->assessment_count > 1 ? "nothing is ticked on either form"
                                                : "no assessment is recorded";
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    kith_band_rules_free(&rules);
    return status;
}

static kith_status enter(kith_call *call, kith_error *err)
{
    if (call->operand_count == 0 || call_given(call, "assessment") || call_given(call, "with"))
        return kith_fail(err, KITH_USAGE, "--enter takes the ID of a person and --source; try `kith assess "
                         "--help`");
    if (!call_given(call, "source"))
        return kith_fail(err, KITH_USAGE, "--enter stores a form under the agency whose it is; give --source");
    return assess_enter(call, err);
}

static kith_status run(kith_call *call, kith_error *err)
{
    char **named = NULL;
    kith_assess_options options = { 0 };

    if (call_flag(call, "screening"))
        return screen(call, err);
    if (call_given(call, "criteria") || call_given(call, "steps"))
        return kith_fail(err, KITH_USAGE, "--criteria and --steps are for --screening; add it");
    if (call_flag(call, "rules"))
        return check_rules(call, err);
    if (call_given(call, "enter"))
        return enter(call, err);
    kith_status status = call_list(&named, &options.assessment_count, call, "assessment", err);
    options.person = call->operand_count > 0 ? call->operands[0] : NULL;
    options.assessment = (const char *const *)named;
    if (status == KITH_OK && options.person == NULL && named == NULL)
        status = kith_fail(err, KITH_USAGE, "assess needs the ID of a person, --assessment or --rules; "
                           "try `kith assess --help`");
    if (status == KITH_OK)
        status = answer(call, &options, err);
    free(named);
    return status;
}

static const option_row options[] = {
    { "assessment", OPTION_TEXT, .unit = "A,B", .help = "one form only, or two of one person compared" },
    { "with", OPTION_TEXT, .unit = "FILE", .help = "local rules for the GAT instead of the form's own" },
    { "rules", OPTION_FLAG,
      .help = "list the gaps, overlaps and falls of the form's rules, or of a rule file named instead of ID" },
    { "enter", OPTION_TEXT, .unit = "FORM", .help = "fill in a GAT, CSE or PEER form, question by question" },
    { "source", OPTION_TEXT, .unit = "NAME", .help = "the agency whose the entered form is" },
    { "screening", OPTION_FLAG,
      .help = "which criteria of the partnership the record meets, and the step its rules give" },
    { "criteria", OPTION_TEXT, .unit = "FILE", .help = "the partnership's criteria instead of Kith's example" },
    { "steps", OPTION_TEXT, .unit = "FILE", .help = "the partnership's steps instead of Kith's example" },
    OPTION_END
};

const kith_command command_assess = {
    .name = "assess",
    .summary = "what practitioners ticked on the GAT, CSE and peer forms, counted as the form counts",
    .operands = "[ID]",
    .least = 0,
    .most = 1,
    .hub = HUB_NONE,
    .options = options,
    .about = "Lists a person's forms, newest first. GAT: the counts of strong and moderate signs, and LOW,\n"
             "MEDIUM, HIGH with the form's own sentence, or NO BAND where no sentence fits; risk factors are\n"
             "asked for separately. CSE: ticks of each list, current and historic apart, and no level but the\n"
             "practitioner's own. The forms are guides for professional judgement. They do not measure a\n"
             "child, and two children's forms cannot be compared.\n"
             "\n"
             "A rule file is CSV: band, strong_from, strong_to, moderate_from, moderate_to, sentence, the\n"
             "lowest band first; a blank `to` is no limit. --rules ends with 1 when it finds anything.\n"
             "\n"
             "--enter asks the questions of a form and stores it as a load of its own (`kith import --list`,\n"
             "--undo); forms in bulk come as assessments.csv and indicators.csv by `kith import`.\n"
             "\n"
             "--screening reads two rule files. Criteria (criterion, way, looks_at, is, from, to, days, says)\n"
             "look at a flag, event, age or form; lines of one way are all needed. Steps (step, when,\n"
             "sentence, the lowest step first) name criteria: `missing+not excluded`, or `otherwise`. A\n"
             "criterion is met, not met or not known; none is counted. --rules --screening lists every set\n"
             "of criteria without a step, with several, or with a lower one for a criterion more.",
    .example = "kith assess P010 --as-of 2022-06-30\n"
               "kith assess P001 --assessment A03,A06\n"
               "kith assess --rules local.csv\n"
               "kith assess P010 --enter GAT --source social_care\n"
               "kith assess P006 --screening --as-of 2022-06-30",
    .run = run,
};
