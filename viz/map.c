/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.c: a network becomes a scene.
 *
 * First what is on the map is chosen and named, then each thing gets its words, then the
 * ties and the bars are drawn between them, and last the frame says what the map is of,
 * for whom, and until when it may be kept. Hotspots and peer groups are asked of their
 * analyses over the whole network, not over what happens to be drawn. */
#include "kith/map.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "kith/frame.h"
#include "kith/hotspots.h"
#include "kith/positions.h"
#include "map_private.h"

enum { HOTSPOT_RANKS = 5, SAME_LABELS = 30 };

kith_scene_class kith_map_class_of(const kith_network *network, uint32_t index)
{
    const kith_thing *thing = &network->things[index];

    switch (thing->kind) {
    case KITH_LOCATION:
        return KITH_DRAW_PLACE;
    case KITH_GROUP:
        return KITH_DRAW_GROUP;
    case KITH_OBJECT:
        return KITH_DRAW_OBJECT;
    default:
        break;
    }
    if (kith_network_drawn_as_child(network, index))
        return KITH_DRAW_CHILD;
    return thing->born.precision == KITH_UNDATED ? KITH_DRAW_UNKNOWN_AGE : KITH_DRAW_ADULT;
}

kith_scene_class kith_map_class(const kith_mapping *m, uint32_t vertex)
{
    return kith_vertex_is_event(m, vertex) ? KITH_DRAW_EVENT : kith_map_class_of(m->network, vertex);
}

/* "child, 14"; whoever turned 18 since says so in a badge. */
static void add_person_line(kith_text *label, kith_mapping *m, uint32_t chosen)
{
    const uint32_t vertex = m->chosen[chosen];
    const kith_thing *person = kith_vertex_thing(m, vertex);
    const int32_t as_of = m->network->view.as_of, adult_from = kith_thing_adult_from(person);
    const kith_scene_class class = kith_map_class(m, vertex);
    char day[KITH_TIME_SIZE], badge[64];

    if (class == KITH_DRAW_UNKNOWN_AGE) {
        kith_text_add(label, "\nage not known");
    } else if (class == KITH_DRAW_ADULT) {
        kith_text_add(label, "\nadult");
    } else if (person->born.day > as_of) {
        kith_text_add(label, "\nchild, not yet born");
    } else if (adult_from > as_of) {
        kith_text_format(label, "\nchild, %d", kith_age(person->born.day, as_of));
    } else {
        kith_text_add(label, "\nchild at events shown");
        kith_day_write(day, adult_from);
        snprintf(badge, sizeof badge, "18 since %s", day);
        kith_map_badge(m, chosen, badge);
    }
}

/* Whether a name has a kind's words in it, large or small: "Ferry Lane Youth Club". */
static bool says_kind(const char *name, const char *kind)
{
    const size_t size = strlen(kind);

    for (const char *p = name; *p != '\0'; p++)
        if ((p == name || p[-1] == ' ') && strncasecmp(p, kind, size) == 0 &&
            (p[size] == '\0' || p[size] == ' '))
            return true;
    return false;
}

/* A place, group or object also says of which kind it is, unless its name did. */
static void add_kind_line(kith_text *label, const kith_mapping *m, const kith_thing *thing)
{
    const char *kind = thing->home                                       ? "home"
                       : thing->meaning != NULL && thing->meaning->known ? thing->meaning->label
                                                                         : thing->word;
    if (kind[0] != '\0' && m->options->names != KITH_MAP_NONE && !says_kind(label->data, kind))
        kith_text_format(label, "\n%s", kind);
}

static void add_label(kith_text *label, kith_mapping *m, uint32_t chosen)
{
    const kith_thing *thing = kith_vertex_thing(m, m->chosen[chosen]);

    kith_text_add(label, m->names[chosen]);
    if (thing == NULL || label->failed || m->options->layer.raw)
        return;
    if (thing->kind == KITH_PERSON)
        add_person_line(label, m, chosen);
    else
        add_kind_line(label, m, thing);
}

static const kith_event_record *event_of(const kith_mapping *m, uint32_t vertex)
{
    return &m->network->events[vertex - m->network->thing_count];
}

static int64_t record_of(const kith_mapping *m, uint32_t vertex)
{
    const kith_thing *thing = kith_vertex_thing(m, vertex);

    return thing != NULL ? kith_position_of_thing(thing)
                         : kith_position_of_event(event_of(m, vertex));
}

/* What a file for other programs says of a node beside the picture: its id outside, where names
 * are full or it was asked for, and where a place is on the ground, which of a home is its address. */
