/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measures.c: `kith measures`. */
#include "kith/measures.h"

#include "commands.h"
#include "layer_options.h"

static kith_status run(kith_call *call, kith_error *err)
{
    kith_layer_options options;
    layer_lists lists;
    kith_network network = { 0 };
    kith_layer layer = { 0 };
    kith_table table = { .title = "How each one sits in the network" };

    kith_status status = layer_options_read(&options, &lists, call, err);
    if (status == KITH_OK)
        status = kith_network_build(&network, call->store, &call->view, err);
    if (status == KITH_OK)
        status = kith_layer_build(&layer, &network, &options, err);
    if (status != KITH_OK)
        goto out;
    call_view_facts(call, &table);
    layer_options_facts(&options, call, &table);
    call_note_window(call, &network, &table);
    layer_options_notes(&options, &network, &table);
    status = kith_measures_report(&table, &layer, !options.raw, call_flag(call, "exact"), err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);

out:
    kith_table_free(&table);
    kith_layer_free(&layer);
    kith_network_free(&network);
    layer_options_free(&lists);
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
