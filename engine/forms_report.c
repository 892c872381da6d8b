/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forms_report.c: assessments as rows.
 *
 * A form's rows stand in one order: what the form itself says of the counts (GAT), the
 * counts, what to ask, the practitioner's own level, facts that stand in several lists,
 * the ticked items in the form's words, and what was not counted and why. */
#include <string.h>

#include "forms_private.h"
#include "kith/date.h"

static void make_columns(kith_table *table)
{
    static const char *const first[] = { "assessment", "assessed_on", "tool", "what", "item" };
    static const char *const counts[] = { "ticked", "current", "historic", "of" };
    static const char *const last[] = { "status", "voice", "text" };

    for (size_t i = 0; i < 5; i++)
        kith_table_column(table, first[i], KITH_CELL_TEXT);
    for (size_t i = 0; i < 4; i++)
        kith_table_column(table, counts[i], KITH_CELL_INTEGER);
    for (size_t i = 0; i < 3; i++)
        kith_table_column(table, last[i], KITH_CELL_TEXT);
}

static void begin_row(kith_table *table, const assess_form *form, const char *what, const char *item)
{
    kith_table_text(table, form->id);
    kith_table_text(table, form->on);
    kith_table_text(table, form->form != NULL ? form->form : form->tool);
    kith_table_text(table, what);
    kith_table_text(table, item);
}

static void add_said(kith_table *table, const assess_form *form, const char *what, const char *item,
                     const char *text)
{
    begin_row(table, form, what, item);
    for (int i = 0; i < 6; i++)
        kith_table_missing(table);
    kith_table_text(table, text);
}

static void add_count(kith_table *table, const forms_data *data, const assess_form *form,
                      const char *list)
{
    const assess_count count = assess_list(data, form, list);
    const bool times = assess_has_times(form->form, list);

    begin_row(table, form, "count", list);
    kith_table_integer(table, count.ticked);
    if (times) {
        kith_table_integer(table, count.current);
        kith_table_integer(table, count.historic);
    } else {
        kith_table_missing(table);
        kith_table_missing(table);
    }
    kith_table_integer(table, count.of);
    kith_table_missing(table);
    kith_table_missing(table);
    kith_table_text(table, times && count.ticked > 0
                               ? "ticked: neither current nor historic was said" : NULL);
}

static const char *band_of(const kith_band_rules *rules, int strong, int moderate)
{
    size_t fits;
    const kith_band_rule *rule = kith_band_find(rules, strong, moderate, &fits);

    return fits == 1 ? rule->band : "NO BAND";
}

const char *assess_band(kith_text *sentence, const forms_data *data, const assess_form *form,
                        const kith_band_rules *rules)
{
    const int strong = assess_list(data, form, "strong").ticked;
    const int moderate = assess_list(data, form, "moderate").ticked;
    size_t fits;
    const kith_band_rule *rule = kith_band_find(rules, strong, moderate, &fits);

    if (fits == 1) {
        kith_text_format(sentence, "\"%s\"", rule->sentence);
        return rule->band;
    }
    kith_text_format(sentence,
                     "%s %d strong and %d moderate signs; that does not mean that there is no risk: "
                     "professional judgement is needed",
                     fits == 0 ? "no rule fits" : "several rules fit", strong, moderate);
    return "NO BAND";
}

static void add_band(kith_table *table, const forms_data *data, const assess_form *form,
                     const kith_band_rules *rules)
{
    kith_text sentence = { 0 };
    const char *band = assess_band(&sentence, data, form, rules);

    add_said(table, form, "band", band, kith_text_string(&sentence));
    table->failed = table->failed || sentence.failed;
    kith_text_free(&sentence);
}

static void add_level(kith_table *table, const assess_form *form)
{
    kith_text by = { 0 };

    if (form->level[0] == '\0')
        kith_text_add(&by, "no level of the practitioner's own is recorded");
    else
        kith_text_format(&by, "as judged by the %s",
                         form->role[0] != '\0' ? form->role : "practitioner (role not recorded)");
    add_said(table, form, "practitioner's level", form->level[0] != '\0' ? form->level : NULL,
             kith_text_string(&by));
    table->failed = table->failed || by.failed;
    kith_text_free(&by);
}

/* What the band would be if a sign of both lists were counted in one of them. */
static void add_once(kith_text *text, const forms_data *data, const assess_form *form,
                     const kith_band_rules *rules)
{
    const int strong = assess_list(data, form, "strong").ticked;
    const int moderate = assess_list(data, form, "moderate").ticked;

    kith_text_format(text, "; counted once it would be %s as a strong sign, %s as a moderate one",
                     band_of(rules, strong, moderate - 1), band_of(rules, strong - 1, moderate));
}

