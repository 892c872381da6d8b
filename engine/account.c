/* SPDX-License-Identifier: GPL-3.0-or-later */
/* account.c: users, teams, cases and the policy, as the hub keeps them.
 *
 * Each call looks up first what it is given, then writes: what is not there is refused before
 * anything is changed. */
#include <string.h>

#include "access_private.h"
#include "kith/date.h"
#include "kith/record.h"

/* What decides who may read is read whole, whoever asks: kith_member_may has let them. */
static const kith_view everything = { .user = "", .purpose = "", .audience = "", .all_dates = true };

kith_status access_count(int64_t *accounts, int64_t *stewards, kith_store *store, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, &everything, KITH_QUERY_ACCOUNT_COUNT, err);

    *accounts = *stewards = 0;
    if (status != KITH_OK)
        return status;
    if (kith_rows_next(rows)) {
        *accounts = kith_rows_integer(rows, 0);
        *stewards = kith_rows_integer(rows, 1);
    }
    return kith_rows_end(rows, err);
}

/* 1 to 64 bytes without control characters, as a key's user has it. */
static kith_status check_name(const char *what, const char *name, kith_error *err)
{
    bool sound = name[0] != '\0' && strlen(name) <= 64 && kith_utf8_valid(name, strlen(name));

    for (const char *c = name; *c != '\0'; c++)
        sound = sound && (unsigned char)*c >= 0x20 && *c != 0x7F;
    return sound ? KITH_OK
                 : kith_fail(err, KITH_USAGE, "the name of the %s is empty, longer than 64 bytes or not plain "
                                              "text; give another", what);
}

static kith_status check_roles(const kith_policy *policy, const char *const *roles, kith_error *err)
{
    const kith_duty *duty;
    kith_status status = KITH_OK;

    if (roles[0] == NULL)
        return kith_fail(err, KITH_USAGE, "no role is given; `kith policy --roles` lists them");
    for (; status == KITH_OK && *roles != NULL; roles++)
        status = kith_duty_find(&duty, policy, *roles, err);
    return status;
}

/* The row of a name's account; 0 for none. */
static kith_status find_account(int64_t *row, kith_store *store, const char *name, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read_all(&rows, store, &everything, KITH_QUERY_ACCOUNT_FIND, err);

    *row = 0;
    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "name", name);
    if (kith_rows_next(rows))
        *row = kith_rows_integer(rows, 0);
    return kith_rows_end(rows, err);
}

static kith_status known_account(int64_t *row, kith_store *store, const char *name, kith_error *err)
{
    const kith_status status = find_account(row, store, name, err);

    if (status == KITH_OK && *row == 0)
        return kith_fail(err, KITH_NOT_FOUND, "%.64s has no account; `kith user` lists them", name);
    return status;
}

/* Runs a statement of up to two texts and a row, in that order or the other. */
static kith_status run_row_text(kith_store *store, kith_query query, int64_t row, const char *text, kith_error *err)
{
    kith_change *change;
    kith_status status = kith_store_change(&change, store, query, err);

    if (status != KITH_OK)
        return status;
    kith_change_integer(change, 1, row);
    if (text != NULL)
        kith_change_text(change, 2, text);
    return kith_change_run(change, NULL, err);
}

static kith_status run_text_row(kith_store *store, kith_query query, const char *text, int64_t row, kith_error *err)
{
    kith_change *change;
    kith_status status = kith_store_change(&change, store, query, err);

    if (status != KITH_OK)
        return status;
    kith_change_text(change, 1, text);
    kith_change_integer(change, 2, row);
    return kith_change_run(change, NULL, err);
}

static kith_status give_roles(kith_store *store, int64_t account, const char *const *roles, kith_error *err)
{
    kith_status status = run_row_text(store, KITH_QUERY_ACCOUNT_ROLE_CLEAR, account, NULL, err);

    for (; status == KITH_OK && *roles != NULL; roles++)
        status = run_row_text(store, KITH_QUERY_ACCOUNT_ROLE_ADD, account, *roles, err);
    return status;
}

