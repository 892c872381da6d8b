/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.c: what is worked out for somebody, from the line in which it waits to what is left of it.
 *
 * Waiting jobs are taken from the user who has the fewest running, then by age: one user's queue does
 * not hold up another's. worker.c is the process that does the work. */
#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "route.h"

enum { SIGN_INS_MOST = 2 };

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

/* Before anything of it was sent. */
bool job_in_parts(const job *j)
{
    return j->answer.size > 0 && j->answer.data[0] == 0x1E;
}

static void job_free(job *j)
{
    worker_close(&j->out);
    worker_close(&j->said_on);
    worker_close(&j->progress_on);
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

static void start(server *s, job *j)
{
    const int code = worker_start(j, s);

    sodium_free(j->key);
    j->key = NULL;
    kith_text_free(&j->input);
    kith_text_free(&j->words);
    j->state = JOB_RUNNING;
    s->running++;
    if (code == 0)
        return;
    kith_text_format(&j->said, "kith: a worker cannot be started: %s\n", strerror(code));
    j->exited = true;
    j->how = 6 << 8; /* as if it had ended with 6 */
    worker_close(&j->out);
    worker_close(&j->said_on);
    worker_close(&j->progress_on);
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
    worker_kill(j);
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
        worker_close(&j->said_on);
}

/* Keeps the last whole line. */
static void read_progress(job *j)
{
    char piece[4096];
    const ssize_t size = read(j->progress_on, piece, sizeof piece);

    if (is_over(size))
        worker_close(&j->progress_on);
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
            worker_close(&j->out);
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
            worker_kill(j);
        }
        if (j->state == JOB_RUNNING && j->exited && (j->cancelled || (j->out < 0 && j->said_on < 0))) {
            j->state = JOB_ENDED;
            j->status = status_of(j);
            s->running--;
            if (j->status == 500)
                notice(s, "failed: a worker, by a signal or a fault inside");
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
        worker_kill(j);
        if (j->pid > 0 && !j->exited)
            waitpid(j->pid, NULL, 0);
        job_free(j);
    }
    s->jobs = NULL;
}
