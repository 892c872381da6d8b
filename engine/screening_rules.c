/* SPDX-License-Identifier: GPL-3.0-or-later */
/* screening_rules.c: the criteria and steps of a partnership, read and looked through.
 *
 * A set of met criteria is a number, one bit a criterion, so that every set there is can be
 * asked for its step: what a reader of the rules cannot see, the check lists. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data_csv.h"
#include "forms_private.h"
#include "kith/text.h"
#include "kith/words.h"
#include "screening_private.h"

enum { LINE_MAX = 200, STEP_MAX = 200, NAME_MAX_BYTES = 64 };

static const char *const looks[LOOK_COUNT] = { "flag", "event", "age", "form" };

static kith_status read_number(int64_t *out, const char *place, const char *column,
                               const char *field, kith_error *err)
{
    *out = -1;
    if (field[0] == '\0' || (kith_integer_read(out, field) && *out >= 0 && *out <= 36500))
        return KITH_OK;
    return kith_fail(err, KITH_INPUT, "%s: %s is \"%s\"; a count from 0, or blank, is expected", place,
                     column, field);
}

/* Letters, digits and underscores, so that names can be joined in `when`. */
static bool is_name(const char *text)
{
    const size_t size = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");

    return size > 0 && size < NAME_MAX_BYTES && text[size] == '\0' &&
           strcmp(text, "otherwise") != 0;
}

static size_t criterion_named(const kith_screening *s, const char *name, size_t size)
{
    size_t c = 0;

    while (c < s->criterion_count &&
           (strlen(s->criteria[c]) != size || strncmp(s->criteria[c], name, size) != 0))
        c++;
    return c;
}

static kith_status add_criterion(kith_screening *s, const char *place, const char *const fields[],
                                 kith_error *err)
{
    if (!is_name(fields[0]))
        return kith_fail(err, KITH_INPUT, "%s: criterion is \"%s\"; name it with small letters, digits "
                         "and _", place, fields[0]);
    if (fields[7][0] == '\0')
        return kith_fail(err, KITH_INPUT, "%s: says is blank; write in the criterion's first line what "
                         "it says", place);
    if (s->criterion_count == KITH_CRITERIA_MAX)
        return kith_fail(err, KITH_INPUT, "%s: at most %d criteria are read; join some", place,
                         KITH_CRITERIA_MAX);
    s->criteria[s->criterion_count] = kith_pool_add(s->pool, fields[0]);
    s->says[s->criterion_count] = kith_pool_add(s->pool, fields[7]);
    if (s->criteria[s->criterion_count] == NULL || s->says[s->criterion_count] == NULL)
        return kith_no_memory(err);
    s->criterion_count++;
    return KITH_OK;
}

/* Each kind of line has fields that it needs, and others that would be passed over in silence. */
static kith_status check_line(const screening_line *line, const char *place, kith_error *err)
{
    static const struct { bool is, from, to, days; } needs[LOOK_COUNT] = {
        [LOOK_FLAG] = { .is = true },
        [LOOK_EVENT] = { .is = true, .from = true, .days = true },
        [LOOK_AGE] = { .from = true, .to = true },
        [LOOK_FORM] = { .is = true, .from = true },
    };
    const struct { const char *name; bool has, needed; } fields[] = {
        { "is", line->is[0] != '\0', needs[line->look].is },
        { "from", line->from >= 0, needs[line->look].from },
        { "to", line->to >= 0, needs[line->look].to },
        { "days", line->days >= 0, needs[line->look].days },
    };

    for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++)
        if (fields[f].has != fields[f].needed)
            return kith_fail(err, KITH_INPUT, "%s: %s %s for looks_at %s; %s", place, fields[f].name,
                             fields[f].has ? "means nothing" : "is blank", looks[line->look],
                             fields[f].has ? "leave it blank" : "write it");
    if (line->look == LOOK_AGE && line->from > line->to)
        return kith_fail(err, KITH_INPUT, "%s: no age is from %d to %d; exchange them", place,
                         (int)line->from, (int)line->to);
    return KITH_OK;
}

