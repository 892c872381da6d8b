/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_gone.c: a full extract tells what its source sent before and sends no more. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/import.h"
#include "kith/text.h"
#include "support.h"

static char *input;
static kith_text said;

static void set_up(void)
{
    begin_hub();
    input = make_folder();
}

static void tear_down(void)
{
    kith_text_free(&said);
    drop_folder(input);
    end_hub();
}

TestSuite(gone, .init = set_up, .fini = tear_down);

static void file(const char *name, const char *text)
{
    char *path = path_in(input, name);

    write_file(path, text, strlen(text));
    free(path);
}

/* Loads the input as all that a source has; said: what is gone, "id\n" each. */
static uint64_t load(const char *source, bool full)
{
    const kith_import_options options = { .source = source, .full_extract = full, .now = 1718452800 };
    const kith_view view = { .user = "analyst", .purpose = "", .audience = "case-team" };
    const char *path = input;
    kith_import_report report;
    kith_store *store = NULL;
    kith_error err = { 0 };

    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &err), KITH_OK);
    cr_assert_eq(kith_import(&report, store, &view, &path, 1, &options, &err), KITH_OK, "%s", err.message);
    kith_text_clear(&said);
    for (size_t r = 0; r < kith_table_rows(&report.table); r++) {
        const char *message = report.table.cells[r * 5 + 4].text, *end = strstr(message, "\" was sent before");
        if (end == NULL)
            continue;
        kith_text_add_bytes(&said, message + 1, (size_t)(end - message) - 1);
        kith_text_add_char(&said, '\n');
    }
    const uint64_t warnings = report.warnings;
    kith_import_report_free(&report);
    kith_store_close(store);
    return warnings;
}

static void all_files(void)
{
    file("persons.csv", "person_id,source\nP1,police\nP2,police\nP3,school\n");
    file("events.csv", "event_id,kind,occurred_at\nE1,missing,2024-01-01\nE2,missing,2024-01-02\n");
    file("participations.csv", "event_id,person_id,role\nE1,P1,missing\nE2,P1,missing\nE2,P2,missing\nE2,P2,missing\n");
    file("links.csv", "link_id,from_id,to_id,kind\nK1,P1,P2,friend\n,P1,P3,friend\n");
    file("flags.csv", "person_id,flag\nP1,NRM\nP1,LAC\n");
}

Test(gone, what_is_sent_again_is_not_gone)
{
    all_files();
    load("police", true);
    cr_expect_str_eq(kith_text_string(&said), "");
    load("police", true);
    cr_expect_str_eq(kith_text_string(&said), "");
}

Test(gone, what_is_not_sent_again_is_told_by_table_and_kept)
{
    all_files();
    load("police", false);
    file("persons.csv", "person_id,source\nP1,police\n");
    file("events.csv", "event_id,kind,occurred_at\nE2,missing,2024-01-02\n");
    file("participations.csv", "event_id,person_id,role\nE2,P1,missing\nE2,P2,missing\n");
    file("links.csv", "link_id,from_id,to_id,kind\n,P2,P3,friend\n");
    file("flags.csv", "person_id,flag\nP1,NRM\n");
    load("police", true);
    cr_expect_str_eq(kith_text_string(&said), "P2\nE1\nE1 P1 missing\nE2 P2 missing\nK1\nP1 friend P3\nP1 LAC\n");
    kith_network network = network_of(view_of("2024-06-01", 0));
    thing_called(&network, "P2");
    event_called(&network, "E1");
    kith_network_free(&network);
}

Test(gone, another_source_and_another_table_are_not_asked)
{
    all_files();
    load("police", false);
    drop_folder(input);
    input = make_folder();
    file("persons.csv", "person_id\nP9\n");
    load("school", true);
    cr_expect_str_eq(kith_text_string(&said), "P3\n");
    load("health", true);
    cr_expect_str_eq(kith_text_string(&said), "");
}

Test(gone, nothing_is_told_unless_the_extract_is_said_to_be_whole)
{
    all_files();
    load("police", false);
    file("persons.csv", "person_id\nP1\n");
    load("police", false);
    cr_expect_str_eq(kith_text_string(&said), "");
}