static kith_status add_account(kith_store *store, const kith_view *view, const char *name,
                               const char *const *roles, const char *agency, int64_t now, kith_error *err)
{
    char at[KITH_TIME_SIZE];
    kith_change *change;
    kith_status status = kith_store_change(&change, store, KITH_QUERY_ACCOUNT_ADD, err);

    if (status != KITH_OK)
        return status;
    kith_moment_write(at, now);
    kith_change_text(change, 1, name);
    kith_change_text(change, 2, agency);
    kith_change_text(change, 3, at);
    kith_change_text(change, 4, view->user);
    status = kith_change_run(change, NULL, err);
    return status == KITH_OK ? give_roles(store, kith_store_last_row(store), roles, err) : status;
}

/* Ends the change: keeps it when all went well. */
static kith_status end_change(kith_store *store, kith_status status, kith_error *err)
{
    if (status == KITH_OK)
        return kith_store_commit(store, err);
    kith_store_rollback(store);
    return status;
}

/* A hub that nobody may keep could not be repaired. */
static kith_status check_steward(kith_store *store, kith_error *err)
{
    kith_rows *rows;
    int64_t stewards = 0;
    kith_status status = kith_store_read_all(&rows, store, &everything, KITH_QUERY_ACCOUNT_COUNT, err);

    if (status != KITH_OK)
        return status;
    if (kith_rows_next(rows))
        stewards = kith_rows_integer(rows, 1);
    status = kith_rows_end(rows, err);
    if (status == KITH_OK && stewards == 0)
        return kith_fail(err, KITH_POLICY, "no steward would be left; make another user steward first");
    return status;
}

static kith_status write_account(kith_store *store, const kith_view *view, const char *name,
                                 const char *const *roles, const char *agency, int64_t now, kith_error *err)
{
    static const char *const owner[] = { "steward", "analyst", NULL };
    int64_t row, accounts, stewards;
    kith_status status = find_account(&row, store, name, err);

    if (status == KITH_OK && row != 0)
        return kith_fail(err, KITH_POLICY, "%.64s has an account; `kith user role` changes its roles", name);
    if (status == KITH_OK)
        status = access_count(&accounts, &stewards, store, err);
    if (status == KITH_OK && accounts == 0 && strcmp(name, view->user) != 0)
        status = add_account(store, view, view->user, owner, "", now, err);
    if (status == KITH_OK)
        status = add_account(store, view, name, roles, agency, now, err);
    return status == KITH_OK ? check_steward(store, err) : status;
}

kith_status kith_account_add(kith_store *store, const kith_view *view, const kith_policy *policy,
                             const char *name, const char *const *roles, const char *agency,
                             int64_t now, kith_error *err)
{
    kith_status status = check_name("user", name, err);

    if (status == KITH_OK)
        status = check_roles(policy, roles, err);
    if (status == KITH_OK)
        status = kith_store_begin(store, err);
    return status == KITH_OK
               ? end_change(store, write_account(store, view, name, roles, agency, now, err), err)
               : status;
}

static kith_status rewrite_account(kith_store *store, const char *name, const char *const *roles,
                                   const char *agency, kith_error *err)
{
    int64_t row;
    kith_status status = known_account(&row, store, name, err);

    if (status == KITH_OK)
        status = give_roles(store, row, roles, err);
    if (status == KITH_OK && agency != NULL)
        status = run_text_row(store, KITH_QUERY_ACCOUNT_AGENCY, agency, row, err);
    return status == KITH_OK ? check_steward(store, err) : status;
}

kith_status kith_account_change(kith_store *store, const kith_view *view, const kith_policy *policy,
                                const char *name, const char *const *roles, const char *agency,
                                kith_error *err)
{
    (void)view;
    kith_status status = check_roles(policy, roles, err);

    if (status == KITH_OK)
        status = kith_store_begin(store, err);
    return status == KITH_OK ? end_change(store, rewrite_account(store, name, roles, agency, err), err) : status;
}