/* True for "GAT.strong", a list of a form, and "CSE.high.3", an item. */
static bool is_on_a_form(const forms_data *data, const char *what, size_t size)
{
    char form[32], item[64];
    const char *lists[LIST_MAX];
    const char *dot = memchr(what, '.', size);
    const size_t before = dot != NULL ? (size_t)(dot - what) : size, after = size - before;

    if (dot == NULL || before >= sizeof form || after > sizeof item)
        return false;
    snprintf(form, sizeof form, "%.*s", (int)before, what);
    snprintf(item, sizeof item, "%.*s", (int)after - 1, dot + 1);
    const char *known = forms_known(form);
    if (known == NULL)
        return false;
    assess_lists(data, known, lists);
    for (size_t l = 0; lists[l] != NULL; l++)
        if (strcmp(lists[l], item) == 0)
            return true;
    return forms_item_find(data, known, item) != NULL;
}

/* A misspelt item would be ticked by nobody, and the criterion read as not met. */
static kith_status check_forms(const char *is, const char *place, kith_error *err)
{
    forms_data data;
    kith_status status = forms_data_read(&data, err);

    for (const char *at = is; status == KITH_OK && *at != '\0';) {
        const size_t size = strcspn(at, "/");
        if (!is_on_a_form(&data, at, size))
            status = kith_fail(err, KITH_INPUT, "%s: \"%.*s\" is no list and no item of a form; write it as "
                               "GAT.strong or CSE.high.3", place, size < 60 ? (int)size : 60, at);
        at += size + (at[size] == '/');
    }
    forms_data_free(&data);
    return status;
}

static kith_status take_line(void *context, const char *place, const char *const fields[],
                             kith_error *err)
{
    kith_screening *s = context;
    screening_line line = { .criterion = criterion_named(s, fields[0], strlen(fields[0])),
                            .is = kith_pool_add(s->pool, fields[3]) };
    kith_status status = KITH_OK;

    while (line.look < LOOK_COUNT && !kith_word_same(looks[line.look], fields[2]))
        line.look++;
    if (line.look == LOOK_COUNT)
        return kith_fail(err, KITH_INPUT, "%s: looks_at is \"%s\"; flag, event, age or form is expected",
                         place, fields[2]);
    if (s->line_count == LINE_MAX)
        return kith_fail(err, KITH_INPUT, "%s: at most %d lines are read; join some", place, LINE_MAX);
    if (line.criterion < s->criterion_count && fields[7][0] != '\0')
        return kith_fail(err, KITH_INPUT, "%s: says stands in the criterion's first line; leave it blank "
                         "here", place);
    if (line.criterion == s->criterion_count)
        status = add_criterion(s, place, fields, err);
    if (status == KITH_OK)
        status = read_number(&line.way, place, "way", fields[1], err);
    if (status == KITH_OK)
        status = read_number(&line.from, place, "from", fields[4], err);
    if (status == KITH_OK)
        status = read_number(&line.to, place, "to", fields[5], err);
    if (status == KITH_OK)
        status = read_number(&line.days, place, "days", fields[6], err);
    if (status == KITH_OK)
        status = line.is != NULL ? check_line(&line, place, err) : kith_no_memory(err);
    if (status == KITH_OK && line.look == LOOK_FORM)
        status = check_forms(line.is, place, err);
    if (status != KITH_OK)
        return status;
    screening_line *grown = data_grow(s->lines, s->line_count, sizeof *grown);
    if (grown == NULL)
        return kith_no_memory(err);
    s->lines = grown;
    s->lines[s->line_count++] = line;
    return KITH_OK;
}

