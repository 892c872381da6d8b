/* SPDX-License-Identifier: GPL-3.0-or-later */
/* screening.c: the criteria of one person, answered from what is recorded.
 *
 * Three answers, put together as logic does: of lines that are all needed one no is a no,
 * of ways one yes is a yes, and what is left is not known. */
#include "kith/screening.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "forms_private.h"
#include "kith/date.h"
#include "kith/record.h"
#include "kith/words.h"
#include "screening_private.h"

typedef enum answer { NOT_MET, NOT_KNOWN, MET } answer; /* in this order: and is the least, or the most */

static const char *const answer_words[] = { "not met", "not known", "met" };

/* What is asked about whom, and what the present criterion rests on. */
typedef struct desk {
    kith_store *store;
    const kith_view *view;
    assess_forms forms;
    kith_text evidence, text;
} desk;

static void add_evidence(desk *d, const char *record)
{
    kith_text_format(&d->evidence, "%s%s", d->evidence.size > 0 ? ";" : "", record);
}

static void add_text(desk *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add_text(desk *d, const char *format, ...)
{
    char piece[512];
    va_list values;

    va_start(values, format);
    vsnprintf(piece, sizeof piece, format, values);
    va_end(values);
    kith_text_format(&d->text, "%s%s", d->text.size > 0 ? "; " : "", piece);
}

/* Whether a word is one of "a/b/c". */
static bool is_one_of(const char *list, const char *word)
{
    char name[128];

    for (;; list++) {
        const size_t size = strcspn(list, "/");
        snprintf(name, sizeof name, "%.*s", (int)size, list);
        if (kith_word_same(name, word))
            return true;
        list += size;
        if (*list == '\0')
            return false;
    }
}

/* A flag that somebody ended or answered with no, as against one that nobody set. */
static bool says_no(const char *status)
{
    static const char *const words[] = { "ended", "closed", "no", "not met", "withdrawn", "historic" };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (kith_word_same(words[i], status))
            return true;
    return false;
}

static answer flag_answer(desk *d, const kith_rows *rows)
{
    kith_time from, to;

    if (!kith_time_read(&from, kith_rows_text(rows, 3)) || !kith_time_read(&to, kith_rows_text(rows, 4)) ||
        (from.precision != KITH_UNDATED && from.day > d->view->as_of))
        return NOT_KNOWN;
    const bool over = to.precision != KITH_UNDATED && to.day < d->view->as_of;
    const bool ended = over || (says_no(kith_rows_text(rows, 2)) && to.precision == KITH_UNDATED);
    add_evidence(d, kith_rows_text(rows, 0));
    add_text(d, "%s%s%s%s%s", kith_rows_text(rows, 1), kith_rows_text(rows, 2)[0] != '\0' ? ": " : "",
             kith_rows_text(rows, 2), over ? " to " : "", over ? kith_rows_text(rows, 4) : "");
    return ended ? NOT_MET : MET;
}

static kith_status ask_flags(answer *out, desk *d, const screening_line *line, kith_error *err)
{
    kith_rows *rows;
    kith_status status =
        kith_store_read(&rows, d->store, d->view, KITH_QUERY_SCREENING_FLAGS, err);
    bool ended = false;

    *out = NOT_KNOWN;
    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", d->forms.person_row);
    while (kith_rows_next(rows)) {
        if (!is_one_of(line->is, kith_rows_text(rows, 1)))
            continue;
        const answer one = flag_answer(d, rows);
        *out = one == MET ? MET : *out;
        ended = ended || one == NOT_MET;
    }
    if (*out != MET && ended)
        *out = NOT_MET;
    else if (*out != MET)
        add_text(d, "no flag %s is recorded", line->is);
    return kith_rows_end(rows, err);
}

/* Somebody who only told of an event, helped or saw it is not whom it is about. */
static bool is_about(const char *role)
{
    kith_role roles[2];
    const char *written[2];
    int count;
    bool known;

    kith_role_read(role, roles, written, &count, &known);
    for (int i = 0; i < count; i++)
        if ((roles[i] & (KITH_REPORTER | KITH_HELPER | KITH_WITNESS)) == 0)
            return true;
    return false;
}

/* One report of one day is one event, whichever agencies sent it; rows come by date. */
static bool is_repeat(kith_text *last, const kith_rows *rows, int32_t day)
{
    char key[600];
    const char *report = kith_rows_text(rows, 4), *id = kith_rows_text(rows, 0);

    snprintf(key, sizeof key, "\n%s\n%d\n", report[0] != '\0' ? report : id, (int)day);
    if (last->size > 0 && strstr(kith_text_string(last), key) != NULL)
        return true;
    kith_text_add(last, key);
    return false;
}

static kith_status ask_events(answer *out, desk *d, const screening_line *line, kith_error *err)
{
    kith_rows *rows;
    kith_text seen = { 0 };
    kith_time at;
    int64_t count = 0;
    kith_status status =
        kith_store_read(&rows, d->store, d->view, KITH_QUERY_SCREENING_EVENTS, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", d->forms.person_row);
    while (kith_rows_next(rows)) {
        if (!is_one_of(line->is, kith_rows_text(rows, 1)) || !is_about(kith_rows_text(rows, 3)) ||
            !kith_time_read(&at, kith_rows_text(rows, 2)) || at.precision == KITH_UNDATED ||
            at.day > d->view->as_of || at.day <= d->view->as_of - line->days ||
            is_repeat(&seen, rows, at.day))
            continue;
        add_evidence(d, kith_rows_text(rows, 0));
        count++;
    }
    add_text(d, "%d of %s in %d days, at least %d asked for%s", (int)count, line->is, (int)line->days,
             (int)line->from, count == 0 ? "; none recorded is not none" : "");
    *out = count >= line->from ? MET : count > 0 ? NOT_MET : NOT_KNOWN;
    status = kith_rows_end(rows, err);
    if (status == KITH_OK)
        status = kith_text_status(&seen, err);
    kith_text_free(&seen);
    return status;
}

static kith_status ask_age(answer *out, desk *d, const screening_line *line, kith_error *err)
{
    kith_rows *rows;
    kith_time born;
    int least = INT_MAX, most = INT_MIN;
    kith_status status =
        kith_store_read(&rows, d->store, d->view, KITH_QUERY_SCREENING_BIRTHS, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "row", d->forms.person_row);
    while (kith_rows_next(rows)) {
        int year, month, day;
        if (!kith_time_read(&born, kith_rows_text(rows, 0)) || born.precision == KITH_UNDATED)
            continue;
        kith_day_split(born.day, &year, &month, &day);
        const int32_t earliest = born.precision == KITH_MONTH ? kith_day(year, month, 1) : born.day;
        const int young = kith_age(born.day, d->view->as_of), old = kith_age(earliest, d->view->as_of);
        least = young < least ? young : least;
        most = old > most ? old : most;
    }
    status = kith_rows_end(rows, err);
    if (most == INT_MIN) {
        *out = NOT_KNOWN;
        add_text(d, "age not known");
        return status;
    }
    *out = least >= line->from && most <= line->to  ? MET
           : most < line->from || least > line->to ? NOT_MET
                                                    : NOT_KNOWN;
    add_text(d, least == most ? "aged %d" : "aged %d or %d", least, most);
    return status;
}

/* Ticks of one list or item, as "GAT.strong" or "CSE.high.3", on the newest form; -1 without one. */
static int ticks_on(desk *d, const char *what)
{
    const char *dot = strchr(what, '.');
    char form[32];

    snprintf(form, sizeof form, "%.*s", dot != NULL ? (int)(dot - what) : 0, what);
    for (size_t f = 0; f < d->forms.count && dot != NULL; f++) {
        const assess_form *newest = &d->forms.forms[f];
        if (newest->form == NULL || !kith_word_same(newest->form, form))
            continue;
        const form_item *item = forms_item_find(&d->forms.data, newest->form, dot + 1);
        const assess_count list = assess_list(&d->forms.data, newest, dot + 1);
        const int ticks = item != NULL ? (assess_marks(newest, item) & ~HISTORIC) != 0
                                       : list.ticked + list.current;
        if (ticks > 0)
            add_evidence(d, newest->id);
        if (ticks > 0)
            add_text(d, "%s: %d on %s of %s", what, ticks, newest->id, newest->on);
        return ticks;
    }
    return -1;
}

static void ask_forms(answer *out, desk *d, const screening_line *line)
{
    char what[128];
    int64_t ticks = 0;
    bool asked = false;

    for (const char *at = line->is;; at++) {
        const size_t size = strcspn(at, "/");
        snprintf(what, sizeof what, "%.*s", (int)size, at);
        const int one = ticks_on(d, what);
        asked = asked || one >= 0;
        ticks += one > 0 ? one : 0;
        at += size;
        if (*at == '\0')
            break;
    }
    if (!asked)
        add_text(d, "no form with %s is recorded", line->is);
    else if (ticks == 0)
        add_text(d, "nothing of %s is ticked on the newest form", line->is);
    *out = !asked ? NOT_KNOWN : ticks >= line->from ? MET : NOT_MET;
}

static kith_status ask(answer *out, desk *d, const screening_line *line, kith_error *err)
{
    switch (line->look) {
    case LOOK_FLAG: return ask_flags(out, d, line, err);
    case LOOK_EVENT: return ask_events(out, d, line, err);
    case LOOK_AGE: return ask_age(out, d, line, err);
    default: ask_forms(out, d, line); return KITH_OK;
    }
}

/* Lines of one way are all needed; the best way is the answer. */
static kith_status ask_criterion(answer *out, desk *d, const kith_screening *s, size_t criterion,
                                 kith_error *err)
{
    kith_status status = KITH_OK;

    *out = NOT_MET;
    for (size_t first = 0; first < s->line_count && status == KITH_OK; first++) {
        answer way = MET, one = NOT_MET;
        bool begins = s->lines[first].criterion == criterion;
        for (size_t i = 0; i < first; i++)
            begins = begins && (s->lines[i].criterion != criterion || s->lines[i].way != s->lines[first].way);
        for (size_t i = first; begins && i < s->line_count && status == KITH_OK; i++) {
            if (s->lines[i].criterion != criterion || s->lines[i].way != s->lines[first].way)
                continue;
            status = ask(&one, d, &s->lines[i], err);
            way = status == KITH_OK && one < way ? one : way;
        }
        *out = begins && way > *out ? way : *out;
    }
    return status;
}

static void add_row(kith_table *table, const char *what, const char *item, const char *said,
                    const char *evidence, const char *text)
{
    kith_table_text(table, what);
    kith_table_text(table, item);
    kith_table_text(table, said);
    kith_table_text(table, evidence != NULL && evidence[0] != '\0' ? evidence : NULL);
    kith_table_text(table, text);
}

/* Whether the step hangs on one criterion, all others that are not known being anything. */
static bool hangs_on(const kith_screening *s, uint32_t met, uint32_t open, size_t criterion)
{
    const uint32_t bit = UINT32_C(1) << criterion, others = open & ~bit;
    bool overlap;

    for (uint32_t some = others;; some = (some - 1) & others) {
        const screening_step *with = screening_find(s, met | some | bit, &overlap);
        const screening_step *without = screening_find(s, met | some, &overlap);
        if ((with == NULL) != (without == NULL) ||
            (with != NULL && strcmp(with->step, without->step) != 0))
            return true;
        if (some == 0)
            return false;
    }
}

static void add_step(kith_table *table, const kith_screening *s, uint32_t met, uint32_t open)
{
    kith_text hangs = { 0 };
    bool overlap;
    const screening_step *step = screening_find(s, met, &overlap);

    for (size_t c = 0; c < s->criterion_count; c++)
        if ((open >> c & 1) != 0 && hangs_on(s, met, open, c))
            kith_text_format(&hangs, "%s%s", hangs.size > 0 ? ", " : "", s->criteria[c]);
    if (hangs.size > 0) {
        kith_text_add(&hangs, " could change the step: ask");
        add_row(table, "step", step != NULL ? step->step : NULL, "not decided", NULL,
                kith_text_string(&hangs));
    } else if (step != NULL) {
        add_row(table, "step", step->step, "decided by the rules", NULL, step->sentence);
    } else {
        add_row(table, "step", NULL, "not decided", NULL,
                overlap ? "several steps fit; `kith assess --rules --screening` lists them"
                        : "no step fits; `kith assess --rules --screening` lists such gaps");
    }
    table->failed = table->failed || hangs.failed;
    kith_text_free(&hangs);
}

static kith_status fill(kith_table *table, desk *d, const kith_screening *s, kith_error *err)
{
    uint32_t met = 0, open = 0;
    kith_status status = KITH_OK;

    for (size_t c = 0; c < s->criterion_count && status == KITH_OK; c++) {
        answer one;
        kith_text_clear(&d->evidence);
        kith_text_clear(&d->text);
        status = ask_criterion(&one, d, s, c, err);
        if (status != KITH_OK)
            break;
        add_row(table, s->says[c], s->criteria[c], answer_words[one], kith_text_string(&d->evidence),
                kith_text_string(&d->text));
        met |= (uint32_t)(one == MET) << c;
        open |= (uint32_t)(one == NOT_KNOWN) << c;
    }
    if (status == KITH_OK)
        add_step(table, s, met, open);
    if (status == KITH_OK)
        status = kith_text_status(&d->evidence, err);
    return status == KITH_OK ? kith_text_status(&d->text, err) : status;
}

static void head(kith_table *table, const char *person, const kith_view *view, const kith_screening *s)
{
    static const char *const names[] = { "what", "item", "answer", "evidence", "text" };
    char as_of[KITH_TIME_SIZE];

    kith_day_write(as_of, view->as_of);
    kith_table_fact(table, "subject", "person %s", person);
    kith_table_fact(table, "as_of", "%s", as_of);
    kith_table_fact(table, "criteria", "%s", s->criteria_name);
    kith_table_fact(table, "steps", "%s", s->steps_name);
    for (size_t c = 0; c < 5; c++)
        kith_table_column(table, names[c], KITH_CELL_TEXT);
    kith_table_note(table, "not known is not a no: what is not recorded has to be asked");
    kith_table_note(table, "criteria are the partnership's own and decide who looks, not how much harm there "
                           "is; they are not counted, and two children's are not compared");
}

kith_status kith_screen(kith_table *table, kith_store *store, const kith_view *view,
                        const char *person, const kith_screening *screening, kith_error *err)
{
    const kith_assess_options whom = { .person = person };
    desk d = { .store = store, .view = view };

    *table = (kith_table){ 0 };
    kith_status status = assess_read(&d.forms, store, view, &whom, err);
    if (status == KITH_OK) {
        head(table, person, view, screening);
        status = fill(table, &d, screening, err);
    }
    if (status == KITH_OK)
        status = kith_table_status(table, err);
    assess_free(&d.forms);
    kith_text_free(&d.evidence);
    kith_text_free(&d.text);
    if (status != KITH_OK)
        kith_table_free(table);
    return status;
}
