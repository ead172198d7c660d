"""Tables are pulled from a real PostgreSQL and a real MariaDB: values, windows, kills, logins, and nothing written."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from orchestration.fetch.pull import PulledRecords, pull_source, pulled_sources
from orchestration.home.paths import CHECKOUT, SettingsError
from tests.support.database_servers import ESCAPED_PASSWORD, PASSWORD, Server, database
from tests.support.land_home import LandHome
from tests.support.pulled import everything_written, landed, records

pytestmark = pytest.mark.server

TICKETS = """
- name: desk
  kind: sql
  channel: web
  time_zone: UTC
  connection: {variable: DESK_URL}
  tables:
  - {table: tickets, cursor: updated_at, overlap: 10 min}
  mapping:
    files: tickets.*
    version: updated_at
    feeds:
      contacts:
        contact_id: id
        customer_id: customer.email
        direction: {constant: inbound}
        started_at: created_at
        ended_at: closed_at
"""
INSTANT = {"postgresql": "timestamptz", "mariadb": "timestamp(6) null"}
JSON = {"postgresql": "jsonb", "mariadb": "json"}


@dataclass
class Desk:
    """A home whose one source is a database with a table of tickets."""

    server: Server
    folder: Path
    home: LandHome = field(init=False)

    def __post_init__(self) -> None:
        self.home = LandHome(self.folder, TICKETS)
        kind, instant = self.server.kind, INSTANT[self.server.kind]
        self.run(
            "drop table if exists tickets",
            f"create table tickets (id bigint primary key, customer {JSON[kind]}, note text, created_at {instant}, "
            f"closed_at {instant}, updated_at {instant} not null)",
        )

    def run(self, *statements: str) -> None:
        self.server.run(*statements)

    def add(self, first: int, last: int, *, minute: int = 0) -> None:
        """Add tickets of one second each, from so many minutes after ten o'clock on."""
        if self.server.kind == "postgresql":
            at = f"timestamp '2026-01-05 10:{minute:02}:00' at time zone 'UTC' + n * interval '1 second'"
            numbers = f"generate_series({first}, {last}) as n"
        else:
            at = f"convert_tz('2026-01-05 10:{minute:02}:00' + interval n second, '+00:00', @@session.time_zone)"
            numbers = f"(select seq as n from seq_{first}_to_{last}) as numbers"  # noqa: S608
        customer = '{"email": "a@b.example"}'
        rows = f"select n, '{customer}', 'secret words', {at}, null, {at} from {numbers}"  # noqa: S608
        self.run(f"insert into tickets {rows}")

    def pull(self) -> PulledRecords:
        return pull_source(self.home.home, self.home.centre, pulled_sources(self.home.centre)[0])


