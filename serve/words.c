/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.c: the words of a worker's call, from what a client asks. */
#include <jansson.h>
#include <string.h>

#include "route.h"

typedef struct reading {
    json_t *into;
    bool twice, failed;
} reading;

static enum MHD_Result take_value(void *context, enum MHD_ValueKind kind, const char *key, size_t key_size,
                                  const char *value, size_t value_size)
{
    reading *r = context;

    (void)kind;
    r->twice |= strlen(key) != key_size || json_object_get(r->into, key) != NULL;
    r->failed |= json_object_set_new(r->into, key, json_stringn(value != NULL ? value : "", value_size)) != 0;
    return MHD_YES;
}

static kith_status read_query(json_t **asked, struct MHD_Connection *connection, kith_error *err)
{
    reading r = { json_object(), false, false };

    *asked = r.into;
    if (r.into == NULL)
        return kith_no_memory(err);
    MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, take_value, &r);
    if (r.twice)
        return kith_fail(err, KITH_USAGE, "a parameter comes twice; give it once");
    return r.failed ? kith_fail(err, KITH_USAGE, "a parameter is not UTF-8") : KITH_OK;
}

kith_status words_read(json_t **asked, struct MHD_Connection *connection, const kith_text *body, kith_error *err)
{
    json_error_t fault;

    if (body == NULL)
        return read_query(asked, connection, err);
    *asked = json_loadb(kith_text_string(body), body->size, JSON_REJECT_DUPLICATES, &fault);
    if (*asked == NULL)
        return kith_fail(err, KITH_USAGE, "the body is no JSON: line %d: %s", fault.line, fault.text);
    return json_is_object(*asked) ? KITH_OK : kith_fail(err, KITH_USAGE, "the body is no object of JSON");
}

/* A name for progress and cancelling, which the worker does not hear of. */
static kith_status take_name(job *j, const json_t *value, kith_error *err)
{
    const char *name = json_string_value(value);

    if (name == NULL || name[0] == '\0' || strlen(name) >= sizeof j->name ||
        strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(name))
        return kith_fail(err, KITH_USAGE, "job is 1 to %d of a-z, 0-9 and -", JOB_NAME_SIZE - 1);
    memcpy(j->name, name, strlen(name) + 1);
    return KITH_OK;
}

static kith_status check_known(job *j, const json_t *asked, kith_error *err)
{
    const char *name;
    json_t *value;
    kith_status status = KITH_OK;

    json_object_foreach ((json_t *)asked, name, value) {
        if (strcmp(name, "job") == 0)
            status = take_name(j, value, err);
        else if (route_parameter(j->way, name) == NULL)
            status = kith_fail(err, KITH_USAGE, "%.40s is no parameter of %s", name, j->way->path);
        if (status != KITH_OK)
            break;
    }
    return status;
}

/* One parameter; one that is not given leaves an empty line where lines are counted. */
static kith_status take(job *j, const parameter *row, const json_t *asked, kith_text *operands, kith_error *err)
{
    const json_t *value = json_object_get(asked, row->name);

    if (row->place == TO_OUTPUT && json_is_string(value))
        snprintf(j->form, sizeof j->form, "%s", json_string_value(value));
    if (value != NULL && !json_is_null(value) &&
        !(row->place == TO_INPUT && json_is_string(value) && json_string_length(value) == 0 && !row->required))
        return parameter_take(row, value, &j->words, operands, &j->input, err);
    if (row->required)
        return kith_fail(err, KITH_USAGE, "%s is missing; %s needs it", row->name, j->way->path);
    if (row->place == TO_INPUT)
        kith_text_add(&j->input, "\n");
    return KITH_OK;
}

static void add_fixed(job *j, const server *s)
{
    kith_text_add_bytes(&j->words, s->hub, strlen(s->hub) + 1);
    for (const char *at = j->way->words; *at != '\0'; at += strspn(at, " ")) {
        const size_t size = strcspn(at, " ");
        kith_text_add_bytes(&j->words, at, size);
        kith_text_add_char(&j->words, '\0');
        at += size;
    }
    if (j->way->answer == ANSWER_TABLE)
        kith_text_add_bytes(&j->words, "--format=json\0--quiet", sizeof "--format=json\0--quiet");
}

kith_status words_make(job *j, const server *s, const json_t *asked, kith_error *err)
{
    kith_text operands = { 0 };
    kith_status status = check_known(j, asked, err);

    add_fixed(j, s);
    for (const parameter *row = j->way->parameters; status == KITH_OK && row->name != NULL; row++)
        status = take(j, row, asked, &operands, err);
    for (const parameter *row = common_parameters; status == KITH_OK && row->name != NULL; row++)
        if (route_parameter(j->way, row->name) == row)
            status = take(j, row, asked, &operands, err);
    kith_text_add_bytes(&j->words, "--", sizeof "--");
    kith_text_add_bytes(&j->words, operands.data, operands.size);
    if (status == KITH_OK)
        status = kith_text_status(&operands, err);
    if (status == KITH_OK)
        status = kith_text_status(&j->words, err);
    if (status == KITH_OK)
        status = kith_text_status(&j->input, err);
    kith_text_free(&operands);
    return status;
}
