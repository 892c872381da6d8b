/* SPDX-License-Identifier: GPL-3.0-or-later */
/* access.c: the one place that decides what a user may do, and what a view lets them see. */
#include "kith/access.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "access_private.h"
#include "kith/date.h"

struct kith_member {
    const kith_policy *policy;
    int64_t account; /* 0: the hub has no accounts, and the user is its owner */
    char *name, *agency;
    const kith_duty **duties; /* of the user's roles; NULL ends them */
};

/* Reading what decides who may read: nothing bounds it yet. */
static const kith_view everything = { .user = "", .purpose = "", .audience = "", .all_dates = true };

/* Texts are copied where *status allows, which is left as KITH_NO_MEMORY when one cannot be. */
static char *copy(const char *text, kith_status *status, kith_error *err)
{
    char *made = strdup(text);

    if (made == NULL && *status == KITH_OK)
        *status = kith_no_memory(err);
    return made;
}

static kith_status refuse_user(const char *name, const char *what, kith_error *err)
{
    return kith_fail(err, KITH_POLICY, "the user %s %s in this hub; ask a steward (kith user)", name, what);
}

/* The duties of roles, which are cut where each has its newline. */
static kith_status read_duties(kith_member *m, char *roles, kith_error *err)
{
    size_t count = 0;

    m->duties = calloc(strlen(roles) + 1, sizeof *m->duties); /* at most one for each byte */
    if (m->duties == NULL)
        return kith_no_memory(err);
    while (*roles != '\0') {
        char *end = strchr(roles, '\n');
        *end = '\0';
        if (kith_duty_find(&m->duties[count++], m->policy, roles, NULL) != KITH_OK)
            return refuse_user(m->name, "has a role that the policy does not have", err);
        roles = end + 1;
    }
    return KITH_OK;
}

/* The account of the user's name; the hub has some. */
static kith_status read_account(kith_member *m, kith_store *store, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, &everything, KITH_QUERY_ACCOUNT_FIND, err);
    bool revoked = false;
    char *roles = NULL;

    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "name", m->name);
    if (kith_rows_next(rows)) {
        m->account = kith_rows_integer(rows, 0);
        m->agency = copy(kith_rows_text(rows, 1), &status, err);
        revoked = kith_rows_text(rows, 2)[0] != '\0';
        roles = copy(kith_rows_text(rows, 3), &status, err);
    }
    const kith_status end = kith_rows_end(rows, status == KITH_OK ? err : NULL);
    if (status == KITH_OK)
        status = end;
    if (status == KITH_OK && m->account == 0)
        status = refuse_user(m->name, "has no account", err);
    if (status == KITH_OK && revoked)
        status = refuse_user(m->name, "has no account any more", err);
    if (status == KITH_OK)
        status = read_duties(m, roles, err);
    free(roles);
    return status;
}

kith_status kith_member_read(kith_member **member, kith_store *store, const kith_policy *policy,
                             kith_error *err)
{
    int64_t accounts = 0, stewards;
    kith_member *made = calloc(1, sizeof *made);
    kith_status status = made != NULL ? access_count(&accounts, &stewards, store, err) : kith_no_memory(err);

    *member = NULL;
    if (status == KITH_OK) {
        made->policy = policy;
        made->name = copy(kith_store_user(store), &status, err);
    }
    if (status == KITH_OK && accounts > 0)
        status = read_account(made, store, err);
    if (status == KITH_OK)
        *member = made;
    else
        kith_member_free(made);
    return status;
}

void kith_member_free(kith_member *member)
{
    if (member == NULL)
        return;
    free(member->name);
    free(member->agency);
    free(member->duties);
    free(member);
}

static bool is_owner(const kith_member *member)
{
    return member->account == 0;
}

