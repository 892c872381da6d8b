/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_origin.c: who recorded a row, how it is graded, who may have it.
 *
 * A grade is 3x5x2: source 1 to 3 and information A to E, both or neither. The older
 * 5x5x5 has letters and digits the other way round and means other things; it is kept
 * word for word and counts as ungraded. An origin is stored once; rows that follow one
 * another mostly share theirs, so the last one is at hand, and the rows of a file that has
 * none of the columns have all the same. */
#include <stdio.h>
#include <string.h>

#include "import_private.h"

static const char *const letters[] = { "A", "B", "C", "D", "E" };

/* The one character of a field in upper case; 0 when it has none or several. */
static char single(const char *text)
{
    if (text[0] == '\0' || text[1] != '\0')
        return 0;
    return text[0] >= 'a' && text[0] <= 'z' ? (char)(text[0] - 'a' + 'A') : text[0];
}

static void keep_legacy(import_row *row, char source, char info)
{
    const char handling = single(row->origin[ORIGIN_HANDLING].text);
    const bool coded = handling >= '1' && handling <= '5';

    snprintf(row->other_grade, sizeof row->other_grade, "5x5x5 %c%c%.1s", source, info,
             coded ? row->origin[ORIGIN_HANDLING].text : "");
    row->origin_text[FIELD_OTHER_GRADE] = row->other_grade;
    import_gather(row->load, SEVERITY_WARNING, row->line, "source_grade",
                  "the grade is %s; it is kept as it is, and the row counts as ungraded",
                  row->other_grade);
    if (coded)
        row->origin_text[FIELD_HANDLING] = "";
}

static void read_grade(import_row *row)
{
    const char *source = row->origin[ORIGIN_SOURCE_GRADE].text;
    const char *info = row->origin[ORIGIN_INFO_GRADE].text;
    const char s = single(source), i = single(info);
    char quoted[SHOWN_SIZE];

    if (source[0] == '\0' && info[0] == '\0')
        return;
    if (s >= 'A' && s <= 'E' && i >= '1' && i <= '5') {
        keep_legacy(row, s, i);
        return;
    }
    if (source[0] != '\0' && (s < '1' || s > '3'))
        row_error(row, "source_grade",
                  "source_grade is %s; 1, 2 or 3 is expected, and A to E in info_grade",
                  shown(quoted, source));
    else if (info[0] != '\0' && (i < 'A' || i > 'E'))
        row_error(row, "info_grade",
                  "info_grade is %s; A, B, C, D or E is expected, and 1 to 3 in source_grade",
                  shown(quoted, info));
    else if (s == 0)
        row_error(row, "source_grade",
                  "info_grade is given without source_grade; give both or neither");
    else if (i == 0)
        row_error(row, "info_grade",
                  "source_grade is given without info_grade; give both or neither");
    else {
        row->origin_text[FIELD_SOURCE_GRADE] = source;
        row->origin_text[FIELD_INFO_GRADE] = letters[i - 'A'];
    }
}

static void read_handling(import_row *row)
{
    const char *handling = row->origin_text[FIELD_HANDLING];
    const char *conditions = row->origin_text[FIELD_CONDITIONS];
    const char code = single(handling);
    char quoted[SHOWN_SIZE];

    if (handling[0] != '\0' && code != 'P' && code != 'C') {
        row_error(row, "handling",
                  "handling is %s; P (may be shared) or C (with conditions) is expected",
                  shown(quoted, handling));
        return;
    }
    row->origin_text[FIELD_HANDLING] = code == 'P' ? "P" : code == 'C' ? "C" : "";
    if (code == 'C' && strspn(conditions, " \t\r\n") == strlen(conditions))
        row_error(
            row, "conditions",
            "handling is C, and the conditions are blank; write them, they travel with the item");
    else if (code != 'C' && conditions[0] != '\0')
        import_gather(
            row->load, SEVERITY_WARNING, row->line, "handling",
            "there are conditions, but handling is not C; write C for them to be kept to");
}

void import_origin(import_row *row)
{
    const char *fallback = row->load->options->source;

    if (row->origin_row != 0 && !row->has_origin)
        return;
    for (int i = 0; i < ORIGIN_COLUMNS; i++)
        import_read_value(row, &row->origin[i], &origin_columns[i],
                          row->origin_place[i] >= 0 ? row->fields[row->origin_place[i]] : "");
    for (int i = 0; i < ORIGIN_FIELDS; i++)
        row->origin_text[i] = "";
    row->origin_text[FIELD_SOURCE] = row->origin[ORIGIN_SOURCE].text;
    if (row->origin[ORIGIN_SOURCE].missing && fallback != NULL)
        row->origin_text[FIELD_SOURCE] = fallback;
    row->origin_text[FIELD_REPORT_REF] = row->origin[ORIGIN_REPORT_REF].text;
    row->origin_text[FIELD_HANDLING] = row->origin[ORIGIN_HANDLING].text;
    row->origin_text[FIELD_CONDITIONS] = row->origin[ORIGIN_CONDITIONS].text;
    row->origin_text[FIELD_RECORDED_ON] = row->origin[ORIGIN_RECORDED_ON].text;
    read_grade(row);
    read_handling(row);
}

