/* SPDX-License-Identifier: GPL-3.0-or-later */
/* selfcheck_table.c: the months and lists of a self-check, and who did better, in words. */
#include "kith/date.h"
#include "kith/selfcheck.h"

static void add_columns(kith_table *table)
{
    kith_table_column(table, "listed_on", KITH_CELL_TEXT);
    kith_table_column(table, "until", KITH_CELL_TEXT);
    kith_table_column(table, "list", KITH_CELL_TEXT);
    kith_table_column(table, "listed", KITH_CELL_INTEGER);
    kith_table_column(table, "events", KITH_CELL_INTEGER);
    kith_table_column(table, "events_hit", KITH_CELL_INTEGER);
    kith_table_column(table, "hit_rate", KITH_CELL_NUMBER);
    kith_table_column(table, "accuracy", KITH_CELL_NUMBER);
    kith_table_column(table, "efficiency", KITH_CELL_NUMBER);
    kith_table_column(table, "children", KITH_CELL_INTEGER);
    kith_table_column(table, "children_hit", KITH_CELL_INTEGER);
    kith_table_column(table, "children_rate", KITH_CELL_NUMBER);
}

static void add_month(kith_table *table, const kith_selfcheck_month *month, bool all)
{
    char on[KITH_TIME_SIZE], until[KITH_TIME_SIZE];

    kith_day_write(on, month->listed_on);
    kith_day_write(until, month->listed_on + KITH_SELFCHECK_DAYS);
    for (int l = 0; l < KITH_LISTINGS; l++) {
        const kith_selfcheck_list *list = &month->lists[l];
        kith_table_text(table, all ? "all" : on);
        kith_table_text(table, all ? NULL : until);
        kith_table_text(table, kith_listing_word((kith_listing)l));
        kith_table_integer(table, list->listed);
        kith_table_integer(table, month->events);
        kith_table_integer(table, list->events_hit);
        kith_table_number(table, list->hit_rate);
        kith_table_number(table, list->accuracy);
        kith_table_number(table, list->efficiency);
        kith_table_integer(table, month->children);
        kith_table_integer(table, list->children_hit);
        kith_table_number(table, list->children_rate);
    }
}

static const char *verdict(uint32_t ours, uint32_t plain)
{
    return ours > plain ? "the list did better" : ours < plain ? "the plain count did better" : "they did equally well";
}

static void note_verdict(kith_table *table, const kith_selfcheck *check)
{
    const kith_selfcheck_month *all = &check->all;
    const kith_selfcheck_list *ours = &all->lists[KITH_LISTED_BY_CHILDREN];
    const kith_selfcheck_list *plain = &all->lists[KITH_LISTED_BY_COUNT];

    if (all->events == 0) {
        kith_table_note(table, "no event in these months, hence nothing to check a list by");
        return;
    }
    kith_table_note(table,
                    "of %u events at public places the list by children held %u and a plain count of "
                    "events %u: %s; of the children there, month by month, %u and %u of %u: %s",
                    all->events, ours->events_hit, plain->events_hit,
                    verdict(ours->events_hit, plain->events_hit), ours->children_hit,
                    plain->children_hit, all->children,
                    verdict(ours->children_hit, plain->children_hit));
}

void kith_selfcheck_table(kith_table *table, const kith_selfcheck *check)
{
    add_columns(table);
    for (size_t i = 0; i < check->month_count; i++)
        add_month(table, &check->months[i], false);
    add_month(table, &check->all, true);
    note_verdict(table, check);
    kith_table_note(table,
                    "each list has at most %u of %u public places, by what is dated up to listed_on, "
                    "and is held against the %d days after: children is the list of `hotspots`, "
                    "count the number of counted events alone, hindsight the best that could have "
                    "been listed",
                    check->top, check->places, KITH_SELFCHECK_DAYS);
    kith_table_note(table, "hit_rate: events at listed places of all at public places; accuracy (PAI): "
                           "how many times what as many places drawn by lot would hold, each place "
                           "counting as one area; efficiency (PEI): of the best possible");
    kith_table_note(table, "the hub is read as it is now: what was recorded late is in the lists too, "
                           "so the figures flatter every list alike");
    kith_table_note(table, "a list that holds is no forecast: it may say where people look");
}
