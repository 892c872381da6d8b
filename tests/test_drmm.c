/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The daily pack: which hours it covers (the clocks of London change on the last Sundays of March and
 * October: legislation.gov.uk, Summer Time Order 2002), who is on it, and what stands on a page. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/actions.h"
#include "kith/date.h"
#include "kith/drmm.h"

static kith_error err;

TestSuite(drmm, .init = begin_hub, .fini = end_hub);

static kith_event_record event_at(const char *at, const char *ended, const char *kind)
{
    kith_event_record event = { .meaning = kith_word_meaning(KITH_EVENT_WORD, kind) };

    cr_assert(kith_time_read(&event.at, at), "%s", at);
    cr_assert(kith_time_read(&event.ended, ended), "%s", ended);
    return event;
}

static kith_within within(const char *at, const char *ended, const char *kind, int32_t first, int32_t last)
{
    const kith_period period = kith_period_of(first, last, NULL);
    const kith_event_record event = event_at(at, ended, kind);

    return kith_event_within(&event, &period);
}

Test(drmm, a_day_is_24_hours_and_23_or_25_when_the_clocks_change)
{
    const struct {
        int32_t day;
        int hours;
    } days[] = { { kith_day(2022, 6, 29), 24 }, { kith_day(2022, 3, 27), 23 },
                 { kith_day(2022, 10, 30), 25 }, { kith_day(2022, 3, 26), 24 } };

    for (size_t i = 0; i < 4; i++) {
        const kith_period period = kith_period_of(days[i].day, days[i].day, NULL);
        cr_expect(eq(i64, period.to - period.from, days[i].hours * 3600), "%zu", i);
    }
}

Test(drmm, a_minute_before_midnight_is_in_and_a_minute_after_is_not)
{
    static const int32_t days[] = { 19172 /* 2022-06-29 */, 19078 /* 2022-03-27 */, 19295 /* 2022-10-30 */ };

    for (size_t i = 0; i < 3; i++) {
        char day[KITH_TIME_SIZE], before[KITH_TIME_SIZE], after[KITH_TIME_SIZE], at[64];
        kith_day_write(day, days[i]);
        kith_day_write(before, days[i] - 1);
        kith_day_write(after, days[i] + 1);
        static const struct {
            int which;
            const char *time;
            kith_within is;
        } cases[] = { { -1, "23:59", KITH_WITHIN_NOT }, { 0, "00:00", KITH_WITHIN }, { 0, "00:01", KITH_WITHIN },
                      { 0, "01:30", KITH_WITHIN },      { 0, "23:59", KITH_WITHIN }, { 1, "00:00", KITH_WITHIN_NOT },
                      { 1, "00:01", KITH_WITHIN_NOT } };
        for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
            snprintf(at, sizeof at, "%sT%s", cases[c].which < 0 ? before : cases[c].which > 0 ? after : day, cases[c].time);
            cr_expect(eq(int, within(at, "", "incident", days[i], days[i]), cases[c].is), "%s", at);
        }
    }
    cr_expect(eq(int, within("2022-10-30T01:30+00:00", "", "incident", 19295, 19295), KITH_WITHIN), "the second 01:30");
    cr_expect(eq(int, within("2022-06-28T23:30Z", "", "incident", 19172, 19172), KITH_WITHIN), "00:30 in London");
}

Test(drmm, what_is_known_by_day_or_month_is_in_by_its_date_or_not_at_all)
{
    const int32_t day = kith_day(2022, 6, 30);

    cr_expect(eq(int, within("2022-06-30", "", "incident", day, day), KITH_WITHIN));
    cr_expect(eq(int, within("2022-06-29", "", "incident", day, day), KITH_WITHIN_NOT));
    cr_expect(eq(int, within("2022-06", "", "incident", day, day), KITH_WITHIN_MONTH));
    cr_expect(eq(int, within("2022-05", "", "incident", day, day), KITH_WITHIN_NOT));
    cr_expect(eq(int, within("", "", "incident", day, day), KITH_WITHIN_NOT));
}

Test(drmm, a_missing_episode_counts_until_its_end)
{
    const int32_t day = kith_day(2022, 6, 29);

    cr_expect(eq(int, within("2022-06-28T22:30", "2022-06-29T06:40", "missing", day, day), KITH_WITHIN_ENDED));
    cr_expect(eq(int, within("2022-06-28T22:30", "2022-06-28T23:40", "missing", day, day), KITH_WITHIN_NOT));
    cr_expect(eq(int, within("2022-06-28T22:30", "2022-06-30T00:10", "missing", day, day), KITH_WITHIN_NOT));
    cr_expect(eq(int, within("2022-06-28T22:30", "", "missing", day, day), KITH_WITHIN_NO_RETURN));
    cr_expect(eq(int, within("2022-05-01T22:30", "", "missing", day, day), KITH_WITHIN_NOT));
    cr_expect(eq(int, within("2022-06-28T22:30", "", "incident", day, day), KITH_WITHIN_NOT));
}

