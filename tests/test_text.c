/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_text.c: text, numbers, errors, and the three forms of a table. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/table.h"
#include "kith/text.h"

static bool written_as(const char *value, void (*add)(kith_text *, const char *), const char *expected)
{
    kith_text text = { 0 };

    add(&text, value);
    const bool same = strcmp(kith_text_string(&text), expected) == 0;
    if (!same)
        cr_log_error("%s is written %s, expected %s", value, kith_text_string(&text), expected);
    kith_text_free(&text);
    return same;
}

Test(text, json_escapes_what_json_must)
{
    cr_assert(written_as("a\"b\\c\n\t\r\x01\x7f/é", kith_text_add_json,
                         "\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u007f/é\""));
    cr_assert(written_as("", kith_text_add_json, "\"\""));
}

/* RFC 4180 section 2, rules 6 and 7. */
Test(text, csv_quotes_what_would_break_a_row)
{
    cr_assert(written_as("plain", kith_text_add_csv, "plain"));
    cr_assert(written_as("a,b", kith_text_add_csv, "\"a,b\""));
    cr_assert(written_as("a\"b", kith_text_add_csv, "\"a\"\"b\""));
    cr_assert(written_as("a\nb", kith_text_add_csv, "\"a\nb\""));
}

Test(text, csv_never_hands_a_formula_to_a_spreadsheet)
{
    cr_assert(written_as("=1+1", kith_text_add_csv, "'=1+1"));
    cr_assert(written_as("@SUM(A1)", kith_text_add_csv, "'@SUM(A1)"));
    cr_assert(written_as("-cmd|' /C calc'!A0", kith_text_add_csv, "'-cmd|' /C calc'!A0"));
    cr_assert(written_as("+44 115 000", kith_text_add_csv, "'+44 115 000"));
    cr_assert(written_as("=a,b", kith_text_add_csv, "\"'=a,b\""));
    cr_assert(written_as("-12.5", kith_text_add_csv, "-12.5"), "a negative number is a number");
}

/* As docs/export.md says; the fields here need no quotes. */
static bool reads_back(const char *value)
{
    kith_text text = { 0 };

    kith_text_add_csv(&text, value);
    const char *cell = kith_text_string(&text), *first = cell + strspn(cell, "'");
    const bool same = strcmp(first != cell && *first != '\0' && strchr("=+-@\t", *first) != NULL ? cell + 1 : cell, value) == 0;
    kith_text_free(&text);
    return same;
}

Test(text, what_is_marked_as_no_formula_reads_back)
{
    static const char *const values[] = { "", "'", "''", "=1+1", "'=1+1", "''=1+1", "-12.5", "'-12.5", "-x", "'-x", "'tis", "'a=b", "+44 1",
                                          "\tx", "'\tx", "@x'", "'@" };

    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        cr_expect(reads_back(values[i]), "%s", values[i]);
}

Test(text, a_number_is_written_as_short_as_it_reads_back)
{
    static const struct { double value; const char *expected; } cases[] = {
        { 0, "0" }, { -0.0, "0" }, { 3, "3" }, { 0.1, "0.1" }, { 1.0 / 3, "0.3333333333333333" },
        { 1e-9, "1e-09" }, { 123456789, "123456789" }, { -2.5, "-2.5" }, { 1e300, "1e+300" },
        { 0.1 + 0.2, "0.30000000000000004" }, { 1e22, "1e+22" }, { 5e-324, "5e-324" },
        { 123456.7, "123456.7" }, { 0.00001234, "1.234e-05" }, { 1e-310, "1e-310" },
    };
    char out[KITH_NUMBER_SIZE];

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kith_number_shortest(out, cases[i].value);
        cr_assert(eq(str, out, (char *)cases[i].expected));
        cr_assert(eq(dbl, strtod(out, NULL), cases[i].value));
    }
}

/* The least number of digits that reads back, found by trying each. */
static void try_each(char *out, double value)
{
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(out, KITH_NUMBER_SIZE, "%.*g", digits, value);
        if (strtod(out, NULL) == value)
            return;
    }
}

