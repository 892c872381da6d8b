/* SPDX-License-Identifier: GPL-3.0-or-later */
/* places_map.c: public places where they lie, numbered by rank.
 *
 * A mark is a square whose side grows with the root of the number of children, so that its area
 * speaks; emerging places are dark, all others grey, and the list says so in words. A number
 * stands beside its mark, at the first of eight sides where it meets nothing drawn before. */
#include "kith/places_map.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/frame.h"

enum { SIDE = 460, MARGIN = 24, ROW = 15, LINES_MOST = 2500, HEIGHT = 11, WIDTH = 7 };

static const double metres_a_degree = 111194.93; /* of the sphere of spatial.h */

typedef struct spot {
    const kith_hotspot *hotspot;
    const kith_thing *place;
    double x, y, half; /* points of the page; half a side of its mark */
} spot;

typedef struct area {
    double x, y, half_width, half_height;
} area;

typedef struct map {
    kith_scene *scene;
    spot spots[KITH_PLACES_MAP_MOST];
    size_t count, unplaced;
    area taken[2 * KITH_PLACES_MAP_MOST];
    size_t taken_count;
    kith_point middle;
    double scale; /* points a metre */
} map;

static void choose_places(map *m, const kith_network *network, const kith_hotspots *hotspots, size_t most)
{
    size_t listed = 0;

    for (size_t i = 0; i < hotspots->count && listed < most && listed < KITH_PLACES_MAP_MOST; i++) {
        const kith_hotspot *h = &hotspots->places[i];
        const kith_thing *place = &network->things[h->place];
        if (h->section != KITH_PUBLIC_PLACE || h->children == 0)
            continue;
        listed++;
        if (isnan(place->lat) || isnan(place->lon))
            m->unplaced++;
        else
            m->spots[m->count++] = (spot){ .hotspot = h, .place = place };
    }
}

/* The middle and the scale, so that all places fit into a square; at least 200 m across. */
static void choose_scale(map *m)
{
    double low_lat = 90, high_lat = -90, low_lon = 180, high_lon = -180;

    for (size_t i = 0; i < m->count; i++) {
        low_lat = fmin(low_lat, m->spots[i].place->lat);
        high_lat = fmax(high_lat, m->spots[i].place->lat);
        low_lon = fmin(low_lon, m->spots[i].place->lon);
        high_lon = fmax(high_lon, m->spots[i].place->lon);
    }
    m->middle = (kith_point){ (low_lat + high_lat) / 2, (low_lon + high_lon) / 2 };
    const double across = (high_lon - low_lon) * metres_a_degree * cos(m->middle.lat * acos(-1) / 180);
    const double along = (high_lat - low_lat) * metres_a_degree;
    m->scale = (SIDE - 2 * MARGIN) / fmax(fmax(across, along), 200);
}

static void place_at(const map *m, kith_point point, double *x, double *y)
{
    const double east = cos(m->middle.lat * acos(-1) / 180);

    *x = SIDE / 2.0 + (point.lon - m->middle.lon) * metres_a_degree * east * m->scale;
    *y = SIDE / 2.0 + (point.lat - m->middle.lat) * metres_a_degree * m->scale;
}

static void add_line(const map *m, double x, double y, double x2, double y2, kith_scene_line line,
                     bool arrow, const char *text)
{
    kith_scene_add_mark(m->scene, &(kith_scene_mark){ .shape = KITH_DRAW_RULE, .line = line,
                                                      .arrow = arrow, .x = x, .y = y, .x2 = x2,
                                                      .y2 = y2, .text = (char *)text });
}

static void add_words(const map *m, double x, double y, kith_scene_align align, const char *text)
{
    if (text[0] == '\0')
        return;
    kith_scene_add_mark(m->scene, &(kith_scene_mark){ .shape = KITH_DRAW_WORDS, .align = align, .x = x,
                                                      .y = y, .text = (char *)text });
}

/* ---- outlines: cut to the square, and no line shorter than `least` points ---- */

/* Liang and Barsky: the part of a line inside the square; false when there is none. */
static bool cut(double *x, double *y, double *x2, double *y2)
{
    const double dx = *x2 - *x, dy = *y2 - *y;
    const double p[] = { -dx, dx, -dy, dy }, q[] = { *x, SIDE - *x, *y, SIDE - *y };
    double from = 0, to = 1;

    for (int i = 0; i < 4; i++) {
        if (p[i] == 0 && q[i] < 0)
            return false;
        if (p[i] < 0)
            from = fmax(from, q[i] / p[i]);
        if (p[i] > 0)
            to = fmin(to, q[i] / p[i]);
    }
    if (from >= to)
        return false;
    const double begin_x = *x, begin_y = *y;
    *x = begin_x + from * dx, *y = begin_y + from * dy;
    *x2 = begin_x + to * dx, *y2 = begin_y + to * dy;
    return true;
}

