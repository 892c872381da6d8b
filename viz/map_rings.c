/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_rings.c: one in the middle, what surrounds them in rings by steps, a sector a context.
 *
 * A place, group or object belongs to the context of its kind; a person to that of the declared
 * tie that leads nearest to the middle, as does what is of a kind without one. What has none stands with the
 * peers when it is a child, in the neighbourhood otherwise; the footer says so. A sector is as wide as what stands in
 * it needs. Within a ring each takes the free spot nearest to what it is tied to, or to the middle of its sector. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "map_layout_private.h"
#include "map_private.h"

enum { SECTORS = KITH_ONLINE, GAP = 34, RING = 140, FIRST_RING = 270, UNREACHED = 255,
       MANY_TIES = 100 /* more are a web of which nobody reads a line */ };

static const double pi = 3.14159265358979323846;
static const double used = 5.0 / 6;         /* of a sector, so that sectors stay apart */
static const double least_area = 6 * 8000.0; /* of a sector: that of six small things more than are in it */

static const char *const sector_names[SECTORS] = { "HOME", "PEERS", "SCHOOL", "NEIGHBOURHOOD",
                                                   "ONLINE" };

typedef struct rings {
    kith_laying *l;
    uint32_t middle;
    uint8_t *steps;   /* of each node */
    uint8_t *context; /* of each node: kith_context_kind */
    uint8_t *nearest; /* steps of the end whose tie gave the context */
    double ring;      /* radius at which the next ring begins */
    double middle_angle[SECTORS + 1], half_angle[SECTORS + 1]; /* of each sector, by context */
} rings;

/* Conditions are no steps. */
static void count_steps(rings *r)
{
    const kith_scene *scene = r->l->scene;
    bool more = true;

    memset(r->steps, UNREACHED, scene->node_count);
    r->steps[r->middle] = 0;
    for (uint8_t step = 0; more && step < UNREACHED - 1; step++) {
        more = false;
        for (size_t i = 0; i < scene->tie_count; i++) {
            const kith_scene_tie *tie = &scene->ties[i];
            for (int turn = 0; turn < 2; turn++) {
                const uint32_t near = turn ? tie->to : tie->from, far = turn ? tie->from : tie->to;
                if (tie->barred || r->steps[near] != step || r->steps[far] != UNREACHED)
                    continue;
                r->steps[far] = step + 1;
                more = true;
            }
        }
    }
}

static uint8_t context_of_kind(const rings *r, uint32_t node)
{
    const uint32_t index = r->l->thing[node];

    if (index == KITH_NOTHING)
        return KITH_NO_CONTEXT;
    const kith_thing *thing = &r->l->network->things[index];
    if (thing->home)
        return KITH_HOME;
    return thing->meaning != NULL ? (uint8_t)thing->meaning->context : KITH_NO_CONTEXT;
}

/* A declared tie gives its context to the end that is further out, unless its kind or a nearer
 * one did. */
static void take_context(rings *r, uint32_t near, uint32_t far, uint8_t context)
{
    const bool by_kind = r->context[far] != KITH_NO_CONTEXT && r->nearest[far] == UNREACHED;

    if (by_kind || r->steps[near] >= r->steps[far] || r->steps[near] >= r->nearest[far])
        return;
    r->nearest[far] = r->steps[near];
    r->context[far] = context;
}

static kith_status contexts_of_links(rings *r)
{
    const kith_network *network = r->l->network;
    uint32_t *node_of = malloc((network->thing_count + 1) * sizeof *node_of);

    if (node_of == NULL)
        return kith_no_memory(r->l->err);
    memset(node_of, 0xFF, (network->thing_count + 1) * sizeof *node_of);
    for (uint32_t i = 0; i < r->l->scene->node_count; i++)
        if (r->l->thing[i] != KITH_NOTHING)
            node_of[r->l->thing[i]] = i;
    for (size_t i = 0; i < network->link_count; i++) {
        const kith_link *link = &network->links[i];
        const uint32_t from = node_of[link->from], to = node_of[link->to];
        if (from == KITH_NOTHING || to == KITH_NOTHING || link->meaning->context == KITH_NO_CONTEXT ||
            kith_grade_is_false(network->origins[link->origin].grade))
            continue;
        take_context(r, from, to, (uint8_t)link->meaning->context);
        take_context(r, to, from, (uint8_t)link->meaning->context);
    }
    free(node_of);
    return KITH_OK;
}

