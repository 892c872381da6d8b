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

static void columns(kith_table *table, const char *title, const char *empty, const char *const names[],
                    size_t count)
{
    *table = (kith_table){ .title = title, .empty = empty };
    for (size_t i = 0; i < count; i++)
        kith_table_column(table, names[i], KITH_CELL_TEXT);
}

#define COLUMNS(table, title, empty, ...)                                                    \
    columns(table, title, empty, (const char *const[]){ __VA_ARGS__ },                      \
            sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

void dossier_cell(kith_table *table, kith_text *text)
{
    kith_table_text(table, kith_text_string(text));
    table->failed = table->failed || text->failed;
    kith_text_clear(text);
}

/* Whether there is room for one more row; what has none is counted. */
static bool room(const dossier_work *w, const kith_table *table, size_t *more)
{
    if (w->options->rows == 0 || kith_table_rows(table) < w->options->rows)
        return true;
    ++*more;
    return false;
}

static void note_more(kith_table *table, size_t more)
{
    if (more > 0)
        kith_table_note(table, "and %zu more", more);
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
    kith_status status = KITH_OK;

    if (network->things[thing].kind == KITH_PERSON)
        status = keep(&w->people, &w->people_count, thing, err);
    for (size_t i = 0; status == KITH_OK && i < network->link_count; i++) {
        const uint32_t other = membership(w, &network->links[i]);
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

/* "missing; witness"; of a group "AB missing; CD missing". */
void dossier_roles(kith_text *out, const dossier_work *w, const kith_event_record *event)
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
    dossier_cell(table, &text);
    kith_table_text(table, event->meaning->known ? event->meaning->label : event->word);
    dossier_roles(&text, w, event);
    dossier_cell(table, &text);
    if (event->place != KITH_NOTHING)
        kith_text_add(&text, desk_call(w->desk, event->place));
    dossier_cell(table, &text);
    add_others(&text, w, event);
    dossier_cell(table, &text);
    const kith_status status = add_words(&text, w, event, err);
    dossier_cell(table, &text);
    kith_text_free(&text);
    return status;
}

static kith_status add_recent(dossier_work *w, kith_error *err)
{
    kith_table *table = &w->dossier->recent;
    kith_status status = KITH_OK;
    size_t more = 0;

    COLUMNS(table, "In this period", "Nothing is recorded in this period.", "when", "what", "role", "where",
            "with", "recorded");
    for (size_t i = 0; status == KITH_OK && w->options->period != NULL && i < w->event_count; i++) {
        const kith_event_record *event = &w->desk->network->events[w->events[i].event];
        const kith_within within = kith_event_within(event, w->options->period);
        if (within != KITH_WITHIN_NOT && within != KITH_WITHIN_MONTH && room(w, table, &more))
            status = add_event(w, event, within, err);
    }
    note_more(table, more);
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
    dossier_roles(out, w, event);
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

static kith_status add_news(dossier_work *w, kith_error *err)
{
    kith_table *table = &w->dossier->news;
    kith_text text = { 0 };
    kith_rows *rows;
    size_t more = 0;
    kith_status status;

    COLUMNS(table, "New since the last meeting", "Nothing else is new.", "what", "loaded");
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
        if (!say_news(&text, w, rows) || !room(w, table, &more))
            continue;
        dossier_cell(table, &text);
        kith_table_text(table, kith_rows_text(rows, 4));
    }
    note_more(table, more);
    kith_text_free(&text);
    return kith_rows_end(rows, err);
}

/* "GV: no contact with TQ". */
static void add_conditions(dossier_work *w)
{
    kith_table *table = &w->dossier->conditions;
    kith_text text = { 0 };
    size_t more = 0;

    COLUMNS(table, "Conditions in force", "No condition is in force.", "condition", "by", "until");
    for (size_t i = 0; i < w->desk->condition_count; i++) {
        const desk_condition *c = &w->desk->conditions[i];
        if ((!dossier_has(w, c->person) &&
             (c->other == KITH_NOTHING || !dossier_has(w, c->other))) || !room(w, table, &more))
            continue;
        kith_text_format(&text, "%s: ", desk_call(w->desk, c->person));
        for (const char *k = c->kind; *k != '\0'; k++)
            kith_text_add_char(&text, *k == '_' ? ' ' : *k);
        if (c->other != KITH_NOTHING)
            kith_text_format(&text, " with %s", desk_call(w->desk, c->other));
        dossier_cell(table, &text);
        desk_say(&text, w->desk, c->imposed_by, LINE);
        dossier_cell(table, &text);
        kith_table_text(table, c->to[0] != '\0' ? c->to : "not given");
    }
    note_more(table, more);
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
    COLUMNS(table, "Places", "No place is recorded in the window.", "place", "events there", "last");
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
        if (!room(w, table, &more))
            continue;
        kith_sentence(figures, sizeof figures, "%zu, %zu of harm or risk", places[i].events, places[i].harm);
        kith_day_write(day, places[i].newest);
        kith_table_text(table, desk_call(w->desk, places[i].place));
        kith_table_text(table, figures);
        kith_table_text(table, day);
    }
    note_more(table, more);
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
        status = take_events(w, err);
    if (status == KITH_OK)
        status = add_recent(w, err);
    if (status == KITH_OK)
        status = add_news(w, err);
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
