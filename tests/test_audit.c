/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log is changed here with SQLite itself, as somebody would who has the hub's key. */
#define _GNU_SOURCE /* memmem */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../engine/audit_private.h"
#include "hub.h"
#include "kith/access.h"
#include "kith/audit.h"
#include "kith/decision.h"
#include "kith/import.h"
#include "support.h"

static kith_error err;
static kith_view view;

static void make_hub(void)
{
    cr_assert(sodium_init() >= 0);
    begin_hub();
    add_person("P1", "2008-01-01");
    add_person("P2", "2008-01-02");
    view = view_of("2022-12-31", 365);
    view.all_dates = true;
}

TestSuite(audit, .init = make_hub, .fini = end_hub);

static char *log_path(void)
{
    static char path[4096];

    snprintf(path, sizeof path, "%s.audit", hub_path());
    return path;
}

static void consult(const char *what, const char *id, const char *why)
{
    kith_store *store = open_hub();

    cr_assert(eq(int, kith_audit_add(store, &(kith_audit_entry){ .act = KITH_AUDIT_CONSULTATION,
                                                                 .what = what, .why = why,
                                                                 .ids = &id, .id_count = id != NULL }, &err),
                 KITH_OK), "%s", err.message);
    kith_store_close(store);
}

static kith_table faults_with(const char *head)
{
    kith_store *store = open_hub();
    kith_table table;

    cr_assert(eq(int, kith_audit_verify(&table, store, &view, head, &err), KITH_OK), "%s", err.message);
    kith_store_close(store);
    return table;
}

/* Seq of the first fault, 0 when there is none. */
static int64_t first_fault(const char *head)
{
    kith_table table = faults_with(head);
    const int64_t seq = kith_table_rows(&table) > 0 ? table.cells[0].integer : 0;

    kith_table_free(&table);
    return seq;
}

static void meddle(const char *sql)
{
    sqlite3 *db;

    cr_assert(eq(int, sqlite3_open(log_path(), &db), SQLITE_OK));
    cr_assert(eq(int, sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK), "%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

static size_t listed(const kith_audit_filter *filter)
{
    kith_store *store = open_hub();
    kith_table table;

    cr_assert(eq(int, kith_audit_list(&table, store, &view, filter, &err), KITH_OK));
    const size_t rows = kith_table_rows(&table);
    kith_table_free(&table);
    kith_store_close(store);
    return rows;
}

/* A link to nowhere stands where the log's file would be made, as a full disk would refuse it. */
Test(audit, an_open_hub_without_its_log_is_read_and_not_changed)
{
    kith_store *store;
    kith_table table;

    cr_assert(zero(int, symlink("nowhere/there", log_path())));
    consult("show", "P1", "");
    store = open_hub();
    cr_expect(zero(int, kith_audit_is_kept(store)));
    cr_expect(eq(int, kith_audit_list(&table, store, &view, &(kith_audit_filter){ 0 }, &err), KITH_HUB));
    cr_expect(ne(ptr, strstr(err.message, "no audit log here"), NULL), "%s", err.message);
    kith_table_free(&table);
    kith_store_close(store);
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_expect(eq(int, kith_decision_confirm(store, &view, "person:P1", "P2", 1656633600, &err), KITH_HUB));
    cr_expect(ne(ptr, strstr(err.message, "the audit log cannot be written"), NULL), "%s", err.message);
    kith_store_close(store);
    cr_assert(zero(int, unlink(log_path())));
    cr_expect(eq(sz, listed(&(kith_audit_filter){ .act = KITH_AUDIT_COMBINATION }), 0));
}

Test(audit, a_change_and_a_reading_are_entries_with_their_words)
{
    const char *const id = "P1";
    consult("show", id, "strategy meeting");
    kith_store *store = open_hub();
    kith_table table;

    cr_expect(kith_audit_is_kept(store));
    cr_assert(eq(int, kith_audit_list(&table, store, &view, &(kith_audit_filter){ .id = id }, &err), KITH_OK));
    cr_assert(eq(sz, kith_table_rows(&table), 1));
    const kith_cell *row = table.cells;
    cr_expect(eq(str, row[2].text, "open"));
    cr_expect(eq(str, row[3].text, "consultation"));
    cr_expect(eq(str, row[4].text, "show"));
    cr_expect(eq(str, row[6].text, "strategy meeting"));
    cr_expect(eq(i64, row[7].integer, 1));
    kith_table_free(&table);
    kith_store_close(store);
    cr_expect(eq(sz, listed(&(kith_audit_filter){ .id = "P2" }), 0));
    cr_expect(eq(sz, listed(&(kith_audit_filter){ .user = "open", .act = KITH_AUDIT_CONSULTATION }), 1));
    cr_expect(eq(sz, listed(&(kith_audit_filter){ .user = "somebody" }), 0));
}

Test(audit, joining_two_records_is_a_combination_that_names_both)
{
    kith_store *store;

    consult("info", NULL, NULL);
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, kith_decision_confirm(store, &view, "person:P1", "P2", 1656633600, &err), KITH_OK));
    kith_store_close(store);
    cr_expect(eq(sz, listed(&(kith_audit_filter){ .id = "P1", .act = KITH_AUDIT_COMBINATION }), 1));
    cr_expect(eq(sz, listed(&(kith_audit_filter){ .id = "P2", .act = KITH_AUDIT_COMBINATION }), 1));
    cr_expect(eq(i64, first_fault(NULL), 0));
}

