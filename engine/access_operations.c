/* SPDX-License-Identifier: GPL-3.0-or-later */
/* access_operations.c: the table of operations and roles (engine/policy/operations.csv).
 *
 * The file is the program's own and small: it is looked at as it lies, a line an operation,
 * a column a role, "yes" where the role may. */
#include <string.h>

#include "kith/access.h"
#include "operations_data.h"

enum { CELL_SIZE = 40 };

static const char *line_at(size_t at)
{
    const char *line = kith_operations_data[0].bytes;

    for (; at > 0 && line != NULL; at--) {
        line = strchr(line, '\n');
        line += line != NULL;
    }
    return line != NULL && *line != '\0' ? line : NULL;
}

/* The cell of a column, which no comma or quote is in; false, and "", behind the last. */
static bool cell(char out[CELL_SIZE], const char *line, size_t column)
{
    out[0] = '\0';
    for (; column > 0; column--) {
        line += strcspn(line, ",\n");
        if (*line != ',')
            return false;
        line++;
    }
    const size_t size = strcspn(line, ",\n");
    memcpy(out, line, size < CELL_SIZE ? size : CELL_SIZE - 1);
    out[size < CELL_SIZE ? size : CELL_SIZE - 1] = '\0';
    return true;
}

/* The column of a role; 0 when it has none. */
static size_t column_of(const char *role)
{
    char name[CELL_SIZE];

    for (size_t i = 1; cell(name, line_at(0), i); i++)
        if (strcmp(name, role) == 0)
            return i;
    return 0;
}

const char *kith_operation_name(size_t at)
{
    static _Thread_local char name[CELL_SIZE];
    const char *line = line_at(at + 1);

    if (line == NULL)
        return NULL;
    cell(name, line, 0);
    return name;
}

bool kith_operation_allows(size_t at, const char *role)
{
    char value[CELL_SIZE];
    const char *line = line_at(at + 1);
    const size_t column = column_of(role);

    if (line == NULL || column == 0)
        return false;
    cell(value, line, column);
    return strcmp(value, "yes") == 0;
}

bool kith_operation_role(const char *role)
{
    return column_of(role) > 0;
}
