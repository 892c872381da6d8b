/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_timeline.c: people side by side, and below them, day by day, what they took part in.
 *
 * Time runs downwards. An event is a row: its day, what and where at the left, and in the lane of
 * each who took part their roles; its line reaches to the last of them, and is solid, dashed or
 * dotted as its record is graded. What is graded false is no event here, as everywhere. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map_layout_private.h"
#include "map_private.h"

enum { ROWS = 300, ROW = 19, LINE = 14, GAP_MOST = 30, HEAD_GAP = 24, LANE_GAP = 28, CHARACTER = 7,
       ONE_LINE = 52 /* characters */ };

typedef struct timeline {
    kith_laying *l;
    uint32_t *lane;   /* thing -> node, or KITH_NOTHING */
    uint32_t *events; /* oldest first, undated last */
    size_t count;
    double *x;        /* of each node */
    bool around;      /* the map is around somebody */
    bool lines[3];    /* which lines the legend explains */
} timeline;

/* Whether an event is of a kind that was asked for. */
static bool is_asked_for(const kith_layer_options *layer, const kith_event_record *event)
{
    for (size_t i = 0; i < layer->kind_count; i++)
        if (strcmp(layer->kinds[i], event->word) == 0 || strcmp(layer->kinds[i], event->meaning->word) == 0)
            return true;
    return layer->kind_count == 0;
}

static bool takes_part(const timeline *t, const kith_participation *p)
{
    return t->lane[p->person] != KITH_NOTHING &&
           !kith_grade_is_false(t->l->network->origins[p->origin].grade);
}

/* Of a map around somebody: what they, or two of the others, took part in. */
static bool is_shown(const timeline *t, const kith_event_record *event)
{
    const kith_network *network = t->l->network;
    uint32_t before = KITH_NOTHING;

    if (kith_grade_is_false(network->origins[event->origin].grade) ||
        !is_asked_for(&t->l->options->layer, event))
        return false;
    for (uint32_t i = 0; i < event->participation_count; i++) {
        const kith_participation *p = &network->participations[event->first_participation + i];
        if (!takes_part(t, p))
            continue;
        if (!t->around || t->l->scene->nodes[t->lane[p->person]].focus ||
            (before != KITH_NOTHING && before != p->person))
            return true;
        before = p->person;
    }
    return false;
}

typedef struct dated {
    bool undated;
    int64_t at;
    uint32_t event;
} dated;

static int by_time(const void *left, const void *right)
{
    const dated *a = left, *b = right;

    if (a->undated != b->undated)
        return a->undated ? 1 : -1;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return (a->event > b->event) - (a->event < b->event);
}

/* The newest events when there are more than can be read. */
static kith_status find_events(timeline *t)
{
    const kith_network *network = t->l->network;
    dated *list = calloc(network->event_count + 1, sizeof *list);
    size_t count = 0;

    if (list == NULL)
        return kith_no_memory(t->l->err);
    for (uint32_t e = 0; e < network->event_count; e++) {
        const kith_event_record *event = &network->events[e];
        if (is_shown(t, event))
            list[count++] = (dated){ event->at.precision == KITH_UNDATED, event->at.utc, e };
    }
    qsort(list, count, sizeof *list, by_time);
    const size_t skipped = count > ROWS ? count - ROWS : 0;
    for (size_t i = skipped; i < count; i++)
        t->events[t->count++] = list[i].event;
    if (skipped > 0)
        kith_laying_note(t->l, "Left out: %zu earlier events; a shorter --window or fewer --hops shows them.", skipped);
    free(list);
    return KITH_OK;
}

/* What a place is called on the map; one that is not on it is not named. */
static const kith_scene_node *place_of(const timeline *t, const kith_event_record *event)
{
    if (event->place == KITH_NOTHING)
        return NULL;
    const uint32_t node = kith_map_node(t->l->whole, t->l->network, event->place);
    return node != KITH_NOTHING ? &t->l->whole->nodes[node] : NULL;
}

static double longest_line(const char *text)
{
    size_t most = 0, now = 0;

    for (const char *p = text; *p != '\0'; p++) {
        now = *p == '\n' ? 0 : now + (((unsigned char)*p & 0xC0) != 0x80);
        most = now > most ? now : most;
    }
    return CHARACTER * (double)most;
}

static size_t line_count(const char *text)
{
    size_t count = 1;

    for (const char *p = text; *p != '\0'; p++)
        count += *p == '\n';
    return count;
}

