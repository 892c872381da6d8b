/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.c: workers, from the line in which they wait to what they leave.
 *
 * A worker is this program, exec'ed anew (kith/serve.h), with nothing inherited but six descriptors,
 * in a process group of its own, so that what it starts ends with it. Waiting jobs are taken from
 * the user who has the fewest running, then by age: one user's queue does not hold up another's. */
#define _GNU_SOURCE /* memfd_create, pipe2, prlimit, posix_spawn_file_actions_addclosefrom_np */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "route.h"

enum { WORKER_ENDS = 6, FIRST_FREE = 16, SIGN_INS_MOST = 2 };

job *job_new(server *s, session *owner, const route *way, exchange *by)
{
    job *j = calloc(1, sizeof *j), **at = &s->jobs;

    if (j == NULL)
        return NULL;
    j->owner = owner;
    if (owner != NULL)
        session_hold(owner);
    j->way = way;
    j->asked_by = by;
    j->out = j->said_on = j->progress_on = -1;
    while (*at != NULL) /* the oldest first */
        at = &(*at)->next;
    *at = j;
    return j;
}

kith_status job_key_unlocked(job *j, const session *who, kith_error *err)
{
    j->key_size = who->unlocked != NULL ? 1 + KITH_UNLOCKED_SIZE : 1;
    j->key = sodium_malloc(j->key_size);
    if (j->key == NULL)
        return kith_no_memory(err);
    j->key[0] = who->unlocked != NULL ? KITH_WORKER_UNLOCKED : KITH_WORKER_NO_KEY;
    if (who->unlocked != NULL)
        memcpy(j->key + 1, who->unlocked, KITH_UNLOCKED_SIZE);
    return KITH_OK;
}

static int count_of(const server *s, const session *owner, job_state state)
{
    int count = 0;

    for (const job *j = s->jobs; j != NULL; j = j->next)
        count += j->owner == owner && j->state == state;
    return count;
}

bool job_may_wait(const server *s, const session *owner)
{
    return count_of(s, owner, JOB_WAITING) < (owner != NULL ? WAITING_OF_USER : 2 * SIGN_INS_MOST);
}

job *job_named(server *s, const session *owner, const char *name)
{
    for (job *j = s->jobs; j != NULL; j = j->next)
        if (j->owner == owner && j->name[0] != '\0' && strcmp(j->name, name) == 0)
            return j;
    return NULL;
}

size_t job_unsent(const job *j)
{
    return j->answer.size - j->sent;
}

static void close_end(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

static void job_free(job *j)
{
    close_end(&j->out);
    close_end(&j->said_on);
    close_end(&j->progress_on);
    sodium_free(j->key);
    sodium_free(j->unlocked);
    kith_text_free(&j->words);
    kith_text_free(&j->input);
    kith_text_free(&j->answer);
    kith_text_free(&j->said);
    kith_text_free(&j->progress_line);
    if (j->owner != NULL)
        session_release(j->owner);
    free(j);
}

/* A descriptor out of the way of those that a worker has. */
static int aside(int descriptor)
{
    const int moved = descriptor >= 0 ? fcntl(descriptor, F_DUPFD_CLOEXEC, FIRST_FREE) : -1;

    if (descriptor >= 0)
        close(descriptor);
    return moved;
}

/* A file in memory with these bytes, to be read from its beginning. */
static int memory_of(const kith_text *text)
{
    const int file = aside(memfd_create("kith", MFD_CLOEXEC));

    for (size_t at = 0; file >= 0 && at < text->size;) {
        const ssize_t step = write(file, text->data + at, text->size - at);
        if (step < 0 && errno != EINTR) {
            close(file);
            return -1;
        }
        at += step > 0 ? (size_t)step : 0;
    }
    if (file >= 0)
        lseek(file, 0, SEEK_SET);
    return file;
}

/* The key goes through a pipe, which holds it until the worker has read it. */
static int pipe_of_key(const job *j)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return -1;
    const ssize_t written = write(ends[1], j->key, j->key_size);
    close(ends[1]);
    ends[0] = aside(ends[0]);
    if (written != (ssize_t)j->key_size) {
        close_end(&ends[0]);
        return -1;
    }
    fcntl(ends[0], F_SETFL, 0);
    return ends[0];
}

/* Our end, which does not wait; *theirs is the worker's. */
static int listen_to(int *theirs)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    *theirs = aside(ends[1]);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return ends[0];
}

