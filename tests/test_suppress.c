/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_suppress.c: what an attacker can work out of published tables.
 *
 * Places in areas, by kind of harm, over three nights, with every total. The attacker
 * knows the rule, that a count is never negative, and more than an outsider would: which
 * counts changed since the night before, and that none fell. All that follows from sums and
 * differences is then drawn tighter until nothing moves. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "kith/random.h"
#include "kith/suppress.h"

enum { NIGHTS = 3, AREAS = 3, PLACES = 4, KINDS = 3 };
enum { MARGIN_AREAS = AREAS + 1, MARGIN_PLACES = PLACES + 1, MARGIN_KINDS = KINDS + 1 };
enum { TABLES = 10000, UNKNOWN = 100000 };

/* The last area, place and kind of each are totals. */
typedef kith_seen night[MARGIN_AREAS][MARGIN_PLACES][MARGIN_KINDS];
typedef uint64_t counts[NIGHTS][AREAS][PLACES][KINDS];

static kith_error err;

typedef kith_seen rule(uint64_t count, uint32_t least);

/* What is done where only the small cells are left out, and every total is right. */
static kith_seen only_small(uint64_t count, uint32_t least)
{
    if (count > 0 && count < least)
        return (kith_seen){ 1, least - 1 };
    return (kith_seen){ count, count };
}

static void invent(counts true_counts, kith_random *random)
{
    for (int a = 0; a < AREAS; a++)
        for (int p = 0; p < PLACES; p++)
            for (int k = 0; k < KINDS; k++) {
                const uint64_t most = kith_random_below(random, 4) == 0 ? 40 : 12;
                true_counts[0][a][p][k] = kith_random_below(random, most);
                for (int n = 1; n < NIGHTS; n++)
                    true_counts[n][a][p][k] =
                        true_counts[n - 1][a][p][k] +
                        (kith_random_below(random, 4) == 0 ? 1 + kith_random_below(random, 6) : 0);
            }
}

/* Totals of classes under the rule that is tried, of true counts where `exact`. */
static void publish(night *published, counts true_counts, rule *shown, uint32_t least, bool exact)
{
    memset(published, 0, NIGHTS * sizeof *published);
    for (int n = 0; n < NIGHTS; n++)
        for (int a = 0; a < AREAS; a++)
            for (int p = 0; p < PLACES; p++)
                for (int k = 0; k < KINDS; k++) {
                    const uint64_t count = true_counts[n][a][p][k];
                    const kith_seen cell = shown(count, least);
                    const kith_seen part = exact ? (kith_seen){ count, count } : cell;
                    published[n][a][p][k] = cell;
                    for (int sum = 1; sum < 8; sum++)
                        kith_seen_add(&published[n][sum & 4 ? AREAS : a][sum & 2 ? PLACES : p]
                                                [sum & 1 ? KINDS : k], part);
                }
    for (int n = 0; exact && n < NIGHTS; n++) /* a small total is a small count */
        for (int a = 0; a <= AREAS; a++)
            for (int p = 0; p <= PLACES; p++)
                for (int k = 0; k <= KINDS; k++)
                    if (a == AREAS || p == PLACES || k == KINDS)
                        published[n][a][p][k] = shown(published[n][a][p][k].low, least);
}

static bool tighten(kith_seen *cell, uint64_t low, uint64_t high)
{
    bool moved = false;

    if (low > cell->low) {
        cell->low = low;
        moved = true;
    }
    if (high < cell->high) {
        cell->high = high;
        moved = true;
    }
    return moved;
}

/* total = sum of count parts that lie `step` cells from one another. */
static bool balance(kith_seen *total, kith_seen *parts, int count, int step)
{
    kith_seen sum = { 0, 0 };
    bool moved = false;

    for (int i = 0; i < count; i++)
        kith_seen_add(&sum, parts[i * step]);
    moved |= tighten(total, sum.low, sum.high);
    for (int i = 0; i < count; i++) {
        kith_seen *part = &parts[i * step];
        const uint64_t others_low = sum.low - part->low, others_high = sum.high - part->high;
        const uint64_t low = total->low > others_high ? total->low - others_high : 0;
        const uint64_t high = total->high > others_low ? total->high - others_low : 0;
        const kith_seen before = *part;
        if (tighten(part, low, high)) {
            sum.low = sum.low - before.low + part->low;
            sum.high = sum.high - before.high + part->high;
            moved = true;
        }
    }
    return moved;
}