/* Draws, or only counts, the outlines with steps of at least so many points. */
static size_t draw_outline(const map *m, const kith_outline *outline, double least, bool draws)
{
    size_t lines = 0;

    for (size_t i = 0; i < outline->line_count; i++) {
        double x, y, next_x, next_y;
        place_at(m, outline->points[outline->first[i]], &x, &y);
        for (size_t j = outline->first[i] + 1; j < outline->first[i + 1]; j++) {
            place_at(m, outline->points[j], &next_x, &next_y);
            if (hypot(next_x - x, next_y - y) < least && j + 1 < outline->first[i + 1])
                continue;
            double from_x = x, from_y = y, to_x = next_x, to_y = next_y;
            x = next_x, y = next_y;
            if (!cut(&from_x, &from_y, &to_x, &to_y))
                continue;
            lines++;
            if (draws)
                add_line(m, from_x, from_y, to_x, to_y, KITH_DRAW_DOTTED, false, "");
        }
    }
    return lines;
}

static void add_outline(const map *m, const kith_outline *outline)
{
    double least = 1;

    while (draw_outline(m, outline, least, false) > LINES_MOST)
        least *= 1.5;
    draw_outline(m, outline, least, true);
}

/* ---- marks and numbers ---- */

static bool meets(const map *m, const area *a)
{
    for (size_t i = 0; i < m->taken_count; i++) {
        const area *b = &m->taken[i];
        if (fabs(a->x - b->x) < a->half_width + b->half_width &&
            fabs(a->y - b->y) < a->half_height + b->half_height)
            return true;
    }
    return false;
}

/* The first by rank has the most children, and the largest mark; later ones lie on top. */
static void add_marks(map *m)
{
    const double most = m->spots[0].hotspot->children;

    for (size_t i = 0; i < m->count; i++) {
        spot *s = &m->spots[i];
        char text[160];
        place_at(m, (kith_point){ s->place->lat, s->place->lon }, &s->x, &s->y);
        s->half = 3 + 7 * sqrt(s->hotspot->children / most);
        kith_sentence(text, sizeof text, "%u: %s, %u children, %s", s->hotspot->rank, s->place->id,
                      s->hotspot->children, kith_place_change_word(s->hotspot->change));
        kith_scene_add_mark(m->scene,
                            &(kith_scene_mark){ .shape = KITH_DRAW_BAR,
                                                .tone = s->hotspot->change == KITH_CHANGE_EMERGING
                                                            ? KITH_DRAW_RISK
                                                            : KITH_DRAW_NEUTRAL,
                                                .x = s->x - s->half, .y = s->y - s->half,
                                                .x2 = s->x + s->half, .y2 = s->y + s->half,
                                                .text = text });
        m->taken[m->taken_count++] = (area){ s->x, s->y, s->half, s->half };
    }
}

/* Beside its mark, further out each round, at the first side that is free. */
static void add_number(map *m, const spot *s, size_t nth)
{
    static const double sides[][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 },
                                       { 1, 1 }, { -1, 1 }, { -1, -1 }, { 1, -1 } };
    char text[16];
    area a = { 0 };

    const int length = snprintf(text, sizeof text, "%zu", nth);
    a.half_width = length * WIDTH / 2.0;
    a.half_height = HEIGHT / 2.0;
    for (int try = 0; try < 24; try++) {
        const double *side = sides[try % 8], out = s->half + 2 + 9 * (try / 8);
        a.x = s->x + side[0] * (out + a.half_width);
        a.y = s->y + side[1] * (out + a.half_height);
        if (!meets(m, &a))
            break;
    }
    m->taken[m->taken_count++] = a;
    if (hypot(a.x - s->x, a.y - s->y) > s->half + 18)
        add_line(m, s->x, s->y, a.x, a.y, KITH_DRAW_DOTTED, false, "");
    add_words(m, a.x, a.y, KITH_DRAW_CENTRE, text);
}

/* Columns of the list beside the map. */
enum { LIST = SIDE + 24, LIST_NAME = LIST + 22, LIST_CHILDREN = LIST + 290, LIST_RANK = LIST + 306,
       LIST_CHANGE = LIST + 370 };

