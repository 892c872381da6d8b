/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet.c: rows that were typed become tables in memory, and those a load.
 *
 * A sheet only adds: it has no ids of events and links, so it corrects nobody's records. The id
 * that an event is given is a digest of what was typed of it, so that a sheet which is sent twice
 * is recorded once. */
#include "kith/sheet.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "kith/csv.h"
#include "kith/record.h"
#include "kith/text.h"

enum { TABLES = 4, COLUMNS_MOST = 40, ROWS_MOST = 500, REFERENCES = 2, DIGEST_SHOWN = 5 };

static const char folder[] = "sheet/";
static const char own_event[] = "*"; /* in a row, while it is worked on: its event is of the sheet; no column is called so */

typedef struct sheet_table {
    const char *list, *file;
    const char *refused; /* a column that a sheet does not have */
    bool graded;
    const char *references[REFERENCES]; /* to people, places, groups, objects */
} sheet_table;

/* In the order of loading. */
static const sheet_table tables[TABLES] = {
    { "events", "sheet/events.csv", "event_id", true, { "location_id", NULL } },
    { "participations", "sheet/participations.csv", NULL, false, { "person_id", NULL } },
    { "links", "sheet/links.csv", "link_id", true, { "from_id", "to_id" } },
    { "contexts", "sheet/contexts.csv", NULL, true, { "subject_id", NULL } },
};

static const char *text_of(const json_t *row, const char *name)
{
    const char *text = json_string_value(json_object_get(row, name));

    return text != NULL ? text : "";
}

static kith_status check_row(const sheet_table *table, size_t nth, const json_t *row, kith_error *err)
{
    const char *name;
    json_t *value;

    if (!json_is_object(row) || json_object_size(row) > COLUMNS_MOST)
        return kith_fail(err, KITH_USAGE, "%s, row %zu: an object of texts is expected", table->list, nth + 1);
    json_object_foreach ((json_t *)row, name, value)
        if (!json_is_string(value) || strspn(name, "abcdefghijklmnopqrstuvwxyz_") != strlen(name) || name[0] == '\0')
            return kith_fail(err, KITH_USAGE, "%s, row %zu: %.40s is no text, or not a column's name", table->list,
                             nth + 1, name);
    if (table->refused != NULL && json_object_get(row, table->refused) != NULL)
        return kith_fail(err, KITH_USAGE, "%s, row %zu: %s is given by the hub; leave it out", table->list, nth + 1,
                         table->refused);
    if (table->graded && (text_of(row, "source_grade")[0] == '\0' || text_of(row, "info_grade")[0] == '\0'))
        return kith_fail(err, KITH_USAGE, "%s, row %zu: no grade; say source_grade (1 to 3) and info_grade (A to E)",
                         table->list, nth + 1);
    return KITH_OK;
}

static kith_status check_lists(const json_t *sheet, kith_error *err)
{
    size_t known = 0, rows = 0, i;
    json_t *row;
    kith_status status = KITH_OK;

    for (size_t t = 0; t < TABLES; t++) {
        const json_t *list = json_object_get(sheet, tables[t].list);
        known += list != NULL;
        if (list != NULL && !json_is_array(list))
            return kith_fail(err, KITH_USAGE, "%s is no list", tables[t].list);
        json_array_foreach (list, i, row)
            if (status == KITH_OK)
                status = check_row(&tables[t], i, row, err);
        rows += json_array_size(list);
    }
    if (status == KITH_OK && (known != json_object_size(sheet) || rows == 0 || rows > ROWS_MOST))
        status = kith_fail(err, KITH_USAGE, "a sheet has events, participations, links and contexts, 1 to %d rows in all",
                           ROWS_MOST);
    return status;
}

/* A digest of what was typed of an event, its people included, whatever its key. */
static kith_status make_id(kith_text *id, const json_t *event, const json_t *participations, kith_error *err)
{
    unsigned char digest[crypto_generichash_BYTES];
    char hex[2 * DIGEST_SHOWN + 1];
    crypto_generichash_state state;
    const char *key = text_of(event, "key");
    json_t *copy = json_copy((json_t *)event), *row;
    size_t i;

    crypto_generichash_init(&state, NULL, 0, sizeof digest);
    json_object_del(copy, "key");
    char *text = json_dumps(copy, JSON_SORT_KEYS);
    if (text != NULL)
        crypto_generichash_update(&state, (const unsigned char *)text, strlen(text) + 1);
    free(text);
    json_decref(copy);
    if (text == NULL)
        return kith_no_memory(err);
    json_array_foreach (participations, i, row) {
        if (key[0] == '\0' || strcmp(text_of(row, "event_id"), key) != 0)
            continue;
        for (const char *const *name = (const char *const[]){ "person_id", "role", NULL }; *name != NULL; name++)
            crypto_generichash_update(&state, (const unsigned char *)text_of(row, *name), strlen(text_of(row, *name)) + 1);
    }
    crypto_generichash_final(&state, digest, sizeof digest);
    sodium_bin2hex(hex, sizeof hex, digest, DIGEST_SHOWN);
    kith_text_format(id, "S-%.10s-%s", text_of(event, "occurred_at"), hex);
    return kith_text_status(id, err);
}

