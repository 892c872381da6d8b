/* SPDX-License-Identifier: GPL-3.0-or-later */
/* access.h: who may do what, and see what.
 *
 * A hub without accounts is its owner's: whoever opens it may do everything. Once it has
 * accounts, the name under which a key was added is looked up in them, and what the account's
 * roles may do and see holds. Both are decided here and nowhere else:
 *
 *     kith_member_read(&member, store, policy, err);    who it is
 *     kith_member_may(member, "link", words, err);      may they do this?
 *     kith_member_view(&view, store, member, audience, err);   and from here on, see what?
 *
 * A user of several roles may do what any of them may, and has the wider of their bounds.
 * An audience narrows what is seen. The store keeps to it (kith_store_bound): no analysis
 * meets what is left out.
 *
 * A case holds people (or places, groups, objects) and the teams that work on it. The
 * people of a restricted case are seen by its teams, and by roles that see all cases. */
#ifndef KITH_ACCESS_H
#define KITH_ACCESS_H

#include "kith/store.h"
#include "kith/table.h"

typedef struct kith_member kith_member; /* the user whose key opened the hub */

/**
 * Who the user of a store is.
 *
 * member  out: free with kith_member_free; the policy must outlive it.
 * Returns KITH_POLICY when the hub has accounts and this user has none, or a revoked one, or
 * one of roles that the policy does not have.
 */
kith_status kith_member_read(kith_member **member, kith_store *store, const kith_policy *policy,
                             kith_error *err);
void kith_member_free(kith_member *member);

/**
 * Whether a role of the user's may do an operation (engine/policy/operations.csv): every row
 * of the table that the words make up must allow it. What is in no row is refused.
 *
 * words  what follows the command, and the options that are given, each as "--name"; NULL ends them.
 * Returns KITH_OK; KITH_POLICY, naming the operation and who may do it.
 */
kith_status kith_member_may(const kith_member *member, const char *command,
                            const char *const *words, kith_error *err);

/** Whether a role of the user's may do the operation of one row of the table. */
kith_status kith_member_may_row(const kith_member *member, size_t row, kith_error *err);

/**
 * Whom the user's answers are for when nobody is named: the usual audience, else the one that is
 * called as their agency is, else partner; the first of these that their roles prepare answers for.
 *
 * usual  is given back when there is none. The text lives as long as usual and the member.
 */
const char *kith_member_audience(const kith_member *member, const char *usual);

/**
 * Bounds the store by what the user's roles and the audience both allow, in the place of
 * earlier bounds, and sets the view's user, silence and count of items that are withheld.
 *
 * Returns KITH_POLICY when none of the roles prepares answers for the audience.
 */
kith_status kith_member_view(kith_view *view, kith_store *store, const kith_member *member,
                             const kith_audience *audience, kith_error *err);

/** Rows of the table of operations: its name, and whether a role may; NULL from the end on. */
const char *kith_operation_name(size_t at);
bool kith_operation_allows(size_t at, const char *role);

/** Whether the table of operations has a column for a role. */
bool kith_operation_role(const char *role);

/* Accounts, teams and cases. Each call is one change, made by view->user. */

/**
 * Adds an account. The first one makes an account for who adds it too, of the roles steward
 * and analyst, so that the hub keeps an owner.
 *
 * roles   names in the policy; NULL ends them.
 * agency  the name of a source, "" for none.
 * Returns KITH_POLICY when the name has an account, KITH_USAGE for a role that is none.
 */
kith_status kith_account_add(kith_store *store, const kith_view *view, const kith_policy *policy,
                             const char *name, const char *const *roles, const char *agency,
                             int64_t now, kith_error *err);

/** Gives an account other roles, and an agency unless it is NULL. KITH_POLICY when no steward would be left. */
kith_status kith_account_change(kith_store *store, const kith_view *view, const kith_policy *policy,
                                const char *name, const char *const *roles, const char *agency,
                                kith_error *err);

/** From here on the user is refused, also with a key. KITH_POLICY when no steward would be left. */
kith_status kith_account_revoke(kith_store *store, const kith_view *view, const char *name,
                                int64_t now, kith_error *err);

/** Puts users into a team, or takes them out of it. */
kith_status kith_team_set(kith_store *store, const kith_view *view, const char *team,
                          const char *const *names, bool in, kith_error *err);

typedef struct kith_case_change {
    const char *id;
    const char *const *members; /* ids of people, places, groups, objects; NULL ends them */
    const char *team;           /* NULL: none */
    bool drop;                  /* takes members and team out instead */
    bool restrict_it, open_it;  /* neither: as it is; a new case is open */
} kith_case_change;

/** Opens a case, or changes it. */
kith_status kith_case_set(kith_store *store, const kith_view *view, const kith_case_change *change,
                          int64_t now, kith_error *err);

/** Every account, and every case, as tables. Free with kith_table_free. */
kith_status kith_account_table(kith_table *table, kith_store *store, const kith_view *view,
                               kith_error *err);
kith_status kith_case_table(kith_table *table, kith_store *store, const kith_view *view,
                            kith_error *err);

/** Keeps a policy's text in the hub; and gives the one it keeps, "" for none. */
kith_status kith_policy_keep(kith_store *store, const kith_view *view, const char *text,
                             int64_t now, kith_error *err);
kith_status kith_policy_kept(kith_text *text, kith_store *store, kith_error *err);

#endif
