/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer.c: what every answer has, whatever it says: its headers. */
#include <string.h>

#include "serve_private.h"

/* Nothing from elsewhere, nothing inline, in nobody's frame, kept nowhere. */
static const struct { const char *name, *value; } headers[] = {
    { "Content-Security-Policy",
      "default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
      "form-action 'none'; base-uri 'none'; frame-ancestors 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "no-referrer" },
    { "X-Frame-Options", "DENY" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Cross-Origin-Embedder-Policy", "require-corp" },
    { "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
};

void answer_headers(struct MHD_Response *response, bool asset)
{
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        MHD_add_response_header(response, headers[i].name, headers[i].value);
    MHD_add_response_header(response, "Cache-Control", asset ? "no-cache" : "no-store");
}

enum MHD_Result answer_queue(exchange *e, int status, struct MHD_Response *response)
{
    if (response == NULL)
        return MHD_NO;
    const enum MHD_Result result = MHD_queue_response(e->connection, (unsigned)status, response);
    MHD_destroy_response(response);
    return result;
}

static struct MHD_Response *response_of(const char *type, const char *bytes, size_t size)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, (void *)(size > 0 ? bytes : ""), MHD_RESPMEM_MUST_COPY);

    if (response == NULL)
        return NULL;
    answer_headers(response, false);
    MHD_add_response_header(response, "Content-Type", type);
    return response;
}

enum MHD_Result answer_bytes(exchange *e, int status, const char *type, const char *bytes, size_t size)
{
    return answer_queue(e, status, response_of(type, bytes, size));
}

enum MHD_Result answer_fail(exchange *e, int status, const char *sentence)
{
    kith_text body = { 0 };
    struct MHD_Response *response = NULL;

    kith_text_add(&body, "{\"error\": ");
    kith_text_add_json(&body, sentence);
    kith_text_add(&body, "}\n");
    if (!body.failed)
        response = response_of("application/json", body.data, body.size);
    if (response != NULL && status == 429)
        MHD_add_response_header(response, "Retry-After", "2");
    kith_text_free(&body);
    return answer_queue(e, status, response);
}

enum MHD_Result answer_stream(exchange *e, int status, const char *type, MHD_ContentReaderCallback reader)
{
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 32 << 10, reader, e, NULL);

    if (response == NULL)
        return MHD_NO;
    answer_headers(response, false);
    MHD_add_response_header(response, "Content-Type", type);
    return answer_queue(e, status, response);
}

enum MHD_Result answer_cookie(exchange *e, int status, const char *cookie, const char *place, const kith_text *body)
{
    struct MHD_Response *response = response_of("application/json", kith_text_string(body), body->size);

    if (response == NULL)
        return MHD_NO;
    MHD_add_response_header(response, "Set-Cookie", cookie);
    if (place != NULL)
        MHD_add_response_header(response, "Location", place);
    return answer_queue(e, status, response);
}
