/* SPDX-License-Identifier: GPL-3.0-or-later */
/* association.h: links that rest only on whom somebody knows.
 *
 * A link can say that somebody belongs to a group, or that somebody exploits. It is by
 * association only when no event on or before as-of says so: no event in which whoever is said
 * to exploit is alleged or convicted to have done harm; no event in which the member took part
 * with another who is linked to the group (witnesses, reporters and helpers take no part). It is
 * asked of allegations without a reference to a conviction, and of groups that are of risk or
 * of peers (words.h). What is graded E says nothing. */
#ifndef KITH_ASSOCIATION_H
#define KITH_ASSOCIATION_H

#include "kith/store.h"
#include "kith/text.h"

typedef struct kith_associations {
    int64_t *links; /* rows of link, ascending */
    size_t count;
    kith_text records; /* what `show` calls each, every one between two newlines */
} kith_associations;

/**
 * Those among the links of one person or group (a row of entity).
 *
 * found  out: free with kith_associations_free. Returns KITH_OK, KITH_HUB, KITH_NO_MEMORY.
 */
kith_status kith_associations_read(kith_associations *found, kith_store *store,
                                   const kith_view *view, int64_t entity, kith_error *err);
void kith_associations_free(kith_associations *found);

/** Whether a link is among them, by its row, or by what `show` calls it. */
bool kith_association_has(const kith_associations *found, int64_t link);
bool kith_association_names(const kith_associations *found, const char *record);

#endif
