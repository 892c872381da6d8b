/* SPDX-License-Identifier: GPL-3.0-or-later */
/* write_private.h: the fields that every form has, and how a file grows. */
#ifndef KITH_WRITE_PRIVATE_H
#define KITH_WRITE_PRIVATE_H

#include "kith/writer.h"

typedef enum write_type { WRITE_TEXT, WRITE_TRUTH, WRITE_NUMBER } write_type;

typedef struct write_field {
    const char *name;
    const char *csv; /* the column's name */
    write_type type;
    /* Adds the value; nothing when there is none. */
    void (*add)(kith_text *out, const kith_scene *scene, size_t index, size_t at);
    size_t at; /* offset in the node or tie, of what stands there as it is */
} write_field;

/** Adds a field's value; nothing when there is none. */
static inline void write_value(kith_text *out, const write_field *field, const kith_scene *scene, size_t index)
{
    field->add(out, scene, index, field->at);
}

/* A tie's and a node's id come first, then, of a tie, its two ends. */
enum { WRITE_NODE_FIELDS = 12, WRITE_TIE_FIELDS = 13, WRITE_SOURCE = 1, WRITE_TARGET = 2 };
extern const write_field write_node_fields[WRITE_NODE_FIELDS];
extern const write_field write_tie_fields[WRITE_TIE_FIELDS];

/* What stands above and below the picture, as fields of the whole. */
enum { WRITE_WORDS = 4 };
extern const char *const write_word_names[WRITE_WORDS];
const char *write_word(const kith_scene *scene, size_t which);

/** Writes out what has gathered, once it is much. */
void write_some(FILE *out, kith_text *text);

/** Writes the rest, frees the text and says whether all went well. */
kith_status write_end(FILE *out, kith_text *text, const kith_scene *scene, kith_error *err);

/** A value as JSON: a string, true, or a number. */
void write_json_value(kith_text *out, const write_field *field, const char *value);

#endif
