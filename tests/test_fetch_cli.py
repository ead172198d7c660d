"""`pull` as it is typed, `run` that pulls first, and `look` and `try` on what was pulled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.exceptions import UsageError
from filelock import FileLock

from orchestration.centre import Centre, CentreError, load_centre
from orchestration.fetch import http_client
from orchestration.fetch.freshness import freshness_of
from orchestration.fetch.pull import pulled_sources
from orchestration.home.lock import HomeLockedError
from orchestration.home.paths import Home
from orchestration.landing.taking import Recovered
from orchestration.readers.findings import LandingFile
from orchestration.run import run as running
from orchestration.run.run import RunResult
from orchestration.run.work import Work
from tests.support.desk_api import DeskApi, desk_api
from tests.support.looked import typed
from tests.support.pulled import landed, records
from tests.test_fetch_http import TOKEN, says, tickets

pytestmark = pytest.mark.server

CENTRE = """
name: X
time_zone: UTC
sources:
- {name: pbx, kind: asterisk_queue_log}
- name: desk
  kind: http
  channel: web
  every: 30 min
  lag: 2 h
  url: URL
  auth: {bearer: {variable: DESK_TOKEN}}
  resources: [{path: paged, name: tickets, records: data.tickets, paging: {page: page}, cursor: updated_at}]
  mapping:
    files: tickets.*
    feeds: {contacts: {contact_id: id, direction: {constant: inbound}, started_at: created_at}}
- name: desk-2
  kind: sql
  connection: {variable: OTHER_URL}
  tables: [{table: tickets}]
  mapping:
    files: tickets.*
    feeds: {contacts: {contact_id: id, direction: {constant: inbound}, started_at: created_at}}
"""


@pytest.fixture
def api() -> Iterator[DeskApi]:
    with desk_api() as running_api:
        running_api.tickets = tickets(1, 2, 3)
        yield running_api


@pytest.fixture
def home(api: DeskApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("DESK_TOKEN", TOKEN)
    monkeypatch.setenv("OTHER_URL", f"postgresql://reader:{TOKEN}@127.0.0.1:9/desk")
    monkeypatch.setattr(http_client, "BACKOFF_SECONDS", 0.01)
    (tmp_path / "centre.yaml").write_text(CENTRE.replace("URL", api.url, 1))
    return Home(tmp_path)


def test_pull_tells_what_is_new_of_each_source_and_what_could_not_be_pulled(home: Home) -> None:
    code, said = typed("pull", "--home", str(home.root))
    assert code == 1
    assert "desk/tickets: 3 records new in 1 file, 20260105T100100 to 20260105T100300" in said
    assert "not pulled: desk-2: the database can't be reached, or broke off" in said
    assert f" run --home {home.root}" in said
    assert TOKEN not in said
    assert [record["id"] for record in records(home)] == [1, 2, 3]


def test_pull_of_one_source_asks_no_other(home: Home) -> None:
    code, said = typed("pull", "desk", "--home", str(home.root))
    assert (code, "desk-2" in said) == (0, False)
    code, said = typed("pull", "desk", "--home", str(home.root))
    assert (code, said.splitlines()[-1]) == (0, "desk/tickets: nothing new among 3 records read")


def test_pull_since_lands_again_what_changed_since_then(home: Home) -> None:
    typed("pull", "desk", "--home", str(home.root))
    assert typed("pull", "desk", "--since", "2026-01-05", "--home", str(home.root))[0] == 0
    assert [record["id"] for record in records(home)] == [1, 2, 3, 1, 2, 3]


def test_pull_refuses_what_it_can_not_pull(home: Home) -> None:
    with pytest.raises(CentreError, match="pbx: is a source of kind asterisk_queue_log, whose files are dropped"):
        typed("pull", "pbx", "--home", str(home.root))
    with pytest.raises(CentreError, match="names no such source"):
        typed("pull", "nobody", "--home", str(home.root))
    code, said = typed("pull", "--since", "yesterday", "--home", str(home.root))
    assert (code, "write 2026-01-31" in said) == (UsageError.exit_code, True)


def test_a_pull_waits_for_the_home_as_every_run_does(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCOREHOUSE_LOCK_TIMEOUT", "0.1")
    home.state.mkdir(parents=True)
    with FileLock(home.lock_file), pytest.raises(HomeLockedError):
        typed("pull", "desk", "--home", str(home.root))
    assert landed(home) == []


def test_status_tells_how_fresh_each_pulled_source_is(home: Home) -> None:
    said = typed("status", "--home", str(home.root))[1]
    assert said.count("never pulled whole, which may be 1 d ago") == 1
    assert said.count("never pulled whole, which may be 2 h ago") == 1
    typed("pull", "desk", "--home", str(home.root))
    said = typed("status", "--home", str(home.root))[1]
    assert "UTC, less than a minute ago; may be 2 h ago" in said
    # The newest of three tickets, as tickets() dates them.
    assert "tickets read up to 2026-01-05 10:03:00" in said
    centre = load_centre(home)
    source = next(one for one in pulled_sources(centre) if one.name == "desk")
    later = freshness_of(home, source, datetime.now(UTC) + timedelta(hours=3))
    assert (later.is_late, freshness_of(home, source).is_late) == (True, False)


def test_look_and_try_take_a_pulled_file_as_any_other(home: Home) -> None:
    typed("pull", "desk", "--home", str(home.root))
    (file,) = landed(home)
    code, said = typed("look", str(file))
    assert (code, "created_at" in said) == (0, True)
    code, said = typed("try", str(file), "--source", "desk", "--home", str(home.root))
    assert (code, "3 read, 0 quarantined" in said) == (0, True), said


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The files that runs hand to Dagster, which does nothing with them here."""
    runs: list[list[str]] = []

    def hand_over(_: Home, __: Centre, files: list[LandingFile], ___: Recovered, ____: Work) -> RunResult:
        runs.append([file.name for file in files])
        return RunResult(is_new=True, files=len(files))

    monkeypatch.setattr(running, "_through_dagster", hand_over)
    return runs


def test_a_run_pulls_first_and_takes_what_it_pulled_though_another_source_is_down(
    home: Home, taken: list[list[str]]
) -> None:
    code, said = typed("run", "--home", str(home.root))
    assert [len(files) for files in taken] == [1]
    assert code == 4
    assert "not pulled: desk-2: the database can't be reached" in said
    assert "1 files taken" in said


def test_a_run_need_not_pull(home: Home, taken: list[list[str]], api: DeskApi) -> None:
    typed("run", "--no-pull", "--home", str(home.root))
    assert (taken, api.asked) == ([[]], [])


def test_a_run_tells_nothing_of_a_pull_that_found_nothing(home: Home, taken: list[list[str]], api: DeskApi) -> None:
    api.wrong = lambda handler, _: says(200, None, {"data": {"tickets": []}})(handler, 1)
    result = running.run(home)
    assert (result.told, len(result.not_pulled)) == ([], 1)
    assert not (home.landing / "desk").exists()
