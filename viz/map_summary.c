/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_summary.c: a picture that can be read out of one that cannot.
 *
 * Every node of the whole scene stands for itself, in its peer group, beside the one thing that it
 * is tied to, or is left out. Each step goes no further than it must, and everything that is not
 * drawn as itself is counted in the footer. */
#include <stdlib.h>
#include <string.h>

#include "map_summary_private.h"

void summary_count(summary_tally *t, const kith_scene_node *node)
{
    const bool person = node->class <= KITH_DRAW_UNKNOWN_AGE;

    t->people += person;
    t->children += node->class == KITH_DRAW_CHILD;
    t->places += node->class == KITH_DRAW_PLACE;
    t->others += !person && node->class != KITH_DRAW_PLACE;
}

static kith_status start(summary *s)
{
    const size_t nodes = s->whole->node_count + 1, clusters = s->whole->cluster_count + 1;

    s->count = s->whole->node_count;
    s->fate = calloc(nodes, 1);
    s->group = calloc(clusters, sizeof *s->group);
    s->members = calloc(clusters, sizeof *s->members);
    s->own = calloc(clusters, sizeof *s->own);
    s->other = calloc(nodes, sizeof *s->other);
    s->beside = calloc(nodes, sizeof *s->beside);
    s->node = calloc(nodes, sizeof *s->node);
    s->order = calloc(nodes + clusters, sizeof *s->order);
    if (s->fate == NULL || s->group == NULL || s->members == NULL || s->own == NULL || s->other == NULL ||
        s->beside == NULL || s->node == NULL || s->order == NULL)
        return kith_no_memory(s->err);
    for (size_t i = 0; i < s->whole->node_count; i++) {
        const kith_scene_node *node = &s->whole->nodes[i];
        s->about = s->about || node->focus;
        if (node->cluster == KITH_NO_CLUSTER)
            continue;
        s->own[node->cluster] = s->own[node->cluster] || node->focus;
        s->members[node->cluster] += !node->focus;
    }
    return KITH_OK;
}

typedef struct ranked {
    size_t key; /* the larger first */
    uint32_t index;
} ranked;

