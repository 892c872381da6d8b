/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_follow.c: who went where, weighed, and what that makes of each group.
 *
 * Members are followed one by one: what each earlier group shares with each later one is
 * listed as a stream of (earlier, later) pairs, sorted and added up. Everything else is read
 * from these sums. */
#include "kith/follow.h"

#include <stdlib.h>

const char *const kith_fate_word[] = { "same",  "changed", "grown",  "shrunk", "born",
                                       "split off", "split", "merged", "ended" };

static const double part_of_a_split = 0.2;

/* What an earlier and a later group have in common. */
typedef struct shared {
    uint32_t then, now; /* the earlier one's letter, the later group */
    uint32_t members;
    double weight;
} shared;

/* An earlier group is known by its letter, and lists by letter have a place for each. */
typedef struct follower {
    const kith_kept *then;
    kith_peers *now;
    const kith_layer *layer;
    uint32_t letters;     /* of earlier groups: all are below */
    uint32_t *group_then; /* per thing; KITH_NOTHING */
    double *weight;       /* per thing: in its earlier group */
    double *whole;        /* per earlier group */
    uint32_t *size_then, *size_now; /* people */
    uint32_t *heir;       /* earlier group -> later; KITH_NOTHING */
    uint32_t *from;       /* later group -> the earlier one whose letter it has; KITH_NOTHING */
    uint32_t *source;     /* later group -> the earlier one of most of its members; KITH_NOTHING */
    uint32_t *parts;      /* earlier group -> in how many later ones a part of it is */
    shared *pairs;        /* by then, now */
    size_t pair_count;
} follower;

static kith_status make_room(follower *f, kith_error *err)
{
    const size_t things = f->layer->network->thing_count;
    const size_t then = f->letters, now = f->now->group_count;

    f->group_then = malloc((things + 1) * sizeof *f->group_then);
    f->weight = calloc(things + 1, sizeof *f->weight);
    f->whole = calloc(then + 1, sizeof *f->whole);
    f->size_then = calloc(then + 1, sizeof *f->size_then);
    f->size_now = calloc(now + 1, sizeof *f->size_now);
    f->heir = malloc((then + 1) * sizeof *f->heir);
    f->from = malloc((now + 1) * sizeof *f->from);
    f->source = malloc((now + 1) * sizeof *f->source);
    f->parts = calloc(then + 1, sizeof *f->parts);
    f->pairs = malloc((f->now->people_count + 1) * sizeof *f->pairs);
    if (!f->group_then || !f->weight || !f->whole || !f->size_then || !f->size_now || !f->heir ||
        !f->from || !f->source || !f->parts || !f->pairs)
        return kith_no_memory(err);
    for (size_t i = 0; i < things; i++)
        f->group_then[i] = KITH_NOTHING;
    for (size_t g = 0; g < then; g++)
        f->heir[g] = KITH_NOTHING;
    for (size_t g = 0; g < now; g++)
        f->from[g] = f->source[g] = KITH_NOTHING;
    return KITH_OK;
}

/* What ties each person to the others of their earlier group. */
static void weigh_members(follower *f)
{
    for (size_t i = 0; i < f->then->member_count; i++) {
        const kith_kept_member *member = &f->then->members[i];
        f->group_then[member->thing] = member->letter;
        f->weight[member->thing] = member->weight;
        f->whole[member->letter] += member->weight;
        f->size_then[member->letter]++;
    }
}

static int by_groups(const void *a, const void *b)
{
    const shared *x = a, *y = b;

    if (x->then != y->then)
        return x->then < y->then ? -1 : 1;
    return (x->now > y->now) - (x->now < y->now);
}

/* One pair a member who is in a group on both days, in the order of members; then sums. A sort that
 * kept no order among equals would change the last figure of a sum, so weights are summed after. */
static void find_pairs(follower *f)
{
    const kith_layer *layer = f->layer;
    size_t count = 0;

    for (uint32_t v = 0; v < layer->graph.node_count; v++) {
        const uint32_t now = kith_peers_group_of(f->now, v);
        if (now == KITH_NOTHING || !kith_layer_is_person(layer, v))
            continue;
        f->size_now[now]++;
        const uint32_t then = f->group_then[layer->nodes[v].index];
        if (then != KITH_NOTHING)
            f->pairs[count++] = (shared){ .then = then, .now = now };
    }
    qsort(f->pairs, count, sizeof *f->pairs, by_groups);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || by_groups(&f->pairs[i], &f->pairs[i - 1]) != 0) {
            const shared first = f->pairs[i];
            f->pairs[f->pair_count++] = first;
        }
        f->pairs[f->pair_count - 1].members++;
    }
}

