/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/date.h"
#include "kith/near_repeat.h"
#include "kith/text.h"
#include "support.h"
#include "town.h"

static const double metres[] = { 200, 400, 600 }, days[] = { 1, 2, 3 };
static kith_near_options how = {
    .metres = metres, .metre_count = 3, .days = days, .day_count = 3, .permutations = 999, .seed = 1
};
static kith_near_repeat found_table;
static kith_near_event arson[600];
static size_t arson_count;

static size_t split(char *line, char *fields[], size_t most)
{
    size_t count = 0;
    bool quoted = false;

    line[strcspn(line, "\r\n")] = '\0';
    fields[count++] = line;
    for (char *at = line; *at != '\0' && count < most; at++) {
        quoted ^= *at == '"';
        if (*at == ',' && !quoted) {
            *at = '\0';
            fields[count++] = at + 1;
        }
    }
    return count;
}

static FILE *open_data(const char *name)
{
    char *path = need_data(name);
    FILE *file = fopen(path, "r");

    cr_assert(file != NULL);
    free(path);
    return file;
}

static double number(const char *field)
{
    double value;

    cr_assert(kith_number_read(&value, field), "%s", field);
    return value;
}

/* 522 arsons in Chicago in 2016, in metres on the plane. */
static void read_arson(void)
{
    static double x[600], y[600];
    char line[512], *fields[8];
    FILE *file = open_data("near-repeat-arson/locations.csv");

    cr_assert_not_null(fgets(line, sizeof line, file));
    for (size_t i = 0; fgets(line, sizeof line, file) != NULL; i++) {
        cr_assert(eq(sz, split(line, fields, 8), 7));
        x[atoi(fields[0] + 1)] = number(fields[5]);
        y[atoi(fields[0] + 1)] = number(fields[6]);
    }
    fclose(file);
    file = open_data("near-repeat-arson/events.csv");
    cr_assert_not_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        kith_near_event *event = &arson[arson_count++];
        cr_assert(eq(sz, split(line, fields, 8), 4));
        cr_assert(kith_day_read(&event->day, fields[2]));
        event->x = x[atoi(fields[3] + 1)];
        event->y = y[atoi(fields[3] + 1)];
    }
    fclose(file);
    cr_assert(eq(sz, arson_count, 522));
}

static void find_arson(void)
{
    kith_error err;

    cr_assert(eq(int, kith_near_repeat_find(&found_table, arson, arson_count, &how, &err), KITH_OK),
              "%s", err.message);
}

/* Four rows of bands of time for each of five bands of space, in the table's order. */
static void expect_pairs(const char *distance, const char *intervals)
{
    char line[512], *fields[8];
    FILE *file = open_data("near-repeat-arson/reference/observed_pairs.csv");
    size_t row = 0;

    find_arson();
    while (fgets(line, sizeof line, file) != NULL) {
        cr_assert(eq(sz, split(line, fields, 8), 5));
        if (strcmp(fields[0], distance) != 0 || strcmp(fields[1], intervals) != 0)
            continue;
        cr_assert(eq(dbl, (double)found_table.cells[row / 4][row % 4].pairs, number(fields[4])), "%s %s",
                  fields[2], fields[3]);
        row++;
    }
    fclose(file);
    cr_assert(eq(sz, row, 20));
}

Test(near_repeat, arson_in_chicago_has_the_published_pairs_with_open_and_with_closed_bands)
{
    read_arson();
    how.permutations = 9;
    how.metric = KITH_NEAR_MANHATTAN;
    expect_pairs("manhattan", "half_open_as_counted_by_nrc");
    how.closed = true;
    expect_pairs("manhattan", "as_labelled_closed");
    how.metric = KITH_NEAR_PLANE;
    expect_pairs("euclidean", "as_labelled_closed");
    how.closed = false;
    expect_pairs("euclidean", "half_open_as_counted_by_nrc");
}

/* numpy's 999 permutations; two of 999 differ by chance: means within 5 standard errors of
 * their difference, p within what that does. */
