/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly.h: what the files of `kith nightly` share.
 *
 * nightly.c runs the night's steps; nightly_config.c reads what it is to do;
 * nightly_publish.c is the lock, the notices and the one link that readers follow;
 * nightly_load.c imports what nightly_inputs.c lists; nightly_report.c, nightly_groups.c, nightly_tables.c and
 * nightly_page.c make the report; nightly_manifest.c says of what it was made. */
#ifndef KITH_CLI_NIGHTLY_H
#define KITH_CLI_NIGHTLY_H

#include "command.h"
#include "kith/import.h"
#include "kith/night.h"
#include "kith/text.h"

enum { NIGHT_LIST_MOST = 64, NIGHT_KEEP_DAYS = 28 };

typedef struct night_source {
    char *name, *path, *mapping; /* mapping NULL: the path has tables */
    bool full_extract;
    int64_t stale_days; /* a warning when no file of it is newer than that; 0: none */
} night_source;

typedef struct night_audience {
    char *name; /* as the policy has it; may tell which one: "school: Harbour" */
    char *folder; /* a word for the file's name */
    bool html, csv, json, pdf;
    char *purpose;
    int64_t limit; /* places in the page's tables */
} night_audience;

typedef struct night_alerts {
    bool ppn;
    char *folder, *kinds, *audience, *names; /* kinds NULL: every kind of harm or risk that happens */
} night_alerts;

/* When every page of the hub is read: of a country that takes minutes. */
typedef enum night_integrity { INTEGRITY_WEEKLY, INTEGRITY_ALWAYS, INTEGRITY_NEVER } night_integrity;

typedef struct night_config {
    char *file, *output, *outlines; /* outlines NULL */
    int64_t window, seed, resamples, keep_days;
    bool check, groups;
    night_integrity integrity;
    bool group_readable; /* the reports, by the group of their files */
    night_source sources[NIGHT_LIST_MOST];
    size_t source_count;
    night_audience audiences[NIGHT_LIST_MOST];
    size_t audience_count;
    night_alerts alerts[2];
    size_t alerts_count;
} night_config;

/**
 * Reads a configuration file (docs/nightly.md). Paths in it that do not begin with / lie beside it.
 *
 * config  out: free with night_config_free, also after a failure.
 * Returns KITH_IO when it cannot be read; KITH_USAGE, with file, line and remedy, for anything that
 * is not understood; KITH_NO_MEMORY.
 */
kith_status night_config_read(night_config *config, const char *path, kith_error *err);
void night_config_free(night_config *config);

/* A file that a source's load reads. */
typedef struct night_input {
    char *path;
    int64_t size;
    char sha256[65]; /* "": it could not be read */
} night_input;

typedef struct night_inputs {
    night_input *files; /* by path; a mapping comes last */
    size_t count;
} night_inputs;

/* What became of one source tonight. */
typedef struct night_load {
    const night_source *source;
    night_inputs inputs; /* as they were before the load */
    bool changed;        /* one of them was another file after it */
    kith_status status; /* KITH_OK: loaded */
    char reason[1024];  /* why not */
    kith_import_report report;
    int64_t newest; /* the newest file of it, seconds UTC; 0: none */
} night_load;

/* A file of the report as it was written. */
typedef struct night_file {
    char *path; /* below the night's folder */
    unsigned char digest[32];
    size_t size;
} night_file;

/* One night under way. */
typedef struct night {
    kith_call *call;
    const night_config *config;
    int32_t date;  /* the morning on which it is read; facts up to the day before */
    int lock;      /* file descriptor, -1 for none */
    char stage[64]; /* what is being done, in a few words, for the notice */
    night_load *loads;
    kith_night_last last; /* the night before that was published */
    int64_t load;         /* the last load that tonight's report knows */
    size_t alert_rows, alert_files;
    kith_text alerts_failed; /* why alerts were not written, "" for none */
    kith_text alerts_strange; /* kinds of alerts that nobody ever recorded, "" for none */
    char *staging;           /* the folder that is being filled */
    night_file *files;
    size_t file_count;
    char config_sha256[65];   /* of the configuration as it was read */
    char outlines_sha256[65]; /* "" without, or when they cannot be read */
    char policy_sha256[65];   /* of the policy that the hub keeps, or that was given; "": Kith's own */
    kith_text summary;      /* for the journal */
} night;

/* nightly_publish.c */

/** Takes the lock of the output folder, which it makes; KITH_POLICY when another night is under way. */
kith_status night_lock(night *n, kith_error *err);
void night_unlock(night *n);

/**
 * Puts a dated notice where the report is looked for, at once and before anything is done: that
 * tonight's report is not there. reason NULL: not yet.
 */
kith_status night_notice(night *n, const char *reason, kith_error *err);

/** Begins an empty folder for the night's files. */
kith_status night_stage(night *n, kith_error *err);

/** Writes one file into it and remembers what was written. */
kith_status night_write(night *n, const char *folder, const char *name, const void *bytes, size_t size,
                        kith_error *err);

/** Reads every file again and compares it with what was to be written. */
kith_status night_verify(const night *n, kith_error *err);

/** Makes the staged folder the report of the night, by one rename, and the one that readers find. */
kith_status night_publish(night *n, kith_error *err);

/** Removes the nights that are older than the configuration keeps. */
kith_status night_prune(const night *n, kith_error *err);

/* nightly_inputs.c */

/** Takes the digests of the files that a source's load will read; free with night_inputs_free. */
kith_status night_inputs_take(night_inputs *inputs, const night_source *source, kith_error *err);
void night_inputs_free(night_inputs *inputs);

/** The path of the first file that came, went or is another one; NULL: all are the same. */
const char *night_inputs_changed(const night_inputs *before, const night_inputs *after);

/* nightly_load.c */
kith_status night_load_sources(night *n, kith_error *err);
void night_loads_free(night *n);

/* nightly_report.c: every audience's files. */
kith_status night_report(night *n, kith_error *err);

/* nightly_groups.c */

/**
 * What became of the peer groups since their letters were kept last, and keeps tonight's.
 * Where nothing was kept, nothing is told.
 */
kith_status night_groups(kith_table *table, night *n, const kith_view *view, kith_error *err);

/* nightly_manifest.c: manifest.json, of what the files were made. */
kith_status night_manifest(night *n, kith_error *err);

/** SHA-256 of a file, in hexadecimal; KITH_IO. */
kith_status night_digest_file(char hex[65], const char *path, kith_error *err);

#endif
