/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of actions and decisions, the check, contacts, associations, backups, keys, sealed
 * files, terms, GraphML and figures of places fails once, and each time that is said, nothing leaks, and
 * the next try succeeds as if none had failed. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "allocations.h"
#include "hub.h"
#include "kith/actions.h"
#include "kith/association.h"
#include "kith/backup.h"
#include "kith/check.h"
#include "kith/contact.h"
#include "kith/graphml.h"
#include "kith/key.h"
#include "kith/language.h"
#include "kith/seal.h"
#include "kith/spatial.h"
#include "kith/suppress.h"
#include "kith/two_mode.h"
#include "support.h"

enum { NOW = 1656633600, TODAY = 19053, FIRST = 6 }; /* 2022-07-01 and 2022-03-02 */

static kith_error err;
static kith_view view;
static kith_store *store;
static kith_network network;
static kith_secret *secret;
static char *copy, *key_file, *other_file, *name;

static void set_up(void)
{
    cr_assert(sodium_init() >= 0);
    begin_hub();
    set_origin("police", "R1", "");
    add_person("P1", "2008-01-01");
    add_person("P2", "2031-01-02");
    add_place("L1", "takeaway");
    add_group("G1", "peer");
    add_event("E1", "incident", "2022-02-28", "L1", 0);
    add_part("E1", "P1", "victim");
    add_part("E1", "P2", "victim");
    add_link("P1", "P2", "friend", 0, "", "");
    add_link("P1", "G1", "member_of", 0, "", "");
    view = view_of("2022-12-31", 365);
    view.all_dates = true;
    view.user = "open";
    network = network_of(view);
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK), "%s", err.message);
    copy = path_in(hub_folder(), "copy.kith");
    name = path_in(hub_folder(), "ring.kith");
    key_file = path_in(hub_folder(), "key");
    write_file(key_file, "0123456789abcdef0123456789abcdef", 32);
    other_file = path_in(hub_folder(), "other");
    write_file(other_file, "0123456789ABCDEF0123456789ABCDEF", 32);
    cr_assert(eq(int, kith_secret_from_file(&secret, key_file, &err), KITH_OK), "%s", err.message);
}

static void tear_down(void)
{
    kith_secret_free(secret);
    free(other_file);
    free(key_file);
    free(name);
    free(copy);
    kith_store_close(store);
    kith_network_free(&network);
    end_hub();
}

TestSuite(records_malloc, .init = set_up, .fini = tear_down);

typedef kith_status act(kith_table *table);

/* Fails each allocation of the act once; the tries end with one that succeeds. */
static void fail_each(act *tried, const char *what)
{
    const bool every = getenv("KITH_EVERY_ALLOCATION") != NULL; /* many minutes */
    kith_status status = KITH_NO_MEMORY;

    for (long allowed = 0; status == KITH_NO_MEMORY; allowed += every || allowed < FIRST ? 1 : allowed / 6) {
        kith_table table = { 0 };
        allocations_left = allowed;
        status = tried(&table);
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "%s, %ld: %s", what, allowed, err.message);
        kith_table_free(&table);
    }
}

static kith_status record_action(kith_table *table)
{
    const kith_new_action action = { .subject = "P1", .action = "ask the school", .owner_role = "school lead" };
    char id[KITH_ACTION_ID_SIZE];

    (void)table;
    return kith_action_record(id, store, &view, &action, TODAY, &err);
}

static kith_status record_minute(kith_table *table)
{
    const kith_new_minute minute = { .subject = "P1", .meeting = "drmm", .what = "decision", .text = "Visit.", .on = TODAY };
    int64_t number;

    (void)table;
    return kith_minute_record(&number, store, &view, &minute, NOW, &err);
}

static kith_status take_minute_back(kith_table *table)
{
    (void)table;
    return kith_minute_undo(store, &view, 1, NOW, &err);
}

static kith_status load_minutes(kith_table *table)
{
    static const char sheet[] = "subject_id,action,decision,decided\nP1,Ring the school,,\nP2,,Wait for health,decision\n";
    kith_minutes_count count;
    FILE *in = fmemopen((void *)(size_t)sheet, sizeof sheet - 1, "r");

    (void)table;
    cr_assert(ne(ptr, in, NULL));
    const kith_status status = kith_minutes_load(&count, store, &view, in, "sheet.csv", "mapping", TODAY, NOW, &err);
    fclose(in);
    return status;
}

