/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots.h: places where children are being harmed or are unsafe.
 *
 * A place is looked at through the events recorded there: how many different children
 * they concern, what they weigh as evidence, and whether the last four weeks differ from
 * the twelve before. It says something about a place, never about a child: one child's
 * forty visits are casework, eight children's twelve visits are a place problem.
 *
 * What counts. An event counts when its kind is one of harm or risk (words.h), or when
 * it is among the kinds that were asked for. Kinds that Kith does not know are neutral:
 * they are not counted, and the result names them. What is graded E is never counted. In
 * an event counts everybody but reporters and helpers; a child is a person under 18 on
 * the day of the event, or of unknown age. An undated event is a standing fact: it is in
 * every window, and ages are then those of the as-of day. Source: design 4.1. */
#ifndef KITH_HOTSPOTS_H
#define KITH_HOTSPOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kith/error.h"
#include "kith/network.h"
#include "kith/weight.h"

enum {
    KITH_HOTSPOT_RECENT_DAYS = 28,
    KITH_HOTSPOT_EARLIER_DAYS = 84,
    KITH_HOTSPOT_CHANGE_DAYS = KITH_HOTSPOT_RECENT_DAYS + KITH_HOTSPOT_EARLIER_DAYS,
    KITH_HOTSPOT_WEEKS = KITH_HOTSPOT_CHANGE_DAYS / 7
};

typedef enum kith_place_section {
    KITH_PUBLIC_PLACE,  /* the only ones that are ranked */
    KITH_SERVICE_PLACE, /* school, hospital, police station, court, hub */
    KITH_HOME_PLACE     /* by its kind, or because somebody lives there; before service */
} kith_place_section;

/* The last 28 days against the 84 before, in this order of precedence. */
typedef enum kith_place_change {
    KITH_CHANGE_UNKNOWN,    /* the network does not reach back 112 days */
    KITH_CHANGE_EMERGING,   /* more child-days than chance: q < 0.05, 3 and more, 2 children and more */
    KITH_CHANGE_COOLING,    /* fewer child-days than chance: q < 0.05 */
    KITH_CHANGE_PERSISTING, /* events in both periods */
    KITH_CHANGE_RECENT,     /* events in the last 28 days only, not more than chance */
    KITH_CHANGE_QUIET       /* no event in the last 28 days */
} kith_place_change;

/* From whom the walk behind the score starts, of those in a public place in the window. */
typedef enum kith_score_start {
    KITH_START_CHILDREN_OF_CONCERN, /* victims and missing */
    KITH_START_CHILDREN,
    KITH_START_EVERYBODY,
    KITH_START_NOBODY /* there is no score */
} kith_score_start;

typedef struct kith_hotspot {
    uint32_t place; /* thing */
    kith_place_section section;
    uint32_t rank;                /* by children, then weighted events; equal places share it; 0: not ranked */
    uint32_t rank_low, rank_high; /* 95 of 100 resamples lie between; rank always does */
    uint32_t children;            /* distinct, under 18 or of unknown age */
    uint32_t age_unknown;         /* of them, of unknown age */
    uint32_t adult_victims;       /* distinct adults as victim or missing */
    uint32_t adults_of_concern;   /* distinct adults alleged or convicted */
    uint32_t agencies;            /* distinct sources of the events and participations */
    uint32_t events;              /* a same report counts once */
    uint32_t missing;             /* missing episodes: participations in role missing */
    double weighted_events;       /* sum of the events' masses (weight.h) */
    double score;                 /* share of the two-mode score; NaN unless public, or when nobody is in any */
    double lift;                  /* score / the place's share of the evidence; NaN as score, and without evidence */
    uint32_t recent_child_days, earlier_child_days, recent_children;
    uint32_t recent_events, earlier_events;
    uint16_t weeks[KITH_HOTSPOT_WEEKS]; /* child-days week by week of the 112 days, the oldest first;
                                           the last four are the 28 days; 65535 is that or more */
    kith_place_change change;
    double p_value, q_value; /* of the tail that applies; NaN when too few to be tested */
    double gi_star_z, gi_z;  /* getis_ord.h; NaN unless asked for, public and with coordinates */
    double gi_p, gi_q;       /* by permutation, and adjusted for all places that have one; as gi_z */
} kith_hotspot;

typedef struct kith_uncounted_kind {
    const char *word; /* as written; lives in the network */
    uint32_t events;  /* in the window */
} kith_uncounted_kind;

typedef struct kith_hotspots_options {
    int32_t since;                 /* first day of the window of the figures */
    const char *const *kinds;      /* only these kinds of events count; NULL for every kind of risk */
    size_t kind_count;
    double gi_metres;    /* distance band of Gi and Gi*; 0: none */
    uint32_t gi_nearest; /* or the nearest places, instead of a band; 0: none */
    uint32_t gi_permutations; /* 0: KITH_GI_PERMUTATIONS */
    uint32_t resamples;  /* for the rank intervals; 0: none, at most KITH_HOTSPOT_RESAMPLES_MAX */
    uint64_t seed;
} kith_hotspots_options;

enum { KITH_HOTSPOT_RESAMPLES = 200, KITH_HOTSPOT_RESAMPLES_MAX = 256 };

