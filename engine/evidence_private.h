/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evidence_private.h: what flows in, while it does. */
#ifndef KITH_EVIDENCE_PRIVATE_H
#define KITH_EVIDENCE_PRIVATE_H

#include "contexts_private.h"
#include "kith/evidence.h"
#include "kith/words.h"

/* A declared link, seen from one of its ends. Texts are in the contexts' pool. */
typedef struct flow_link {
    int64_t other; /* row of entity */
    kith_kind other_kind;
    bool away; /* from the one to the other */
    const kith_meaning *meaning, *place; /* of the link; of the place among the two, if any */
    const char *id;
    kith_valence valence;
    kith_time from, to;
    kith_item origin; /* report_ref, source, conditions and grade only */
} flow_link;

/* Whose records are being read, of one person or place at a time. */
typedef struct flow {
    kith_contexts *contexts;
    kith_store *store;
    const kith_view *view;
    const kith_rules *rules;
    kith_error *err;
    int64_t entity;
    bool place;
    flow_link *links; /* of the entity */
    size_t link_count;
} flow;

/**
 * Which of two records of one thing counts, negative for a: not the one that is false; the newer, an undated
 * one standing for all times; the better founded; then by report and agency, so that no order of loading decides.
 */
int flow_compare(const kith_item *a, const kith_item *b);

/** True when a list "a+b" has a word, however it is written. */
bool flow_lists(const char *list, const char *word);

/** Gives an item the context, severity and nature of its rule and adds it; context as in kith_rule, or -1 for none known. */
kith_status flow_add(flow *f, const kith_rule *rule, kith_item *item, int context);

/** Reads the links of the entity into the flow. */
kith_status flow_read_links(flow *f);

/** Adds what the rules make of the entity's links, and of its flags. */
kith_status flow_take_links(flow *f);
kith_status flow_take_flags(flow *f);

#endif
