/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject_access.h: what is held of one person, for that person (R62).
 *
 * Who else is in a record is held back and counted; so are records with handling code C, and
 * what somebody wrote in words, which may speak of others, until it was read. Facts stand
 * apart from opinions and judgements (R64). With it go the weighting of the person's contexts
 * and to whom anything was disclosed. */
#ifndef KITH_SUBJECT_ACCESS_H
#define KITH_SUBJECT_ACCESS_H

#include "kith/store.h"
#include "kith/table.h"

/**
 * Fills the answer: part, date, class, detail, words, source, others.
 *
 * table  out: facts say what was held back; free with kith_table_free, also after a failure.
 * words  gives what was written in words too: whoever sends it has read it.
 * Returns KITH_NOT_FOUND when no person has the id: the answer is then that nothing is held.
 */
kith_status kith_subject_access(kith_table *table, kith_store *store, const kith_view *view,
                                const char *id, bool words, kith_error *err);

#endif
