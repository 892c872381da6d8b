/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack_weighing.c: which context must change first, as `weigh` answers, shortened for a room. */
#include <string.h>

#include "kith/contexts.h"
#include "kith/evidence.h"
#include "kith/panel.h"
#include "kith/settings.h"
#include "pack_private.h"

/* Of the whole answer what a room can discuss: how much each context weighs and rests on, how sure the
 * lead is, and what is opinion. */
static void shorten(kith_table *table, const kith_desk *desk, const kith_table *whole)
{
    static const struct {
        const char *fact, *said;
    } kept[] = { { "verdict", "verdict" }, { "lead", "leads" }, { "runs_led", "how often it leads" },
                 { "entered_alone", "of what was entered alone" }, { "panel", "panel" } };
    static const char *const notes[] = { "the lead", "interplay", "opinion", "limits", "the panel", "a prompt" };
    enum { CONTEXT, SHARE, ITEMS = 5, RECORDED, AGENCIES, NEWEST }; /* columns of `weigh` */
    kith_text text = { 0 };

    DESK_COLUMNS(table, "Contexts: which must change first? A prompt for discussion, no answer", NULL,
                 "context", "share", "items", "agencies", "newest", "recorded");
    for (size_t r = 0; r < kith_table_rows(whole); r++) {
        const kith_cell *c = &whole->cells[r * whole->column_count];
        kith_table_text(table, c[CONTEXT].text);
        if (!c[SHARE].missing)
            kith_text_format(&text, "%.1f %%", 100 * c[SHARE].number);
        desk_cell(table, &text);
        kith_text_format(&text, "%lld", (long long)c[ITEMS].integer);
        desk_cell(table, &text);
        kith_text_format(&text, "%lld", (long long)c[AGENCIES].integer);
        desk_cell(table, &text);
        kith_table_text(table, c[NEWEST].text);
        kith_table_text(table, c[RECORDED].text);
    }
    for (size_t i = 0; i < whole->fact_count; i++)
        for (size_t k = 0; k < sizeof kept / sizeof *kept; k++)
            if (strcmp(whole->fact_keys[i], kept[k].fact) == 0)
                kith_table_note(table, "%s: %s", kept[k].said, whole->fact_values[i]);
    for (size_t i = 0; i < whole->note_count; i++)
        for (size_t k = 0; k < sizeof notes / sizeof *notes; k++)
            if (strncmp(whole->notes[i], notes[k], strlen(notes[k])) == 0) {
                pack_add_question(&text, desk, whole->notes[i]);
                kith_table_note(table, "%s", kith_text_string(&text));
                kith_text_clear(&text);
            }
    table->failed = table->failed || text.failed;
    kith_text_free(&text);
}

static kith_status fill_weighing(kith_table *table, pack_work *w, const kith_subject *subject,
                                 const kith_rules *rules, kith_error *err)
{
    const kith_view *view = &w->network->view;
    kith_settings settings;
    kith_contexts contexts = { 0 };
    kith_weigh weigh = { 0 }, entered = { 0 };
    kith_status status = kith_contexts_read(&contexts, w->store, view, subject, rules, err);

    kith_settings_default(&settings);
    if (status == KITH_OK)
        status = kith_weigh_build(&weigh, contexts.items, contexts.count, view->as_of, &settings.weigh, err);
    if (status == KITH_OK)
        status = kith_weigh_build(&entered, contexts.items, contexts.entered, view->as_of, &settings.weigh, err);
    if (status == KITH_OK)
        status = kith_contexts_table(table, &contexts, &weigh, &entered, err);
    if (status == KITH_OK)
        status = kith_panel_notes(table, w->store, view, subject->row, err);
    kith_weigh_free(&weigh);
    kith_weigh_free(&entered);
    kith_contexts_free(&contexts);
    return status;
}

kith_status pack_add_weighing(pack_work *w, size_t i, kith_error *err)
{
    kith_subject subject = { 0 };
    kith_rules rules = { 0 };
    kith_table whole = { 0 };
    char *id = (char *)w->options->ids[i];
    const kith_kind kind = w->network->things[w->subjects[i]].kind;
    kith_status status = KITH_OK;

    if (kind == KITH_OBJECT)
        return KITH_OK;
    status = kith_rules_read(&rules, NULL, err);
    if (status == KITH_OK)
        status = kith_subject_read(&subject, w->store, &w->network->view, &id, 1, err);
    if (status == KITH_OK)
        status = fill_weighing(&whole, w, &subject, &rules, err);
    if (status == KITH_OK)
        shorten(&w->pack->weighings[i], w->desk, &whole);
    kith_table_free(&whole);
    kith_subject_free(&subject);
    kith_rules_free(&rules);
    return status;
}