/* A role a line, as the lane is narrow. */
static void roles_of(kith_text *out, const timeline *t, uint32_t person, uint32_t event)
{
    kith_text roles = { 0 };

    kith_map_roles_in(&roles, t->l->network, person, event);
    for (const char *p = kith_text_string(&roles); *p != '\0'; p++) {
        if (p[0] == ',' && p[1] == ' ') {
            kith_text_add_char(out, '\n');
            p++;
        } else {
            kith_text_add_char(out, *p);
        }
    }
    out->failed = out->failed || roles.failed;
    kith_text_free(&roles);
}

static void event_words(kith_text *out, const timeline *t, const kith_event_record *event)
{
    const kith_scene_node *place = place_of(t, event);
    char day[KITH_TIME_SIZE], *hour;

    kith_time_write(day, event->at);
    hour = strchr(day, 'T');
    if (hour != NULL)
        *hour = ' ';
    kith_text_add(out, event->at.precision == KITH_UNDATED ? "no date" : day);
    kith_text_add(out, "  ");
    kith_map_word(out, event->word);
    if (place != NULL) {
        const bool fits = out->size + strcspn(place->label, "\n") < ONE_LINE;
        kith_text_add(out, fits ? ", " : ",\n");
        kith_laying_name(out, place);
    }
}

/* How high an event's row is: as what has most lines in it. */
static double row_height(timeline *t, uint32_t index)
{
    const kith_network *network = t->l->network;
    const kith_event_record *event = &network->events[index];
    kith_text words = { 0 };

    event_words(&words, t, event);
    size_t lines = line_count(kith_text_string(&words));
    for (uint32_t i = 0; i < event->participation_count; i++) {
        const kith_participation *p = &network->participations[event->first_participation + i];
        kith_text_clear(&words);
        if (takes_part(t, p))
            roles_of(&words, t, p->person, index);
        if (line_count(kith_text_string(&words)) > lines)
            lines = line_count(kith_text_string(&words));
    }
    t->l->scene->failed = t->l->scene->failed || words.failed;
    kith_text_free(&words);
    return ROW + LINE * (double)(lines - 1);
}

static void add_words(timeline *t, double x, double y, kith_scene_align align, const char *text)
{
    kith_scene_add_mark(t->l->scene, &(kith_scene_mark){ .shape = KITH_DRAW_WORDS, .align = align, .echo = true,
                                                         .x = x, .y = y, .text = (char *)text });
}

/* The roles in each lane, and all of the row said once; where the last lane is. */
static double add_lanes(timeline *t, kith_text *said, uint32_t index, double y)
{
    const kith_network *network = t->l->network;
    const kith_event_record *event = &network->events[index];
    uint32_t before = KITH_NOTHING;
    kith_text roles = { 0 };
    double last = 0;

    for (uint32_t i = 0; i < event->participation_count; i++) {
        const kith_participation *p = &network->participations[event->first_participation + i];
        if (!takes_part(t, p) || p->person == before)
            continue;
        const uint32_t node = t->lane[p->person];
        before = p->person;
        last = t->x[node] > last ? t->x[node] : last;
        kith_text_clear(&roles);
        roles_of(&roles, t, p->person, index);
        add_words(t, t->x[node], y, KITH_DRAW_CENTRE, kith_text_string(&roles));
        kith_text_add(said, "\n");
        kith_laying_name(said, &t->l->scene->nodes[node]);
        kith_text_add(said, ": ");
        kith_map_roles_in(said, network, p->person, index);
    }
    t->l->scene->failed = t->l->scene->failed || roles.failed;
    kith_text_free(&roles);
    return last;
}

static void add_row(timeline *t, uint32_t index, double y)
{
    const kith_event_record *event = &t->l->network->events[index];
    const kith_line line = kith_line_of(t->l->network->origins[event->origin].grade);
    kith_text said = { 0 };

    event_words(&said, t, event);
    add_words(t, 0, y, KITH_DRAW_RIGHT, kith_text_string(&said));
    const double last = add_lanes(t, &said, index, y);
    kith_scene_add_mark(t->l->scene, &(kith_scene_mark){ .shape = KITH_DRAW_RULE,
                                                         .line = (kith_scene_line)line,
                                                         .x = 8,
                                                         .y = y,
                                                         .x2 = last,
                                                         .y2 = y,
                                                         .text = (char *)kith_text_string(&said) });
    t->lines[line] = true;
    t->l->scene->failed = t->l->scene->failed || said.failed;
    kith_text_free(&said);
}

