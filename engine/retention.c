/* SPDX-License-Identifier: GPL-3.0-or-later */
/* retention.c: when what is held of people is looked at again.
 *
 * One statement gives every record with its rule, person by person; a person's day is the latest that
 * any of the records has. */
#include "kith/retention.h"

#include <stdlib.h>
#include <string.h>

#include "data_csv.h"
#include "kith/date.h"
#include "kith/record.h"
#include "retention_private.h"

enum { V_ROW, V_ENTITY, V_ID, V_DECISION, V_UNTIL, V_REASON, V_USER, V_ON };

typedef struct decided {
    int64_t entity;
    bool erase;
    char until[KITH_TIME_SIZE];
    char *words; /* "keep until 2030-01-01, 2026-11-22" */
    char *reason;
} decided;

typedef struct due {
    char *id, *group, *label, *sources; /* each source once, a newline after it */
    char review_on[KITH_TIME_SIZE], last[KITH_TIME_SIZE], keep_until[KITH_TIME_SIZE];
    int64_t entity, records;
    bool unset;              /* a record's group has no years */
    const decided *decision; /* the last; NULL: none */
} due;

typedef struct desk {
    kith_store *store;
    const kith_view *view;
    kith_error *err;
    kith_kind kind;
    due *list;
    size_t count;
    decided *decisions; /* the newest first */
    size_t decision_count;
    kith_table rights;
} desk;

/* The same day so many years on; 29 February is the 28th where there is none. "" for a day that is none. */
static void years_on(char out[KITH_TIME_SIZE], const char *day, int64_t years)
{
    int32_t at;
    int year, month, of_month;

    out[0] = '\0';
    if (!kith_day_read(&at, day))
        return;
    kith_day_split(at, &year, &month, &of_month);
    year += (int)years;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month == 2 && of_month == 29 && !leap)
        of_month = 28;
    kith_day_write(out, kith_day(year, month, of_month));
}

static bool copy_text(char **out, const char *text)
{
    char *made = strdup(text);

    if (made == NULL)
        return false;
    free(*out);
    *out = made;
    return true;
}

static bool add_source(char **sources, const char *name)
{
    const size_t size = strlen(name), had = *sources != NULL ? strlen(*sources) : 0;

    for (const char *at = had > 0 ? *sources : ""; *at != '\0'; at += strcspn(at, "\n") + 1)
        if (strcspn(at, "\n") == size && memcmp(at, name, size) == 0)
            return true;
    char *grown = realloc(*sources, had + size + 2);
    if (grown == NULL)
        return false;
    memcpy(grown + had, name, size);
    memcpy(grown + had + size, "\n", 2);
    *sources = grown;
    return true;
}

/* One more record of the person under way. */
static kith_status take_record(due *d, kith_rows *rows, kith_error *err)
{
    char review_on[KITH_TIME_SIZE] = "", keep_until[KITH_TIME_SIZE] = "";
    bool whole = true;

    if (strcmp(kith_rows_text(rows, R_KIND), "record") == 0 && d->records > 0)
        return KITH_OK;
    if (kith_rows_missing(rows, R_YEARS))
        d->unset = true;
    else
        years_on(review_on, kith_rows_text(rows, R_DAY), kith_rows_integer(rows, R_YEARS));
    if (!kith_rows_missing(rows, R_UNTIL_AGE))
        years_on(keep_until, kith_rows_text(rows, R_DOB), kith_rows_integer(rows, R_UNTIL_AGE));
    if (strcmp(keep_until, d->keep_until) > 0)
        memcpy(d->keep_until, keep_until, sizeof keep_until);
    if (d->records++ == 0 || strcmp(review_on, d->review_on) > 0) {
        memcpy(d->review_on, review_on, sizeof review_on);
        kith_sentence(d->last, sizeof d->last, "%s", kith_rows_text(rows, R_DAY));
        whole = copy_text(&d->group, kith_rows_text(rows, R_GROUP)) &&
                copy_text(&d->label, kith_rows_text(rows, R_LABEL));
    }
    return whole && add_source(&d->sources, kith_rows_text(rows, R_SOURCE)) ? KITH_OK : kith_no_memory(err);
}

