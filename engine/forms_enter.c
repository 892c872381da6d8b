/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forms_enter.c: a form as it is printed, and one that was filled in.
 *
 * A filled form becomes two tables in memory and goes through the same checks as any file:
 * it has a batch, an origin and an undo like everything else in the hub. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms_private.h"
#include "kith/import.h"
#include "kith/record.h"

kith_status kith_form_read(kith_form *form, const char *tool, kith_error *err)
{
    *form = (kith_form){ .tool = forms_known(tool) };
    if (form->tool == NULL)
        return kith_fail(err, KITH_USAGE, "%s is no form that Kith knows; name GAT, CSE or PEER", tool);
    form->told = strcmp(form->tool, "PEER") == 0;
    form->level = !form->told;
    form->data = calloc(1, sizeof *form->data);
    if (form->data == NULL)
        return kith_no_memory(err);
    const kith_status status = forms_data_read(form->data, err);
    if (status == KITH_OK)
        form->items = calloc(form->data->item_count, sizeof *form->items);
    if (status != KITH_OK || form->items == NULL) {
        kith_form_free(form);
        return status != KITH_OK ? status : kith_no_memory(err);
    }
    for (size_t i = 0; i < form->data->item_count; i++) {
        const form_item *item = &form->data->items[i];
        if (strcmp(item->form, form->tool) == 0)
            form->items[form->count++] = (kith_form_item){
                item->item, item->text, !form->told && assess_has_times(item->form, item->list)
            };
    }
    return KITH_OK;
}

void kith_form_free(kith_form *form)
{
    if (form->data != NULL)
        forms_data_free(form->data);
    free(form->data);
    free(form->items);
    *form = (kith_form){ 0 };
}

static kith_status is_taken(bool *taken, kith_store *store, const kith_view *view, const char *id,
                            kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_ASSESS_PERSON, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "id", id);
    *taken = kith_rows_next(rows);
    return kith_rows_end(rows, err);
}

/* "GAT-P001-2022-06-30", "GAT-P001-2022-06-30-2" ... */
static kith_status choose_id(char id[KITH_ASSESSMENT_ID_SIZE], kith_store *store, const kith_view *view,
                             const kith_filled_form *filled, kith_error *err)
{
    kith_status status = KITH_OK;
    bool taken = true;

    for (int nth = 1; taken && status == KITH_OK; nth++) {
        const int size = snprintf(id, KITH_ASSESSMENT_ID_SIZE, "%s-%s-%s", forms_known(filled->tool),
                                  filled->person, filled->assessed_on);
        if (nth > 1 && size < KITH_ASSESSMENT_ID_SIZE)
            snprintf(id + size, (size_t)(KITH_ASSESSMENT_ID_SIZE - size), "-%d", nth);
        status = is_taken(&taken, store, view, id, err);
    }
    return status;
}

static void add_row(kith_text *csv, const char *const cells[], size_t count)
{
    for (size_t c = 0; c < count; c++) {
        kith_text_add(csv, c > 0 ? "," : "");
        kith_text_add_csv(csv, cells[c]);
    }
    kith_text_add(csv, "\r\n");
}

static void write_tables(kith_text *assessment, kith_text *indicators, const char *id,
                         const kith_filled_form *filled)
{
    const char *const form[] = { id, filled->person, forms_known(filled->tool), filled->assessed_on,
                                 filled->assessor_role, filled->level, filled->source };

    kith_text_add(assessment, "assessment_id,person_id,tool,assessed_on,assessor_role,level,source\r\n");
    add_row(assessment, form, 7);
    kith_text_add(indicators, "assessment_id,item,status,voice,text,source\r\n");
    for (size_t i = 0; i < filled->count; i++) {
        const kith_tick *tick = &filled->ticks[i];
        const char *const row[] = { id, tick->item, tick->status, tick->voice, tick->text,
                                    filled->source };
        add_row(indicators, row, 6);
    }
}

/* What import would take as it is, and only counting would leave out. */
static kith_status check_ticks(const kith_filled_form *filled, kith_error *err)
{
    forms_data data;
    kith_status status = forms_data_read(&data, err);

    for (size_t i = 0; status == KITH_OK && i < filled->count; i++)
        if (forms_item_find(&data, forms_known(filled->tool), filled->ticks[i].item) == NULL)
            status = kith_fail(err, KITH_INPUT, "%s is not on the form %s", filled->ticks[i].item,
                               filled->tool);
    forms_data_free(&data);
    return status;
}

/* The first fault of the load, in one line: there is no file to look it up in. */
static kith_status first_fault(const kith_import_report *report, kith_error *err)
{
    for (size_t r = 0; r < kith_table_rows(&report->table); r++) {
        const kith_cell *cells = &report->table.cells[r * report->table.column_count];
        if (strcmp(cells[3].text, "error") == 0)
            return kith_fail(err, KITH_INPUT, "%s: %s",
                             cells[2].text != NULL && cells[2].text[0] != '\0' ? cells[2].text
                                                                               : "the form",
                             cells[4].text);
    }
    return kith_fail(err, KITH_INPUT, "the form cannot be stored");
}

static kith_status load(kith_store *store, const kith_view *view, const char *id,
                        const kith_filled_form *filled, kith_error *err)
{
    kith_text assessment = { 0 }, indicators = { 0 };
    kith_import_report report = { 0 };

    write_tables(&assessment, &indicators, id, filled);
    kith_status status = kith_text_status(&assessment, err);
    if (status == KITH_OK)
        status = kith_text_status(&indicators, err);
    if (status == KITH_OK) {
        const kith_import_text texts[] = {
            { "assessments.csv", assessment.data, assessment.size },
            { "indicators.csv", indicators.data, indicators.size },
        };
        const kith_import_options options = { .texts = texts,
                                              .text_count = filled->count > 0 ? 2 : 1 };
        status = kith_import(&report, store, view, NULL, 0, &options, err);
        if (status == KITH_INPUT)
            status = first_fault(&report, err);
    }
    kith_import_report_free(&report);
    kith_text_free(&assessment);
    kith_text_free(&indicators);
    return status;
}

kith_status kith_assess_enter(char id[KITH_ASSESSMENT_ID_SIZE], kith_store *store,
                              const kith_view *view, const kith_filled_form *filled,
                              kith_error *err)
{
    kith_kind kind;
    int64_t row;

    if (forms_known(filled->tool) == NULL)
        return kith_fail(err, KITH_USAGE, "%s is no form that Kith knows; name GAT, CSE or PEER",
                         filled->tool);
    kith_status status = kith_record_find(&kind, &row, store, view, filled->person, err);
    if (status == KITH_OK && kind != KITH_PERSON)
        return kith_fail(err, KITH_USAGE, "%s is a %s; forms are about a person", filled->person,
                         kith_kind_word[kind]);
    if (status == KITH_OK)
        status = check_ticks(filled, err);
    if (status == KITH_OK)
        status = choose_id(id, store, view, filled, err);
    return status == KITH_OK ? load(store, view, id, filled, err) : status;
}