static kith_status read_actions(kith_table *table)
{
    kith_actions actions;
    const kith_status status = kith_actions_read(&actions, store, &view, &err);

    (void)table;
    if (status == KITH_OK) {
        cr_expect(eq(sz, actions.count, 2));
        cr_expect(eq(sz, actions.minute_count, 1), "one of two was taken back");
    }
    kith_actions_free(&actions);
    return status;
}

Test(records_malloc, actions_and_decisions)
{
    fail_each(record_action, "record an action");
    fail_each(record_minute, "record a decision");
    fail_each(take_minute_back, "take a decision back");
    fail_each(load_minutes, "load a sheet");
    fail_each(read_actions, "read them");
}

static kith_status check_hub(kith_table *table)
{
    size_t serious;

    return kith_check(table, &serious, store, &view, NULL, true, &err);
}

static kith_status find_contacts(kith_table *table)
{
    kith_contacts contacts;
    const kith_status status = kith_contacts_find(&contacts, &network, NULL, &err);

    (void)table;
    if (status == KITH_OK)
        cr_expect(kith_contacts_have(&contacts, thing_called(&network, "P1"), thing_called(&network, "P2")));
    kith_contacts_free(&contacts);
    return status;
}

static kith_status find_associations(kith_table *table)
{
    kith_associations found;
    const kith_status status = kith_associations_read(&found, store, &view, 1, &err);

    (void)table;
    kith_associations_free(&found);
    return status;
}

static kith_status back_up(kith_table *table)
{
    return kith_backup_make(table, store, NULL, copy, &err);
}

static kith_status restore(kith_table *table)
{
    kith_store *backup = NULL;
    kith_status status = kith_store_open(&backup, copy, NULL, KITH_READ_ONLY, &err);

    if (status == KITH_OK)
        status = kith_backup_restore(table, backup, NULL, name, false, &err);
    kith_store_close(backup);
    return status;
}

Test(records_malloc, what_is_read_of_a_hub_and_its_copies)
{
    fail_each(check_hub, "check");
    fail_each(find_contacts, "contacts");
    fail_each(find_associations, "associations");
    fail_each(back_up, "backup");
    fail_each(restore, "restore");
}

/* Every third of the allocations: SQLite tells some of them as damage. */
Test(records_malloc, a_check_without_memory_is_not_a_damaged_hub)
{
    kith_status status = KITH_NO_MEMORY;

    for (long allowed = 0; status != KITH_OK; allowed += 3) {
        allocations_left = allowed;
        status = kith_store_verify(store, &err);
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "%ld: %s", allowed, err.message);
    }
}

static kith_status keep_ring(kith_table *table)
{
    kith_keyring *ring = NULL;
    kith_secret *other = NULL;
    kith_status status = kith_secret_from_file(&other, other_file, &err);

    (void)table;
    if (status == KITH_OK)
        status = kith_keyring_create(&ring, "ash", secret, &err);
    if (status == KITH_OK)
        status = kith_keyring_add(ring, "bo", other, &err);
    if (status == KITH_OK)
        status = kith_keyring_revoke(ring, "bo", &err);
    if (status == KITH_OK)
        status = kith_keyring_rotate(ring, other, &err);
    if (status == KITH_OK)
        status = kith_keyring_save(ring, name, &err);
    kith_keyring_free(ring);
    kith_secret_free(other);
    return status;
}

static kith_status open_ring(kith_table *table)
{
    kith_keyring *ring = NULL;
    kith_secret *other = NULL;
    kith_status status = kith_secret_from_file(&other, other_file, &err);

    (void)table;
    if (status == KITH_OK)
        status = kith_keyring_open(&ring, name, other, &err);
    kith_keyring_free(ring);
    kith_secret_free(other);
    return status;
}

