/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_summary.c: a picture that can be read out of one that cannot.
 *
 * Every node of the whole scene stands for itself, in its peer group, beside the one thing that it
 * is tied to, or is left out. Each step goes no further than it must, and everything that is not
 * drawn as itself is counted in the footer. */
#include <stdlib.h>
#include <string.h>

#include "kith/map.h"

enum { DRAWN, IN_GROUP, BESIDE, LEFT_OUT };

typedef struct tally {
    size_t people, children, places, others;
} tally;

typedef struct summary {
    const kith_scene *whole;
    kith_scene *made;
    size_t most, count; /* nodes that may be, and would be, drawn */
    unsigned char *fate;
    uint32_t *group;   /* of each cluster: 1 when it is drawn as one node; then that node */
    uint32_t *members; /* of each cluster: those who would be drawn as one */
    bool *own;         /* of each cluster: somebody of it is whom the map is about */
    bool about;        /* it is about somebody, and so nearest first */
    uint32_t *other;   /* of each node: the only thing that it is tied to, or KITH_NOTHING */
    uint32_t *beside;  /* of each node: how many are counted beside it */
    uint32_t *node;    /* whole -> made, or KITH_NOTHING */
    uint32_t *order;   /* scratch: of nodes or clusters */
    size_t group_count, dropped;
    tally grouped, folded, left;
    kith_error *err;
} summary;

static void count_node(tally *t, const kith_scene_node *node)
{
    const bool person = node->class <= KITH_DRAW_UNKNOWN_AGE;

    t->people += person;
    t->children += node->class == KITH_DRAW_CHILD;
    t->places += node->class == KITH_DRAW_PLACE;
    t->others += !person && node->class != KITH_DRAW_PLACE;
}

static size_t tally_sum(const tally *t)
{
    return t->people + t->places + t->others;
}

/* "12 people (9 children), 3 places, 1 other thing". */
static void add_tally(kith_text *out, const tally *t)
{
    const char *between = "";

    if (t->people > 0) {
        kith_text_format(out, "%zu %s", t->people, t->people == 1 ? "person" : "people");
        if (t->children > 0)
            kith_text_format(out, " (%zu %s)", t->children, t->children == 1 ? "child" : "children");
        between = ", ";
    }
    if (t->places > 0) {
        kith_text_format(out, "%s%zu place%s", between, t->places, t->places == 1 ? "" : "s");
        between = ", ";
    }
    if (t->others > 0)
        kith_text_format(out, "%s%zu other thing%s", between, t->others, t->others == 1 ? "" : "s");
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
    if (s->fate == NULL || s->group == NULL || s->members == NULL || s->own == NULL || s->other == NULL || s->beside == NULL ||
        s->node == NULL || s->order == NULL)
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
        s->fate[i] = IN_GROUP;
    }
}

/* What a node is drawn as: itself, or any one of its group's. */
static uint32_t stands_for(const summary *s, uint32_t node)
{
    return s->fate[node] == IN_GROUP ? (uint32_t)s->whole->node_count + s->whole->nodes[node].cluster : node;
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
    return s->fate[node] == DRAWN && !s->whole->nodes[node].focus && s->whole->nodes[node].emphasis[0] == '\0';
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

    return is_plain(s, node) && at < s->whole->node_count && s->fate[at] == DRAWN && s->other[at] != node;
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
            put_away(s, i, LEFT_OUT);
    for (uint32_t i = 0; i < nodes; i++)
        if (is_leaf(s, i))
            s->beside[s->other[i]]++;
    for (uint32_t i = 0; i < nodes; i++)
        if (is_leaf(s, i))
            list[count++] = (leaf){ s->beside[s->other[i]], s->other[i], i };
    qsort(list, count, sizeof *list, by_siblings);
    memset(s->beside, 0, nodes * sizeof *s->beside);
    for (size_t i = 0; i < count && s->count > s->most; i++) {
        put_away(s, list[i].node, BESIDE);
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
        if (s->fate[i] == DRAWN && !node->focus)
            put_away(s, i, LEFT_OUT);
        else if (s->fate[i] == IN_GROUP && --s->members[node->cluster] == 0)
            leave_group(s, node->cluster);
    }
}

