/* SPDX-License-Identifier: GPL-3.0-or-later */
/* changes_groups.c: the ties and the peer groups of the two states side by side.
 *
 * One network after the other is built, and of the earlier one only its ties and its members are
 * kept. Things are the same in both, so a tie is known by its two. */
#include <stdlib.h>
#include <string.h>

#include "changes_private.h"
#include "kith/date.h"
#include "kith/keep.h"

typedef struct seen_tie {
    uint32_t low, high; /* things */
    bool inferred;
    kith_line line;
} seen_tie;

/* A state of the hub. */
typedef struct state {
    kith_network network;
    kith_layer layer;
    kith_peers peers;
    kith_kept members; /* by thing */
    seen_tie *ties;    /* by pair */
    size_t tie_count;
    kith_kept kept;    /* whose letters the groups have */
} state;

static kith_status take_ties(state *s, kith_error *err)
{
    const kith_layer *layer = &s->layer;

    s->ties = malloc((layer->graph.tie_count + 1) * sizeof *s->ties);
    if (s->ties == NULL)
        return kith_no_memory(err);
    for (size_t t = 0; t < layer->graph.tie_count; t++) {
        seen_tie *tie = &s->ties[s->tie_count++];
        tie->low = layer->nodes[layer->graph.ties[t].low].index;
        tie->high = layer->nodes[layer->graph.ties[t].high].index;
        tie->line = kith_layer_line(layer, t, &tie->inferred);
    }
    return KITH_OK;
}

/* Whatever is returned, release it. */
static kith_status see(state *s, const changes *c, const kith_view *view)
{
    kith_peers_options options = c->options->peers;

    options.resamples = 0;
    options.progress = NULL;
    kith_status status = kith_network_build(&s->network, c->store, view, c->err);
    if (status == KITH_OK)
        status = kith_layer_build(&s->layer, &s->network, &c->options->layer, c->err);
    if (status == KITH_OK)
        status = kith_peers_find(&s->peers, &s->layer, &options, c->err);
    if (status == KITH_OK)
        status = kith_peers_take_letters(&s->peers, &s->layer, view->as_of, &s->kept, NULL, c->store,
                                         c->err);
    return status == KITH_OK ? take_ties(s, c->err) : status;
}

static void release_network(state *s)
{
    kith_peers_free(&s->peers);
    kith_layer_free(&s->layer);
    kith_network_free(&s->network);
}

static void release(state *s)
{
    release_network(s);
    kith_kept_free(&s->members);
    free(s->ties);
}

/* The earlier state; nothing at all before the first load. */
static kith_status see_before(state *then, const changes *c)
{
    kith_view view = *c->view;

    view.since -= view.as_of - c->options->as_of;
    view.as_of = c->options->as_of;
    view.through_load = c->load;
    if (c->load == 0)
        return KITH_OK;
    kith_status status = see(then, c, &view);
    if (status == KITH_OK)
        status = kith_kept_take(&then->members, &then->peers, &then->layer, c->err);
    if (then->members.next_letter < then->kept.next_letter)
        then->members.next_letter = then->kept.next_letter;
    release_network(then);
    return status;
}

static int by_things(const seen_tie *a, const seen_tie *b)
{
    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    return (a->high > b->high) - (a->high < b->high);
}

static const char *line_word(const seen_tie *tie)
{
    static const char *const words[] = { "dotted", "dashed", "solid" };

    return tie->inferred ? "inferred" : words[tie->line];
}

static int rank_of(const seen_tie *tie)
{
    return tie->inferred ? -1 : (int)tie->line;
}

