/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_queries.c: every statement is what its heading says (queries/README.md).
 *
 * Scans are found in SQLite's bytecode, not in the text of its query plan: a cursor that
 * is rewound walks a whole table or index, and its root page tells which. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/store.h"
#include "../engine/store_private.h"

enum { NAMES_MAX = 64, NAME_SIZE = 64, CURSORS_MAX = 256 };

typedef struct names {
    char name[NAMES_MAX][NAME_SIZE], type[NAMES_MAX][NAME_SIZE];
    int count;
} names;

typedef struct heading {
    names parameters, columns, scans;
    bool named;   /* begins with the file's name */
    bool one_row; /* no ORDER BY is needed */
} heading;

static sqlite3 *hub(void)
{
    kith_error err = { 0 };
    sqlite3 *db = NULL;

    cr_assert_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    cr_assert_eq(kith_schema_create(db, "memory", &err), KITH_OK, "%s", err.message);
    cr_assert_eq(sqlite3_exec(db, "ATTACH ':memory:' AS audit", NULL, NULL, NULL), SQLITE_OK);
    for (size_t i = 0; i < kith_schema_count; i++)
        if (strcmp(kith_schema[i].name, "audit_schema") == 0)
            cr_assert_eq(sqlite3_exec(db, kith_schema[i].bytes, NULL, NULL, NULL), SQLITE_OK);
    cr_assert_eq(kith_waiting_register(db, NULL), SQLITE_OK);
    return db;
}

static bool is_type(const char *word)
{
    static const char *const types[] = { "TEXT", "INTEGER", "REAL", "BLOB" };

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(word, types[i]) == 0)
            return true;
    return false;
}

static void add_name(names *list, const char *name)
{
    cr_assert_lt(list->count, NAMES_MAX);
    snprintf(list->name[list->count], NAME_SIZE, "%s", name);
    list->type[list->count++][0] = '\0';
}

/* The next run of letters, digits and _, with a colon before it where there is one. */
static bool next_word(const char **at, char word[NAME_SIZE])
{
    size_t size = 0;

    while (**at != '\0' && **at != ':' && **at != '_' && !isalnum((unsigned char)**at))
        (*at)++;
    while ((size == 0 && **at == ':') || **at == '_' || isalnum((unsigned char)**at)) {
        if (size < NAME_SIZE - 1)
            word[size++] = **at;
        (*at)++;
    }
    word[size] = '\0';
    return size > 0;
}

/* Names up to a type, again and again; each name gets the type that follows it. */
static void add_typed(names *list, const char *text, bool parameters)
{
    char word[NAME_SIZE];
    int untyped = list->count;

    while (next_word(&text, word)) {
        if (!is_type(word)) {
            add_name(list, word);
            continue;
        }
        for (; untyped < list->count; untyped++)
            snprintf(list->type[untyped], NAME_SIZE, "%s", word);
        if (parameters)
            return; /* the rest of the line is what they mean */
    }
}

/* Copies a text without what stands in brackets. */
static void without_brackets(char *out, size_t size, const char *text)
{
    int depth = 0;
    size_t used = 0;

    for (; *text != '\0' && used + 1 < size; text++) {
        depth += *text == '(';
        if (depth == 0)
            out[used++] = *text;
        depth -= *text == ')' && depth > 0;
    }
    out[used] = '\0';
}

static void read_heading(heading *head, const kith_embedded_queries *query)
{
    char line[512], columns[2048] = "", scans[512] = "", bare[2048];
    const char *at = query->bytes;
    char *open = NULL; /* the list that a line of six blanks continues */
    size_t room = 0;

    memset(head, 0, sizeof *head);
    snprintf(line, sizeof line, "-- %s: ", query->name);
    head->named = strncmp(at, line, strlen(line)) == 0;
    while (strncmp(at, "--", 2) == 0) {
        const size_t size = strcspn(at, "\n");
        snprintf(line, sizeof line, "%.*s", (int)size, at);
        at += size + (at[size] == '\n');
        if (strncmp(line, "--   ->", 7) == 0) {
            open = columns, room = sizeof columns;
        } else if (strncmp(line, "-- scans:", 9) == 0) {
            open = scans, room = sizeof scans;
        } else if (strncmp(line, "--      ", 8) != 0) {
            open = NULL;
            if (strncmp(line, "--   :", 6) == 0)
                add_typed(&head->parameters, line + 5, true);
            head->one_row |= strncmp(line, "-- one row", 10) == 0;
        }
        if (open != NULL)
            snprintf(open + strlen(open), room - strlen(open), " %s",
                     line + (open == scans && scans[0] == '\0' ? 9 : 7));
    }
    without_brackets(bare, sizeof bare, columns);
    add_typed(&head->columns, bare, false);
    without_brackets(bare, sizeof bare, scans);
    add_typed(&head->scans, bare, false);
}

