/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dossier_corrected.c: what is contested, what was corrected, and who had received the earlier picture (R63). */
#include <string.h>

#include "dossier_private.h"
#include "kith/audit.h"
#include "kith/contest.h"

enum { LINE = 200 };

static bool is_thing(const dossier_work *w, int64_t row)
{
    return row != 0 && desk_thing(w->desk, row) == w->dossier->thing;
}

static bool has_event(const dossier_work *w, int64_t row)
{
    for (size_t i = 0; i < w->event_count; i++)
        if (w->desk->network->events[w->events[i].event].row.row == row)
            return true;
    return false;
}

/* Of an event as a whole: everybody's who is in it. */
static bool concerns(const dossier_work *w, const kith_contest *c)
{
    if (c->event != 0)
        return c->subject != 0 ? is_thing(w, c->subject) : has_event(w, c->event);
    return is_thing(w, c->subject) || is_thing(w, c->link_from) || is_thing(w, c->link_to) ||
           is_thing(w, c->item_subject);
}

/* "link, friend, with DT: valid_from contested by parent: they hardly meet; open" */
static void say_contest(kith_text *out, const dossier_work *w, const kith_contest *c)
{
    kith_text_add(out, c->what);
    if (c->role[0] != '\0')
        kith_text_format(out, " as %s", c->role);
    if (c->link_from != 0) {
        const int64_t other = is_thing(w, c->link_from) ? c->link_to : c->link_from;
        kith_text_format(out, ", with %s", desk_call(w->desk, desk_thing(w->desk, other)));
    }
    kith_text_format(out, ": %s%scontested by ", c->field, c->field[0] != '\0' ? " " : "");
    desk_say(out, w->desk, c->by, LINE);
    if (c->reason[0] != '\0') {
        kith_text_add(out, ": ");
        desk_say(out, w->desk, c->reason, LINE);
    }
    kith_text_format(out, "; %s", c->state);
    if (c->resolved_by[0] != '\0') {
        kith_text_format(out, " on %s by ", c->resolved_on);
        desk_say(out, w->desk, c->resolved_by, LINE);
    }
    if (c->resolution[0] != '\0') {
        kith_text_add(out, ": ");
        desk_say(out, w->desk, c->resolution, LINE);
    }
}

static void add_contested(dossier_work *w, const kith_table *disclosures)
{
    kith_text text = { 0 };

    for (size_t i = 0; i < w->desk->contests.count; i++) {
        const kith_contest *c = &w->desk->contests.list[i];
        if (!concerns(w, c))
            continue;
        say_contest(&text, w, c);
        desk_cell(&w->dossier->corrected, &text);
        kith_table_text(&w->dossier->corrected, c->on);
        kith_contest_recipients(&text, disclosures, c->loaded_at);
        if (text.size == 0)
            kith_text_add(&text, "nobody had been given it");
        desk_cell(&w->dossier->corrected, &text);
    }
    kith_text_free(&text);
}

/* What nobody had been given needs no word to anybody. */
static kith_status add_corrected(dossier_work *w, const kith_table *disclosures, kith_error *err)
{
    kith_table *table = &w->dossier->corrected;
    kith_text tell = { 0 }, what = { 0 };
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, w->desk->store, &w->desk->network->view,
                                               KITH_QUERY_DOSSIER_CORRECTED, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", w->desk->network->things[w->dossier->thing].row.row);
    while (kith_rows_next(rows)) {
        const char *at = kith_rows_text(rows, 2);
        kith_text_clear(&tell);
        kith_contest_recipients(&tell, disclosures, at);
        if (tell.size == 0)
            continue;
        kith_text_format(&what, "%s: %s", kith_rows_text(rows, 0), kith_rows_text(rows, 1));
        desk_cell(table, &what);
        kith_table_text(table, at);
        desk_cell(table, &tell);
    }
    kith_text_free(&what);
    kith_text_free(&tell);
    return kith_rows_end(rows, err);
}

kith_status dossier_add_corrected(dossier_work *w, kith_error *err)
{
    const kith_thing *thing = &w->desk->network->things[w->dossier->thing];
    const kith_audit_filter filter = { .id = thing->id, .act = KITH_AUDIT_DISCLOSURE };
    kith_table *table = &w->dossier->corrected, disclosures = { 0 };
    kith_view always = w->desk->network->view;

    DESK_COLUMNS(table, "Contested or corrected, and who had the earlier picture", NULL,
                 "contested or corrected", "on", "tell");
    always.all_dates = true;
    kith_status status = kith_audit_list(&disclosures, w->desk->store, &always, &filter, err);
    if (status == KITH_OK) {
        add_contested(w, &disclosures);
        status = add_corrected(w, &disclosures, err);
    }
    kith_table_free(&disclosures);
    return status;
}