static kith_status add_tie(changes *c, const state *now, const seen_tie *tie, int change,
                           const seen_tie *before)
{
    const kith_thing *low = &now->network.things[tie->low], *high = &now->network.things[tie->high];
    kith_text id = { 0 };

    if (!changes_concern(c, low->row.row) && !changes_concern(c, high->row.row))
        return KITH_OK;
    kith_text_format(&id, "%s %s", low->id, high->id);
    kith_text_clear(&c->text);
    if (before != NULL)
        kith_text_format(&c->text, "%s to %s", line_word(before), line_word(tie));
    else
        kith_text_add(&c->text, line_word(tie));
    kith_status status = kith_text_status(&id, c->err);
    if (status == KITH_OK)
        status = changes_add(c, CHANGED_TIE, change, kith_text_string(&id), "", "");
    kith_text_free(&id);
    return status;
}

static kith_status compare_ties(changes *c, const state *then, const state *now)
{
    kith_status status = KITH_OK;
    size_t t = 0, n = 0;

    while (status == KITH_OK && (t < then->tie_count || n < now->tie_count)) {
        const int order = t == then->tie_count  ? 1
                          : n == now->tie_count ? -1
                                                : by_things(&then->ties[t], &now->ties[n]);
        if (order < 0) {
            status = add_tie(c, now, &then->ties[t++], CHANGE_GONE, NULL);
            continue;
        }
        const seen_tie *before = order == 0 ? &then->ties[t++] : NULL, *tie = &now->ties[n++];
        if (before == NULL)
            status = add_tie(c, now, tie, CHANGE_NEW, NULL);
        else if (rank_of(tie) != rank_of(before))
            status = add_tie(c, now, tie,
                             rank_of(tie) > rank_of(before) ? CHANGE_UPGRADED : CHANGE_DOWNGRADED,
                             before);
    }
    return status;
}

/* The letter of a person's group; KITH_NOTHING. */
static uint32_t letter_of(const kith_kept *members, uint32_t thing)
{
    size_t low = 0, high = members->member_count;

    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (members->members[middle].thing < thing)
            low = middle + 1;
        else
            high = middle;
    }
    return low < members->member_count && members->members[low].thing == thing
               ? members->members[low].letter
               : KITH_NOTHING;
}

/* A member of a group, for lists of members by letter. */
typedef struct of_letter {
    uint32_t letter, thing;
} of_letter;

static int by_letter(const void *a, const void *b)
{
    const of_letter *x = a, *y = b;

    if (x->letter != y->letter)
        return x->letter < y->letter ? -1 : 1;
    return (x->thing > y->thing) - (x->thing < y->thing);
}

static of_letter *list_by_letter(const kith_kept *members)
{
    of_letter *list = malloc((members->member_count + 1) * sizeof *list);

    if (list == NULL)
        return NULL;
    for (size_t i = 0; i < members->member_count; i++)
        list[i] = (of_letter){ members->members[i].letter, members->members[i].thing };
    if (members->member_count > 0)
        qsort(list, members->member_count, sizeof *list, by_letter);
    return list;
}

