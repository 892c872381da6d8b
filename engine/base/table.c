/* SPDX-License-Identifier: MIT */
/* table.c: an answer as rows; one writer for each printed form.
 *
 * A column is as wide as its widest cell, counted in characters, not bytes. Numbers
 * are aligned right in the table form, which prints %.6g; CSV and JSON print what
 * reads back equal. */
#include "kith/table.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "kith/text.h"

static char nothing[] = ""; /* the text of every empty cell */

static void free_text(char *text)
{
    if (text != nothing)
        free(text);
}

static char *copy(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *made = malloc(size);

    if (made != NULL)
        memcpy(made, text, size);
    return made;
}

/* Adds one owned string to a list, unless the table has failed; takes item, which may be NULL after
 * a failed allocation. */
static void keep(kith_table *table, char ***list, size_t count, char *item)
{
    char **grown = NULL;

    if (!table->failed && item != NULL)
        grown = realloc(*list, (count + 1) * sizeof *grown);
    if (grown == NULL) {
        free(item);
        table->failed = true;
        return;
    }
    grown[count] = item;
    *list = grown;
}

void kith_table_column(kith_table *table, const char *name, kith_cell_type type)
{
    kith_column *grown = realloc(table->columns, (table->column_count + 1) * sizeof *grown);

    if (grown == NULL) {
        table->failed = true;
        return;
    }
    table->columns = grown;
    grown[table->column_count] = (kith_column){ copy(name), type };
    if (grown[table->column_count].name == NULL)
        table->failed = true;
    else
        table->column_count++;
}

static void add_cell(kith_table *table, kith_cell cell)
{
    if (!table->failed && table->cell_count == table->cell_room) {
        const size_t room = table->cell_room ? table->cell_room * 2 : 64;
        kith_cell *grown = realloc(table->cells, room * sizeof *grown);
        if (grown == NULL) {
            table->failed = true;
        } else {
            table->cells = grown;
            table->cell_room = room;
        }
    }
    if (table->failed) {
        free_text(cell.text);
        return;
    }
    table->cells[table->cell_count++] = cell;
}

void kith_table_text(kith_table *table, const char *text)
{
    char *owned = text == NULL ? NULL : *text != '\0' ? copy(text) : nothing;

    if (text != NULL && owned == NULL)
        table->failed = true;
    add_cell(table, (kith_cell){ .missing = text == NULL, .text = owned });
}

void kith_table_integer(kith_table *table, int64_t value)
{
    add_cell(table, (kith_cell){ .integer = value });
}

void kith_table_number(kith_table *table, double value)
{
    add_cell(table, (kith_cell){ .missing = isnan(value), .number = value });
}

void kith_table_missing(kith_table *table)
{
    add_cell(table, (kith_cell){ .missing = true });
}

static char *formatted(const char *format, va_list args)
{
    va_list again;

    va_copy(again, args);
    const int size = vsnprintf(NULL, 0, format, args);
    char *made = size >= 0 ? malloc((size_t)size + 1) : NULL;
    if (made != NULL)
        vsnprintf(made, (size_t)size + 1, format, again);
    va_end(again);
    return made;
}

void kith_table_fact(kith_table *table, const char *key, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *value = formatted(format, args);
    va_end(args);
    keep(table, &table->fact_keys, table->fact_count, copy(key));
    if (table->failed) {
        free(value);
        return;
    }
    keep(table, &table->fact_values, table->fact_count, value);
    if (table->failed)
        free(table->fact_keys[table->fact_count]);
    else
        table->fact_count++;
}

void kith_table_note(kith_table *table, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    keep(table, &table->notes, table->note_count, formatted(format, args));
    va_end(args);
    if (!table->failed)
        table->note_count++;
}

size_t kith_table_rows(const kith_table *table)
{
    return table->column_count > 0 ? table->cell_count / table->column_count : 0;
}

static void add_integer(kith_text *out, int64_t value)
{
    char number[KITH_NUMBER_SIZE];

    if (value > INT32_MIN && value < INT32_MAX) {
        kith_number_shortest(number, (double)value);
        kith_text_add(out, number);
    } else {
        kith_text_format(out, "%lld", (long long)value);
    }
}

void kith_table_cell(kith_text *out, const kith_table *table, size_t at, bool rounded)
{
    const kith_cell *cell = &table->cells[at];
    char number[KITH_NUMBER_SIZE];

    kith_text_clear(out);
    if (cell->missing)
        return;
    switch (table->columns[at % table->column_count].type) {
    case KITH_CELL_TEXT:
        kith_text_add(out, cell->text);
        break;
    case KITH_CELL_INTEGER:
        add_integer(out, cell->integer);
        break;
    case KITH_CELL_NUMBER:
        if (rounded) {
            kith_text_format(out, "%.6g", cell->number == 0 ? 0.0 : cell->number);
        } else {
            kith_number_shortest(number, cell->number);
            kith_text_add(out, number);
        }
        break;
    }
}

