/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measures_report.c: the sets of people that are measured, and the table of them.
 *
 * A set is a part of the layer's graph with its nodes in an order that ids do not decide, so that
 * neither what is drawn at random nor which of equal components is first depends on ids; rows are
 * in id order. Children and adults alleged to harm are measured apart, because a figure taken over
 * both says only who is recorded beside whom. */
#include "kith/measures.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "alleged.h"
#include "kith/statistics.h"
#include "thin.h"

static const struct {
    const char *name;
    kith_cell_type type;
} columns[] = {
    { "set", KITH_CELL_TEXT },           { "id", KITH_CELL_TEXT },
    { "degree", KITH_CELL_INTEGER },     { "strength", KITH_CELL_NUMBER },
    { "betweenness", KITH_CELL_NUMBER }, { "betweenness_norm", KITH_CELL_NUMBER },
    { "harmonic", KITH_CELL_NUMBER },    { "eigenvector", KITH_CELL_NUMBER },
    { "clustering", KITH_CELL_NUMBER },  { "pagerank", KITH_CELL_NUMBER },
    { "coreness", KITH_CELL_INTEGER },   { "component", KITH_CELL_INTEGER },
    { "cut", KITH_CELL_INTEGER },        { "kind", KITH_CELL_TEXT },
};

/* Those that get intervals, with theirs. */
static const struct {
    const char *low, *high;
    size_t offset; /* of the figure in a measure */
} ranges[] = {
    { "betweenness_low", "betweenness_high", offsetof(kith_measure, betweenness_norm) },
    { "harmonic_low", "harmonic_high", offsetof(kith_measure, harmonic) },
    { "eigenvector_low", "eigenvector_high", offsetof(kith_measure, eigenvector) },
    { "pagerank_low", "pagerank_high", offsetof(kith_measure, pagerank) },
};

enum { RANGES = sizeof ranges / sizeof *ranges, RESAMPLES = 20 };

static const double resample_work = 2e7; /* of one set, above which no interval is tried unasked */

typedef struct desk {
    const kith_layer *layer;
    kith_measures_options options;
    int resamples;     /* of any set: columns for the intervals */
    uint32_t *node;    /* place (kith_layer_order) -> node of the layer */
    uint32_t *by_id;   /* the places, in the order of ids */
    uint32_t *member;  /* place -> 1 + member of the set at hand, 0 for none */
    kith_graph graph;  /* the layer's, its nodes in their places */
    bool *alleged;     /* one a thing: alleged or convicted in the view, not by grade E alone */
    uint32_t *members; /* places of the set at hand */
} desk;

typedef struct named {
    const char *id;
    uint32_t node, place;
} named;

