/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import.c: a load from beginning to end.
 *
 * Everything happens inside one change of the hub. Rows are written as they are read,
 * also after a fault, because later rows are checked against earlier ones; at the end
 * the change is committed, or undone when there was an error, when it was only a trial,
 * or when nothing in it was new. */
#include "kith/import.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "find_private.h"
#include "mapping_private.h"
#include "kith/audit.h"
#include "kith/date.h"
#include "kith/parallel.h"

enum {
    PROGRESS_ROWS = 8192,
    QUEUED_BYTES = 1 << 20 /* smaller loads have no second thread */
};

bool import_goes_on(import_load *load, kith_status status)
{
    if (load->status == KITH_OK)
        load->status = status;
    return load->status == KITH_OK;
}

bool import_reads(kith_rows **rows, import_load *load, kith_query query)
{
    return load->status == KITH_OK &&
           import_goes_on(load, kith_store_read(rows, load->store, load->view, query, load->err));
}

static void tell_progress(const import_load *load, uint64_t bytes)
{
    if (load->options->progress != NULL)
        load->options->progress(load->options->context, load->list.files[load->file].path,
                                load->counts->rows, load->bytes_before + bytes, load->list.bytes);
}

static bool take_header(void *context, const kith_csv_record *record)
{
    import_row *row = ((import_load *)context)->row;
    const bool sound = import_header(row, record);

    if (sound)
        import_plain_header(row);
    return sound;
}

/* The entries of keys that may be in several spaces, where only one of these can have them. */
static void find_in_spaces(uint32_t *found, const kith_idmap *ids, unsigned spaces, const char *const *keys, size_t count)
{
    uint32_t here[KITH_IDMAP_FETCH];
    bool certain = true;

    memset(found, 0, count * sizeof *found);
    for (uint8_t space = 0; spaces >> space != 0; space++) {
        if ((spaces >> space & 1) == 0)
            continue;
        certain = certain && (spaces == 1u << space || ids->hashed[space] == 0);
        kith_idmap_fetch(here, ids, space, keys, count);
        for (size_t i = 0; i < count; i++)
            found[i] = found[i] == 0 ? here[i] : here[i] == 0 ? found[i] : UINT32_MAX;
    }
    for (size_t i = 0; i < count; i++)
        if (!certain || found[i] == UINT32_MAX)
            found[i] = 0;
}

/* The ids of one column in the next rows: the waits for memory of one look-up then fall together
 * with those of the others. Rows that follow one another often have the same. */
static void find_ahead(uint32_t ahead[KITH_IDMAP_FETCH], const kith_idmap *ids, unsigned spaces,
                       const kith_csv_record *records, size_t count, int place)
{
    const char *keys[KITH_IDMAP_FETCH];
    uint32_t found[KITH_IDMAP_FETCH];
    unsigned char nth[KITH_IDMAP_FETCH];
    size_t different = 0;

    for (size_t i = 0; i < count; i++) {
        const char *key = records[i].fields[place];
        if (different == 0 || strcmp(key, keys[different - 1]) != 0)
            keys[different++] = key;
        nth[i] = (unsigned char)(different - 1);
    }
    find_in_spaces(found, ids, spaces, keys, different);
    for (size_t i = 0; i < count; i++)
        ahead[i] = found[nth[i]];
}

static void look_ahead(void *context, const kith_csv_record *records, size_t count)
{
    import_load *load = context;
    const import_table *table = load->table;

    load->ahead_next = 0;
    load->ahead_count = count <= KITH_IDMAP_FETCH ? count : KITH_IDMAP_FETCH;
    for (int c = 0; c < table->column_count; c++) {
        const bool known = table->columns[c].type == COLUMN_ID && !load->fresh;
        if (load->row->place[c] >= 0 && (known || table->columns[c].type == COLUMN_REF))
            find_ahead(load->ahead[c], &load->ids, known ? IN(table->space) : table->columns[c].spaces, records,
                       load->ahead_count, load->row->place[c]);
    }
}

