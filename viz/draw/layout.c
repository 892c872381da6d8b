/* SPDX-License-Identifier: MIT */
/* layout.c: where things stand.
 *
 * Force layouts know nothing of groups, so the members of a cluster are laid out by
 * themselves first; then each cluster stands in the whole as one large box. Thus a
 * cluster's frame holds its members, and nobody else. Both layouts are sfdp's with a
 * fixed start, its overlaps taken away (prism). Things that come with a place keep it:
 * new ones are put beside what they are tied to, at the nearest spot that is free. */
#include "draw.h"

#include <gvc.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct pair {
    uint32_t a, b;
} pair;

/* One layout: boxes and what pulls them together. Barred ties pull nothing. */
typedef struct field {
    rect *boxes;
    size_t count;
    pair *pairs;
    size_t pair_count;
} field;

static void inches(Agnode_t *node, const char *name, double points)
{
    char text[32];

    snprintf(text, sizeof text, "%.4f", points / 72);
    sheet_set(node, name, text);
}

static Agraph_t *field_graph(const sheet *s, const field *f, Agnode_t **nodes)
{
    char text[64];
    Agraph_t *graph = agopen("field", Agundirected, NULL);

    if (graph == NULL)
        return NULL;
    snprintf(text, sizeof text, "%ld", s->seed);
    agattr(graph, AGRAPH, "start", text);
    agattr(graph, AGRAPH, "overlap", "prism");
    agattr(graph, AGRAPH, "splines", "");
    agattr(graph, AGRAPH, "sep", "+11,9");
    agattr(graph, AGRAPH, "overlap_scaling", "-2");
    agattr(graph, AGRAPH, "repulsiveforce", "1");
    agattr(graph, AGNODE, "shape", "box");
    agattr(graph, AGNODE, "label", "");
    agattr(graph, AGNODE, "fixedsize", "true");
    for (size_t i = 0; i < f->count; i++) {
        snprintf(text, sizeof text, "%zu", i);
        nodes[i] = agnode(graph, text, 1);
        inches(nodes[i], "width", f->boxes[i].width);
        inches(nodes[i], "height", f->boxes[i].height);
    }
    for (size_t i = 0; i < f->pair_count; i++)
        agedge(graph, nodes[f->pairs[i].a], nodes[f->pairs[i].b], "", 1);
    return graph;
}

/* Lays the boxes of a field out around the origin. */
static kith_status spread(sheet *s, field *f, kith_error *err)
{
    kith_status status = KITH_OK;
    Agnode_t **nodes = calloc(f->count + 1, sizeof(Agnode_t *));
    Agraph_t *graph = nodes != NULL ? field_graph(s, f, nodes) : NULL;

    if (graph == NULL) {
        free(nodes);
        return kith_no_memory(err);
    }
    if (f->count == 1)
        f->boxes[0].x = f->boxes[0].y = 0;
    else if (f->count > 1 && gvLayout(s->gvc, graph, "sfdp") != 0)
        status = kith_fail(err, KITH_INTERNAL, "sfdp could not lay the picture out: %s",
                           aglasterr() != NULL ? aglasterr() : "no reason given");
    if (status == KITH_OK && f->count > 1) {
        for (size_t i = 0; i < f->count; i++) {
            f->boxes[i].x = ND_coord(nodes[i]).x;
            f->boxes[i].y = ND_coord(nodes[i]).y;
        }
        gvFreeLayout(s->gvc, graph);
    }
    agclose(graph);
    free(nodes);
    return status;
}

