/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hotspots_rows.c: the columns and rows of `kith hotspots`.
 *
 * What needs words (kinds, times, agencies, protections, where harm may have moved) stands in
 * the same row in CSV and JSON, and in a table of its own for reading. Of a home only figures
 * are shown. */
#include "hotspots.h"

#include "kith/text.h"

void hotspots_columns(kith_table *table, const hotspots_answer *a)
{
    kith_table_column(table, "rank", KITH_CELL_INTEGER);
    kith_table_column(table, "location_id", KITH_CELL_TEXT);
    kith_table_column(table, "children", KITH_CELL_INTEGER);
    kith_table_column(table, "events", KITH_CELL_INTEGER);
    kith_table_column(table, "score", KITH_CELL_NUMBER);
    kith_table_column(table, "rank_low", KITH_CELL_INTEGER);
    kith_table_column(table, "rank_high", KITH_CELL_INTEGER);
    kith_table_column(table, "change", KITH_CELL_TEXT);
    kith_table_column(table, "q_value", KITH_CELL_NUMBER);
    if (hotspots_gi(a)) {
        kith_table_column(table, "gi_star_z", KITH_CELL_NUMBER);
        kith_table_column(table, "gi_z", KITH_CELL_NUMBER);
        kith_table_column(table, "gi_p", KITH_CELL_NUMBER);
        kith_table_column(table, "gi_q", KITH_CELL_NUMBER);
    }
    kith_table_column(table, "age_unknown", KITH_CELL_INTEGER);
    kith_table_column(table, "weighted_events", KITH_CELL_NUMBER);
    kith_table_column(table, "lift", KITH_CELL_NUMBER);
    kith_table_column(table, "recent_child_days", KITH_CELL_INTEGER);
    kith_table_column(table, "earlier_child_days", KITH_CELL_INTEGER);
    kith_table_column(table, "missing", KITH_CELL_INTEGER);
    kith_table_column(table, "adult_victims", KITH_CELL_INTEGER);
    kith_table_column(table, "adults_of_concern", KITH_CELL_INTEGER);
    kith_table_column(table, "agencies", KITH_CELL_INTEGER);
    kith_table_column(table, "section", KITH_CELL_TEXT);
    kith_table_column(table, "kind", KITH_CELL_TEXT);
    kith_table_column(table, "name", KITH_CELL_TEXT);
}

static void add_rank(kith_table *table, const kith_hotspot *h, uint32_t rank, bool known)
{
    if (h->section == KITH_PUBLIC_PLACE && known)
        kith_table_integer(table, rank);
    else
        kith_table_missing(table);
}

void hotspots_row(kith_table *table, const hotspots_answer *a, const kith_hotspot *h)
{
    const kith_thing *place = &a->network->things[h->place];
    const bool home = h->section == KITH_HOME_PLACE;
    const bool resampled = a->options->resamples > 0; /* without, an interval would be a point */

    add_rank(table, h, h->rank, true);
    kith_table_text(table, place->id);
    kith_table_integer(table, h->children);
    kith_table_integer(table, h->events);
    kith_table_number(table, h->score);
    add_rank(table, h, h->rank_low, resampled);
    add_rank(table, h, h->rank_high, resampled);
    kith_table_text(table, kith_place_change_word(h->change));
    kith_table_number(table, h->q_value);
    if (hotspots_gi(a)) {
        kith_table_number(table, h->gi_star_z);
        kith_table_number(table, h->gi_z);
        kith_table_number(table, h->gi_p);
        kith_table_number(table, h->gi_q);
    }
    kith_table_integer(table, h->age_unknown);
    kith_table_number(table, h->weighted_events);
    kith_table_number(table, h->lift);
    kith_table_integer(table, h->recent_child_days);
    kith_table_integer(table, h->earlier_child_days);
    kith_table_integer(table, h->missing);
    kith_table_integer(table, h->adult_victims);
    kith_table_integer(table, h->adults_of_concern);
    kith_table_integer(table, h->agencies);
    kith_table_text(table, kith_place_section_word(h->section));
    kith_table_text(table, home ? NULL : place->word);
    kith_table_text(table, home ? NULL : place->name);
}

void hotspots_words_columns(kith_table *table, const hotspots_answer *a)
{
    kith_table_column(table, "kinds", KITH_CELL_TEXT);
    kith_table_column(table, "times", KITH_CELL_TEXT);
    kith_table_column(table, "agency_names", KITH_CELL_TEXT);
    kith_table_column(table, "protective", KITH_CELL_TEXT);
    kith_table_column(table, "displacement", KITH_CELL_TEXT);
    if (a->reach != NULL) {
        kith_table_column(table, "groups", KITH_CELL_TEXT);
        kith_table_column(table, "first_met", KITH_CELL_INTEGER);
    }
}

static void add_words(kith_table *table, void (*write)(kith_text *, const kith_place_facts *),
                      const kith_place_facts *facts)
{
    kith_text text = { 0 };

    write(&text, facts);
    table->failed |= text.failed;
    kith_table_text(table, text.size > 0 ? kith_text_string(&text) : NULL);
    kith_text_free(&text);
}

/* "to L06, L09" of a place that cools, "from L07" of one that warms. */
static void add_displacement(kith_table *table, const hotspots_answer *a, uint32_t place)
{
    kith_text text = { 0 };

    for (int side = 0; side < 2; side++) {
        size_t said = 0;
        for (size_t i = 0; i < a->displacements->count; i++) {
            const kith_displacement *d = &a->displacements->items[i];
            if ((side == 0 ? d->from : d->to) != place)
                continue;
            kith_text_add(&text, said > 0 ? ", " : text.size > 0 ? "; " : "");
            kith_text_format(&text, "%s%s", said > 0 ? "" : side == 0 ? "to " : "from ",
                             a->network->things[side == 0 ? d->to : d->from].id);
            said++;
        }
    }
    table->failed |= text.failed;
    kith_table_text(table, text.size > 0 ? kith_text_string(&text) : NULL);
    kith_text_free(&text);
}

static void add_reach(kith_table *table, const kith_reach *reach, uint32_t place)
{
    kith_text text = { 0 };
    const kith_place_reach *of = kith_place_reach_of(reach, place);

    kith_place_groups_write(&text, of);
    table->failed |= text.failed;
    kith_table_text(table, text.size > 0 ? kith_text_string(&text) : NULL);
    kith_table_integer(table, of->first_met);
    kith_text_free(&text);
}

void hotspots_words(kith_table *table, const hotspots_answer *a, const kith_hotspot *h)
{
    const kith_place_facts *facts = kith_place_facts_of(a->facts, h->place);

    if (h->section == KITH_HOME_PLACE) {
        for (int i = 0; i < (a->reach != NULL ? 7 : 5); i++)
            kith_table_missing(table);
        return;
    }
    add_words(table, kith_place_kinds_write, facts);
    add_words(table, kith_place_times_write, facts);
    add_words(table, kith_place_agencies_write, facts);
    add_words(table, kith_place_protections_write, facts);
    add_displacement(table, a, h->place);
    if (a->reach != NULL)
        add_reach(table, a->reach, h->place);
}
