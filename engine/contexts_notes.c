/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contexts_notes.c: what a weighting rests on, and what it does not say.
 *
 * Every item that a practitioner wrote and that is not simply counted is named with its
 * record, and so is every strength; what flowed in by a rule is counted by rule. */
#include <stdio.h>
#include <string.h>

#include "contexts_private.h"

enum { CONTEXTS = KITH_CONTEXT_COUNT };

static const double scale_spread = 3;
static const double near_ceiling = 0.9; /* of R */

/* The text is scratch; one that could not be written whole fails the table. */
const char *contexts_finished(kith_table *table, const kith_text *text)
{
    table->failed = table->failed || text->failed;
    return kith_text_string(text);
}

static void note_item(kith_table *table, kith_text *text, const char *what, const kith_item *item)
{
    kith_text_clear(text);
    kith_item_describe(text, item);
    kith_table_note(table, "%s: %s", what, contexts_finished(table, text));
}

static void note_pivots(kith_table *table, kith_text *text, const kith_contexts *contexts,
                        const kith_weigh *weigh, const char *which)
{
    char what[64];

    snprintf(what, sizeof what, "the lead%s hangs on", which);
    for (size_t i = 0; i < weigh->pivot_count; i++)
        note_item(table, text, what, &contexts->items[weigh->pivots[i]]);
    if (weigh->lead >= 0 && weigh->pivot_count == 0)
        kith_table_note(table, "%s no single item", what);
}

/* Where records are weighed with it, what was entered is judged by itself too. */
static void note_entered(kith_table *table, kith_text *text, const kith_contexts *contexts,
                         const kith_weigh *weigh, const kith_weigh *entered)
{
    if (entered == NULL)
        return;
    if (entered->lead < 0 && weigh->lead >= 0)
        kith_table_note(table, "no lead is clear on records alone: nobody has entered a risk, or what "
                               "drives what");
    if (entered->lead >= 0 && weigh->lead >= 0 && entered->lead != weigh->lead)
        kith_table_note(table,
                        "what was entered leads to %s, and with other records it is %s: ask which "
                        "of the two the people who know the subject recognise",
                        kith_context_name[entered->lead], kith_context_name[weigh->lead]);
    note_pivots(table, text, contexts, entered, " of what was entered alone");
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
    static const char *const heads[] = { "strength", "opinion",
                                         "suspected to be false, listed and not counted",
                                         "found to be wrong, listed and not counted",
                                         "severity not given, counted as 1",
                                         "undated, counted as a standing fact" };

    for (size_t head = 0; head < sizeof heads / sizeof *heads; head++)
        for (size_t i = 0; i < contexts->count; i++) {
            const kith_item *item = &contexts->items[i];
            const bool is_false = kith_grade_is_false(item->grade);
            const bool is_wrong = item->grade.contested == KITH_WRONG;
            const bool shown[] = { item->kind == KITH_ITEM_PROTECTIVE && !is_false,
                                   item->kind == KITH_ITEM_DRIVES && !is_false, is_false && !is_wrong, is_wrong,
                                   item->severity == 0,
                                   item->observed.precision == KITH_UNDATED };
            if (shown[head] && !item->record)
                note_item(table, text, heads[head], item);
        }
}

static void note_set_aside(kith_table *table, kith_text *text, const kith_contexts *contexts,
                           const kith_weigh *weigh)
{
    for (size_t i = 0; i < weigh->part_count; i++) {
        const kith_weigh_part *part = &weigh->parts[i];
        if (part->counted || contexts->items[part->item].record)
            continue;
        kith_text_clear(text);
        kith_item_describe(text, &contexts->items[part->item]);
        kith_table_note(table,
                        "same incident or report as a stronger item, not counted again in %s: %s",
                        kith_context_name[part->context], contexts_finished(table, text));
    }
}

/* "peer_event 2, risk_event 14": items of one rule stand together. */
static size_t add_rules(kith_text *text, const kith_contexts *contexts, size_t first)
{
    size_t ungiven = 0;

    for (size_t i = first, from = first; i < contexts->count; i++) {
        const char *rule = contexts->items[i].rule;
        ungiven += contexts->items[i].severity == 0 && contexts->items[i].record;
        if (i + 1 < contexts->count && strcmp(contexts->items[i + 1].rule, rule) == 0)
            continue;
        kith_text_format(text, "%s%s %zu", text->size > 0 ? ", " : "", rule, i + 1 - from);
        from = i + 1;
    }
    return ungiven;
}

static void note_flow(kith_table *table, kith_text *text, const kith_contexts *contexts)
{
    size_t first = 0;

    while (first < contexts->count && contexts->items[first].rule == NULL)
        first++;
    kith_text_clear(text);
    const size_t ungiven = add_rules(text, contexts, first);
    if (first < contexts->count)
        kith_table_note(table,
                        "from other records, by rule (--entered-only leaves them out, --explain CONTEXT "
                        "names each): %s",
                        contexts_finished(table, text));
    if (ungiven > 0)
        kith_table_note(table, "%zu of them ha%s no severity, counted as 1", ungiven,
                        ungiven == 1 ? "s" : "ve");
    if (contexts->unplaced > 0)
        kith_table_note(table, "%zu record%s of risk or strength in no known context, left out",
                        contexts->unplaced, contexts->unplaced == 1 ? " is" : "s are");
    if (contexts->unplaced_strengths > 0)
        kith_table_note(table, "strengths among them, to be entered with their context: %s%s",
                        kith_text_string(&contexts->unplaced_named),
                        contexts->unplaced_strengths > 5 ? " and others" : "");
}

/* So much is recorded that it can no longer tell contexts apart. */
static void note_ceiling(kith_table *table, kith_text *text, const kith_weigh *weigh)
{
    int high = 0, held = 0;

    kith_text_clear(text);
    for (int c = 0; c < CONTEXTS; c++) {
        high += weigh->contexts[c].risk >= near_ceiling;
        if (weigh->contexts[c].held)
            kith_text_format(text, "%s%s", held++ > 0 ? ", " : "", kith_context_name[c]);
    }
    if (held > 0)
        kith_table_note(table,
                        "records of risk are at their limit in %s%s", contexts_finished(table, text),
                        held > 1 ? ": how much is recorded no longer tells these apart; enter what people "
                                   "know of them, or weigh fewer people"
                                 : "");
    if (high > 1)
        kith_table_note(table,
                        "risk is near its ceiling in %d contexts, so their shares hardly differ: weigh "
                        "fewer people, or a shorter window",
                        high);
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
                    contexts_finished(table, text));
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

void contexts_notes(kith_table *table, const kith_contexts *contexts, const kith_weigh *weigh,
                    const kith_weigh *entered)
{
    kith_text text = { 0 };

    note_pivots(table, &text, contexts, weigh, "");
    note_entered(table, &text, contexts, weigh, entered);
    note_interplay(table, weigh);
    note_items(table, &text, contexts);
    note_set_aside(table, &text, contexts, weigh);
    note_flow(table, &text, contexts);
    note_ceiling(table, &text, weigh);
    note_coverage(table, contexts, weigh);
    note_scales(table, &text, contexts);
    note_limits(table);
    kith_text_free(&text);
}
