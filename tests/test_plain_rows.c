/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_plain_rows.c: what has a quick way is read as on the long one.
 *
 * Lines are cut eight bytes at a time where many are plain; given a byte at a time they never are. Rows
 * go from their fields into their cells where the store holds them; a hub in memory takes each the long
 * way. Whatever comes, records, faults and networks are the same. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/csv.h"
#include "kith/import.h"
#include "kith/random.h"

enum { FILES = 1000, CALLS = 32 };

TestSuite(plain_rows);

/* ---- lines ---- */

/* Bytes that are given so many at a time, and what was read of them. */
typedef struct cut {
    const char *bytes;
    size_t left, at_a_time;
    kith_text seen;
} cut;

static size_t give(void *context, char *to, size_t size)
{
    cut *c = context;
    size_t count = size < c->at_a_time ? size : c->at_a_time;

    count = count < c->left ? count : c->left;
    memcpy(to, c->bytes, count);
    c->bytes += count;
    c->left -= count;
    return count;
}

static bool take(void *context, const kith_csv_record *record)
{
    cut *c = context;

    kith_text_format(&c->seen, "%zu@%llu:", record->line, (unsigned long long)record->byte);
    for (size_t i = 0; i < record->count; i++)
        kith_text_format(&c->seen, "[%s]", record->fields[i]);
    kith_text_add_char(&c->seen, '\n');
    return true;
}

static void fault(void *context, size_t line, const char *message)
{
    kith_text_format(&((cut *)context)->seen, "!%zu:%s\n", line, message);
}

static cut read_in_pieces(const kith_text *bytes, size_t at_a_time)
{
    cut c = { .bytes = kith_text_string(bytes), .left = bytes->size, .at_a_time = at_a_time };
    const kith_csv_form form = { .read = give, .context = &c };
    const kith_csv_handler handler = { &c, take, take, fault };
    kith_error err = { 0 };
    bool whole;

    cr_assert(kith_csv_read_form(&whole, NULL, &form, &handler, &err) == KITH_OK, "%s", err.message);
    kith_text_format(&c.seen, "%s", whole ? "whole" : "not whole");
    return c;
}

static uint64_t below(kith_random *random, uint64_t count)
{
    return kith_random_next(random) % count;
}

/* Mostly lines of as many fields; now and then whatever is odd. */
static void write_lines(kith_text *out, kith_random *random)
{
    static const char *const odd[] = { "\"", "\"\"", "\r", "\r\n", "\n", " ", "\t", "\xC3\xA9", "\xFF", ";", ",", "\x01",
                                       "\"a,b\"", "\"a\nb\"", "abcdefghijklmnop", "\n\n", "  \n", ",,,,", "\x7F" };
    const uint64_t lines = below(random, 40), oddness = 1 + below(random, 60), columns = 1 + below(random, 5);
    const char delimiter = below(random, 4) == 0 ? ';' : ',';

    kith_text_clear(out);
    for (uint64_t line = 0; line < lines; line++) {
        for (uint64_t column = 0; column < columns; column++) {
            if (column > 0)
                kith_text_add_char(out, delimiter);
            for (uint64_t size = below(random, 20); size > 0; size--)
                if (below(random, oddness * 8) == 0)
                    kith_text_add(out, odd[below(random, sizeof odd / sizeof odd[0])]);
                else
                    kith_text_add_char(out, (char)('a' + below(random, 26)));
        }
        if (line + 1 < lines || below(random, 2) == 0)
            kith_text_add(out, "\n");
    }
}

Test(plain_rows, lines_are_cut_alike_in_any_pieces)
{
    kith_text bytes = { 0 };
    kith_random random;

    kith_random_seed(&random, 7);
    for (int file = 0; file < FILES; file++) {
        write_lines(&bytes, &random);
        cut one = read_in_pieces(&bytes, 1), some = read_in_pieces(&bytes, 100), all = read_in_pieces(&bytes, SIZE_MAX);
        cr_assert(eq(str, one.seen.data, all.seen.data), "file %d:\n%s", file, bytes.data);
        cr_assert(eq(str, one.seen.data, some.seen.data), "file %d:\n%s", file, bytes.data);
        kith_text_free(&one.seen);
        kith_text_free(&some.seen);
        kith_text_free(&all.seen);
    }
    kith_text_free(&bytes);
}