/* The frame of a cluster whose members have places: theirs, and room for its label. */
static rect frame_of(const sheet *s, uint32_t cluster)
{
    rect frame = { 0 };
    bool any = false;

    for (size_t i = 0; i < s->scene->node_count; i++) {
        if (s->scene->nodes[i].cluster != cluster || !s->scene->nodes[i].box.placed)
            continue;
        frame = any ? rect_around(frame, node_box(s, i)) : node_box(s, i);
        any = true;
    }
    if (!any)
        return frame;
    frame.width += 2 * CLUSTER_PAD;
    frame.height += CLUSTER_PAD + CLUSTER_TOP;
    frame.y += (CLUSTER_TOP - CLUSTER_PAD) / 2.0;
    const double least = s->cluster_labels[cluster].box.width + 2 * CLUSTER_PAD;
    if (frame.width < least)
        frame.width = least;
    return frame;
}

/* The members of one cluster among themselves. */
static kith_status lay_cluster(sheet *s, uint32_t cluster, field *f, uint32_t *member,
                               kith_error *err)
{
    const kith_scene *scene = s->scene;

    f->count = f->pair_count = 0;
    for (size_t i = 0; i < scene->node_count; i++) {
        if (scene->nodes[i].cluster == cluster) {
            member[i] = (uint32_t)f->count;
            f->boxes[f->count++] = node_box(s, i);
        }
    }
    for (size_t i = 0; i < scene->tie_count; i++) {
        const kith_scene_tie *tie = &scene->ties[i];
        if (!tie->barred && scene->nodes[tie->from].cluster == cluster &&
            scene->nodes[tie->to].cluster == cluster)
            f->pairs[f->pair_count++] = (pair){ member[tie->from], member[tie->to] };
    }
    const kith_status status = f->count > 0 ? spread(s, f, err) : KITH_OK;
    for (size_t i = 0; status == KITH_OK && i < scene->node_count; i++) {
        if (scene->nodes[i].cluster == cluster) {
            scene->nodes[i].box.x = f->boxes[member[i]].x;
            scene->nodes[i].box.y = f->boxes[member[i]].y;
            scene->nodes[i].box.placed = true;
        }
    }
    return status;
}

/* Clusters as boxes, and the nodes outside of them; then everybody is moved there. */
static kith_status lay_whole(sheet *s, field *f, uint32_t *member, kith_error *err)
{
    const kith_scene *scene = s->scene;

    f->count = scene->cluster_count;
    f->pair_count = 0;
    for (uint32_t c = 0; c < scene->cluster_count; c++) {
        s->cluster_boxes[c] = frame_of(s, c);
        f->boxes[c] = s->cluster_boxes[c];
    }
    for (size_t i = 0; i < scene->node_count; i++) {
        const uint32_t cluster = scene->nodes[i].cluster;
        member[i] = cluster != KITH_NO_CLUSTER ? cluster : (uint32_t)f->count;
        if (cluster == KITH_NO_CLUSTER)
            f->boxes[f->count++] = node_box(s, i);
    }
    for (size_t i = 0; i < scene->tie_count; i++) {
        const pair p = { member[scene->ties[i].from], member[scene->ties[i].to] };
        if (p.a != p.b && !scene->ties[i].barred)
            f->pairs[f->pair_count++] = p;
    }
    const kith_status status = f->count > 0 ? spread(s, f, err) : KITH_OK;
    for (size_t i = 0; status == KITH_OK && i < scene->node_count; i++) {
        kith_scene_box *area = &scene->nodes[i].box;
        const rect at = f->boxes[member[i]];
        const uint32_t cluster = scene->nodes[i].cluster;
        area->x = at.x + (cluster != KITH_NO_CLUSTER ? area->x - s->cluster_boxes[cluster].x : 0);
        area->y = at.y + (cluster != KITH_NO_CLUSTER ? area->y - s->cluster_boxes[cluster].y : 0);
    }
    return status;
}

