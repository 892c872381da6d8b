/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_value.c: a field becomes a value of its column's type, in canonical form.
 *
 * What is compared, digested and kept is the canonical form, so that "2021-11-03 " and
 * "2021-11-03", or "P1" and "person:P1", are one. */
#include <stdio.h>
#include <string.h>

#include "import_private.h"
#include "kith/date.h"

static const char *const prefixes[] = { NULL, "person:", "location:", "group:", "object:" };
static const char *const space_names[] = { "",      "person", "location",   "group", "object",
                                           "event", "link",   "assessment", "action" };
static const char *const contexts[] = { "home", "peer", "school", "neighbourhood", "online" };
enum { CONTEXT_COUNT = 5 };

bool import_id_is_plain(const char *field)
{
    const char *at = field;

    while ((unsigned char)*at >= 0x20 && *at != 0x7F)
        at++;
    return *at == '\0' && at - field <= ID_SIZE_MAX;
}

static bool id_is_sound(import_row *row, const table_column *column, const char *field)
{
    char quoted[SHOWN_SIZE];
    const size_t size = strlen(field);

    if (import_id_is_plain(field))
        return true;
    if (size > ID_SIZE_MAX)
        row_error(row, column->name, "%s is %zu bytes long; an id has at most %d",
                  shown(quoted, field), size, ID_SIZE_MAX);
    else
        row_error(row, column->name,
                  "%s has a control character or a line break in it; an id has none",
                  shown(quoted, field));
    return false;
}

/* A month that has begun counts as its last day, but is not in the future. */
static bool is_future(const kith_time *time, int32_t today)
{
    int year, month, day, this_year, this_month;

    if (time->day <= today || time->precision != KITH_MONTH)
        return time->day > today;
    kith_day_split(time->day, &year, &month, &day);
    kith_day_split(today, &this_year, &this_month, &day);
    return year != this_year || month != this_month;
}

/* Whether a date that could be read would be written as it is: it has no zone, and no clock was
 * changed in its month. */
static bool is_canonical(const kith_time *time, const char *field)
{
    static const size_t sizes[] = { [KITH_MONTH] = 7, [KITH_DAY] = 10, [KITH_MINUTE] = 16, [KITH_SECOND] = 19 };
    const bool changes = field[5] == '0' ? field[6] == '3' : field[6] == '0'; /* March, October */

    return strlen(field) == sizes[time->precision] && (time->precision <= KITH_DAY || !changes);
}

bool import_date_is_plain(kith_time *time, const table_column *column, const char *field, int32_t today)
{
    char written[KITH_TIME_SIZE];

    if (!kith_time_read(time, field) || (column->type == COLUMN_DATE && time->precision > KITH_DAY) ||
        ((column->flags & NOT_FUTURE) != 0 && is_future(time, today)))
        return false;
    if (is_canonical(time, field))
        return true;
    kith_time_write(written, *time);
    return strcmp(written, field) == 0;
}

static void read_date(import_row *row, import_value *value, const table_column *column,
                      const char *field)
{
    kith_time time;
    char quoted[SHOWN_SIZE];

    if (!kith_time_read(&time, field) ||
        (column->type == COLUMN_DATE && time.precision > KITH_DAY)) {
        row_error(row, column->name, "%s is not a date that exists; %s is expected",
                  shown(quoted, field),
                  column->type == COLUMN_DATE ? "YYYY-MM-DD or YYYY-MM"
                                              : "YYYY-MM-DD, YYYY-MM or YYYY-MM-DDThh:mm");
        return;
    }
    if (is_canonical(&time, field)) {
        value->text = field;
    } else {
        kith_time_write(value->buffer, time);
        value->text = value->buffer;
    }
    if ((column->flags & NOT_FUTURE) != 0 && is_future(&time, row->load->today))
        import_fault(row->load, SEVERITY_WARNING, row->line, column->name,
                     "%s is in the future; it is kept as written", shown(quoted, field));
}

static void read_integer(import_row *row, import_value *value, const table_column *column,
                         const char *field)
{
    char quoted[SHOWN_SIZE];

    if (!kith_integer_read(&value->integer, field) || (double)value->integer < column->low ||
        (double)value->integer > column->high) {
        row_error(row, column->name, "%s is %s; %s is expected", column->name, shown(quoted, field),
                  column->expected);
        return;
    }
    snprintf(value->buffer, sizeof value->buffer, "%lld", (long long)value->integer);
    value->text = value->buffer;
}