static kith_status revoke(kith_store *store, const kith_view *view, const char *name, int64_t now, kith_error *err)
{
    char at[KITH_TIME_SIZE];
    kith_change *change;
    int64_t row, changed = 0;
    kith_status status = known_account(&row, store, name, err);

    if (status == KITH_OK)
        status = kith_store_change(&change, store, KITH_QUERY_ACCOUNT_REVOKE, err);
    if (status != KITH_OK)
        return status;
    kith_moment_write(at, now);
    kith_change_text(change, 1, at);
    kith_change_text(change, 2, view->user);
    kith_change_integer(change, 3, row);
    status = kith_change_run(change, &changed, err);
    if (status == KITH_OK && changed == 0)
        return kith_fail(err, KITH_NOT_FOUND, "the account of %.64s is revoked already", name);
    return status == KITH_OK ? check_steward(store, err) : status;
}

kith_status kith_account_revoke(kith_store *store, const kith_view *view, const char *name,
                                int64_t now, kith_error *err)
{
    const kith_status status = kith_store_begin(store, err);

    return status == KITH_OK ? end_change(store, revoke(store, view, name, now, err), err) : status;
}

kith_status kith_team_set(kith_store *store, const kith_view *view, const char *team,
                          const char *const *names, bool in, kith_error *err)
{
    int64_t row;

    (void)view;
    kith_status status = check_name("team", team, err);
    if (status == KITH_OK)
        status = kith_store_begin(store, err);
    if (status != KITH_OK)
        return status;
    for (; status == KITH_OK && *names != NULL; names++) {
        status = known_account(&row, store, *names, err);
        if (status == KITH_OK)
            status = run_text_row(store, in ? KITH_QUERY_TEAM_JOIN : KITH_QUERY_TEAM_LEAVE, team, row, err);
    }
    return end_change(store, status, err);
}

static kith_status find_case(int64_t *row, kith_store *store, const char *id, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read_all(&rows, store, &everything, KITH_QUERY_CASEWORK_FIND, err);

    *row = 0;
    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "id", id);
    if (kith_rows_next(rows))
        *row = kith_rows_integer(rows, 0);
    return kith_rows_end(rows, err);
}

static kith_status open_case(int64_t *row, kith_store *store, const kith_view *view,
                             const kith_case_change *c, int64_t now, kith_error *err)
{
    char at[KITH_TIME_SIZE];
    kith_change *change;
    kith_status status = find_case(row, store, c->id, err);

    if (status != KITH_OK || *row != 0)
        return status;
    if (c->drop)
        return kith_fail(err, KITH_NOT_FOUND, "there is no case %.64s; `kith user cases` lists them", c->id);
    status = kith_store_change(&change, store, KITH_QUERY_CASEWORK_ADD, err);
    if (status != KITH_OK)
        return status;
    kith_moment_write(at, now);
    kith_change_text(change, 1, c->id);
    kith_change_text(change, 2, at);
    kith_change_text(change, 3, view->user);
    status = kith_change_run(change, NULL, err);
    *row = kith_store_last_row(store);
    return status;
}

