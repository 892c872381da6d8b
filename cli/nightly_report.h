/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly_report.h: what one audience's files are made from, and the files. */
#ifndef KITH_CLI_NIGHTLY_REPORT_H
#define KITH_CLI_NIGHTLY_REPORT_H

#include "hotspots.h"
#include "kith/audience.h"
#include "nightly.h"

/* Everything that is computed once for all audiences that may be given the same records. */
typedef struct night_state {
    kith_call call; /* a copy of the night's, prepared for the first of them */
    kith_network network, network_then;
    kith_hotspots_options options, options_then;
    kith_hotspots hotspots, hotspots_then;
    kith_displacements displacements;
    kith_places_facts facts;
    kith_night night;
    kith_table groups; /* what became of the peer groups; no columns when not asked for */
    kith_table check;
    kith_table selfcheck; /* on the first of a month */
    size_t check_found;
} night_state;

/* One audience's report. */
typedef struct night_paper {
    night *n;
    const night_audience *audience;
    const kith_call *call; /* prepared for it */
    const night_state *state;
    uint32_t least; /* counts below it are hidden; 0: none */
} night_paper;

/** The same as `kith hotspots` has it, for its columns and notes. */
hotspots_answer paper_answer(const night_paper *paper);

/** The places of a section that are in the report, as a table with these columns: all news, or one. */
enum { NEWS_ALL = -1 };

/**
 * Adds the columns and rows of places.
 *
 * section, news  which: NEWS_ALL for every kind of news but nothing.
 * full           every column, for CSV and JSON; else those that a reader wants.
 * most           rows; the rest are counted in a note.
 */
void paper_places(kith_table *table, const night_paper *paper, int section, int news, bool full,
                  int64_t most);

/** All places in the order of their ids, in which they stand where counts are hidden; free with free().
 * NULL when memory is short. */
const kith_night_place **paper_by_id(const night_paper *paper);

/** The sources of tonight: source, state, added, changed, warnings, newest_file, reason. */
void paper_sources(kith_table *table, const night_paper *paper);

/** Sentences for the top: sources left out, nights that were missed. NULL from the end on. */
void paper_warnings(kith_text *out, const night_paper *paper);

/** "1 new, 2 emerging, ...", or that nothing has changed. */
void paper_headline(kith_text *out, const night_paper *paper);

/** Method, limits and what was left out, as notes. */
void paper_method(kith_table *table, const night_paper *paper);

/** The page. */
kith_status paper_page(kith_text *html, const night_paper *paper, kith_error *err);

#endif
