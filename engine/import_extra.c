/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_extra.c: the columns that a table does not have, kept as attributes.
 *
 * A record has them as one JSON object of texts, sorted by name. A file says something of
 * the attributes that it has columns for, and nothing of the record's others. */
#include <jansson.h>
#include <string.h>

#include "import_private.h"

static void add_pair(kith_text *out, const char *name, const char *value)
{
    kith_text_add_char(out, out->size == 0 ? '{' : ',');
    kith_text_add_json(out, name);
    kith_text_add_char(out, ':');
    kith_text_add_json(out, value);
}

void import_extra_write(import_row *row)
{
    kith_text *extra = &row->extra;

    kith_text_clear(extra);
    for (size_t i = 0; i < row->extra_count; i++)
        if (row->fields[row->extra_place[i]][0] != '\0')
            add_pair(extra, row->extra_name[i], row->fields[row->extra_place[i]]);
    if (extra->size > 0)
        kith_text_add_char(extra, '}');
    import_goes_on(row->load, kith_text_status(extra, row->load->err));
}

/* The row's attributes up to a name (NULL: all that are left), which is skipped when it is
 * one of them; said out: whether it is, and the row's value holds. */
static void add_own(kith_text *out, size_t *at, const import_row *row, const char *up_to, bool *said)
{
    *said = false;
    for (; *at < row->extra_count && !*said; ++*at) {
        const int order = up_to != NULL ? strcmp(row->extra_name[*at], up_to) : -1;
        if (order > 0)
            return;
        const char *value = row->fields[row->extra_place[*at]];
        if (order == 0 && value[0] == '\0' && row->load->section != NULL)
            continue; /* of an extract a blank says nothing */
        *said = order == 0;
        if (value[0] != '\0')
            add_pair(out, row->extra_name[*at], value);
    }
}

bool import_extra_merge(import_row *row, const char *old)
{
    kith_text merged = { 0 };
    const char *name;
    json_t *given, *kept = json_loads(old, 0, NULL);
    size_t at = 0;
    bool adds_only = true, said;

    json_object_foreach(kept, name, given) {
        const char *value = json_string_value(given);
        const size_t before = merged.size;
        add_own(&merged, &at, row, name, &said);
        if (!said && value != NULL)
            add_pair(&merged, name, value);
        else if (value != NULL) /* what was said of it stands at the end, or nothing does */
            adds_only &= merged.size > before && strcmp(row->fields[row->extra_place[at - 1]], value) == 0;
    }
    add_own(&merged, &at, row, NULL, &said);
    if (merged.size > 0)
        kith_text_add_char(&merged, '}');
    json_decref(kept);
    kith_text_clear(&row->extra);
    kith_text_add(&row->extra, kith_text_string(&merged));
    row->extra.failed |= merged.failed;
    kith_text_free(&merged);
    return adds_only;
}
