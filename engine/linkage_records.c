/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linkage_records.c: records made ready for comparing.
 *
 * A text is folded once and numbered; equal texts have one number, so that most of what
 * follows compares numbers. A person may be written in several ways: by name, and by each
 * alias, a single word of which takes the place of the given name. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kith/similar.h"
#include "linkage_private.h"

enum space { WORD = 1, SOUND, DATE, SEX_WORD, SCHOOL_ID, POSTCODE, ADDRESS, KIND, IDENTITY };

enum { IDENTIFIERS = 16 };

typedef struct work {
    linkage_state *state;
    kith_text text, folded;
    bool failed;
} work;

static uint32_t number(work *w, enum space space, const char *text)
{
    linkage_state *state = w->state;

    if (*text == '\0' || w->failed)
        return NONE;
    const kith_idmap_entry *entry = kith_idmap_put(&state->map, (uint8_t)space, text);
    if (entry == NULL) {
        w->failed = true;
        return NONE;
    }
    const size_t at = (size_t)(entry - state->map.entries);
    if (at >= state->value_room) {
        const size_t room = state->value_room * 2 + 1024;
        linkage_value *grown = realloc(state->values, room * sizeof *grown);
        if (grown == NULL) {
            w->failed = true;
            return NONE;
        }
        memset(grown + state->value_room, 0, (room - state->value_room) * sizeof *grown);
        state->values = grown;
        state->value_room = room;
    }
    return (uint32_t)at;
}

static uint32_t counted(work *w, enum space space, const char *text)
{
    const uint32_t value = number(w, space, text);

    if (value != NONE)
        w->state->values[value].count++;
    return value;
}

static void *one_more(work *w, void *list, size_t *room, size_t count, size_t size)
{
    if (count < *room)
        return list;
    void *grown = realloc(list, (*room * 2 + 64) * size);
    if (grown == NULL) {
        w->failed = true;
        return list;
    }
    *room = *room * 2 + 64;
    return grown;
}

static uint32_t word_value(work *w, const char *text)
{
    char code[5];
    const uint32_t value = number(w, WORD, text);

    if (value == NONE || w->state->values[value].sound != 0)
        return value;
    kith_soundex(code, text);
    const uint32_t sound = number(w, SOUND, *code != '\0' ? code : text);
    if (!w->failed) {
        w->state->values[value].sound = sound;
        kith_word_sketch_make(&w->state->values[value].sketch, text);
    }
    return value;
}

/* The words of a text; when there are too many the last one stays the last. */
static linkage_name words_of(work *w, const char *text, size_t size)
{
    linkage_name name = { .count = 0 };

    kith_text_clear(&w->text);
    kith_text_clear(&w->folded);
    kith_text_add_bytes(&w->text, text, size);
    kith_text_add_folded(&w->folded, kith_text_string(&w->text));
    w->failed = w->failed || w->text.failed || w->folded.failed;
    for (char *at = w->folded.data; !w->failed && at != NULL && *at != '\0';) {
        char *end = at + strcspn(at, " ");
        const bool more = *end != '\0';
        *end = '\0';
        name.words[name.count < NAME_WORDS ? name.count : NAME_WORDS - 1] = word_value(w, at);
        name.count += name.count < NAME_WORDS;
        at = end + more;
    }
    return name;
}

static void add_alias(work *w, linkage_ready *ready, linkage_name name)
{
    linkage_state *state = w->state;

    if (w->failed || name.count == 0 || ready->alias_count == ALIASES)
        return;
    state->aliases = one_more(w, state->aliases, &state->alias_room, state->alias_count, sizeof name);
    if (w->failed)
        return;
    state->aliases[state->alias_count++] = name;
    ready->alias_count++;
}

static void count_words(linkage_state *state, linkage_name name)
{
    for (uint32_t i = 0; i < name.count; i++)
        state->values[name.words[i]].count++;
    if (name.count >= 2) {
        state->values[name.words[0]].first++;
        state->values[name.words[name.count - 1]].last++;
    }
}

static void add_names(work *w, linkage_ready *ready, const kith_linkage_record *record)
{
    const linkage_name name = words_of(w, record->name, strlen(record->name));
    const char *alias = record->aliases;

    ready->name = name;
    ready->first_alias = (uint32_t)w->state->alias_count;
    if (!w->failed)
        count_words(w->state, name);
    while (*alias != '\0' && !w->failed) {
        const size_t size = strcspn(alias, ";");
        linkage_name other = words_of(w, alias, size);
        if (other.count == 1 && name.count >= 2)
            other.words[other.count++] = name.words[name.count - 1];
        add_alias(w, ready, other);
        alias += size + (alias[size] == ';');
    }
}

/* A piece folded and without blanks, in w->folded. */
static void solid(work *w, const char *text, size_t size)
{
    char *to;

    kith_text_clear(&w->text);
    kith_text_clear(&w->folded);
    kith_text_add_bytes(&w->text, text, size);
    kith_text_add_folded(&w->folded, kith_text_string(&w->text));
    w->failed = w->failed || w->text.failed || w->folded.failed;
    to = w->folded.data;
    for (const char *from = to; to != NULL && *from != '\0'; from++)
        if (*from != ' ')
            *to++ = *from;
    if (to != NULL) {
        *to = '\0';
        w->folded.size = (size_t)(to - w->folded.data);
    }
}