static void add_outside(kith_mapping *m, uint32_t chosen, kith_scene_node *node)
{
    const kith_thing *thing = kith_vertex_thing(m, m->chosen[chosen]);
    const bool full = m->options->names == KITH_MAP_FULL;

    if (full || m->options->records)
        kith_scene_set(m->scene, &node->outside,
                       thing != NULL ? thing->id : event_of(m, m->chosen[chosen])->id);
    if (thing == NULL || thing->kind != KITH_LOCATION || isnan(thing->lat) || isnan(thing->lon) ||
        (!full && (thing->home || m->options->names == KITH_MAP_NONE)))
        return;
    node->located = true;
    node->latitude = thing->lat;
    node->longitude = thing->lon;
}

kith_status kith_map_nodes(kith_mapping *m)
{
    for (uint32_t i = 0; i < m->chosen_count; i++) {
        kith_text label = { 0 };
        add_label(&label, m, i);
        const uint32_t node =
            kith_scene_add_node(m->scene, kith_map_class(m, m->chosen[i]), kith_text_string(&label),
                                kith_text_string(&m->badges[i]), "");
        const bool failed = label.failed || m->badges[i].failed || m->scene->failed;
        kith_text_free(&label);
        if (failed)
            return kith_no_memory(m->err);
        m->scene->nodes[node].focus = i < m->seed_count;
        add_outside(m, i, &m->scene->nodes[node]);
        m->scene->nodes[node].record = record_of(m, m->chosen[i]);
    }
    return KITH_OK;
}

/* Places of the first ranks with more than one child, and those that are new to the list. */
static void emphasise(kith_mapping *m, const kith_hotspot *place)
{
    const uint32_t chosen = m->node[place->place];
    const bool emerging = place->change == KITH_CHANGE_EMERGING;
    char text[64];

    if (chosen == KITH_NOTHING || place->section != KITH_PUBLIC_PLACE || place->rank == 0 ||
        place->children < 2 || (place->rank > HOTSPOT_RANKS && !emerging))
        return;
    snprintf(text, sizeof text, "hotspot %u: %u children%s", place->rank, place->children,
             emerging ? ", emerging" : "");
    kith_scene_set(m->scene, &m->scene->nodes[chosen].emphasis, text);
}

static void add_hotspots(kith_mapping *m)
{
    for (size_t i = 0; i < m->base->hotspots.count; i++)
        emphasise(m, &m->base->hotspots.places[i]);
}

/* A published network has hundreds of ties of one kind: said once, not on each. */
static const char *drop_same_labels(kith_scene *scene, kith_text *said)
{
    if (scene->tie_count <= SAME_LABELS || scene->ties[0].inferred)
        return NULL;
    for (size_t i = 1; i < scene->tie_count; i++)
        if (strcmp(scene->ties[i].label, scene->ties[0].label) != 0)
            return NULL;
    kith_text_add(said, scene->ties[0].label);
    for (size_t i = 0; i < scene->tie_count; i++)
        scene->ties[i].label[0] = '\0';
    return kith_text_string(said);
}

static void add_title(kith_text *out, const kith_mapping *m)
{
    const size_t named = m->seed_count > 3 ? 2 : m->seed_count;

    if (m->seed_count == 0) {
        kith_text_add(out, "Map of the network");
        return;
    }
    kith_text_add(out, "Map of ");
    for (size_t i = 0; i < named; i++)
        kith_text_format(out, "%s%s", i > 0 ? ", " : "", m->names[i]);
    if (named < m->seed_count)
        kith_text_format(out, " and %zu more", m->seed_count - named);
    kith_text_format(out, " and what is within %d step%s", m->options->hops,
                     m->options->hops == 1 ? "" : "s");
}

static void add_footer(kith_text *out, const kith_mapping *m)
{
    kith_text_add(out, "Lines are records; nearness on the page means nothing.");
    if (m->beyond > 0)
        kith_text_format(out, "\nNot shown: %zu %s one step further.", m->beyond,
                         m->beyond == 1 ? "person, place or thing" : "people, places and things");
    if (m->elsewhere > 0)
        kith_text_format(
            out, "\n%zu condition%s in force concern%s somebody or somewhere not on this map.",
            m->elsewhere, m->elsewhere == 1 ? "" : "s", m->elsewhere == 1 ? "s" : "");
}

