/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measures.c: `kith measures`. */
#include "kith/measures.h"

#include "commands.h"
#include "layer_options.h"

static kith_status run(kith_call *call, kith_error *err)
{
    layer_call opened;
    kith_table table = { .title = "How each one sits in the network" };

    kith_status status = layer_call_open(&opened, call, &table, err);
    if (status == KITH_OK)
        status = kith_measures_report(&table, &opened.layer, !opened.options.raw,
                                      call_flag(call, "exact"), err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    layer_call_close(&opened);
    return status;
}

static const option_row options[] = { LAYER_OPTIONS_WHO("together", "all"),
                                      { "exact", OPTION_FLAG,
                                        .help = "betweenness and harmonic however long they take" },
                                      OPTION_END };

const kith_command command_measures = {
    .name = "measures",
    .summary = "how central each one is in the network, in id order",
    .operands = "",
    .hub = HUB_READ,
    .options = options,
    .about =
        "Degree, strength, betweenness, harmonic closeness, eigenvector, clustering, PageRank,\n"
        "coreness, component and cut points: over all, among children, and among adults alleged\n"
        "to harm, each set apart. Adults alleged to harm have no inferred ties in that role:\n"
        "--layer links shows how they are linked. With --raw or --unweighted there is one set,\n"
        "as published networks are measured. Nobody is ranked: a central child is one who knows\n"
        "many, or is watched most.",
    .example = "kith measures --format csv\n"
               "kith measures --layer links --unweighted",
    .run = run,
};
