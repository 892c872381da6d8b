/* SPDX-License-Identifier: MIT */
/* route.c: each tie as one gentle curve.
 *
 * A straight line that runs under a third node is read as two ties that nobody recorded.
 * So a tie bends, as little as it must, until it passes no node but its ends; several
 * ties of one pair bend apart. The curve is cut where it meets the outlines of its ends. */
#include "draw.h"

#include <math.h>
#include <stdlib.h>

enum { SAMPLES = 24 };

static const double bends[] = { 0,   14,  -14,  28,  -28,  44,  -44,  62,  -62, 84,
                                -84, 110, -110, 140, -140, 180, -180, 230, -230 };

place curve_at(const curve *c, double t)
{
    const double u = 1 - t;
    const double a = u * u * u, b = 3 * u * u * t, d = 3 * u * t * t, e = t * t * t;

    return (place){ a * c->p[0].x + b * c->p[1].x + d * c->p[2].x + e * c->p[3].x,
                    a * c->p[0].y + b * c->p[1].y + d * c->p[2].y + e * c->p[3].y };
}

/* A cubic from centre to centre whose middle is `bend` to the left of the straight line. */
static curve bent(place from, place to, double bend)
{
    const double dx = to.x - from.x, dy = to.y - from.y, length = hypot(dx, dy);
    const double nx = length > 0 ? -dy / length : 0, ny = length > 0 ? dx / length : 0;
    const double off = bend * 4 / 3;

    return (curve){ { from,
                      { from.x + dx / 3 + nx * off, from.y + dy / 3 + ny * off },
                      { from.x + dx * 2 / 3 + nx * off, from.y + dy * 2 / 3 + ny * off },
                      to } };
}

static bool outline_has(const outline *o, place p)
{
    bool inside = false;

    if (o->corner_count == 0) {
        const double x = p.x / (o->width / 2), y = p.y / (o->height / 2);
        return x * x + y * y < 1;
    }
    for (int i = 0, j = o->corner_count - 1; i < o->corner_count; j = i++) {
        const place a = o->corners[i], b = o->corners[j];
        if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
            inside = !inside;
    }
    return inside;
}

/* Where the curve leaves an outline around centre, going from t0 (inside) to t1. */
static double leaves(const curve *c, const outline *o, place centre, double t0, double t1)
{
    for (int i = 0; i < 40; i++) {
        const double t = (t0 + t1) / 2;
        const place p = curve_at(c, t);
        if (outline_has(o, (place){ p.x - centre.x, p.y - centre.y }))
            t0 = t;
        else
            t1 = t;
    }
    return t1;
}

static place between(place a, place b, double t)
{
    return (place){ a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t };
}

/* The part of a curve from t = 0 to t (de Casteljau). */
static curve first_part(const curve *c, double t)
{
    const place ab = between(c->p[0], c->p[1], t), bc = between(c->p[1], c->p[2], t);
    const place cd = between(c->p[2], c->p[3], t);
    const place abc = between(ab, bc, t), bcd = between(bc, cd, t);

    return (curve){ { c->p[0], ab, abc, between(abc, bcd, t) } };
}

static curve reversed(const curve *c)
{
    return (curve){ { c->p[3], c->p[2], c->p[1], c->p[0] } };
}

/* The part after t. */
static curve last_part(const curve *c, double t)
{
    const curve back = reversed(c);
    const curve part = first_part(&back, 1 - t);

    return reversed(&part);
}

curve curve_shortened(const curve *c, double at_start, double at_end)
{
    curve part = *c;

    for (double t = 0; at_end > 0 && t <= 0.9; t += 0.005) {
        const place p = curve_at(c, 1 - t);
        if (hypot(p.x - c->p[3].x, p.y - c->p[3].y) >= at_end) {
            part = first_part(c, 1 - t);
            break;
        }
    }
    for (double t = 0; at_start > 0 && t <= 0.9; t += 0.005) {
        const place p = curve_at(&part, t);
        if (hypot(p.x - c->p[0].x, p.y - c->p[0].y) >= at_start)
            return last_part(&part, t);
    }
    return part;
}

static curve cut(const sheet *s, const kith_scene_tie *tie, const curve *whole)
{
    const kith_scene_node *from = &s->scene->nodes[tie->from], *to = &s->scene->nodes[tie->to];
    const double end = leaves(whole, &s->outlines[tie->to], (place){ to->box.x, to->box.y }, 1, 0);
    const curve shorter = first_part(whole, end);
    const double start =
        leaves(&shorter, &s->outlines[tie->from], (place){ from->box.x, from->box.y }, 0, 1);

    return last_part(&shorter, start);
}

rect curve_bounds(const curve *c)
{
    rect box = { c->p[0].x, c->p[0].y, 0, 0 };

    for (int i = 1; i < 4; i++)
        box = rect_around(box, (rect){ c->p[i].x, c->p[i].y, 0, 0 });
    return box;
}

