/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_options.c: words of the command line to how groups are found. */
#include "peers_options.h"

#include <string.h>

kith_peers_options peers_options_read(const kith_call *call, bool raw)
{
    const bool cpm = strcmp(call_text(call, "objective"), "cpm") == 0;

    return (kith_peers_options){
        .objective = cpm ? KITH_CPM : KITH_MODULARITY,
        .resolution = call_given(call, "resolution") ? call_number(call, "resolution") : 0,
        .seed = call->seed,
        .least = call_given(call, "smallest") ? (uint32_t)call_integer(call, "smallest")
                 : raw                        ? 2
                                              : 3,
    };
}
