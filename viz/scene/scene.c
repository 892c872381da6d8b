/* SPDX-License-Identifier: MIT */
/* scene.c: a scene being put together, and the words it is written in. */
#include "kith/style.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The list with room for so many; NULL when there is no memory, and the scene has failed. */
static void *grown(kith_scene *scene, void *list, size_t room, size_t size)
{
    void *made = scene->failed ? NULL : realloc(list, room * size);

    if (made == NULL)
        scene->failed = true;
    return made;
}

static char *copied(kith_scene *scene, const char *text)
{
    const size_t size = text != NULL ? strlen(text) + 1 : 1;
    char *made = malloc(size);

    if (made == NULL)
        scene->failed = true;
    else
        memcpy(made, text != NULL ? text : "", size);
    return made;
}

/* "n12": ids count from 1. */
static char *numbered(kith_scene *scene, char letter, size_t index)
{
    char id[32];

    snprintf(id, sizeof id, "%c%zu", letter, index + 1);
    return copied(scene, id);
}

void kith_scene_set(kith_scene *scene, char **field, const char *text)
{
    char *made = copied(scene, text);

    free(*field);
    *field = made;
}

uint32_t kith_scene_add_node(kith_scene *scene, kith_scene_class class, const char *label,
                             const char *badges, const char *emphasis)
{
    const size_t index = scene->node_count;

    if (index == scene->node_room) {
        const size_t room = index ? index * 2 : 64;
        kith_scene_node *nodes = grown(scene, scene->nodes, room, sizeof *nodes);
        if (nodes == NULL)
            return 0;
        scene->nodes = nodes;
        scene->node_room = room;
    }
    scene->nodes[index] = (kith_scene_node){ .id = numbered(scene, 'n', index),
                                             .class = class,
                                             .label = copied(scene, label),
                                             .badges = copied(scene, badges),
                                             .emphasis = copied(scene, emphasis),
                                             .cluster = KITH_NO_CLUSTER };
    scene->node_count++;
    return (uint32_t)index;
}

uint32_t kith_scene_copy_node(kith_scene *scene, const kith_scene_node *like)
{
    const uint32_t index =
        kith_scene_add_node(scene, like->class, like->label, like->badges, like->emphasis);

    if (scene->failed)
        return 0;
    kith_scene_node *added = &scene->nodes[index];
    added->focus = like->focus;
    added->record = like->record;
    added->beyond = like->beyond;
    added->located = like->located;
    added->latitude = like->latitude;
    added->longitude = like->longitude;
    if (like->outside != NULL)
        kith_scene_set(scene, &added->outside, like->outside);
    return index;
}

void kith_scene_copy_frame(kith_scene *scene, const kith_scene *like)
{
    kith_scene_set(scene, &scene->title, like->title);
    kith_scene_set(scene, &scene->header, like->header);
    kith_scene_set(scene, &scene->footer, like->footer);
    kith_scene_set(scene, &scene->as_of, like->as_of);
    for (size_t i = 0; i < like->term_count; i++)
        kith_scene_add_term(scene, like->terms[i].term, like->terms[i].meaning);
    kith_style_set(scene, like->style);
}

void kith_scene_add_tie(kith_scene *scene, const kith_scene_tie *like)
{
    const size_t index = scene->tie_count;

    if (index == scene->tie_room) {
        const size_t room = index ? index * 2 : 64;
        kith_scene_tie *ties = grown(scene, scene->ties, room, sizeof *ties);
        if (ties == NULL)
            return;
        scene->ties = ties;
        scene->tie_room = room;
    }
    scene->ties[index] = *like;
    scene->ties[index].label = copied(scene, like->label);
    scene->ties[index].basis = copied(scene, like->basis);
    scene->ties[index].about = like->about != NULL ? copied(scene, like->about) : NULL;
    scene->tie_count++;
}

void kith_scene_add_mark(kith_scene *scene, const kith_scene_mark *like)
{
    const size_t index = scene->mark_count;

    if (index == scene->mark_room) {
        const size_t room = index ? index * 2 : 64;
        kith_scene_mark *marks = grown(scene, scene->marks, room, sizeof *marks);
        if (marks == NULL)
            return;
        scene->marks = marks;
        scene->mark_room = room;
    }
    scene->marks[index] = *like;
    scene->marks[index].text = copied(scene, like->text);
    scene->mark_count++;
}

uint32_t kith_scene_add_cluster(kith_scene *scene, const char *label)
{
    const size_t index = scene->cluster_count;
    kith_scene_cluster *clusters = grown(scene, scene->clusters, index + 1, sizeof *clusters);

    if (clusters == NULL)
        return 0;
    scene->clusters = clusters;
    clusters[index] =
        (kith_scene_cluster){ .id = numbered(scene, 'c', index), .label = copied(scene, label) };
    scene->cluster_count++;
    return (uint32_t)index;
}

