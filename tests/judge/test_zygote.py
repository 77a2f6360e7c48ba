"""The zygote and its launcher: many workers from one, deaths on either side, nothing left behind."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.judge import cgroups, ground, isolation, launch, process, view, watch
from grader.judge.findings import StudentFault
from grader.judge.launch import IsolationError, Launcher, LaunchError, Limits, PlainLauncher
from grader.judge.run import Judge
from grader.judge.session import Session
from grader.judge.student import JudgedStudent
from grader.judge.walled import Walled
from grader.model.course import Course
from grader.model.submission import Submission

from .walled import ECHO, MIB, Inside, alive, descriptors, end_of, inside, launcher, needs_linux, wait_until

pytestmark = needs_linux
REPO = Path(__file__).parents[2]
NAMESPACES = ("users", "processes", "network", "ipc", "hostname", "cgroups", "files")


@pytest.fixture(scope="module")
def zygote() -> Iterator[Launcher]:
    with launcher() as started:
        yield started


@pytest.fixture(scope="module")
def with_torch() -> Iterator[Launcher]:
    with launcher(torch=True) as started:
        yield started


def zygote_pid(launcher: Launcher) -> int:
    """The process that forks: the last one of the zygote's small tree."""
    assert launcher._zygote is not None
    return watch.tree(launcher._zygote.process.pid)[-1]


def output(worker: Inside, seconds: float = 10) -> bytes:
    """What a worker has printed, once there is something."""
    poll = select.poll()
    poll.register(worker.worker.output, select.POLLIN)
    poll.poll(seconds * 1000)
    return os.read(worker.worker.output, 1 << 16)


class TestWorkers:
    def test_share_nothing_that_one_of_them_changes(self, zygote: Launcher) -> None:
        with inside(zygote) as first, inside(zygote) as second:
            first.get("import builtins, os; builtins.left = 1; os.getcwd = None; result = 0")
            assert second.error("left") == "NameError"
            assert second.get("import os; result = os.getcwd()") == "/tmp"

    def test_a_hundred_leave_nothing(self, zygote: Launcher) -> None:
        place = cgroups.find()
        folders = set() if isinstance(place, str) else set(place.folders.values())

        def state() -> tuple[object, ...]:
            mounts = Path("/proc/self/mountinfo").read_text()
            groups = sorted(path.name for folder in folders for path in folder.glob(f"descent-{os.getpid()}-*"))
            inner = len(list(Path(f"/proc/{zygote_pid(zygote)}/fd").iterdir())) if os.geteuid() == 0 else 0
            return sorted(watch.tree(os.getpid())), descriptors(), inner, mounts, groups

        def settled() -> tuple[object, ...]:
            """The zygote tells an end before it closes what belonged to it."""
            seen: tuple[object, ...] = ()
            while seen != (seen := state()):
                time.sleep(0.1)
            return seen

        inside(zygote).__exit__()
        before = settled()
        for number in range(100):
            with inside(zygote) as worker:
                assert worker.get(f"result = {number}") == number
        assert settled() == before

    def test_many_at_once_from_many_threads(self, zygote: Launcher) -> None:
        results: list[int] = []

        def work(number: int) -> None:
            with inside(zygote) as worker:
                results.append(worker.get(f"import time; time.sleep(0.1); result = {number}"))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(results) == list(range(12))

    def test_what_is_printed_arrives_beside_the_answers(self, zygote: Launcher) -> None:
        with inside(zygote) as worker:
            worker.get("import sys; print('out \\ud800'); print('err', file=sys.stderr); result = 1")
            assert output(worker).decode().split("\n") == ["out \\ud800", "err", ""]
            with pytest.raises(BlockingIOError):
                os.read(worker.worker.output, 1)

    def test_what_was_printed_can_be_read_after_the_end(self, zygote: Launcher) -> None:
        with inside(zygote) as worker:
            worker.tell("import os; os.write(2, b'last words'); os._exit(9)")
            assert wait_until(lambda: worker.worker.ended() is not None)
            assert output(worker) == b"last words"

    @pytest.mark.parametrize(
        "source, kind, code",
        [
            ("import os; os._exit(5)", "exit", 5),
            ("raise SystemExit(3)", "exit", 1),
            ("import ctypes; ctypes.string_at(0)", "signal", signal.SIGSEGV),
            ("import os; os.abort()", "signal", None),
        ],
        ids=["exit", "uncaught", "segfault", "abort"],
    )
    def test_its_end_is_told(self, zygote: Launcher, source: str, kind: str, code: int | None) -> None:
        with inside(zygote) as worker:
            assert worker.worker.ended() is None
            worker.tell(source)
            ended = end_of(worker.worker)
            assert ended.kind == kind
            assert code in (None, ended.code)

    def test_ends_by_itself_when_the_connection_does(self, zygote: Launcher) -> None:
        with inside(zygote) as worker:
            worker.worker.socket.shutdown(2)
            assert wait_until(lambda: worker.worker.ended() is not None)
            assert (worker.worker.kill().kind, worker.worker.kill().code) == ("exit", 0)

    def test_kill_may_be_called_again(self, zygote: Launcher) -> None:
        worker = zygote.start(Limits())
        before = descriptors()
        assert worker.kill() == worker.kill()
        assert (worker.kill().kind, worker.kill().code) == ("signal", signal.SIGKILL)
        assert descriptors() == before - 4  # socket, output, status, pidfd
        assert worker.output == -1
        assert worker.cpu_seconds() > 0

    def test_does_not_know_its_zygote_by_a_path_of_the_course(self, zygote: Launcher) -> None:
        command = Path(f"/proc/{zygote_pid(zygote)}/cmdline").read_bytes()
        assert b"grader" not in command
        with inside(zygote) as worker:
            assert worker.get("import sys; result = [m.__file__ for n, m in sys.modules.items() if n[:6] == 'judge.']")
            assert "grader" not in str(worker.get("import sys; result = vars(sys.modules['__main__'])"))


