/* SPDX-License-Identifier: MIT */
/* label.c: a spot for each tie's label.
 *
 * A label stands on its line, near the middle, on white ground; where the line is too
 * short to be seen on both sides of it, beside the line. No label touches a node, a
 * frame's label, a bar, words or another label; of the spots that are free it takes the one that
 * hides least of other lines. What a meeting looks for first gets its spot first: conditions,
 * risk and protection, then the lines of whom the picture was asked for. A picture of very many
 * ties has words on these alone, and numbers on the others: hundreds of words can be read by nobody. */
#include "draw.h"

#include <math.h>

enum { LABEL_GAP = 3, MANY_TIES = 200 };

static const double along[] = { 0.5,  0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.46, 0.54,
                                0.38, 0.62, 0.3,  0.7,  0.22, 0.78, 0.14, 0.86, 0.1,  0.9 };

/* What a label of one tie could meet at all, whichever spot it takes. */
typedef struct vicinity {
    const rect *boxes;
    size_t box_count;
    const uint32_t *ties;
    size_t tie_count;
} vicinity;

static rect label_box(const kith_scene_box *label)
{
    return (rect){ label->x, label->y, label->width, label->height };
}

/* Within reach of the label, of this size, of one tie. */
static vicinity look_around(sheet *s, size_t tie, rect size)
{
    rect reach = s->bounds[tie];
    vicinity v = { .boxes = s->near, .ties = s->near_ties };

    reach.width += 2 * size.width + 4 * LABEL_GAP;
    reach.height += 2 * size.height + 4 * LABEL_GAP;
    for (size_t i = 0; i < s->scene->node_count; i++)
        if (rects_touch(reach, node_box(s, i), 0))
            s->near[v.box_count++] = node_box(s, i);
    for (size_t i = 0; i < s->scene->cluster_count; i++)
        if (rects_touch(reach, s->cluster_labels[i].box, 0))
            s->near[v.box_count++] = s->cluster_labels[i].box;
    for (size_t i = 0; i < s->scene->mark_count; i++)
        if (s->scene->marks[i].shape != KITH_DRAW_RULE && rects_touch(reach, mark_box(s, i), 0))
            s->near[v.box_count++] = mark_box(s, i);
    for (uint32_t i = 0; i < s->scene->tie_count; i++) {
        const rect other = label_box(&s->scene->ties[i].box);
        if (s->scene->ties[i].box.placed && rects_touch(reach, other, 0))
            s->near[v.box_count++] = other;
        if (i != tie && rects_touch(reach, s->bounds[i], 0))
            s->near_ties[v.tie_count++] = i;
    }
    return v;
}

static bool touches_text(const vicinity *v, rect box)
{
    for (size_t i = 0; i < v->box_count; i++)
        if (rects_touch(box, v->boxes[i], LABEL_GAP))
            return true;
    return false;
}

static bool curve_meets(const place *points, rect box)
{
    for (int k = 0; k < POINTS; k++)
        if (rect_has(box, points[k], 1))
            return true;
    return false;
}

static int lines_hidden(const sheet *s, const vicinity *v, rect box)
{
    int hidden = 0;

    for (size_t k = 0; k < v->tie_count; k++) {
        const uint32_t i = v->ties[k];
        if (rects_touch(box, s->bounds[i], 0) && curve_meets(&s->points[i * POINTS], box))
            hidden++;
    }
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

static bool find_spot(sheet *s, size_t index, rect size, bool rough, kith_scene_box *out)
{
    const curve *c = &s->curves[index];
    const bool fits = covered(c, size) + 30 < span(c);
    const vicinity v = look_around(s, index, size);
    double best = INFINITY;

    for (int side = -1; side <= 1; side++) {
        if (side == 0 && !fits)
            continue;
        for (size_t i = 0; i < sizeof along / sizeof *along; i++) {
            const rect box = spot_at(c, along[i], side, size);
            double cost = (double)i + (side != 0 ? 20 : 0);
            if (cost >= best || touches_text(&v, box))
                continue;
            cost += rough ? 0 : 8.0 * lines_hidden(s, &v, box);
            if (cost >= best)
                continue;
            best = cost;
            *out = (kith_scene_box){ true, box.x, box.y, box.width, box.height };
        }
    }
    return best < INFINITY;
}

/* What a meeting looks for, the first first. */
enum { KEEPS_APART, HARMS_OR_HELPS, IN_FOCUS, OF_OTHERS, RANKS };

static int rank_of(const sheet *s, const kith_scene_tie *tie)
{
    if (tie->barred)
        return KEEPS_APART;
    if (tie->tone != KITH_DRAW_NEUTRAL && !tie->inferred)
        return HARMS_OR_HELPS;
    return s->scene->nodes[tie->from].focus || s->scene->nodes[tie->to].focus ? IN_FOCUS : OF_OTHERS;
}

/* In words, where that is asked and there is room; else its number. */
static void label_tie(sheet *s, size_t index, bool many, bool in_words, bool rough)
{
    kith_scene_tie *tie = &s->scene->ties[index];

    if (s->labels[index].node == NULL ||
        (in_words && find_spot(s, index, s->labels[index].box, rough, &tie->box)))
        return;
    tie->numbered = true;
    if (!find_spot(s, index, s->numbers[index].box, rough, &tie->box) || !many)
        s->without++;
}

static void label_all(sheet *s, bool rough)
{
    const bool many = s->scene->tie_count > MANY_TIES;

    s->without = 0;
    for (size_t i = 0; i < s->scene->tie_count; i++) {
        s->scene->ties[i].numbered = false;
        s->scene->ties[i].box = (kith_scene_box){ 0 };
    }
    for (int rank = 0; rank < RANKS; rank++)
        for (size_t i = 0; i < s->scene->tie_count; i++)
            if (rank_of(s, &s->scene->ties[i]) == rank)
                label_tie(s, i, many, !many || rank < OF_OTHERS, rough);
}

/* The best spots of those before can leave none to the last, where the first free ones would. */
void sheet_label(sheet *s, bool rough)
{
    label_all(s, rough);
    const size_t without = s->without;
    if (rough || without == 0)
        return;
    label_all(s, true);
    if (s->without >= without)
        label_all(s, false);
}