static bool balance_night(night known)
{
    bool moved = false;

    for (int a = 0; a <= AREAS; a++)
        for (int p = 0; p <= PLACES; p++)
            moved |= balance(&known[a][p][KINDS], &known[a][p][0], KINDS, 1);
    for (int a = 0; a <= AREAS; a++)
        for (int k = 0; k <= KINDS; k++)
            moved |= balance(&known[a][PLACES][k], &known[a][0][k], PLACES, MARGIN_KINDS);
    for (int p = 0; p <= PLACES; p++)
        for (int k = 0; k <= KINDS; k++)
            moved |= balance(&known[AREAS][p][k], &known[0][p][k], AREAS, MARGIN_PLACES * MARGIN_KINDS);
    return moved;
}

/* No count falls, and the attacker knows which did not change. */
static bool balance_nights(night *known, counts true_counts)
{
    bool moved = false;

    for (int n = 1; n < NIGHTS; n++)
        for (int a = 0; a < AREAS; a++)
            for (int p = 0; p < PLACES; p++)
                for (int k = 0; k < KINDS; k++) {
                    kith_seen *before = &known[n - 1][a][p][k], *now = &known[n][a][p][k];
                    const bool same = true_counts[n][a][p][k] == true_counts[n - 1][a][p][k];
                    moved |= tighten(now, before->low, same ? before->high : UNKNOWN);
                    moved |= tighten(before, same ? now->low : 0, same ? now->high : now->high - 1);
                }
    return moved;
}

/* Hidden counts that the attacker knows in the end. */
static int recovered(counts true_counts, rule *shown, uint32_t least, bool exact)
{
    static night known[NIGHTS];
    int count = 0;

    publish(known, true_counts, shown, least, exact);
    for (bool moved = true; moved;) {
        moved = false;
        for (int n = 0; n < NIGHTS; n++)
            moved |= balance_night(known[n]);
        moved |= balance_nights(known, true_counts);
    }
    for (int n = 0; n < NIGHTS; n++)
        for (int a = 0; a < AREAS; a++)
            for (int p = 0; p < PLACES; p++)
                for (int k = 0; k < KINDS; k++) {
                    const uint64_t count_here = true_counts[n][a][p][k];
                    const kith_seen *cell = &known[n][a][p][k];
                    cr_assert(count_here >= cell->low && count_here <= cell->high,
                              "the attacker reasons wrongly");
                    count += count_here > 0 && count_here < least && cell->low == cell->high;
                }
    return count;
}

Test(suppress, ten_thousand_tables_of_three_nights_give_no_hidden_count_away)
{
    kith_random random;
    counts invented;
    long found = 0;

    kith_random_seed(&random, 66);
    for (int i = 0; i < TABLES; i++) {
        invent(invented, &random);
        found += recovered(invented, kith_suppress, i % 2 == 0 ? KITH_SUPPRESS_DEFAULT : 5, false);
    }
    cr_expect(eq(long, found, 0));
}

/* The attack is one: it finds what is hidden where only the small cells are left out. */
Test(suppress, the_same_attacker_recovers_counts_beside_exact_totals)
{
    kith_random random;
    counts invented;
    long found = 0;

    kith_random_seed(&random, 66);
    for (int i = 0; i < 200; i++) {
        invent(invented, &random);
        found += recovered(invented, only_small, KITH_SUPPRESS_DEFAULT, true);
    }
    cr_expect(gt(long, found, 1000), "%ld", found);
}

/* Every count may be any other of its class: why no attack of whatever kind can do more. */
Test(suppress, another_count_of_the_same_class_changes_no_byte)
{
    static night before[NIGHTS], after[NIGHTS];
    kith_random random;
    counts invented;

    kith_random_seed(&random, 67);
    for (int i = 0; i < 2000; i++) {
        uint64_t *count = &invented[0][0][0][0];
        invent(invented, &random);
        publish(before, invented, kith_suppress, KITH_SUPPRESS_DEFAULT, false);
        for (size_t c = 0; c < NIGHTS * AREAS * PLACES * KINDS; c++) {
            const kith_seen class = kith_suppress(count[c], KITH_SUPPRESS_DEFAULT);
            count[c] = class.low + kith_random_below(&random, class.high - class.low + 1);
        }
        publish(after, invented, kith_suppress, KITH_SUPPRESS_DEFAULT, false);
        cr_assert(eq(int, memcmp(before, after, sizeof before), 0));
    }
}

