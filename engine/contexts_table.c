/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contexts_table.c: the weighting in words: five rows, and everything a panel needs to
 * doubt them.
 *
 * Rows stand in a fixed order, so that nothing is ranked. Every item that is not simply
 * counted is named with its record, and so is every strength. */
#include "kith/contexts.h"

#include <math.h>

enum { CONTEXTS = KITH_CONTEXT_COUNT };

static const double scale_spread = 3;
static const double clear_runs_percent = 80;

static void add_contexts(kith_text *text, const double share[CONTEXTS])
{
    const char *between = "";

    for (int c = 0; c < CONTEXTS; c++) {
        if (share[c] == 0)
            continue;
        kith_text_format(text, "%s%s", between, kith_context_name[c]);
        between = "+";
    }
}

static void add_kind(kith_text *text, const kith_item *item)
{
    double driven[CONTEXTS];

    for (int c = 0; c < CONTEXTS; c++)
        driven[c] = item->drives[c];
    add_contexts(text, item->share);
    switch (item->kind) {
    case KITH_ITEM_RISK:
        kith_text_add(text, " risk");
        return;
    case KITH_ITEM_PROTECTIVE:
        kith_text_add(text, " protective");
        return;
    case KITH_ITEM_DRIVES:
        kith_text_add(text, " drives ");
        add_contexts(text, driven);
        return;
    }
}

