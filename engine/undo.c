/* SPDX-License-Identifier: GPL-3.0-or-later */
/* undo.c: taking a change back.
 *
 * The rows that it kept are gone through backwards: what it added is taken out, what it took away is put
 * back, what it altered is set back, each only where the row is exactly as it was left. So nothing
 * that came later is lost, and the first row that is not says why the whole is refused. The tables'
 * triggers record the undo as they recorded the change, which makes it one like any other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access_private.h"
#include "kith/audit.h"
#include "kith/decision.h"
#include "kith/history.h"
#include "kith/import.h"
#include "store_private.h"

static const struct kept_table {
    const char *name;
    kith_query take_out, put_back, set_back; /* KITH_QUERY_COUNT: this is never done to its rows */
} tables[] = {
    { "account", KITH_QUERY_TAKE_OUT_ACCOUNT, KITH_QUERY_PUT_BACK_ACCOUNT, KITH_QUERY_SET_BACK_ACCOUNT },
    { "account_role", KITH_QUERY_TAKE_OUT_ACCOUNT_ROLE, KITH_QUERY_PUT_BACK_ACCOUNT_ROLE, KITH_QUERY_COUNT },
    { "action_step", KITH_QUERY_TAKE_OUT_ACTION_STEP, KITH_QUERY_PUT_BACK_ACTION_STEP, KITH_QUERY_COUNT },
    { "casework", KITH_QUERY_TAKE_OUT_CASEWORK, KITH_QUERY_PUT_BACK_CASEWORK, KITH_QUERY_SET_BACK_CASEWORK },
    { "casework_entity", KITH_QUERY_TAKE_OUT_CASEWORK_ENTITY, KITH_QUERY_PUT_BACK_CASEWORK_ENTITY, KITH_QUERY_COUNT },
    { "casework_team", KITH_QUERY_TAKE_OUT_CASEWORK_TEAM, KITH_QUERY_PUT_BACK_CASEWORK_TEAM, KITH_QUERY_COUNT },
    { "decision", KITH_QUERY_TAKE_OUT_DECISION, KITH_QUERY_PUT_BACK_DECISION, KITH_QUERY_SET_BACK_DECISION },
    { "minute", KITH_QUERY_TAKE_OUT_MINUTE, KITH_QUERY_PUT_BACK_MINUTE, KITH_QUERY_SET_BACK_MINUTE },
    { "panel", KITH_QUERY_TAKE_OUT_PANEL, KITH_QUERY_PUT_BACK_PANEL, KITH_QUERY_COUNT },
    { "picture", KITH_QUERY_TAKE_OUT_PICTURE, KITH_QUERY_PUT_BACK_PICTURE, KITH_QUERY_COUNT },
    { "picture_place", KITH_QUERY_TAKE_OUT_PICTURE_PLACE, KITH_QUERY_PUT_BACK_PICTURE_PLACE, KITH_QUERY_COUNT },
    { "policy", KITH_QUERY_TAKE_OUT_POLICY, KITH_QUERY_PUT_BACK_POLICY, KITH_QUERY_COUNT },
    { "remembered", KITH_QUERY_TAKE_OUT_REMEMBERED, KITH_QUERY_PUT_BACK_REMEMBERED, KITH_QUERY_SET_BACK_REMEMBERED },
    { "retention_rule", KITH_QUERY_TAKE_OUT_RETENTION_RULE, KITH_QUERY_PUT_BACK_RETENTION_RULE, KITH_QUERY_COUNT },
    { "review", KITH_QUERY_TAKE_OUT_REVIEW, KITH_QUERY_PUT_BACK_REVIEW, KITH_QUERY_COUNT },
    { "right_needed", KITH_QUERY_COUNT, KITH_QUERY_COUNT, KITH_QUERY_SET_BACK_RIGHT_NEEDED },
    { "source_right", KITH_QUERY_TAKE_OUT_SOURCE_RIGHT, KITH_QUERY_PUT_BACK_SOURCE_RIGHT, KITH_QUERY_SET_BACK_SOURCE_RIGHT },
    { "team_member", KITH_QUERY_TAKE_OUT_TEAM_MEMBER, KITH_QUERY_PUT_BACK_TEAM_MEMBER, KITH_QUERY_COUNT },
};