/* The row's operation is made up of the command and one of the words. */
static bool row_concerns(const char *operation, const char *command, const char *const *words)
{
    const size_t size = strlen(command);

    if (strncmp(operation, command, size) != 0 || (operation[size] != '\0' && operation[size] != ' '))
        return false;
    if (operation[size] == '\0')
        return true;
    for (; *words != NULL; words++)
        if (strcmp(operation + size + 1, *words) == 0)
            return true;
    return false;
}

kith_status kith_member_may_row(const kith_member *member, size_t row, kith_error *err)
{
    const kith_duty *duty;
    kith_text who = { 0 };

    if (is_owner(member))
        return KITH_OK;
    for (size_t i = 0; member->duties[i] != NULL; i++)
        if (kith_operation_allows(row, member->duties[i]->does))
            return KITH_OK;
    for (size_t i = 0; (duty = kith_policy_duty(member->policy, i)) != NULL; i++)
        if (kith_operation_allows(row, duty->does))
            kith_text_format(&who, "%s%s", who.size > 0 ? ", " : "", duty->name);
    const kith_status status = kith_fail(err, KITH_POLICY, "%s is not for the user %s; it is for the roles %s",
                                         kith_operation_name(row), member->name, kith_text_string(&who));
    kith_text_free(&who);
    return status;
}

kith_status kith_member_may(const kith_member *member, const char *command,
                            const char *const *words, kith_error *err)
{
    kith_status status = KITH_OK;
    bool known = false;

    if (is_owner(member))
        return KITH_OK;
    for (size_t i = 0; status == KITH_OK && kith_operation_name(i) != NULL; i++)
        if (row_concerns(kith_operation_name(i), command, words)) {
            known = true;
            status = kith_member_may_row(member, i, err);
        }
    if (!known)
        status = kith_fail(err, KITH_POLICY, "%s is in no row of the table of operations, and is for nobody",
                           command);
    return status;
}

/* Whether an agency, size bytes, is one of a role's or an audience's. */
static bool allows_agency(const kith_limits *limits, const char *own, const char *agency, size_t size)
{
    if (limits->every_agency || (limits->own_agency && strlen(own) == size && memcmp(own, agency, size) == 0))
        return true;
    for (const char *at = limits->agencies; *at != '\0'; at += strcspn(at, "\n") + 1)
        if (strcspn(at, "\n") == size && memcmp(at, agency, size) == 0)
            return true;
    return false;
}

/* Adds those of `from` that `by` allows too. */
static void add_agencies(kith_text *out, const kith_limits *from, const kith_limits *by, const char *own)
{
    assert(!from->own_agency || by->every_agency);
    if (from->own_agency && own[0] != '\0')
        kith_text_format(out, "%s\n", own);
    for (const char *at = from->agencies; *at != '\0';) {
        const size_t size = strcspn(at, "\n");
        if (allows_agency(by, own, at, size)) {
            kith_text_add_bytes(out, at, size);
            kith_text_add_char(out, '\n');
        }
        at += size + (at[size] == '\n');
    }
}

/* The wider of the limits of the user's roles; agencies holds its texts. */
static void widen(kith_bounds *bounds, kith_text *agencies, const kith_member *member, const char *audience,
                  bool *serves)
{
    const kith_limits every = { .every_agency = true, .agencies = "" };

    for (size_t i = 0; member->duties[i] != NULL; i++) {
        const kith_duty *duty = member->duties[i];
        *serves |= kith_duty_serves(duty, audience);
        bounds->limits.records |= duty->limits.records;
        bounds->limits.handling |= duty->limits.handling;
        bounds->limits.every_agency |= duty->limits.every_agency;
        bounds->cases = duty->cases > bounds->cases ? duty->cases : bounds->cases;
        add_agencies(agencies, &duty->limits, &every, member->agency);
    }
}

