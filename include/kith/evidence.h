/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evidence.h: what events, links, flags and places already say of a subject's contexts.
 *
 * A table of rules (engine/words/evidence.csv, or a team's own) says which records become
 * evidence in which context. What flows in so is an item like any other, marked with its
 * rule and named by its record; it stands beside what practitioners entered, and where both
 * tell one incident, it counts once. docs/measures.md explains the columns. */
#ifndef KITH_EVIDENCE_H
#define KITH_EVIDENCE_H

#include <stdbool.h>

#include "kith/contexts.h"

typedef enum kith_rule_source {
    KITH_RULE_EVENT,
    KITH_RULE_LINK,
    KITH_RULE_FLAG,
    KITH_RULE_CONTEXT
} kith_rule_source;

/* Where an item by the rule belongs. Below 0, what the record says. */
enum { KITH_BY_RECORD = -1, KITH_BY_PLACE = -2, KITH_BY_KIND = -3 };

typedef struct kith_rule {
    const char *name;
    kith_rule_source source;
    const char *kinds; /* "a+b", or a class of kinds: risk, protective, exploits, peer_tie, any */
    const char *of;    /* events: roles; links: either, away, exploited; else "" */
    const char *test;  /* "" or a condition: child_alleged, at_home, not_at_home, ... */
    int context;       /* 0 to KITH_CONTEXT_COUNT - 1, or KITH_BY_... */
    kith_item_kind kind;
    const char *nature;
    int severity; /* 0: that of the record */
    const char *why;
} kith_rule;

typedef struct kith_rules {
    kith_rule *list; /* in the order of the file */
    size_t count;
    struct kith_pool *pool;
} kith_rules;

/**
 * Reads the table of rules.
 *
 * rules  out: free with kith_rules_free.
 * path   of a team's own; NULL for the one in the program.
 * Returns KITH_IO, KITH_INPUT naming file, line and remedy, KITH_NO_MEMORY.
 */
kith_status kith_rules_read(kith_rules *rules, const char *path, kith_error *err);
void kith_rules_free(kith_rules *rules);

/** The words of a rule's columns, as in the file. */
const char *kith_rule_source_word(const kith_rule *rule);
const char *kith_rule_context_word(const kith_rule *rule);
const char *kith_rule_valence_word(const kith_rule *rule);

/**
 * Adds to a subject's items what the rules make of its records.
 *
 * Of a person or a list: their own records. Of a group: those of its members. Of a place:
 * what happened there, links to it, and the records of its cohort. A record counts once
 * for each rule and context, however many of the people it names. What lies outside the
 * view is left out; a link or flag counts when it holds on as-of, and one of risk that has
 * ended fades from its end. A flag in force does not fade. Grade E is added, and so listed.
 *
 * Cost: the records of the people.
 */
kith_status kith_evidence_add(kith_contexts *contexts, kith_store *store, const kith_view *view,
                              const kith_subject *subject, const kith_rules *rules,
                              kith_error *err);

#endif
