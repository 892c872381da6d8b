/* SPDX-License-Identifier: GPL-3.0-or-later */
/* follow.h: the peer groups of one day as those of an earlier day, grown or gone.
 *
 * A member weighs what ties them to the other members of their earlier group. A group goes on
 * in the later group that holds more than half of this weight, and keeps its letter there;
 * where several go on in one, the one that brings the most weight gives the letter (of equals
 * the earlier letter) and the others are merged into it. A group that goes on nowhere is split
 * when two later groups or more hold two of its members and a fifth of its weight each, else
 * it has ended. A later group that takes on no letter is split off when most of its members
 * were in one earlier group, else born; it gets the next letter that neither day has had. */
#ifndef KITH_FOLLOW_H
#define KITH_FOLLOW_H

#include "kith/peers.h"

/* The groups of an earlier day, without the records they rest on: what following them needs. */
typedef struct kith_kept_member {
    uint32_t thing; /* of every network of the hub in one state */
    uint32_t letter;
    double weight; /* what ties them to the others of the group */
} kith_kept_member;

typedef struct kith_kept {
    kith_kept_member *members; /* by thing, each once; people only */
    size_t member_count;
    size_t thing_count;   /* of the network */
    uint32_t next_letter; /* the first that no group has had */
    int32_t as_of;        /* the day they are of */
} kith_kept;

typedef enum kith_fate {
    KITH_GROUP_SAME,    /* the same people */
    KITH_GROUP_CHANGED, /* as many, others */
    KITH_GROUP_GROWN,
    KITH_GROUP_SHRUNK,
    KITH_GROUP_BORN,
    KITH_GROUP_SPLIT_OFF, /* from the group `other` */
    KITH_GROUP_SPLIT,
    KITH_GROUP_MERGED, /* into the group `other` */
    KITH_GROUP_ENDED
} kith_fate;

typedef struct kith_group_change {
    kith_fate fate;
    uint32_t letter;       /* of the later group; of the earlier where it is split, merged, ended */
    uint32_t other;        /* letter, or KITH_NOTHING */
    uint32_t before, after; /* members; 0 where there is no such group */
    uint32_t joined, left; /* of a group that goes on */
} kith_group_change;

typedef struct kith_group_changes {
    kith_group_change *list; /* by letter; of one letter in the order of kith_fate */
    size_t count;
} kith_group_changes;

extern const char *const kith_fate_word[]; /* "same", "changed", "grown", ... */

/**
 * Takes from a day's groups what following them needs.
 *
 * kept  out: free with kith_kept_free. The listed groups, under their letters.
 * Returns KITH_OK or KITH_NO_MEMORY.
 */
kith_status kith_kept_take(kith_kept *kept, const kith_peers *peers, const kith_layer *layer,
                           kith_error *err);
void kith_kept_free(kith_kept *kept);

/**
 * Gives the later groups their letters, and says what became of the earlier ones.
 *
 * changes  out: free with kith_group_changes_free.
 * now      its letters are changed. Its network and the one that `then` was taken from are of
 *          one hub in one state, whose things are the same.
 * Returns KITH_OK, KITH_NO_MEMORY, KITH_USAGE for networks of different things.
 */
kith_status kith_peers_follow(kith_group_changes *changes, kith_peers *now, const kith_layer *layer,
                              const kith_kept *then, kith_error *err);
void kith_group_changes_free(kith_group_changes *changes);

/** Adds what changed as notes to the table of `peers`: "group A: grown, 6 (5 before), 1 joined". */
void kith_group_changes_note(kith_table *table, const kith_group_changes *changes);

#endif
