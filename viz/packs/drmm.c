/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drmm.c: who is on the agenda of a daily meeting, and a page for each. */
#include "kith/drmm.h"

#include <stdlib.h>
#include <string.h>

#include "drmm_private.h"
#include "kith/date.h"
#include "kith/retention.h"

enum { ROWS = 5 /* of each table on a page */ };

static bool gives_a_page(const kith_network *network, const kith_participation *part, int32_t day)
{
    const kith_thing *person = &network->things[part->person];

    return !(part->role & (KITH_REPORTER | KITH_HELPER)) && !desk_part_is_false(network, part) &&
           desk_may_be_child(person, day);
}

static kith_status add_entry(drmm_work *w, uint32_t thing, drmm_entry e, kith_error *err)
{
    drmm_entry *grown = realloc(w->entries, (w->count + 1) * sizeof *grown);

    if (grown == NULL)
        return kith_no_memory(err);
    w->entries = grown;
    e.thing = thing;
    e.group = w->network->things[thing].kind == KITH_GROUP;
    w->place_of[thing] = w->count;
    grown[w->count++] = e;
    return KITH_OK;
}

static kith_status take_named(drmm_work *w, kith_error *err)
{
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < w->options->id_count; i++) {
        uint32_t thing;
        status = kith_network_find(&thing, w->network, w->options->ids[i], err);
        if (status == KITH_OK && w->place_of[thing] == SIZE_MAX)
            status = add_entry(w, thing, (drmm_entry){ .event = KITH_NOTHING, .given = i }, err);
    }
    return status;
}

/* An event of the period: a page for each child in it. */
static kith_status take_event(drmm_work *w, uint32_t index, kith_within within, kith_error *err)
{
    const kith_event_record *event = &w->network->events[index];
    kith_status status = KITH_OK;

    for (uint32_t i = 0; status == KITH_OK && i < event->participation_count; i++) {
        const kith_participation *part = &w->network->participations[event->first_participation + i];
        if (!gives_a_page(w->network, part, event->at.day))
            continue;
        const drmm_entry e = { .at = event->at.utc, .event = index, .within = within, .given = SIZE_MAX };
        const size_t at = w->place_of[part->person];
        if (at == SIZE_MAX && !w->options->only)
            status = add_entry(w, part->person, e, err);
        else if (at != SIZE_MAX && (w->entries[at].event == KITH_NOTHING ||
                                    w->entries[at].at > event->at.utc)) {
            w->entries[at].at = e.at;
            w->entries[at].event = index;
            w->entries[at].within = within;
        }
    }
    return status;
}

static kith_status take_events(drmm_work *w, kith_error *err)
{
    kith_status status = KITH_OK;

    for (uint32_t i = 0; status == KITH_OK && i < w->network->event_count; i++) {
        const kith_event_record *event = &w->network->events[i];
        const kith_within within = kith_event_within(event, &w->drmm->period);
        if (within == KITH_WITHIN_MONTH)
            w->drmm->month_only++;
        else if (within != KITH_WITHIN_NOT && drmm_is_of_risk(event))
            status = take_event(w, i, within, err);
    }
    return status;
}

/* Groups of which two members have a page have one too. */
static kith_status take_groups(drmm_work *w, kith_error *err)
{
    size_t *members = calloc(w->network->thing_count + 1, sizeof *members);
    const size_t people = w->count;
    kith_status status = KITH_OK;

    if (members == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; status == KITH_OK && i < w->network->link_count && !w->options->only; i++) {
        const kith_link *l = &w->network->links[i];
        const bool to = w->network->things[l->to].kind == KITH_GROUP;
        const uint32_t group = to ? l->to : l->from, person = to ? l->from : l->to;
        const kith_time end = l->valid_to;
        if (w->network->things[group].kind != KITH_GROUP || !kith_word_same(l->word, "member_of") ||
            (end.precision != KITH_UNDATED && end.day < w->network->view.as_of) ||
            w->place_of[person] >= people || ++members[group] != 2 || w->place_of[group] != SIZE_MAX)
            continue;
        status = add_entry(w, group, (drmm_entry){ .event = KITH_NOTHING, .given = SIZE_MAX }, err);
    }
    free(members);
    return status;
}