/* ---- rows ---- */

typedef struct tables {
    kith_random random;
    uint64_t oddness; /* one value in so many is odd */
    kith_text persons, locations, events, participations, links;
} tables;

/* One of the usual values, or of the odd ones. */
static const char *pick(tables *t, const char *const *usual, size_t usual_count, const char *const *odd, size_t odd_count)
{
    return below(&t->random, t->oddness) == 0 ? odd[below(&t->random, odd_count)]
                                              : usual[below(&t->random, usual_count)];
}

#define COUNT(list) (sizeof(list) / sizeof(list)[0])
#define PICK(usual, odd) pick(t, usual, COUNT(usual), odd, COUNT(odd))

static const char *a_day(tables *t)
{
    static const char *const usual[] = { "2021-11-03", "2022-03-27", "2022-06-30", "2008-02-29", "" };
    static const char *const odd[] = { "2021-11", "2021-02-30", "2023-01-01", "2022-07", "2022-06-30T10:00", "x", "1799-01-01" };

    return PICK(usual, odd);
}

static const char *a_time(tables *t)
{
    static const char *const usual[] = { "2021-11-03T22:15", "2022-03-27T01:30", "2021-10-31T01:30", "2022-05-01T23:59",
                                         "2022-05-01", "2022-03-01T00:00:05" };
    static const char *const odd[] = { "", "2021-11", "2021-11-03T24:00", "2022-03-27T01:30Z", "2022-05-01T10:00+01:00",
                                       "2030-01-01", "2021-11-03 22:15", "2022-05-01T2:15", "2021-10-31T01:30+00:00" };

    return PICK(usual, odd);
}

static void an_origin(kith_text *out, tables *t)
{
    static const char *const sources[] = { "police", "school", "health" };
    static const char *const odd_sources[] = { "", "a source with a name that is longer than all the others are together" };
    static const char *const grades[] = { "1,A", "3,E", "," }, *const odd_grades[] = { "B,2", "1,", "4,A", "1,F", "a,b" };

    kith_text_format(out, "%s,%s\n", PICK(sources, odd_sources), PICK(grades, odd_grades));
}

static void write_people(tables *t)
{
    static const char *const names[] = { "Ada", "Ben", "", "Zo\xC3\xAB" }, *const odd[] = { "\"Ada, B\"", " Cy ", "=1" };

    kith_text_add(&t->persons, "person_id,name,dob,sex\n");
    for (uint64_t i = 0; i < 12; i++)
        kith_text_format(&t->persons, "P%02llu,%s,%s,F\n", (unsigned long long)(below(&t->random, t->oddness * 20) == 0 ? 0 : i),
                         PICK(names, odd), a_day(t));
    kith_text_add(&t->locations, "location_id,name,kind,lat,lon\n");
    kith_text_add(&t->locations, "L1,A park,park,51.5,-0.1\nL2,,home,,\nL3,Shop,takeaway,52,0\n");
}