Test(suppress, a_class_holds_its_count_and_at_least_two_values_unless_it_is_nought)
{
    for (uint32_t least = KITH_SUPPRESS_LEAST; least < 30; least++)
        for (uint64_t count = 1; count < 200; count++) {
            const kith_seen class = kith_suppress(count, least);
            cr_assert(class.low <= count && count <= class.high);
            cr_assert(class.high > class.low);
            cr_assert(count >= least || (class.low == 1 && class.high == least - 1));
            cr_assert(eq(u64, kith_suppress(class.low, least).low, class.low));
            cr_assert(eq(u64, kith_suppress(class.high, least).low, class.low));
        }
    cr_expect(eq(u64, kith_suppress(0, 10).high, 0));
    cr_expect(eq(u64, kith_suppress(7, 0).low, 7));
    cr_expect(eq(u64, kith_suppress(7, 0).high, 7));
}

static const char *words(uint64_t low, uint64_t high)
{
    static char out[KITH_SEEN_SIZE];

    kith_seen_write(out, (kith_seen){ low, high });
    return out;
}

Test(suppress, a_class_is_said_in_words)
{
    cr_expect(eq(str, (char *)words(0, 0), "0"));
    cr_expect(eq(str, (char *)words(12, 12), "12"));
    cr_expect(eq(str, (char *)words(1, 9), "fewer than 10"));
    cr_expect(eq(str, (char *)words(10, 14), "10 to 14"));
    cr_expect(eq(str, (char *)words(2, 18), "2 to 18"), "the total of two hidden counts");
}

Test(suppress, columns_become_classes_and_other_columns_stay)
{
    static const char *const names[] = { "children" };
    kith_table table = { 0 };

    kith_table_column(&table, "children", KITH_CELL_INTEGER);
    kith_table_column(&table, "rank", KITH_CELL_INTEGER);
    kith_table_integer(&table, 4);
    kith_table_integer(&table, 4);
    kith_table_missing(&table);
    kith_table_integer(&table, 2);
    kith_table_integer(&table, 17);
    kith_table_integer(&table, 1);
    cr_assert(eq(int, kith_suppress_columns(&table, names, 1, 10, &err), KITH_OK));
    cr_expect(eq(str, table.cells[0].text, "fewer than 10"));
    cr_expect(eq(int, (int)table.cells[1].integer, 4));
    cr_expect(table.cells[2].missing);
    cr_expect(eq(str, table.cells[4].text, "15 to 19"));
    cr_expect(eq(i64, table.cells[4].integer, 0), "the count itself is gone");
    kith_table_free(&table);
}

Test(suppress, where_nothing_is_hidden_a_table_stays_as_it_is)
{
    static const char *const names[] = { "children" };
    kith_table table = { 0 };

    kith_table_column(&table, "children", KITH_CELL_INTEGER);
    kith_table_integer(&table, 4);
    cr_assert(eq(int, kith_suppress_columns(&table, names, 1, 0, &err), KITH_OK));
    cr_expect(eq(i64, table.cells[0].integer, 4));
    cr_expect(eq(int, (int)table.columns[0].type, KITH_CELL_INTEGER));
    kith_table_free(&table);
}

Test(suppress, a_bound_that_hides_nothing_is_refused)
{
    kith_table table = { 0 };

    cr_expect(eq(int, kith_suppress_check(0, &err), KITH_OK));
    cr_expect(eq(int, kith_suppress_check(4, &err), KITH_OK));
    cr_expect(eq(int, kith_suppress_check(1, &err), KITH_USAGE));
    cr_expect(eq(int, kith_suppress_check(3, &err), KITH_USAGE));
    cr_expect(eq(int, kith_suppress_check(1001, &err), KITH_USAGE));
    cr_expect(eq(int, kith_suppress_columns(&table, NULL, 0, 2, &err), KITH_USAGE));
    cr_expect(eq(str, err.message, "small counts cannot be hidden below 2; 0 (nothing is hidden) or a "
                                   "number from 4 to 1000 is expected"));
}