static sqlite3_stmt *prepared(sqlite3 *db, const kith_embedded_queries *query)
{
    const char *rest = NULL;
    sqlite3_stmt *statement = NULL;

    cr_assert_eq(sqlite3_prepare_v2(db, query->bytes, -1, &statement, &rest), SQLITE_OK, "%s: %s",
                 query->name, sqlite3_errmsg(db));
    while (isspace((unsigned char)*rest))
        rest++;
    cr_assert_eq(*rest, '\0', "%s: more than one statement", query->name);
    return statement;
}

Test(queries, headings_name_the_file)
{
    heading head;

    cr_assert_eq(kith_queries_count, (size_t)KITH_QUERY_COUNT);
    for (size_t i = 0; i < kith_queries_count; i++) {
        read_heading(&head, &kith_queries[i]);
        cr_expect(head.named, "%s: the first line is not `-- %s: ...`", kith_queries[i].name,
                  kith_queries[i].name);
        cr_expect_str_eq(kith_query_name((kith_query)i), kith_queries[i].name);
    }
}

Test(queries, parameters_are_those_of_the_heading)
{
    sqlite3 *db = hub();
    heading head;

    for (size_t i = 0; i < kith_queries_count; i++) {
        const kith_embedded_queries *query = &kith_queries[i];
        sqlite3_stmt *statement = prepared(db, query);
        read_heading(&head, query);
        const int count = sqlite3_bind_parameter_count(statement);
        cr_expect_eq(count, head.parameters.count, "%s: %d parameters, %d in the heading",
                     query->name, count, head.parameters.count);
        for (int p = 0; p < count && p < head.parameters.count; p++) {
            const char *name = sqlite3_bind_parameter_name(statement, p + 1);
            cr_expect(name != NULL && strcmp(name, head.parameters.name[p]) == 0,
                      "%s: parameter %d is %s, %s in the heading", query->name, p + 1,
                      name != NULL ? name : "without a name", head.parameters.name[p]);
            cr_expect(is_type(head.parameters.type[p]), "%s: %s has no type", query->name,
                      head.parameters.name[p]);
        }
        sqlite3_finalize(statement);
    }
    sqlite3_close(db);
}

static void compare_column(const char *query, sqlite3_stmt *statement, const names *columns, int c)
{
    const char *name = sqlite3_column_name(statement, c);
    const char *type = sqlite3_column_decltype(statement, c); /* NULL: computed */

    cr_expect_str_eq(name, columns->name[c], "%s: column %d is %s, %s in the heading", query, c,
                     name, columns->name[c]);
    cr_expect(is_type(columns->type[c]), "%s: column %s has no type", query, columns->name[c]);
    cr_expect(type == NULL || strcmp(type, columns->type[c]) == 0, "%s: %s is %s, %s in the heading",
              query, name, type, columns->type[c]);
}

Test(queries, columns_are_those_of_the_heading)
{
    sqlite3 *db = hub();
    heading head;

    for (size_t i = 0; i < kith_queries_count; i++) {
        const kith_embedded_queries *query = &kith_queries[i];
        sqlite3_stmt *statement = prepared(db, query);
        read_heading(&head, query);
        const int count = sqlite3_column_count(statement);
        cr_expect_eq(count, head.columns.count, "%s: %d columns, %d in the heading", query->name,
                     count, head.columns.count);
        for (int c = 0; c < count && c < head.columns.count; c++)
            compare_column(query->name, statement, &head.columns, c);
        sqlite3_finalize(statement);
    }
    sqlite3_close(db);
}

Test(queries, readings_have_an_order)
{
    sqlite3 *db = hub();
    heading head;

    for (size_t i = 0; i < kith_queries_count; i++) {
        sqlite3_stmt *statement = prepared(db, &kith_queries[i]);
        read_heading(&head, &kith_queries[i]);
        cr_expect(!sqlite3_stmt_readonly(statement) || head.one_row ||
                      strstr(kith_queries[i].bytes, "ORDER BY") != NULL,
                  "%s: neither ORDER BY nor `-- one row`", kith_queries[i].name);
        sqlite3_finalize(statement);
    }
    sqlite3_close(db);
}

/* The table that a root page belongs to, also as one of its indexes. */
static void table_at(sqlite3 *db, int root, char table[NAME_SIZE])
{
    sqlite3_stmt *statement = NULL;

    cr_assert_eq(sqlite3_prepare_v2(db, "SELECT tbl_name FROM sqlite_schema WHERE rootpage = ?", -1,
                                    &statement, NULL), SQLITE_OK);
    sqlite3_bind_int(statement, 1, root);
    snprintf(table, NAME_SIZE, "%s", sqlite3_step(statement) == SQLITE_ROW
                                         ? (const char *)sqlite3_column_text(statement, 0)
                                         : "sqlite_schema");
    sqlite3_finalize(statement);
}

