/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_csv.c: RFC 4180 as it is met, and what is refused. */
#define _GNU_SOURCE /* fopencookie */
#include "kith/csv.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kith/random.h"
#include "kith/text.h"

/* What a file was read as: "line:field|field\n" a record, "!line:fault\n" a fault. */
static kith_text seen;
static bool whole;
static size_t stop_at; /* the handler says stop at this line; 0: never */

static bool take(void *context, const kith_csv_record *record)
{
    (void)context;
    kith_text_format(&seen, "%zu:", record->line);
    for (size_t i = 0; i < record->count; i++)
        kith_text_format(&seen, "%s%s", i > 0 ? "|" : "", record->fields[i]);
    kith_text_add(&seen, "\n");
    return record->line != stop_at;
}

static void fault(void *context, size_t line, const char *message)
{
    (void)context;
    kith_text_format(&seen, "!%zu:%s\n", line, message);
}

static const char *read_bytes(const char *bytes, size_t size)
{
    const kith_csv_handler handler = { NULL, take, take, fault };
    kith_error err = { 0 };
    FILE *in = tmpfile();

    kith_text_free(&seen);
    cr_assert_not_null(in);
    cr_assert_eq(fwrite(bytes, 1, size, in), size);
    rewind(in);
    cr_assert_eq(kith_csv_read(&whole, in, &handler, &err), KITH_OK, "%s", err.message);
    fclose(in);
    return kith_text_string(&seen);
}

static const char *read_text(const char *text)
{
    return read_bytes(text, strlen(text));
}

static void drop_seen(void)
{
    kith_text_free(&seen);
    stop_at = 0;
}

TestSuite(csv, .fini = drop_seen);

Test(csv, a_file_is_its_records)
{
    cr_expect_str_eq(read_text("a,b\n1,2\n3,\n"), "1:a|b\n2:1|2\n3:3|\n");
    cr_expect(whole);
}

Test(csv, the_last_line_needs_no_end)
{
    cr_expect_str_eq(read_text("a,b\n1,2"), "1:a|b\n2:1|2\n");
    cr_expect(whole);
}

Test(csv, line_ends_of_every_kind_are_taken)
{
    cr_expect_str_eq(read_text("a,b\r\n1,2\r\n3,4\r\n"), "1:a|b\n2:1|2\n3:3|4\n");
    cr_expect_str_eq(read_text("a,b\r1,2\r3,4"), "1:a|b\n2:1|2\n3:3|4\n");
}

Test(csv, a_byte_order_mark_is_not_part_of_the_first_name)
{
    cr_expect_str_eq(read_text("\xEF\xBB\xBF"
                               "a,b\n1,2\n"),
                     "1:a|b\n2:1|2\n");
}

Test(csv, the_header_decides_the_delimiter)
{
    cr_expect_str_eq(read_text("a;b\n1,5;2\n"), "1:a|b\n2:1,5|2\n");
    cr_expect_str_eq(read_text("a,b\n1;5,2\n"), "1:a|b\n2:1;5|2\n");
    cr_expect_str_eq(read_text("\"x;y;z\",b\n1,2\n"), "1:x;y;z|b\n2:1|2\n");
}

Test(csv, quotes_hold_delimiters_quotes_and_line_ends)
{
    cr_expect_str_eq(read_text("a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n3,4\n"),
                     "1:a|b\n2:x, \"y\"|two\nlines\n4:3|4\n");
    cr_expect(whole);
}

Test(csv, a_name_in_the_header_may_have_two_lines)
{
    cr_expect_str_eq(read_text("\"a;\n;b\",c\n1,2\n"), "1:a;\n;b|c\n3:1|2\n");
}

Test(csv, blanks_around_a_field_count_only_in_quotes)
{
    cr_expect_str_eq(read_text("a,b\n 1 ,\" 2 \"\n"), "1:a|b\n2:1| 2 \n");
}

Test(csv, empty_lines_are_passed_over_and_counted)
{
    cr_expect_str_eq(read_text("\n\na;b\n\n1;2\n\n"), "3:a|b\n5:1|2\n");
}

Test(csv, lines_before_the_header_are_passed_over_and_counted)
{
    static char text[] = "Extract of \"June\n2022;\na,b\n1,2\n";
    const kith_csv_form form = { .skip_lines = 2 };
    const kith_csv_handler handler = { NULL, take, take, fault };
    kith_error err;
    FILE *in = fmemopen(text, sizeof text - 1, "r");

    cr_assert_not_null(in);
    cr_assert_eq(kith_csv_read_form(&whole, in, &form, &handler, &err), KITH_OK, "%s", err.message);
    fclose(in);
    cr_expect_str_eq(kith_text_string(&seen), "3:a|b\n4:1|2\n");
    cr_expect(whole);
}

