/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_association.c: links behind which nothing but a link stands. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "hub.h"
#include "kith/association.h"
#include "kith/show.h"

static kith_error err;

static void write_people(void)
{
    begin_hub();
    add_person("A", "1980-01-01");
    add_person("B", "1985-01-01");
    add_person("C", "2008-01-01");
    add_group("OCG", "organised crime group");
    add_group("CLUB", "organisation");
    set_origin("police", "R1", "2C");
}

TestSuite(association, .init = write_people, .fini = end_hub);

/* How many of a person's links are by association only. */
static size_t alone(const char *id)
{
    kith_network network = network_of(view_of("2022-06-30", 365));
    kith_store *store = open_hub();
    kith_associations found;

    cr_assert(kith_associations_read(&found, store, &network.view,
                                     network.things[thing_called(&network, id)].row.row,
                                     &err) == KITH_OK, "%s", err.message);
    const size_t count = found.count;
    for (size_t i = 0; i < count; i++)
        cr_expect(kith_association_has(&found, found.links[i]));
    cr_expect(not(kith_association_names(&found, "link:999")));
    kith_associations_free(&found);
    kith_store_close(store);
    kith_network_free(&network);
    return count;
}

Test(association, an_allegation_without_an_event_is_alone)
{
    add_link("A", "C", "exploits_alleged", 0, "2022-01-01", "");
    cr_expect(eq(sz, alone("A"), 1));
    cr_expect(eq(sz, alone("C"), 1), "from the other end too");
}

Test(association, an_event_stands_behind_an_allegation)
{
    add_link("A", "C", "exploits_alleged", 0, "2022-01-01", "");
    add_event("E1", "incident", "2020-05-01", "", 0);
    add_part("E1", "A", "alleged_perpetrator");
    cr_expect(eq(sz, alone("A"), 0), "also one before the window");
}

Test(association, what_is_suspected_to_be_false_or_to_come_stands_behind_nothing)
{
    add_link("A", "C", "exploits_alleged", 0, "2022-01-01", "");
    add_event("E1", "incident", "2022-07-01", "", 0);
    add_part("E1", "A", "alleged_perpetrator");
    set_origin("police", "R2", "3E");
    add_event("E2", "incident", "2022-05-01", "", 0);
    add_part("E2", "A", "alleged_perpetrator");
    add_event("E3", "incident", "2022-05-01", "", 0);
    add_part("E3", "A", "present");
    cr_expect(eq(sz, alone("A"), 1));
}

Test(association, the_exploited_end_may_stand_first)
{
    add_link("C", "A", "exploited_by_alleged", 0, "2022-01-01", "");
    add_event("E1", "incident", "2022-05-01", "", 0);
    add_part("E1", "C", "alleged_perpetrator");
    cr_expect(eq(sz, alone("C"), 1), "it is A of whom nothing is recorded");
    add_part("E1", "A", "alleged_perpetrator");
    cr_expect(eq(sz, alone("C"), 0));
}

Test(association, a_member_who_did_nothing_with_another_is_alone)
{
    add_link("A", "OCG", "member_of", 0, "2022-01-01", "");
    add_link("B", "OCG", "member_of", 0, "2022-01-01", "");
    add_link("A", "B", "friend", 0, "2022-01-01", "");
    add_event("E1", "incident", "2022-05-01", "", 0);
    add_part("E1", "A", "alleged_perpetrator");
    add_part("E1", "C", "victim");
    cr_expect(eq(sz, alone("A"), 1));
    add_part("E1", "B", "witness");
    cr_expect(eq(sz, alone("A"), 1), "a witness takes no part");
    add_part("E1", "B", "present");
    cr_expect(eq(sz, alone("A"), 0));
    cr_expect(eq(sz, alone("OCG"), 0));
}

Test(association, a_club_needs_no_event)
{
    add_link("A", "CLUB", "member_of", 0, "2022-01-01", "");
    add_link("A", "C", "friend", 0, "2022-01-01", "");
    cr_expect(eq(sz, alone("A"), 0));
}

Test(association, a_record_confirmed_to_be_the_same_person_counts)
{
    add_person("A2", "1980-01-01");
    add_link("A", "C", "exploits_alleged", 0, "2022-01-01", "");
    add_event("E1", "incident", "2022-05-01", "", 0);
    add_part("E1", "A2", "alleged_perpetrator");
    cr_expect(eq(sz, alone("A"), 1));
    run_sql("INSERT INTO sameness (entity, leader) SELECT row, (SELECT row FROM entity WHERE id = 'A') "
            "FROM entity WHERE id IN ('A', 'A2')");
    cr_expect(eq(sz, alone("A"), 0));
}

Test(association, it_is_said_where_the_link_is_shown)
{
    kith_table table;
    const kith_view view = view_of("2022-06-30", 365);
    int marked = 0;

    add_link("A", "C", "exploits_alleged", 0, "2022-01-01", "");
    add_link("A", "B", "friend", 0, "2022-01-01", "");
    kith_store *store = open_hub();
    cr_assert(kith_show(&table, store, &view, "A", &err) == KITH_OK);
    for (size_t i = 0; i < table.cell_count; i++)
        marked += table.cells[i].text != NULL &&
                  strstr(table.cells[i].text, "[association only: no event says so]") != NULL;
    cr_expect(eq(int, marked, 1));
    kith_table_free(&table);
    kith_store_close(store);
}