static size_t characters(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static void pad(kith_text *out, size_t count)
{
    while (count-- > 0)
        kith_text_add_char(out, ' ');
}

/* Line breaks and other control characters would break the rows of the table form, and some
 * command the terminal; U+0080 to U+009F (C2 80 to C2 9F) do so too. */
static char take_visible(const char **at)
{
    const unsigned char c = (unsigned char)(*at)[0], next = (unsigned char)(*at)[1];
    const bool second_set = c == 0xC2 && next >= 0x80 && next <= 0x9F;
    const bool hidden = c < 0x20 || c == 0x7F || second_set;

    *at += second_set ? 2 : 1;
    return hidden ? ' ' : (char)c;
}

static void add_visible(kith_text *out, const char *text)
{
    while (*text != '\0')
        kith_text_add_char(out, take_visible(&text));
}

static void write_visible(FILE *out, const char *text)
{
    while (*text != '\0')
        fputc(take_visible(&text), out);
}

static void aligned(kith_text *line, const kith_table *table, size_t column, const char *text,
                    size_t width)
{
    const bool last = column + 1 == table->column_count;
    const size_t gap = width - characters(text);
    const bool right = table->columns[column].type != KITH_CELL_TEXT;

    if (right)
        pad(line, gap);
    add_visible(line, text);
    if (!right && !last)
        pad(line, gap);
    if (!last)
        kith_text_add(line, "  ");
}

/* Trailing blanks of rows that end in missing cells. */
static void trim(kith_text *line)
{
    while (line->size > 0 && line->data[line->size - 1] == ' ')
        line->data[--line->size] = '\0';
}

static kith_status write_rows(FILE *out, const kith_table *table, kith_error *err)
{
    kith_status status = KITH_OK;
    kith_text cell = { 0 }, line = { 0 };
    const size_t columns = table->column_count;
    size_t *width = calloc(columns, sizeof *width);

    if (width == NULL)
        return kith_no_memory(err);
    for (size_t c = 0; c < columns; c++)
        width[c] = characters(table->columns[c].name);
    for (size_t i = 0; i < table->cell_count; i++) {
        kith_table_cell(&cell, table, i, true);
        const size_t wide = characters(kith_text_string(&cell));
        if (wide > width[i % columns])
            width[i % columns] = wide;
    }
    for (size_t c = 0; c < columns; c++)
        aligned(&line, table, c, table->columns[c].name, width[c]);
    trim(&line);
    fprintf(out, "%s\n", kith_text_string(&line));
    for (size_t i = 0; i < table->cell_count; i++) {
        if (i % columns == 0)
            kith_text_clear(&line);
        kith_table_cell(&cell, table, i, true);
        aligned(&line, table, i % columns, kith_text_string(&cell), width[i % columns]);
        if (i % columns + 1 == columns) {
            trim(&line);
            fprintf(out, "%s\n", kith_text_string(&line));
        }
    }
    if (cell.failed || line.failed)
        status = kith_no_memory(err);
    kith_text_free(&cell);
    kith_text_free(&line);
    free(width);
    return status;
}

static void write_facts(FILE *out, const kith_table *table)
{
    for (size_t i = 0; i < table->fact_count; i++) {
        fprintf(out, "%s: ", table->fact_keys[i]);
        write_visible(out, table->fact_values[i]);
        fputc('\n', out);
    }
}

static void write_notes(FILE *out, const kith_table *table)
{
    for (size_t i = 0; i < table->note_count; i++) {
        fputs("- ", out);
        write_visible(out, table->notes[i]);
        fputc('\n', out);
    }
}

static kith_status write_plain(FILE *out, const kith_table *table, kith_error *err)
{
    kith_status status = KITH_OK;

    if (table->title != NULL)
        fprintf(out, "%s\n", table->title);
    write_facts(out, table);
    if (table->title != NULL || table->fact_count > 0)
        fputc('\n', out);
    if (kith_table_rows(table) == 0 && table->empty != NULL)
        fprintf(out, "%s\n", table->empty);
    else if (table->column_count > 0)
        status = write_rows(out, table, err);
    if (table->note_count > 0)
        fputc('\n', out);
    write_notes(out, table);
    return status;
}

static kith_status write_csv(FILE *out, FILE *aside, const kith_table *table, kith_error *err)
{
    kith_text line = { 0 }, cell = { 0 };

    for (size_t c = 0; c < table->column_count; c++) {
        if (c > 0)
            kith_text_add_char(&line, ',');
        kith_text_add_csv(&line, table->columns[c].name);
    }
    fprintf(out, "%s\n", kith_text_string(&line));
    for (size_t i = 0; i < table->cell_count; i++) {
        const size_t column = i % table->column_count;
        if (column == 0)
            kith_text_clear(&line);
        else
            kith_text_add_char(&line, ',');
        if (table->columns[column].type == KITH_CELL_TEXT && !table->cells[i].missing) {
            kith_text_add_csv(&line, table->cells[i].text);
        } else {
            kith_table_cell(&cell, table, i, false);
            kith_text_add_csv(&line, kith_text_string(&cell));
        }
        if (column + 1 < table->column_count)
            continue;
        kith_text_add_char(&line, '\n');
        fputs(kith_text_string(&line), out);
    }
    if (aside != NULL) {
        write_facts(aside, table);
        write_notes(aside, table);
    }
    const bool failed = line.failed || cell.failed;
    kith_text_free(&line);
    kith_text_free(&cell);
    return failed ? kith_no_memory(err) : KITH_OK;
}

static void add_json_cell(kith_text *line, kith_text *scratch, const kith_table *table, size_t at)
{
    const kith_column *column = &table->columns[at % table->column_count];

    kith_text_add_json(line, column->name);
    kith_text_add(line, ": ");
    if (table->cells[at].missing) {
        kith_text_add(line, "null");
        return;
    }
    kith_table_cell(scratch, table, at, false);
    if (column->type == KITH_CELL_TEXT)
        kith_text_add_json(line, kith_text_string(scratch));
    else
        kith_text_add(line, kith_text_string(scratch));
}

static kith_status write_json(FILE *out, const kith_table *table, kith_error *err)
{
    kith_text line = { 0 }, scratch = { 0 };
    const size_t columns = table->column_count;

    kith_text_add(&line, "{\"facts\": {");
    for (size_t i = 0; i < table->fact_count; i++) {
        kith_text_add(&line, i > 0 ? ",\n  " : "\n  ");
        kith_text_add_json(&line, table->fact_keys[i]);
        kith_text_add(&line, ": ");
        kith_text_add_json(&line, table->fact_values[i]);
    }
    kith_text_add(&line, "},\n \"rows\": [");
    for (size_t i = 0; i < table->cell_count; i++) {
        if (i % columns == 0)
            kith_text_add(&line, i > 0 ? ",\n  {" : "\n  {");
        else
            kith_text_add(&line, ", ");
        add_json_cell(&line, &scratch, table, i);
        if (i % columns + 1 == columns) {
            kith_text_add_char(&line, '}');
            fputs(kith_text_string(&line), out);
            kith_text_clear(&line);
        }
    }
    kith_text_add(&line, "],\n \"notes\": [");
    for (size_t i = 0; i < table->note_count; i++) {
        kith_text_add(&line, i > 0 ? ",\n  " : "\n  ");
        kith_text_add_json(&line, table->notes[i]);
    }
    kith_text_add(&line, "]}\n");
    fputs(kith_text_string(&line), out);
    const bool failed = line.failed || scratch.failed;
    kith_text_free(&line);
    kith_text_free(&scratch);
    return failed ? kith_no_memory(err) : KITH_OK;
}

kith_status kith_table_write(FILE *out, FILE *aside, const kith_table *table, kith_format format,
                             kith_error *err)
{
    kith_status status = kith_table_status(table, err);

    if (status == KITH_OK && format == KITH_FORMAT_TABLE)
        status = write_plain(out, table, err);
    else if (status == KITH_OK && format == KITH_FORMAT_CSV)
        status = write_csv(out, aside, table, err);
    else if (status == KITH_OK)
        status = write_json(out, table, err);
    if (status == KITH_OK && (fflush(out) != 0 || ferror(out)))
        status = kith_fail(err, KITH_IO, "the answer could not be written; is the disk full?");
    return status;
}

kith_status kith_table_status(const kith_table *table, kith_error *err)
{
    return table->failed ? kith_no_memory(err) : KITH_OK;
}

void kith_table_free(kith_table *table)
{
    for (size_t c = 0; c < table->column_count; c++)
        free(table->columns[c].name);
    for (size_t i = 0; i < table->cell_count; i++)
        free_text(table->cells[i].text);
    for (size_t i = 0; i < table->fact_count; i++) {
        free(table->fact_keys[i]);
        free(table->fact_values[i]);
    }
    for (size_t i = 0; i < table->note_count; i++)
        free(table->notes[i]);
    free(table->columns);
    free(table->cells);
    free(table->fact_keys);
    free(table->fact_values);
    free(table->notes);
    *table = (kith_table){ 0 };
}