static void list_row(const map *m, size_t row, const char *number, const char *name,
                     const char *children, const char *rank, const char *change)
{
    const double y = SIDE - 6 - ROW * (double)row;

    add_words(m, LIST + 14, y, KITH_DRAW_RIGHT, number);
    add_words(m, LIST_NAME, y, KITH_DRAW_LEFT, name);
    add_words(m, LIST_CHILDREN, y, KITH_DRAW_RIGHT, children);
    add_words(m, LIST_RANK, y, KITH_DRAW_LEFT, rank);
    add_words(m, LIST_CHANGE, y, KITH_DRAW_LEFT, change);
}

static void list_place(const map *m, const spot *s, size_t nth)
{
    const kith_hotspot *h = s->hotspot;
    char number[16], name[38], children[16], rank[40];

    kith_sentence(number, sizeof number, "%zu", nth);
    kith_sentence(name, sizeof name, "%s %s", s->place->id,
                  s->place->name[0] != '\0' ? s->place->name : s->place->word);
    kith_sentence(children, sizeof children, "%u", h->children);
    kith_sentence(rank, sizeof rank, "%u (%u-%u)", h->rank, h->rank_low, h->rank_high);
    list_row(m, nth, number, name, children, rank, kith_place_change_word(h->change));
}

/* A round length of about a quarter of the side. */
static void add_furniture(const map *m)
{
    const double metres = SIDE / 4.0 / m->scale;
    double length = pow(10, floor(log10(metres)));
    char text[48];

    length *= metres / length >= 5 ? 5 : metres / length >= 2 ? 2 : 1;
    if (length >= 1000)
        kith_sentence(text, sizeof text, "%g km", length / 1000);
    else
        kith_sentence(text, sizeof text, "%g m", length);
    add_line(m, 0, -16, length * m->scale, -16, KITH_DRAW_SOLID, false, text);
    add_words(m, length * m->scale + 6, -16, KITH_DRAW_LEFT, text);
    add_line(m, SIDE - 8, -28, SIDE - 8, -6, KITH_DRAW_SOLID, true, "north");
    add_words(m, SIDE - 16, -16, KITH_DRAW_RIGHT, "north");
    add_line(m, 0, 0, SIDE, 0, KITH_DRAW_SOLID, false, "");
    add_line(m, SIDE, 0, SIDE, SIDE, KITH_DRAW_SOLID, false, "");
    add_line(m, SIDE, SIDE, 0, SIDE, KITH_DRAW_SOLID, false, "");
    add_line(m, 0, SIDE, 0, 0, KITH_DRAW_SOLID, false, "");
}

static void set_frame(const map *m, const kith_network *network, const kith_outline *outline)
{
    kith_text footer = { 0 };

    kith_text_add(&footer, "Squares: the larger, the more distinct children; dark: emerging. Public places by "
                           "rank; homes and service places are never drawn.\n");
    if (m->unplaced > 0)
        kith_text_format(&footer, "Not on the map, for want of coordinates: %zu of the places listed.\n",
                         m->unplaced);
    if (outline == NULL)
        kith_text_add(&footer, "No outlines were given; places lie to scale.\n");
    kith_text_add(&footer, "It shows what is recorded: places that are watched more show more.");
    kith_scene_set_frame(m->scene, &network->view,
                         &(kith_frame){ .title = "Places where children are being harmed or are unsafe",
                                        .names = "none",
                                        .header = "",
                                        .footer = kith_text_string(&footer) });
    m->scene->failed |= footer.failed;
    kith_text_free(&footer);
}

kith_status kith_places_scene(kith_scene *scene, const kith_network *network,
                              const kith_hotspots *hotspots, const kith_outline *outline, size_t most,
                              kith_error *err)
{
    map *m = calloc(1, sizeof *m);

    *scene = (kith_scene){ 0 };
    if (m == NULL)
        return kith_no_memory(err);
    m->scene = scene;
    choose_places(m, network, hotspots, most);
    if (m->count > 0) {
        choose_scale(m);
        if (outline != NULL)
            add_outline(m, outline);
        add_furniture(m);
        add_marks(m);
        for (size_t i = 0; i < m->count; i++)
            add_number(m, &m->spots[i], i + 1);
        list_row(m, 0, "", "place", "children", "rank", "change");
        for (size_t i = 0; i < m->count; i++)
            list_place(m, &m->spots[i], i + 1);
    } else {
        add_words(m, 0, 0, KITH_DRAW_LEFT, "No public place with children has coordinates.");
    }
    set_frame(m, network, outline);
    free(m);
    const kith_status status = kith_scene_status(scene, err);
    if (status != KITH_OK)
        kith_scene_free(scene);
    return status;
}
