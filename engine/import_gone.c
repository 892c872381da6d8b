/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_gone.c: what a full extract has no more.
 *
 * A source that sends all it has, and does not send a record that it sent before, has let
 * go of it: closed, merged or taken out. That is told and nothing is deleted. It is asked
 * of each table by itself, and of the sources that gave rows to it in this call: a record
 * with an id was seen when the map of ids has its line, another when its digest was
 * counted. */
#include <string.h>

#include "import_private.h"

static bool is_asked(const import_load *load, int64_t source)
{
    const unsigned table = 1u << (load->table - import_tables);

    for (size_t i = 0; i < load->ids.count; i++)
        if (load->ids.entries[i].space == SPACE_SOURCE && load->ids.entries[i].row == source)
            return (load->ids.entries[i].file & table) != 0;
    return false;
}

static void tell(import_load *load, const char *what)
{
    char quoted[SHOWN_SIZE];

    import_fault(load, SEVERITY_WARNING, 0, load->table->columns[0].name,
                 "%s was sent before by the same source and is not in this extract; the hub keeps it",
                 shown(quoted, what));
}

/* Rows are read in runs of one source; asking once a run is enough. */
typedef struct asked {
    int64_t source;
    bool yes;
} asked;

static bool ask(asked *last, const import_load *load, int64_t source)
{
    if (last->source != source)
        *last = (asked){ source, is_asked(load, source) };
    return last->yes;
}

static void gone_ids(import_load *load)
{
    asked last = { 0 };
    kith_rows *rows;

    if (!import_reads(&rows, load, KITH_QUERY_GONE_IDS))
        return;
    kith_rows_bind_integer(rows, "space", load->table->space);
    while (kith_rows_next(rows)) {
        const char *id = kith_rows_text(rows, 0);
        const kith_idmap_entry *entry = kith_idmap_find(&load->ids, (uint8_t)load->table->space, id);
        if (entry != NULL && entry->line == 0 && ask(&last, load, kith_rows_integer(rows, 1)))
            tell(load, id);
    }
    import_goes_on(load, kith_rows_end(rows, load->err));
}

static unsigned char nibble(char c)
{
    return (unsigned char)(c <= '9' ? c - '0' : c - 'A' + 10);
}

static void gone_rows(import_load *load)
{
    unsigned char digest[KITH_DIGEST_SIZE];
    asked last = { 0 };
    kith_rows *rows;

    if (!import_reads(&rows, load, KITH_QUERY_GONE_ROWS))
        return;
    kith_rows_bind_text(rows, "table", load->table->name);
    while (kith_rows_next(rows)) {
        const char *hex = kith_rows_text(rows, 1);
        for (size_t i = 0; i < KITH_DIGEST_SIZE; i++)
            digest[i] = (unsigned char)(nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]));
        if (kith_rows_integer(rows, 2) > kith_tally_count(&load->tally, digest) &&
            ask(&last, load, kith_rows_integer(rows, 3)))
            tell(load, kith_rows_text(rows, 0));
    }
    import_goes_on(load, kith_rows_end(rows, load->err));
}

/* A participation keeps no digest; it is made as the load made it. */
static bool was_given(import_load *load, const kith_rows *rows)
{
    import_row *row = load->row;
    unsigned char digest[KITH_DIGEST_SIZE];

    for (int i = 0; i < 4; i++)
        row->values[i].text = kith_rows_text(rows, i);
    kith_text_clear(&row->extra);
    kith_text_add(&row->extra, kith_rows_text(rows, 4));
    for (int i = 0; i < ORIGIN_FIELDS; i++) {
        const char *text = kith_rows_text(rows, 5 + i);
        row->origin_text[i] = text != NULL ? text : "";
    }
    return !import_digest(digest, row, kith_rows_text(rows, 2)) ||
           kith_rows_integer(rows, 13) <= kith_tally_count(&load->tally, digest);
}

static void gone_participations(import_load *load)
{
    kith_text what = { 0 };
    asked last = { 0 };
    kith_rows *rows;

    if (!import_reads(&rows, load, KITH_QUERY_GONE_PARTICIPATIONS))
        return;
    while (load->status == KITH_OK && kith_rows_next(rows)) {
        if (!ask(&last, load, kith_rows_integer(rows, 14)) || was_given(load, rows))
            continue;
        kith_text_clear(&what);
        kith_text_format(&what, "%s %s %s", kith_rows_text(rows, 0), kith_rows_text(rows, 1),
                         kith_rows_text(rows, 2));
        tell(load, kith_text_string(&what));
    }
    import_goes_on(load, kith_rows_end(rows, load->err));
    import_goes_on(load, kith_text_status(&what, load->err));
    kith_text_free(&what);
}

void import_gone(import_load *load)
{
    if (load->status != KITH_OK)
        return;
    if (load->table->space != SPACE_NONE)
        gone_ids(load);
    if (load->table->identity == BY_PARTICIPATION)
        gone_participations(load);
    else if (load->table->identity != BY_ID)
        gone_rows(load);
}
