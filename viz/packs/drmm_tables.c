/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drmm_tables.c: the tables before the pages: the agenda, and what stands on no page. */
#include <string.h>

#include "drmm_private.h"
#include "kith/date.h"

enum { LATE_DAYS = 28, LISTED_MOST = 40, DUE_DAYS = 7 };

/* Open actions of a subject that are late. */
static size_t late_actions(const drmm_work *w, uint32_t thing)
{
    size_t late = 0;

    for (size_t i = 0; i < w->desk->actions.count; i++)
        late += w->desk->actions.list[i].state == KITH_ACTION_OVERDUE && w->desk->action_of[i] == thing;
    return late;
}

static bool has_room(const kith_table *table, size_t *more)
{
    *more += kith_table_rows(table) >= LISTED_MOST;
    return kith_table_rows(table) < LISTED_MOST;
}

static void say_why(kith_text *out, const drmm_work *w, const drmm_entry *e)
{
    if (e->event == KITH_NOTHING) {
        kith_text_add(out, "on the agenda; nothing of harm or risk in the period");
        return;
    }
    const kith_event_record *event = &w->network->events[e->event];
    if (e->within == KITH_WITHIN_NO_RETURN)
        kith_text_add(out, "NO RETURN RECORDED: ");
    kith_text_add(out, event->meaning->known ? event->meaning->label : event->word);
    if (e->within == KITH_WITHIN_ENDED)
        kith_text_add(out, ", ended in the period");
    if (event->place != KITH_NOTHING)
        kith_text_format(out, ", %s", desk_call(w->desk, event->place));
}

static void add_agenda(drmm_work *w)
{
    kith_table *table = &w->drmm->agenda;
    kith_text text = { 0 };

    DESK_COLUMNS(table, "Agenda", "Nobody is named in an event of harm or risk in this period.", "no", "who",
                 "first event of the period", "why", "late actions");
    for (size_t i = 0; i < w->count; i++) {
        const drmm_entry *e = &w->entries[i];
        const size_t late = late_actions(w, e->thing);
        kith_text_format(&text, "%zu", i + 1);
        desk_cell(table, &text);
        desk_head(&text, w->desk, e->thing);
        desk_cell(table, &text);
        if (e->event != KITH_NOTHING)
            desk_when(&text, w->desk, w->network->events[e->event].at);
        desk_cell(table, &text);
        say_why(&text, w, e);
        desk_cell(table, &text);
        if (late > 0)
            kith_text_format(&text, "%zu", late);
        desk_cell(table, &text);
    }
    kith_text_free(&text);
}

/* Whether an event of the period gives a page to somebody. */
static bool has_page(const drmm_work *w, const kith_event_record *event)
{
    for (uint32_t i = 0; i < event->participation_count; i++) {
        const kith_participation *part = &w->network->participations[event->first_participation + i];
        if (w->place_of[part->person] != SIZE_MAX && !desk_part_is_false(w->network, part))
            return true;
    }
    return false;
}

/* "Tue 28 Jun 22:30", "missing", "Wrackline Park", "AB (missing), CD (witness)". */
static void add_event(drmm_work *w, kith_table *table, const kith_event_record *event)
{
    kith_text text = { 0 };

    desk_when(&text, w->desk, event->at);
    desk_cell(table, &text);
    kith_table_text(table, event->meaning->known ? event->meaning->label : event->word);
    if (event->place != KITH_NOTHING)
        kith_text_add(&text, desk_call(w->desk, event->place));
    desk_cell(table, &text);
    for (uint32_t p = 0; p < event->participation_count; p++) {
        const kith_participation *part = &w->network->participations[event->first_participation + p];
        kith_text_format(&text, "%s%s (%s)", p > 0 ? ", " : "", desk_call(w->desk, part->person),
                         desk_role(w->desk, part));
    }
    desk_cell(table, &text);
    kith_text_free(&text);
}

static void add_others(drmm_work *w)
{
    kith_table *table = &w->drmm->others;
    size_t more = 0;

    DESK_COLUMNS(table, "Also recorded in the period", NULL, "when", "what", "where", "who");
    for (uint32_t i = 0; i < w->network->event_count; i++) {
        const kith_event_record *event = &w->network->events[i];
        const kith_within within = kith_event_within(event, &w->drmm->period);
        if (within == KITH_WITHIN_NOT || within == KITH_WITHIN_MONTH || has_page(w, event) ||
            kith_grade_is_false(w->network->origins[event->origin].grade))
            continue;
        if (!has_room(table, &more))
            continue;
        add_event(w, table, event);
    }
    desk_note_more(table, more);
}

