/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graphml.h: a GraphML file as tables, read as a stream.
 *
 * A file has up to four tables, and a reading gives one of them: its nodes, its edges, its
 * hyperedges, or the endpoints of its hyperedges. A table's columns are what GraphML itself
 * says of such an element, named with an @, and then a column for each <key> of it, named
 * by its attr.name (else by its yfiles.type, else by its id):
 *
 *     nodes       @id @parent @graph @labels @desc
 *     edges       @id @source @target @directed @sourceport @targetport @label @parent @graph @desc
 *     hyperedges  @id @parent @graph @desc
 *     endpoints   @id @node @port @type @hyperedge @desc
 *
 * @graph is the graph that the element stands in, and @parent what holds that graph when it
 * is nested; @directed is "true" or "false" also where only the graph says it. Data that an
 * element does not have is its key's default. Data that is itself XML, as a chart's drawing
 * is, counts as the text in it.
 *
 * Expat reads the XML. Nothing is fetched: a DOCTYPE is refused, and with it every entity but
 * the five of XML. A record, a tag, the number of columns and the depth of nesting have
 * limits, and no more than one record is held in memory. A fault of form ends the reading. */
#ifndef KITH_GRAPHML_H
#define KITH_GRAPHML_H

#include "kith/csv.h"

typedef enum kith_graphml_rows {
    KITH_GRAPHML_NODES,
    KITH_GRAPHML_EDGES,
    KITH_GRAPHML_HYPEREDGES,
    KITH_GRAPHML_ENDPOINTS,
    KITH_GRAPHML_TABLES
} kith_graphml_rows;

/* What is passed over: each reading tells it, or those of the table whose rows it is of. */
typedef enum kith_graphml_unread {
    KITH_GRAPHML_ASIDE,   /* of no network: data of the file, ports */
    KITH_GRAPHML_LOST,    /* may be a fact */
    KITH_GRAPHML_ROW_LOST /* may be a fact of a row */
} kith_graphml_unread;

enum { KITH_GRAPHML_DEPTH_MAX = 128 }; /* elements within elements */

typedef struct kith_graphml_form {
    kith_graphml_rows rows;
    /* Where the bytes come from instead of the file, as in kith_csv_form; they are UTF-8
     * then, whatever the file declares. */
    size_t (*read)(void *context, char *bytes, size_t size);
    void *context;
    /* Told of what the file has and no table shows. May be NULL. */
    void (*unread)(void *context, size_t line, kith_graphml_unread what, const char *message);
    void *unread_context;
} kith_graphml_form;

/**
 * Reads one table of a file to its end, a fault of form, or a false from the handler.
 *
 * whole   out: every byte was read and well formed.
 * counts  out: how many rows each of the tables has, as far as was read.
 * handler as for kith_csv_read. A record's line is that of its element's tag.
 * Returns KITH_OK, also with faults; KITH_IO when reading failed; KITH_NO_MEMORY.
 */
kith_status kith_graphml_read(bool *whole, uint64_t counts[KITH_GRAPHML_TABLES], FILE *in,
                              const kith_graphml_form *form, const kith_csv_handler *handler,
                              kith_error *err);

#endif
