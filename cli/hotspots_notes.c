/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_notes.c: what a reader of `kith hotspots` has to know.
 *
 * The method in a sentence each, then what the records lack: a kind that is not known, an
 * event without a place, must not read as safety. */
#include "hotspots.h"

#include "kith/text.h"

enum { NAMED_MOST = 8, POINTS_LEAST = 30 };

static void note_score(kith_table *table, kith_score_start start)
{
    static const char *const starts[] = { "the children who are victims or missing",
                                          "every child, because none is victim or missing",
                                          "everybody, because no child is there" };

    if (start == KITH_START_NOBODY)
        kith_table_note(table, "score: none, because nobody is recorded at a public place");
    else
        kith_table_note(table,
                        "score: share of a walk along the evidence between people and public "
                        "places (damping 0.85) that starts from %s; it never decides a rank; lift: "
                        "score over the place's share of the evidence, which is what the walk gives "
                        "when it never starts over",
                        starts[start]);
}

static void note_method(kith_table *table, const hotspots_answer *a)
{
    kith_table_note(table,
                    "places where children are being harmed or are unsafe: ranked by distinct "
                    "children (under 18 on the day, or of unknown age, in any role but reporter or "
                    "helper), then by weighted events; equal places share a rank");
    kith_table_note(table, a->options->resamples > 0
                               ? "rank_low to rank_high: where the rank lies in 95 of 100 resamples, in "
                                 "which children are drawn anew and a tenth of the events is lost"
                               : "rank_low to rank_high: not worked out; --resamples does, and says how "
                                 "little a rank may mean");
    note_score(table, a->hotspots->start);
    kith_table_note(table,
                    "change: child-days of the last 28 days against the 84 before, exact binomial, "
                    "q_value adjusted for all places tested (Benjamini and Hochberg); emerging "
                    "needs q < 0.05, 3 child-days and 2 children; recent: in the last 28 days "
                    "only, which may be chance; children who come together make a change look "
                    "surer than it is");
}

/* Each couple in a sentence, the surest first; the question is the reader's. */
static void note_displacement(kith_table *table, const hotspots_answer *a)
{
    const kith_displacements *all = a->displacements;

    for (size_t i = 0; i < all->count && i < NAMED_MOST; i++) {
        const kith_displacement *d = &all->items[i];
        char far[64] = "";
        if (d->metres == d->metres) /* is known */
            kith_sentence(far, sizeof far, ", %.0f m away,", d->metres);
        kith_table_note(table,
                        "displacement: %s cools while %s%s warms: %u of its %u child-days are of the "
                        "last 28 days (q %.2g); %u children are recorded at both, %u of them there "
                        "before and here since: has harm moved, or where people look?",
                        a->network->things[d->from].id, a->network->things[d->to].id, far,
                        d->recent_child_days, d->recent_child_days + d->earlier_child_days,
                        d->q_value, d->shared, d->followed);
    }
    if (all->count > NAMED_MOST)
        kith_table_note(table, "displacement: %zu more couples of places, in the column",
                        all->count - NAMED_MOST);
    if (all->cooling > 0)
        kith_table_note(table,
                        "displacement: public places that cool: %zu; asked about beside them, within "
                        "%g m or with two children in common: %zu",
                        all->cooling, a->near_metres, all->tested);
}

static void note_limits(kith_table *table)
{
    kith_table_note(table, "this shows what is recorded, not what is true: places that are watched "
                           "more show more, and ranks that rest on few children say little");
    kith_table_note(table, "weighted events rest on default figures for severity, grades and "
                           "half-lives, which are not probabilities");
    kith_table_note(table, "the figures are about places: no child may be ranked, scored or "
                           "sanctioned by them");
}

static void note_unknown_kinds(kith_table *table, const kith_hotspots *hotspots)
{
    kith_text list = { 0 };
    uint64_t events = 0;

    for (size_t i = 0; i < hotspots->unknown_kind_count; i++) {
        const kith_uncounted_kind *kind = &hotspots->unknown_kinds[i];
        events += kind->events;
        if (i < NAMED_MOST)
            kith_text_format(&list, "%s%s (%u)", i > 0 ? ", " : "", kind->word, kind->events);
    }
    if (hotspots->unknown_kind_count > NAMED_MOST)
        kith_text_format(&list, " and %zu more", hotspots->unknown_kind_count - NAMED_MOST);
    if (events > 0)
        kith_table_note(table,
                        "events not counted, because Kith does not know their kinds: %llu: %s; "
                        "--kinds counts the kinds it names",
                        (unsigned long long)events, kith_text_string(&list));
    table->failed |= list.failed;
    kith_text_free(&list);
}

