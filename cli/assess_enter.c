/* SPDX-License-Identifier: GPL-3.0-or-later */
/* assess_enter.c: asks the questions of a form in its own order.
 *
 * Every answer is one line; "<" goes back to the question before, from the last one too, and
 * nothing is stored until that is answered with y. Input that ends early stores nothing; what
 * could not be stored is asked for again at once, not when all has been answered. */
#include "assess_enter.h"

#include <stdlib.h>
#include <string.h>

#include "hub.h"
#include "kith/date.h"
#include "kith/forms.h"
#include "kith/record.h"
#include "kith/text.h"

enum { LINE_SIZE = 4096 };
enum { DATE, ROLE, FIRST_ITEM }; /* questions, then one an item, then the level */

/* What was answered to one item; strings are owned. */
typedef struct answer {
    char marks[3]; /* "y", "c", "h", "ch"; "" for not ticked */
    char *voice, *text;
} answer;

typedef struct sheet {
    kith_call *call;
    const kith_form *form;
    answer *answers;
    char *date, *role, *level;
    char line[LINE_SIZE];
} sheet;

typedef enum reply { SAID, BACK, STOPPED } reply;

/* One line without its end, and its size; what is too long is read to its end, and not kept.
 * False when there is none. */
static bool read_line(sheet *s, size_t *size)
{
    int c;

    *size = 0;
    while ((c = getchar()) != EOF && c != '\n')
        if ((*size)++ < LINE_SIZE)
            s->line[*size - 1] = (char)c;
    if (*size > 0 && *size < LINE_SIZE && s->line[*size - 1] == '\r')
        --*size;
    if (*size < LINE_SIZE)
        s->line[*size] = '\0';
    return c != EOF || *size > 0;
}

/* One line of standard input; SAID also when it is empty. */
static reply ask(sheet *s, const char *prompt, kith_error *err)
{
    size_t size;

    for (;;) {
        fprintf(stderr, "%s ", prompt);
        fflush(stderr);
        if (!read_line(s, &size)) {
            kith_fail(err, KITH_INPUT, "the answers ended before the form did; nothing is stored");
            return STOPPED;
        }
        if (size < LINE_SIZE && kith_utf8_valid(s->line, size))
            return strcmp(s->line, "<") == 0 ? BACK : SAID;
        if (size < LINE_SIZE)
            fprintf(stderr, "  not UTF-8 text; write it again\n");
        else
            fprintf(stderr, "  longer than %d bytes; write it again, shorter\n", LINE_SIZE - 1);
    }
}

static bool keep(char **to, const char *text)
{
    char *copy = strdup(text);

    if (copy == NULL)
        return false;
    free(*to);
    *to = copy;
    return true;
}

static reply ask_date(sheet *s, kith_error *err)
{
    char prompt[96], as_of[KITH_TIME_SIZE];
    int32_t day;

    kith_day_write(as_of, s->call->view.as_of);
    snprintf(prompt, sizeof prompt, "Date of the form, YYYY-MM-DD [%s]:", as_of);
    for (;;) {
        const reply said = ask(s, prompt, err);
        if (said != SAID)
            return said;
        const char *date = s->line[0] != '\0' ? s->line : as_of;
        if (kith_day_read(&day, date) && day <= kith_today())
            return keep(&s->date, date) ? SAID : (kith_no_memory(err), STOPPED);
        fprintf(stderr, "  not a day of the calendar up to today; write it as %s\n", as_of);
    }
}

static reply ask_text(sheet *s, char **to, const char *prompt, kith_error *err)
{
    const reply said = ask(s, prompt, err);

    if (said == SAID && !keep(to, s->line)) {
        kith_no_memory(err);
        return STOPPED;
    }
    return said;
}

static reply ask_voice(sheet *s, answer *a, kith_error *err)
{
    static const char *const voices[] = { "child", "parent", "worker" };

    for (;;) {
        const reply said = ask(s, "    who says so: c child, p parent, w worker, blank for not recorded:", err);
        if (said != SAID)
            return said;
        const char *voice = s->line[0] == '\0' ? "" : NULL;
        for (size_t v = 0; v < 3; v++)
            if (strlen(s->line) == 1 && s->line[0] == voices[v][0])
                voice = voices[v];
        if (voice != NULL)
            return keep(&a->voice, voice) ? SAID : (kith_no_memory(err), STOPPED);
    }
}

static bool are_marks(const kith_form_item *item, const char *line)
{
    static const char *const timed[] = { "", "c", "h", "ch" }, *const plain[] = { "", "y" };

    for (size_t i = 0; i < (item->times ? 4u : 2u); i++)
        if (strcmp(line, item->times ? timed[i] : plain[i]) == 0)
            return true;
    return false;
}

/* The tick, or of a form of words (PEER) the words. */
static reply ask_box(sheet *s, const kith_form_item *item, answer *a, kith_error *err)
{
    reply said;

    if (s->form->told)
        return ask_text(s, &a->text, "  words, blank for none:", err);
    do
        said = ask(s, item->times ? "  c current, h historic, ch both, blank for not ticked:"
                                  : "  y for ticked, blank for not:", err);
    while (said == SAID && !are_marks(item, s->line));
    if (said == SAID)
        memcpy(a->marks, s->line, strlen(s->line) + 1);
    return said;
}

