/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet.h: what somebody types in a meeting or on a form, as one load.
 *
 * A sheet is one object of JSON with the lists "events", "participations", "links" and "contexts";
 * a row is an object whose fields are the columns of docs/data.md, as texts. It goes in by the
 * import's own way: all of it or nothing, with its checks, an origin, a batch and an undo. Beyond
 * what a load asks:
 *
 * - events, links and context items are graded (source_grade, info_grade): nothing typed is ungraded;
 * - whom and what a row names is there and in the user's view, or is an event of the sheet;
 * - an event without event_id is given one, and the sheet's participations and context items name
 *   it by its "key".
 *
 * Out parameters are emptied first; err may be NULL. */
#ifndef KITH_SHEET_H
#define KITH_SHEET_H

#include "kith/import.h"

enum { KITH_SHEET_SIZE = 1 << 20 };

/**
 * Records a sheet.
 *
 * report  out: of the load, also when it is refused; free with kith_import_report_free. Its
 *         table has the fact "batch" when something was kept.
 * source  the agency of rows that name none; NULL: none.
 * Returns KITH_USAGE for what is no sheet, KITH_NOT_FOUND for somebody or something that is not
 * there or not in view, KITH_INPUT when the load is refused, KITH_HUB, KITH_NO_MEMORY.
 */
kith_status kith_sheet_record(kith_import_report *report, kith_store *store, const kith_view *view,
                              const char *json, size_t size, const char *source, bool dry_run,
                              kith_error *err);

/** The loads that sheets made, of the view's user: batch, recorded_at, purpose, records, state. */
kith_status kith_sheet_list(kith_table *table, kith_store *store, const kith_view *view, kith_error *err);

/**
 * Takes back a load that a sheet of the view's user made, as kith_import_undo does.
 *
 * any  also one of another user's sheets.
 * Returns KITH_NOT_FOUND for any other load.
 */
kith_status kith_sheet_undo(kith_table *table, kith_store *store, const kith_view *view, int64_t batch,
                            bool any, kith_error *err);

#endif
