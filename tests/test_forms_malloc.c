/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_forms_malloc.c: every allocation of the forms and the screening fails once,
 * and each time that is said and nothing leaks. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "allocations.h"
#include "hub.h"
#include "kith/forms.h"
#include "kith/screening.h"

static kith_store *store;

static void begin(void)
{
    begin_hub();
    add_person("P1", "2008-01-01");
    run_sql("INSERT INTO assessment (id, person, tool, assessed_on, assessor_role, level, extra, origin, batch) "
            "SELECT 'A' || d, (SELECT max(row) FROM entity), 'GAT', '2022-01-0' || d, '', '', '', "
            "(SELECT max(row) FROM origin), (SELECT max(row) FROM batch) "
            "FROM (SELECT 1 AS d UNION SELECT 2)");
    run_sql("INSERT INTO indicator (assessment, item, status, voice, text, extra, digest, nth, origin, batch) "
            "SELECT row, i, 'present', '', '', '', randomblob(16), 1, origin, batch FROM assessment, "
            "(SELECT 'strong.5' AS i UNION SELECT 'moderate.19' UNION SELECT 'moderate.20')");
    store = open_hub();
}

static void end(void)
{
    kith_store_close(store);
    end_hub();
}

TestSuite(forms_malloc, .init = begin, .fini = end);

static kith_status all(kith_error *err)
{
    static const char *const named[] = { "A1", "A2" };
    const kith_assess_options one = { .person = "P1" };
    const kith_assess_options two = { .assessment = named, .assessment_count = 2 };
    const kith_view view = view_of("2022-06-30", 365);
    kith_band_rules rules;
    kith_table forms = { 0 }, change = { 0 }, check = { 0 }, screened = { 0 };
    kith_screening *screening = NULL;
    size_t found;
    kith_status status = kith_band_rules_read(&rules, NULL, err);

    if (status == KITH_OK)
        status = kith_assess(&forms, store, &view, &one, &rules, err);
    if (status == KITH_OK)
        status = kith_assess_compare(&change, store, &view, &two, &rules, err);
    if (status == KITH_OK)
        status = kith_band_check(&check, &found, &rules, err);
    if (status == KITH_OK)
        status = kith_screening_read(&screening, NULL, NULL, err);
    if (status == KITH_OK)
        status = kith_screen(&screened, store, &view, "P1", screening, err);
    kith_screening_free(screening);
    kith_table_free(&screened);
    kith_table_free(&forms);
    kith_table_free(&change);
    kith_table_free(&check);
    kith_band_rules_free(&rules);
    return status;
}

/* Leaks are found by the sanitizer when the test's process ends. */
Test(forms_malloc, every_failure_is_said)
{
    kith_error err;
    kith_status status = KITH_NO_MEMORY;

    cr_assert_eq(all(&err), KITH_OK);
    for (long allowed = 0; status == KITH_NO_MEMORY; allowed++) {
        allocations_left = allowed;
        status = all(&err);
        allocations_left = -1;
        cr_assert(status == KITH_OK || status == KITH_NO_MEMORY, "after %ld: %s", allowed, err.message);
        cr_assert(status == KITH_NO_MEMORY || allowed > 100, "only %ld allocations", allowed);
    }
    cr_assert_eq(status, KITH_OK);
}
