/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gathering.c: roles, ages, kinds and grades decide whose participation counts. */
#include "gathering.h"

#include <stdlib.h>

#include "large_pages.h"


/* One entry of --roles. A composed word asks for a person who has all of its roles. */
struct kith_asked_role {
    kith_role roles[2];
    const char *written[2];
    int count;
};

static kith_status no_word_twice(const char *const *words, size_t count, const char *option,
                                 kith_error *err)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (kith_word_same(words[i], words[j]))
                return kith_fail(err, KITH_USAGE, "%s names %s twice; name it once", option,
                                 words[i]);
    return KITH_OK;
}

static kith_status check(const kith_layer_options *options, kith_error *err)
{
    kith_status status = no_word_twice(options->kinds, options->kind_count, "--kinds", err);

    if (status == KITH_OK)
        status = no_word_twice(options->roles, options->role_count, "--roles", err);
    if (status == KITH_OK && options->size_cap == 1)
        status = kith_fail(err, KITH_USAGE,
                           "--size-cap is 1; a number from 2 is expected, as one person is no tie");
    return status;
}

static bool ties_peers(const kith_layer_options *options)
{
    return options->layer == KITH_LAYER_TOGETHER && !options->raw && !options->unweighted;
}

static size_t largest_event(const kith_network *network)
{
    size_t largest = 1;

    for (size_t e = 0; e < network->event_count; e++)
        if (network->events[e].participation_count > largest)
            largest = network->events[e].participation_count;
    return largest;
}

kith_status kith_gathering_open(kith_gathering *gathering, const kith_network *network,
                                const kith_layer_options *options, kith_error *err)
{
    *gathering = (kith_gathering){
        .network = network,
        .options = options,
        .size_cap = options->size_cap == 0 ? KITH_SIZE_CAP : options->size_cap,
        .peers = ties_peers(options),
    };
    const kith_status status = check(options, err);
    if (status != KITH_OK)
        return status;
    gathering->roles = calloc(options->role_count + 1, sizeof *gathering->roles);
    gathering->adult_from = kith_large_block((network->thing_count + 1) * sizeof *gathering->adult_from);
    gathering->members = malloc(largest_event(network) * sizeof *gathering->members);
    if (!gathering->roles || !gathering->adult_from || !gathering->members)
        return kith_no_memory(err);
    for (size_t i = 0; i < options->role_count; i++) {
        kith_asked_role *asked = &gathering->roles[i];
        bool known;
        kith_role_read(options->roles[i], asked->roles, asked->written, &asked->count, &known);
    }
    for (size_t i = 0; i < network->thing_count; i++) {
        const kith_thing *thing = &network->things[i];
        gathering->people += thing->kind == KITH_PERSON;
        const bool unknown = thing->kind != KITH_PERSON || thing->born.precision == KITH_UNDATED;
        gathering->adult_from[i] = unknown ? INT32_MIN : kith_thing_adult_from(thing);
    }
    return KITH_OK;
}

void kith_gathering_close(kith_gathering *gathering)
{
    free(gathering->roles);
    free(gathering->adult_from);
    free(gathering->members);
    *gathering = (kith_gathering){ 0 };
}

bool kith_layer_admits_kind(const kith_layer_options *options, const char *word)
{
    if (options->kinds == NULL)
        return true;
    for (size_t i = 0; i < options->kind_count; i++)
        if (kith_word_same(options->kinds[i], word))
            return true;
    return false;
}

bool kith_gathering_has_event(const kith_gathering *gathering, uint32_t event)
{
    return kith_layer_admits_kind(gathering->options, gathering->network->events[event].word);
}

bool kith_gathering_has_link(const kith_gathering *gathering, uint32_t link)
{
    return kith_layer_admits_kind(gathering->options, gathering->network->links[link].word);
}

bool kith_gathering_ties(const kith_gathering *gathering, uint32_t event)
{
    return kith_gathering_has_event(gathering, event) &&
           (!gathering->peers || gathering->options->every ||
            gathering->network->events[event].meaning->gathers);
}

static bool is_adult(const kith_gathering *gathering, uint32_t person, int32_t day)
{
    const int32_t from = gathering->adult_from[person];

    return from != INT32_MIN && day >= from;
}

bool kith_gathering_selects(const kith_gathering *gathering, uint32_t person, int32_t day)
{
    switch (gathering->peers ? gathering->options->who : KITH_WHO_ALL) {
    case KITH_WHO_CHILDREN:
        return !is_adult(gathering, person, day);
    case KITH_WHO_ADULTS:
        return is_adult(gathering, person, day);
    default:
        return true;
    }
}

/* The first day that a link and the window share; as-of where neither has a first day. */
static int32_t judged_on(const kith_link *link, const kith_view *view)
{
    const bool begins = link->valid_from.precision != KITH_UNDATED;
    const int32_t since = view->all_dates ? view->as_of : view->since;

    return begins && (view->all_dates || link->valid_from.day > since) ? link->valid_from.day
                                                                        : since;
}

bool kith_gathering_declares(const kith_gathering *gathering, const kith_link *link)
{
    const int32_t day = judged_on(link, &gathering->network->view);

    return link->from < gathering->people && link->to < gathering->people && link->meaning->gathers &&
           !link->meaning->exploits && kith_gathering_selects(gathering, link->from, day) &&
           kith_gathering_selects(gathering, link->to, day);
}