/* In every row that names the key, the id. How many there were does not matter: an event may stand alone. */
static bool put_id(json_t *rows, const char *key, const char *id)
{
    json_t *row;
    size_t i;
    bool well = true;

    json_array_foreach (rows, i, row)
        if (key[0] != '\0' && strcmp(text_of(row, "event_id"), key) == 0)
            well &= json_object_set_new(row, "event_id", json_string(id)) == 0 &&
                    json_object_set_new(row, own_event, json_true()) == 0;
    return well;
}

static kith_status give_ids(json_t *sheet, kith_error *err)
{
    json_t *participations = json_object_get(sheet, "participations"), *contexts = json_object_get(sheet, "contexts");
    json_t *event, *other;
    size_t i, k;
    kith_status status = KITH_OK;

    json_array_foreach (json_object_get(sheet, "events"), i, event) {
        const char *key = text_of(event, "key");
        kith_text id = { 0 };
        json_array_foreach (json_object_get(sheet, "events"), k, other)
            if (k < i && key[0] != '\0' && strcmp(key, text_of(other, "key")) == 0)
                return kith_fail(err, KITH_USAGE, "two events have the key %.40s", key);
        status = make_id(&id, event, participations, err);
        if (status == KITH_OK && (!put_id(participations, key, id.data) || !put_id(contexts, key, id.data) ||
                                  json_object_set_new(event, "event_id", json_string(id.data)) != 0))
            status = kith_no_memory(err);
        json_object_del(event, "key");
        kith_text_free(&id);
        if (status != KITH_OK)
            return status;
    }
    return KITH_OK;
}

/* Loads look up every record; a sheet only what its user may see. */
static kith_status check_reference(kith_store *store, const kith_view *view, const char *id, bool event, kith_error *err)
{
    kith_text whole = { 0 };
    kith_kind kind;
    int64_t row;

    if (id[0] == '\0')
        return KITH_OK;
    kith_text_format(&whole, "%s%s", event ? "event:" : "", id);
    kith_status status = kith_text_status(&whole, err);
    if (status == KITH_OK)
        status = kith_record_find(&kind, &row, store, view, whole.data, err);
    kith_text_free(&whole);
    return status;
}

static kith_status check_references(const json_t *sheet, kith_store *store, const kith_view *view, kith_error *err)
{
    kith_status status = KITH_OK;
    json_t *row;
    size_t i;

    for (size_t t = 0; t < TABLES; t++)
        json_array_foreach (json_object_get(sheet, tables[t].list), i, row) {
            for (size_t r = 0; status == KITH_OK && r < REFERENCES && tables[t].references[r] != NULL; r++)
                status = check_reference(store, view, text_of(row, tables[t].references[r]), false, err);
            if (status == KITH_OK && t > 0 && json_object_get(row, own_event) == NULL)
                status = check_reference(store, view, text_of(row, "event_id"), true, err);
            json_object_del(row, own_event);
        }
    return status;
}

static size_t columns_of(const char *columns[COLUMNS_MOST], const json_t *rows)
{
    size_t count = 0, i, c;
    const char *name;
    json_t *row, *value;

    json_array_foreach (rows, i, row)
        json_object_foreach (row, name, value) {
            for (c = 0; c < count && strcmp(columns[c], name) != 0; c++)
                continue;
            if (c == count && count < COLUMNS_MOST)
                columns[count++] = name;
        }
    return count;
}

static void write_table(kith_text *csv, const json_t *rows)
{
    const char *columns[COLUMNS_MOST];
    const size_t count = columns_of(columns, rows);
    json_t *row;
    size_t i;

    for (size_t c = 0; c < count; c++)
        kith_text_format(csv, "%s%s", c > 0 ? "," : "", columns[c]);
    kith_text_add(csv, "\r\n");
    json_array_foreach (rows, i, row) {
        for (size_t c = 0; c < count; c++) {
            kith_text_add(csv, c > 0 ? "," : "");
            kith_csv_add_field(csv, text_of(row, columns[c]));
        }
        kith_text_add(csv, "\r\n");
    }
}

