/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find.c: the records that fit a text best.
 *
 * Records that may fit come with the most they can score, the most promising first; each is
 * read and scored until none that is left can be among the best. In a hub of which some loads
 * are not in the index every record is read. Records that were confirmed to be one are kept
 * once, by the best of them. */
#include "kith/find.h"

#include <stdlib.h>
#include <string.h>

#include "find_private.h"
#include "kith/record.h"

/* A person or thing, by its best record. */
typedef struct found {
    double score;
    int64_t entity, leader; /* the record, and the one that stands for it */
    kith_kind kind;
    char *id, *name; /* of the leader, once all are found */
    char *record;    /* id of the record */
    const char *matched;
} found;

typedef struct finding {
    find_query query;
    find_words words; /* of the name under way */
    kith_store *store;
    const kith_view *view;
    kith_error *err;
    found *kept; /* the best first, equal ones by row */
    size_t count, most;
} finding;

enum { ENTITY, LEADER, KIND, ID, NAME, ALIASES, DOB, IDENTIFIERS, POSTCODE, KNOWN_AS };

static void drop(found *item)
{
    free(item->id);
    free(item->name);
    free(item->record);
}

static bool is_better(const found *a, const found *b)
{
    return a->score != b->score ? a->score > b->score : a->entity < b->entity;
}

static void take_out(finding *f, size_t at)
{
    drop(&f->kept[at]);
    memmove(&f->kept[at], &f->kept[at + 1], (f->count - at - 1) * sizeof *f->kept);
    f->count--;
}

/* Takes the item over: keeps it in its place, or drops it. */
static void keep(finding *f, found item)
{
    size_t at = 0;

    for (size_t i = 0; i < f->count; i++) {
        if (f->kept[i].leader != item.leader)
            continue;
        if (is_better(&f->kept[i], &item)) {
            drop(&item);
            return;
        }
        take_out(f, i);
        break;
    }
    if (f->count == f->most && is_better(&f->kept[f->count - 1], &item)) {
        drop(&item);
        return;
    }
    if (f->count == f->most)
        take_out(f, f->count - 1);
    while (at < f->count && is_better(&f->kept[at], &item))
        at++;
    memmove(&f->kept[at + 1], &f->kept[at], (f->count - at) * sizeof *f->kept);
    f->kept[at] = item;
    f->count++;
}

static kith_status consider(finding *f, const kith_rows *rows)
{
    const find_record record = { (kith_kind)kith_rows_integer(rows, KIND), kith_rows_text(rows, ID),
                                 kith_rows_text(rows, NAME),    kith_rows_text(rows, ALIASES),
                                 kith_rows_text(rows, DOB),     kith_rows_text(rows, IDENTIFIERS),
                                 kith_rows_text(rows, POSTCODE) };
    found item = { .entity = kith_rows_integer(rows, ENTITY),
                   .leader = kith_rows_integer(rows, LEADER),
                   .kind = record.kind };

    if (!find_record_score(&item.score, &item.matched, &f->words, &f->query, &record))
        return kith_no_memory(f->err);
    if (item.score <= 0 ||
        (f->count == f->most && is_better(&f->kept[f->count - 1], &item)))
        return KITH_OK;
    const bool is_named = item.entity == item.leader && record.name[0] != '\0';
    item.record = strdup(record.id);
    if (is_named) {
        item.id = strdup(record.id);
        item.name = strdup(record.name);
    }
    if (item.record == NULL || (is_named && (item.id == NULL || item.name == NULL))) {
        drop(&item);
        return kith_no_memory(f->err);
    }
    keep(f, item);
    return KITH_OK;
}

/* Reads one record and gives it to `take`. */
static kith_status read_record(finding *f, int64_t entity, void *context,
                               kith_status (*take)(finding *, void *, const kith_rows *))
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, f->store, f->view, KITH_QUERY_FIND_RECORD, f->err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", entity);
    if (kith_rows_next(rows))
        status = take(f, context, rows);
    const kith_status ended = kith_rows_end(rows, f->err);
    return status == KITH_OK ? ended : status;
}

static kith_status take_candidate(finding *f, void *context, const kith_rows *rows)
{
    (void)context;
    return consider(f, rows);
}

