/* SPDX-License-Identifier: GPL-3.0-or-later */
/* whatif.c: who may be taken away, and the contacts that are then left. */
#include "kith/whatif.h"

#include <stdlib.h>

#include "alleged.h"

static kith_status admit(const kith_network *network, uint32_t thing, kith_error *err)
{
    const kith_thing *what = &network->things[thing];

    if (what->kind == KITH_GROUP)
        return kith_fail(err, KITH_USAGE,
                         "%s is a group; --without takes places, objects and adults", what->id);
    if (what->kind == KITH_PERSON && kith_may_be_child(network, thing))
        return kith_fail(err, KITH_POLICY,
                         "%s is %s: a child is kept safe, not taken out of the picture. "
                         "--without takes places, objects and adults",
                         what->id,
                         what->born.precision == KITH_UNDATED ? "of unknown age, and may be a child"
                                                              : "a child");
    return KITH_OK;
}

kith_status kith_whatif_build(kith_whatif *whatif, const kith_network *network,
                              const uint32_t *without, size_t count, kith_error *err)
{
    const size_t n = network->thing_count + 1;
    kith_status status = KITH_OK;

    *whatif = (kith_whatif){ 0 };
    for (size_t i = 0; i < count; i++) {
        status = admit(network, without[i], err);
        if (status != KITH_OK)
            return status;
    }
    whatif->alleged = calloc(n, sizeof *whatif->alleged);
    whatif->gone = calloc(n, sizeof *whatif->gone);
    if (whatif->alleged == NULL || whatif->gone == NULL)
        status = kith_no_memory(err);
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        whatif->gone[without[i]] = true;
    if (status == KITH_OK)
        kith_mark_alleged(whatif->alleged, network);
    for (uint32_t t = 0; status == KITH_OK && t < network->thing_count; t++)
        whatif->alleged[t] = whatif->alleged[t] && !kith_may_be_child(network, t);
    if (status == KITH_OK)
        status = kith_contacts_find(&whatif->contacts, network, whatif->gone, err);
    if (status != KITH_OK)
        kith_whatif_free(whatif);
    return status;
}

void kith_whatif_free(kith_whatif *whatif)
{
    kith_contacts_free(&whatif->contacts);
    free(whatif->alleged);
    free(whatif->gone);
    *whatif = (kith_whatif){ 0 };
}
