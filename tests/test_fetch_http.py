"""Lists of an API are pulled by each way of paging; what servers do wrong loses nothing and leaks nothing."""

from __future__ import annotations

import base64
import json
import logging
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestration.fetch import http_client
from orchestration.fetch import stream as pulling
from orchestration.fetch.failures import PullError
from orchestration.fetch.http import ListExtract, client_of
from orchestration.fetch.pull import PulledRecords, pull_source, pulled_sources
from orchestration.home.paths import CHECKOUT, SettingsError
from tests.support.desk_api import Answer, DeskApi, DeskHandler, desk_api
from tests.support.land_home import LandHome
from tests.support.pulled import everything_written, landed, records

pytestmark = pytest.mark.server

TOKEN = "t0ken-S3cr3t-Zz"  # noqa: S105 - of these tests' own server
SOURCE = """
- name: desk
  kind: http
  channel: web
  url: {url}
  auth: {auth}
  resources:
  - {resource}
  mapping:
    files: tickets.*
    feeds:
      contacts: {{contact_id: id, direction: {{constant: inbound}}, started_at: created_at}}
"""
CURSOR = "cursor: updated_at, overlap: 10 min, since: since"
PAGED = f"path: paged, name: tickets, records: data.tickets, paging: {{page: page}}, {CURSOR}"
WAYS = {
    "page numbers": PAGED,
    "page numbers with a flag": PAGED.replace("page: page}", "page: page, more: has_more}"),
    "offsets": PAGED.replace("paged", "offset").replace("page: page", "offset: offset, limit: 2"),
    "the address of the next page": PAGED.replace("paged", "linked").replace("page: page", "next_url: links.next"),
    "a cursor": PAGED.replace("paged", "cursor").replace("page: page", "next_cursor: meta.after, param: after"),
    "the header Link": f"path: header, name: tickets, paging: {{link: next}}, {CURSOR}",
}


class Desk:
    """A home whose one source is an API."""

    def __init__(self, api: DeskApi, folder: Path) -> None:
        self.api = api
        self.folder = folder
        self.home = LandHome(folder)
        self.ask(PAGED)

    def ask(self, resource: str, auth: str = "{bearer: {variable: DESK_TOKEN}}", url: str = "") -> None:
        self.home.sources = SOURCE.format(url=url or self.api.url, auth=auth, resource=f"{{{resource}}}")

    def pull(self) -> PulledRecords:
        return pull_source(self.home.home, self.home.centre, pulled_sources(self.home.centre)[0])

    def ids(self) -> list[int]:
        return [record["id"] for record in records(self.home.home)]


def tickets(*numbers: int) -> list[dict[str, Any]]:
    at = [f"2026-01-05T{10 + number // 60:02}:{number % 60:02}:00Z" for number in numbers]
    return [
        {"id": number, "created_at": instant, "updated_at": instant, "tags": ["a", {"b": 1}]}
        for number, instant in zip(numbers, at, strict=True)
    ]


@pytest.fixture
def api() -> Iterator[DeskApi]:
    with desk_api() as running:
        yield running


