/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audience_read.c: the lines of a policy file.
 *
 * inih cuts the file into sections and lines; it counts none and cuts long ones short, so it
 * is fed a line at a time by a reader that counts and refuses. What a key means is a row of
 * a table. The first fault ends the reading: a policy that was read in part is none. */
#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audience_private.h"
#include "data_csv.h"
#include "kith/access.h"
#include "policy_data.h"

enum { POLICY_SIZE_MAX = 1 << 16, SECTION_SIZE_MAX = 48 /* inih cuts longer ones */ };

/* A name that can stand in a command line and after a colon in none. */
static bool is_name(const char *name)
{
    return name[0] != '\0' && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_")] == '\0';
}

static void begin_audience(policy_reading *r, const char *name)
{
    kith_policy *p = r->policy;

    for (size_t i = 0; i < p->audience_count; i++)
        if (strcmp(p->audiences[i].name, name) == 0) {
            r->audience = &p->audiences[i];
            return;
        }
    kith_audience *grown = data_grow(p->audiences, p->audience_count, sizeof *grown);
    if (grown == NULL) {
        r->status = kith_no_memory(r->err);
        return;
    }
    p->audiences = grown;
    r->audience = &grown[p->audience_count++];
    *r->audience = (kith_audience){ .name = policy_keep(r, name), .label = policy_keep(r, name), .names = KITH_NAMES_NONE,
                                    .names_most = KITH_NAMES_NONE, .small = 10, .limits.agencies = "" };
}

static void begin_duty(policy_reading *r, const char *name)
{
    kith_policy *p = r->policy;

    for (size_t i = 0; i < p->duty_count; i++)
        if (strcmp(p->duties[i].name, name) == 0) {
            r->duty = &p->duties[i];
            return;
        }
    kith_duty *grown = data_grow(p->duties, p->duty_count, sizeof *grown);
    if (grown == NULL) {
        r->status = kith_no_memory(r->err);
        return;
    }
    p->duties = grown;
    r->duty = &grown[p->duty_count++];
    *r->duty = (kith_duty){ .name = policy_keep(r, name), .label = policy_keep(r, name), .does = policy_keep(r, name), .cases = KITH_CASES_OWN,
                            .limits.agencies = "", .audiences = "case-team\n" };
}

/* "[audience NAME]", size bytes. */
static void begin_section(policy_reading *r, const char *line, size_t size)
{
    char name[SECTION_SIZE_MAX + 1];

    r->audience = NULL;
    r->duty = NULL;
    r->given = 0;
    snprintf(name, sizeof name, "%.*s", (int)(size - 2), line + 1);
    const bool audience = strncmp(name, "audience ", 9) == 0;
    if (!audience && strncmp(name, "role ", 5) != 0)
        policy_fault(r, "the section is neither an audience nor a role",
                     "[audience NAME] or [role NAME] is expected");
    else if (!is_name(name + (audience ? 9 : 5)))
        policy_fault(r, "the section's name is not one word of small letters, digits, - and _",
                     "choose such a name");
    else if (audience)
        begin_audience(r, name + 9);
    else
        begin_duty(r, name + 5);
}

static int take_line(void *context, const char *section, const char *key, const char *value)
{
    policy_reading *r = context;

    (void)section; /* give_line has begun it */
    if (r->status == KITH_OK && r->audience == NULL && r->duty == NULL)
        policy_fault(r, "the line stands before the first section",
                     "begin with [audience NAME] or [role NAME]");
    if (r->status == KITH_OK)
        policy_take(r, key, value);
    return r->status == KITH_OK;
}

/* One line for inih, which would cut a long one and join one that begins with a blank. */
static char *give_line(char *line, int room, void *context)
{
    policy_reading *r = context;
    const size_t size = strcspn(r->at, "\n"), blanks = strspn(r->at, " \t\r");
    const char *close = memchr(r->at, ']', size);

    if (*r->at == '\0' || r->status != KITH_OK)
        return NULL;
    r->line++;
    if (size + 2 > (size_t)room || (r->at[0] == '[' && size > SECTION_SIZE_MAX))
        policy_fault(r, "the line is too long", "make it shorter");
    else if (blanks > 0 && blanks < size && strchr(";#", r->at[blanks]) == NULL)
        policy_fault(r, "the line begins with a blank", "begin it at the margin");
    else if (blanks < size && strchr(";#[", r->at[blanks]) == NULL && memchr(r->at, '=', size) == NULL)
        policy_fault(r, "the line is neither [section] nor name = value", "write it as one of the two");
    else if (r->at[0] == '[' && (close == NULL || close + 1 + strspn(close + 1, " \t\r") != r->at + size))
        policy_fault(r, "the section does not end with ]", "write [audience NAME] or [role NAME]");
    else if (r->at[0] == '[')
        begin_section(r, r->at, (size_t)(close - r->at) + 1);
    if (r->status != KITH_OK)
        return NULL;
    memcpy(line, r->at, size);
    line[size] = '\n';
    line[size + 1] = '\0';
    r->at += size + (r->at[size] == '\n');
    return line;
}

