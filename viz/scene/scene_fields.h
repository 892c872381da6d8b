/* SPDX-License-Identifier: MIT */
/* scene_fields.h: reading fields of JSON.
 *
 * The reader keeps the first fault, with its place, and then does nothing more: every call
 * may follow a fault, so that the code reads like the format. */
#ifndef KITH_SCENE_FIELDS_H
#define KITH_SCENE_FIELDS_H

#include <jansson.h>

#include "kith/scene.h"

typedef struct reader {
    kith_error *err;
    kith_status status;
    char place[64]; /* "nodes[3]" */
} reader;

void field_refuse(reader *in, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** What is read next: an entry of a list. */
void field_at(reader *in, const char *list, size_t index);

/** Every field of the object must be in the list, which ends with NULL. */
void field_only(reader *in, json_t *object, const char *const *known);

/** A text, "" when the field is not there. Valid while the document lives. */
const char *field_text(reader *in, json_t *object, const char *name);

bool field_truth(reader *in, json_t *object, const char *name);

/** 0 when the field is not there. */
double field_number(reader *in, json_t *object, const char *name);

/** The index of a field's word in a list of words. */
int field_word(reader *in, json_t *object, const char *name, const char *(*word)(int), int count,
              int fallback);

/** A list with at most so many entries; NULL, as an empty list, when it is not there. */
json_t *field_list(reader *in, json_t *root, const char *name, size_t most);

/** x, y, width and height; placed when the first two are there. */
kith_scene_box field_box(reader *in, json_t *object);

#endif