/* P1 victim and P2 witness on the 29th in the afternoon; P3 missing since the 28th; P4 adult; P5 only
 * reported; P6 in a positive activity; P1 and P2 are in G1. */
static void make_town(void)
{
    static const char *const ids[] = { "P1", "P2", "P3", "P5", "P6" };

    for (size_t i = 0; i < 5; i++)
        add_person(ids[i], "2008-01-01");
    add_person("P4", "1990-01-01");
    add_group("G1", "peer_group");
    add_place("L1", "park");
    set_origin("police", "R1", "1A");
    add_event("E1", "incident", "2022-06-29T15:00", "L1", 2);
    add_part("E1", "P1", "victim");
    add_part("E1", "P2", "witness");
    add_part("E1", "P4", "alleged_perpetrator");
    add_part("E1", "P5", "reporter");
    set_origin("missing_team", "R2", "");
    add_event("E2", "missing", "2022-06-28T22:00", "", 1);
    add_part("E2", "P3", "missing");
    add_event("E3", "missing", "2022-06-10T22:00", "", 1);
    add_part("E3", "P3", "missing");
    run_sql("UPDATE event SET ended_at = '2022-06-11T08:00' WHERE id = 'E3'");
    add_event("E4", "youth_work", "2022-06-29T18:00", "", 0);
    add_part("E4", "P6", "present");
    set_origin("police", "R5", "1E");
    add_event("E5", "incident", "2022-06-29T16:00", "L1", 2);
    add_part("E5", "P6", "victim");
    set_origin("", "", "");
    add_link("P1", "G1", "member_of", 0, "", "");
    add_link("P2", "G1", "member_of", 0, "", "");
    add_link("P4", "P6", "trusted_adult", 0, "", "");
    run_sql("UPDATE person SET name = 'Name ' || (SELECT id FROM entity WHERE row = person.entity);"
            "UPDATE person SET name = 'Tamsin Quill' WHERE entity = (SELECT row FROM entity WHERE id = 'P1');"
            "UPDATE event SET summary = 'Tamsin was hurt by Quill''s shop' WHERE id = 'E1'");
}

static kith_drmm drmm_of(const char *const *ids, size_t count, bool only, kith_names names)
{
    kith_store *store = open_hub();
    kith_network network = network_of(view_of("2022-06-30", 28));
    kith_drmm drmm;
    const kith_drmm_options options = { .date = kith_day(2022, 6, 30), .first = kith_day(2022, 6, 29),
                                        .ids = ids, .id_count = count, .only = only, .names = names,
                                        .seed = 1 };

    cr_assert(eq(int, kith_drmm_make(&drmm, store, &network, &options, &err), KITH_OK), "%s", err.message);
    kith_network_free(&network);
    kith_store_close(store);
    return drmm;
}

static const char *cell(const kith_table *table, size_t row, size_t column)
{
    return table->cells[row * table->column_count + column].text;
}

Test(drmm, children_in_events_of_harm_have_a_page_by_time_and_a_group_before_its_members)
{
    make_town();
    kith_drmm drmm = drmm_of(NULL, 0, false, KITH_NAMES_FULL);

    cr_assert(eq(sz, drmm.count, 4));
    cr_expect(eq(str, drmm.pages[0].heading, "Name P3, child, 14"));
    cr_expect(ne(ptr, strstr(cell(&drmm.agenda, 0, 3), "NO RETURN RECORDED"), NULL));
    cr_expect(eq(str, drmm.pages[1].heading, "Name of G1, peer group"));
    cr_expect(eq(str, drmm.pages[2].heading, "Tamsin Quill, child, 14"));
    cr_expect(eq(str, drmm.pages[3].heading, "Name P2, child, 14"));
    cr_expect(eq(str, (char *)cell(&drmm.pages[2].recent, 0, 2), "victim"));
    cr_expect(eq(str, (char *)cell(&drmm.pages[3].recent, 0, 2), "witness"));
    cr_assert(eq(sz, kith_table_rows(&drmm.others), 1), "the activity, and not what is graded E");
    cr_expect(drmm.first_load, "all was loaded at once");
    cr_expect(eq(str, (char *)cell(&drmm.rights, 0, 0), "missing_team"));
    cr_expect(eq(str, (char *)cell(&drmm.rights, 0, 1), "not said"));
    kith_drmm_free(&drmm);
}