typedef struct image {
    int64_t row; /* of deed_row */
    const struct kept_table *table;
    char *before, *after; /* NULL: no row */
} image;

typedef struct deed {
    int64_t number, load, undoes, undone_by, records, kept;
    char by[65], what[128];
} deed;

typedef struct undoing {
    kith_store *store;
    const kith_view *view;
    kith_error *err;
    image *images;
    size_t count;
} undoing;

static kith_status not_found(int64_t number, kith_error *err)
{
    return kith_fail(err, KITH_NOT_FOUND, "there is no change %lld; `kith history` lists them", (long long)number);
}

static kith_status read_deed(deed *d, undoing *u, int64_t number)
{
    kith_rows *rows;
    bool found;
    kith_status status = kith_store_read(&rows, u->store, u->view, KITH_QUERY_DEED_FIND, u->err);

    *d = (deed){ .number = number };
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", number);
    if ((found = kith_rows_next(rows))) {
        kith_sentence(d->by, sizeof d->by, "%s", kith_rows_text(rows, 1));
        kith_sentence(d->what, sizeof d->what, "%s", kith_rows_text(rows, 2));
        d->load = kith_rows_integer(rows, 3);
        d->undoes = kith_rows_integer(rows, 4);
        d->undone_by = kith_rows_integer(rows, 5);
        d->records = kith_rows_integer(rows, 6);
        d->kept = kith_rows_integer(rows, 7);
    }
    status = kith_rows_end(rows, u->err);
    return status == KITH_OK && !found ? not_found(number, u->err) : status;
}

static kith_status find_last(int64_t *number, undoing *u)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, u->store, u->view, KITH_QUERY_DEED_LAST, u->err);

    *number = 0;
    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "user", u->view->user);
    if (kith_rows_next(rows))
        *number = kith_rows_integer(rows, 0);
    status = kith_rows_end(rows, u->err);
    if (status == KITH_OK && *number == 0)
        status = kith_fail(u->err, KITH_NOT_FOUND, "%s has made no change that holds; `kith history` lists "
                                                   "everybody's", u->view->user);
    return status;
}

/* Who may do a thing may take it back: the words of what was done first are those of the operation. */
static kith_status check_right(const kith_member *member, const deed *first, kith_error *err)
{
    char words[sizeof first->what];
    const char *list[sizeof first->what / 2 + 1];
    size_t count = 0;

    snprintf(words, sizeof words, "%.*s", (int)strcspn(first->what, ":"), first->what);
    for (char *rest = words, *word; count + 2 < sizeof list / sizeof *list && (word = strtok_r(rest, " ", &rest)) != NULL;)
        list[count++] = word;
    if (first->load != 0)
        list[count++] = "--undo";
    list[count] = NULL;
    return count == 0 ? KITH_OK : kith_member_may(member, list[0], (const char *const *)&list[1], err);
}

static kith_status check_first(undoing *u, const kith_member *member, const deed *d)
{
    deed first = *d;
    kith_status status = KITH_OK;

    while (status == KITH_OK && first.undoes != 0)
        status = read_deed(&first, u, first.undoes);
    return status == KITH_OK ? check_right(member, &first, u->err) : status;
}

static kith_status check_holds(const deed *d, kith_error *err)
{
    if (d->undone_by != 0)
        return kith_fail(err, KITH_POLICY, "change %lld was taken back by change %lld; `kith undo %lld` makes it "
                                           "hold again", (long long)d->number, (long long)d->undone_by,
                         (long long)d->undone_by);
    if (d->load != 0 && d->undoes != 0)
        return kith_fail(err, KITH_POLICY, "change %lld took back load %lld, whose records are not kept; import the "
                                           "files again", (long long)d->number, (long long)d->load);
    if (d->load == 0 && d->records == 0)
        return kith_fail(err, KITH_POLICY, "change %lld is an erasure, which is never taken back: nothing of what it "
                                           "took away is kept, so that it can be in nobody's hands",
                         (long long)d->number);
    if (d->kept != d->records)
        return kith_fail(err, KITH_POLICY, "change %lld is not undone: what it was about has been erased since, or its "
                                           "load taken back", (long long)d->number);
    return KITH_OK;
}

