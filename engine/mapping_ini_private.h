/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mapping_ini_private.h: a mapping file being read. */
#ifndef KITH_ENGINE_MAPPING_INI_PRIVATE_H
#define KITH_ENGINE_MAPPING_INI_PRIVATE_H

#include "mapping_private.h"

typedef struct mapping_reading {
    kith_mapping *mapping;
    kith_mapping_fault *fault;
    void *context;
    const char *at; /* what is left of the file */
    size_t line;
    uint64_t faults;
    bool no_memory;
    mapping_section *section; /* under way */
    char section_name[128];
    size_t section_line; /* of the last line that began a section */
} mapping_reading;

/* Tells a fault and counts it. */
void mapping_fault(mapping_reading *r, size_t line, const char *field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Reads every line from r->at on, and tells each that is at fault. */
void mapping_read_lines(mapping_reading *r);
/* Joins what the lines say, and tells what is missing. */
void mapping_check_whole(mapping_reading *r);

#endif