static void write_events(tables *t)
{
    static const char *const kinds[] = { "missing", "incident", "sighting" }, *const odd_kinds[] = { "", "moot", "Missing" };
    static const char *const places[] = { "L1", "L2", "" }, *const odd_places[] = { "L9", "P01", "location:L1", " L3" };
    static const char *const numbers[] = { "", "1", "3" }, *const odd_numbers[] = { "0", "4", "01", "x", "2.0", "+1" };
    static const char *const ids[] = { "E%llu" }, *const odd_ids[] = { "E1", "", "E%llu a", "e\t%llu", "X%llu",
                                "E-an-id-that-is-longer-than-sixty-four-bytes-which-is-the-most-an-id-may-have-%llu" };

    kith_text_add(&t->events, "event_id,kind,occurred_at,ended_at,location_id,severity,source,source_grade,info_grade\n");
    for (unsigned long long i = 1; i <= 30; i++) {
        char id[128];
        snprintf(id, sizeof id, below(&t->random, t->oddness * 4) == 0 ? odd_ids[below(&t->random, COUNT(odd_ids))] : ids[0], i);
        kith_text_format(&t->events, "%s,%s,%s,%s,%s,%s,", id, PICK(kinds, odd_kinds), a_time(t),
                         below(&t->random, 3) == 0 ? a_time(t) : "", PICK(places, odd_places), PICK(numbers, odd_numbers));
        an_origin(&t->events, t);
    }
}

static const char *a_person(tables *t)
{
    static const char *const usual[] = { "P01", "P02", "P03", "P04" };
    static const char *const odd[] = { "P99", "person:P01", "", "L1", "P1" };

    return PICK(usual, odd);
}

static const char *another_person(tables *t)
{
    static const char *const usual[] = { "P05", "P06", "P07" }, *const odd[] = { "P01", "P02", "location:L1", "P05 " };

    return PICK(usual, odd);
}

static void write_parts_and_links(tables *t)
{
    static const char *const roles[] = { "victim", "present", "missing", "witness", "alleged_perpetrator" };
    static const char *const odd_roles[] = { "", "suspect", "Victim", "victim_and_suspect", "convicted_perpetrator", "juggler" };
    static const char *const proofs[] = { "" }, *const odd_proofs[] = { "C1" };
    static const char *const kinds[] = { "friend", "sibling", "exploits_alleged" };
    static const char *const odd_kinds[] = { "", "exploits", "exploits_convicted", "knows of" };
    static const char *const no_id[] = { "" }, *const odd_id[] = { "K1", "K2" };

    kith_text_add(&t->participations, "event_id,person_id,role,conviction_ref\n");
    for (int i = 0; i < 60; i++)
        kith_text_format(&t->participations, "E%d,%s,%s,%s\n", 1 + i / 2, a_person(t), PICK(roles, odd_roles),
                         PICK(proofs, odd_proofs));
    kith_text_add(&t->links, "link_id,from_id,to_id,kind,valid_from,valid_to,source,source_grade,info_grade\n");
    for (int i = 0; i < 25; i++) {
        kith_text_format(&t->links, "%s,%s,%s,%s,%s,%s,", PICK(no_id, odd_id), a_person(t), another_person(t),
                         PICK(kinds, odd_kinds), a_day(t), a_day(t));
        an_origin(&t->links, t);
    }
}

/* What a load says of the tables: its report, and whether it went well. */
static kith_store *load_tables(kith_text *said, kith_status *status, const tables *t, bool for_networks)
{
    const kith_import_text texts[] = {
        { "persons.csv", t->persons.data, t->persons.size }, { "locations.csv", t->locations.data, t->locations.size },
        { "events.csv", t->events.data, t->events.size },
        { "participations.csv", t->participations.data, t->participations.size },
        { "links.csv", t->links.data, t->links.size },
    };
    const kith_import_options how = { .texts = texts, .text_count = COUNT(texts), .now = 1656547200 /* 2022-06-30 */ };
    const kith_view view = { .user = "test", .purpose = "", .audience = "", .all_dates = true };
    kith_import_report report;
    kith_store *store;
    kith_text cell = { 0 };
    kith_error err = { 0 };

    cr_assert(kith_store_open_memory(&store, for_networks, &err) == KITH_OK, "%s", err.message);
    *status = kith_import(&report, store, &view, NULL, 0, &how, &err);
    for (size_t i = 0; i < report.table.cell_count; i++) {
        kith_table_cell(&cell, &report.table, i, false);
        kith_text_format(said, "%s%s", kith_text_string(&cell), (i + 1) % report.table.column_count == 0 ? "\n" : "|");
    }
    for (int i = 0; i < KITH_IMPORT_TABLES; i++)
        kith_text_format(said, "%llu %llu %llu\n", (unsigned long long)report.counts[i].rows,
                         (unsigned long long)report.counts[i].added, (unsigned long long)report.counts[i].same);
    kith_text_free(&cell);
    kith_import_report_free(&report);
    return store;
}

