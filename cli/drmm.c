/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drmm.c: `kith drmm`: the pack of a Daily Risk Management Meeting. */
#include "kith/drmm.h"

#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "disclose.h"
#include "packs.h"
#include "style.h"

enum {
    WINDOW_DAYS = 28, /* over half of first repeats of a missing episode come within them */
    PRINTED_EACH = 60 /* pages in one PDF */
};

static kith_status set_days(kith_call *call, kith_drmm_options *options, kith_error *err)
{
    if (call_given(call, "date") && call_given(call, "as-of"))
        return kith_fail(err, KITH_USAGE, "--date and --as-of are the same here; give one of them");
    options->date = call_given(call, "date") ? call_day(call, "date") : call->view.as_of;
    options->first = call_given(call, "from") ? call_day(call, "from") : options->date - 1;
    if (!call_given(call, "since"))
        call->view.since = options->date - (call->view.as_of - call->view.since);
    call->view.as_of = options->date;
    if (call->view.since > options->first)
        call->view.since = options->first;
    return KITH_OK;
}

static kith_status print_agenda(kith_call *call, const kith_network *network, kith_drmm *drmm,
                                kith_error *err)
{
    kith_text period = { 0 };

    kith_drmm_say_period(&period, &drmm->period);
    kith_table_fact(&drmm->agenda, "covers", "%s", kith_text_string(&period));
    call_view_facts(call, &drmm->agenda);
    kith_text_free(&period);
    const kith_status status = kith_table_status(&drmm->agenda, err);
    if (status != KITH_OK || !call_flag(call, "cards"))
        return status == KITH_OK ? call_print(call, &drmm->agenda, err) : status;
    return kith_drmm_json(call->out, drmm, network, err);
}

static kith_status place(kith_call *call, kith_drmm *drmm, kith_error *err)
{
    packs_picture *pictures = calloc(drmm->count + 1, sizeof *pictures);
    size_t drawn = 0;

    if (pictures == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < drmm->count; i++)
        if (drmm->pages[i].drawn)
            pictures[drawn++] = (packs_picture){ &drmm->pages[i].scene, drmm->pages[i].subject };
    const kith_status status = packs_place(call, pictures, drawn, err);
    free(pictures);
    return status;
}

static kith_status write_pack(kith_call *call, const kith_network *network, kith_drmm *drmm,
                              kith_error *err)
{
    const char *path = call_text(call, "output");
    const size_t each = packs_is_pdf(call) ? (size_t)call_integer(call, "each") : 0;
    const kith_progress progress = call_progress_to(call);
    kith_text *html = NULL;
    size_t count = 0;
    kith_status status = packs_warn(call, drmm->pages, drmm->count, err);

    if (status == KITH_OK)
        status = place(call, drmm, err);
    if (status == KITH_OK)
        status = kith_drmm_html(&html, &count, drmm, &network->view, kith_names_word(call->names), each,
                                call->seed, &progress, err);
    call_progress_end(call);
    if (status == KITH_OK)
        status = packs_write(call, html, count, err);
    if (status == KITH_OK)
        call_say(call, "%s: %zu pages of children and groups", path, drmm->count);
    for (size_t i = 0; i < count; i++)
        kith_text_free(&html[i]);
    free(html);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    const kith_progress progress = call_progress_to(call);
    kith_drmm_options options = {
        .ids = (const char *const *)call->operands, .id_count = (size_t)call->operand_count,
        .only = call_flag(call, "only"), .undrawn = call_flag(call, "cards"), .names = call->names, .seed = call->seed, .progress = &progress,
    };
    kith_network network = { 0 };
    kith_drmm drmm = { 0 };
    kith_status status = packs_check(call, err);

    if (status == KITH_OK && call_flag(call, "cards") &&
        (call->format != KITH_FORMAT_JSON || call_text(call, "output") != NULL))
        status = kith_fail(err, KITH_USAGE, "--cards is for --format json, without -o");
    if (status == KITH_OK)
        status = packs_open(call, err);
    if (status == KITH_OK)
        status = set_days(call, &options, err);
    if (status == KITH_OK)
        status = kith_network_build(&network, call->store, &call->view, err);
    if (status == KITH_OK)
        status = kith_drmm_make(&drmm, call->store, &network, &options, err);
    call_progress_end(call);
    for (size_t i = 0; status == KITH_OK && i < drmm.count; i++)
        status = style_wear(call, &drmm.pages[i].scene, err);
    if (status == KITH_OK)
        status = disclose(call, &(disclosed){ &network, NULL, 0, drmm.shown, drmm.shown_count }, err);
    if (status == KITH_OK)
        status = call_text(call, "output") != NULL ? write_pack(call, &network, &drmm, err)
                                                    : print_agenda(call, &network, &drmm, err);
    kith_drmm_free(&drmm);
    kith_network_free(&network);
    return status;
}

static const option_row options[] = {
    { "date", OPTION_DATE, .unit = "DATE", .help = "day of the meeting; the pack covers the day before it (default today)" },
    { "from", OPTION_DATE, .unit = "DATE", .help = "first day that is covered, when it is not the day before" },
    { "only", OPTION_FLAG, .help = "pages for the named IDs only" },
    { "each", OPTION_INTEGER, .low = 1, .high = 1000, .initial = "60", .unit = "N",
      .help = "pages in one PDF; more go into several files" },
    { "style", OPTION_TEXT, .unit = "FILE", .help = "how the pictures look: a file of rules in place of Kith's own (kith style)" },
    { "cards", OPTION_FLAG, .help = "with --format json: every page's tables, without pictures" },
    OPTION_END
};

const kith_command command_drmm = {
    .name = "drmm",
    .summary = "the daily meeting's pack: the 24 hours before, a page a child or group",
    .operands = "[ID...]",
    .most = -1,
    .hub = HUB_NONE, /* opened by run: places are kept */
    .discloses = true,
    .window_days = WINDOW_DAYS,
    .own_output = true,
    .options = options,
    .about =
        "Covers 00:00 on the day before to 00:00 on --date, by London's clock (23 or 25 hours when it\n"
        "changes); --from begins earlier, for a Monday. Whoever is or may be a child in an event of\n"
        "harm or risk then has a page, and a group of which two members have: what happened and in\n"
        "which role, the picture one step around with what lies a step further, conditions in\n"
        "force, strengths and trusted adults, what the hub has heard since, places, the plan with what\n"
        "is late, and what was decided before. Named IDs come first, in their order; the rest by the\n"
        "time of the first event. Nobody is scored or ranked.\n"
        "With -o FILE.html or FILE.pdf writes the pack; without, prints its agenda. Where pictures\n"
        "have things is kept in the hub: they stand there in the next pack. Pictures and tables reach back 28 days; --window changes that.",
    .example = "kith drmm --date 2022-06-30 -o drmm.pdf\n"
               "kith drmm P006 G2 --date 2022-06-27 --from 2022-06-24 -o monday.html\n"
               "kith drmm --date 2022-06-30",
    .run = run,
};
