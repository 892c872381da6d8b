/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nightly_publish.c: what readers find, at every moment of the night.
 *
 *     OUTPUT/latest                  a link to one of the following, moved in one step
 *     OUTPUT/nights/2022-06-30/      a whole report, one folder an audience
 *     OUTPUT/notices/2022-06-30-.../ that there is none, in the same files
 *
 * The first thing that a night does is to point the link at a notice, and the last is to
 * point it at the report. Whatever ends it in between, nobody takes an old report for a
 * new one. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kith/file.h"
#include "kith/folder.h"
#include "kith/page.h"
#include "nightly.h"

static kith_status path_of(kith_text *path, kith_error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static kith_status path_of(kith_text *path, kith_error *err, const char *format, ...)
{
    char text[8192];
    va_list args;

    va_start(args, format);
    kith_vsentence(text, sizeof text, format, args);
    va_end(args);
    kith_text_clear(path);
    kith_text_add(path, text);
    return kith_text_status(path, err);
}

static void set_mode(const night *n, const char *path, bool folder)
{
    if (n->config->group_readable)
        chmod(path, folder ? 0750 : 0640);
}

static kith_status make_folder(const night *n, const char *path, kith_error *err)
{
    const kith_status status = kith_folder_make(path, err);

    if (status == KITH_OK)
        set_mode(n, path, true);
    return status;
}

kith_status night_lock(night *n, kith_error *err)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    kith_text path = { 0 };
    kith_status status = make_folder(n, n->config->output, err);

    if (status == KITH_OK)
        status = path_of(&path, err, "%s/.lock", n->config->output);
    if (status == KITH_OK) {
        n->lock = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (n->lock < 0)
            status = kith_fail(err, KITH_IO, "%s: cannot be made (%s); choose a folder where you may write",
                               path.data, strerror(errno));
    }
    if (status == KITH_OK && fcntl(n->lock, F_SETLK, &lock) != 0) {
        lock.l_type = F_WRLCK;
        lock.l_pid = 0;
        fcntl(n->lock, F_GETLK, &lock);
        status = kith_fail(err, KITH_POLICY, "%s: another night is under way here (process %ld); wait for its end",
                           n->config->output, (long)lock.l_pid);
    }
    kith_text_free(&path);
    return status;
}

void night_unlock(night *n)
{
    if (n->lock >= 0)
        close(n->lock);
    n->lock = -1;
}

/* What a notice says, also as plain text. */
static void notice_words(kith_text *out, const night *n, const char *reason)
{
    char date[KITH_DAY_WORDS_SIZE], last[KITH_DAY_WORDS_SIZE];

    kith_day_words(date, n->date);
    if (reason == NULL)
        kith_text_format(out, "NOT PRODUCED YET. The report for %s is being made. If it is past the hour at "
                              "which it should be here, the run has stopped without a word: ask who looks after "
                              "Kith to see the journal, and work without a report until it is mended.", date);
    else
        kith_text_format(out, "NOT PRODUCED. There is no report for %s. It failed while %s: %s", date, n->stage,
                         reason);
    kith_text_add(out, "\n");
    if (n->last.day == INT32_MIN)
        return; /* not known, or there is none */
    kith_day_words(last, n->last.day);
    kith_text_format(out, "The last whole report is that of %s; it does not know what became known since.\n", last);
}

static kith_status notice_page(kith_text *html, const night *n, const char *audience, const char *words,
                               kith_error *err)
{
    kith_view view = n->call->view;
    kith_page page;
    char title[128], date[KITH_DAY_WORDS_SIZE];

    kith_day_words(date, n->date);
    kith_sentence(title, sizeof title, "Not produced: the report for %s", date);
    view.audience = audience;
    view.withheld = 0;
    view.silent = true;
    const kith_frame frame = { .title = title, .names = "none", .span = "A notice, not a report.", .header = "", .footer = "" };
    kith_page_begin(&page, &view, &frame);
    kith_page_notice(&page, words);
    return kith_page_end(html, &page, err);
}

