/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly_config.c: the night's one configuration file, read by inih.
 *
 * inih is fed by a reader of our own, which counts the lines and says where a section begins:
 * by itself it passes over a section without lines. A section is [night], [source NAME], [audience NAME] or [alerts LIST]. What is not understood
 * is refused with its line: a slip of the pen must not leave a source out for weeks. */
#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kith/folder.h"
#include "nightly.h"

typedef struct reading {
    night_config *config;
    char folder[4096]; /* of the file, with its slash; "" for the working folder */
    night_source *source;
    night_audience *audience;
    night_alerts *alerts;
    bool in_night;
    FILE *file;
    int line;
    bool begins;     /* a section does: the next line says so to inih */
    int fault_line;  /* the first fault; 0: none */
    char fault[512];
    bool no_memory;
} reading;

static const char begin_mark[] = "+"; /* a name that stands for the beginning of a section */

__attribute__((format(printf, 2, 3))) static bool fault(reading *r, const char *format, ...)
{
    va_list args;

    if (r->fault_line == 0) {
        r->fault_line = r->line;
        va_start(args, format);
        kith_vsentence(r->fault, sizeof r->fault, format, args);
        va_end(args);
    }
    return false;
}

static bool keep(reading *r, char **to, const char *text)
{
    free(*to);
    *to = strdup(text);
    r->no_memory |= *to == NULL;
    return *to != NULL;
}

static bool keep_path(reading *r, char **to, const char *text)
{
    kith_text path = { 0 };

    if (*text == '\0')
        return fault(r, "a path is expected");
    kith_text_format(&path, "%s%s", *text == '/' ? "" : r->folder, text);
    if (path.failed) {
        r->no_memory = true;
        return false;
    }
    free(*to);
    *to = path.data;
    return true;
}

static bool read_flag(reading *r, bool *to, const char *name, const char *value)
{
    if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
        return fault(r, "%s is \"%.60s\"; yes or no is expected", name, value);
    *to = strcmp(value, "yes") == 0;
    return true;
}

static bool read_number(reading *r, int64_t *to, const char *name, const char *value, int64_t low,
                        int64_t high)
{
    if (!kith_integer_read(to, value) || *to < low || *to > high)
        return fault(r, "%s is \"%.60s\"; a whole number from %lld to %lld is expected", name, value,
                     (long long)low, (long long)high);
    return true;
}

static bool read_integrity(reading *r, night_integrity *to, const char *name, const char *value)
{
    if (strcmp(value, "weekly") == 0)
        *to = INTEGRITY_WEEKLY;
    else if (strcmp(value, "yes") == 0)
        *to = INTEGRITY_ALWAYS;
    else if (strcmp(value, "no") == 0)
        *to = INTEGRITY_NEVER;
    else
        return fault(r, "%s is \"%.60s\"; weekly, yes or no is expected", name, value);
    return true;
}

static bool read_night(reading *r, const char *name, const char *value)
{
    night_config *c = r->config;

    if (strcmp(name, "output") == 0)
        return keep_path(r, &c->output, value);
    if (strcmp(name, "outlines") == 0)
        return keep_path(r, &c->outlines, value);
    if (strcmp(name, "window") == 0)
        return read_number(r, &c->window, name, value, 1, 100000);
    if (strcmp(name, "seed") == 0)
        return read_number(r, &c->seed, name, value, 0, 4294967295);
    if (strcmp(name, "resamples") == 0)
        return read_number(r, &c->resamples, name, value, 0, KITH_HOTSPOT_RESAMPLES_MAX);
    if (strcmp(name, "keep_days") == 0)
        return read_number(r, &c->keep_days, name, value, 1, 3650);
    if (strcmp(name, "check") == 0)
        return read_flag(r, &c->check, name, value);
    if (strcmp(name, "groups") == 0)
        return read_flag(r, &c->groups, name, value);
    if (strcmp(name, "integrity") == 0)
        return read_integrity(r, &c->integrity, name, value);
    if (strcmp(name, "group_readable") == 0)
        return read_flag(r, &c->group_readable, name, value);
    return fault(r, "[night] has no %s; output, window, seed, resamples, keep_days, check, groups, "
                    "integrity, group_readable or outlines is expected", name);
}

static bool read_source(reading *r, const char *name, const char *value)
{
    night_source *s = r->source;

    if (strcmp(name, "path") == 0)
        return keep_path(r, &s->path, value);
    if (strcmp(name, "mapping") == 0) /* a file, or the name of one that is built in */
        return strchr(value, '/') != NULL || strstr(value, ".ini") != NULL
                   ? keep_path(r, &s->mapping, value)
                   : keep(r, &s->mapping, value);
    if (strcmp(name, "full_extract") == 0)
        return read_flag(r, &s->full_extract, name, value);
    if (strcmp(name, "stale_days") == 0)
        return read_number(r, &s->stale_days, name, value, 0, 3650);
    return fault(r, "[source] has no %s; path, mapping, full_extract or stale_days is expected", name);
}

