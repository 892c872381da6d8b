/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_contest.c: what a row of contests.csv is of, and whether it says what it must.
 *
 * It is of one thing: subject_id; event_id; both, for that person's part in the event; link_id;
 * or record, for what has no id of its own and is named as `show` names it (context:12, link:7). */
#include <stdlib.h>
#include <string.h>

#include "import_private.h"

static bool has(import_row *row, const char *column)
{
    return !row_value(row, column)->missing;
}

/* The number after a prefix; 0 when the text is none such. */
static int64_t row_in(const char *text, const char *prefix)
{
    const size_t size = strlen(prefix);
    int64_t number = 0;

    if (strncmp(text, prefix, size) != 0 || !kith_integer_read(&number, text + size) || number < 1)
        return 0;
    return number;
}

/* The table whose columns a field may name. */
static const import_table *table_of(import_row *row)
{
    static const struct { const char *prefix, *table; } kinds[] = {
        { "person:", "person" }, { "location:", "location" }, { "group:", "grouping" }, { "object:", "object" }
    };
    const char *subject = row_value(row, "subject_id")->text, *record = "event";

    if (has(row, "link_id") || row_in(row_value(row, "record")->text, "link:") > 0)
        record = "link";
    else if (has(row, "record"))
        record = "context";
    else if (has(row, "event_id") && has(row, "subject_id"))
        record = "participation";
    for (size_t i = 0; !has(row, "event_id") && i < sizeof kinds / sizeof *kinds; i++)
        if (strncmp(subject, kinds[i].prefix, strlen(kinds[i].prefix)) == 0)
            record = kinds[i].table;
    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++)
        if (strcmp(import_tables[i].record, record) == 0)
            return &import_tables[i];
    return NULL;
}

static void check_field(import_row *row)
{
    const import_table *table = table_of(row);
    const char *field = row_value(row, "field")->text;
    char quoted[SHOWN_SIZE];

    if (field[0] == '\0' || table == NULL)
        return;
    for (int i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, field) == 0 && table->columns[i].type != COLUMN_ID)
            return;
    row_error(row, "field", "field is %s, which is no column of %s.csv that can be contested; name one, or leave "
                            "it blank for the whole record",
              shown(quoted, field), table->name);
}

/* A file without any of these columns settles what is known. */
static bool says_nothing_of_target(const import_row *row)
{
    static const char *const columns[] = { "subject_id", "event_id", "link_id", "record" };
    const import_table *table = row->load->table;

    for (int i = 0; i < table->column_count; i++)
        for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
            if (strcmp(table->columns[i].name, columns[k]) == 0 && row->place[i] >= 0)
                return false;
    return kith_idmap_find(&row->load->ids, SPACE_CONTEST, row->values[0].text) != NULL;
}

static void check_target(import_row *row)
{
    const bool thing = has(row, "subject_id") || has(row, "event_id");
    const int given = thing + has(row, "link_id") + has(row, "record");
    const bool part = has(row, "subject_id") && has(row, "event_id");

    if (given != 1)
        row_error(row, "contest_id", given == 0 ? "the row does not say what is contested; give subject_id, event_id, "
                                                  "link_id or record"
                                                : "the row names several records; write a row for each");
    if (has(row, "role") && !part)
        row_error(row, "role", "role is given without event_id and subject_id; it is that of a part in an event");
    if (part && strncmp(row_value(row, "subject_id")->text, "person:", 7) != 0)
        row_error(row, "subject_id", "a part in an event is a person's; subject_id names no person");
}

static void check_state(import_row *row)
{
    import_value *state = row_value(row, "state");

    if (state->missing)
        *state = (import_value){ .text = "open" };
    if (state->text[0] == '\0')
        return; /* no such state, and told */
    if (strcmp(state->text, "open") == 0) {
        if (has(row, "resolved_on") || has(row, "resolved_by") || has(row, "resolution"))
            row_error(row, "state", "the contest is open, and says how it was settled; write upheld or rejected");
        return;
    }
    if (!has(row, "resolved_on") || !has(row, "resolved_by") || !has(row, "resolution"))
        row_error(row, "state", "a contest that is %s says when, by whom and why: resolved_on, resolved_by, resolution",
                  state->text);
    else if (strcmp(row_value(row, "resolved_on")->text, row_value(row, "contested_on")->text) < 0)
        row_error(row, "resolved_on", "it is settled before it was contested; correct one of the days");
}

/* One word, as participations keep it. */
static void read_role(import_row *row)
{
    import_value *role = row_value(row, "role");
    const char *written[2];
    kith_role roles[2];
    int count;
    bool known;

    if (role->missing)
        return;
    kith_role_read(role->text, roles, written, &count, &known);
    if (count != 1)
        row_error(row, "role", "role names two; write a row for each");
    else
        role->text = written[0];
}

static void look_up(import_row *row)
{
    import_load *load = row->load;
    const char *record = row_value(row, "record")->text;
    const bool part = has(row, "subject_id") && has(row, "event_id");
    const int64_t link = row_in(record, "link:"), context = row_in(record, "context:");
    char quoted[SHOWN_SIZE];
    kith_rows *rows;

    if (!part && record[0] == '\0')
        return;
    if (!import_settle(load) || !import_reads(&rows, load, KITH_QUERY_CONTEST_TARGET))
        return;
    kith_rows_bind_integer(rows, "event", part ? row_value(row, "event_id")->integer : 0);
    kith_rows_bind_integer(rows, "person", part ? row_value(row, "subject_id")->integer : 0);
    kith_rows_bind_text(rows, "role", row_value(row, "role")->text);
    kith_rows_bind_integer(rows, "link", link);
    kith_rows_bind_integer(rows, "context", context);
    kith_rows_next(rows);
    if (part && kith_rows_integer(rows, 0) == 0)
        row_error(row, "subject_id", "%s has no such part in that event; `kith show` of the event lists them",
                  shown(quoted, row_value(row, "subject_id")->text));
    else if (!part && link > 0 && !kith_rows_missing(rows, 1) && kith_rows_text(rows, 1)[0] != '\0')
        row_error(row, "record", "%s has the id %s; write it under link_id", record, kith_rows_text(rows, 1));
    else if (!part && kith_rows_missing(rows, 1) && kith_rows_integer(rows, 2) == 0)
        row_error(row, "record", "%s is no record of the hub; write link: or context: and the number that "
                                 "`kith show` gives",
                  shown(quoted, record));
    import_goes_on(load, kith_rows_end(rows, load->err));
}

void check_contest(import_row *row)
{
    const bool known = says_nothing_of_target(row);

    read_role(row);
    if (!known)
        check_target(row);
    check_state(row);
    if (row->faulty || known)
        return;
    check_field(row);
    if (!row->faulty)
        look_up(row);
}