static void sample(place *points, int count, const curve *c)
{
    for (int k = 0; k < count; k++)
        points[k] = curve_at(c, (double)k / (count - 1));
}

static bool runs_under(const place *points, rect box, double gap)
{
    for (int k = 1; k < SAMPLES; k++)
        if (rect_has(box, points[k], gap))
            return true;
    return false;
}

/* How many nodes that are not its ends a curve runs under. */
static int nodes_crossed(const sheet *s, const kith_scene_tie *tie, const curve *c,
                         const place *points)
{
    const rect box = curve_bounds(c);
    int crossed = 0;

    for (uint32_t i = 0; i < s->scene->node_count; i++) {
        const rect node = node_box(s, i);
        if (i != tie->from && i != tie->to && rects_touch(box, node, 5))
            crossed += runs_under(points, node, 4);
    }
    return crossed;
}

static int cluster_labels_crossed(const sheet *s, const place *points)
{
    int crossed = 0;

    for (size_t i = 0; i < s->scene->cluster_count; i++)
        crossed += runs_under(points, s->cluster_labels[i].box, 1);
    return crossed;
}

/* A bend counts from the lower node, so that ties of one pair are comparable. */
static double bend_of_pair(const kith_scene_tie *tie, double bend)
{
    return tie->from < tie->to ? bend : -bend;
}

static bool bend_is_taken(const sheet *s, size_t index, double bend, const size_t *earlier)
{
    for (size_t i = earlier[index]; i != SIZE_MAX; i = earlier[i])
        if (fabs(bend_of_pair(&s->scene->ties[i], s->bends[i]) -
                 bend_of_pair(&s->scene->ties[index], bend)) < 20)
            return true;
    return false;
}

static void route(sheet *s, size_t index, const size_t *earlier)
{
    const kith_scene_tie *tie = &s->scene->ties[index];
    const kith_scene_box *from = &s->scene->nodes[tie->from].box,
                         *to = &s->scene->nodes[tie->to].box;
    const place a = { from->x, from->y }, b = { to->x, to->y };
    const double length = hypot(b.x - a.x, b.y - a.y);
    place points[SAMPLES + 1];
    curve found = { 0 };
    double best = INFINITY;

    for (size_t i = 0; i < sizeof bends / sizeof *bends; i++) {
        const curve c = bent(a, b, bends[i]);
        sample(points, SAMPLES + 1, &c);
        const double cost = 1000.0 * nodes_crossed(s, tie, &c, points) +
                            300.0 * cluster_labels_crossed(s, points) + fabs(bends[i]) +
                            (bend_is_taken(s, index, bends[i], earlier) ? 500 : 0) +
                            (fabs(bends[i]) > length / 2 ? 300 : 0);
        if (cost >= best)
            continue;
        best = cost;
        s->bends[index] = bends[i];
        found = c;
        if (cost == fabs(bends[i]))
            break;
    }
    s->curves[index] = cut(s, tie, &found);
    s->bounds[index] = curve_bounds(&s->curves[index]);
    sample(&s->points[index * POINTS], POINTS, &s->curves[index]);
    s->crossed += best >= 1000;
}

static int by_pair(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;

    if (a[0] != b[0])
        return a[0] < b[0] ? -1 : 1;
    return a[1] < b[1] ? -1 : a[1] > b[1];
}

/* earlier[i]: the tie before i that joins the same two nodes, or SIZE_MAX. */
static size_t *earlier_ties(const kith_scene *scene)
{
    size_t *earlier = calloc(scene->tie_count + 1, sizeof *earlier);
    uint64_t(*keys)[2] = calloc(scene->tie_count + 1, sizeof *keys);

    if (earlier == NULL || keys == NULL) {
        free(earlier);
        free(keys);
        return NULL;
    }
    for (size_t i = 0; i < scene->tie_count; i++) {
        const uint32_t a = scene->ties[i].from, b = scene->ties[i].to;
        keys[i][0] = (uint64_t)(a < b ? a : b) << 32 | (a < b ? b : a);
        keys[i][1] = i;
    }
    qsort(keys, scene->tie_count, sizeof *keys, by_pair);
    for (size_t i = 0; i < scene->tie_count; i++)
        earlier[keys[i][1]] = i > 0 && keys[i - 1][0] == keys[i][0] ? keys[i - 1][1] : SIZE_MAX;
    free(keys);
    return earlier;
}

bool sheet_route(sheet *s)
{
    size_t *earlier = earlier_ties(s->scene);

    if (earlier == NULL)
        return false;
    s->crossed = 0;
    for (size_t i = 0; i < s->scene->tie_count; i++)
        route(s, i, earlier);
    free(earlier);
    return true;
}