void kith_item_describe(kith_text *text, const kith_item *item)
{
    char day[KITH_TIME_SIZE];

    add_kind(text, item);
    if (item->severity > 0)
        kith_text_format(text, ", severity %d", item->severity);
    else
        kith_text_add(text, ", severity not given");
    if (item->grade.source != 0 && item->grade.info != 0)
        kith_text_format(text, ", %c%c", item->grade.source, item->grade.info);
    else
        kith_text_add(text, ", ungraded");
    kith_time_write(day, item->observed);
    kith_text_format(text, ", %s", day[0] != '\0' ? day : "undated");
    if (item->source[0] != '\0')
        kith_text_format(text, ", %s", item->source);
    if (item->report_ref[0] != '\0')
        kith_text_format(text, " %s", item->report_ref);
    kith_text_format(text, " (%s)", item->record_id);
    if (item->summary[0] != '\0')
        kith_text_format(text, ": %s", item->summary);
    if (item->conditions[0] != '\0')
        kith_text_format(text, " [shared with conditions: %s]", item->conditions);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void add_recorded(kith_text *text, const kith_context_weight *context)
{
    char day[KITH_TIME_SIZE];

    if (context->items == 0) {
        kith_text_add(text, "nothing recorded");
        return;
    }
    kith_text_format(text, "%zu item%s, ", context->items, plural(context->items));
    if (context->agencies == 0)
        kith_text_add(text, "agency not given");
    else
        kith_text_format(text, "%zu agenc%s", context->agencies,
                         context->agencies == 1 ? "y" : "ies");
    kith_time_write(day, context->newest);
    if (day[0] != '\0')
        kith_text_format(text, ", newest %s", day);
    else
        kith_text_add(text, ", undated");
    kith_text_format(text, ", %.0f %% ungraded",
                     100.0 * (double)context->ungraded / (double)context->items);
    if (context->risk == 0)
        kith_text_add(text, ", no risk recorded");
}

/* The text is scratch; one that could not be written whole fails the table. */
static const char *finished(kith_table *table, const kith_text *text)
{
    table->failed = table->failed || text->failed;
    return kith_text_string(text);
}

static void add_rows(kith_table *table, const kith_weigh *weigh, kith_text *text)
{
    for (int c = 0; c < CONTEXTS; c++) {
        const kith_context_weight *context = &weigh->contexts[c];
        const bool recorded = context->items > 0;
        kith_table_text(table, kith_context_name[c]);
        kith_table_number(table, recorded ? context->share : NAN);
        kith_table_number(table, recorded ? context->own_share : NAN);
        kith_table_number(table, recorded ? context->risk : NAN);
        kith_table_number(table, recorded ? context->protective : NAN);
        kith_table_integer(table, (int64_t)context->items);
        kith_text_clear(text);
        add_recorded(text, context);
        kith_table_text(table, finished(table, text));
    }
}

static void add_columns(kith_table *table)
{
    static const char *const numbers[] = { "share", "own_share", "risk", "protective" };

    kith_table_column(table, "context", KITH_CELL_TEXT);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        kith_table_column(table, numbers[i], KITH_CELL_NUMBER);
    kith_table_column(table, "items", KITH_CELL_INTEGER);
    kith_table_column(table, "recorded", KITH_CELL_TEXT);
}

/* What is said when no context leads. */
static const char *no_lead(const kith_weigh *weigh)
{
    size_t items = 0;
    double weight = 0;

    for (int c = 0; c < CONTEXTS; c++) {
        items += weigh->contexts[c].items;
        weight += weigh->contexts[c].weight;
    }
    if (items == 0)
        return "nothing recorded";
    return weight > 0 ? "no clear lead, discuss: two contexts are equal"
                      : "no lead: no risk is recorded";
}

static void add_verdict(kith_table *table, const kith_weigh *weigh, kith_text *runs)
{
    if (weigh->lead < 0) {
        kith_table_fact(table, "verdict", "%s", no_lead(weigh));
        return;
    }
    kith_table_fact(table, "verdict", "%s", weigh->clear ? "clear lead" : "no clear lead, discuss");
    kith_table_fact(table, "lead", "%s, %.1f %%, %.1f points before the next",
                    kith_context_name[weigh->lead], 100 * weigh->contexts[weigh->lead].share,
                    weigh->lead_points);
    for (int c = 0; c < CONTEXTS; c++)
        if (weigh->runs_led[c] > 0)
            kith_text_format(runs, "%s%s %zu", runs->size > 0 ? ", " : "", kith_context_name[c],
                             weigh->runs_led[c]);
    kith_table_fact(table, "runs_led",
                    "%s of %d; a clear lead takes 10 points and %.0f %% of the runs",
                    finished(table, runs), KITH_WEIGH_RUNS, clear_runs_percent);
}

static void note_item(kith_table *table, kith_text *text, const char *what, const kith_item *item)
{
    kith_text_clear(text);
    kith_item_describe(text, item);
    kith_table_note(table, "%s: %s", what, finished(table, text));
}

static void note_pivots(kith_table *table, kith_text *text, const kith_contexts *contexts,
                        const kith_weigh *weigh)
{
    for (size_t i = 0; i < weigh->pivot_count; i++)
        note_item(table, text, "the lead hangs on", &contexts->items[weigh->pivots[i]]);
    if (weigh->lead >= 0 && weigh->pivot_count == 0)
        kith_table_note(table, "the lead hangs on no single item");
}

static void note_interplay(kith_table *table, const kith_weigh *weigh)
{
    for (int from = 0; from < CONTEXTS; from++)
        for (int to = 0; to < CONTEXTS; to++)
            if (weigh->interplay[from][to] > 0)
                kith_table_note(table,
                                "interplay: %s is said to drive %s (J %.3g): %.3g of the %.3g that "
                                "%s weighs by itself is moved to %s",
                                kith_context_name[from], kith_context_name[to],
                                weigh->interplay[from][to], weigh->moved[from][to],
                                weigh->contexts[to].own, kith_context_name[to],
                                kith_context_name[from]);
}

/* Items that a reader must see apart, whatever they count. */
static void note_items(kith_table *table, kith_text *text, const kith_contexts *contexts)
{
    for (size_t i = 0; i < contexts->count; i++)
        if (contexts->items[i].kind == KITH_ITEM_PROTECTIVE && contexts->items[i].grade.info != 'E')
            note_item(table, text, "strength", &contexts->items[i]);
    for (size_t i = 0; i < contexts->count; i++)
        if (contexts->items[i].kind == KITH_ITEM_DRIVES && contexts->items[i].grade.info != 'E')
            note_item(table, text, "opinion", &contexts->items[i]);
    for (size_t i = 0; i < contexts->count; i++)
        if (contexts->items[i].grade.info == 'E')
            note_item(table, text, "suspected to be false, listed and not counted",
                      &contexts->items[i]);
    for (size_t i = 0; i < contexts->count; i++)
        if (contexts->items[i].severity == 0)
            note_item(table, text, "severity not given, counted as 1", &contexts->items[i]);
    for (size_t i = 0; i < contexts->count; i++)
        if (contexts->items[i].observed.precision == KITH_UNDATED)
            note_item(table, text, "undated, counted as a standing fact", &contexts->items[i]);
}

static void note_set_aside(kith_table *table, kith_text *text, const kith_contexts *contexts,
                           const kith_weigh *weigh)
{
    for (size_t i = 0; i < weigh->part_count; i++) {
        const kith_weigh_part *part = &weigh->parts[i];
        if (part->counted)
            continue;
        kith_text_clear(text);
        kith_item_describe(text, &contexts->items[part->item]);
        kith_table_note(table,
                        "same incident or report as a stronger item, not counted again in %s: %s",
                        kith_context_name[part->context], finished(table, text));
    }
}

static void note_coverage(kith_table *table, const kith_contexts *contexts, const kith_weigh *weigh)
{
    char as_of[KITH_TIME_SIZE];
    size_t recorded = 0;

    kith_day_write(as_of, weigh->as_of);
    for (int c = 0; c < CONTEXTS; c++)
        recorded += weigh->contexts[c].items > 0;
    if (recorded > 0 && recorded < CONTEXTS)
        kith_table_note(table, "nothing recorded is not 0 %%: what is not known has no share");
    if (contexts->later > 0)
        kith_table_note(table, "%zu item%s dated after %s and left out", contexts->later,
                        contexts->later == 1 ? " is" : "s are", as_of);
    if (contexts->older > 0)
        kith_table_note(table, "%zu item%s dated before the window and left out", contexts->older,
                        contexts->older == 1 ? " is" : "s are");
}

static void note_scales(kith_table *table, kith_text *text, const kith_contexts *contexts)
{
    static const char *const raters[KITH_RATER_COUNT] = { "worker", "parent", "child" };
    int low = 11, high = -1;

    kith_text_clear(text);
    for (int r = 0; r < KITH_RATER_COUNT; r++) {
        const kith_scale *scale = &contexts->scales[r];
        char day[KITH_TIME_SIZE];
        kith_time_write(day, scale->on);
        kith_text_format(text, "%s%s ", r > 0 ? ", " : "", raters[r]);
        if (!scale->recorded)
            kith_text_add(text, "nothing recorded");
        else if (!scale->asked)
            kith_text_format(text, "not asked (%s)", day);
        else
            kith_text_format(text, "%d (%s)", scale->score, day);
        if (scale->recorded && scale->asked) {
            low = scale->score < low ? scale->score : low;
            high = scale->score > high ? scale->score : high;
        }
    }
    if (!contexts->scales[0].recorded && !contexts->scales[1].recorded &&
        !contexts->scales[2].recorded)
        return;
    kith_table_note(table,
                    "safety scales, beside the result and never in it (0 not safe, 10 safe): %s",
                    finished(table, text));
    if (high - low >= scale_spread)
        kith_table_note(table,
                        "the safety scales lie %d apart: ask why they are seen so differently",
                        high - low);
}

static void note_limits(kith_table *table)
{
    kith_table_note(table,
                    "a prompt for discussion: the panel records its own weighting and its reason");
    kith_table_note(
        table, "limits: not validated; K, U, L, the half-lives and the grade table are defaults of "
               "this program; ordinal judgements are turned into numbers; it reflects what was "
               "recorded (home and school are recorded more than online or parks); watched "
               "children look worse; practitioners' severity varies; items that say one context "
               "drives another carry the result and are opinions; not a prediction, a threshold, "
               "an eligibility or a comparison between children");
}

void kith_weigh_options_facts(kith_table *table, const kith_weigh_options *options)
{
    kith_table_fact(table, "K", "%g", options->saturation);
    kith_table_fact(table, "U", "%g", options->interplay);
    kith_table_fact(table, "L", "%g", options->protection);
    kith_table_fact(table, "cap", "%g", options->cap);
    kith_table_fact(table, "half_lives",
                    "incident and drives 90 days, condition 180, standing none; times %g",
                    options->weighting.half_life_scale);
    kith_table_fact(table, "grades", "%s", options->weighting.grades ? "on" : "off");
}

kith_status kith_contexts_table(kith_table *table, const kith_contexts *contexts,
                                const kith_weigh *weigh, kith_error *err)
{
    kith_text text = { 0 };

    add_columns(table);
    add_verdict(table, weigh, &text);
    kith_weigh_options_facts(table, &weigh->options);
    add_rows(table, weigh, &text);
    note_pivots(table, &text, contexts, weigh);
    note_interplay(table, weigh);
    note_items(table, &text, contexts);
    note_set_aside(table, &text, contexts, weigh);
    note_coverage(table, contexts, weigh);
    note_scales(table, &text, contexts);
    note_limits(table);
    kith_text_free(&text);
    return kith_table_status(table, err);
}
