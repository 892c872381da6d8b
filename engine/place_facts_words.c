/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place_facts_words.c: the facts of a place, a line each. */
#include "kith/place_facts.h"

enum { TIMES_MOST = 3, TIMES_LEAST = 2 };

static void comma(kith_text *out, size_t nth, const char *between)
{
    if (nth > 0)
        kith_text_add(out, between);
}

void kith_place_kinds_write(kith_text *out, const kith_place_facts *facts)
{
    for (size_t i = 0; i < facts->kind_count; i++) {
        comma(out, i, ", ");
        kith_text_format(out, "%s %u", facts->kinds[i].word, facts->kinds[i].events);
    }
}

static unsigned events_in(const kith_place_facts *facts, int cell)
{
    return facts->week[cell / KITH_DAY_QUARTERS][cell % KITH_DAY_QUARTERS];
}

/* The cell with the most events that was not said yet: fewer than the last one, or as many and
 * later in the week; -1 when none has at least two. */
static int next_cell(const kith_place_facts *facts, int last)
{
    int best = -1;

    for (int i = 0; i < KITH_WEEKDAYS * KITH_DAY_QUARTERS; i++) {
        const unsigned events = events_in(facts, i);
        const bool said = last >= 0 && (events > events_in(facts, last) ||
                                        (events == events_in(facts, last) && i <= last));
        if (!said && events >= TIMES_LEAST && (best < 0 || events > events_in(facts, best)))
            best = i;
    }
    return best;
}

void kith_place_times_write(kith_text *out, const kith_place_facts *facts)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const quarters[] = { "00-06", "06-12", "12-18", "18-24" };
    size_t said = 0;

    for (int cell = next_cell(facts, -1); cell >= 0 && said < TIMES_MOST;
         cell = next_cell(facts, cell), said++) {
        comma(out, said, ", ");
        kith_text_format(out, "%s %s (%u)", days[cell / KITH_DAY_QUARTERS],
                         quarters[cell % KITH_DAY_QUARTERS], events_in(facts, cell));
    }
    if (facts->timed > 0)
        kith_text_format(out, "%s%u with a time", said > 0 ? " of " : "spread over ", facts->timed);
}

void kith_place_agencies_write(kith_text *out, const kith_place_facts *facts)
{
    for (size_t i = 0; i < facts->agency_count; i++) {
        comma(out, i, ", ");
        kith_text_add(out, facts->agencies[i]);
    }
}

static void write_protection(kith_text *out, const kith_protection *protection)
{
    char day[KITH_TIME_SIZE];

    kith_text_add(out, protection->what[0] != '\0' ? protection->what : "(no words were entered)");
    if (protection->source == KITH_PROTECTION_EVENTS)
        kith_text_format(out, ", %u event%s", protection->events, protection->events == 1 ? "" : "s");
    if (protection->source != KITH_PROTECTION_ENTERED || protection->observed.precision == KITH_UNDATED)
        return;
    kith_time_write(day, protection->observed);
    kith_text_format(out, " (%s)", day);
}

void kith_place_protections_write(kith_text *out, const kith_place_facts *facts)
{
    for (size_t i = 0; i < facts->protection_count; i++) {
        comma(out, i, "; ");
        write_protection(out, &facts->protections[i]);
    }
}
