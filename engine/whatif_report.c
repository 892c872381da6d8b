/* SPDX-License-Identifier: GPL-3.0-or-later */
/* whatif_report.c: each child's routes to adults alleged to harm, before and after. */
#include "kith/whatif.h"

#include <stdlib.h>

#include "alleged.h"
#include "kith/text.h"

enum { MOST_ROUTES = 3 };

/* A route from a child: to an adult, over a thing or directly (KITH_NOTHING). */
typedef struct route {
    uint32_t adult, over;
    uint32_t near, far; /* contacts; far is near when direct */
} route;

typedef struct desk {
    const kith_whatif *whatif;
    route *routes; /* of the child at hand */
    size_t count, room;
    size_t children, freed; /* who lose a route; who are left without any */
} desk;

static bool add_route(desk *d, route made)
{
    if (d->count == d->room) {
        const size_t room = d->room == 0 ? 64 : d->room * 2;
        route *grown = realloc(d->routes, room * sizeof *grown);
        if (grown == NULL)
            return false;
        d->routes = grown;
        d->room = room;
    }
    d->routes[d->count++] = made;
    return true;
}

/* By adult; the direct one first, then over things in their order. */
static int by_adult(const void *a, const void *b)
{
    const route *x = a, *y = b;

    if (x->adult != y->adult)
        return x->adult < y->adult ? -1 : 1;
    if ((x->over == KITH_NOTHING) != (y->over == KITH_NOTHING))
        return x->over == KITH_NOTHING ? -1 : 1;
    return (x->over > y->over) - (x->over < y->over);
}

static bool passable(const kith_network *network, uint32_t thing)
{
    const kith_thing *what = &network->things[thing];

    return what->kind != KITH_LOCATION || !what->meaning->service;
}

static kith_status find_routes(desk *d, uint32_t child, kith_error *err)
{
    const kith_whatif *w = d->whatif;

    d->count = 0;
    for (size_t i = w->contacts.first[child]; i < w->contacts.first[child + 1]; i++) {
        const uint32_t near = w->contacts.of[i],
                       over = kith_contact_other(&w->contacts.list[near], child);
        if (w->alleged[over] && !add_route(d, (route){ over, KITH_NOTHING, near, near }))
            return kith_no_memory(err);
        for (size_t j = w->contacts.first[over];
             passable(w->contacts.network, over) && j < w->contacts.first[over + 1]; j++) {
            const uint32_t far = w->contacts.of[j],
                           adult = kith_contact_other(&w->contacts.list[far], over);
            if (w->alleged[adult] && !add_route(d, (route){ adult, over, near, far }))
                return kith_no_memory(err);
        }
    }
    if (d->count > 1)
        qsort(d->routes, d->count, sizeof *d->routes, by_adult);
    return KITH_OK;
}

static bool is_left(const kith_whatif *w, const route *r)
{
    return w->contacts.list[r->near].left && w->contacts.list[r->far].left;
}

/* "P072 over L01 (E041, E032)", "P072 directly (K040)". */
static void write_route(kith_text *out, const kith_whatif *w, const route *r)
{
    const char *near = kith_contact_record(&w->contacts, &w->contacts.list[r->near]),
               *far = kith_contact_record(&w->contacts, &w->contacts.list[r->far]);

    kith_text_add(out, w->contacts.network->things[r->adult].id);
    if (r->over == KITH_NOTHING)
        kith_text_add(out, " directly");
    else
        kith_text_format(out, " over %s", w->contacts.network->things[r->over].id);
    if (r->over == KITH_NOTHING && near[0] != '\0')
        kith_text_format(out, " (%s)", near);
    else if (r->over != KITH_NOTHING && near[0] != '\0' && far[0] != '\0')
        kith_text_format(out, " (%s, %s)", near, far);
}

typedef struct tally {
    size_t before, after, routes_after;
} tally;

