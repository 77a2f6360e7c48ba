"""A real PostgreSQL server of Debian's package, in a private folder, on a Unix socket, as an ordinary user."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import psycopg.sql

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
SETTINGS = "-c listen_addresses='' -c fsync=off -c max_connections=30 -c shared_buffers=16MB"


def missing() -> str:
    """Why no server can be started here, or ""."""
    return "" if INSTALLED else "PostgreSQL's server is not installed (apt-get install postgresql)"


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Starts a server; gives its socket folder. It refuses to run as root, so root starts it as nobody."""
    folder = Path(tempfile.mkdtemp(prefix="descent-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody", "nogroup")
        _run("initdb", "--auth=trust", "--username=descent", "--no-sync", "--encoding=UTF8", "-D", folder / "data")
        started = ("-w", "-D", folder / "data", "-l", folder / "log", "-o", f"{SETTINGS} -k {folder}")
        _run("pg_ctl", *started, "start")
        try:
            yield str(folder)
        finally:
            _run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_place(folder: str, name: str) -> str:
    """The URL of a new, empty schema: as good as a database of its own, and made in a moment."""
    with psycopg.connect(f"host={folder} user=descent dbname=postgres", autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("CREATE SCHEMA {}").format(psycopg.sql.Identifier(name)))
    return f"postgresql:///postgres?host={folder}&user=descent&options=-csearch_path%3D{name}"


def _run(program: str, *arguments: object) -> None:
    as_nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    command = [*as_nobody, str(INSTALLED[-1] / program), *map(str, arguments)]
    # the server inherits them: a pipe would stay open as long as it runs
    result = subprocess.run(
        command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=60, check=False
    )
    assert result.returncode == 0, f"{program} failed"
