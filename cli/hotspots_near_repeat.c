/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_near_repeat.c: `kith hotspots --near-repeat`. */
#include <stdlib.h>

#include "hotspots.h"
#include "kith/near_repeat.h"
#include "kith/text.h"

typedef struct edges {
    double of[KITH_NEAR_REPEAT_BANDS_MAX + 1]; /* one too many shows */
    size_t count;
} edges;

static kith_status read_edges(edges *to, const kith_call *call, const char *option, kith_error *err)
{
    char **pieces = NULL;
    size_t count = 0;
    kith_status status = call_list(&pieces, &count, call, option, err);

    if (status == KITH_OK && count > KITH_NEAR_REPEAT_BANDS_MAX)
        status = kith_fail(err, KITH_USAGE, "--%s has %zu edges; at most %d are expected", option, count,
                           KITH_NEAR_REPEAT_BANDS_MAX);
    for (size_t i = 0; i < count && status == KITH_OK; i++)
        if (!kith_number_read(&to->of[i], pieces[i]))
            status = kith_fail(err, KITH_USAGE, "--%s: \"%s\" is no number; edges are written 200,400,600",
                               option, pieces[i]);
    to->count = count;
    free(pieces);
    return status;
}

static kith_status print(kith_call *call, const kith_near_repeat *repeat, const kith_network *network,
                         kith_error *err)
{
    kith_table table = { .title = "Whether events follow each other nearby and soon" };

    call_view_facts(call, &table);
    kith_near_repeat_table(&table, repeat);
    call_note_window(call, network, &table);
    kith_status status = kith_table_status(&table, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

kith_status hotspots_near_repeat(kith_call *call, const kith_hotspots_options *options, kith_error *err)
{
    edges metres = { 0 }, days = { 0 };
    kith_network network = { 0 };
    kith_near_repeat repeat;

    kith_status status = read_edges(&metres, call, "metres", err);
    if (status == KITH_OK)
        status = read_edges(&days, call, "days", err);
    if (status == KITH_OK)
        status = kith_network_build(&network, call->store, &call->view, err);
    if (status != KITH_OK)
        return status;
    const kith_near_options how = { .metric = KITH_NEAR_SPHERE,
                                    .closed = call_flag(call, "closed"),
                                    .metres = metres.of,
                                    .metre_count = metres.count,
                                    .days = days.of,
                                    .day_count = days.count,
                                    .permutations = (uint32_t)call_integer(call, "permutations"),
                                    .seed = call->seed };
    status = kith_near_repeat_places(&repeat, &network, options, &how, err);
    if (status == KITH_OK)
        status = print(call, &repeat, &network, err);
    kith_network_free(&network);
    return status;
}
