/* SPDX-License-Identifier: GPL-3.0-or-later */
/* desk_names.c: what a pack calls people, and what it takes out of sentences because of that. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"

enum { NAME_LEAST = 3 }; /* letters of a single name that is looked for in sentences */

static bool is_hidden(const kith_desk *desk, const kith_thing *thing)
{
    return thing->kind == KITH_PERSON || thing->home || thing->kind == KITH_OBJECT ||
           desk->names == KITH_NAMES_NONE;
}

/* Each word of somebody's name, for those whom the pack names. */
static void scrub_parts(kith_desk *desk, const char *name, const char *instead)
{
    kith_text part = { 0 };

    while (*name != '\0') {
        const size_t size = strcspn(name, " -");
        kith_text_clear(&part);
        kith_text_add_bytes(&part, name, size);
        if (size >= NAME_LEAST)
            kith_scrub_add(desk->scrub, part.failed ? NULL : part.data, instead, true);
        name += size + (name[size] != '\0');
    }
    kith_text_free(&part);
}

/* Aliases and identifiers, several in one text; of an identifier what stands behind '='. */
static void scrub_list(kith_desk *desk, uint32_t thing, const char *text)
{
    kith_text part = { 0 };

    while (*text != '\0') {
        const size_t size = strcspn(text, ";");
        const char *equals = memchr(text, '=', size);
        const char *from = equals != NULL ? equals + 1 : text;
        kith_text_clear(&part);
        kith_text_add_bytes(&part, from, (size_t)(text + size - from));
        if (part.failed)
            kith_scrub_add(desk->scrub, NULL, NULL, false);
        else if (part.size >= NAME_LEAST)
            kith_scrub_add(desk->scrub, part.data, desk_call(desk, thing), strchr(part.data, ' ') == NULL);
        text += size + (text[size] != '\0');
    }
    kith_text_free(&part);
}

static kith_status scrub_words(kith_desk *desk, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, desk->store, &desk->network->view,
                                               KITH_QUERY_SCRUB_WORDS, err);

    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows)) {
        const uint32_t thing = desk_thing(desk, kith_rows_integer(rows, 0));
        if (thing != KITH_NOTHING && is_hidden(desk, &desk->network->things[thing]))
            scrub_list(desk, thing, kith_rows_text(rows, 1));
    }
    return kith_rows_end(rows, err);
}

/* An id with a letter and a digit in it; a bare number or word may be anything. */
static bool is_telling_id(const char *id)
{
    bool digit = false, letter = false;

    for (; *id != '\0'; id++) {
        digit = digit || (*id >= '0' && *id <= '9');
        letter = letter || (*id >= 'A' && *id <= 'Z') || (*id >= 'a' && *id <= 'z');
    }
    return digit && letter;
}

/* Public places keep their names; ids become what they are called; everybody's whole name goes, and of those in the pack each part. */
static kith_status make_scrub(kith_desk *desk, kith_error *err)
{
    const kith_network *network = desk->network;

    desk->scrub = kith_scrub_new();
    if (desk->scrub == NULL)
        return kith_no_memory(err);
    if (desk->names == KITH_NAMES_FULL)
        return kith_scrub_end(desk->scrub, err);
    for (uint32_t i = 0; i < network->thing_count; i++)
        if (network->things[i].name[0] != '\0' && !is_hidden(desk, &network->things[i]))
            kith_scrub_add(desk->scrub, network->things[i].name, NULL, false);
    for (uint32_t i = 0; i < network->thing_count; i++)
        if (is_hidden(desk, &network->things[i]))
            kith_scrub_add(desk->scrub, network->things[i].name, desk_call(desk, i), false);
    for (uint32_t i = 0; i < network->thing_count; i++)
        if (network->things[i].kind == KITH_PERSON && desk->called[i] != NULL)
            scrub_parts(desk, network->things[i].name, desk->called[i]);
    for (uint32_t i = 0; i < network->thing_count; i++)
        if (is_telling_id(network->things[i].id))
            kith_scrub_add(desk->scrub, network->things[i].id, desk_call(desk, i), false);
    const kith_status status = scrub_words(desk, err);
    return status == KITH_OK ? kith_scrub_end(desk->scrub, err) : status;
}

static int by_index(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

kith_status kith_desk_name(kith_desk *desk, const uint32_t *things, size_t count, kith_error *err)
{
    uint32_t *sorted = malloc((count + 1) * sizeof *sorted);
    char **names = NULL;

    if (sorted == NULL)
        return kith_no_memory(err);
    if (count > 0)
        memcpy(sorted, things, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_index);
    kith_status status = kith_map_call(&names, desk->network, sorted, count,
                                       (kith_map_names)desk->names, err);
    for (size_t i = 0; status == KITH_OK && i < count; i++)
        desk->called[sorted[i]] = names[i];
    free(names);
    free(sorted);
    return status == KITH_OK ? make_scrub(desk, err) : status;
}
