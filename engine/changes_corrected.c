/* SPDX-License-Identifier: GPL-3.0-or-later */
/* changes_corrected.c: what was corrected. The fields of one record stand together in their
 * statement, and become one row. */
#include <string.h>

#include "changes_private.h"

/* Columns of changes_corrected. */
enum { WAS_TABLE, WAS_RECORD, WAS_ID, WAS_DETAIL, WAS_FIELD, WAS_OLD, WAS_NEW, WAS_GRADE, WAS_OBSERVED, WAS_LOADED, WAS_TOUCHED };

/* Values that name somebody, or are long: they are in the hub, and not in a list of changes. */
static bool is_private(const char *field)
{
    static const char *const fields[] = { "name",  "label",   "aliases", "address", "postcode", "identifiers",
                                          "notes", "summary", "extra",   "goal",    "action",
                                          "reason", "resolution" };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i], field) == 0)
            return true;
    return false;
}

/* The record whose corrected fields are being read. */
typedef struct record_hand {
    const change_record *kind;
    int64_t record; /* 0: none */
    bool concerned, graded;
    kith_grade was, is;
    int better; /* above 0 for a conviction that is referred to now, below for one no more */
    const char *id, *observed, *loaded;
} record_hand;

static int direction_of(const record_hand *hand)
{
    const double was = kith_reliability(hand->was, &kith_weighting_default);
    const double is = kith_reliability(hand->is, &kith_weighting_default);

    if (hand->graded && was != is)
        return is > was ? CHANGE_UPGRADED : CHANGE_DOWNGRADED;
    return hand->better > 0 ? CHANGE_UPGRADED : hand->better < 0 ? CHANGE_DOWNGRADED : CHANGE_CHANGED;
}

static kith_status close_record(changes *c, record_hand *hand)
{
    const kith_status status =
        hand->record != 0 && hand->concerned && changes_are_seen(c, hand->observed)
            ? changes_add(c, hand->kind->kind, direction_of(hand), hand->id, hand->observed,
                          hand->loaded)
            : KITH_OK;

    *hand = (record_hand){ 0 };
    return status;
}

static kith_grade grade_in(const char *text)
{
    const bool graded = text[0] >= '1' && text[0] <= '3' && text[1] >= 'A' && text[1] <= 'E' &&
                        text[2] == '\0';

    return graded ? (kith_grade){ .source = text[0], .info = text[1] } : (kith_grade){ 0 };
}

static kith_status open_record(changes *c, record_hand *hand, const kith_rows *rows)
{
    *hand = (record_hand){
        .kind = changes_kind_named(changes_text(rows, WAS_TABLE)),
        .record = kith_rows_integer(rows, WAS_RECORD),
        .concerned = changes_touch_asked(c, changes_text(rows, WAS_TOUCHED)),
        .is = grade_in(changes_text(rows, WAS_GRADE)),
        .id = kith_pool_add(c->pool, changes_text(rows, WAS_ID)),
        .observed = kith_pool_add(c->pool, changes_text(rows, WAS_OBSERVED)),
        .loaded = kith_pool_add(c->pool, changes_text(rows, WAS_LOADED)),
    };
    hand->was = hand->is;
    kith_text_clear(&c->text);
    if (hand->id == NULL || hand->observed == NULL || hand->loaded == NULL)
        return kith_no_memory(c->err);
    const char *ends = changes_text(rows, WAS_DETAIL), *tab = strchr(ends, '\t');
    if (tab != NULL)
        kith_text_format(&c->text, "%.*s to %s", (int)(tab - ends), ends, tab + 1);
    return KITH_OK;
}

static const char *or_blank(const char *value)
{
    return value[0] != '\0' ? value : "blank";
}

static void take_field(changes *c, record_hand *hand, const kith_rows *rows)
{
    const char *field = changes_text(rows, WAS_FIELD);
    const char *old = changes_text(rows, WAS_OLD), *new = changes_text(rows, WAS_NEW);

    if (strcmp(field, "source_grade") == 0)
        hand->was.source = old[0];
    else if (strcmp(field, "info_grade") == 0)
        hand->was.info = old[0];
    hand->graded = hand->graded || strcmp(field, "source_grade") == 0 || strcmp(field, "info_grade") == 0;
    if (strcmp(field, "conviction_ref") == 0 && (old[0] == '\0') != (new[0] == '\0'))
        hand->better = old[0] == '\0' ? 1 : -1;
    kith_text_format(&c->text, "%s%s", c->text.size > 0 ? "; " : "", field);
    if (is_private(field))
        kith_text_add(&c->text, " corrected");
    else
        kith_text_format(&c->text, " %s to %s", or_blank(old), or_blank(new));
}

kith_status changes_of_corrections(changes *c)
{
    const change_record *kind = NULL;
    record_hand hand = { 0 };
    kith_rows *rows;
    kith_status status = changes_read(&rows, c, KITH_QUERY_CHANGES_CORRECTED);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && kith_rows_next(rows)) {
        kind = changes_kind_named(changes_text(rows, WAS_TABLE));
        if (kith_rows_integer(rows, WAS_RECORD) != hand.record || kind != hand.kind) {
            status = close_record(c, &hand);
            if (status == KITH_OK)
                status = open_record(c, &hand, rows);
        }
        if (status == KITH_OK)
            take_field(c, &hand, rows);
    }
    if (status == KITH_OK)
        status = close_record(c, &hand);
    return changes_end(rows, status, c);
}