static kith_status write_notice(const night *n, const char *folder, const char *reason, kith_error *err)
{
    kith_text words = { 0 }, path = { 0 }, html = { 0 };
    kith_status status = KITH_OK;

    notice_words(&words, n, reason);
    status = kith_text_status(&words, err);
    for (size_t i = 0; status == KITH_OK && i < n->config->audience_count; i++) {
        const night_audience *a = &n->config->audiences[i];
        kith_text_clear(&html);
        status = notice_page(&html, n, a->name, kith_text_string(&words), err);
        if (status == KITH_OK)
            status = path_of(&path, err, "%s/%s", folder, a->folder);
        if (status == KITH_OK)
            status = make_folder(n, path.data, err);
        if (status == KITH_OK)
            status = path_of(&path, err, "%s/%s/report.html", folder, a->folder);
        if (status == KITH_OK)
            status = kith_file_replace(path.data, html.data, html.size, err);
        if (status == KITH_OK)
            set_mode(n, path.data, false);
        if (status == KITH_OK)
            status = path_of(&path, err, "%s/%s/NOT-PRODUCED.txt", folder, a->folder);
        if (status == KITH_OK)
            status = kith_file_replace(path.data, words.data, words.size, err);
        if (status == KITH_OK)
            set_mode(n, path.data, false);
    }
    kith_text_free(&words);
    kith_text_free(&path);
    kith_text_free(&html);
    return status;
}

static kith_status point(const night *n, const char *target, kith_error *err)
{
    kith_text link = { 0 };
    kith_status status = path_of(&link, err, "%s/latest", n->config->output);

    if (status == KITH_OK)
        status = kith_folder_point(link.data, target, err);
    kith_text_free(&link);
    return status;
}

kith_status night_notice(night *n, const char *reason, kith_error *err)
{
    kith_text folder = { 0 };
    char date[KITH_TIME_SIZE], target[64];
    kith_status status = KITH_OK;

    kith_day_write(date, n->date);
    snprintf(target, sizeof target, "notices/%s-%s", date, reason == NULL ? "running" : "failed");
    status = path_of(&folder, err, "%s/notices", n->config->output);
    if (status == KITH_OK)
        status = make_folder(n, folder.data, err);
    if (status == KITH_OK)
        status = path_of(&folder, err, "%s/%s", n->config->output, target);
    if (status == KITH_OK)
        status = make_folder(n, folder.data, err);
    if (status == KITH_OK)
        status = write_notice(n, folder.data, reason, err);
    if (status == KITH_OK)
        status = point(n, target, err);
    kith_text_free(&folder);
    return status;
}

kith_status night_stage(night *n, kith_error *err)
{
    kith_text path = { 0 };
    char date[KITH_TIME_SIZE];
    kith_status status = path_of(&path, err, "%s/nights", n->config->output);

    kith_day_write(date, n->date);
    if (status == KITH_OK)
        status = make_folder(n, path.data, err);
    if (status == KITH_OK)
        status = path_of(&path, err, "%s/nights/.%s.part", n->config->output, date);
    if (status == KITH_OK)
        status = kith_folder_remove(path.data, err);
    if (status == KITH_OK)
        status = make_folder(n, path.data, err);
    if (status == KITH_OK)
        n->staging = path.data;
    else
        kith_text_free(&path);
    return status;
}

static kith_status remember(night *n, const char *path, const void *bytes, size_t size, kith_error *err)
{
    night_file *grown = realloc(n->files, (n->file_count + 1) * sizeof *grown);
    char *copy = strdup(path);

    if (grown != NULL)
        n->files = grown;
    if (grown == NULL || copy == NULL) {
        free(copy);
        return kith_no_memory(err);
    }
    grown[n->file_count] = (night_file){ .path = copy, .size = size };
    crypto_hash_sha256(grown[n->file_count].digest, bytes, size);
    n->file_count++;
    return KITH_OK;
}

