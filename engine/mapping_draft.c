/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping_draft.c: a first mapping from the header of an extract.
 *
 * What agencies usually call a field is a list below; a column that is in it gets a line,
 * and the others are named in a comment. A draft holds no value of the extract: mappings
 * are kept and passed on. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapping_private.h"

enum { LOOK_ROWS = 1000, HINT_COLUMNS = 200 };

static const struct hint {
    const char *table, *field, *columns;
} hints[] = {
    { "persons", "person_id", "|person_id|child_id|child_ref|nominal|nominal_ref|nominal_id|pupil_id|upn|"
                              "client_id|case_id|liquidlogic_id|mosaic_id|nhs_number|nhs_no|patient_id|" },
    { "persons", "name", "|name|full_name|child_name|pupil_name|patient_name|child|pupil|patient|subject|" },
    { "persons", "dob", "|dob|date_of_birth|d_o_b|birth_date|born|" },
    { "persons", "sex", "|sex|gender|" },
    { "persons", "ethnicity", "|ethnicity|ethnic_origin|" },
    { "persons", "school_id", "|school_id|school|school_name|urn|" },
    { "persons", "postcode", "|postcode|home_postcode|post_code|" },
    { "persons", "address", "|address|home_address|" },
    { "events", "event_id", "|event_id|incident_id|incident_ref|incident_no|crime_id|crime_ref|crime_number|"
                            "missing_id|missing_ref|ppn_ref|ppn_number|episode_id|episode_ref|log_number|" },
    { "events", "occurred_at", "|occurred_at|date|date_reported|date_missing|missing_from|incident_date|"
                               "reported_missing|start_date|date_of_incident|month|" },
    { "events", "ended_at", "|ended_at|date_found|found_at|returned|end_date|date_returned|" },
    { "events", "kind", "|kind|type|incident_type|crime_type|ppn_type|" },
    { "events", "summary", "|summary|circumstances|details|" },
    { "participations", "role", "|role|involvement|" },
};

enum { HINT_COUNT = sizeof hints / sizeof hints[0] };

/* How British systems write dates that are not ISO 8601. */
static const char *const date_forms[] = { "dd/mm/yyyy hh:mm", "dd/mm/yyyy", "dd-mon-yyyy", "mon yyyy" };

enum { DATE_FORMS = sizeof date_forms / sizeof date_forms[0], SLASHED = 2 /* of them, day first or month */ };

typedef struct draft {
    kith_text *out;
    char *columns[HINT_COLUMNS];
    size_t count, line, rows;
    size_t titles;  /* lines before the header */
    char delimiter; /* 0: comma or semicolon */
    bool no_memory, dated[DATE_FORMS];
    int column_of[HINT_COUNT];
    char fault[256];
} draft;

static void normal_form(char out[64], const char *name)
{
    size_t size = 0;

    for (; *name != '\0' && size < 60; name++) {
        const char c = *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name;
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain || (size > 0 && out[size - 1] != '_'))
            out[size++] = plain ? c : '_';
    }
    while (size > 0 && out[size - 1] == '_')
        size--;
    out[size] = '\0';
}

static void find_hints(draft *d, size_t column)
{
    char normal[64], listed[72];

    normal_form(normal, d->columns[column]);
    snprintf(listed, sizeof listed, "|%s|", normal);
    for (size_t i = 0; i < HINT_COUNT; i++)
        if (d->column_of[i] < 0 && strstr(hints[i].columns, listed) != NULL) {
            d->column_of[i] = (int)column;
            break;
        }
}

static bool take_header(void *context, const kith_csv_record *record)
{
    draft *d = context;

    d->line = record->line;
    for (size_t i = 0; i < record->count && i < HINT_COLUMNS; i++) {
        d->columns[i] = strdup(record->fields[i]);
        if (d->columns[i] == NULL) {
            d->no_memory = true;
            return false;
        }
        d->count++;
        find_hints(d, i);
    }
    return true;
}

/* Which forms of dates there are. */
static bool take_record(void *context, const kith_csv_record *record)
{
    draft *d = context;
    char date[KITH_NUMBER_SIZE];
    bool swapped;

    for (size_t i = 0; i < record->count; i++)
        for (size_t f = 0; f < DATE_FORMS; f++)
            d->dated[f] |= mapping_date_read(date, record->fields[i], date_forms[f], &swapped) || swapped;
    return ++d->rows < LOOK_ROWS;
}

