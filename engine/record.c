/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record.c: from an outside id to the one record it names. */
#include "kith/record.h"

#include <string.h>

const char *const kith_kind_word[KITH_KIND_COUNT] = { "",      "person", "location",
                                                      "group", "object", "event" };

/* Rows of the kinds that have the id; 0 where a kind has none. */
static kith_status find_rows(int64_t found[KITH_KIND_COUNT], kith_store *store,
                             const kith_view *view, const char *id, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_SHOW_ENTITY, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "id", id);
    while (kith_rows_next(rows))
        found[kith_rows_integer(rows, 1)] = kith_rows_integer(rows, 0);
    status = kith_rows_end(rows, err);
    if (status == KITH_OK)
        status = kith_store_read(&rows, store, view, KITH_QUERY_SHOW_EVENT_ROW, err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "id", id);
    if (kith_rows_next(rows))
        found[KITH_EVENT] = kith_rows_integer(rows, 0);
    return kith_rows_end(rows, err);
}

/* "person:P01" names its kind; 0 when the id does not. */
static int prefixed_kind(const char **id)
{
    for (int kind = 1; kind < KITH_KIND_COUNT; kind++) {
        const size_t size = strlen(kith_kind_word[kind]);
        if (strncmp(*id, kith_kind_word[kind], size) == 0 && (*id)[size] == ':') {
            *id += size + 1;
            return kind;
        }
    }
    return 0;
}

const char *kith_record_bare_id(const char *id)
{
    prefixed_kind(&id);
    return id;
}

static kith_status choose(kith_kind *kind, const int64_t found[KITH_KIND_COUNT], const char *id,
                          kith_error *err)
{
    int first = 0, second = 0;

    for (int k = KITH_KIND_COUNT - 1; k >= 1; k--) {
        if (found[k] == 0)
            continue;
        second = first;
        first = k;
    }
    if (first == 0)
        return kith_fail(err, KITH_NOT_FOUND, "%s is not found; `kith find` looks by name and id", id);
    if (second != 0)
        return kith_fail(err, KITH_NOT_FOUND, "%s is the id of a %s and of a %s; write %s:%s or %s:%s",
                         id, kith_kind_word[first], kith_kind_word[second], kith_kind_word[first], id,
                         kith_kind_word[second], id);
    *kind = (kith_kind)first;
    return KITH_OK;
}

kith_status kith_record_find(kith_kind *kind, int64_t *row, kith_store *store,
                             const kith_view *view, const char *id, kith_error *err)
{
    int64_t found[KITH_KIND_COUNT] = { 0 };
    kith_status status = find_rows(found, store, view, id, err);
    const char *bare = id;

    if (status != KITH_OK)
        return status;
    status = choose(kind, found, id, err);
    if (status == KITH_NOT_FOUND) {
        const int given = prefixed_kind(&bare);
        if (given == 0)
            return status;
        status = find_rows(found, store, view, bare, err);
        if (status == KITH_OK && found[given] == 0)
            return kith_fail(err, KITH_NOT_FOUND, "no %s has the id %s", kith_kind_word[given], bare);
        *kind = (kith_kind)given;
    }
    *row = found[*kind];
    return status;
}
