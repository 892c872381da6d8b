/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reply.c: what a worker did, as an answer.
 *
 * A small answer is sent whole, under the status that the worker's end gives; one that outgrows what
 * is held, or comes in parts of which each is worth having, is passed on as it comes, and broken off if
 * the worker fails after all. */
#include <string.h>

#include "route.h"

/* Where the hub lies is nobody's business in a browser: the files there have their names alone. */
static void leave_out_folder(char *sentence, const char *hub)
{
    const char *name = strrchr(hub, '/');
    const size_t size = name != NULL ? (size_t)(name + 1 - hub) : 0;

    for (char *at = sentence; size > 1 && *at != '\0'; at++)
        if (strncmp(at, hub, size) == 0)
            memmove(at, at + size, strlen(at + size) + 1);
}

/* What a worker says, a sentence a line, without the program's name before each. */
static const char *sentence_of(const job *j, const char *hub, char out[1024])
{
    const char *text = kith_text_string(&j->said);
    size_t size = j->said.size;

    if (j->cancelled)
        return "cancelled; nothing that was not recorded yet is";
    if (j->late)
        return "it took too long and was ended; ask for less, or a smaller window";
    while (size > 0 && text[size - 1] == '\n')
        size--;
    size_t from = size;
    while (from > 0 && text[from - 1] != '\n')
        from--;
    if (strncmp(text + from, "kith: ", 6) == 0 && size - from > 6)
        from += 6;
    else if (j->status == 404)
        return "nothing of that name is there";
    snprintf(out, 1024, "%.*s", (int)(size - from), text + from);
    leave_out_folder(out, hub);
    return out[0] != '\0' && kith_utf8_valid(out, strlen(out)) ? out : "the worker ended and gave no reason; ask for less at once";
}

static const char *type_of(const job *j, bool in_parts)
{
    static const struct { const char *form, *type; } types[] = {
        { "svg", "image/svg+xml; charset=utf-8" }, { "pdf", "application/pdf" }, { "png", "image/png" },
        { "html", "text/html; charset=utf-8" }, { "dot", "text/vnd.graphviz; charset=utf-8" },
        { "graphml", "application/xml; charset=utf-8" }, { "geojson", "application/geo+json" },
    };

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].form, j->form) == 0)
            return types[i].type;
    return in_parts ? "application/json-seq" : "application/json";
}

/* {"said": ["...", ...]} */
static enum MHD_Result answer_said(exchange *e, job *j)
{
    kith_text body = { 0 };
    char *line, *rest = NULL, nothing[] = "";

    kith_text_add(&body, "{\"said\": [");
    for (line = strtok_r(j->said.size > 0 ? j->said.data : nothing, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        if (body.data[body.size - 1] != '[')
            kith_text_add(&body, ", ");
        kith_text_add_json(&body, strncmp(line, "kith: ", 6) == 0 ? line + 6 : line);
    }
    kith_text_add(&body, "]}\n");
    const enum MHD_Result result =
        body.failed ? MHD_NO : answer_bytes(e, 200, "application/json", body.data, body.size);
    kith_text_free(&body);
    return result;
}

/* Gives the library what has come of the answer; waits when nothing has. */
static ssize_t stream_answer(void *context, uint64_t position, char *out, size_t room)
{
    exchange *e = context;
    job *j = e->work;

    (void)position;
    if (j == NULL)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    const size_t unsent = job_unsent(j), size = unsent < room ? unsent : room;
    if (size == 0 && j->state == JOB_ENDED)
        return j->status == 200 ? MHD_CONTENT_READER_END_OF_STREAM : MHD_CONTENT_READER_END_WITH_ERROR;
    if (size == 0) {
        exchange_suspend(e);
        return 0;
    }
    memcpy(out, j->answer.data + j->sent, size);
    j->sent += size;
    return (ssize_t)size;
}

static enum MHD_Result answer_file(exchange *e, const job *j, const char *bytes, size_t size)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(size, (void *)bytes, MHD_RESPMEM_MUST_COPY);
    char name[64];

    if (response == NULL)
        return MHD_NO;
    answer_headers(response, false);
    snprintf(name, sizeof name, "attachment; filename=\"kith.%s\"", j->form);
    MHD_add_response_header(response, "Content-Type", type_of(j, false));
    MHD_add_response_header(response, "Content-Disposition", name);
    return answer_queue(e, 200, response);
}

static enum MHD_Result answer_stream_of(exchange *e, job *j)
{
    const bool in_parts = job_in_parts(j);
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 32 << 10, stream_answer, e, NULL);
    char name[64];

    if (response == NULL)
        return MHD_NO;
    j->streaming = true;
    answer_headers(response, false);
    MHD_add_response_header(response, "Content-Type", type_of(j, in_parts));
    if (j->way->answer == ANSWER_FILE) {
        snprintf(name, sizeof name, "attachment; filename=\"kith.%s\"", j->form);
        MHD_add_response_header(response, "Content-Disposition", name);
    }
    return answer_queue(e, 200, response);
}

enum MHD_Result reply(exchange *e)
{
    job *j = e->work;
    char sentence[1024];

    if (j->way == NULL)
        return account_signed_in(e->of, e, j);
    if (j->state != JOB_ENDED && job_unsent(j) < ANSWER_HELD && !job_in_parts(j)) {
        exchange_suspend(e);
        return MHD_YES;
    }
    if (j->state != JOB_ENDED)
        return answer_stream_of(e, j);
    if (j->status == 422 && job_unsent(j) > 0)
        return answer_bytes(e, 422, "application/json", j->answer.data, j->answer.size);
    if (j->status != 200)
        return answer_fail(e, j->status, sentence_of(j, e->of->hub, sentence));
    if (j->way->answer == ANSWER_SAID)
        return answer_said(e, j);
    if (j->way->answer == ANSWER_FILE)
        return answer_file(e, j, j->answer.data, j->answer.size);
    return answer_bytes(e, 200, type_of(j, job_in_parts(j)), j->answer.data, j->answer.size);
}