/* Of a whole network the largest groups are kept: nobody in it is nearer than others. */
static void take_smallest(summary *s)
{
    for (uint32_t i = (uint32_t)s->whole->node_count; i-- > 0 && s->count > s->most;)
        if (s->fate[i] == DRAWN)
            put_away(s, i, LEFT_OUT);
    for (size_t i = rank(s, s->members, s->whole->cluster_count); i-- > 0 && s->count > s->most;)
        if (s->group[s->order[i]] != 0)
            leave_group(s, s->order[i]);
}

/* What is counted beside something that is left out after all is left out, too. */
static void settle(summary *s)
{
    for (uint32_t i = 0; i < s->whole->node_count; i++) {
        const kith_scene_node *node = &s->whole->nodes[i];
        if (s->fate[i] == IN_GROUP && s->group[node->cluster] == 0)
            s->fate[i] = LEFT_OUT;
        if (s->fate[i] == BESIDE && s->fate[s->other[i]] == LEFT_OUT)
            s->fate[i] = LEFT_OUT;
        if (s->fate[i] != DRAWN)
            count_node(s->fate[i] == IN_GROUP ? &s->grouped : s->fate[i] == BESIDE ? &s->folded : &s->left, node);
    }
    for (size_t c = 0; c < s->whole->cluster_count; c++)
        s->group_count += s->group[c] != 0;
}

static void add_members(kith_text *out, const summary *s, uint32_t cluster)
{
    tally t = { 0 };

    for (size_t i = 0; i < s->whole->node_count; i++)
        if (s->fate[i] == IN_GROUP && s->whole->nodes[i].cluster == cluster)
            count_node(&t, &s->whole->nodes[i]);
    kith_text_format(out, "%s\n", s->whole->clusters[cluster].label);
    add_tally(out, &t);
    kith_text_add(out, "\ndrawn as one");
}

static void add_group_node(summary *s, uint32_t cluster)
{
    kith_text label = { 0 };

    if (s->group[cluster] != 1)
        return;
    add_members(&label, s, cluster);
    const uint32_t node = kith_scene_add_node(s->made, KITH_DRAW_GROUP, kith_text_string(&label), NULL, NULL);
    s->made->failed = s->made->failed || label.failed;
    kith_text_free(&label);
    for (size_t i = 0; i < s->whole->node_count; i++)
        if (s->fate[i] == IN_GROUP && s->whole->nodes[i].cluster == cluster)
            s->node[i] = node;
    s->group[cluster] = 2;
}

static void add_itself(summary *s, uint32_t index)
{
    const kith_scene_node *node = &s->whole->nodes[index];
    kith_text badges = { 0 };

    s->node[index] = kith_scene_copy_node(s->made, node);
    if (s->made->failed || s->beside[index] == 0)
        return;
    kith_text_format(&badges, "%s%s+%u", node->badges, node->badges[0] != '\0' ? "\n" : "", s->beside[index]);
    s->made->failed = badges.failed;
    if (!badges.failed)
        kith_scene_set(s->made, &s->made->nodes[s->node[index]].badges, kith_text_string(&badges));
    kith_text_free(&badges);
}

static void add_nodes(summary *s)
{
    for (uint32_t i = 0; i < s->whole->node_count && !s->made->failed; i++) {
        s->node[i] = s->fate[i] == IN_GROUP ? s->node[i] : KITH_NOTHING;
        if (s->fate[i] == DRAWN)
            add_itself(s, i);
        else if (s->fate[i] == IN_GROUP)
            add_group_node(s, s->whole->nodes[i].cluster);
    }
}

/* Frames of the groups that are still drawn one by one. */
static void add_clusters(summary *s)
{
    uint32_t *made = s->members; /* of each cluster: its frame, from 1 */

    memset(made, 0, s->whole->cluster_count * sizeof *made);
    for (size_t i = 0; i < s->whole->node_count && !s->made->failed; i++) {
        const uint32_t c = s->whole->nodes[i].cluster;
        if (c == KITH_NO_CLUSTER || s->fate[i] != DRAWN || s->group[c] != 0)
            continue;
        if (made[c] == 0)
            made[c] = kith_scene_add_cluster(s->made, s->whole->clusters[c].label) + 1;
        if (!s->made->failed)
            s->made->nodes[s->node[i]].cluster = made[c] - 1;
    }
}