static bool read_formats(reading *r, night_audience *a, const char *value)
{
    static const char *const words[] = { "html", "csv", "json", "pdf" };
    bool *const flags[] = { &a->html, &a->csv, &a->json, &a->pdf };

    a->html = a->csv = a->json = a->pdf = false;
    while (*value != '\0') {
        const size_t skip = strspn(value, ", \t"), size = strcspn(value + skip, ", \t");
        int at = 0;
        value += skip;
        while (size > 0 && at < 4 && (strncmp(words[at], value, size) != 0 || words[at][size] != '\0'))
            at++;
        if (size > 0 && at == 4)
            return fault(r, "there is no format %.*s; html, csv, json or pdf is expected",
                         size < 40 ? (int)size : 40, value);
        if (size > 0)
            *flags[at] = true;
        value += size;
    }
    return true;
}

static bool read_audience(reading *r, const char *name, const char *value)
{
    night_audience *a = r->audience;

    if (strcmp(name, "formats") == 0)
        return read_formats(r, a, value);
    if (strcmp(name, "purpose") == 0)
        return keep(r, &a->purpose, value);
    if (strcmp(name, "places") == 0)
        return read_number(r, &a->limit, name, value, 1, 100000);
    return fault(r, "[audience] has no %s; formats, purpose or places is expected", name);
}

static bool read_alerts(reading *r, const char *name, const char *value)
{
    night_alerts *a = r->alerts;

    if (strcmp(name, "folder") == 0)
        return keep_path(r, &a->folder, value);
    if (strcmp(name, "kinds") == 0)
        return keep(r, &a->kinds, value);
    if (strcmp(name, "audience") == 0)
        return keep(r, &a->audience, value);
    if (strcmp(name, "names") == 0)
        return strcmp(value, "full") == 0 || strcmp(value, "initials") == 0 || strcmp(value, "none") == 0
                   ? keep(r, &a->names, value)
                   : fault(r, "names is \"%.60s\"; full, initials or none is expected", value);
    return fault(r, "[alerts] has no %s; folder, kinds, audience or names is expected", name);
}

static bool begin_source(reading *r, const char *name)
{
    night_config *c = r->config;

    for (size_t i = 0; i < c->source_count; i++)
        if (strcmp(c->sources[i].name, name) == 0)
            return fault(r, "the source %.60s stands here a second time; name each once", name);
    if (c->source_count == NIGHT_LIST_MOST)
        return fault(r, "there are more than %d sources", NIGHT_LIST_MOST);
    r->source = &c->sources[c->source_count++];
    return keep(r, &r->source->name, name);
}

static bool begin_audience(reading *r, const char *name)
{
    night_config *c = r->config;
    char word[KITH_FILE_WORD_SIZE];

    for (size_t i = 0; i < c->audience_count; i++)
        if (strcmp(c->audiences[i].name, name) == 0)
            return fault(r, "the audience %.60s stands here a second time; name each once", name);
    if (c->audience_count == NIGHT_LIST_MOST)
        return fault(r, "there are more than %d audiences", NIGHT_LIST_MOST);
    r->audience = &c->audiences[c->audience_count++];
    *r->audience = (night_audience){ .html = true, .csv = true, .json = true, .limit = 50 };
    kith_file_word(word, name);
    return keep(r, &r->audience->name, name) && keep(r, &r->audience->folder, word);
}

static bool begin_alerts(reading *r, const char *list)
{
    night_config *c = r->config;
    const bool ppn = strcmp(list, "ppn") == 0;

    if (!ppn && strcmp(list, "schools") != 0)
        return fault(r, "there is no list of alerts %.60s; schools or ppn is expected", list);
    for (size_t i = 0; i < c->alerts_count; i++)
        if (c->alerts[i].ppn == ppn)
            return fault(r, "[alerts %s] stands here a second time", list);
    r->alerts = &c->alerts[c->alerts_count++];
    r->alerts->ppn = ppn;
    return true;
}

static bool begin_section(reading *r, const char *section)
{
    r->in_night = strcmp(section, "night") == 0;
    r->source = NULL;
    r->audience = NULL;
    r->alerts = NULL;
    if (r->in_night)
        return true;
    if (strncmp(section, "source ", 7) == 0)
        return begin_source(r, section + 7);
    if (strncmp(section, "audience ", 9) == 0)
        return begin_audience(r, section + 9);
    if (strncmp(section, "alerts ", 7) == 0)
        return begin_alerts(r, section + 7);
    return fault(r, "there is no section [%.60s]; [night], [source NAME], [audience NAME] or "
                    "[alerts LIST] is expected", section);
}