/* A row becomes values, which are looked at together, then records. */
static void take_long_way(import_load *load, import_row *row)
{
    const import_table *table = load->table;

    row->faulty = false;
    for (int i = 0; i < table->column_count; i++)
        if (row->place[i] >= 0)
            import_read_value(row, &row->values[i], &table->columns[i], row->fields[row->place[i]]);
        else
            import_leave_blank(&row->values[i]);
    row->nth_ahead = KITH_IDMAP_FETCH; /* what is read later is another value */
    const uint64_t told = load->told;
    import_origin(row);
    const bool plain_origin = load->told == told;
    import_extra_write(row);
    if (table->check != NULL)
        table->check(row);
    import_write(row);
    if (plain_origin && !row->faulty && load->status == KITH_OK)
        import_plain_origin(row);
}

static bool take_record(void *context, const kith_csv_record *record)
{
    import_load *load = context;
    import_row *row = load->row;

    row->fields = record->fields;
    row->line = record->line;
    row->nth_ahead = load->ahead_next < load->ahead_count ? load->ahead_next++ : KITH_IDMAP_FETCH;
    if (!import_plain_row(row))
        take_long_way(load, row);
    if (++load->counts->rows % PROGRESS_ROWS == 0)
        tell_progress(load, record->byte);
    return load->status == KITH_OK;
}

static void take_fault(void *context, size_t line, const char *message)
{
    import_fault(context, SEVERITY_ERROR, line, "", "%s", message);
}

static void read_file(import_load *load, const import_file *file)
{
    static const kith_csv_form form = { .ahead = look_ahead };
    const kith_csv_handler handler = { load, take_header, take_record, take_fault };
    FILE *in = file->bytes != NULL ? fmemopen((void *)file->bytes, (size_t)file->size, "rb")
                                   : fopen(file->path, "rb");
    bool whole = false;

    load->table = file->table;
    load->section = file->section;
    memset(load->ahead, 0, sizeof load->ahead);
    load->ahead_next = load->ahead_count = 0;
    load->counts = &load->report->counts[file->table - import_tables];
    const uint64_t rows_before = load->counts->rows, errors_before = load->report->errors;
    if (in == NULL) {
        import_fault(load, SEVERITY_ERROR, 0, "", "the file cannot be opened: %s", strerror(errno));
    } else {
        import_goes_on(load, file->section != NULL
                                 ? import_mapped(&whole, load, file, in, &handler)
                                 : kith_csv_read_form(&whole, in, &form, &handler, load->err));
        fclose(in);
    }
    if (load->counts->rows == rows_before && load->report->errors == errors_before) {
        if (file->section != NULL)
            import_fault(load, SEVERITY_NOTE, 1, "", "no row of the file is for [%s]",
                         file->section->name);
        else
            import_fault(load, SEVERITY_WARNING, 1, "", "the file has a header and no rows");
    }
    if (!whole && file->table->space != SPACE_NONE)
        load->incomplete |= IN(file->table->space);
    import_faults_end_file(load);
    load->bytes_before += file->size;
    tell_progress(load, 0);
}

bool import_only_known(const import_load *load)
{
    return load->section != NULL && load->section->only_known;
}

/* Spaces whose ids the tables of this call refer to. */
static unsigned spaces_needed(const import_load *load)
{
    unsigned needed = 0;

    for (size_t i = 0; i < load->list.count; i++) {
        const import_table *table = load->list.files[i].table;
        needed |= table->space != SPACE_NONE ? IN(table->space) : 0;
        for (int k = 0; k < table->column_count; k++)
            needed |= table->columns[k].spaces;
    }
    return needed;
}

/* Takes (row, id) pairs of a statement into the map; with a kind between them when space is none.
 */
static void load_ids(import_load *load, kith_query query, id_space space)
{
    kith_rows *rows;

    if (!import_reads(&rows, load, query))
        return;
    while (load->status == KITH_OK && kith_rows_next(rows)) {
        const int id = space == SPACE_NONE ? 2 : 1;
        const uint8_t in =
            space == SPACE_NONE ? (uint8_t)kith_rows_integer(rows, 1) : (uint8_t)space;
        kith_idmap_entry *entry = kith_idmap_put(&load->ids, in, kith_rows_text(rows, id));
        if (entry != NULL) {
            entry->row = kith_rows_integer(rows, 0);
            if (entry->row > load->last_row[in])
                load->last_row[in] = load->newest[in] = entry->row;
            if (space == SPACE_NONE && entry->row > load->newest[SPACE_NONE])
                load->newest[SPACE_NONE] = entry->row;
        } else {
            import_goes_on(load, kith_no_memory(load->err));
        }
    }
    import_goes_on(load, kith_rows_end(rows, load->err));
}