/* One line of a summary: those of the same tone between the same two. */
typedef struct bundle {
    uint32_t low, high, first; /* nodes that are made; the first tie */
    int kind;                  /* tone, or 3: a condition */
} bundle;

static int by_ends(const void *left, const void *right)
{
    const bundle *a = left, *b = right;

    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    if (a->high != b->high)
        return a->high < b->high ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

/* Ties of one bundle: as solid as the weakest of them, and inferred only when all are. */
static void add_bundle(summary *s, const bundle *list, size_t count)
{
    static const char *const words[] = { "dotted", "dashed", "solid" };
    kith_scene_tie tie = { .from = list->low, .to = list->high, .line = KITH_DRAW_SOLID, .inferred = true };
    size_t lines[3] = { 0 };
    kith_text label = { 0 }, basis = { 0 };

    for (size_t i = 0; i < count; i++) {
        const kith_scene_tie *old = &s->whole->ties[list[i].first];
        tie.line = old->line < tie.line ? old->line : tie.line;
        tie.inferred = tie.inferred && old->inferred;
        tie.contested = tie.contested || old->contested;
        tie.weight += old->weight;
        lines[old->line]++;
    }
    tie.tone = list->kind < 3 ? (kith_scene_tone)list->kind : KITH_DRAW_NEUTRAL;
    tie.barred = list->kind == 3;
    if (tie.inferred)
        kith_text_format(&label, "inferred (%zu lines)", count);
    else
        kith_text_format(&label, tie.barred ? "conditions (%zu)" : "%zu lines", count);
    for (int line = KITH_DRAW_SOLID; line >= KITH_DRAW_DOTTED && !tie.barred; line--)
        if (lines[line] > 0)
            kith_text_format(&basis, "%s%zu %s", basis.size > 0 ? ", " : "", lines[line], words[line]);
    tie.label = (char *)kith_text_string(&label);
    tie.basis = (char *)kith_text_string(&basis);
    kith_scene_add_tie(s->made, &tie);
    s->made->failed = s->made->failed || label.failed || basis.failed;
    kith_text_free(&label);
    kith_text_free(&basis);
}

/* A line that is drawn as it is; at a group it says that it is one member's. */
static void add_one(summary *s, const kith_scene_tie *old)
{
    kith_scene_tie tie = *old;
    kith_text label = { 0 };

    tie.from = s->node[old->from];
    tie.to = s->node[old->to];
    kith_text_add(&label, old->label);
    if (s->fate[old->from] == IN_GROUP || s->fate[old->to] == IN_GROUP)
        kith_text_add(&label, old->label[0] != '\0' ? ", one of them" : "one of them");
    tie.label = (char *)kith_text_string(&label);
    kith_scene_add_tie(s->made, &tie);
    s->made->failed = s->made->failed || label.failed;
    kith_text_free(&label);
}

static kith_status add_ties(summary *s)
{
    bundle *list = calloc(s->whole->tie_count + 1, sizeof *list);
    size_t count = 0, next;

    if (list == NULL)
        return kith_no_memory(s->err);
    for (uint32_t i = 0; i < s->whole->tie_count; i++) {
        const kith_scene_tie *tie = &s->whole->ties[i];
        const uint32_t a = s->node[tie->from], b = s->node[tie->to];
        if (a == KITH_NOTHING || b == KITH_NOTHING || a == b)
            continue;
        if (s->fate[tie->from] == DRAWN && s->fate[tie->to] == DRAWN)
            add_one(s, tie);
        else
            list[count++] = (bundle){ a < b ? a : b, a < b ? b : a, i, tie->barred ? 3 : (int)tie->tone };
    }
    qsort(list, count, sizeof *list, by_ends);
    for (size_t i = 0; i < count && !s->made->failed; i = next) {
        for (next = i + 1; next < count && list[next].low == list[i].low && list[next].high == list[i].high &&
                           list[next].kind == list[i].kind;)
            next++;
        if (next == i + 1)
            add_one(s, &s->whole->ties[list[i].first]);
        else
            add_bundle(s, &list[i], next - i);
    }
    free(list);
    return KITH_OK;
}

/* A tie that may be left out, and the order in which they are. */
typedef struct light {
    int rank; /* inferred, then tentative */
    double weight;
    uint32_t index;
} light;

static int by_weight(const void *left, const void *right)
{
    const light *a = left, *b = right;

    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->weight != b->weight)
        return a->weight < b->weight ? -1 : 1;
    return (a->index < b->index) - (a->index > b->index);
}

