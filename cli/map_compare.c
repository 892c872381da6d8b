/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_compare.c: the change picture of `kith map --since`. */
#include "kith/date.h"
#include "kith/map_since.h"
#include "map.h"

/* The same picture as of the earlier day, its window as long. */
static kith_status make_before(kith_scene *before, const kith_call *call,
                               const kith_network *network, const kith_map_options *options,
                               kith_error *err)
{
    kith_network earlier;
    kith_view view = network->view;

    view.as_of = call_day(call, "since");
    view.since = view.as_of - (network->view.as_of - network->view.since);
    kith_status status = kith_network_build(&earlier, call->store, &view, err);
    if (status != KITH_OK)
        return status;
    status = kith_map_scene(before, call->store, &earlier, options, err);
    kith_network_free(&earlier);
    return status;
}

kith_status map_compare(kith_call *call, kith_scene *scene, const kith_network *network,
                        const kith_map_options *options, kith_error *err)
{
    kith_scene before = { 0 };
    kith_map_changes changes;
    char since[KITH_TIME_SIZE];
    kith_map_options earlier = *options;
    kith_status status;

    earlier.base = NULL;
    if (network->view.all_dates)
        return kith_fail(err, KITH_USAGE, "--since compares two days, and --raw is of all dates; leave one out");
    kith_day_write(since, call_day(call, "since"));
    status = make_before(&before, call, network, &earlier, err);
    if (status == KITH_OK)
        status = kith_map_since(&changes, scene, &before, since, err);
    kith_scene_free(&before);
    return status;
}
