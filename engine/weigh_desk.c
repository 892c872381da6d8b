/* SPDX-License-Identifier: GPL-3.0-or-later */
/* weigh_desk.c: which items count where, each incident and each report once.
 *
 * Texts are numbered once, so that "was this incident taken in this slot" is one look
 * into an array stamped with the number of the pass. Leaving an item out is a pass that
 * skips it: whatever it had set aside then counts by itself. */
#include "weigh_desk.h"

#include <stdlib.h>
#include <string.h>

typedef struct numbered {
    const char *text;
    uint32_t rank;
} numbered;

static int by_text(const void *left, const void *right)
{
    const numbered *a = left, *b = right;

    return strcmp(a->text, b->text);
}

/* Of equally strong items the first decides what is set aside, so their order must not
 * be that of loading, which is the order of record ids. What a practitioner entered comes
 * before what flowed in. */
static int by_telling(const void *left, const void *right)
{
    const evidence *a = left, *b = right;
    int order = a->item->record - b->item->record;

    if (order == 0)
        order = strcmp(a->item->incident, b->item->incident);
    if (order == 0)
        order = strcmp(a->item->report_ref, b->item->report_ref);
    if (order == 0)
        order = strcmp(a->item->source, b->item->source);
    if (order == 0)
        order = strcmp(a->item->record_id, b->item->record_id);
    return order != 0 || a->item->rule == NULL || b->item->rule == NULL
               ? order
               : strcmp(a->item->rule, b->item->rule);
}

/* Order inside the desk: slot, strongest first, then as by_telling. */
static int by_strength(const void *left, const void *right)
{
    const desk_part *a = left, *b = right;

    if (a->slot != b->slot)
        return a->slot < b->slot ? -1 : 1;
    if (a->part != b->part)
        return a->part > b->part ? -1 : 1;
    return (a->rank > b->rank) - (a->rank < b->rank);
}

static const char *text_of(const kith_item *item, int which)
{
    return which == INCIDENT ? item->incident : which == REPORT ? item->report_ref : item->source;
}

/* Gives equal texts equal numbers from 1, "" 0. texts is scratch. */
static void number(numbered *texts, evidence *all, size_t count, int which)
{
    uint32_t last = 0;

    for (size_t i = 0; i < count; i++)
        texts[i] = (numbered){ text_of(all[i].item, which), (uint32_t)i };
    qsort(texts, count, sizeof *texts, by_text);
    for (size_t i = 0; i < count; i++) {
        if (texts[i].text[0] != '\0' && (i == 0 || strcmp(texts[i].text, texts[i - 1].text) != 0))
            last++;
        all[texts[i].rank].number[which] = last;
    }
}

static uint8_t slot_of(kith_item_kind kind, size_t context, size_t to)
{
    switch (kind) {
    case KITH_ITEM_RISK:
        return (uint8_t)(RISK_SLOT + context);
    case KITH_ITEM_PROTECTIVE:
        return (uint8_t)(PROTECTIVE_SLOT + context);
    case KITH_ITEM_DRIVES:
        break;
    }
    return (uint8_t)(DRIVES_SLOT + KITH_CONTEXT_COUNT * context + to);
}

/* Writes the parts of one item, at most 25, and returns how many; a context never drives itself. */
static size_t split(desk_part *parts, const kith_item *item, uint32_t rank)
{
    size_t count = 0;

    if (kith_grade_is_false(item->grade))
        return 0;
    for (size_t c = 0; c < KITH_CONTEXT_COUNT; c++)
        for (size_t to = 0; to < KITH_CONTEXT_COUNT; to++) {
            const bool here =
                item->kind == KITH_ITEM_DRIVES ? item->drives[to] && to != c : to == c;
            if (!here || item->share[c] == 0)
                continue;
            parts[count++] = (desk_part){
                .rank = rank,
                .slot = slot_of(item->kind, c, to),
                .context = (uint8_t)c,
                .to = (uint8_t)to,
                .share = item->share[c],
            };
        }
    return count;
}

static kith_status split_all(weigh_desk *desk, kith_error *err)
{
    desk_part some[KITH_CONTEXT_COUNT * KITH_CONTEXT_COUNT];
    size_t room = 1;

    for (size_t i = 0; i < desk->count; i++)
        room += split(some, desk->evidence[i].item, (uint32_t)i);
    desk->parts = calloc(room, sizeof *desk->parts);
    if (desk->parts == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < desk->count; i++)
        desk->part_count +=
            split(desk->parts + desk->part_count, desk->evidence[i].item, (uint32_t)i);
    return KITH_OK;
}

