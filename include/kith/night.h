/* SPDX-License-Identifier: GPL-3.0-or-later */
/* night.h: what is different at places since the last report (R39), and which nights were reported.
 *
 * Two days of the hub are held side by side: the last that tonight's report covers; and the last
 * that the report before covered, without the events that were loaded since. So an event of
 * long ago that came in tonight is new, and says so; and what a night adds changes the rows of
 * its places and no others. People who were added since to an event that was known are seen on
 * both days, and so are corrections.
 *
 * A hub keeps which nights were reported and the load that each knew, nothing of what was in
 * them: what changed is worked out again from the records. */
#ifndef KITH_NIGHT_H
#define KITH_NIGHT_H

#include "kith/hotspots.h"
#include "kith/network.h"
#include "kith/store.h"
#include "kith/text.h"

enum { KITH_DAY_WORDS_SIZE = 48 };

/** "Thursday 30 June 2022". */
void kith_day_words(char out[KITH_DAY_WORDS_SIZE], int32_t day);

/** A night that was reported. */
typedef struct kith_night_last {
    int32_t day;  /* the morning of it; INT32_MIN: there is none */
    int64_t load; /* the last load that it knew */
    int64_t event; /* row of the last event that it knew; 0: none */
} kith_night_last;

/** The last night reported before a morning. KITH_HUB. */
kith_status kith_night_last_read(kith_night_last *last, kith_store *store, const kith_view *view,
                                 int32_t before, kith_error *err);

/** Keeps that a night was reported, as one change. manifest: the SHA-256 of its manifest. */
kith_status kith_night_record(kith_store *store, const kith_view *view, int32_t day, int64_t load,
                              const char *manifest, int64_t now, kith_error *err);

/** The number of the newest load, 0 for none. */
kith_status kith_night_newest_load(int64_t *load, kith_store *store, const kith_view *view, kith_error *err);

/* Where a place stands in the report: the first that is true of it. */
typedef enum kith_place_news {
    KITH_NEWS_NEW,        /* no child was counted here in the last report */
    KITH_NEWS_EMERGING,   /* as hotspots.h has it, and the next three */
    KITH_NEWS_COOLING,
    KITH_NEWS_GONE,       /* children were counted in the last report, none now */
    KITH_NEWS_RECENT,
    KITH_NEWS_PERSISTING,
    KITH_NEWS_QUIET,      /* children in the window, none in the last 28 days; or not known */
    KITH_NEWS_NOTHING     /* no children, then and now */
} kith_place_news;

enum { KITH_NEWS_COUNT = KITH_NEWS_NOTHING + 1, KITH_NIGHT_KINDS = 3 };

typedef struct kith_night_place {
    const kith_hotspot *now;
    kith_place_news news;
    kith_place_change change_before; /* KITH_CHANGE_UNKNOWN: not known, or no report before */
    uint32_t children_before, events_before, rank_before;
    uint32_t new_children, gone_children; /* distinct, in the window of the figures */
    uint32_t new_events, gone_events;
    uint32_t late_events;  /* of the new ones, those of a day that the last report covered */
    bool night_first;      /* a new event between 22:00 and 06:00, where none of the others was */
    bool agency_first;     /* an agency that had recorded nothing here */
    const char *new_kinds[KITH_NIGHT_KINDS]; /* labels of kinds that are new here; NULL from the end on */
    bool changed;          /* anything above is not as it was */
} kith_night_place;

typedef struct kith_night {
    kith_night_place *places; /* in the order of the hotspots of now */
    size_t count;
    size_t changed; /* places */
    size_t of_news[KITH_NEWS_COUNT]; /* public places */
    bool compared; /* there was a report before */
} kith_night;

/**
 * Compares the places of two nights.
 *
 * night  out: free with kith_night_free; points into now.
 * then   and its network may be NULL: there was no report before, and nothing is new.
 * last  the last report: its morning is the first day that it did not cover; NULL as then.
 *
 * Both networks are of one hub in one state, and one audience: their things are the same.
 * Returns KITH_OK, KITH_USAGE when they are not, KITH_NO_MEMORY.
 * Cost: that of the passes of hotspots over the events of both.
 */
kith_status kith_night_compare(kith_night *night, const kith_hotspots *now, const kith_network *network,
                               const kith_hotspots_options *options, const kith_hotspots *then,
                               const kith_network *network_then,
                               const kith_hotspots_options *options_then,
                               const kith_night_last *last, kith_error *err);
void kith_night_free(kith_night *night);

/** "new", "emerging", "cooling", "gone", "recent", "persisting", "quiet", "". */
const char *kith_place_news_word(kith_place_news news);

/**
 * Adds why a place's line is other than in the last report: "3 children new since Tuesday 28
 * June 2022 (2 new events); first time between 22:00 and 06:00". Nothing for an unchanged one.
 */
void kith_night_reasons(kith_text *out, const kith_night_place *place, int32_t last_day);

/** What to do next about a place of which no more is told than its news; "" when that asks for nothing. */
const char *kith_place_news_next(kith_place_news news);

/** Adds what to do next, about the place and never about a child. */
void kith_night_next(kith_text *out, const kith_night_place *place);

#endif
