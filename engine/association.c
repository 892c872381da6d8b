/* SPDX-License-Identifier: GPL-3.0-or-later */
/* association.c: what a link says comes from its words, what stands behind it from the hub. */
#include "kith/association.h"

#include <stdlib.h>
#include <string.h>

#include "kith/words.h"

enum { LINK, RECORD, WORD, GROUP_KIND, CONVICTED, FROM_ALLEGED, TO_ALLEGED, WITH_MEMBER };

/* Whether nothing but the link in the current row says what it says. */
static bool is_alone(const kith_rows *rows)
{
    const kith_meaning *says = kith_word_meaning(KITH_LINK_WORD, kith_rows_text(rows, WORD));

    if (says->exploits)
        return !kith_rows_integer(rows, CONVICTED) &&
               !kith_rows_integer(rows, says->passive ? TO_ALLEGED : FROM_ALLEGED);
    if (kith_rows_missing(rows, GROUP_KIND))
        return false;
    const kith_meaning *group = kith_word_meaning(KITH_GROUP_WORD, kith_rows_text(rows, GROUP_KIND));
    return (group->valence == KITH_RISK || group->context == KITH_PEER) &&
           !kith_rows_integer(rows, WITH_MEMBER);
}

static bool add(kith_associations *found, const kith_rows *rows)
{
    int64_t *grown = realloc(found->links, (found->count + 1) * sizeof *grown);

    if (grown == NULL)
        return false;
    found->links = grown;
    found->links[found->count++] = kith_rows_integer(rows, LINK);
    kith_text_format(&found->records, "%s%s\n", found->count == 1 ? "\n" : "",
                     kith_rows_text(rows, RECORD));
    return !found->records.failed;
}

kith_status kith_associations_read(kith_associations *found, kith_store *store,
                                   const kith_view *view, int64_t entity, kith_error *err)
{
    kith_rows *rows;
    bool whole = true;

    *found = (kith_associations){ 0 };
    kith_status status =
        kith_store_read(&rows, store, view, KITH_QUERY_LINK_ASSOCIATION, err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", entity);
    while (whole && kith_rows_next(rows))
        if (is_alone(rows))
            whole = add(found, rows);
    status = kith_rows_end(rows, err);
    if (status == KITH_OK && !whole)
        status = kith_no_memory(err);
    if (status != KITH_OK)
        kith_associations_free(found);
    return status;
}

void kith_associations_free(kith_associations *found)
{
    free(found->links);
    kith_text_free(&found->records);
    *found = (kith_associations){ 0 };
}

bool kith_association_has(const kith_associations *found, int64_t link)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->links[i] == link)
            return true;
    return false;
}

bool kith_association_names(const kith_associations *found, const char *record)
{
    const char *at = found->count > 0 ? kith_text_string(&found->records) : "";
    const size_t size = strlen(record);

    for (; (at = strchr(at, '\n')) != NULL; at++)
        if (strncmp(at + 1, record, size) == 0 && at[1 + size] == '\n')
            return true;
    return false;
}
