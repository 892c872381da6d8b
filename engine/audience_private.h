/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audience_private.h: a policy, and the words that its file is written in. */
#ifndef KITH_ENGINE_AUDIENCE_PRIVATE_H
#define KITH_ENGINE_AUDIENCE_PRIVATE_H

#include "kith/audience.h"
#include "pool.h"

struct kith_policy {
    kith_pool *pool; /* every text */
    kith_audience *audiences;
    size_t audience_count;
    kith_duty *duties;
    size_t duty_count;
};

typedef struct policy_word {
    const char *word; /* NULL ends a list */
    int value;
} policy_word;

extern const policy_word policy_record_words[];
extern const policy_word policy_handling_words[];
extern const policy_word policy_names_words[]; /* in the order of kith_names */

/* A policy file being read. */
typedef struct policy_reading {
    kith_policy *policy;
    const char *name; /* of the file, for messages */
    const char *at;   /* what is left of it */
    int line;
    kith_audience *audience; /* of the section under way, or the duty; both NULL before the first */
    kith_duty *duty;
    unsigned given; /* rows of keys that the section has had, as bits */
    kith_status status; /* the first fault stays */
    kith_error *err;
} policy_reading;

/* Notes a fault in the line that was read last. */
void policy_fault(policy_reading *r, const char *what, const char *remedy);

/* The text, kept in the policy; "" when there is no memory, which is noted. */
const char *policy_keep(policy_reading *r, const char *text);

/* Sets what one line of the section under way says. */
void policy_take(policy_reading *r, const char *key, const char *value);

#endif