/* Whose entry the store writes by itself. */
Test(audit, a_change_names_everybody_it_is_about)
{
    static const char *const both[] = { "P1", "P2", NULL };
    kith_store *store;

    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, kith_case_set(store, &view, &(kith_case_change){ .id = "K1", .members = both }, 1656633600, &err), KITH_OK), "%s",
              err.message);
    kith_store_close(store);
    cr_expect(eq(sz, listed(&(kith_audit_filter){ .id = "P1", .act = KITH_AUDIT_ALTERATION }), 1));
    cr_expect(eq(sz, listed(&(kith_audit_filter){ .id = "P2", .act = KITH_AUDIT_ALTERATION }), 1));
    cr_expect(eq(sz, listed(&(kith_audit_filter){ .id = "" }), 0));
}

/* Of the same records: what a purpose or an id is turned into tells nothing of another hub. */
Test(audit, each_log_has_a_seed_of_its_own)
{
    unsigned char seeds[2][32];

    for (int i = 0; i < 2; i++) {
        sqlite3 *db;
        sqlite3_stmt *row;
        consult("info", "P1", "strategy meeting");
        cr_assert(eq(int, sqlite3_open(log_path(), &db), SQLITE_OK));
        cr_assert(eq(int, sqlite3_prepare_v2(db, "SELECT seed FROM head", -1, &row, NULL), SQLITE_OK), "%s", sqlite3_errmsg(db));
        cr_assert(eq(int, sqlite3_step(row), SQLITE_ROW));
        cr_assert(eq(int, sqlite3_column_bytes(row, 0), (int)sizeof seeds[i]));
        memcpy(seeds[i], sqlite3_column_blob(row, 0), sizeof seeds[i]);
        sqlite3_finalize(row);
        sqlite3_close(db);
        cr_assert(eq(int, remove(log_path()), 0));
    }
    cr_expect(ne(int, memcmp(seeds[0], seeds[1], sizeof seeds[0]), 0));
}

/* As somebody would leave them who has the key. */
Test(audit, an_act_that_is_none_is_listed_as_unknown)
{
    static const int acts[] = { 9, 0, -1 };
    kith_table table;
    char sql[100];

    consult("show", "P1", NULL);
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        snprintf(sql, sizeof sql, "PRAGMA ignore_check_constraints = ON; UPDATE entry SET act = %d WHERE seq = 1", acts[i]);
        meddle(sql);
        kith_store *store = open_hub();
        cr_assert(eq(int, kith_audit_list(&table, store, &view, &(kith_audit_filter){ 0 }, &err), KITH_OK), "%s", err.message);
        cr_expect(eq(str, table.cells[3].text, "unknown"));
        kith_table_free(&table);
        kith_store_close(store);
        cr_expect(eq(i64, first_fault(NULL), 1));
    }
}

Test(audit, a_hash_or_a_seed_of_another_size_is_a_damaged_log)
{
    static const char *const ways[] = { "SET hash = x'00'", "SET seed = x'00'", "SET seed = zeroblob(64)" };
    char sql[100];
    size_t size;

    consult("show", "P1", NULL);
    char *whole = read_file(log_path(), &size);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        kith_store *store;
        snprintf(sql, sizeof sql, "PRAGMA ignore_check_constraints = ON; UPDATE head %s", ways[i]);
        meddle(sql);
        cr_expect(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_ONLY, &err), KITH_HUB), "%s", ways[i]);
        cr_expect(strstr(err.message, "the audit log is damaged") != NULL, "%s", err.message);
        write_file(log_path(), whole, size);
    }
    free(whole);
}

