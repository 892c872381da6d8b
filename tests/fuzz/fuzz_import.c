/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_import.c: a mapping, a NUL and an extract, loaded into a new hub; without a mapping the
 * first byte of what follows names a table, and the hub has one record of each kind. A load that is refused says why and keeps nothing;
 * one that is kept says so, changes nothing when it is loaded again, and is taken back whole. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../engine/import_private.h"
#include "fuzz.h"
#include "kith/import.h"

typedef struct sample_hub {
    char path[96];
    kith_text bytes;   /* as it was made */
    kith_store *store; /* open as long as the hub is as it was made */
} sample_hub;

static char folder[64], mapping_path[96];
static sample_hub empty_hub, small_hub; /* with nothing, and with a record of each kind */
static const kith_view view = { .user = "fuzz", .purpose = "", .audience = "case-team" };

static void write_bytes(const char *path, const void *bytes, size_t size)
{
    FILE *out = fopen(path, "wb");

    MUST(out != NULL && fwrite(bytes, 1, size, out) == size && fclose(out) == 0);
}

static void clean_up(void)
{
    char command[96];

    kith_store_close(empty_hub.store);
    kith_store_close(small_hub.store);
    kith_text_free(&empty_hub.bytes);
    kith_text_free(&small_hub.bytes);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    MUST(system(command) == 0);
}

static void read_bytes(kith_text *out, const char *path)
{
    char bytes[4096];
    size_t got;
    FILE *in = fopen(path, "rb");

    MUST(in != NULL);
    while ((got = fread(bytes, 1, sizeof bytes, in)) > 0)
        kith_text_add_bytes(out, bytes, got);
    fclose(in);
    MUST(!out->failed);
}

/* Gives the hub a record of each kind that a row may refer to. */
static void fill_hub(const char *hub)
{
    static const char *const tables[][2] = {
        { "persons.csv", "person_id,name,dob\nP1,Ann,2010-02-03\nP2,Bo,\n" },
        { "locations.csv", "location_id,kind\nL1,park\n" },
        { "groups.csv", "group_id,kind\nG1,peer group\n" },
        { "objects.csv", "object_id,kind\nO1,phone\n" },
        { "events.csv", "event_id,kind,occurred_at\nE1,missing,2024-03-31\n" },
        { "assessments.csv", "assessment_id,person_id,tool,assessed_on\nA1,P1,GAT,2024-01-01\n" },
    };
    const kith_import_options options = { .source = "base", .now = 1718452800 };
    const char *paths[] = { folder };
    kith_import_report report;
    kith_store *store = NULL;
    char path[128];

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, tables[i][0]);
        write_bytes(path, tables[i][1], strlen(tables[i][1]));
    }
    MUST(kith_store_open(&store, hub, NULL, KITH_READ_WRITE, NULL) == KITH_OK);
    MUST(kith_import(&report, store, &view, paths, 1, &options, NULL) == KITH_OK);
    kith_import_report_free(&report);
    kith_store_close(store);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, tables[i][0]);
        remove(path);
    }
}

static void make_hub(sample_hub *hub, const char *name, bool fill)
{
    snprintf(hub->path, sizeof hub->path, "%s/%s", folder, name);
    MUST(kith_store_create(hub->path, NULL, NULL) == KITH_OK);
    if (fill)
        fill_hub(hub->path);
    read_bytes(&hub->bytes, hub->path);
}

/* In memory where there is such a place. */
static void make_hubs(void)
{
    snprintf(folder, sizeof folder, "%s/kith-fuzz-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    MUST(mkdtemp(folder) != NULL);
    atexit(clean_up);
    snprintf(mapping_path, sizeof mapping_path, "%s/m.ini", folder);
    make_hub(&empty_hub, "empty.kith", false);
    make_hub(&small_hub, "small.kith", true);
}

static uint64_t kept(const kith_import_report *report)
{
    uint64_t records = 0;

    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++)
        records += report->counts[i].added + report->counts[i].changed;
    return records;
}

/* One load; the batch it made, 0 when nothing was kept. */
static int64_t load(kith_store *store, const char *mapping, const char *path, bool dry_run)
{
    const kith_import_options options = { .mapping = mapping, .dry_run = dry_run, .full_extract = true, .now = 1718452800 };
    kith_import_report report;
    kith_error err = { 0 };
    const kith_status status = kith_import(&report, store, &view, &path, 1, &options, &err);
    const int64_t batch = report.batch;

    MUST(status == KITH_OK || status == KITH_INPUT);
    MUST((status == KITH_INPUT) == (report.errors > 0));
    MUST(status == KITH_OK || (batch == 0 && err.message[0] != '\0'));
    MUST(status != KITH_OK || dry_run || (batch != 0) == (kept(&report) > 0));
    for (size_t i = 0; i < report.table.cell_count; i++)
        MUST(report.table.cells[i].text == NULL ||
             kith_utf8_valid(report.table.cells[i].text, strlen(report.table.cells[i].text)));
    kith_import_report_free(&report);
    return batch;
}

/* A hub that keeps nothing of the last input. */
static kith_store *open_hub(sample_hub *hub)
{
    if (hub->store == NULL) {
        write_bytes(hub->path, hub->bytes.data, hub->bytes.size);
        MUST(kith_store_open(&hub->store, hub->path, NULL, KITH_READ_WRITE, NULL) == KITH_OK);
    }
    return hub->store;
}

static void load_twice_and_take_back(const char *mapping, const char *path)
{
    sample_hub *hub = mapping != NULL ? &empty_hub : &small_hub;
    kith_store *store = open_hub(hub);
    kith_table undone;

    MUST(load(store, mapping, path, true) == 0);
    const int64_t batch = load(store, mapping, path, false);
    if (batch == 0)
        return;
    MUST(load(store, mapping, path, false) == 0);
    MUST(kith_import_undo(&undone, store, &view, batch, NULL) == KITH_OK);
    kith_table_free(&undone);
    MUST(load(store, mapping, path, false) != 0);
    kith_store_close(store);
    hub->store = NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size > 0 ? memchr(data, 0, size) : NULL;
    char path[128];

    if (nul == NULL)
        return 0;
    if (folder[0] == '\0')
        make_hubs();
    size_t begin = (size_t)(nul - data) + 1;
    const bool mapped = begin > 1;
    const size_t table = !mapped && begin < size ? data[begin++] % KITH_IMPORT_TABLES : 0;
    snprintf(path, sizeof path, "%s/%s.csv", folder, mapped ? "x" : import_tables[table].name);
    write_bytes(mapping_path, data, mapped ? begin - 1 : 0);
    write_bytes(path, data + begin, size - begin);
    load_twice_and_take_back(mapped ? mapping_path : NULL, path);
    remove(path);
    return 0;
}