static bool open_ends(job *j, int ends[WORKER_ENDS])
{
    ends[STDIN_FILENO] = memory_of(&j->input);
    j->out = listen_to(&ends[STDOUT_FILENO]);
    j->said_on = listen_to(&ends[STDERR_FILENO]);
    ends[KITH_WORKER_WORDS] = memory_of(&j->words);
    ends[KITH_WORKER_KEY] = pipe_of_key(j);
    j->progress_on = listen_to(&ends[KITH_WORKER_PROGRESS]);
    for (int i = 0; i < WORKER_ENDS; i++)
        if (ends[i] < 0)
            return false;
    return true;
}

/* Nothing of the server's own surroundings but what the sanitizers of a debug build are told. */
static void surroundings(char *list[8])
{
    static char path[] = "PATH=/usr/bin:/bin", language[] = "LANG=C.UTF-8";
    static const char *const kept[] = { "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TZ" };
    static char lines[4][512];
    size_t count = 0;

    list[count++] = path;
    list[count++] = language;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const char *value = getenv(kept[i]);
        if (value != NULL && snprintf(lines[i], sizeof lines[i], "%s=%s", kept[i], value) < (int)sizeof lines[i])
            list[count++] = lines[i];
    }
    list[count] = NULL;
}

static int spawn(job *j, const server *s, const int ends[WORKER_ENDS])
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t how;
    sigset_t none, usual;
    char *words[] = { (char *)"kith", (char *)"--worker", NULL }, *around[8];

    surroundings(around);
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_init(&how);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &usual);
    int code = posix_spawn_file_actions_init(&actions);
    for (int i = 0; code == 0 && i < WORKER_ENDS; i++)
        code = posix_spawn_file_actions_adddup2(&actions, ends[i], i);
    if (code == 0)
        code = posix_spawn_file_actions_addclosefrom_np(&actions, WORKER_ENDS);
    if (code == 0)
        code = posix_spawn(&j->pid, s->self, &actions, &how, words, around);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&how);
    return code;
}

static void bound(const job *j, const server *s)
{
    const rlim_t seconds = (rlim_t)s->options.worker_seconds * 2; /* several threads */
    const rlim_t bytes = (rlim_t)s->options.worker_megabytes << 20;

    prlimit(j->pid, RLIMIT_CPU, &(struct rlimit){ seconds, seconds }, NULL);
    if (s->options.worker_megabytes > 0)
        prlimit(j->pid, RLIMIT_AS, &(struct rlimit){ bytes, bytes }, NULL);
}

static void start(server *s, job *j)
{
    int ends[WORKER_ENDS] = { -1, -1, -1, -1, -1, -1 };
    const int code = open_ends(j, ends) ? spawn(j, s, ends) : errno;

    for (int i = 0; i < WORKER_ENDS; i++)
        close_end(&ends[i]);
    sodium_free(j->key);
    j->key = NULL;
    kith_text_free(&j->input);
    kith_text_free(&j->words);
    j->state = JOB_RUNNING;
    s->running++;
    if (code == 0) {
        bound(j, s);
        j->deadline = now_milliseconds() + (int64_t)s->options.worker_seconds * 1000;
        return;
    }
    kith_text_format(&j->said, "kith: a worker cannot be started: %s\n", strerror(code));
    j->exited = true;
    j->how = 6 << 8; /* as if it had ended with 6 */
    close_end(&j->out);
    close_end(&j->said_on);
    close_end(&j->progress_on);
}

static job *next_in_line(const server *s)
{
    job *best = NULL;
    int best_running = JOBS_OF_USER;

    for (job *j = s->jobs; j != NULL; j = j->next) {
        if (j->state != JOB_WAITING)
            continue;
        const int running = count_of(s, j->owner, JOB_RUNNING);
        if (running < best_running && (j->owner != NULL || running < SIGN_INS_MOST)) {
            best = j;
            best_running = running;
        }
    }
    return best;
}

void jobs_start(server *s)
{
    job *j;

    while (s->running < s->options.workers && (j = next_in_line(s)) != NULL)
        start(s, j);
}

static void kill_worker(job *j)
{
    if (j->state == JOB_RUNNING && j->pid > 0 && !j->exited)
        kill(-j->pid, SIGKILL);
}

/* A job that never began ends at once; its exchange hears of it by the next tick. */
void job_cancel(server *s, job *j)
{
    (void)s;
    j->cancelled = true;
    if (j->state == JOB_WAITING) {
        j->state = JOB_RUNNING;
        s->running++;
        j->exited = true;
    }
    kill_worker(j);
}

void job_leave(server *s, job *j)
{
    j->asked_by = NULL;
    if (j->state != JOB_ENDED && (j->way == NULL || !j->way->writes))
        job_cancel(s, j);
}

void jobs_of_session_end(server *s, session *who)
{
    for (job *j = s->jobs; j != NULL; j = j->next)
        if (j->owner == who && j->state != JOB_ENDED)
            job_cancel(s, j);
}