static reply ask_item(sheet *s, size_t at, kith_error *err)
{
    const kith_form_item *item = &s->form->items[at];
    answer *a = &s->answers[at];
    reply said;

    do {
        fprintf(stderr, "%zu/%zu %s: \"%s\"\n", at + 1, s->form->count, item->item, item->text);
        said = ask_box(s, item, a, err);
        if (said != SAID || (s->form->told ? a->text[0] : a->marks[0]) == '\0')
            return said;
        said = ask_voice(s, a, err);
        if (said == SAID && !s->form->told)
            said = ask_text(s, &a->text, "    in their words, blank for none:", err);
    } while (said == BACK);
    return said;
}

static reply ask_question(sheet *s, size_t question, kith_error *err)
{
    if (question == DATE)
        return ask_date(s, err);
    if (question == ROLE)
        return ask_text(s, &s->role, "Role of who fills it in, no name (for example: social worker):", err);
    if (question < FIRST_ITEM + s->form->count)
        return ask_item(s, question - FIRST_ITEM, err);
    return ask_text(s, &s->level, "The level as the practitioner judges it, blank for none:", err);
}

static const char *status_of(char mark)
{
    return mark == 'c' ? "current" : mark == 'h' ? "historic" : "present";
}

/* The ticks of the sheet; a box ticked as current and historic is two. */
static size_t write_ticks(kith_tick *ticks, const sheet *s)
{
    size_t count = 0;

    for (size_t i = 0; i < s->form->count; i++) {
        const answer *a = &s->answers[i];
        const char *voice = a->voice != NULL ? a->voice : "", *text = a->text != NULL ? a->text : "";
        const char *item = s->form->items[i].item;
        if (s->form->told && text[0] != '\0')
            ticks[count++] = (kith_tick){ item, "", voice, text };
        for (const char *m = a->marks; *m != '\0'; m++)
            ticks[count++] = (kith_tick){ item, status_of(*m), voice, text };
    }
    return count;
}

/* SAID when the form may be stored. */
static reply confirm(sheet *s, size_t answers, kith_error *err)
{
    char prompt[128];

    snprintf(prompt, sizeof prompt, "Store this %s with %zu answers? y to store:", s->form->tool, answers);
    const reply said = ask(s, prompt, err);
    if (said != SAID || strcmp(s->line, "y") == 0)
        return said;
    kith_fail(err, KITH_INPUT, "the form was not confirmed; nothing is stored");
    return STOPPED;
}

/* Confirms and stores; back is set when the last question is to be asked once more. */
static kith_status store(sheet *s, bool *back, kith_error *err)
{
    kith_tick *ticks = calloc(2 * s->form->count + 1, sizeof *ticks);
    char id[KITH_ASSESSMENT_ID_SIZE];
    kith_status status = KITH_OK;

    if (ticks == NULL)
        return kith_no_memory(err);
    const kith_filled_form filled = {
        .person = s->call->operands[0], .tool = s->form->tool, .assessed_on = s->date,
        .assessor_role = s->role, .level = s->level, .source = call_text(s->call, "source"),
        .ticks = ticks, .count = write_ticks(ticks, s),
    };
    const reply said = confirm(s, filled.count, err);
    *back = said == BACK;
    if (said == STOPPED)
        status = err->status;
    if (said == SAID)
        status = kith_assess_enter(id, s->call->store, &s->call->view, &filled, err);
    if (said == SAID && status == KITH_OK)
        call_say(s->call, "stored as %s; `kith assess --assessment %s` shows it", id, id);
    free(ticks);
    return status;
}

/* From question on to the last. */
static kith_status ask_from(sheet *s, size_t question, size_t last, kith_error *err)
{
    while (question <= last) {
        const reply said = ask_question(s, question, err);
        if (said == STOPPED)
            return err->status;
        question = said == SAID ? question + 1 : question > 0 ? question - 1 : 0;
    }
    return KITH_OK;
}

static kith_status fill_in(sheet *s, kith_error *err)
{
    const size_t last = FIRST_ITEM + s->form->count - !s->form->level;
    size_t question = 0;
    kith_status status;
    bool back;

    fprintf(stderr, "%s for %s, %zu questions. < goes back; the end of input stops, and stores nothing.\n",
            s->form->tool, s->call->operands[0], s->form->count);
    do {
        back = false;
        status = ask_from(s, question, last, err);
        if (status == KITH_OK)
            status = store(s, &back, err);
        question = last;
    } while (status == KITH_OK && back);
    return status;
}

static void free_sheet(sheet *s)
{
    for (size_t i = 0; s->answers != NULL && i < s->form->count; i++) {
        free(s->answers[i].voice);
        free(s->answers[i].text);
    }
    free(s->answers);
    free(s->date);
    free(s->role);
    free(s->level);
}

kith_status assess_enter(kith_call *call, kith_error *err)
{
    kith_form form;
    kith_kind kind;
    int64_t row;
    kith_status status = kith_form_read(&form, call_text(call, "enter"), err);

    if (status != KITH_OK)
        return status;
    sheet s = { .call = call, .form = &form };
    s.answers = calloc(form.count, sizeof *s.answers);
    s.level = strdup("");
    status = s.answers != NULL && s.level != NULL ? hub_open(call, KITH_READ_WRITE, err)
                                                  : kith_no_memory(err);
    if (status == KITH_OK)
        status = kith_record_find(&kind, &row, call->store, &call->view, call->operands[0], err);
    if (status == KITH_OK && kind != KITH_PERSON)
        status = kith_fail(err, KITH_USAGE, "%s is a %s; forms are about a person", call->operands[0],
                           kith_kind_word[kind]);
    if (status == KITH_OK)
        status = fill_in(&s, err);
    free_sheet(&s);
    kith_form_free(&form);
    return status;
}
