/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dossier_picture.c: one step around somebody, drawn; the second step, said.
 *
 * Two steps from a child are often hundreds of people and places, which nobody can read on a
 * page. So the first step is drawn, each of its things says how many more lie behind it, and
 * the adults of the second step who are alleged to harm are named in a sentence. */
#include <stdlib.h>
#include <string.h>

#include "dossier_private.h"

enum { DRAWN_MOST = 30, NAMED_MOST = 5 };

typedef struct tally {
    size_t children, adults, unknown, places, others;
} tally;

static void count(tally *t, const kith_network *network, uint32_t thing)
{
    switch (kith_map_class_of(network, thing)) {
    case KITH_DRAW_CHILD:
        t->children++;
        break;
    case KITH_DRAW_ADULT:
        t->adults++;
        break;
    case KITH_DRAW_UNKNOWN_AGE:
        t->unknown++;
        break;
    case KITH_DRAW_PLACE:
        t->places++;
        break;
    default:
        t->others++;
    }
}

/* "3 children, 1 adult, 2 places". */
static void say(kith_text *out, const tally *t)
{
    const struct {
        size_t count;
        const char *one, *many;
    } words[] = {
        { t->children, "child", "children" },
        { t->adults, "adult", "adults" },
        { t->unknown, "person of unknown age", "people of unknown age" },
        { t->places, "place", "places" },
        { t->others, "other thing", "other things" },
    };
    const char *before = "";

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].count > 0) {
            kith_text_format(out, "%s%zu %s", before, words[i].count,
                             words[i].count == 1 ? words[i].one : words[i].many);
            before = ", ";
        }
}

/* A first-step thing that a second-step one is tied to, the first in the network's order. */
static uint32_t through(kith_desk *desk, const uint8_t *steps, uint32_t thing)
{
    uint32_t best = KITH_NOTHING;
    const size_t near = desk_near(desk, thing, 1);

    for (size_t i = 1; i < near; i++)
        if (desk_is_thing(desk, desk->reached[i]) && steps[desk->reached[i]] == 1 &&
            desk->reached[i] < best)
            best = desk->reached[i];
    desk_forget(desk, near);
    return best;
}

/* Adults alleged to harm, two steps away. */
static void say_concern(kith_text *out, dossier_work *w, const uint8_t *steps, const uint32_t *list,
                        size_t size)
{
    size_t found = 0;

    for (size_t i = 0; i < size; i++) {
        if (!desk_is_thing(w->desk, list[i]) || steps[list[i]] != 2 ||
            !desk_is_of_concern(w->desk, list[i]) || ++found > NAMED_MOST)
            continue;
        const uint32_t via = through(w->desk, steps, list[i]);
        kith_text_format(out, "%s%s", found == 1 ? " Adults alleged to harm among them: " : ", ",
                         desk_call(w->desk, list[i]));
        if (via != KITH_NOTHING)
            kith_text_format(out, " (through %s)", desk_call(w->desk, via));
    }
    if (found > NAMED_MOST)
        kith_text_format(out, " and %zu more", found - NAMED_MOST);
    if (found > 0)
        kith_text_add_char(out, '.');
}

/* What lies behind a drawn thing goes into its badges. */
static void badge(dossier_work *w, const uint8_t *steps, uint32_t thing)
{
    kith_scene *scene = &w->dossier->scene;
    const uint32_t node = kith_map_node(scene, w->desk->network, thing);
    kith_text text = { 0 };
    tally behind = { 0 };
    const size_t near = desk_near(w->desk, thing, 1);

    for (size_t i = 1; i < near; i++)
        if (desk_is_thing(w->desk, w->desk->reached[i]) && steps[w->desk->reached[i]] == 2)
            count(&behind, w->desk->network, w->desk->reached[i]);
    desk_forget(w->desk, near);
    const size_t all = behind.children + behind.adults + behind.unknown + behind.places + behind.others;
    if (node == KITH_NOTHING || all == 0)
        return;
    kith_text_format(&text, "%s%s+%zu", scene->nodes[node].badges,
                     scene->nodes[node].badges[0] != '\0' ? "\n" : "", all);
    scene->failed = scene->failed || text.failed;
    kith_scene_set(scene, &scene->nodes[node].badges, kith_text_string(&text));
    kith_text_free(&text);
}