static void add_frame(kith_mapping *m)
{
    static const char *const profiles[] = { "full", "initials", "pseudonyms of this map", "none" };
    kith_text title = { 0 }, header = { 0 }, footer = { 0 }, same = { 0 };

    add_title(&title, m);
    if (m->options->layer_only && drop_same_labels(m->scene, &same) != NULL)
        kith_text_format(&header, "Each line: %s.", kith_text_string(&same));
    add_footer(&footer, m);
    const kith_frame frame = { .title = kith_text_string(&title),
                               .names = profiles[m->options->names],
                               .header = kith_text_string(&header),
                               .footer = kith_text_string(&footer) };
    kith_scene_set_frame(m->scene, &m->network->view, &frame);
    if (title.failed || header.failed || footer.failed || same.failed)
        m->scene->failed = true;
    kith_text_free(&title);
    kith_text_free(&header);
    kith_text_free(&footer);
    kith_text_free(&same);
}

static kith_status add_words(kith_mapping *m)
{
    m->badges = calloc(m->chosen_count + 1, sizeof *m->badges);
    m->alone = calloc(m->chosen_count + 1, sizeof *m->alone);
    m->asked = calloc(m->chosen_count + 1, sizeof *m->asked);
    if (m->badges == NULL || m->alone == NULL || m->asked == NULL)
        return kith_no_memory(m->err);
    kith_status status = kith_map_roles(m);
    if (status == KITH_OK)
        status = kith_map_flags(m);
    if (status == KITH_OK)
        status = kith_map_condition_badges(m);
    if (status == KITH_OK)
        status = kith_map_nodes(m);
    if (status == KITH_OK)
        status = kith_map_groups(m);
    if (status == KITH_OK)
        add_hotspots(m);
    return status;
}

static bool has_count(const char *text)
{
    for (const char *p = strstr(text, " ("); p != NULL; p = strstr(p + 1, " ("))
        if (p[2] >= '1' && p[2] <= '9')
            return true;
    return false;
}

/* What the number behind a word is, when there is one on the map. */
static void explain_counts(kith_scene *scene)
{
    bool counts = false;

    if (scene->failed)
        return;
    for (size_t i = 0; i < scene->node_count && !counts; i++)
        counts = has_count(scene->nodes[i].badges);
    for (size_t i = 0; i < scene->tie_count && !counts; i++)
        counts = has_count(scene->ties[i].label);
    if (counts)
        kith_scene_add_term(scene, "(3)", "how many events; those of one report count once");
}

static kith_status make(kith_mapping *m)
{
    kith_status status = kith_map_choose(m);

    if (status == KITH_OK)
        status = kith_map_name(m);
    if (status == KITH_OK)
        status = add_words(m);
    if (status != KITH_OK)
        return status;
    kith_map_ties(m);
    explain_counts(m->scene);
    status = m->options->records ? kith_map_beyond(m) : KITH_OK;
    if (status == KITH_OK)
        status = kith_map_bars(m);
    if (status != KITH_OK)
        return status;
    if (m->scene->failed)
        return kith_no_memory(m->err);
    add_frame(m);
    return kith_scene_status(m->scene, m->err);
}

static void drop(kith_mapping *m)
{
    for (size_t i = 0; i < m->chosen_count; i++) {
        if (m->names != NULL)
            free(m->names[i]);
        if (m->badges != NULL)
            kith_text_free(&m->badges[i]);
        if (m->alone != NULL)
            kith_associations_free(&m->alone[i]);
    }
    free(m->alone);
    free(m->asked);
    free(m->names);
    free(m->badges);
    free(m->chosen);
    free(m->node);
}

kith_status kith_map_scene(kith_scene *scene, kith_store *store, const kith_network *network,
                           const kith_map_options *options, kith_error *err)
{
    kith_mapping m = { .scene = scene,
                       .store = store,
                       .network = network,
                       .options = options,
                       .vertex_count = network->thing_count + network->event_count,
                       .err = err };

    *scene = (kith_scene){ 0 };
    if (options->hops < 0 || options->hops > KITH_MAP_HOPS)
        return kith_fail(err, KITH_USAGE, "hops is %d; a number from 0 to %d is expected",
                         options->hops, KITH_MAP_HOPS);
    kith_map_base *own = NULL;
    kith_status status = KITH_OK;
    if (options->base == NULL)
        status = kith_map_base_build(&own, store, network, options, err);
    m.base = options->base != NULL ? options->base : own;
    if (status == KITH_OK)
        status = make(&m);
    if (status == KITH_OK && options->summarise)
        status = kith_map_summarise(scene, options->most ? options->most : KITH_MAP_MOST,
                                    options->most_ties ? options->most_ties : KITH_MAP_MOST_TIES, err);
    drop(&m);
    kith_map_base_free(own);
    if (status != KITH_OK)
        kith_scene_free(scene);
    return status;
}
