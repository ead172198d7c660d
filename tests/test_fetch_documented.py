"""The examples of docs/sources.md pull as they are written, from a database and an API of that form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.fetch.pull import PulledRecords, pull_source, pulled_sources
from orchestration.home.paths import CHECKOUT
from orchestration.sources.pulled.http import HttpSource
from tests.support.database_servers import Server, database
from tests.support.desk_api import DeskHandler, desk_api
from tests.support.land_home import LandHome
from tests.support.pulled import records

pytestmark = pytest.mark.server

PAGE = (CHECKOUT / "docs" / "sources.md").read_text(encoding="utf-8").partition("## Pulled, not only dropped")[2]
SQL, HTTP, OAUTH2 = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
INSTANTS = {"postgresql": "timestamptz", "mariadb": "timestamp null"}


@pytest.fixture(params=["postgresql", "mariadb"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with database(request.param, tmp_path_factory.mktemp(request.param)) as running:
        yield running


def pull(home: LandHome) -> PulledRecords:
    return pull_source(home.home, home.centre, pulled_sources(home.centre)[0])


def test_the_database_of_the_page(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAT_DATABASE", server.url)
    at = INSTANTS[server.kind]
    server.run(
        f"create table conversations (id int, contact_id int, created_at {at}, resolved_at {at}, updated_at {at})",
        "insert into conversations values (1, 7, '2025-12-31', null, '2025-12-31'), (2, 8, '2026-01-05', "
        "'2026-01-06', '2026-01-06')",
        "create table users (id int, name varchar(20))",
        "insert into users values (1, 'Ann')",
    )
    home = LandHome(tmp_path, SQL)
    assert pull(home).failed == []
    assert [record["id"] for record in records(home.home, source="chat")] == ["2", "1"]
    assert {record.state for record in home.take_all().values()} == {"taken"}
    assert (home.column("contacts", "contact_id"), home.column("staff", "name")) == (["2"], ["Ann"])
    assert home.quarantine() == []


def test_the_api_of_the_page(tmp_path: Path) -> None:
    token = tmp_path / "desk.token"
    token.write_text("a-token\n")
    token.chmod(0o600)
    ticket = {"requester": {"id": "u1"}, "created_at": "2026-01-05T10:00:00Z", "updated_at": "2026-01-05T10:00:00Z"}

    def answer(handler: DeskHandler, number: int) -> bool:
        following = f"{api.url}/tickets?page=2" if number == 1 else None
        handler.answer({"data": {"tickets": [ticket | {"id": number}]}, "links": {"next": following}})
        return True

    with desk_api() as api:
        api.wrong = answer
        here = HTTP.replace("https://desk.example.com/api/v2", api.url)
        home = LandHome(tmp_path / "home", here.replace("/var/lib/scorehouse/desk.token", str(token)))
        assert pull(home).failed == []
    assert api.asked[0] == "/api/tickets?sort=updated_at"
    home.take_all()
    assert home.column("contacts", "contact_id") == ["1", "2"]
    assert home.quarantine() == []


def test_the_login_by_a_token_of_the_page(tmp_path: Path) -> None:
    before, after = re.split(r"  auth: .*\n", HTTP)
    (source,) = pulled_sources(LandHome(tmp_path, before + OAUTH2 + after).centre)
    assert isinstance(source, HttpSource)
    assert source.auth is not None
    assert source.auth.oauth2 is not None
    assert source.auth.oauth2.params == {"scope": "tickets:read"}