static kith_status find_contexts(rings *r)
{
    const kith_scene *scene = r->l->scene;
    size_t guessed = 0;

    for (uint32_t i = 0; i < scene->node_count; i++)
        r->context[i] = context_of_kind(r, i);
    const kith_status status = contexts_of_links(r);
    for (uint32_t i = 0; status == KITH_OK && i < scene->node_count; i++) {
        if (r->context[i] != KITH_NO_CONTEXT || i == r->middle)
            continue;
        r->context[i] = scene->nodes[i].class == KITH_DRAW_CHILD ? KITH_PEER : KITH_NEIGHBOURHOOD;
        guessed++;
    }
    if (guessed > 0)
        kith_laying_note(r->l, "Of %zu no context is recorded: children among them stand with the peers, all else in the neighbourhood.",
                         guessed);
    return status;
}

static bool touches(const kith_scene_box *box, double x, double y, double width, double height, double gap)
{
    return box->placed && fabs(box->x - x) < (box->width + width) / 2 + gap &&
           fabs(box->y - y) < (box->height + height) / 2 + gap;
}

static bool is_free(const rings *r, double x, double y, double width, double height)
{
    for (size_t i = 0; i < r->l->scene->node_count; i++)
        if (touches(&r->l->scene->nodes[i].box, x, y, width, height, GAP))
            return false;
    return true;
}

/* Home is above; the others follow clockwise, each as wide as the paper that its things need. */
static void set_sectors(rings *r)
{
    const kith_scene *scene = r->l->scene;
    double area[SECTORS + 1] = { 0 }, all = 0;

    for (int c = KITH_HOME; c <= KITH_ONLINE; c++)
        area[c] = least_area;
    for (uint32_t i = 0; i < scene->node_count; i++)
        if (i != r->middle)
            area[r->context[i]] += (scene->nodes[i].box.width + GAP) * (scene->nodes[i].box.height + GAP);
    for (int c = KITH_HOME; c <= KITH_ONLINE; c++)
        all += area[c];
    double angle = pi / 2 + pi * area[KITH_HOME] / all;
    for (int c = KITH_HOME; c <= KITH_ONLINE; c++) {
        const double half = pi * area[c] / all;
        r->middle_angle[c] = angle - half;
        r->half_angle[c] = used * half;
        angle -= 2 * half;
    }
}

/* The direction of what a node is tied to and has a place, within its sector; else the sector's middle. */
static double wanted_angle(const rings *r, uint32_t node)
{
    const kith_scene *scene = r->l->scene;
    const double centre = r->middle_angle[r->context[node]], half = r->half_angle[r->context[node]];
    double x = 0, y = 0;

    for (size_t i = 0; i < scene->tie_count; i++) {
        const kith_scene_tie *tie = &scene->ties[i];
        const uint32_t other = tie->from == node ? tie->to : tie->to == node ? tie->from : node;
        const kith_scene_box *box = &scene->nodes[other].box;
        if (tie->barred || other == node || other == r->middle || !box->placed)
            continue;
        x += box->x / hypot(box->x, box->y);
        y += box->y / hypot(box->x, box->y);
    }
    if (hypot(x, y) < 1e-6)
        return centre;
    const double off = remainder(atan2(y, x) - centre, 2 * pi);
    return centre + fmax(-half, fmin(half, off));
}

/* The free spot of the sector nearest to where the node is wanted, on the innermost arc that has one. */
static double place(rings *r, uint32_t node)
{
    const kith_scene_box *box = &r->l->scene->nodes[node].box;
    const double centre = r->middle_angle[r->context[node]], half = r->half_angle[r->context[node]];
    const double wanted = wanted_angle(r, node);

    for (double radius = r->ring;; radius += 16) {
        const double step = 10 / radius;
        for (int k = 0; step * ((k + 1) / 2) <= 2 * half; k++) {
            const double angle = wanted + (k % 2 ? 1 : -1) * step * ((k + 1) / 2);
            const double x = radius * cos(angle), y = radius * sin(angle);
            if (fabs(angle - centre) > half || !is_free(r, x, y, box->width, box->height))
                continue;
            kith_laying_put(r->l, node, x, y);
            return radius;
        }
    }
}

/* One ring after the other; what no line reaches stands in the last. */
static void place_rings(rings *r)
{
    const kith_scene *scene = r->l->scene;
    size_t left = scene->node_count - 1;

    kith_laying_put(r->l, r->middle, 0, 0);
    r->ring = FIRST_RING;
    for (int step = 1; left > 0 && step <= UNREACHED; step++) {
        double outermost = 0;
        for (uint32_t i = 0; i < scene->node_count; i++) {
            if (r->steps[i] != step)
                continue;
            outermost = fmax(outermost, place(r, i));
            left--;
        }
        if (outermost > 0)
            r->ring = outermost + RING;
    }
}

