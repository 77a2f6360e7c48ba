"""Judges on other machines, by Dask distributed: so on whatever its deployers start (Slurm, PBS, Kubernetes, SSH).

Theory of operation. Every Dask worker process keeps one judge with a zygote of its own, in a thread that lives as long
as the process, and grades one submission at a time. Submissions travel by content and records come back as text, which
whoever receives them checks. When a worker dies, the scheduler gives what it had to another; a record is taken once.
"""

from __future__ import annotations

import itertools
import json
import queue
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from grader.model.errors import CourseError, GraderFault

from .work import Done, Plan, Work

AHEAD = 3
"""Pieces of work under way for each thread of the cluster: enough that none waits for the next."""
ROUND = 10
"""Results after which the size of the cluster is asked for again."""
JOIN_SECONDS = 60


class DaskEngine:
    """A cluster behind a scheduler's address. `resources`, such as `GPU=1`, is what each submission takes of a node."""

    def __init__(self, scheduler: str | None, resources: Sequence[str] = ()) -> None:
        if not scheduler:
            raise CourseError("--engine dask needs --scheduler, such as tcp://10.0.0.1:8786")
        self.scheduler = scheduler
        self.resources = dict(map(_resource, resources))

    def grade(self, plan: Plan, work: Iterable[Work]) -> Iterator[Done]:
        try:
            from distributed import Client
        except ImportError:
            raise CourseError("--engine dask needs Dask: pip install 'descent-grader[dask]'") from None
        try:
            client = Client(self.scheduler, timeout=JOIN_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise GraderFault(f"no Dask scheduler answers at {self.scheduler}: {error}") from None
        with client:
            _await_workers(client, self.resources)
            yield from _Run(client, plan, self.resources).run(iter(work))


class _Run:
    """One batch on a cluster."""

    def __init__(self, client: Any, plan: Plan, resources: dict[str, float]) -> None:
        from distributed import as_completed

        self.client, self.plan, self.resources = client, json.dumps(asdict(plan)), resources
        self.batch, self.turns, self.threads = uuid.uuid4().hex, itertools.count(), 0
        self.numbers: dict[str, int] = {}
        self.ended = as_completed([], loop=client.loop)

    def run(self, work: Iterator[Work]) -> Iterator[Done]:
        self._more(work)
        while self.numbers:
            future = next(self.ended)
            number = self.numbers.pop(future.key)
            self._more(work)
            yield _result(number, future)
            future.release()

    def _more(self, work: Iterator[Work]) -> None:
        """Keeps as much under way as the cluster, at its present size, has use for."""
        if next(self.turns) % ROUND == 0:  # nodes come and go
            self.threads = sum(self.client.nthreads().values())
        while len(self.numbers) < max(AHEAD * self.threads, 1):
            each = next(work, None)
            if each is None:
                return
            key = f"descent-{self.batch}-{each.number}"
            future = self.client.submit(
                grade_here, self.plan, each.pack().decode(), key=key, pure=False, resources=self.resources or None
            )
            self.numbers[key] = each.number
            self.ended.add(future)


def _resource(text: str) -> tuple[str, float]:
    name, _, amount = text.partition("=")
    try:
        return name, float(amount or "1")
    except ValueError:
        raise CourseError(f"--resource {text}: write a name and a number, such as GPU=1") from None


def _await_workers(client: Any, resources: dict[str, float]) -> None:
    try:
        client.wait_for_workers(1, timeout=JOIN_SECONDS)
    except TimeoutError:
        raise GraderFault(f"no Dask worker joined within {JOIN_SECONDS} seconds") from None
    offers = [worker.get("resources", {}) for worker in client.scheduler_info(n_workers=-1)["workers"].values()]
    if not any(all(offer.get(name, 0) >= amount for name, amount in resources.items()) for offer in offers):
        wanted = ", ".join(f"{name}={amount:g}" for name, amount in resources.items())
        raise GraderFault(f"no Dask worker offers {wanted}; start them with --resources '{wanted}'")


def _result(number: int, future: Any) -> Done:
    from distributed import KilledWorker

    problem = future.exception()
    if problem is None:
        told = json.loads(future.result())
        return Done(number, str(told["record"]), str(told["fault"]))
    if isinstance(problem, KilledWorker):
        return Done(number, fault="several Dask workers died while they graded it")
    raise problem if isinstance(problem, GraderFault) else GraderFault(f"Dask: {type(problem).__name__}: {problem}")


class _Bench:
    """A Dask worker's judge, in a thread of its own; one for each plan, the last one kept."""

    def __init__(self, plan: str) -> None:
        self.plan = plan
        self.todo: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.done: queue.SimpleQueue[Done | BaseException] = queue.SimpleQueue()
        threading.Thread(target=self._serve, name="judge", daemon=True).start()

    def _serve(self) -> None:
        from .judging import serve

        try:
            serve(Plan(**json.loads(self.plan)), self.todo.get, self.done.put)
        except BaseException as problem:
            self.done.put(problem)

    def grade(self, work: str) -> Done:
        self.todo.put(work.encode())
        done = self.done.get()
        if isinstance(done, BaseException):
            raise GraderFault(f"{type(done).__name__}: {done}")
        return done


_lock = threading.Lock()
_bench: _Bench | None = None


def grade_here(plan: str, work: str) -> str:
    """Runs in a Dask worker: grades one submission and returns what became of it, as JSON."""
    global _bench
    with _lock:
        if _bench is None or _bench.plan != plan:
            if _bench is not None:
                _bench.todo.put(None)
            _bench = _Bench(plan)
        try:
            return json.dumps(asdict(_bench.grade(work)))
        except GraderFault:
            _bench = None
            raise
