/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv.c: libcsv fed with one line at a time.
 *
 * libcsv knows quotes and fields; we keep what it leaves to its caller. Cutting the
 * stream into lines first lets us count them, check their bytes and bound their length
 * before libcsv sees them; its callbacks gather the fields of a record, and at a
 * record's end hand it on. A line ends at LF, CRLF or CR, which is also where libcsv
 * ends a record outside quotes.
 *
 * A line without a quote, outside quotes, is a record that needs no libcsv: it is cut
 * where it lies, and some of them are gathered, so that the handler can look ahead. They
 * are handed on before anything else is told, and before the buffer moves. Where many lines
 * are plain, they are cut eight bytes at a time (cut_plain_lines). */
#include "kith/csv.h"

#include <csv.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "kith/text.h"

enum { READ_SIZE = 1 << 18, LIBCSV_BLOCK = 1 << 14, READY_MAX = 32 };

typedef struct reader {
    FILE *in;
    const kith_csv_form *form;
    const kith_csv_handler *handler;
    struct csv_parser parser;

    char *buffer; /* what is read and not yet cut: start to end */
    size_t start, end, room;
    size_t plain; /* up to here, from start on, what is buffered is plain (plain_size) */
    size_t plain_lines; /* and up to here it is whole lines */
    bool at_end;

    size_t line;       /* of the piece that libcsv has */
    uint64_t byte;     /* where that piece begins */
    size_t field_line; /* where the field under way began */

    kith_text record; /* the fields so far, each with its NUL */
    size_t offsets[KITH_CSV_COLUMN_MAX];
    const char *fields[KITH_CSV_COLUMN_MAX];
    size_t count;
    size_t record_line;
    size_t header_count; /* 0: the header is yet to come */
    unsigned char delimiter;

    kith_csv_record ready[READY_MAX]; /* cut, in the buffer, not yet handed on */
    const char **ready_fields;        /* of each, header_count */
    size_t ready_count;

    bool stopped; /* by a fault of form or by the handler */
} reader;

static void hand_on_ready(reader *r)
{
    const kith_csv_handler *handler = r->handler;

    if (r->form->ahead != NULL && r->ready_count > 0)
        r->form->ahead(handler->context, r->ready, r->ready_count);
    for (size_t i = 0; i < r->ready_count && !r->stopped; i++)
        r->stopped = !handler->record(handler->context, &r->ready[i]);
    r->ready_count = 0;
}

