/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graphml_row.c: keys as columns, an element as a row of them.
 *
 * The columns stand when the first graph begins: GraphML has every <key> before it. The
 * values of a row lie one after another in one text, in the order in which they came. */
#include <stdlib.h>
#include <string.h>

#include "graphml_private.h"

/* The attributes of an element that are columns; @parent, @graph, @hyperedge and @desc are
 * not attributes of it, and @directed may be its graph's. */
static const char *const fixed[KITH_GRAPHML_TABLES][12] = {
    [KITH_GRAPHML_NODES] = { "@id", "@parent", "@graph", "@labels", "@desc" },
    [KITH_GRAPHML_EDGES] = { "@id", "@source", "@target", "@directed", "@sourceport", "@targetport", "@label",
                             "@parent", "@graph", "@desc" },
    [KITH_GRAPHML_HYPEREDGES] = { "@id", "@parent", "@graph", "@desc" },
    [KITH_GRAPHML_ENDPOINTS] = { "@id", "@node", "@port", "@type", "@hyperedge", "@desc" },
};

static bool add_column(graphml_reader *r, const char *name)
{
    r->columns[r->column_count] = strdup(name);
    if (r->columns[r->column_count] == NULL)
        return false;
    r->column_count++;
    return true;
}

bool graphml_fixed_columns(graphml_reader *r)
{
    const char *const *names = fixed[r->form->rows];

    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], "@desc") == 0)
            r->desc_column = i;
        if (!add_column(r, names[i]))
            return false;
    }
    return true;
}

/* Whether a key's data may stand in an element of the table. */
static bool is_for_table(const graphml_reader *r, const char *of)
{
    static const char *const names[KITH_GRAPHML_TABLES] = { "node", "edge", "hyperedge", "endpoint" };

    return of == NULL || strcmp(of, "all") == 0 || strcmp(of, names[r->form->rows]) == 0;
}

static const graphml_key *find_key(const graphml_reader *r, const char *id)
{
    for (size_t i = 0; i < r->key_count; i++)
        if (strcmp(r->keys[i].id, id) == 0)
            return &r->keys[i];
    return NULL;
}

static const char *name_of(const char *const *attributes, const char *id)
{
    const char *name = graphml_attribute(attributes, "attr.name");

    if (name == NULL || name[0] == '\0')
        name = graphml_attribute(attributes, "yfiles.type");
    return name == NULL || name[0] == '\0' ? id : name;
}

void graphml_begin_key(graphml_reader *r, const char *const *attributes)
{
    const char *id = graphml_attribute(attributes, "id");
    char quoted[SHOWN_SIZE];

    if (id == NULL)
        graphml_stop(r, "<key> has no id; GraphML demands it");
    else if (r->header_done)
        graphml_stop(r, "<key> stands after a graph; put every <key> before the first <graph>");
    else if (find_key(r, id) != NULL)
        graphml_stop(r, "two <key> have the id %s; give each its own", shown(quoted, id));
    else if (r->key_count == KITH_CSV_COLUMN_MAX || r->column_count == KITH_CSV_COLUMN_MAX)
        graphml_stop(r, "the file has more than %d <key>", (int)r->key_count);
    if (r->stopped)
        return;
    graphml_key *key = &r->keys[r->key_count];
    key->column = NO_COLUMN;
    key->id = strdup(id);
    r->key_count += key->id != NULL;
    if (is_for_table(r, graphml_attribute(attributes, "for"))) {
        key->column = r->column_count;
        r->no_memory |= !add_column(r, name_of(attributes, id));
    }
    if (key->id == NULL || r->no_memory)
        graphml_fail(r);
}

/* The <default> of the last key. */
void graphml_end_default(graphml_reader *r)
{
    const size_t column = r->keys[r->key_count - 1].column;

    if (column == NO_COLUMN)
        return;
    free(r->defaults[column]);
    r->defaults[column] = strdup(kith_text_string(&r->value));
    if (r->defaults[column] == NULL)
        graphml_fail(r);
}

size_t graphml_column(const graphml_reader *r, const char *key)
{
    const graphml_key *found = find_key(r, key);

    return found != NULL ? found->column : NO_COLUMN;
}

void graphml_free_columns(graphml_reader *r)
{
    for (size_t i = 0; i < r->key_count; i++)
        free(r->keys[i].id);
    for (size_t i = 0; i < r->column_count; i++) {
        free(r->columns[i]);
        free(r->defaults[i]);
    }
}

