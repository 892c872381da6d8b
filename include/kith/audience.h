/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audience.h: who an answer is for, who may ask, and what either may be given.
 *
 * A policy is a table of audiences (who an answer is prepared for: the case team, a
 * school, the public) and of roles (who asks: an analyst, a practitioner). The program
 * has one of its own (engine/policy/policy.ini); a team's file is laid over it, section by
 * section and key by key:
 *
 *     [audience school]
 *     withheld = silent           ; or acknowledged: the header counts what was withheld
 *     names = initials            ; full, initials, pseudonym, none: unless --names says
 *     names_most = full           ; and the most that it may say
 *     handling = none, P          ; records with these handling codes; none: without a code
 *     records = events, places    ; kinds of records, or all
 *     agencies = all              ; records of these agencies; own: of the user's own
 *     small_counts = 10           ; counts of 1 to 9 are not printed; 0: all are
 *
 * A new audience that leaves a key out has its strictest value. What an answer may hold is
 * what the role and the audience both allow; the store filters it before anything is
 * computed (access.h). A policy is read once and not changed; free it last. */
#ifndef KITH_AUDIENCE_H
#define KITH_AUDIENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "kith/error.h"
#include "kith/text.h"
#include "kith/view.h"

/* How people are named, the most telling first (R52). */
typedef enum kith_names {
    KITH_NAMES_FULL,
    KITH_NAMES_INITIALS,
    KITH_NAMES_PSEUDONYM,
    KITH_NAMES_NONE
} kith_names;

/* Kinds of records, as bits. People are always there, by themselves. */
enum {
    KITH_MAY_EVENTS = 1,      /* with who took part */
    KITH_MAY_LINKS = 2,
    KITH_MAY_PLACES = 4,
    KITH_MAY_GROUPS = 8,
    KITH_MAY_OBJECTS = 16,
    KITH_MAY_FLAGS = 32,
    KITH_MAY_CONSTRAINTS = 64,
    KITH_MAY_CONTEXTS = 128,  /* with the panel's own weightings */
    KITH_MAY_ASSESSMENTS = 256, /* with their indicators, and scales */
    KITH_MAY_ACTIONS = 512,
    KITH_MAY_NOTES = 1024,    /* what people wrote in their own words */
    KITH_MAY_ALL = 2047
};

/* Handling codes (domain section 2.2), as bits. */
enum { KITH_HANDLING_NONE = 1, KITH_HANDLING_P = 2, KITH_HANDLING_C = 4, KITH_HANDLING_ALL = 7 };

typedef struct kith_limits {
    unsigned records;     /* KITH_MAY_... */
    unsigned handling;    /* KITH_HANDLING_... */
    bool every_agency;
    bool own_agency;      /* the user's; agencies holds the others */
    const char *agencies; /* names, each with a newline after it; never NULL */
} kith_limits;

typedef struct kith_audience {
    const char *name;       /* "case-team" */
    const char *label;      /* "the case team" */
    bool acknowledged;      /* what was withheld is counted; else there is no trace of it */
    kith_names names;       /* unless --names says otherwise */
    kith_names names_most;  /* no lower value may be asked for */
    int small;              /* counts of 1 to small - 1 are not printed; 0: all are */
    kith_limits limits;
} kith_audience;

/* Which people a role sees, by the cases (access.h) that they belong to. */
typedef enum kith_cases {
    KITH_CASES_OWN,  /* those in a case of the user's teams */
    KITH_CASES_OPEN, /* and those in no restricted case */
    KITH_CASES_ALL
} kith_cases;

typedef struct kith_duty { /* a user's role; kith_role is one in an event */
    const char *name;  /* "practitioner" */
    const char *label; /* what it does, in a few words */
    const char *does;  /* the role whose operations it has (access.h): its own name, or another's */
    kith_cases cases;
    kith_limits limits;
    const char *audiences; /* whom it may prepare answers for, a newline after each; "" all */
} kith_duty;

typedef struct kith_policy kith_policy;

/**
 * The program's own policy, with a team's laid over it.
 *
 * policy  out: free with kith_policy_free.
 * path    the team's file; NULL for none.
 * text    or its content, as a hub keeps it; NULL for none. Not both.
 * Returns KITH_IO when the file cannot be read; KITH_INPUT, naming file, line and remedy,
 * when a line is wrong; KITH_NO_MEMORY.
 */
kith_status kith_policy_read(kith_policy **policy, const char *path, const char *text,
                             kith_error *err);
void kith_policy_free(kith_policy *policy);

/** The content of a policy file, without judging it. KITH_IO, KITH_INPUT (too large, not text). */
kith_status kith_policy_load(kith_text *text, const char *path, kith_error *err);

/** Sets what of a view goes by the audience alone: silent and small. */
void kith_audience_view(kith_view *view, const kith_audience *audience);

/** The program's own policy file. */
const char *kith_policy_default(void);

/** Audiences and roles in the order of the file; NULL from the end on. */
const kith_audience *kith_policy_audience(const kith_policy *policy, size_t at);
const kith_duty *kith_policy_duty(const kith_policy *policy, size_t at);

/**
 * The audience of --audience: "school", or "school: Harbour Academy", where what follows
 * the colon says which one and is only printed.
 *
 * Returns KITH_USAGE, listing those there are, for one that is in no policy.
 */
kith_status kith_audience_find(const kith_audience **audience, const kith_policy *policy,
                               const char *name, kith_error *err);

/** The same for a role, by its name alone. */
kith_status kith_duty_find(const kith_duty **duty, const kith_policy *policy, const char *name,
                           kith_error *err);

/** Whether a role may prepare an answer for an audience. */
bool kith_duty_serves(const kith_duty *duty, const char *audience);

/** The words of limits as a policy file has them: "events, places"; "all"; "" when nothing. */
void kith_limits_records(kith_text *out, const kith_limits *limits);
void kith_limits_handling(kith_text *out, const kith_limits *limits);
void kith_limits_agencies(kith_text *out, const kith_limits *limits);

/** "full", "initials", "pseudonym", "none". */
const char *kith_names_word(kith_names names);

#endif
