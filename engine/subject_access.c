/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject_access.c: one statement's rows, what is held back counted, then what was made of them. */
#include "kith/subject_access.h"

#include <math.h>
#include <string.h>

#include "kith/audit.h"
#include "kith/contexts.h"
#include "kith/retention.h"
#include "kith/subject.h"
#include "kith/text.h"
#include "kith/weigh.h"

enum { PART, DATE, CLASS, DETAIL, WORDS, SOURCE, HANDLING, OTHERS };

typedef struct held {
    uint64_t confidential, texts, others;
} held;

static void add_row(kith_table *table, const char *part, const char *date, const char *class,
                    const char *detail, const char *words, const char *source, int64_t others)
{
    kith_table_text(table, part);
    kith_table_text(table, date);
    kith_table_text(table, class);
    kith_table_text(table, detail);
    kith_table_text(table, words);
    kith_table_text(table, source);
    kith_table_integer(table, others);
}

static void take_row(kith_table *table, held *back, kith_rows *rows, bool words)
{
    const char *text = kith_rows_text(rows, WORDS);
    const int64_t others = kith_rows_integer(rows, OTHERS);

    if (kith_rows_text(rows, HANDLING)[0] == 'C') {
        back->confidential++;
        return;
    }
    if (!words && text[0] != '\0') {
        back->texts++;
        text = NULL;
    }
    back->others += (uint64_t)others;
    add_row(table, kith_rows_text(rows, PART), kith_rows_text(rows, DATE), kith_rows_text(rows, CLASS),
            kith_rows_text(rows, DETAIL), text, kith_rows_text(rows, SOURCE), others);
}

static kith_status add_records(kith_table *table, held *back, kith_store *store, const kith_view *view,
                               int64_t row, bool words, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_SUBJECT_ACCESS, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", row);
    while (kith_rows_next(rows))
        take_row(table, back, rows, words);
    return kith_rows_end(rows, err);
}

static void add_shares(kith_table *table, const kith_weigh *weigh)
{
    kith_text detail = { 0 };

    for (int c = 0; c < KITH_CONTEXT_COUNT; c++) {
        const kith_context_weight *w = &weigh->contexts[c];
        if (isnan(w->share) || w->items == 0)
            continue;
        kith_text_clear(&detail);
        kith_text_format(&detail, "%s: %.1f %% of the weight of recorded contexts, from %zu items",
                         kith_context_name[c], 100 * w->share, w->items);
        add_row(table, "weighting", "", "judgement", kith_text_string(&detail), NULL, "computed", 0);
    }
    table->failed |= detail.failed;
    kith_text_free(&detail);
}

static kith_status add_weighting(kith_table *table, kith_store *store, const kith_view *view,
                                 const char *id, kith_error *err)
{
    char *ids[] = { (char *)id };
    kith_subject subject = { 0 };
    kith_contexts contexts = { 0 };
    kith_weigh weigh = { 0 };
    kith_status status = kith_subject_read(&subject, store, view, ids, 1, err);

    if (status == KITH_OK)
        status = kith_contexts_read(&contexts, store, view, &subject, NULL, err);
    if (status == KITH_OK)
        status = kith_weigh_build(&weigh, contexts.items, contexts.count, view->as_of,
                                  &kith_weigh_default, err);
    if (status == KITH_OK)
        add_shares(table, &weigh);
    kith_weigh_free(&weigh);
    kith_contexts_free(&contexts);
    kith_subject_free(&subject);
    return status;
}

static kith_status add_disclosures(kith_table *table, kith_store *store, const kith_view *view,
                                   const char *id, kith_error *err)
{
    const kith_audit_filter filter = { .id = kith_record_bare_id(id), .act = KITH_AUDIT_DISCLOSURE };
    kith_table log = { 0 };

    if (!kith_audit_is_kept(store))
        return KITH_OK;
    const kith_status status = kith_audit_list(&log, store, view, &filter, err);
    for (size_t r = 0; status == KITH_OK && r < kith_table_rows(&log); r++) {
        const kith_cell *row = log.cells + r * log.column_count;
        add_row(table, "disclosure", row[1].text, "fact", row[5].text, NULL, "", 0);
    }
    kith_table_free(&log);
    return status;
}

/* Who answers for the records, and by what right they are held. */
static kith_status add_rights(kith_table *table, kith_store *store, const kith_view *view, kith_error *err)
{
    kith_table rights = { 0 };
    kith_text detail = { 0 };
    const size_t records = kith_table_rows(table);
    const kith_status status = kith_source_list(&rights, store, view, err);

    for (size_t r = 0; status == KITH_OK && r < kith_table_rows(&rights); r++) {
        const kith_cell *right = rights.cells + r * rights.column_count;
        bool named = false;
        for (size_t i = 0; i < records && !named; i++)
            named = strcmp(table->cells[i * table->column_count + SOURCE].text, right[0].text) == 0;
        if (!named)
            continue;
        kith_text_clear(&detail);
        if (right[2].text[0] != '\0')
            kith_text_format(&detail, "held for %s; basis %s; controller %s", right[1].text, right[2].text, right[3].text);
        else
            kith_text_add(&detail, "by what right is not said");
        add_row(table, "right", "", "fact", kith_text_string(&detail), NULL, right[0].text, 0);
    }
    table->failed |= detail.failed;
    kith_text_free(&detail);
    kith_table_free(&rights);
    return status;
}

static void start_table(kith_table *table)
{
    static const char *const texts[] = { "part", "date", "class", "detail", "words", "source" };

    *table = (kith_table){ .title = "What is held of one person",
                           .empty = "nothing is held that can be given" };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        kith_table_column(table, texts[i], KITH_CELL_TEXT);
    kith_table_column(table, "others", KITH_CELL_INTEGER);
}

static void tell_held_back(kith_table *table, const held *back, bool words)
{
    kith_table_fact(table, "held_back", "%llu records of handling code C, %llu texts in words, %llu mentions of other people",
                    (unsigned long long)back->confidential, (unsigned long long)back->texts,
                    (unsigned long long)back->others);
    kith_table_note(table, "This is what is recorded, not what is true. others: people in the same record, who are "
                           "held back. Opinions and judgements are somebody's; they stand apart from facts.");
    kith_table_note(table, words ? "The words were written by others and may speak of others: whoever sends this "
                                   "has read them."
                                 : "What was written in words is held back until somebody has read it: --words.");
    kith_table_note(table, "The weighting is computed from what practitioners entered; it is a prompt for a "
                           "discussion, and no decision about anybody is made by it.");
}

kith_status kith_subject_access(kith_table *table, kith_store *store, const kith_view *view,
                                const char *id, bool words, kith_error *err)
{
    kith_view always = *view;
    held back = { 0 };
    kith_kind kind;
    int64_t row;
    kith_status status;

    start_table(table);
    always.all_dates = true;
    status = kith_record_find(&kind, &row, store, view, id, err);
    if (status == KITH_NOT_FOUND || (status == KITH_OK && kind != KITH_PERSON))
        status = kith_fail(err, KITH_NOT_FOUND, "%s: nothing is held of a person with this id", id);
    if (status == KITH_OK)
        status = add_records(table, &back, store, &always, row, words, err);
    if (status == KITH_OK)
        status = add_weighting(table, store, &always, id, err);
    if (status == KITH_OK)
        status = add_disclosures(table, store, &always, id, err);
    if (status == KITH_OK)
        status = add_rights(table, store, view, err);
    if (status != KITH_OK)
        return status;
    tell_held_back(table, &back, words);
    return kith_table_status(table, err);
}