/* The end of a tie that is a ring further out, when the other is a ring nearer; else none. */
static uint32_t outer_end(const rings *r, const kith_scene_tie *tie)
{
    if (r->steps[tie->from] + 1 == r->steps[tie->to])
        return tie->to;
    return r->steps[tie->to] + 1 == r->steps[tie->from] ? tie->from : KITH_NOTHING;
}

static bool is_stronger(const kith_scene_tie *a, const kith_scene_tie *b)
{
    if (a->line != b->line)
        return a->line > b->line;
    return a->inferred != b->inferred ? b->inferred : a->weight > b->weight;
}

/* Of very many lines those are left that say how each thing is reached, the strongest of each, and every
 * risk, protection and condition; the others are counted. */
static kith_status thin_out(rings *r)
{
    kith_scene *scene = r->l->scene;
    const size_t count = scene->tie_count;
    size_t *best = malloc((scene->node_count + 1) * sizeof *best), left_out = 0;
    bool *gone = calloc(count + 1, sizeof *gone);
    kith_status status = best != NULL && gone != NULL ? KITH_OK : kith_no_memory(r->l->err);

    if (status != KITH_OK || count <= MANY_TIES)
        goto out;
    memset(best, 0xFF, (scene->node_count + 1) * sizeof *best);
    for (size_t i = 0; i < count; i++) {
        const uint32_t outer = outer_end(r, &scene->ties[i]);
        if (outer != KITH_NOTHING && (best[outer] == SIZE_MAX || is_stronger(&scene->ties[i], &scene->ties[best[outer]])))
            best[outer] = i;
    }
    for (size_t i = 0; i < count; i++) {
        const kith_scene_tie *tie = &scene->ties[i];
        const uint32_t outer = outer_end(r, tie);
        gone[i] = !tie->barred && tie->tone == KITH_DRAW_NEUTRAL && (outer == KITH_NOTHING || best[outer] != i);
        left_out += gone[i];
    }
    kith_map_remove_ties(scene, gone);
    kith_laying_note(r->l, "Too many lines to be read: drawn are each risk, protection and condition, and the strongest line by which each thing "
                           "is reached from a ring nearer; not drawn: %zu others. A map without --layout has them.", left_out);

out:
    free(best);
    free(gone);
    return status;
}

/* Beyond what stands in the sector, or where it would stand. */
static void name_sector(rings *r, int context)
{
    const double angle = r->middle_angle[context];
    double radius = 0;
    kith_text text = { 0 };

    for (uint32_t i = 0; i < r->l->scene->node_count; i++) {
        const kith_scene_box *box = &r->l->scene->nodes[i].box;
        if (r->context[i] == context && i != r->middle)
            radius = fmax(radius, hypot(box->x, box->y) + hypot(box->width, box->height) / 2 + GAP);
    }
    kith_text_add(&text, sector_names[context - 1]);
    if (radius < FIRST_RING) {
        kith_text_add(&text, "\nnothing on this map");
        radius = FIRST_RING + RING / 2.0;
    }
    while (!is_free(r, radius * cos(angle), radius * sin(angle), 130, 30))
        radius += 10;
    kith_laying_words(r->l, radius * cos(angle), radius * sin(angle), KITH_DRAW_CENTRE,
                      kith_text_string(&text));
    r->l->scene->failed = r->l->scene->failed || text.failed;
    kith_text_free(&text);
}

static kith_status find_middle(rings *r)
{
    size_t count = 0;

    for (uint32_t i = 0; i < r->l->scene->node_count; i++) {
        if (!r->l->scene->nodes[i].focus)
            continue;
        r->middle = i;
        count++;
    }
    return count == 1 ? KITH_OK
                      : kith_fail(r->l->err, KITH_USAGE,
                                  "rings are drawn around one person, place or group: give one ID");
}

kith_status kith_laying_rings(kith_laying *l)
{
    rings r = { .l = l };
    const size_t count = l->scene->node_count;

    kith_status status = find_middle(&r);
    if (status != KITH_OK)
        return status;
    r.steps = malloc(count);
    r.context = calloc(count, 1);
    r.nearest = malloc(count);
    if (r.steps == NULL || r.context == NULL || r.nearest == NULL) {
        status = kith_no_memory(l->err);
        goto out;
    }
    memset(r.nearest, UNREACHED, count);
    count_steps(&r);
    status = find_contexts(&r);
    if (status != KITH_OK)
        goto out;
    set_sectors(&r);
    place_rings(&r);
    for (int context = KITH_HOME; context <= KITH_ONLINE; context++)
        name_sector(&r, context);
    status = thin_out(&r);

out:
    free(r.steps);
    free(r.context);
    free(r.nearest);
    return status;
}