@pytest.fixture
def desk(api: DeskApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("DESK_TOKEN", TOKEN)
    monkeypatch.setattr(http_client, "BACKOFF_SECONDS", 0.01)
    return Desk(api, tmp_path)


@pytest.mark.parametrize("way", WAYS)
def test_every_page_is_read(desk: Desk, way: str) -> None:
    desk.api.tickets = tickets(1, 2, 3, 4, 5)
    desk.ask(WAYS[way])
    pulled = desk.pull()
    assert pulled.failed == []
    assert desk.ids() == [1, 2, 3, 4, 5]
    assert {headers["authorization"] for headers in desk.api.headers} == {f"Bearer {TOKEN}"}
    desk.api.tickets += tickets(20)
    desk.pull()
    assert desk.ids() == [1, 2, 3, 4, 5, 20]
    assert "since=2026-01-05T09%3A55%3A00Z" in desk.api.asked[-1]


def test_pulled_records_pass_the_mapping_and_the_door_like_those_of_a_file(desk: Desk) -> None:
    desk.api.tickets = tickets(1, 2, 3)
    desk.pull()
    (record,) = desk.home.take_all().values()
    assert (record.state, record.records_read, record.records_accepted) == ("taken", 3, 3)
    assert desk.home.column("contacts", "started_at")[0].isoformat() == "2026-01-05T10:01:00+00:00"


def test_a_list_without_pages_and_cursor_lands_what_is_new_in_it(desk: Desk) -> None:
    desk.ask("path: all, name: tickets")
    desk.api.tickets = tickets(1, 2)
    desk.pull()
    assert desk.pull().files == 0
    desk.api.tickets += tickets(3)
    desk.pull()
    assert desk.ids() == [1, 2, 3]


@pytest.mark.parametrize(
    ("form", "since", "values"),
    [
        ("cursor_format: epoch_seconds", "since=1767603600", (1767607140, 1767607200)),
        ("cursor_format: epoch_milliseconds", "since=1767603600500", (1767607140500, 1767607200500)),
        ("cursor_format: number", "since=1767606200", (1767607140, 1767607200)),
        ("since_format: '%Y-%m-%d'", "since=2026-01-05", ("2026-01-05T09:59:00Z", "2026-01-05T18:00:00+08:00")),
        ("since_format: epoch_seconds", "since=1767603600", ("2026-01-05T09:59:00", "2026-01-05T10:00:00")),
    ],
)
def test_a_cursor_is_asked_for_as_the_api_wants_it(desk: Desk, form: str, since: str, values: tuple[Any, Any]) -> None:
    desk.api.tickets = [ticket | {"updated_at": value} for ticket, value in zip(tickets(1, 2), values, strict=True)]
    desk.ask(PAGED.replace("overlap: 10 min", form))
    desk.pull()
    desk.pull()
    assert since in desk.api.asked[-1]


def first(how: Answer, count: int = 1) -> Answer:
    return lambda handler, number: number <= count and how(handler, number)


def says(status: int, headers: dict[str, str] | None = None, content: Any = None) -> Answer:
    def answer(handler: DeskHandler, _: int) -> bool:
        handler.answer({"error": f"not now, {TOKEN}"} if content is None else content, status, headers)
        return True

    return answer


def cut(handler: DeskHandler, _: int) -> bool:
    handler.cut_off()
    return True


def bomb(handler: DeskHandler, _: int) -> bool:
    handler.bomb()
    return True


def test_an_api_that_asks_for_a_pause_gets_it(desk: Desk) -> None:
    desk.api.tickets = tickets(1, 2, 3)
    desk.api.wrong = first(says(429, {"Retry-After": "1"}))
    began = time.monotonic()
    assert desk.pull().failed == []
    assert time.monotonic() - began >= 1
    assert desk.ids() == [1, 2, 3]


@pytest.mark.parametrize("how", [says(500), says(503), cut], ids=["500", "503", "cut in the middle"])
def test_what_goes_wrong_for_a_moment_is_asked_for_again(desk: Desk, how: Answer) -> None:
    desk.api.tickets = tickets(1, 2, 3)
    # The second page fails twice.
    desk.api.wrong = lambda handler, number: number in (2, 3) and how(handler, number)
    assert desk.pull().failed == []
    assert desk.ids() == [1, 2, 3]


FOREVER: dict[str, tuple[Answer, str, bool]] = {
    "429": (says(429), "the API asks to be left alone (429)", True),
    "500": (says(500), "the API fails (500)", True),
    "cut in the middle": (cut, "the API can't be reached, or broke off", True),
    "a web page": (says(200, {"Content-Type": "text/html"}, b"<html>t0ken-S3cr3t-Zz"), "not the JSON that was", True),
    "half of JSON": (says(200, None, b'{"data": {"tickets": [{"id": "t0ken-S3cr3t-Zz'), "not the JSON that was", True),
    "another JSON": (says(200, None, {"tickets": []}), "there is no list under `data.tickets`", False),
    "an object": (says(200, None, {"data": {"tickets": {"id": 1}}}), "there is no list under `data.tickets`", False),
    "no objects": (says(200, None, {"data": {"tickets": ["a", "b"]}}), "the records are no JSON objects", False),
    "401": (says(401), "the API refuses the login (401)", False),
    "404": (says(404), "the API knows no such address (404)", False),
    "422": (says(422), "the API refuses what it is asked for (422)", False),
    "a bomb": (bomb, "an answer has more than 8 MB", False),
}


@pytest.mark.parametrize("case", FOREVER)
def test_what_stays_wrong_is_told_with_a_remedy_and_moves_nothing_on(
    desk: Desk, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_client, "MOST_BYTES", 8 << 20)
    how, said, may_pass = FOREVER[case]
    desk.api.tickets = tickets(1, 2, 3)
    # The first page is right: what came with it lands, and is not taken for all that there is.
    desk.api.wrong = lambda handler, number: number > 1 and how(handler, number)
    pulled = desk.pull()
    (failed,) = pulled.failed
    assert said in failed
    assert "Remedy: " in failed
    assert pulled.may_pass is may_pass
    desk.api.wrong = None
    assert desk.pull().failed == []
    assert desk.ids() == [1, 2, 3]


def test_an_api_that_does_not_know_its_paging_is_told_at_once(desk: Desk) -> None:
    desk.api.tickets = tickets(1, 2, 3)
    desk.ask(PAGED.replace("page: page", "page: seite"))
    assert "two pages are the same" in desk.pull().failed[0]
    assert len(desk.api.asked) == 2


def test_a_next_page_that_is_never_named_is_told(desk: Desk) -> None:
    desk.api.tickets = tickets(1, 2, 3)
    desk.ask(WAYS["the address of the next page"].replace("links.next", "links.nextt"))
    (told,) = desk.pull().streams
    assert "no answer has `links.nextt`, so that there was one page" in told.notes[0]


def test_records_without_the_cursor_are_told(desk: Desk) -> None:
    desk.api.tickets = tickets(1, 2, 3)
    desk.ask(PAGED.replace("cursor: updated_at", "cursor: changed_at"))
    assert "not one record has `changed_at`" in desk.pull().failed[0]


def test_what_is_said_to_be_in_order_and_is_not_is_told(desk: Desk) -> None:
    desk.api.tickets = tickets(1, 3, 2)
    desk.ask(f"{PAGED}, ordered: true")
    assert "records do not come by growing `updated_at`" in desk.pull().failed[0]


LOGINS = {
    "bearer": ("{bearer: {variable: DESK_TOKEN}}", TOKEN),
    "basic": ("{basic: {variable: DESK_TOKEN}}", f"me:{TOKEN}"),
    "header": ("{header: {name: X-Api-Key, value: {variable: DESK_TOKEN}}}", TOKEN),
    "query": ("{query: {name: api_key, value: {variable: DESK_TOKEN}}}", TOKEN),
}


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("way", ["a redirect", "the next page", "the header Link"])
def test_a_login_goes_to_no_other_host(desk: Desk, login: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    auth, secret = LOGINS[login]
    monkeypatch.setenv("DESK_TOKEN", secret)
    with desk_api() as other:
        elsewhere = f"http://127.0.0.1:{other.port}/api/all"
        desk.api.wrong = {
            "a redirect": says(302, {"Location": elsewhere}),
            "the next page": says(200, None, {"data": {"tickets": tickets(1)}, "links": {"next": elsewhere}}),
            "the header Link": says(200, {"Link": f'<{elsewhere}>; rel="next"'}, tickets(1)),
        }[way]
        desk.ask(WAYS["the header Link" if way == "the header Link" else "the address of the next page"], auth)
        (failed,) = desk.pull().failed
        assert "leads to another host, which gets no login and is not asked" in failed
        assert other.asked == []
    written = base64.b64encode(secret.encode()).decode() if login == "basic" else secret
    assert written in json.dumps([desk.api.headers, desk.api.asked])


def test_a_redirect_on_the_own_host_is_followed_with_the_login(desk: Desk) -> None:
    desk.api.tickets = tickets(1, 2)
    desk.api.wrong = first(says(307, {"Location": "/api/incremental?page=1"}))
    assert desk.pull().failed == []
    assert desk.ids() == [1, 2]
    assert {headers.get("authorization") for headers in desk.api.headers} == {f"Bearer {TOKEN}"}


def test_nobodys_netrc_adds_a_login(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password else\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    desk.api.tickets = tickets(1)
    desk.home.sources = desk.home.sources.replace("  auth: {bearer: {variable: DESK_TOKEN}}\n", "")
    assert desk.pull().failed == []
    assert all("authorization" not in headers for headers in desk.api.headers)


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("case", ["well", "500", "401", "a web page", "half of JSON", "cut in the middle", "nobody"])
def test_no_secret_is_in_an_error_a_log_or_a_file(
    desk: Desk,
    login: str,
    case: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    auth, secret = LOGINS[login]
    monkeypatch.setenv("DESK_TOKEN", secret)
    monkeypatch.setattr(http_client, "ATTEMPTS", 2)
    desk.api.tickets = tickets(1, 2, 3)
    desk.api.wrong = FOREVER[case][0] if case in FOREVER else None
    desk.ask(PAGED, auth, "http://127.0.0.1:9/api" if case == "nobody" else "")
    pulled = desk.pull()
    assert bool(pulled.failed) is (case != "well")
    for content in (repr(pulled), caplog.text, *capfd.readouterr()):
        assert "S3cr3t" not in content
    for _, written in everything_written(desk.folder):
        assert b"S3cr3t" not in written
        assert base64.b64encode(secret.encode()) not in written, "nor as Basic writes it"


def test_a_failure_carries_no_words_of_a_library_in_its_chain(desk: Desk) -> None:
    desk.api.wrong = says(200, None, b'{"secret words": ')
    source = pulled_sources(desk.home.centre)[0]
    with client_of(source) as client, pytest.raises(PullError) as caught:  # type: ignore[arg-type]
        list(ListExtract(source, source.streams[0], client).pages(None))  # type: ignore[arg-type]
    told = "".join(traceback.format_exception(caught.value))
    assert "secret words" not in told
    assert "JSONDecodeError" not in told


@pytest.mark.parametrize("is_ordered", [True, False])
def test_a_killed_pull_goes_on_with_nothing_lost_and_nothing_doubled(desk: Desk, is_ordered: bool) -> None:
    desk.api.tickets = tickets(*range(1, 800))
    desk.ask(f"{WAYS['a cursor']}, ordered: {str(is_ordered).lower()}")
    (desk.folder / "sources.yaml").write_text(desk.home.sources)
    program = (
        "import sys; from pathlib import Path; from orchestration.fetch import stream\n"
        "from orchestration.fetch.pull import pull_source, pulled_sources\n"
        "from tests.support.land_home import LandHome\n"
        "stream.FILE_ROWS = 50\n"
        "folder = Path(sys.argv[1]); home = LandHome(folder, (folder / 'sources.yaml').read_text())\n"
        "pull_source(home.home, home.centre, pulled_sources(home.centre)[0])"
    )
    for files in (2, 5):
        running = subprocess.Popen([sys.executable, "-c", program, str(desk.folder)], cwd=CHECKOUT, env=os.environ)
        while running.poll() is None and len(landed(desk.home.home)) < files:
            time.sleep(0.005)
        assert running.poll() is None, "it has to be killed in the middle"
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert desk.pull().failed == []
    assert sorted(desk.ids()) == list(range(1, 800))
    assert pulling.FILE_ROWS > 50


def test_signs_that_are_no_text_are_kept_as_json_writes_them(desk: Desk) -> None:
    desk.api.wrong = lambda handler, _: says(200, None, b'[{"id": 1, "said": "\\ud83d"}, {"id": 2}]')(handler, 1)
    desk.ask("path: all, name: tickets")
    assert desk.pull().failed == []
    assert [record["id"] for record in records(desk.home.home)] == [1, 2]


def test_a_token_that_is_not_set_is_told_by_its_name(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_TOKEN")
    with pytest.raises(SettingsError, match="the environment variable DESK_TOKEN: is not set"):
        desk.pull()
