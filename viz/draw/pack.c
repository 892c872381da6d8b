/* SPDX-License-Identifier: MIT */
/* pack.c: parts of a picture that nothing joins, side by side.
 *
 * A part is what ties, conditions and clusters hold together, with its curves and labels.
 * Parts are put on shelves, the highest first, as wide as makes the whole a little wider
 * than high; inside a part nothing moves. */
#include "draw.h"

#include <math.h>
#include <stdlib.h>

enum { PART_GAP = 36 };

typedef struct part {
    rect bounds;
    size_t first; /* lowest node of the part, which names it */
    double dx, dy;
} part;

static size_t root_of(size_t *parent, size_t node)
{
    while (parent[node] != node)
        node = parent[node] = parent[parent[node]];
    return node;
}

/* The lower root stays, so that a part is named by its first node. */
static void join(size_t *parent, size_t a, size_t b)
{
    const size_t x = root_of(parent, a), y = root_of(parent, b);

    parent[x > y ? x : y] = x < y ? x : y;
}

static void join_all(const sheet *s, size_t *parent, size_t *first_of_cluster)
{
    const kith_scene *scene = s->scene;

    for (size_t i = 0; i < scene->node_count; i++)
        parent[i] = i;
    for (size_t i = 0; i < scene->tie_count; i++)
        join(parent, scene->ties[i].from, scene->ties[i].to);
    for (size_t c = 0; c < scene->cluster_count; c++)
        first_of_cluster[c] = SIZE_MAX;
    for (size_t i = 0; i < scene->node_count; i++) {
        const uint32_t cluster = scene->nodes[i].cluster;
        if (cluster == KITH_NO_CLUSTER)
            continue;
        if (first_of_cluster[cluster] == SIZE_MAX)
            first_of_cluster[cluster] = i;
        join(parent, first_of_cluster[cluster], i);
    }
}

static size_t list_parts(const sheet *s, size_t *parent, part *parts, size_t *part_of)
{
    const kith_scene *scene = s->scene;
    size_t count = 0;

    for (size_t i = 0; i < scene->node_count; i++) {
        const size_t root = root_of(parent, i);
        if (root == i) {
            part_of[i] = count;
            parts[count++] = (part){ .bounds = node_box(s, i), .first = i };
        }
        part_of[i] = part_of[root];
        part *p = &parts[part_of[i]];
        p->bounds = rect_around(p->bounds, node_box(s, i));
        if (scene->nodes[i].cluster != KITH_NO_CLUSTER)
            p->bounds = rect_around(p->bounds, s->cluster_boxes[scene->nodes[i].cluster]);
    }
    for (size_t i = 0; i < scene->tie_count; i++) {
        part *p = &parts[part_of[scene->ties[i].from]];
        const kith_scene_box *label = &scene->ties[i].box;
        p->bounds = rect_around(p->bounds, s->bounds[i]);
        if (label->placed)
            p->bounds =
                rect_around(p->bounds, (rect){ label->x, label->y, label->width, label->height });
    }
    return count;
}

static int by_height(const void *left, const void *right)
{
    const part *a = *(const part *const *)left, *b = *(const part *const *)right;

    if (a->bounds.height != b->bounds.height)
        return a->bounds.height > b->bounds.height ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

/* How wide the shelves are: the widest part, or what makes the page wider than high. */
static double shelf_width(const part *parts, size_t count)
{
    double area = 0, widest = 0;

    for (size_t i = 0; i < count; i++) {
        const rect b = parts[i].bounds;
        area += (b.width + PART_GAP) * (b.height + PART_GAP);
        widest = b.width > widest ? b.width : widest;
    }
    const double wanted = sqrt(area * 1.7);
    return wanted > widest ? wanted : widest;
}

static void put_on_shelves(part **order, size_t count, double width)
{
    double x = 0, y = 0, high = 0;

    for (size_t i = 0; i < count; i++) {
        const rect b = order[i]->bounds;
        if (x > 0 && x + b.width > width) {
            y -= high + PART_GAP;
            x = high = 0;
        }
        order[i]->dx = x - (b.x - b.width / 2);
        order[i]->dy = y - (b.y + b.height / 2);
        x += b.width + PART_GAP;
        high = b.height > high ? b.height : high;
    }
}

bool sheet_pack(sheet *s)
{
    const size_t nodes = s->scene->node_count;
    size_t *parent = calloc(nodes + 1, sizeof *parent),
           *part_of = calloc(nodes + 1, sizeof *part_of);
    size_t *clusters = calloc(s->scene->cluster_count + 1, sizeof *clusters);
    part *parts = calloc(nodes + 1, sizeof *parts), **order = calloc(nodes + 1, sizeof *order);
    const bool whole =
        parent != NULL && part_of != NULL && clusters != NULL && parts != NULL && order != NULL;

    if (whole) {
        join_all(s, parent, clusters);
        const size_t count = list_parts(s, parent, parts, part_of);
        for (size_t i = 0; i < count; i++)
            order[i] = &parts[i];
        qsort(order, count, sizeof *order, by_height);
        put_on_shelves(order, count, shelf_width(parts, count));
        for (size_t i = 0; count > 1 && i < nodes; i++) {
            s->scene->nodes[i].box.x += parts[part_of[i]].dx;
            s->scene->nodes[i].box.y += parts[part_of[i]].dy;
        }
    }
    free(parent);
    free(part_of);
    free(clusters);
    free(parts);
    free(order);
    return whole;
}
