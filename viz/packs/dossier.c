/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dossier.c: one page's data, table by table.
 *
 * The people of a page are the one person, or the members of the group; of a place, nobody. */
#include "kith/dossier.h"

#include <stdlib.h>
#include <string.h>

#include "dossier_private.h"
#include "kith/date.h"

enum { LINE = 220 /* bytes of what somebody wrote, in a table */ };

/* Whether there is room for one more row; what has none is counted. */
bool dossier_room(const dossier_work *w, const kith_table *table, size_t *more)
{
    if (w->options->rows == 0 || kith_table_rows(table) < w->options->rows)
        return true;
    ++*more;
    return false;
}

static kith_status keep(uint32_t **list, size_t *count, uint32_t thing, kith_error *err)
{
    uint32_t *grown = realloc(*list, (*count + 1) * sizeof *grown);

    if (grown == NULL)
        return kith_no_memory(err);
    *list = grown;
    grown[(*count)++] = thing;
    return KITH_OK;
}

static bool is_among(const uint32_t *list, size_t count, uint32_t thing)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == thing)
            return true;
    return false;
}

bool dossier_has(const dossier_work *w, uint32_t thing)
{
    return thing == w->dossier->thing || is_among(w->people, w->people_count, thing);
}

bool dossier_concerns(const dossier_work *w, uint32_t thing)
{
    return thing != KITH_NOTHING &&
           (dossier_has(w, thing) || is_among(w->groups, w->group_count, thing));
}

/* The other end of a membership that holds on as-of; KITH_NOTHING for another link. */
static uint32_t membership(const dossier_work *w, const kith_link *link)
{
    const uint32_t thing = w->dossier->thing;
    const kith_time to = link->valid_to;

    if ((link->from != thing && link->to != thing) || !kith_word_same(link->word, "member_of") ||
        (to.precision != KITH_UNDATED && to.day < w->desk->network->view.as_of))
        return KITH_NOTHING;
    return link->from == thing ? link->to : link->from;
}

/* The people of the page, and the groups that a person is in. */
static kith_status take_people(dossier_work *w, kith_error *err)
{
    const kith_network *network = w->desk->network;
    const uint32_t thing = w->dossier->thing;
    const size_t *first = &w->desk->first_link[thing];
    kith_status status = KITH_OK;

    if (network->things[thing].kind == KITH_PERSON)
        status = keep(&w->people, &w->people_count, thing, err);
    for (size_t i = first[0]; status == KITH_OK && i < first[1]; i++) {
        const uint32_t other = membership(w, &network->links[w->desk->link_of[i]]);
        if (other == KITH_NOTHING || is_among(w->people, w->people_count, other) ||
            is_among(w->groups, w->group_count, other))
            continue;
        if (network->things[other].kind == KITH_GROUP)
            status = keep(&w->groups, &w->group_count, other, err);
        else if (network->things[other].kind == KITH_PERSON)
            status = keep(&w->people, &w->people_count, other, err);
    }
    return status;
}