typedef struct kith_hotspots {
    kith_hotspot *places; /* every place: public by rank, service by children, homes; then by id */
    size_t count;
    bool change_tested;
    kith_score_start start; /* from whom the score starts, the first group that has anybody */
    size_t start_count;     /* how many they are */
    /* What was left out or needs a word, all within the window. */
    kith_uncounted_kind *unknown_kinds; /* most events first, then by word */
    size_t unknown_kind_count;
    size_t neutral_events;   /* of known kinds that are not of risk */
    size_t without_place;    /* events that would count, without a place */
    size_t graded_false;     /* events and participations graded E */
    size_t repeated_reports; /* events whose report was counted already at the same place */
    size_t undated, month_only;
    /* With Gi. */
    size_t gi_places;  /* public places with coordinates */
    uint32_t *islands; /* things: those without another within the band */
    size_t island_count;
} kith_hotspots;

/**
 * Looks at every place of a network.
 *
 * The rank goes by distinct children, then by weighted events (to a millionth); equal
 * places share a rank. The interval comes from resamples in which every child is drawn
 * anew with replacement (as often as a Poisson number of mean 1 says; the same number at
 * every place) and a tenth of the events is lost; it holds 95 of 100 of the resampled
 * ranks, and the rank itself. A child's and an event's draws depend on the seed and its
 * id alone, so that a new record changes nobody else's.
 *
 * The score is the share of each public place in a random walk between people and public
 * places, whose steps follow the evidence (masses added up per person and place) and
 * which starts over, 15 steps in 100, from the children of concern (victims and missing;
 * without any, from all children; without any, from everybody): where one comes to when
 * one starts from them and follows who is where. It adds up to 1 over public places and
 * never decides a rank. Its null model is the same walk when it never starts over: then every
 * place's share is its share of the evidence (masses times people), whoever they are; `lift` is
 * the score divided by that, so above 1 a place is closer to the children of concern than its
 * evidence alone would make it.
 *
 * The change compares child-days (one child on one day counts once): given n in 112 days,
 * those in the last 28 are binomial with p = 0.25 when nothing changes. Each tail is
 * adjusted by Benjamini and Hochberg over all places, of every section, that have enough
 * child-days to ever reach 0.05: n >= 3 for the upper tail, n >= 11 for the lower.
 * It always covers the 112 days before as-of, whatever the window; the network must hold
 * them, otherwise change is KITH_CHANGE_UNKNOWN.
 *
 * Gi and Gi* (getis_ord.h) are computed on the number of all events of the window, of whatever
 * kind, over the public places with coordinates.
 *
 * hotspots  out: free with kith_hotspots_free.
 * network   its view may begin before options->since; must outlive the result.
 *
 * Returns KITH_OK, KITH_USAGE (kinds given twice, too many resamples, a band below 1 m, a band and
 * the nearest, too many permutations),
 * KITH_NO_MEMORY.
 * Cost: O(participations (1 + resamples / 64) + resamples * places * log places), and about 85
 * passes over the person-place pairs for the score.
 * Sources: domain section 6. Interval: A.B. Owen, The pigeonhole bootstrap, Annals of
 *          Applied Statistics 1(2), 2007, 386-411. Score: T.H. Haveliwala, Topic-sensitive
 *          PageRank, WWW 2002. Smallest totals: R.E. Tarone, Biometrics 46(2), 1990, 515-522.
 */
kith_status kith_hotspots_find(kith_hotspots *hotspots, const kith_network *network,
                               const kith_hotspots_options *options, kith_error *err);

/**
 * The same of a network of whose participations nothing more is asked: they are freed on the way,
 * before most of what the places need is there.
 */
kith_status kith_hotspots_find_last(kith_hotspots *hotspots, kith_network *network,
                                    const kith_hotspots_options *options, kith_error *err);
void kith_hotspots_free(kith_hotspots *hotspots);

/** What one place's figures are made of: the children first, then the events, each by id. */
typedef struct kith_hotspot_term {
    bool is_event;
    uint32_t index;  /* into things, or events */
    double value;    /* child: 1; event: its mass, 0 when its report is counted already */
    kith_mass mass;  /* of an event, taken apart */
    bool repeated;   /* an event whose report another event of the place has brought */
    bool age_unknown; /* of a child */
} kith_hotspot_term;

typedef struct kith_hotspot_terms {
    kith_hotspot_term *terms; /* children add up to children, events to weighted_events */
    size_t count;
} kith_hotspot_terms;

/**
 * Takes a place's children and weighted events apart.
 *
 * terms  out: free with kith_hotspot_terms_free.
 * place  a thing that is a place; otherwise KITH_USAGE.
 */
kith_status kith_hotspot_explain(kith_hotspot_terms *terms, const kith_network *network,
                                 const kith_hotspots_options *options, uint32_t place,
                                 kith_error *err);
void kith_hotspot_terms_free(kith_hotspot_terms *terms);

/** "public", "service", "home". */
const char *kith_place_section_word(kith_place_section section);

/** "emerging", "cooling", "persisting", "recent", "quiet"; "" when not known. */
const char *kith_place_change_word(kith_place_change change);

#endif
