/* SPDX-License-Identifier: MIT */
/* confine.c: Landlock says which files, seccomp which system calls.
 *
 * The filter is a list of what drawing was seen to need, and little more. What is not on it
 * fails with EPERM, so that a library that only asks goes on; clone3, whose flags a filter cannot
 * read, fails as if it did not exist, and the C library takes clone. */
#define _GNU_SOURCE /* syscall, CLONE_THREAD, O_PATH */
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *const readable[] = {
    "/lib", "/lib64", "/usr/lib", "/usr/local/lib", "/etc/ld.so.cache", "/dev/urandom",
    "/etc/fonts", "/usr/share/fontconfig", "/var/cache/fontconfig",
    "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts",
#ifdef __SANITIZE_ADDRESS__
    "/proc", "/usr/bin",
#endif
};

static const int calls[] = {
    SCMP_SYS(access), SCMP_SYS(arch_prctl), SCMP_SYS(brk), SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep), SCMP_SYS(close), SCMP_SYS(exit), SCMP_SYS(exit_group),
    SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(fadvise64), SCMP_SYS(fcntl), SCMP_SYS(fstat),
    SCMP_SYS(fstatfs), SCMP_SYS(futex), SCMP_SYS(getcwd), SCMP_SYS(getdents64), SCMP_SYS(getegid),
    SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getpid), SCMP_SYS(getrandom), SCMP_SYS(getrusage),
    SCMP_SYS(gettid), SCMP_SYS(gettimeofday), SCMP_SYS(getuid), SCMP_SYS(ioctl), SCMP_SYS(lseek),
    SCMP_SYS(lstat), SCMP_SYS(madvise), SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(mremap),
    SCMP_SYS(munmap), SCMP_SYS(newfstatat), SCMP_SYS(poll), SCMP_SYS(pread64), SCMP_SYS(prctl),
    SCMP_SYS(prlimit64), SCMP_SYS(read), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(readv),
    SCMP_SYS(restart_syscall), SCMP_SYS(rseq), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_yield),
    SCMP_SYS(set_robust_list), SCMP_SYS(set_tid_address), SCMP_SYS(sigaltstack), SCMP_SYS(stat),
    SCMP_SYS(statfs), SCMP_SYS(statx), SCMP_SYS(sysinfo), SCMP_SYS(tgkill), SCMP_SYS(time),
    SCMP_SYS(uname), SCMP_SYS(write), SCMP_SYS(writev),
#ifdef __SANITIZE_ADDRESS__ /* the leak check at the end reads the process from a child */
    SCMP_SYS(clone), SCMP_SYS(getdents), SCMP_SYS(getppid), SCMP_SYS(ptrace), SCMP_SYS(wait4),
#endif
};

static void allow_beneath(int rules, const char *path)
{
    struct stat info;
    struct landlock_path_beneath_attr beneath = { .parent_fd = open(path, O_PATH | O_CLOEXEC) };

    if (beneath.parent_fd < 0)
        return; /* not on this machine */
    beneath.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
    if (fstat(beneath.parent_fd, &info) == 0 && S_ISDIR(info.st_mode))
        beneath.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    close(beneath.parent_fd);
}

/* Every right that the first version knows is taken away, but for reading what is listed. */
static void confine_files(void)
{
    const struct landlock_ruleset_attr all = {
        .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1
    };
    const int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);

    if (rules < 0)
        return; /* a kernel without Landlock */
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
        allow_beneath(rules, readable[i]);
    syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
}

/* 0, or a negative error number. */
static int add_rules(scmp_filter_ctx filter)
{
    const unsigned other = O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
    int code = 0;

    for (size_t i = 0; code == 0 && i < sizeof calls / sizeof *calls; i++)
        code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
    if (code == 0)
        code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                                SCMP_A2(SCMP_CMP_MASKED_EQ, other, O_RDONLY));
    if (code == 0)
        code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
                                SCMP_A1(SCMP_CMP_MASKED_EQ, other, O_RDONLY));
#ifndef __SANITIZE_ADDRESS__
    if (code == 0)
        code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                                SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
#endif
    return code != 0 ? code : seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

kith_status kith_confine(kith_error *err)
{
    int code = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : -errno;

    if (code == 0)
        confine_files();
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == NULL)
        return kith_no_memory(err);
    if (code == 0)
        code = add_rules(filter);
    if (code == 0)
        code = seccomp_load(filter);
    seccomp_release(filter);
    if (code != 0)
        return kith_fail(err, KITH_INTERNAL, "kith-draw cannot take rights from itself (%s); use a "
                                             "kernel and a container that allow seccomp filters",
                         strerror(-code));
    return KITH_OK;
}