static kith_status begin_person(desk *k, kith_rows *rows)
{
    due *grown = data_grow(k->list, k->count, sizeof *grown);

    if (grown == NULL)
        return kith_no_memory(k->err);
    k->list = grown;
    grown[k->count] = (due){ .entity = kith_rows_integer(rows, R_ENTITY) };
    return copy_text(&grown[k->count++].id, kith_rows_text(rows, R_ID)) ? KITH_OK : kith_no_memory(k->err);
}

static kith_status read_records(desk *k)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, k->store, k->view, KITH_QUERY_RETENTION_RECORDS, k->err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "kind", k->kind);
    kith_rows_bind_text(rows, "id", "");
    while (status == KITH_OK && kith_rows_next(rows)) {
        if (k->count == 0 || k->list[k->count - 1].entity != kith_rows_integer(rows, R_ENTITY))
            status = begin_person(k, rows);
        if (status == KITH_OK)
            status = take_record(&k->list[k->count - 1], rows, k->err);
    }
    const kith_status end = kith_rows_end(rows, status == KITH_OK ? k->err : NULL);
    return status == KITH_OK ? end : status;
}

static kith_status take_decision(desk *k, kith_rows *rows)
{
    kith_text words = { 0 };
    decided *grown = data_grow(k->decisions, k->decision_count, sizeof *grown);

    if (grown == NULL)
        return kith_no_memory(k->err);
    k->decisions = grown;
    decided *d = &grown[k->decision_count++];
    *d = (decided){ .entity = kith_rows_integer(rows, V_ENTITY),
                    .erase = strcmp(kith_rows_text(rows, V_DECISION), "erase") == 0 };
    kith_sentence(d->until, sizeof d->until, "%s", kith_rows_text(rows, V_UNTIL));
    kith_text_format(&words, "%s%s%s, %s, by %s", d->erase ? "erase" : "keep", d->erase ? "" : " until ", d->until,
                     kith_rows_text(rows, V_ON), kith_rows_text(rows, V_USER));
    const bool whole = !words.failed && copy_text(&d->words, words.data) &&
                       copy_text(&d->reason, kith_rows_text(rows, V_REASON));
    kith_text_free(&words);
    return whole ? KITH_OK : kith_no_memory(k->err);
}

static kith_status read_decisions(desk *k)
{
    kith_rows *rows;
    kith_status status = kith_store_read(&rows, k->store, k->view, KITH_QUERY_RETENTION_REVIEWS, k->err);

    if (status != KITH_OK)
        return status;
    while (status == KITH_OK && kith_rows_next(rows))
        status = take_decision(k, rows);
    const kith_status end = kith_rows_end(rows, status == KITH_OK ? k->err : NULL);
    return status == KITH_OK ? end : status;
}

/* The last decision of each; what is to be kept longer than the rule says is kept. */
static void apply_decisions(desk *k)
{
    for (size_t i = 0; i < k->count; i++)
        for (size_t v = 0; v < k->decision_count && k->list[i].decision == NULL; v++)
            if (k->decisions[v].entity == k->list[i].entity) {
                k->list[i].decision = &k->decisions[v];
                if (strcmp(k->decisions[v].until, k->list[i].review_on) > 0)
                    memcpy(k->list[i].review_on, k->decisions[v].until, KITH_TIME_SIZE);
            }
}

static int longest_due_first(const void *left, const void *right)
{
    const due *a = left, *b = right;
    const int order = strcmp(a->review_on, b->review_on);

    if (order != 0)
        return order;
    const int ids = strcmp(a->id, b->id);
    return ids != 0 ? ids : (a->entity > b->entity) - (a->entity < b->entity);
}

static const char *state_of(const due *d, const char *last_day)
{
    if (d->decision != NULL && d->decision->erase)
        return "to be erased";
    return !d->unset && d->review_on[0] != '\0' && strcmp(d->review_on, last_day) <= 0 ? "review" : "kept";
}

static const char *controller_of(const kith_table *rights, const char *source, size_t size)
{
    for (size_t r = 0; r < kith_table_rows(rights); r++) {
        const kith_cell *row = rights->cells + r * rights->column_count;
        if (strlen(row[0].text) == size && memcmp(row[0].text, source, size) == 0 && row[3].text[0] != '\0')
            return row[3].text;
    }
    return "?";
}

