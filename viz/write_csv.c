/* SPDX-License-Identifier: GPL-3.0-or-later */
/* write_csv.c: two tables, nodes and ties. */
#include "write_private.h"

static kith_status write_rows(FILE *out, const kith_scene *scene, const write_field *fields,
                              size_t field_count, size_t rows, kith_error *err)
{
    kith_text text = { 0 }, value = { 0 };

    for (size_t f = 0; f < field_count; f++)
        kith_text_format(&text, "%s%s", f > 0 ? "," : "", fields[f].csv);
    kith_text_add_char(&text, '\n');
    for (size_t i = 0; i < rows; i++) {
        for (size_t f = 0; f < field_count; f++) {
            kith_text_clear(&value);
            write_value(&value, &fields[f], scene, i);
            text.failed = text.failed || value.failed;
            if (f > 0)
                kith_text_add_char(&text, ',');
            kith_text_add_csv(&text, kith_text_string(&value));
        }
        kith_text_add_char(&text, '\n');
        write_some(out, &text);
    }
    kith_text_free(&value);
    return write_end(out, &text, scene, err);
}

kith_status kith_scene_write_nodes(FILE *out, const kith_scene *scene, kith_error *err)
{
    return write_rows(out, scene, write_node_fields, WRITE_NODE_FIELDS, scene->node_count, err);
}

kith_status kith_scene_write_ties(FILE *out, const kith_scene *scene, kith_error *err)
{
    return write_rows(out, scene, write_tie_fields, WRITE_TIE_FIELDS, scene->tie_count, err);
}