static int read_line(void *context, const char *section, const char *name, const char *value)
{
    reading *r = context;

    if (r->fault_line > 0)
        return 1;
    if (strcmp(name, begin_mark) == 0)
        return begin_section(r, section);
    if (r->in_night)
        return read_night(r, name, value);
    if (r->source != NULL)
        return read_source(r, name, value);
    if (r->audience != NULL)
        return read_audience(r, name, value);
    if (r->alerts != NULL)
        return read_alerts(r, name, value);
    return fault(r, "the line stands before any section; begin with [night]");
}

/* One line for inih, and after that of a section one that says where it begins. */
static char *give_line(char *line, int room, void *context)
{
    reading *r = context;

    if (r->begins) {
        r->begins = false;
        return strcpy(line, "+=\n");
    }
    if (fgets(line, room, r->file) == NULL)
        return NULL;
    const size_t size = strlen(line);
    r->line++;
    r->begins = line[0] == '[';
    if (size + 1 == (size_t)room && line[size - 1] != '\n')
        fault(r, "the line is longer than %d bytes; make it shorter", room - 2);
    if (!kith_utf8_valid(line, size))
        fault(r, "the line is not UTF-8");
    if (r->begins && size > 48) /* inih cuts longer names */
        fault(r, "the section's name is longer than 46 bytes; make it shorter");
    if (line[strspn(line, " \t\r\n")] != '\0' && strchr(";#[", line[0]) == NULL && strchr(line, '=') == NULL)
        fault(r, "the line is neither [section] nor name = value");
    if (line[0] == ' ' || line[0] == '\t' || line[0] == '+')
        fault(r, "the line begins with a blank or a +; begin it with a name");
    return line;
}

/* What must be there is there. */
static kith_status look_over(const night_config *c, kith_error *err)
{
    if (c->output == NULL)
        return kith_fail(err, KITH_USAGE, "%s: [night] has no output; name the folder for the reports",
                         c->file);
    if (c->audience_count == 0)
        return kith_fail(err, KITH_USAGE, "%s: there is no [audience NAME]; nobody would get a report",
                         c->file);
    for (size_t i = 0; i < c->source_count; i++)
        if (c->sources[i].path == NULL)
            return kith_fail(err, KITH_USAGE, "%s: [source %s] has no path; name its folder or file", c->file,
                             c->sources[i].name);
    for (size_t i = 0; i < c->alerts_count; i++)
        if (c->alerts[i].folder == NULL)
            return kith_fail(err, KITH_USAGE, "%s: [alerts %s] has no folder", c->file,
                             c->alerts[i].ppn ? "ppn" : "schools");
    return KITH_OK;
}

kith_status night_config_read(night_config *config, const char *path, kith_error *err)
{
    reading r = { .config = config };
    const char *slash = strrchr(path, '/');

    *config = (night_config){ .window = KITH_HOTSPOT_CHANGE_DAYS, .seed = 1,
                              .resamples = KITH_HOTSPOT_RESAMPLES, .keep_days = NIGHT_KEEP_DAYS,
                              .check = true, .groups = true };
    if (slash != NULL)
        kith_sentence(r.folder, sizeof r.folder, "%.*s", (int)(slash - path) + 1, path);
    if (!keep(&r, &config->file, path))
        return kith_no_memory(err);
    r.file = fopen(path, "r");
    if (r.file == NULL)
        return kith_fail(err, KITH_IO, "%s: cannot be read (%s)", path, strerror(errno));
    const int line = ini_parse_stream(give_line, &r, read_line, &r);
    const bool whole = !ferror(r.file);
    fclose(r.file);
    if (r.no_memory || line == -2)
        return kith_no_memory(err);
    if (!whole)
        return kith_fail(err, KITH_IO, "%s: cannot be read whole", path);
    if (r.fault_line > 0)
        return kith_fail(err, KITH_USAGE, "%s:%d: %s", path, r.fault_line, r.fault);
    if (line != 0)
        return kith_fail(err, KITH_USAGE, "%s: cannot be understood", path);
    return look_over(config, err);
}

void night_config_free(night_config *config)
{
    free(config->file);
    free(config->output);
    free(config->outlines);
    for (size_t i = 0; i < config->source_count; i++) {
        free(config->sources[i].name);
        free(config->sources[i].path);
        free(config->sources[i].mapping);
    }
    for (size_t i = 0; i < config->audience_count; i++) {
        free(config->audiences[i].name);
        free(config->audiences[i].folder);
        free(config->audiences[i].purpose);
    }
    for (size_t i = 0; i < config->alerts_count; i++) {
        free(config->alerts[i].folder);
        free(config->alerts[i].kinds);
        free(config->alerts[i].audience);
        free(config->alerts[i].names);
    }
    *config = (night_config){ 0 };
}