/* Nobody's witness, reporter or helper makes a peer tie, and no adult's harm. */
static bool role_ties(kith_role role, bool adult)
{
    if ((role & (KITH_WITNESS | KITH_REPORTER | KITH_HELPER)) != 0)
        return false;
    return (role & (KITH_ALLEGED_PERPETRATOR | KITH_CONVICTED_PERPETRATOR)) == 0 || !adult;
}

static bool may_tie(const kith_gathering *gathering, const kith_participation *p, int32_t day)
{
    return !gathering->peers || gathering->options->every ||
           role_ties(p->role, is_adult(gathering, p->person, day));
}

/* Whether one of a person's participations is in a role. */
static bool has_role(const kith_participation *p, size_t count, kith_role role,
                     const char *written)
{
    for (size_t i = 0; i < count; i++)
        if (kith_participation_is(&p[i], role, written))
            return true;
    return false;
}

/* Whether the participation at `at` of a person's `count` is one that was asked for. */
static bool is_asked(const kith_gathering *gathering, const kith_participation *p, size_t count,
                     size_t at)
{
    if (gathering->options->roles == NULL)
        return true;
    for (size_t i = 0; i < gathering->options->role_count; i++) {
        const kith_asked_role *asked = &gathering->roles[i];
        bool whole = true, here = false;
        for (int r = 0; r < asked->count; r++) {
            whole = whole && has_role(p, count, asked->roles[r], asked->written[r]);
            here = here || kith_participation_is(&p[at], asked->roles[r], asked->written[r]);
        }
        if (whole && here)
            return true;
    }
    return false;
}

static double reliability(kith_grade grade)
{
    return kith_reliability(grade, &kith_weighting_default);
}

static kith_grade uncontested(kith_grade grade)
{
    grade.contested = KITH_UNCONTESTED;
    return grade;
}

/* What rests on two records is contested as either is. */
static kith_grade contested_as_either(kith_grade grade, kith_grade a, kith_grade b)
{
    grade.contested = a.contested > b.contested ? a.contested : b.contested;
    return grade;
}

kith_grade kith_grade_weaker(kith_grade a, kith_grade b)
{
    const bool other = reliability(uncontested(b)) < reliability(uncontested(a));

    return contested_as_either(other ? b : a, a, b);
}

kith_grade kith_grade_of_both(kith_grade record, kith_grade event)
{
    if (record.source == 0 || event.source == 0)
        return contested_as_either(record.source == 0 ? event : record, record, event);
    return kith_grade_weaker(record, event);
}

/* The member that a person's `count` participations make; false when none counts. */
static bool make_member(kith_member *member, const kith_gathering *gathering,
                        const kith_participation *p, size_t count, int32_t day)
{
    const kith_network *network = gathering->network;
    const kith_grade event = network->origins[network->events[p->event].origin].grade;
    bool found = false;

    for (size_t i = 0; i < count; i++) {
        if (!may_tie(gathering, &p[i], day) || !is_asked(gathering, p, count, i))
            continue;
        const kith_grade grade = kith_grade_of_both(network->origins[p[i].origin].grade, event);
        if (!found || reliability(grade) > reliability(member->grade))
            member->grade = grade;
        found = true;
    }
    member->person = p->person;
    member->selected = found && kith_gathering_selects(gathering, p->person, day);
    return found;
}

static int32_t day_of(const kith_network *network, const kith_event_record *event)
{
    return event->at.precision == KITH_UNDATED ? network->view.as_of : event->at.day;
}

size_t kith_gathering_at(kith_gathering *gathering, uint32_t event, size_t *counted)
{
    const kith_network *network = gathering->network;
    const kith_event_record *record = &network->events[event];
    const int32_t day = day_of(network, record);
    size_t count = 0;

    *counted = 0;
    for (uint32_t i = 0, end = 0; i < record->participation_count; i = end) {
        const kith_participation *p = &network->participations[record->first_participation + i];
        for (end = i + 1; end < record->participation_count && p[end - i].person == p->person;)
            end++;
        if (!make_member(&gathering->members[count], gathering, p, end - i, day))
            continue;
        if (reliability(gathering->members[count++].grade) > 0)
            (*counted)++;
    }
    return count;
}

static bool is_in_asked_role(const kith_participation *p, const kith_layer_options *options)
{
    kith_role roles[2];
    const char *written[2];
    int count;
    bool known;

    for (size_t i = 0; i < options->role_count; i++) {
        kith_role_read(options->roles[i], roles, written, &count, &known);
        for (int r = 0; r < count; r++)
            if (kith_participation_is(p, roles[r], written[r]))
                return true;
    }
    return options->roles == NULL;
}

bool kith_participation_admits(const kith_participation *p, const kith_network *network,
                               const kith_layer_options *options)
{
    const kith_age_group age = kith_thing_age_group(&network->things[p->person],
                                                    day_of(network, &network->events[p->event]));

    return !kith_grade_is_false(network->origins[p->origin].grade) &&
           is_in_asked_role(p, options) &&
           (!ties_peers(options) || options->every || role_ties(p->role, age == KITH_ADULT));
}
