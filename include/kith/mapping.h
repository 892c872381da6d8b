/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping.h: how an agency's extract becomes rows of our tables.
 *
 * A mapping is a small text file, one a source, kept and re-used (docs/mapping.md): which
 * column becomes which field, how words and dates are written, in which encoding. It is
 * read whole and checked against the tables before any extract is opened. */
#ifndef KITH_MAPPING_H
#define KITH_MAPPING_H

#include <stddef.h>

#include "kith/error.h"
#include "kith/table.h"
#include "kith/text.h"

typedef struct kith_mapping kith_mapping;

/** Told each fault of a mapping file: line (0: the file), the section and field, the sentence. */
typedef void kith_mapping_fault(void *context, size_t line, const char *field, const char *message);

/**
 * Reads a mapping: a file, or one of those built in by its name ("police.uk").
 *
 * mapping  out: NULL unless KITH_OK; free with kith_mapping_free.
 * fault    told of every fault; with one the mapping is refused.
 * Returns KITH_INPUT when there was a fault, KITH_NOT_FOUND when there is neither such a
 * file nor such a name, KITH_IO, KITH_NO_MEMORY.
 */
kith_status kith_mapping_read(kith_mapping **mapping, const char *path, kith_mapping_fault *fault,
                              void *context, kith_error *err);
void kith_mapping_free(kith_mapping *mapping);

/**
 * Checks a mapping.
 *
 * table  out: its faults (line, field, severity, message), or when there is none
 *        its lines (line, table, field, from). Free with kith_table_free.
 * Returns KITH_INPUT with faults, and what kith_mapping_read returns.
 */
kith_status kith_mapping_check(kith_table *table, const char *path, kith_error *err);

/** The names of the mappings that are built in: name, about. */
kith_status kith_mapping_names(kith_table *table, kith_error *err);

/**
 * Drafts a mapping from the header of an extract. It names columns, and no value.
 *
 * out  the draft is added to it.
 * Returns KITH_IO, KITH_INPUT when the header cannot be read, KITH_NO_MEMORY.
 */
kith_status kith_mapping_draft(kith_text *out, const char *path, kith_error *err);

#endif
