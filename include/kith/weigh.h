/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weigh.h: context weighting: which context of a child's life has most influence.
 *
 * The subject is one person, one group or one place. Its evidence is sorted into five
 * contexts; a context's own weight grows with its risk and is eased by its protection;
 * where one context is said to drive another, a share of the driven context's weight is
 * moved to its cause. The result is a prompt for a discussion, never a score of a child:
 * shares are of one subject and are never compared between subjects.
 *
 *     m    = severity x reliability x recency               (weight.h)
 *     R_c  = 1 - exp(-(sum of m x share in c, risk) / K),   P_c likewise for protective
 *     W_c  = R_c (1 - L P_c)                                own weight
 *     J_bc = 1 - exp(-(sum of m of "b drives c") / K)
 *     U J_bc W_c is moved from c to b, all moves at once; what leaves one context is at
 *     most `cap` of its W. T_c is what each context then holds; sum T = sum W.
 *     share_c = T_c / sum T
 *
 * Rules of counting. Grade E is listed, never counted. Within one context and kind (for
 * drives: within one pair) a same incident counts once and a same report counts once,
 * whichever agencies sent it: items are taken strongest first (mass x share; of equals one
 * entered by a practitioner, then by incident, report, source, record id), and one is set aside when an incident or report of its name was taken before. An
 * item with several contexts is shared equally between them; one that drives several
 * counts in full towards each. Influence is not volume: what events, links and flags add
 * up to in one context, in risk or in protection, counts up to records_most and no further;
 * a record that sets an entered item aside counts as that item does, and only what it has beyond it is limited.
 *
 * Source: domain section 5, a proposal of this project grounded in the published
 * practice of context weighting; K, U, L, cap, half-lives and grades are defaults, not
 * findings. Not validated. */
#ifndef KITH_WEIGH_H
#define KITH_WEIGH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kith/date.h"
#include "kith/error.h"
#include "kith/weight.h"

enum {
    KITH_CONTEXT_COUNT = 5, /* home, peer, school, neighbourhood, online: in this order */
    KITH_WEIGH_RUNS = 90    /* U in 5 x L in 3 x half-lives in 3 x grades on and off */
};

/** "home", "peer", "school", "neighbourhood", "online". */
extern const char *const kith_context_name[KITH_CONTEXT_COUNT];

typedef enum kith_item_kind { KITH_ITEM_RISK, KITH_ITEM_PROTECTIVE, KITH_ITEM_DRIVES } kith_item_kind;

/** One piece of evidence about a subject. Texts are never NULL; "" when not given. */
typedef struct kith_item {
    const char *record_id; /* with the rule unique among the items */
    kith_item_kind kind;
    double share[KITH_CONTEXT_COUNT]; /* where it belongs (a drives item: what drives); sums to 1 */
    bool drives[KITH_CONTEXT_COUNT];  /* what a drives item drives */
    int severity;                     /* 1 to 3; 0 when missing, which counts as 1 */
    kith_grade grade;
    kith_time observed;
    kith_nature nature; /* KITH_STANDING when undated */
    const char *incident, *report_ref, *source;
    const char *summary;
    const char *conditions; /* on which it is shared; they travel with every mention */
    const char *rule; /* of evidence.h, by which it flowed in; NULL: entered about the subject */
    bool record; /* no practitioner's item: an event, link or flag that a rule read */
} kith_item;

typedef struct kith_weigh_options {
    double saturation; /* K, above 0 */
    double interplay;  /* U, 0 to 1 */
    double protection; /* L, 0 to 1 */
    double cap;        /* of what leaves one context, 0 to 1 */
    double records_most; /* the most that records add to a sum of masses */
    double clear_points; /* a clear lead is at least so many points of 100 before the next, */
    double clear_percent; /* and leads in at least so many of 100 runs */
    kith_weighting weighting;
} kith_weigh_options;

/** K 4, U 0.5, L 0.5, cap 0.8, records 3, 10 points, 80 % of the runs, grades on, half-lives as they are. */
extern const kith_weigh_options kith_weigh_default;

