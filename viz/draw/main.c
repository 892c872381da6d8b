/* SPDX-License-Identifier: MIT */
/* main.c: kith-draw, a scene on standard input, a picture on standard output.
 *
 * The program draws what strangers wrote, with a large library; so it takes away from
 * itself, before it reads a byte, the time, memory, files and system calls that drawing does
 * not need. */
#include <errno.h>
#include <getopt.h>
#include <gvc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "confine.h"
#include "draw.h"

#ifdef __SANITIZE_ADDRESS__
/* Graphviz and what it loads keep their own memory until the end. */
const char *__lsan_default_suppressions(void) __attribute__((visibility("default")));
const char *__lsan_default_suppressions(void)
{
    return "leak:libgvc\nleak:libfontconfig\n";
}

const char *__lsan_default_options(void) __attribute__((visibility("default")));
const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
#endif

enum { INPUT_MAX = 64 << 20 };

typedef struct options {
    const char *format;
    int64_t seed, dpi, seconds, megabytes, width, height;
} options;

static const char help[] =
    "kith-draw FORMAT [options] < scene.json > picture\n"
    "\n"
    "Draws a scene (docs/scene.md). FORMAT is one of\n"
    "  svg pdf png    the picture\n"
    "  dot            the picture as Graphviz DOT with its places: plain dot redraws it\n"
    "  json           the scene, with the places and boxes filled in\n"
    "\n"
    "  --seed N       where the layout starts (default 1)\n"
    "  --dpi N        of png, 36 to 600 (default 144)\n"
    "  --width N      of the paper that the picture goes on, and --height N, in points: the\n"
    "                 legend stands where it leaves most to the picture (default 0: unknown)\n"
    "  --seconds N    of computing, at most (default 60)\n"
    "  --megabytes N  of memory, at most (default 1024)\n"
    "  --help, --version\n"
    "\n"
    "Exit codes: 0 done, 2 wrong use, 3 the scene is refused, 6 failure inside.\n";

static kith_status read_number(int64_t *out, const char *name, const char *text, int64_t low,
                               int64_t high, kith_error *err)
{
    if (!kith_integer_read(out, text) || *out < low || *out > high)
        return kith_fail(err, KITH_USAGE,
                         "--%s is \"%.40s\"; a number from %lld to %lld is expected", name, text,
                         (long long)low, (long long)high);
    return KITH_OK;
}

static kith_status read_format(options *o, const char *name, kith_error *err)
{
    static const char *const formats[] = { "dot", "svg", "pdf", "png", "json" };

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(name, formats[i]) == 0)
            o->format = formats[i];
    if (o->format == NULL)
        return kith_fail(err, KITH_USAGE, "\"%.40s\" is no format; dot, svg, pdf, png and json are",
                         name);
    return KITH_OK;
}

static void say_version(void)
{
    GVC_t *graphviz = gvContext();

    printf("kith-draw " KITH_VERSION ", Graphviz %s\n", graphviz != NULL ? gvcVersion(graphviz) : "");
    if (graphviz != NULL)
        gvFreeContext(graphviz);
}

static kith_status read_options(options *o, int count, char **words, kith_error *err)
{
    static const struct option known[] = {
        { "seed", required_argument, NULL, 's' },
        { "dpi", required_argument, NULL, 'd' },
        { "width", required_argument, NULL, 'x' },
        { "height", required_argument, NULL, 'y' },
        { "seconds", required_argument, NULL, 't' },
        { "megabytes", required_argument, NULL, 'm' },
        { "help", no_argument, NULL, 'h' },
        { "version", no_argument, NULL, 'v' },
        { NULL, 0, NULL, 0 },
    };
    kith_status status = KITH_OK;

    opterr = 0;
    for (int c; status == KITH_OK && (c = getopt_long(count, words, "", known, NULL)) != -1;) {
        if (c == 's')
            status = read_number(&o->seed, "seed", optarg, 0, 1000000000, err);
        else if (c == 'd')
            status = read_number(&o->dpi, "dpi", optarg, 36, 600, err);
        else if (c == 'x')
            status = read_number(&o->width, "width", optarg, 0, 14400, err);
        else if (c == 'y')
            status = read_number(&o->height, "height", optarg, 0, 14400, err);
        else if (c == 't')
            status = read_number(&o->seconds, "seconds", optarg, 1, 3600, err);
        else if (c == 'm')
            status = read_number(&o->megabytes, "megabytes", optarg, 64, 1 << 20, err);
        else if (c == 'h' || c == 'v') {
            if (c == 'h')
                fputs(help, stdout);
            else
                say_version();
            exit(0);
        } else
            status = kith_fail(err, KITH_USAGE, "%.60s is not understood; see kith-draw --help",
                               words[optind - 1]);
    }
    if (status == KITH_OK && optind + 1 != count)
        status = kith_fail(err, KITH_USAGE, "one format is expected; see kith-draw --help");
    return status == KITH_OK ? read_format(o, words[optind], err) : status;
}

