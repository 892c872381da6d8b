/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cases.c: two cases of two teams. */
#include "cases.h"

#include <criterion/criterion.h>

#include "hub.h"
#include "kith/record.h"

void add_cases(void)
{
    set_origin("school", "S1", "");
    add_person("ROSE", "2008-01-01");
    add_person("CY", "2008-03-03");
    add_event("E1", "missing", "2021-05-01", "", 2);
    add_part("E1", "ROSE", "missing");
    add_part("E1", "CY", "missing");
    run_sql("INSERT INTO casework (id, restricted, opened_at, opened_by) VALUES ('K1', 1, '', ''), ('K2', 0, '', '')");
    run_sql("INSERT INTO casework_team VALUES (1, 'east'), (2, 'west')");
    run_sql("INSERT INTO casework_entity SELECT 1, row FROM entity WHERE id = 'ROSE'");
    run_sql("INSERT INTO casework_entity SELECT 2, row FROM entity WHERE id = 'CY'");
    run_sql("INSERT INTO account (name, agency, added_at, added_by, revoked_at, revoked_by) VALUES ('open', 'school', '', '', '', '')");
    run_sql("INSERT INTO account_role VALUES (1, 'practitioner')");
    run_sql("INSERT INTO team_member VALUES ('west', 1)");
}

kith_status enter_cases(kith_view *view, kith_store *store, const kith_policy *policy, kith_error *err)
{
    kith_member *member = NULL;
    const kith_audience *whom;

    cr_assert_eq(kith_audience_find(&whom, policy, "case-team", err), KITH_OK);
    kith_status status = kith_member_read(&member, store, policy, err);
    if (status == KITH_OK)
        status = kith_member_view(view, store, member, whom, err);
    kith_member_free(member);
    return status;
}

kith_status look_for_both(kith_store *store, const kith_view *view, kith_error *err)
{
    kith_kind kind;
    int64_t row;
    kith_status status = kith_record_find(&kind, &row, store, view, "ROSE", err);

    cr_assert_neq(status, KITH_OK, "what may not be seen was found");
    if (status == KITH_NOT_FOUND)
        status = kith_record_find(&kind, &row, store, view, "CY", err);
    return status;
}