static void weigh_pairs(follower *f)
{
    const kith_layer *layer = f->layer;

    for (uint32_t v = 0; v < layer->graph.node_count; v++) {
        const uint32_t now = kith_peers_group_of(f->now, v);
        const uint32_t thing = layer->nodes[v].index;
        if (now == KITH_NOTHING || !kith_layer_is_person(layer, v) || f->group_then[thing] == KITH_NOTHING)
            continue;
        const shared key = { .then = f->group_then[thing], .now = now };
        shared *pair = bsearch(&key, f->pairs, f->pair_count, sizeof key, by_groups);
        pair->weight += f->weight[thing];
    }
}

/* What each pair says by itself. */
static void read_pairs(follower *f)
{
    for (size_t i = 0; i < f->pair_count; i++) {
        const shared *pair = &f->pairs[i];
        if (pair->weight > f->whole[pair->then] / 2)
            f->heir[pair->then] = pair->now;
        if (pair->members * 2 > f->size_now[pair->now])
            f->source[pair->now] = pair->then;
        f->parts[pair->then] +=
            pair->members > 1 && pair->weight >= part_of_a_split * f->whole[pair->then];
    }
}

/* Whose letter each later group takes. */
static void choose_letters(follower *f)
{
    for (size_t i = 0; i < f->pair_count; i++) {
        const shared *pair = &f->pairs[i];
        if (f->heir[pair->then] != pair->now)
            continue;
        uint32_t *from = &f->from[pair->now];
        const shared key = { .then = *from, .now = pair->now };
        const shared *best =
            *from == KITH_NOTHING
                ? NULL
                : bsearch(&key, f->pairs, f->pair_count, sizeof key, by_groups);
        if (best == NULL || pair->weight > best->weight ||
            (pair->weight == best->weight && pair->then < *from))
            *from = pair->then;
    }
}

static void give_letters(follower *f)
{
    uint32_t next = f->then->next_letter;

    for (size_t g = 0; g < f->now->group_count; g++)
        if (f->now->letter[g] != KITH_NOTHING)
            f->now->letter[g] = f->from[g] != KITH_NOTHING ? f->from[g] : next++;
}

static kith_fate fate_of_size(uint32_t before, uint32_t after, uint32_t joined)
{
    if (after != before)
        return after > before ? KITH_GROUP_GROWN : KITH_GROUP_SHRUNK;
    return joined > 0 ? KITH_GROUP_CHANGED : KITH_GROUP_SAME;
}

static kith_group_change later_change(const follower *f, uint32_t group)
{
    kith_group_change change = { .letter = f->now->letter[group],
                                 .other = KITH_NOTHING,
                                 .after = f->size_now[group] };
    const uint32_t from = f->from[group];

    if (from == KITH_NOTHING) {
        const uint32_t split = f->source[group];
        change.fate = split == KITH_NOTHING ? KITH_GROUP_BORN : KITH_GROUP_SPLIT_OFF;
        change.other = split == KITH_NOTHING ? KITH_NOTHING : split;
        return change;
    }
    const shared key = { .then = from, .now = group };
    const shared *pair = bsearch(&key, f->pairs, f->pair_count, sizeof key, by_groups);
    change.before = f->size_then[from];
    change.joined = change.after - pair->members;
    change.left = change.before - pair->members;
    change.fate = fate_of_size(change.before, change.after, change.joined);
    return change;
}

/* What became of an earlier group whose letter nobody has. */
static kith_group_change earlier_change(const follower *f, uint32_t group)
{
    kith_group_change change = { .fate = KITH_GROUP_ENDED,
                                 .letter = group,
                                 .other = KITH_NOTHING,
                                 .before = f->size_then[group] };

    if (f->heir[group] != KITH_NOTHING) {
        change.fate = KITH_GROUP_MERGED;
        change.other = f->now->letter[f->heir[group]];
        return change;
    }
    if (f->parts[group] > 1)
        change.fate = KITH_GROUP_SPLIT;
    return change;
}

static int by_letter(const void *a, const void *b)
{
    const kith_group_change *x = a, *y = b;

    if (x->letter != y->letter)
        return x->letter < y->letter ? -1 : 1;
    return (int)x->fate - (int)y->fate;
}

static kith_status tell(kith_group_changes *changes, const follower *f, kith_error *err)
{
    changes->list = malloc((f->letters + f->now->group_count + 1) *
                           sizeof *changes->list);
    if (changes->list == NULL)
        return kith_no_memory(err);
    for (uint32_t g = 0; g < f->now->group_count; g++)
        if (f->now->letter[g] != KITH_NOTHING)
            changes->list[changes->count++] = later_change(f, g);
    for (uint32_t g = 0; g < f->letters; g++)
        if (f->size_then[g] > 0 && (f->heir[g] == KITH_NOTHING || f->from[f->heir[g]] != g))
            changes->list[changes->count++] = earlier_change(f, g);
    qsort(changes->list, changes->count, sizeof *changes->list, by_letter);
    return KITH_OK;
}

