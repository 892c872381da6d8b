/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain_network.c: a place's figures and a tie's weight as the records that they rest on. */
#include <stdio.h>

#include "explain_rows.h"
#include "kith/explain.h"
#include "kith/text.h"

/* "2022-06-20, police R12, 1B" */
static void add_source(kith_text *text, kith_time time, const kith_origin *origin)
{
    char day[KITH_TIME_SIZE], grade[KITH_GRADE_SIZE];

    kith_time_write(day, time);
    kith_text_add(text, day[0] != '\0' ? day : "undated");
    if (origin->source[0] != '\0')
        kith_text_format(text, ", %s", origin->source);
    if (origin->report_ref[0] != '\0')
        kith_text_format(text, " %s", origin->report_ref);
    kith_text_format(text, ", %s", kith_grade_write(grade, origin->grade));
}

static void add_child(kith_table *table, const kith_network *network, const kith_hotspot_term *term)
{
    explain_row(table, "child", term->value, network->things[term->index].id, NULL,
                term->age_unknown ? "age not known" : "");
}

static void add_event(kith_table *table, kith_text *text, const kith_network *network,
                      const kith_hotspot_term *term)
{
    const kith_event_record *event = &network->events[term->index];

    kith_text_clear(text);
    kith_text_format(text, "%s, ", event->word);
    add_source(text, event->at, &network->origins[event->origin]);
    if (term->repeated)
        kith_text_add(text, ", not counted again: same report");
    table->failed = table->failed || text->failed;
    explain_row(table, "event", term->value, event->id, &term->mass, kith_text_string(text));
}

kith_status kith_explain_place(kith_table *table, const kith_network *network,
                               const kith_hotspots_options *options, uint32_t place,
                               kith_error *err)
{
    kith_hotspot_terms terms;
    kith_text text = { 0 };
    double children = 0, weighted_events = 0;
    kith_status status = kith_hotspot_explain(&terms, network, options, place, err);

    if (status != KITH_OK)
        return status;
    table->empty = "nothing that counts is recorded at this place in the window";
    explain_columns(table, "record");
    for (size_t i = 0; i < terms.count; i++)
        if (terms.terms[i].is_event) {
            add_event(table, &text, network, &terms.terms[i]);
            weighted_events += terms.terms[i].value;
        } else {
            add_child(table, network, &terms.terms[i]);
            children += terms.terms[i].value;
        }
    kith_table_fact(table, "children", "%.0f", children);
    explain_number(table, "weighted_events", weighted_events);
    kith_table_note(table,
                    "the rank goes by children, the values of the rows \"child\" added up, then by "
                    "weighted events, those of the rows \"event\" added up");
    kith_text_free(&text);
    kith_hotspot_terms_free(&terms);
    return kith_table_status(table, err);
}

/* Which of an event's participations make the tie: those of its two ends. */
static void add_participations(kith_text *text, const kith_layer *layer, const kith_tie *tie,
                               uint32_t event)
{
    const kith_network *network = layer->network;
    const kith_event_record *record = &network->events[event];
    const kith_layer_node *ends[] = { &layer->nodes[tie->low], &layer->nodes[tie->high] };

    for (uint32_t i = 0; i < record->participation_count; i++) {
        const kith_participation *part = &network->participations[record->first_participation + i];
        for (int end = 0; end < 2; end++)
            if (!ends[end]->is_event && ends[end]->index == part->person)
                kith_text_format(text, ", %s/%s/%s", record->id, network->things[part->person].id,
                                 part->word);
    }
}

/* The second record of an episode that both had apart. */
static void add_overlap(kith_text *text, const kith_layer *layer, const kith_tie *tie,
                        const kith_layer_item *item)
{
    const uint32_t other =
        kith_layer_other_event(layer, (size_t)(tie - layer->graph.ties), item);

    kith_text_format(text, ", inferred: overlaps %s, ", layer->network->events[other].word);
    add_source(text, layer->network->events[other].at,
               &layer->network->origins[layer->network->events[other].origin]);
    add_participations(text, layer, tie, other);
}

static const char *link_record(const kith_link *link, char row[32])
{
    if (link->id[0] != '\0')
        return link->id;
    snprintf(row, 32, "link:%lld", (long long)link->row.row);
    return row;
}

/* Of an event: that what is contested is a part in it. */
static void add_contested_part(kith_text *text, const kith_layer_item *item, const kith_origin *origin)
{
    if (item->grade.contested > origin->grade.contested)
        kith_text_add(text, item->grade.contested == KITH_WRONG ? ", a part in it was found to be wrong"
                                                                : ", a part in it is contested");
}

static const char *why_not_counted(kith_grade grade)
{
    if (!kith_grade_is_false(grade))
        return ", no evidence again: same report";
    return grade.contested == KITH_WRONG ? ", no evidence: found to be wrong"
                                         : ", no evidence: suspected to be false";
}

static void add_item(kith_table *table, kith_text *text, const kith_layer *layer,
                     const kith_tie *tie, const kith_layer_item *item)
{
    const kith_network *network = layer->network;
    const kith_event_record *event = item->is_link ? NULL : &network->events[item->index];
    const kith_link *link = item->is_link ? &network->links[item->index] : NULL;
    char row[32];

    kith_text_clear(text);
    kith_text_format(text, "%s, ", link != NULL ? link->word : event->word);
    const kith_origin *origin = &network->origins[link != NULL ? link->origin : event->origin];
    add_source(text, link != NULL ? link->valid_from : event->at, origin);
    if (event != NULL)
        add_participations(text, layer, tie, item->index);
    add_contested_part(text, item, origin);
    if (item->apart)
        add_overlap(text, layer, tie, item);
    if (!item->counted)
        kith_text_add(text, why_not_counted(item->grade));
    table->failed = table->failed || text->failed;
    explain_row(table, link != NULL ? "link" : "event", item->weight,
                link != NULL ? link_record(link, row) : event->id, &item->mass,
                kith_text_string(text));
}

kith_status kith_explain_tie(kith_table *table, const kith_layer *layer, size_t tie,
                             kith_error *err)
{
    static const char *const lines[] = {
        [KITH_DOTTED] = "dotted", [KITH_DASHED] = "dashed", [KITH_SOLID] = "solid"
    };
    const kith_tie *ends = &layer->graph.ties[tie];
    kith_text text = { 0 };
    bool inferred;

    explain_columns(table, "record");
    const kith_line line = kith_layer_line(layer, tie, &inferred);
    kith_table_fact(table, "tie", "%s, %s", kith_layer_id(layer, ends->low),
                    kith_layer_id(layer, ends->high));
    explain_number(table, "weight", ends->weight);
    explain_number(table, "evidence", kith_layer_evidence(layer, tie));
    kith_table_fact(table, "line", "%s%s", lines[line], inferred ? ", inferred" : "");
    for (size_t i = layer->first_item[tie]; i < layer->first_item[tie + 1]; i++)
        add_item(table, &text, layer, ends, &layer->items[i]);
    kith_table_note(
        table, "the values add up to the weight of the tie; the evidence beside it is the sum of "
               "the masses, a same report once and grade E never, and is no part of the weight");
    kith_text_free(&text);
    return kith_table_status(table, err);
}
