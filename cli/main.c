/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c: one command, from its arguments to its exit code.
 *
 * The order is: read the arguments by the tables; open the hub when the command needs
 * it; make the view; run; put the output in its place. Output to a file is written
 * beside it and renamed when whole, so that a failure leaves the old file standing.
 * Nothing that runs here leaves a core file or a file that others can read. */
#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub.h"
#include "kith/access.h"
#include "kith/date.h"
#include "kith/text.h"
#include "log.h"
#include "options.h"
#include "picture.h"
#include "worker.h"

const option_row common_options[] = {
    { "hub", OPTION_TEXT, .unit = "FILE", .help = "the hub file; else KITH_HUB, else ./hub.kith" },
    { "key-file", OPTION_TEXT, .unit = "FILE", .help = "opens the hub; else KITH_KEY_FILE, else a passphrase" },
    { "as-of", OPTION_DATE, .unit = "DATE", .help = "facts dated on or before it (default today)" },
    { "since", OPTION_DATE, .unit = "DATE", .help = "first day of the window" },
    { "window", OPTION_INTEGER, .low = 1, .high = 100000, .unit = "DAYS", .help = "length of the window up to as-of" },
    { "format", OPTION_CHOICE, .choices = "table|csv|json", .initial = "table", .help = "how the answer is printed" },
    { "output", OPTION_TEXT, .unit = "FILE", .letter = 'o', .help = "write the answer to a file" },
    { "names", OPTION_CHOICE, .choices = "full|initials|pseudonym|none", .help = "how people are named in anything drawn (default by the audience: initials)" },
    { "audience", OPTION_TEXT, .initial = "case-team", .unit = "NAME", .help = "who the answer is for: case-team, school, public, ...; \"school: Harbour Academy\" says which" },
    { "policy", OPTION_TEXT, .unit = "FILE", .help = "what each audience and role may be given; else the hub's policy" },
    { "purpose", OPTION_TEXT, .unit = "TEXT", .help = "what the answer is for; printed with it" },
    { "seed", OPTION_INTEGER, .low = 0, .high = 4294967295.0, .initial = "1", .unit = "N", .help = "of every random step" },
    { "quiet", OPTION_FLAG, .help = "no messages but errors" },
    { "help", OPTION_FLAG, .help = "explains the command" },
    OPTION_END
};

const kith_command *command_named(const char *name)
{
    for (const kith_command *const *row = commands; *row != NULL; row++)
        if (strcmp((*row)->name, name) == 0)
            return *row;
    return NULL;
}

static kith_format format_of(const char *text)
{
    return text[0] == 'c' ? KITH_FORMAT_CSV : text[0] == 'j' ? KITH_FORMAT_JSON : KITH_FORMAT_TABLE;
}

/* Whether --since is an option of the command's own: a day of loads, which sets no window. */
static bool has_own_since(const kith_command *command)
{
    for (const option_row *row = command->options; row != NULL && row->name != NULL; row++)
        if (strcmp(row->name, "since") == 0)
            return true;
    return false;
}

static kith_status make_view(kith_call *call, kith_error *err)
{
    kith_view *view = &call->view;
    const int days = call->command->window_days ? call->command->window_days : DEFAULT_WINDOW_DAYS;
    const char *purpose = call_text(call, "purpose");

    const bool from = call_given(call, "since") && !call->command->compares &&
                      !has_own_since(call->command);

    if (from && call_given(call, "window"))
        return kith_fail(err, KITH_USAGE, "--since and --window both set the window; give one of them");
    view->user = "";
    view->purpose = purpose != NULL ? purpose : "";
    view->as_of = call_given(call, "as-of") ? call_day(call, "as-of") : kith_today();
    view->since = view->as_of - days + 1;
    if (call_given(call, "window"))
        view->since = view->as_of - (int32_t)call_integer(call, "window") + 1;
    if (from)
        view->since = call_day(call, "since");
    if (view->since > view->as_of)
        return kith_fail(err, KITH_USAGE, "the window is empty: --since lies after --as-of");
    if (call->command->compares && call_given(call, "since") && call_day(call, "since") >= view->as_of)
        return kith_fail(err, KITH_USAGE, "--since is the earlier day to compare with; it lies before --as-of");
    return KITH_OK;
}

/* A refused import and a check that found something have an answer too: their report. */
static bool is_answer(const kith_call *call, kith_status status)
{
    return status == KITH_OK ||
           (call->answered && (status == KITH_INPUT || status == KITH_NOT_FOUND));
}

