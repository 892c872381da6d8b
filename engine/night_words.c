/* SPDX-License-Identifier: GPL-3.0-or-later */
/* night_words.c: reasons and next steps in words. */
#include <stdio.h>

#include "kith/date.h"
#include "kith/night.h"

void kith_day_words(char out[KITH_DAY_WORDS_SIZE], int32_t day)
{
    static const char *const days[] = { "Monday", "Tuesday", "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday" };
    static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July",
                                          "August", "September", "October", "November", "December" };
    int year, month, of_month;

    kith_day_split(day, &year, &month, &of_month);
    snprintf(out, KITH_DAY_WORDS_SIZE, "%s %d %s %d", days[kith_weekday(day)], of_month, months[month - 1],
             year);
}

const char *kith_place_news_word(kith_place_news news)
{
    static const char *const words[] = { "new", "emerging", "cooling", "gone", "recent", "persisting", "quiet", "" };

    return words[news];
}

static void add_count(kith_text *out, uint32_t count, const char *one, const char *many)
{
    kith_text_format(out, "%u %s", (unsigned)count, count == 1 ? one : many);
}

static void separate(kith_text *out, size_t begin)
{
    if (out->size > begin)
        kith_text_add(out, "; ");
}

static void add_arrivals(kith_text *out, const kith_night_place *p, int32_t last_day)
{
    char last[KITH_DAY_WORDS_SIZE];

    kith_day_words(last, last_day);
    if (p->new_children > 0) {
        add_count(out, p->new_children, "child", "children");
        kith_text_format(out, " new since the report of %s", last);
    }
    if (p->new_events > 0) {
        kith_text_add(out, p->new_children > 0 ? " (" : "");
        add_count(out, p->new_events, "new event", "new events");
        if (p->late_events > 0)
            kith_text_format(out, ", %u of days before that", (unsigned)p->late_events);
        kith_text_add(out, p->new_children > 0 ? ")" : "");
    }
}

static void add_firsts(kith_text *out, const kith_night_place *p, size_t begin)
{
    if (p->night_first) {
        separate(out, begin);
        kith_text_add(out, "first time between 22:00 and 06:00");
    }
    for (int i = 0; i < KITH_NIGHT_KINDS && p->new_kinds[i] != NULL; i++) {
        separate(out, begin);
        kith_text_format(out, "first %s here", p->new_kinds[i]);
    }
    if (p->agency_first) {
        separate(out, begin);
        kith_text_add(out, "another agency records it too");
    }
}

static void add_departures(kith_text *out, const kith_night_place *p, size_t begin)
{
    if (p->gone_children > 0) {
        separate(out, begin);
        add_count(out, p->gone_children, "child is", "children are");
        kith_text_add(out, " no longer counted");
    }
    if (p->gone_events > 0) {
        separate(out, begin);
        add_count(out, p->gone_events, "event", "events");
        kith_text_add(out, " out of the window or corrected");
    }
}

void kith_night_reasons(kith_text *out, const kith_night_place *p, int32_t last_day)
{
    const size_t begin = out->size;

    if (!p->changed)
        return;
    add_arrivals(out, p, last_day);
    add_firsts(out, p, begin);
    add_departures(out, p, begin);
    if (p->change_before != p->now->change && p->change_before != KITH_CHANGE_UNKNOWN &&
        p->now->change != KITH_CHANGE_UNKNOWN) {
        separate(out, begin);
        kith_text_format(out, "was %s", kith_place_change_word(p->change_before));
        if (p->now->change == KITH_CHANGE_EMERGING)
            kith_text_format(out, ": %u child-days in 28 days, %u in the 84 before",
                             (unsigned)p->now->recent_child_days, (unsigned)p->now->earlier_child_days);
    }
}

const char *kith_place_news_next(kith_place_news news)
{
    switch (news) {
    case KITH_NEWS_NEW:
        return "Ask who knows this place, and who looks after it; agree who goes to see it.";
    case KITH_NEWS_EMERGING:
        return "Decide today who goes there, at the hours when it happens, and what changes at the place "
               "(light, staff, a guardian, licensing); name an owner and a date.";
    case KITH_NEWS_COOLING:
        return "Ask what changed, and keep it; look whether the same children are now unsafe elsewhere "
               "before calling it a success.";
    case KITH_NEWS_GONE:
        return "Ask whether it is safe, or only no longer recorded.";
    default:
        return "";
    }
}

void kith_night_next(kith_text *out, const kith_night_place *p)
{
    kith_text_add(out, kith_place_news_next(p->news));
    if ((p->news == KITH_NEWS_PERSISTING || p->news == KITH_NEWS_RECENT) && p->new_children > 0)
        kith_text_add(out, "Look again at the plan for this place; where there is none, ask for one.");
    if (p->now->agencies == 1 && p->now->children > 1 && p->changed && p->news != KITH_NEWS_GONE)
        kith_text_add(out, out->size > 0 ? " One agency only records it: ask the others what they know."
                                         : "One agency only records it: ask the others what they know.");
}