static void note_count(kith_table *table, size_t count, const char *what)
{
    if (count > 0)
        kith_table_note(table, "%s: %zu", what, count);
}

static bool occurs(const kith_network *network, const char *kind)
{
    for (size_t i = 0; i < network->event_count; i++)
        if (kith_word_same(network->events[i].word, kind))
            return true;
    return false;
}

static void note_left_out(kith_table *table, const hotspots_answer *a)
{
    const kith_hotspots *h = a->hotspots;
    size_t with_events = 0;

    for (size_t i = 0; i < h->count; i++)
        with_events += h->places[i].events > 0;
    if (with_events == 0)
        kith_table_note(table, "no place has an event in the window that counts");
    for (size_t i = 0; i < a->options->kind_count; i++)
        if (!occurs(a->network, a->options->kinds[i]))
            kith_table_note(table, "no event of the kind \"%s\" is in the window",
                            a->options->kinds[i]);
    note_unknown_kinds(table, h);
    note_count(table, h->neutral_events,
               a->options->kind_count > 0
                   ? "events not counted, of other known kinds"
                   : "events not counted, of kinds that are no harm or risk");
    note_count(table, h->without_place, "events that would count but have no place");
    note_count(table, h->graded_false,
               "events and participations not counted, graded E (suspected to be false)");
    note_count(table, h->repeated_reports,
               "events whose report is counted already at the same place");
    note_count(table, h->undated, "events without a date, which count in every window");
    note_count(table, h->month_only, "events with a month only, which count on its last day");
}

static void note_sources(kith_table *table, const kith_hotspots *hotspots)
{
    size_t with_children = 0, one_source = 0, age_unknown = 0;

    for (size_t i = 0; i < hotspots->count; i++) {
        const kith_hotspot *h = &hotspots->places[i];
        if (h->children == 0)
            continue;
        with_children++;
        one_source += h->agencies <= 1;
        age_unknown += h->age_unknown > 0;
    }
    note_count(table, age_unknown,
               "places that count people of unknown age among the children (age_unknown)");
    if (one_source > 0)
        kith_table_note(table,
                        "places with children that rest on one agency's records, or name none: %zu "
                        "of %zu",
                        one_source, with_children);
}

static void note_islands(kith_table *table, const hotspots_answer *a)
{
    const kith_hotspots *h = a->hotspots;
    kith_text list = { 0 };

    for (size_t i = 0; i < h->island_count && i < NAMED_MOST; i++)
        kith_text_format(&list, "%s%s", i > 0 ? ", " : "", a->network->things[h->islands[i]].id);
    if (h->island_count > NAMED_MOST)
        kith_text_format(&list, " and %zu more", h->island_count - NAMED_MOST);
    if (h->island_count > 0)
        kith_table_note(table, "places with no other within the band: %zu: %s", h->island_count,
                        kith_text_string(&list));
    table->failed |= list.failed;
    kith_text_free(&list);
}

static void note_space(kith_table *table, const hotspots_answer *a)
{
    const kith_hotspots *h = a->hotspots;
    size_t public_places = 0;

    for (size_t i = 0; i < h->count; i++)
        public_places += h->places[i].section == KITH_PUBLIC_PLACE;
    kith_table_note(table,
                    "gi_star_z, gi_z: Getis-Ord Gi* and, without the place itself, Gi over the events of "
                    "%zu public places with coordinates (National Grid to WGS84 within 2 m); gi_p: how "
                    "often %u permutations put as much around it, gi_q adjusted for all of them; they "
                    "show where much is recorded, not where children are harmed",
                    h->gi_places, a->options->gi_permutations);
    note_count(table, public_places - h->gi_places,
               "public places without coordinates, hence without gi_star_z");
    if (h->gi_places < POINTS_LEAST)
        kith_table_note(table, "with fewer than about %d places a gi_star_z is no guide",
                        POINTS_LEAST);
    note_islands(table, a);
}

void hotspots_notes(kith_table *table, const hotspots_answer *a)
{
    call_note_window(a->call, a->network, table);
    note_method(table, a);
    if (a->displacements != NULL)
        note_displacement(table, a);
    if (hotspots_gi(a))
        note_space(table, a);
    note_left_out(table, a);
    note_sources(table, a->hotspots);
    note_limits(table);
}
