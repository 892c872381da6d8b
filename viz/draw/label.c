/* SPDX-License-Identifier: MIT */
/* label.c: a spot for each tie's label.
 *
 * A label stands on its line, near the middle, on white ground; where the line is too
 * short to be seen on both sides of it, beside the line. No label touches a node, a
 * frame's label or another label; of the spots that are free it takes the one that
 * hides least of other lines. A picture of very many ties shows their numbers instead:
 * hundreds of words on lines can be read by nobody. */
#include "draw.h"

#include <math.h>

enum { SAMPLES = 20, LABEL_GAP = 3, MANY_TIES = 200 };

static const double along[] = { 0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82 };

static bool touches_text(const sheet *s, size_t upto, rect box)
{
    for (size_t i = 0; i < s->scene->node_count; i++)
        if (rects_touch(box, node_box(s, i), LABEL_GAP))
            return true;
    for (size_t i = 0; i < s->scene->cluster_count; i++)
        if (rects_touch(box, s->cluster_labels[i].box, LABEL_GAP))
            return true;
    for (size_t i = 0; i < upto; i++) {
        const kith_scene_box *other = &s->scene->ties[i].box;
        if (other->placed &&
            rects_touch(box, (rect){ other->x, other->y, other->width, other->height }, LABEL_GAP))
            return true;
    }
    return false;
}

static bool curve_meets(const curve *c, rect box)
{
    for (int k = 0; k <= SAMPLES; k++)
        if (rect_has(box, curve_at(c, (double)k / SAMPLES), 1))
            return true;
    return false;
}

static int lines_hidden(const sheet *s, size_t index, rect box)
{
    int hidden = 0;

    for (size_t i = 0; i < s->scene->tie_count; i++)
        if (i != index && rects_touch(box, s->bounds[i], 0) && curve_meets(&s->curves[i], box))
            hidden++;
    return hidden;
}

/* Length of the straight line between a curve's ends. */
static double span(const curve *c)
{
    return hypot(c->p[3].x - c->p[0].x, c->p[3].y - c->p[0].y);
}

/* How much of its line a label of this size would hide when it stands on it. */
static double covered(const curve *c, rect box)
{
    const double length = span(c);
    const double dx = fabs(c->p[3].x - c->p[0].x) / (length + 1e-9);
    const double dy = fabs(c->p[3].y - c->p[0].y) / (length + 1e-9);
    const double by_width = dx > 1e-6 ? box.width / dx : INFINITY;
    const double by_height = dy > 1e-6 ? box.height / dy : INFINITY;

    return by_width < by_height ? by_width : by_height;
}

/* The spot beside the curve at t: side 0 on it, 1 and -1 to its left and right. */
static rect spot_at(const curve *c, double t, int side, rect box)
{
    const place p = curve_at(c, t);
    const double length = span(c) + 1e-9;
    const double nx = -(c->p[3].y - c->p[0].y) / length, ny = (c->p[3].x - c->p[0].x) / length;
    const double off = side * (fabs(nx) * box.width / 2 + fabs(ny) * box.height / 2 + 3);

    return (rect){ p.x + nx * off, p.y + ny * off, box.width, box.height };
}

static bool find_spot(const sheet *s, size_t index, rect size, kith_scene_box *out)
{
    const curve *c = &s->curves[index];
    const bool fits = covered(c, size) + 30 < span(c);
    double best = INFINITY;

    for (int side = -1; side <= 1; side++) {
        if (side == 0 && !fits)
            continue;
        for (size_t i = 0; i < sizeof along / sizeof *along; i++) {
            const rect box = spot_at(c, along[i], side, size);
            double cost = (double)i + (side != 0 ? 20 : 0);
            if (cost >= best || touches_text(s, index, box))
                continue;
            cost += 8.0 * lines_hidden(s, index, box);
            if (cost >= best)
                continue;
            best = cost;
            *out = (kith_scene_box){ true, box.x, box.y, box.width, box.height };
        }
    }
    return best < INFINITY;
}

void sheet_label(sheet *s)
{
    const bool many = s->scene->tie_count > MANY_TIES;

    s->without = 0;
    for (size_t i = 0; i < s->scene->tie_count; i++) {
        kith_scene_tie *tie = &s->scene->ties[i];
        tie->numbered = false;
        tie->box = (kith_scene_box){ 0 };
        if (s->labels[i].node == NULL || (!many && find_spot(s, i, s->labels[i].box, &tie->box)))
            continue;
        tie->numbered = true;
        if (!find_spot(s, i, s->numbers[i].box, &tie->box) || !many)
            s->without++;
    }
}