static void read_number(import_row *row, import_value *value, const table_column *column,
                        const char *field)
{
    char quoted[SHOWN_SIZE];

    if (!kith_number_read(&value->number, field) || value->number < column->low ||
        value->number > column->high ||
        ((column->flags & ABOVE_LOW) != 0 && value->number <= column->low)) {
        row_error(row, column->name, "%s is %s; %s is expected", column->name, shown(quoted, field),
                  column->expected);
        return;
    }
    kith_number_shortest(value->buffer, value->number);
    value->text = value->buffer;
}

static void read_choice(import_row *row, import_value *value, const table_column *column,
                        const char *field)
{
    char choice[32], quoted[SHOWN_SIZE];
    size_t size = 0;

    choice[size++] = '|';
    for (const char *p = field; *p != '\0' && size + 2 < sizeof choice; p++)
        choice[size++] = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
    choice[size++] = '|';
    choice[size] = '\0';
    const char *found = strchr(field, '|') == NULL ? strstr(column->choices, choice) : NULL;
    if (found == NULL) {
        row_error(row, column->name, "%s is %s; one of %.*s is expected", column->name,
                  shown(quoted, field), (int)strlen(column->choices) - 2, column->choices + 1);
        return;
    }
    memcpy(value->buffer, found + 1, size - 2);
    value->buffer[size - 2] = '\0';
    value->text = value->buffer;
}

static void read_word(import_row *row, import_value *value, const table_column *column,
                      const char *field)
{
    char quoted[SHOWN_SIZE];

    if (!id_is_sound(row, column, field))
        return;
    value->text = field;
    if (column == &origin_columns[0] || import_is_plain(row->load, 1u << column->words, field))
        return;
    if (kith_word_meaning(column->words, field)->known)
        import_found_plain(row->load, 1u << column->words, field);
    else
        import_gather(
            row->load, SEVERITY_WARNING, row->line, column->name,
            "%s %s is not a known word; it is kept as written, and has no meaning of its own%s",
            column->name, shown(quoted, field),
            column->words == KITH_EVENT_WORD ? " but that it brings people together" : "");
}

/* Whether an id is one of a space of which a file could not be read. */
static bool cannot_tell(const import_row *row, const table_column *column)
{
    return (row->load->incomplete & column->spaces) != 0;
}

static void unknown_id(import_row *row, const table_column *column, const char *field)
{
    char quoted[SHOWN_SIZE], kinds[64] = "";

    row->faulty = true;
    if (cannot_tell(row, column))
        return;
    for (int space = SPACE_PERSON; space <= SPACE_ACTION; space++) {
        if ((column->spaces & IN(space)) == 0)
            continue;
        if (kinds[0] != '\0')
            strcat(kinds, column->spaces >> (space + 1) != 0 ? ", " : " or ");
        strcat(kinds, space_names[space]);
    }
    row_error(row, column->name,
              "%s is the id of no %s in the hub or in this call; load it first or with this",
              shown(quoted, field), kinds);
}

static void ambiguous_id(import_row *row, const table_column *column, const char *field, int one,
                         int other)
{
    char quoted[SHOWN_SIZE];

    row_error(row, column->name, "%s is the id of a %s and of a %s; write %s%s or %s%s",
              shown(quoted, field), space_names[one], space_names[other], prefixes[one], field,
              prefixes[other], field);
}

static void take_ref(import_row *row, import_value *value, const table_column *column, int space,
                     const kith_idmap_entry *entry, const char *id)
{
    const bool several = (column->spaces & (column->spaces - 1)) != 0;

    value->integer = entry->row;
    row->faulty |= entry->row == REFUSED_ROW;
    value->text = id;
    if (several)
        value->text = strcat(strcpy(value->buffer, prefixes[space]), id);
}

/* The entry of an id that may be one of several spaces; the space, 0 when it is none's, and a
 * second space when it is another's too. */
static kith_idmap_entry *find_ref(int *in, int *also, import_load *load, unsigned spaces,
                                  const char *id)
{
    kith_idmap_entry *found[KITH_IDMAP_SPACES] = { NULL };

    *in = *also = 0;
    kith_idmap_find_in(found, &load->ids, spaces, id);
    for (int space = SPACE_ACTION; space >= SPACE_PERSON; space--) {
        if (found[space] == NULL)
            continue;
        *also = *in;
        *in = space;
    }
    return found[*in];
}

/* The entry of an id that is written as "person:ID", and the id. */
static kith_idmap_entry *find_prefixed(int *in, const char **id, import_load *load,
                                       unsigned spaces, const char *field)
{
    for (int space = SPACE_PERSON; space <= SPACE_OBJECT; space++) {
        const size_t size = strlen(prefixes[space]);
        if ((spaces & IN(space)) == 0 || strncmp(field, prefixes[space], size) != 0)
            continue;
        *id = field + size;
        *in = space;
        return kith_idmap_find(&load->ids, (uint8_t)space, *id);
    }
    return NULL;
}