kith_status night_write(night *n, const char *folder, const char *name, const void *bytes, size_t size,
                        kith_error *err)
{
    const char *slash = folder[0] != '\0' ? "/" : "";
    kith_text path = { 0 };
    kith_status status = path_of(&path, err, "%s%s%s", n->staging, slash, folder);

    if (status == KITH_OK)
        status = make_folder(n, path.data, err);
    if (status == KITH_OK)
        status = path_of(&path, err, "%s%s%s/%s", n->staging, slash, folder, name);
    if (status == KITH_OK)
        status = kith_file_create(path.data, bytes, size, err);
    if (status == KITH_OK) {
        set_mode(n, path.data, false);
        status = path_of(&path, err, "%s%s%s", folder, slash, name);
    }
    if (status == KITH_OK)
        status = remember(n, path.data, bytes, size, err);
    kith_text_free(&path);
    return status;
}

kith_status night_digest_file(char hex[65], const char *path, kith_error *err)
{
    crypto_hash_sha256_state state;
    unsigned char digest[crypto_hash_sha256_BYTES], block[65536];
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        return kith_fail(err, KITH_IO, "%s: cannot be read (%s)", path, strerror(errno));
    crypto_hash_sha256_init(&state);
    for (size_t size; (size = fread(block, 1, sizeof block, file)) > 0;)
        crypto_hash_sha256_update(&state, block, size);
    const bool whole = !ferror(file);
    fclose(file);
    if (!whole)
        return kith_fail(err, KITH_IO, "%s: cannot be read whole", path);
    crypto_hash_sha256_final(&state, digest);
    sodium_bin2hex(hex, 65, digest, sizeof digest);
    return KITH_OK;
}

kith_status night_verify(const night *n, kith_error *err)
{
    kith_text path = { 0 };
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < n->file_count; i++) {
        char written[65], meant[65];
        sodium_bin2hex(meant, sizeof meant, n->files[i].digest, sizeof n->files[i].digest);
        status = path_of(&path, err, "%s/%s", n->staging, n->files[i].path);
        if (status == KITH_OK)
            status = night_digest_file(written, path.data, err);
        if (status == KITH_OK && strcmp(written, meant) != 0)
            status = kith_fail(err, KITH_IO, "%s: is not what was written; look at the disk", path.data);
    }
    kith_text_free(&path);
    return status;
}

kith_status night_publish(night *n, kith_error *err)
{
    kith_text path = { 0 };
    char date[KITH_TIME_SIZE], target[64];

    kith_day_write(date, n->date);
    snprintf(target, sizeof target, "nights/%s", date);
    kith_status status = path_of(&path, err, "%s/%s", n->config->output, target);
    if (status == KITH_OK)
        status = kith_folder_replace(n->staging, path.data, err);
    if (status == KITH_OK)
        status = point(n, target, err);
    kith_text_free(&path);
    return status;
}

/* Removes from a folder whatever begins with the date of a day that is too long ago. */
static kith_status prune(const night *n, const char *name, kith_error *err)
{
    kith_text path = { 0 };
    kith_status status = path_of(&path, err, "%s/%s", n->config->output, name);
    DIR *folder = status == KITH_OK ? opendir(path.data) : NULL;

    for (const struct dirent *entry; folder != NULL && status == KITH_OK && (entry = readdir(folder)) != NULL;) {
        char begin[11];
        int32_t day;
        kith_sentence(begin, sizeof begin, "%s", entry->d_name);
        if (!kith_day_read(&day, begin) || day >= n->date - n->config->keep_days)
            continue;
        status = path_of(&path, err, "%s/%s/%s", n->config->output, name, entry->d_name);
        if (status == KITH_OK)
            status = kith_folder_remove(path.data, err);
    }
    if (folder != NULL)
        closedir(folder);
    kith_text_free(&path);
    return status;
}

kith_status night_prune(const night *n, kith_error *err)
{
    const kith_status status = prune(n, "nights", err);

    return status == KITH_OK ? prune(n, "notices", err) : status;
}
