/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forms.h: what practitioners ticked on a form, counted as the form counts and no further.
 *
 * Three forms are known: GAT (a screening tool of signs, two lists), CSE (four
 * lists) and PEER (sections told by child, parents and worker). Their items, word by
 * word, and what must be said beside them are data (engine/forms/items.csv, notes.csv). The
 * GAT's own rule from counts to a band is data too (gat_rules.csv), and a local one may
 * take its place; where no rule fits there is no band. The CSE form has no rule, and none
 * is made up: its level is the practitioner's own. Nothing here scores a child, and two
 * children are never put beside each other.
 *
 * Out parameters are emptied first; err may be NULL. */
#ifndef KITH_FORMS_H
#define KITH_FORMS_H

#include <stdbool.h>
#include <stddef.h>

#include "kith/store.h"
#include "kith/table.h"

/* The signs that the GAT lists. */
enum { KITH_GAT_STRONG = 8, KITH_GAT_MODERATE = 19 };

/** One line of a rule file: so many strong and so many moderate signs have this band. */
typedef struct kith_band_rule {
    const char *band, *sentence;                            /* sentence: verbatim */
    int strong_from, strong_to, moderate_from, moderate_to; /* all included */
} kith_band_rule;

typedef struct kith_band_rules {
    kith_band_rule *rows; /* as in the file: a band that first stands later is the higher */
    size_t count;
    const char *name; /* the path; "the form's own" */
    struct kith_pool *pool;
} kith_band_rules;

/**
 * Reads a rule file: CSV of band, strong_from, strong_to, moderate_from, moderate_to,
 * sentence. A blank "to" is no limit.
 *
 * path  NULL: the form's own rules. It must live as long as rules.
 * Returns KITH_INPUT, with file and line, when it cannot be opened or a line is not as above.
 */
kith_status kith_band_rules_read(kith_band_rules *rules, const char *path, kith_error *err);
void kith_band_rules_free(kith_band_rules *rules);

/**
 * The first rule that fits; NULL when none does.
 *
 * fits  out: how many rules fit. More than one is an overlap, and no band should be said.
 */
const kith_band_rule *kith_band_find(const kith_band_rules *rules, int strong, int moderate,
                                     size_t *fits);

/**
 * Lists what is wrong with a rule file, cell by cell of the 9 x 20 counts.
 *
 * A gap fits no rule. An overlap fits several. A cell is not_monotone when a sign less has
 * a band and this cell has none, or a lower one (cells that overlap are not asked).
 *
 * table  out: kind, strong, moderate, band, detail; by strong, moderate, kind.
 * found  out: rows.
 */
kith_status kith_band_check(kith_table *table, size_t *found, const kith_band_rules *rules,
                            kith_error *err);

/** One box of a form. */
typedef struct kith_form_item {
    const char *item, *text; /* "at_risk.4"; as on the form */
    bool times;              /* ticked as current, historic or both; else present or not */
} kith_form_item;

/** A form as it is printed. */
typedef struct kith_form {
    const char *tool; /* "CSE" */
    kith_form_item *items;
    size_t count;
    bool told;  /* its items are words (PEER), not ticks */
    bool level; /* the practitioner writes a level of their own on it */
    struct forms_data *data;
} kith_form;

/** Returns KITH_USAGE for a form that is not known (it names those that are). */
kith_status kith_form_read(kith_form *form, const char *tool, kith_error *err);
void kith_form_free(kith_form *form);

/* One tick: status "present", "current" or "historic"; voice "child", "parent", "worker" or "". */
typedef struct kith_tick {
    const char *item, *status, *voice, *text;
} kith_tick;

/** A form that somebody has filled in. */
typedef struct kith_filled_form {
    const char *person, *tool, *assessed_on, *assessor_role, *level, *source;
    const kith_tick *ticks;
    size_t count;
} kith_filled_form;

enum { KITH_ASSESSMENT_ID_SIZE = 96 };

/**
 * Stores a filled form as a load of its own, which `import --undo` takes back.
 *
 * id  out: of the assessment: tool, person and date, and a number when there is one already.
 * Returns KITH_NOT_FOUND for a person that is not there, KITH_USAGE for a form, and KITH_INPUT for an
 * item, date or word that is not known; then the hub is unchanged.
 */
kith_status kith_assess_enter(char id[KITH_ASSESSMENT_ID_SIZE], kith_store *store,
                              const kith_view *view, const kith_filled_form *filled,
                              kith_error *err);

/** Which assessments of which person. */
typedef struct kith_assess_options {
    const char *person;            /* an id, or NULL: whose the first named assessment is */
    const char *const *assessment; /* ids, or NULL: all */
    size_t assessment_count;
} kith_assess_options;

/**
 * What was ticked, newest form first.
 *
 * An item that is told several times counts once. What is not on the form, graded E, or
 * historic on a form without dates is listed with the reason and not counted. A form dated
 * after the view's as-of is left out and noted; the window cuts nothing. Unless assessments are named, the
 * safety scales (what "scale": a row a rater and day, and "spread" where they are 3 or more of 10 apart)
 * and the plan (what "plan": the form's four columns, due or overdue on as-of) follow as parts of PEER.
 *
 * table  out: assessment, assessed_on, tool, what, item, ticked, current, historic, of, status,
 *        voice, text.
 * Returns KITH_NOT_FOUND for a person or assessment that is not there, KITH_USAGE when the id
 * is not a person's.
 */
kith_status kith_assess(kith_table *table, kith_store *store, const kith_view *view,
                        const kith_assess_options *options, const kith_band_rules *rules,
                        kith_error *err);

/**
 * What differs between two of a person's forms, the older first.
 *
 * table  out: change (new, gone, changed, same), item, before, after, text; in the order of
 *        the form. What is not counted is noted, not compared.
 * Returns as kith_assess; KITH_USAGE unless two assessments of one form are named.
 */
kith_status kith_assess_compare(kith_table *table, kith_store *store, const kith_view *view,
                                const kith_assess_options *options, const kith_band_rules *rules,
                                kith_error *err);

#endif