Test(csv, a_record_of_another_length_is_a_fault_and_reading_goes_on)
{
    cr_expect_str_eq(read_text("a,b\n1\n1,2,3\n4,5\n"),
                     "1:a|b\n"
                     "!2:the record has 1 field where the header has 2; give every column, blank "
                     "where there is nothing\n"
                     "!3:the record has 3 fields where the header has 2; give every column, blank "
                     "where there is nothing\n"
                     "4:4|5\n");
    cr_expect(whole);
}

Test(csv, an_empty_file_is_a_fault)
{
    cr_expect_str_eq(read_text(""), "!1:the file is empty; a header row is expected\n");
    cr_expect_not(whole);
    cr_expect_str_eq(read_text("\xEF\xBB\xBF"), "!1:the file is empty; a header row is expected\n");
    cr_expect_str_eq(read_text("\n\n"), "!1:the file is empty; a header row is expected\n");
}

Test(csv, a_quote_that_is_never_closed_is_a_fault_where_it_opens)
{
    cr_expect_str_eq(read_text("a,b\n1,2\n3,\"4\n5,6\n"),
                     "1:a|b\n2:1|2\n!3:a quote that opens here is never closed\n");
    cr_expect_not(whole);
    cr_expect_str_eq(read_text("a\n1\n\""), "1:a\n2:1\n!3:a quote that opens here is never closed\n");
}

Test(csv, a_stray_quote_is_a_fault_with_its_byte)
{
    cr_expect_str_eq(read_text("a,b\nx\"y,2\n3,4\n"),
                     "1:a|b\n!2:byte 5: a quote in the middle of a field; double it, and put the "
                     "whole field in quotes\n");
    cr_expect_str_eq(read_text("a,b\n\"x\"y,2\n"),
                     "1:a|b\n!2:byte 7: a quote in the middle of a field; double it, and put the "
                     "whole field in quotes\n");
}

Test(csv, nul_is_refused_with_its_byte)
{
    cr_expect_str_eq(read_bytes("a,b\n1,\0\n", 8),
                     "1:a|b\n!2:byte 6 is NUL, which has no place in text; save the file as UTF-8\n");
}

Test(csv, bytes_that_are_not_utf8_are_refused_with_their_place)
{
    cr_expect_str_eq(read_text("a,b\n1,caf\xE9\n"),
                     "1:a|b\n!2:byte 9 (0xE9) is not UTF-8; save the file as UTF-8\n");
    cr_expect_str_eq(read_text("a,b\n1,\xC0\xAF\n"),
                     "1:a|b\n!2:byte 6 (0xC0) is not UTF-8; save the file as UTF-8\n");
    cr_expect_str_eq(read_bytes("\xFF\xFE"
                                "a\0,\0b\0",
                                8),
                     "!1:the file is UTF-16; save the file as UTF-8\n");
    cr_expect_str_eq(read_text("\xFF\xFE"), "!1:the file is UTF-16; save the file as UTF-8\n");
    cr_expect_str_eq(read_bytes("\xFE\xFF\0a\0,\0b", 8), "!1:the file is UTF-16; save the file as UTF-8\n");
    cr_expect_str_eq(read_text("\xFF"), "!1:byte 0 (0xFF) is not UTF-8; save the file as UTF-8\n");
    cr_expect_str_eq(read_text("\x80\xFE"), "!1:byte 0 (0x80) is not UTF-8; save the file as UTF-8\n");
}

static ssize_t give_some(void *given, char *to, size_t size)
{
    if (*(bool *)given) {
        errno = EIO;
        return -1;
    }
    *(bool *)given = true;
    memcpy(to, "a,b\n1,2\n3", size < 9 ? size : 9);
    return 9;
}

/* At once, and after some of it. */
Test(csv, a_file_that_cannot_be_read_to_its_end_is_said)
{
    const kith_csv_handler handler = { NULL, take, take, fault };

    for (int some = 0; some < 2; some++) {
        kith_error err = { 0 };
        bool given = some == 0;
        FILE *in = fopencookie(&given, "r", (cookie_io_functions_t){ .read = give_some });
        cr_assert_not_null(in);
        cr_expect_eq(kith_csv_read(&whole, in, &handler, &err), KITH_IO);
        cr_expect_str_eq(err.message, "the file cannot be read to its end");
        cr_expect_not(whole);
        fclose(in);
    }
}

