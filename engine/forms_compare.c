/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forms_compare.c: two forms of one person, item by item.
 *
 * Counts of two dates invite a sum that the form does not have; so what is listed is which
 * boxes changed, and the counts stand above as they are. */
#include <string.h>

#include "forms_private.h"
#include "kith/words.h"

static const char *marked(const assess_form *form, const form_item *item)
{
    const int marks = assess_marks(form, item);
    static const char *const words[] = { "",         "ticked",   "current",           "current",
                                         "historic", "historic", "current, historic", "current, historic" };

    if (!assess_has_times(form->form, item->list))
        return words[marks != 0 ? TICKED : 0];
    return words[marks];
}

static void add_change(kith_table *table, const char *item, const char *before, const char *after,
                       const char *text)
{
    const char *change = before[0] == '\0'            ? "new"
                         : after[0] == '\0'           ? "gone"
                         : strcmp(before, after) != 0 ? "changed"
                                                      : "same";

    kith_table_text(table, change);
    kith_table_text(table, item);
    kith_table_text(table, before[0] != '\0' ? before : NULL);
    kith_table_text(table, after[0] != '\0' ? after : NULL);
    kith_table_text(table, text);
}

static void add_items(kith_table *table, const forms_data *data, const assess_form *older,
                      const assess_form *newer)
{
    for (size_t i = 0; i < data->item_count; i++) {
        const form_item *item = &data->items[i];
        if (strcmp(item->form, older->form) != 0)
            continue;
        const char *before = marked(older, item);
        const char *after = marked(newer, item);
        if (before[0] != '\0' || after[0] != '\0')
            add_change(table, item->item, before, after, item->text);
    }
}

/* What is set aside on either form is not compared; it is said. */
static void note_set_aside(kith_table *table, const assess_form *form)
{
    for (size_t r = 0; r < form->count; r++) {
        const char *why = assess_why_not(form, &form->rows[r]);
        if (why != NULL)
            kith_table_note(table, "%s: %s is not compared (%s)", form->id, form->rows[r].item, why);
    }
}

static void describe(kith_table *table, const char *key, const forms_data *data,
                     const assess_form *form, const kith_band_rules *rules)
{
    const char *lists[LIST_MAX] = { NULL };
    kith_text line = { 0 }, sentence = { 0 };

    kith_text_format(&line, "%s, %s", form->id, form->on);
    if (strcmp(form->form, "GAT") == 0)
        kith_text_format(&line, ", %s", assess_band(&sentence, data, form, rules));
    assess_lists(data, form->form, lists);
    for (size_t l = 0; lists[l] != NULL; l++) {
        const assess_count count = assess_list(data, form, lists[l]);
        if (!assess_has_times(form->form, lists[l])) {
            kith_text_format(&line, "; %s %d", lists[l], count.ticked);
            continue;
        }
        kith_text_format(&line, "; %s %d current, %d historic", lists[l], count.current,
                         count.historic);
        if (count.ticked > 0)
            kith_text_format(&line, ", %d not said", count.ticked);
    }
    kith_text_format(&line, "; practitioner's level: %s",
                     form->level[0] != '\0' ? form->level : "not recorded");
    kith_table_fact(table, key, "%s", kith_text_string(&line));
    table->failed = table->failed || line.failed || sentence.failed;
    kith_text_free(&line);
    kith_text_free(&sentence);
}

static kith_status check_pair(const assess_forms *all, kith_error *err)
{
    if (all->count != 2)
        return kith_fail(err, KITH_USAGE, "two different assessments are compared, and %zu %s named",
                         all->count, all->count == 1 ? "is" : "are");
    if (!kith_word_same(all->forms[0].tool, all->forms[1].tool))
        return kith_fail(err, KITH_USAGE, "%s is %s and %s is %s; two of one form can be compared",
                         all->forms[0].id, all->forms[0].tool, all->forms[1].id, all->forms[1].tool);
    if (all->forms[0].form == NULL)
        return kith_fail(err, KITH_USAGE, "the form %s is not known here; GAT, CSE and PEER can be "
                         "compared", all->forms[0].tool);
    return KITH_OK;
}

static void make_table(kith_table *table, const assess_forms *all, const kith_view *view,
                       const kith_band_rules *rules)
{
    static const char *const names[] = { "change", "item", "before", "after", "text" };
    const assess_form *newer = &all->forms[0], *older = &all->forms[1];

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        kith_table_column(table, names[i], KITH_CELL_TEXT);
    assess_facts(table, all, view, rules);
    describe(table, "before", &all->data, older, rules);
    describe(table, "after", &all->data, newer, rules);
    add_items(table, &all->data, older, newer);
    note_set_aside(table, older);
    note_set_aside(table, newer);
    kith_table_note(table, "gone: not ticked on the later form, which cannot say \"not known\": ask "
                           "whether it has ended or was not asked");
    assess_notes(table, all, rules);
}

kith_status kith_assess_compare(kith_table *table, kith_store *store, const kith_view *view,
                                const kith_assess_options *options, const kith_band_rules *rules,
                                kith_error *err)
{
    assess_forms all;

    *table = (kith_table){ 0 };
    kith_status status = assess_read(&all, store, view, options, err);
    if (status == KITH_OK)
        status = check_pair(&all, err);
    if (status == KITH_OK) {
        make_table(table, &all, view, rules);
        status = kith_table_status(table, err);
    }
    assess_free(&all);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}