static void remove_ties(kith_scene *scene, const bool *gone)
{
    size_t kept = 0;

    for (size_t i = 0; i < scene->tie_count; i++) {
        if (!gone[i]) {
            scene->ties[kept++] = scene->ties[i];
            continue;
        }
        free(scene->ties[i].label);
        free(scene->ties[i].basis);
        free(scene->ties[i].about);
    }
    scene->tie_count = kept;
}

static kith_status drop_light_ties(summary *s, size_t most)
{
    kith_scene *scene = s->made;
    light *list = calloc(scene->tie_count + 1, sizeof *list);
    bool *gone = calloc(scene->tie_count + 1, sizeof *gone);
    size_t count = 0;

    if (list == NULL || gone == NULL) {
        free(list);
        free(gone);
        return kith_no_memory(s->err);
    }
    for (uint32_t i = 0; i < scene->tie_count; i++) {
        const kith_scene_tie *tie = &scene->ties[i];
        if (!tie->barred && tie->tone == KITH_DRAW_NEUTRAL && tie->line == KITH_DRAW_DOTTED)
            list[count++] = (light){ !tie->inferred, tie->weight, i };
    }
    qsort(list, count, sizeof *list, by_weight);
    for (size_t i = 0; i < count && scene->tie_count - s->dropped > most; i++, s->dropped++)
        gone[list[i].index] = true;
    remove_ties(scene, gone);
    free(list);
    free(gone);
    return KITH_OK;
}

static void add_footer(summary *s)
{
    kith_text footer = { 0 };

    kith_text_format(&footer, "%s\nToo much to be read at once:", s->whole->footer != NULL ? s->whole->footer : "");
    if (s->group_count > 0)
        kith_text_format(&footer, " %zu peer group%s drawn as one each;", s->group_count,
                         s->group_count == 1 ? " is" : "s are");
    if (tally_sum(&s->folded) > 0) {
        kith_text_add(&footer, " counted beside what they are tied to (+): ");
        add_tally(&footer, &s->folded);
        kith_text_add_char(&footer, ';');
    }
    if (tally_sum(&s->left) > 0) {
        kith_text_add(&footer, s->about ? " left out, as furthest or without a tie: " : " left out, as in smaller groups or in none: ");
        add_tally(&footer, &s->left);
        kith_text_add_char(&footer, ';');
    }
    if (s->dropped > 0)
        kith_text_format(&footer, " left out: the %zu lightest inferred and tentative lines;", s->dropped);
    kith_text_add(&footer, " a map of one of them, or a larger --most, shows more.");
    kith_scene_set(s->made, &s->made->footer, kith_text_string(&footer));
    s->made->failed = s->made->failed || footer.failed;
    kith_text_free(&footer);
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
    add_nodes(s);
    add_clusters(s);
    kith_scene_copy_frame(s->made, s->whole);
    if (tally_sum(&s->folded) > 0)
        kith_scene_add_term(s->made, "+4", "so many more are tied to it, and to nothing else here");
    status = kith_scene_status(s->made, s->err);
    if (status == KITH_OK)
        status = add_ties(s);
    if (status == KITH_OK && most_ties > 0 && s->made->tie_count > most_ties)
        status = drop_light_ties(s, most_ties);
    if (status == KITH_OK)
        add_footer(s);
    return status == KITH_OK ? kith_scene_status(s->made, s->err) : status;
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