/* What comes of a sign-in first is the unlocked key: it is read into guarded memory, nowhere else. */
static ssize_t read_unlocked(job *j)
{
    const ssize_t size = read(j->out, j->unlocked + j->unlocked_size, KITH_UNLOCKED_SIZE - j->unlocked_size);

    if (size > 0)
        j->unlocked_size += (size_t)size;
    return size;
}

/* What was sent makes room for what comes. */
static ssize_t read_answer(job *j)
{
    enum { PIECE = 32 << 10 };

    if (j->sent > 0) {
        memmove(j->answer.data, j->answer.data + j->sent, j->answer.size - j->sent);
        j->answer.size -= j->sent;
        j->sent = 0;
    }
    char *room = kith_text_room(&j->answer, PIECE);
    if (room == NULL)
        return 0;
    const ssize_t size = read(j->out, room, PIECE);
    if (size > 0)
        j->answer.size += (size_t)size;
    return size;
}

static bool is_over(ssize_t size)
{
    return size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR);
}

static void read_said(job *j)
{
    char piece[4096];
    const ssize_t size = read(j->said_on, piece, sizeof piece);

    if (size > 0 && j->said.size < SAID_MOST)
        kith_text_add_bytes(&j->said, piece, (size_t)size);
    if (is_over(size))
        close_end(&j->said_on);
}

/* Keeps the last whole line. */
static void read_progress(job *j)
{
    char piece[4096];
    const ssize_t size = read(j->progress_on, piece, sizeof piece);

    if (is_over(size))
        close_end(&j->progress_on);
    for (ssize_t i = 0; i < size; i++) {
        if (piece[i] != '\n') {
            if (j->progress_line.size + 1 < sizeof j->progress)
                kith_text_add_char(&j->progress_line, piece[i]);
            continue;
        }
        memcpy(j->progress, kith_text_string(&j->progress_line), j->progress_line.size + 1);
        j->progress_count++;
        kith_text_clear(&j->progress_line);
    }
}

bool job_read(server *s, job *j)
{
    const size_t before = job_unsent(j);

    (void)s;
    if (j->out >= 0 && before < ANSWER_HELD) {
        const bool key = j->unlocked != NULL && j->unlocked_size < KITH_UNLOCKED_SIZE;
        if (is_over(key ? read_unlocked(j) : read_answer(j)))
            close_end(&j->out);
    }
    if (j->said_on >= 0)
        read_said(j);
    if (j->progress_on >= 0)
        read_progress(j);
    return job_unsent(j) != before;
}

static int status_of(const job *j)
{
    static const int of_code[] = { 200, 404, 400, 422, 403, 503, 500 };
    const int code = WIFEXITED(j->how) ? WEXITSTATUS(j->how) : 6;

    if (j->cancelled)
        return 499;
    if (j->late)
        return 504;
    if (code == 1 && j->answer.size > 0)
        return 200;
    return code >= 0 && code < (int)(sizeof of_code / sizeof *of_code) ? of_code[code] : 500;
}

void jobs_reap(server *s)
{
    siginfo_t ended = { 0 };
    int how = 0;

    while (waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid > 0) {
        kill(-ended.si_pid, SIGKILL); /* what it may have left behind, while its number is its own */
        waitpid(ended.si_pid, &how, 0);
        for (job *j = s->jobs; j != NULL; j = j->next)
            if (j->pid == ended.si_pid && j->state == JOB_RUNNING && !j->exited) {
                j->exited = true;
                j->how = how;
            }
        ended.si_pid = 0;
    }
}

/* Ends what has ended, kills what is late, frees what nobody asks for any more. */
void jobs_tick(server *s)
{
    const int64_t now = now_milliseconds();

    for (job **at = &s->jobs; *at != NULL;) {
        job *j = *at;
        if (j->state == JOB_RUNNING && !j->exited && now >= j->deadline) {
            j->late = true;
            kill_worker(j);
        }
        if (j->state == JOB_RUNNING && j->exited && (j->cancelled || (j->out < 0 && j->said_on < 0))) {
            j->state = JOB_ENDED;
            j->status = status_of(j);
            s->running--;
            exchange_job_moved(s, j);
            events_tick(s); /* who watches it hears of its end, however short it was */
        }
        if (j->state == JOB_ENDED && j->asked_by == NULL) {
            *at = j->next;
            job_free(j);
            continue;
        }
        at = &j->next;
    }
}

void jobs_free(server *s)
{
    for (job *j = s->jobs, *next; j != NULL; j = next) {
        next = j->next;
        kill_worker(j);
        if (j->pid > 0 && !j->exited)
            waitpid(j->pid, NULL, 0);
        job_free(j);
    }
    s->jobs = NULL;
}
