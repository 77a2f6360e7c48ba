"""Opens a gradebook: SQLite beside the course.yaml, or any database by URL; brings its tables up to date.

SQLite runs in WAL mode: readers never wait for the one writer, and a process killed at any moment leaves the last
commit. Every error of the database comes out as a `GradebookError` that says what to do.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from grader.model.course import Course
from grader.model.errors import GradebookError
from grader.model.manifest import BUNDLED, NAME

from .tables import Setting

FILE = "descent.db"
VARIABLE = "GRADER_DB"
HEAD = "0001"
WAIT_SECONDS = 30
MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x0DE5CE27  # any number that only we use: whoever writes holds it


def default_url(course: Course) -> str:
    """Where a course's gradebook is: GRADER_DB, else `descent.db` beside its course.yaml."""
    if named := os.environ.get(VARIABLE):
        return named
    # the course that ships inside the package has no folder of the user's
    folder = Path.cwd() if course.root / NAME == BUNDLED else course.root
    return str(folder / FILE)


class Gradebook:
    """An open gradebook. A context manager; `session()` gives a transaction."""

    def __init__(self, url: str | Path, *, create: bool = True) -> None:
        """`url` is a database URL, or the path of an SQLite file. Raises `GradebookError`."""
        self.url = _url_of(str(url))
        self.name = str(self.url.database) if self._is_file else self.url.render_as_string(hide_password=True)
        if self._is_file and not create and not Path(self.name).is_file():
            raise GradebookError(f"{self.name}: there is no gradebook; `grader grade` makes one, --db names another")
        with self.told():
            self.engine = _engine(self.url)
            try:
                self._migrate()
            except BaseException:
                self.engine.dispose()
                raise

    @classmethod
    def of(cls, course: Course, url: str | None = None, *, create: bool = True) -> Gradebook:
        """The gradebook of this course, or the one that `url` names."""
        return cls(url or default_url(course), create=create)

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.engine.dispose()

    @contextlib.contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction that reads."""
        with self.told(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that writes: committed at the end, undone where something raises."""
        with self.told(), Session(self._for_writing, expire_on_commit=False) as session, session.begin():
            connection = session.connection()  # begins, and so waits for its turn, before anything is read
            if not self._is_file:
                _take_turn(connection)
            yield session

    @property
    def _for_writing(self) -> Engine:
        # in SQLite one that has read first may not write when another has written meanwhile: so it is told at the start
        return self.engine.execution_options(write=True)

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Turns what the database says into a sentence for the person who runs us."""
        try:
            yield
        except (SQLAlchemyError, NoSuchModuleError, ImportError) as error:
            raise GradebookError(f"{self.name}: {_advice(error)}") from error

    def secret(self) -> str:
        """The secret that this gradebook's seeds are derived from: made once, so that a second run draws the same."""
        with self.writing() as session:
            found = session.scalar(select(Setting.value).where(Setting.name == "secret"))
            if found is None:
                found = secrets.token_hex(16)
                session.add(Setting(name="secret", value=found))
        return found

    @property
    def _is_file(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def _migrate(self) -> None:
        if self._is_file and not Path(self.name).exists():
            _make_private(Path(self.name))
        with self.engine.connect() as connection:
            version = _version(connection)
        if version == HEAD:
            return
        if version is not None and version > HEAD:
            raise GradebookError(f"{self.name}: made by a newer grader (version {version}); update this one")
        with self._for_writing.begin() as connection:
            if not self._is_file:
                _take_turn(connection)
            _upgrade(connection)


def _make_private(path: Path) -> None:
    """An empty file that only its owner reads: the gradebook holds marks and the secret of the seeds."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        why = f"cannot be made: {error.strerror}; name a place that can be written with --db or {VARIABLE}"
        raise GradebookError(f"{path}: {why}") from None


def _url_of(name: str) -> URL:
    try:
        url = make_url(name) if "://" in name else URL.create("sqlite", database=str(Path(name).absolute()))
    except ArgumentError:
        raise GradebookError(f"{name}: not a database URL, such as postgresql://user@host/descent") from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise GradebookError(f"{name}: a gradebook is an SQLite file or a PostgreSQL database")
    # the driver that the `postgres` extra installs
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver's own idea of transactions leaves table changes out
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")

    return engine


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _take_turn(connection: Connection) -> None:
    """One writer at a time on a server as well, until the transaction ends."""
    connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


_ADVICE = {
    "database is locked": "in use by another program for too long; let it finish, then run the same command again",
    "disk is full": "no space is left on the disk; what was entered before is kept: make room, run the same again",
    "disk I/O error": "the disk cannot be written (full, or a limit on file size?); what was entered before is kept",
    "readonly database": "cannot be written; make the file and its folder writable, or name another with --db",
    "unable to open": "cannot be opened; is its folder there and writable? --db names another place",
    "malformed": "damaged; nothing was written. Restore a copy, or rescue it: sqlite3 OLD .recover | sqlite3 NEW",
    "not a database": "not a gradebook: the file is damaged or something else. Move it away, or name another with --db",
    "append-only": "gradings and marks are only ever added, never changed",
}


def _advice(error: Exception) -> str:
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    if isinstance(error, (ImportError, NoSuchModuleError)):
        return f"no driver for this database ({said}); for PostgreSQL: pip install 'descent-grader[postgres]'"
    known = next((advice for part, advice in _ADVICE.items() if part in said), None)
    return known or f"the database refused: {' '.join(said.split())[:300]}"
