/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check.c: every statement whose name begins with check_ is a check.
 *
 * A new check is a new file under queries/. The rows of all of them are read, then put
 * in the order of the answer; within a check the order of its statement holds. Wording is
 * a check that no statement can make, and so is movement (check_movement.c). */
#include "kith/check.h"

#include <stdlib.h>
#include <string.h>

#include "check_private.h"
#include "kith/language.h"
#include "kith/text.h"
#include "kith/words.h"

enum { NOTE = 2, MOST_ALONE = 3 };

static const char *const severities[] = { "CRITICAL", "WARNING", "NOTE" };

static size_t severity_of(const check_finding *item)
{
    size_t at = 0;

    while (at < 2 && strcmp(item->cells[0], severities[at]) != 0)
        at++;
    return at;
}

static int in_order(const void *left, const void *right)
{
    const check_finding *a = left, *b = right;
    const size_t sa = severity_of(a), sb = severity_of(b);
    int order = sa < sb ? -1 : sa > sb;

    if (order == 0)
        order = strcmp(a->cells[1], b->cells[1]);
    if (order == 0)
        order = strcmp(a->cells[3], b->cells[3]);
    if (order == 0 && sa == NOTE) /* repeats of one note side by side */
        order = strcmp(a->cells[4], b->cells[4]);
    return order != 0 ? order : a->place < b->place ? -1 : 1;
}

void check_add(check_findings *findings, const char *const cells[CHECK_COLUMNS])
{
    if (findings->count == findings->room) {
        const size_t room = findings->room ? findings->room * 2 : 64;
        check_finding *grown = realloc(findings->list, room * sizeof *grown);
        findings->failed = findings->failed || grown == NULL;
        if (grown == NULL)
            return;
        findings->list = grown;
        findings->room = room;
    }
    check_finding *item = &findings->list[findings->count];
    *item = (check_finding){ .place = findings->count };
    findings->count++;
    for (int c = 0; c < CHECK_COLUMNS; c++) {
        item->cells[c] = strdup(cells[c]);
        findings->failed = findings->failed || item->cells[c] == NULL;
    }
}

static kith_status run_check(check_findings *findings, kith_store *store, const kith_view *view,
                             kith_query query, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, query, err);

    if (status != KITH_OK)
        return status;
    while (!findings->failed && kith_rows_next(rows)) {
        const char *cells[CHECK_COLUMNS];
        for (int c = 0; c < CHECK_COLUMNS; c++)
            cells[c] = kith_rows_text(rows, c);
        check_add(findings, cells);
    }
    status = kith_rows_end(rows, err);
    return status == KITH_OK && findings->failed ? kith_no_memory(err) : status;
}

/* A kind that Kith knows is the field's own term, and the file of kinds answers for it. */
static bool is_known_kind(const char *table, const char *field, const char *text)
{
    return strcmp(field, "kind") == 0 &&
           kith_word_meaning(table[0] == 'e' ? KITH_EVENT_WORD : KITH_LINK_WORD, text)->known;
}

/* Each wording of one text that the terms name; a term once. */
static void add_wordings(check_findings *findings, kith_text *message, const kith_terms *terms,
                         const kith_rows *rows)
{
    const char *table = kith_rows_text(rows, 0), *field = kith_rows_text(rows, 2);
    const char *said = NULL;
    kith_wording w = { .text = kith_rows_text(rows, 3) };

    while (!is_known_kind(table, field, w.text) && kith_wording_next(&w, terms)) {
        if (said == w.instead)
            continue;
        said = w.instead;
        kith_text_clear(message);
        kith_text_format(message, "\"%.*s\"%s rather: %s (%s)", (int)w.size, w.text + w.start,
                         w.quoted ? " is quoted and stays; in words of your own" : ":", w.instead,
                         w.source);
        const char *cells[] = { "NOTE", table, kith_rows_text(rows, 1), field,
                                kith_text_string(message) };
        check_add(findings, cells);
    }
}

