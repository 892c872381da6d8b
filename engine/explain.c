/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain.c: a share as terms that add up.
 *
 * Nothing is weighed here: the parts and masses are those that made the figure, and this
 * file only divides what saturates in proportion to them. */
#include "kith/explain.h"

#include <math.h>
#include <stdio.h>

#include "explain_rows.h"
#include "kith/settings.h"
#include "kith/text.h"

enum { CONTEXTS = KITH_CONTEXT_COUNT };

/* One share being explained. */
typedef struct shared {
    kith_table *table;
    const kith_contexts *contexts;
    const kith_weigh *weigh;
    int context;
    double total; /* sum of T */
    kith_text text;
} shared;

/* What the counted parts of one kind, from one context to one, sum to. */
static double sum_of(const shared *from, kith_item_kind kind, int context, int to)
{
    double sum = 0;

    for (size_t i = 0; i < from->weigh->part_count; i++) {
        const kith_weigh_part *part = &from->weigh->parts[i];
        if (part->counted && part->context == context && part->to == to &&
            from->contexts->items[part->item].kind == kind)
            sum += part->part;
    }
    return sum;
}

/* The rows of one slot: `amount` of weight, divided between its counted parts. */
static void divide(shared *to_table, const char *term, double amount, kith_item_kind kind,
                   int context, int to)
{
    const kith_weigh *weigh = to_table->weigh;
    const double sum = sum_of(to_table, kind, context, to);

    for (size_t i = 0; i < weigh->part_count; i++) {
        const kith_weigh_part *part = &weigh->parts[i];
        const kith_item *item = &to_table->contexts->items[part->item];
        if (part->context != context || part->to != to || item->kind != kind)
            continue;
        const double value =
            to_table->total > 0 ? amount * part->part / sum / to_table->total : NAN;
        kith_text_clear(&to_table->text);
        kith_item_describe(&to_table->text, item);
        to_table->table->failed = to_table->table->failed || to_table->text.failed;
        if (part->counted)
            explain_row(to_table->table, term, value, item->record_id, &part->mass,
                        kith_text_string(&to_table->text));
        else
            explain_row(to_table->table, "not counted again: same incident or report", 0,
                        item->record_id, &part->mass, kith_text_string(&to_table->text));
    }
}

static void add_interplay(shared *share)
{
    char term[64];
    const int c = share->context;

    for (int b = 0; b < CONTEXTS; b++) {
        if (b == c)
            continue;
        snprintf(term, sizeof term, "moved in from %s", kith_context_name[b]);
        divide(share, term, share->weigh->moved[c][b], KITH_ITEM_DRIVES, c, b);
        snprintf(term, sizeof term, "moved out to %s", kith_context_name[b]);
        divide(share, term, -share->weigh->moved[b][c], KITH_ITEM_DRIVES, b, c);
    }
}

/* Grade E: listed where it would have counted. */
static void add_false(shared *share)
{
    for (size_t i = 0; i < share->contexts->count; i++) {
        const kith_item *item = &share->contexts->items[i];
        if (!kith_grade_is_false(item->grade) ||
            (item->share[share->context] == 0 && !item->drives[share->context]))
            continue;
        kith_text_clear(&share->text);
        kith_item_describe(&share->text, item);
        share->table->failed = share->table->failed || share->text.failed;
        explain_row(share->table, "not counted: suspected to be false", 0, item->record_id, NULL,
                    kith_text_string(&share->text));
    }
}

static void add_share_facts(kith_table *table, const kith_weigh *weigh, int c, double total)
{
    const kith_context_weight *context = &weigh->contexts[c];
    double in = 0, out = 0;

    for (int b = 0; b < CONTEXTS; b++) {
        in += weigh->moved[c][b];
        out += weigh->moved[b][c];
    }
    kith_settings_facts(table, &weigh->options);
    kith_table_fact(table, "context", "%s", kith_context_name[c]);
    kith_table_fact(table, "recorded", "%s", context->items == 0 ? "nothing recorded" : "yes");
    explain_number(table, "R", context->risk);
    explain_number(table, "P", context->protective);
    explain_number(table, "W", context->own);
    explain_number(table, "moved_in", in);
    explain_number(table, "moved_out", out);
    explain_number(table, "T", context->weight);
    explain_number(table, "sum_of_T", total);
    if (total > 0)
        explain_number(table, "share", context->share);
}

kith_status kith_explain_share(kith_table *table, const kith_contexts *contexts,
                               const kith_weigh *weigh, int context, kith_error *err)
{
    const kith_context_weight *weight = &weigh->contexts[context];
    shared share = { .table = table, .contexts = contexts, .weigh = weigh, .context = context };

    for (int c = 0; c < CONTEXTS; c++)
        share.total += weigh->contexts[c].weight;
    table->empty = "nothing recorded";
    explain_columns(table, "item");
    add_share_facts(table, weigh, context, share.total);
    divide(&share, "risk", weight->risk, KITH_ITEM_RISK, context, context);
    divide(&share, "protection", weight->own - weight->risk, KITH_ITEM_PROTECTIVE, context,
           context);
    add_interplay(&share);
    add_false(&share);
    kith_table_note(table, "W = R (1 - L P); T = W + moved_in - moved_out; share = T / sum_of_T");
    kith_table_note(
        table,
        "the values add up to the share; R, P and J saturate, 1 - exp(-sum / K), so each "
        "is divided between its items in proportion to mass x the item's share of the context");
    kith_text_free(&share.text);
    return kith_table_status(table, err);
}