/* The schema forbids it; who has the key can change that. */
Test(audit, an_entry_without_one_of_its_fields_is_a_fault)
{
    static const char *const fields[] = { "at", "user", "what", "recipient" };
    char sql[100];

    consult("show", "P1", NULL);
    meddle("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') WHERE name = 'entry'");
    size_t size;
    char *whole = read_file(log_path(), &size);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        snprintf(sql, sizeof sql, "UPDATE entry SET %s = NULL WHERE seq = 1", fields[i]);
        meddle(sql);
        cr_expect(eq(i64, first_fault(NULL), 1), "%s", fields[i]);
        kith_table table = faults_with(NULL);
        cr_expect(eq(str, table.cells[1].text, "this entry lacks a field"), "%s", fields[i]);
        kith_table_free(&table);
        write_file(log_path(), whole, size);
    }
    free(whole);
}

Test(audit, an_entry_that_names_too_many_records_is_refused)
{
    kith_store *store = open_hub();
    const kith_audit_entry entry = { .act = KITH_AUDIT_CONSULTATION, .what = "show", .id_count = (4 << 20) + 1 };

    cr_expect(eq(int, kith_audit_add(store, &entry, &err), KITH_INTERNAL));
    kith_store_close(store);
}

Test(audit, a_change_that_is_undone_leaves_no_entry)
{
    kith_store *store;

    consult("info", NULL, NULL);
    const size_t before = listed(&(kith_audit_filter){ 0 });
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, kith_store_begin(store, &err), KITH_OK));
    cr_assert(eq(int, kith_audit_add(store, &(kith_audit_entry){ .act = KITH_AUDIT_ALTERATION, .what = "x" }, &err),
                 KITH_OK));
    kith_store_rollback(store);
    kith_store_close(store);
    cr_expect(eq(sz, listed(&(kith_audit_filter){ 0 }), before));
    cr_expect(eq(i64, first_fault(NULL), 0));
}

Test(audit, a_commit_without_an_entry_of_its_own_gets_one)
{
    kith_store *store;

    consult("info", NULL, NULL);
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    kith_audit_describe(store, "try", "because");
    cr_assert(eq(int, kith_store_begin(store, &err), KITH_OK));
    kith_audit_act(store, KITH_AUDIT_ERASURE, "two words");
    cr_assert(eq(int, kith_store_commit(store, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(int, kith_store_begin(store, &err), KITH_OK));
    cr_assert(eq(int, kith_store_commit(store, &err), KITH_OK));
    kith_store_close(store);
    cr_expect(eq(sz, listed(&(kith_audit_filter){ .act = KITH_AUDIT_ERASURE }), 1));
    cr_expect(eq(sz, listed(&(kith_audit_filter){ .act = KITH_AUDIT_ALTERATION }), 1), "of the second change");
    cr_expect(eq(i64, first_fault(NULL), 0));
}

/* Ten ways to change one of three entries; each is found, and at it or at the one after. */
Test(audit, every_change_of_an_entry_is_found_where_it_is)
{
    static const char *const ways[] = {
        "UPDATE entry SET at = '2001-01-01T00:00:00Z' WHERE seq = 2",
        "UPDATE entry SET user = 'nobody' WHERE seq = 2",
        "UPDATE entry SET act = 4 WHERE seq = 2",
        "UPDATE entry SET what = 'shox' WHERE seq = 2",
        "UPDATE entry SET recipient = 'x' WHERE seq = 2",
        "UPDATE entry SET why = 'another' WHERE seq = 2",
        "UPDATE entry SET why_seal = zeroblob(32) WHERE seq = 2",
        "UPDATE entry SET ids = zeroblob(16) WHERE seq = 2",
        "UPDATE entry SET ids = x'' WHERE seq = 2",
        "UPDATE entry SET changes = 7 WHERE seq = 2",
        "UPDATE entry SET hash = zeroblob(32) WHERE seq = 2",
    };

    consult("info", NULL, "first");
    consult("show", "P1", "second");
    consult("show", "P2", "third");
    cr_assert(eq(i64, first_fault(NULL), 0));
    char *whole = NULL;
    size_t size;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        whole = read_file(log_path(), &size);
        meddle(ways[i]);
        cr_expect(eq(i64, first_fault(NULL), 2), "%s", ways[i]);
        write_file(log_path(), whole, size);
        free(whole);
    }
    cr_expect(eq(i64, first_fault(NULL), 0));
}

Test(audit, an_entry_that_is_cut_moved_or_added_is_found)
{
    static const char *const ways[] = {
        "DELETE FROM entry WHERE seq = 2",
        "DELETE FROM entry WHERE seq = 3",
        "DELETE FROM entry WHERE seq = 1",
        "UPDATE entry SET seq = 9 WHERE seq = 1; UPDATE entry SET seq = 1 WHERE seq = 2;"
        "UPDATE entry SET seq = 2 WHERE seq = 9",
        "INSERT INTO entry SELECT 4, at, user, act, what, recipient, why, why_seal, ids, changes, hash "
        "FROM entry WHERE seq = 3",
        "UPDATE head SET hash = zeroblob(32)",
    };

    consult("info", NULL, "first");
    consult("show", "P1", "second");
    consult("show", "P2", "third");
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        size_t size;
        char *whole = read_file(log_path(), &size);
        meddle(ways[i]);
        cr_expect(ne(i64, first_fault(NULL), 0), "%s", ways[i]);
        write_file(log_path(), whole, size);
        free(whole);
    }
}