/* Actions of nobody on the agenda that are late, or due in the next days. */
static void add_due(drmm_work *w)
{
    kith_table *table = &w->drmm->due;
    kith_text text = { 0 };
    char state[64];
    size_t more = 0;

    DESK_COLUMNS(table, "Other actions that are due or overdue", NULL, "of", "action", "when",
                 "by whom");
    for (size_t i = 0; i < w->desk->actions.count; i++) {
        const kith_action *a = &w->desk->actions.list[i];
        const uint32_t thing = a->subject != 0 ? desk_thing(w->desk, a->subject) : KITH_NOTHING;
        kith_time due;
        if ((thing != KITH_NOTHING && w->place_of[thing] != SIZE_MAX) ||
            a->state == KITH_ACTION_CLOSED || a->state == KITH_ACTION_UNDATED ||
            !kith_time_read(&due, a->due) || due.day > w->options->date + DUE_DAYS)
            continue;
        if (!has_room(table, &more))
            continue;
        kith_text_add(&text, thing != KITH_NOTHING ? desk_call(w->desk, thing) : "nobody by name");
        desk_cell(table, &text);
        desk_say(&text, w->desk, a->action, 200);
        desk_cell(table, &text);
        kith_action_say_state(state, sizeof state, a->due, a->status, w->options->date);
        kith_text_format(&text, "%s, %s", a->due, state);
        desk_cell(table, &text);
        desk_say(&text, w->desk, a->owner_role, 100);
        desk_cell(table, &text);
    }
    if (more > 0)
        kith_table_note(table, "and %zu more; `kith actions --state due` lists all", more);
    kith_text_free(&text);
}

/* Adopted by the hub, and nothing of harm or risk in the period. */
static void add_adopted(drmm_work *w)
{
    kith_table *table = &w->drmm->adopted;
    const kith_actions *actions = &w->desk->actions;
    kith_text text = { 0 };

    DESK_COLUMNS(table, "Adopted by the hub, nothing of harm or risk in the period", NULL, "who",
                 "adopted on", "late actions");
    for (size_t i = 0; i < actions->minute_count; i++) {
        const kith_minute *m = &actions->minutes[i];
        const uint32_t thing = m->subject != 0 ? desk_thing(w->desk, m->subject) : KITH_NOTHING;
        bool newest = strcmp(m->what, "adopted") == 0 && thing != KITH_NOTHING &&
                      w->place_of[thing] == SIZE_MAX;
        for (size_t j = 0; j < i && newest; j++)
            newest = actions->minutes[j].subject != m->subject ||
                     strcmp(actions->minutes[j].what, "decision") == 0;
        if (!newest)
            continue;
        desk_head(&text, w->desk, thing);
        desk_cell(table, &text);
        kith_table_text(table, m->on);
        const size_t late = late_actions(w, thing);
        if (late > 0)
            kith_text_format(&text, "%zu", late);
        desk_cell(table, &text);
    }
    kith_text_free(&text);
}

/* Events of before that were loaded in the period: who is in them and on no page. */
static kith_status add_late(drmm_work *w, kith_error *err)
{
    kith_table *table = &w->drmm->late;
    kith_rows *rows;
    size_t more = 0;
    kith_status status;

    DESK_COLUMNS(table, "Heard of since, and happened before", NULL, "when", "what", "where", "who",
                 "loaded");
    if (w->drmm->first_load)
        return KITH_OK;
    status = kith_store_read(&rows, w->desk->store, &w->network->view, KITH_QUERY_DRMM_LATE, err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "loaded", w->loaded);
    kith_rows_bind_text(rows, "until", w->until);
    while (kith_rows_next(rows)) {
        const uint32_t index = desk_event(w->desk, kith_rows_integer(rows, 0));
        if (index == KITH_NOTHING)
            continue;
        const kith_event_record *event = &w->network->events[index];
        if (!drmm_is_of_risk(event) || event->at.day >= w->drmm->period.first_day ||
            event->at.day < w->drmm->period.first_day - LATE_DAYS ||
            kith_event_within(event, &w->drmm->period) != KITH_WITHIN_NOT)
            continue;
        if (!has_room(table, &more))
            continue;
        add_event(w, table, event);
        kith_table_text(table, kith_rows_text(rows, 1));
    }
    desk_note_more(table, more);
    return kith_rows_end(rows, err);
}

kith_status drmm_add_tables(drmm_work *w, kith_error *err)
{
    add_agenda(w);
    add_others(w);
    add_due(w);
    add_adopted(w);
    return add_late(w, err);
}
