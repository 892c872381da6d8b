/* SPDX-License-Identifier: MIT */
/* fit.c: the best of several layouts, made as small as it reads.
 *
 * A force layout knows nothing of labels. So several starts are tried; the two with the fewest
 * crossings and the least paper are drawn in while everything still has its room, or pushed
 * out until every label has a spot; and the better one is kept. Large pictures get fewer tries;
 * one that would have only one is pushed out, too, and a very large one is left at the size that
 * the layout gave. */
#include "draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 12, TRIES_WORK = 600, CANDIDATES = 2 };
enum { GROWTH_STEPS = 10, SHRINK_STEPS = 12, NODE_ROOM = 18, FRAME_ROOM = 12, LEAF_ROOM = 70 };

kith_status sheet_furnish(sheet *s, bool rough, kith_error *err)
{
    sheet_settle(s);
    if (!sheet_route(s))
        return kith_no_memory(err);
    sheet_label(s, rough);
    return KITH_OK;
}

static void scale(sheet *s, double by)
{
    for (size_t i = 0; i < s->scene->node_count; i++) {
        s->scene->nodes[i].box.x *= by;
        s->scene->nodes[i].box.y *= by;
    }
}

/* Whether a box stands clear of every node but one, and of every frame that is not its own. */
static bool stands_clear(const sheet *s, size_t node, rect area, double gap)
{
    for (size_t i = 0; i < s->scene->node_count; i++)
        if (i != node && rects_touch(area, node_box(s, i), gap))
            return false;
    for (uint32_t c = 0; c < s->scene->cluster_count; c++)
        if (c != s->scene->nodes[node].cluster && s->cluster_boxes[c].width > 0 &&
            rects_touch(area, s->cluster_boxes[c], FRAME_ROOM))
            return false;
    return true;
}

static bool everything_stands_clear(const sheet *s)
{
    for (size_t i = 0; i < s->scene->node_count; i++)
        if (!stands_clear(s, i, node_box(s, i), NODE_ROOM))
            return false;
    for (uint32_t c = 0; c < s->scene->cluster_count; c++)
        for (uint32_t d = 0; d < c; d++)
            if (s->cluster_boxes[c].width > 0 && s->cluster_boxes[d].width > 0 &&
                rects_touch(s->cluster_boxes[c], s->cluster_boxes[d], FRAME_ROOM))
                return false;
    return true;
}

/* The only node that a node is tied to, or none. */
static size_t only_neighbour(const sheet *s, size_t node)
{
    const size_t none = s->scene->node_count;
    size_t found = none;

    for (size_t i = 0; i < s->scene->tie_count; i++) {
        const kith_scene_tie *tie = &s->scene->ties[i];
        if (tie->barred || (tie->from != node && tie->to != node))
            continue;
        const size_t other = tie->from == node ? tie->to : tie->from;
        if (found != none && found != other)
            return none;
        found = other;
    }
    return found;
}

/* Who has one tie stands at its end, no further out than a label needs. */
static void pull_leaf(sheet *s, size_t node, size_t to)
{
    kith_scene_box *leaf = &s->scene->nodes[node].box;
    const kith_scene_box *hub = &s->scene->nodes[to].box;
    const double dx = leaf->x - hub->x, dy = leaf->y - hub->y, length = hypot(dx, dy);
    const double near =
        (fabs(dx) * (leaf->width + hub->width) + fabs(dy) * (leaf->height + hub->height)) /
            (2 * length + 1e-9) +
        LEAF_ROOM;

    for (double at = near; at < length; at += 10) {
        const rect area = { hub->x + dx * at / length, hub->y + dy * at / length, leaf->width,
                            leaf->height };
        if (stands_clear(s, node, area, 2 * NODE_ROOM)) {
            leaf->x = area.x;
            leaf->y = area.y;
            return;
        }
    }
}

static void pull_leaves(sheet *s)
{
    sheet_settle(s);
    for (size_t i = 0; i < s->scene->node_count; i++) {
        const size_t to = s->scene->nodes[i].cluster == KITH_NO_CLUSTER ? only_neighbour(s, i)
                                                                        : s->scene->node_count;
        if (to < s->scene->node_count)
            pull_leaf(s, i, to);
    }
}

static void keep(kith_scene_box *kept, const sheet *s)
{
    for (size_t i = 0; i < s->scene->node_count; i++)
        kept[i] = s->scene->nodes[i].box;
}

static void restore(sheet *s, const kith_scene_box *kept)
{
    for (size_t i = 0; i < s->scene->node_count; i++)
        s->scene->nodes[i].box = kept[i];
}

/* Out until every label has a spot. */
static kith_status push_out(sheet *s, bool rough, kith_error *err)
{
    kith_status status = sheet_furnish(s, rough, err);

    for (int i = 0; status == KITH_OK && s->without > 0 && i < GROWTH_STEPS; i++) {
        scale(s, 1.1);
        status = sheet_furnish(s, rough, err);
    }
    return status;
}

