/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map_names.c: what people and things are called on a map.
 *
 * A name is made from a stem ("AB", "Child Ash", "park"); where several on the map have the
 * same stem each gets a number, in the order of their ids. Homes and objects are called by
 * their kind, because an address or a telephone number names a person as well. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/names.h"
#include "map_private.h"

static const char *const trees[] = {
    "Ash",    "Aspen",   "Beech", "Birch",  "Cedar",  "Cherry", "Clover",  "Cypress",
    "Elder",  "Elm",     "Fern",  "Fir",    "Gorse",  "Hazel",  "Heather", "Holly",
    "Ivy",    "Juniper", "Larch", "Laurel", "Linden", "Maple",  "Moss",    "Myrtle",
    "Oak",    "Olive",   "Pine",  "Poplar", "Reed",   "Rowan",  "Sage",    "Sorrel",
    "Spruce", "Thistle", "Thyme", "Willow", "Yarrow", "Yew",
};

enum { TREES = sizeof trees / sizeof *trees };

static const char *person_word(kith_scene_class class)
{
    return class == KITH_DRAW_CHILD ? "child" : class == KITH_DRAW_ADULT ? "adult" : "person";
}

/* A stem, capitalised: "Child Ash". */
static void add_pseudonym(kith_text *out, const char *word, size_t *used)
{
    const size_t round = *used / TREES;

    kith_text_format(out, "%c%s %s", word[0] - 'a' + 'A', word + 1, trees[*used % TREES]);
    if (round > 0)
        kith_text_format(out, " %zu", round + 1);
    ++*used;
}

static void person_stem(kith_text *out, const kith_mapping *m, uint32_t vertex, size_t *used)
{
    const kith_thing *person = kith_vertex_thing(m, vertex);
    const char *word = person_word(kith_map_class(m, vertex));

    switch (m->options->names) {
    case KITH_MAP_FULL:
        kith_text_add(out, person->name[0] != '\0' ? person->name : person->id);
        break;
    case KITH_MAP_INITIALS:
        kith_name_initials(out, person->name);
        break;
    case KITH_MAP_PSEUDONYM:
        add_pseudonym(out, word, used);
        break;
    case KITH_MAP_NONE:
        break;
    }
    if (out->size == 0)
        kith_text_add(out, word);
}

static const char *kind_word(const kith_thing *thing)
{
    static const char *const words[] = { "", "person", "place", "group", "object", "event" };

    if (thing->home)
        return "home";
    if (thing->meaning != NULL && thing->meaning->known)
        return thing->meaning->label;
    return thing->word[0] != '\0' ? thing->word : words[thing->kind];
}

static void thing_stem(kith_text *out, const kith_mapping *m, const kith_thing *thing)
{
    const bool full = m->options->names == KITH_MAP_FULL;
    const bool named =
        full || (m->options->names != KITH_MAP_NONE && !thing->home && thing->kind != KITH_OBJECT);

    if (named && thing->name[0] != '\0')
        kith_text_add(out, thing->name);
    else if (full)
        kith_text_add(out, thing->id);
    else
        kith_text_add(out, kind_word(thing));
}

static void event_stem(kith_text *out, const kith_event_record *event)
{
    char day[KITH_TIME_SIZE];

    kith_text_add(out, event->meaning->known ? event->meaning->label : event->word);
    if (event->at.precision == KITH_UNDATED)
        return;
    kith_day_write(day, event->at.day);
    kith_text_format(out, " %.*s", event->at.precision == KITH_MONTH ? 7 : 10, day);
}

/* What somebody is called is one line; whatever a source put into it. */
static void on_one_line(char *name)
{
    for (; name != NULL && *name != '\0'; name++)
        if (*name == '\n' || *name == '\r')
            *name = ' ';
}

/* What the caller calls a thing; NULL: it is named here. */
static const char *called_before(const kith_mapping *m, uint32_t vertex)
{
    return m->options->called != NULL && !kith_vertex_is_event(m, vertex) ? m->options->called[vertex]
                                                                           : NULL;
}