void import_known_ids(import_load *load, unsigned needed)
{
    static const struct known {
        id_space space;
        kith_query query;
    } known[] = {
        { SPACE_EVENT, KITH_QUERY_EVENT_IDS },
        { SPACE_LINK, KITH_QUERY_LINK_IDS },
        { SPACE_ASSESSMENT, KITH_QUERY_ASSESSMENT_IDS },
        { SPACE_ACTION, KITH_QUERY_ACTION_IDS },
        { SPACE_CONTEST, KITH_QUERY_CONTEST_IDS },
    };

    load_ids(load, KITH_QUERY_WORD_ALL, SPACE_WORD);
    load_ids(load, KITH_QUERY_SOURCE_ALL, SPACE_SOURCE);
    if ((needed & IN_ANY_ENTITY) != 0)
        load_ids(load, KITH_QUERY_ENTITY_IDS, SPACE_NONE);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if ((needed & IN(known[i].space)) != 0)
            load_ids(load, known[i].query, known[i].space);
}

static void add_batch(import_load *load)
{
    const int64_t now = load->options->now != 0 ? load->options->now : kith_now();
    char at[KITH_TIME_SIZE];
    kith_change *change;

    kith_text_clear(&load->scratch);
    for (size_t i = 0; i < load->list.count; i++)
        if (!load->list.files[i].again)
            kith_text_format(&load->scratch, "%s%s", load->scratch.size > 0 ? "\n" : "",
                             load->list.files[i].path);
    kith_moment_write(at, now);
    if (!import_goes_on(load, kith_text_status(&load->scratch, load->err)) ||
        !import_goes_on(load,
                        kith_store_change(&change, load->store, KITH_QUERY_BATCH_ADD, load->err)))
        return;
    kith_change_text(change, 1, at);
    kith_change_text(change, 2, load->view->user);
    kith_change_text(change, 3, load->view->purpose);
    kith_change_text(change, 4, kith_text_string(&load->scratch));
    kith_change_integer(change, 5, 0);
    if (import_goes_on(load, kith_change_run(change, NULL, load->err)))
        load->batch = kith_store_last_row(load->store);
}

void import_batch_records(import_load *load, int64_t batch, uint64_t records)
{
    kith_change *change;

    if (load->status != KITH_OK ||
        !import_goes_on(load, kith_store_change(&change, load->store, KITH_QUERY_BATCH_RECORDS,
                                                load->err)))
        return;
    kith_change_integer(change, 1, (int64_t)records);
    kith_change_integer(change, 2, batch);
    import_goes_on(load, kith_change_run(change, NULL, load->err));
}

static uint64_t records_kept(const import_load *load)
{
    uint64_t records = 0;

    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++)
        records += load->report->counts[i].added + load->report->counts[i].changed;
    return records;
}

static void name_act(import_load *load, uint64_t records)
{
    char words[64];

    snprintf(words, sizeof words, "load %lld of %llu records", (long long)load->batch,
             (unsigned long long)records);
    kith_audit_act(load->store, KITH_AUDIT_COLLECTION, words);
}

/* Whether a row of the load came from a source. */
static bool gave_rows(import_load *load, const char *source)
{
    const kith_idmap_entry *entry = kith_idmap_find(&load->ids, SPACE_SOURCE, source);

    return entry != NULL && entry->file != 0;
}

static kith_status right_needed(bool *needed, import_load *load)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, load->store, load->view, KITH_QUERY_RIGHT_NEEDED, load->err);

    *needed = false;
    if (status != KITH_OK)
        return status;
    if (kith_rows_next(rows))
        *needed = kith_rows_integer(rows, 0) != 0;
    return kith_rows_end(rows, load->err);
}