static void write_dates(const draft *d)
{
    bool any = false;

    for (size_t f = 0; f < SLASHED; f++)
        any |= d->dated[f];
    if (any)
        kith_text_add(d->out, "; day first is a guess: look at days up to the twelfth\n");
    any = false;
    for (size_t f = 0; f < DATE_FORMS; f++) {
        if (!d->dated[f])
            continue;
        kith_text_format(d->out, "%s%s", any ? " or " : "dates = ", date_forms[f]);
        any = true;
    }
    kith_text_add(d->out, any ? "\n" : "");
}

static void take_fault(void *context, size_t line, const char *message)
{
    draft *d = context;

    if (d->count == 0)
        snprintf(d->fault, sizeof d->fault, "line %zu: %s", line, message);
}

/* UTF-16 by its mark; UTF-8 when every byte fits; else what spreadsheets write in Britain,
 * and the draft says that this is a guess to be looked at. */
static const char *encoding_of(FILE *in, kith_status *status, kith_error *err)
{
    kith_text text = { 0 };
    char bytes[4096];
    size_t got;

    while ((got = fread(bytes, 1, sizeof bytes, in)) > 0 && text.size < KITH_CSV_LINE_MAX)
        kith_text_add_bytes(&text, bytes, got);
    rewind(in);
    *status = kith_text_status(&text, err);
    const char *begin = kith_text_string(&text);
    const size_t fault = kith_utf8_fault(begin, text.size);
    const char *encoding = text.size >= 2 && (memcmp(begin, "\xFF\xFE", 2) == 0 ||
                                              memcmp(begin, "\xFE\xFF", 2) == 0)
                               ? "UTF-16"
                           : fault + 4 < text.size ? "CP1252"
                                                   : "UTF-8";
    kith_text_free(&text);
    return encoding;
}

static size_t count_of(const char *line, size_t size, char c)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        count += line[i] == c;
    return count;
}

/* Cells of a line in which something stands. */
static size_t filled(const char *line, size_t size, char delimiter)
{
    size_t count = 0;
    bool empty = true;

    for (size_t i = 0; i < size; i++) {
        const bool parts = delimiter != 0 ? line[i] == delimiter : line[i] == ',' || line[i] == ';';
        count += empty && !parts && line[i] != ' ' && line[i] != '\r' && line[i] != '"';
        empty = parts || (empty && (line[i] == ' ' || line[i] == '\r' || line[i] == '"'));
    }
    return count;
}

/* Guesses from the first lines what parts the columns, and how many lines of title stand
 * above the header: those with one cell filled, when a later one has more. */
static void look_at(draft *d, const char *text)
{
    enum { LOOK_LINES = 10 };
    size_t line = 0;

    for (const char *at = text; *at != '\0' && line < LOOK_LINES; line++) {
        const size_t size = strcspn(at, "\n");
        const size_t usual = count_of(at, size, ',') + count_of(at, size, ';');
        if (d->delimiter == 0 && count_of(at, size, '\t') > usual)
            d->delimiter = '\t';
        else if (d->delimiter == 0 && count_of(at, size, '|') > usual)
            d->delimiter = '|';
        if (filled(at, size, d->delimiter) > 1) {
            d->titles = line;
            return;
        }
        at += size + (at[size] == '\n');
    }
}

static kith_status look_at_head(draft *d, FILE *in, const char *encoding, kith_error *err)
{
    mapping_decoder *decoder = NULL;
    char bytes[4096];
    size_t size = 0, got = 1;
    const bool plain = strcmp(encoding, "UTF-8") == 0;
    const kith_status status = plain ? KITH_OK : mapping_decoder_open(&decoder, in, encoding, err);

    if (status != KITH_OK)
        return status;
    while (got > 0 && size + 1 < sizeof bytes) {
        got = plain ? fread(bytes + size, 1, sizeof bytes - 1 - size, in)
                    : mapping_decoder_read(decoder, bytes + size, sizeof bytes - 1 - size);
        size += got;
    }
    bytes[size] = '\0';
    look_at(d, bytes);
    mapping_decoder_close(decoder);
    rewind(in);
    return KITH_OK;
}

/* A column as an expression names it. */
static void add_column(kith_text *out, const char *name)
{
    const bool brackets = strpbrk(name, "+\"?[@;#") != NULL || strstr(name, " or ") != NULL ||
                          strstr(name, " is ") != NULL;

    kith_text_format(out, brackets ? "[%s]" : "%s", name);
}