/* The ticked items of a theme, when there are several; for the first of them only. */
static void add_theme(kith_table *table, const forms_data *data, const assess_form *form,
                      const kith_band_rules *rules, size_t first)
{
    const char *theme = data->items[first].theme;
    kith_text items = { 0 }, text = { 0 };
    size_t count = 0;

    for (size_t i = 0; i < data->item_count; i++) {
        const form_item *item = &data->items[i];
        if (strcmp(item->form, form->form) != 0 || strcmp(item->theme, theme) != 0 ||
            assess_marks(form, item) == 0)
            continue;
        if (count == 0 && i != first)
            break; /* told already */
        kith_text_format(&items, "%s%s", count++ > 0 ? ", " : "", item->item);
    }
    kith_text_add(&text, theme);
    if (strcmp(form->form, "GAT") == 0)
        add_once(&text, data, form, rules);
    if (count > 1)
        add_said(table, form, "one fact, several items", kith_text_string(&items),
                 kith_text_string(&text));
    table->failed = table->failed || items.failed || text.failed;
    kith_text_free(&items);
    kith_text_free(&text);
}

static void add_themes(kith_table *table, const forms_data *data, const assess_form *form,
                       const kith_band_rules *rules)
{
    for (size_t i = 0; i < data->item_count; i++)
        if (strcmp(data->items[i].form, form->form) == 0 && data->items[i].theme[0] != '\0' &&
            assess_marks(form, &data->items[i]) != 0)
            add_theme(table, data, form, rules, i);
}

static void add_row(kith_table *table, const assess_form *form, const assess_row *row, const char *why)
{
    kith_text text = { 0 };

    begin_row(table, form, why == NULL ? "item" : "not counted", row->item);
    for (int i = 0; i < 4; i++)
        kith_table_missing(table);
    kith_table_text(table, row->status[0] != '\0' ? row->status : NULL);
    kith_table_text(table, row->voice[0] != '\0' ? row->voice : NULL);
    if (why != NULL)
        kith_text_format(&text, "(%s)", why);
    if (row->known != NULL)
        kith_text_format(&text, "%s\"%s\"", why != NULL ? " " : "", row->known->text);
    if (row->text[0] != '\0')
        kith_text_format(&text, "%s%s", text.size > 0 ? ": " : "", row->text);
    kith_table_text(table, kith_text_string(&text));
    table->failed = table->failed || text.failed;
    kith_text_free(&text);
}

static void add_rows(kith_table *table, const forms_data *data, const assess_form *form)
{
    for (size_t i = 0; i < data->item_count; i++)
        for (size_t r = 0; r < form->count; r++)
            if (form->rows[r].known == &data->items[i] && assess_why_not(form, &form->rows[r]) == NULL)
                add_row(table, form, &form->rows[r], NULL);
    for (size_t r = 0; r < form->count; r++) {
        const char *why = assess_why_not(form, &form->rows[r]);
        if (why != NULL)
            add_row(table, form, &form->rows[r], why);
    }
}

static void add_form(kith_table *table, const forms_data *data, const assess_form *form,
                     const kith_band_rules *rules)
{
    const char *lists[LIST_MAX] = { NULL };
    const bool gat = form->form != NULL && strcmp(form->form, "GAT") == 0;

    if (gat)
        add_band(table, data, form, rules);
    if (form->form != NULL)
        assess_lists(data, form->form, lists);
    for (size_t l = 0; lists[l] != NULL; l++)
        add_count(table, data, form, lists[l]);
    if (gat)
        add_said(table, form, "risk factors", NULL, "not recorded on the form: ask");
    if (form->level[0] != '\0' || form->form == NULL || strcmp(form->form, "PEER") != 0)
        add_level(table, form); /* the peer form has none */
    if (form->form != NULL)
        add_themes(table, data, form, rules);
    add_rows(table, data, form);
}

static bool has_gat(const assess_forms *all)
{
    for (size_t f = 0; f < all->count; f++)
        if (all->forms[f].form != NULL && strcmp(all->forms[f].form, "GAT") == 0)
            return true;
    return false;
}

