/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peers_keep.c: a day's groups written to the hub, and read back to be followed. */
#include "kith/keep.h"

#include <stdlib.h>

#include "gathering.h"
#include "kith/date.h"
#include "network_private.h"

static void add_words(kith_text *rules, const char *name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        kith_text_format(rules, "%s%s", i > 0 ? "," : name, words[i]);
}

/* Who is tied and how groups are found, as one text: "together children cap 12 cpm 0.02 least 3". */
static void write_rules(kith_text *rules, const kith_peers *peers, const kith_layer *layer)
{
    static const char *const layers[] = { "links", "together", "presence", "events", "all" };
    static const char *const who[] = { "children", "adults", "all" };
    const kith_layer_options *options = &layer->options;
    const kith_peers_options *used = &peers->used;

    kith_text_format(rules, "%s %s cap %u", layers[options->layer], who[options->who],
                     (unsigned)(options->size_cap > 0 ? options->size_cap : KITH_SIZE_CAP));
    if (layer->items == NULL) /* groups are not held against chance */
        kith_text_add(rules, " brief");
    kith_text_format(rules, "%s%s%s%s", options->raw ? " raw" : "",
                     options->unweighted ? " unweighted" : "", options->every ? " every" : "",
                     options->no_declared ? " inferred" : "");
    add_words(rules, " kinds ", options->kinds, options->kind_count);
    add_words(rules, " roles ", options->roles, options->role_count);
    kith_text_add(rules, used->objective == KITH_CPM ? " cpm" : " modularity");
    if (used->evidence) /* the resolution is restated by the records */
        kith_text_add(rules, " evidence");
    else
        kith_text_format(rules, " %.17g", used->resolution);
    kith_text_format(rules, " least %u", (unsigned)used->least);
}

/* Things by their rows of the store. */
static kith_status index_things(kith_row_index *thing_of, const kith_network *network,
                                kith_error *err)
{
    for (size_t i = 0; i < network->thing_count; i++)
        if (!kith_row_index_set(thing_of, network->things[i].row.row, (uint32_t)i))
            return kith_no_memory(err);
    return KITH_OK;
}

static int by_thing(const void *a, const void *b)
{
    const kith_kept_member *x = a, *y = b;

    return (x->thing > y->thing) - (x->thing < y->thing);
}

/* Whoever the view does not show, or has become one with somebody before them, is passed over. */
static kith_status read_members(kith_kept *kept, const kith_row_index *thing_of, int64_t row,
                                kith_store *store, const kith_view *view, kith_error *err)
{
    kith_rows *rows;
    size_t room = 0;
    int64_t last = 0;
    kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_KEPT_MEMBERS, err);

    if (status != KITH_OK)
        return status;
    kith_rows_bind_integer(rows, "kept", row);
    while (status == KITH_OK && kith_rows_next(rows)) {
        const int64_t person = kith_rows_integer(rows, 0);
        const uint32_t thing = kith_row_index_get(thing_of, person);
        if (thing == KITH_NOTHING || person == last)
            continue;
        last = person;
        if (!kith_make_room((void **)&kept->members, &room, kept->member_count,
                            sizeof *kept->members))
            status = kith_no_memory(err);
        else
            kept->members[kept->member_count++] = (kith_kept_member){
                thing, (uint32_t)kith_rows_integer(rows, 1), kith_rows_number(rows, 2)
            };
    }
    const kith_status end = kith_rows_end(rows, status == KITH_OK ? err : NULL);
    if (kept->member_count > 0)
        qsort(kept->members, kept->member_count, sizeof *kept->members, by_thing);
    return status == KITH_OK ? end : status;
}

/* The row of the keeping that counts, 0 when there is none. */
static kith_status find_last(kith_kept *kept, int64_t *row, const char *rules, kith_store *store,
                             const kith_view *view, kith_error *err)
{
    kith_rows *rows;
    const kith_status status = kith_store_read(&rows, store, view, KITH_QUERY_KEPT_LAST, err);

    *row = 0;
    if (status != KITH_OK)
        return status;
    kith_rows_bind_text(rows, "rules", rules);
    kith_rows_bind_text(rows, "audience", view->audience);
    if (kith_rows_next(rows)) {
        *row = kith_rows_integer(rows, 0);
        kith_day_read(&kept->as_of, kith_rows_text(rows, 1));
        kept->next_letter = (uint32_t)kith_rows_integer(rows, 2);
    }
    return kith_rows_end(rows, err);
}

