/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gaps.c: pairs by what they share, sorted, then told as questions. */
#include "kith/gaps.h"

#include <stdlib.h>
#include <string.h>

#include "alleged.h"
#include "kith/text.h"

enum { MOST_SOURCES = 4, MOST_CONTEXTS = 4 };

typedef struct share {
    uint32_t left, right, thing;
    uint32_t from_left, from_right; /* contacts of either with the thing */
} share;

typedef struct desk {
    const kith_network *network;
    const kith_gaps_options *options;
    kith_contacts contacts;
    bool *child;      /* per thing: a person who is, or may be, a child */
    uint32_t *around; /* contacts of the thing at hand with people */
    share *shares;
    size_t count, room;
} desk;

static bool add_share(desk *d, share made)
{
    if (d->count == d->room) {
        const size_t room = d->room == 0 ? 1024 : d->room * 2;
        share *grown = realloc(d->shares, room * sizeof *grown);
        if (grown == NULL)
            return false;
        d->shares = grown;
        d->room = room;
    }
    d->shares[d->count++] = made;
    return true;
}

static bool is_seed(const desk *d, uint32_t person)
{
    for (size_t i = 0; i < d->options->seed_count; i++)
        if (d->options->seeds[i] == person)
            return true;
    return d->options->seeds == NULL;
}

static bool is_asked_of(const desk *d, uint32_t a, uint32_t b)
{
    const bool right_kind =
        d->options->adults ? d->child[a] || d->child[b] : d->child[a] && d->child[b];

    return right_kind && (is_seed(d, a) || is_seed(d, b)) &&
           !kith_contacts_have(&d->contacts, a, b);
}

/* A place that is no service place, an object, a group, or somebody who is surely an adult. */
static bool is_context(const desk *d, uint32_t thing)
{
    const kith_thing *what = &d->network->things[thing];

    if (what->kind == KITH_PERSON)
        return !d->child[thing];
    return what->kind != KITH_LOCATION || !what->meaning->service;
}

static bool share_thing(desk *d, uint32_t thing)
{
    const kith_contacts *contacts = &d->contacts;
    size_t count = 0;

    for (size_t i = contacts->first[thing]; i < contacts->first[thing + 1]; i++) {
        const uint32_t other = kith_contact_other(&contacts->list[contacts->of[i]], thing);
        if (d->network->things[other].kind == KITH_PERSON)
            d->around[count++] = contacts->of[i];
    }
    for (size_t i = 0; count <= d->options->size_cap && i < count; i++) {
        const uint32_t a = kith_contact_other(&contacts->list[d->around[i]], thing);
        for (size_t j = i + 1; j < count; j++) {
            const uint32_t b = kith_contact_other(&contacts->list[d->around[j]], thing);
            if (is_asked_of(d, a, b) &&
                !add_share(d, (share){ a, b, thing, d->around[i], d->around[j] }))
                return false;
        }
    }
    return true;
}

static int by_pair(const void *a, const void *b)
{
    const share *x = a, *y = b;

    if (x->left != y->left)
        return x->left < y->left ? -1 : 1;
    if (x->right != y->right)
        return x->right < y->right ? -1 : 1;
    return (x->thing > y->thing) - (x->thing < y->thing);
}

/* Names each agency once, in the order of the records. Returns how many there are. */
static size_t list_sources(kith_text *out, const desk *d, const share *shares, size_t count)
{
    const char *named[MOST_SOURCES];
    size_t sources = 0;

    for (size_t i = 0; i < 2 * count && sources < MOST_SOURCES; i++) {
        const uint32_t from = i % 2 == 0 ? shares[i / 2].from_left : shares[i / 2].from_right;
        const char *source = kith_contact_source(&d->contacts, &d->contacts.list[from]);
        size_t known = 0;
        while (known < sources && strcmp(named[known], source) != 0)
            known++;
        if (known == sources && source[0] != '\0') {
            kith_text_format(out, "%s%s", sources > 0 ? ", " : "", source);
            named[sources++] = source;
        }
    }
    return sources;
}

/* "L02 (E040, E051), O3 and 2 more". */
static void list_contexts(kith_text *out, const desk *d, const share *shares, size_t count)
{
    for (size_t i = 0; i < count && i < MOST_CONTEXTS; i++) {
        const kith_contact *left = &d->contacts.list[shares[i].from_left];
        const kith_contact *right = &d->contacts.list[shares[i].from_right];
        const char *one = kith_contact_record(&d->contacts, left);
        const char *other = kith_contact_record(&d->contacts, right);
        kith_text_format(out, "%s%s", i == 0 ? "" : ", ", d->network->things[shares[i].thing].id);
        if (one[0] != '\0' && other[0] != '\0')
            kith_text_format(out, " (%s, %s)", one, other);
    }
    if (count > MOST_CONTEXTS)
        kith_text_format(out, " and %zu more", count - MOST_CONTEXTS);
}

