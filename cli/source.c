/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source.c: `kith source`: by what right each source's records are held. */
#include <string.h>

#include "commands.h"
#include "hub.h"
#include "kith/retention.h"

static kith_status set_source(kith_call *call, kith_error *err)
{
    const kith_source_right right = { .source = call->operands[1],
                                      .held_for = call_text(call, "held-for"),
                                      .basis = call_text(call, "basis"),
                                      .controller = call_text(call, "controller"),
                                      .review_on = call_given(call, "review-on") ? call_day(call, "review-on") : 0 };
    kith_status status = hub_open(call, KITH_READ_WRITE, err);

    return status == KITH_OK ? kith_source_set(call->store, &call->view, &right, kith_now(), err) : status;
}

static kith_status require_right(kith_call *call, kith_error *err)
{
    const bool yes = strcmp(call->operands[1], "yes") == 0;

    if (!yes && strcmp(call->operands[1], "no") != 0)
        return kith_fail(err, KITH_USAGE, "source require takes yes or no");
    const kith_status status = hub_open(call, KITH_READ_WRITE, err);
    return status == KITH_OK ? kith_source_require(call->store, yes, err) : status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    kith_table table = { 0 };

    if (call->operand_count == 2 && strcmp(call->operands[0], "set") == 0)
        return set_source(call, err);
    if (call->operand_count == 2 && strcmp(call->operands[0], "require") == 0)
        return require_right(call, err);
    if (call->operand_count > 0)
        return kith_fail(err, KITH_USAGE, "source takes nothing, set NAME, or require yes or no");
    kith_status status = hub_open(call, KITH_READ_ONLY, err);
    if (status == KITH_OK)
        status = kith_source_list(&table, call->store, &call->view, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static const option_row options[] = {
    { "held-for", OPTION_TEXT, .unit = "TEXT", .help = "set: the purpose for which its records are held" },
    { "basis", OPTION_CHOICE,
      .choices = "consent|contract|legal-obligation|vital-interests|public-task|legitimate-interests|"
                 "recognised-legitimate-interests|law-enforcement",
      .help = "set: UK GDPR article 6, or law-enforcement: Data Protection Act 2018, part 3" },
    { "controller", OPTION_TEXT, .unit = "NAME", .help = "set: the organisation that answers for them" },
    { "review-on", OPTION_DATE, .unit = "DATE", .help = "set: when this is looked at again" },
    OPTION_END
};

const kith_command command_source = {
    .name = "source",
    .summary = "by what right each source's records are held: purpose, lawful basis, controller",
    .operands = "[set NAME | require yes|no]",
    .most = 2,
    .hub = HUB_NONE, /* opened by run: some verbs write */
    .options = options,
    .about =
        "Lists every source of records with the purpose for which they are held, the lawful basis and the\n"
        "controller, and those of which nobody has said it. set NAME says it, also before the first load. An\n"
        "import warns of a source without a right; after `source require yes` it is refused, and nothing of\n"
        "it loaded. `kith check` names these sources, and rights whose day of review has come; `kith\n"
        "retention` and `kith subject-access` say who the controllers are.",
    .example = "kith source set police --held-for 'protecting children from exploitation' --basis law-enforcement "
               "--controller 'the force' --review-on 2027-04-01\n"
               "kith source --format csv\n"
               "kith source require yes",
    .run = run,
};