static kith_status load(kith_import_report *report, kith_store *store, const kith_view *view, const json_t *sheet,
                        const char *source, bool dry_run, kith_error *err)
{
    kith_text csv[TABLES] = { { 0 } };
    kith_import_text texts[TABLES];
    kith_import_options options = { .texts = texts, .source = source, .dry_run = dry_run };
    kith_status status = KITH_OK;

    for (size_t t = 0; t < TABLES; t++) {
        const json_t *rows = json_object_get(sheet, tables[t].list);
        if (json_array_size(rows) == 0)
            continue;
        write_table(&csv[t], rows);
        if (status == KITH_OK)
            status = kith_text_status(&csv[t], err);
        texts[options.text_count++] = (kith_import_text){ tables[t].file, csv[t].data, csv[t].size };
    }
    if (status == KITH_OK)
        status = kith_import(report, store, view, NULL, 0, &options, err);
    for (size_t t = 0; t < TABLES; t++)
        kith_text_free(&csv[t]);
    return status;
}

kith_status kith_sheet_record(kith_import_report *report, kith_store *store, const kith_view *view, const char *json,
                              size_t size, const char *source, bool dry_run, kith_error *err)
{
    json_error_t fault;

    *report = (kith_import_report){ 0 };
    json_t *sheet = json_loadb(json, size, JSON_REJECT_DUPLICATES, &fault);
    kith_status status = KITH_OK;
    if (!json_is_object(sheet))
        status = kith_fail(err, KITH_USAGE, "the sheet is no object of JSON (line %d: %s)", fault.line, fault.text);
    if (status == KITH_OK)
        status = check_lists(sheet, err);
    if (status == KITH_OK)
        status = give_ids(sheet, err);
    if (status == KITH_OK)
        status = check_references(sheet, store, view, err);
    if (status == KITH_OK)
        status = load(report, store, view, sheet, source, dry_run, err);
    if (report->batch > 0)
        kith_table_fact(&report->table, "batch", "%lld", (long long)report->batch);
    json_decref(sheet);
    return status;
}

static bool is_own(const kith_rows *rows, const kith_view *view, bool any)
{
    return strncmp(kith_rows_text(rows, 4), folder, sizeof folder - 1) == 0 &&
           (any || strcmp(kith_rows_text(rows, 2), view->user) == 0);
}

kith_status kith_sheet_list(kith_table *table, kith_store *store, const kith_view *view, kith_error *err)
{
    kith_rows *rows;

    *table = (kith_table){ .title = "What you typed", .empty = "nothing was typed" };
    kith_table_column(table, "batch", KITH_CELL_INTEGER);
    kith_table_column(table, "recorded_at", KITH_CELL_TEXT);
    kith_table_column(table, "purpose", KITH_CELL_TEXT);
    kith_table_column(table, "records", KITH_CELL_INTEGER);
    kith_table_column(table, "state", KITH_CELL_TEXT);
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_BATCH_ALL, err);
    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows)) {
        if (!is_own(rows, view, false))
            continue;
        kith_table_integer(table, kith_rows_integer(rows, 0));
        kith_table_text(table, kith_rows_text(rows, 1));
        kith_table_text(table, kith_rows_text(rows, 3));
        kith_table_integer(table, kith_rows_integer(rows, 5));
        kith_table_text(table, kith_rows_integer(rows, 5) > 0 ? "recorded" : "taken back");
    }
    const kith_status ended = kith_rows_end(rows, err);
    return ended == KITH_OK ? kith_table_status(table, err) : ended;
}

kith_status kith_sheet_undo(kith_table *table, kith_store *store, const kith_view *view, int64_t batch, bool any,
                            kith_error *err)
{
    kith_rows *rows;
    bool own = false;

    *table = (kith_table){ 0 };
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_BATCH_ALL, err);
    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows))
        own |= kith_rows_integer(rows, 0) == batch && is_own(rows, view, any);
    status = kith_rows_end(rows, err);
    if (status == KITH_OK && !own)
        status = kith_fail(err, KITH_NOT_FOUND, "%lld is no number of something that you typed; `kith record --list` "
                                                "has them", (long long)batch);
    return status == KITH_OK ? kith_import_undo(table, store, view, batch, err) : status;
}
