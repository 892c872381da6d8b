/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain_chance.c: a q-value as what chance was thought to do, and how the p became a q. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "chance.h"
#include "explain_rows.h"
#include "kith/explain.h"
#include "kith/text.h"
#include "overlap.h"

static const char *const weekdays[] = { "Mondays",   "Tuesdays",  "Wednesdays", "Thursdays",
                                        "Fridays",   "Saturdays", "Sundays" };

/* "L10, Tuesdays, below 6 hours: 3 and 5 of 640 places" */
static void describe_pool(kith_text *text, const kith_network *network,
                          const kith_pool_of_events *pool, const kith_couples *couples)
{
    const kith_event_record *event = &network->events[pool->event];

    kith_text_clear(text);
    if (pool->alike == KITH_POOL_REST)
        kith_text_add(text, "all events that are in no other pool");
    if (pool->alike == KITH_POOL_PLACE || pool->alike == KITH_POOL_PLACE_DAYS)
        kith_text_format(text, "events at %s", network->things[event->place].id);
    if (pool->alike == KITH_POOL_PLACE_DAYS)
        kith_text_add(text, ", ");
    if (pool->alike == KITH_POOL_DAYS || pool->alike == KITH_POOL_PLACE_DAYS)
        kith_text_format(text, "%s, %s",
                         event->at.precision < KITH_DAY ? "no day known"
                                                        : weekdays[kith_weekday(event->at.day)],
                         kith_chance_length(event));
    kith_text_format(text, ": %.0f and %.0f of %.0f places", couples->left, couples->right,
                     couples->all);
}

static kith_status add_pools(kith_table *table, const kith_layer *layer,
                             kith_gathering *gathering, const kith_together_pair *pair,
                             kith_error *err)
{
    kith_chance chance;
    kith_text text = { 0 };
    kith_status status = kith_chance_build(&chance, gathering, err);
    const size_t room = status == KITH_OK ? kith_chance_most_parts(&chance) + 1 : 1;
    kith_couples *parts = malloc(room * sizeof *parts);
    uint32_t *pool_of = malloc(room * sizeof *pool_of);

    if (status == KITH_OK && (parts == NULL || pool_of == NULL))
        status = kith_no_memory(err);
    const size_t count =
        status == KITH_OK ? kith_chance_parts(&chance, parts, pool_of, pair->left, pair->right) : 0;
    for (size_t i = 0; i < count; i++) {
        describe_pool(&text, layer->network, &chance.pools[pool_of[i]], &parts[i]);
        table->failed = table->failed || text.failed;
        explain_row(table, "expected by chance", parts[i].left * parts[i].right * parts[i].rate,
                    "", NULL, kith_text_string(&text));
    }
    free(parts);
    free(pool_of);
    kith_text_free(&text);
    kith_chance_free(&chance);
    return status;
}

static kith_status add_overlaps(kith_table *table, kith_gathering *gathering,
                                const kith_together_pair *pair, kith_error *err)
{
    kith_overlaps overlaps;
    char text[128];
    const kith_status status = kith_overlaps_build(&overlaps, gathering, err);

    if (status == KITH_OK && overlaps.people > 0) {
        const kith_couples couples = kith_overlaps_couples(&overlaps, pair->left, pair->right);
        snprintf(text, sizeof text, "missing episodes, each in any of %.0f weeks: %.0f and %.0f",
                 overlaps.weeks, couples.left, couples.right);
        if (couples.rate > 0)
            explain_row(table, "expected by chance",
                        couples.left * couples.right * couples.rate, "", NULL, text);
    }
    kith_overlaps_free(&overlaps);
    return status;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The p-value at which the step-up procedure reaches the pair's q, and its rank: of all p from the
 * pair's own on, the one that is smallest for its rank. */
static kith_status find_step(double *p, double *rank, const kith_together *tested, size_t tie,
                             kith_error *err)
{
    double *sorted = malloc((tested->pair_count + 1) * sizeof *sorted);
    size_t count = 0;

    if (sorted == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < tested->pair_count; i++)
        if (tested->pairs[i].seen > 0)
            sorted[count++] = tested->pairs[i].p_value;
    qsort(sorted, count, sizeof *sorted, ascending);
    *rank = 0;
    for (size_t i = 0; i < count; i++) {
        const double at = (double)(i + 1);
        if (sorted[i] < tested->pairs[tie].p_value || (*rank > 0 && sorted[i] / at >= *p / *rank))
            continue;
        *p = sorted[i];
        *rank = at;
    }
    free(sorted);
    return KITH_OK;
}

static kith_status add_steps(kith_table *table, const kith_together *tested, size_t tie,
                             kith_error *err)
{
    const double q = log10(tested->pairs[tie].q_value);
    double p = 1, rank = 1;
    const kith_status status = find_step(&p, &rank, tested, tie, err);

    if (status != KITH_OK)
        return status;
    const double sum = log10(p) + log10(tested->tested) - log10(rank);
    explain_row(table, "log10 of p", log10(p), "", NULL,
                p == tested->pairs[tie].p_value
                    ? "of this tie"
                    : "of the tie with a larger p at which the procedure gives the smaller q");
    explain_row(table, "log10 of pairs tested", log10(tested->tested), "", NULL,
                "all pairs of people with an event that may tie them");
    explain_row(table, "log10 of rank, less", -log10(rank), "", NULL,
                "ties with a p that is no larger");
    if (sum > q + 1e-9)
        explain_row(table, "log10 of what is above 1, less", q - sum, "", NULL,
                    "no q is above 1");
    return KITH_OK;
}

static kith_status add_terms(kith_table *table, const kith_layer *layer,
                             const kith_together *tested, size_t tie, kith_error *err)
{
    const kith_together_pair *pair = &tested->pairs[tie];
    kith_gathering gathering;
    kith_status status = kith_gathering_open(&gathering, layer->network, &layer->options, err);

    kith_table_fact(table, "tie", "%s, %s", layer->network->things[pair->left].id,
                    layer->network->things[pair->right].id);
    kith_table_fact(table, "seen", "%u events and %u overlaps, of %u reports",
                    (unsigned)pair->events, (unsigned)pair->overlaps, (unsigned)pair->seen);
    explain_number(table, "expected", pair->expected);
    explain_number(table, "p_value", pair->p_value);
    explain_number(table, "q_value", pair->q_value);
    kith_table_fact(table, "supported", "%s",
                    pair->q_value < KITH_SUPPORTED_Q ? "yes" : "no");
    if (status == KITH_OK)
        status = add_pools(table, layer, &gathering, pair, err);
    if (status == KITH_OK)
        status = add_overlaps(table, &gathering, pair, err);
    kith_gathering_close(&gathering);
    return status == KITH_OK ? add_steps(table, tested, tie, err) : status;
}

kith_status kith_explain_q(kith_table *table, const kith_layer *layer, size_t tie, kith_error *err)
{
    kith_together tested;
    kith_status status = kith_together_test(&tested, layer, err);

    if (status != KITH_OK)
        return status;
    explain_columns(table, "record");
    if (tested.pairs[tie].seen == 0)
        status = kith_fail(err, KITH_NOT_FOUND,
                           "the two have a declared tie only, which is not held against chance");
    if (status == KITH_OK)
        status = add_terms(table, layer, &tested, tie, err);
    kith_together_free(&tested);
    kith_table_note(table,
                    "the rows \"expected by chance\" add up to expected; p is the chance of as many as "
                    "were seen or more when so many are expected; the rows \"log10\" add up to the "
                    "logarithm of q");
    return status == KITH_OK ? kith_table_status(table, err) : status;
}