/* Then in while that stays so. kept is scratch. */
static kith_status find_scale(sheet *s, kith_scene_box *kept, kith_error *err)
{
    kith_status status = push_out(s, true, err);

    for (int i = 0; status == KITH_OK && i < SHRINK_STEPS; i++) {
        const size_t crossed = s->crossed, without = s->without;
        keep(kept, s);
        scale(s, 0.93);
        status = sheet_furnish(s, true, err);
        if (status == KITH_OK && s->without <= without && s->crossed <= crossed &&
            everything_stands_clear(s))
            continue;
        restore(s, kept);
        return status == KITH_OK ? sheet_furnish(s, true, err) : status;
    }
    return status;
}

static double side(place a, place b, place c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static place centre(const sheet *s, uint32_t node)
{
    return (place){ s->scene->nodes[node].box.x, s->scene->nodes[node].box.y };
}

/* Pairs of ties whose straight lines cross, apart from those that share an end. */
static size_t crossings(const sheet *s)
{
    const kith_scene_tie *ties = s->scene->ties;
    size_t count = 0;

    for (size_t i = 0; i < s->scene->tie_count; i++) {
        const place a = centre(s, ties[i].from), b = centre(s, ties[i].to);
        for (size_t j = 0; j < i; j++) {
            if (ties[i].from == ties[j].from || ties[i].from == ties[j].to ||
                ties[i].to == ties[j].from || ties[i].to == ties[j].to)
                continue;
            const place c = centre(s, ties[j].from), d = centre(s, ties[j].to);
            count += side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
        }
    }
    return count;
}

static double paper(const sheet *s)
{
    rect all = { 0 };

    for (size_t i = 0; i < s->scene->node_count; i++)
        all = i > 0 ? rect_around(all, node_box(s, i)) : node_box(s, i);
    return all.width + 1.4 * all.height;
}

/* What is wrong with a layout: a missing label is as bad as half a metre of paper. */
static double faults(const sheet *s)
{
    return 1500.0 * (double)s->without + 200.0 * (double)s->crossed + 6.0 * (double)crossings(s) +
           paper(s);
}

static int tries_for(const kith_scene *scene)
{
    const size_t tries = TRIES_WORK / (scene->node_count + scene->tie_count + 1);

    return tries > TRIES ? TRIES : tries > 1 ? (int)tries : 1;
}

/* Layouts worth furnishing, the one with the fewest faults so far first. */
typedef struct candidate {
    kith_scene_box *boxes;
    double faults;
} candidate;

static void consider(candidate *list, const sheet *s, double found)
{
    int at = CANDIDATES - 1;

    if (found >= list[at].faults)
        return;
    const candidate taken = { list[at].boxes, found };
    keep(taken.boxes, s);
    for (; at > 0 && found < list[at - 1].faults; at--)
        list[at] = list[at - 1];
    list[at] = taken;
}

/* Several starts, looked at before anything is furnished. */
static kith_status spread_out(sheet *s, candidate *list, int tries, kith_error *err)
{
    const long seed = s->seed;
    kith_status status = KITH_OK;

    for (int i = 0; status == KITH_OK && i < tries; i++) {
        s->seed = seed + i;
        status = sheet_spread(s, err);
        if (status == KITH_OK)
            consider(list, s, tries > 1 ? 6.0 * (double)crossings(s) + paper(s) : 0);
    }
    s->seed = seed;
    return status;
}

static kith_status tidy(sheet *s, kith_scene_box *kept, kith_error *err)
{
    pull_leaves(s);
    kith_status status = find_scale(s, kept, err);
    if (status == KITH_OK && !sheet_pack(s))
        status = kith_no_memory(err);
    return status == KITH_OK ? sheet_furnish(s, true, err) : status;
}

kith_status sheet_fit(sheet *s, kith_error *err)
{
    const size_t count = s->scene->node_count;
    const int tries = tries_for(s->scene);
    kith_scene_box *kept = calloc(count * (CANDIDATES + 1), sizeof *kept);
    candidate list[CANDIDATES];
    size_t best = 0;

    if (kept == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < CANDIDATES; i++)
        list[i] = (candidate){ kept + count * (i + 1), INFINITY };
    kith_status status = spread_out(s, list, tries, err);
    for (size_t i = 0; status == KITH_OK && tries > 1 && i < CANDIDATES; i++) {
        if (list[i].faults == INFINITY)
            break;
        restore(s, list[i].boxes);
        status = tidy(s, kept, err);
        list[i].faults = faults(s);
        keep(list[i].boxes, s);
        best = list[i].faults < list[best].faults ? i : best;
    }
    if (status == KITH_OK) {
        restore(s, list[best].boxes);
        status = tries > 1 || count + s->scene->tie_count > TRIES_WORK ? sheet_furnish(s, false, err)
                                                                       : push_out(s, false, err);
    }
    free(kept);
    return status;
}