Test(audit, an_emptied_purpose_is_no_fault_and_another_one_is)
{
    consult("show", "P1", "about a name that was erased");
    meddle("UPDATE entry SET why = NULL");
    cr_expect(eq(i64, first_fault(NULL), 0));
    meddle("UPDATE entry SET why = ''");
    cr_expect(eq(i64, first_fault(NULL), 1));
}

Test(audit, an_older_copy_of_the_hub_or_of_the_log_is_noticed)
{
    size_t hub_size, log_size;
    kith_store *store;

    consult("info", NULL, NULL);
    char *hub = read_file(hub_path(), &hub_size), *log = read_file(log_path(), &log_size);
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_expect(eq(ptr, (void *)kith_audit_noticed(store), NULL));
    cr_assert(eq(int, kith_store_begin(store, &err), KITH_OK));
    cr_assert(eq(int, kith_store_commit(store, &err), KITH_OK));
    kith_store_close(store);

    char *newer = read_file(hub_path(), NULL);
    write_file(hub_path(), hub, hub_size);
    store = open_hub();
    cr_assert(ne(ptr, (void *)kith_audit_noticed(store), NULL));
    cr_expect(ne(ptr, strstr(kith_audit_noticed(store), "the hub is an older copy"), NULL));
    kith_store_close(store);
    cr_expect(ne(i64, first_fault(NULL), 0));

    write_file(hub_path(), newer, hub_size);
    write_file(log_path(), log, log_size);
    store = open_hub();
    cr_assert(ne(ptr, (void *)kith_audit_noticed(store), NULL));
    cr_expect(ne(ptr, strstr(kith_audit_noticed(store), "the audit log is an older copy"), NULL));
    kith_store_close(store);
    free(hub);
    free(log);
    free(newer);
}

static void seal(kith_text *head)
{
    unsigned char key[KITH_AUDIT_KEY_SIZE] = { 1, 2, 3 };
    kith_store *store = open_hub();

    cr_assert(eq(int, kith_audit_seal(head, store, &view, key, &err), KITH_OK));
    kith_store_close(store);
}

Test(audit, a_signed_head_finds_a_log_that_was_written_anew)
{
    kith_text head = { 0 };

    consult("show", "P1", "first");
    consult("show", "P2", "second");
    seal(&head);
    consult("show", "P1", "third");
    cr_expect(eq(i64, first_fault(head.data), 0), "a longer log holds what was signed");
    remove(log_path()); /* and a new one, whole in itself, in its place */
    consult("show", "P2", "first");
    consult("show", "P2", "second");
    cr_expect(eq(i64, first_fault(NULL), 0));
    cr_expect(eq(i64, first_fault(head.data), 2));
    remove(log_path());
    consult("show", "P2", "first");
    cr_expect(eq(i64, first_fault(head.data), 1), "a shorter one does not");
    kith_text_free(&head);
}