static bool has_name(const names *list, const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->name[i], name) == 0)
            return true;
    return false;
}

/* The tables that a statement walks from end to end. */
static void find_scans(names *scans, sqlite3 *db, const char *sql)
{
    int root[CURSORS_MAX] = { 0 }; /* by cursor; 0: of no stored table */
    char *explain = sqlite3_mprintf("EXPLAIN %s", sql);
    char table[NAME_SIZE];
    sqlite3_stmt *statement = NULL;

    scans->count = 0;
    cr_assert_eq(sqlite3_prepare_v2(db, explain, -1, &statement, NULL), SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *code = (const char *)sqlite3_column_text(statement, 1);
        const int cursor = sqlite3_column_int(statement, 2), page = sqlite3_column_int(statement, 3);
        const int database = sqlite3_column_int(statement, 4);
        if (cursor < 0 || cursor >= CURSORS_MAX)
            continue;
        if (strncmp(code, "Open", 4) == 0)
            root[cursor] = (strcmp(code, "OpenRead") == 0 || strcmp(code, "OpenWrite") == 0) &&
                                   database == 0 ? page : 0;
        const bool whole = strcmp(code, "Rewind") == 0 || strcmp(code, "Last") == 0 ||
                           strcmp(code, "Count") == 0;
        if (!whole || root[cursor] == 0)
            continue;
        table_at(db, root[cursor], table);
        if (!has_name(scans, table))
            add_name(scans, table);
    }
    sqlite3_finalize(statement);
    sqlite3_free(explain);
}

static bool is_small(const char *table)
{
    return strcmp(table, "word") == 0 || strcmp(table, "source") == 0 ||
           strcmp(table, "batch") == 0 || strcmp(table, "sqlite_schema") == 0;
}

Test(queries, no_large_table_is_walked_without_saying_so)
{
    sqlite3 *db = hub();
    heading head;
    names scans;

    for (size_t i = 0; i < kith_queries_count; i++) {
        const kith_embedded_queries *query = &kith_queries[i];
        read_heading(&head, query);
        find_scans(&scans, db, query->bytes);
        for (int s = 0; s < scans.count; s++)
            cr_expect(is_small(scans.name[s]) || has_name(&head.scans, scans.name[s]),
                      "%s: walks the whole of %s, which its heading does not say (-- scans:)",
                      query->name, scans.name[s]);
    }
    sqlite3_close(db);
}

Test(queries, a_walk_through_a_table_is_noticed)
{
    sqlite3 *db = hub();
    names scans;

    find_scans(&scans, db, "SELECT p.role FROM participation AS p WHERE p.role = :role");
    cr_expect_eq(scans.count, 1);
    cr_expect_str_eq(scans.name[0], "participation");
    find_scans(&scans, db, "SELECT count(*) FROM link");
    cr_expect_eq(scans.count, 1);
    find_scans(&scans, db, "SELECT p.role FROM participation AS p WHERE p.person = :person");
    cr_expect_eq(scans.count, 0);
    sqlite3_close(db);
}

Test(queries, a_heading_is_read_whole)
{
    static const char text[] = "-- example: what it answers.\n"
                               "--   :from  :until   TEXT  first and last day, TEXT\n"
                               "--   :row  INTEGER  a row\n"
                               "--      of it\n"
                               "--   -> low, high INTEGER (rows; low < high); weight REAL (> 0);\n"
                               "--      name TEXT\n"
                               "-- scans: tie (all of it), event\n"
                               "-- one row\nSELECT 1";
    const kith_embedded_queries query = { "example", text, sizeof text - 1 };
    heading head;

    read_heading(&head, &query);
    cr_expect(head.named && head.one_row);
    cr_expect_eq(head.parameters.count, 3);
    cr_expect_str_eq(head.parameters.name[1], ":until");
    cr_expect_str_eq(head.parameters.type[0], "TEXT");
    cr_expect_str_eq(head.parameters.type[2], "INTEGER");
    cr_expect_eq(head.columns.count, 4);
    cr_expect_str_eq(head.columns.name[3], "name");
    cr_expect_str_eq(head.columns.type[1], "INTEGER");
    cr_expect_str_eq(head.columns.type[2], "REAL");
    cr_expect_eq(head.scans.count, 2);
    cr_expect(has_name(&head.scans, "tie") && has_name(&head.scans, "event"));
}
