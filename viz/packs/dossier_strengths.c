/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dossier_strengths.c: who and what keeps a child safe (R16): people first, then what
 * practitioners wrote, then what the child takes part in. */
#include <stdlib.h>
#include <string.h>

#include "dossier_private.h"
#include "kith/date.h"

enum { LINE = 180 };

typedef struct activity {
    const kith_meaning *meaning;
    uint32_t place;
    size_t times;
    kith_time last;
} activity;

static void add(dossier_work *w, size_t *more, kith_text *what, kith_text *source)
{
    kith_table *table = &w->dossier->strengths;

    if (!dossier_room(w, table, more)) {
        kith_text_clear(what);
        kith_text_clear(source);
        return;
    }
    desk_cell(table, what);
    desk_cell(table, source);
}

static bool holds(const dossier_work *w, const kith_link *link)
{
    const int32_t as_of = w->desk->network->view.as_of;

    return (link->valid_to.precision == KITH_UNDATED || link->valid_to.day >= as_of) &&
           !kith_grade_is_false(w->desk->network->origins[link->origin].grade);
}

/* Whether one end is an adult. */
static bool is_with_adult(const dossier_work *w, const kith_link *link)
{
    const kith_network *network = w->desk->network;

    return kith_map_class_of(network, link->from) == KITH_DRAW_ADULT ||
           kith_map_class_of(network, link->to) == KITH_DRAW_ADULT;
}

/* "trusted adult: TC", "supports: TC", "attends Dolphin Leisure Centre". */
static void add_links(dossier_work *w, bool adults, size_t *more, kith_text *what, kith_text *source)
{
    const kith_network *network = w->desk->network;

    for (size_t i = 0; i < w->link_count; i++) {
        const kith_link *l = &network->links[w->links[i]];
        if (l->valence != KITH_PROTECTIVE || !holds(w, l) || is_with_adult(w, l) != adults)
            continue;
        const char *label = l->meaning->known ? l->meaning->label : l->word;
        kith_text_format(what, "%s %s %s", desk_call(w->desk, l->from), label, desk_call(w->desk, l->to));
        desk_source(source, w->desk, l->origin);
        add(w, more, what, source);
    }
}

static kith_status add_contexts(dossier_work *w, size_t *more, kith_text *what, kith_text *source,
                                kith_error *err)
{
    const kith_network *network = w->desk->network;
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, w->desk->store, &network->view,
                                               KITH_QUERY_CONTEXT_ITEMS, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "subject", network->things[w->dossier->thing].row.row);
    while (kith_rows_next(rows)) {
        const char *grade = kith_rows_text(rows, 12);
        kith_time on;
        if (strcmp(kith_rows_text(rows, 2), "protective") != 0 || (grade != NULL && grade[0] == 'E') ||
            kith_rows_integer(rows, 14) == KITH_WRONG ||
            !kith_time_read(&on, kith_rows_text(rows, 6)) ||
            (on.precision != KITH_UNDATED && on.day > network->view.as_of))
            continue;
        kith_text_format(what, "%s: ", kith_rows_text(rows, 1));
        desk_say(what, w->desk, kith_rows_text(rows, 10), LINE);
        if (kith_rows_text(rows, 13)[0] != '\0') {
            kith_text_add(what, ". Shared on condition: ");
            desk_say(what, w->desk, kith_rows_text(rows, 13), 0);
        }
        kith_text_format(source, "%s %s%s", kith_rows_text(rows, 9), kith_rows_text(rows, 6),
                         kith_rows_integer(rows, 14) == KITH_CONTESTED ? ", contested" : "");
        add(w, more, what, source);
    }
    return kith_rows_end(rows, err);
}

static kith_status add_activities(dossier_work *w, size_t *more, kith_text *what, kith_text *source,
                                  kith_error *err)
{
    activity *list = calloc(w->event_count + 1, sizeof *list);
    size_t count = 0;

    if (list == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < w->event_count; i++) {
        const kith_event_record *event = &w->desk->network->events[w->events[i].event];
        size_t at = 0;
        if (event->meaning->valence != KITH_PROTECTIVE)
            continue;
        while (at < count && (list[at].meaning != event->meaning || list[at].place != event->place))
            at++;
        count += at == count;
        list[at] = (activity){ event->meaning, event->place, list[at].times + 1, event->at };
    }
    for (size_t i = 0; i < count; i++) {
        kith_text_add(what, list[i].meaning->label);
        if (list[i].place != KITH_NOTHING)
            kith_text_format(what, " at %s", desk_call(w->desk, list[i].place));
        kith_text_format(source, "%zu time%s, last ", list[i].times, list[i].times == 1 ? "" : "s");
        desk_when(source, w->desk, list[i].last);
        add(w, more, what, source);
    }
    free(list);
    return KITH_OK;
}

kith_status dossier_add_strengths(dossier_work *w, kith_error *err)
{
    kith_table *table = &w->dossier->strengths;
    kith_text what = { 0 }, source = { 0 };
    size_t more = 0;

    const bool person = w->desk->network->things[w->dossier->thing].kind == KITH_PERSON;
    DESK_COLUMNS(table, "Strengths and trusted adults",
                 person ? "No strength is recorded. Ask: who does this child trust?"
                        : "No strength is recorded. Ask: who keeps children safe here?",
                 "who or what", "recorded");
    add_links(w, true, &more, &what, &source);
    add_links(w, false, &more, &what, &source);
    kith_status status = add_contexts(w, &more, &what, &source, err);
    if (status == KITH_OK)
        status = add_activities(w, &more, &what, &source, err);
    desk_note_more(table, more);
    kith_text_free(&what);
    kith_text_free(&source);
    return status;
}
