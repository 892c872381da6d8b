/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contexts_table.c: the weighting in words: five rows, and everything a panel needs to
 * doubt them.
 *
 * Rows stand in a fixed order, so that nothing is ranked. */
#include "kith/contexts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "contexts_private.h"
#include "kith/settings.h"

enum { CONTEXTS = KITH_CONTEXT_COUNT };


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
    char day[KITH_TIME_SIZE], grade[KITH_GRADE_SIZE];

    add_kind(text, item);
    if (item->severity > 0)
        kith_text_format(text, ", severity %d", item->severity);
    else
        kith_text_add(text, ", severity not given");
    kith_text_format(text, ", %s", kith_grade_write(grade, item->grade));
    kith_time_write(day, item->observed);
    kith_text_format(text, ", %s", day[0] != '\0' ? day : "undated");
    if (item->source[0] != '\0')
        kith_text_format(text, ", %s", item->source);
    if (item->report_ref[0] != '\0')
        kith_text_format(text, " %s", item->report_ref);
    kith_text_format(text, " (%s)", item->record_id);
    if (item->rule != NULL)
        kith_text_format(text, " by rule %s", item->rule);
    if (item->summary[0] != '\0')
        kith_text_format(text, ": %s", item->summary);
    if (item->conditions[0] != '\0')
        kith_text_format(text, " [shared with conditions: %s]", item->conditions);
}

static const char *recorded_word(const kith_context_weight *context)
{
    if (context->items == 0)
        return "nothing recorded";
    return context->risk > 0 || context->weight > 0 ? "recorded" : "no risk recorded";
}

/* What stands behind a context, and what it drives. */
static void add_basis(kith_table *table, const kith_weigh *weigh, int c)
{
    const kith_context_weight *context = &weigh->contexts[c];
    const bool recorded = context->items > 0;
    char day[KITH_TIME_SIZE];

    kith_time_write(day, context->newest);
    day[strcspn(day, "T")] = '\0';
    kith_table_integer(table, (int64_t)context->agencies);
    kith_table_text(table, day[0] != '\0' ? day : NULL);
    kith_table_number(table, recorded ? (double)context->ungraded / (double)context->items : NAN);
    kith_table_integer(table, (int64_t)context->entered);
    for (int to = 0; to < CONTEXTS; to++)
        kith_table_number(table, weigh->interplay[c][to] > 0 ? weigh->interplay[c][to] : NAN);
}

static void add_rows(kith_table *table, const kith_weigh *weigh)
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
        kith_table_text(table, recorded_word(context));
        add_basis(table, weigh, c);
    }
}

static void add_columns(kith_table *table)
{
    static const struct {
        const char *name;
        kith_cell_type type;
    } columns[] = {
        { "context", KITH_CELL_TEXT },      { "share", KITH_CELL_NUMBER },
        { "own_share", KITH_CELL_NUMBER },  { "risk", KITH_CELL_NUMBER },
        { "protective", KITH_CELL_NUMBER }, { "items", KITH_CELL_INTEGER },
        { "recorded", KITH_CELL_TEXT },     { "agencies", KITH_CELL_INTEGER },
        { "newest", KITH_CELL_TEXT },       { "ungraded", KITH_CELL_NUMBER },
        { "entered", KITH_CELL_INTEGER },
    };
    char driven[32];

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kith_table_column(table, columns[i].name, columns[i].type);
    for (int c = 0; c < CONTEXTS; c++) {
        snprintf(driven, sizeof driven, "drives_%s", kith_context_name[c]);
        kith_table_column(table, driven, KITH_CELL_NUMBER);
    }
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

bool kith_contexts_clear(const kith_weigh *weigh, const kith_weigh *entered)
{
    return weigh->clear && (entered == NULL || (entered->clear && entered->lead == weigh->lead));
}

static void add_entered(kith_table *table, const kith_weigh *entered)
{
    if (entered->lead < 0)
        kith_table_fact(table, "entered_alone", "%s", no_lead(entered));
    else
        kith_table_fact(table, "entered_alone",
                        "%s, %.1f %%, %.1f points before the next, in %zu of %d runs: %s",
                        kith_context_name[entered->lead],
                        100 * entered->contexts[entered->lead].share, entered->lead_points,
                        entered->runs_led[entered->lead], KITH_WEIGH_RUNS,
                        entered->clear ? "clear lead" : "no clear lead, discuss");
}

static void add_verdict(kith_table *table, const kith_weigh *weigh, const kith_weigh *entered,
                        kith_text *runs)
{
    if (weigh->lead < 0) {
        kith_table_fact(table, "verdict", "%s", no_lead(weigh));
    } else {
        kith_table_fact(table, "verdict", "%s",
                        kith_contexts_clear(weigh, entered) ? "clear lead" : "no clear lead, discuss");
        kith_table_fact(table, "lead", "%s, %.1f %%, %.1f points before the next",
                        kith_context_name[weigh->lead], 100 * weigh->contexts[weigh->lead].share,
                        weigh->lead_points);
        for (int c = 0; c < CONTEXTS; c++)
            if (weigh->runs_led[c] > 0)
                kith_text_format(runs, "%s%s %zu", runs->size > 0 ? ", " : "", kith_context_name[c],
                                 weigh->runs_led[c]);
        kith_table_fact(table, "runs_led",
                        "%s of %d; a clear lead takes %g points and %g %% of the runs",
                        contexts_finished(table, runs), KITH_WEIGH_RUNS,
                        weigh->options.clear_points, weigh->options.clear_percent);
    }
    if (entered != NULL)
        add_entered(table, entered);
}

kith_status kith_contexts_table(kith_table *table, const kith_contexts *contexts,
                                const kith_weigh *weigh, const kith_weigh *entered,
                                kith_error *err)
{
    kith_text text = { 0 };

    add_columns(table);
    add_verdict(table, weigh, entered, &text);
    kith_settings_facts(table, &weigh->options);
    add_rows(table, weigh);
    contexts_notes(table, contexts, weigh, entered);
    kith_text_free(&text);
    return kith_table_status(table, err);
}
