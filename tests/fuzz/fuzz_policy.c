/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_policy.c: any bytes as a team's policy. What is refused names line and reason; what is
 * taken has the program's own audiences and roles in it, each with values that exist, none that
 * prints less of a name than it may say, and reads again as the same. */
#include <string.h>

#include "fuzz.h"
#include "kith/audience.h"
#include "kith/text.h"

static void check_limits(const kith_limits *limits, kith_text *out)
{
    MUST((limits->records & ~(unsigned)KITH_MAY_ALL) == 0);
    MUST((limits->handling & ~(unsigned)KITH_HANDLING_ALL) == 0);
    MUST(limits->agencies != NULL && kith_utf8_valid(limits->agencies, strlen(limits->agencies)));
    kith_limits_records(out, limits);
    kith_limits_handling(out, limits);
    kith_limits_agencies(out, limits);
}

/* All that the policy says, in words. */
static void describe(kith_text *out, const kith_policy *policy)
{
    const kith_audience *audience, *found;
    const kith_duty *duty, *role;

    for (size_t i = 0; (audience = kith_policy_audience(policy, i)) != NULL; i++) {
        MUST(audience->name[0] != '\0' && audience->label != NULL);
        MUST(audience->names >= audience->names_most && audience->names <= KITH_NAMES_NONE);
        MUST(audience->small >= 0);
        MUST(kith_audience_find(&found, policy, audience->name, NULL) == KITH_OK && found == audience);
        kith_text_format(out, "%s %s %d %d %d %d\n", audience->name, audience->label, audience->acknowledged,
                         (int)audience->names, (int)audience->names_most, audience->small);
        check_limits(&audience->limits, out);
    }
    for (size_t i = 0; (duty = kith_policy_duty(policy, i)) != NULL; i++) {
        MUST(duty->name[0] != '\0' && duty->does != NULL && duty->does[0] != '\0' && duty->audiences != NULL);
        MUST(duty->cases >= KITH_CASES_OWN && duty->cases <= KITH_CASES_ALL);
        MUST(kith_duty_find(&role, policy, duty->name, NULL) == KITH_OK && role == duty);
        kith_text_format(out, "%s %s %s %d %s\n", duty->name, duty->label, duty->does, (int)duty->cases, duty->audiences);
        check_limits(&duty->limits, out);
    }
    MUST(!out->failed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const own[] = { "case-team", "school", "public" };
    kith_text text = { 0 }, first = { 0 }, second = { 0 };
    kith_policy *policy, *again;
    const kith_audience *audience;
    kith_error err = { 0 };

    if (!kith_utf8_valid((const char *)data, size)) /* kith_policy_load refuses it */
        return 0;
    kith_text_add_bytes(&text, (const char *)data, size);
    const kith_status status = kith_policy_read(&policy, NULL, kith_text_string(&text), &err);
    MUST(status == KITH_OK || status == KITH_INPUT);
    if (status == KITH_OK) {
        for (size_t i = 0; i < sizeof own / sizeof *own; i++)
            MUST(kith_audience_find(&audience, policy, own[i], NULL) == KITH_OK);
        describe(&first, policy);
        MUST(kith_policy_read(&again, NULL, kith_text_string(&text), &err) == KITH_OK);
        describe(&second, again);
        MUST(first.size == second.size && memcmp(first.data, second.data, first.size) == 0);
        kith_policy_free(again);
    } else {
        MUST(err.message[0] != '\0' && kith_utf8_valid(err.message, strlen(err.message)));
    }
    kith_policy_free(policy);
    kith_text_free(&text);
    kith_text_free(&first);
    kith_text_free(&second);
    return 0;
}