static void stop_for(reader *r, size_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void stop_for(reader *r, size_t line, const char *format, ...)
{
    char message[256];
    va_list args;

    hand_on_ready(r);
    if (r->stopped)
        return;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    r->stopped = true;
    r->handler->fault(r->handler->context, line, message);
}

static void take_field(void *bytes, size_t size, void *context)
{
    reader *r = context;

    if (r->stopped)
        return;
    if (r->count == 0) {
        r->record_line = r->field_line;
        kith_text_clear(&r->record);
    }
    if (r->count == KITH_CSV_COLUMN_MAX) {
        stop_for(r, r->line, "the record has more than %d fields", KITH_CSV_COLUMN_MAX);
        return;
    }
    if (size > KITH_CSV_FIELD_MAX) {
        stop_for(r, r->field_line, "a field is longer than 1 MiB; shorten it");
        return;
    }
    if (r->record.size > KITH_CSV_LINE_MAX) {
        stop_for(r, r->record_line, "the record is longer than 4 MiB; shorten it");
        return;
    }
    r->offsets[r->count++] = r->record.size;
    kith_text_add_bytes(&r->record, bytes, size);
    kith_text_add_char(&r->record, '\0');
    r->field_line = r->line;
}

static void wrong_count(reader *r, size_t line, size_t count)
{
    char message[192];

    hand_on_ready(r);
    if (r->stopped)
        return;
    snprintf(message, sizeof message,
             "the record has %zu field%s where the header has %zu; give every column, blank "
             "where there is nothing",
             count, count == 1 ? "" : "s", r->header_count);
    r->handler->fault(r->handler->context, line, message);
}

static void hand_on(reader *r)
{
    const kith_csv_record record = { r->record_line, r->byte, r->fields, r->count };

    for (size_t i = 0; i < r->count; i++)
        r->fields[i] = r->record.data + r->offsets[i];
    if (r->header_count == 0) {
        r->header_count = r->count;
        r->stopped = !r->handler->header(r->handler->context, &record);
    } else if (r->count == r->header_count) {
        r->stopped = !r->handler->record(r->handler->context, &record);
    } else {
        wrong_count(r, r->record_line, r->count);
    }
}

static void end_record(int terminator, void *context)
{
    reader *r = context;

    (void)terminator;
    if (!r->stopped && !r->record.failed)
        hand_on(r);
    r->count = 0;
}

/* Makes room and reads on. False when nothing came. */
static bool read_more(reader *r, kith_status *status, kith_error *err)
{
    hand_on_ready(r);
    memmove(r->buffer, r->buffer + r->start, r->end - r->start);
    r->end -= r->start;
    r->start = r->plain = r->plain_lines = 0;
    if (r->room - r->end < READ_SIZE) {
        char *grown = realloc(r->buffer, 2 * r->room + sizeof(uint64_t));
        if (grown == NULL) {
            *status = kith_no_memory(err);
            return false;
        }
        r->buffer = grown;
        r->room *= 2;
    }
    char *to = r->buffer + r->end;
    const size_t room = r->room - r->end;
    const size_t got = r->form->read != NULL ? r->form->read(r->form->context, to, room)
                                             : fread(to, 1, room, r->in);
    r->end += got;
    memset(r->buffer + r->end, 0, sizeof(uint64_t)); /* a word may be read there */
    r->at_end = got == 0;
    if (r->in != NULL && ferror(r->in))
        *status = kith_fail(err, KITH_IO, "the file cannot be read to its end");
    return got > 0 && *status == KITH_OK;
}

static const uint64_t each_byte = 0x0101010101010101;

/* High bits where a byte of a word is 0; none where none is. */
static uint64_t zeros(uint64_t word)
{
    return (word - each_byte) & ~word & (each_byte << 7);
}

/* How many bytes from the beginning are of ASCII, and neither quotes nor CR nor NUL: most files have
 * no others, and a line of such needs to be looked at no more than for where it ends. */
static size_t plain_size(const char *bytes, size_t size)
{
    size_t at = 0;
    uint64_t word;

    for (; at + sizeof word <= size; at += sizeof word) {
        memcpy(&word, bytes + at, sizeof word);
        if ((word & (each_byte << 7)) != 0 ||
            (zeros(word) | zeros(word ^ each_byte * '"') | zeros(word ^ each_byte * '\r')) != 0)
            break;
    }
    while (at < size && (signed char)bytes[at] > 0 && bytes[at] != '"' && bytes[at] != '\r')
        at++;
    return at;
}

/* What is plain of the buffer, when that is not known any more. */
static void look_for_plain(reader *r)
{
    if (r->start < r->plain)
        return;
    r->plain = r->start + plain_size(r->buffer + r->start, r->end - r->start);
    r->plain_lines = r->plain;
    while (r->plain_lines > r->start && r->buffer[r->plain_lines - 1] != '\n')
        r->plain_lines--;
}

/* Size of the first whole line that is buffered, its end included; 0 when more is needed. */
static size_t buffered_line(reader *r)
{
    const char *begin = r->buffer + r->start;
    const size_t size = r->end - r->start;
    const char *lf = memchr(begin, '\n', size);
    look_for_plain(r);
    if (lf != NULL && lf < r->buffer + r->plain)
        return (size_t)(lf - begin) + 1;
    const char *cr = memchr(begin, '\r', lf != NULL ? (size_t)(lf - begin) : size);

    if (cr != NULL && cr + 1 == lf)
        cr = NULL;
    if (cr != NULL && (cr + 1 < begin + size || r->at_end))
        return (size_t)(cr - begin) + 1;
    if (cr == NULL && lf != NULL)
        return (size_t)(lf - begin) + 1;
    return r->at_end ? size : 0;
}

/* The next line; size 0 at the end of the file or after a failure. */
static kith_status next_line(reader *r, size_t *size, kith_error *err)
{
    kith_status status = KITH_OK;

    *size = buffered_line(r);
    while (*size == 0 && !r->at_end && r->end - r->start <= KITH_CSV_LINE_MAX) {
        if (!read_more(r, &status, err) && status != KITH_OK)
            return status;
        *size = buffered_line(r);
    }
    if (*size > KITH_CSV_LINE_MAX || (*size == 0 && !r->at_end))
        stop_for(r, r->line, "the line is longer than 4 MiB; is this a CSV file?");
    return KITH_OK;
}

/* ';' when the header has more of them than commas, outside quotes. */
static unsigned char delimiter_of(const char *line, size_t size)
{
    size_t commas = 0, semicolons = 0;
    bool quoted = false;

    for (size_t i = 0; i < size; i++) {
        if (line[i] == '"')
            quoted = !quoted;
        commas += !quoted && line[i] == ',';
        semicolons += !quoted && line[i] == ';';
    }
    return semicolons > commas ? ';' : CSV_COMMA;
}

static bool bytes_are_text(reader *r, const char *line, size_t size)
{
    const size_t fault = kith_utf8_fault(line, size);

    if (fault == size)
        return true;
    const unsigned long long at = r->byte + fault;
    const unsigned char byte = (unsigned char)line[fault];
    const char *remedy = r->form->remedy != NULL ? r->form->remedy : "save the file as UTF-8";
    if (r->byte == 0 && size >= 2 && (byte == 0xFF || byte == 0xFE))
        stop_for(r, r->line, "the file is UTF-16; %s", remedy);
    else if (byte == 0)
        stop_for(r, r->line, "byte %llu is NUL, which has no place in text; %s", at, remedy);
    else
        stop_for(r, r->line, "byte %llu (0x%02X) is not UTF-8; %s", at, byte, remedy);
    return false;
}

static kith_status parse_fault(reader *r, size_t parsed, kith_error *err)
{
    if (csv_error(&r->parser) == CSV_ENOMEM)
        return kith_no_memory(err);
    stop_for(r, r->line,
             "byte %llu: a quote in the middle of a field; double it, and put the whole field in "
             "quotes",
             (unsigned long long)(r->byte + parsed));
    return KITH_OK;
}

static bool is_blank(const reader *r, char c)
{
    return (c == ' ' || c == '\t') && (unsigned char)c != r->delimiter;
}

/* Ends a field that lies between two places, as libcsv would: without the blanks around it. */
static const char *cut_field(const reader *r, char *from, char *to)
{
    while (from < to && is_blank(r, *from))
        from++;
    while (to > from && is_blank(r, to[-1]))
        to--;
    *to = '\0';
    return from;
}

static const char **next_ready(reader *r)
{
    return &r->ready_fields[r->ready_count * r->header_count];
}

/* Makes a record of the fields of next_ready, which are so many. */
static void make_record(reader *r, size_t count)
{
    if (count > KITH_CSV_COLUMN_MAX) {
        stop_for(r, r->line, "the record has more than %d fields", KITH_CSV_COLUMN_MAX);
    } else if (count != r->header_count) {
        wrong_count(r, r->line, count);
    } else {
        r->ready[r->ready_count] = (kith_csv_record){ r->line, r->byte, next_ready(r), count };
        if (++r->ready_count == READY_MAX)
            hand_on_ready(r);
    }
}

/* Cuts a line without quotes, its end taken off, into the fields of the next ready record. */
static void cut_line(reader *r, char *line, char *end)
{
    const char **fields = next_ready(r);
    size_t count = 0;

    while (line < end && is_blank(r, *line))
        line++;
    if (line == end)
        return; /* an empty line */
    for (char *at = line; at != NULL; count++) {
        char *next = memchr(at, r->delimiter, (size_t)(end - at));
        const char *field = cut_field(r, at, next != NULL ? next : end);
        if (count < r->header_count)
            fields[count] = field;
        at = next != NULL ? next + 1 : NULL;
    }
    make_record(r, count);
}

/* Eight bytes, the first of them the lowest. */
static uint64_t word_at(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* The high bit of each byte that is 0, and no other bit. */
static uint64_t each_zero(uint64_t word)
{
    const uint64_t low = each_byte * 0x7F;

    return ~(((word & low) + low) | word | low);
}

/* The same of a plain line, up to its LF, which is there. Gives what follows it. */
static char *cut_plain_line(reader *r, char *line)
{
    const uint64_t delimiters = each_byte * r->delimiter, ends = each_byte * '\n';
    const char **fields = next_ready(r);
    char *field = line;
    size_t count = 0;

    for (char *at = line;; at += sizeof(uint64_t)) {
        const uint64_t word = word_at(at);
        uint64_t marks = each_zero(word ^ delimiters) | each_zero(word ^ ends);
        for (; marks != 0; marks &= marks - 1) {
            char *mark = at + __builtin_ctzll(marks) / 8;
            const bool last = *mark == '\n';
            const char *cut = cut_field(r, field, mark);
            if (count < r->header_count)
                fields[count] = cut;
            count++;
            field = mark + 1;
            if (!last)
                continue;
            if (count > 1 || *cut != '\0') /* or it is an empty line */
                make_record(r, count);
            return field;
        }
    }
}

/* The lines that are plain; none when they might be longer than a field may. */
static void cut_plain_lines(reader *r)
{
    if (r->plain_lines - r->start > KITH_CSV_FIELD_MAX)
        return;
    while (r->start < r->plain_lines && !r->stopped) {
        char *line = r->buffer + r->start;
        const size_t size = (size_t)(cut_plain_line(r, line) - line);
        r->start += size;
        r->byte += size;
        r->line++;
    }
    r->field_line = r->line;
}

/* Whether a record begins here, and the header is known. */
static bool begins_record(const reader *r)
{
    return r->ready_fields != NULL && r->count == 0 && r->parser.entry_pos == 0 && !r->parser.quoted;
}

/* Whether a line is a record of its own that no quote is in. */
static bool is_simple(const reader *r, const char *line, size_t size, bool plain)
{
    return begins_record(r) && size <= KITH_CSV_FIELD_MAX && (plain || memchr(line, '"', size) == NULL);
}

static kith_status parse_simple(reader *r, char *line, size_t size)
{
    while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r'))
        size--;
    cut_line(r, line, line + size);
    r->field_line = r->line + 1;
    return KITH_OK;
}

/* Once the header is there: room for the records that are ready. */
static kith_status make_ready(reader *r, kith_error *err)
{
    if (r->header_count == 0 || r->ready_fields != NULL)
        return KITH_OK;
    r->ready_fields = calloc(READY_MAX * r->header_count, sizeof *r->ready_fields);
    return r->ready_fields != NULL ? KITH_OK : kith_no_memory(err);
}

static kith_status parse_line(reader *r, char *line, size_t size, kith_error *err)
{
    const bool plain = r->start + size <= r->plain;

    if (!plain && !bytes_are_text(r, line, size))
        return KITH_OK;
    if (is_simple(r, line, size, plain))
        return parse_simple(r, line, size);
    hand_on_ready(r);
    const size_t parsed = csv_parse(&r->parser, line, size, take_field, end_record, r);
    if (parsed != size)
        return parse_fault(r, parsed, err);
    if (r->record.failed)
        return kith_no_memory(err);
    if (r->count == 0 && r->parser.entry_pos == 0 && !r->parser.quoted)
        r->field_line = r->line + 1;
    if (r->parser.entry_pos > KITH_CSV_FIELD_MAX)
        stop_for(r, r->field_line,
                 "a field is longer than 1 MiB; is a quote that opens here never closed?");
    return make_ready(r, err);
}

static kith_status read_lines(reader *r, kith_error *err)
{
    size_t size;
    kith_status status = next_line(r, &size, err);

    if (size >= 3 && memcmp(r->buffer + r->start, "\xEF\xBB\xBF", 3) == 0) {
        r->start += 3;
        r->byte += 3;
        size -= 3;
    }
    while (status == KITH_OK && size > 0 && !r->stopped) {
        char *line = r->buffer + r->start;
        if (r->header_count == 0 && r->count == 0 && !r->parser.quoted) {
            r->delimiter = r->form->delimiter != 0 ? (unsigned char)r->form->delimiter
                                                   : delimiter_of(line, size);
            csv_set_delim(&r->parser, r->delimiter);
        }
        if (r->line <= r->form->skip_lines)
            r->field_line = r->line + 1;
        else
            status = parse_line(r, line, size, err);
        r->start += size;
        r->byte += size;
        r->line++;
        if (status == KITH_OK && !r->stopped && begins_record(r))
            cut_plain_lines(r);
        if (status == KITH_OK && !r->stopped)
            status = next_line(r, &size, err);
    }
    return status;
}

static kith_status finish(reader *r, kith_error *err)
{
    r->line -= r->line > 1;
    hand_on_ready(r);
    if (csv_fini(&r->parser, take_field, end_record, r) != 0)
        stop_for(r, r->field_line, "a quote that opens here is never closed");
    if (r->record.failed)
        return kith_no_memory(err);
    if (r->header_count == 0)
        stop_for(r, 1, "the file is empty; a header row is expected");
    return KITH_OK;
}

kith_status kith_csv_read_form(bool *whole, FILE *in, const kith_csv_form *form,
                               const kith_csv_handler *handler, kith_error *err)
{
    kith_status status = KITH_OK;
    reader *r = calloc(1, sizeof *r);

    *whole = false;
    if (r == NULL)
        return kith_no_memory(err);
    *r = (reader){ .in = in,
                   .form = form,
                   .handler = handler,
                   .line = 1,
                   .field_line = 1,
                   .room = READ_SIZE };
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
    csv_set_blk_size(&r->parser, LIBCSV_BLOCK);
    r->buffer = malloc(r->room + sizeof(uint64_t));
    if (r->buffer == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    status = read_lines(r, err);
    if (status == KITH_OK && !r->stopped)
        status = finish(r, err);
    *whole = status == KITH_OK && !r->stopped;

out:
    csv_free(&r->parser);
    kith_text_free(&r->record);
    free(r->ready_fields);
    free(r->buffer);
    free(r);
    return status;
}

kith_status kith_csv_read(bool *whole, FILE *in, const kith_csv_handler *handler, kith_error *err)
{
    static const kith_csv_form plain = { 0 };

    return kith_csv_read_form(whole, in, &plain, handler, err);
}

void kith_csv_add_field(kith_text *out, const char *field)
{
    kith_text_add_char(out, '"');
    for (; *field != '\0'; field++) {
        if (*field == '"')
            kith_text_add_char(out, '"');
        kith_text_add_char(out, *field);
    }
    kith_text_add_char(out, '"');
}
