/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audience.c: what a policy says, once it is read (audience_read.c). */
#include <string.h>

#include "audience_private.h"

const policy_word policy_record_words[] = {
    { "events", KITH_MAY_EVENTS },           { "links", KITH_MAY_LINKS },
    { "places", KITH_MAY_PLACES },           { "groups", KITH_MAY_GROUPS },
    { "objects", KITH_MAY_OBJECTS },         { "flags", KITH_MAY_FLAGS },
    { "constraints", KITH_MAY_CONSTRAINTS }, { "contexts", KITH_MAY_CONTEXTS },
    { "assessments", KITH_MAY_ASSESSMENTS }, { "actions", KITH_MAY_ACTIONS },
    { "notes", KITH_MAY_NOTES },             { NULL, 0 },
};

const policy_word policy_handling_words[] = {
    { "none", KITH_HANDLING_NONE },
    { "P", KITH_HANDLING_P },
    { "C", KITH_HANDLING_C },
    { NULL, 0 },
};

const policy_word policy_names_words[] = {
    { "full", KITH_NAMES_FULL },
    { "initials", KITH_NAMES_INITIALS },
    { "pseudonym", KITH_NAMES_PSEUDONYM },
    { "none", KITH_NAMES_NONE },
    { NULL, 0 },
};

const kith_audience *kith_policy_audience(const kith_policy *policy, size_t at)
{
    return at < policy->audience_count ? &policy->audiences[at] : NULL;
}

const kith_duty *kith_policy_duty(const kith_policy *policy, size_t at)
{
    return at < policy->duty_count ? &policy->duties[at] : NULL;
}

/* The bytes of a name before its colon, without the blanks there. */
static size_t name_size(const char *name)
{
    size_t size = strcspn(name, ":");

    while (size > 0 && name[size - 1] == ' ')
        size--;
    return size;
}

static bool is_named(const char *name, const char *text, size_t size)
{
    return strlen(name) == size && memcmp(name, text, size) == 0;
}

static kith_status refuse(const char *what, const char *name, kith_text *known, kith_error *err)
{
    const kith_status status =
        known->failed ? kith_no_memory(err)
                      : kith_fail(err, KITH_USAGE, "there is no %s \"%.64s\" in the policy; it has %s",
                                  what, name, kith_text_string(known));
    kith_text_free(known);
    return status;
}

kith_status kith_audience_find(const kith_audience **audience, const kith_policy *policy,
                               const char *name, kith_error *err)
{
    const size_t size = name_size(name);
    kith_text known = { 0 };

    *audience = NULL;
    for (size_t i = 0; i < policy->audience_count; i++) {
        if (is_named(policy->audiences[i].name, name, size)) {
            kith_text_free(&known);
            *audience = &policy->audiences[i];
            return KITH_OK;
        }
        kith_text_format(&known, "%s%s", i > 0 ? ", " : "", policy->audiences[i].name);
    }
    return refuse("audience", name, &known, err);
}

kith_status kith_duty_find(const kith_duty **duty, const kith_policy *policy, const char *name,
                           kith_error *err)
{
    kith_text known = { 0 };

    *duty = NULL;
    for (size_t i = 0; i < policy->duty_count; i++) {
        if (strcmp(policy->duties[i].name, name) == 0) {
            kith_text_free(&known);
            *duty = &policy->duties[i];
            return KITH_OK;
        }
        kith_text_format(&known, "%s%s", i > 0 ? ", " : "", policy->duties[i].name);
    }
    return refuse("role", name, &known, err);
}

bool kith_duty_serves(const kith_duty *duty, const char *audience)
{
    const size_t size = name_size(audience);

    for (const char *at = duty->audiences; *at != '\0'; at += strcspn(at, "\n") + 1)
        if (strcspn(at, "\n") == size && memcmp(at, audience, size) == 0)
            return true;
    return duty->audiences[0] == '\0';
}

void kith_audience_view(kith_view *view, const kith_audience *audience)
{
    view->silent = !audience->acknowledged;
    view->small = audience->small;
}

static void add_words(kith_text *out, const policy_word *words, unsigned bits)
{
    const char *comma = "";

    for (; words->word != NULL; words++)
        if ((bits & (unsigned)words->value) != 0) {
            kith_text_format(out, "%s%s", comma, words->word);
            comma = ", ";
        }
}

void kith_limits_records(kith_text *out, const kith_limits *limits)
{
    if (limits->records == KITH_MAY_ALL)
        kith_text_add(out, "all");
    else
        add_words(out, policy_record_words, limits->records);
}

void kith_limits_handling(kith_text *out, const kith_limits *limits)
{
    add_words(out, policy_handling_words, limits->handling);
}

void kith_limits_agencies(kith_text *out, const kith_limits *limits)
{
    const char *comma = limits->own_agency ? ", " : "";

    if (limits->every_agency) {
        kith_text_add(out, "all");
        return;
    }
    if (limits->own_agency)
        kith_text_add(out, "own");
    for (const char *at = limits->agencies; *at != '\0'; at += strcspn(at, "\n") + 1) {
        kith_text_format(out, "%s%.*s", comma, (int)strcspn(at, "\n"), at);
        comma = ", ";
    }
}

const char *kith_names_word(kith_names names)
{
    return policy_names_words[names].word;
}
