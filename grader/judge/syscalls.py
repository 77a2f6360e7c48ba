"""The system calls that a worker may make, and the seccomp filter made of them.

A list of what is allowed: whatever is not on it, also what a later kernel adds, answers `ENOSYS`, "this kernel does not
have that call", which is the answer that C libraries have a second way for (`clone3` becomes `clone`, whose flags
can be read). So there is no ptrace or process_vm_*, no mount, namespace, module, bpf, perf, keyring, userfaultfd,
io_uring, memfd, System V or POSIX queue, no change of user, priority or affinity. Three calls answer "permission
denied" instead, because students do meet them: sockets other than local ones, and running a program.

The program is compiled once, by libseccomp; each worker only loads its bytes.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import socket
from typing import Any

from . import kernel

ALLOWED = """
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek _llseek sendfile sendfile64 splice
copy_file_range open openat openat2 close close_range creat dup dup2 dup3 fcntl fcntl64 flock ioctl pipe pipe2
stat fstat lstat newfstatat stat64 fstat64 lstat64 fstatat64 statx statfs fstatfs statfs64 fstatfs64
access faccessat faccessat2 readlink readlinkat getdents getdents64 getcwd chdir fchdir umask
mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat
chmod fchmod fchmodat fchmodat2 utime utimes utimensat futimesat truncate ftruncate truncate64 ftruncate64
fallocate fadvise64 fadvise64_64 readahead fsync fdatasync sync_file_range
getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr
mmap mmap2 munmap mremap mprotect madvise msync mincore brk membarrier get_mempolicy
futex futex_time64 futex_waitv set_robust_list get_robust_list set_tid_address rseq arch_prctl prctl restart_syscall
fork vfork exit exit_group wait4 waitid waitpid kill tkill tgkill pidfd_open pidfd_send_signal
getpid getppid gettid getpgid getpgrp setpgid getsid setsid
getuid getgid geteuid getegid getresuid getresgid getgroups
getuid32 getgid32 geteuid32 getegid32 getresuid32 getresgid32 getgroups32
rt_sigaction rt_sigprocmask rt_sigpending rt_sigtimedwait rt_sigtimedwait_time64 rt_sigqueueinfo rt_sigreturn
rt_sigsuspend rt_tgsigqueueinfo sigaltstack sigreturn signalfd signalfd4 pause alarm getitimer setitimer
timer_create timer_settime timer_settime64 timer_gettime timer_gettime64 timer_getoverrun timer_delete
timerfd_create timerfd_settime timerfd_settime64 timerfd_gettime timerfd_gettime64
clock_gettime clock_gettime64 clock_getres clock_getres_time64 clock_nanosleep clock_nanosleep_time64
nanosleep gettimeofday time times
sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_getattr sched_get_priority_max
sched_get_priority_min sched_rr_get_interval getpriority getcpu
getrlimit setrlimit ugetrlimit prlimit64 getrusage sysinfo uname getrandom
poll ppoll ppoll_time64 select _newselect pselect6 pselect6_time64
epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_wait epoll_wait_old epoll_pwait epoll_pwait2
eventfd eventfd2
bind listen accept accept4 connect getsockname getpeername getsockopt setsockopt shutdown
sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg recvmmsg_time64
""".split()  # noqa: SIM905 - a table to be read
REFUSED = ("execve", "execveat")
NAMESPACES = sum(kernel.NEW_NAMESPACE.values()) | 0x80  # and CLONE_NEWTIME
UNKNOWN = -1
OPTIMIZE, BALANCED = 8, 2  # libseccomp: a balanced tree instead of a chain of comparisons


def compile_filter() -> bytes:
    """The filter's instructions. Raises `OSError` or `RuntimeError` where there is no libseccomp."""
    try:
        seccomp = importlib.import_module("pyseccomp")
    except ImportError as problem:
        raise RuntimeError(f"pyseccomp cannot be imported ({problem})") from None
    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.ENOSYS))
    with contextlib.suppress(OSError):  # libseccomp 2.5
        rules.set_attr(OPTIMIZE, BALANCED)

    def rule(action: int, name: str, *conditions: Any) -> None:
        if seccomp.resolve_syscall(seccomp.system_arch(), name) != UNKNOWN:
            rules.add_rule(action, name, *conditions)

    refused = seccomp.ERRNO(errno.EACCES)
    for name in ALLOWED:
        rule(seccomp.ALLOW, name)
    for name in REFUSED:
        rule(refused, name)
    rule(seccomp.ALLOW, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, NAMESPACES, 0))
    for name in ("socket", "socketpair"):
        rule(seccomp.ALLOW, name, seccomp.Arg(0, seccomp.EQ, socket.AF_UNIX))
        rule(refused, name, seccomp.Arg(0, seccomp.NE, socket.AF_UNIX))
    read, write = os.pipe()
    with os.fdopen(read, "rb") as source:
        with os.fdopen(write, "wb") as sink:
            rules.export_bpf(sink)
        return source.read()