kith_status kith_peers_take_letters(kith_peers *peers, const kith_layer *layer, int32_t until,
                                    kith_kept *last, kith_group_changes *changes,
                                    kith_store *store, kith_error *err)
{
    kith_view view = layer->network->view;
    kith_kept kept = { .thing_count = layer->network->thing_count, .as_of = INT32_MIN };
    kith_group_changes unasked = { 0 };
    kith_row_index thing_of = { 0 };
    kith_text rules = { 0 };
    int64_t row = 0;

    view.as_of = until;
    if (changes != NULL)
        *changes = (kith_group_changes){ 0 };
    write_rules(&rules, peers, layer);
    kith_status status = kith_text_status(&rules, err);
    if (status == KITH_OK)
        status = find_last(&kept, &row, kith_text_string(&rules), store, &view, err);
    if (status == KITH_OK && row != 0)
        status = index_things(&thing_of, layer->network, err);
    if (status == KITH_OK && row != 0)
        status = read_members(&kept, &thing_of, row, store, &view, err);
    if (status == KITH_OK && row != 0)
        status = kith_peers_follow(changes != NULL ? changes : &unasked, peers, layer, &kept, err);
    if (last != NULL)
        *last = (kith_kept){ .as_of = kept.as_of, .next_letter = kept.next_letter };
    kith_group_changes_free(&unasked);
    free(thing_of.of);
    kith_text_free(&rules);
    kith_kept_free(&kept);
    return status;
}

kith_status kith_peers_find_kept(kith_peers *peers, const kith_layer *layer,
                                 const kith_peers_options *options, kith_store *store,
                                 kith_error *err)
{
    const int32_t as_of = layer->network->view.as_of;
    kith_status status = kith_peers_find(peers, layer, options, err);

    if (status == KITH_OK)
        status = kith_peers_take_letters(peers, layer, as_of, NULL, NULL, store, err);
    if (status != KITH_OK)
        kith_peers_free(peers);
    return status;
}

static kith_status write_members(int64_t row, const kith_kept *kept, const kith_network *network,
                                 kith_store *store, kith_error *err)
{
    kith_change *change;
    kith_status status = kith_store_change(&change, store, KITH_QUERY_KEPT_MEMBER_ADD, err);

    for (size_t i = 0; status == KITH_OK && i < kept->member_count; i++) {
        const kith_kept_member *member = &kept->members[i];
        kith_change_integer(change, 1, row);
        kith_change_integer(change, 2, network->things[member->thing].row.row);
        kith_change_integer(change, 3, member->letter);
        kith_change_number(change, 4, member->weight);
        status = kith_change_run(change, NULL, err);
    }
    return status;
}

static kith_status write_kept(const kith_kept *kept, const char *rules, const kith_network *network,
                              kith_store *store, int64_t now, kith_error *err)
{
    const kith_view *view = &network->view;
    char as_of[KITH_TIME_SIZE], kept_at[KITH_TIME_SIZE];
    kith_change *change;
    kith_status status = kith_store_change(&change, store, KITH_QUERY_KEPT_ADD, err);

    if (status != KITH_OK)
        return status;
    kith_day_write(as_of, view->as_of);
    kith_moment_write(kept_at, now);
    kith_change_text(change, 1, rules);
    kith_change_text(change, 2, view->audience);
    kith_change_text(change, 3, as_of);
    kith_change_integer(change, 4, kept->next_letter);
    kith_change_text(change, 5, view->user);
    kith_change_text(change, 6, view->purpose);
    kith_change_text(change, 7, kept_at);
    status = kith_change_run(change, NULL, err);
    return status == KITH_OK
               ? write_members(kith_store_last_row(store), kept, network, store, err)
               : status;
}

kith_status kith_peers_keep(const kith_peers *peers, const kith_layer *layer, kith_store *store,
                            int64_t now, kith_error *err)
{
    kith_kept kept = { 0 };
    kith_text rules = { 0 };

    if (layer->network->view.through_load != 0 || layer->network->view.all_dates)
        return kith_fail(err, KITH_USAGE, "only the groups of a day, of the hub as it is, are kept");
    kith_status status = kith_kept_take(&kept, peers, layer, err);
    write_rules(&rules, peers, layer);
    if (status == KITH_OK)
        status = kith_text_status(&rules, err);
    if (status == KITH_OK)
        status = kith_store_begin(store, err);
    if (status == KITH_OK) {
        status = write_kept(&kept, kith_text_string(&rules), layer->network, store, now, err);
        if (status == KITH_OK)
            status = kith_store_commit(store, err);
        else
            kith_store_rollback(store);
    }
    kith_text_free(&rules);
    kith_kept_free(&kept);
    return status;
}
