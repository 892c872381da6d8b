/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_selfcheck.c: `kith hotspots --self-check`. */
#include "hotspots.h"

#include "kith/selfcheck.h"

static kith_status print(kith_call *call, const kith_selfcheck *check, const kith_network *network,
                         kith_error *err)
{
    kith_table table = { .title = "Last month's lists of places, held against the month after" };

    call_view_facts(call, &table);
    kith_selfcheck_table(&table, check);
    call_note_window(call, network, &table);
    kith_status status = kith_table_status(&table, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

kith_status hotspots_selfcheck(kith_call *call, const kith_hotspots_options *options, kith_error *err)
{
    const uint32_t months = (uint32_t)call_integer(call, "self-check");
    kith_view view = call->view;
    kith_network network = { 0 };
    kith_selfcheck check = { 0 };

    view.since = kith_selfcheck_since(view.as_of, view.since, months);
    kith_status status = kith_network_build(&network, call->store, &view, err);
    if (status == KITH_OK)
        status = kith_selfcheck_run(&check, &network, options, months,
                                    (uint32_t)call_integer(call, "top"), err);
    if (status == KITH_OK)
        status = print(call, &check, &network, err);
    kith_selfcheck_free(&check);
    kith_network_free(&network);
    return status;
}
