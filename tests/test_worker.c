/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a worker of the server has taken from itself. Each attempt is made by a child that has
 * confined itself to a hub's folder; its exit code says how it went. */
#define _GNU_SOURCE /* process_vm_readv, unshare */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/landlock.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kith/serve.h"

enum { UNCONFINED = 99 };

static char around[PATH_MAX], hub[PATH_MAX + 32], beside[PATH_MAX + 32], inside[PATH_MAX + 32], program[PATH_MAX + 32];

static void make_file(const char *path, const char *words, mode_t mode)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);

    cr_assert(file >= 0);
    cr_assert(ge(long, write(file, words, strlen(words)), 0));
    close(file);
}

/* AROUND/beside, and AROUND/hub with the hub in it. */
static void begin(void)
{
    char folder[PATH_MAX + 32];

    snprintf(around, sizeof around, "/tmp/kith-test-XXXXXX");
    cr_assert(ne(ptr, mkdtemp(around), NULL));
    snprintf(folder, sizeof folder, "%s/hub", around);
    mkdir(folder, 0700);
    snprintf(beside, sizeof beside, "%s/beside", around);
    snprintf(hub, sizeof hub, "%s/hub/h.kith", around);
    snprintf(inside, sizeof inside, "%s/hub/new", around);
    snprintf(program, sizeof program, "%s/hub/program", around);
    make_file(beside, "another file", 0600);
    make_file(hub, "a hub", 0600);
    make_file(program, "#!/bin/true\n", 0700);
}

static void end(void)
{
    char folder[PATH_MAX + 32];

    snprintf(folder, sizeof folder, "%s/hub", around);
    unlink(beside);
    unlink(hub);
    unlink(inside);
    unlink(program);
    rmdir(folder);
    rmdir(around);
}

TestSuite(worker, .init = begin, .fini = end);

/* 0 when the attempt succeeded, else its errno. */
static int outcome(int attempt(void))
{
    int how = 0;
    const pid_t child = fork();

    cr_assert(child >= 0);
    if (child == 0) {
        kith_error err;
        if (kith_worker_confine(hub, &err) != KITH_OK)
            _exit(UNCONFINED);
        errno = 0;
        _exit(attempt() >= 0 ? 0 : errno);
    }
    cr_assert(eq(int, waitpid(child, &how, 0), child));
    cr_assert(ne(int, WIFEXITED(how), 0));
    return WEXITSTATUS(how);
}

static void need_landlock(void)
{
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) < 1)
        cr_skip("this kernel has no Landlock");
}

static int read_the_hub(void) { return open(hub, O_RDWR); }
static int make_beside_the_hub(void) { return open(inside, O_WRONLY | O_CREAT, 0600); }
static int run_a_program(void) { return execl("/bin/true", "true", (char *)NULL); }
static int talk_to_a_child(void) { return socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){ 0, 0 }); }

Test(worker, what_a_command_needs_stays)
{
    cr_expect(eq(int, outcome(read_the_hub), 0));
    cr_expect(eq(int, outcome(make_beside_the_hub), 0), "a journal");
    cr_expect(eq(int, outcome(run_a_program), 0), "drawing is a program");
    cr_expect(eq(int, outcome(talk_to_a_child), 0));
}

static int read_passwords(void) { return open("/etc/passwd", O_RDONLY); }
static int read_another_file(void) { return open(beside, O_RDONLY); }
static int read_the_folder_above(void) { return open(around, O_RDONLY | O_DIRECTORY); }
static int write_another_file(void) { return open(beside, O_WRONLY); }
static int make_elsewhere(void) { return open("/tmp/kith-test-worker", O_WRONLY | O_CREAT, 0600); }
static int remove_another_file(void) { return unlink(beside); }
static int take_the_hub_out(void) { return rename(hub, beside); }
static int link_another_file(void) { return link(beside, inside); }
static int run_what_lies_beside_the_hub(void) { return execl(program, program, (char *)NULL); }

static int look_into_the_parent(void)
{
    char path[64];

    snprintf(path, sizeof path, "/proc/%d/mem", (int)getppid());
    return open(path, O_RDONLY);
}

