/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find.c: one pass over all names, keeping the best.
 *
 * A record is found by its best field. What is kept is a short list in the order of the
 * answer, so a pass costs little more than the comparisons. */
#include "kith/find.h"

#include <stdlib.h>
#include <string.h>

#include "kith/network.h"
#include "kith/similar.h"

static const double least_score = 0.85;

typedef struct found {
    int kind;
    char *id, *name;
    const char *matched;
    double score;
} found;

typedef struct finding {
    const char *text;
    kith_text folded, solid; /* the text folded, and without blanks */
    kith_text scratch;
    found *kept;
    size_t count, most;
    bool failed;
} finding;

/* Lower case letters and digits alone: how ids, phones and identifiers are compared. */
static void add_solid(kith_text *text, const char *value)
{
    for (; *value != '\0'; value++) {
        const char c = *value;
        if (c >= 'A' && c <= 'Z')
            kith_text_add_char(text, (char)(c - 'A' + 'a'));
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80)
            kith_text_add_char(text, c);
    }
}

static bool same_solid(finding *search, const char *value)
{
    kith_text_clear(&search->scratch);
    add_solid(&search->scratch, value);
    return search->scratch.size > 0 && search->solid.size > 0 &&
           strcmp(kith_text_string(&search->scratch), kith_text_string(&search->solid)) == 0;
}

/* The best of the pieces of "a;b;c", by whole value or as names. */
static double best_piece(finding *search, const char *list, bool as_name)
{
    double best = 0;

    while (*list != '\0') {
        const size_t size = strcspn(list, ";");
        kith_text piece = { 0 };
        kith_text_add_bytes(&piece, list, size);
        const char *value = kith_text_string(&piece);
        const char *after = strchr(value, '='); /* nhs=9990001234 */
        double score = 0;
        if (!as_name) {
            score = same_solid(search, value) || (after != NULL && same_solid(search, after + 1));
        } else {
            kith_text_clear(&search->scratch);
            kith_text_add_folded(&search->scratch, value);
            score = kith_name_similarity(kith_text_string(&search->folded),
                                         kith_text_string(&search->scratch));
        }
        search->failed = search->failed || piece.failed;
        kith_text_free(&piece);
        best = score > best ? score : best;
        list += size + (list[size] == ';');
    }
    return best;
}

static void better(double *best, const char **matched, double score, const char *field)
{
    if (score > *best) {
        *best = score;
        *matched = field;
    }
}

static double score_row(finding *search, const kith_rows *rows, const char **matched)
{
    double best = 0;

    better(&best, matched, same_solid(search, kith_rows_text(rows, 1)), "id");
    better(&best, matched, best_piece(search, kith_rows_text(rows, 2), true), "name");
    better(&best, matched, best_piece(search, kith_rows_text(rows, 3), true), "alias");
    better(&best, matched, same_solid(search, kith_rows_text(rows, 4)), "date of birth");
    better(&best, matched, best_piece(search, kith_rows_text(rows, 5), false), "identifier");
    better(&best, matched, same_solid(search, kith_rows_text(rows, 6)), "postcode");
    return best;
}

static void drop(found *item)
{
    free(item->id);
    free(item->name);
}

/* Rows come by kind and id, so one of equal score goes behind those kept. */
static void keep(finding *search, found item)
{
    size_t at = search->count;

    while (at > 0 && search->kept[at - 1].score < item.score)
        at--;
    if (search->failed || at == search->most) {
        drop(&item);
        return;
    }
    if (search->count == search->most)
        drop(&search->kept[--search->count]);
    memmove(&search->kept[at + 1], &search->kept[at], (search->count - at) * sizeof *search->kept);
    search->kept[at] = item;
    search->count++;
}

static void consider(finding *search, const kith_rows *rows)
{
    const char *matched = "";
    const double score = score_row(search, rows, &matched);

    if (score < least_score)
        return;
    found item = { (int)kith_rows_integer(rows, 0), strdup(kith_rows_text(rows, 1)),
                   strdup(kith_rows_text(rows, 2)), matched, score };
    search->failed = search->failed || item.id == NULL || item.name == NULL;
    keep(search, item);
}

static kith_status pass(finding *search, kith_store *store, const kith_view *view, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_FIND_NAMES, err);

    if (status != KITH_OK)
        return status;
    while (!search->failed && kith_rows_next(rows))
        consider(search, rows);
    status = kith_rows_end(rows, err);
    search->failed = search->failed || search->folded.failed || search->solid.failed ||
                     search->scratch.failed;
    return status == KITH_OK && search->failed ? kith_no_memory(err) : status;
}

static void fill(kith_table *table, const finding *search)
{
    static const char *const kinds[] = { "", "person", "location", "group", "object" };

    kith_table_column(table, "kind", KITH_CELL_TEXT);
    kith_table_column(table, "id", KITH_CELL_TEXT);
    kith_table_column(table, "name", KITH_CELL_TEXT);
    kith_table_column(table, "matched", KITH_CELL_TEXT);
    kith_table_column(table, "score", KITH_CELL_NUMBER);
    for (size_t i = 0; i < search->count; i++) {
        kith_table_text(table, kinds[search->kept[i].kind]);
        kith_table_text(table, search->kept[i].id);
        kith_table_text(table, search->kept[i].name);
        kith_table_text(table, search->kept[i].matched);
        kith_table_number(table, search->kept[i].score);
    }
}

kith_status kith_find(kith_table *table, kith_store *store, const kith_view *view,
                      const char *text, size_t most, kith_error *err)
{
    kith_status status = KITH_OK;
    finding search = { .text = text, .most = most };

    *table = (kith_table){ 0 };
    if (most == 0)
        return kith_fail(err, KITH_USAGE, "find was asked for 0 rows; ask for at least one");
    kith_text_add_folded(&search.folded, text);
    add_solid(&search.solid, text);
    search.kept = calloc(most + 1, sizeof *search.kept);
    status = search.kept == NULL ? kith_no_memory(err) : pass(&search, store, view, err);
    if (status == KITH_OK) {
        fill(table, &search);
        status = kith_table_status(table, err);
    }
    for (size_t i = 0; i < search.count; i++)
        drop(&search.kept[i]);
    free(search.kept);
    kith_text_free(&search.folded);
    kith_text_free(&search.solid);
    kith_text_free(&search.scratch);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}
