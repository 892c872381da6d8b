/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_summary_scene.c: the picture that a summary makes: nodes, frames, bundles of lines, and what is
 * said of the rest. */
#include <stdlib.h>
#include <string.h>

#include "map_private.h"
#include "map_summary_private.h"

static size_t sum(const summary_tally *t)
{
    return t->people + t->places + t->others;
}

/* "12 people (9 children), 3 places, 1 other thing". */
static void add_tally(kith_text *out, const summary_tally *t)
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

static void add_members(kith_text *out, const summary *s, uint32_t cluster)
{
    summary_tally t = { 0 };

    for (size_t i = 0; i < s->whole->node_count; i++)
        if (s->fate[i] == SUMMARY_IN_GROUP && s->whole->nodes[i].cluster == cluster)
            summary_count(&t, &s->whole->nodes[i]);
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
        if (s->fate[i] == SUMMARY_IN_GROUP && s->whole->nodes[i].cluster == cluster)
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
        s->node[i] = s->fate[i] == SUMMARY_IN_GROUP ? s->node[i] : KITH_NOTHING;
        if (s->fate[i] == SUMMARY_DRAWN)
            add_itself(s, i);
        else if (s->fate[i] == SUMMARY_IN_GROUP)
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
        if (c == KITH_NO_CLUSTER || s->fate[i] != SUMMARY_DRAWN || s->group[c] != 0)
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
    if (s->fate[old->from] == SUMMARY_IN_GROUP || s->fate[old->to] == SUMMARY_IN_GROUP)
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
        if (s->fate[tie->from] == SUMMARY_DRAWN && s->fate[tie->to] == SUMMARY_DRAWN)
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

void kith_map_remove_ties(kith_scene *scene, const bool *gone)
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
    kith_map_remove_ties(scene, gone);
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
    if (sum(&s->folded) > 0) {
        kith_text_add(&footer, " counted beside what they are tied to (+): ");
        add_tally(&footer, &s->folded);
        kith_text_add_char(&footer, ';');
    }
    if (sum(&s->left) > 0) {
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

kith_status summary_make_scene(summary *s, size_t most_ties)
{
    add_nodes(s);
    add_clusters(s);
    kith_scene_copy_frame(s->made, s->whole);
    if (sum(&s->folded) > 0)
        kith_scene_add_term(s->made, "+4", "so many more are tied to it, and to nothing else here");
    kith_status status = kith_scene_status(s->made, s->err);
    if (status == KITH_OK)
        status = add_ties(s);
    if (status == KITH_OK && most_ties > 0 && s->made->tie_count > most_ties)
        status = drop_light_ties(s, most_ties);
    if (status == KITH_OK)
        add_footer(s);
    return status == KITH_OK ? kith_scene_status(s->made, s->err) : status;
}