/* Plain bytes are looked at eight at a time: what is not plain is seen at each of their places. */
Test(csv, a_byte_that_is_not_plain_is_seen_wherever_it_stands)
{
    static const char line[] = "a,b\n123456789,1234567890\n";
    char text[sizeof line];
    kith_text expected = { 0 };

    for (size_t at = 4; at < sizeof line - 2; at++) {
        if (line[at] == ',')
            continue;
        memcpy(text, line, sizeof line);
        text[at] = '\0';
        read_bytes(text, sizeof text - 1);
        kith_text_clear(&expected);
        kith_text_format(&expected, "!2:byte %zu is NUL", at);
        cr_expect_not_null(strstr(kith_text_string(&seen), expected.data), "%zu: %s", at, kith_text_string(&seen));
        text[at] = (char)0x80;
        read_bytes(text, sizeof text - 1);
        kith_text_clear(&expected);
        kith_text_format(&expected, "!2:byte %zu (0x80) is not UTF-8", at);
        cr_expect_not_null(strstr(kith_text_string(&seen), expected.data), "%zu: %s", at, kith_text_string(&seen));
        text[at] = '"';
        cr_expect_not_null(strstr(read_bytes(text, sizeof text - 1), "!2:"), "%zu: %s", at, kith_text_string(&seen));
        text[at] = '\r';
        cr_expect_not_null(strstr(read_bytes(text, sizeof text - 1), at == 4 ? "3:" : at + 3 < sizeof line ? "!" : "2:"),
                           "%zu: %s", at, kith_text_string(&seen));
    }
    kith_text_free(&expected);
}

Test(csv, characters_of_every_length_are_text)
{
    cr_expect_str_eq(read_text("a,b\n\xC3\xA9\xE2\x82\xAC,\xF0\x9F\x8C\x8A\n"),
                     "1:a|b\n2:\xC3\xA9\xE2\x82\xAC|\xF0\x9F\x8C\x8A\n");
}

/* Reads count bytes of a filler between two texts. */
static const char *read_filled(const char *before, char filler, size_t count, const char *after)
{
    kith_text text = { 0 };

    kith_text_add(&text, before);
    for (size_t i = 0; i < count; i++)
        kith_text_add_char(&text, filler);
    kith_text_add(&text, after);
    const char *result = read_bytes(text.data, text.size);
    kith_text_free(&text);
    return result;
}

Test(csv, a_field_may_have_a_mebibyte_and_no_more)
{
    read_filled("a\n", 'x', KITH_CSV_FIELD_MAX, "\n");
    cr_expect(whole);
    read_filled("a\n", 'x', KITH_CSV_FIELD_MAX + 1, "\n");
    cr_expect_not(whole);
    cr_expect_str_eq(kith_text_string(&seen),
                     "1:a\n!2:a field is longer than 1 MiB; shorten it\n");
}

/* Each of its lines is shorter. */
Test(csv, a_record_may_have_four_mebibytes_and_no_more)
{
    enum { FIELDS = 6 };
    static char part[1000001];
    kith_text text = { 0 };

    memset(part, 'x', sizeof part - 1);
    for (int fields = FIELDS - 1; fields <= FIELDS; fields++) {
        kith_text_clear(&text);
        kith_text_add(&text, fields < FIELDS ? "a,b,c,d,e\n" : "a,b,c,d,e,f\n");
        for (int i = 0; i < fields; i++)
            kith_text_format(&text, "%s\"%s\n\"", i > 0 ? "," : "", part);
        read_bytes(text.data, text.size);
        cr_expect_eq(whole, fields < FIELDS);
    }
    cr_expect_not_null(strstr(seen.data, "!2:the record is longer than 4 MiB; shorten it\n"));
    kith_text_free(&text);
}

Test(csv, a_quote_that_swallows_the_file_is_found_after_a_mebibyte)
{
    cr_expect_str_eq(read_filled("a\n\"", '\n', 3u << 20, ""),
                     "1:a\n!2:a field is longer than 1 MiB; is a quote that opens here never "
                     "closed?\n");
}

Test(csv, a_line_may_have_four_mebibytes_and_no_more)
{
    cr_expect_str_eq(read_filled("a\n", 'x', 5u << 20, "\n"),
                     "1:a\n!2:the line is longer than 4 MiB; is this a CSV file?\n");
    cr_expect_not(whole);
}

Test(csv, a_thousand_columns_are_enough)
{
    read_filled("a", ',', KITH_CSV_COLUMN_MAX - 1, "\n");
    cr_expect(whole);
    cr_expect_str_eq(read_filled("a", ',', KITH_CSV_COLUMN_MAX, "\n"),
                     "!1:the record has more than 1000 fields\n");
    cr_expect_str_eq(read_filled("a,b\n", ',', KITH_CSV_COLUMN_MAX, "\n"), "1:a|b\n!2:the record has more than 1000 fields\n");
}

Test(csv, the_handler_may_stop_the_reading)
{
    stop_at = 2;
    cr_expect_str_eq(read_text("a\n1\n2\n"), "1:a\n2:1\n");
    cr_expect_not(whole);
    cr_expect_str_eq(read_text("a\n1\n\xFF\n"), "1:a\n2:1\n", "no fault is told of what follows");
}

