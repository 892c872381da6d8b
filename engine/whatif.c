/* SPDX-License-Identifier: GPL-3.0-or-later */
/* whatif.c: contacts as records make them, and whether one is left without some things.
 *
 * Every record is a claim on a pair; sorted, the claims of a pair are one contact, which is
 * left if any claim of it is. */
#include "kith/whatif.h"

#include <stdlib.h>

#include "alleged.h"

enum { SIZE_CAP = 12 };

typedef struct desk {
    kith_whatif *whatif;
    uint32_t *present; /* people of the event at hand */
    size_t room;
} desk;

static kith_status admit(const kith_network *network, uint32_t thing, kith_error *err)
{
    const kith_thing *what = &network->things[thing];

    if (what->kind == KITH_GROUP)
        return kith_fail(err, KITH_USAGE,
                         "%s is a group; --without takes places, objects and adults", what->id);
    if (what->kind == KITH_PERSON && kith_may_be_child(network, thing))
        return kith_fail(err, KITH_POLICY,
                         "%s is %s: a child is kept safe, not taken out of the picture. "
                         "--without takes places, objects and adults",
                         what->id,
                         what->born.precision == KITH_UNDATED ? "of unknown age, and may be a child"
                                                              : "a child");
    return KITH_OK;
}

static bool add(desk *d, uint32_t a, uint32_t b, uint32_t item, bool is_link, bool left)
{
    kith_whatif *w = d->whatif;

    if (w->contact_count == d->room) {
        const size_t room = d->room == 0 ? 1024 : d->room * 2;
        kith_contact *grown = realloc(w->contacts, room * sizeof *grown);
        if (grown == NULL)
            return false;
        w->contacts = grown;
        d->room = room;
    }
    w->contacts[w->contact_count++] = (kith_contact){ a < b ? a : b, a < b ? b : a, item, is_link,
                                                      left && !w->gone[a] && !w->gone[b] };
    return true;
}

/* Whoever is at an event, each once: participations stand by person. */
static size_t list_present(desk *d, const kith_event_record *event)
{
    const kith_network *network = d->whatif->network;
    size_t count = 0;

    for (uint32_t i = 0; i < event->participation_count; i++) {
        const kith_participation *p = &network->participations[event->first_participation + i];
        if (kith_participation_counts(network, p) &&
            (p->role & (KITH_REPORTER | KITH_HELPER)) == 0 &&
            (count == 0 || d->present[count - 1] != p->person))
            d->present[count++] = p->person;
    }
    return count;
}

static bool add_event(desk *d, uint32_t e)
{
    const kith_event_record *event = &d->whatif->network->events[e];
    const bool placed = event->place != KITH_NOTHING;
    const bool left = !placed || !d->whatif->gone[event->place];

    if (!event->meaning->gathers)
        return true;
    const size_t count = list_present(d, event);
    for (size_t i = 0; i < count; i++) {
        if (placed && !add(d, d->present[i], event->place, e, false, left))
            return false;
        for (size_t j = i + 1; count <= SIZE_CAP && j < count; j++)
            if (!add(d, d->present[i], d->present[j], e, false, left))
                return false;
    }
    return true;
}

static kith_status collect(desk *d, kith_error *err)
{
    const kith_network *network = d->whatif->network;

    for (uint32_t e = 0; e < network->event_count; e++)
        if (!add_event(d, e))
            return kith_no_memory(err);
    for (uint32_t i = 0; i < network->link_count; i++) {
        const kith_link *link = &network->links[i];
        if (!kith_is_suspected_false(network, link->origin) &&
            !add(d, link->from, link->to, i, true, true))
            return kith_no_memory(err);
    }
    return KITH_OK;
}

/* By pair; of a pair what is left first, links before events, then in the order of records. */
static int by_pair(const void *a, const void *b)
{
    const kith_contact *x = a, *y = b;

    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    if (x->high != y->high)
        return x->high < y->high ? -1 : 1;
    if (x->left != y->left)
        return x->left ? -1 : 1;
    if (x->is_link != y->is_link)
        return x->is_link ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

static void keep_first_of_pairs(kith_whatif *w)
{
    size_t kept = 0;

    if (w->contact_count > 0)
        qsort(w->contacts, w->contact_count, sizeof *w->contacts, by_pair);
    for (size_t i = 0; i < w->contact_count; i++)
        if (kept == 0 || w->contacts[i].low != w->contacts[kept - 1].low ||
            w->contacts[i].high != w->contacts[kept - 1].high)
            w->contacts[kept++] = w->contacts[i];
    w->contact_count = kept;
}

/* Lists each thing's contacts: those where it is the higher first, so that the other ends ascend.
 */
static kith_status index_contacts(kith_whatif *w, kith_error *err)
{
    const size_t n = w->network->thing_count;
    size_t *at = calloc(n + 2, sizeof *at);

    w->first = calloc(n + 2, sizeof *w->first);
    w->contact = malloc((2 * w->contact_count + 1) * sizeof *w->contact);
    if (at == NULL || w->first == NULL || w->contact == NULL) {
        free(at);
        return kith_no_memory(err);
    }
    for (size_t i = 0; i < w->contact_count; i++) {
        w->first[w->contacts[i].low + 1]++;
        w->first[w->contacts[i].high + 1]++;
    }
    for (size_t t = 0; t < n; t++)
        w->first[t + 1] += w->first[t];
    for (size_t t = 0; t < n; t++)
        at[t] = w->first[t];
    for (int higher = 0; higher < 2; higher++)
        for (uint32_t i = 0; i < w->contact_count; i++)
            w->contact[at[higher ? w->contacts[i].low : w->contacts[i].high]++] = i;
    free(at);
    return KITH_OK;
}

kith_status kith_whatif_build(kith_whatif *whatif, const kith_network *network,
                              const uint32_t *without, size_t count, kith_error *err)
{
    const size_t n = network->thing_count + 1;
    desk d = { .whatif = whatif };
    kith_status status = KITH_OK;

    *whatif = (kith_whatif){ .network = network };
    for (size_t i = 0; i < count; i++) {
        status = admit(network, without[i], err);
        if (status != KITH_OK)
            return status;
    }
    whatif->alleged = calloc(n, sizeof *whatif->alleged);
    whatif->gone = calloc(n, sizeof *whatif->gone);
    d.present = malloc((network->participation_count + 1) * sizeof *d.present);
    if (!whatif->alleged || !whatif->gone || !d.present) {
        status = kith_no_memory(err);
        goto out;
    }
    for (size_t i = 0; i < count; i++)
        whatif->gone[without[i]] = true;
    kith_mark_alleged(whatif->alleged, network);
    for (uint32_t t = 0; t < network->thing_count; t++)
        whatif->alleged[t] = whatif->alleged[t] && !kith_may_be_child(network, t);
    status = collect(&d, err);
    if (status == KITH_OK)
        keep_first_of_pairs(whatif);
    if (status == KITH_OK)
        status = index_contacts(whatif, err);

out:
    free(d.present);
    if (status != KITH_OK)
        kith_whatif_free(whatif);
    return status;
}

void kith_whatif_free(kith_whatif *whatif)
{
    free(whatif->contacts);
    free(whatif->first);
    free(whatif->contact);
    free(whatif->alleged);
    free(whatif->gone);
    *whatif = (kith_whatif){ 0 };
}