Test(near_repeat, arson_in_chicago_has_the_reference_s_chances)
{
    char line[512], *fields[8];

    read_arson();
    how.metric = KITH_NEAR_MANHATTAN;
    find_arson();
    FILE *file = open_data("near-repeat-arson/reference/knox_permutation.csv");
    size_t row = 0;
    cr_assert_not_null(fgets(line, sizeof line, file));
    for (; fgets(line, sizeof line, file) != NULL; row++) {
        cr_assert(eq(sz, split(line, fields, 8), 8));
        const kith_near_cell *cell = &found_table.cells[row / 4][row % 4];
        const double p = number(fields[6]);
        cr_assert(eq(dbl, (double)cell->pairs, number(fields[2])));
        cr_assert(epsilon_eq(dbl, cell->mean, number(fields[3]),
                             5 * number(fields[4]) * sqrt(2 / 999.0) + 1e-9),
                  "row %zu", row);
        cr_assert(epsilon_eq(dbl, cell->p_value, p, 5 * sqrt(2 * p * (1 - p) / 999) + 0.003), "row %zu",
                  row);
        cr_assert(epsilon_eq(dbl, cell->independent, number(fields[7]), 1e-9), "row %zu", row);
    }
    fclose(file);
    cr_assert(eq(sz, row, 16));
}

/* Jerry Ratcliffe's Near Repeat Calculator: 9 pairs within 200 m on one day, some 74 times chance
 * by its 99 permutations (48.9 by 999); on the sphere instead of the plane the pairs are those of
 * straight lines, 11. */
Test(near_repeat, on_the_sphere_arson_is_as_on_the_plane)
{
    static const double near_metres[] = { 200 };
    char line[512], *fields[8];
    double lat[600], lon[600];

    read_arson();
    FILE *file = open_data("near-repeat-arson/locations.csv");
    cr_assert_not_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        split(line, fields, 8);
        lat[atoi(fields[0] + 1)] = number(fields[3]);
        lon[atoi(fields[0] + 1)] = number(fields[4]);
    }
    fclose(file);
    file = open_data("near-repeat-arson/events.csv");
    cr_assert_not_null(fgets(line, sizeof line, file));
    for (size_t i = 0; fgets(line, sizeof line, file) != NULL; i++) {
        split(line, fields, 8);
        arson[i].x = lat[atoi(fields[3] + 1)];
        arson[i].y = lon[atoi(fields[3] + 1)];
    }
    fclose(file);
    how.metres = near_metres;
    how.metre_count = 1;
    find_arson();
    cr_assert(eq(dbl, (double)found_table.cells[1][0].pairs, 11));
    cr_assert(lt(dbl, found_table.cells[1][0].p_value, 0.002));
    cr_assert(lt(dbl, found_table.cells[1][0].q_value, 0.01));
    cr_assert(isnan(found_table.cells[2][0].q_value), "beyond");
}

Test(near_repeat, the_number_of_threads_changes_nothing)
{
    kith_near_repeat one;

    read_arson();
    how.permutations = 50;
    setenv("KITH_THREADS", "1", 1);
    find_arson();
    one = found_table;
    setenv("KITH_THREADS", "3", 1);
    find_arson();
    for (size_t space = 0; space < 5; space++)
        for (size_t time = 0; time < 4; time++) {
            cr_assert(eq(dbl, one.cells[space][time].mean, found_table.cells[space][time].mean));
            cr_assert(eq(dbl, one.cells[space][time].p_value, found_table.cells[space][time].p_value));
        }
}