/* "early_signs+not missing" as bits. */
static kith_status read_when(screening_step *step, const kith_screening *s, const char *place,
                             const char *when, kith_error *err)
{
    step->otherwise = strcmp(when, "otherwise") == 0;
    for (const char *at = when; !step->otherwise;) {
        at += strspn(at, " ");
        const bool unmet = strncmp(at, "not ", 4) == 0;
        at += unmet ? 4 : 0;
        const size_t size = strcspn(at, "+ ");
        const size_t c = criterion_named(s, at, size);
        if (c == s->criterion_count)
            return kith_fail(err, KITH_INPUT, "%s: when is \"%s\", and \"%.*s\" is no criterion; join "
                             "criteria by +, or write otherwise", place, when, (int)size, at);
        *(unmet ? &step->unmet : &step->met) |= UINT32_C(1) << c;
        at += size;
        at += strspn(at, " ");
        if (*at == '\0')
            break;
        if (*at++ != '+')
            return kith_fail(err, KITH_INPUT, "%s: when is \"%s\"; join criteria by +", place, when);
    }
    if ((step->met & step->unmet) != 0)
        return kith_fail(err, KITH_INPUT, "%s: when is \"%s\", which can never be; a criterion is both "
                         "asked for and ruled out", place, when);
    return KITH_OK;
}

static kith_status take_step(void *context, const char *place, const char *const fields[],
                             kith_error *err)
{
    kith_screening *s = context;
    screening_step step = { .step = kith_pool_add(s->pool, fields[0]),
                            .sentence = kith_pool_add(s->pool, fields[2]) };

    if (fields[0][0] == '\0' || fields[2][0] == '\0')
        return kith_fail(err, KITH_INPUT, "%s: %s is blank; write it", place,
                         fields[0][0] == '\0' ? "step" : "sentence");
    if (s->step_count == STEP_MAX)
        return kith_fail(err, KITH_INPUT, "%s: at most %d steps are read; join some", place, STEP_MAX);
    const kith_status status = read_when(&step, s, place, fields[1], err);
    if (status != KITH_OK)
        return status;
    screening_step *grown = data_grow(s->steps, s->step_count, sizeof *grown);
    if (grown != NULL)
        s->steps = grown;
    if (grown == NULL || step.step == NULL || step.sentence == NULL)
        return kith_no_memory(err);
    s->steps[s->step_count++] = step;
    return KITH_OK;
}

static kith_status read_file(const data_csv *csv, const char *path, kith_error *err)
{
    FILE *in = path != NULL ? fopen(path, "rb") : NULL;

    if (path == NULL)
        return forms_embedded_read(*csv, err);
    if (in == NULL)
        return kith_fail(err, KITH_INPUT, "%s: the rule file cannot be opened (%s); name one that can be "
                         "read", path, strerror(errno));
    const kith_status status = data_csv_read(csv, in, err);
    fclose(in);
    return status;
}

static kith_status read_both(kith_screening *s, const char *criteria, const char *steps,
                             kith_error *err)
{
    static const char *const of_criteria[] = { "criterion", "way", "looks_at", "is", "from", "to",
                                               "days", "says" };
    static const char *const of_steps[] = { "step", "when", "sentence" };
    const data_csv first = { criteria != NULL ? criteria : "screening", of_criteria, 8, take_line, s,
                             NULL, 0 };
    const data_csv second = { steps != NULL ? steps : "steps", of_steps, 3, take_step, s, NULL, 0 };

    kith_status status = read_file(&first, criteria, err);
    if (status == KITH_OK)
        status = read_file(&second, steps, err);
    if (status == KITH_OK && (s->line_count == 0 || s->step_count == 0))
        status = kith_fail(err, KITH_INPUT, "%s: the file has no rule; add one a line",
                           s->line_count == 0 ? first.name : second.name);
    return status;
}

kith_status kith_screening_read(kith_screening **screening, const char *criteria,
                                const char *steps, kith_error *err)
{
    kith_screening *s = calloc(1, sizeof *s);

    *screening = NULL;
    if (s == NULL || (s->pool = kith_pool_new()) == NULL) {
        kith_screening_free(s);
        return kith_no_memory(err);
    }
    s->criteria_name = criteria != NULL ? criteria : "Kith's example";
    s->steps_name = steps != NULL ? steps : "Kith's example";
    const kith_status status = read_both(s, criteria, steps, err);
    if (status == KITH_OK)
        *screening = s;
    else
        kith_screening_free(s);
    return status;
}