static void add_due(kith_table *table, const due *d, const char *state, const kith_table *rights)
{
    char *controllers = NULL;
    kith_text line = { 0 };

    for (const char *at = d->sources; *at != '\0'; at += strcspn(at, "\n") + 1)
        table->failed |= !add_source(&controllers, controller_of(rights, at, strcspn(at, "\n")));
    for (const char *at = controllers != NULL ? controllers : ""; *at != '\0'; at += strcspn(at, "\n") + 1)
        kith_text_format(&line, "%s%.*s", line.size > 0 ? ", " : "", (int)strcspn(at, "\n"), at);
    table->failed |= line.failed;
    const char *const cells[] = { d->id, state, d->review_on, d->group, d->last, d->label };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        kith_table_text(table, cells[i]);
    kith_table_integer(table, d->records);
    kith_table_text(table, d->keep_until);
    kith_table_text(table, kith_text_string(&line));
    kith_table_text(table, d->decision != NULL ? d->decision->words : "");
    kith_table_text(table, d->decision != NULL ? d->decision->reason : "");
    kith_text_free(&line);
    free(controllers);
}

static void start_due(kith_table *table)
{
    static const char *const columns[] = { "id", "state", "review_on", "group", "last", "rule", "records",
                                           "keep_until", "controllers", "decision", "reason" };

    *table = (kith_table){ .empty = "nothing is due for review" };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kith_table_column(table, columns[i], i == 6 ? KITH_CELL_INTEGER : KITH_CELL_TEXT);
}

static void free_desk(desk *k)
{
    for (size_t i = 0; i < k->count; i++) {
        free(k->list[i].id);
        free(k->list[i].group);
        free(k->list[i].label);
        free(k->list[i].sources);
    }
    for (size_t v = 0; v < k->decision_count; v++) {
        free(k->decisions[v].words);
        free(k->decisions[v].reason);
    }
    free(k->list);
    free(k->decisions);
    kith_table_free(&k->rights);
}

static void fill_due(kith_table *table, const desk *k, int days, bool all)
{
    char last_day[KITH_TIME_SIZE];
    size_t unset = 0;

    kith_day_write(last_day, k->view->as_of + days);
    for (size_t i = 0; i < k->count; i++) {
        const char *state = state_of(&k->list[i], last_day);
        unset += k->list[i].unset;
        if (all || strcmp(state, "kept") != 0)
            add_due(table, &k->list[i], state, &k->rights);
    }
    if (unset > 0)
        kith_table_note(table, "%zu have records of a group without years, or of none, and are never due; "
                               "`kith retention rules` shows the groups", unset);
    kith_table_note(table, "A review keeps, with a reason, or decides to erase; nothing is erased by itself. The periods "
                           "are this hub's rules (kith retention rules), not law.");
}

kith_status kith_retention_due(kith_table *table, kith_store *store, const kith_view *view,
                               const kith_due_options *options, kith_error *err)
{
    desk k = { .store = store, .view = view, .err = err,
               .kind = options->kind != 0 ? options->kind : KITH_PERSON };

    start_due(table);
    kith_status status = kith_source_list(&k.rights, store, view, err);
    if (status == KITH_OK)
        status = read_records(&k);
    if (status == KITH_OK)
        status = read_decisions(&k);
    if (status == KITH_OK) {
        apply_decisions(&k);
        if (k.count > 0)
            qsort(k.list, k.count, sizeof *k.list, longest_due_first);
        fill_due(table, &k, options->days, options->all);
        status = kith_table_status(table, err);
    }
    free_desk(&k);
    return status;
}

static void add_record(kith_table *table, kith_rows *rows)
{
    static const int columns[] = { R_DAY, R_KIND, R_WORD, R_ROLE, R_SOURCE, R_GROUP, R_LABEL };
    char review_on[KITH_TIME_SIZE] = "";

    if (!kith_rows_missing(rows, R_YEARS))
        years_on(review_on, kith_rows_text(rows, R_DAY), kith_rows_integer(rows, R_YEARS));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kith_table_text(table, kith_rows_text(rows, columns[i]));
    kith_table_text(table, review_on);
}

