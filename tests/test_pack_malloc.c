/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_pack_malloc.c: every allocation on the way to both packs fails once. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "allocations.h"
#include "hub.h"
#include "kith/date.h"
#include "kith/drmm.h"
#include "kith/pack.h"

TestSuite(pack_malloc, .init = begin_hub, .fini = end_hub);

static kith_network network;

static kith_status make_pack(kith_store *store, kith_error *err)
{
    static const char *const ids[] = { "P1" };
    const kith_pack_options options = { .ids = ids, .id_count = 1, .hops = 1, .most = 60,
                                        .names = KITH_NAMES_INITIALS, .seed = 1 };
    kith_pack pack;
    const kith_status status = kith_pack_make(&pack, store, &network, &options, err);

    kith_pack_free(&pack);
    return status;
}

static kith_status make_drmm(kith_store *store, kith_error *err)
{
    const kith_drmm_options options = { .date = kith_day(2022, 6, 30), .first = kith_day(2022, 6, 29),
                                        .names = KITH_NAMES_INITIALS, .seed = 1 };
    kith_drmm drmm;
    const kith_status status = kith_drmm_make(&drmm, store, &network, &options, err);

    kith_drmm_free(&drmm);
    return status;
}

static void let_each_fail(kith_status (*go)(kith_store *, kith_error *))
{
    enum { EACH = 30, STEP = 101 };
    kith_status status = KITH_NO_MEMORY;
    long allowed = 0;

    while (status != KITH_OK && allowed < 100000) {
        kith_store *store = open_hub();
        kith_error err;
        allocations_left = allowed;
        status = go(store, &err);
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "after %ld: %s", allowed, err.message);
        kith_store_close(store);
        allowed += allowed < EACH || getenv("KITH_EVERY_ALLOCATION") != NULL ? 1 : STEP;
    }
    cr_assert(eq(int, status, KITH_OK));
    cr_assert(gt(long, allowed, EACH));
}

Test(pack_malloc, each_allocation_may_fail)
{
    add_person("P1", "2008-01-01");
    add_person("P2", "2008-01-01");
    add_place("L1", "park");
    add_group("G1", "peer_group");
    add_event("E1", "incident", "2022-06-29T15:00", "L1", 2);
    add_part("E1", "P1", "victim");
    add_part("E1", "P2", "witness");
    add_link("P1", "P2", "friend", 0, "", "");
    add_link("P1", "G1", "member_of", 0, "", "");
    add_link("P2", "G1", "member_of", 0, "", "");
    add_contest("link", "1", "", "2022-06-10", "open", "");
    network = network_of(view_of("2022-06-30", 365));
    let_each_fail(make_pack);
    let_each_fail(make_drmm);
    kith_network_free(&network);
}
