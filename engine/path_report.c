/* SPDX-License-Identifier: GPL-3.0-or-later */
/* path_report.c: routes as rows, each step with its records. */
#include "kith/path.h"

#include "kith/text.h"

enum { MOST_IDS = 3 };

static const char *item_id(const kith_layer *layer, const kith_layer_item *item)
{
    return item->is_link ? layer->network->links[item->index].id
                         : layer->network->events[item->index].id;
}

static void write_records(kith_text *out, const kith_layer *layer, size_t tie)
{
    const size_t first = layer->first_item[tie], end = layer->first_item[tie + 1];
    size_t named = 0;

    for (size_t i = first; i < end && named < MOST_IDS; i++)
        if (item_id(layer, &layer->items[i])[0] != '\0')
            kith_text_format(out, "%s%s", named++ > 0 ? ", " : "",
                             item_id(layer, &layer->items[i]));
    if (named < end - first)
        kith_text_format(out, "%s%zu more", named > 0 ? ", and " : "", end - first - named);
}

/* What the strongest item says. A link that the other end stands first in is told from there,
 * or a child would seem to do what is done to them. */
static void write_kind(kith_text *out, const kith_path_step *step)
{
    const kith_layer *layer = step->layer;
    const kith_layer_item *item = &layer->items[layer->first_item[step->tie]];

    if (item->is_link) {
        const kith_link *link = &layer->network->links[item->index];
        if (!link->meaning->gathers && link->from != layer->nodes[step->from].index)
            kith_text_format(out, "from %s: ", kith_layer_id(layer, step->to));
    }
    kith_text_add(out, kith_layer_item_label(layer, item));
}

static void add_step(kith_table *table, kith_text *text, const kith_path_step *step)
{
    static const char *const lines[] = {
        [KITH_DOTTED] = "dotted", [KITH_DASHED] = "dashed", [KITH_SOLID] = "solid"
    };
    const kith_layer *layer = step->layer;

    kith_table_text(table, kith_layer_id(layer, step->from));
    kith_table_text(table, kith_layer_id(layer, step->to));
    kith_text_clear(text);
    write_kind(text, step);
    kith_table_text(table, kith_text_string(text));
    kith_table_number(table, step->weight);
    kith_text_clear(text);
    write_records(text, layer, step->tie);
    kith_table_text(table, kith_text_string(text));
    kith_table_text(table, lines[kith_layer_line(layer, step->tie, NULL)]);
    kith_table_text(table, kith_layer_kind_word(layer, step->from));
    kith_table_text(table, kith_layer_kind_word(layer, step->to));
}

static void add_columns(kith_table *table)
{
    kith_table_column(table, "step", KITH_CELL_INTEGER);
    kith_table_column(table, "from_id", KITH_CELL_TEXT);
    kith_table_column(table, "to_id", KITH_CELL_TEXT);
    kith_table_column(table, "kind", KITH_CELL_TEXT);
    kith_table_column(table, "weight", KITH_CELL_NUMBER);
    kith_table_column(table, "records", KITH_CELL_TEXT);
    kith_table_column(table, "line", KITH_CELL_TEXT);
    kith_table_column(table, "from_kind", KITH_CELL_TEXT);
    kith_table_column(table, "to_kind", KITH_CELL_TEXT);
    kith_table_column(table, "route", KITH_CELL_INTEGER);
    table->empty = "no route is recorded between the two";
}

static void add_route(kith_table *table, kith_text *text, const kith_path *path, size_t number)
{
    for (size_t i = 0; i < path->count; i++) {
        kith_table_integer(table, (int64_t)i + 1);
        add_step(table, text, &path->steps[i]);
        kith_table_integer(table, (int64_t)number);
    }
}

static kith_status finish(kith_table *table, kith_text *text, kith_error *err)
{
    kith_table_note(table, "a route says that records connect the two, not that they know each "
                           "other; it is as weak as its weakest step");
    const kith_status status = kith_text_status(text, err);
    kith_text_free(text);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}

kith_status kith_path_report(kith_table *table, const kith_path *path, kith_error *err)
{
    kith_text text = { 0 };

    add_columns(table);
    add_route(table, &text, path, 1);
    if (path->count > 0)
        kith_table_fact(table, "length", "%.6g, the sum of 1/weight over %zu step%s", path->length,
                        path->count, path->count == 1 ? "" : "s");
    return finish(table, &text, err);
}

kith_status kith_paths_report(kith_table *table, const kith_paths *paths, size_t most,
                              kith_error *err)
{
    const size_t shown = paths->count < most ? paths->count : most;
    kith_text text = { 0 };

    add_columns(table);
    for (size_t i = 0; i < shown; i++)
        add_route(table, &text, &paths->list[i], i + 1);
    if (shown > 0)
        kith_table_fact(table, "routes", "%.0f, of %zu step%s each; %zu listed, the strongest first",
                        paths->total, paths->list[0].count, paths->list[0].count == 1 ? "" : "s", shown);
    if ((double)paths->count < paths->total)
        kith_table_note(table,
                        "only the first %zu routes, in the order of the ids on them, were compared",
                        paths->count);
    return finish(table, &text, err);
}