static void limit(int what, rlim_t most)
{
    struct rlimit now;

    if (getrlimit(what, &now) == 0 && (now.rlim_max == RLIM_INFINITY || most < now.rlim_max))
        setrlimit(what, &(struct rlimit){ most, most });
}

static kith_status take_away(const options *o, kith_error *err)
{
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, (rlim_t)o->seconds);
    limit(RLIMIT_NOFILE, 32);
#ifndef __SANITIZE_ADDRESS__ /* which reserves far more addresses than it uses */
    limit(RLIMIT_AS, (rlim_t)o->megabytes << 20);
#endif
    setenv("XDG_CACHE_HOME", "/nonexistent", 1); /* fontconfig writes no cache */
    setenv("HOME", "/nonexistent", 1);
    setenv("TZ", "UTC0", 1); /* a PDF's date has the zone in it */
    unsetenv("GVBINDIR");    /* plugins come from the system only */
    return kith_confine(err);
}

static kith_status read_input(kith_text *in, kith_error *err)
{
    char piece[65536];
    size_t size;

    while ((size = fread(piece, 1, sizeof piece, stdin)) > 0) {
        kith_text_add_bytes(in, piece, size);
        if (in->size > INPUT_MAX)
            return kith_fail(err, KITH_INPUT, "the scene is longer than 64 MB; split the picture");
    }
    if (ferror(stdin))
        return kith_fail(err, KITH_IO, "standard input: %s", strerror(errno));
    return kith_text_status(in, err);
}

static kith_status draw(const options *o, kith_scene *scene, kith_error *err)
{
    sheet s;
    kith_text json = { 0 };

    kith_status status = sheet_open(&s, scene, (long)o->seed, err);
    if (status == KITH_OK)
        status = sheet_layout(&s, err);
    if (status == KITH_OK) {
        sheet_frame(&s, (double)o->width, (double)o->height);
        if (strcmp(o->format, "json") != 0) {
            status = sheet_render(&s, o->format, (int)o->dpi, stdout, err);
        } else {
            kith_scene_write(&json, scene);
            status = kith_text_status(&json, err);
            if (status == KITH_OK &&
                (fputs(kith_text_string(&json), stdout) == EOF || fflush(stdout) != 0))
                status =
                    kith_fail(err, KITH_IO, "the scene could not be written; is the disk full?");
        }
    }
    kith_text_free(&json);
    sheet_close(&s);
    return status;
}

int main(int count, char **words)
{
    options o = { .seed = 1, .dpi = 144, .seconds = 60, .megabytes = 1024 };
    kith_error err = { 0 };
    kith_scene scene = { 0 };
    kith_text in = { 0 };

    kith_status status = read_options(&o, count, words, &err);
    if (status == KITH_OK)
        status = take_away(&o, &err);
    if (status == KITH_OK) {
        agseterr(AGMAX); /* its own messages go nowhere: ours say what happened */
        status = read_input(&in, &err);
    }
    if (status == KITH_OK)
        status = kith_scene_read(&scene, kith_text_string(&in), in.size, &err);
    if (status == KITH_OK)
        status = draw(&o, &scene, &err);
    if (status != KITH_OK)
        fprintf(stderr, "kith-draw: %s\n", err.message);
    kith_scene_free(&scene);
    kith_text_free(&in);
    return kith_exit_code(status);
}
