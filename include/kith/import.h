/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import.h: loading tables into a hub, all of them or nothing.
 *
 * The tables are those of design 3.1, as CSV files with their names: persons.csv,
 * locations.csv and so on. Every file of a call is read to its end and every fault is
 * reported with its file, line and field, its reason and its remedy; when one of them
 * is an error the hub stays as it was. Warnings and notes load.
 *
 * Which record a row is, is decided by its id; by all its columns and its source where
 * it has none, so that n equal rows in a call mean n records in the hub, and a second
 * load of the same files changes nothing. A known id with other content is a correction
 * when it comes from the record's own source; the old values are kept in the hub. */
#ifndef KITH_IMPORT_H
#define KITH_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kith/error.h"
#include "kith/store.h"
#include "kith/table.h"
#include "kith/text.h"
#include "kith/view.h"

enum { KITH_IMPORT_TABLES = 15 };

/** Told every few thousand rows. file is valid during the call. */
typedef void kith_import_progress(void *context, const char *file, uint64_t rows,
                                  uint64_t bytes_done, uint64_t bytes_total);

/* A table that lies in memory, so that what is typed needs no file. */
typedef struct kith_import_text {
    const char *name; /* "assessments.csv" */
    const char *bytes;
    size_t size;
} kith_import_text;

typedef struct kith_import_options {
    const kith_import_text *texts; /* read beside the paths; not with a mapping */
    size_t text_count;
    const char *source; /* agency of rows that name none; NULL or "": not given */
    const char *mapping; /* a mapping file or the name of one that is built in: the paths are
                            extracts; NULL: they are tables */
    bool dry_run;       /* reports, and keeps nothing; of a mapped column three examples too */
    bool full_extract;  /* the call has all that its sources have: what is not in it is reported */
    int64_t now;        /* seconds UTC, for the time of loading; 0: the clock */
    kith_import_progress *progress; /* may be NULL */
    void *context;
} kith_import_options;

typedef struct kith_import_count {
    const char *table; /* "persons" */
    uint64_t rows;     /* read, the refused ones included */
    uint64_t added;    /* records: a row whose role is two roles adds two */
    uint64_t changed;  /* corrected */
    uint64_t same;     /* already in the hub as they are */
} kith_import_count;

typedef struct kith_import_report {
    kith_table table; /* file, line, field, severity (error, warning, note), message */
    uint64_t errors, warnings, notes;
    kith_import_count counts[KITH_IMPORT_TABLES]; /* in the order of loading */
    int64_t batch; /* 0: nothing was kept */
} kith_import_report;

/**
 * Loads folders and files.
 *
 * report   out: filled also when the call is refused; free with kith_import_report_free.
 *          Like faults are listed up to a thousand a file, and the rest counted.
 * paths    a folder is searched (not its subfolders) for files with the known names;
 *          a file's table is told by its name.
 * view     who loads, and for which purpose, goes into the batch.
 *
 * Returns KITH_INPUT when anything is an error, KITH_USAGE without a path, KITH_HUB,
 * KITH_IO, KITH_NO_MEMORY; then the hub is unchanged.
 * Cost: one pass over the files. Memory: about 60 bytes an id, and in a hub that is
 * not new 25 to 50 a row of the largest table without ids, beside the store's cache.
 */
kith_status kith_import(kith_import_report *report, kith_store *store, const kith_view *view,
                        const char *const *paths, size_t path_count,
                        const kith_import_options *options, kith_error *err);
void kith_import_report_free(kith_import_report *report);

/**
 * The loads so far, oldest first.
 *
 * table  out: batch, loaded_at, user, purpose, records, files, state (loaded, taken back).
 */
kith_status kith_import_batches(kith_table *table, kith_store *store, const kith_view *view,
                                kith_error *err);

/**
 * Loads one small table that somebody typed, as kith_import does; the first fault is the message, as
 * what was typed has no file to look it up in.
 *
 * name    of its file: "actions.csv".
 * source  agency of the rows; NULL or "": not given.
 * Returns KITH_INPUT with that fault, and as kith_import.
 */
kith_status kith_import_typed(kith_store *store, const kith_view *view, const char *name,
                              const kith_text *csv, const char *source, kith_error *err);

/**
 * Takes one load back whole: what it added goes, what it corrected is as it was before.
 *
 * table  out: table and records, what was taken back; when it is refused the reasons:
 *        table, id, batch, reason. Free with kith_table_free.
 * Its number stays on the list of loads and is never given again.
 *
 * Returns KITH_NOT_FOUND when there is no such load (any more), KITH_POLICY when records of other
 * loads or decisions build on it, KITH_HUB, KITH_NO_MEMORY; then the hub is unchanged.
 * A record that a later load repeated without a change goes with the load that brought it.
 * Cost: one pass over every table.
 */
kith_status kith_import_undo(kith_table *table, kith_store *store, const kith_view *view,
                             int64_t batch, kith_error *err);

#endif