static kith_status seal_and_open(kith_table *table)
{
    static const char words[] = "Three children, one takeaway.";
    kith_public_key key;
    kith_text sealed = { 0 }, opened = { 0 };
    kith_status status = kith_public_key_of(&key, secret, &err);

    (void)table;
    if (status == KITH_OK)
        status = kith_seal(&sealed, words, sizeof words, &key, &err);
    if (status == KITH_OK)
        status = kith_unseal(&opened, sealed.data, sealed.size, secret, &err);
    if (status == KITH_OK)
        cr_expect(strcmp(opened.data, words) == 0);
    kith_text_free(&sealed);
    kith_text_free(&opened);
    return status;
}

static kith_status read_terms(kith_table *table)
{
    kith_terms *terms = NULL;
    const kith_status status = kith_terms_read(&terms, NULL, &err);

    (void)table;
    kith_terms_free(terms);
    return status;
}

static bool take(void *context, const kith_csv_record *record)
{
    (void)context;
    (void)record;
    return true;
}

static void fault(void *context, size_t line, const char *message)
{
    (void)context;
    cr_assert(false, "%zu: %s", line, message);
}

static kith_status read_graphml(kith_table *table)
{
    static const char file[] = "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">"
                               "<key id=\"k\" for=\"node\" attr.name=\"role\" attr.type=\"string\"/><graph edgedefault=\"directed\">"
                               "<node id=\"a\"><data key=\"k\">child</data></node><node id=\"b\"/><edge source=\"a\" target=\"b\"/>"
                               "</graph></graphml>";
    const kith_csv_handler handler = { NULL, take, take, fault };
    const kith_graphml_form form = { .rows = KITH_GRAPHML_NODES };
    uint64_t counts[KITH_GRAPHML_TABLES];
    bool whole = false;
    FILE *in = fmemopen((void *)(size_t)file, sizeof file - 1, "r");

    (void)table;
    cr_assert(ne(ptr, in, NULL));
    const kith_status status = kith_graphml_read(&whole, counts, in, &form, &handler, &err);
    if (status == KITH_OK)
        cr_expect(whole && counts[KITH_GRAPHML_NODES] == 2 && counts[KITH_GRAPHML_EDGES] == 1);
    fclose(in);
    return status;
}

Test(records_malloc, keys_sealed_files_terms_and_networks)
{
    fail_each(keep_ring, "keep a ring");
    fail_each(open_ring, "open a ring");
    fail_each(seal_and_open, "seal");
    fail_each(read_terms, "terms");
    fail_each(read_graphml, "GraphML");
}

static kith_status walk(kith_table *table)
{
    static const size_t first[] = { 0, 2, 3 };
    static const uint32_t person[] = { 0, 1, 1 };
    static const double weight[] = { 1, 1, 2 }, start[] = { 0.5, 0.5 };
    const kith_two_mode graph = { .person_count = 2, .place_count = 2, .first = first, .person = person, .weight = weight };
    double share[2];

    (void)table;
    return kith_two_mode_walk(share, &graph, start, 0.85, 1e-10, NULL, &err);
}

static kith_status hide_counts(kith_table *table)
{
    static const char *const names[] = { "children" };

    kith_table_column(table, "children", KITH_CELL_INTEGER);
    kith_table_integer(table, 4);
    kith_table_missing(table);
    kith_table_integer(table, 40);
    if (kith_table_status(table, &err) != KITH_OK)
        return KITH_NO_MEMORY;
    const kith_status status = kith_suppress_columns(table, names, 1, KITH_SUPPRESS_DEFAULT, &err);
    if (status == KITH_OK)
        cr_expect(strcmp(table->cells[0].text, "fewer than 10") == 0 && table->cells[1].missing);
    return status;
}

static const kith_point points[] = { { 53.70, -1.90 }, { 53.71, -1.90 }, { 53.80, -1.70 } };
static const double values[] = { 1, 2, 3 };

static kith_status add_up_within(kith_table *table)
{
    kith_nearby nearby[3];

    (void)table;
    return kith_nearby_sums(nearby, points, values, 3, 2000, &err);
}

static kith_status add_up_nearest(kith_table *table)
{
    kith_nearby nearby[3];

    (void)table;
    return kith_nearest_sums(nearby, points, values, 3, 1, &err);
}

Test(records_malloc, figures_of_places)
{
    fail_each(hide_counts, "hidden counts");
    fail_each(walk, "a walk");
    fail_each(add_up_within, "sums within a distance");
    fail_each(add_up_nearest, "sums of the nearest");
}
