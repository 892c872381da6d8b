/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each attempt is made by a child that has confined itself; its exit code says how it went. */
#define _GNU_SOURCE /* fork under a filter is asked for by its number */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "confine.h"

enum { UNCONFINED = 99 };

/* 0 when the attempt succeeded, else its errno. */
static int outcome(int attempt(void))
{
    int how = 0;
    const pid_t child = fork();

    cr_assert(child >= 0);
    if (child == 0) {
        kith_error err;
        if (kith_confine(&err) != KITH_OK)
            _exit(UNCONFINED);
        errno = 0;
        _exit(attempt() >= 0 ? 0 : errno);
    }
    cr_assert(eq(int, waitpid(child, &how, 0), child));
    cr_assert(ne(int, WIFEXITED(how), 0));
    return WEXITSTATUS(how);
}

static bool has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

static int open_password_file(void) { return open("/etc/passwd", O_RDONLY); }
static int open_this_folder(void) { return open(".", O_RDONLY | O_DIRECTORY); }
static int open_a_memory(void) { return open("/proc/self/mem", O_RDWR); }
static int open_to_write(void) { return open("/tmp/kith-test-confine", O_WRONLY | O_CREAT, 0600); }
static int open_to_append(void) { return open("/dev/null", O_WRONLY | O_APPEND); }
static int open_unnamed(void) { return open("/tmp", O_TMPFILE | O_RDWR, 0600); }
static int remove_a_file(void) { return unlink("/tmp/kith-test-confine"); }
static int rename_a_file(void) { return rename("/tmp/a", "/tmp/b"); }
static int reach_the_network(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static int reach_a_neighbour(void) { return socket(AF_UNIX, SOCK_STREAM, 0); }
static int start_a_program(void) { return execl("/bin/true", "true", (char *)NULL); }
static int open_fonts(void) { return open("/usr/share/fonts", O_RDONLY | O_DIRECTORY); }
static int open_libraries(void) { return open("/usr/lib", O_RDONLY | O_DIRECTORY); }
static int signal_the_parent(void) { return kill(getppid(), SIGTERM); }

static void *nothing(void *unused)
{
    return unused;
}

static int have_a_thread(void)
{
    pthread_t thread;

    errno = pthread_create(&thread, NULL, nothing, NULL);
    return errno == 0 && pthread_join(thread, NULL) == 0 ? 0 : -1;
}

Test(confine, what_drawing_needs_stays)
{
    cr_expect(eq(int, outcome(open_fonts), 0));
    cr_expect(eq(int, outcome(open_libraries), 0));
    cr_expect(eq(int, outcome(have_a_thread), 0), "the font library begins one");
}

Test(confine, no_file_but_fonts_and_libraries_is_read)
{
    if (!has_landlock())
        cr_skip("this kernel has no Landlock");
    cr_expect(eq(int, outcome(open_password_file), EACCES));
    cr_expect(eq(int, outcome(open_this_folder), EACCES));
}

Test(confine, nothing_is_written_made_or_removed)
{
    cr_expect(eq(int, outcome(open_to_write), EPERM));
    cr_expect(eq(int, outcome(open_to_append), EPERM));
    cr_expect(eq(int, outcome(open_unnamed), EPERM));
    cr_expect(eq(int, outcome(open_a_memory), EPERM));
    cr_expect(eq(int, outcome(remove_a_file), EPERM));
    cr_expect(eq(int, outcome(rename_a_file), EPERM));
    cr_expect(ne(int, access("/tmp/kith-test-confine", F_OK), 0));
}

Test(confine, no_network_program_or_signal)
{
    cr_expect(eq(int, outcome(reach_the_network), EPERM));
    cr_expect(eq(int, outcome(reach_a_neighbour), EPERM));
    cr_expect(eq(int, outcome(start_a_program), EPERM));
    cr_expect(eq(int, outcome(signal_the_parent), EPERM));
}

#ifndef KITH_SANITIZED /* whose leak check has a child */
static int have_a_child(void)
{
    const int child = (int)fork();

    if (child == 0)
        _exit(0);
    return child;
}

Test(confine, no_child)
{
    cr_expect(eq(int, outcome(have_a_child), EPERM));
}
#endif
