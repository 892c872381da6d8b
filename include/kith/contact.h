/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contact.h: whom and what the records bring together, one contact a pair.
 *
 * Contacts are declared links between any two things; being at an event of a kind that brings
 * people together, of at most 12 people; a person's presence at the place of such an event.
 * Grade E makes none, nor does having reported or helped. A contact is no tie: it has no
 * weight, and whoever meets may be a child and the adult who harms them. */
#ifndef KITH_CONTACT_H
#define KITH_CONTACT_H

#include "kith/network.h"

typedef struct kith_contact {
    uint32_t low, high; /* things, low < high */
    uint32_t item;      /* a record of it: into links, or events */
    bool is_link;
    bool left; /* some record of it is left when some things are gone */
} kith_contact;

typedef struct kith_contacts {
    const kith_network *network;
    kith_contact *list; /* one a pair, by low, then high */
    size_t count;
    size_t *first; /* per thing: where its entries of `of` begin */
    uint32_t *of;  /* of each thing: its contacts, by the other end */
} kith_contacts;

/**
 * Finds the contacts of a network.
 *
 * contacts  out: free with kith_contacts_free; the network must outlive it.
 * gone      one a thing, or NULL: a contact that rests only on these, or on events at these
 *           places, is not left. A record that is left stands first: it is the contact's item.
 * Returns KITH_OK, KITH_NO_MEMORY.
 * Cost: O(r log r) for r records and pairs of people of each event.
 */
kith_status kith_contacts_find(kith_contacts *contacts, const kith_network *network,
                               const bool *gone, kith_error *err);
void kith_contacts_free(kith_contacts *contacts);

/** The other end of a contact. */
uint32_t kith_contact_other(const kith_contact *contact, uint32_t thing);

/** Whether two things have a contact. O(log of how many the first has). */
bool kith_contacts_have(const kith_contacts *contacts, uint32_t a, uint32_t b);

/** The id of a contact's record, "" for a link without one; and the agency it came from. */
const char *kith_contact_record(const kith_contacts *contacts, const kith_contact *contact);
const char *kith_contact_source(const kith_contacts *contacts, const kith_contact *contact);

#endif