static size_t first_of(const of_letter *list, size_t count, uint32_t letter)
{
    size_t low = 0, high = count;

    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (list[middle].letter < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

typedef struct sides {
    const kith_kept *then, *now;
    of_letter *list_then, *list_now;
    const kith_network *network;
} sides;

/* "; joined P010, P011": those of one side's group who are not in that group on the other. */
static void add_others(kith_text *text, const char *word, const sides *s, bool of_now,
                       uint32_t letter)
{
    const kith_kept *own = of_now ? s->now : s->then, *other = of_now ? s->then : s->now;
    const of_letter *list = of_now ? s->list_now : s->list_then;
    size_t count = 0;

    for (size_t i = first_of(list, own->member_count, letter);
         i < own->member_count && list[i].letter == letter; i++)
        if (word == NULL || letter_of(other, list[i].thing) != letter)
            kith_text_format(text, "%s%s", count++ > 0 ? ", " : word == NULL ? ": " : word,
                             s->network->things[list[i].thing].id);
}

static bool concerns_group(const changes *c, const sides *s, bool of_now, uint32_t letter)
{
    const size_t count = (of_now ? s->now : s->then)->member_count;
    const of_letter *list = of_now ? s->list_now : s->list_then;

    if (c->options->ids == NULL)
        return true;
    for (size_t i = first_of(list, count, letter); i < count && list[i].letter == letter; i++)
        if (changes_concern(c, s->network->things[list[i].thing].row.row))
            return true;
    return false;
}

static void describe(kith_text *text, const kith_group_change *change, const sides *s)
{
    char other[KITH_PEERS_LABEL_SIZE] = "";

    if (change->other != KITH_NOTHING)
        kith_peers_label(other, change->other);
    kith_text_clear(text);
    switch (change->fate) {
    case KITH_GROUP_BORN:
    case KITH_GROUP_SPLIT_OFF:
        if (other[0] != '\0')
            kith_text_format(text, "from group %s, ", other);
        kith_text_format(text, "%u members", (unsigned)change->after);
        add_others(text, NULL, s, true, change->letter);
        return;
    case KITH_GROUP_SPLIT:
    case KITH_GROUP_MERGED:
    case KITH_GROUP_ENDED:
        if (other[0] != '\0')
            kith_text_format(text, "into group %s, ", other);
        kith_text_format(text, "%u members before", (unsigned)change->before);
        add_others(text, NULL, s, false, change->letter);
        return;
    default:
        kith_text_format(text, "%u members, %u before", (unsigned)change->after,
                         (unsigned)change->before);
        add_others(text, "; joined ", s, true, change->letter);
        add_others(text, "; left ", s, false, change->letter);
    }
}

static kith_status tell_groups(changes *c, const kith_group_changes *groups, const sides *s)
{
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < groups->count; i++) {
        const kith_group_change *change = &groups->list[i];
        char letter[KITH_PEERS_LABEL_SIZE];
        if (change->fate == KITH_GROUP_SAME || (!concerns_group(c, s, true, change->letter) &&
                                                !concerns_group(c, s, false, change->letter)))
            continue;
        kith_peers_label(letter, change->letter);
        describe(&c->text, change, s);
        status = changes_add(c, CHANGED_PEERS, CHANGE_FATES + (int)change->fate, letter, "", "");
    }
    return status;
}

static kith_status compare_groups(changes *c, state *then, state *now)
{
    kith_group_changes groups = { 0 };
    sides s = { .then = &then->members, .now = &now->members, .network = &now->network };

    then->members.thing_count = now->network.thing_count;
    kith_status status = kith_peers_follow(&groups, &now->peers, &now->layer, &then->members, c->err);
    if (status == KITH_OK)
        status = kith_kept_take(&now->members, &now->peers, &now->layer, c->err);
    s.list_then = list_by_letter(s.then);
    s.list_now = list_by_letter(s.now);
    if (status == KITH_OK && (s.list_then == NULL || s.list_now == NULL))
        status = kith_no_memory(c->err);
    if (status == KITH_OK)
        status = tell_groups(c, &groups, &s);
    free(s.list_then);
    free(s.list_now);
    kith_group_changes_free(&groups);
    return status;
}

kith_status changes_of_groups(changes *c)
{
    state then = { 0 }, now = { 0 };

    kith_progress_tell(c->options->progress, "ties and groups before", 0, 2);
    kith_status status = see_before(&then, c);
    kith_progress_tell(c->options->progress, "ties and groups now", 1, 2);
    if (status == KITH_OK)
        status = see(&now, c, c->view);
    if (status == KITH_OK)
        status = compare_ties(c, &then, &now);
    if (status == KITH_OK)
        status = compare_groups(c, &then, &now);
    if (status == KITH_OK)
        kith_table_fact(c->table, "groups", "%zu, %zu members; before, %zu members",
                        now.peers.listed_count, now.peers.member_count, then.members.member_count);
    release(&then);
    release(&now);
    return status;
}
