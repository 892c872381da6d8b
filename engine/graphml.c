/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graphml.c: expat's events as the rows of one table.
 *
 * Each open element is a frame; which element may stand in which is a table, and what is
 * none of them is passed over whole. Only an element of the table that is asked for has a
 * row. Its data must stand before a graph within it, as GraphML's schema has it, so that
 * one row at a time is enough however deep graphs are nested. */
#include "kith/graphml.h"

#include <expat.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "graphml_private.h"
#include "kith/text.h"

enum { READ_SIZE = 1 << 16 };

void graphml_stop(graphml_reader *r, const char *format, ...)
{
    char message[320];
    va_list args;

    if (r->stopped)
        return;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    r->stopped = true;
    r->handler->fault(r->handler->context, (size_t)XML_GetCurrentLineNumber(r->parser), message);
    XML_StopParser(r->parser, XML_FALSE);
}

void graphml_fail(graphml_reader *r)
{
    r->no_memory = true;
    r->stopped = true;
    XML_StopParser(r->parser, XML_FALSE);
}

static void pass_over(graphml_reader *r, kith_graphml_unread what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void pass_over(graphml_reader *r, kith_graphml_unread what, const char *format, ...)
{
    char message[320];
    va_list args;

    if (r->form->unread == NULL)
        return;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    r->form->unread(r->form->unread_context, (size_t)XML_GetCurrentLineNumber(r->parser), what, message);
}

const char *graphml_attribute(const char *const *attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return NULL;
}

/* An attribute that GraphML demands; NULL after a fault. */
static const char *required(graphml_reader *r, const char *element, const char *const *attributes,
                            const char *name)
{
    const char *value = graphml_attribute(attributes, name);

    if (value == NULL)
        graphml_stop(r, "<%s> has no %s; GraphML demands it", element, name);
    return value;
}

/* Characters from here on are a value. */
static void begin_value(graphml_reader *r)
{
    r->value_depth = r->depth;
    r->value_apart = false;
    kith_text_clear(&r->value);
}

static void begin_graph(graphml_reader *r, const char *const *attributes)
{
    graphml_frame *holder = &r->frames[r->depth - 2];
    const char *directed = graphml_attribute(attributes, "edgedefault");
    const char *id = graphml_attribute(attributes, "id");

    if (holder->has_graph && holder->is != GRAPHML_GRAPHML) {
        graphml_stop(r, "a second graph within one element; GraphML has one at most");
        return;
    }
    graphml_header(r);
    if (r->row_depth > 0)
        graphml_hand_on(r);
    holder->has_graph = true;
    graphml_graph *graph = &r->graphs[r->graph_count++];
    graph->id = strdup(id != NULL ? id : "");
    graph->holder = strdup(holder->is == GRAPHML_GRAPHML ? "" : kith_text_string(&r->holder_id));
    graph->directed = directed == NULL                       ? ""
                      : strcmp(directed, "directed") == 0    ? "true"
                      : strcmp(directed, "undirected") == 0  ? "false"
                                                             : "";
    if (graph->id == NULL || graph->holder == NULL)
        graphml_fail(r);
}

/* A nested graph names the element that holds it. */
static void remember_holder(graphml_reader *r, const char *id)
{
    kith_text_clear(&r->holder_id);
    kith_text_add(&r->holder_id, id != NULL ? id : "");
    if (r->holder_id.failed)
        graphml_fail(r);
}

static void begin_node(graphml_reader *r, const char *const *attributes)
{
    const char *id = required(r, "node", attributes, "id");

    if (id == NULL)
        return;
    remember_holder(r, id);
    graphml_begin_row(r, KITH_GRAPHML_NODES, attributes);
}

static void begin_edge(graphml_reader *r, const char *const *attributes)
{
    if (required(r, "edge", attributes, "source") == NULL ||
        required(r, "edge", attributes, "target") == NULL)
        return;
    remember_holder(r, graphml_attribute(attributes, "id"));
    graphml_begin_row(r, KITH_GRAPHML_EDGES, attributes);
}

static void begin_hyperedge(graphml_reader *r, const char *const *attributes)
{
    remember_holder(r, graphml_attribute(attributes, "id"));
    graphml_begin_row(r, KITH_GRAPHML_HYPEREDGES, attributes);
}

static void begin_endpoint(graphml_reader *r, const char *const *attributes)
{
    if (required(r, "endpoint", attributes, "node") != NULL)
        graphml_begin_row(r, KITH_GRAPHML_ENDPOINTS, attributes);
}

static void begin_port(graphml_reader *r, const char *const *attributes)
{
    (void)attributes;
    pass_over(r, KITH_GRAPHML_ASIDE, "ports are not read, only the sourceport and targetport of an edge");
}

static void begin_locator(graphml_reader *r, const char *const *attributes)
{
    (void)attributes;
    pass_over(r, KITH_GRAPHML_LOST, "<locator> names another file; it is not fetched: load that file itself");
}

/* Data of a row's element: its column's value. Of the file or a graph it is told. */
static void begin_data(graphml_reader *r, const char *const *attributes)
{
    const graphml_frame *of = &r->frames[r->depth - 2];
    const char *key = required(r, "data", attributes, "key");
    char quoted[SHOWN_SIZE];

    r->value_column = NO_COLUMN;
    if (key == NULL)
        return;
    if (of->has_graph && of->is != GRAPHML_GRAPHML) {
        graphml_stop(r, "data stands after the graph within its element; put it before");
    } else if (of->is == GRAPHML_GRAPHML || of->is == GRAPHML_GRAPH) {
        pass_over(r, KITH_GRAPHML_ASIDE, "data of the file or of a graph as a whole is not loaded");
    } else if (r->row_depth == r->depth - 1) {
        r->value_column = graphml_column(r, key);
        if (r->value_column == NO_COLUMN)
            pass_over(r, KITH_GRAPHML_ROW_LOST,
                      "no <key> of the file declares data %s of such an element; it is not read",
                      shown(quoted, key));
        else if (r->place[r->value_column] != NO_PLACE)
            pass_over(r, KITH_GRAPHML_ROW_LOST, "an element has data %s twice; the first holds", shown(quoted, key));
    }
    begin_value(r);
}

static void begin_desc(graphml_reader *r, const char *const *attributes)
{
    (void)attributes;
    r->value_column = r->row_depth == r->depth - 1 && r->row_depth > 0 ? r->desc_column : NO_COLUMN;
    begin_value(r);
}

static void begin_default(graphml_reader *r, const char *const *attributes)
{
    (void)attributes;
    begin_value(r);
}

#define WITHIN(element) (1u << GRAPHML_##element)

/* What may stand where, and what its start means. */
static const struct rule {
    const char *name;
    unsigned within;
    void (*begin)(graphml_reader *r, const char *const *attributes);
} rules[] = {
    [GRAPHML_GRAPHML] = { "graphml", WITHIN(OUTSIDE), NULL },
    [GRAPHML_KEY] = { "key", WITHIN(GRAPHML), graphml_begin_key },
    [GRAPHML_DEFAULT] = { "default", WITHIN(KEY), begin_default },
    [GRAPHML_GRAPH] = { "graph", WITHIN(GRAPHML) | WITHIN(NODE) | WITHIN(EDGE) | WITHIN(HYPEREDGE), begin_graph },
    [GRAPHML_NODE] = { "node", WITHIN(GRAPH), begin_node },
    [GRAPHML_EDGE] = { "edge", WITHIN(GRAPH), begin_edge },
    [GRAPHML_HYPEREDGE] = { "hyperedge", WITHIN(GRAPH), begin_hyperedge },
    [GRAPHML_ENDPOINT] = { "endpoint", WITHIN(HYPEREDGE), begin_endpoint },
    [GRAPHML_PORT] = { "port", WITHIN(NODE) | WITHIN(PORT), begin_port },
    [GRAPHML_LOCATOR] = { "locator", WITHIN(NODE) | WITHIN(GRAPH), begin_locator },
    [GRAPHML_DATA] = { "data",
                       WITHIN(GRAPHML) | WITHIN(GRAPH) | WITHIN(NODE) | WITHIN(EDGE) |
                           WITHIN(HYPEREDGE) | WITHIN(PORT) | WITHIN(ENDPOINT),
                       begin_data },
    [GRAPHML_DESC] = { "desc",
                       WITHIN(GRAPHML) | WITHIN(KEY) | WITHIN(GRAPH) | WITHIN(NODE) | WITHIN(EDGE) |
                           WITHIN(HYPEREDGE) | WITHIN(PORT) | WITHIN(ENDPOINT),
                       begin_desc },
};

enum { RULES = sizeof rules / sizeof rules[0] };

/* Expat gives "namespace name"; the file's own namespace is that of its first element. */
static graphml_element element_of(graphml_reader *r, graphml_element parent, const char *name)
{
    const char *blank = strrchr(name, NAMESPACE_END);
    const char *local = blank != NULL ? blank + 1 : name;
    const size_t size = (size_t)(local - name);

    if (parent == GRAPHML_OUTSIDE)
        r->namespace_size = size;
    for (int i = 0; i < RULES; i++)
        if (rules[i].name != NULL && (rules[i].within & (1u << parent)) != 0 &&
            strcmp(rules[i].name, local) == 0 && size == r->namespace_size)
            return (graphml_element)i;
    return GRAPHML_FOREIGN;
}

/* An element that has no place here is passed over with all that it holds. */
static void begin_foreign(graphml_reader *r, graphml_element parent, const char *name)
{
    const char *blank = strrchr(name, NAMESPACE_END);
    char quoted[SHOWN_SIZE];

    shown(quoted, blank != NULL ? blank + 1 : name);
    if (parent == GRAPHML_OUTSIDE)
        graphml_stop(r, "the first element is %s where graphml is expected; is this a GraphML file?", quoted);
    else if (parent != GRAPHML_FOREIGN && r->value_depth == 0)
        pass_over(r, KITH_GRAPHML_LOST, "element %s has no place here; it is not read, nor what it holds", quoted);
    r->value_apart = true;
}

static void XMLCALL start(void *context, const char *name, const char **attributes)
{
    graphml_reader *r = context;

    if (r->stopped)
        return;
    if (r->depth == KITH_GRAPHML_DEPTH_MAX) {
        graphml_stop(r, "elements are nested more than %d deep; is this a GraphML file?",
                     KITH_GRAPHML_DEPTH_MAX);
        return;
    }
    const graphml_element parent = r->depth > 0 ? r->frames[r->depth - 1].is : GRAPHML_OUTSIDE;
    const graphml_element is = element_of(r, parent, name);
    r->frames[r->depth++] = (graphml_frame){ .is = is };
    if (is == GRAPHML_FOREIGN)
        begin_foreign(r, parent, name);
    else if (rules[is].begin != NULL)
        rules[is].begin(r, attributes);
}

static void end_graph(graphml_reader *r)
{
    graphml_graph *graph = &r->graphs[--r->graph_count];

    free(graph->id);
    free(graph->holder);
}

/* XML within a value parts its texts, and the blanks around them are not of them. */
static void end_value(graphml_reader *r, graphml_element is)
{
    if (r->value_apart)
        graphml_trim_value(r);
    r->value_depth = 0;
    if (is == GRAPHML_DEFAULT)
        graphml_end_default(r);
    else if (r->value_column != NO_COLUMN)
        graphml_take_value(r);
}

static void XMLCALL end(void *context, const char *name)
{
    graphml_reader *r = context;

    (void)name;
    if (r->stopped)
        return;
    const graphml_element is = r->frames[r->depth - 1].is;
    if (is == GRAPHML_FOREIGN)
        r->value_apart = true;
    else if (r->value_depth == r->depth)
        end_value(r, is);
    if (is == GRAPHML_GRAPH)
        end_graph(r);
    else if (is == GRAPHML_GRAPHML)
        graphml_header(r);
    if (r->row_depth == r->depth)
        graphml_hand_on(r);
    r->depth--;
}

static void XMLCALL characters(void *context, const char *text, int size)
{
    graphml_reader *r = context;

    if (r->stopped || r->value_depth == 0)
        return;
    graphml_add_value(r, text, (size_t)size);
}

static void XMLCALL refuse_doctype(void *context, const char *name, const char *system,
                                   const char *public, int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    graphml_stop(context, "the file has a DOCTYPE, which may name other files and define entities; nothing "
                          "of that is read: take it out");
}

static void tell_fault(graphml_reader *r)
{
    const enum XML_Error code = XML_GetErrorCode(r->parser);

    if (r->stopped)
        return;
    if (code == XML_ERROR_NO_MEMORY)
        graphml_fail(r);
    else if (code == XML_ERROR_UNKNOWN_ENCODING)
        graphml_stop(r, "the file declares an encoding that is not known; name it in the mapping, as in "
                        "encoding = CP1252");
    else if (code == XML_ERROR_UNDEFINED_ENTITY)
        graphml_stop(r, "an entity that is none of the five of XML; write what it stands for");
    else if (code == XML_ERROR_NO_ELEMENTS)
        graphml_stop(r, r->depth > 0 ? "the file ends before its first element does; get it whole"
                                     : "the file ends before its first element; is this a GraphML file?");
    else
        graphml_stop(r, "the XML is not well formed here (%s); write the file anew", XML_ErrorString(code));
}

/* Expat keeps what is not yet a whole tag. While it waits for more of one it may not say where it
 * is; it is then where it was. */
static void bound_tag(graphml_reader *r, uint64_t *parsed, uint64_t fed)
{
    const XML_Index at = XML_GetCurrentByteIndex(r->parser);

    if (at >= 0)
        *parsed = (uint64_t)at;
    if (fed - *parsed > KITH_CSV_LINE_MAX + READ_SIZE)
        graphml_stop(r, "a tag or a remark is longer than 4 MiB; is this a GraphML file?");
}

static kith_status read_all(graphml_reader *r, FILE *in, kith_error *err)
{
    char bytes[READ_SIZE];
    uint64_t fed = 0, parsed = 0;
    size_t got;

    do {
        got = r->form->read != NULL ? r->form->read(r->form->context, bytes, sizeof bytes)
                                    : fread(bytes, 1, sizeof bytes, in);
        if (in != NULL && ferror(in))
            return kith_fail(err, KITH_IO, "the file cannot be read to its end");
        fed += got;
        if (XML_Parse(r->parser, bytes, (int)got, got == 0) != XML_STATUS_OK)
            tell_fault(r);
        else
            bound_tag(r, &parsed, fed);
    } while (got > 0 && !r->stopped);
    return r->no_memory ? kith_no_memory(err) : KITH_OK;
}

static void reader_free(graphml_reader *r)
{
    while (r->graph_count > 0)
        end_graph(r);
    graphml_free_columns(r);
    kith_text_free(&r->row);
    kith_text_free(&r->value);
    kith_text_free(&r->holder_id);
    XML_ParserFree(r->parser);
    free(r);
}

kith_status kith_graphml_read(bool *whole, uint64_t counts[KITH_GRAPHML_TABLES], FILE *in,
                              const kith_graphml_form *form, const kith_csv_handler *handler,
                              kith_error *err)
{
    graphml_reader *r = calloc(1, sizeof *r);
    kith_status status = KITH_OK;

    *whole = false;
    memset(counts, 0, KITH_GRAPHML_TABLES * sizeof *counts);
    if (r == NULL)
        return kith_no_memory(err);
    r->form = form;
    r->handler = handler;
    r->counts = counts;
    r->parser = XML_ParserCreateNS(form->read != NULL ? "UTF-8" : NULL, NAMESPACE_END);
    if (r->parser == NULL || !graphml_fixed_columns(r)) {
        status = kith_no_memory(err);
    } else {
        XML_SetUserData(r->parser, r);
        XML_SetElementHandler(r->parser, start, end);
        XML_SetCharacterDataHandler(r->parser, characters);
        XML_SetStartDoctypeDeclHandler(r->parser, refuse_doctype);
        status = read_all(r, in, err);
    }
    *whole = status == KITH_OK && !r->stopped;
    reader_free(r);
    return status;
}