/* "nhs=943 476 5919" becomes the text "nhs=9434765919", of which 4 bytes are the kind. */
static void add_identifier(work *w, linkage_ready *ready, const char *piece, size_t size)
{
    linkage_state *state = w->state;
    const char *equals = memchr(piece, '=', size);
    const size_t kind_size = equals != NULL ? (size_t)(equals - piece) : 0;
    const size_t from = equals != NULL ? kind_size + 1 : 0;
    kith_text whole = { 0 };
    linkage_identifier made = { 0 };

    solid(w, piece, kind_size);
    kith_text_add(&whole, kith_text_string(&w->folded));
    made.kind = number(w, KIND, kith_text_string(&whole));
    kith_text_add_char(&whole, '=');
    made.skip = (uint32_t)whole.size;
    solid(w, piece + from, size - from);
    kith_text_add(&whole, kith_text_string(&w->folded));
    w->failed = w->failed || whole.failed;
    if (!w->failed && whole.size > made.skip) {
        made.value = counted(w, IDENTITY, whole.data);
        made.checked = strncmp(whole.data, "nhs=", 4) == 0 && kith_nhs_number_valid(whole.data + made.skip);
        state->identifiers = one_more(w, state->identifiers, &state->identifier_room,
                                      state->identifier_count, sizeof made);
        if (!w->failed) {
            state->identifiers[state->identifier_count++] = made;
            ready->identifier_count++;
        }
    }
    kith_text_free(&whole);
}

static void add_identifiers(work *w, linkage_ready *ready, const char *list)
{
    ready->first_identifier = (uint32_t)w->state->identifier_count;
    while (*list != '\0' && !w->failed && ready->identifier_count < IDENTIFIERS) {
        const size_t size = strcspn(list, ";");
        add_identifier(w, ready, list, size);
        list += size + (list[size] == ';');
    }
}

static uint32_t folded_value(work *w, enum space space, const char *text)
{
    kith_text_clear(&w->folded);
    kith_text_add_folded(&w->folded, text);
    w->failed = w->failed || w->folded.failed;
    return w->failed ? NONE : counted(w, space, kith_text_string(&w->folded));
}

static void make_record(work *w, size_t at)
{
    const kith_linkage_record *record = &w->state->records[at];
    linkage_ready *ready = &w->state->ready[at];
    kith_postcode *code = &w->state->postcodes[at];

    *ready = (linkage_ready){ .alias_count = 0 };
    const bool has_date = kith_partial_date_read(&ready->born, record->born);
    const bool has_code = kith_postcode_read(code, record->postcode);

    add_names(w, ready, record);
    add_identifiers(w, ready, record->identifiers);
    ready->born_text = has_date ? counted(w, DATE, record->born) : NONE;
    ready->postcode_text = has_code ? counted(w, POSTCODE, code->whole) : NONE;
    ready->sex = folded_value(w, SEX_WORD, record->sex);
    ready->school = counted(w, SCHOOL_ID, record->school);
    ready->address = folded_value(w, ADDRESS, record->address);
}

/* The chance that two records agree, from how many pairs share each value. */
static double chance(double sharing, double having)
{
    return having >= 2 ? sharing / (having * (having - 1)) : 0;
}

static void find_agreement(linkage_state *state)
{
    double sharing[FIELDS] = { 0 }, having[FIELDS] = { 0 };
    static const int field_of[] = { [DATE] = BORN, [SEX_WORD] = SEX, [SCHOOL_ID] = SCHOOL,
                                    [ADDRESS] = HOME, [IDENTITY] = IDENTIFIER };

    for (size_t v = 0; v < state->map.count; v++) {
        const linkage_value *value = &state->values[v];
        const int space = state->map.entries[v].space;
        const double n = value->count, first = value->first, last = value->last;
        if (space == WORD) {
            having[GIVEN] += first, sharing[GIVEN] += first * (first - 1);
            having[FAMILY] += last, sharing[FAMILY] += last * (last - 1);
            having[TITLE] += n, sharing[TITLE] += n * (n - 1);
        } else if (space == DATE || space == SEX_WORD || space == SCHOOL_ID || space == ADDRESS ||
                   space == IDENTITY) {
            having[field_of[space]] += n, sharing[field_of[space]] += n * (n - 1);
        }
    }
    for (int f = 0; f < FIELDS; f++)
        state->agreement[f] = chance(sharing[f], having[f]);
}

kith_status linkage_make_ready(linkage_state *state, kith_error *err)
{
    work w = { .state = state };

    static_assert(sizeof *state->ready == 64, "a record to compare is one line of memory");
    state->ready = aligned_alloc(sizeof *state->ready, (state->count + 1) * sizeof *state->ready);
    state->postcodes = calloc(state->count + 1, sizeof *state->postcodes);
    state->remembered = calloc(REMEMBERED, sizeof *state->remembered);
    w.failed = state->ready == NULL || state->postcodes == NULL || state->remembered == NULL ||
               number(&w, KIND, "-") == NONE; /* number 0 is nobody's value */
    for (size_t r = 0; r < state->count && !w.failed; r++)
        make_record(&w, r);
    kith_text_free(&w.text);
    kith_text_free(&w.folded);
    if (w.failed)
        return kith_no_memory(err);
    find_agreement(state);
    return KITH_OK;
}
