/* SPDX-License-Identifier: GPL-3.0-or-later */
/* policy_tables.c: `kith policy --audiences` and `--roles`. */
#include "policy_tables.h"

#include <stdio.h>
#include <string.h>

typedef void limits_word(kith_text *out, const kith_limits *limits);

static void add_limits(kith_table *table, const kith_limits *limits)
{
    static limits_word *const words[] = { kith_limits_records, kith_limits_handling, kith_limits_agencies };
    kith_text text = { 0 };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        kith_text_clear(&text);
        words[i](&text, limits);
        table->failed |= text.failed;
        kith_table_text(table, kith_text_string(&text));
    }
    kith_text_free(&text);
}

static kith_status print(kith_call *call, kith_table *table, kith_error *err)
{
    kith_status status = kith_table_status(table, err);

    if (status == KITH_OK)
        status = call_print(call, table, err);
    kith_table_free(table);
    return status;
}

kith_status policy_audiences(kith_call *call, kith_error *err)
{
    static const char *const columns[] = { "audience", "label", "withheld", "names", "names_most",
                                           "records", "handling", "agencies" };
    kith_table table = { 0 };
    const kith_audience *audience;

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kith_table_column(&table, columns[i], KITH_CELL_TEXT);
    kith_table_column(&table, "small_counts", KITH_CELL_INTEGER);
    for (size_t i = 0; (audience = kith_policy_audience(call->policy, i)) != NULL; i++) {
        kith_table_text(&table, audience->name);
        kith_table_text(&table, audience->label);
        kith_table_text(&table, audience->acknowledged ? "acknowledged" : "silent");
        kith_table_text(&table, kith_names_word(audience->names));
        kith_table_text(&table, kith_names_word(audience->names_most));
        add_limits(&table, &audience->limits);
        kith_table_integer(&table, audience->small);
    }
    return print(call, &table, err);
}

kith_status policy_roles(kith_call *call, kith_error *err)
{
    static const char *const columns[] = { "role", "label", "cases", "records", "handling",
                                           "agencies", "audiences" };
    static const char *const cases[] = { "own", "open", "all" };
    kith_table table = { 0 };
    const kith_duty *duty;

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kith_table_column(&table, columns[i], KITH_CELL_TEXT);
    for (size_t i = 0; (duty = kith_policy_duty(call->policy, i)) != NULL; i++) {
        const kith_limits served = { .agencies = duty->audiences, .every_agency = duty->audiences[0] == '\0' };
        kith_text text = { 0 };
        kith_table_text(&table, duty->name);
        kith_table_text(&table, duty->label);
        kith_table_text(&table, cases[duty->cases]);
        add_limits(&table, &duty->limits);
        kith_limits_agencies(&text, &served); /* a list of names, too */
        table.failed |= text.failed;
        kith_table_text(&table, kith_text_string(&text));
        kith_text_free(&text);
    }
    return print(call, &table, err);
}
