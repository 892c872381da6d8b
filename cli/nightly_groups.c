/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly_groups.c: what became of the peer groups since the last night.
 *
 * Tonight's groups go on from the letters that were kept last for a day before tonight's, and
 * are kept in their turn. So a night that is run again says the same. */
#include "kith/keep.h"

#include "kith/date.h"
#include "nightly.h"

/* Tonight's groups, with what they are made from. */
typedef struct groups {
    kith_network network;
    kith_layer layer;
    kith_peers peers;
} groups;

static kith_status find(groups *g, kith_store *store, const kith_view *view, uint64_t seed, kith_error *err)
{
    const kith_layer_options rules = { .layer = KITH_LAYER_TOGETHER };
    const kith_peers_options options = { .objective = KITH_CPM, .seed = seed, .least = 3 };
    kith_status status = kith_network_build(&g->network, store, view, err);

    if (status == KITH_OK)
        status = kith_layer_build(&g->layer, &g->network, &rules, err);
    return status == KITH_OK ? kith_peers_find(&g->peers, &g->layer, &options, err) : status;
}

static void add_change(kith_table *table, const kith_group_change *change)
{
    char letter[KITH_PEERS_LABEL_SIZE], other[KITH_PEERS_LABEL_SIZE] = "";

    kith_peers_label(letter, change->letter);
    if (change->other != KITH_NOTHING)
        kith_peers_label(other, change->other);
    kith_table_text(table, letter);
    kith_table_text(table, kith_fate_word[change->fate]);
    kith_table_text(table, other[0] != '\0' ? other : NULL);
    kith_table_integer(table, change->after);
    kith_table_integer(table, change->before);
    kith_table_integer(table, change->joined);
    kith_table_integer(table, change->left);
}

static void tell(kith_table *table, const groups *g, const kith_kept *kept,
                 const kith_group_changes *changes)
{
    char day[KITH_DAY_WORDS_SIZE];
    size_t same = 0;

    *table = (kith_table){ .empty = "no group has changed" };
    kith_table_column(table, "group_id", KITH_CELL_TEXT);
    kith_table_column(table, "change", KITH_CELL_TEXT);
    kith_table_column(table, "other_group", KITH_CELL_TEXT);
    kith_table_column(table, "members", KITH_CELL_INTEGER);
    kith_table_column(table, "members_before", KITH_CELL_INTEGER);
    kith_table_column(table, "joined", KITH_CELL_INTEGER);
    kith_table_column(table, "left", KITH_CELL_INTEGER);
    for (size_t i = 0; i < changes->count; i++) {
        if (changes->list[i].fate != KITH_GROUP_SAME)
            add_change(table, &changes->list[i]);
        same += changes->list[i].fate == KITH_GROUP_SAME;
    }
    kith_table_note(table, "groups: %zu, of %zu children. `kith peers` has who is in them, why and how surely; a group is "
                           "who is recorded together, and nothing more", g->peers.listed_count, g->peers.member_count);
    if (kept->as_of == INT32_MIN) {
        kith_table_note(table, "the letters of groups are kept from tonight on; what becomes of them is told from the next night");
        return;
    }
    kith_day_words(day, kept->as_of);
    kith_table_note(table, "letters are those of %s; %zu groups are as they were", day, same);
}

kith_status night_groups(kith_table *table, night *n, const kith_view *view, kith_error *err)
{
    kith_view today = *view;
    kith_group_changes changes = { 0 };
    kith_kept kept = { 0 };
    groups now = { 0 };

    today.since = today.as_of - DEFAULT_WINDOW_DAYS + 1;
    kith_sentence(n->stage, sizeof n->stage, "comparing the peer groups");
    kith_status status = find(&now, n->call->store, &today, (uint64_t)n->config->seed, err);
    if (status == KITH_OK)
        status = kith_peers_take_letters(&now.peers, &now.layer, today.as_of - 1, &kept, &changes,
                                         n->call->store, err);
    if (status == KITH_OK)
        status = kith_peers_keep(&now.peers, &now.layer, n->call->store, kith_now(), err);
    if (status == KITH_OK) {
        tell(table, &now, &kept, &changes);
        status = kith_table_status(table, err);
    }
    kith_group_changes_free(&changes);
    kith_peers_free(&now.peers);
    kith_layer_free(&now.layer);
    kith_network_free(&now.network);
    return status;
}
