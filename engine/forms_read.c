/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forms_read.c: a person's assessments, from the hub to counts of boxes.
 *
 * A box is ticked or not, however often and by whomever it is told: counting walks the
 * form's items, never the rows. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "forms_private.h"
#include "kith/date.h"
#include "kith/record.h"

static kith_status read_row(assess_form *form, kith_pool *pool, const forms_data *data,
                            const kith_rows *rows, kith_error *err)
{
    if (kith_rows_missing(rows, 7))
        return KITH_OK;
    assess_row *grown = data_grow(form->rows, form->count, sizeof *grown);
    if (grown == NULL)
        return kith_no_memory(err);
    form->rows = grown;
    const assess_row row = { .item = kith_pool_add(pool, kith_rows_text(rows, 7)),
                             .status = kith_pool_add(pool, kith_rows_text(rows, 8)),
                             .voice = kith_pool_add(pool, kith_rows_text(rows, 9)),
                             .text = kith_pool_add(pool, kith_rows_text(rows, 10)),
                             .known = form->form == NULL
                                          ? NULL
                                          : forms_item_find(data, form->form, kith_rows_text(rows, 7)),
                             .doubted = kith_rows_integer(rows, 11) != 0 };
    if (row.item == NULL || row.status == NULL || row.voice == NULL || row.text == NULL)
        return kith_no_memory(err);
    form->rows[form->count++] = row;
    return KITH_OK;
}

static kith_status begin_form(assess_forms *all, const kith_rows *rows, kith_error *err)
{
    kith_time on;

    assess_form *grown = data_grow(all->forms, all->count, sizeof *grown);
    if (grown == NULL)
        return kith_no_memory(err);
    all->forms = grown;
    assess_form form = { .row = kith_rows_integer(rows, 0),
                         .id = kith_pool_add(all->pool, kith_rows_text(rows, 1)),
                         .person = kith_pool_add(all->pool, kith_rows_text(rows, 2)),
                         .tool = kith_pool_add(all->pool, kith_rows_text(rows, 3)),
                         .on = kith_pool_add(all->pool, kith_rows_text(rows, 4)),
                         .role = kith_pool_add(all->pool, kith_rows_text(rows, 5)),
                         .level = kith_pool_add(all->pool, kith_rows_text(rows, 6)) };
    if (form.id == NULL || form.person == NULL || form.tool == NULL || form.on == NULL ||
        form.role == NULL || form.level == NULL)
        return kith_no_memory(err);
    form.form = forms_known(form.tool);
    form.day = kith_time_read(&on, form.on) ? on.day : INT32_MIN;
    all->forms[all->count++] = form;
    return KITH_OK;
}

static kith_status read_forms(assess_forms *all, kith_store *store, const kith_view *view,
                              kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_ASSESS_FORMS, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", all->person_row);
    while (status == KITH_OK && kith_rows_next(rows)) {
        if (all->count == 0 || all->forms[all->count - 1].row != kith_rows_integer(rows, 0))
            status = begin_form(all, rows, err);
        if (status == KITH_OK)
            status = read_row(&all->forms[all->count - 1], all->pool, &all->data, rows, err);
    }
    const kith_status ended = kith_rows_end(rows, status == KITH_OK ? err : NULL);
    return status != KITH_OK ? status : ended;
}

/* Whose the first named assessment is. */
static kith_status find_owner(assess_forms *all, kith_store *store, const kith_view *view,
                              const char *assessment, kith_error *err)
{
    kith_rows *rows;
    bool found = false;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_ASSESS_PERSON, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "id", assessment);
    while (kith_rows_next(rows)) {
        all->person_row = kith_rows_integer(rows, 0);
        found = true;
    }
    status = kith_rows_end(rows, err);
    if (status == KITH_OK && !found)
        status = kith_fail(err, KITH_NOT_FOUND, "assessment %s is not recorded; `kith assess ID` "
                           "lists a person's", assessment);
    return status;
}

static kith_status find_person(assess_forms *all, kith_store *store, const kith_view *view,
                               const kith_assess_options *options, kith_error *err)
{
    kith_kind kind = KITH_PERSON;

    if (options->person == NULL)
        return find_owner(all, store, view, options->assessment[0], err);
    const kith_status status =
        kith_record_find(&kind, &all->person_row, store, view, options->person, err);
    if (status == KITH_OK && kind != KITH_PERSON)
        return kith_fail(err, KITH_USAGE, "%s is a %s; forms are about a person", options->person,
                         kith_kind_word[kind]);
    return status;
}

static void drop_form(assess_forms *all, size_t at)
{
    free(all->forms[at].rows);
    all->count--;
    memmove(&all->forms[at], &all->forms[at + 1], (all->count - at) * sizeof all->forms[0]);
}

