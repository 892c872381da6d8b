/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graphml_private.h: the parts of the reader of GraphML.
 *
 *     graphml       expat, and which element may stand where
 *     graphml_row   keys as columns, an element as a row of them */
#ifndef KITH_ENGINE_GRAPHML_PRIVATE_H
#define KITH_ENGINE_GRAPHML_PRIVATE_H

#include <expat.h>

#include "import_private.h"
#include "kith/graphml.h"

#define NAMESPACE_END '\n' /* between a name and its namespace; no namespace has it */
#define NO_COLUMN     SIZE_MAX
#define NO_PLACE      SIZE_MAX

typedef enum graphml_element {
    GRAPHML_OUTSIDE,
    GRAPHML_GRAPHML,
    GRAPHML_KEY,
    GRAPHML_DEFAULT,
    GRAPHML_GRAPH,
    GRAPHML_NODE,
    GRAPHML_EDGE,
    GRAPHML_HYPEREDGE,
    GRAPHML_ENDPOINT,
    GRAPHML_PORT,
    GRAPHML_LOCATOR,
    GRAPHML_DATA,
    GRAPHML_DESC,
    GRAPHML_FOREIGN
} graphml_element;

typedef struct graphml_frame {
    graphml_element is;
    bool has_graph; /* a graph within it has begun */
} graphml_frame;

typedef struct graphml_graph {
    char *id, *holder;
    const char *directed; /* "true", "false" or "": what an edge is that does not say */
} graphml_graph;

typedef struct graphml_key { /* every <key>; ids are unique in the file */
    char *id;
    size_t column; /* NO_COLUMN: of another table */
} graphml_key;

typedef struct graphml_reader {
    const kith_graphml_form *form;
    const kith_csv_handler *handler;
    uint64_t *counts;
    XML_Parser parser;
    bool stopped, no_memory;
    size_t namespace_size;

    graphml_frame frames[KITH_GRAPHML_DEPTH_MAX];
    size_t depth;
    graphml_graph graphs[KITH_GRAPHML_DEPTH_MAX];
    size_t graph_count;
    kith_text holder_id; /* of the element that a nested graph would be in */

    graphml_key keys[KITH_CSV_COLUMN_MAX];
    size_t key_count;
    char *columns[KITH_CSV_COLUMN_MAX];  /* names */
    char *defaults[KITH_CSV_COLUMN_MAX]; /* NULL: "" */
    size_t column_count, desc_column;
    bool header_done;

    size_t row_depth, row_line; /* depth of the row's element; 0: there is no row */
    kith_text row;              /* its values, each with its NUL */
    size_t place[KITH_CSV_COLUMN_MAX]; /* where in row; NO_PLACE: not given */
    const char *fields[KITH_CSV_COLUMN_MAX];

    kith_text value;
    size_t value_depth;  /* of the element whose text it is; 0: none is being taken */
    size_t value_column; /* NO_COLUMN: of no use */
    bool value_apart;    /* what comes next is not of the same text */
} graphml_reader;

/* Faults of form, and of the machine: both end the reading. */
void graphml_stop(graphml_reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
void graphml_fail(graphml_reader *r);
/* NULL when the element does not have it. */
const char *graphml_attribute(const char *const *attributes, const char *name);

/* The columns that every row of the table has. False: no memory. */
bool graphml_fixed_columns(graphml_reader *r);
void graphml_begin_key(graphml_reader *r, const char *const *attributes);
void graphml_end_default(graphml_reader *r);
size_t graphml_column(const graphml_reader *r, const char *key);
void graphml_free_columns(graphml_reader *r);

/* The header is handed on once, when the first graph begins or the file ends. */
void graphml_header(graphml_reader *r);
/* A row begins, when it is one of the table; and ends. */
void graphml_begin_row(graphml_reader *r, kith_graphml_rows rows, const char *const *attributes);
void graphml_hand_on(graphml_reader *r);

void graphml_add_value(graphml_reader *r, const char *text, size_t size);
void graphml_trim_value(graphml_reader *r);
void graphml_take_value(graphml_reader *r);

#endif
