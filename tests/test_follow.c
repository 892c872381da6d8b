/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_follow.c: groups from one day to another. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "hub.h"
#include "kith/follow.h"

/* A day's groups. A layer points to its network, so a day stays where it is. */
typedef struct day {
    kith_network network;
    kith_layer layer;
    kith_peers peers;
} day;

static day then, now;
static kith_group_changes changes;
static kith_error err;

static void see(day *on, const char *as_of)
{
    const kith_layer_options together = { .layer = KITH_LAYER_TOGETHER };
    const kith_peers_options usual = { .seed = 1, .resamples = 0, .least = 3 };

    on->network = network_of(view_of(as_of, 28));
    cr_assert(kith_layer_build(&on->layer, &on->network, &together, &err) == KITH_OK);
    cr_assert(kith_peers_find(&on->peers, &on->layer, &usual, &err) == KITH_OK);
}

static void forget(day *on)
{
    kith_peers_free(&on->peers);
    kith_layer_free(&on->layer);
    kith_network_free(&on->network);
}

static void drop(void)
{
    kith_group_changes_free(&changes);
    forget(&then);
    forget(&now);
    end_hub();
}

TestSuite(follow, .init = begin_hub, .fini = drop);

/* Everybody in "a b c" is everybody's friend, in January or in June. */
static void befriend(const char *people, bool later)
{
    const char *from = later ? "2022-06-01" : "2022-01-01", *to = later ? "" : "2022-01-31";

    for (const char *a = people; *a != '\0'; a += 2 + (a[2] != '\0'))
        for (const char *b = people; b < a; b += 3) {
            char one[] = { a[0], a[1], 0 }, other[] = { b[0], b[1], 0 };
            add_link(other, one, "friend", 0, from, to);
        }
}

static void add_people(const char *initials)
{
    for (; *initials != '\0'; initials++)
        for (char n = '1'; n <= '9'; n++) {
            char id[] = { *initials, n, 0 };
            add_person(id, "2008-01-01");
        }
}

static char letter_of(const day *on, const char *id)
{
    const uint32_t node = kith_layer_node_of(&on->layer, thing_called(&on->network, id));
    const uint32_t group = kith_peers_group_of(&on->peers, node);
    char label[KITH_PEERS_LABEL_SIZE];

    if (group == KITH_NOTHING)
        return '-';
    kith_peers_label(label, on->peers.letter[group]);
    return label[0];
}

static const kith_group_change *change_of(char letter, kith_fate fate)
{
    for (size_t i = 0; i < changes.count; i++)
        if (changes.list[i].letter == (uint32_t)(letter - 'A') && changes.list[i].fate == fate)
            return &changes.list[i];
    cr_fatal("group %c is not %s", letter, kith_fate_word[fate]);
    return NULL;
}

static void follow(void)
{
    kith_kept kept;

    cr_assert(kith_kept_take(&kept, &then.peers, &then.layer, &err) == KITH_OK);
    cr_assert(kith_peers_follow(&changes, &now.peers, &now.layer, &kept, &err) == KITH_OK);
    kith_kept_free(&kept);
}

static void write_two_days(void)
{
    add_people("PQRSTU");
    befriend("S1 S2 S3 S4 S5 S6 S7 S8 S9", false); /* A: falls into two parts */
    befriend("P1 P2 P3 P4 P5 P6 P7", false);       /* B: grows by one */
    befriend("Q1 Q2 Q3 Q4 Q5 Q6", false);          /* C, and */
    befriend("R1 R2 R3 R4 R5", false);             /* D, which becomes one with it */
    befriend("T1 T2 T3", false);                   /* E: is no more */
    befriend("S1 S2 S3 S4", true);
    befriend("S5 S6 S7", true);
    befriend("P1 P2 P3 P4 P5 P6 P7 P8", true);
    befriend("Q1 Q2 Q3 Q4 Q5 Q6 R1 R2 R3 R4 R5", true);
    befriend("U1 U2 U3 U4 U5", true); /* is new */
    see(&then, "2022-01-31");
    see(&now, "2022-06-30");
}