static int by_key(const void *left, const void *right)
{
    const ranked *a = left, *b = right;

    if (a->key != b->key)
        return a->key > b->key ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* The indexes of those with a key above 0 into order, the largest key first; how many. */
static size_t rank(summary *s, const uint32_t *keys, size_t count)
{
    ranked *list = calloc(count + 1, sizeof *list);
    size_t found = 0;

    if (list == NULL) {
        s->made->failed = true;
        return 0;
    }
    for (uint32_t i = 0; i < count; i++)
        if (keys[i] > 0)
            list[found++] = (ranked){ keys[i], i };
    qsort(list, found, sizeof *list, by_key);
    for (size_t i = 0; i < found; i++)
        s->order[i] = list[i].index;
    free(list);
    return found;
}

/* The groups of those whom the map is about are the last to be drawn as one. */
static void take_groups(summary *s)
{
    const size_t found = rank(s, s->members, s->whole->cluster_count);

    for (int own = 0; own < 2; own++)
        for (size_t i = 0; i < found && s->count > s->most; i++) {
            const uint32_t cluster = s->order[i];
            if (s->members[cluster] < 2 || s->own[cluster] != (own == 1))
                continue;
            s->group[cluster] = 1;
            s->count -= s->members[cluster] - 1;
        }
    for (size_t i = 0; i < s->whole->node_count; i++) {
        const kith_scene_node *node = &s->whole->nodes[i];
        if (node->focus || node->cluster == KITH_NO_CLUSTER || s->group[node->cluster] == 0)
            continue;
        s->fate[i] = SUMMARY_IN_GROUP;
    }
}

/* What a node is drawn as: itself, or any one of its group's. */
static uint32_t stands_for(const summary *s, uint32_t node)
{
    return s->fate[node] == SUMMARY_IN_GROUP ? (uint32_t)s->whole->node_count + s->whole->nodes[node].cluster : node;
}

static const uint32_t MANY = UINT32_MAX - 1; /* tied to several, or by a condition */

static void meet(summary *s, uint32_t node, uint32_t other, bool barred)
{
    if (barred || s->other[node] == MANY)
        s->other[node] = MANY;
    else
        s->other[node] = s->other[node] == KITH_NOTHING || s->other[node] == other ? other : MANY;
}

static void find_only_neighbours(summary *s)
{
    for (size_t i = 0; i < s->whole->node_count; i++)
        s->other[i] = KITH_NOTHING;
    for (size_t i = 0; i < s->whole->tie_count; i++) {
        const kith_scene_tie *tie = &s->whole->ties[i];
        meet(s, tie->from, stands_for(s, tie->to), tie->barred);
        meet(s, tie->to, stands_for(s, tie->from), tie->barred);
    }
}

static void put_away(summary *s, uint32_t node, unsigned char fate)
{
    s->fate[node] = fate;
    s->count--;
}

static bool is_plain(const summary *s, size_t node)
{
    return s->fate[node] == SUMMARY_DRAWN && !s->whole->nodes[node].focus && s->whole->nodes[node].emphasis[0] == '\0';
}

/* A thing with a single tie, of which there are so many at the other end. */
typedef struct leaf {
    uint32_t siblings, at, node;
} leaf;

static int by_siblings(const void *left, const void *right)
{
    const leaf *a = left, *b = right;

    if (a->siblings != b->siblings)
        return a->siblings > b->siblings ? -1 : 1;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return (a->node > b->node) - (a->node < b->node);
}

/* Two that have only each other are no leaves: one of them would be counted beside nobody. */
static bool is_leaf(const summary *s, uint32_t node)
{
    const uint32_t at = s->other[node];

    return is_plain(s, node) && at < s->whole->node_count && s->fate[at] == SUMMARY_DRAWN && s->other[at] != node;
}

/* Those with no tie first; then those with one, from where most of them are. */
static kith_status take_leaves(summary *s)
{
    const uint32_t nodes = (uint32_t)s->whole->node_count;
    leaf *list = calloc(nodes + 1, sizeof *list);
    size_t count = 0;

    if (list == NULL)
        return kith_no_memory(s->err);
    find_only_neighbours(s);
    for (uint32_t i = nodes; i-- > 0 && s->count > s->most;)
        if (is_plain(s, i) && s->other[i] == KITH_NOTHING)
            put_away(s, i, SUMMARY_LEFT_OUT);
    for (uint32_t i = 0; i < nodes; i++)
        if (is_leaf(s, i))
            s->beside[s->other[i]]++;
    for (uint32_t i = 0; i < nodes; i++)
        if (is_leaf(s, i))
            list[count++] = (leaf){ s->beside[s->other[i]], s->other[i], i };
    qsort(list, count, sizeof *list, by_siblings);
    memset(s->beside, 0, nodes * sizeof *s->beside);
    for (size_t i = 0; i < count && s->count > s->most; i++) {
        put_away(s, list[i].node, SUMMARY_BESIDE);
        s->beside[list[i].at]++;
    }
    free(list);
    return KITH_OK;
}

/* A group that is drawn as one is left out whole. */
static void leave_group(summary *s, uint32_t cluster)
{
    s->group[cluster] = 0;
    s->count--;
}

/* The scene's nodes are nearest first, and a group is as near as the nearest of its members. */
static void take_furthest(summary *s)
{
    for (uint32_t i = (uint32_t)s->whole->node_count; i-- > 0 && s->count > s->most;) {
        const kith_scene_node *node = &s->whole->nodes[i];
        if (s->fate[i] == SUMMARY_DRAWN && !node->focus)
            put_away(s, i, SUMMARY_LEFT_OUT);
        else if (s->fate[i] == SUMMARY_IN_GROUP && --s->members[node->cluster] == 0)
            leave_group(s, node->cluster);
    }
}

/* Of a whole network the largest groups are kept: nobody in it is nearer than others. */
static void take_smallest(summary *s)
{
    for (uint32_t i = (uint32_t)s->whole->node_count; i-- > 0 && s->count > s->most;)
        if (s->fate[i] == SUMMARY_DRAWN)
            put_away(s, i, SUMMARY_LEFT_OUT);
    for (size_t i = rank(s, s->members, s->whole->cluster_count); i-- > 0 && s->count > s->most;)
        if (s->group[s->order[i]] != 0)
            leave_group(s, s->order[i]);
}

/* What is counted beside something that is left out after all is left out, too. */
static void settle(summary *s)
{
    for (uint32_t i = 0; i < s->whole->node_count; i++) {
        const kith_scene_node *node = &s->whole->nodes[i];
        if (s->fate[i] == SUMMARY_IN_GROUP && s->group[node->cluster] == 0)
            s->fate[i] = SUMMARY_LEFT_OUT;
        if (s->fate[i] == SUMMARY_BESIDE && s->fate[s->other[i]] == SUMMARY_LEFT_OUT)
            s->fate[i] = SUMMARY_LEFT_OUT;
        if (s->fate[i] != SUMMARY_DRAWN)
            summary_count(s->fate[i] == SUMMARY_IN_GROUP ? &s->grouped
                          : s->fate[i] == SUMMARY_BESIDE ? &s->folded
                                                         : &s->left, node);
    }
    for (size_t c = 0; c < s->whole->cluster_count; c++)
        s->group_count += s->group[c] != 0;
}

static kith_status make(summary *s, size_t most_ties)
{
    kith_status status = start(s);

    if (status != KITH_OK)
        return status;
    if (s->count > s->most)
        take_groups(s);
    status = s->count > s->most ? take_leaves(s) : KITH_OK;
    if (status != KITH_OK)
        return status;
    if (s->about)
        take_furthest(s);
    else
        take_smallest(s);
    settle(s);
    return summary_make_scene(s, most_ties);
}

kith_status kith_map_summarise(kith_scene *scene, size_t most, size_t most_ties, kith_error *err)
{
    kith_scene made = { 0 };
    summary s = { .whole = scene, .made = &made, .most = most, .err = err };

    if (scene->node_count <= most && (most_ties == 0 || scene->tie_count <= most_ties))
        return KITH_OK;
    const kith_status status = make(&s, most_ties);
    free(s.fate);
    free(s.group);
    free(s.members);
    free(s.own);
    free(s.other);
    free(s.beside);
    free(s.node);
    free(s.order);
    if (status != KITH_OK) {
        kith_scene_free(&made);
        return status;
    }
    kith_scene_free(scene);
    *scene = made;
    return KITH_OK;
}
