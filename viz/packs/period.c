/* SPDX-License-Identifier: GPL-3.0-or-later */
/* period.c: the hours that a daily meeting covers, and which events lie in them. */
#include "kith/date.h"
#include "kith/dossier.h"

enum { MISSING_DAYS = 28 }; /* so long an episode without an end is asked about */

static bool is_missing(const kith_event_record *event)
{
    return kith_word_same(event->meaning->word, "missing") ||
           kith_word_same(event->meaning->word, "missing_episode");
}

/* Where an agency never sends when a child came back, an episode without an end says nothing. */
static bool records_ends(const kith_network *network)
{
    size_t episodes = 0, ended = 0;

    for (size_t i = 0; i < network->event_count; i++) {
        const kith_event_record *event = &network->events[i];
        episodes += is_missing(event);
        ended += is_missing(event) && event->ended.precision != KITH_UNDATED;
    }
    return 2 * ended >= episodes;
}

kith_period kith_period_of(int32_t first_day, int32_t last_day, const kith_network *network)
{
    return (kith_period){ kith_day_begins(first_day), kith_day_begins(last_day + 1), first_day,
                          last_day, network == NULL || records_ends(network) };
}

/* A time of day lies in the period by the moment, a day by its date. */
static bool is_in(kith_time time, const kith_period *period)
{
    if (time.precision >= KITH_MINUTE)
        return time.utc >= period->from && time.utc < period->to;
    return time.precision == KITH_DAY && time.day >= period->first_day && time.day <= period->last_day;
}

kith_within kith_event_within(const kith_event_record *event, const kith_period *period)
{
    const kith_time at = event->at, ended = event->ended;

    if (at.precision == KITH_UNDATED)
        return KITH_WITHIN_NOT;
    if (at.precision == KITH_MONTH)
        return at.day >= period->first_day && at.day <= period->last_day ? KITH_WITHIN_MONTH
                                                                         : KITH_WITHIN_NOT;
    if (is_in(at, period))
        return KITH_WITHIN;
    if (at.day > period->last_day)
        return KITH_WITHIN_NOT;
    if (ended.precision >= KITH_DAY)
        return is_in(ended, period) ? KITH_WITHIN_ENDED : KITH_WITHIN_NOT;
    return period->ends_recorded && is_missing(event) && ended.precision == KITH_UNDATED &&
                   at.day >= period->first_day - MISSING_DAYS
               ? KITH_WITHIN_NO_RETURN
               : KITH_WITHIN_NOT;
}