Test(worker, no_file_outside_the_hubs_folder_is_read_made_or_removed)
{
    need_landlock();
    cr_expect(eq(int, outcome(read_passwords), EACCES));
    cr_expect(eq(int, outcome(read_another_file), EACCES));
    cr_expect(eq(int, outcome(read_the_folder_above), EACCES));
    cr_expect(eq(int, outcome(write_another_file), EACCES));
    cr_expect(eq(int, outcome(make_elsewhere), EACCES));
    cr_expect(eq(int, outcome(remove_another_file), EACCES));
    cr_expect(ne(int, outcome(take_the_hub_out), 0));
    cr_expect(ne(int, outcome(link_another_file), 0));
    cr_expect(eq(int, outcome(run_what_lies_beside_the_hub), EACCES));
    cr_expect(ne(int, outcome(look_into_the_parent), 0));
    cr_expect(eq(int, access(beside, F_OK), 0));
}

static int empty_another_file(void) { return truncate(beside, 0); }
static int open_another_to_all(void) { return chmod(beside, 0666); }
static int give_another_away(void) { return chown(beside, 1, 1); }

/* A link that somebody has put into the hub's folder leads nowhere. */
static int follow_a_link_out(void) { return open(inside, O_RDONLY); }

Test(worker, no_file_outside_changes_by_other_ways)
{
    struct stat info;

    need_landlock();
    cr_expect(eq(int, outcome(empty_another_file), EPERM));
    cr_expect(eq(int, outcome(open_another_to_all), EPERM));
    cr_expect(eq(int, outcome(give_another_away), EPERM));
    cr_assert(eq(int, symlink(beside, inside), 0));
    cr_expect(eq(int, outcome(follow_a_link_out), EACCES));
    cr_assert(eq(int, stat(beside, &info), 0));
    cr_expect(eq(long, (long)info.st_size, (long)strlen("another file")));
    cr_expect(eq(int, (int)(info.st_mode & 0777), 0600));
}

static int reach_the_network(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static int reach_by_datagrams(void) { return socket(AF_INET6, SOCK_DGRAM, 0); }
static int reach_a_neighbour(void) { return socket(AF_UNIX, SOCK_STREAM, 0); }
static int ask_the_kernel(void) { return socket(AF_NETLINK, SOCK_RAW, 0); }
static int submit_by_rings(void) { return (int)syscall(SYS_io_uring_setup, 1, NULL); }

Test(worker, no_network)
{
    cr_expect(eq(int, outcome(reach_the_network), EPERM));
    cr_expect(eq(int, outcome(reach_by_datagrams), EPERM));
    cr_expect(eq(int, outcome(reach_a_neighbour), EPERM));
    cr_expect(eq(int, outcome(ask_the_kernel), EPERM));
    cr_expect(eq(int, outcome(submit_by_rings), EPERM));
}

static int trace_the_parent(void) { return (int)ptrace(PTRACE_SEIZE, getppid(), NULL, NULL); }
static int have_a_world_of_its_own(void) { return unshare(CLONE_NEWUSER); }
static int mount_something(void) { return mount("none", "/mnt", "tmpfs", 0, NULL); }
static int take_a_kernel_key(void) { return (int)syscall(SYS_keyctl, 0, -3, 0); }

static int read_the_parents_memory(void)
{
    struct iovec ours = { around, 1 }, theirs = { around, 1 };

    return (int)process_vm_readv(getppid(), &ours, 1, &theirs, 1, 0);
}

Test(worker, no_other_process_mount_or_kernel_key)
{
    cr_expect(eq(int, outcome(trace_the_parent), EPERM));
    cr_expect(eq(int, outcome(read_the_parents_memory), EPERM));
    cr_expect(eq(int, outcome(have_a_world_of_its_own), EPERM));
    cr_expect(eq(int, outcome(mount_something), EPERM));
    cr_expect(eq(int, outcome(take_a_kernel_key), EPERM));
}

/* 0 for what was printed, as of a program that a worker starts. */
static int let_a_program_read(void) { return execl("/bin/cat", "cat", beside, (char *)NULL); }
static int let_a_program_read_the_hub(void) { return execl("/bin/cat", "cat", hub, (char *)NULL); }

Test(worker, what_it_starts_has_no_more_than_it)
{
    need_landlock();
    cr_expect(eq(int, outcome(let_a_program_read_the_hub), 0));
    cr_expect(ne(int, outcome(let_a_program_read), 0));
}
