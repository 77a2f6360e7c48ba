"""From inside a walled worker: what can be seen, reached and used up, and what that does to anyone else."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.judge import visible
from grader.judge.launch import Launcher

from .walled import (
    MIB,
    Inside,
    alive,
    as_ordinary_user,
    end_of,
    inside,
    launcher,
    need_all_walls,
    needs_linux,
    needs_root,
    wait_until,
)

pytestmark = needs_linux
REPO = Path(__file__).parents[2]
CALL = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    got = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) for a in arguments])
    return got if got >= 0 else -ctypes.get_errno()
"""


@pytest.fixture(scope="module")
def walls() -> Iterator[Launcher]:
    with launcher() as started:
        need_all_walls(started.isolation)
        yield started


@pytest.fixture
def worker(walls: Launcher) -> Iterator[Inside]:
    with inside(walls) as started:
        yield started


class TestFiles:
    @pytest.mark.parametrize(
        "path",
        ["/etc/passwd", "/etc/hostname", "/home", "/sys", "/bin/sh", "/usr/bin", "/var", "/boot", sys.executable],
    )
    def test_nothing_of_the_machine_is_there(self, worker: Inside, path: str) -> None:
        assert worker.error(f"import os; os.stat({path!r})") == "FileNotFoundError"

    def test_nothing_of_the_course_is_there(self, worker: Inside) -> None:
        for path in (REPO / "grader", REPO / "solutions", REPO / "tests", REPO / "course.yaml", REPO / ".git"):
            assert worker.error(f"import os; os.stat({str(path)!r})") == "FileNotFoundError"
        assert worker.error("import grader") == "ModuleNotFoundError"

    def test_only_what_torch_asks_for_is_there_of_installed_packages(self, worker: Inside) -> None:
        site = str(Path(pytest.__file__).parents[1])
        assert worker.error(f"import os; os.stat({site + '/pytest'!r})") == "FileNotFoundError"
        assert "torch" in worker.get(f"import os; os.stat({site + '/torch'!r}); result = 'torch'")

    def test_folders_outside_the_allowed_ones_cannot_be_listed(self, worker: Inside) -> None:
        assert worker.error("import os; os.listdir('/')") == "PermissionError"

    def test_nothing_shown_can_be_written(self, worker: Inside) -> None:
        for path in (os.__file__, str(Path(os.__file__).parent / "new.py"), "/new", "/proc/sys/kernel/hostname"):
            assert worker.error(f"open({path!r}, 'a')") in {"OSError", "PermissionError", "FileNotFoundError"}

    def test_devices_are_the_harmless_ones(self, worker: Inside) -> None:
        assert worker.get("open('/dev/null', 'w').write('x'); result = len(open('/dev/urandom', 'rb').read(8))") == 8
        assert worker.error("import os; os.stat('/dev/tty')") == "FileNotFoundError"

    def test_scratch_is_private_and_empty(self, walls: Launcher) -> None:
        with inside(walls) as first, inside(walls) as second:
            assert "note" in first.get("import os; open('note', 'w').write('x'); result = os.listdir(scratch)")
            assert second.get("import os; result = os.getcwd(), 'note' in os.listdir('.')") == ["/tmp", False]

    @pytest.mark.parametrize("place", ["/tmp", "/dev/shm", "/run"])
    def test_what_is_shown_below_a_place_of_scratch_stays_there(
        self, place: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As the interpreter of a checkout below /tmp, a link to it and a single file."""
        if not os.access(place, os.W_OK):
            pytest.skip(f"{place} cannot be written here")
        with tempfile.TemporaryDirectory(dir=place) as folder, tempfile.NamedTemporaryFile(dir=place) as file:
            Path(folder).chmod(0o755)
            Path(file.name).chmod(0o644)
            shown, own, link = Path(folder, "a", "shown"), Path(folder, "own"), Path(folder, "link")
            shown.mkdir(parents=True)
            own.mkdir()
            Path(shown, "text").write_text("here")
            link.symlink_to(shown)
            paths = (*visible.shown(), str(link), file.name)
            monkeypatch.setattr(visible, "shown", lambda: paths)
            with launcher() as walls, inside(walls) as one, inside(walls) as other:
                assert walls.isolation.level == "full", walls.isolation.missing
                for worker in (one, other):
                    assert worker.get(f"result = open({str(link / 'text')!r}).read()") == "here"
                    assert worker.get(f"result = open({file.name!r}).read()") == ""
                    assert worker.error(f"open({str(shown / 'new')!r}, 'w')") in {"OSError", "PermissionError"}
                    assert worker.error(f"open({file.name!r}, 'w')") in {"OSError", "PermissionError"}
                    assert worker.error(f"import os; os.stat({str(own)!r})") == "FileNotFoundError"
                    assert worker.get("open('/tmp/a', 'w').write('x'); open('/dev/shm/a', 'w').write('x'); result = 1")

    def test_scratch_and_shared_memory_have_one_limit(self, walls: Launcher) -> None:
        with inside(walls, scratch_bytes=2 * MIB) as worker:
            assert worker.error("open('/dev/shm/a', 'wb').write(bytes(1 << 20)); open('b', 'wb').write(bytes(2 << 20))")
            assert worker.get("import os; result = sum(os.stat(p).st_size for p in ('/dev/shm/a', 'b'))") <= 2 * MIB

    def test_files_in_scratch_are_limited_in_number(self, walls: Launcher) -> None:
        with inside(walls, scratch_bytes=MIB) as worker:
            assert worker.error("for i in range(10_000): open(str(i), 'w').close()") == "OSError"

    def test_a_file_is_limited_in_size(self, walls: Launcher) -> None:
        with inside(walls, file_bytes=MIB) as worker:
            assert worker.error("with open('a', 'wb') as f:\n  for _ in range(3): f.write(bytes(1 << 20))") == "OSError"


class TestProcesses:
    def test_sees_no_other_process(self, worker: Inside) -> None:
        numbers = "import os; result = [name for name in os.listdir('/proc') if name.isdigit()]"
        assert worker.get(numbers) == ["1"]

    def test_sees_nothing_of_the_machine_in_proc(self, worker: Inside) -> None:
        assert worker.error("open('/proc/meminfo')") == "FileNotFoundError"
        assert "/" not in worker.get("result = open('/proc/self/cmdline').read().split(chr(0), 1)[1]")

    def test_holds_four_descriptors(self, worker: Inside) -> None:
        # the fifth is the folder that is being listed
        assert worker.get("import os; result = sorted(os.listdir('/proc/self/fd'))") == ["0", "1", "2", "3", "4"]
        assert worker.get("import os; result = os.readlink('/proc/self/fd/0')") == "/dev/null"

    def test_environment_is_ours_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COURSE_SECRET", "4711")
        with launcher() as fresh, inside(fresh) as worker:
            environment = worker.get("import os; result = dict(os.environ)")
            outer = worker.ask("result = open('/proc/self/environ').read()")
            assert "COURSE_SECRET" not in str(outer)
        assert "COURSE_SECRET" not in environment
        assert "PATH" not in environment
        assert environment["HOME"] == "/tmp"

    def test_is_nobody_and_can_become_nobody_else(self, worker: Inside) -> None:
        status = worker.get("result = dict(l.split(':', 1) for l in open('/proc/self/status').read().splitlines())")
        assert status["Uid"].split() == status["Gid"].split() == ["1000"] * 4
        assert {status[f"Cap{kind}"].strip() for kind in ("Inh", "Prm", "Eff", "Bnd", "Amb")} == {"0" * 16}
        assert (status["NoNewPrivs"].strip(), status["Seccomp"].strip()) == ("1", "2")
        assert worker.error("import os; os.setuid(0)") == "OSError"

    def test_runs_no_program(self, worker: Inside) -> None:
        assert worker.error("import subprocess; subprocess.run(['true'])") == "PermissionError"
        assert worker.error("import os; os.execv('/lib64/ld-linux-x86-64.so.2', ['x'])") == "PermissionError"

    def test_a_signal_to_everyone_reaches_only_its_own(self, walls: Launcher) -> None:
        with inside(walls) as other, inside(walls) as worker:
            worker.ask("import os\nfor who in (-1, 0, os.getppid()):\n  try: os.kill(who, 15)\n  except OSError: pass")
            assert other.get("result = 1") == 1
            assert alive(worker.worker.pid)  # type: ignore[attr-defined]
        with inside(walls) as later:
            assert later.get("result = 2") == 2

    def test_a_fork_bomb_is_bounded_and_ends_with_the_worker(self, walls: Launcher) -> None:
        bomb = """
import os, time
count = 0
try:
    while count < 1000:
        if os.fork() == 0:
            time.sleep(1000)
        count += 1
except OSError:
    pass
result = count
"""
        with inside(walls, processes=20) as worker:
            assert worker.get(bomb) < 20
            pids = _tree(worker)
            assert len(pids) > 10
        assert wait_until(lambda: not any(map(alive, pids)))

    def test_what_it_left_behind_dies_with_it(self, walls: Launcher) -> None:
        daemon = """
import os, signal, time
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if os.fork() == 0:
            time.sleep(1000)
        os._exit(0)
"""
        with inside(walls) as worker:
            worker.ask(daemon)
            pids = _tree(worker)
            worker.tell("import os; os._exit(3)")
            assert (end_of(worker.worker).kind, end_of(worker.worker).code) == ("exit", 3)
        assert len(pids) >= 4
        assert wait_until(lambda: not any(map(alive, pids)))


def _tree(worker: Inside) -> list[int]:
    from grader.judge import watch

    return watch.tree(worker.worker.pid)  # type: ignore[attr-defined]


class TestCalls:
    @pytest.mark.parametrize(
        "number", [101, 155, 165, 166, 175, 246, 248, 250, 272, 298, 304, 308, 310, 319, 321, 323, 425, 435, 438, 442],
        ids=["ptrace", "pivot_root", "mount", "umount2", "init_module", "kexec_load", "add_key", "keyctl", "unshare",
             "perf_event_open", "open_by_handle_at", "setns", "process_vm_readv", "memfd_create", "bpf", "userfaultfd",
             "io_uring_setup", "clone3", "pidfd_getfd", "mount_setattr"],
    )  # fmt: skip
    @pytest.mark.skipif(os.uname().machine != "x86_64", reason="the numbers are those of x86-64")
    def test_is_not_there(self, worker: Inside, number: int) -> None:
        assert worker.get(f"{CALL}result = call({number}, 0, 0, 0, 0)") == -38

    @pytest.mark.skipif(os.uname().machine != "x86_64", reason="the number is that of x86-64")
    @pytest.mark.parametrize("flag", [0x10000000, 0x20000000, 0x00020000, 0x40000000])
    def test_clone_makes_no_namespace(self, worker: Inside, flag: int) -> None:
        assert worker.get(f"{CALL}result = call(56, {flag | signal.SIGCHLD}, 0, 0, 0, 0)") == -38

    def test_runs_on_the_processor_it_was_given(self, walls: Launcher) -> None:
        from grader.judge.launch import Limits

        cpu = min(os.sched_getaffinity(0))
        with Inside(walls.start(Limits(), cpu=cpu)) as worker:
            assert worker.get("import os; result = sorted(os.sched_getaffinity(0))") == [cpu]
            assert worker.error("import os; os.sched_setaffinity(0, {0, 1})") == "OSError"


class TestNetwork:
    @pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK", "AF_ALG"])
    def test_no_socket_but_a_local_one(self, worker: Inside, family: str) -> None:
        assert worker.error(f"import socket; socket.socket(socket.{family}, socket.SOCK_DGRAM)") == "PermissionError"

    def test_has_no_interface_that_is_up(self) -> None:
        """Without the filter, so that a socket can be made at all: neither this machine nor itself is reached."""
        with socket.create_server(("127.0.0.1", 0)) as server, launcher({"calls": "test"}) as walls, inside(walls) as w:
            if not walls.isolation.layers[2].on:
                pytest.skip("no network namespace here")
            port = server.getsockname()[1]
            error = w.ask(f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)")["error"]
            assert error in {"OSError", "PermissionError"}
            assert w.error("import socket; socket.create_server(('127.0.0.1', 0))") == "PermissionError"

    def test_reaches_no_abstract_socket_of_the_machine_or_a_neighbour(self, walls: Launcher) -> None:
        with socket.socket(socket.AF_UNIX) as server, inside(walls) as one, inside(walls) as other:
            name = f"\0descent-{os.getpid()}"
            server.bind(name)
            server.listen()
            connect = "import socket; socket.socket(socket.AF_UNIX).connect({!r})"
            assert one.error(connect.format(name)) in {"ConnectionRefusedError", "PermissionError"}
            one.ask("import os, socket; os.s = s = socket.socket(socket.AF_UNIX); s.bind('\\0x'); s.listen()")
            assert other.error(connect.format("\0x")) in {"ConnectionRefusedError", "PermissionError"}


HOGS = {
    "private": "x = []\nwhile True: x.append(bytearray(b'x' * (8 << 20)))",
    "shared": "import mmap\nx = []\nwhile True: x.append(mmap.mmap(-1, 8 << 20)); x[-1].write(b'x' * (8 << 20))",
    "in a child": "import os\nx = []\nif os.fork(): os.waitpid(-1, 0)\n"
    "while True: x.append(bytearray(b'x' * (8 << 20)))",
}


class TestMemory:
    @pytest.mark.parametrize("without", [{}, {"memory": "test"}], ids=["best", "watchdog"])
    @pytest.mark.parametrize("hog", HOGS.values(), ids=HOGS)
    def test_a_hog_ends_out_of_memory_and_its_neighbour_does_not(self, hog: str, without: dict[str, str]) -> None:
        with launcher(without) as walls, inside(walls) as neighbour, inside(walls, memory_bytes=96 * MIB) as worker:
            worker.tell(hog)
            assert end_of(worker.worker).kind == "out_of_memory"
            assert (worker.worker.peak_memory() or 0) > 48 * MIB
            assert neighbour.get("result = 1") == 1

    def test_too_many_processes_end_it_where_nothing_counts_them(self) -> None:
        with launcher(dict.fromkeys(("memory", "users"), "test")) as walls, inside(walls, processes=10) as worker:
            worker.tell("import os, time\nfor _ in range(40):\n  if os.fork() == 0: time.sleep(100)\ntime.sleep(100)")
            assert end_of(worker.worker).kind == "signal"

    def test_an_absurd_request_is_an_ordinary_error(self, worker: Inside) -> None:
        assert worker.error("bytearray(1 << 40)") == "MemoryError"

    def test_memory_within_the_budget_is_had(self, walls: Launcher) -> None:
        with inside(walls, memory_bytes=96 * MIB) as worker:
            assert worker.get(f"result = len(bytearray(b'x') * {64 * MIB})") == 64 * MIB

    def test_processor_time_is_limited(self, walls: Launcher) -> None:
        with inside(walls, cpu_seconds=1) as worker:
            worker.tell("while True: pass")
            ended = end_of(worker.worker)
            assert (ended.kind, ended.code) == ("signal", signal.SIGXCPU)
            assert 0.5 < worker.worker.cpu_seconds() < 3

    def test_processor_time_of_children_is_seen_from_outside(self, walls: Launcher) -> None:
        with inside(walls) as worker:
            worker.ask("import os, time\nif os.fork() == 0:\n  end = time.process_time() + 0.5\n"
                       "  while time.process_time() < end: pass\n  os._exit(0)\nos.wait()")  # fmt: skip
            assert worker.worker.cpu_seconds() > 0.4


@needs_root
@pytest.mark.parametrize("module", ["test_walls.py", "test_zygote.py"])
def test_all_of_this_as_an_ordinary_user(module: str) -> None:
    as_ordinary_user(str(Path(__file__).parent / module))