Test(follow, letters_stay_with_most_of_the_weight)
{
    write_two_days();
    cr_assert(eq(chr, letter_of(&then, "S1"), 'A'));
    cr_assert(eq(chr, letter_of(&then, "R1"), 'D'));
    cr_assert(eq(chr, letter_of(&now, "Q1"), 'A'), "by size, as yet");
    follow();
    const struct {
        const char *id;
        char letter;
    } expected[] = { { "P1", 'B' }, { "P8", 'B' }, { "Q1", 'C' }, { "R1", 'C' }, { "U1", 'F' },
                     { "S1", 'G' }, { "S5", 'H' }, { "T1", '-' } };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        cr_expect(eq(chr, letter_of(&now, expected[i].id), expected[i].letter), "%s",
                  expected[i].id);
}

Test(follow, every_group_has_its_fate)
{
    kith_table table = { 0 };

    write_two_days();
    follow();
    cr_assert(eq(sz, changes.count, 8));
    const kith_group_change *grown = change_of('B', KITH_GROUP_GROWN);
    cr_expect(grown->before == 7 && grown->after == 8 && grown->joined == 1 && grown->left == 0);
    cr_expect(eq(u32, change_of('C', KITH_GROUP_GROWN)->joined, 5));
    cr_expect(eq(u32, change_of('D', KITH_GROUP_MERGED)->other, 2));
    cr_expect(eq(u32, change_of('A', KITH_GROUP_SPLIT)->before, 9));
    cr_expect(eq(u32, change_of('G', KITH_GROUP_SPLIT_OFF)->other, 0));
    cr_expect(eq(u32, change_of('H', KITH_GROUP_SPLIT_OFF)->other, 0));
    cr_expect(eq(u32, change_of('E', KITH_GROUP_ENDED)->before, 3));
    cr_expect(eq(u32, change_of('F', KITH_GROUP_BORN)->after, 5));
    kith_group_changes_note(&table, &changes);
    cr_assert(eq(sz, table.note_count, 8));
    cr_expect(eq(str, table.notes[0], "group A: split, 9 members before"));
    cr_expect(eq(str, table.notes[1], "group B: grown, 8 members (7 before), 1 joined, 0 left"));
    cr_expect(eq(str, table.notes[3], "group D: merged into group C, 5 members before"));
    cr_expect(eq(str, table.notes[5], "group F: born, 5 members"));
    cr_expect(eq(str, table.notes[7], "group H: split off from group A, 3 members"));
    kith_table_free(&table);
}

/* Five friends of whom two go missing together three times: the three others are more heads, but P1 and
 * P2 weigh 4 + 3 each and the others 4 each, 14 of 26. */
Test(follow, weight_counts_and_not_heads)
{
    char event[] = "E0";

    add_people("PQ");
    befriend("P1 P2 P3 P4 P5", false);
    for (event[1] = '1'; event[1] <= '3'; event[1]++) {
        add_event(event, "missing", "2022-01-20", "", 0);
        add_part(event, "P1", "missing");
        add_part(event, "P2", "missing");
    }
    befriend("P1 P2 Q1", true);
    befriend("P3 P4 P5 Q2", true);
    see(&then, "2022-01-31");
    see(&now, "2022-06-30");
    follow();
    cr_expect(eq(chr, letter_of(&now, "P1"), 'A'));
    cr_expect(eq(chr, letter_of(&now, "P3"), 'B'));
    cr_expect(eq(u32, change_of('A', KITH_GROUP_SHRUNK)->left, 3));
    cr_expect(eq(u32, change_of('B', KITH_GROUP_SPLIT_OFF)->other, 0));
}

Test(follow, one_day_is_followed_by_itself)
{
    write_two_days();
    forget(&now);
    see(&now, "2022-01-31");
    follow();
    cr_assert(eq(sz, changes.count, 5));
    for (size_t i = 0; i < changes.count; i++) {
        cr_expect(eq(int, changes.list[i].fate, KITH_GROUP_SAME));
        cr_expect(eq(u32, changes.list[i].letter, (uint32_t)i));
    }
}

Test(follow, nobody_before_is_all_born)
{
    add_people("P");
    befriend("P1 P2 P3", true);
    see(&then, "2022-01-31");
    see(&now, "2022-06-30");
    follow();
    cr_assert(eq(sz, changes.count, 1));
    change_of('A', KITH_GROUP_BORN);
}