/* Counts adults and routes; writes who is no longer reached, and a route to those who are. */
static tally count_routes(kith_text *lost, kith_text *left, const desk *d)
{
    const kith_whatif *w = d->whatif;
    tally t = { 0, 0, 0 };

    for (size_t i = 0, end = 0; i < d->count; i = end) {
        size_t kept = 0, first = i;
        for (end = i; end < d->count && d->routes[end].adult == d->routes[i].adult; end++)
            if (is_left(w, &d->routes[end]) && kept++ == 0)
                first = end;
        t.before++;
        t.after += kept > 0;
        t.routes_after += kept;
        if (kept == 0) {
            kith_text_add(lost, t.before - t.after > 1 ? ", " : "");
            kith_text_add(lost, w->contacts.network->things[d->routes[i].adult].id);
        } else if (t.after <= MOST_ROUTES) {
            kith_text_add(left, t.after > 1 ? "; " : "");
            write_route(left, w, &d->routes[first]);
        }
    }
    if (t.after > MOST_ROUTES)
        kith_text_format(left, "; and %zu adult%s more", t.after - MOST_ROUTES,
                         t.after - MOST_ROUTES == 1 ? "" : "s");
    return t;
}

static void add_row(kith_table *table, desk *d, uint32_t child, kith_text *lost, kith_text *left)
{
    kith_text_clear(lost);
    kith_text_clear(left);
    const tally t = count_routes(lost, left, d);
    if (t.routes_after == d->count)
        return;
    d->children++;
    d->freed += t.after == 0;
    kith_table_text(table, d->whatif->contacts.network->things[child].id);
    kith_table_integer(table, (int64_t)t.before);
    kith_table_integer(table, (int64_t)t.after);
    kith_table_integer(table, (int64_t)d->count);
    kith_table_integer(table, (int64_t)t.routes_after);
    kith_table_text(table, kith_text_string(lost));
    kith_table_text(table, kith_text_string(left));
}

static void add_notes(kith_table *table, const desk *d)
{
    kith_table_fact(table, "children", "%zu lose a route, %zu of them the last one", d->children,
                    d->freed);
    kith_table_note(table, "before, after: adults alleged to harm whom a route of one or two "
                           "contacts joins to the child: links, events of at most 12 people, "
                           "presence at a place; never over a service place");
    kith_table_note(table, "in id order; counts of what is recorded, no score, and no child is "
                           "compared with another");
    kith_table_note(table, "it cannot say what would happen instead: people move on, and harm with "
                           "them; ask where");
}

kith_status kith_whatif_report(kith_table *table, const kith_whatif *whatif, kith_error *err)
{
    const kith_network *network = whatif->contacts.network;
    desk d = { .whatif = whatif };
    kith_text lost = { 0 }, left = { 0 };
    kith_status status = KITH_OK;

    kith_table_column(table, "person_id", KITH_CELL_TEXT);
    kith_table_column(table, "before", KITH_CELL_INTEGER);
    kith_table_column(table, "after", KITH_CELL_INTEGER);
    kith_table_column(table, "routes_before", KITH_CELL_INTEGER);
    kith_table_column(table, "routes_after", KITH_CELL_INTEGER);
    kith_table_column(table, "lost", KITH_CELL_TEXT);
    kith_table_column(table, "remaining", KITH_CELL_TEXT);
    table->empty = "no child loses a recorded route to an adult alleged to harm";
    for (uint32_t t = 0; status == KITH_OK && t < network->thing_count; t++) {
        if (network->things[t].kind != KITH_PERSON || !kith_may_be_child(network, t))
            continue;
        status = find_routes(&d, t, err);
        if (status == KITH_OK)
            add_row(table, &d, t, &lost, &left);
    }
    add_notes(table, &d);
    if (status == KITH_OK)
        status = kith_text_status(&lost, err);
    if (status == KITH_OK)
        status = kith_text_status(&left, err);
    kith_text_free(&lost);
    kith_text_free(&left);
    free(d.routes);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}
