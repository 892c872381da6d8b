/* SPDX-License-Identifier: GPL-3.0-or-later */
/* near_repeat_table.c: the cells of a near-repeat table, bands written as intervals. */
#include <math.h>

#include "kith/near_repeat.h"
#include "kith/text.h"

static void write_band(kith_text *out, const double *edges, size_t count, size_t band, double from,
                       bool closed)
{
    const double low = band == 0 ? from : edges[band - 1];
    const char *opens = closed && low > 0 ? "(" : "[";

    kith_text_clear(out);
    if (band < count)
        kith_text_format(out, "%s%g,%g%s", opens, low, edges[band], closed ? "]" : ")");
    else
        kith_text_format(out, "%s%g,inf)", opens, low);
}

static void add_cell(kith_table *table, const kith_near_repeat *repeat, size_t space, size_t time,
                     kith_text *text)
{
    const kith_near_options *used = &repeat->used;
    const kith_near_cell *cell = &repeat->cells[space][time];

    if (space == 0)
        kith_table_text(table, "same place");
    else {
        write_band(text, used->metres, used->metre_count, space - 1, used->closed ? 0 : 0.01,
                   used->closed);
        if (used->closed && space == 1)
            text->data[0] = '('; /* the same place is a band of its own */
        kith_table_text(table, kith_text_string(text));
    }
    write_band(text, used->days, used->day_count, time, 0, used->closed);
    kith_table_text(table, kith_text_string(text));
    kith_table_integer(table, (int64_t)cell->pairs);
    kith_table_number(table, cell->mean);
    kith_table_number(table, cell->mean > 0 ? (double)cell->pairs / cell->mean : NAN);
    kith_table_number(table, cell->p_value);
    kith_table_number(table, cell->q_value);
}

void kith_near_repeat_table(kith_table *table, const kith_near_repeat *repeat)
{
    static const char *const metrics[] = { "great circles", "straight lines", "along both axes" };
    kith_text text = { 0 };

    kith_table_column(table, "metres", KITH_CELL_TEXT);
    kith_table_column(table, "days", KITH_CELL_TEXT);
    kith_table_column(table, "pairs", KITH_CELL_INTEGER);
    kith_table_column(table, "expected", KITH_CELL_NUMBER);
    kith_table_column(table, "ratio", KITH_CELL_NUMBER);
    kith_table_column(table, "p_value", KITH_CELL_NUMBER);
    kith_table_column(table, "q_value", KITH_CELL_NUMBER);
    for (size_t space = 0; space < repeat->space_count && !text.failed; space++)
        for (size_t time = 0; time < repeat->time_count && !text.failed; time++)
            add_cell(table, repeat, space, time, &text);
    table->failed |= text.failed;
    kith_text_free(&text);
    kith_table_note(table,
                    "pairs of %zu events at public places with coordinates and a day, by distance (%s) and "
                    "days between them; bands: [ and ] hold the edge, ( and ) do not; same place: "
                    "less than 1 cm",
                    repeat->events, metrics[repeat->used.metric]);
    kith_table_note(table,
                    "expected: the mean of %u permutations of the days over the events; p_value: the share "
                    "with at least as many pairs, the recorded order among them; q_value adjusted over the "
                    "cells within the outer edges (Benjamini and Hochberg)",
                    repeat->used.permutations);
    if (repeat->without_day > 0)
        kith_table_note(table, "events left out because their day is not known: %zu", repeat->without_day);
    if (repeat->without_point > 0)
        kith_table_note(table, "events left out because their place has no coordinates: %zu",
                        repeat->without_point);
    kith_table_note(table, "a cell that holds more than chance says that recorded events follow each "
                           "other there; it does not say who comes back, and it is no forecast");
}
