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

/* Who was given what, by the log: asked for by the first who needs it, for most pages need nothing of it. */
typedef struct given {
    kith_table disclosures;
    bool known;
} given;

static kith_status ask_log(given *g, const dossier_work *w, kith_error *err)
{
    const kith_audit_filter filter = { .id = w->desk->network->things[w->dossier->thing].id,
                                       .act = KITH_AUDIT_DISCLOSURE };
    kith_view always = w->desk->network->view;

    if (g->known)
        return KITH_OK;
    g->known = true;
    always.all_dates = true;
    return kith_audit_list(&g->disclosures, w->desk->store, &always, &filter, err);
}

static kith_status add_contested(dossier_work *w, given *g, kith_error *err)
{
    kith_status status = KITH_OK;
    kith_text text = { 0 };

    for (size_t i = 0; status == KITH_OK && i < w->desk->contests.count; i++) {
        const kith_contest *c = &w->desk->contests.list[i];
        if (!concerns(w, c) || (status = ask_log(g, w, err)) != KITH_OK)
            continue;
        say_contest(&text, w, c);
        desk_cell(&w->dossier->corrected, &text);
        kith_table_text(&w->dossier->corrected, c->on);
        kith_contest_recipients(&text, &g->disclosures, c->loaded_at);
        if (text.size == 0)
            kith_text_add(&text, "nobody had been given it");
        desk_cell(&w->dossier->corrected, &text);
    }
    kith_text_free(&text);
    return status;
}

/* What nobody had been given needs no word to anybody. */
static kith_status add_corrected(dossier_work *w, given *g, kith_error *err)
{
    kith_table *table = &w->dossier->corrected;
    kith_text tell = { 0 }, what = { 0 };
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, w->desk->store, &w->desk->network->view,
                                         KITH_QUERY_DOSSIER_CORRECTED, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", w->desk->network->things[w->dossier->thing].row.row);
    while (kith_rows_next(rows) && (status = ask_log(g, w, err)) == KITH_OK) {
        const char *at = kith_rows_text(rows, 2);
        kith_text_clear(&tell);
        kith_contest_recipients(&tell, &g->disclosures, at);
        if (tell.size == 0)
            continue;
        kith_text_format(&what, "%s: %s", kith_rows_text(rows, 0), kith_rows_text(rows, 1));
        desk_cell(table, &what);
        kith_table_text(table, at);
        desk_cell(table, &tell);
    }
    kith_text_free(&what);
    kith_text_free(&tell);
    const kith_status end = kith_rows_end(rows, status == KITH_OK ? err : NULL);
    return status == KITH_OK ? end : status;
}

kith_status dossier_add_corrected(dossier_work *w, kith_error *err)
{
    given g = { 0 };

    DESK_COLUMNS(&w->dossier->corrected, "Contested or corrected, and who had the earlier picture", NULL,
                 "contested or corrected", "on", "tell");
    kith_status status = add_contested(w, &g, err);
    if (status == KITH_OK)
        status = add_corrected(w, &g, err);
    kith_table_free(&g.disclosures);
    return status;
}