static void write_question(kith_text *out, const desk *d, const share *shares, size_t count,
                           const char *sources, const char *contexts)
{
    const char *left = d->network->things[shares[0].left].id;
    const char *right = d->network->things[shares[0].right].id;

    kith_text_format(out,
                     "Ask %s: do %s and %s know each other, or did they only come to the same "
                     "%s? Both are recorded with %s.",
                     sources[0] != '\0' ? sources : "the agencies that hold them", left, right,
                     count == 1 ? "place or person" : "places or people", contexts);
}

static void add_row(kith_table *table, const desk *d, const share *shares, size_t count,
                    kith_text text[3])
{
    for (int i = 0; i < 3; i++)
        kith_text_clear(&text[i]);
    list_sources(&text[0], d, shares, count);
    list_contexts(&text[1], d, shares, count);
    write_question(&text[2], d, shares, count, kith_text_string(&text[0]),
                   kith_text_string(&text[1]));
    kith_table_text(table, d->network->things[shares[0].left].id);
    kith_table_text(table, d->network->things[shares[0].right].id);
    kith_table_integer(table, (int64_t)count);
    kith_table_text(table, kith_text_string(&text[2]));
    kith_table_text(table, kith_text_string(&text[1]));
    kith_table_text(table, kith_text_string(&text[0]));
}

static kith_status add_rows(kith_table *table, const desk *d, kith_error *err)
{
    kith_text text[3] = { { 0 }, { 0 }, { 0 } };
    kith_status status = KITH_OK;

    for (size_t i = 0, end = 0; i < d->count; i = end) {
        for (end = i + 1; end < d->count && d->shares[end].left == d->shares[i].left &&
                          d->shares[end].right == d->shares[i].right;)
            end++;
        if (end - i >= d->options->least)
            add_row(table, d, &d->shares[i], end - i, text);
    }
    for (int i = 0; i < 3; i++) {
        if (status == KITH_OK)
            status = kith_text_status(&text[i], err);
        kith_text_free(&text[i]);
    }
    return status;
}

static kith_status find_shares(desk *d, kith_error *err)
{
    const size_t n = d->network->thing_count + 1;
    kith_status status = kith_contacts_find(&d->contacts, d->network, NULL, err);

    if (status != KITH_OK)
        return status;
    d->child = calloc(n, sizeof *d->child);
    d->around = malloc(n * sizeof *d->around);
    if (d->child == NULL || d->around == NULL)
        return kith_no_memory(err);
    for (uint32_t t = 0; t < d->network->thing_count; t++)
        d->child[t] = d->network->things[t].kind == KITH_PERSON && kith_may_be_child(d->network, t);
    for (uint32_t t = 0; t < d->network->thing_count; t++)
        if (is_context(d, t) && !share_thing(d, t))
            return kith_no_memory(err);
    if (d->count > 1)
        qsort(d->shares, d->count, sizeof *d->shares, by_pair);
    return KITH_OK;
}

static void add_columns(kith_table *table)
{
    kith_table_column(table, "left_id", KITH_CELL_TEXT);
    kith_table_column(table, "right_id", KITH_CELL_TEXT);
    kith_table_column(table, "shared", KITH_CELL_INTEGER);
    kith_table_column(table, "ask", KITH_CELL_TEXT);
    kith_table_column(table, "contexts", KITH_CELL_TEXT);
    kith_table_column(table, "sources", KITH_CELL_TEXT);
}

static void add_notes(kith_table *table, const kith_gaps_options *options)
{
    kith_table_fact(
        table, "asked", "%s, at least %lu shared; what more than %lu people come to is not counted",
        options->adults ? "children with children and with adults" : "children with children",
        (unsigned long)options->least, (unsigned long)options->size_cap);
    kith_table_note(table, "shared: places, objects, groups and adults with which both have a "
                           "recorded contact, while nothing recorded brings the two together; no "
                           "service place");
    kith_table_note(table, "a question, not a link: sharing a place joins nobody, and nothing is "
                           "inferred or stored from it");
}

kith_status kith_gaps_report(kith_table *table, const kith_network *network,
                             const kith_gaps_options *options, kith_error *err)
{
    desk d = { .network = network, .options = options };

    if (options->least < 1 || options->size_cap < 2)
        return kith_fail(err, KITH_USAGE,
                         "gaps asks for at least one shared thing, of two people or "
                         "more");
    add_columns(table);
    table->empty = "no pair shares so much without a recorded contact";
    kith_status status = find_shares(&d, err);
    if (status == KITH_OK)
        status = add_rows(table, &d, err);
    add_notes(table, options);
    kith_contacts_free(&d.contacts);
    free(d.child);
    free(d.around);
    free(d.shares);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}
