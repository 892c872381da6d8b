/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weigh.c: from sums of evidence to shares, and how far to trust who leads.
 *
 * The desk counts (weigh_desk.h); here its 35 sums become weights, weight moves from
 * what is driven to what drives, and the whole is done again for each of the 90 runs and
 * without each item. Parts do not depend on U and L, so the runs need only six counts. */
#include "kith/weigh.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "weigh_desk.h"

enum { CONTEXTS = KITH_CONTEXT_COUNT };

const char *const kith_context_name[KITH_CONTEXT_COUNT] = { "home", "peer", "school",
                                                            "neighbourhood", "online" };

const kith_weigh_options kith_weigh_default = {
    .saturation = 4,
    .interplay = 0.5,
    .protection = 0.5,
    .cap = 0.8,
    .records_most = 3, /* as much as one item of the highest severity, graded 1A, of today */
    .clear_points = 10,
    .clear_percent = 80,
    .weighting = { .grades = true, .half_life_scale = 1 },
};

const double kith_run_interplay[] = { 0, 0.25, 0.5, 0.75, 1 };
const double kith_run_protection[] = { 0, 0.5, 1 };
const double kith_run_scale[] = { 0.5, 1, 2 };

static const double equal_within = 1e-9; /* of the sum of weights */

typedef struct outcome {
    double risk[CONTEXTS], protective[CONTEXTS], own[CONTEXTS], weight[CONTEXTS];
    double interplay[CONTEXTS][CONTEXTS], moved[CONTEXTS][CONTEXTS];
} outcome;

static double saturate(double sum, const kith_weigh_options *options)
{
    return 1 - exp(-sum / options->saturation);
}

/* What leaves context c, to each context that drives it. */
static void move_out(outcome *out, size_t c, const kith_weigh_options *options)
{
    double leaving = 0;

    for (size_t b = 0; b < CONTEXTS; b++)
        leaving += options->interplay * out->interplay[b][c];
    const double held = leaving > options->cap ? options->cap / leaving : 1;
    for (size_t b = 0; b < CONTEXTS; b++)
        out->moved[b][c] = options->interplay * out->interplay[b][c] * held * out->own[c];
}

static void settle(outcome *out, const double sums[SLOT_COUNT], const kith_weigh_options *options)
{
    for (size_t c = 0; c < CONTEXTS; c++) {
        out->risk[c] = saturate(sums[RISK_SLOT + c], options);
        out->protective[c] = saturate(sums[PROTECTIVE_SLOT + c], options);
        out->own[c] = out->risk[c] * (1 - options->protection * out->protective[c]);
        out->weight[c] = out->own[c];
        for (size_t to = 0; to < CONTEXTS; to++)
            out->interplay[c][to] = saturate(sums[DRIVES_SLOT + CONTEXTS * c + to], options);
    }
    for (size_t c = 0; c < CONTEXTS; c++)
        move_out(out, c, options);
    for (size_t c = 0; c < CONTEXTS; c++)
        for (size_t b = 0; b < CONTEXTS; b++)
            out->weight[c] += out->moved[c][b] - out->moved[b][c];
}

static double sum(const double values[CONTEXTS])
{
    double total = 0;

    for (size_t c = 0; c < CONTEXTS; c++)
        total += values[c];
    return total;
}

/* The context that holds most, -1 when there is no weight or two hold the same. */
static int leader(const double weight[CONTEXTS], double *ahead)
{
    const double total = sum(weight);
    size_t lead = 0;
    double second = -1;

    for (size_t c = 1; c < CONTEXTS; c++)
        if (weight[c] > weight[lead])
            lead = c;
    for (size_t c = 0; c < CONTEXTS; c++)
        if (c != lead && weight[c] > second)
            second = weight[c];
    *ahead = total > 0 ? (weight[lead] - second) / total : 0;
    if (*ahead > equal_within)
        return (int)lead;
    *ahead = 0;
    return -1;
}

static bool newer(kith_time a, kith_time b)
{
    if (a.precision == KITH_UNDATED || b.precision == KITH_UNDATED)
        return a.precision != KITH_UNDATED;
    return a.day != b.day ? a.day > b.day : a.precision > b.precision;
}