Test(text, no_fewer_digits_than_those_written_read_back)
{
    char out[KITH_NUMBER_SIZE], expected[KITH_NUMBER_SIZE];
    uint64_t state = 1;

    for (int i = 0; i < 20000; i++) {
        double value;
        state = state * 6364136223846793005u + 1442695040888963407u;
        const uint64_t bits = state ^ state >> 29;
        memcpy(&value, &bits, sizeof value);
        if (i % 2 == 0)
            value = (double)(state >> 40) / (i % 10 + 7); /* of few digits too */
        if (!isfinite(value) || value == floor(value))
            continue;
        kith_number_shortest(out, value);
        try_each(expected, value);
        cr_assert(eq(str, out, expected));
    }
}

Test(text, only_whole_fields_are_numbers)
{
    double number;
    int64_t integer;
    static const char *const bad[] = { "", " 1", "1 ", "1,5", "0x10", "inf", "nan", "1e", ".", "--1", "1e999" };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert(not(kith_number_read(&number, bad[i])), "%s", bad[i]);
    cr_assert(kith_number_read(&number, "-1.5e3"));
    cr_assert(eq(dbl, number, -1500));
    cr_assert(kith_integer_read(&integer, "-42"));
    cr_assert(eq(i64, integer, -42));
    cr_assert(not(kith_integer_read(&integer, "4.2")));
    cr_assert(not(kith_integer_read(&integer, "99999999999999999999")));
}