/* A page has fewer days than a map of the same, and must not take away where the map's things stand. */
static kith_status name_picture(dossier_work *w, const kith_map_options *options, kith_error *err)
{
    kith_text subject = { 0 };
    bool failed = false;
    const kith_status status = kith_map_subject(&subject, w->desk->network, options, err);

    kith_text_add(&subject, " page");
    dossier_set(&w->dossier->subject, &subject, &failed);
    return status == KITH_OK && failed ? kith_no_memory(err) : status;
}

static kith_status draw(dossier_work *w, const uint8_t *steps, const uint32_t *list, size_t size,
                        kith_error *err)
{
    static const char *const prefixes[] = { "", "person:", "location:", "group:", "object:" };
    const kith_thing *thing = &w->desk->network->things[w->dossier->thing];
    kith_text id = { 0 };
    kith_status status;

    kith_text_format(&id, "%s%s", prefixes[thing->kind], thing->id);
    const char *ids[] = { kith_text_string(&id) };
    const kith_map_options options = { .ids = ids, .id_count = 1, .hops = 1, .names = (kith_map_names)w->desk->names,
                                       .seed = w->desk->seed, .base = w->desk->base,
                                       .called = (const char *const *)w->desk->called };
    status = kith_text_status(&id, err);
    if (status == KITH_OK)
        status = kith_map_scene(&w->dossier->scene, w->desk->store, w->desk->network, &options, err);
    if (status == KITH_OK)
        status = name_picture(w, &options, err);
    kith_text_free(&id);
    if (status != KITH_OK)
        return status;
    w->dossier->drawn = true;
    desk_show_scene(w->desk, &w->dossier->scene);
    for (size_t i = 1; i < size; i++)
        if (desk_is_thing(w->desk, list[i]) && steps[list[i]] == 1)
            badge(w, steps, list[i]);
    kith_scene_set(&w->dossier->scene, &w->dossier->scene.title, ""); /* the page has them */
    kith_scene_set(&w->dossier->scene, &w->dossier->scene.header, "");
    kith_scene_set(&w->dossier->scene, &w->dossier->scene.footer, "");
    kith_scene_add_term(&w->dossier->scene, "+4", "so many more lie behind it, one step further");
    return kith_scene_status(&w->dossier->scene, err);
}

static kith_status picture(dossier_work *w, const uint8_t *steps, const uint32_t *list, size_t size,
                           kith_error *err)
{
    kith_text text = { 0 };
    tally one = { 0 }, two = { 0 };
    bool failed = false;
    kith_status status = KITH_OK;

    for (size_t i = 1; i < size; i++)
        if (desk_is_thing(w->desk, list[i]))
            count(steps[list[i]] == 1 ? &one : &two, w->desk->network, list[i]);
    const size_t nodes = one.children + one.adults + one.unknown + one.places + one.others;
    if (nodes == 0)
        kith_text_add(&text, "Nobody and nothing is recorded one step away in this window.");
    if (nodes > DRAWN_MOST) {
        kith_text_add(&text, "Too many for a picture that can be read. One step away: ");
        say(&text, &one);
        kith_text_add(&text, ". ");
    }
    if (nodes > 0 && nodes <= DRAWN_MOST && !w->options->undrawn)
        status = draw(w, steps, list, size, err);
    if (two.children + two.adults + two.unknown + two.places + two.others > 0) {
        kith_text_add(&text, "Two steps away: ");
        say(&text, &two);
        kith_text_add(&text, ".");
        say_concern(&text, w, steps, list, size);
    }
    dossier_set(&w->dossier->beyond, &text, &failed);
    return status == KITH_OK && failed ? kith_no_memory(err) : status;
}

kith_status dossier_add_picture(dossier_work *w, kith_error *err)
{
    const size_t vertices = w->desk->network->thing_count + w->desk->network->event_count + 1;
    const size_t size = desk_near(w->desk, w->dossier->thing, 2);
    uint8_t *steps = malloc(vertices);
    uint32_t *list = malloc(size * sizeof *list);
    kith_status status = steps != NULL && list != NULL ? KITH_OK : kith_no_memory(err);

    if (status == KITH_OK) {
        memcpy(steps, w->desk->near, vertices);
        memcpy(list, w->desk->reached, size * sizeof *list);
    }
    desk_forget(w->desk, size);
    if (status == KITH_OK)
        status = picture(w, steps, list, size, err);
    free(steps);
    free(list);
    return status;
}