@pytest.fixture(scope="module", params=["postgresql", "mariadb"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with database(request.param, tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture
def desk(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("DESK_URL", server.url)
    return Desk(server, tmp_path)


def test_pulled_records_pass_the_mapping_and_the_door_like_those_of_a_file(desk: Desk) -> None:
    desk.add(1, 3)
    assert desk.pull().new == 3
    (record,) = desk.home.take_all().values()
    assert (record.state, record.records_read, record.records_accepted, record.message) == ("taken", 3, 3, None)
    assert desk.home.column("contacts", "contact_id") == ["1", "2", "3"]
    assert desk.home.column("contacts", "started_at")[0].isoformat() == "2026-01-05T10:00:01+00:00"


def test_only_what_the_mapping_reads_leaves_the_database(desk: Desk) -> None:
    desk.add(1, 1)
    desk.pull()
    (record,) = records(desk.home.home)
    assert set(record) == {"id", "customer", "created_at", "closed_at", "updated_at"}
    assert record["customer"] == {"email": "a@b.example"}


def test_each_pull_lands_what_is_new_and_what_changed(desk: Desk) -> None:
    desk.add(1, 3)
    desk.pull()
    assert desk.pull().files == 0
    desk.add(4, 5, minute=5)
    desk.run("update tickets set note = 'other', updated_at = updated_at + interval '6' minute where id = 1")
    assert [(told.read, told.new) for told in desk.pull().streams] == [(6 - 1, 3)]
    assert sorted(int(record["id"]) for record in records(desk.home.home)) == [1, 1, 2, 3, 4, 5]
    desk.home.take_all()
    # Each telling is kept; the warehouse takes the newest by `version`.
    assert sorted(desk.home.column("contacts", "contact_id")) == ["1", "1", "2", "3", "4", "5"]


def test_a_killed_pull_goes_on_with_nothing_lost_and_nothing_doubled(desk: Desk) -> None:
    desk.add(1, 3_000)
    program = (
        "import sys; from pathlib import Path; from orchestration.fetch import sql, stream\n"
        "from orchestration.fetch.pull import pull_source, pulled_sources\n"
        "from tests.support.land_home import LandHome; from tests.test_fetch_sql import TICKETS\n"
        "sql.PAGE_ROWS, stream.FILE_ROWS = 20, 100\n"
        "home = LandHome(Path(sys.argv[1]), TICKETS)\n"
        "pull_source(home.home, home.centre, pulled_sources(home.centre)[0])"
    )
    for files in (2, 8, 15):
        running = subprocess.Popen([sys.executable, "-c", program, str(desk.folder)], cwd=CHECKOUT, env=os.environ)
        while running.poll() is None and len(landed(desk.home.home)) < files:
            time.sleep(0.005)
        assert running.poll() is None, "it has to be killed in the middle"
        running.send_signal(signal.SIGKILL)
        running.wait()
    desk.pull()
    assert [int(record["id"]) for record in records(desk.home.home)] == list(range(1, 3_001))
    desk.home.take_all()
    assert sorted(map(int, desk.home.column("contacts", "contact_id"))) == list(range(1, 3_001))


def test_a_table_that_would_write_when_it_is_read_is_refused(desk: Desk) -> None:
    if desk.server.kind == "postgresql":
        desk.run(
            "drop view if exists trap", "drop table if exists log", "create table log (n int)",
            "create or replace function note() returns bigint language sql volatile as "
            "'insert into log values (1) returning 1::bigint'",
            "create view trap as select note() as id, now() as updated_at",
        )  # fmt: skip
    else:
        desk.run(
            "drop view if exists trap",
            "create or replace sequence numbers",
            "create view trap as select nextval(numbers) as id, now() as updated_at",
        )
    desk.home.sources = desk.home.sources.replace("table: tickets", "table: trap, name: tickets, columns: [id]")
    (failed,) = desk.pull().failed
    assert "reading it would write, which a pull never does" in failed
    assert landed(desk.home.home) == []


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("{table: nowhere, name: tickets, cursor: updated_at}", "there is no such table"),
        ("{table: tickets, cursor: changed_at}", "has no column `changed_at`; it has id, customer, note"),
        ("{table: tickets, cursor: note}", "the cursor `note` is neither a time nor a whole number"),
        (
            "{table: tickets, cursor: id, overlap: 10 min}",
            "the cursor `id` is a number, and `overlap` or `start` is not",
        ),
    ],
)
def test_a_wrong_table_is_told_with_its_remedy_and_holds_up_no_other(desk: Desk, table: str, said: str) -> None:
    desk.add(1, 1)
    desk.home.sources = desk.home.sources.replace("{table: tickets, cursor: updated_at, overlap: 10 min}", table)
    right = "  - {table: tickets, name: others, cursor: updated_at}\n  mapping:\n  - files: others.*"
    feeds = (
        "\n    feeds: {contacts: {contact_id: id, direction: {constant: inbound}, started_at: created_at}}\n  - files"
    )
    desk.home.sources = desk.home.sources.replace("  mapping:\n    files", right + feeds)
    pulled = desk.pull()
    assert len(pulled.failed) == 1
    assert said in pulled.failed[0]
    assert "Remedy: " in pulled.failed[0]
    assert not pulled.may_pass
    assert pulled.files == 1


def test_records_without_a_cursor_are_told(desk: Desk) -> None:
    desk.add(1, 2)
    desk.run(
        "update tickets set closed_at = created_at where id = 1",
    )
    desk.home.sources = desk.home.sources.replace("cursor: updated_at", "cursor: closed_at")
    (told,) = desk.pull().streams
    assert told.new == 1
    assert ["1 records have nothing in `closed_at` and are not pulled" in note for note in told.notes] == [True]


def test_numbers_serve_as_a_cursor_and_tables_go_without_one(desk: Desk) -> None:
    desk.add(1, 3)
    desk.home.sources = desk.home.sources.replace(
        "cursor: updated_at, overlap: 10 min", "cursor: id, overlap: 1, start: 2"
    )
    desk.pull()
    desk.add(4, 4)
    desk.pull()
    assert [record["id"] for record in records(desk.home.home)] == ["2", "3", "4"]
    other = Desk(desk.server, desk.folder / "other")
    other.add(1, 3)
    other.home.sources = other.home.sources.replace(", cursor: updated_at, overlap: 10 min", "")
    assert [other.pull().new, other.pull().new] == [3, 0]


def test_a_million_records_pass_in_bounded_memory(desk: Desk) -> None:
    desk.add(1, 1_000_000)
    program = (
        "import sys; from pathlib import Path\n"
        "from orchestration.fetch.pull import pull_source, pulled_sources\n"
        "from tests.support.land_home import LandHome; from tests.test_fetch_sql import TICKETS\n"
        "home = LandHome(Path(sys.argv[1]), TICKETS)\n"
        "pull_source(home.home, home.centre, pulled_sources(home.centre)[0])\n"
        # Not the kernel's ru_maxrss: a child begins with that of the process that made it.
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    command = [sys.executable, "-c", program, str(desk.folder)]
    done = subprocess.run(command, cwd=CHECKOUT, env=os.environ, capture_output=True, text=True, check=True)
    assert len(landed(desk.home.home)) == 4
    assert int(done.stdout) < 700_000, "kilobytes; dlt and its libraries take 350,000 of them"


URLS = {
    "a wrong password": ("{kind}://reader:S3cr3t-Zz%40{pw}@127.0.0.1:{port}/desk", "the database refuses the login"),
    "a login that is not there": ("{kind}://S3cr3t-Zz:{pw}@127.0.0.1:{port}/desk", "the database refuses the login"),
    "no such database": ("{kind}://reader:{pw}@127.0.0.1:{port}/S3cr3t-Zz", "there is no such database"),
    "nobody at home": ("{kind}://reader:{pw}S3cr3t-Zz@127.0.0.1:9/desk", "the database can't be reached"),
    "no such host": ("{kind}://reader:{pw}@S3cr3t-Zz.invalid/desk", "the database can't be reached"),
    "another driver": ("oracle://reader:{pw}@S3cr3t-Zz/desk", "is no address of a database"),
    "no address": ("S3cr3t-Zz {pw}", "is no address of a database"),
    "an odd port": ("{kind}://reader:{pw}@127.0.0.1:S3cr3t-Zz/desk", "is no address of a database"),
    "an option that nobody knows": (
        "{kind}://reader:{pw}@127.0.0.1:{port}/desk?S3cr3t-Zz={pw}",
        "has an option that the driver does not know",
    ),
}


@pytest.mark.parametrize("case", URLS)
def test_no_word_of_the_address_is_in_an_error_a_log_or_a_file(
    desk: Desk,
    case: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    url, said = URLS[case]
    monkeypatch.setenv("DESK_URL", url.format(kind=desk.server.kind, pw=ESCAPED_PASSWORD, port=desk.server.port))
    try:
        told = "\n".join(desk.pull().failed)
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not quote
        told = _with_causes(error)
    assert said in told
    assert told
    everywhere = told + caplog.text + "".join(capfd.readouterr())
    _assert_no_secret(everywhere.encode())
    for _, content in everything_written(desk.folder):
        _assert_no_secret(content)


def test_no_word_of_the_address_is_left_by_a_pull_that_went_well(
    desk: Desk, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    desk.add(1, 3)
    told = repr(desk.pull())
    _assert_no_secret((told + caplog.text + "".join(capfd.readouterr())).encode())
    for _, content in everything_written(desk.folder):
        _assert_no_secret(content)


def test_nothing_is_kept_outside_the_home_and_nobody_else_is_called(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    desk.add(1, 3)
    program = (
        "import socket, sys; from pathlib import Path\n"
        "called = []\n"
        "sys.addaudithook(lambda name, told: called.append(told[1]) if name == 'socket.connect' else None)\n"
        "sys.addaudithook(lambda name, told: called.append(told[0]) if name == 'socket.getaddrinfo' else None)\n"
        "from orchestration.fetch.pull import pull_source, pulled_sources\n"
        "from tests.support.land_home import LandHome; from tests.test_fetch_sql import TICKETS\n"
        "home = LandHome(Path(sys.argv[1]), TICKETS)\n"
        "pull_source(home.home, home.centre, pulled_sources(home.centre)[0])\n"
        "print({address[0] if isinstance(address, tuple) else address for address in called} <= {'127.0.0.1'})"
    )
    environment = os.environ | {"HOME": str(outside), "PYTHONPATH": str(CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", program, str(desk.folder / "home")]
    done = subprocess.run(command, cwd=outside, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
    assert done.stderr == ""
    assert list(outside.rglob("*")) == []


def test_a_password_in_a_file_that_others_may_read_is_refused(desk: Desk, tmp_path: Path) -> None:
    secret = tmp_path / "desk.url"
    secret.write_text(f"{desk.server.url}\n")
    desk.add(1, 1)
    desk.home.sources = desk.home.sources.replace("{variable: DESK_URL}", f"{{file: {secret}}}")
    secret.chmod(0o640)
    with pytest.raises(SettingsError, match=r"others may read it, and it holds a secret\. Remedy: chmod 600"):
        desk.pull()
    secret.chmod(0o600)
    assert desk.pull().new == 1


def _with_causes(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + str(error)


def _assert_no_secret(content: bytes) -> None:
    for secret in (PASSWORD, ESCAPED_PASSWORD, "S3cr3t-Zz"):
        assert secret.encode() not in content
        assert secret.lower().encode() not in content