void kith_screening_free(kith_screening *screening)
{
    if (screening == NULL)
        return;
    free(screening->lines);
    free(screening->steps);
    kith_pool_free(screening->pool);
    free(screening);
}

const screening_step *screening_find(const kith_screening *screening, uint32_t met, bool *overlap)
{
    const screening_step *found = NULL, *otherwise = NULL;

    *overlap = false;
    for (size_t i = 0; i < screening->step_count; i++) {
        const screening_step *step = &screening->steps[i];
        if (step->otherwise)
            otherwise = otherwise == NULL ? step : otherwise;
        else if ((met & step->met) != step->met || (met & step->unmet) != 0)
            continue;
        else if (found == NULL)
            found = step;
        else if (strcmp(found->step, step->step) != 0)
            *overlap = true;
    }
    return *overlap ? NULL : found != NULL ? found : otherwise;
}

/* Where a step first stands in the file, from 1; 0 for none. */
static size_t height(const kith_screening *s, const screening_step *step)
{
    size_t at = 0;

    while (step != NULL && strcmp(s->steps[at].step, step->step) != 0)
        at++;
    return step != NULL ? at + 1 : 0;
}

static void add_row(kith_table *table, const kith_screening *s, const char *kind, uint32_t met,
                    const screening_step *step, const char *detail)
{
    kith_text names = { 0 };

    for (size_t c = 0; c < s->criterion_count; c++)
        if ((met >> c & 1) != 0)
            kith_text_format(&names, "%s%s", names.size > 0 ? "+" : "", s->criteria[c]);
    kith_table_text(table, kind);
    kith_table_text(table, names.size > 0 ? kith_text_string(&names) : "none");
    kith_table_text(table, step != NULL ? step->step : NULL);
    kith_table_text(table, detail);
    table->failed = table->failed || names.failed;
    kith_text_free(&names);
}

/* Names the first criterion without which the step would be higher. */
static void check_fall(kith_table *table, const kith_screening *s, uint32_t met,
                       const screening_step *here)
{
    kith_text detail = { 0 };
    bool overlap;

    for (size_t c = 0; c < s->criterion_count && detail.size == 0; c++) {
        if ((met >> c & 1) == 0)
            continue;
        const screening_step *less = screening_find(s, met & ~(UINT32_C(1) << c), &overlap);
        if (!overlap && height(s, less) > height(s, here))
            kith_text_format(&detail, "without %s the step is %s", s->criteria[c], less->step);
    }
    if (detail.size > 0)
        add_row(table, s, "not_monotone", met, here, kith_text_string(&detail));
    table->failed = table->failed || detail.failed;
    kith_text_free(&detail);
}

kith_status kith_screening_check(kith_table *table, size_t *found,
                                 const kith_screening *screening, kith_error *err)
{
    static const char *const names[] = { "kind", "met", "step", "detail" };
    bool overlap;

    *table = (kith_table){ 0 };
    *found = 0;
    for (size_t c = 0; c < 4; c++)
        kith_table_column(table, names[c], KITH_CELL_TEXT);
    for (uint32_t met = 0; met >> screening->criterion_count == 0; met++) {
        const screening_step *step = screening_find(screening, met, &overlap);
        if (overlap)
            add_row(table, screening, "overlap", met, NULL, "several steps fit");
        else if (step == NULL)
            add_row(table, screening, "gap", met, NULL, "no step fits");
        if (!overlap)
            check_fall(table, screening, met, step);
    }
    const kith_status status = kith_table_status(table, err);
    if (status == KITH_OK)
        *found = kith_table_rows(table);
    else
        kith_table_free(table);
    return status;
}
