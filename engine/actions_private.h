/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actions_private.h: what one decision and a sheet of them are written with. */
#ifndef KITH_ACTIONS_PRIVATE_H
#define KITH_ACTIONS_PRIVATE_H

#include "kith/actions.h"
#include "kith/text.h"

/** Refuses what is too long or not UTF-8; what: "note", for the message. */
kith_status actions_check_text(const char *text, const char *what, kith_error *err);
kith_status actions_check_step(const kith_view *view, const char *step, int32_t on, const char *note,
                               kith_error *err);
kith_status actions_check_minute(const kith_view *view, const kith_new_minute *minute,
                                 kith_error *err);

/** actions.csv in memory: its header and a row, for kith_import_typed. */
void actions_make_id(char id[KITH_ACTION_ID_SIZE], const kith_new_action *action, int32_t on);
void actions_add_header(kith_text *csv);
void actions_add_row(kith_text *csv, const char *id, const kith_new_action *action);

/** Inside a change that was begun. */
kith_status actions_write_step(kith_store *store, const kith_view *view, const char *id,
                               const char *step, int32_t on, const char *note, int64_t now,
                               kith_error *err);
kith_status actions_write_minute(int64_t *number, kith_store *store, const kith_view *view,
                                 const kith_new_minute *minute, int64_t now, kith_error *err);

#endif