static kith_status check_language(check_findings *findings, kith_store *store, const kith_view *view,
                                  const char *path, kith_error *err)
{
    kith_terms *terms;
    kith_rows *rows;
    kith_text message = { 0 };
    kith_status status = kith_terms_read(&terms, path, err);

    if (status != KITH_OK)
        return status;
    status = kith_store_read(&rows, store, view, KITH_QUERY_LANGUAGE_TEXTS, err);
    if (status == KITH_OK) {
        while (!findings->failed && kith_rows_next(rows))
            add_wordings(findings, &message, terms, rows);
        status = kith_rows_end(rows, err);
    }
    if (status == KITH_OK)
        status = findings->failed ? kith_no_memory(err) : kith_text_status(&message, err);
    kith_text_free(&message);
    kith_terms_free(terms);
    return status;
}

/* How many rows from `at` on say one note of different records. */
static size_t repeats(const check_findings *findings, size_t at)
{
    const check_finding *first = &findings->list[at];
    size_t count = 1;

    if (severity_of(first) != NOTE || first->cells[2][0] == '\0')
        return 1;
    for (; at + count < findings->count; count++) {
        const check_finding *next = &findings->list[at + count];
        if (severity_of(next) != NOTE || next->cells[2][0] == '\0' ||
            strcmp(next->cells[1], first->cells[1]) != 0 ||
            strcmp(next->cells[3], first->cells[3]) != 0 || strcmp(next->cells[4], first->cells[4]) != 0)
            break;
    }
    return count;
}

/* Many rows as one, with the first three of their ids. */
static void fill_gathered(kith_table *table, kith_text *message, const check_finding *first, size_t count)
{
    kith_text_clear(message);
    kith_text_format(message, "%zu of them (%s, %s, %s, ...): %s", count, first[0].cells[2],
                     first[1].cells[2], first[2].cells[2], first->cells[4]);
    for (int c = 0; c < CHECK_COLUMNS - 1; c++)
        kith_table_text(table, c == 2 ? "" : first->cells[c]);
    kith_table_text(table, kith_text_string(message));
}

static kith_status fill(kith_table *table, size_t *found, const check_findings *findings, bool all,
                        kith_error *err)
{
    static const char *const names[] = { "severity", "table", "id", "field", "message" };
    kith_text message = { 0 };

    for (int c = 0; c < CHECK_COLUMNS; c++)
        kith_table_column(table, names[c], KITH_CELL_TEXT);
    for (size_t i = 0; i < findings->count;) {
        const size_t count = all ? 1 : repeats(findings, i);
        *found += severity_of(&findings->list[i]) < NOTE;
        if (count > MOST_ALONE) {
            fill_gathered(table, &message, &findings->list[i], count);
            i += count;
            continue;
        }
        for (int c = 0; c < CHECK_COLUMNS; c++)
            kith_table_text(table, findings->list[i].cells[c]);
        i++;
    }
    const kith_status status = kith_text_status(&message, err);
    kith_text_free(&message);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}

kith_status kith_check(kith_table *table, size_t *found, kith_store *store, const kith_view *view,
                       const char *terms, bool all, kith_error *err)
{
    kith_status status = KITH_OK;
    check_findings findings = { 0 };

    *table = (kith_table){ 0 };
    *found = 0;
    for (int query = 0; status == KITH_OK && query < KITH_QUERY_COUNT; query++)
        if (strncmp(kith_query_name((kith_query)query), "check_", 6) == 0)
            status = run_check(&findings, store, view, (kith_query)query, err);
    if (status == KITH_OK)
        status = check_movement(&findings, store, view, err);
    if (status == KITH_OK)
        status = check_language(&findings, store, view, terms, err);
    if (status == KITH_OK) {
        if (findings.count > 0)
            qsort(findings.list, findings.count, sizeof *findings.list, in_order);
        status = fill(table, found, &findings, all, err);
    }
    for (size_t i = 0; i < findings.count; i++)
        for (int c = 0; c < CHECK_COLUMNS; c++)
            free(findings.list[i].cells[c]);
    free(findings.list);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}