static bool is_last(const import_load *load, const char *const *fields)
{
    const char *at = load->last_origin.data;

    if (load->last_origin_row == 0)
        return false;
    for (int i = 0; i < ORIGIN_FIELDS; i++) {
        if (strcmp(at, fields[i]) != 0)
            return false;
        at += strlen(at) + 1;
    }
    return true;
}

static int64_t source_row(import_load *load, const char *name)
{
    kith_change *change;

    if (name[0] == '\0')
        return 0;
    kith_idmap_entry *entry = kith_idmap_put(&load->ids, SPACE_SOURCE, name);
    if (entry == NULL) {
        import_goes_on(load, kith_no_memory(load->err));
        return 0;
    }
    if (entry->row == 0 && import_settle(load) &&
        import_goes_on(load,
                       kith_store_change(&change, load->store, KITH_QUERY_SOURCE_ADD, load->err))) {
        kith_change_text(change, 1, name);
        if (import_goes_on(load, kith_change_run(change, NULL, load->err)))
            entry->row = kith_store_last_row(load->store);
    }
    entry->file |= (uint16_t)(1u << (load->table - import_tables)); /* gave rows to this table */
    return entry->row;
}

static int64_t find_origin(import_load *load, int64_t source, const char *const *fields)
{
    kith_rows *rows;
    int64_t found = 0;

    if (!import_settle(load) ||
        !import_reads(&rows, load, KITH_QUERY_ORIGIN_FIND))
        return 0;
    kith_rows_bind_integer(rows, "source", source);
    kith_rows_bind_integer(rows, "source_grade",
                           fields[FIELD_SOURCE_GRADE][0] ? fields[FIELD_SOURCE_GRADE][0] - '0' : 0);
    for (int i = FIELD_REPORT_REF; i < ORIGIN_FIELDS; i++)
        if (i != FIELD_SOURCE_GRADE)
            kith_rows_bind_text(rows, origin_fields[i], fields[i]);
    if (kith_rows_next(rows))
        found = kith_rows_integer(rows, 0);
    import_goes_on(load, kith_rows_end(rows, load->err));
    return found;
}

static int64_t add_origin(import_load *load, int64_t source, const char *const *fields)
{
    kith_change *change;

    if (!import_goes_on(load,
                        kith_store_change(&change, load->store, KITH_QUERY_ORIGIN_ADD, load->err)))
        return 0;
    if (source != 0)
        kith_change_integer(change, 1, source);
    else
        kith_change_missing(change, 1);
    for (int i = FIELD_REPORT_REF; i < ORIGIN_FIELDS; i++)
        kith_change_text(change, i + 1, fields[i]);
    if (fields[FIELD_SOURCE_GRADE][0] != '\0')
        kith_change_integer(change, FIELD_SOURCE_GRADE + 1, fields[FIELD_SOURCE_GRADE][0] - '0');
    else
        kith_change_missing(change, FIELD_SOURCE_GRADE + 1);
    if (fields[FIELD_INFO_GRADE][0] == '\0')
        kith_change_missing(change, FIELD_INFO_GRADE + 1);
    if (!import_goes_on(load, kith_change_run(change, NULL, load->err)))
        return 0;
    return kith_store_last_row(load->store);
}

/* Each field after its length in digits of base 127 and a byte that is none of them, so that
 * no two origins have one key. */
static void write_key(kith_text *key, const char *const *fields)
{
    kith_text_clear(key);
    for (int i = 0; i < ORIGIN_FIELDS; i++) {
        const size_t size = strlen(fields[i]);
        for (size_t rest = size; rest > 0; rest /= 127)
            kith_text_add_char(key, (char)(1 + rest % 127));
        kith_text_add_char(key, (char)0x80);
        kith_text_add_bytes(key, fields[i], size);
    }
}

void import_origin_row(import_row *row)
{
    import_load *load = row->load;
    const char *const *fields = row->origin_text;

    if (row->origin_row != 0 && !row->has_origin)
        return;
    if (!is_last(load, fields)) {
        const int64_t source = source_row(load, fields[FIELD_SOURCE]);
        write_key(&load->scratch, fields);
        kith_idmap_entry *entry =
            load->scratch.failed ? NULL
                                 : kith_idmap_put(&load->ids, SPACE_ORIGIN, load->scratch.data);
        if (entry == NULL) {
            import_goes_on(load, kith_no_memory(load->err));
            return;
        }
        if (entry->row == 0)
            entry->row = find_origin(load, source, fields);
        if (entry->row == 0 && load->status == KITH_OK)
            entry->row = add_origin(load, source, fields);
        load->last_origin_row = entry->row;
        kith_text_clear(&load->last_origin);
        for (int i = 0; i < ORIGIN_FIELDS; i++)
            kith_text_add_bytes(&load->last_origin, fields[i], strlen(fields[i]) + 1);
        import_goes_on(load, kith_text_status(&load->last_origin, load->err));
    }
    row->origin_row = load->last_origin_row;
}