/* Everything that was read of the tables, in words. */
static void tell_network(kith_text *out, kith_store *store)
{
    const kith_view view = view_of("2022-06-30", 20000);
    kith_network n;
    kith_error err = { 0 };

    cr_assert(kith_network_build(&n, store, &view, &err) == KITH_OK, "%s", err.message);
    for (size_t i = 0; i < n.thing_count; i++)
        kith_text_format(out, "%d %s %s %lld %g %d %u\n", (int)n.things[i].kind, n.things[i].id, n.things[i].name,
                         (long long)n.things[i].born.utc, n.things[i].lat, n.things[i].home, n.things[i].origin);
    for (size_t i = 0; i < n.event_count; i++)
        kith_text_format(out, "%s %s %lld.%d %lld.%d %u %d %s%d%d\n", n.events[i].id, n.events[i].word,
                         (long long)n.events[i].at.utc, (int)n.events[i].at.precision, (long long)n.events[i].ended.utc,
                         (int)n.events[i].ended.precision, n.events[i].place, n.events[i].severity,
                         n.origins[n.events[i].origin].source, n.origins[n.events[i].origin].grade.source,
                         n.origins[n.events[i].origin].grade.info);
    for (size_t i = 0; i < n.participation_count; i++)
        kith_text_format(out, "%u %u %d %s %u\n", n.participations[i].event, n.participations[i].person,
                         (int)n.participations[i].role, n.participations[i].word, n.participations[i].origin);
    for (size_t i = 0; i < n.link_count; i++)
        kith_text_format(out, "%s %u %u %s %lld %lld %d %s\n", n.links[i].id, n.links[i].from, n.links[i].to, n.links[i].word,
                         (long long)n.links[i].valid_from.utc, (long long)n.links[i].valid_to.utc, n.links[i].convicted,
                         n.origins[n.links[i].origin].source);
    kith_network_free(&n);
}

static bool expect_alike(const tables *t, int call)
{
    kith_text quick = { 0 }, slow = { 0 };
    kith_status one, other;
    kith_store *held = load_tables(&quick, &one, t, true), *hub = load_tables(&slow, &other, t, false);
    const bool comparable = !kith_store_wants_tables(held), loaded = other == KITH_OK;

    if (comparable) {
        cr_assert(eq(int, one, other), "call %d: %s", call, slow.data);
        cr_assert(eq(str, quick.data, slow.data), "call %d", call);
    }
    if (comparable && loaded) {
        tell_network(&quick, held);
        tell_network(&slow, hub);
        cr_assert(eq(str, quick.data, slow.data), "call %d", call);
    }
    kith_text_free(&quick);
    kith_text_free(&slow);
    kith_store_close(held);
    kith_store_close(hub);
    return comparable && loaded;
}

Test(plain_rows, rows_are_told_alike_on_either_way)
{
    int loaded = 0;

    for (int call = 0; call < CALLS; call++) {
        tables t = { 0 };
        kith_random_seed(&t.random, (uint64_t)call);
        t.oddness = (uint64_t[]){ 4, 40, 4000, 1000000 }[call % 4];
        write_people(&t);
        write_events(&t);
        write_parts_and_links(&t);
        loaded += expect_alike(&t, call);
        kith_text_free(&t.persons);
        kith_text_free(&t.locations);
        kith_text_free(&t.events);
        kith_text_free(&t.participations);
        kith_text_free(&t.links);
    }
    cr_expect(ge(int, loaded, CALLS / 8), "only %d", loaded);
}
