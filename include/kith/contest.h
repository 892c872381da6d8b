/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contest.h: who says that a record is wrong, and what became of it (R63).
 *
 * A contest is of a link, an event, a person's part in one, an item on a context, or a person, place,
 * group or object; field narrows it. While it is open the record counts less and is drawn as tentative
 * (weight.h); upheld, it is listed and never counted, or, where only a field is wrong, stays contested
 * until its source corrects that; rejected, the record stands, and the contest stays beside it.
 * Contests come from contests.csv or are typed, and go through import either way. Who contests or
 * settles is a role (parent, social worker), never a name.
 *
 * Out parameters are emptied first; err may be NULL. */
#ifndef KITH_CONTEST_H
#define KITH_CONTEST_H

#include "kith/store.h"
#include "kith/table.h"
#include "kith/text.h"
#include "kith/view.h"

enum { KITH_CONTEST_ID_SIZE = 64 };

typedef struct kith_contest {
    int64_t row;
    const char *id;
    int64_t subject, event, link_from, link_to, item_subject; /* rows; 0 for none */
    const char *record, *what; /* "K010", "link, friend"; "E021", "part in missing" */
    const char *role, *field;  /* "" for any, and for all of it */
    const char *by, *on, *reason;
    const char *state; /* open, upheld or rejected, on the view's as-of */
    const char *resolved_on, *resolved_by, *resolution;
    const char *source, *loaded_at;
} kith_contest;

typedef struct kith_contests {
    kith_contest *list; /* the newest first */
    size_t count;
    struct kith_pool *pool;
} kith_contests;

/** Reads those up to the view's as-of. Free with kith_contests_free. */
kith_status kith_contests_read(kith_contests *contests, kith_store *store, const kith_view *view,
                               kith_error *err);
void kith_contests_free(kith_contests *contests);

/**
 * Contests as a table: contest_id, record, what, role, field, state, contested_by, contested_on,
 * reason, resolved_on, resolved_by, resolution, tell (who had been given the record before).
 *
 * about  an id of a contest, or of what one is of or about; NULL for all.
 * open   only those that are not settled.
 * table  out: free with kith_table_free, also after a failure.
 * Returns KITH_NOT_FOUND when nothing by that id is recorded.
 */
kith_status kith_contests_list(kith_table *table, kith_store *store, const kith_view *view,
                               const char *about, bool open, kith_error *err);

typedef struct kith_new_contest {
    const char *record; /* an id as people write it; "context:12" and "link:7" too */
    const char *person; /* whose part in the event; NULL: the event itself */
    const char *role;   /* of that part; NULL: any */
    const char *field;  /* NULL: all of the record */
    const char *by, *reason, *source; /* source: NULL or "": not given */
    int32_t on;
} kith_new_contest;

/**
 * Records a contest.
 *
 * id  out: by which it is settled; made of what it says, so that the same twice is one.
 * Returns KITH_USAGE (no reason, no role of who contests), KITH_INPUT with what import finds at
 * fault, KITH_HUB, KITH_NO_MEMORY.
 */
kith_status kith_contest_record(char id[KITH_CONTEST_ID_SIZE], kith_store *store, const kith_view *view,
                                const kith_new_contest *contest, kith_error *err);

/**
 * Settles a contest: upheld, the record is wrong; rejected, it stands.
 *
 * Returns KITH_NOT_FOUND, KITH_USAGE (settled already; no reason), and as kith_contest_record.
 */
kith_status kith_contest_settle(kith_store *store, const kith_view *view, const char *id, bool upheld,
                                const char *by, const char *resolution, int32_t on, kith_error *err);

/**
 * Adds whoever something was disclosed to before a moment or in its second, each once with the last day.
 *
 * disclosures  what kith_audit_list gave for it.
 * before       UTC, as the audit log writes it.
 */
void kith_contest_recipients(kith_text *out, const kith_table *disclosures, const char *before);

#endif
