/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drmm.h: the pack of a Daily Risk Management Meeting (R42).
 *
 * It covers the hours before: from 00:00 on the day before to 00:00 on the day of the meeting, by
 * London's clock, or from an earlier day on (Monday's pack may begin on Friday). Whoever is or
 * may be a child and is named in an event of harm or risk in it, in any role but reporter or
 * helper, has a page; so has a recorded group of which two members have. Missing episodes that
 * began before count when they ended in the period, or when no return is recorded. Pages stand in
 * the order that the chair gives, and after that by the time of the first event; nothing else
 * orders them.
 *
 * What is recorded of the day of the meeting itself is in pictures and tables, and not among
 * the events of the period. Out parameters are emptied first; err may be NULL. */
#ifndef KITH_DRMM_H
#define KITH_DRMM_H

#include "kith/dossier.h"
#include "kith/page.h"
#include "kith/progress.h"

typedef struct kith_drmm_options {
    int32_t date;  /* of the meeting: the period ends as it begins */
    int32_t first; /* first day of the period, before date; usually date - 1 */
    const char *const *ids; /* the agenda: these first, in this order */
    size_t id_count;
    bool only; /* no others */
    bool undrawn; /* pages without pictures */
    kith_names names;
    uint64_t seed;
    const kith_progress *progress; /* may be NULL */
} kith_drmm_options;

typedef struct kith_drmm {
    kith_period period;
    kith_dossier *pages;
    size_t count;
    uint32_t *shown;    /* whom and what the pack names or draws, things in the order of the network */
    size_t shown_count;
    kith_table agenda;  /* no, who, why, when: one a page */
    kith_table others;  /* events of the period that give nobody a page */
    kith_table due;     /* actions due or overdue that stand on no page */
    kith_table adopted; /* by the hub, and without a page */
    kith_table rights;  /* by what right the records of each source are held */
    kith_table late;    /* children in events that happened before the period, and were loaded in it */
    size_t month_only;  /* events known by a month that ends in the period: not in it */
    bool first_load;    /* everything was loaded in the period: nothing can be told new */
} kith_drmm;

/**
 * Makes the pack's data.
 *
 * drmm     out: free with kith_drmm_free.
 * network  of the store, its view's as-of the date; its window is that of pictures and tables.
 * Returns KITH_NOT_FOUND for an id that is not there, KITH_USAGE for a period that is none,
 * KITH_HUB, KITH_NO_MEMORY.
 */
kith_status kith_drmm_make(kith_drmm *drmm, kith_store *store, const kith_network *network,
                           const kith_drmm_options *options, kith_error *err);
void kith_drmm_free(kith_drmm *drmm);

/** "from 00:00 on Wed 29 June 2022 to 00:00 on Thu 30 June 2022, 24 hours". */
void kith_drmm_say_period(kith_text *out, const kith_period *period);

/**
 * Writes the pack as one JSON object, without pictures: the agenda as kith_table_write has it,
 * "cards" (id, heading, standing, beyond and the tables of kith_dossier), and the other tables of
 * the pack; null for a table that is not there.
 */
kith_status kith_drmm_json(FILE *out, const kith_drmm *drmm, const kith_network *network, kith_error *err);

/**
 * Writes the pack as HTML files: the first with the index, and each with at most `each` pages.
 *
 * html  out: *count texts; free each with kith_text_free, and the array with free().
 * each  0: all in one file.
 * Pictures are drawn by two programs side by side.
 */
kith_status kith_drmm_html(kith_text **html, size_t *count, kith_drmm *drmm, const kith_view *view,
                           const char *names, size_t each, uint64_t seed,
                           const kith_progress *progress, kith_error *err);

#endif