Test(drmm, the_chair_decides_the_order)
{
    static const char *const ids[] = { "P6", "P2" };

    make_town();
    kith_drmm drmm = drmm_of(ids, 2, false, KITH_NAMES_FULL);
    cr_assert(eq(sz, drmm.count, 5));
    cr_expect(eq(str, drmm.pages[0].heading, "Name P6, child, 14"));
    cr_expect(eq(str, drmm.pages[1].heading, "Name P2, child, 14"));
    cr_expect(eq(str, (char *)cell(&drmm.pages[0].strengths, 0, 0), "Name P4 trusted adult of Name P6"));
    kith_drmm_free(&drmm);
    drmm = drmm_of(ids, 2, true, KITH_NAMES_FULL);
    cr_expect(eq(sz, drmm.count, 2));
    kith_drmm_free(&drmm);
}

static bool says(const kith_drmm *drmm, const char *word)
{
    bool found = false;

    for (size_t i = 0; i < drmm->count; i++) {
        const kith_dossier *d = &drmm->pages[i];
        const kith_table *const tables[] = { &d->recent, &d->news, &d->conditions, &d->strengths,
                                             &d->places, &d->plan, &d->decisions, &drmm->agenda };
        found = found || strstr(d->heading, word) != NULL || strstr(d->beyond, word) != NULL;
        for (size_t t = 0; t < 8; t++)
            for (size_t c = 0; c < tables[t]->cell_count; c++)
                found = found || (!tables[t]->cells[c].missing && strstr(tables[t]->cells[c].text, word) != NULL);
        for (size_t n = 0; n < d->scene.node_count; n++)
            found = found || strstr(d->scene.nodes[n].label, word) != NULL;
    }
    return found;
}

Test(drmm, a_name_that_is_not_shown_is_in_no_sentence)
{
    static const kith_names profiles[] = { KITH_NAMES_INITIALS, KITH_NAMES_PSEUDONYM, KITH_NAMES_NONE };

    make_town();
    for (size_t i = 0; i < 3; i++) {
        kith_drmm drmm = drmm_of(NULL, 0, false, profiles[i]);
        cr_expect(not(says(&drmm, "Tamsin")), "%zu", i);
        cr_expect(not(says(&drmm, "Quill")), "%zu", i);
        cr_expect(says(&drmm, "was hurt by"), "what happened is told all the same");
        kith_drmm_free(&drmm);
    }
    kith_drmm full = drmm_of(NULL, 0, false, KITH_NAMES_FULL);
    cr_expect(says(&full, "Tamsin was hurt by Quill's shop"));
    kith_drmm_free(&full);
}

/* A later load brings an event of the week before, a flag and an action. */
Test(drmm, what_the_hub_heard_of_since_is_told_apart)
{
    make_town();
    run_sql("UPDATE batch SET loaded_at = '2022-06-20T06:00:00Z', records = 9;"
            "INSERT INTO batch (row, loaded_at, user, purpose, files, records) VALUES"
            " (90, '2022-06-30T06:00:00Z', 'u', '', 'f', 3);"
            "INSERT INTO flag (person, flag, status, valid_from, valid_to, holder, extra, digest, nth, origin, batch)"
            " SELECT row, 'CIN', '', '', '', '', '', zeroblob(16), 1, origin, 90 FROM entity WHERE id = 'P1'");
    add_event("E9", "assault", "2022-06-25T15:00", "L1", 2);
    add_part("E9", "P5", "victim");
    run_sql("UPDATE event SET batch = 90 WHERE id = 'E9'");
    kith_drmm drmm = drmm_of(NULL, 0, false, KITH_NAMES_FULL);
    cr_expect(not(drmm.first_load));
    cr_assert(eq(sz, kith_table_rows(&drmm.late), 1));
    cr_expect(eq(str, (char *)cell(&drmm.late, 0, 1), "assault"));
    cr_expect(eq(str, (char *)cell(&drmm.late, 0, 4), "2022-06-30"));
    cr_assert(eq(sz, kith_table_rows(&drmm.pages[2].news), 1));
    cr_expect(eq(str, (char *)cell(&drmm.pages[2].news, 0, 0), "flag: CIN"));
    kith_drmm_free(&drmm);
}