/* A group stands before the first of its members. */
static void time_groups(drmm_work *w)
{
    for (size_t i = 0; i < w->network->link_count; i++) {
        const kith_link *l = &w->network->links[i];
        const bool to = w->network->things[l->to].kind == KITH_GROUP;
        const size_t group = w->place_of[to ? l->to : l->from], person = w->place_of[to ? l->from : l->to];
        if (group == SIZE_MAX || person == SIZE_MAX || !kith_word_same(l->word, "member_of") ||
            w->network->things[w->entries[group].thing].kind != KITH_GROUP ||
            w->entries[person].event == KITH_NOTHING)
            continue;
        if (w->entries[group].event == KITH_NOTHING || w->entries[person].at < w->entries[group].at) {
            w->entries[group].at = w->entries[person].at;
            w->entries[group].event = w->entries[person].event;
            w->entries[group].within = w->entries[person].within;
        }
    }
}

static int by_agenda(const void *left, const void *right)
{
    const drmm_entry *a = left, *b = right;

    if (a->given != b->given)
        return a->given < b->given ? -1 : 1;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->event != b->event)
        return a->event < b->event ? -1 : 1;
    if (a->group != b->group)
        return a->group ? -1 : 1;
    return (a->thing > b->thing) - (a->thing < b->thing);
}

static kith_status find_agenda(drmm_work *w, kith_error *err)
{
    kith_status status;

    w->place_of = malloc((w->network->thing_count + 1) * sizeof *w->place_of);
    if (w->place_of == NULL)
        return kith_no_memory(err);
    memset(w->place_of, 0xFF, (w->network->thing_count + 1) * sizeof *w->place_of);
    status = take_named(w, err);
    if (status == KITH_OK)
        status = take_events(w, err);
    if (status == KITH_OK)
        status = take_groups(w, err);
    if (status != KITH_OK)
        return status;
    time_groups(w);
    if (w->count > 0)
        qsort(w->entries, w->count, sizeof *w->entries, by_agenda);
    for (size_t i = 0; i < w->count; i++)
        w->place_of[w->entries[i].thing] = i;
    return KITH_OK;
}

/* Whoever and whatever the pack names. */
static kith_status name_all(drmm_work *w, kith_error *err)
{
    bool *named = calloc(w->network->thing_count + 1, sizeof *named);
    uint32_t *list = malloc((w->network->thing_count + 1) * sizeof *list);
    size_t count = 0;
    kith_status status = named != NULL && list != NULL ? KITH_OK : kith_no_memory(err);

    for (size_t i = 0; status == KITH_OK && i < w->count; i++)
        desk_mark(w->desk, named, w->entries[i].thing);
    for (uint32_t i = 0; status == KITH_OK && i < w->network->event_count; i++)
        if (kith_event_within(&w->network->events[i], &w->drmm->period) != KITH_WITHIN_NOT)
            desk_mark_event(w->desk, named, i);
    for (size_t i = 0; status == KITH_OK && i < w->desk->actions.minute_count; i++) {
        const uint32_t thing = desk_thing(w->desk, w->desk->actions.minutes[i].subject);
        if (thing != KITH_NOTHING)
            named[thing] = true;
    }
    for (size_t i = 0; status == KITH_OK && i < w->desk->actions.count; i++) {
        const uint32_t thing = desk_thing(w->desk, w->desk->actions.list[i].subject);
        if (thing != KITH_NOTHING && w->desk->actions.list[i].state != KITH_ACTION_CLOSED)
            named[thing] = true;
    }
    for (uint32_t i = 0; status == KITH_OK && i < w->network->thing_count; i++)
        if (named[i])
            list[count++] = i;
    if (status == KITH_OK)
        status = kith_desk_name(w->desk, list, count, err);
    free(named);
    free(list);
    return status;
}

