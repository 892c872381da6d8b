/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dossier_events.c: what happened in the period, and what else the hub has heard since the last meeting. */
#include <string.h>

#include "dossier_private.h"

enum { LINE = 220 /* bytes of what somebody wrote, in a table */ };

/* "missing; witness"; of a group "AB missing; CD missing". */
static void add_roles(kith_text *out, const dossier_work *w, const kith_event_record *event)
{
    const kith_network *network = w->desk->network;
    const char *before = "";

    for (uint32_t i = 0; i < event->participation_count; i++) {
        const kith_participation *part = &network->participations[event->first_participation + i];
        if (!dossier_has(w, part->person) || desk_part_is_false(network, part))
            continue;
        kith_text_add(out, before);
        if (w->people_count > 1)
            kith_text_format(out, "%s ", desk_call(w->desk, part->person));
        kith_text_add(out, desk_role(w->desk, part));
        before = "; ";
    }
}

/* "with AB, CD; alleged perpetrator: GV": the others, at most six. */
static void add_others(kith_text *out, const dossier_work *w, const kith_event_record *event)
{
    const kith_network *network = w->desk->network;
    size_t others = 0;

    for (uint32_t i = 0; i < event->participation_count; i++) {
        const kith_participation *part = &network->participations[event->first_participation + i];
        if (dossier_has(w, part->person) || desk_part_is_false(network, part) || ++others > 6)
            continue;
        kith_text_format(out, "%s%s (%s)", others > 1 ? ", " : "", desk_call(w->desk, part->person),
                         desk_role(w->desk, part));
    }
    if (others > 6)
        kith_text_format(out, " and %zu more", others - 6);
}

static void add_span(kith_text *out, const dossier_work *w, const kith_event_record *event,
                     kith_within within)
{
    desk_when(out, w->desk, event->at);
    if (event->ended.precision != KITH_UNDATED) {
        kith_text_add(out, " to ");
        desk_when(out, w->desk, event->ended);
    }
    if (within == KITH_WITHIN_NO_RETURN)
        kith_text_add(out, ": no return recorded");
}

/* What was written of it, its source, and the conditions on which it is shared. */
static kith_status add_words(kith_text *out, const dossier_work *w, const kith_event_record *event,
                             kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, w->desk->store, &w->desk->network->view,
                                               KITH_QUERY_EVENT_WORDS, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", event->row.row);
    if (kith_rows_next(rows)) {
        desk_say(out, w->desk, kith_rows_text(rows, 0), LINE);
        if (kith_rows_text(rows, 1)[0] != '\0') {
            kith_text_add(out, out->size > 0 ? ". " : "");
            kith_text_add(out, "Shared on condition: ");
            desk_say(out, w->desk, kith_rows_text(rows, 1), 0);
        }
    }
    kith_text_add(out, out->size > 0 ? " (" : "(");
    desk_source(out, w->desk, event->origin);
    kith_text_add(out, ")");
    return kith_rows_end(rows, err);
}

static kith_status add_event(dossier_work *w, const kith_event_record *event, kith_within within,
                             kith_error *err)
{
    kith_table *table = &w->dossier->recent;
    kith_text text = { 0 };

    add_span(&text, w, event, within);
    desk_cell(table, &text);
    kith_table_text(table, event->meaning->known ? event->meaning->label : event->word);
    add_roles(&text, w, event);
    desk_cell(table, &text);
    if (event->place != KITH_NOTHING)
        kith_text_add(&text, desk_call(w->desk, event->place));
    desk_cell(table, &text);
    add_others(&text, w, event);
    desk_cell(table, &text);
    const kith_status status = add_words(&text, w, event, err);
    desk_cell(table, &text);
    kith_text_free(&text);
    return status;
}