static kith_status write_case(kith_store *store, const kith_view *view, const kith_case_change *c,
                              int64_t now, kith_error *err)
{
    const kith_query member = c->drop ? KITH_QUERY_CASEWORK_ENTITY_DROP : KITH_QUERY_CASEWORK_ENTITY_ADD;
    int64_t row, entity;
    kith_kind kind;
    kith_change *change;
    kith_status status = open_case(&row, store, view, c, now, err);

    if (status == KITH_OK && (c->restrict_it || c->open_it))
        status = kith_store_change(&change, store, KITH_QUERY_CASEWORK_RESTRICT, err);
    if (status == KITH_OK && (c->restrict_it || c->open_it)) {
        kith_change_integer(change, 1, c->restrict_it);
        kith_change_integer(change, 2, row);
        status = kith_change_run(change, NULL, err);
    }
    if (status == KITH_OK && c->team != NULL)
        status = run_row_text(store, c->drop ? KITH_QUERY_CASEWORK_TEAM_DROP : KITH_QUERY_CASEWORK_TEAM_ADD,
                              row, c->team, err);
    for (const char *const *id = c->members; status == KITH_OK && *id != NULL; id++) {
        status = kith_record_find(&kind, &entity, store, view, *id, err);
        if (status == KITH_OK)
            status = kith_store_change(&change, store, member, err);
        if (status == KITH_OK) {
            kith_change_integer(change, 1, row);
            kith_change_integer(change, 2, entity);
            status = kith_change_run(change, NULL, err);
        }
    }
    return status;
}

kith_status kith_case_set(kith_store *store, const kith_view *view, const kith_case_change *change,
                          int64_t now, kith_error *err)
{
    kith_status status = check_name("case", change->id, err);

    if (status == KITH_OK && change->team != NULL)
        status = check_name("team", change->team, err);
    if (status == KITH_OK)
        status = kith_store_begin(store, err);
    return status == KITH_OK ? end_change(store, write_case(store, view, change, now, err), err) : status;
}

/* Prints a statement whose columns are texts. */
static kith_status fill(kith_table *table, kith_store *store, const kith_view *view, kith_query query,
                        const char *const *columns, int count, int yes_or_no, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, view, query, err);

    *table = (kith_table){ 0 };
    if (status != KITH_OK)
        return status;
    for (int i = 0; i < count; i++)
        kith_table_column(table, columns[i], KITH_CELL_TEXT);
    while (kith_rows_next(rows))
        for (int i = 0; i < count; i++)
            kith_table_text(table, i != yes_or_no ? kith_rows_text(rows, i)
                                   : kith_rows_integer(rows, i) != 0 ? "restricted" : "open");
    status = kith_rows_end(rows, err);
    if (status == KITH_OK)
        status = kith_table_status(table, err);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}

kith_status kith_account_table(kith_table *table, kith_store *store, const kith_view *view, kith_error *err)
{
    static const char *const columns[] = { "user", "roles", "agency", "teams", "added_at", "added_by",
                                           "revoked_at", "revoked_by" };

    return fill(table, store, view, KITH_QUERY_ACCOUNT_ALL, columns, 8, -1, err);
}

kith_status kith_case_table(kith_table *table, kith_store *store, const kith_view *view, kith_error *err)
{
    static const char *const columns[] = { "case", "access", "teams", "members", "opened_at", "opened_by" };

    return fill(table, store, view, KITH_QUERY_CASEWORK_ALL, columns, 6, 1, err);
}

static kith_status write_policy(kith_store *store, const kith_view *view, const char *text, int64_t now,
                                kith_error *err)
{
    char at[KITH_TIME_SIZE];
    kith_change *change;
    const kith_status status = kith_store_change(&change, store, KITH_QUERY_POLICY_ADD, err);

    if (status != KITH_OK)
        return status;
    kith_moment_write(at, now);
    kith_change_text(change, 1, text);
    kith_change_text(change, 2, at);
    kith_change_text(change, 3, view->user);
    return kith_change_run(change, NULL, err);
}

kith_status kith_policy_keep(kith_store *store, const kith_view *view, const char *text,
                             int64_t now, kith_error *err)
{
    const kith_status status = kith_store_begin(store, err);

    return status == KITH_OK ? end_change(store, write_policy(store, view, text, now, err), err) : status;
}

kith_status kith_policy_kept(kith_text *text, kith_store *store, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, &everything, KITH_QUERY_POLICY_HELD, err);

    if (status != KITH_OK)
        return status;
    if (kith_rows_next(rows))
        kith_text_add(text, kith_rows_text(rows, 0));
    status = kith_rows_end(rows, err);
    return status == KITH_OK ? kith_text_status(text, err) : status;
}