static const struct kept_table *table_named(const char *name)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (strcmp(tables[i].name, name) == 0)
            return &tables[i];
    return NULL;
}

static bool copy(char **out, const char *text)
{
    *out = text != NULL ? strdup(text) : NULL;
    return text == NULL || *out != NULL;
}

static kith_status read_images(undoing *u, const deed *d)
{
    kith_rows *rows;
    kith_status status = KITH_OK;

    u->images = calloc((size_t)d->kept + 1, sizeof *u->images);
    if (u->images == NULL)
        return kith_no_memory(u->err);
    status = kith_store_read(&rows, u->store, u->view, KITH_QUERY_DEED_ROWS, u->err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "deed", d->number);
    while (status == KITH_OK && (int64_t)u->count < d->kept && kith_rows_next(rows)) {
        image *i = &u->images[u->count++];
        i->row = kith_rows_integer(rows, 0);
        i->table = table_named(kith_rows_text(rows, 1));
        if (!copy(&i->before, kith_rows_text(rows, 2)) || !copy(&i->after, kith_rows_text(rows, 3)))
            status = kith_no_memory(u->err);
        else if (i->table == NULL)
            status = kith_fail(u->err, KITH_INTERNAL, "change %lld is of a table that this kith does not take back",
                               (long long)d->number);
    }
    const kith_status end = kith_rows_end(rows, u->err); /* comes first: what could not be read is no other table's */
    return end != KITH_OK ? end : status;
}

static kith_status run(int64_t *changed, undoing *u, kith_query query, const char *was, const char *left)
{
    kith_change *change;
    const kith_status status = kith_store_change(&change, u->store, query, u->err);

    if (status != KITH_OK)
        return status;
    kith_change_text(change, 1, was);
    if (left != NULL)
        kith_change_text(change, 2, left);
    return kith_change_run(change, changed, u->err);
}

/* Which later change stands on it, where one is known. */
static kith_status refuse(undoing *u, const deed *d, const image *i)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, u->store, u->view, KITH_QUERY_DEED_LATER, u->err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", i->row);
    if (kith_rows_next(rows))
        status = kith_fail(u->err, KITH_POLICY, "change %lld is not undone: change %lld (%s, by %s, %.10s) came after "
                                                "it; take that back first",
                           (long long)d->number, (long long)kith_rows_integer(rows, 0), kith_rows_text(rows, 3),
                           kith_rows_text(rows, 2), kith_rows_text(rows, 1));
    else
        status = kith_fail(u->err, KITH_POLICY, "change %lld is not undone: what it left is not as it was left any "
                                                "more, or something rests on it; `kith history` shows what came after",
                           (long long)d->number);
    kith_rows_end(rows, NULL);
    return status;
}

static kith_status put_back(undoing *u, const deed *d, const image *i)
{
    int64_t changed = 0;
    kith_status status;

    if (i->after == NULL)
        status = run(&changed, u, i->table->put_back, i->before, NULL);
    else if (i->before == NULL)
        status = run(&changed, u, i->table->take_out, i->after, NULL);
    else
        status = run(&changed, u, i->table->set_back, i->before, i->after);
    return status == KITH_OK && changed == 0 ? refuse(u, d, i) : status;
}

static kith_status mark(undoing *u, kith_query query, int64_t row)
{
    kith_change *change;
    const kith_status status = kith_store_change(&change, u->store, query, u->err);

    if (status != KITH_OK)
        return status;
    kith_change_integer(change, 1, row);
    return kith_change_run(change, NULL, u->err);
}

