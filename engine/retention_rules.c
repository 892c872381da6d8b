/* SPDX-License-Identifier: GPL-3.0-or-later */
/* retention_rules.c: the rules of review, and by what right each source's records are held. */
#include <stdlib.h>
#include <string.h>

#include "data_csv.h"
#include "kith/date.h"
#include "kith/retention.h"

enum { GROUP, YEARS, UNTIL_AGE, KIND, WORD, ROLE, SOURCE, LABEL, COLUMNS, RULES_MOST = 10000, TEXT_MOST = 500 };

static const char *const columns[COLUMNS] = { "review_group", "years", "until_age", "kind", "word", "role", "source",
                                              "label" };

kith_status kith_retention_rules(kith_table *table, kith_store *store, const kith_view *view, kith_error *err)
{
    kith_rows *rows;

    *table = (kith_table){ .empty = "there are no rules, and nobody is ever due" };
    for (int c = 0; c < COLUMNS; c++)
        kith_table_column(table, columns[c], c == YEARS || c == UNTIL_AGE ? KITH_CELL_INTEGER : KITH_CELL_TEXT);
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_RETENTION_RULES, err);
    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows))
        for (int c = 0; c < COLUMNS; c++) {
            if (kith_rows_missing(rows, c))
                kith_table_missing(table);
            else if (c == YEARS || c == UNTIL_AGE)
                kith_table_integer(table, kith_rows_integer(rows, c));
            else
                kith_table_text(table, kith_rows_text(rows, c));
        }
    status = kith_rows_end(rows, err);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}

typedef struct setting {
    kith_store *store;
    int64_t place;
} setting;