kith_status sheet_spread(sheet *s, kith_error *err)
{
    const kith_scene *scene = s->scene;
    field f = { 0 };
    kith_status status = KITH_OK;
    uint32_t *member = calloc(scene->node_count + 1, sizeof *member);

    f.boxes = calloc(scene->node_count + scene->cluster_count + 1, sizeof *f.boxes);
    f.pairs = calloc(scene->tie_count + 1, sizeof *f.pairs);
    if (member == NULL || f.boxes == NULL || f.pairs == NULL)
        status = kith_no_memory(err);
    for (uint32_t c = 0; status == KITH_OK && c < scene->cluster_count; c++)
        status = lay_cluster(s, c, &f, member, err);
    if (status == KITH_OK)
        status = lay_whole(s, &f, member, err);
    free(member);
    free(f.boxes);
    free(f.pairs);
    return status;
}

static bool spot_is_free(const sheet *s, size_t node, rect area, double gap)
{
    for (size_t i = 0; i < s->scene->node_count; i++)
        if (i != node && s->scene->nodes[i].box.placed && rects_touch(area, node_box(s, i), gap))
            return false;
    for (uint32_t c = 0; c < s->scene->cluster_count; c++)
        if (c != s->scene->nodes[node].cluster && s->cluster_boxes[c].width > 0 &&
            rects_touch(area, s->cluster_boxes[c], gap))
            return false;
    return true;
}

static void make_frames(sheet *s)
{
    for (uint32_t c = 0; c < s->scene->cluster_count; c++)
        s->cluster_boxes[c] = frame_of(s, c);
}

/* The middle of what a node is tied to or clustered with, among what has a place. */
static size_t pull(const sheet *s, size_t node, place *out)
{
    const kith_scene *scene = s->scene;
    size_t count = 0;
    double x = 0, y = 0;

    for (size_t i = 0; i < scene->tie_count; i++) {
        const kith_scene_tie *tie = &scene->ties[i];
        const size_t other = tie->from == node ? tie->to : tie->to == node ? tie->from : node;
        if (other == node || tie->barred || !scene->nodes[other].box.placed)
            continue;
        x += scene->nodes[other].box.x;
        y += scene->nodes[other].box.y;
        count++;
    }
    *out = count > 0 ? (place){ x / (double)count, y / (double)count } : (place){ 0, 0 };
    return count;
}

/* The free spot nearest to where it is pulled, along a spiral. */
static void place_beside(sheet *s, size_t node, place near)
{
    kith_scene_box *area = &s->scene->nodes[node].box;
    rect spot = { near.x, near.y, area->width, area->height };

    for (int step = 0; step < 20000 && !spot_is_free(s, node, spot, NODE_GAP); step++) {
        const double angle = 0.6 * step, radius = 6 * sqrt(step + 1);
        spot.x = near.x + 1.4 * radius * cos(angle);
        spot.y = near.y + radius * sin(angle);
    }
    area->x = spot.x;
    area->y = spot.y;
    area->placed = true;
}

/* New nodes one by one, those with most placed neighbours first. */
static void place_new(sheet *s)
{
    const size_t count = s->scene->node_count;
    place near = { 0 }, pulled;

    for (;;) {
        size_t best = count, most = 0;
        for (size_t i = 0; i < count; i++) {
            if (s->scene->nodes[i].box.placed)
                continue;
            const size_t ties = pull(s, i, &pulled);
            if (best == count || ties > most) {
                best = i;
                most = ties;
                near = pulled;
            }
        }
        if (best == count)
            return;
        make_frames(s);
        place_beside(s, best, near);
    }
}

/* A frame's label stands in its upper left corner. */
static void label_clusters(sheet *s)
{
    for (size_t i = 0; i < s->scene->cluster_count; i++) {
        rect *label = &s->cluster_labels[i].box;
        const rect frame = s->cluster_boxes[i];
        label->x = frame.x - frame.width / 2 + 8 + label->width / 2;
        label->y = frame.y + frame.height / 2 - 4 - label->height / 2;
    }
}

/* Where things keep their places a group's members may stand far apart: a frame that would hold
 * somebody who is not of the group is not drawn. Titles and table still name the group. */