Test(audit, a_head_that_was_changed_is_refused)
{
    kith_text head = { 0 };
    kith_store *store;
    kith_table table;

    consult("show", "P1", NULL);
    seal(&head);
    store = open_hub();
    for (size_t i = 0; i < head.size; i++) {
        const char was = head.data[i];
        if (was == '\n')
            continue;
        head.data[i] = was == '1' ? '2' : '1';
        cr_expect(eq(int, kith_audit_verify(&table, store, &view, head.data, &err), KITH_INPUT), "byte %zu", i);
        kith_table_free(&table);
        head.data[i] = was;
    }
    cr_expect(eq(int, kith_audit_verify(&table, store, &view, "", &err), KITH_INPUT));
    kith_table_free(&table);
    kith_store_close(store);
    kith_text_free(&head);
}

/* A line that is longer, shorter or not there; a key of another size. */
Test(audit, lines_that_are_none_of_a_head_are_refused)
{
    static const char *const names[] = { "kith audit head", "entries", "hash", "at", "key", "signature" };
    enum { WAYS = 4 };
    kith_text head = { 0 };
    kith_table table;

    consult("show", "P1", NULL);
    seal(&head);
    kith_store *store = open_hub();
    cr_expect(eq(int, kith_audit_verify(&table, store, &view, head.data, &err), KITH_OK), "%s", err.message);
    kith_table_free(&table);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (int way = 0; way < WAYS; way++) {
            const char *line = strstr(head.data, names[i]), *end = strchr(line, '\n');
            kith_text other = { 0 };
            kith_text_add_bytes(&other, head.data, (size_t)(line - head.data));
            if (way == 0) /* a figure less */
                kith_text_format(&other, "%.*s\n", (int)(end - line - 1), line);
            else if (way == 1)
                kith_text_format(&other, "%.*s %0150d\n", (int)strlen(names[i]), line, 2);
            else if (way == 2)
                kith_text_format(&other, "%.*s %040d\n", (int)strlen(names[i]), line, 2);
            kith_text_add(&other, end + 1); /* else the line is left out */
            cr_expect(eq(int, kith_audit_verify(&table, store, &view, other.data, &err), KITH_INPUT), "%s, %d", names[i], way);
            kith_table_free(&table);
            kith_text_free(&other);
        }
    kith_store_close(store);
    kith_text_free(&head);
}

Test(audit, the_log_holds_no_id_and_no_name)
{
    size_t size;

    consult("show", "P-needle-1", NULL);
    char *bytes = read_file(log_path(), &size);
    cr_expect(eq(ptr, memmem(bytes, size, "needle", 6), NULL));
    free(bytes);
}

/* Worked out by Python's hashlib: blake2b of 32 bytes with the hash before as its key, over numbers of eight bytes, the
 * lowest first, and each text behind its length. */
Test(audit, an_entry_has_the_hash_that_others_work_out)
{
    static const char expected[] = "f1efc6bfec84bf3ae836ab22c0b8305ad3e8a87e35f0ab6a06738083e0e5c721";
    audit_hash before, hash;
    audit_record record = { .seq = 7, .at = "2022-06-30T08:00:00Z", .user = "ash", .act = 3, .what = "show", .to = "school",
                            .ids = before, .ids_size = AUDIT_DIGEST, .changes = 5 };
    char digits[2 * AUDIT_HASH + 1];

    for (int i = 0; i < AUDIT_HASH; i++) {
        before[i] = (unsigned char)i;
        record.why_seal[i] = (unsigned char)(64 + i);
    }
    audit_chain(hash, before, &record);
    cr_expect(eq(str, sodium_bin2hex(digits, sizeof digits, hash, AUDIT_HASH), (char *)expected));
}

/* tests/audit-mutations works the hashes out. */
Test(audit, the_export_has_every_entry_and_each_follows_the_one_before)
{
    enum { COLUMNS = 12, BEFORE = 10, HASH = 11 };
    kith_table table;
    kith_store *store;

    consult("show", "P1", "a reason");
    consult("show", "P2", NULL);
    cr_assert(eq(int, kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK));
    cr_assert(eq(int, kith_audit_export(&table, store, &view, &err), KITH_OK), "%s", err.message);
    cr_assert(eq(sz, table.column_count, COLUMNS));
    cr_assert(ge(sz, kith_table_rows(&table), 2));
    for (size_t r = 0; r < kith_table_rows(&table); r++) {
        const kith_cell *row = &table.cells[r * COLUMNS];
        cr_expect(eq(i64, row[0].integer, (int64_t)r + 1));
        cr_expect(eq(sz, strlen(row[HASH].text), 64));
        if (r > 0)
            cr_expect(eq(str, row[BEFORE].text, row[HASH - COLUMNS].text));
    }
    kith_table_free(&table);
    kith_store_close(store);
}