static bool is_kind(const char *word)
{
    static const char *const words[] = { "", "event", "link", "context", "flag", "constraint", "assessment", "scale",
                                         "action", "record" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

static kith_status set_years(kith_change *add, int place, const char *what, const char *text, const char *where,
                             kith_error *err)
{
    int64_t years;

    if (text[0] == '\0') {
        kith_change_missing(add, place);
        return KITH_OK;
    }
    if (!kith_integer_read(&years, text) || years < 0 || years > 150)
        return kith_fail(err, KITH_INPUT, "%s: %s is \"%.40s\"; a number of years from 0 to 150 is expected, or nothing",
                         where, what, text);
    kith_change_integer(add, place, years);
    return KITH_OK;
}

static kith_status take_rule(void *context, const char *place, const char *const fields[], kith_error *err)
{
    setting *s = context;
    kith_change *add;

    if (fields[GROUP][0] == '\0')
        return kith_fail(err, KITH_INPUT, "%s: review_group is blank; name the group", place);
    if (!is_kind(fields[KIND]))
        return kith_fail(err, KITH_INPUT, "%s: kind is \"%.40s\"; event, link, context, flag, constraint, assessment, "
                                          "scale, action, record or nothing is expected", place, fields[KIND]);
    if (s->place == RULES_MOST)
        return kith_fail(err, KITH_INPUT, "%s: more than %d rules; leave some out", place, RULES_MOST);
    kith_status status = kith_store_change(&add, s->store, KITH_QUERY_RETENTION_RULE_ADD, err);
    if (status == KITH_OK)
        status = set_years(add, 3, "years", fields[YEARS], place, err);
    if (status == KITH_OK)
        status = set_years(add, 4, "until_age", fields[UNTIL_AGE], place, err);
    if (status != KITH_OK)
        return status;
    kith_change_integer(add, 1, ++s->place);
    kith_change_text(add, 2, fields[GROUP]);
    for (int c = KIND; c < COLUMNS; c++)
        kith_change_text(add, c + 2, fields[c]);
    return kith_change_run(add, NULL, err);
}

kith_status kith_retention_set(kith_store *store, const kith_view *view, FILE *in, const char *name, kith_error *err)
{
    setting s = { .store = store };
    const data_csv csv = { .name = name, .columns = columns, .count = COLUMNS, .take = take_rule, .context = &s };
    kith_change *clear;
    kith_status status = kith_store_begin(store, err);

    (void)view;
    if (status != KITH_OK)
        return status;
    status = kith_store_change(&clear, store, KITH_QUERY_RETENTION_RULES_CLEAR, err);
    if (status == KITH_OK)
        status = kith_change_run(clear, NULL, err);
    if (status == KITH_OK)
        status = data_csv_read(&csv, in, err);
    if (status == KITH_OK && s.place == 0)
        status = kith_fail(err, KITH_INPUT, "%s: has no rule; one that fits everything has only a group and years", name);
    if (status == KITH_OK)
        return kith_store_commit(store, err);
    kith_store_rollback(store);
    return status;
}

const char *const kith_basis_words[] = { "consent",     "contract",    "legal-obligation",     "vital-interests",
                                         "public-task", "legitimate-interests", "recognised-legitimate-interests",
                                         "law-enforcement", NULL };

static kith_status check_text(const char *what, const char *text, kith_error *err)
{
    if (text == NULL || text[strspn(text, " \t\r\n")] == '\0')
        return kith_fail(err, KITH_USAGE, "%s is not said; a right has a purpose, a basis and a controller", what);
    if (strlen(text) > TEXT_MOST || !kith_utf8_valid(text, strlen(text)))
        return kith_fail(err, KITH_USAGE, "%s is longer than %d bytes, or not UTF-8; shorten it", what, TEXT_MOST);
    return KITH_OK;
}

static kith_status check_basis(const char *basis, kith_error *err)
{
    for (size_t i = 0; basis != NULL && kith_basis_words[i] != NULL; i++)
        if (strcmp(kith_basis_words[i], basis) == 0)
            return KITH_OK;
    return kith_fail(err, KITH_USAGE, "the basis is \"%.40s\"; consent, contract, legal-obligation, vital-interests, "
                                      "public-task, legitimate-interests, recognised-legitimate-interests or "
                                      "law-enforcement is expected", basis != NULL ? basis : "");
}

static kith_status write_right(kith_store *store, const kith_view *view, const kith_source_right *right, int64_t now,
                               kith_error *err)
{
    char review_on[KITH_TIME_SIZE] = "", at[KITH_TIME_SIZE];
    kith_change *set;
    const kith_status status = kith_store_change(&set, store, KITH_QUERY_SOURCE_RIGHT_SET, err);

    if (status != KITH_OK)
        return status;
    if (right->review_on != 0)
        kith_day_write(review_on, right->review_on);
    kith_moment_write(at, now);
    const char *const texts[] = { right->source, right->held_for, right->basis, right->controller, review_on,
                                  view->user, at };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        kith_change_text(set, (int)i + 1, texts[i]);
    return kith_change_run(set, NULL, err);
}

kith_status kith_source_set(kith_store *store, const kith_view *view, const kith_source_right *right, int64_t now,
                            kith_error *err)
{
    kith_status status = check_text("the source", right->source, err);

    if (status == KITH_OK)
        status = check_text("the purpose (--held-for)", right->held_for, err);
    if (status == KITH_OK)
        status = check_text("the controller (--controller)", right->controller, err);
    if (status == KITH_OK)
        status = check_basis(right->basis, err);
    if (status == KITH_OK)
        status = kith_store_begin(store, err);
    if (status != KITH_OK)
        return status;
    status = write_right(store, view, right, now, err);
    if (status == KITH_OK)
        return kith_store_commit(store, err);
    kith_store_rollback(store);
    return status;
}

kith_status kith_source_require(kith_store *store, bool needed, kith_error *err)
{
    kith_change *set;
    kith_status status = kith_store_begin(store, err);

    if (status != KITH_OK)
        return status;
    status = kith_store_change(&set, store, KITH_QUERY_RIGHT_NEEDED_SET, err);
    if (status == KITH_OK) {
        kith_change_integer(set, 1, needed);
        status = kith_change_run(set, NULL, err);
    }
    if (status == KITH_OK)
        return kith_store_commit(store, err);
    kith_store_rollback(store);
    return status;
}

kith_status kith_source_list(kith_table *table, kith_store *store, const kith_view *view, kith_error *err)
{
    static const char *const names[] = { "source", "held_for", "basis", "controller", "review_on", "by", "at", "state" };
    enum { SAID = 2, REVIEW_ON = 4, STATE = 7 };
    char today[KITH_TIME_SIZE];
    kith_rows *rows;

    *table = (kith_table){ .empty = "no source has sent records yet" };
    for (int c = 0; c <= STATE; c++)
        kith_table_column(table, names[c], KITH_CELL_TEXT);
    kith_day_write(today, view->as_of);
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_SOURCE_RIGHTS, err);
    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows)) {
        const char *review_on = kith_rows_text(rows, REVIEW_ON);
        for (int c = 0; c < STATE; c++)
            kith_table_text(table, kith_rows_text(rows, c));
        kith_table_text(table, kith_rows_text(rows, SAID)[0] == '\0'                       ? "not said"
                               : review_on[0] != '\0' && strcmp(review_on, today) <= 0 ? "to review"
                                                                                           : "held");
    }
    status = kith_rows_end(rows, err);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}

kith_status kith_source_rights(kith_table *table, kith_store *store, const kith_view *view, kith_error *err)
{
    static const char *const names[] = { "from", "held for", "basis", "controller" };
    enum { SHOWN = 4, SENT = 7 };
    kith_rows *rows;

    *table = (kith_table){ .title = "By what right these records are held", .empty = "No source is named." };
    for (int c = 0; c < SHOWN; c++)
        kith_table_column(table, names[c], KITH_CELL_TEXT);
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_SOURCE_RIGHTS, err);
    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows)) {
        if (kith_rows_integer(rows, SENT) == 0)
            continue;
        for (int c = 0; c < SHOWN; c++) {
            const char *text = kith_rows_text(rows, c);
            kith_table_text(table, text[0] != '\0' ? text : "not said");
        }
    }
    status = kith_rows_end(rows, err);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}