kith_status dossier_add_recent(dossier_work *w, kith_error *err)
{
    kith_table *table = &w->dossier->recent;
    kith_status status = KITH_OK;
    size_t more = 0;

    DESK_COLUMNS(table, "In this period", "Nothing is recorded in this period.", "when", "what",
                 "role", "where", "with", "recorded");
    for (size_t i = 0; status == KITH_OK && w->options->period != NULL && i < w->event_count; i++) {
        const kith_event_record *event = &w->desk->network->events[w->events[i].event];
        const kith_within within = kith_event_within(event, w->options->period);
        if (within != KITH_WITHIN_NOT && within != KITH_WITHIN_MONTH && dossier_room(w, table, &more))
            status = add_event(w, event, within, err);
    }
    desk_note_more(table, more);
    return status;
}

/* "missing episode of Tue 28 Jun 22:30, Penny Falls Arcade". */
static void say_event(kith_text *out, const dossier_work *w, uint32_t index)
{
    const kith_event_record *event = &w->desk->network->events[index];

    kith_text_add(out, event->meaning->known ? event->meaning->label : event->word);
    kith_text_add(out, ", ");
    desk_when(out, w->desk, event->at);
    if (event->place != KITH_NOTHING)
        kith_text_format(out, ", %s", desk_call(w->desk, event->place));
    kith_text_add(out, ": ");
    add_roles(out, w, event);
}

static bool is_recent(const dossier_work *w, uint32_t index)
{
    const kith_within within = kith_event_within(&w->desk->network->events[index], w->options->period);

    return within != KITH_WITHIN_NOT && within != KITH_WITHIN_MONTH;
}

/* What is new of a subject, of one row; false when it stands under `recent`, or is out of view. */
static bool say_news(kith_text *out, const dossier_work *w, const kith_rows *rows)
{
    const char *what = kith_rows_text(rows, 0);
    const uint32_t other = desk_thing(w->desk, kith_rows_integer(rows, 2));

    if (strcmp(what, "event") == 0) {
        const uint32_t event = desk_event(w->desk, kith_rows_integer(rows, 1));
        if (event == KITH_NOTHING || is_recent(w, event))
            return false;
        say_event(out, w, event);
        return true;
    }
    if (strcmp(what, "link") == 0) {
        const uint32_t link = desk_link(w->desk, kith_rows_integer(rows, 1));
        if (link == KITH_NOTHING || other == KITH_NOTHING)
            return false;
        const kith_link *l = &w->desk->network->links[link];
        kith_text_format(out, "link: %s, with %s", l->meaning->known ? l->meaning->label : l->word,
                         desk_call(w->desk, other));
        return true;
    }
    kith_text_format(out, "%s: ", what);
    desk_say(out, w->desk, kith_rows_text(rows, 3), LINE);
    if (other != KITH_NOTHING)
        kith_text_format(out, ", with %s", desk_call(w->desk, other));
    return true;
}

kith_status dossier_add_news(dossier_work *w, kith_error *err)
{
    kith_table *table = &w->dossier->news;
    kith_text text = { 0 };
    kith_rows *rows;
    size_t more = 0;
    kith_status status;

    DESK_COLUMNS(table, "New since the last meeting", "Nothing else is new.", "what", "loaded");
    if (w->options->loaded == NULL)
        return KITH_OK;
    status = kith_store_read(&rows, w->desk->store, &w->desk->network->view, KITH_QUERY_DOSSIER_NEWS, err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", w->desk->network->things[w->dossier->thing].row.row);
    kith_rows_bind_text(rows, "loaded", w->options->loaded);
    kith_rows_bind_text(rows, "until", w->options->until);
    while (kith_rows_next(rows)) {
        kith_text_clear(&text);
        if (!say_news(&text, w, rows) || !dossier_room(w, table, &more))
            continue;
        desk_cell(table, &text);
        kith_table_text(table, kith_rows_text(rows, 4));
    }
    desk_note_more(table, more);
    kith_text_free(&text);
    return kith_rows_end(rows, err);
}
