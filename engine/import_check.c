/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_check.c: what must hold between the fields of a row. */
#include <assert.h>
#include <string.h>

#include "import_private.h"
#include "kith/date.h"

import_value *row_value(import_row *row, const char *column)
{
    const import_table *table = row->load->table;

    for (int i = 0; i < table->column_count; i++)
        if (table->columns[i].name[0] == column[0] && strcmp(table->columns[i].name, column) == 0)
            return &row->values[i];
    assert(!"a column of the table");
    return NULL;
}

static void check_pair(import_row *row, const char *one, const char *other)
{
    const bool has_one = !row_value(row, one)->missing, has_other = !row_value(row, other)->missing;

    if (has_one != has_other)
        row_error(row, has_one ? other : one, "%s is given without %s; give both or neither",
                  has_one ? one : other, has_one ? other : one);
}

void check_location(import_row *row)
{
    check_pair(row, "lat", "lon");
    check_pair(row, "easting", "northing");
}

static int32_t first_day(const kith_time *time)
{
    int year, month, day;

    if (time->precision != KITH_MONTH)
        return time->day;
    kith_day_split(time->day, &year, &month, &day);
    return kith_day(year, month, 1);
}

bool import_ends_before(const kith_time *start, const kith_time *end)
{
    const bool timed = start->precision >= KITH_MINUTE && end->precision >= KITH_MINUTE;

    return timed ? end->utc < start->utc : end->day < first_day(start);
}

/* Warns when a time ends before it can have started. */
static void check_order(import_row *row, const char *first, const char *last)
{
    const import_value *from = row_value(row, first), *to = row_value(row, last);
    kith_time start, end;

    if (from->missing || to->missing || !kith_time_read(&start, from->text) ||
        !kith_time_read(&end, to->text))
        return;
    if (import_ends_before(&start, &end))
        import_fault(row->load, SEVERITY_WARNING, row->line, last,
                     "%s (%s) is before %s (%s); correct one of them", last, to->text, first,
                     from->text);
}

void check_event(import_row *row)
{
    check_order(row, "occurred_at", "ended_at");
}

void check_validity(import_row *row)
{
    check_order(row, "valid_from", "valid_to");
}

static bool ends_with(const char *word, const char *end)
{
    const size_t size = strlen(word), most = strlen(end);

    return size >= most && strcmp(word + size - most, end) == 0;
}

/* A link that claims exploitation as a fact, or a conviction without its reference, is read
 * as its alleged form. */
static void check_conviction(import_row *row)
{
    static const char convicted[] = "_convicted", alleged[] = "_alleged";
    import_value *kind = row_value(row, "kind");
    char quoted[SHOWN_SIZE];

    if (import_is_plain(row->load, PLAIN_LINK, kind->text))
        return;
    const kith_meaning *meaning = kith_word_meaning(KITH_LINK_WORD, kind->text);
    size_t stem = strlen(meaning->word);
    if (ends_with(meaning->word, convicted)) {
        stem -= strlen(convicted);
    } else if (!meaning->exploits || ends_with(meaning->word, alleged)) {
        import_found_plain(row->load, PLAIN_LINK, kind->text);
        return;
    }
    if (!row_value(row, "conviction_ref")->missing)
        return;
    memcpy(kind->buffer, meaning->word, stem);
    memcpy(kind->buffer + stem, alleged, sizeof alleged);
    import_gather(
        row->load, SEVERITY_WARNING, row->line, "kind",
        "kind %s without a conviction_ref is read as %s; give the reference, or write that",
        shown(quoted, kind->text), kind->buffer);
    kind->text = kind->buffer;
}

void check_link(import_row *row)
{
    const import_value *from = row_value(row, "from_id"), *to = row_value(row, "to_id");

    if (!from->missing && from->text[0] != '\0' && strcmp(from->text, to->text) == 0)
        row_error(row, "to_id", "the link joins %s to itself; a link joins two different things",
                  from->text);
    check_conviction(row);
    check_validity(row);
}

void check_context(import_row *row)
{
    const import_value *valence = row_value(row, "valence"), *to = row_value(row, "to_context");
    const bool drives = strcmp(valence->text, "drives") == 0;

    if (drives && to->missing)
        row_error(row, "to_context",
                  "valence is drives, and to_context is blank; name the context that is driven");
    else if (!drives && !to->missing && valence->text[0] != '\0')
        row_error(row, "to_context",
                  "to_context is given, but valence is %s; it is for drives only", valence->text);
    else if (drives && to->text[0] != '\0' &&
             strcmp(to->text, row_value(row, "context")->text) == 0)
        row_error(row, "to_context", "%s cannot drive itself; name two different contexts",
                  to->text);
    if (row_value(row, "severity")->missing)
        import_gather(row->load, SEVERITY_NOTE, row->line, "severity",
                      "severity is blank; it counts as 1");
}

static void name_unknown(import_row *row, const char *column, const char *known, const char *list)
{
    const import_value *value = row_value(row, column);
    char word[ID_SIZE_MAX + 3], quoted[SHOWN_SIZE];
    size_t size = 0;

    word[size++] = '|';
    for (const char *p = value->text; *p != '\0' && size + 2 < sizeof word; p++)
        word[size++] = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
    word[size++] = '|';
    word[size] = '\0';
    if (!value->missing && strstr(known, word) == NULL)
        import_gather(row->load, SEVERITY_WARNING, row->line, column,
                      "%s %s is not known (%s); it is kept as written", column,
                      shown(quoted, value->text), list);
}

void check_restriction(import_row *row)
{
    name_unknown(row, "kind", "|no_contact|bail|exclusion|", "no_contact, bail, exclusion");
    check_validity(row);
}

void check_assessment(import_row *row)
{
    name_unknown(row, "tool", "|gat|cse|peer|", "GAT, CSE, PEER");
}
