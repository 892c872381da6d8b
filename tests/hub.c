/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hub.c: records written into a hub without import. */
#include "hub.h"

#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

static char *folder, *path;
static sqlite3 *db;

void run_sql(const char *sql)
{
    char *fault = NULL;

    cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, &fault), SQLITE_OK, "%s: %s", sql, fault);
}

/* Runs a statement built by sqlite3_mprintf. */
static void run(char *sql)
{
    cr_assert_not_null(sql);
    run_sql(sql);
    sqlite3_free(sql);
}

void set_origin(const char *source, const char *report_ref, const char *grade)
{
    const char digit[2] = { grade[0], '\0' };

    if (*source != '\0')
        run(sqlite3_mprintf("INSERT OR IGNORE INTO source (name) VALUES (%Q)", source));
    run(sqlite3_mprintf(
        "INSERT OR IGNORE INTO origin (source, report_ref, source_grade, info_grade, other_grade,"
        " handling, conditions, recorded_on) VALUES ((SELECT row FROM source WHERE name = %Q),"
        " %Q, CAST(nullif(%Q, '') AS INTEGER), nullif(%Q, ''), '', '', '', '')",
        source, report_ref, digit, grade[0] == '\0' ? "" : grade + 1));
    run_sql("DELETE FROM temp.current");
    run(sqlite3_mprintf(
        "INSERT INTO temp.current SELECT row FROM origin WHERE report_ref = %Q"
        " AND source IS (SELECT row FROM source WHERE name = %Q)"
        " AND ifnull(source_grade, '') || ifnull(info_grade, '') = %Q",
        report_ref, source, grade));
}

void begin_hub(void)
{
    kith_error err;

    folder = make_folder();
    path = path_in(folder, "test.kith");
    cr_assert_eq(kith_store_create(path, NULL, &err), KITH_OK, "%s", err.message);
    cr_assert_eq(sqlite3_open(path, &db), SQLITE_OK);
    run_sql("PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF;"
            "CREATE TEMP TABLE current (origin INTEGER);"
            "INSERT INTO batch (loaded_at, user, purpose, files, records)"
            " VALUES ('2022-01-01T00:00:00', 'open', '', 'test', 0)");
    set_origin("", "", "");
}

void end_hub(void)
{
    sqlite3_close(db);
    db = NULL;
    free(path);
    drop_folder(folder);
    path = folder = NULL;
}

const char *hub_folder(void)
{
    return folder;
}

const char *hub_path(void)
{
    return path;
}

static void add_entity(const char *id, int kind)
{
    run(sqlite3_mprintf("INSERT INTO entity (kind, id, origin, batch)"
                        " SELECT %d, %Q, origin, 1 FROM temp.current", kind, id));
}

static void add_word(const char *word)
{
    if (*word != '\0')
        run(sqlite3_mprintf("INSERT OR IGNORE INTO word (text) VALUES (%Q)", word));
}

void add_person(const char *id, const char *dob)
{
    add_entity(id, KITH_PERSON);
    run(sqlite3_mprintf("INSERT INTO person VALUES (last_insert_rowid(), 'Name of ' || %Q, '', %Q,"
                        " '', '', '', NULL, '', '', '', '', '')", id, dob));
}

void add_place(const char *id, const char *kind)
{
    add_word(kind);
    add_entity(id, KITH_LOCATION);
    run(sqlite3_mprintf("INSERT INTO location SELECT max(row), 'Name of ' || %Q,"
                        " (SELECT row FROM word WHERE text = %Q), NULL, NULL, NULL, NULL, '', '',"
                        " '' FROM entity", id, kind));
}

void add_group(const char *id, const char *kind)
{
    add_word(kind);
    add_entity(id, KITH_GROUP);
    run(sqlite3_mprintf("INSERT INTO grouping SELECT max(row), 'Name of ' || %Q,"
                        " (SELECT row FROM word WHERE text = %Q), '' FROM entity", id, kind));
}

void add_object(const char *id, const char *kind)
{
    add_word(kind);
    add_entity(id, KITH_OBJECT);
    run(sqlite3_mprintf("INSERT INTO object SELECT max(row),"
                        " (SELECT row FROM word WHERE text = %Q), 'Label of ' || %Q, ''"
                        " FROM entity", kind, id));
}

