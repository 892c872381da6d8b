/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_since.c: new, gone, stronger and weaker.
 *
 * Evidence fades from day to day by itself, so a tie's weight is not compared: its line is, and
 * then how many events it counts. */
#include "kith/map_since.h"

#include <stdlib.h>
#include <string.h>

typedef struct comparison {
    kith_scene *scene;
    const kith_scene *before;
    uint32_t *node_of; /* node of before -> node of scene */
    uint8_t *matched;  /* ties of before */
    size_t own_ties;   /* of the scene, before what is gone is added */
    kith_map_changes *changes;
    bool failed;
} comparison;

static void prefix(comparison *c, char **field, const char *word, const char *between)
{
    kith_text text = { 0 };

    kith_text_format(&text, "%s%s%s", word, (*field)[0] != '\0' ? between : "", *field);
    c->failed = c->failed || text.failed;
    if (!text.failed)
        kith_scene_set(c->scene, field, kith_text_string(&text));
    kith_text_free(&text);
}

static uint32_t node_with(const kith_scene *scene, int64_t record)
{
    for (uint32_t i = 0; i < scene->node_count; i++)
        if (scene->nodes[i].record == record)
            return i;
    return UINT32_MAX;
}

static bool called_alike(const char *a, const char *b)
{
    const size_t size = strcspn(a, "\n");

    return size == strcspn(b, "\n") && strncmp(a, b, size) == 0;
}

/* Names are numbered in each picture by itself: somebody else may have this one now. */
static uint32_t add_gone_node(comparison *c, const kith_scene_node *old)
{
    kith_text label = { 0 };
    const int size = (int)strcspn(old->label, "\n");
    bool taken = false;

    for (size_t i = 0; i < c->scene->node_count && !taken; i++)
        taken = called_alike(c->scene->nodes[i].label, old->label);
    kith_text_format(&label, "%.*s%s%s", size, old->label, taken ? " (earlier)" : "",
                     old->label + size);
    const uint32_t node =
        kith_scene_add_node(c->scene, old->class, kith_text_string(&label), "GONE", "");
    c->failed = c->failed || label.failed;
    kith_text_free(&label);
    if (!c->scene->failed)
        c->scene->nodes[node].record = old->record;
    return node;
}

static void compare_nodes(comparison *c)
{
    const size_t own = c->scene->node_count;

    for (size_t i = 0; i < own && !c->failed; i++) {
        if (node_with(c->before, c->scene->nodes[i].record) != UINT32_MAX)
            continue;
        prefix(c, &c->scene->nodes[i].badges, "NEW", "\n");
        c->changes->new_nodes++;
    }
    for (size_t i = 0; i < c->before->node_count && !c->failed; i++) {
        const kith_scene_node *old = &c->before->nodes[i];
        c->node_of[i] = node_with(c->scene, old->record);
        if (c->node_of[i] != UINT32_MAX)
            continue;
        c->node_of[i] = add_gone_node(c, old);
        c->failed = c->failed || c->scene->failed;
        c->changes->gone_nodes++;
    }
}

/* The words of a label before its first count: "friend" of "friend (4)". */
static size_t stem_size(const char *label)
{
    const char *count = strstr(label, " (");

    return count != NULL ? (size_t)(count - label) : strlen(label);
}

/* What a label counts in all: 15 of "missing (14), incident (1)". */
static long counted(const char *label)
{
    long sum = 0;

    for (const char *p = strstr(label, " ("); p != NULL; p = strstr(p + 1, " ("))
        sum += strtol(p + 2, NULL, 10);
    return sum;
}

static bool touches_place(const comparison *c, const kith_scene_tie *tie)
{
    return c->scene->nodes[tie->from].class == KITH_DRAW_PLACE ||
           c->scene->nodes[tie->to].class == KITH_DRAW_PLACE;
}

/* Whether an earlier line is the same tie. Somebody's events at a place are one tie, whatever
 * kinds of events came to it. */
static bool is_same(const comparison *c, const kith_scene_tie *tie, const kith_scene_tie *old)
{
    const uint32_t from = c->node_of[old->from], to = c->node_of[old->to];
    const size_t size = stem_size(tie->label);

    if (!(from == tie->from && to == tie->to) && (tie->arrow || !(from == tie->to && to == tie->from)))
        return false;
    if (tie->barred != old->barred || tie->inferred != old->inferred || tie->arrow != old->arrow)
        return false;
    if (size == stem_size(old->label) && strncmp(tie->label, old->label, size) == 0)
        return true;
    return !tie->barred && touches_place(c, tie) && tie->tone != KITH_DRAW_PROTECTIVE &&
           old->tone != KITH_DRAW_PROTECTIVE && counted(tie->label) > 0 && counted(old->label) > 0;
}