/* What the 90 runs take for U, for L, and times the half-lives; each with grades on and off. */
enum { KITH_RUN_INTERPLAYS = 5, KITH_RUN_PROTECTIONS = 3, KITH_RUN_SCALES = 3 };
extern const double kith_run_interplay[KITH_RUN_INTERPLAYS];
extern const double kith_run_protection[KITH_RUN_PROTECTIONS];
extern const double kith_run_scale[KITH_RUN_SCALES];

/** One item's part in one context, or (drives) in one pair. */
typedef struct kith_weigh_part {
    uint32_t item;
    uint8_t context; /* where it belongs; of a drives item what drives */
    uint8_t to;      /* drives: what is driven; else the context again */
    bool counted;    /* false: set aside, a stronger part of the same incident or report counts */
    double share;    /* of the item in this context */
    kith_mass mass;  /* of the item */
    double part;     /* share x mass; of records, what records_most leaves of it */
} kith_weigh_part;

typedef struct kith_context_weight {
    size_t items;    /* counted items that belong here; 0: nothing recorded, which is not 0 % */
    size_t entered;  /* those of them that practitioners entered; the rest are records */
    bool held;       /* records of risk add up to more than records_most, and count as that */
    size_t agencies; /* distinct sources among them */
    size_t ungraded;
    kith_time newest;
    double risk, protective; /* R, P */
    double own, weight;      /* W, T */
    double own_share, share; /* of the sums of W and T; NaN when the sum is 0 */
} kith_context_weight;

typedef struct kith_weigh {
    kith_weigh_options options;
    int32_t as_of;
    kith_context_weight contexts[KITH_CONTEXT_COUNT];
    double interplay[KITH_CONTEXT_COUNT][KITH_CONTEXT_COUNT]; /* [b][c]: J, b drives c */
    double moved[KITH_CONTEXT_COUNT][KITH_CONTEXT_COUNT];     /* [b][c]: weight moved from c to b */
    int lead;           /* a context, or -1: no weight, or two are equal */
    double lead_points; /* its share less the next one's, in points of 100 */
    size_t runs_led[KITH_CONTEXT_COUNT]; /* of KITH_WEIGH_RUNS */
    bool clear;                          /* by clear_points and clear_percent */
    kith_weigh_part *parts; /* by kind, context, to; then strongest first, then as pivots */
    size_t part_count;
    uint32_t *pivots; /* items without which the lead is another, by incident, report, source, record id */
    size_t pivot_count;
} kith_weigh;

/**
 * Weighs the contexts of one subject.
 *
 * weigh    out: free with kith_weigh_free. No items: nothing recorded anywhere, no lead.
 * items    read only, in any order, which changes nothing; parts and pivots index them.
 * as_of    ages are counted to this day; later items count as of age 0.
 * options  of the result itself; the 90 runs vary U, L, half-lives and grades, and keep
 *          K and the cap.
 *
 * Two contexts are equal when their weights differ by less than 1e-9 of the sum; a run
 * with equal leaders is led by none. Removing an item lets a duplicate of it count.
 * Returns KITH_OK, KITH_USAGE for an option out of range or an item whose shares do not
 * sum to 1, KITH_NO_MEMORY.
 * Cost: O(n^2) time for n items (leaving each out once), O(n) space.
 */
kith_status kith_weigh_build(kith_weigh *weigh, const kith_item *items, size_t count,
                             int32_t as_of, const kith_weigh_options *options, kith_error *err);
void kith_weigh_free(kith_weigh *weigh);

/**
 * Reads "peer", or "peer+school": equal shares.
 *
 * Returns false, with all shares 0, for an empty text or a part that is none of the five.
 */
bool kith_context_read(double share[KITH_CONTEXT_COUNT], const char *text);

/** The nature that counts: undated is standing; then as given; else drives incident, protective condition, risk incident. */
kith_nature kith_item_nature(kith_item_kind kind, kith_time observed, const char *given);

#endif