void add_event(const char *id, const char *kind, const char *at, const char *place, int severity)
{
    add_word(kind);
    run(sqlite3_mprintf("INSERT INTO event (id, kind, occurred_at, ended_at, location, severity,"
                        " summary, extra, origin, batch) SELECT %Q,"
                        " (SELECT row FROM word WHERE text = %Q), %Q, '',"
                        " (SELECT row FROM entity WHERE id = %Q AND kind = 2), nullif(%d, 0),"
                        " '', '', origin, 1 FROM temp.current", id, kind, at, place, severity));
}

void add_convicted_part(const char *event, const char *person, const char *role,
                        const char *conviction_ref)
{
    add_word(role);
    run(sqlite3_mprintf("INSERT INTO participation (event, person, role, origin, conviction_ref,"
                        " extra, nth, batch) SELECT (SELECT row FROM event WHERE id = %Q),"
                        " (SELECT row FROM entity WHERE id = %Q AND kind = 1),"
                        " (SELECT row FROM word WHERE text = %Q), origin, %Q, '', 1, 1"
                        " FROM temp.current", event, person, role, conviction_ref));
}

void add_part(const char *event, const char *person, const char *role)
{
    add_convicted_part(event, person, role, "");
}

void add_link(const char *from, const char *to, const char *kind, double weight,
              const char *valid_from, const char *valid_to)
{
    add_word(kind);
    run(sqlite3_mprintf("INSERT INTO link (from_entity, to_entity, kind, valence, weight,"
                        " valid_from, valid_to, conviction_ref, notes, extra, digest, nth,"
                        " origin, batch) SELECT (SELECT row FROM entity WHERE id = %Q),"
                        " (SELECT row FROM entity WHERE id = %Q),"
                        " (SELECT row FROM word WHERE text = %Q), '', nullif(%!.17g, 0), %Q, %Q,"
                        " '', '', '', randomblob(16), 1, origin, 1 FROM temp.current",
                        from, to, kind, weight, valid_from, valid_to));
}

void add_context(const char *subject, const char *context, const char *valence, const char *to,
                 const char *nature, int severity, const char *observed_on, const char *event)
{
    run(sqlite3_mprintf("INSERT INTO context (subject, context, valence, to_context, nature,"
                        " severity, observed_on, event, summary, extra, digest, nth, origin,"
                        " batch) SELECT (SELECT row FROM entity WHERE id = %Q), %Q, %Q, %Q, %Q,"
                        " nullif(%d, 0), %Q, (SELECT row FROM event WHERE id = %Q), '', '',"
                        " randomblob(16), 1, origin, 1 FROM temp.current", subject, context,
                        valence, to, nature, severity, observed_on, event));
}

void add_contest(const char *columns, const char *values, const char *field, const char *on,
                 const char *state, const char *settled)
{
    run(sqlite3_mprintf("INSERT INTO contest (id, %s, role, field, contested_by, contested_on, reason, state,"
                        " resolved_on, resolved_by, resolution, extra, origin, batch)"
                        " SELECT 'C' || (SELECT count(*) + 1 FROM contest), %s, '', %Q, 'parent', %Q, '', %Q, %Q,"
                        " '', '', '', origin, 1 FROM temp.current", columns, values, field, on, state, settled));
}

kith_store *open_hub(void)
{
    kith_store *store = NULL;
    kith_error err;

    cr_assert_eq(kith_store_open(&store, path, NULL, KITH_READ_ONLY, &err), KITH_OK, "%s",
                 err.message);
    return store;
}

kith_view view_of(const char *as_of, int days)
{
    kith_view view = { .user = "open", .purpose = "", .audience = "case-team",
                       .all_dates = days == 0 };

    cr_assert(kith_day_read(&view.as_of, as_of));
    view.since = view.as_of - (days > 0 ? days - 1 : 0);
    return view;
}

kith_network network_of(kith_view view)
{
    kith_store *store = open_hub();
    kith_network network;
    kith_error err;

    cr_assert_eq(kith_network_build(&network, store, &view, &err), KITH_OK, "%s", err.message);
    kith_store_close(store);
    return network;
}

uint32_t thing_called(const kith_network *network, const char *id)
{
    kith_error err;
    uint32_t thing;

    cr_assert_eq(kith_network_find(&thing, network, id, &err), KITH_OK, "%s", err.message);
    return thing;
}

uint32_t event_called(const kith_network *network, const char *id)
{
    for (size_t i = 0; i < network->event_count; i++)
        if (strcmp(network->events[i].id, id) == 0)
            return (uint32_t)i;
    cr_assert_fail("there is no event %s", id);
    return KITH_NOTHING;
}
