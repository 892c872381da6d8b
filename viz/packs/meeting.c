/* SPDX-License-Identifier: GPL-3.0-or-later */
/* meeting.c: what a meeting says of itself, from a small file. */
#include <stdlib.h>
#include <string.h>

#include "kith/date.h"
#include "kith/pack.h"

enum { LINE_SIZE = 4096 };

const char *const kith_meeting_key[KITH_MEETING_LINES] = { "purpose", "chair", "attendees", "outcome",
                                                           "review" };

static char *trim(char *text)
{
    text += strspn(text, " \t");
    for (size_t size = strlen(text); size > 0 && strchr(" \t\r\n", text[size - 1]) != NULL;)
        text[--size] = '\0';
    return text;
}

static kith_status take_line(kith_meeting *meeting, char *line, const char *name, size_t number,
                             kith_error *err)
{
    char *text = trim(line), *colon = strchr(text, ':');
    int key = 0;

    if (*text == '\0' || *text == '#')
        return KITH_OK;
    if (!kith_utf8_valid(text, strlen(text)))
        return kith_fail(err, KITH_INPUT, "%s:%zu: not UTF-8; save the file as UTF-8", name, number);
    if (colon != NULL)
        *colon = '\0';
    while (colon != NULL && key < KITH_MEETING_LINES && strcmp(trim(text), kith_meeting_key[key]) != 0)
        key++;
    if (colon == NULL || key == KITH_MEETING_LINES)
        return kith_fail(err, KITH_INPUT,
                         "%s:%zu: \"%.40s\" is none of purpose, chair, attendees, outcome, review; write "
                         "\"purpose: ...\"", name, number, text);
    if (meeting->lines[key] != NULL)
        return kith_fail(err, KITH_INPUT, "%s:%zu: %s is given a second time", name, number,
                         kith_meeting_key[key]);
    if (*trim(colon + 1) == '\0')
        return KITH_OK;
    meeting->lines[key] = strdup(trim(colon + 1));
    return meeting->lines[key] != NULL ? KITH_OK : kith_no_memory(err);
}

static kith_status judge(const kith_meeting *meeting, const char *name, kith_error *err)
{
    kith_text missing = { 0 };
    int32_t review;
    kith_status status = KITH_OK;

    for (int i = 0; i < KITH_MEETING_LINES; i++)
        if (meeting->lines[i] == NULL)
            kith_text_format(&missing, "%s%s", missing.size > 0 ? ", " : "", kith_meeting_key[i]);
    if (missing.size > 0)
        status = kith_fail(err, KITH_POLICY,
                           "%s: no map is made for a meeting without its %s; say them, one a line",
                           name, kith_text_string(&missing));
    else if (!kith_day_read(&review, meeting->lines[KITH_MEETING_REVIEW]))
        status = kith_fail(err, KITH_INPUT, "%s: review is \"%.40s\"; a date as 2022-07-28 is expected",
                           name, meeting->lines[KITH_MEETING_REVIEW]);
    kith_text_free(&missing);
    return status;
}

kith_status kith_meeting_read(kith_meeting *meeting, FILE *in, const char *name, kith_error *err)
{
    char line[LINE_SIZE];
    kith_status status = KITH_OK;

    *meeting = (kith_meeting){ { NULL } };
    for (size_t number = 1; status == KITH_OK && fgets(line, sizeof line, in) != NULL; number++)
        status = strlen(line) + 1 == sizeof line && line[sizeof line - 2] != '\n'
                     ? kith_fail(err, KITH_INPUT, "%s:%zu: longer than %d bytes; shorten it", name, number, LINE_SIZE - 2)
                     : take_line(meeting, line, name, number, err);
    return status == KITH_OK ? judge(meeting, name, err) : status;
}

void kith_meeting_free(kith_meeting *meeting)
{
    for (int i = 0; i < KITH_MEETING_LINES; i++)
        free(meeting->lines[i]);
    *meeting = (kith_meeting){ { NULL } };
}
