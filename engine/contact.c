/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contact.c: every record is a claim on a pair; sorted, the claims of a pair are one contact,
 * which is left if any claim of it is. */
#include "kith/contact.h"

#include <stdlib.h>

#include "alleged.h"
#include "kith/layer.h"


typedef struct desk {
    kith_contacts *contacts;
    const bool *gone;
    uint32_t *present; /* people of the event at hand */
    size_t room;
} desk;

static bool is_gone(const desk *d, uint32_t thing)
{
    return d->gone != NULL && d->gone[thing];
}

static bool add(desk *d, uint32_t a, uint32_t b, uint32_t item, bool is_link, bool left)
{
    kith_contacts *w = d->contacts;

    if (w->count == d->room) {
        const size_t room = d->room == 0 ? 1024 : d->room * 2;
        kith_contact *grown = realloc(w->list, room * sizeof *grown);
        if (grown == NULL)
            return false;
        w->list = grown;
        d->room = room;
    }
    w->list[w->count++] = (kith_contact){ a < b ? a : b, a < b ? b : a, item, is_link,
                                          left && !is_gone(d, a) && !is_gone(d, b) };
    return true;
}

/* Whoever is at an event, each once: participations stand by person. */
static size_t list_present(desk *d, const kith_event_record *event)
{
    const kith_network *network = d->contacts->network;
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
    const kith_event_record *event = &d->contacts->network->events[e];
    const bool placed = event->place != KITH_NOTHING;
    const bool left = !placed || !is_gone(d, event->place);

    if (!event->meaning->gathers)
        return true;
    const size_t count = list_present(d, event);
    for (size_t i = 0; i < count; i++) {
        if (placed && !add(d, d->present[i], event->place, e, false, left))
            return false;
        for (size_t j = i + 1; count <= KITH_SIZE_CAP && j < count; j++)
            if (!add(d, d->present[i], d->present[j], e, false, left))
                return false;
    }
    return true;
}

static kith_status collect(desk *d, kith_error *err)
{
    const kith_network *network = d->contacts->network;

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

static void keep_first_of_pairs(kith_contacts *w)
{
    size_t kept = 0;

    if (w->count > 0)
        qsort(w->list, w->count, sizeof *w->list, by_pair);
    for (size_t i = 0; i < w->count; i++)
        if (kept == 0 || w->list[i].low != w->list[kept - 1].low ||
            w->list[i].high != w->list[kept - 1].high)
            w->list[kept++] = w->list[i];
    w->count = kept;
}

/* Lists each thing's contacts: those where it is the higher first, so that the other ends ascend.
 */
static kith_status index_contacts(kith_contacts *w, kith_error *err)
{
    const size_t n = w->network->thing_count;
    size_t *at = calloc(n + 2, sizeof *at);

    w->first = calloc(n + 2, sizeof *w->first);
    w->of = malloc((2 * w->count + 1) * sizeof *w->of);
    if (at == NULL || w->first == NULL || w->of == NULL) {
        free(at);
        return kith_no_memory(err);
    }
    for (size_t i = 0; i < w->count; i++) {
        w->first[w->list[i].low + 1]++;
        w->first[w->list[i].high + 1]++;
    }
    for (size_t t = 0; t < n; t++)
        w->first[t + 1] += w->first[t];
    for (size_t t = 0; t < n; t++)
        at[t] = w->first[t];
    for (int higher = 0; higher < 2; higher++)
        for (uint32_t i = 0; i < w->count; i++)
            w->of[at[higher ? w->list[i].low : w->list[i].high]++] = i;
    free(at);
    return KITH_OK;
}

kith_status kith_contacts_find(kith_contacts *contacts, const kith_network *network,
                               const bool *gone, kith_error *err)
{
    desk d = { .contacts = contacts,
               .gone = gone,
               .present = malloc((network->participation_count + 1) * sizeof *d.present) };

    *contacts = (kith_contacts){ .network = network };
    kith_status status = d.present == NULL ? kith_no_memory(err) : collect(&d, err);
    if (status == KITH_OK)
        keep_first_of_pairs(contacts);
    if (status == KITH_OK)
        status = index_contacts(contacts, err);
    free(d.present);
    if (status != KITH_OK)
        kith_contacts_free(contacts);
    return status;
}

void kith_contacts_free(kith_contacts *contacts)
{
    free(contacts->list);
    free(contacts->first);
    free(contacts->of);
    *contacts = (kith_contacts){ 0 };
}

uint32_t kith_contact_other(const kith_contact *contact, uint32_t thing)
{
    return contact->low == thing ? contact->high : contact->low;
}

bool kith_contacts_have(const kith_contacts *contacts, uint32_t a, uint32_t b)
{
    size_t low = contacts->first[a], high = contacts->first[a + 1];

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const uint32_t other = kith_contact_other(&contacts->list[contacts->of[middle]], a);
        if (other == b)
            return true;
        if (other < b)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

const char *kith_contact_record(const kith_contacts *contacts, const kith_contact *contact)
{
    return contact->is_link ? contacts->network->links[contact->item].id
                            : contacts->network->events[contact->item].id;
}

const char *kith_contact_source(const kith_contacts *contacts, const kith_contact *contact)
{
    const kith_network *network = contacts->network;

    return network
        ->origins[contact->is_link ? network->links[contact->item].origin
                                   : network->events[contact->item].origin]
        .source;
}