/* What the roles and the audience both allow. */
static void narrow(kith_bounds *bounds, kith_text *agencies, const char *roles_agencies,
                   const kith_audience *audience, const char *own)
{
    const kith_limits roles = { .every_agency = bounds->limits.every_agency, .agencies = roles_agencies };

    bounds->limits.records &= audience->limits.records;
    bounds->limits.handling &= audience->limits.handling;
    if (roles.every_agency && !audience->limits.every_agency)
        add_agencies(agencies, &audience->limits, &roles, own);
    else if (!roles.every_agency)
        add_agencies(agencies, &roles, &audience->limits, own);
    bounds->limits.every_agency &= audience->limits.every_agency;
}

static kith_status count_barred(int64_t *cases, kith_store *store, int64_t account, kith_error *err)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, store, &everything, KITH_QUERY_CASEWORK_BARRED, err);

    *cases = 0;
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "account", account);
    if (kith_rows_next(rows))
        *cases = kith_rows_integer(rows, 0);
    return kith_rows_end(rows, err);
}

/* Whether the bounds keep anything back: a view of everything costs nothing. */
static kith_status is_bounded(bool *bounded, const kith_bounds *bounds, kith_store *store, kith_error *err)
{
    int64_t cases = 0;
    kith_status status = KITH_OK;

    *bounded = bounds->limits.records != KITH_MAY_ALL || bounds->limits.handling != KITH_HANDLING_ALL ||
               !bounds->limits.every_agency || bounds->cases == KITH_CASES_OWN;
    if (!*bounded && bounds->cases == KITH_CASES_OPEN)
        status = count_barred(&cases, store, bounds->account, err);
    *bounded |= cases > 0;
    return status;
}

static kith_status bound(kith_view *view, kith_store *store, const kith_bounds *bounds, kith_error *err)
{
    bool bounded;
    kith_status status = is_bounded(&bounded, bounds, store, err);

    if (status != KITH_OK || !bounded)
        return status;
    status = kith_store_bound(store, bounds, err);
    if (status == KITH_OK && !view->silent)
        status = kith_store_withheld(&view->withheld, store, err);
    return status;
}

static bool serves(const kith_member *member, const char *audience)
{
    bool any = is_owner(member);

    for (size_t i = 0; !any && member->duties[i] != NULL; i++)
        any = kith_duty_serves(member->duties[i], audience);
    return any;
}

const char *kith_member_audience(const kith_member *member, const char *usual)
{
    const char *const own[] = { usual, member->agency, "partner" };
    const kith_audience *audience;

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i] != NULL && own[i][0] != '\0' && serves(member, own[i]) &&
            kith_audience_find(&audience, member->policy, own[i], NULL) == KITH_OK)
            return own[i];
    return usual;
}

kith_status kith_member_view(kith_view *view, kith_store *store, const kith_member *member,
                             const kith_audience *audience, kith_error *err)
{
    kith_bounds bounds = { .account = member->account, .agency = "" };
    kith_text widened = { 0 }, both = { 0 };
    bool serves = is_owner(member);
    kith_status status = kith_store_bound(store, NULL, err); /* what decides is read whole */

    view->user = kith_store_user(store);
    kith_audience_view(view, audience);
    view->withheld = 0;
    if (is_owner(member)) {
        bounds.cases = KITH_CASES_ALL;
        bounds.limits = (kith_limits){ KITH_MAY_ALL, KITH_HANDLING_ALL, true, false, "" };
    } else {
        widen(&bounds, &widened, member, audience->name, &serves);
    }
    narrow(&bounds, &both, kith_text_string(&widened), audience, is_owner(member) ? "" : member->agency);
    bounds.limits.agencies = kith_text_string(&both);
    if (!serves)
        status = kith_fail(err, KITH_POLICY, "the user %s prepares no answers for the audience %s; "
                                             "`kith policy --roles` says who does",
                           member->name, audience->name);
    if (widened.failed || both.failed)
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = bound(view, store, &bounds, err);
    kith_text_free(&widened);
    kith_text_free(&both);
    return status;
}