class TestDeaths:
    def test_a_killed_zygote_is_replaced(self) -> None:
        with launcher() as started, inside(started) as worker:
            first = zygote_pid(started)
            os.kill(first, signal.SIGKILL)
            assert end_of(worker.worker).kind in ("lost", "signal", "killed")
            with inside(started) as later:
                assert later.get("result = 1") == 1
            assert zygote_pid(started) != first

    def test_a_zygote_that_dies_between_two_workers_is_replaced(self) -> None:
        with launcher() as started:
            assert started._zygote is not None
            started._zygote.process.kill()  # the outer one: the inner one goes with it
            inner = zygote_pid(started)
            with inside(started) as worker:
                assert worker.get("result = 1") == 1
            assert wait_until(lambda: not alive(inner))

    def test_a_zygote_that_is_killed_while_it_starts_costs_no_wall(
        self, zygote: Launcher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real, deadly = launch.spawn, [True, True, False]

        def spawn(*arguments: Any, **named: Any) -> Any:
            process, control = real(*arguments, **named)
            if deadly.pop(0):
                process.kill()
            return process, control

        monkeypatch.setattr(launch, "spawn", spawn)
        with launcher() as started:
            assert started.isolation.layers == zygote.isolation.layers
        assert not deadly

    def test_a_zygote_that_is_killed_whenever_it_starts_is_a_launch_error(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = launch.spawn

        def spawn(*arguments: Any, **named: Any) -> Any:
            process, control = real(*arguments, **named)
            process.kill()
            return process, control

        monkeypatch.setattr(launch, "spawn", spawn)
        with pytest.raises(LaunchError, match="3 times while it started"):
            launcher()

    def test_a_killed_rehearsal_switches_no_layer_off(self) -> None:
        with pytest.raises(SystemExit):
            ground.rehearse(lambda: os.kill(os.getpid(), signal.SIGKILL))

    def test_nothing_outlives_a_killed_judge(self, tmp_path: Path) -> None:
        script = (
            "import sys, time; from tests.judge.walled import launcher; from grader.judge.launch import Limits\n"
            "l = launcher(); w = l.start(Limits()); from grader.judge import watch; import os\n"
            "print(*watch.tree(os.getpid())[1:], flush=True); time.sleep(60)"
        )
        with subprocess.Popen([sys.executable, "-c", script], cwd=REPO, stdout=subprocess.PIPE) as judge:
            assert judge.stdout is not None
            pids = [int(pid) for pid in judge.stdout.readline().split()]
            judge.kill()
        assert len(pids) >= 2
        assert wait_until(lambda: not any(map(alive, pids)))

    def test_a_process_that_was_never_told_what_to_do_ends_with_its_judge(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-I", "-S", "-B", "-c", process.BOOT, str(theirs.fileno())]
        with (
            theirs,
            subprocess.Popen(command, cwd=process.HERE, pass_fds=[theirs.fileno()], stderr=subprocess.PIPE) as started,
        ):
            ours.close()
            assert b"the judge went" in started.communicate(timeout=60)[1]

    def test_close_ends_the_workers_that_are_left(self) -> None:
        started = launcher()
        worker = started.start(Limits())
        assert started._zygote is not None
        pids = watch.tree(started._zygote.process.pid)
        started.close()
        assert worker.ended() is not None
        assert not any(map(alive, pids))

    def test_a_worker_module_that_does_not_load_is_a_launch_error(self, tmp_path: Path) -> None:
        (tmp_path / "worker.py").write_text("raise ValueError('no such luck')")
        with pytest.raises(LaunchError, match="no such luck"):
            Launcher(serve={"worker": tmp_path / "worker.py"})

    def test_an_interpreter_that_cannot_be_run_is_a_launch_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.executable", "/nonexistent/python")
        with pytest.raises(LaunchError, match="may this user run /nonexistent/python"):
            launcher()

    def test_a_zygote_with_threads_refuses_to_fork(self, tmp_path: Path) -> None:
        threaded = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
        (tmp_path / "worker.py").write_text(threaded)
        with pytest.raises(LaunchError, match="2 threads"):
            Launcher(serve={"worker": tmp_path / "worker.py"})


class TestIsolation:
    def test_every_layer_is_reported(self, zygote: Launcher) -> None:
        assert [layer.name for layer in zygote.isolation.layers] == list(isolation.LAYERS)

    @pytest.mark.parametrize("layer", [*NAMESPACES, "landlock", "calls", "memory"])
    def test_less_than_all_still_works_and_is_said(self, layer: str) -> None:
        with launcher({layer: "a test"}) as started, inside(started, memory_bytes=64 * MIB) as worker:
            assert worker.get("result = 1") == 1
            found = {found.name: found for found in started.isolation.layers}
            if layer != "memory":
                assert (found[layer].on, found[layer].why) == (False, "a test")
            assert started.isolation.level == "partial" or layer in ("landlock", "memory")

    @pytest.mark.parametrize("layer", [*NAMESPACES, "calls"])
    def test_full_fails_closed(self, layer: str) -> None:
        with pytest.raises(IsolationError, match=f"{layer}: a test"):
            launcher({layer: "a test"}, isolation="full")

    def test_no_walls_at_all(self) -> None:
        with launcher(isolation="none") as started, inside(started) as worker:
            assert started.isolation.level == "none"
            worker.ask("import subprocess; subprocess.Popen(['sleep', '1000'], start_new_session=True)")
            left = watch.tree(worker.worker.pid)[1:]  # type: ignore[attr-defined]
            assert left
            worker.worker.kill()
            assert wait_until(lambda: not any(map(alive, left)))

    def test_without_mounts_landlock_keeps_the_course_out(self) -> None:
        with launcher(dict.fromkeys(("files", "users", "processes"), "a test")) as started, inside(started) as worker:
            if not next(layer.on for layer in started.isolation.layers if layer.name == "landlock"):
                pytest.skip("no Landlock here")
            for path in (REPO / "course.yaml", Path("/etc/passwd"), Path("/proc/1/cmdline")):
                assert worker.error(f"open({str(path)!r})") == "PermissionError"
            assert worker.get("open('note', 'w').write('x'); result = open('note').read()") == "x"
            scratch = worker.get("result = scratch")
        assert not Path(scratch).exists()

    def test_a_machine_that_gives_nothing_gets_none(self) -> None:
        found = isolation.no_walls("no such system")
        assert found.level == "none"
        with pytest.raises(IsolationError, match="no such system"):
            found.require_full()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take its own capabilities away like this")
class TestContainer:
    """Root in a container as engines make them by default: no new namespaces, no mounts."""

    SCRIPT = """
import json, sys
from tests.judge.walled import inside, launcher
with launcher() as started, inside(started) as worker:
    answers = [worker.ask(f"open({path!r})").get("error") for path in sys.argv[1:]]
    layers = {layer.name: layer.on for layer in started.isolation.layers}
    print(json.dumps([started.isolation.level, layers, answers]))
"""

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(Path(__file__).parent / "in_container.py"), sys.executable, "-c", script]
        environment = {**os.environ, "PYTHONPATH": str(REPO)}
        return subprocess.run(
            [*command, *arguments], cwd=REPO, env=environment, capture_output=True, text=True, check=False
        )

    def test_says_what_is_missing_and_keeps_the_rest(self) -> None:
        done = self.run(self.SCRIPT, str(REPO / "course.yaml"), "/etc/passwd", "/proc/1/environ")
        level, layers, answers = json.loads(done.stdout)
        assert level == "partial"
        assert not any(layers[name] for name in NAMESPACES)
        assert layers["calls"]
        if layers["landlock"]:
            assert answers == ["PermissionError"] * 3

    def test_full_fails_closed(self) -> None:
        done = self.run("from tests.judge.walled import launcher; launcher(isolation='full')")
        assert "IsolationError" in done.stderr
        assert "container's seccomp profile" in done.stderr


class TestView:
    def test_shows_by_real_paths_and_keeps_the_links_that_lead_there(self, tmp_path: Path) -> None:
        real, site = tmp_path / "real", tmp_path / "real" / "site"
        for name in ("torch", "grader"):
            (site / name).mkdir(parents=True)
        (tmp_path / "link").symlink_to("real")
        shown = [str(tmp_path / "link"), str(tmp_path / "link" / "site" / "torch"), str(tmp_path / "missing")]
        entries, links = view._plan(shown, [str(site), str(tmp_path / "elsewhere")])
        # the folder, an empty one over its packages, and the one package that is allowed again
        assert entries == [(str(real), True), (str(site), False), (str(site / "torch"), True)]
        assert links == [(str(tmp_path / "link"), "real")]

    def test_what_is_visible_already_is_not_shown_again(self, tmp_path: Path) -> None:
        (tmp_path / "lib" / "dynload").mkdir(parents=True)
        entries, _ = view._plan([str(tmp_path / "lib"), str(tmp_path / "lib" / "dynload")], [])
        assert entries == [(str(tmp_path / "lib"), True)]


class TestTorch:
    def test_there_is_one_thread_and_training_works(self, with_torch: Launcher) -> None:
        train = """
import os, torch
from torch import nn
model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.LazyLinear(3))
model(torch.randn(8, 1, 8, 8))
optimizer = torch.optim.AdamW(model.parameters())
for _ in range(3):
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(model(torch.randn(8, 1, 8, 8)), torch.randint(3, (8,))).backward()
    optimizer.step()
result = len(os.listdir('/proc/self/task')), torch.get_num_threads()
"""
        with inside(with_torch) as worker:
            assert worker.get(train) == [1, 1]

    def test_parallel_work_after_the_fork_does_not_hang(self, with_torch: Launcher) -> None:
        with inside(with_torch) as worker:
            product = "import torch; torch.set_num_threads(4); a = torch.ones(500, 500); result = (a @ a).sum().item()"
            assert worker.get(product) == 500**3

    def test_a_data_loader_with_processes_works(self, with_torch: Launcher) -> None:
        load = """
from torch.utils.data import DataLoader
result = [batch.tolist() for batch in DataLoader([*range(6)], 2, num_workers=2)]
"""
        with inside(with_torch) as worker:
            assert worker.get(load) == [[0, 1], [2, 3], [4, 5]]

    def test_an_optimizer_costs_no_import(self, with_torch: Launcher) -> None:
        with inside(with_torch) as worker:
            began = time.monotonic()
            worker.get("import torch; torch.optim.SGD([torch.zeros(1, requires_grad=True)], 0.1); result = 1")
            assert time.monotonic() - began < 0.5

    def test_a_watchdog_counts_what_children_share_once(self) -> None:
        children = "import os, time\nfor _ in range(4):\n  if not os.fork(): time.sleep(100)\ntime.sleep(1)\nresult = 1"
        with launcher({"memory": "a test"}, torch=True) as started, inside(started, memory_bytes=300 * MIB) as worker:
            assert worker.get(children) == 1
            worker.tell("x = []\nwhile True: x.append(bytearray(b'x') * (8 << 20))")
            assert end_of(worker.worker).kind == "out_of_memory"

    def test_an_absurd_tensor_is_an_ordinary_error(self, with_torch: Launcher) -> None:
        with inside(with_torch, memory_bytes=256 * MIB) as worker:
            assert worker.error("import torch; torch.empty(1 << 40)") == "RuntimeError"


class TestPlain:
    @pytest.fixture
    def plain(self) -> Iterator[PlainLauncher]:
        with PlainLauncher(serve=ECHO) as started:
            yield started

    def test_answers_from_a_process_of_its_own(self, plain: PlainLauncher) -> None:
        with Inside(plain.start(Limits())) as worker:
            assert worker.get("import os; result = os.getpid()") != os.getpid()
            assert worker.error("import grader") == "ModuleNotFoundError"
            worker.get("print('heard'); result = 1")
            assert output(worker) == b"heard\n"
            scratch = Path(worker.get("import os; result = os.getcwd()"))
        assert not scratch.exists()
        assert plain.isolation.level == "none"

    def test_ends_with_its_children(self, plain: PlainLauncher) -> None:
        with Inside(plain.start(Limits())) as worker:
            child = worker.get("import os, time\nresult = os.fork() or time.sleep(1000)")
            worker.worker.kill()
            assert wait_until(lambda: not alive(child))

    @pytest.mark.parametrize(
        "source, kind, code",
        [("import os; os._exit(5)", "exit", 5), ("import os; os.abort()", "signal", signal.SIGABRT)],
        ids=["exit", "abort"],
    )
    def test_its_end_is_told(self, plain: PlainLauncher, source: str, kind: str, code: int) -> None:
        with Inside(plain.start(Limits())) as worker:
            worker.tell(source)
            assert end_of(worker.worker) == worker.worker.kill()
            assert (worker.worker.kill().kind, worker.worker.kill().code) == (kind, code)

    def test_processor_time_is_limited(self, plain: PlainLauncher) -> None:
        with Inside(plain.start(Limits(cpu_seconds=1))) as worker:
            worker.tell("while True: pass")
            assert end_of(worker.worker).code == signal.SIGXCPU

    def test_a_worker_that_does_not_load_is_a_launch_error(self, tmp_path: Path) -> None:
        (tmp_path / "worker.py").write_text("raise ValueError('no such luck')")
        with PlainLauncher(serve={"worker": tmp_path / "worker.py"}) as plain, pytest.raises(LaunchError, match="luck"):
            plain.start(Limits())


class TestCgroups:
    def test_version_2_beside_our_own(self, tmp_path: Path) -> None:
        own = tmp_path / "user.slice" / "app.scope"
        own.mkdir(parents=True)
        (own / "cgroup.subtree_control").write_text("\n")
        (own.parent / "cgroup.subtree_control").write_text("cpu memory pids\n")
        (own.parent / "cgroup.procs").write_text("")
        proc = self.proc(tmp_path, "0::/user.slice/app.scope\n", f"36 31 0:33 / {tmp_path} rw - cgroup2 cgroup2 rw\n")
        place = cgroups.find(proc)
        assert isinstance(place, cgroups.Place)
        assert (place.version, place.folders["memory"]) == (2, own.parent)

    def test_version_1_in_each_hierarchy(self, tmp_path: Path) -> None:
        mounts = ""
        for name in ("memory", "pids"):
            (tmp_path / name / "job").mkdir(parents=True)
            mounts += f"36 31 0:33 / {tmp_path / name} rw - cgroup cgroup rw,{name}\n"
        place = cgroups.find(self.proc(tmp_path, "2:pids:/\n4:memory:/job\n", mounts))
        assert isinstance(place, cgroups.Place)
        assert place.folders == {"memory": tmp_path / "memory" / "job", "pids": tmp_path / "pids"}

    def test_none_has_a_reason(self, tmp_path: Path) -> None:
        assert "no cgroup" in str(cgroups.find(self.proc(tmp_path, "0::/\n", "")))

    def test_what_a_dead_judge_left_is_swept(self, tmp_path: Path) -> None:
        (tmp_path / f"descent-{2**22 + 1}-ab").mkdir()
        (tmp_path / f"descent-{os.getpid()}-ab").mkdir()
        cgroups.Place(1, {"memory": tmp_path}).sweep()
        assert [path.name for path in tmp_path.iterdir()] == [f"descent-{os.getpid()}-ab"]

    @staticmethod
    def proc(folder: Path, cgroup: str, mounts: str) -> Path:
        with contextlib.suppress(FileExistsError):
            (folder / "proc").mkdir()
        (folder / "proc" / "cgroup").write_text(cgroup)
        (folder / "proc" / "mountinfo").write_text(mounts)
        return folder / "proc"


def test_a_worker_that_something_outside_kills_is_started_again_but_once(mini: Course) -> None:
    day = mini.day("day01")
    text = (mini.root / mini.solutions / day.id / day.module).read_text(encoding="utf-8")
    x = torch.tensor([1.0, 2.0])
    with Judge(mini, day) as judge, judge.session(Submission("ada", "", day.module, (text,), "module")) as session:
        if not {layer.name: layer.on for layer in judge.launcher.isolation.layers}["processes"]:
            pytest.skip("without a pid namespace a submission can kill itself")
        student = JudgedStudent(session, torch.device("cpu"), "seed")
        student.begin(day.task("double"), "check")
        assert torch.equal(student.call("double", x), 2 * x)
        _kill(session)
        assert torch.equal(student.call("double", x), 2 * x)
        _kill(session)
        with pytest.raises(StudentFault, match="signal 9"):
            student.call("double", x)


def _kill(session: Session) -> None:
    worker = session._worker
    assert isinstance(worker, Walled)
    os.kill(worker.pid, signal.SIGKILL)