/* The boundaries of the Unicode Standard's table 3-7. */
Test(text, utf8_is_accepted_only_well_formed)
{
    static const char *const good[] = { "", "a", "é", "€", "😀", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF" };
    static const char *const bad[] = { "\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80",
                                       "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "ab\xFF" };

    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        cr_assert(kith_utf8_valid(good[i], strlen(good[i])), "good %zu", i);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert(not(kith_utf8_valid(bad[i], strlen(bad[i]))), "bad %zu", i);
    cr_assert(eq(sz, kith_utf8_fault("ab\xFF", 3), 2));
    cr_assert(not(kith_utf8_valid("a\0b", 3)), "NUL is not text");
}

Test(text, a_long_message_is_cut_at_the_end_of_a_character)
{
    kith_error err;
    char name[3000];

    for (size_t i = 0; i < 1500; i++)
        memcpy(name + 2 * i, "é", 2);
    name[2998] = '\0';
    cr_assert(eq(int, kith_fail(&err, KITH_INPUT, "x%s", name), KITH_INPUT));
    cr_assert(eq(int, err.status, KITH_INPUT));
    cr_assert(kith_utf8_valid(err.message, strlen(err.message)));
    cr_assert(gt(sz, strlen(err.message), 1000));
    cr_assert(eq(int, kith_fail(NULL, KITH_IO, "nobody reads this"), KITH_IO));
}

Test(text, every_status_has_the_promised_exit_code)
{
    static const int expected[] = { 0, 1, 2, 3, 4, 5, 6, 6, 6 };

    for (int status = KITH_OK; status <= KITH_INTERNAL; status++)
        cr_assert(eq(int, kith_exit_code((kith_status)status), expected[status]));
}

static kith_table two_rows(void)
{
    kith_table table = { .title = "Places" };

    kith_table_column(&table, "id", KITH_CELL_TEXT);
    kith_table_column(&table, "children", KITH_CELL_INTEGER);
    kith_table_column(&table, "score", KITH_CELL_NUMBER);
    kith_table_text(&table, "Café, \"B\"");
    kith_table_integer(&table, 12);
    kith_table_number(&table, 1.0 / 3);
    kith_table_text(&table, NULL);
    kith_table_missing(&table);
    kith_table_number(&table, NAN);
    kith_table_fact(&table, "as_of", "%s", "2022-06-30");
    kith_table_note(&table, "recorded, not %s", "true");
    return table;
}

static char *printed(const kith_table *table, kith_format format)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    cr_assert(eq(int, kith_table_write(out, NULL, table, format, NULL), KITH_OK));
    fclose(out);
    return text;
}

Test(table, the_same_rows_are_printed_in_three_forms)
{
    kith_table table = two_rows();
    char *plain = printed(&table, KITH_FORMAT_TABLE);
    char *csv = printed(&table, KITH_FORMAT_CSV);
    char *json = printed(&table, KITH_FORMAT_JSON);

    cr_assert(eq(str, plain, "Places\nas_of: 2022-06-30\n\nid         children     score\n"
                             "Café, \"B\"        12  0.333333\n\n\n- recorded, not true\n"));
    cr_assert(eq(str, csv, "id,children,score\n\"Café, \"\"B\"\"\",12,0.3333333333333333\n,,\n"));
    cr_assert(eq(str, json, "{\"facts\": {\n  \"as_of\": \"2022-06-30\"},\n \"rows\": [\n"
                            "  {\"id\": \"Café, \\\"B\\\"\", \"children\": 12, \"score\": 0.3333333333333333},\n"
                            "  {\"id\": null, \"children\": null, \"score\": null}],\n"
                            " \"notes\": [\n  \"recorded, not true\"]}\n"));
    free(plain);
    free(csv);
    free(json);
    kith_table_free(&table);
}

/* ESC and its one-character form CSI (U+009B) would command a terminal; é stays. */
Test(table, no_text_commands_the_terminal)
{
    kith_table table = { 0 };

    kith_table_column(&table, "name", KITH_CELL_TEXT);
    kith_table_text(&table, "\x1B[31m \xC2\x9B" "1m \xC3\xA9");
    char *plain = printed(&table, KITH_FORMAT_TABLE);
    cr_assert(eq(str, plain, "name\n [31m  1m \xC3\xA9\n"));
    free(plain);
    kith_table_free(&table);
}

Test(table, a_table_without_rows_says_so_in_words_only_to_people)
{
    kith_table table = { .empty = "nothing is wrong" };

    kith_table_column(&table, "id", KITH_CELL_TEXT);
    char *plain = printed(&table, KITH_FORMAT_TABLE);
    char *csv = printed(&table, KITH_FORMAT_CSV);
    cr_assert(eq(str, plain, "nothing is wrong\n"));
    cr_assert(eq(str, csv, "id\n"));
    free(plain);
    free(csv);
    kith_table_free(&table);
}

Test(table, a_disk_that_is_full_is_told)
{
    kith_table table = two_rows();
    kith_error err = { 0 };
    FILE *full = fopen("/dev/full", "w");

    cr_assert(eq(int, kith_table_write(full, NULL, &table, KITH_FORMAT_CSV, &err), KITH_IO));
    cr_assert(ne(str, err.message, ""));
    fclose(full);
    kith_table_free(&table);
}

Test(text, xml_holds_any_text)
{
    kith_text text = { 0 };

    kith_text_add_xml(&text, "a<b> & \"c\" 'd'\n\t\r\x01\x7F \xEF\xBF\xBF \xF0\x9F\x99\x82");
    cr_assert(eq(str, (char *)kith_text_string(&text),
                 "a&#60;b&#62; &#38; &#34;c&#34; &#39;d&#39;&#10;&#9;&#13;\xE2\x90\x81\xE2\x90\xA1 "
                 "\xEF\xBF\xBD \xF0\x9F\x99\x82"));
    kith_text_free(&text);
}

Test(error, a_sentence_is_utf_8_wherever_it_is_cut)
{
    char out[8];

    kith_sentence(out, sizeof out, "%.4s|", "abc\xC3\xA9");
    cr_expect(eq(str, out, (char *)"abc|"));
    kith_sentence(out, sizeof out, "%s", "abcdef\xC3\xA9");
    cr_expect(eq(str, out, (char *)"abcdef"));
    kith_sentence(out, sizeof out, "%s", "abcde\xC3\xA9");
    cr_expect(eq(str, out, (char *)"abcde\xC3\xA9"));
    kith_sentence(out, sizeof out, "%s", "a\xFF" "b\x80");
    cr_expect(eq(str, out, (char *)"ab"));
}
