/* SPDX-License-Identifier: MIT */
/* scene_fields.c: fields of a scene's JSON, each of the right type and within the limits. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "scene_fields.h"

void field_refuse(reader *in, const char *format, ...)
{
    char sentence[512];
    va_list args;

    if (in->status != KITH_OK)
        return;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    in->status = kith_fail(in->err, KITH_INPUT, "scene: %s: %s", in->place, sentence);
}

void field_at(reader *in, const char *list, size_t index)
{
    if (in->status == KITH_OK)
        snprintf(in->place, sizeof in->place, "%s[%zu]", list, index);
}

void field_only(reader *in, json_t *object, const char *const *known)
{
    const char *name;
    json_t *value;

    if (!json_is_object(object)) {
        field_refuse(in, "an object is expected");
        return;
    }
    json_object_foreach(object, name, value)
    {
        const char *const *field = known;
        while (*field != NULL && strcmp(*field, name) != 0)
            field++;
        if (*field == NULL)
            field_refuse(in, "there is no field \"%.40s\"; docs/scene.md lists them", name);
    }
}

const char *field_text(reader *in, json_t *object, const char *name)
{
    json_t *value = json_object_get(object, name);

    if (value == NULL)
        return "";
    if (!json_is_string(value)) {
        field_refuse(in, "%s is not a text", name);
        return "";
    }
    if (json_string_length(value) > KITH_SCENE_TEXT) {
        field_refuse(in, "%s has %zu bytes; at most %d are allowed", name, json_string_length(value),
               KITH_SCENE_TEXT);
        return "";
    }
    return json_string_value(value);
}

bool field_truth(reader *in, json_t *object, const char *name)
{
    json_t *value = json_object_get(object, name);

    if (value != NULL && !json_is_boolean(value))
        field_refuse(in, "%s is not true or false", name);
    return json_is_true(value);
}

double field_number(reader *in, json_t *object, const char *name)
{
    json_t *value = json_object_get(object, name);
    const double number = json_number_value(value);

    if (value == NULL)
        return 0;
    if (!json_is_number(value) || !isfinite(number) || fabs(number) > 1e6) {
        field_refuse(in, "%s is not a number from -1000000 to 1000000", name);
        return 0;
    }
    return number;
}

int field_word(reader *in, json_t *object, const char *name, const char *(*word)(int),
                   int count, int fallback)
{
    const char *given = field_text(in, object, name);

    if (given[0] == '\0')
        return fallback;
    for (int i = 0; i < count; i++)
        if (strcmp(given, word(i)) == 0)
            return i;
    field_refuse(in, "%s is \"%.40s\", which is no word for it; docs/scene.md lists them", name, given);
    return fallback;
}

json_t *field_list(reader *in, json_t *root, const char *name, size_t most)
{
    json_t *list = json_object_get(root, name);

    snprintf(in->place, sizeof in->place, "%s", name);
    if (list != NULL && !json_is_array(list))
        field_refuse(in, "a list is expected");
    else if (json_array_size(list) > most)
        field_refuse(in, "it has %zu entries; at most %zu are allowed, so split the picture",
               json_array_size(list), most);
    return in->status == KITH_OK ? list : NULL;
}

kith_scene_box field_box(reader *in, json_t *object)
{
    const bool x = json_object_get(object, "x") != NULL, y = json_object_get(object, "y") != NULL;

    if (x != y)
        field_refuse(in, "x and y go together; give both or neither");
    return (kith_scene_box){ .placed = x && y,
                             .x = field_number(in, object, "x"),
                             .y = field_number(in, object, "y"),
                             .width = field_number(in, object, "width"),
                             .height = field_number(in, object, "height") };
}