/* Three events in a row, 100 m and a day apart. */
Test(near_repeat, an_edge_belongs_to_the_band_that_the_bracket_says)
{
    static const kith_near_event row[] = { { 0, 0, 0 }, { 0, 100, 1 }, { 0, 200, 2 } };
    static const double by_hundred[] = { 100, 200 }, by_day[] = { 1, 2 };
    kith_near_options edges = { .metric = KITH_NEAR_PLANE, .metres = by_hundred, .metre_count = 2,
                                .days = by_day, .day_count = 2, .permutations = 1 };
    kith_table table = { 0 };
    kith_error err;

    kith_near_repeat_find(&found_table, row, 3, &edges, &err);
    cr_assert(eq(dbl, (double)found_table.cells[2][1].pairs, 2), "[100,200) and [1,2)");
    cr_assert(eq(dbl, (double)found_table.cells[3][2].pairs, 1), "beyond both");
    kith_near_repeat_table(&table, &found_table);
    cr_assert(eq(str, table.cells[3 * 7].text, (char *)"[0.01,100)"));
    cr_assert(eq(str, table.cells[1].text, (char *)"[0,1)"));
    kith_table_free(&table);
    edges.closed = true;
    kith_near_repeat_find(&found_table, row, 3, &edges, &err);
    cr_assert(eq(dbl, (double)found_table.cells[1][0].pairs, 2), "(0,100] and [0,1]");
    cr_assert(eq(dbl, (double)found_table.cells[2][1].pairs, 1), "(100,200] and (1,2]");
    kith_near_repeat_table(&table, &found_table);
    cr_assert(eq(str, table.cells[3 * 7].text, (char *)"(0,100]"));
    cr_assert(eq(str, table.cells[1].text, (char *)"[0,1]"));
    cr_assert(eq(str, table.cells[7 + 1].text, (char *)"(1,2]"));
    kith_table_free(&table);
}

Test(near_repeat, only_dated_events_at_public_places_on_the_map_count, .init = build_town,
     .fini = drop_town)
{
    const double near_metres[] = { 500 }, near_days[] = { 7 };
    const kith_near_options few = { .metres = near_metres, .metre_count = 1, .days = near_days,
                                    .day_count = 1, .permutations = 9 };
    kith_error err;

    child();
    const uint32_t park = place("park"), shop = place("shop"), flat = place("home"), off = place("park");
    locate(park, 53, -1.5);
    locate(shop, 53.001, -1.5);
    locate(flat, 53, -1.5);
    event("missing", "2022-06-01", park);
    event("missing", "2022-06-02", shop);
    event("missing", "2022-06-02", flat);
    event("missing", "2022-06-03", off);
    event("missing", "2022-05", park);
    event("youth_work", "2022-06-02", park);
    cr_assert(eq(int, kith_near_repeat_places(&found_table, &town, &options, &few, &err), KITH_OK));
    cr_assert(eq(sz, found_table.events, 2));
    cr_assert(eq(sz, found_table.without_day, 1));
    cr_assert(eq(sz, found_table.without_point, 1));
    cr_assert(eq(dbl, (double)found_table.cells[1][0].pairs, 1));
}

Test(near_repeat, no_events_make_no_pairs)
{
    kith_error err;

    cr_assert(eq(int, kith_near_repeat_find(&found_table, NULL, 0, &how, &err), KITH_OK));
    cr_assert(eq(dbl, (double)found_table.cells[0][0].pairs, 0));
    cr_assert(eq(dbl, found_table.cells[4][3].p_value, 1));
}

Test(near_repeat, bands_without_meaning_are_refused)
{
    static const double back[] = { 200, 100, 300 }, tiny[] = { 0.01, 1, 2 };
    kith_error err;

    how.metres = back;
    cr_assert(eq(int, kith_near_repeat_find(&found_table, NULL, 0, &how, &err), KITH_USAGE));
    cr_assert_not_null(strstr(err.message, "edges ascend"));
    how.metres = tiny;
    cr_assert(eq(int, kith_near_repeat_find(&found_table, NULL, 0, &how, &err), KITH_USAGE));
    how.metres = metres;
    how.metre_count = 0;
    cr_assert(eq(int, kith_near_repeat_find(&found_table, NULL, 0, &how, &err), KITH_USAGE));
    how.metre_count = 3;
    how.permutations = 0;
    cr_assert(eq(int, kith_near_repeat_find(&found_table, NULL, 0, &how, &err), KITH_USAGE));
}