kith_status kith_retention_of(kith_table *table, kith_store *store, const kith_view *view, const char *id,
                              kith_error *err)
{
    static const char *const columns[] = { "date", "kind", "word", "role", "source", "group", "rule", "review_on" };
    kith_rows *rows;
    kith_kind kind;
    int64_t row;

    *table = (kith_table){ .empty = "it stands in the review of the record that it is one with" };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kith_table_column(table, columns[i], KITH_CELL_TEXT);
    kith_status status = kith_record_find(&kind, &row, store, view, id, err);
    if (status == KITH_OK && kind == KITH_EVENT)
        status = kith_fail(err, KITH_NOT_FOUND, "%s is an event, which is kept as long as those who took part in it; name "
                                                "one of them", id);
    if (status == KITH_OK)
        status = kith_store_read(&rows, store, view, KITH_QUERY_RETENTION_RECORDS, err);
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "kind", kind);
    kith_rows_bind_text(rows, "id", kith_record_bare_id(id));
    while (kith_rows_next(rows))
        add_record(table, rows);
    status = kith_rows_end(rows, err);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}

kith_status kith_retention_decisions(kith_table *table, kith_store *store, const kith_view *view, kith_error *err)
{
    static const char *const columns[] = { "id", "on", "decision", "until", "reason", "by" };
    static const int places[] = { V_ID, V_ON, V_DECISION, V_UNTIL, V_REASON, V_USER };
    kith_rows *rows;

    *table = (kith_table){ .empty = "no review has decided anything" };
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        kith_table_column(table, columns[i], KITH_CELL_TEXT);
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_RETENTION_REVIEWS, err);
    if (status != KITH_OK)
        return status;
    while (kith_rows_next(rows))
        for (size_t i = 0; i < sizeof places / sizeof *places; i++)
            kith_table_text(table, kith_rows_text(rows, places[i]));
    status = kith_rows_end(rows, err);
    return status == KITH_OK ? kith_table_status(table, err) : status;
}

static kith_status check_review(const kith_view *view, const kith_review *review, kith_error *err)
{
    if (review->reason[strspn(review->reason, " \t\r\n")] == '\0')
        return kith_fail(err, KITH_USAGE, "the reason is empty; a review is recorded with its reason");
    if (strlen(review->reason) > KITH_REVIEW_REASON_SIZE)
        return kith_fail(err, KITH_USAGE, "the reason is longer than %d bytes; shorten it", KITH_REVIEW_REASON_SIZE);
    if (!kith_utf8_valid(review->reason, strlen(review->reason)))
        return kith_fail(err, KITH_USAGE, "the reason is not UTF-8");
    if (!review->erase && review->until <= view->as_of)
        return kith_fail(err, KITH_USAGE, "what is kept is kept until a day after the review; give --until a later one");
    return KITH_OK;
}

static kith_status write_review(kith_store *store, const kith_view *view, int64_t entity, const kith_review *review,
                                int64_t now, kith_error *err)
{
    char until[KITH_TIME_SIZE] = "", on[KITH_TIME_SIZE], at[KITH_TIME_SIZE];
    kith_change *change;
    const kith_status status = kith_store_change(&change, store, KITH_QUERY_REVIEW_ADD, err);

    if (status != KITH_OK)
        return status;
    if (!review->erase)
        kith_day_write(until, review->until);
    kith_day_write(on, view->as_of);
    kith_moment_write(at, now);
    kith_change_integer(change, 1, entity);
    kith_change_text(change, 2, review->erase ? "erase" : "keep");
    kith_change_text(change, 3, until);
    kith_change_text(change, 4, review->reason);
    kith_change_text(change, 5, view->user);
    kith_change_text(change, 6, view->purpose);
    kith_change_text(change, 7, on);
    kith_change_text(change, 8, at);
    return kith_change_run(change, NULL, err);
}

kith_status kith_retention_decide(kith_store *store, const kith_view *view, const char *id, const kith_review *review,
                                  int64_t now, kith_error *err)
{
    kith_kind kind;
    int64_t row;
    kith_status status = check_review(view, review, err);

    if (status == KITH_OK)
        status = kith_store_begin(store, err);
    if (status != KITH_OK)
        return status;
    status = kith_record_find(&kind, &row, store, view, id, err);
    if (status == KITH_OK && kind == KITH_EVENT)
        status = kith_fail(err, KITH_USAGE, "%s is an event, which is kept as long as those who took part in it; name one "
                                            "of them", id);
    if (status == KITH_OK)
        status = write_review(store, view, row, review, now, err);
    if (status == KITH_OK)
        return kith_store_commit(store, err);
    kith_store_rollback(store);
    return status;
}