static bool touches(const undoing *u, const char *name)
{
    for (size_t i = 0; i < u->count; i++)
        if (strcmp(u->images[i].table->name, name) == 0)
            return true;
    return false;
}

/* What follows from the rows, and what must hold of them. */
static kith_status settle(undoing *u)
{
    int64_t accounts, stewards;
    kith_status status = KITH_OK;

    if (touches(u, "decision"))
        status = kith_decisions_renew(u->store, u->view, u->err);
    if (status != KITH_OK || !(touches(u, "account") || touches(u, "account_role")))
        return status;
    status = access_count(&accounts, &stewards, u->store, u->err);
    if (status == KITH_OK && accounts > 0 && stewards == 0)
        status = kith_fail(u->err, KITH_POLICY, "no steward would be left; make another user steward first");
    return status;
}

static kith_status undo_rows(undoing *u, const deed *d)
{
    char words[64];
    kith_status status = read_images(u, d);

    if (status == KITH_OK && touches(u, "remembered") && strcmp(d->by, u->view->user) != 0)
        return not_found(d->number, u->err); /* what somebody remembers is theirs alone */
    for (size_t i = 0; status == KITH_OK && i < u->count; i++)
        status = put_back(u, d, &u->images[i]);
    if (status == KITH_OK)
        status = settle(u);
    if (status == KITH_OK)
        status = mark(u, KITH_QUERY_DEED_UNDO, d->number);
    if (status == KITH_OK)
        status = mark(u, KITH_QUERY_DEED_UNDONE, d->number);
    if (status == KITH_OK && d->undoes != 0)
        status = mark(u, KITH_QUERY_DEED_HOLDS, d->undoes);
    if (status != KITH_OK)
        return status;
    snprintf(words, sizeof words, "change %lld is taken back", (long long)d->number);
    kith_audit_act(u->store, touches(u, "decision") ? KITH_AUDIT_COMBINATION : KITH_AUDIT_ALTERATION, words);
    return KITH_OK;
}

static kith_status undo_load(undoing *u, const deed *d)
{
    kith_table table;
    const kith_status status = kith_import_undo(&table, u->store, u->view, d->load, u->err);

    kith_table_free(&table);
    return status;
}

/* Looks, under the lock that begin takes, whether all is still as it was when it was asked for. */
static kith_status undo_by_hand(undoing *u, int64_t number)
{
    deed d;
    kith_status status = kith_store_begin(u->store, u->err);

    if (status != KITH_OK)
        return status;
    status = read_deed(&d, u, number);
    if (status == KITH_OK)
        status = check_holds(&d, u->err);
    if (status == KITH_OK)
        status = undo_rows(u, &d);
    if (status == KITH_OK)
        return kith_store_commit(u->store, u->err);
    kith_store_rollback(u->store);
    return status;
}

static void free_images(undoing *u)
{
    for (size_t i = 0; i < u->count; i++) {
        free(u->images[i].before);
        free(u->images[i].after);
    }
    free(u->images);
}

kith_status kith_undo(kith_undone *undone, kith_store *store, const kith_view *view,
                      const kith_member *member, int64_t number, kith_error *err)
{
    undoing u = { .store = store, .view = view, .err = err };
    deed d;
    kith_status status = number != 0 ? KITH_OK : find_last(&number, &u);

    *undone = (kith_undone){ 0 };
    if (status == KITH_OK)
        status = read_deed(&d, &u, number);
    if (status == KITH_OK)
        status = check_first(&u, member, &d);
    if (status == KITH_OK)
        status = check_holds(&d, err);
    if (status == KITH_OK)
        status = d.load != 0 ? undo_load(&u, &d) : undo_by_hand(&u, number);
    if (status == KITH_OK) { /* no reading any more, whose failure would deny what was done */
        *undone = (kith_undone){ .number = number, .by = store->deed };
        kith_sentence(undone->what, sizeof undone->what, "%s", d.what);
    }
    free_images(&u);
    return status;
}
