/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_find.c: what a row gives to find its person, place, group or object by. */
#include <string.h>

#include "find_private.h"
#include "import_private.h"

/* Where the table under way has the columns. */
static void find_columns(import_load *load)
{
    const import_table *table = load->table;
    const char *const names[FIND_COLUMNS] = { table->space == SPACE_OBJECT ? "label" : "name",
                                              "aliases", "dob", "identifiers", "postcode" };

    for (int c = 0; c < FIND_COLUMNS; c++) {
        load->find_place[c] = -1;
        for (int i = 0; i < table->column_count; i++)
            if (strcmp(table->columns[i].name, names[c]) == 0)
                load->find_place[c] = i;
    }
    load->find_table = table;
}

static const char *text_of(const import_row *row, int column)
{
    const int place = row->load->find_place[column];

    return place >= 0 ? row->values[place].text : "";
}

void import_find(import_row *row, int64_t entity)
{
    import_load *load = row->load;

    if (load->find == NULL || !import_is_entity(load->table))
        return;
    if (load->find_table != load->table)
        find_columns(load);
    const find_record record = { .kind = (kith_kind)load->table->space,
                                 .id = row->values[0].text,
                                 .name = text_of(row, FIND_NAME),
                                 .aliases = text_of(row, FIND_ALIASES),
                                 .dob = text_of(row, FIND_DOB),
                                 .identifiers = text_of(row, FIND_IDENTIFIERS),
                                 .postcode = text_of(row, FIND_POSTCODE) };
    find_keys_add(load->find, entity, &record);
}