static kith_status make_stems(kith_mapping *m)
{
    size_t used = 0;

    for (size_t i = 0; i < m->chosen_count; i++) {
        const uint32_t vertex = m->chosen[i];
        const char *called = called_before(m, vertex);
        kith_text stem = { 0 };
        if (called != NULL)
            kith_text_add(&stem, called);
        else if (kith_vertex_is_person(m, vertex))
            person_stem(&stem, m, vertex, &used);
        else if (kith_vertex_is_event(m, vertex))
            event_stem(&stem, &m->network->events[vertex - m->network->thing_count]);
        else
            thing_stem(&stem, m, kith_vertex_thing(m, vertex));
        if (stem.failed) {
            kith_text_free(&stem);
            return kith_no_memory(m->err);
        }
        on_one_line(stem.data);
        m->names[i] = stem.data;
    }
    return KITH_OK;
}

typedef struct stem {
    const char *text;
    uint32_t vertex, chosen;
} stem;

static int by_text(const void *left, const void *right)
{
    const stem *a = left, *b = right;
    const int order = strcmp(a->text, b->text);

    return order != 0 ? order : (a->vertex > b->vertex) - (a->vertex < b->vertex);
}

/* Numbers those of a run that share a stem. A person who is only "child" always has one. */
static kith_status number_run(kith_mapping *m, const stem *run, size_t count)
{
    const bool bare = kith_vertex_is_person(m, run->vertex) && m->options->names != KITH_MAP_FULL &&
                      strcmp(run->text, person_word(kith_map_class(m, run->vertex))) == 0;

    for (size_t i = 0; i < count && (count > 1 || bare); i++) {
        if (called_before(m, run[i].vertex) != NULL)
            continue;
        kith_text name = { 0 };
        kith_text_format(&name, "%s %zu", run[i].text, i + 1);
        if (name.failed) {
            kith_text_free(&name);
            return kith_no_memory(m->err);
        }
        m->names[run[i].chosen] = name.data;
    }
    return KITH_OK;
}

static kith_status number_stems(kith_mapping *m)
{
    kith_status status = KITH_OK;
    stem *stems = malloc((m->chosen_count + 1) * sizeof *stems);

    if (stems == NULL)
        return kith_no_memory(m->err);
    for (uint32_t i = 0; i < m->chosen_count; i++)
        stems[i] = (stem){ m->names[i], m->chosen[i], i };
    qsort(stems, m->chosen_count, sizeof *stems, by_text);
    for (size_t i = 0, end = 0; status == KITH_OK && i < m->chosen_count; i = end) {
        for (end = i + 1; end < m->chosen_count && strcmp(stems[end].text, stems[i].text) == 0;)
            end++;
        status = number_run(m, stems + i, end - i);
    }
    for (size_t i = 0; i < m->chosen_count; i++)
        if (m->names[stems[i].chosen] != stems[i].text)
            free((char *)stems[i].text);
    free(stems);
    return status;
}

kith_status kith_map_call(char ***names, const kith_network *network, const uint32_t *things,
                          size_t count, kith_map_names profile, kith_error *err)
{
    const kith_map_options options = { .names = profile };
    kith_mapping m = { .network = network, .options = &options, .chosen = (uint32_t *)things,
                       .chosen_count = count, .err = err };
    const kith_status status = kith_map_name(&m);

    for (size_t i = 0; status != KITH_OK && m.names != NULL && i < count; i++)
        free(m.names[i]);
    if (status != KITH_OK)
        free(m.names);
    *names = status == KITH_OK ? m.names : NULL;
    return status;
}

kith_status kith_map_name(kith_mapping *m)
{
    m->names = calloc(m->chosen_count + 1, sizeof *m->names);
    if (m->names == NULL)
        return kith_no_memory(m->err);
    const kith_status status = make_stems(m);
    return status == KITH_OK ? number_stems(m) : status;
}
