/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_peers_data.c: the four girls of the sample town, with one agency's records gone.
 *
 * Their group is written down in samples/harbour-town/ANSWERS.md. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/import.h"
#include "kith/peers.h"

static kith_network network;
static kith_layer layer;
static kith_peers peers;
static kith_error err;

static void forget(void)
{
    kith_peers_free(&peers);
    kith_layer_free(&layer);
    kith_network_free(&network);
}

static void drop(void)
{
    forget();
    end_hub();
}

static void load(void)
{
    const kith_view view = { .user = "test", .purpose = "", .audience = "", .all_dates = true };
    const kith_import_options how = { .now = 1640995200 };
    const char *town = KITH_SOURCE_DIR "/samples/harbour-town";
    kith_import_report report;
    kith_store *store;

    begin_hub();
    cr_assert(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err) == KITH_OK);
    cr_assert(kith_import(&report, store, &view, &town, 1, &how, &err) == KITH_OK, "%s",
              err.message);
    kith_import_report_free(&report);
    kith_store_close(store);
}

TestSuite(peers_data, .init = load, .fini = drop);

static void find(void)
{
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
    const kith_peers_options usual = { .seed = 1, .resamples = -1, .least = 3 };

    network = network_of(view_of("2021-12-31", 365));
    cr_assert(kith_layer_build(&layer, &network, &together, &err) == KITH_OK);
    cr_assert(kith_peers_find(&peers, &layer, &usual, &err) == KITH_OK);
}

static uint32_t node(const char *id)
{
    return kith_layer_node_of(&layer, thing_called(&network, id));
}

/* Whether the four are a group of their own. */
static bool are_a_group(void)
{
    const char *girls[] = { "P001", "P002", "P003", "P004" };
    const uint32_t group = kith_peers_group_of(&peers, node(girls[0]));

    if (group == KITH_NOTHING || peers.clustering.size[group] != 4)
        return false;
    for (int i = 1; i < 4; i++)
        if (kith_peers_group_of(&peers, node(girls[i])) != group)
            return false;
    return true;
}

Test(peers_data, four_girls_are_sure_of_their_group_and_missing_together_comes_first)
{
    find();
    cr_assert(are_a_group());
    for (int i = 1; i <= 4; i++) {
        char id[16];
        kith_text reasons = { 0 };
        snprintf(id, sizeof id, "P00%d", i);
        cr_expect(peers.stability[node(id)] > 0.9, "%s", id);
        cr_assert(kith_peers_reasons(&reasons, &peers, &layer, node(id), &err) == KITH_OK);
        cr_expect(strncmp(kith_text_string(&reasons), "missing together with P00", 25) == 0);
        cr_expect(not(kith_peers_by_association(&peers, &layer, node(id))));
        kith_text_free(&reasons);
    }
}

static void forget_agency(const char *agency)
{
    static const char of[] =
        "(SELECT row FROM origin WHERE source = (SELECT row FROM source WHERE name = '%s'))";
    static const char *const statements[] = {
        ("DELETE FROM participation WHERE origin IN %s OR event IN "
         "(SELECT row FROM event WHERE origin IN %s)"),
        "UPDATE context SET event = NULL WHERE event IN (SELECT row FROM event WHERE origin IN %s)",
        "DELETE FROM event WHERE origin IN %s",
        "DELETE FROM link WHERE origin IN %s",
    };
    char origins[256], sql[1024];

    snprintf(origins, sizeof origins, of, agency);
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        snprintf(sql, sizeof sql, statements[i], origins, origins);
        run_sql(sql);
    }
}

/* Whichever agency's records are gone, the group is there, or was said to rest on them. */
Test(peers_data, without_any_one_agency_the_group_stays_or_said_what_it_rests_on)
{
    const char *agencies[] = { "police", "school", "youth_work", "missing_team", "health",
                               "social_care" };
    int kept = 0;

    for (size_t i = 0; i < sizeof agencies / sizeof *agencies; i++) {
        kith_text seen = { 0 };
        bool alone;
        char rests[64];
        find();
        cr_assert(kith_peers_agencies(&seen, &alone, &peers, &layer,
                                      kith_peers_group_of(&peers, node("P001")), &err) == KITH_OK);
        snprintf(rests, sizeof rests, "rests on %s", agencies[i]);
        const bool said = strstr(kith_text_string(&seen), rests) != NULL;
        forget();
        forget_agency(agencies[i]);
        find();
        cr_expect(are_a_group() || said, "%s: %s", agencies[i], kith_text_string(&seen));
        kept += are_a_group();
        kith_text_free(&seen);
        drop();
        load();
    }
    cr_expect(eq(int, kept, 6));
}
