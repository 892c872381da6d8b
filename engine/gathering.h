/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gathering.h: who took part in an event, and whom that may tie.
 *
 * The rules of design 3.3 for one event at a time, shared by the layers and by what asks
 * how surprising a tie is. A member is one person, however many participations. */
#ifndef KITH_GATHERING_H
#define KITH_GATHERING_H

#include "kith/layer.h"

typedef struct kith_member {
    uint32_t person; /* thing */
    kith_grade grade;
    bool selected; /* one of those whom `who` asks for, on the event's day */
} kith_member;

typedef struct kith_asked_role kith_asked_role;

typedef struct kith_gathering {
    const kith_network *network;
    const kith_layer_options *options;
    kith_asked_role *roles; /* what options->roles says, read once */
    uint32_t people;        /* which are the first things */
    int32_t *adult_from;    /* per thing, people; INT32_MIN when the birth is unknown */
    kith_member *members;   /* of the event asked for last, by person */
    uint32_t size_cap;
    bool peers; /* the rules of peer ties hold */
} kith_gathering;

/**
 * Prepares; free with kith_gathering_close also after a failure.
 *
 * Returns KITH_USAGE when a role or kind is given twice, or the cap is below 2.
 */
kith_status kith_gathering_open(kith_gathering *gathering, const kith_network *network,
                                const kith_layer_options *options, kith_error *err);
void kith_gathering_close(kith_gathering *gathering);

/** Whether the options' kinds admit a kind as written, an event or a link. */
bool kith_layer_admits_kind(const kith_layer_options *options, const char *word);
bool kith_gathering_has_event(const kith_gathering *gathering, uint32_t event);
bool kith_gathering_has_link(const kith_gathering *gathering, uint32_t link);

/** Whether an event may tie people: of a kind asked for, and one that brings people together. */
bool kith_gathering_ties(const kith_gathering *gathering, uint32_t event);

/**
 * Fills members with those of an event whose participation counts: in the roles asked
 * for and, for peer ties, in roles that make one. Those whose best evidence has grade E
 * are among them. Returns how many; counted is how many are not of grade E.
 */
size_t kith_gathering_at(kith_gathering *gathering, uint32_t event, size_t *counted);

/**
 * Whether a participation makes its person a member by itself: in a role asked for and, for peer
 * ties, in one that makes one; not of grade E. Of two that do, either is enough. O(roles asked for).
 */
bool kith_participation_admits(const kith_participation *p, const kith_network *network,
                               const kith_layer_options *options);

/** Whether a person is one of those whom `who` asks for on a day. */
bool kith_gathering_selects(const kith_gathering *gathering, uint32_t person, int32_t day);

/** Whether a link declares a peer tie between two people whom `who` asks for. */
bool kith_gathering_declares(const kith_gathering *gathering, const kith_link *link);

/** The grade of what rests on both: the weaker; the other's where one is ungraded. Contested as either is. */
kith_grade kith_grade_of_both(kith_grade record, kith_grade event);

/** The less reliable of two grades; ungraded lies between 2B and 2C. */
kith_grade kith_grade_weaker(kith_grade a, kith_grade b);

#endif