static bool is_same_file(const char *path, const struct stat *info)
{
    struct stat other;

    return path != NULL && stat(path, &other) == 0 && other.st_dev == info->st_dev &&
           other.st_ino == info->st_ino;
}

static bool is_beside(const kith_call *call, const char *ending, const struct stat *info)
{
    kith_text path = { 0 };

    kith_text_format(&path, "%s%s", call->hub, ending);
    const bool is = path.failed || is_same_file(path.data, info);
    kith_text_free(&path);
    return is;
}

/* One of the tables that are read without a hub. */
static bool is_table(const kith_call *call, const char *path, const struct stat *info)
{
    const char *tables = call_knows(call, "tables") ? call_text(call, "tables") : NULL;
    const char *slash = strrchr(path, '/');
    kith_text there = { 0 };

    if (tables == NULL)
        return false;
    kith_text_format(&there, "%s/%s", tables, slash != NULL ? slash + 1 : path);
    const bool is = there.failed || is_same_file(tables, info) || is_same_file(there.data, info);
    kith_text_free(&there);
    return is;
}

kith_status call_look_at_output(bool *in_place, const kith_call *call, const char *path,
                                kith_error *err)
{
    struct stat info;

    *in_place = false;
    if (stat(path, &info) != 0)
        return KITH_OK;
    if (is_same_file(call->hub, &info) || is_beside(call, ".keys", &info) ||
        is_beside(call, ".audit", &info) || is_same_file(hub_key_file(call), &info))
        return kith_fail(err, KITH_POLICY, "%s: is the hub, a key of it or its audit log, and no answer is "
                                           "written over it; choose another file", path);
    if (is_table(call, path, &info))
        return kith_fail(err, KITH_POLICY, "%s: is one of the tables that are read, and no answer is written "
                                           "over it; choose another file", path);
    *in_place = !S_ISREG(info.st_mode);
    return KITH_OK;
}

static kith_status run_in_place(kith_call *call, const char *path, kith_error *err)
{
    call->out = fopen(path, "w");
    if (call->out == NULL)
        return kith_fail(err, KITH_IO, "%s cannot be written: %s", path, strerror(errno));
    const kith_status status = call->command->run(call, err);
    if (fclose(call->out) != 0 && status == KITH_OK)
        return kith_fail(err, KITH_IO, "%s cannot be written whole: %s", path, strerror(errno));
    return status;
}

static kith_status run_with_output(kith_call *call, const char *path, kith_error *err)
{
    kith_text part = { 0 };

    kith_text_format(&part, "%s.part-%ld", path, (long)getpid());
    kith_status status = kith_text_status(&part, err);
    if (status == KITH_OK) {
        call->out = fopen(part.data, "wx");
        if (call->out == NULL)
            status = kith_fail(err, KITH_IO, "%s cannot be written: %s", path, strerror(errno));
    }
    if (call->out != NULL) {
        status = call->command->run(call, err);
        if (fclose(call->out) != 0 && is_answer(call, status))
            status = kith_fail(err, KITH_IO, "%s cannot be written whole: %s", path, strerror(errno));
        if (is_answer(call, status) && rename(part.data, path) != 0)
            status = kith_fail(err, KITH_IO, "%s cannot be written: %s", path, strerror(errno));
        if (!is_answer(call, status))
            unlink(part.data);
    }
    kith_text_free(&part);
    return status;
}

static kith_status run_call(kith_call *call, kith_error *err)
{
    const char *path = call_text(call, "output");
    bool in_place = false;
    kith_status status = path != NULL ? call_look_at_output(&in_place, call, path, err) : KITH_OK;

    if (status != KITH_OK)
        return status;
    const bool own = call->command->own_output || (call->command->draws && picture_form(path) != NULL);
    call->out = path != NULL && !own ? NULL : stdout;
    if (call->out == NULL)
        return in_place ? run_in_place(call, path, err) : run_with_output(call, path, err);
    status = call->command->run(call, err);
    if (fflush(stdout) != 0 && status == KITH_OK)
        return kith_fail(err, KITH_IO, "the answer could not be written: %s", strerror(errno));
    return status;
}