/* Whether anything was loaded before the period: else everything would be new. */
static kith_status look_at_loads(drmm_work *w, kith_error *err)
{
    kith_rows *rows;
    const kith_status status =
        kith_store_read(&rows, w->desk->store, &w->network->view, KITH_QUERY_BATCH_ALL, err);

    if (status != KITH_OK)
        return status;
    w->drmm->first_load = true;
    while (kith_rows_next(rows))
        if (kith_rows_integer(rows, 5) > 0 && strncmp(kith_rows_text(rows, 1), w->loaded, 10) < 0)
            w->drmm->first_load = false;
    return kith_rows_end(rows, err);
}

static kith_status make_pages(drmm_work *w, kith_error *err)
{
    const kith_dossier_options options = {
        .period = &w->drmm->period,
        .loaded = w->drmm->first_load ? NULL : w->loaded,
        .until = w->until,
        .rows = ROWS,
        .undrawn = w->options->undrawn,
    };
    kith_status status = KITH_OK;

    w->drmm->pages = calloc(w->count + 1, sizeof *w->drmm->pages);
    if (w->drmm->pages == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; status == KITH_OK && i < w->count; i++) {
        kith_progress_tell(w->options->progress, "pages", i, w->count);
        status = kith_dossier_make(&w->drmm->pages[i], w->desk, w->entries[i].thing, &options, err);
        w->drmm->count += status == KITH_OK;
    }
    return status;
}

static kith_status make(drmm_work *w, kith_error *err)
{
    const kith_drmm_options *o = w->options;

    w->drmm->period = kith_period_of(o->first, o->date - 1, w->network);
    kith_day_write(w->loaded, o->first);
    kith_day_write(w->until, o->date);
    kith_status status = kith_desk_open(&w->desk, w->store, w->network, o->names, o->seed, o->undrawn, err);
    if (status == KITH_OK)
        status = look_at_loads(w, err);
    if (status == KITH_OK)
        status = find_agenda(w, err);
    if (status == KITH_OK)
        status = name_all(w, err);
    if (status != KITH_OK)
        return status;
    status = drmm_add_tables(w, err);
    if (status == KITH_OK)
        status = make_pages(w, err);
    return status == KITH_OK ? desk_list_shown(&w->drmm->shown, &w->drmm->shown_count, w->desk, err) : status;
}

static kith_status tables_status(const kith_drmm *drmm, kith_error *err)
{
    const kith_table *const tables[] = { &drmm->agenda,  &drmm->others, &drmm->due,
                                         &drmm->adopted, &drmm->late,   &drmm->rights };
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < sizeof tables / sizeof *tables; i++)
        status = kith_table_status(tables[i], err);
    return status;
}

kith_status kith_drmm_make(kith_drmm *drmm, kith_store *store, const kith_network *network,
                           const kith_drmm_options *options, kith_error *err)
{
    drmm_work w = { .drmm = drmm, .store = store, .network = network, .options = options };

    *drmm = (kith_drmm){ 0 };
    if (options->first >= options->date)
        return kith_fail(err, KITH_USAGE, "the period is empty: --since lies on or after --date");
    kith_status status = make(&w, err);
    if (status == KITH_OK)
        status = kith_source_rights(&drmm->rights, store, &network->view, err);
    if (status == KITH_OK)
        status = tables_status(drmm, err);
    kith_desk_close(w.desk);
    free(w.entries);
    free(w.place_of);
    if (status != KITH_OK)
        kith_drmm_free(drmm);
    return status;
}

void kith_drmm_free(kith_drmm *drmm)
{
    kith_table *const tables[] = { &drmm->agenda,  &drmm->others, &drmm->due,
                                   &drmm->adopted, &drmm->late,   &drmm->rights };

    for (size_t i = 0; i < drmm->count; i++)
        kith_dossier_free(&drmm->pages[i]);
    free(drmm->pages);
    free(drmm->shown);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        kith_table_free(tables[i]);
    *drmm = (kith_drmm){ 0 };
}