Test(csv, records_that_straddle_the_buffer_are_whole)
{
    kith_text text = { 0 };
    size_t records = 0;

    kith_text_add(&text, "id,text\n");
    for (int i = 0; i < 60000; i++)
        kith_text_format(&text, "%d,\"line one\r\nof %d\"\r\n", i, i);
    read_bytes(text.data, text.size);
    kith_text_free(&text);
    cr_assert(whole);
    for (const char *p = seen.data; *p != '\0'; p++)
        records += *p == '|';
    cr_expect_eq(records, 60001);
    cr_expect_not_null(strstr(seen.data, "120000:59999|line one\r\nof 59999\n"));
}

/* What needs quotes takes another way through the reader than what does not. */
Test(csv, a_field_is_the_same_with_and_without_quotes_elsewhere_in_its_line)
{
    static const char letters[] = "ab \t;\xC3\xA9";
    kith_text bare = { 0 }, quoted = { 0 };
    kith_random random;

    kith_random_seed(&random, 20);
    kith_text_add(&bare, "x,y,z\n");
    kith_text_add(&quoted, "x,y,z,\"\"\n");
    for (int row = 0; row < 500; row++) {
        kith_text line = { 0 };
        for (int field = 0; field < 3; field++) {
            kith_text_add(&line, field > 0 ? "," : "");
            for (uint64_t size = kith_random_below(&random, 6); size > 0; size--) {
                const uint64_t letter = kith_random_below(&random, 6);
                kith_text_add_bytes(&line, letters + letter, letter == 5 ? 2 : 1);
            }
        }
        kith_text_format(&bare, "%s\r\n", kith_text_string(&line));
        kith_text_format(&quoted, "%s,\"\"\r\n", kith_text_string(&line));
        kith_text_free(&line);
    }
    char *with = strdup(read_text(quoted.data));
    const char *without = read_text(bare.data), *at = with;
    for (; *without != '\0'; without++, at++) { /* each line of the other ends in one "|" more */
        at += *without == '\n' && *at == '|';
        cr_assert_eq(*at, *without, "%s\n%s", at, without);
    }
    cr_expect_str_eq(at, "");
    free(with);
    kith_text_free(&bare);
    kith_text_free(&quoted);
}

Test(csv, records_and_faults_come_in_the_order_of_the_file)
{
    kith_text text = { 0 }, expected = { 0 };

    kith_text_add(&text, "a,b\n");
    kith_text_add(&expected, "1:a|b\n");
    for (int line = 2; line < 200; line++) {
        const bool quoted = line % 7 == 0, wrong = line % 11 == 0;
        kith_text_format(&text, quoted ? "\"%d\",b%s\n" : "%d,b%s\n", line, wrong ? ",c" : "");
        if (wrong)
            kith_text_format(&expected, "!%d:the record has 3 fields where the header has 2; give every "
                                        "column, blank where there is nothing\n", line);
        else
            kith_text_format(&expected, "%d:%d|b\n", line, line);
    }
    cr_expect_str_eq(read_text(text.data), expected.data);
    stop_at = 50;
    read_text(text.data);
    cr_expect_str_eq(strstr(seen.data, "\n50:"), "\n50:50|b\n", "nothing comes after the handler's stop");
    kith_text_free(&text);
    kith_text_free(&expected);
}

static size_t told, taken, most_told;

static bool take_told(void *context, const kith_csv_record *record)
{
    (void)context;
    cr_expect_lt(taken, told, "line %zu was handed on before it was told of", record->line);
    taken++;
    return true;
}

static void tell(void *context, const kith_csv_record *records, size_t count)
{
    (void)context;
    cr_expect_eq(told, taken, "the records told of before are handed on");
    for (size_t i = 0; i < count; i++)
        cr_expect_eq(atoi(records[i].fields[0]), (int)(told + i));
    told += count;
    most_told = count > most_told ? count : most_told;
}

Test(csv, who_looks_ahead_is_told_of_records_before_the_first_of_them)
{
    static const kith_csv_form form = { .ahead = tell };
    const kith_csv_handler handler = { NULL, take, take_told, fault };
    kith_text text = { 0 };
    kith_error err = { 0 };

    kith_text_add(&text, "a\n");
    for (int i = 0; i < 100000; i++)
        kith_text_format(&text, "%d\n", i);
    FILE *in = fmemopen(text.data, text.size, "rb");
    cr_assert_eq(kith_csv_read_form(&whole, in, &form, &handler, &err), KITH_OK);
    cr_expect_eq(taken, 100000);
    cr_expect_eq(told, 100000);
    cr_expect_gt(most_told, 1, "several at once");
    fclose(in);
    kith_text_free(&text);
}
