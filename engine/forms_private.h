/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forms_private.h: what the files of the forms share. */
#ifndef KITH_FORMS_PRIVATE_H
#define KITH_FORMS_PRIVATE_H

#include <stdint.h>

#include "data_csv.h"
#include "kith/forms.h"
#include "kith/text.h"
#include "pool.h"

typedef struct form_item {
    const char *form, *list, *item; /* "CSE", "at_risk", "at_risk.4"; list "": not counted */
    const char *theme;              /* the fact that stands in several lists; "" for none */
    const char *text;               /* as on the form */
} form_item;

/* items "a;b": when any of them is ticked; "a+b": when both are; "": always; a band's name:
 * when the form has it; NOTHING: when nothing is ticked. */
typedef struct form_note {
    const char *form, *items, *note;
} form_note;

typedef struct forms_data {
    form_item *items;
    form_note *notes;
    size_t item_count, note_count;
    kith_pool *pool;
} forms_data;

kith_status forms_data_read(forms_data *data, kith_error *err);
void forms_data_free(forms_data *data);

/* The item of a form, however it is written; NULL when the form has none. */
const form_item *forms_item_find(const forms_data *data, const char *form, const char *item);

/* "GAT", "CSE", "PEER" for a tool however it is written; NULL for another. */
const char *forms_known(const char *tool);

/* Reads the embedded file of the csv's name. */
kith_status forms_embedded_read(data_csv csv, kith_error *err);

/* How an item was ticked, as bits. */
enum { TICKED = 1, CURRENT = 2, HISTORIC = 4 };

typedef struct assess_row {
    const char *item, *status, *voice, *text;
    const form_item *known; /* NULL: not on the form */
    bool doubted;
} assess_row;

typedef struct assess_form {
    int64_t row;
    const char *id, *person, *tool, *on, *role, *level;
    const char *form; /* NULL: a form that is not known */
    int32_t day;
    assess_row *rows;
    size_t count;
} assess_form;

typedef struct assess_forms {
    assess_form *forms; /* newest first */
    size_t count, later; /* later: dated after as-of and left out */
    int64_t person_row;
    const char *person; /* id */
    forms_data data;
    kith_pool *pool;
} assess_forms;

kith_status assess_read(assess_forms *all, kith_store *store, const kith_view *view,
                        const kith_assess_options *options, kith_error *err);
void assess_free(assess_forms *all);

/* What was ticked of one item: bits, without what is not counted. */
int assess_marks(const assess_form *form, const form_item *item);

/* Why a row is not counted; NULL when it is. */
const char *assess_why_not(const assess_form *form, const assess_row *row);

typedef struct assess_count {
    int ticked, current, historic, of;
} assess_count;

/* True for a list with a column for current and one for historic. */
bool assess_has_times(const char *form, const char *list);
assess_count assess_list(const forms_data *data, const assess_form *form, const char *list);

/* The lists of a form, in its order; NULL ends them. */
enum { LIST_MAX = 8 };
void assess_lists(const forms_data *data, const char *form, const char *lists[LIST_MAX]);

/* The band of a GAT form, or "NO BAND", and the sentence that was used, or why none is. */
const char *assess_band(kith_text *sentence, const forms_data *data, const assess_form *form,
                        const kith_band_rules *rules);

/* The safety scales of each day, and the plan, as rows of the same table. */
kith_status assess_add_scales(kith_table *table, kith_store *store, const kith_view *view,
                              int64_t person, kith_error *err);
kith_status assess_add_plan(kith_table *table, kith_store *store, const kith_view *view,
                            int64_t person, kith_error *err);

/* Subject, as-of and rules as facts; the forms' notes; what was left out. */
void assess_facts(kith_table *table, const assess_forms *all, const kith_view *view,
                  const kith_band_rules *rules);
void assess_notes(kith_table *table, const assess_forms *all, const kith_band_rules *rules);

#endif
