/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outcomes.c: `kith outcomes`: before and after, as rates over stated windows. */
#include "kith/outcomes.h"

#include <stdlib.h>

#include "commands.h"
#include "kith/chart.h"
#include "kith/date.h"
#include "picture.h"

static kith_status named_periods(kith_periods *periods, const kith_call *call, kith_error *err)
{
    char **list;
    size_t count;
    kith_status status = call_list(&list, &count, call, "period", err);

    *periods = (kith_periods){ 0 };
    if (status == KITH_OK && (count < 2 || count > KITH_PERIODS_MAX))
        status = kith_fail(err, KITH_USAGE,
                           "--period names %zu; 2 to %d are expected, with commas between, the one "
                           "to compare with first",
                           count, KITH_PERIODS_MAX);
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        status = kith_period_read(&periods->of[periods->count++], list[i], err);
    free(list);
    return status;
}

/* INT32_MIN: as far as there are records. */
static int32_t last_day(const kith_call *call)
{
    if (call_given(call, "until"))
        return call_day(call, "until");
    return call_given(call, "as-of") ? call->view.as_of : INT32_MIN;
}

static kith_status choose_periods(kith_periods *periods, const kith_call *call, kith_error *err)
{
    const bool about = call_given(call, "baseline"), named = call_given(call, "period");

    if ((about || named) && (call_given(call, "since") || call_given(call, "window")))
        return kith_fail(err, KITH_USAGE,
                         "outcomes takes its windows from --baseline or --period; "
                         "leave --since and --window out");
    if (call_given(call, "until") && (named || !about))
        return kith_fail(err, KITH_USAGE,
                         "--until ends the later of the two periods about a "
                         "--baseline; it needs one, and no --period");
    if (named)
        return named_periods(periods, call, err);
    if (about)
        return kith_periods_about(periods, call->store, &call->view, call_day(call, "baseline"),
                                  last_day(call), err);
    call_say(call, "no baseline date: give --baseline, the day the work began");
    *periods = (kith_periods){ .of = { { call->view.since, call->view.as_of } }, .count = 1 };
    return KITH_OK;
}

static void add_facts(kith_table *table, const kith_call *call)
{
    char as_of[KITH_TIME_SIZE];

    kith_day_write(as_of, call->view.as_of);
    kith_table_fact(table, "as_of", "%s", as_of);
    if (call->view.purpose[0] != '\0')
        kith_table_fact(table, "purpose", "%s", call->view.purpose);
}

/* The same cohort month by month, drawn. */
static kith_status draw(kith_call *call, const kith_outcomes *outcomes, const char *path,
                        kith_error *err)
{
    kith_outcomes months = { 0 };
    kith_periods steps;
    kith_scene scene = { 0 };

    kith_periods_by_month(&steps, &outcomes->periods);
    kith_status status = kith_outcomes_read(&months, call->store, &call->view, call->operands,
                                            (size_t)call->operand_count, outcomes->members_on, &steps, err);
    if (status == KITH_OK)
        status = kith_outcomes_scene(&scene, outcomes, &months, &call->view, err);
    if (status == KITH_OK)
        status = picture_write(call, &scene, path, picture_form(path), err);
    if (status == KITH_OK)
        call_say(call, "%s: %zu months or parts of months", path, steps.count);
    kith_scene_free(&scene);
    kith_outcomes_free(&months);
    return status;
}

static kith_status print(kith_call *call, const kith_outcomes *outcomes, kith_error *err)
{
    kith_table table = { 0 };

    add_facts(&table, call);
    kith_status status = kith_outcomes_table(&table, outcomes, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    kith_outcomes outcomes = { 0 };
    kith_periods periods;
    const char *path = call_text(call, "output");
    const int32_t baseline = call_given(call, "baseline") ? call_day(call, "baseline") : INT32_MIN;
    kith_status status = call_may_count(call, "a before and after", err);

    if (status == KITH_OK)
        status = choose_periods(&periods, call, err);
    if (status == KITH_OK)
        status = kith_outcomes_read(&outcomes, call->store, &call->view, call->operands,
                                    (size_t)call->operand_count, baseline, &periods, err);
    if (status == KITH_OK)
        status = picture_form(path) != NULL ? draw(call, &outcomes, path, err)
                                            : print(call, &outcomes, err);
    kith_outcomes_free(&outcomes);
    return status;
}

static const option_row options[] = {
    { "baseline", OPTION_DATE, .unit = "DATE",
      .help = "the day the work began, first of the later period" },
    { "until", OPTION_DATE, .unit = "DATE",
      .help = "last day of the later period (default --as-of, else the last event)" },
    { "period", OPTION_TEXT, .unit = "FROM..TO,...",
      .help = "two or more periods, in order; the first is compared with" },
    PICTURE_OPTIONS,
    OPTION_END
};

const kith_command command_outcomes = {
    .name = "outcomes",
    .summary = "before and after: missing episodes, incidents, education and scales, as rates",
    .operands = "ID...",
    .least = 1,
    .most = -1,
    .hub = HUB_READ,
    .draws = true,
    .options = options,
    .about =
        "Counts what happened to one cohort in each period: people, the members of a group on the\n"
        "baseline, or places. Several IDs are added up; nobody among them is told apart or "
        "compared.\n"
        "\n"
        "With --baseline there are two periods of equal length about that day, as far as the\n"
        "records go back. With --period they are as given. Rates are per month when every period\n"
        "is whole calendar months, else per 30 days. There is never a comparison group: a fall\n"
        "after the work began is not yet a fall because of it.\n"
        "\n"
        "With -o FILE.svg, .pdf, .png or .dot draws the counts month by month, with the periods and\n"
        "their rates above them.",
    .example = "kith outcomes G1 --baseline 2021-11-01 --until 2022-04-30\n"
               "kith outcomes G1 --baseline 2021-11-01 --until 2022-04-30 -o g1.svg\n"
               "kith outcomes P001 P002 --period 2021-01-01..2021-07-31,2021-08-01..2022-01-31",
    .run = run,
};
