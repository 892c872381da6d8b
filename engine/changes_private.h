/* SPDX-License-Identifier: GPL-3.0-or-later */
/* changes_private.h: what the files of the changes share: rows gathered in any order, which
 * changes.c puts in theirs. */
#ifndef KITH_CHANGES_PRIVATE_H
#define KITH_CHANGES_PRIVATE_H

#include "kith/changes.h"
#include "kith/text.h"
#include "pool.h"

/* In the order of the table. */
typedef enum change_kind {
    CHANGED_PEERS,
    CHANGED_EVENT,
    CHANGED_TIE,
    CHANGED_LINK,
    CHANGED_PERSON,
    CHANGED_LOCATION,
    CHANGED_GROUP,
    CHANGED_OBJECT,
    CHANGED_CONTEXT,
    CHANGED_FLAG,
    CHANGED_CONSTRAINT,
    CHANGED_ASSESSMENT,
    CHANGED_INDICATOR,
    CHANGED_SCALE,
    CHANGED_ACTION,
    CHANGED_CONTEST,
    CHANGED_LOAD,
    CHANGE_KINDS
} change_kind;

typedef enum change_word {
    CHANGE_NEW,
    CHANGE_UPGRADED,
    CHANGE_DOWNGRADED,
    CHANGE_CHANGED,
    CHANGE_GONE,
    CHANGE_FATES /* and, of peer groups, a kith_fate more */
} change_word;

typedef struct change_row {
    change_kind kind;
    int change; /* a change_word */
    uint32_t order; /* of rows that are alike otherwise: as they were gathered */
    const char *id, *detail, *observed, *loaded;
} change_row;

typedef struct changes {
    const kith_changes_options *options;
    const kith_view *view;
    kith_store *store;
    kith_error *err;
    int64_t load;   /* the last of before; 0: none */
    int64_t *asked; /* rows of entity, ascending */
    size_t asked_count;
    change_row *rows;
    size_t count, room;
    kith_pool *pool;
    kith_text text; /* of the detail in hand */
    kith_table *table;
} changes;

/** Whether a row of entity is asked for; everything is when nothing is. */
bool changes_concern(const changes *c, int64_t entity);

/**
 * Adds a row whose detail is in c->text. Texts are copied; id and observed may be "", and
 * observed and loaded are cut to the day.
 */
kith_status changes_add(changes *c, change_kind kind, int change, const char *id,
                        const char *observed, const char *loaded);

/** Records that are new, corrected, or have ended. */
kith_status changes_of_records(changes *c);

/** Ties and peer groups of the two states. */
kith_status changes_of_groups(changes *c);

#endif