static int only_space(unsigned spaces)
{
    int space = SPACE_PERSON;

    while ((spaces & IN(space)) == 0)
        space++;
    return space;
}

/* The entry of an id, as far as it was found when rows were looked at together. */
static kith_idmap_entry *found_ahead(const import_row *row, const table_column *column)
{
    const import_load *load = row->load;
    const uint32_t index = load->ahead[column - load->table->columns][row->nth_ahead];

    return index != 0 ? &load->ids.entries[index - 1] : NULL;
}

/* The entry of an id as it is written, and its space. */
static kith_idmap_entry *find_written(int *in, int *also, const import_row *row, const table_column *column,
                                      const char *field)
{
    import_load *load = row->load;
    kith_idmap_entry *entry = found_ahead(row, column);

    *also = 0;
    if (entry != NULL)
        *in = entry->space;
    else if ((column->spaces & (column->spaces - 1)) != 0)
        entry = find_ref(in, also, load, column->spaces, field);
    else
        entry = kith_idmap_find(&load->ids, (uint8_t)(*in = only_space(column->spaces)), field);
    return entry;
}

static void read_ref(import_row *row, import_value *value, const table_column *column,
                     const char *field)
{
    const char *id = field;
    int in, also;
    kith_idmap_entry *entry = find_written(&in, &also, row, column, field);

    if (entry == NULL) { /* an id that is known is sound */
        const char *colon = strchr(field, ':');
        if (!id_is_sound(row, column, colon != NULL ? colon + 1 : field))
            return;
        if (colon != NULL)
            entry = find_prefixed(&in, &id, row->load, column->spaces, field);
    }
    if (also != 0)
        ambiguous_id(row, column, field, in, also);
    else if (entry == NULL)
        unknown_id(row, column, field);
    else
        take_ref(row, value, column, in, entry, id);
}

static int context_named(const char *name, size_t size)
{
    while (size > 0 && name[0] == ' ') {
        name++;
        size--;
    }
    while (size > 0 && name[size - 1] == ' ')
        size--;
    for (int i = 0; i < CONTEXT_COUNT; i++) {
        size_t k = 0;
        while (k < size && contexts[i][k] != '\0' && (name[k] | 0x20) == contexts[i][k])
            k++;
        if (k == size && contexts[i][k] == '\0')
            return i;
    }
    return -1;
}

static void read_contexts(import_row *row, import_value *value, const table_column *column,
                          const char *field)
{
    char quoted[SHOWN_SIZE];
    unsigned named = 0;

    for (const char *p = field;; p++) {
        const size_t size = strcspn(p, "+");
        const int context = context_named(p, size);
        if (context < 0 || (named & 1u << context) != 0) {
            row_error(row, column->name,
                      "%s is %s; one of home, peer, school, neighbourhood or online is expected, "
                      "or several, each once, with + between",
                      column->name, shown(quoted, field));
            return;
        }
        named |= 1u << context;
        p += size;
        if (*p == '\0')
            break;
    }
    for (int i = 0; i < CONTEXT_COUNT; i++) {
        if ((named & 1u << i) == 0)
            continue;
        if (value->buffer[0] != '\0')
            strcat(value->buffer, "+");
        strcat(value->buffer, contexts[i]);
    }
    value->text = value->buffer;
}

void import_read_value(import_row *row, import_value *value, const table_column *column,
                       const char *field)
{
    import_leave_blank(value);
    value->missing = field[0] == '\0';
    if (value->missing) {
        if ((column->flags & FILLED) != 0)
            row_error(row, column->name, "%s is blank; every row must have it", column->name);
        return;
    }
    switch (column->type) {
    case COLUMN_ID:
        if (id_is_sound(row, column, field))
            value->text = field;
        break;
    case COLUMN_TEXT:
        value->text = field;
        break;
    case COLUMN_DATE:
    case COLUMN_TIME:
        read_date(row, value, column, field);
        break;
    case COLUMN_WORD:
        read_word(row, value, column, field);
        break;
    case COLUMN_CHOICE:
        read_choice(row, value, column, field);
        break;
    case COLUMN_INTEGER:
        read_integer(row, value, column, field);
        break;
    case COLUMN_NUMBER:
        read_number(row, value, column, field);
        break;
    case COLUMN_REF:
        read_ref(row, value, column, field);
        break;
    case COLUMN_CONTEXTS:
        read_contexts(row, value, column, field);
        break;
    }
}
