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

/* A kind of record, as statements name it. */
typedef struct change_record {
    const char *word;
    change_kind kind;
    int words; /* a kith_word_class, -1: the word is printed as it is */
} change_record;

const change_record *changes_kind_named(const char *word);

/** What a word of such a class is called. */
const char *changes_label(int words, const char *word);

/** Whether something of that day is a fact yet: what is dated after as-of is not. */
bool changes_are_seen(const changes *c, const char *observed);

/** "; police, 1A". */
void changes_add_origin(kith_text *text, const char *source, const char *grade);

/** A word, behind a blank. */
void changes_add_word(kith_text *text, const char *word);

/** Whether one of these rows of entity, with blanks between, is asked for. */
bool changes_touch_asked(const changes *c, const char *touched);

/** Begins a statement about what came after a load, and ends it. */
kith_status changes_read(kith_rows **rows, changes *c, kith_query query);
kith_status changes_end(kith_rows *rows, kith_status status, changes *c);

static inline const char *changes_text(const kith_rows *rows, int column)
{
    const char *text = kith_rows_text(rows, column);

    return text != NULL ? text : "";
}

/** Records that are new, corrected, contested, or have ended. */
kith_status changes_of_records(changes *c);

/** changes_events.c, changes_corrected.c: of these, events, and what was corrected. */
kith_status changes_of_events(changes *c);
kith_status changes_of_corrections(changes *c);

/** Ties and peer groups of the two states. */
kith_status changes_of_groups(changes *c);

#endif