/* Counts what stands behind one context; seen has count + 1 places for items, then for sources. */
static void describe(kith_context_weight *context, size_t c, const weigh_desk *desk, bool *seen)
{
    bool *source_seen = seen + desk->count;

    memset(seen, 0, (2 * desk->count + 1) * sizeof *seen);
    source_seen[0] = true; /* not given */
    for (size_t i = 0; i < desk->part_count; i++) {
        const desk_part *part = &desk->parts[i];
        const evidence *from = &desk->evidence[part->rank];
        if (part->context != c || !part->counted || seen[part->rank])
            continue;
        seen[part->rank] = true;
        context->items++;
        context->entered += !from->item->record;
        context->ungraded += from->item->grade.source == 0 || from->item->grade.info == 0;
        if (newer(from->item->observed, context->newest))
            context->newest = from->item->observed;
        context->agencies += !source_seen[from->number[SOURCE]];
        source_seen[from->number[SOURCE]] = true;
    }
}

static void take_outcome(kith_weigh *weigh, const outcome *out)
{
    const double own = sum(out->own), total = sum(out->weight);

    for (size_t c = 0; c < CONTEXTS; c++) {
        kith_context_weight *context = &weigh->contexts[c];
        context->risk = out->risk[c];
        context->protective = out->protective[c];
        context->own = out->own[c];
        context->weight = out->weight[c];
        context->own_share = own > 0 ? out->own[c] / own : NAN;
        context->share = total > 0 ? out->weight[c] / total : NAN;
    }
    memcpy(weigh->interplay, out->interplay, sizeof weigh->interplay);
    memcpy(weigh->moved, out->moved, sizeof weigh->moved);
    weigh->lead = leader(out->weight, &weigh->lead_points);
    weigh->lead_points *= 100;
}

/* The result itself, with what stands behind it. The desk is as its last sum left it. */
static kith_status take_parts(kith_weigh *weigh, const weigh_desk *desk, kith_error *err)
{
    bool *seen = calloc(2 * desk->count + 1, sizeof *seen);

    weigh->parts = calloc(desk->part_count + 1, sizeof *weigh->parts);
    if (seen == NULL || weigh->parts == NULL) {
        free(seen);
        return kith_no_memory(err);
    }
    for (size_t i = 0; i < desk->part_count; i++) {
        const desk_part *part = &desk->parts[i];
        weigh->parts[weigh->part_count++] = (kith_weigh_part){
            .item = desk->evidence[part->rank].index,
            .context = part->context,
            .to = part->to,
            .counted = part->counted,
            .share = part->share,
            .mass = part->mass,
            .part = desk_counts(desk, part),
        };
    }
    for (size_t c = 0; c < CONTEXTS; c++) {
        weigh->contexts[c].held = desk->held[RISK_SLOT + c] < 1;
        describe(&weigh->contexts[c], c, desk, seen);
    }
    free(seen);
    return KITH_OK;
}

/* Which items the lead hangs on: without each of them in turn. */
static kith_status find_pivots(kith_weigh *weigh, weigh_desk *desk, kith_error *err)
{
    double sums[SLOT_COUNT], ahead;
    outcome out;

    weigh->pivots = calloc(desk->count + 1, sizeof *weigh->pivots);
    if (weigh->pivots == NULL)
        return kith_no_memory(err);
    for (uint32_t rank = 0; rank < desk->count; rank++) {
        desk_sum(sums, desk, rank);
        settle(&out, sums, &weigh->options);
        if (leader(out.weight, &ahead) != weigh->lead)
            weigh->pivots[weigh->pivot_count++] = desk->evidence[rank].index;
    }
    return KITH_OK;
}

/* U and L over one count of the evidence. */
static void run_over(size_t runs_led[CONTEXTS], const double sums[SLOT_COUNT],
                     kith_weigh_options options)
{
    double ahead;
    outcome out;

    for (size_t u = 0; u < KITH_RUN_INTERPLAYS; u++)
        for (size_t l = 0; l < KITH_RUN_PROTECTIONS; l++) {
            options.interplay = kith_run_interplay[u];
            options.protection = kith_run_protection[l];
            settle(&out, sums, &options);
            const int lead = leader(out.weight, &ahead);
            if (lead >= 0)
                runs_led[lead]++;
        }
}

static void run_all(kith_weigh *weigh, weigh_desk *desk)
{
    double sums[SLOT_COUNT];

    for (size_t h = 0; h < KITH_RUN_SCALES; h++)
        for (int grades = 0; grades <= 1; grades++) {
            const kith_weighting weighting = {
                .grades = grades == 1,
                .half_life_scale = weigh->options.weighting.half_life_scale * kith_run_scale[h],
                .factors = weigh->options.weighting.factors,
            };
            desk_weigh(desk, weigh->as_of, &weighting);
            desk_sum(sums, desk, SKIP_NONE);
            run_over(weigh->runs_led, sums, weigh->options);
        }
}

