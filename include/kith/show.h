/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.h: everything recorded of one person, place, group, object or event. */
#ifndef KITH_SHOW_H
#define KITH_SHOW_H

#include "kith/store.h"
#include "kith/table.h"

/**
 * Lists what is recorded, each row with its origin.
 *
 * Nothing is cut by the window: what is held is shown. Sections stand in a fixed order
 * (record, participations, people, events, links, constraints, flags, contexts,
 * assessments, indicators, scales, actions, meetings, decisions, corrections).
 *
 * table  out: section, date, record, detail, source, report_ref, grade, handling, recorded_on.
 * id     as written; "person:ID", "event:ID" ... where several kinds share it.
 * Returns KITH_NOT_FOUND when nothing has the id, or several kinds have it (it names them).
 */
kith_status kith_show(kith_table *table, kith_store *store, const kith_view *view, const char *id,
                      kith_error *err);

#endif
