"""PostgreSQL and MariaDB of Debian's packages, each started on a free port of loopback in a folder of its own.

Neither runs as root: where the tests do, each gets the login that its package made for it, or `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pymysql
import pytest

PASSWORD = "pw-7Qz!x/y@z"  # noqa: S105 - of these tests' own servers; signs that a URL has to escape
ESCAPED_PASSWORD = "pw-7Qz%21x%2Fy%40z"  # noqa: S105
USER = "reader"
DATABASE = "desk"


@dataclass(frozen=True)
class Server:
    """A database that runs: what a source says to reach it, and its port for who fills it."""

    kind: str
    port: int

    @property
    def url(self) -> str:
        """Return the URL with login and password."""
        return f"{self.kind}://{USER}:{ESCAPED_PASSWORD}@127.0.0.1:{self.port}/{DATABASE}"

    def run(self, *statements: str) -> None:
        """Execute statements, each in a transaction of its own."""
        if self.kind == "postgresql":
            with psycopg.connect(
                host="127.0.0.1", port=self.port, user=USER, password=PASSWORD, dbname=DATABASE, autocommit=True
            ) as connection:
                for statement in statements:
                    connection.execute(statement.encode())
            return
        with (
            pymysql.connect(
                host="127.0.0.1", port=self.port, user=USER, password=PASSWORD, database=DATABASE, autocommit=True
            ) as other,
            other.cursor() as cursor,
        ):
            for statement in statements:
                cursor.execute(statement)


@contextmanager
def database(kind: str, work: Path) -> Iterator[Server]:
    """Run `postgresql` or `mariadb` with an empty database; skips the test if it is not installed.

    `work` is an empty folder that others may enter.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    start = {"postgresql": _postgresql, "mariadb": _mariadb}[kind]
    server = subprocess.Popen(start(work, port), stdout=subprocess.DEVNULL, stderr=(work / "log").open("wb"))
    try:
        _wait(kind, port, server, work / "log")
        yield Server(kind, port)
    finally:
        # PostgreSQL waits for its clients at SIGTERM.
        server.send_signal(signal.SIGINT if kind == "postgresql" else signal.SIGTERM)
        server.wait(timeout=30)


def _postgresql(work: Path, port: int) -> list[str]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    data, programs = work / "data", found[-1].parent
    as_user = _other_user("postgres", work)
    (work / "password").write_text(PASSWORD)
    shutil.chown(work / "password", *_owner(work))
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", USER, "-A", "scram-sha-256", "-E", "UTF8"]
    _do([*as_user, *initdb, "--locale=C", "--no-sync", f"--pwfile={work / 'password'}"])
    single = [str(programs / "postgres"), "--single", "-D", str(data), "postgres"]
    _do([*as_user, *single], f"create database {DATABASE};\n")
    options = ["-c", f"unix_socket_directories={work}", "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    return [*as_user, str(programs / "postgres"), "-D", str(data), "-p", str(port), *options]


def _mariadb(work: Path, port: int) -> list[str]:
    program = shutil.which("mariadbd") or "/usr/sbin/mariadbd"
    if not Path(program).exists() or shutil.which("mariadb-install-db") is None:
        pytest.skip("MariaDB is not installed (apt-get install mariadb-server-core mariadb-client-core)")
    data = work / "data"
    as_user = _other_user("mysql", work)
    installing = [
        "mariadb-install-db",
        "--no-defaults",
        f"--datadir={data}",
        "--auth-root-authentication-method=normal",
    ]
    _do([*as_user, *installing, "--skip-test-db"])
    (work / "init.sql").write_text(
        f"create database {DATABASE};\ncreate user {USER}@'%' identified by '{PASSWORD}';\n"
        f"grant all on {DATABASE}.* to {USER}@'%';\ndrop user if exists ''@'localhost';\nflush privileges;\n"
    )
    (work / "init.sql").chmod(0o644)
    paths = [
        f"--datadir={data}",
        f"--socket={work / 's'}",
        f"--pid-file={work / 'pid'}",
        f"--init-file={work}/init.sql",
    ]
    network = [
        "--bind-address=127.0.0.1",
        f"--port={port}",
        "--skip-name-resolve",
        "--log-bin-trust-function-creators=1",
    ]
    return [*as_user, program, "--no-defaults", *paths, *network]


def _other_user(preferred: str, work: Path) -> list[str]:
    """Return what stands before a command so that it runs as somebody else than root, to whom the folder is given."""
    if os.geteuid() != 0:
        return []
    known = {entry.pw_name for entry in pwd.getpwall()}
    name = preferred if preferred in known else "nobody"
    shutil.chown(work, name)
    for folder in (work, *work.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o011)
    return [
        "setpriv",
        f"--reuid={name}",
        f"--regid={pwd.getpwnam(name).pw_gid}",
        "--clear-groups",
        "env",
        f"HOME={work}",
    ]


def _owner(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_uid, found.st_gid


def _do(command: Sequence[str], told: str = "") -> None:
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode != 0:
        raise RuntimeError(done.stdout + done.stderr)


def _wait(kind: str, port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(log.read_text(errors="replace"))
        try:
            Server(kind, port).run("select 1")
        except (psycopg.OperationalError, pymysql.err.OperationalError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{kind} did not begin to answer: {log.read_text(errors='replace')[-2000:]}")
