# SPDX-License-Identifier: GPL-3.0-or-later
# A page on standard input, its PDF on standard output. Arguments: identifier, seconds.
#
# Before it reads a byte it takes from itself what a page has no use for: Landlock says which files may be
# read (programs, their data, fonts; none is written), seccomp which calls are refused.
import ctypes
import os
import resource
import struct
import sys

sys.excepthook = lambda kind, fault, trace: print(kind.__name__, fault, sep=": ", file=sys.stderr)
seconds = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))

try:
    import weasyprint
except (ImportError, OSError) as fault:
    print(fault, file=sys.stderr)
    sys.exit(9)


def fetch(url, *others):
    if url.startswith("data:image/"):
        return weasyprint.default_url_fetcher(url)
    raise ValueError("a page refers to nothing outside itself")


class Whole(str):
    """A text that is one letter: WeasyPrint sets a picture's text letter by letter, which
    takes most of the time and leaves out what scripts do where letters meet."""

    def __iter__(self):
        yield str(self)


def set_whole(svg, node, size, set_letters=weasyprint.svg.TAGS["text"]):
    if node.text:
        node._etree_node.text = Whole(node.text)
    set_letters(svg, node, size)


weasyprint.svg.TAGS["text"] = set_whole
# The folder for fonts that a page brings. Ours bring none, so that nothing is written anywhere,
# and a worker that may not write can print, too.
weasyprint.text.fonts.mkdtemp = lambda **named: "/nonexistent"

READABLE = ("/usr", "/lib", "/lib64", "/etc/fonts", "/etc/ld.so.cache", "/etc/mime.types", "/etc/python3",
            "/etc/python3.11", "/var/cache/fontconfig", "/dev/null", "/dev/urandom")
REFUSED = ("socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "execve", "execveat", "fork",
           "vfork", "kill", "tkill", "tgkill", "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_open", "bpf",
           "perf_event_open", "userfaultfd", "mount", "umount2", "unshare", "setns", "chroot", "pivot_root",
           "keyctl", "add_key", "request_key", "io_uring_setup", "open_by_handle_at", "kexec_load", "init_module")
ALL, READ, READ_FILE = (1 << 13) - 1, 1 << 2 | 1 << 3, 1 << 2  # of Landlock's first version
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
NO_NEW_PRIVS, ALLOW, EPERM = 38, 0x7FFF0000, 0x00050001


def confine_files(libc):
    rules = libc.syscall(CREATE_RULESET, struct.pack("Q", ALL), ctypes.c_size_t(8), 0)
    if rules < 0:
        return  # a kernel without Landlock
    for path in READABLE:
        if not os.path.exists(path):
            continue
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rights = READ if os.path.isdir(path) else READ_FILE
        libc.syscall(ADD_RULE, rules, 1, struct.pack("=Qi", rights, place), 0)
        os.close(place)
    if libc.syscall(RESTRICT_SELF, rules, 0) != 0:
        raise OSError("Landlock does not restrict this process")
    os.close(rules)


def confine():
    libc, seccomp = ctypes.CDLL(None), ctypes.CDLL("libseccomp.so.2")
    seccomp.seccomp_init.restype = ctypes.c_void_p
    if libc.prctl(NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError("a process cannot give up rights here")
    confine_files(libc)
    rules = ctypes.c_void_p(seccomp.seccomp_init(ctypes.c_uint32(ALLOW)))
    for name in REFUSED:
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:  # below: this machine has no such call
            seccomp.seccomp_rule_add(rules, ctypes.c_uint32(EPERM), number, 0)
    if seccomp.seccomp_load(rules) != 0:
        raise OSError("this kernel, or container, does not allow seccomp filters")


confine()
text = sys.stdin.buffer.read().decode("utf-8")
page = weasyprint.HTML(string=text, base_url=None, url_fetcher=fetch)
sys.stdout.buffer.write(page.write_pdf(identifier=sys.argv[1].encode()))
