/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drawing.c: kith-draw as a child process. */
#include "kith/drawing.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "child.h"

/* The program beside this one. */
static kith_status find_program(char *path, size_t size, kith_error *err)
{
    static const char name[] = "kith-draw";
    const ssize_t length = readlink("/proc/self/exe", path, size - sizeof name);

    if (length <= 0)
        return kith_fail(err, KITH_IO, "/proc/self/exe: %s; kith-draw is looked for beside kith",
                         strerror(errno));
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    memcpy(slash + 1, name, sizeof name);
    if (access(path, X_OK) != 0)
        return kith_fail(err, KITH_IO, "%s: %s; install kith-draw beside kith", path,
                         strerror(errno));
    return KITH_OK;
}

static kith_status judge(const child_end *end, int seconds, const kith_text *out, kith_text *said,
                         kith_error *err)
{
    const int code = end->code;

    if (end->late)
        return kith_fail(err, KITH_INTERNAL,
                         "drawing took longer than %d seconds; draw fewer things at once", seconds);
    if (code == 0 && (out->size > 0 || out->failed))
        return KITH_OK;
    if (said->size > 0 && said->data[said->size - 1] == '\n')
        said->data[said->size - 1] = '\0';
    if (code < 0)
        return kith_fail(err, KITH_INTERNAL, "kith-draw was ended by signal %d; %s", -code,
                         "draw fewer things at once, or another --seed");
    if (said->size == 0)
        return kith_fail(err, KITH_INTERNAL,
                         "kith-draw gave no picture and no reason (exit code %d); install the one "
                         "that came with this kith",
                         code);
    return kith_fail(err, code == kith_exit_code(KITH_INPUT) ? KITH_INPUT : KITH_INTERNAL, "%s",
                     kith_text_string(said));
}

static kith_status draw(kith_text *out, const kith_text *json, const char *format,
                        const kith_drawing *drawing, kith_error *err)
{
    char path[4096], seed[32], dpi[32], limit[32], width[32], height[32];
    char *words[] = { path,      (char *)format, "--seed",  seed,  "--dpi",    dpi,
                      "--seconds", limit,        "--width", width, "--height", height, NULL };
    const child_call call = { .path = path,
                              .words = words,
                              .bytes = json->data,
                              .size = json->size,
                              .seconds = drawing->seconds > 0 ? drawing->seconds : 120 };
    kith_text said = { 0 };
    child_end end;

    kith_status status = find_program(path, sizeof path, err);
    if (status != KITH_OK)
        return status;
    snprintf(seed, sizeof seed, "%lld", (long long)drawing->seed);
    snprintf(dpi, sizeof dpi, "%d", drawing->dpi > 0 ? drawing->dpi : 144);
    snprintf(limit, sizeof limit, "%d", call.seconds);
    snprintf(width, sizeof width, "%d", drawing->width);
    snprintf(height, sizeof height, "%d", drawing->height);
    status = child_run(&end, out, &said, &call, err);
    if (status == KITH_OK)
        status = judge(&end, call.seconds, out, &said, err);
    kith_text_free(&said);
    return status == KITH_OK ? kith_text_status(out, err) : status;
}

kith_status kith_scene_draw(kith_text *out, const kith_scene *scene, const char *format,
                            const kith_drawing *drawing, kith_error *err)
{
    kith_text json = { 0 };

    kith_scene_write(&json, scene);
    kith_status status = kith_text_status(&json, err);
    if (status == KITH_OK)
        status = draw(out, &json, format, drawing, err);
    kith_text_free(&json);
    return status;
}

kith_status kith_drawing_version(kith_text *out, kith_error *err)
{
    enum { SECONDS = 20 };
    char path[4096];
    char *words[] = { path, "--version", NULL };
    const child_call call = { .path = path, .words = words, .bytes = "", .seconds = SECONDS };
    kith_text said = { 0 };
    child_end end = { 0 };

    if (find_program(path, sizeof path, NULL) != KITH_OK)
        return KITH_OK;
    kith_status status = child_run(&end, out, &said, &call, err);
    if (status == KITH_OK)
        status = judge(&end, call.seconds, out, &said, err);
    if (status == KITH_OK && out->size > 0 && out->data[out->size - 1] == '\n')
        out->data[--out->size] = '\0';
    kith_text_free(&said);
    return status == KITH_OK ? kith_text_status(out, err) : status;
}
