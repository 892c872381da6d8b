/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measures.c: `kith measures`. */
#include "kith/measures.h"

#include <string.h>

#include "commands.h"
#include "hub.h"
#include "layer_options.h"

static kith_status run(kith_call *call, kith_error *err)
{
    layer_call opened;
    kith_table table = { .title = "How each one sits in the network" };
    const kith_progress progress = call_progress_to(call);
    kith_measures_options asked = {
        .exact = call_flag(call, "exact"),
        .by_weight = strcmp(call_text(call, "routes"), "weight") == 0,
        .samples = call_given(call, "samples") ? (size_t)call_integer(call, "samples") : 0,
        .seed = call->seed,
        .progress = &progress,
    };

    if (asked.exact && asked.samples > 0)
        return kith_fail(err, KITH_USAGE,
                         "--exact takes every node and --samples some; give one of them");
    kith_status status = layer_call_open_present(&opened, call, &table, err);
    asked.resamples = call_given(call, "resamples") ? (int)call_integer(call, "resamples")
                      : opened.options.raw          ? 0
                                                    : -1;
    if (status == KITH_OK)
        status = kith_measures_report(&table, &opened.layer, !opened.options.raw, &asked, err);
    call_progress_end(call);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    layer_call_close(&opened);
    return status;
}

static const option_row options[] = {
    TABLES_OPTION,
    LAYER_OPTIONS_WHO("together", "all"),
    { "routes", OPTION_CHOICE, .choices = "steps|weight", .initial = "steps",
      .help = "betweenness and harmonic over fewest steps, or over the least sum of 1/weight" },
    { "exact", OPTION_FLAG, .help = "betweenness and harmonic however long they take" },
    { "samples", OPTION_INTEGER, .low = 2, .high = 1e9, .unit = "N",
      .help = "betweenness and harmonic from N nodes, with the error stated" },
    { "resamples", OPTION_INTEGER, .low = 0, .high = 1000, .unit = "N",
      .help = "for intervals (20 where that is quick; none with --raw)" },
    OPTION_END
};

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
        "many, or is watched most. In a large network betweenness and harmonic are estimated from\n"
        "nodes drawn at random, and the error is stated.",
    .example = "kith measures --format csv\n"
               "kith measures --layer links --unweighted\n"
               "kith measures --routes weight --resamples 50",
    .run = run,
};
