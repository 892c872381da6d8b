/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gaps.c: `kith gaps`. */
#include "kith/gaps.h"

#include <stdlib.h>
#include <string.h>

#include "commands.h"

static kith_status find_seeds(uint32_t *seeds, const kith_call *call, const kith_network *network,
                              kith_error *err)
{
    for (int i = 0; i < call->operand_count; i++) {
        const kith_status status = kith_network_find(&seeds[i], network, call->operands[i], err);
        if (status != KITH_OK)
            return status;
        if (network->things[seeds[i]].kind != KITH_PERSON)
            return kith_fail(err, KITH_USAGE, "%s is no person; gaps asks about people",
                             call->operands[i]);
    }
    return KITH_OK;
}

static kith_status run(kith_call *call, kith_error *err)
{
    kith_network network = { 0 };
    kith_table table = { .title = "Whom to ask: pairs that share much, with no recorded contact" };
    const size_t count = (size_t)call->operand_count;
    uint32_t *seeds = malloc((count + 1) * sizeof *seeds);
    const kith_gaps_options asked = { .adults = strcmp(call_text(call, "who"), "all") == 0,
                                      .least = (uint32_t)call_integer(call, "least"),
                                      .size_cap = (uint32_t)call_integer(call, "size-cap"),
                                      .seeds = count > 0 ? seeds : NULL,
                                      .seed_count = count };

    kith_status status = seeds == NULL ? kith_no_memory(err) : KITH_OK;
    if (status == KITH_OK)
        status = kith_network_build(&network, call->store, &call->view, err);
    if (status == KITH_OK)
        status = find_seeds(seeds, call, &network, err);
    if (status == KITH_OK) {
        call_view_facts(call, &table);
        status = kith_gaps_report(&table, &network, &asked, err);
        call_note_window(call, &network, &table);
    }
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    kith_network_free(&network);
    free(seeds);
    return status;
}

static const option_row options[] = {
    { "who", OPTION_CHOICE, .choices = "children|all", .initial = "children",
      .help = "children with children; or also with adults" },
    { "least", OPTION_INTEGER, .low = 1, .high = 1000, .initial = "2", .unit = "N",
      .help = "places, objects, groups or adults that they share" },
    { "size-cap", OPTION_INTEGER, .low = 2, .high = 100000, .initial = "12", .unit = "N",
      .help = "what more people come to is not counted" },
    OPTION_END
};

const kith_command command_gaps = {
    .name = "gaps",
    .summary = "pairs that share contexts without a recorded contact, as questions",
    .operands = "[ID...]",
    .most = -1,
    .hub = HUB_READ,
    .options = options,
    .about =
        "Pairs of children (or a child and an adult: --who all) who are recorded with the same\n"
        "places, objects, groups or adults, while nothing recorded brings the two together: a\n"
        "question for the agencies that hold these records, and never a link. With IDs, only\n"
        "pairs with one of these. What many people come to is not counted.",
    .example = "kith gaps --as-of 2022-06-30\n"
               "kith gaps P005 --who all --least 1 --format csv",
    .run = run,
};