static void add_table(draft *d, const char *table)
{
    kith_text *out = d->out;
    bool any = false;

    for (size_t i = 0; i < HINT_COUNT; i++)
        any |= strcmp(hints[i].table, table) == 0 && d->column_of[i] >= 0;
    if (!any)
        return;
    kith_text_format(out, "\n[%s]\n", table);
    for (size_t i = 0; i < HINT_COUNT; i++) {
        if (strcmp(hints[i].table, table) != 0 || d->column_of[i] < 0)
            continue;
        kith_text_format(out, "%s = ", hints[i].field);
        add_column(out, d->columns[d->column_of[i]]);
        kith_text_add_char(out, '\n');
    }
    for (size_t k = 0; k < KITH_IMPORT_TABLES; k++)
        for (int i = 0; strcmp(import_tables[k].name, table) == 0 && i < import_tables[k].column_count; i++) {
            const table_column *column = &import_tables[k].columns[i];
            bool there = false;
            for (size_t h = 0; h < HINT_COUNT; h++)
                there |= d->column_of[h] >= 0 && strcmp(hints[h].table, table) == 0 &&
                         strcmp(hints[h].field, column->name) == 0;
            if ((column->flags & REQUIRED) != 0 && !there)
                kith_text_format(out, "; needed: %s =\n", column->name);
        }
}

static void write_draft(draft *d, const char *path, const char *encoding)
{
    kith_text *out = d->out;
    const char *slash = strrchr(path, '/');

    kith_text_format(out, "; a draft from the header of %s: look at every line\n[file]\n",
                     slash != NULL ? slash + 1 : path);
    if (strcmp(encoding, "CP1252") == 0)
        kith_text_add(out, "; the file is not UTF-8; CP1252 is a guess: look at its names and pound signs\n");
    kith_text_format(out, "encoding = %s\n", encoding);
    if (d->delimiter != 0)
        kith_text_format(out, "delimiter = %s\n", d->delimiter == '|' ? "pipe" : "tab");
    if (d->titles > 0)
        kith_text_format(out, "; lines of title before the header, a guess: look at the columns below\n"
                              "skip_lines = %zu\n", d->titles);
    write_dates(d);
    kith_text_add(out, "\n[origin]\n; the agency's own name goes here: its records and corrections are told by it\n"
                       "source = \"AGENCY\"\n");
    add_table(d, "persons");
    add_table(d, "events");
    add_table(d, "participations");
    if (strchr(out->data, '[') != NULL && strstr(out->data, "\n[persons]") == NULL && strstr(out->data, "\n[events]") == NULL)
        kith_text_add(out, "\n; no column was recognised; begin a table of docs/mapping.md, such as\n; [persons]\n; person_id =\n");
    kith_text_add(out, "\n");
    for (size_t i = 0; i < d->count; i++) {
        bool used = false;
        for (size_t h = 0; h < HINT_COUNT; h++)
            used |= d->column_of[h] == (int)i;
        if (!used)
            kith_text_format(out, "; no line yet reads: %s\n", d->columns[i]);
    }
}

kith_status kith_mapping_draft(kith_text *out, const char *path, kith_error *err)
{
    const kith_csv_handler *handler;
    draft d = { .out = out };
    mapping_decoder *decoder = NULL;
    kith_csv_form form = { 0 };
    kith_status status = KITH_OK;
    bool whole = false;
    FILE *in = fopen(path, "rb");

    if (in == NULL)
        return kith_fail(err, KITH_IO, "%s cannot be opened: %s", path, strerror(errno));
    if (mapping_path_is_graphml(path)) {
        status = mapping_draft_graphml(out, path, in, err);
        fclose(in);
        return status;
    }
    for (size_t i = 0; i < HINT_COUNT; i++)
        d.column_of[i] = -1;
    handler = &(const kith_csv_handler){ &d, take_header, take_record, take_fault };
    const char *encoding = encoding_of(in, &status, err);
    if (status == KITH_OK)
        status = look_at_head(&d, in, encoding, err);
    form.delimiter = d.delimiter;
    form.skip_lines = d.titles;
    if (status == KITH_OK && strcmp(encoding, "UTF-8") != 0) {
        status = mapping_decoder_open(&decoder, in, encoding, err);
        form.read = mapping_decoder_read;
        form.context = decoder;
    }
    if (status == KITH_OK)
        status = kith_csv_read_form(&whole, in, &form, handler, err);
    if (status == KITH_OK && d.no_memory)
        status = kith_no_memory(err);
    if (status == KITH_OK && d.count == 0)
        status = kith_fail(err, KITH_INPUT, "%s: the header cannot be read: %s", path, d.fault);
    if (status == KITH_OK) {
        write_draft(&d, path, encoding);
        status = kith_text_status(out, err);
    }
    for (size_t i = 0; i < d.count; i++)
        free(d.columns[i]);
    mapping_decoder_close(decoder);
    fclose(in);
    return status;
}