static int by_index(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

/* The links of the thing and the people, each once. */
static kith_status take_links(dossier_work *w, kith_error *err)
{
    const size_t *first = w->desk->first_link;
    const uint32_t thing = w->dossier->thing;
    size_t most = first[thing + 1] - first[thing], kept = 0;

    for (size_t p = 0; p < w->people_count; p++)
        most += first[w->people[p] + 1] - first[w->people[p]];
    w->links = malloc((most + 1) * sizeof *w->links);
    if (w->links == NULL)
        return kith_no_memory(err);
    for (size_t i = first[thing]; i < first[thing + 1]; i++)
        w->links[w->link_count++] = w->desk->link_of[i];
    for (size_t p = 0; p < w->people_count; p++)
        for (size_t i = first[w->people[p]]; i < first[w->people[p] + 1]; i++)
            w->links[w->link_count++] = w->desk->link_of[i];
    qsort(w->links, w->link_count, sizeof *w->links, by_index);
    for (size_t i = 0; i < w->link_count; i++)
        if (kept == 0 || w->links[kept - 1] != w->links[i])
            w->links[kept++] = w->links[i];
    w->link_count = kept;
    return KITH_OK;
}

static int by_time(const void *left, const void *right)
{
    const dossier_event *a = left, *b = right;

    if (a->utc != b->utc)
        return a->utc < b->utc ? -1 : 1;
    return (a->event > b->event) - (a->event < b->event);
}

/* The events of the people, by time, each once. */
static kith_status take_events(dossier_work *w, kith_error *err)
{
    const kith_desk *desk = w->desk;
    size_t most = 0;

    for (size_t p = 0; p < w->people_count; p++)
        most += desk->first_part[w->people[p] + 1] - desk->first_part[w->people[p]];
    w->events = malloc((most + 1) * sizeof *w->events);
    if (w->events == NULL)
        return kith_no_memory(err);
    for (size_t p = 0; p < w->people_count; p++)
        for (size_t i = desk->first_part[w->people[p]]; i < desk->first_part[w->people[p] + 1]; i++) {
            const kith_participation *part = &desk->network->participations[desk->part_of[i]];
            if (!desk_part_is_false(desk->network, part))
                w->events[w->event_count++] =
                    (dossier_event){ desk->network->events[part->event].at.utc, part->event };
        }
    qsort(w->events, w->event_count, sizeof *w->events, by_time);
    size_t kept = 0;
    for (size_t i = 0; i < w->event_count; i++)
        if (kept == 0 || w->events[kept - 1].event != w->events[i].event)
            w->events[kept++] = w->events[i];
    w->event_count = kept;
    return KITH_OK;
}

/* "GV: no contact with TQ". */
static void add_conditions(dossier_work *w)
{
    kith_table *table = &w->dossier->conditions;
    kith_text text = { 0 };
    size_t more = 0;

    DESK_COLUMNS(table, "Conditions in force", "No condition is in force.", "condition", "by", "until");
    for (size_t i = 0; i < w->desk->condition_count; i++) {
        const desk_condition *c = &w->desk->conditions[i];
        if ((!dossier_has(w, c->person) &&
             (c->other == KITH_NOTHING || !dossier_has(w, c->other))) || !dossier_room(w, table, &more))
            continue;
        kith_text_format(&text, "%s: ", desk_call(w->desk, c->person));
        for (const char *k = c->kind; *k != '\0'; k++)
            kith_text_add_char(&text, *k == '_' ? ' ' : *k);
        if (c->other != KITH_NOTHING)
            kith_text_format(&text, " with %s", desk_call(w->desk, c->other));
        desk_cell(table, &text);
        desk_say(&text, w->desk, c->imposed_by, LINE);
        desk_cell(table, &text);
        kith_table_text(table, c->to[0] != '\0' ? c->to : "not given");
    }
    desk_note_more(table, more);
    kith_text_free(&text);
}

static int by_newest(const void *left, const void *right)
{
    const dossier_place *a = left, *b = right;

    if (a->newest != b->newest)
        return a->newest > b->newest ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static dossier_place *find_place(dossier_place *places, size_t *count, uint32_t place)
{
    for (size_t i = 0; i < *count; i++)
        if (places[i].place == place)
            return &places[i];
    places[*count] = (dossier_place){ .place = place, .newest = INT32_MIN };
    return &places[(*count)++];
}

static kith_status add_places(dossier_work *w, kith_error *err)
{
    kith_table *table = &w->dossier->places;
    dossier_place *places = calloc(w->event_count + 1, sizeof *places);
    char figures[64], day[KITH_TIME_SIZE];
    size_t count = 0, more = 0;

    if (places == NULL)
        return kith_no_memory(err);
    DESK_COLUMNS(table, "Places", "No place is recorded in the window.", "place", "events there", "last");
    for (size_t i = 0; i < w->event_count; i++) {
        const kith_event_record *event = &w->desk->network->events[w->events[i].event];
        if (event->place == KITH_NOTHING || event->place == w->dossier->thing)
            continue;
        dossier_place *p = find_place(places, &count, event->place);
        p->events++;
        p->harm += event->meaning->valence == KITH_RISK;
        p->newest = event->at.day > p->newest ? event->at.day : p->newest;
    }
    qsort(places, count, sizeof *places, by_newest);
    for (size_t i = 0; i < count; i++) {
        if (!dossier_room(w, table, &more))
            continue;
        kith_sentence(figures, sizeof figures, "%zu, %zu of harm or risk", places[i].events, places[i].harm);
        kith_day_write(day, places[i].newest);
        kith_table_text(table, desk_call(w->desk, places[i].place));
        kith_table_text(table, figures);
        kith_table_text(table, day);
    }
    desk_note_more(table, more);
    free(places);
    return KITH_OK;
}

void dossier_set(char **field, kith_text *text, bool *failed)
{
    *field = text->failed ? NULL : strdup(kith_text_string(text));
    *failed = *failed || *field == NULL;
    kith_text_free(text);
}

static kith_status fill(dossier_work *w, kith_error *err)
{
    kith_text heading = { 0 };
    bool failed = false;
    kith_status status = take_people(w, err);

    desk_head(&heading, w->desk, w->dossier->thing);
    dossier_set(&w->dossier->heading, &heading, &failed);
    if (failed)
        return kith_no_memory(err);
    if (status == KITH_OK)
        status = take_links(w, err);
    if (status == KITH_OK)
        status = take_events(w, err);
    if (status == KITH_OK)
        status = dossier_add_recent(w, err);
    if (status == KITH_OK)
        status = dossier_add_news(w, err);
    if (status == KITH_OK)
        add_conditions(w);
    if (status == KITH_OK)
        status = dossier_add_strengths(w, err);
    if (status == KITH_OK)
        status = add_places(w, err);
    if (status == KITH_OK)
        status = dossier_add_plan(w, err);
    if (status == KITH_OK)
        status = dossier_add_corrected(w, err);
    return status == KITH_OK && !w->options->no_picture ? dossier_add_picture(w, err) : status;
}

static kith_status tables_status(const kith_dossier *d, kith_error *err)
{
    const kith_table *const tables[] = { &d->recent, &d->news, &d->conditions, &d->strengths,
                                         &d->places, &d->plan, &d->decisions, &d->corrected };
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < sizeof tables / sizeof *tables; i++)
        status = kith_table_status(tables[i], err);
    return status;
}

kith_status kith_dossier_make(kith_dossier *dossier, kith_desk *desk, uint32_t thing,
                              const kith_dossier_options *options, kith_error *err)
{
    dossier_work w = { .dossier = dossier, .desk = desk, .options = options };

    *dossier = (kith_dossier){ .thing = thing };
    kith_status status = fill(&w, err);
    if (status == KITH_OK)
        status = tables_status(dossier, err);
    free(w.people);
    free(w.groups);
    free(w.links);
    free(w.events);
    if (status != KITH_OK)
        kith_dossier_free(dossier);
    return status;
}

void kith_dossier_free(kith_dossier *dossier)
{
    kith_table *const tables[] = { &dossier->recent, &dossier->news, &dossier->conditions,
                                   &dossier->strengths, &dossier->places, &dossier->plan,
                                   &dossier->decisions, &dossier->corrected };

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        kith_table_free(tables[i]);
    kith_scene_free(&dossier->scene);
    free(dossier->heading);
    free(dossier->standing);
    free(dossier->beyond);
    free(dossier->subject);
    *dossier = (kith_dossier){ 0 };
}