/* Where the hub asks for it, no load brings records of a source without a right to hold them. What
 * others have sent before is told by check. */
static void check_rights(import_load *load)
{
    kith_text names = { 0 };
    kith_rows *rows;
    bool needed;

    if (!import_goes_on(load, right_needed(&needed, load)) || !needed ||
        !import_reads(&rows, load, KITH_QUERY_SOURCES_WITHOUT_RIGHT))
        return;
    while (kith_rows_next(rows))
        if (gave_rows(load, kith_rows_text(rows, 0)))
            kith_text_format(&names, "%s%s", names.size > 0 ? ", " : "", kith_rows_text(rows, 0));
    import_goes_on(load, kith_rows_end(rows, load->err));
    import_goes_on(load, kith_text_status(&names, load->err));
    if (load->status == KITH_OK && names.size > 0)
        load->status = kith_fail(load->err, KITH_POLICY, "nobody has said by what right records of these sources are held, "
                                                         "and this hub needs it: %s; `kith source set NAME` says it",
                                 names.data);
    kith_text_free(&names);
}

/* Commits, or undoes everything. */
static void end_change(import_load *load)
{
    const uint64_t records = records_kept(load);
    const bool keep = load->status == KITH_OK && load->report->errors == 0 && records > 0 &&
                      !load->options->dry_run;

    if (keep)
        import_batch_records(load, load->batch, records);
    if (keep)
        name_act(load, records);
    if (keep && load->status == KITH_OK)
        check_rights(load);
    if (keep && load->options->progress != NULL) /* a while without rows */
        load->options->progress(load->options->context, "making the indexes", records,
                                load->bytes_before, load->list.bytes);
    if (keep && load->status == KITH_OK && load->find != NULL)
        import_goes_on(load, find_keys_write(load->find, load->store, load->batch, load->err));
    if (keep && load->status == KITH_OK &&
        import_goes_on(load, kith_store_commit(load->store, load->err)))
        load->report->batch = load->batch;
    else
        kith_store_rollback(load->store);
}

/* What is known of one table's rows has no place in the next. */
static void end_table(import_load *load)
{
    import_settle(load);
    if (load->options->full_extract && !load->fresh)
        import_gone(load);
    import_faults_end_file(load);
    kith_tally_free(&load->tally);
    kith_tally_free(&load->extract_rows);
    load->last_origin_row = 0;
}

static void read_all(import_load *load)
{
    import_row row = { .load = load };

    load->row = &row;
    import_known_ids(load, spaces_needed(load));
    load->fresh = load->ids.count == 0;
    load->find = kith_store_for_networks(load->store) ? NULL : find_keys_new();
    load->plain = kith_store_for_networks(load->store) ? import_plain_new() : NULL;
    if (load->find == NULL && load->plain == NULL)
        import_goes_on(load, kith_no_memory(load->err));
    if (load->status == KITH_OK && !load->fresh)
        import_goes_on(load, find_index_loads(load->store, load->view, load->err));
    add_batch(load);
    if (load->list.bytes >= QUEUED_BYTES && !kith_store_for_networks(load->store) && kith_parallel_workers(2) > 1)
        import_queue_start(load);
    for (; load->file < load->list.count && load->status == KITH_OK; load->file++) {
        const import_file *file = &load->list.files[load->file];
        read_file(load, file);
        if (load->file + 1 == load->list.count || file[1].table != file->table)
            end_table(load);
    }
    import_queue_end(load);
    import_header_free(&row);
    kith_text_free(&row.extra);
}

static void end_load(import_load *load)
{
    find_keys_free(load->find);
    import_plain_free(load->plain);
    kith_idmap_free(&load->ids);
    kith_tally_free(&load->tally);
    kith_tally_free(&load->extract_rows);
    kith_tally_free(&load->origin_told);
    kith_mapping_free(load->mapping);
    kith_text_free(&load->scratch);
    kith_text_free(&load->old);
    kith_text_free(&load->last_origin);
    import_faults_free(load);
    import_files_free(load);
}

