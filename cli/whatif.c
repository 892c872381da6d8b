/* SPDX-License-Identifier: GPL-3.0-or-later */
/* whatif.c: `kith whatif`. */
#include "kith/whatif.h"

#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "kith/record.h"

/* The things named by --without, each once. without has room for count. */
static kith_status find_things(uint32_t *without, const kith_network *network, char **ids,
                               size_t count, kith_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const kith_status status = kith_network_find(&without[i], network, ids[i], err);
        if (status != KITH_OK)
            return status;
        for (size_t j = 0; j < i; j++)
            if (without[j] == without[i])
                return kith_fail(err, KITH_USAGE, "--without names %s twice; name it once", ids[i]);
    }
    return KITH_OK;
}

static kith_status answer(kith_call *call, const kith_network *network, char **ids, size_t count,
                          kith_error *err)
{
    kith_table table = { .title = "What if it were gone" };
    kith_whatif whatif = { 0 };
    uint32_t *without = malloc((count + 1) * sizeof *without);

    kith_status status =
        without == NULL ? kith_no_memory(err) : find_things(without, network, ids, count, err);
    if (status == KITH_OK)
        status = kith_whatif_build(&whatif, network, without, count, err);
    if (status == KITH_OK) {
        call_view_facts(call, &table);
        for (size_t i = 0; i < count; i++)
            kith_table_fact(&table, "without", "%s, %s", network->things[without[i]].id,
                            kith_kind_word[network->things[without[i]].kind]);
        status = kith_whatif_report(&table, &whatif, err);
        call_note_window(call, network, &table);
    }
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    kith_whatif_free(&whatif);
    free(without);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    kith_network network = { 0 };
    char **ids = NULL;
    size_t count = 0;

    if (!call_given(call, "without"))
        return kith_fail(err, KITH_USAGE,
                         "whatif needs --without and the id of a place, an object or an adult");
    kith_status status = call_list(&ids, &count, call, "without", err);
    if (status == KITH_OK)
        status = kith_network_build(&network, call->store, &call->view, err);
    if (status == KITH_OK)
        status = answer(call, &network, ids, count, err);
    kith_network_free(&network);
    free(ids);
    return status;
}

static const option_row options[] = {
    { "without", OPTION_TEXT, .unit = "ID,ID",
      .help = "the place, object or adult that is gone; several at once" },
    OPTION_END
};

const kith_command command_whatif = {
    .name = "whatif",
    .summary = "which children lose exposure if a place, object or adult is gone",
    .operands = "",
    .hub = HUB_READ,
    .options = options,
    .about =
        "For each child, the adults alleged to harm whom the records join to the child in one\n"
        "contact or two, before and after a place, an object (a phone, a vehicle) or an adult is\n"
        "gone: who is no longer reached, and which routes remain. With a place its events go.\n"
        "Only children who lose a route are listed, in id order. A child is never taken away:\n"
        "exit code 4.",
    .example = "kith whatif --without L01 --as-of 2021-07-31\n"
               "kith whatif --without P072,O2 --as-of 2021-07-31 --format csv",
    .run = run,
};
