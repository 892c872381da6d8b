/* SPDX-License-Identifier: GPL-3.0-or-later */
/* confine.c: what a worker of the server takes from itself.
 *
 * Landlock says which files: the hub's folder to write in, programs and their data to read and run.
 * The filter of system calls says which not: networks, other processes, the machine. What it starts
 * (kith-draw, which takes more from itself; the program that prints) inherits both. */
#define _GNU_SOURCE /* O_PATH, syscall */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kith/serve.h"

#define READS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE)
#define FILE_RIGHTS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE)
#define ALL_RIGHTS ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)

static const char *const readable[] = {
    "/bin", "/lib", "/lib64", "/usr", "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/ssl/openssl.cnf",
    "/etc/python3", "/etc/python3.11", "/etc/mime.types", "/var/cache/fontconfig", "/dev/urandom", "/dev/random",
    "/proc", "/sys/devices/system/cpu",
};
static const char *const writable[] = { "/dev/null" };

static const int refused[] = {
    SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(kcmp), SCMP_SYS(pidfd_getfd),
    SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load),
    SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(mount), SCMP_SYS(umount2),
    SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(keyctl), SCMP_SYS(add_key),
    SCMP_SYS(request_key), SCMP_SYS(reboot), SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(acct), SCMP_SYS(quotactl),
    SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(open_by_handle_at), SCMP_SYS(connect),
    SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(adjtimex),
    /* What Landlock's first version leaves open of files outside. */
    SCMP_SYS(truncate), SCMP_SYS(chmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(lchown), SCMP_SYS(fchownat),
    SCMP_SYS(setxattr), SCMP_SYS(lsetxattr), SCMP_SYS(removexattr), SCMP_SYS(lremovexattr), SCMP_SYS(utimensat),
};

static void allow_beneath(int rules, const char *path, uint64_t rights)
{
    struct stat info;
    struct landlock_path_beneath_attr beneath = { .parent_fd = open(path, O_PATH | O_CLOEXEC) };

    if (beneath.parent_fd < 0)
        return; /* not on this machine */
    beneath.allowed_access = rights;
    if (fstat(beneath.parent_fd, &info) == 0 && !S_ISDIR(info.st_mode))
        beneath.allowed_access &= FILE_RIGHTS;
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    close(beneath.parent_fd);
}

/* The folder of a path; false when it is too long. */
static bool folder_of(char folder[PATH_MAX], const char *path)
{
    const char *slash = strrchr(path, '/');
    const size_t size = slash == NULL ? 0 : slash == path ? 1 : (size_t)(slash - path);

    if (size == 0 || size >= PATH_MAX)
        return false;
    memcpy(folder, path, size);
    folder[size] = '\0';
    return true;
}

static void confine_files(const char *hub)
{
    const struct landlock_ruleset_attr all = { .handled_access_fs = ALL_RIGHTS };
    const int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    char folder[PATH_MAX], self[PATH_MAX];

    if (rules < 0)
        return; /* a kernel without Landlock */
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
        allow_beneath(rules, readable[i], READS);
    for (size_t i = 0; i < sizeof writable / sizeof *writable; i++)
        allow_beneath(rules, writable[i], FILE_RIGHTS);
    if (folder_of(folder, hub))
        allow_beneath(rules, folder, ALL_RIGHTS & ~(uint64_t)LANDLOCK_ACCESS_FS_EXECUTE);
    const ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
    if (size > 0) {
        self[size] = '\0';
        if (folder_of(folder, self))
            allow_beneath(rules, folder, READS);
    }
    syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
}

/* Sockets between a process and its own child stay: socketpair is another call. */
static int add_rules(scmp_filter_ctx filter)
{
    int code = 0;

    for (size_t i = 0; code == 0 && i < sizeof refused / sizeof *refused; i++)
        code = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
    return code == 0 ? seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 0) : code;
}

kith_status kith_worker_confine(const char *hub, kith_error *err)
{
    scmp_filter_ctx filter;
    int code = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : -errno;

    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (code == 0)
        confine_files(hub);
    filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL)
        return kith_no_memory(err);
    if (code == 0)
        code = add_rules(filter);
    if (code == 0)
        code = seccomp_load(filter);
    seccomp_release(filter);
    if (code != 0)
        return kith_fail(err, KITH_INTERNAL, "a worker cannot take rights from itself (%s); use a kernel and a "
                                             "container that allow seccomp filters", strerror(-code));
    return KITH_OK;
}