/* Adds up what ties each person to the others of a listed group. */
static void weigh_ties(double *weight, const kith_peers *peers, const kith_layer *layer)
{
    for (size_t t = 0; t < layer->graph.tie_count; t++) {
        const kith_tie *tie = &layer->graph.ties[t];
        const uint32_t group = kith_peers_group_of(peers, tie->low);
        if (group == KITH_NOTHING || kith_peers_group_of(peers, tie->high) != group)
            continue;
        weight[tie->low] += tie->weight;
        weight[tie->high] += tie->weight;
    }
}

static int by_thing(const void *a, const void *b)
{
    const kith_kept_member *x = a, *y = b;

    return (x->thing > y->thing) - (x->thing < y->thing);
}

kith_status kith_kept_take(kith_kept *kept, const kith_peers *peers, const kith_layer *layer,
                           kith_error *err)
{
    const uint32_t nodes = (uint32_t)layer->graph.node_count;
    double *weight = calloc(nodes + 1, sizeof *weight);

    *kept = (kith_kept){ .thing_count = layer->network->thing_count,
                         .as_of = layer->network->view.as_of };
    kept->members = malloc((peers->people_count + 1) * sizeof *kept->members);
    if (weight == NULL || kept->members == NULL) {
        free(weight);
        kith_kept_free(kept);
        return kith_no_memory(err);
    }
    weigh_ties(weight, peers, layer);
    for (uint32_t v = 0; v < nodes; v++) {
        const uint32_t group = kith_peers_group_of(peers, v);
        if (group == KITH_NOTHING || !kith_layer_is_person(layer, v))
            continue;
        const kith_kept_member member = { layer->nodes[v].index, peers->letter[group], weight[v] };
        kept->members[kept->member_count++] = member;
        if (member.letter >= kept->next_letter)
            kept->next_letter = member.letter + 1;
    }
    qsort(kept->members, kept->member_count, sizeof *kept->members, by_thing);
    free(weight);
    return KITH_OK;
}

void kith_kept_free(kith_kept *kept)
{
    free(kept->members);
    *kept = (kith_kept){ 0 };
}

static uint32_t letters_of(const kith_kept *kept)
{
    uint32_t count = 0;

    for (size_t i = 0; i < kept->member_count; i++)
        if (kept->members[i].letter >= count)
            count = kept->members[i].letter + 1;
    return count;
}

kith_status kith_peers_follow(kith_group_changes *changes, kith_peers *now, const kith_layer *layer,
                              const kith_kept *then, kith_error *err)
{
    follower f = { .then = then, .now = now, .layer = layer, .letters = letters_of(then) };

    *changes = (kith_group_changes){ 0 };
    if (layer->network->thing_count != then->thing_count)
        return kith_fail(err, KITH_USAGE, "groups are followed from one day of a hub to another only");
    kith_status status = make_room(&f, err);
    if (status == KITH_OK) {
        weigh_members(&f);
        find_pairs(&f);
        weigh_pairs(&f);
        read_pairs(&f);
        choose_letters(&f);
        give_letters(&f);
        status = tell(changes, &f, err);
    }
    free(f.group_then);
    free(f.weight);
    free(f.whole);
    free(f.size_then);
    free(f.size_now);
    free(f.heir);
    free(f.from);
    free(f.source);
    free(f.parts);
    free(f.pairs);
    return status;
}

void kith_group_changes_free(kith_group_changes *changes)
{
    free(changes->list);
    *changes = (kith_group_changes){ 0 };
}

static void note(kith_table *table, const kith_group_change *change)
{
    char own[KITH_PEERS_LABEL_SIZE], other[KITH_PEERS_LABEL_SIZE] = "";
    const char *word = kith_fate_word[change->fate];

    kith_peers_label(own, change->letter);
    if (change->other != KITH_NOTHING)
        kith_peers_label(other, change->other);
    switch (change->fate) {
    case KITH_GROUP_SAME:
        return;
    case KITH_GROUP_CHANGED:
    case KITH_GROUP_GROWN:
    case KITH_GROUP_SHRUNK:
        kith_table_note(table, "group %s: %s, %u members (%u before), %u joined, %u left", own, word,
                        (unsigned)change->after, (unsigned)change->before,
                        (unsigned)change->joined, (unsigned)change->left);
        return;
    case KITH_GROUP_SPLIT_OFF:
        kith_table_note(table, "group %s: split off from group %s, %u members", own, other,
                        (unsigned)change->after);
        return;
    case KITH_GROUP_MERGED:
        kith_table_note(table, "group %s: merged into group %s, %u members before", own, other,
                        (unsigned)change->before);
        return;
    default:
        kith_table_note(table, "group %s: %s, %u members%s", own, word,
                        (unsigned)(change->fate == KITH_GROUP_BORN ? change->after
                                                                   : change->before),
                        change->fate == KITH_GROUP_BORN ? "" : " before");
    }
}

void kith_group_changes_note(kith_table *table, const kith_group_changes *changes)
{
    for (size_t i = 0; i < changes->count; i++)
        note(table, &changes->list[i]);
}
