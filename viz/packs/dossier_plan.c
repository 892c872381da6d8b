/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dossier_plan.c: what was agreed: the plan, last decisions, flags and adoption.
 *
 * A person's page also has what was agreed for the groups that they are in. */
#include <stdlib.h>
#include <string.h>

#include "dossier_private.h"
#include "kith/date.h"

enum { LINE = 200 };

static void whose(kith_text *out, const dossier_work *w, uint32_t subject)
{
    if (subject != w->dossier->thing)
        kith_text_format(out, "%s: ", desk_call(w->desk, subject));
}

static void add_action(dossier_work *w, const kith_action *action, uint32_t subject)
{
    kith_table *table = &w->dossier->plan;
    kith_text text = { 0 };
    char state[64];

    whose(&text, w, subject);
    desk_say(&text, w->desk, action->action, LINE);
    desk_cell(table, &text);
    kith_action_say_state(state, sizeof state, action->due, action->status, w->desk->network->view.as_of);
    kith_text_format(&text, "%s%s%s", action->due, action->due[0] != '\0' ? ", " : "", state);
    if (action->note[0] != '\0') {
        kith_text_add(&text, ": ");
        desk_say(&text, w->desk, action->note, LINE);
    }
    desk_cell(table, &text);
    desk_say(&text, w->desk, action->owner_role, LINE);
    desk_cell(table, &text);
    desk_say(&text, w->desk, action->measure_of_success, LINE);
    desk_cell(table, &text);
    kith_text_free(&text);
}

/* What is not closed; and what was closed since the last meeting. */
static bool is_shown(const dossier_work *w, const kith_action *action)
{
    int32_t on;

    if (action->state != KITH_ACTION_CLOSED)
        return true;
    return w->options->period != NULL && kith_day_read(&on, action->status_on) &&
           on >= w->options->period->first_day;
}

static void add_plan(dossier_work *w)
{
    kith_table *table = &w->dossier->plan;
    size_t more = 0;

    DESK_COLUMNS(table, "Plan: due and overdue first", "No action is recorded.", "action",
                 "when and or how often?", "by whom?", "what will we see to know it has worked?");
    for (size_t i = 0; i < w->desk->actions.count; i++) {
        const kith_action *action = &w->desk->actions.list[i];
        const uint32_t subject = w->desk->action_of[i];
        if (dossier_concerns(w, subject) && is_shown(w, action) && dossier_room(w, table, &more))
            add_action(w, action, subject);
    }
    desk_note_more(table, more);
}

static void add_decision(dossier_work *w, const kith_minute *minute, uint32_t subject)
{
    kith_table *table = &w->dossier->decisions;
    kith_text text = { 0 };

    kith_text_format(&text, "%s, %s meeting", minute->on, minute->meeting);
    desk_cell(table, &text);
    whose(&text, w, subject);
    if (strcmp(minute->what, "adopted") == 0)
        kith_text_add(&text, "Adopted by the hub. ");
    else if (strcmp(minute->what, "released") == 0)
        kith_text_add(&text, "No longer adopted by the hub. ");
    desk_say(&text, w->desk, minute->text, LINE);
    desk_cell(table, &text);
    kith_text_free(&text);
}

static void add_decisions(dossier_work *w)
{
    kith_table *table = &w->dossier->decisions;
    size_t more = 0;

    DESK_COLUMNS(table, "Decided before", "No decision is recorded.", "on", "decision");
    for (size_t i = 0; i < w->desk->actions.minute_count; i++) {
        const kith_minute *minute = &w->desk->actions.minutes[i];
        const uint32_t subject = w->desk->minute_of[i];
        if (dossier_concerns(w, subject) && dossier_room(w, table, &more))
            add_decision(w, minute, subject);
    }
    desk_note_more(table, more);
}

/* "Adopted by the hub since 2022-06-28. " */
static void say_adoption(kith_text *out, const dossier_work *w)
{
    for (size_t i = 0; i < w->desk->actions.minute_count; i++) {
        const kith_minute *minute = &w->desk->actions.minutes[i];
        if (w->desk->minute_of[i] != w->dossier->thing ||
            strcmp(minute->what, "decision") == 0)
            continue;
        if (strcmp(minute->what, "adopted") == 0)
            kith_text_format(out, "Adopted by the hub since %s", minute->on);
        return;
    }
}

static void add_flag_name(kith_text *out, const char *flag)
{
    const char *meaning, *known = kith_map_flag(&meaning, flag);

    for (const char *c = known != NULL ? known : flag; *c != '\0'; c++)
        kith_text_add_char(out, *c == '_' ? ' ' : *c);
}

/* "Flags: LAC; NRM: reasonable grounds"; one that ended in the window says so. */
static void say_flags(kith_text *out, const dossier_work *w)
{
    const int32_t as_of = w->desk->network->view.as_of;
    bool any = false;
    kith_time to;

    for (size_t i = 0; i < w->desk->flag_count; i++) {
        const desk_flag *f = &w->desk->flags[i];
        if (f->person != w->dossier->thing)
            continue;
        kith_text_add(out, any ? "; " : out->size > 0 ? "; flags: " : "Flags: ");
        any = true;
        add_flag_name(out, f->flag);
        if (kith_time_read(&to, f->to) && to.precision != KITH_UNDATED && to.day < as_of)
            kith_text_format(out, " (ended %s)", f->to);
        else if (f->status[0] != '\0' && strcmp(f->status, "current") != 0)
            kith_text_format(out, ": %s", f->status);
    }
}

static void say_members(kith_text *out, const dossier_work *w)
{
    if (w->desk->network->things[w->dossier->thing].kind != KITH_GROUP)
        return;
    kith_text_add(out, out->size > 0 ? "; members: " : "Members: ");
    for (size_t i = 0; i < w->people_count; i++) {
        kith_text_add(out, i > 0 ? "; " : "");
        desk_head(out, w->desk, w->people[i]);
    }
    if (w->people_count == 0)
        kith_text_add(out, "none recorded");
}

kith_status dossier_add_plan(dossier_work *w, kith_error *err)
{
    kith_text standing = { 0 };
    bool failed = false;

    add_plan(w);
    add_decisions(w);
    say_adoption(&standing, w);
    say_flags(&standing, w);
    say_members(&standing, w);
    dossier_set(&w->dossier->standing, &standing, &failed);
    return failed ? kith_no_memory(err) : KITH_OK;
}
