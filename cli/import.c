/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import.c: `kith import`, tables into the hub; `kith import --list`, the loads so far. */
#include <string.h>

#include "commands.h"
#include "hub.h"
#include "kith/import.h"
#include "kith/retention.h"
#include "kith/text.h"

static void show_progress(void *context, const char *file, uint64_t rows, uint64_t bytes_done,
                          uint64_t bytes_total)
{
    const char *slash = strrchr(file, '/');

    (void)rows;
    call_progress(context, slash != NULL ? slash + 1 : file, bytes_done, bytes_total);
}

/* "70 persons, 45 locations" by one of the counts; "nothing" when all are 0. */
static void add_counts(kith_text *out, const kith_import_report *report, bool changed)
{
    bool any = false;

    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++) {
        const kith_import_count *count = &report->counts[i];
        const uint64_t number = changed ? count->changed : count->added;
        if (number == 0)
            continue;
        kith_text_format(out, "%s%llu ", any ? ", " : "", (unsigned long long)number);
        kith_text_add_bytes(out, count->table, strlen(count->table) - (number == 1)); /* 1 person */
        any = true;
    }
    if (!any)
        kith_text_add(out, "nothing");
}

static void say_summary(const kith_call *call, const kith_import_report *report, bool dry_run)
{
    kith_text text = { 0 };

    kith_text_add(&text, dry_run             ? "tried only, nothing kept: "
                         : report->batch > 0 ? "loaded: "
                                             : "the hub stays as it was: ");
    add_counts(&text, report, false);
    kith_text_add(&text, " new; ");
    add_counts(&text, report, true);
    kith_text_format(&text, " changed; %llu warning%s, %llu note%s",
                     (unsigned long long)report->warnings, report->warnings == 1 ? "" : "s",
                     (unsigned long long)report->notes, report->notes == 1 ? "" : "s");
    if (!text.failed)
        call_say(call, "%s", kith_text_string(&text));
    kith_text_free(&text);
}

static kith_status run_list(kith_call *call, kith_error *err)
{
    kith_table table;

    if (call->operand_count > 0)
        return kith_fail(err, KITH_USAGE, "--list shows the loads so far and takes no PATH");
    kith_status status = hub_open(call, KITH_READ_ONLY, err);
    if (status != KITH_OK)
        return status;
    status = kith_import_batches(&table, call->store, &call->view, err);
    if (status == KITH_OK)
        status = call_print(call, &table, err);
    kith_table_free(&table);
    return status;
}

static kith_status run_undo(kith_call *call, kith_error *err)
{
    kith_table table;

    if (call->operand_count > 0)
        return kith_fail(err, KITH_USAGE, "--undo takes back the load of that number and takes no PATH");
    kith_status status = hub_open(call, KITH_READ_WRITE, err);
    if (status != KITH_OK)
        return status;
    status = kith_import_undo(&table, call->store, &call->view, call_integer(call, "undo"), err);
    kith_status printed = KITH_OK;
    if (status == KITH_OK || status == KITH_POLICY)
        printed = call_print(call, &table, status == KITH_OK ? err : NULL);
    if (status == KITH_OK)
        call_say(call, "load %lld is taken back", (long long)call_integer(call, "undo"));
    kith_table_free(&table);
    return status != KITH_OK ? status : printed;
}

/* Of which sources nobody has said by what right their records are held. */
static kith_status say_rights(kith_call *call, kith_error *err)
{
    kith_text names = { 0 };
    kith_table table;
    kith_status status = kith_source_list(&table, call->store, &call->view, err);

    for (size_t r = 0; status == KITH_OK && r < kith_table_rows(&table); r++) {
        const kith_cell *row = table.cells + r * table.column_count;
        if (row[2].text[0] == '\0') /* no basis */
            kith_text_format(&names, "%s%s", names.size > 0 ? ", " : "", row[0].text);
    }
    kith_table_free(&table);
    if (status == KITH_OK && names.size > 0)
        call_say(call, "warning: nobody has said by what right these sources' records are held: %s; `kith source set NAME` "
                       "says it", kith_text_string(&names));
    kith_text_free(&names);
    return status;
}

static kith_status run(kith_call *call, kith_error *err)
{
    const kith_import_options options = { .source = call_text(call, "source"),
                                          .mapping = call_text(call, "mapping"),
                                          .dry_run = call_flag(call, "dry-run"),
                                          .full_extract = call_flag(call, "full-extract"),
                                          .progress = show_progress,
                                          .context = call };
    kith_import_report report;

    if (call_flag(call, "list"))
        return run_list(call, err);
    if (call_given(call, "undo"))
        return run_undo(call, err);
    if (call->operand_count == 0)
        return kith_fail(err, KITH_USAGE, "nothing to import; name a folder or a file");
    kith_status status = hub_open(call, KITH_READ_WRITE, err);
    if (status != KITH_OK)
        return status;
    status =
        kith_import(&report, call->store, &call->view, (const char *const *)call->operands,
                    (size_t)call->operand_count, &options, err);
    call_progress_end(call);
    kith_status printed = KITH_OK;
    if (status == KITH_OK || status == KITH_INPUT)
        printed = call_print(call, &report.table, status == KITH_OK ? err : NULL);
    if (status == KITH_OK && printed == KITH_OK)
        say_summary(call, &report, options.dry_run);
    if (status == KITH_OK && printed == KITH_OK && !call->quiet && !options.dry_run)
        printed = say_rights(call, err);
    kith_import_report_free(&report);
    return status != KITH_OK ? status : printed;
}

static const option_row options[] = {
    { "source", OPTION_TEXT, .unit = "NAME", .help = "the agency of rows that name none" },
    { "mapping", OPTION_TEXT, .unit = "FILE", .help = "the paths are extracts; FILE says what their columns become" },
    { "dry-run", OPTION_FLAG, .help = "reads, checks and reports, and keeps nothing" },
    { "full-extract", OPTION_FLAG, .help = "the files are whole: tells what their sources gave before and is gone; deletes nothing" },
    { "list", OPTION_FLAG, .help = "shows the loads so far instead" },
    { "undo", OPTION_INTEGER, .low = 1, .high = 1e15, .unit = "BATCH", .help = "takes one load back whole instead" },
    OPTION_END
};

const kith_command command_import = {
    .name = "import",
    .summary = "loads folders or files of tables, all or nothing",
    .operands = "PATH...",
    .least = 0,
    .most = -1,
    .hub = HUB_NONE,
    .options = options,
    .about = "A PATH is a folder with tables, or one of them: persons.csv, locations.csv, groups.csv,\n"
             "objects.csv, events.csv, participations.csv, links.csv, contexts.csv, flags.csv,\n"
             "constraints.csv, assessments.csv, indicators.csv, scales.csv, actions.csv, contests.csv.\n"
             "\n"
             "Every fault is reported with its file, line and field. Errors refuse the whole call;\n"
             "warnings and notes load. The same files twice change nothing; a known id with other\n"
             "content is a correction when it comes from the source that made the record.\n"
             "\n"
             "With --mapping a PATH is an agency's own extract (or a folder of files named *.csv), or\n"
             "a network as GraphML, and FILE is a mapping file or the name of one that is built in; see `kith mapping`.",
    .example = "kith import samples/harbour-town\n"
               "kith import --source police --dry-run --format csv extract/events.csv\n"
               "kith import --mapping police.uk 2022-02-nottinghamshire-street.csv\n"
               "kith import --mapping graphml --dry-run network.graphml\n"
               "kith import --list\n"
               "kith import --undo 3",
    .run = run,
};
