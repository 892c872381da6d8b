/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_import_data.c: the published sets load whole, and load once.
 *
 * The expected counts are of the lines of the files, taken here without the reader. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/import.h"
#include "support.h"

TestSuite(import_data, .init = begin_hub, .fini = end_hub);

static kith_status load(kith_import_report *report, const char *folder)
{
    const kith_import_options options = { .now = 1718452800 }; /* 2024-06-15 */
    const kith_view view = { .user = "analyst", .purpose = "", .audience = "case-team" };
    kith_error err = { 0 };
    kith_store *store = NULL;

    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK, "%s",
                 err.message);
    const kith_status status = kith_import(report, store, &view, &folder, 1, &options, &err);
    kith_store_close(store);
    cr_expect_eq(status, KITH_OK, "%s: %s", folder, err.message);
    return status;
}

/* Lines of a file after its header; 0 when there is no such file. */
static uint64_t rows_in(const char *folder, const char *table)
{
    char name[64], *path, *text;
    uint64_t lines = 0;

    snprintf(name, sizeof name, "%s.csv", table);
    path = path_in(folder, name);
    FILE *there = fopen(path, "rb");
    if (there != NULL) {
        fclose(there);
        text = read_file(path, NULL);
        for (const char *p = text; *p != '\0'; p++)
            lines += *p == '\n';
        free(text);
        lines--;
    }
    free(path);
    return lines;
}

/* role_facts.csv of the St. Louis data counts 41 rows with the role victim_and_suspect. */
static uint64_t rows_that_are_two(const char *folder, const char *table)
{
    return strstr(folder, "stlouis-crime") != NULL && strcmp(table, "participations") == 0 ? 41 : 0;
}

static void load_twice(const char *name)
{
    char *folder = need_data(name);
    kith_import_report report;

    load(&report, folder);
    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++) {
        const kith_import_count *count = &report.counts[i];
        const uint64_t rows = rows_in(folder, count->table);
        cr_expect_eq(count->rows, rows, "%s/%s.csv: %llu rows of %llu", name, count->table,
                     (unsigned long long)count->rows, (unsigned long long)rows);
        cr_expect_eq(count->added, rows + rows_that_are_two(folder, count->table),
                     "%s/%s.csv: %llu records", name, count->table,
                     (unsigned long long)count->added);
    }
    kith_import_report_free(&report);
    load(&report, folder);
    cr_expect_eq(report.batch, 0, "%s: a second load changed something", name);
    kith_import_report_free(&report);
    free(folder);
}

ParameterizedTestParameters(import_data, a_set_loads_whole_and_once)
{
    static char names[][40] = {
        "small-classics/karate",
        "small-classics/krackhardt-kite",
        "small-classics/getis-ord-micro",
        "southern-women",
        "london-gang",
        "montagna",
        "stlouis-crime",
        "suffragette-arrests",
        "near-repeat-arson",
        "uk-northumbria-asb-2022-07",
        "uk-nottingham-2022",
        "ldbc-directed/example-directed",
        "ldbc-directed/test-bfs-directed",
        "ldbc-directed/test-cdlp-directed",
        "ldbc-directed/test-lcc-directed",
        "ldbc-directed/test-pr-directed",
        "ldbc-directed/test-sssp-directed",
        "ldbc-directed/test-wcc-directed",
        "linkage-fake1000",
        "linkage-febrl/dataset1",
        "linkage-febrl/dataset3",
    };
    return cr_make_param_array(char[40], names, sizeof names / sizeof names[0]);
}

ParameterizedTest(char name[40], import_data, a_set_loads_whole_and_once)
{
    load_twice(name);
}

Test(import_data, the_sample_town_loads_without_a_warning)
{
    kith_import_report report;

    load(&report, KITH_SOURCE_DIR "/samples/harbour-town");
    cr_expect_eq(report.errors + report.warnings, 0);
    cr_expect_gt(report.batch, 0);
    kith_import_report_free(&report);
}
