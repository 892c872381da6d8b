/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain_network.c: a place's figures and a tie's weight as the records that they rest on. */
#include <math.h>

#include "explain_rows.h"
#include "kith/explain.h"
#include "kith/text.h"

/* "2022-06-20, police R12, 1B" */
static void add_source(kith_text *text, kith_time time, const kith_origin *origin)
{
    char day[KITH_TIME_SIZE];

    kith_time_write(day, time);
    kith_text_add(text, day[0] != '\0' ? day : "undated");
    if (origin->source[0] != '\0')
        kith_text_format(text, ", %s", origin->source);
    if (origin->report_ref[0] != '\0')
        kith_text_format(text, " %s", origin->report_ref);
    if (origin->grade.source != 0 && origin->grade.info != 0)
        kith_text_format(text, ", %c%c", origin->grade.source, origin->grade.info);
    else
        kith_text_add(text, ", ungraded");
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
    kith_table_fact(table, "weighted_events", "%.17g", weighted_events);
    kith_table_note(table,
                    "the rank goes by children, the values of the rows \"child\" added up, then by "
                    "weighted events, those of the rows \"event\" added up");
    kith_text_free(&text);
    kith_hotspot_terms_free(&terms);
    return kith_table_status(table, err);
}