static void hand_on(graphml_reader *r, size_t line,
                    bool (*to)(void *context, const kith_csv_record *record))
{
    const XML_Index at = XML_GetCurrentByteIndex(r->parser);
    const kith_csv_record record = { line, at > 0 ? (uint64_t)at : 0, r->fields, r->column_count };

    if (!to(r->handler->context, &record)) {
        r->stopped = true;
        XML_StopParser(r->parser, XML_FALSE);
    }
}

void graphml_header(graphml_reader *r)
{
    if (r->header_done || r->stopped)
        return;
    r->header_done = true;
    for (size_t i = 0; i < r->column_count; i++)
        r->fields[i] = r->columns[i];
    hand_on(r, (size_t)XML_GetCurrentLineNumber(r->parser), r->handler->header);
}

static void add_field(graphml_reader *r, size_t column, const char *text)
{
    const size_t size = strlen(text) + 1;

    if (size > KITH_CSV_FIELD_MAX || r->row.size + size > KITH_CSV_LINE_MAX) {
        graphml_stop(r, size > KITH_CSV_FIELD_MAX ? "a value is longer than 1 MiB; shorten it"
                                                  : "the data of an element is longer than 4 MiB; shorten it");
        return;
    }
    r->place[column] = r->row.size;
    kith_text_add_bytes(&r->row, text, size);
    if (r->row.failed)
        graphml_fail(r);
}

/* What an element's column without a key holds; NULL: nothing. */
static const char *fixed_value(const graphml_reader *r, const char *name, const char *const *attributes)
{
    const graphml_graph *graph = &r->graphs[r->graph_count - 1];
    const char *given = graphml_attribute(attributes, name + 1);

    if (strcmp(name, "@parent") == 0)
        return graph->holder;
    if (strcmp(name, "@graph") == 0)
        return graph->id;
    if (strcmp(name, "@hyperedge") == 0)
        return kith_text_string(&r->holder_id);
    if (strcmp(name, "@desc") == 0)
        return NULL;
    return given == NULL && strcmp(name, "@directed") == 0 ? graph->directed : given;
}

void graphml_begin_row(graphml_reader *r, kith_graphml_rows rows, const char *const *attributes)
{
    if (r->stopped)
        return;
    r->counts[rows]++;
    if (rows != r->form->rows)
        return;
    r->row_depth = r->depth;
    r->row_line = (size_t)XML_GetCurrentLineNumber(r->parser);
    kith_text_clear(&r->row);
    for (size_t i = 0; i < r->column_count; i++)
        r->place[i] = NO_PLACE;
    const char *const *names = fixed[rows];
    for (size_t i = 0; names[i] != NULL; i++) {
        const char *value = fixed_value(r, names[i], attributes);
        if (value != NULL && value[0] != '\0')
            add_field(r, i, value);
    }
}

void graphml_hand_on(graphml_reader *r)
{
    r->row_depth = 0;
    for (size_t i = 0; i < r->column_count; i++)
        r->fields[i] = r->place[i] != NO_PLACE      ? r->row.data + r->place[i]
                       : r->defaults[i] != NULL ? r->defaults[i]
                                                : "";
    if (!r->stopped)
        hand_on(r, r->row_line, r->handler->record);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void graphml_trim_value(graphml_reader *r)
{
    kith_text *value = &r->value;

    while (value->size > 0 && is_blank(value->data[value->size - 1]))
        value->data[--value->size] = '\0';
}

void graphml_add_value(graphml_reader *r, const char *text, size_t size)
{
    if (r->value_apart) {
        while (size > 0 && is_blank(*text)) {
            text++;
            size--;
        }
        if (size == 0)
            return;
        graphml_trim_value(r);
        kith_text_add(&r->value, r->value.size > 0 ? " " : "");
        r->value_apart = false;
    }
    kith_text_add_bytes(&r->value, text, size);
    if (r->value.failed)
        graphml_fail(r);
    else if (r->value.size > KITH_CSV_FIELD_MAX)
        graphml_stop(r, "a value is longer than 1 MiB; shorten it");
}

void graphml_take_value(graphml_reader *r)
{
    if (r->place[r->value_column] == NO_PLACE)
        add_field(r, r->value_column, kith_text_string(&r->value));
}