Test(drmm, decisions_actions_and_conditions_stand_on_the_page)
{
    make_town();
    run_sql("INSERT INTO minute (subject, meeting, decided_on, kind, text, user, purpose, recorded_at, undone_at, undone_by)"
            " SELECT row, 'drmm', '2022-06-28', 'adopted', 'with a detective', 'u', '', '2022-06-28T09:00:00Z', '', ''"
            " FROM entity WHERE id IN ('P1', 'P6');"
            "INSERT INTO action (id, subject, context, goal, action, due, owner_role, measure_of_success, status, extra, origin, batch)"
            " SELECT 'A-' || id, row, '', '', 'Ring ' || id, '2022-06-27', 'worker', '', 'open', '', origin, batch FROM entity"
            " WHERE id IN ('P1', 'G1', 'L1');"
            "INSERT INTO restriction (person, other, kind, imposed_by, valid_from, valid_to, extra, digest, nth, origin, batch)"
            " SELECT p.row, q.row, 'no_contact', 'court', '2022-01-01', '2022-06-30', '', zeroblob(16), 1, p.origin, p.batch"
            " FROM entity AS p, entity AS q WHERE p.id = 'P4' AND q.id = 'P1';"
            "INSERT INTO restriction (person, other, kind, imposed_by, valid_from, valid_to, extra, digest, nth, origin, batch)"
            " SELECT row, NULL, 'bail', 'police', '', '2022-06-29', '', zeroblob(16), 2, origin, batch"
            " FROM entity WHERE id = 'P1'");
    kith_drmm drmm = drmm_of(NULL, 0, false, KITH_NAMES_FULL);
    const kith_dossier *page = &drmm.pages[2];
    cr_expect(eq(str, page->standing, "Adopted by the hub since 2022-06-28"));
    cr_assert(eq(sz, kith_table_rows(&page->plan), 2), "the child's own and the group's");
    cr_expect(eq(str, (char *)cell(&page->plan, 0, 0), "Name of G1: Ring G1"));
    cr_expect(eq(str, (char *)cell(&page->plan, 1, 1), "2022-06-27, overdue by 3 days"));
    cr_assert(eq(sz, kith_table_rows(&page->conditions), 1), "one has ended");
    cr_expect(eq(str, (char *)cell(&page->conditions, 0, 0), "Name P4: no contact with Tamsin Quill"));
    cr_expect(eq(str, (char *)cell(&page->decisions, 0, 1), "Adopted by the hub. with a detective"));
    cr_assert(eq(sz, kith_table_rows(&drmm.due), 1), "the park's action stands on no page");
    cr_assert(eq(sz, kith_table_rows(&drmm.adopted), 1));
    cr_expect(eq(str, (char *)cell(&drmm.adopted, 0, 0), "Name P6, child, 14"));
    kith_drmm_free(&drmm);
}

/* A part in an event is the person's alone; a link is both ends'; what is of others stands on no page of theirs. */
Test(drmm, what_is_contested_stands_on_the_pages_that_it_concerns)
{
    make_town();
    add_contest("event, subject", "(SELECT row FROM event WHERE id = 'E1'), (SELECT row FROM entity WHERE id = 'P1')",
                "", "2022-06-29", "open", "");
    add_contest("link", "1", "", "2022-06-28", "rejected", "2022-06-29");
    kith_drmm drmm = drmm_of(NULL, 0, false, KITH_NAMES_FULL);
    const kith_table *corrected = &drmm.pages[2].corrected;
    cr_assert(eq(sz, kith_table_rows(corrected), 2), "the part and the link of Tamsin Quill");
    cr_expect(eq(str, (char *)cell(corrected, 0, 0), "part in incident: contested by parent; open"));
    cr_expect(eq(str, (char *)cell(corrected, 0, 1), "2022-06-29"));
    cr_expect(eq(str, (char *)cell(corrected, 0, 2), "nobody had been given it"));
    cr_expect(eq(str, (char *)cell(corrected, 1, 0),
                 "link, member_of, with Name of G1: contested by parent; rejected"));
    cr_expect(eq(sz, kith_table_rows(&drmm.pages[1].corrected), 1), "the group's link");
    cr_expect(eq(sz, kith_table_rows(&drmm.pages[0].corrected), 0));
    cr_expect(eq(sz, kith_table_rows(&drmm.pages[3].corrected), 0));
    kith_drmm_free(&drmm);
}

Test(drmm, an_empty_hub_gives_an_empty_pack)
{
    kith_drmm drmm = drmm_of(NULL, 0, false, KITH_NAMES_INITIALS);
    cr_expect(eq(sz, drmm.count, 0));
    cr_expect(eq(sz, kith_table_rows(&drmm.agenda), 0));
    kith_drmm_free(&drmm);
}