static kith_status check_options(const kith_weigh_options *options, kith_error *err)
{
    const struct {
        const char *name;
        double value;
    } fractions[] = { { "U", options->interplay },
                      { "L", options->protection },
                      { "cap", options->cap } };

    if (!(options->records_most >= 0))
        return kith_fail(err, KITH_USAGE, "records_most is %g; a number from 0 is expected",
                         options->records_most);
    if (!(options->saturation > 0) || !isfinite(options->saturation))
        return kith_fail(err, KITH_USAGE, "K is %g; a number above 0 is expected",
                         options->saturation);
    if (!(options->weighting.half_life_scale > 0) || !isfinite(options->weighting.half_life_scale))
        return kith_fail(err, KITH_USAGE,
                         "the half-lives' scale is %g; a number above 0 is expected",
                         options->weighting.half_life_scale);
    for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++)
        if (!(fractions[i].value >= 0 && fractions[i].value <= 1))
            return kith_fail(err, KITH_USAGE, "%s is %g; a number from 0 to 1 is expected",
                             fractions[i].name, fractions[i].value);
    return KITH_OK;
}

static kith_status check_items(const kith_item *items, size_t count, kith_error *err)
{
    for (size_t i = 0; i < count; i++) {
        bool sound = fabs(sum(items[i].share) - 1) < equal_within;
        for (size_t c = 0; c < CONTEXTS; c++)
            sound = sound && items[i].share[c] >= 0;
        if (!sound)
            return kith_fail(err, KITH_USAGE,
                             "%s: its shares of the contexts sum to %g; 1 is expected",
                             items[i].record_id, sum(items[i].share));
    }
    return KITH_OK;
}

kith_status kith_weigh_build(kith_weigh *weigh, const kith_item *items, size_t count, int32_t as_of,
                             const kith_weigh_options *options, kith_error *err)
{
    weigh_desk desk = { 0 };
    double sums[SLOT_COUNT];
    outcome out;

    *weigh = (kith_weigh){ .options = *options, .as_of = as_of, .lead = -1 };
    kith_status status = check_options(options, err);
    if (status == KITH_OK)
        status = check_items(items, count, err);
    if (status == KITH_OK)
        status = desk_lay(&desk, items, count, err);
    if (status != KITH_OK)
        goto out;
    desk.records_most = options->records_most;
    desk_weigh(&desk, as_of, &options->weighting);
    desk_sum(sums, &desk, SKIP_NONE);
    settle(&out, sums, options);
    take_outcome(weigh, &out);
    status = take_parts(weigh, &desk, err);
    if (status == KITH_OK)
        status = find_pivots(weigh, &desk, err);
    if (status != KITH_OK)
        goto out;
    run_all(weigh, &desk);
    weigh->clear = weigh->lead >= 0 && weigh->lead_points >= options->clear_points - 100 * equal_within &&
                   100.0 * (double)weigh->runs_led[weigh->lead] >=
                       options->clear_percent * KITH_WEIGH_RUNS;

out:
    desk_free(&desk);
    if (status != KITH_OK)
        kith_weigh_free(weigh);
    return status;
}

void kith_weigh_free(kith_weigh *weigh)
{
    free(weigh->parts);
    free(weigh->pivots);
    *weigh = (kith_weigh){ .lead = -1 };
}

static int context_named(const char *text, size_t size)
{
    for (int c = 0; c < CONTEXTS; c++)
        if (strlen(kith_context_name[c]) == size && memcmp(kith_context_name[c], text, size) == 0)
            return c;
    return -1;
}

bool kith_context_read(double share[KITH_CONTEXT_COUNT], const char *text)
{
    size_t parts = 1;

    memset(share, 0, CONTEXTS * sizeof *share);
    for (const char *plus = strchr(text, '+'); plus != NULL; plus = strchr(plus + 1, '+'))
        parts++;
    for (const char *at = text;; at++) {
        const size_t size = strcspn(at, "+");
        const int context = context_named(at, size);
        if (context < 0) {
            memset(share, 0, CONTEXTS * sizeof *share);
            return false;
        }
        share[context] += 1.0 / (double)parts;
        at += size;
        if (*at == '\0')
            return true;
    }
}

kith_nature kith_item_nature(kith_item_kind kind, kith_time observed, const char *given)
{
    if (observed.precision == KITH_UNDATED || strcmp(given, "standing") == 0)
        return KITH_STANDING;
    if (strcmp(given, "condition") == 0 || (given[0] == '\0' && kind == KITH_ITEM_PROTECTIVE))
        return KITH_CONDITION;
    return KITH_INCIDENT;
}
