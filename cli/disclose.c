/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disclose.h"

#include <stdlib.h>
#include <string.h>

#include "kith/audit.h"
#include "kith/positions.h"
#include "kith/record.h"

bool disclose_goes_out(const kith_call *call)
{
    return strcmp(call->view.audience, "case-team") != 0;
}

static int by_value(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

/* The records of all that goes out, sorted; room for one more, so that none is no failure. */
static int64_t *records_of(size_t *count, const disclosed *what)
{
    size_t room = what->thing_count + 1;

    *count = 0;
    for (size_t s = 0; s < what->scene_count; s++)
        room += what->scenes[s]->node_count;
    int64_t *records = malloc(room * sizeof *records);
    if (records == NULL)
        return NULL;
    for (size_t s = 0; s < what->scene_count; s++)
        for (size_t n = 0; n < what->scenes[s]->node_count; n++)
            records[(*count)++] = what->scenes[s]->nodes[n].record;
    for (size_t t = 0; t < what->thing_count; t++)
        records[(*count)++] = kith_position_of_thing(&what->network->things[what->things[t]]);
    qsort(records, *count, sizeof *records, by_value);
    return records;
}

static bool goes_out(const kith_thing *thing, const int64_t *records, size_t count)
{
    const int64_t record = kith_position_of_thing(thing);

    return bsearch(&record, records, count, sizeof record, by_value) != NULL;
}

static size_t gather(const char **ids, const kith_network *network, const int64_t *records, size_t count)
{
    size_t found = 0;

    for (size_t t = 0; t < network->thing_count; t++)
        if (goes_out(&network->things[t], records, count))
            ids[found++] = network->things[t].id;
    for (size_t m = 0; m < network->merged_count; m++)
        if (goes_out(&network->things[network->merged[m].thing], records, count))
            ids[found++] = network->merged[m].id;
    return found;
}

kith_status disclose(const kith_call *call, const disclosed *what, kith_error *err)
{
    const kith_network *network = what->network;
    const bool out = disclose_goes_out(call);
    size_t count;
    int64_t *records = records_of(&count, what);
    const char **ids = malloc((network->thing_count + network->merged_count + 1) * sizeof *ids);
    kith_status status = records != NULL && ids != NULL ? KITH_OK : kith_no_memory(err);

    if (status == KITH_OK)
        status = kith_audit_add(call->store,
                                &(kith_audit_entry){ .act = out ? KITH_AUDIT_DISCLOSURE : KITH_AUDIT_CONSULTATION,
                                                     .what = call->what.data,
                                                     .to = out ? call->view.audience : NULL,
                                                     .why = call->view.purpose,
                                                     .ids = ids,
                                                     .id_count = gather(ids, network, records, count) },
                                err);
    free(ids);
    free(records);
    return status;
}

static bool holds_ids(const kith_column *column)
{
    const size_t size = strlen(column->name);

    return column->type == KITH_CELL_TEXT &&
           (strcmp(column->name, "id") == 0 || (size > 3 && strcmp(column->name + size - 3, "_id") == 0));
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The ids of a table, sorted, each once. */
static size_t ids_of(const char **ids, const kith_table *table)
{
    size_t count = 0, kept = 0;

    for (size_t i = 0; i < table->cell_count; i++) {
        const kith_cell *cell = &table->cells[i];
        if (holds_ids(&table->columns[i % table->column_count]) && !cell->missing && cell->text[0] != '\0')
            ids[count++] = kith_record_bare_id(cell->text);
    }
    qsort(ids, count, sizeof *ids, by_text);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(ids[kept - 1], ids[i]) != 0)
            ids[kept++] = ids[i];
    return kept;
}

kith_status disclose_table(const kith_call *call, const kith_table *table, kith_error *err)
{
    if (call->store == NULL || call->command->discloses || !disclose_goes_out(call))
        return KITH_OK;
    const char **ids = malloc((table->cell_count + 1) * sizeof *ids);
    if (ids == NULL)
        return kith_no_memory(err);
    const size_t count = ids_of(ids, table);
    kith_text what = { 0 };
    kith_text_format(&what, "%s: who is in it", kith_text_string(&call->what));
    kith_status status = kith_text_status(&what, err);
    if (status == KITH_OK && count > 0)
        status = kith_audit_add(call->store,
                                &(kith_audit_entry){ .act = KITH_AUDIT_DISCLOSURE,
                                                     .what = what.data,
                                                     .to = call->view.audience,
                                                     .why = call->view.purpose,
                                                     .ids = ids,
                                                     .id_count = count },
                                err);
    kith_text_free(&what);
    free(ids);
    return status;
}