static bool may_be_among_the_best(const finding *f, find_candidate next)
{
    const found *worst = &f->kept[f->most - 1];

    return f->count < f->most || next.bound > worst->score ||
           (next.bound == worst->score && next.entity < worst->entity);
}

static kith_status weigh_candidates(finding *f, find_candidates *candidates)
{
    kith_status status = KITH_OK;
    find_candidate next;

    while (status == KITH_OK && find_candidates_next(&next, candidates) &&
           may_be_among_the_best(f, next))
        status = read_record(f, next.entity, NULL, take_candidate);
    return status;
}

static kith_status weigh_all(finding *f)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, f->store, f->view, KITH_QUERY_FIND_NAMES, f->err);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && kith_rows_next(rows))
        status = consider(f, rows);
    const kith_status ended = kith_rows_end(rows, f->err);
    return status == KITH_OK ? ended : status;
}

static kith_status take_leader(finding *f, void *context, const kith_rows *rows)
{
    found *item = context;

    item->id = strdup(kith_rows_text(rows, ID));
    item->name = strdup(kith_rows_text(rows, KNOWN_AS));
    return item->id == NULL || item->name == NULL ? kith_no_memory(f->err) : KITH_OK;
}

/* Gives each the id and the name under which it is known. */
static kith_status name_all(finding *f)
{
    kith_status status = KITH_OK;

    for (size_t i = 0; i < f->count && status == KITH_OK; i++)
        if (f->kept[i].id == NULL)
            status = read_record(f, f->kept[i].leader, &f->kept[i], take_leader);
    return status;
}

static int in_order(const void *a, const void *b)
{
    const found *left = a, *right = b;

    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    return strcmp(left->id, right->id);
}

static void fill(kith_table *table, finding *f)
{
    char matched[FIND_SOLID_SIZE];

    kith_table_column(table, "kind", KITH_CELL_TEXT);
    kith_table_column(table, "id", KITH_CELL_TEXT);
    kith_table_column(table, "name", KITH_CELL_TEXT);
    kith_table_column(table, "matched", KITH_CELL_TEXT);
    kith_table_column(table, "score", KITH_CELL_NUMBER);
    if (f->count > 0)
        qsort(f->kept, f->count, sizeof *f->kept, in_order);
    for (size_t i = 0; i < f->count; i++) {
        const found *item = &f->kept[i];
        snprintf(matched, sizeof matched, "%s (%s)", item->matched, item->record);
        kith_table_text(table, kith_kind_word[item->kind]);
        kith_table_text(table, item->id);
        kith_table_text(table, item->name);
        kith_table_text(table, item->entity == item->leader ? item->matched : matched);
        kith_table_number(table, item->score);
    }
    if (f->count == f->most)
        kith_table_note(table, "no more than %zu are shown; others may fit as well: type more of the name, "
                               "or a date of birth, or ask for more with --most", f->most);
}

kith_status find_by(kith_table *table, kith_store *store, const kith_view *view, const char *text,
                    size_t most, bool by_index, kith_error *err)
{
    finding f = { .store = store, .view = view, .err = err, .most = most };
    find_candidates candidates = { 0 };
    kith_status status = KITH_OK;

    *table = (kith_table){ 0 };
    if (most == 0)
        return kith_fail(err, KITH_USAGE, "find was asked for 0 rows; ask for at least one");
    f.kept = calloc(most + 1, sizeof *f.kept);
    if (f.kept == NULL || !find_query_read(&f.query, text))
        status = kith_no_memory(err);
    if (status == KITH_OK && by_index)
        status = find_candidates_read(&candidates, &f.query, store, view, err);
    if (status == KITH_OK)
        status = candidates.ready ? weigh_candidates(&f, &candidates) : weigh_all(&f);
    if (status == KITH_OK)
        status = name_all(&f);
    if (status == KITH_OK) {
        fill(table, &f);
        status = kith_table_status(table, err);
    }
    for (size_t i = 0; i < f.count; i++)
        drop(&f.kept[i]);
    free(f.kept);
    free(candidates.list);
    find_words_free(&f.words);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}

kith_status kith_find(kith_table *table, kith_store *store, const kith_view *view,
                      const char *text, size_t most, kith_error *err)
{
    return find_by(table, store, view, text, most, true, err);
}