static void add_before(comparison *c, kith_scene_tie *tie, const kith_scene_tie *old)
{
    kith_text basis = { 0 };

    kith_text_format(&basis, "%s%sbefore: %s, %s", tie->basis, tie->basis[0] != '\0' ? "; " : "",
                     old->label, kith_scene_line_word(old->line));
    c->failed = c->failed || basis.failed;
    if (!basis.failed)
        kith_scene_set(c->scene, &tie->basis, kith_text_string(&basis));
    kith_text_free(&basis);
}

static void compare_tie(comparison *c, kith_scene_tie *tie)
{
    size_t k = 0;

    while (k < c->before->tie_count && (c->matched[k] || !is_same(c, tie, &c->before->ties[k])))
        k++;
    if (k == c->before->tie_count) {
        prefix(c, &tie->label, "NEW:", " ");
        c->changes->new_ties++;
        return;
    }
    const kith_scene_tie *old = &c->before->ties[k];
    const long more = counted(tie->label) - counted(old->label);
    c->matched[k] = 1;
    if (tie->barred || (tie->line == old->line && more == 0))
        return;
    const bool stronger = tie->line != old->line ? tie->line > old->line : more > 0;
    add_before(c, tie, old);
    prefix(c, &tie->label, stronger ? "stronger:" : "weaker:", " ");
    c->changes->stronger += stronger;
    c->changes->weaker += !stronger;
}

static void add_gone(comparison *c, const kith_scene_tie *old)
{
    kith_scene_tie tie = *old;
    kith_text label = { 0 };

    kith_text_format(&label, "GONE: %s", old->label);
    tie.from = c->node_of[old->from];
    tie.to = c->node_of[old->to];
    tie.line = KITH_DRAW_DOTTED;
    tie.label = (char *)kith_text_string(&label);
    tie.numbered = false;
    tie.box = (kith_scene_box){ 0 };
    kith_scene_add_tie(c->scene, &tie);
    c->failed = c->failed || label.failed;
    kith_text_free(&label);
    c->changes->gone_ties++;
}

static void compare_ties(comparison *c)
{
    for (size_t i = 0; i < c->own_ties && !c->failed && !c->scene->failed; i++)
        compare_tie(c, &c->scene->ties[i]);
    for (size_t k = 0; k < c->before->tie_count && !c->failed && !c->scene->failed; k++)
        if (!c->matched[k])
            add_gone(c, &c->before->ties[k]);
}

static void explain(comparison *c, const char *since)
{
    const kith_map_changes *n = c->changes;
    kith_text text = { 0 };

    kith_text_format(&text,
                     "%s%sChanges since %s: of people, places and things %zu new, %zu gone; of lines %zu "
                     "new, %zu gone, %zu stronger, %zu weaker.",
                     c->scene->header, c->scene->header[0] != '\0' ? "\n" : "", since, n->new_nodes,
                     n->gone_nodes, n->new_ties, n->gone_ties, n->stronger, n->weaker);
    kith_scene_set(c->scene, &c->scene->header, kith_text_string(&text));
    c->failed = c->failed || text.failed;
    if (n->new_nodes + n->new_ties > 0)
        kith_scene_add_term(c->scene, "NEW", "not in the picture of the earlier day");
    if (n->gone_nodes + n->gone_ties > 0)
        kith_scene_add_term(c->scene, "GONE", "in the picture of the earlier day, and no more");
    if (n->stronger > 0)
        kith_scene_add_term(c->scene, "stronger", "a better line than before, or more events");
    if (n->weaker > 0)
        kith_scene_add_term(c->scene, "weaker", "a weaker line than before, or fewer events in the window");
    kith_text_free(&text);
}

kith_status kith_map_since(kith_map_changes *changes, kith_scene *scene, const kith_scene *before,
                           const char *since, kith_error *err)
{
    comparison c = { .scene = scene,
                     .before = before,
                     .node_of = calloc(before->node_count + 1, sizeof *c.node_of),
                     .matched = calloc(before->tie_count + 1, sizeof *c.matched),
                     .own_ties = scene->tie_count,
                     .changes = changes };

    *changes = (kith_map_changes){ 0 };
    c.failed = c.node_of == NULL || c.matched == NULL;
    if (!c.failed)
        compare_nodes(&c);
    if (!c.failed && !scene->failed)
        compare_ties(&c);
    if (!c.failed && !scene->failed)
        explain(&c, since);
    free(c.node_of);
    free(c.matched);
    return c.failed ? kith_no_memory(err) : kith_scene_status(scene, err);
}