static int by_id(const void *a, const void *b)
{
    const named *x = a, *y = b;
    const int order = strcmp(x->id, y->id);

    return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

static kith_status sort_nodes(desk *d, kith_error *err)
{
    const kith_graph *given = &d->layer->graph;
    const size_t n = given->node_count;
    named *names = malloc((n + 1) * sizeof *names);
    uint32_t *place = malloc((n + 1) * sizeof *place);
    kith_tie *ties = malloc((given->tie_count + 1) * sizeof *ties);
    kith_status status =
        names && place && ties ? kith_layer_order(d->node, d->layer, err) : kith_no_memory(err);

    if (status != KITH_OK)
        goto out;
    for (uint32_t i = 0; i < n; i++) {
        names[i] = (named){ kith_layer_id(d->layer, d->node[i]), d->node[i], i };
        place[d->node[i]] = i;
    }
    qsort(names, n, sizeof *names, by_id);
    for (uint32_t i = 0; i < n; i++)
        d->by_id[i] = names[i].place;
    for (size_t t = 0; t < given->tie_count; t++)
        ties[t] = (kith_tie){ place[given->ties[t].low], place[given->ties[t].high],
                              given->ties[t].weight };
    status = kith_graph_from_ties(&d->graph, n, ties, given->tie_count, err);

out:
    free(names);
    free(place);
    free(ties);
    return status;
}

static kith_status open_desk(desk *d, const kith_layer *layer, kith_error *err)
{
    const size_t n = layer->graph.node_count;

    *d = (desk){ .layer = layer };
    d->node = malloc((n + 1) * sizeof *d->node);
    d->by_id = malloc((n + 1) * sizeof *d->by_id);
    d->member = malloc((n + 1) * sizeof *d->member);
    d->members = malloc((n + 1) * sizeof *d->members);
    d->alleged = calloc(layer->network->thing_count + 1, sizeof *d->alleged);
    if (!d->node || !d->by_id || !d->member || !d->members || !d->alleged)
        return kith_no_memory(err);
    kith_mark_alleged(d->alleged, layer->network);
    return sort_nodes(d, err);
}

static void close_desk(desk *d)
{
    kith_graph_free(&d->graph);
    free(d->node);
    free(d->by_id);
    free(d->member);
    free(d->members);
    free(d->alleged);
}

typedef bool in_set(const desk *d, const kith_layer_node *node);

static bool is_anything(const desk *d, const kith_layer_node *node)
{
    (void)d;
    (void)node;
    return true;
}

static bool is_person(const desk *d, const kith_layer_node *node)
{
    return !node->is_event && d->layer->network->things[node->index].kind == KITH_PERSON;
}

static bool is_child(const desk *d, const kith_layer_node *node)
{
    return is_person(d, node) && kith_may_be_child(d->layer->network, node->index);
}

static bool is_alleged_adult(const desk *d, const kith_layer_node *node)
{
    return is_person(d, node) && d->alleged[node->index] && !is_child(d, node);
}

static const struct {
    const char *name;
    in_set *holds;
} all_sets[] = { { "all", is_anything },
                 { "children", is_child },
                 { "alleged_adults", is_alleged_adult } };

static double figure(const kith_measure *node, size_t range)
{
    return *(const double *)((const char *)node + ranges[range].offset);
}

static void add_row(kith_table *table, const char *set, const kith_layer *layer, uint32_t at,
                    const kith_measure *node)
{
    kith_table_text(table, set);
    kith_table_text(table, kith_layer_id(layer, at));
    kith_table_integer(table, node->degree);
    kith_table_number(table, kith_round_figures(node->strength));
    kith_table_number(table, kith_round_figures(node->betweenness));
    kith_table_number(table, kith_round_figures(node->betweenness_norm));
    kith_table_number(table, kith_round_figures(node->harmonic));
    kith_table_number(table, kith_round_figures(node->eigenvector));
    kith_table_number(table, kith_round_figures(node->clustering));
    kith_table_number(table, kith_round_figures(node->pagerank));
    kith_table_integer(table, node->coreness);
    kith_table_integer(table, node->component);
    kith_table_integer(table, node->cut);
    kith_table_text(table, kith_layer_kind_word(layer, at));
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The interval of one figure; drawn: its value in each resample, NaN where lost, sorted here. */
static void add_interval(kith_table *table, double value, double *drawn, size_t count)
{
    size_t known = 0;

    for (size_t i = 0; i < count; i++)
        if (!isnan(drawn[i]))
            drawn[known++] = drawn[i];
    if (known == 0 || isnan(value)) {
        kith_table_missing(table);
        kith_table_missing(table);
        return;
    }
    qsort(drawn, known, sizeof *drawn, ascending);
    kith_table_number(table, kith_round_figures(fmin(value, drawn[known / 40])));
    kith_table_number(table, kith_round_figures(fmax(value, drawn[known - 1 - known / 40])));
}

static void add_intervals(kith_table *table, const desk *d, const kith_measure *node, double *drawn,
                          size_t resamples)
{
    for (size_t r = 0; d->resamples > 0 && r < RANGES; r++)
        add_interval(table, figure(node, r), &drawn[r * resamples], resamples);
}

static void add_limits(kith_table *table, const char *set, const kith_measures *measures)
{
    if (measures->sources < measures->count)
        kith_table_note(table,
                        "%s: betweenness and harmonic are estimated from %zu of %zu nodes drawn at "
                        "random; with 95 %% no betweenness_norm is off by more than %.3g, no "
                        "harmonic by more than %.3g of the nodes; --exact computes them",
                        set, measures->sources, measures->count, measures->betweenness_error,
                        measures->harmonic_error);
    if (!measures->eigen)
        kith_table_note(table, "%s: eigenvector is left out, because it did not settle", set);
}

/* Measures a set in each of its resamples: drawn[(node * RANGES + range) * resamples + i]. */
static kith_status resample(double *drawn, const desk *d, const kith_graph *part, size_t resamples,
                            kith_error *err)
{
    const size_t n = part->node_count;
    kith_measures_options options = d->options;
    bool *kept = malloc((n + 1) * sizeof *kept);
    kith_status status = kept == NULL ? kith_no_memory(err) : KITH_OK;

    options.progress = NULL;
    for (size_t i = 0; status == KITH_OK && i < resamples; i++) {
        kith_random random;
        kith_graph thinned;
        kith_measures again = { 0 };
        kith_progress_tell(d->options.progress, "resamples", i, resamples);
        kith_random_seed(&random, d->options.seed + i);
        status = kith_graph_thin(&thinned, kept, part, &random, err);
        if (status == KITH_OK)
            status = kith_measures_of(&again, &thinned, &options, err);
        for (size_t v = 0; status == KITH_OK && v < n; v++)
            for (size_t r = 0; r < RANGES; r++)
                drawn[(v * RANGES + r) * resamples + i] =
                    kept[v] ? figure(&again.nodes[v], r) : NAN;
        kith_measures_free(&again);
        kith_graph_free(&thinned);
    }
    free(kept);
    return status;
}

static kith_status report_members(kith_table *table, desk *d, const char *name,
                                  const kith_graph *part, kith_error *err)
{
    const size_t count = part->node_count;
    kith_measures measures;
    double *drawn = NULL;

    kith_status status = kith_measures_of(&measures, part, &d->options, err);
    const bool unasked = d->options.resamples < 0 && measures.work > resample_work;
    const size_t resamples = unasked ? 0 : (size_t)d->resamples; /* how often the set is thinned */
    if (status == KITH_OK)
        drawn = malloc((count * RANGES * resamples + 1) * sizeof *drawn);
    if (status == KITH_OK && drawn == NULL)
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = resample(drawn, d, part, resamples, err);
    if (status != KITH_OK)
        goto out;
    kith_table_fact(table, name, "nodes %zu, ties %zu, components %zu%s", count, part->tie_count,
                    measures.component_count,
                    d->resamples > 0 && resamples == 0 ? "; too large for intervals" : "");
    for (size_t at = 0; at < d->graph.node_count; at++) {
        const uint32_t place = d->by_id[at];
        if (d->member[place] == 0)
            continue;
        const size_t i = d->member[place] - 1;
        add_row(table, name, d->layer, d->node[place], &measures.nodes[i]);
        add_intervals(table, d, &measures.nodes[i], &drawn[i * RANGES * resamples], resamples);
    }
    add_limits(table, name, &measures);

out:
    kith_measures_free(&measures);
    free(drawn);
    return status;
}

static kith_status report_set(kith_table *table, desk *d, const char *name, in_set *holds,
                              kith_error *err)
{
    kith_graph part;
    size_t count = 0;

    for (uint32_t i = 0; i < d->graph.node_count; i++) {
        const bool held = holds(d, &d->layer->nodes[d->node[i]]);
        if (held)
            d->members[count++] = i;
        d->member[i] = held ? (uint32_t)count : 0;
    }
    kith_status status = kith_graph_induced(&part, &d->graph, d->members, count, err);
    if (status == KITH_OK)
        status = report_members(table, d, name, &part, err);
    kith_graph_free(&part);
    return status;
}

static void add_method(kith_table *table, const desk *d, bool sets)
{
    const bool by_weight = d->options.by_weight;

    kith_table_note(table,
                    "betweenness counts each pair of others once, over %s; harmonic sums "
                    "1/distance%s; betweenness_norm is the share of the (n-1)(n-2)/2 pairs",
                    by_weight ? "the least sum of 1/weight" : "fewest steps",
                    by_weight ? "" : " in steps");
    if (d->resamples > 0)
        kith_table_note(table,
                        "low and high (betweenness: of betweenness_norm): each set with 10 %% "
                        "of ties and 2 %% of people lost, %d times; a fortieth left out at "
                        "either end",
                        d->resamples);
    kith_table_note(table, "strength, eigenvector and pagerank (damping 0.85) go by the weights; "
                           "eigenvector is that of component 0, highest 1, and empty elsewhere");
    if (sets)
        kith_table_note(table, "each set is measured among its own members alone; children: under "
                               "18 at some time of the window, or of unknown age; alleged_adults: "
                               "adults throughout, alleged to harm or convicted of it");
    kith_table_note(table, "figures describe what is recorded: whoever is watched most looks most "
                           "central; rows are in id order and are no ranking");
}

kith_status kith_measures_report(kith_table *table, const kith_layer *layer, bool sets,
                                 const kith_measures_options *options, kith_error *err)
{
    desk d;

    kith_status status = open_desk(&d, layer, err);
    d.options = *options;
    d.resamples = options->resamples < 0 ? RESAMPLES : options->resamples;
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        kith_table_column(table, columns[c].name, columns[c].type);
    for (size_t r = 0; d.resamples > 0 && r < RANGES; r++) {
        kith_table_column(table, ranges[r].low, KITH_CELL_NUMBER);
        kith_table_column(table, ranges[r].high, KITH_CELL_NUMBER);
    }
    table->empty = "nothing to measure";
    for (int i = 0; status == KITH_OK && i < (sets ? 3 : 1); i++)
        status = report_set(table, &d, all_sets[i].name, all_sets[i].holds, err);
    close_desk(&d);
    if (status == KITH_OK)
        add_method(table, &d, sets);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}