/* Who was asked for stands first, as on the map; each lane as wide as what stands in it. */
static void place_lanes(timeline *t)
{
    const kith_network *network = t->l->network;
    double x = 70;

    for (uint32_t i = 0; i < t->l->scene->node_count; i++)
        t->x[i] = t->l->scene->nodes[i].box.width;
    for (size_t e = 0; e < t->count; e++) {
        const kith_event_record *event = &network->events[t->events[e]];
        for (uint32_t i = 0; i < event->participation_count; i++) {
            const kith_participation *p = &network->participations[event->first_participation + i];
            kith_text roles = { 0 };
            if (!takes_part(t, p))
                continue;
            roles_of(&roles, t, p->person, t->events[e]);
            const double needs = longest_line(kith_text_string(&roles));
            if (needs > t->x[t->lane[p->person]])
                t->x[t->lane[p->person]] = needs;
            t->l->scene->failed = t->l->scene->failed || roles.failed;
            kith_text_free(&roles);
        }
    }
    for (uint32_t i = 0; i < t->l->scene->node_count; i++) {
        const double own = t->x[i];
        t->x[i] = x + own / 2;
        kith_laying_put(t->l, i, t->x[i], t->l->scene->nodes[i].box.height / 2);
        x += own + LANE_GAP;
    }
}

/* The gap above a row grows with the days since the one before, up to a limit. */
static double gap_before(const timeline *t, size_t row)
{
    if (row == 0)
        return 0;
    const kith_time *now = &t->l->network->events[t->events[row]].at;
    const kith_time *before = &t->l->network->events[t->events[row - 1]].at;
    if (now->precision == KITH_UNDATED || before->precision == KITH_UNDATED)
        return GAP_MOST;
    const double days = now->day - before->day;
    return days > GAP_MOST ? GAP_MOST : days > 0 ? days : 0;
}

static void explain(timeline *t)
{
    static const char *const terms[][2] = { [KITH_DOTTED] = { "dotted row", "event tentative" },
                                            [KITH_DASHED] = { "dashed row", "event unconfirmed" },
                                            [KITH_SOLID] = { "solid row", "event confirmed" } };

    for (int i = KITH_SOLID; i >= KITH_DOTTED; i--)
        if (t->lines[i])
            kith_scene_add_term(t->l->scene, terms[i][0], terms[i][1]);
    if (t->around)
        kith_laying_note(t->l, "Events shown: of whom the map was asked for, and those of two others on it.");
    kith_laying_note(t->l, "Time runs downwards: a day without an event is a point of space, up to %d.", GAP_MOST);
}

static kith_status fill(timeline *t)
{
    const kith_network *network = t->l->network;
    double y = -HEAD_GAP;

    memset(t->lane, 0xFF, (network->thing_count + 1) * sizeof *t->lane);
    for (uint32_t i = 0; i < t->l->scene->node_count; i++)
        if (t->l->thing[i] != KITH_NOTHING)
            t->lane[t->l->thing[i]] = i;
    for (uint32_t i = 0; i < t->l->scene->node_count; i++)
        t->around = t->around || t->l->scene->nodes[i].focus;
    const kith_status status = find_events(t);
    if (status != KITH_OK)
        return status;
    place_lanes(t);
    for (size_t i = 0; i < t->count; i++) {
        const double height = row_height(t, t->events[i]);
        y -= gap_before(t, i) + height / 2;
        add_row(t, t->events[i], y);
        y -= height / 2;
    }
    explain(t);
    return KITH_OK;
}

kith_status kith_laying_timeline(kith_laying *l)
{
    timeline t = { .l = l };
    kith_status status;

    if (l->options->layer.role_count > 0)
        return kith_fail(l->err, KITH_USAGE, "a timeline shows every role; leave --roles out");
    t.lane = malloc((l->network->thing_count + 1) * sizeof *t.lane);
    t.events = malloc((l->network->event_count + 1) * sizeof *t.events);
    t.x = calloc(l->scene->node_count, sizeof *t.x);
    status = t.lane != NULL && t.events != NULL && t.x != NULL ? fill(&t) : kith_no_memory(l->err);
    free(t.lane);
    free(t.events);
    free(t.x);
    return status;
}