static bool is_named(const kith_assess_options *options, const char *id)
{
    for (size_t i = 0; i < options->assessment_count; i++)
        if (strcmp(options->assessment[i], id) == 0)
            return true;
    return options->assessment_count == 0;
}

static kith_status check_named(const assess_forms *all, const kith_view *view, const char *id,
                               kith_error *err)
{
    char as_of[KITH_TIME_SIZE];

    for (size_t f = 0; f < all->count; f++) {
        if (strcmp(all->forms[f].id, id) != 0)
            continue;
        if (view->all_dates || all->forms[f].day <= view->as_of)
            return KITH_OK;
        kith_day_write(as_of, view->as_of);
        return kith_fail(err, KITH_NOT_FOUND, "assessment %s is of %s, after %s; ask with a later "
                         "--as-of", id, all->forms[f].on, as_of);
    }
    return kith_fail(err, KITH_NOT_FOUND, "assessment %s is not among this person's; `kith assess ID` "
                     "lists them", id);
}

/* Keeps the named ones that are dated by as-of. */
static kith_status keep_forms(assess_forms *all, const kith_view *view,
                              const kith_assess_options *options, kith_error *err)
{
    kith_status status = KITH_OK;

    for (size_t i = 0; i < options->assessment_count && status == KITH_OK; i++)
        status = check_named(all, view, options->assessment[i], err);
    for (size_t f = all->count; f > 0; f--) {
        const bool later = !view->all_dates && all->forms[f - 1].day > view->as_of;
        const bool named = is_named(options, all->forms[f - 1].id);
        all->later += later;
        if (later || !named)
            drop_form(all, f - 1);
    }
    return status;
}

kith_status assess_read(assess_forms *all, kith_store *store, const kith_view *view,
                        const kith_assess_options *options, kith_error *err)
{
    *all = (assess_forms){ 0 };
    kith_status status = find_person(all, store, view, options, err);
    if (status == KITH_OK)
        status = forms_data_read(&all->data, err);
    if (status == KITH_OK && (all->pool = kith_pool_new()) == NULL)
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = read_forms(all, store, view, err);
    if (status == KITH_OK)
        status = keep_forms(all, view, options, err);
    all->person = options->person != NULL ? options->person
                  : all->count > 0        ? all->forms[0].person
                                          : "";
    return status;
}

void assess_free(assess_forms *all)
{
    for (size_t f = 0; f < all->count; f++)
        free(all->forms[f].rows);
    free(all->forms);
    forms_data_free(&all->data);
    kith_pool_free(all->pool);
    *all = (assess_forms){ 0 };
}

bool assess_has_times(const char *form, const char *list)
{
    return strcmp(form, "CSE") == 0 && strcmp(list, "vulnerability") != 0;
}

const char *assess_why_not(const assess_form *form, const assess_row *row)
{
    if (form->form == NULL)
        return "this form is not known";
    if (row->known == NULL)
        return "not on the form";
    if (row->doubted)
        return "graded E, suspected to be false";
    if (strcmp(form->form, "GAT") == 0 && strcmp(row->status, "historic") == 0)
        return "historic: the form asks for signs that are present";
    return NULL;
}

int assess_marks(const assess_form *form, const form_item *item)
{
    int marks = 0;

    for (size_t r = 0; r < form->count; r++) {
        const assess_row *row = &form->rows[r];
        if (row->known != item || assess_why_not(form, row) != NULL)
            continue;
        marks |= strcmp(row->status, "current") == 0    ? CURRENT
                 : strcmp(row->status, "historic") == 0 ? HISTORIC
                                                        : TICKED;
    }
    return marks;
}

assess_count assess_list(const forms_data *data, const assess_form *form, const char *list)
{
    assess_count count = { 0 };
    const bool times = assess_has_times(form->form, list);

    for (size_t i = 0; i < data->item_count; i++) {
        const form_item *item = &data->items[i];
        if (strcmp(item->form, form->form) != 0 || strcmp(item->list, list) != 0)
            continue;
        const int marks = assess_marks(form, item);
        count.of++;
        count.current += times && marks & CURRENT;
        count.historic += times && marks & HISTORIC;
        count.ticked += times ? marks == TICKED : marks != 0;
    }
    return count;
}

void assess_lists(const forms_data *data, const char *form, const char *lists[LIST_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i < data->item_count && count + 1 < LIST_MAX; i++) {
        const form_item *item = &data->items[i];
        if (strcmp(item->form, form) == 0 && item->list[0] != '\0' &&
            (count == 0 || strcmp(lists[count - 1], item->list) != 0))
            lists[count++] = item->list;
    }
    lists[count] = NULL;
}