static kith_status read_text(kith_policy *policy, const char *name, const char *text, kith_error *err)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* what some editors set before the first line */
    const size_t skip = strncmp(text, mark, strlen(mark)) == 0 ? strlen(mark) : 0;
    policy_reading r = { .policy = policy, .name = name, .at = text + skip, .err = err };
    const int code = ini_parse_stream(give_line, &r, take_line, &r);

    if (code != 0 && r.status == KITH_OK)
        policy_fault(&r, "the line cannot be read", "write it as [section] or name = value");
    return r.status;
}

/* What only the whole policy shows: a role serves audiences that there are, and one may always
 * ask for the names that are the default. */
static kith_status check_whole(const kith_policy *policy, const char *name, kith_error *err)
{
    const kith_audience *audience;
    char one[64];

    for (size_t i = 0; i < policy->audience_count; i++)
        if (policy->audiences[i].names < policy->audiences[i].names_most)
            return kith_fail(err, KITH_INPUT, "%s: [audience %s] names is %s, and names_most %s allows "
                                              "less; raise names_most, or lower names", name,
                             policy->audiences[i].name, kith_names_word(policy->audiences[i].names),
                             kith_names_word(policy->audiences[i].names_most));
    for (size_t i = 0; i < policy->duty_count; i++)
        if (!kith_operation_role(policy->duties[i].does))
            return kith_fail(err, KITH_INPUT, "%s: [role %s] does not say which role's operations it has; "
                                              "add does = analyst, or another of Kith's own", name,
                             policy->duties[i].name);
    for (size_t i = 0; i < policy->duty_count; i++)
        for (const char *at = policy->duties[i].audiences; *at != '\0'; at += strcspn(at, "\n") + 1) {
            snprintf(one, sizeof one, "%.*s", (int)strcspn(at, "\n"), at);
            if (kith_audience_find(&audience, policy, one, NULL) == KITH_USAGE)
                return kith_fail(err, KITH_INPUT, "%s: [role %s] audiences has \"%s\", which is none; "
                                                  "add [audience %s], or leave it out", name,
                                 policy->duties[i].name, one, one);
        }
    return KITH_OK;
}

kith_status kith_policy_load(kith_text *text, const char *path, kith_error *err)
{
    char bytes[4096];
    size_t size;
    kith_status status = KITH_OK;
    FILE *in = fopen(path, "rb");

    if (in == NULL)
        return kith_fail(err, KITH_IO, "%s cannot be read: %s", path, strerror(errno));
    while (text->size <= POLICY_SIZE_MAX && (size = fread(bytes, 1, sizeof bytes, in)) > 0)
        kith_text_add_bytes(text, bytes, size);
    if (ferror(in))
        status = kith_fail(err, KITH_IO, "%s cannot be read: %s", path, strerror(errno));
    fclose(in);
    if (status == KITH_OK)
        status = kith_text_status(text, err);
    if (status == KITH_OK && text->size > POLICY_SIZE_MAX)
        status = kith_fail(err, KITH_INPUT, "%s: is larger than 64 KiB, which no policy is; name the "
                                            "policy file", path);
    if (status == KITH_OK && !kith_utf8_valid(kith_text_string(text), text->size))
        status = kith_fail(err, KITH_INPUT, "%s: is no text in UTF-8; save it as such", path);
    return status;
}

const char *kith_policy_default(void)
{
    return kith_policy_data[0].bytes;
}

kith_status kith_policy_read(kith_policy **policy, const char *path, const char *text, kith_error *err)
{
    kith_text file = { 0 };
    kith_status status = KITH_OK;
    kith_policy *made = calloc(1, sizeof *made);

    *policy = NULL;
    if (made != NULL)
        made->pool = kith_pool_new();
    if (made == NULL || made->pool == NULL)
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = read_text(made, "policy.ini", kith_policy_default(), err);
    if (status == KITH_OK && path != NULL)
        status = kith_policy_load(&file, path, err);
    if (status == KITH_OK && path != NULL)
        text = kith_text_string(&file);
    if (path == NULL)
        path = "the hub's policy";
    if (status == KITH_OK && text != NULL)
        status = read_text(made, path, text, err);
    if (status == KITH_OK)
        status = check_whole(made, path, err);
    kith_text_free(&file);
    if (status == KITH_OK)
        *policy = made;
    else
        kith_policy_free(made);
    return status;
}

void kith_policy_free(kith_policy *policy)
{
    if (policy == NULL)
        return;
    free(policy->audiences);
    free(policy->duties);
    kith_pool_free(policy->pool);
    free(policy);
}