kith_status desk_lay(weigh_desk *desk, const kith_item *items, size_t count, kith_error *err)
{
    kith_status status = KITH_OK;
    numbered *texts = calloc(count + 1, sizeof *texts);

    *desk = (struct weigh_desk){ .count = count };
    desk->evidence = calloc(count + 1, sizeof *desk->evidence);
    desk->incident_seen = calloc(count + 1, sizeof *desk->incident_seen);
    desk->report_seen = calloc(count + 1, sizeof *desk->report_seen);
    desk->incident_by = calloc(count + 1, sizeof *desk->incident_by);
    desk->report_by = calloc(count + 1, sizeof *desk->report_by);
    if (texts == NULL || desk->evidence == NULL || desk->incident_seen == NULL ||
        desk->report_seen == NULL || desk->incident_by == NULL || desk->report_by == NULL) {
        status = kith_no_memory(err);
        goto out;
    }
    for (size_t i = 0; i < count; i++)
        desk->evidence[i] = (evidence){ .item = &items[i], .index = (uint32_t)i };
    qsort(desk->evidence, count, sizeof *desk->evidence, by_telling);
    for (int which = 0; which < NUMBERED_COUNT; which++)
        number(texts, desk->evidence, count, which);
    status = split_all(desk, err);

out:
    free(texts);
    return status;
}

void desk_free(weigh_desk *desk)
{
    free(desk->evidence);
    free(desk->parts);
    free(desk->incident_seen);
    free(desk->report_seen);
    free(desk->incident_by);
    free(desk->report_by);
    *desk = (struct weigh_desk){ 0 };
}

void desk_weigh(weigh_desk *desk, int32_t as_of, const kith_weighting *weighting)
{
    for (size_t i = 0; i < desk->part_count; i++) {
        desk_part *part = &desk->parts[i];
        const kith_item *item = desk->evidence[part->rank].item;
        part->mass = kith_mass_of(item->severity, item->grade, item->observed.day, as_of,
                                  item->nature, weighting);
        part->part = part->share * part->mass.mass;
    }
    qsort(desk->parts, desk->part_count, sizeof *desk->parts, by_strength);
}

/* The part that has taken the incident or report of another in this pass; part_count when none has. */
static size_t taken_by(const weigh_desk *desk, const uint32_t *named)
{
    if (named[INCIDENT] != 0 && desk->incident_seen[named[INCIDENT]] == desk->pass)
        return desk->incident_by[named[INCIDENT]];
    if (named[REPORT] != 0 && desk->report_seen[named[REPORT]] == desk->pass)
        return desk->report_by[named[REPORT]];
    return desk->part_count;
}

static void take(weigh_desk *desk, const uint32_t *named, size_t part)
{
    desk->incident_seen[named[INCIDENT]] = desk->pass;
    desk->report_seen[named[REPORT]] = desk->pass;
    desk->incident_by[named[INCIDENT]] = part;
    desk->report_by[named[REPORT]] = part;
}

/* Marks what counts. A stronger record that sets an entered item aside stands for it too, so that
 * the limit on records never makes a context lighter for a record more. */
static void mark(weigh_desk *desk, uint32_t skip)
{
    for (size_t i = 0; i < desk->part_count; i++) {
        desk_part *part = &desk->parts[i];
        const uint32_t *named = desk->evidence[part->rank].number;
        if (i == 0 || part->slot != desk->parts[i - 1].slot)
            desk->pass++;
        const size_t by = taken_by(desk, named);
        part->entered = 0;
        part->counted = part->rank != skip && by == desk->part_count;
        if (part->counted)
            take(desk, named, i);
        else if (part->rank != skip && !desk->evidence[part->rank].item->record &&
                 desk->evidence[desk->parts[by].rank].item->record && desk->parts[by].entered == 0)
            desk->parts[by].entered = part->part;
    }
}

double desk_counts(const weigh_desk *desk, const desk_part *part)
{
    return desk->evidence[part->rank].item->record
               ? part->entered + (part->part - part->entered) * desk->held[part->slot]
               : part->part;
}

void desk_sum(double sums[SLOT_COUNT], weigh_desk *desk, uint32_t skip)
{
    double records[SLOT_COUNT] = { 0 };

    memset(sums, 0, SLOT_COUNT * sizeof *sums);
    mark(desk, skip);
    for (size_t i = 0; i < desk->part_count; i++) {
        const desk_part *part = &desk->parts[i];
        if (!part->counted)
            continue;
        const bool record = desk->evidence[part->rank].item->record;
        sums[part->slot] += record ? part->entered : part->part;
        records[part->slot] += record ? part->part - part->entered : 0;
    }
    for (size_t slot = 0; slot < SLOT_COUNT; slot++) {
        const bool held = records[slot] > desk->records_most;
        desk->held[slot] = held ? desk->records_most / records[slot] : 1;
        sums[slot] += held ? desk->records_most : records[slot];
    }
}
