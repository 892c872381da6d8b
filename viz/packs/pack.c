/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack.c: a mapping meeting's pack: whom it names, its map, a dossier of each; the rest in its files. */
#include "kith/pack.h"

#include <stdlib.h>
#include <string.h>

#include "../map_private.h"
#include "dossier_private.h"
#include "kith/retention.h"
#include "pack_private.h"

static kith_status find_subjects(pack_work *w, kith_error *err)
{
    kith_status status = KITH_OK;

    w->subjects = calloc(w->options->id_count + 1, sizeof *w->subjects);
    if (w->subjects == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; status == KITH_OK && i < w->options->id_count; i++)
        status = kith_network_find(&w->subjects[i], w->network, w->options->ids[i], err);
    return status;
}

/* Whoever and whatever is on the map or in a dossier is named. */
static kith_status name_all(pack_work *w, kith_error *err)
{
    bool *named = calloc(w->network->thing_count + 1, sizeof *named);
    uint32_t *list = malloc((w->network->thing_count + 1) * sizeof *list);
    size_t count = 0;
    kith_status status = named != NULL && list != NULL ? KITH_OK : kith_no_memory(err);

    for (size_t i = 0; status == KITH_OK && i < w->options->id_count; i++) {
        const size_t near = desk_near(w->desk, w->subjects[i], w->options->hops + 1);
        for (size_t n = 0; n < near; n++)
            if (desk_is_thing(w->desk, w->desk->reached[n]))
                named[w->desk->reached[n]] = true;
        desk_forget(w->desk, near);
        desk_mark(w->desk, named, w->subjects[i]);
    }
    for (uint32_t i = 0; status == KITH_OK && i < w->network->thing_count; i++)
        if (named[i])
            list[count++] = i;
    if (status == KITH_OK)
        status = kith_desk_name(w->desk, list, count, err);
    free(named);
    free(list);
    return status;
}

static kith_status draw_map(pack_work *w, kith_error *err)
{
    kith_scene *scene = &w->pack->scene;
    const kith_map_options options = {
        .ids = w->options->ids, .id_count = w->options->id_count, .hops = w->options->hops,
        .most = w->options->most, .most_ties = 2 * w->options->most, .summarise = true, .names = (kith_map_names)w->desk->names, .seed = w->options->seed,
        .base = w->desk->base, .called = (const char *const *)w->desk->called,
    };
    kith_text subject = { 0 };
    bool failed = false;
    kith_status status = kith_map_scene(scene, w->store, w->network, &options, err);

    if (status == KITH_OK)
        status = kith_map_subject(&subject, w->network, &options, err);
    dossier_set(&w->pack->subject, &subject, &failed);
    if (status != KITH_OK)
        return status;
    if (failed)
        return kith_no_memory(err);
    desk_show_scene(w->desk, scene);
    w->drawn = malloc((scene->node_count + 1) * sizeof *w->drawn);
    if (w->drawn == NULL)
        return kith_no_memory(err);
    memset(w->drawn, 0xFF, (scene->node_count + 1) * sizeof *w->drawn);
    for (uint32_t t = 0; t < w->network->thing_count; t++) {
        const uint32_t node = kith_map_node(scene, w->network, t);
        if (node != KITH_NOTHING)
            w->drawn[node] = t;
    }
    return KITH_OK;
}

static kith_status add_subjects(pack_work *w, kith_error *err)
{
    const kith_dossier_options options = { .rows = 0, .no_picture = true };
    const size_t count = w->options->id_count;
    kith_status status = KITH_OK;

    w->pack->subjects = calloc(count + 1, sizeof *w->pack->subjects);
    w->pack->weighings = calloc(count + 1, sizeof *w->pack->weighings);
    if (w->pack->subjects == NULL || w->pack->weighings == NULL)
        return kith_no_memory(err);
    w->pack->count = count;
    for (size_t i = 0; status == KITH_OK && i < count; i++) {
        status = kith_dossier_make(&w->pack->subjects[i], w->desk, w->subjects[i], &options, err);
        if (status == KITH_OK)
            status = pack_add_weighing(w, i, err);
    }
    return status;
}

static kith_status make(pack_work *w, kith_error *err)
{
    kith_status status = kith_desk_open(&w->desk, w->store, w->network, w->options->names, w->options->seed, false, err);

    if (status == KITH_OK)
        status = find_subjects(w, err);
    if (status == KITH_OK)
        status = name_all(w, err);
    if (status == KITH_OK)
        status = draw_map(w, err);
    if (status == KITH_OK)
        status = pack_add_groups(w, err);
    if (status == KITH_OK)
        status = pack_add_gaps(w, err);
    if (status == KITH_OK)
        status = add_subjects(w, err);
    if (status != KITH_OK)
        return status;
    status = pack_add_ties(w, err);
    pack_add_places(w);
    pack_add_actions(w);
    const kith_table *const tables[] = { &w->pack->ties, &w->pack->groups, &w->pack->gaps,
                                         &w->pack->places, &w->pack->actions };
    for (size_t i = 0; status == KITH_OK && i < sizeof tables / sizeof *tables; i++)
        status = kith_table_status(tables[i], err);
    for (size_t i = 0; status == KITH_OK && i < w->pack->count; i++)
        status = kith_table_status(&w->pack->weighings[i], err);
    return status == KITH_OK ? desk_list_shown(&w->pack->shown, &w->pack->shown_count, w->desk, err) : status;
}

kith_status kith_pack_make(kith_pack *pack, kith_store *store, const kith_network *network,
                           const kith_pack_options *options, kith_error *err)
{
    pack_work w = { .pack = pack, .store = store, .network = network, .options = options };

    *pack = (kith_pack){ 0 };
    if (options->id_count == 0)
        return kith_fail(err, KITH_USAGE, "nobody is named; give the ids that the meeting is about");
    kith_status status = make(&w, err);
    if (status == KITH_OK)
        status = kith_source_rights(&pack->rights, store, &network->view, err);
    kith_desk_close(w.desk);
    free(w.subjects);
    free(w.drawn);
    if (status != KITH_OK)
        kith_pack_free(pack);
    return status;
}

void kith_pack_free(kith_pack *pack)
{
    kith_table *const tables[] = { &pack->ties, &pack->groups, &pack->gaps, &pack->places, &pack->actions,
                                   &pack->rights };

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        kith_table_free(tables[i]);
    for (size_t i = 0; i < pack->count; i++) {
        if (pack->subjects != NULL)
            kith_dossier_free(&pack->subjects[i]);
        if (pack->weighings != NULL)
            kith_table_free(&pack->weighings[i]);
    }
    free(pack->subjects);
    free(pack->weighings);
    kith_scene_free(&pack->scene);
    free(pack->subject);
    free(pack->shown);
    *pack = (kith_pack){ 0 };
}
