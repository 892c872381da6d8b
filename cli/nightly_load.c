/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly_load.c: one import call a source, so that what is wrong with one stops no other.
 *
 * A source whose call is refused is left out whole; its first faults are what the report
 * says at its top. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "nightly.h"

enum { FAULTS_NAMED = 3 };

/* The time of the newest file; of a folder, of those in it. 0: there is none. */
static int64_t newest_of(const char *path)
{
    struct stat info;
    DIR *folder;
    int64_t newest = 0;

    if (stat(path, &info) != 0)
        return 0;
    if (!S_ISDIR(info.st_mode))
        return info.st_mtime;
    folder = opendir(path);
    if (folder == NULL)
        return 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        kith_text file = { 0 };
        kith_text_format(&file, "%s/%s", path, entry->d_name);
        if (!file.failed && stat(file.data, &info) == 0 && S_ISREG(info.st_mode) && info.st_mtime > newest)
            newest = info.st_mtime;
        kith_text_free(&file);
    }
    closedir(folder);
    return newest;
}

/* "events.csv:41: occurred_at: the date ...; and 11 more errors" */
static void name_faults(night_load *load, const char *said)
{
    const kith_table *table = &load->report.table;
    kith_text text = { 0 };
    uint64_t named = 0;

    for (size_t row = 0; row < kith_table_rows(table) && named < FAULTS_NAMED; row++) {
        const kith_cell *cells = &table->cells[row * table->column_count];
        if (cells[3].text == NULL || strcmp(cells[3].text, "error") != 0)
            continue;
        const char *file = cells[0].text != NULL ? cells[0].text : "";
        const char *slash = strrchr(file, '/');
        kith_text_format(&text, "%s%s", named > 0 ? "; " : "", slash != NULL ? slash + 1 : file);
        if (!cells[1].missing)
            kith_text_format(&text, ":%lld", (long long)cells[1].integer);
        if (cells[2].text != NULL && cells[2].text[0] != '\0')
            kith_text_format(&text, ": %s", cells[2].text);
        kith_text_format(&text, ": %s", cells[4].text != NULL ? cells[4].text : "");
        named++;
    }
    if (load->report.errors > named)
        kith_text_format(&text, "%s%llu more error%s", named > 0 ? "; and " : "",
                         (unsigned long long)(load->report.errors - named),
                         load->report.errors - named == 1 ? "" : "s");
    kith_sentence(load->reason, sizeof load->reason, "%s", text.size > 0 ? text.data : said);
    kith_text_free(&text);
}

static void show_progress(void *context, const char *file, uint64_t rows, uint64_t bytes_done,
                          uint64_t bytes_total)
{
    const char *slash = strrchr(file, '/');

    (void)rows;
    call_progress(context, slash != NULL ? slash + 1 : file, bytes_done, bytes_total);
}

/* What was loaded of files that somebody wrote into meanwhile may be of either. */
static kith_status look_again(night *n, night_load *load, kith_error *err)
{
    night_inputs now;
    const kith_status status = night_inputs_take(&now, load->source, err);

    if (status != KITH_OK)
        return status;
    const char *changed = night_inputs_changed(&load->inputs, &now);
    load->changed = changed != NULL;
    if (load->changed)
        call_say(n->call, "%s: changed while %s was loaded", changed, load->source->name);
    night_inputs_free(&now);
    return KITH_OK;
}

static kith_status load_source(night *n, night_load *load, kith_error *err)
{
    const night_source *source = load->source;
    const kith_import_options options = { .source = source->name, .mapping = source->mapping,
                                          .full_extract = source->full_extract,
                                          .progress = show_progress, .context = n->call };
    const char *const paths[] = { source->path };
    kith_error own = { KITH_OK, "" };
    struct stat info;

    kith_sentence(n->stage, sizeof n->stage, "loading the source %s", source->name);
    load->newest = newest_of(source->path);
    if (stat(source->path, &info) != 0) {
        load->status = KITH_NOT_FOUND;
        kith_sentence(load->reason, sizeof load->reason, "%s is not there", source->path);
        return KITH_OK;
    }
    const kith_status taken = night_inputs_take(&load->inputs, source, err);
    if (taken != KITH_OK)
        return taken;
    load->status = kith_import(&load->report, n->call->store, &n->call->view, paths, 1, &options, &own);
    call_progress_end(n->call);
    if (load->status == KITH_NO_MEMORY || load->status == KITH_INTERNAL)
        return kith_fail(err, load->status, "%s", own.message);
    if (load->status != KITH_OK)
        name_faults(load, own.message);
    return look_again(n, load, err);
}

kith_status night_load_sources(night *n, kith_error *err)
{
    kith_status status = KITH_OK;

    n->loads = calloc(n->config->source_count + 1, sizeof *n->loads);
    if (n->loads == NULL)
        return kith_no_memory(err);
    for (size_t i = 0; i < n->config->source_count; i++)
        n->loads[i].source = &n->config->sources[i];
    for (size_t i = 0; status == KITH_OK && i < n->config->source_count; i++)
        status = load_source(n, &n->loads[i], err);
    return status;
}

void night_loads_free(night *n)
{
    for (size_t i = 0; n->loads != NULL && i < n->config->source_count; i++) {
        kith_import_report_free(&n->loads[i].report);
        night_inputs_free(&n->loads[i].inputs);
    }
    free(n->loads);
    n->loads = NULL;
}