void assess_facts(kith_table *table, const assess_forms *all, const kith_view *view,
                  const kith_band_rules *rules)
{
    char as_of[KITH_TIME_SIZE];

    kith_day_write(as_of, view->as_of);
    kith_table_fact(table, "subject", "person %s", all->person);
    kith_table_fact(table, "as_of", "%s", as_of);
    kith_table_fact(table, "window", "none: a form stands by its date");
    if (has_gat(all))
        kith_table_fact(table, "gat_rules", "%s", rules->name);
    if (view->purpose[0] != '\0')
        kith_table_fact(table, "purpose", "%s", view->purpose);
}

/* True when the form has what one word of a note asks for. */
static bool word_holds(const forms_data *data, const assess_form *form, const kith_band_rules *rules,
                       const char *word)
{
    const form_item *item = forms_item_find(data, form->form, word);

    if (item != NULL)
        return assess_marks(form, item) != 0;
    const int strong = assess_list(data, form, "strong").ticked;
    const int moderate = assess_list(data, form, "moderate").ticked;
    if (strcmp(word, "NOTHING") == 0)
        return strong + moderate == 0;
    return strcmp(band_of(rules, strong, moderate), word) == 0;
}

static bool note_holds(const forms_data *data, const assess_form *form, const kith_band_rules *rules,
                       const char *items)
{
    const bool every = strchr(items, '+') != NULL;
    char word[64];

    if (items[0] == '\0')
        return true;
    while (items[0] != '\0') {
        const size_t size = strcspn(items, ";+");
        snprintf(word, sizeof word, "%.*s", (int)size, items);
        if (word_holds(data, form, rules, word) != every)
            return !every;
        items += size + (items[size] != '\0');
    }
    return every;
}

static void add_notes_of(kith_table *table, const assess_forms *all, const kith_band_rules *rules,
                         const form_note *note)
{
    for (size_t f = 0; f < all->count; f++) {
        const assess_form *form = &all->forms[f];
        if (form->form == NULL || strcmp(form->form, note->form) != 0 ||
            !note_holds(&all->data, form, rules, note->items))
            continue;
        kith_table_note(table, "%s: %s", note->form, note->note);
        return;
    }
}

static void note_rules(kith_table *table, const assess_forms *all, const kith_band_rules *rules)
{
    size_t fits, gaps = 0, overlaps = 0;

    for (int s = 0; s <= KITH_GAT_STRONG; s++)
        for (int m = 0; m <= KITH_GAT_MODERATE; m++) {
            kith_band_find(rules, s, m, &fits);
            gaps += fits == 0;
            overlaps += fits > 1;
        }
    if (has_gat(all) && gaps + overlaps > 0)
        kith_table_note(table, "GAT: of the %d counts that can be, %zu fit no rule and %zu several; "
                        "`kith assess --rules` lists them",
                        (KITH_GAT_STRONG + 1) * (KITH_GAT_MODERATE + 1), gaps, overlaps);
}

void assess_notes(kith_table *table, const assess_forms *all, const kith_band_rules *rules)
{
    for (size_t n = 0; n < all->data.note_count; n++)
        add_notes_of(table, all, rules, &all->data.notes[n]);
    note_rules(table, all, rules);
    for (size_t f = 0; f < all->count; f++) {
        const assess_form *form = &all->forms[f];
        if (form->form == NULL)
            kith_table_note(table, "%s: the form %s is not known here; what it holds is listed and not "
                            "counted", form->id, form->tool);
        if (strcmp(form->person, all->person) != 0)
            kith_table_note(table, "%s is recorded of %s, confirmed to be one with %s", form->id,
                            form->person, all->person);
    }
    if (all->later > 0)
        kith_table_note(table, "%zu forms are dated after as-of and left out", all->later);
}

kith_status kith_assess(kith_table *table, kith_store *store, const kith_view *view,
                        const kith_assess_options *options, const kith_band_rules *rules,
                        kith_error *err)
{
    assess_forms all;

    *table = (kith_table){ 0 };
    kith_status status = assess_read(&all, store, view, options, err);
    if (status == KITH_OK) {
        make_columns(table);
        assess_facts(table, &all, view, rules);
        for (size_t f = 0; f < all.count; f++)
            add_form(table, &all.data, &all.forms[f], rules);
        if (options->assessment_count == 0)
            status = assess_add_scales(table, store, view, all.person_row, err);
        if (status == KITH_OK && options->assessment_count == 0)
            status = assess_add_plan(table, store, view, all.person_row, err);
        assess_notes(table, &all, rules);
        if (status == KITH_OK)
            status = kith_table_status(table, err);
    }
    assess_free(&all);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}
