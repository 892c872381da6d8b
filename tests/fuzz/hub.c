/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hub.c: the small hub of the targets that need one. */
#include "hub.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"
#include "kith/audit.h"
#include "kith/import.h"

char fuzz_folder[64];

static void path_to(char path[400], const char *name)
{
    snprintf(path, 400, "%s/%s", fuzz_folder, name);
}

void fuzz_write(const char *name, const void *bytes, size_t size)
{
    char path[400];

    path_to(path, name);
    FILE *out = fopen(path, "wb");
    MUST(out != NULL && (size == 0 || fwrite(bytes, 1, size, out) == size) && fclose(out) == 0);
}

void fuzz_read(kith_text *out, const char *name)
{
    char path[400], bytes[4096];
    size_t got;

    path_to(path, name);
    FILE *in = fopen(path, "rb");
    MUST(in != NULL);
    kith_text_clear(out);
    while ((got = fread(bytes, 1, sizeof bytes, in)) > 0)
        kith_text_add_bytes(out, bytes, got);
    fclose(in);
    MUST(!out->failed);
}

static void remove_below(const char *folder)
{
    DIR *listing = opendir(folder);
    char path[800];

    MUST(listing != NULL);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (unlink(path) != 0) {
            remove_below(path);
            rmdir(path);
        }
    }
    closedir(listing);
}

void fuzz_clear(void)
{
    remove_below(fuzz_folder);
}

static void end(void)
{
    fuzz_clear();
    rmdir(fuzz_folder);
}

static void load(kith_store *store, const char *table, const char *text)
{
    const kith_view view = { .user = "fuzz", .purpose = "", .audience = "case-team", .as_of = 19000, .since = 1 };
    const kith_import_options options = { .source = "base", .now = 1718452800 };
    kith_import_report report;
    char path[400];
    const char *paths[] = { path };

    path_to(path, table);
    fuzz_write(table, text, strlen(text));
    MUST(kith_import(&report, store, &view, paths, 1, &options, NULL) == KITH_OK);
    kith_import_report_free(&report);
    unlink(path);
}

void fuzz_hub_make(void)
{
    static const char *const tables[][2] = {
        { "persons.csv", "person_id,name,dob,aliases\nP1,Ann Sample,2010-02-03,Annie\nP2,Bo Sample,2009-01-01,\nP3,Cy Sample,1990-01-01,\n"
                         "P4,Ann Sampel,2010-02-03,\n" },
        { "locations.csv", "location_id,name,kind,lat,lon\nL1,A park,park,52.9,-1.1\nL2,A home,home,,\n" },
        { "groups.csv", "group_id,name,kind\nG1,Some,peer group\n" },
        { "objects.csv", "object_id,kind,label\nO1,phone,07700 900127\n" },
        { "events.csv", "event_id,kind,occurred_at,location_id,severity,summary\nE1,missing,2024-03-31,L1,2,seen with Bo\n"
                        "E2,incident,2024-05-31,L1,3,\nE3,missing,2023-03-31,L1,,\n" },
        { "participations.csv", "event_id,person_id,role\nE1,P1,missing\nE1,P2,missing\nE2,P1,victim\nE2,P3,suspect\nE3,P2,missing\nE3,P4,missing\n" },
        { "links.csv", "from_id,to_id,kind,notes\nP1,P2,friend,\nP3,P1,exploits_alleged,said\nP1,L2,lives_at,\nP3,O1,uses,\nP2,G1,member,\n" },
        { "contexts.csv", "subject_id,context,valence,severity,observed_on,summary\nP1,peer,risk,2,2024-04-01,x\nP1,home,protective,,2024-04-01,\n" },
        { "flags.csv", "person_id,flag\nP1,CIN\n" },
        { "constraints.csv", "person_id,other_id,kind\nP3,P1,no_contact\n" },
        { "assessments.csv", "assessment_id,person_id,tool,assessed_on\nA1,P1,GAT,2024-01-01\n" },
        { "indicators.csv", "assessment_id,item,status\nA1,strong.4,current\n" },
        { "scales.csv", "person_id,on,rater,score\nP1,2024-02-06,worker,4\n" },
        { "actions.csv", "action_id,subject_id,goal,action\nX1,P1,safe,call\n" },
    };
    kith_store *store = NULL;
    char path[400];

    snprintf(fuzz_folder, sizeof fuzz_folder, "%s/kith-fuzz-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    MUST(mkdtemp(fuzz_folder) != NULL);
    atexit(end);
    path_to(path, "h.kith");
    MUST(kith_store_create(path, NULL, NULL) == KITH_OK);
    MUST(kith_store_open(&store, path, NULL, KITH_READ_WRITE, NULL) == KITH_OK);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        load(store, tables[i][0], tables[i][1]);
    const kith_audit_entry entry = { .act = KITH_AUDIT_CONSULTATION, .what = "show", .why = "a test" };
    MUST(kith_audit_add(store, &entry, NULL) == KITH_OK);
    kith_store_close(store);
}
