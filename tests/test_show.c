/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_show.c: nothing that was recorded is left out. */
#include "kith/show.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/import.h"
#include "kith/text.h"
#include "support.h"

static char *input;
static kith_text shown; /* "section|date|record|detail\n" a row, with "|recorded_on" where it is known */
static kith_error error;

static void set_up(void)
{
    begin_hub();
    input = make_folder();
}

static void tear_down(void)
{
    kith_text_free(&shown);
    drop_folder(input);
    end_hub();
}

TestSuite(show, .init = set_up, .fini = tear_down);

static void file(const char *name, const char *text)
{
    char *path = path_in(input, name);

    write_file(path, text, strlen(text));
    free(path);
}

static void load(void)
{
    const kith_view view = view_of("2024-06-15", 365);
    const char *paths[] = { input };
    kith_import_report report;
    kith_store *store = NULL;

    cr_assert_eq(kith_store_open(&store, hub_path(), NULL, KITH_READ_WRITE, &error), KITH_OK, "%s",
                 error.message);
    cr_assert_eq(kith_import(&report, store, &view, paths, 1, NULL, &error), KITH_OK, "%s",
                 error.message);
    kith_import_report_free(&report);
    kith_store_close(store);
}

static kith_status show(const char *id)
{
    const kith_view view = view_of("2024-06-15", 365);
    kith_store *store = open_hub();
    kith_table table;

    const kith_status status = kith_show(&table, store, &view, id, &error);
    kith_text_clear(&shown);
    for (size_t r = 0; r < kith_table_rows(&table); r++) {
        const kith_cell *cells = &table.cells[r * table.column_count];
        kith_text_format(&shown, "%s|%s|%s|%s", cells[0].text, cells[1].text, cells[2].text,
                         cells[3].text);
        kith_text_format(&shown, "%s%s\n", cells[8].text[0] != '\0' ? "|" : "", cells[8].text);
    }
    kith_table_free(&table);
    kith_store_close(store);
    return status;
}

static void expect(const char *row)
{
    cr_expect(strstr(kith_text_string(&shown), row) != NULL, "\"%s\" is not in\n%s", row,
              kith_text_string(&shown));
}

static void small_hub(void)
{
    file("persons.csv", "person_id,name,shoe\nP1,Ann,38\nP2,Bea,\n");
    file("groups.csv", "group_id,name,recorded_on\nG1,Five,2024-03\n");
    file("locations.csv", "location_id,name\nL1,Park\nP1,Two kinds\n");
    file("events.csv", "event_id,kind,occurred_at,location_id,summary,log\n"
                       "E1,incident,2024-05-01T22:00,L1,Seen,7\n");
    file("participations.csv", "event_id,person_id,role,conviction_ref,seat\n"
                               "E1,P1,victim,,front\nE1,P2,convicted,CR 1/24,\n");
    file("links.csv", "link_id,from_id,to_id,kind,valence,weight,valid_from,valid_to,"
                      "conviction_ref,notes,bus\n"
                      "K1,person:P1,P2,friend,protective,2.5,2024-01-01,2024-02,CR2,From school,9\n");
    file("contexts.csv", "subject_id,context,valence,nature,severity,observed_on,event_id,summary,w\n"
                         "person:P1,peer,risk,incident,2,2024-05-01,E1,In the park,1\n");
    file("constraints.csv", "person_id,other_id,kind,imposed_by,court_no\nP2,G1,bail,court,12\n");
    file("flags.csv", "person_id,flag,status,holder,ref\nP1,NRM,referred,police,3\n");
    file("assessments.csv", "assessment_id,person_id,tool,assessed_on,assessor_role,level,x\n"
                            "A1,P1,GAT,2024-05-02,social worker,medium,4\n");
    file("indicators.csv", "assessment_id,item,status,voice,text,x\n"
                           "A1,strong.4,present,child,Carries a phone,5\n");
    file("scales.csv", "person_id,on,rater,score,x\nP1,2024-05-02,child,0,6\n");
    file("actions.csv", "action_id,subject_id,context,goal,action,due,owner_role,"
                        "measure_of_success,status,x\n"
                        "C1,person:P1,peer,Safe way home,Walk together,2024-06-01,school,"
                        "No incident,open,8\n");
    load();
}

Test(show, every_field_of_a_record_is_shown)
{
    small_hub();
    cr_expect_eq(show("person:P1"), KITH_OK, "%s", error.message);
    expect("record||P1|name: Ann\n");
    expect("record||P1|extra: {\"shoe\":\"38\"}\n");
    expect("participations|2024-05-01T22:00|E1/P1/victim|victim in incident at L1: Seen "
           "{\"seat\":\"front\"}\n");
    expect("links|2024-01-01|K1|P1 friend P2, protective, weight 2.5, conviction CR2 (to 2024-02): "
           "From school {\"bus\":\"9\"}\n");
    expect("flags||flag:1|NRM: referred, held by police {\"ref\":\"3\"}\n");
    expect("contexts|2024-05-01|context:1|risk (incident) in peer, severity 2, in E1: In the park "
           "{\"w\":\"1\"}\n");
    expect("assessments|2024-05-02|A1|GAT, by social worker, practitioner's level medium, 1 items "
           "{\"x\":\"4\"}\n");
    expect("indicators|2024-05-02|A1/strong.4|strong.4: present, said by child: Carries a phone "
           "{\"x\":\"5\"}\n");
    expect("scales|2024-05-02|scale:1|child: 0 {\"x\":\"6\"}\n");
    expect("actions|2024-06-01|C1|Walk together, by school (open); context: peer; goal: Safe way "
           "home; measure of success: No incident {\"x\":\"8\"}\n");
}

Test(show, a_conviction_stands_with_its_reference)
{
    small_hub();
    cr_expect_eq(show("E1"), KITH_OK);
    expect("people|2024-05-01T22:00|E1/P2/convicted_perpetrator|convicted_perpetrator: P2, "
           "conviction CR 1/24\n");
    cr_expect_eq(show("P2"), KITH_OK);
    expect("convicted_perpetrator in incident at L1, conviction CR 1/24: Seen\n");
}

Test(show, a_condition_is_shown_from_both_of_its_ends)
{
    small_hub();
    cr_expect_eq(show("P2"), KITH_OK);
    expect("constraints||constraint:1|bail between P2 and G1, imposed by court {\"court_no\":\"12\"}\n");
    cr_expect_eq(show("G1"), KITH_OK);
    expect("constraints||constraint:1|bail between P2 and G1");
}

Test(show, an_id_of_two_kinds_names_both)
{
    small_hub();
    cr_expect_eq(show("P1"), KITH_NOT_FOUND);
    cr_expect_str_eq(error.message, "P1 is the id of a person and of a location; write person:P1 or "
                                    "location:P1");
    cr_expect_eq(show("location:P1"), KITH_OK);
    expect("record||P1|name: Two kinds\n");
    cr_expect_eq(show("object:P1"), KITH_NOT_FOUND);
    cr_expect_eq(show(""), KITH_NOT_FOUND);
}

Test(show, what_a_correction_replaced_is_shown)
{
    small_hub();
    file("groups.csv", "group_id,name,recorded_on\nG1,Six,2024-04-01\n");
    load();
    cr_expect_eq(show("G1"), KITH_OK);
    expect("record||G1|name: Six|2024-04-01\n");
    expect("|name was Five, is Six\n");
}