static void take_mapping_fault(void *context, size_t line, const char *field, const char *message)
{
    import_load *load = context;

    import_line_fault(load, load->options->mapping, line, field, message);
}

/* A mapping with a fault refuses the call, and its faults are the report. */
static void read_mapping(import_load *load)
{
    kith_error *err = load->err;
    const kith_status status = kith_mapping_read(&load->mapping, load->options->mapping,
                                                 take_mapping_fault, load, err);

    if (status != KITH_INPUT)
        import_goes_on(load, status);
}

/* A source's name may stand in a file and in a sentence. */
static bool is_name(const char *source)
{
    if (strlen(source) > ID_SIZE_MAX || !kith_utf8_valid(source, strlen(source)))
        return false;
    for (; *source != '\0'; source++)
        if ((unsigned char)*source < 0x20 || *source == 0x7F)
            return false;
    return true;
}

static kith_status start(import_load *load, kith_error *err)
{
    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++)
        load->report->counts[i].table = import_tables[i].name;
    if (load->options->source != NULL && !is_name(load->options->source))
        return kith_fail(err, KITH_USAGE,
                         "the source's name is longer than %d bytes, or not plain text in UTF-8",
                         ID_SIZE_MAX);
    return KITH_OK;
}

kith_status kith_import(kith_import_report *report, kith_store *store, const kith_view *view,
                        const char *const *paths, size_t path_count,
                        const kith_import_options *options, kith_error *err)
{
    static const kith_import_options defaults = { 0 };
    import_load load = { .store = store,
                         .view = view,
                         .report = report,
                         .err = err,
                         .options = options != NULL ? options : &defaults };

    *report = (kith_import_report){ 0 };
    if (path_count == 0 && load.options->text_count == 0)
        return kith_fail(err, KITH_USAGE, "nothing to import; name a folder or a file");
    load.status = start(&load, err);
    if (load.status != KITH_OK)
        return load.status;
    load.today = load.options->now != 0 ? kith_day_of(load.options->now) : kith_today();
    if (load.options->mapping != NULL)
        read_mapping(&load);
    if (report->errors == 0 && load.status == KITH_OK)
        import_files_find(&load, paths, path_count);
    if (load.status == KITH_OK && load.list.count > 0 &&
        import_goes_on(&load, kith_store_begin_load(
                                  store, load.options->full_extract ? 0 : load.list.bytes, err))) {
        read_all(&load);
        end_change(&load);
    }
    import_faults_to_table(&load);
    import_goes_on(&load, kith_table_status(&report->table, err));
    if (load.status == KITH_OK && report->errors > 0)
        load.status = kith_fail(err, KITH_INPUT, "%llu error%s; nothing was loaded",
                                (unsigned long long)report->errors, report->errors == 1 ? "" : "s");
    end_load(&load);
    return load.status;
}

void kith_import_report_free(kith_import_report *report)
{
    kith_table_free(&report->table);
    *report = (kith_import_report){ 0 };
}

kith_status kith_import_batches(kith_table *table, kith_store *store, const kith_view *view,
                                kith_error *err)
{
    static const char *const columns[] = { "batch",   "loaded_at", "user", "purpose",
                                           "records", "files",     "state" };
    kith_rows *rows;

    *table = (kith_table){ .empty = "nothing was imported yet" };
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        kith_table_column(table, columns[i], i == 0 || i == 4 ? KITH_CELL_INTEGER : KITH_CELL_TEXT);
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_BATCH_ALL, err);
    if (status != KITH_OK)
        goto out;
    while (kith_rows_next(rows)) {
        kith_table_integer(table, kith_rows_integer(rows, 0));
        for (int i = 1; i <= 3; i++)
            kith_table_text(table, kith_rows_text(rows, i));
        kith_table_integer(table, kith_rows_integer(rows, 5));
        kith_table_text(table, kith_rows_text(rows, 4));
        kith_table_text(table, kith_rows_integer(rows, 5) > 0 ? "loaded" : "taken back");
    }
    status = kith_rows_end(rows, err);
    if (status == KITH_OK)
        status = kith_table_status(table, err);

out:
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}