static void drop_false_frames(sheet *s)
{
    for (uint32_t c = 0; c < s->scene->cluster_count; c++)
        for (size_t i = 0; i < s->scene->node_count; i++)
            if (s->scene->nodes[i].cluster != c && rects_touch(s->cluster_boxes[c], node_box(s, i), 0))
                s->cluster_boxes[c] = (rect){ 0 };
}

static double hundredth(double value)
{
    return round(value * 100) / 100;
}

/* What is printed is what is drawn: places are rounded before anything rests on them. */
void sheet_settle(sheet *s)
{
    for (size_t i = 0; i < s->scene->node_count; i++) {
        kith_scene_box *area = &s->scene->nodes[i].box;
        area->x = hundredth(area->x);
        area->y = hundredth(area->y);
        area->placed = true;
    }
    make_frames(s);
    drop_false_frames(s);
    label_clusters(s);
}

static size_t placed_count(const kith_scene *scene, bool unpinned)
{
    size_t count = 0;

    for (size_t i = 0; i < scene->node_count; i++)
        count += scene->nodes[i].box.placed && !(unpinned && scene->nodes[i].pinned);
    return count;
}

/* Who stands in another's way finds the nearest free spot to where they stood. */
static void give_way(sheet *s, size_t node)
{
    kith_scene_box *area = &s->scene->nodes[node].box;

    if (!spot_is_free(s, node, node_box(s, node), 1)) {
        area->placed = false;
        place_beside(s, node, (place){ area->x, area->y });
    }
}

/* A thing that got more words since it was placed is no reason to move any other. */
static void make_room(sheet *s)
{
    make_frames(s);
    for (size_t i = 0; i < s->scene->node_count; i++)
        if (s->grown[i] && !s->scene->nodes[i].pinned)
            give_way(s, i);
}

static void shift(kith_scene *scene, double dx, double dy)
{
    for (size_t i = 0; i < scene->node_count; i++) {
        scene->nodes[i].box.x += dx;
        scene->nodes[i].box.y += dy;
    }
}

/* Everything is laid out, moved to where the pinned ones are on the whole, and these put back. */
static kith_status fit_around_pins(sheet *s, kith_error *err)
{
    kith_scene *scene = s->scene;
    kith_scene_box *pinned = calloc(scene->node_count, sizeof *pinned);
    double dx = 0, dy = 0, count = 0;

    if (pinned == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < scene->node_count; i++)
        pinned[i] = scene->nodes[i].box;
    kith_status status = sheet_fit(s, err);
    for (size_t i = 0; i < scene->node_count; i++) {
        if (!scene->nodes[i].pinned)
            continue;
        dx += pinned[i].x - scene->nodes[i].box.x;
        dy += pinned[i].y - scene->nodes[i].box.y;
        count++;
    }
    shift(scene, dx / count, dy / count);
    for (size_t i = 0; i < scene->node_count; i++)
        if (scene->nodes[i].pinned)
            scene->nodes[i].box = pinned[i];
    make_frames(s);
    for (size_t i = 0; status == KITH_OK && i < scene->node_count; i++)
        if (!scene->nodes[i].pinned)
            give_way(s, i);
    free(pinned);
    return status == KITH_OK ? sheet_furnish(s, false, err) : status;
}

kith_status sheet_layout(sheet *s, kith_error *err)
{
    const size_t count = s->scene->node_count, placed = placed_count(s->scene, false);

    if (placed < count && count > KITH_SCENE_LAID_OUT)
        return kith_fail(err, KITH_INPUT,
                         "the scene has %zu nodes, some without a place; at most %d are laid out, "
                         "so split the picture or give x and y for each",
                         count, KITH_SCENE_LAID_OUT);
    if (placed == 0 && count > 0)
        return sheet_fit(s, err);
    if (placed < count && placed_count(s->scene, true) == 0)
        return fit_around_pins(s, err);
    make_room(s);
    place_new(s);
    return sheet_furnish(s, false, err);
}
