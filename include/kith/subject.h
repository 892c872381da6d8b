/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject.h: of whom, or of what place, contexts are weighed.
 *
 * One person; a recorded group, with those who are members on as-of; a place, with its
 * cohort; or several people taken together: a list, or a peer group as found. The people of
 * a group, a place or a list are never told apart in a weighting. */
#ifndef KITH_SUBJECT_H
#define KITH_SUBJECT_H

#include "kith/peers.h"
#include "kith/record.h"
#include "kith/store.h"

typedef struct kith_subject {
    kith_kind kind; /* KITH_PERSON for a list of people too */
    int64_t row;    /* of entity: what items were entered about; 0 for a list */
    int64_t *people; /* rows of entity, ascending: the person, the members, the cohort, the list */
    size_t count;
} kith_subject;

/**
 * Finds a subject.
 *
 * subject  out: free with kith_subject_free.
 * ids      one of a person, group or place; or several, of people and groups: a list, in
 *          which a group stands for its members.
 * view     members are those with a member_of link that holds on as-of. The cohort of a
 *          place are the people not known to be adults then whom events of risk kinds there,
 *          in the view's window, name in any role but reporter or helper (grade E aside).
 *
 * Returns KITH_OK, KITH_NOT_FOUND, KITH_USAGE (an event, an object; a place in a list),
 * KITH_HUB, KITH_NO_MEMORY.
 */
kith_status kith_subject_read(kith_subject *subject, kith_store *store, const kith_view *view,
                              char *const *ids, size_t count, kith_error *err);

/**
 * The members of a peer group as found, by its letters.
 *
 * Returns KITH_NOT_FOUND when no group has the letters.
 */
kith_status kith_subject_found(kith_subject *subject, const kith_peers *peers,
                               const kith_layer *layer, const char *letters, kith_error *err);

void kith_subject_free(kith_subject *subject);

#endif
