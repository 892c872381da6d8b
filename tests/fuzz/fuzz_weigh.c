/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_weigh.c: any bytes as the evidence of a subject. Shares sum to 1, interplay moves weight
 * and makes none, and neither order, repeats of a report, what is graded E nor the calendar
 * changes anything; a strength never makes its own context weigh more. */
#include <math.h>
#include <string.h>

#include "fuzz.h"
#include "kith/weigh.h"

enum { MOST_ITEMS = 24, ITEM_BYTES = 8, AS_OF = 19000, CONTEXTS = KITH_CONTEXT_COUNT };

static char ids[MOST_ITEMS + 1][8];
static const char *const names[] = { "", "A", "B", "C" };
static const char *const sources[] = { "", "police", "school", "health" };

static void share_out(double share[CONTEXTS], uint8_t mask)
{
    int parts = 0;

    mask = (mask & 31) != 0 ? mask & 31 : 1;
    for (int c = 0; c < CONTEXTS; c++)
        parts += mask >> c & 1;
    for (int c = 0; c < CONTEXTS; c++)
        share[c] = (mask >> c & 1) != 0 ? 1.0 / parts : 0;
}

static kith_item item_of(const uint8_t bytes[ITEM_BYTES], const char *id)
{
    static const char infos[] = { 'A', 'B', 'C', 'D', 'E', 0 };
    const char info = infos[bytes[4] % sizeof infos];
    kith_item item = { .record_id = id,
                       .kind = (kith_item_kind)(bytes[0] % 3),
                       .severity = bytes[3] % 4,
                       .grade = { .source = info != 0 ? (char)('1' + bytes[4] / 8 % 3) : 0, .info = info },
                       .observed = { .day = AS_OF - bytes[5] * 4, .precision = KITH_DAY },
                       .nature = (kith_nature)(bytes[0] / 4 % 3),
                       .incident = names[bytes[6] % 4],
                       .report_ref = names[bytes[6] / 4 % 4],
                       .source = sources[bytes[7] % 4],
                       .summary = "",
                       .conditions = "",
                       .rule = bytes[7] / 4 % 2 != 0 ? "rule" : NULL,
                       .record = bytes[7] / 4 % 2 != 0 };

    share_out(item.share, bytes[1]);
    for (int c = 0; c < CONTEXTS; c++)
        item.drives[c] = item.kind == KITH_ITEM_DRIVES && (bytes[2] >> c & 1) != 0;
    return item;
}

static kith_weigh weighed(const kith_item *items, size_t count, int32_t as_of)
{
    kith_weigh weigh;

    MUST(kith_weigh_build(&weigh, items, count, as_of, &kith_weigh_default, NULL) == KITH_OK);
    return weigh;
}

static void check_sums(const kith_weigh *weigh)
{
    double own = 0, weight = 0, share = 0;
    size_t led = 0;

    for (int c = 0; c < CONTEXTS; c++) {
        const kith_context_weight *context = &weigh->contexts[c];
        MUST(context->risk >= 0 && context->risk < 1 && context->protective >= 0 &&
             context->protective < 1);
        MUST(context->own >= 0 && context->own <= context->risk && context->weight >= -1e-12);
        MUST(context->entered <= context->items && context->ungraded <= context->items);
        own += context->own;
        weight += context->weight;
        share += context->share;
        led += weigh->runs_led[c];
    }
    MUST(fabs(own - weight) < 1e-9);
    MUST(weight > 0 ? fabs(share - 1) < 1e-9 : isnan(share));
    MUST(led <= KITH_WEIGH_RUNS && (weigh->lead >= 0 || !weigh->clear));
}

static void check_same(const kith_weigh *weigh, const kith_item *items, size_t count, int32_t as_of)
{
    kith_weigh other = weighed(items, count, as_of);

    for (int c = 0; c < CONTEXTS; c++)
        MUST(other.contexts[c].weight == weigh->contexts[c].weight &&
             other.contexts[c].own == weigh->contexts[c].own &&
             other.runs_led[c] == weigh->runs_led[c] &&
             other.contexts[c].items == weigh->contexts[c].items);
    MUST(other.lead == weigh->lead && other.clear == weigh->clear);
    kith_weigh_free(&other);
}

/* In another order, with one more that is graded E, with a report told again. */
static void check_what_changes_nothing(const kith_weigh *weigh, const kith_item *items, size_t count)
{
    kith_item others[MOST_ITEMS + 1];

    for (size_t i = 0; i < count; i++)
        others[i] = items[count - 1 - i];
    check_same(weigh, others, count, AS_OF);
    for (size_t i = 0; i < count; i++) {
        others[count] = others[i];
        others[count].record_id = ids[count];
        others[count].grade = (kith_grade){ .source = '1', .info = 'E' };
        check_same(weigh, others, count + 1, AS_OF);
        others[count] = others[i];
        others[count].record_id = ids[count];
        if (others[i].report_ref[0] != '\0')
            check_same(weigh, others, count + 1, AS_OF);
    }
}

/* All days moved together; and when nothing fades, any time. */
static void check_time(const kith_weigh *weigh, const kith_item *items, size_t count)
{
    kith_item others[MOST_ITEMS];

    for (size_t i = 0; i < count; i++) {
        others[i] = items[i];
        others[i].observed.day += 777;
    }
    check_same(weigh, others, count, AS_OF + 777);
    for (size_t i = 0; i < count; i++)
        others[i].nature = KITH_STANDING;
    kith_weigh standing = weighed(others, count, AS_OF);
    check_same(&standing, others, count, AS_OF + 10000);
    kith_weigh_free(&standing);
}

static void check_strength(const kith_weigh *weigh, const kith_item *items, size_t count)
{
    kith_item others[MOST_ITEMS + 1];

    memcpy(others, items, count * sizeof *items);
    for (int c = 0; c < CONTEXTS; c++) {
        others[count] = (kith_item){ .record_id = ids[count],
                                     .kind = KITH_ITEM_PROTECTIVE,
                                     .severity = 2,
                                     .nature = KITH_STANDING,
                                     .incident = "",
                                     .report_ref = "",
                                     .source = "",
                                     .summary = "",
                                     .conditions = "" };
        others[count].share[c] = 1;
        kith_weigh eased = weighed(others, count + 1, AS_OF);
        MUST(eased.contexts[c].own <= weigh->contexts[c].own);
        MUST(eased.contexts[c].protective > weigh->contexts[c].protective);
        kith_weigh_free(&eased);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kith_item items[MOST_ITEMS];
    size_t count = 0;

    for (size_t i = 0; i <= MOST_ITEMS; i++)
        snprintf(ids[i], sizeof ids[i], "i%02zu", i);
    for (; count < MOST_ITEMS && (count + 1) * ITEM_BYTES <= size; count++)
        items[count] = item_of(data + count * ITEM_BYTES, ids[count]);
    kith_weigh weigh = weighed(items, count, AS_OF);
    check_sums(&weigh);
    check_what_changes_nothing(&weigh, items, count);
    check_time(&weigh, items, count);
    check_strength(&weigh, items, count);
    kith_weigh_free(&weigh);
    return 0;
}