static kith_status run_command(const kith_command *command, int argc, char **argv, kith_error *err)
{
    option_values values;
    kith_call call = { .command = command, .operands = argv, .values = &values };
    kith_status status = options_read(&values, command, argc, argv, &call.operand_count, err);

    if (status != KITH_OK)
        return status;
    if (call_flag(&call, "help")) {
        help_command(stdout, command);
        options_free(&values);
        return KITH_OK;
    }
    call.hub = hub_path(&call);
    call.format = format_of(call_text(&call, "format"));
    call.seed = (uint64_t)call_integer(&call, "seed");
    call.quiet = call_flag(&call, "quiet");
    status = make_view(&call, err);
    if (status == KITH_OK)
        status = kith_policy_read(&call.policy, call_text(&call, "policy"), NULL, err);
    if (status == KITH_OK)
        status = call_prepare_for(&call, call_text(&call, "audience"), err);
    if (status == KITH_OK && command->hub != HUB_NONE)
        status = hub_open(&call, command->hub == HUB_WRITE ? KITH_READ_WRITE : KITH_READ_ONLY, err);
    if (status == KITH_OK)
        status = run_call(&call, err);
    if (call.store != NULL && kith_store_access(call.store) == KITH_READ_WRITE &&
        (status == KITH_POLICY || status == KITH_NOT_FOUND || status == KITH_INPUT))
        log_refused(&call, status);
    kith_store_close(call.store);
    kith_member_free(call.member);
    kith_policy_free(call.policy);
    kith_text_free(&call.what);
    options_free(&values);
    return status;
}

static void harden(void)
{
    const struct rlimit none = { 0, 0 };

    setrlimit(RLIMIT_CORE, &none);
#ifndef KITH_SANITIZED /* the leak sanitizer reads the process from outside */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    umask(077);
    signal(SIGXFSZ, SIG_IGN); /* a file that may grow no more is a failure with a sentence */
}

/* `kith --hub FILE COMMAND ...` is `kith COMMAND --hub FILE ...`: options of every command may stand first. */
static int first_word(int argc, char **argv)
{
    int at = 1;

    while (at < argc && argv[at][0] == '-') {
        const bool whole = argv[at][1] != '-' ? argv[at][1] != '\0' && argv[at][2] != '\0' /* -oFILE */
                                              : strchr(argv[at], '=') != NULL;
        const bool takes_value =
            !whole && strcmp(argv[at], "--quiet") != 0 && strcmp(argv[at], "--help") != 0;
        at += takes_value ? 2 : 1;
    }
    return at < argc ? at : argc;
}

static kith_status dispatch(int argc, char **argv, kith_error *err)
{
    const int at = first_word(argc, argv);
    const kith_command *command = at < argc ? command_named(argv[at]) : NULL;

    if (argc > 1 && strcmp(argv[1], "--version") == 0) {
        puts("kith " KITH_VERSION);
        return KITH_OK;
    }
    if (argc == 2 && strcmp(argv[1], "--worker") == 0)
        return worker_run(dispatch, err);
    if (argc > 1 && strcmp(argv[1], "--manual") == 0) {
        help_manual(stdout);
        return KITH_OK;
    }
    if (command != NULL) {
        memmove(&argv[2], &argv[1], (size_t)(at - 1) * sizeof *argv); /* its options follow it */
        return run_command(command, argc - 2, argv + 2, err);
    }
    if (at >= argc && argc > 1 && strcmp(argv[argc - 1], "--help") != 0)
        return kith_fail(err, KITH_USAGE, "no command was given; `kith --help` lists them");
    if (at < argc && strcmp(argv[at], "help") != 0)
        return kith_fail(err, KITH_USAGE, "there is no command %s; `kith --help` lists them",
                              argv[at]);
    const kith_command *about = at + 1 < argc ? command_named(argv[at + 1]) : NULL;
    if (at + 1 < argc && about == NULL)
        return kith_fail(err, KITH_USAGE, "there is no command %s; `kith --help` lists them",
                         argv[at + 1]);
    if (about != NULL)
        help_command(stdout, about);
    else
        help_overview(stdout);
    return KITH_OK;
}

int main(int argc, char **argv)
{
    kith_error err = { KITH_OK, "" };

    harden();
    if (sodium_init() < 0) {
        fputs("kith: the random generator cannot be started\n", stderr);
        return kith_exit_code(KITH_INTERNAL);
    }
    const kith_status status = dispatch(argc, argv, &err);
    if (status != KITH_OK && err.message[0] != '\0')
        fprintf(stderr, "kith: %s\n", err.message);
    return kith_exit_code(status);
}