void kith_scene_add_term(kith_scene *scene, const char *term, const char *meaning)
{
    const size_t index = scene->term_count;

    for (size_t i = 0; i < index; i++)
        if (scene->terms[i].term != NULL && strcmp(scene->terms[i].term, term) == 0)
            return;
    kith_scene_term *terms = grown(scene, scene->terms, index + 1, sizeof *terms);
    if (terms == NULL)
        return;
    scene->terms = terms;
    terms[index] = (kith_scene_term){ copied(scene, term), copied(scene, meaning) };
    scene->term_count++;
}

kith_status kith_scene_status(const kith_scene *scene, kith_error *err)
{
    return scene->failed ? kith_no_memory(err) : KITH_OK;
}

static void free_node(kith_scene_node *node)
{
    free(node->id);
    free(node->label);
    free(node->badges);
    free(node->emphasis);
    free(node->outside);
}

static void free_tie(kith_scene_tie *tie)
{
    free(tie->label);
    free(tie->basis);
    free(tie->about);
}

static void leave_out_ties(kith_scene *scene, const bool *nodes, const bool *ties)
{
    size_t kept = 0;

    for (size_t i = 0; i < scene->tie_count; i++) {
        if (ties[i] || nodes[scene->ties[i].from] || nodes[scene->ties[i].to])
            free_tie(&scene->ties[i]);
        else
            scene->ties[kept++] = scene->ties[i];
    }
    scene->tie_count = kept;
}

/* Calls back what each index has become, where some have gone. */
static uint32_t before(const bool *gone, uint32_t index)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < index; i++)
        count += !gone[i];
    return count;
}

static void leave_out_clusters(kith_scene *scene)
{
    bool gone[KITH_SCENE_CLUSTERS];
    size_t kept = 0;

    for (size_t i = 0; i < scene->cluster_count && i < KITH_SCENE_CLUSTERS; i++)
        gone[i] = true;
    for (size_t i = 0; i < scene->node_count; i++)
        if (scene->nodes[i].cluster < KITH_SCENE_CLUSTERS)
            gone[scene->nodes[i].cluster] = false;
    for (size_t i = 0; i < scene->node_count; i++)
        if (scene->nodes[i].cluster < KITH_SCENE_CLUSTERS)
            scene->nodes[i].cluster = before(gone, scene->nodes[i].cluster);
    for (size_t i = 0; i < scene->cluster_count; i++) {
        if (i < KITH_SCENE_CLUSTERS && gone[i]) {
            free(scene->clusters[i].id);
            free(scene->clusters[i].label);
        } else {
            scene->clusters[kept++] = scene->clusters[i];
        }
    }
    scene->cluster_count = kept;
}

void kith_scene_leave_out(kith_scene *scene, const bool *nodes, const bool *ties)
{
    size_t kept = 0;

    leave_out_ties(scene, nodes, ties);
    for (size_t i = 0; i < scene->tie_count; i++) {
        scene->ties[i].from = before(nodes, scene->ties[i].from);
        scene->ties[i].to = before(nodes, scene->ties[i].to);
    }
    for (size_t i = 0; i < scene->node_count; i++) {
        if (nodes[i])
            free_node(&scene->nodes[i]);
        else
            scene->nodes[kept++] = scene->nodes[i];
    }
    scene->node_count = kept;
    leave_out_clusters(scene);
}

void kith_scene_free(kith_scene *scene)
{
    for (size_t i = 0; i < scene->node_count; i++)
        free_node(&scene->nodes[i]);
    for (size_t i = 0; i < scene->tie_count; i++)
        free_tie(&scene->ties[i]);
    for (size_t i = 0; i < scene->cluster_count; i++) {
        free(scene->clusters[i].id);
        free(scene->clusters[i].label);
    }
    for (size_t i = 0; i < scene->mark_count; i++)
        free(scene->marks[i].text);
    for (size_t i = 0; i < scene->term_count; i++) {
        free(scene->terms[i].term);
        free(scene->terms[i].meaning);
    }
    free(scene->nodes);
    free(scene->ties);
    free(scene->clusters);
    free(scene->marks);
    free(scene->terms);
    free(scene->title);
    free(scene->header);
    free(scene->footer);
    free(scene->as_of);
    free(scene->style);
    *scene = (kith_scene){ 0 };
}

const char *kith_scene_class_word(kith_scene_class class)
{
    static const char *const words[] = { "child", "adult",  "unknown_age", "place",
                                         "group", "object", "event" };
    return words[class];
}

const char *kith_scene_line_word(kith_scene_line line)
{
    static const char *const words[] = { "dotted", "dashed", "solid" };
    return words[line];
}

const char *kith_scene_tone_word(kith_scene_tone tone)
{
    static const char *const words[] = { "neutral", "risk", "protective" };
    return words[tone];
}

const char *kith_scene_shape_word(kith_scene_shape shape)
{
    static const char *const words[] = { "bar", "line", "words" };
    return words[shape];
}

const char *kith_scene_align_word(kith_scene_align align)
{
    static const char *const words[] = { "centre", "left", "right" };
    return words[align];
}
