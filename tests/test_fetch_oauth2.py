"""An API that is asked with a token: it is got by a client's secret, renewed where it runs out, and kept nowhere."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from orchestration.centre import CentreError
from orchestration.fetch import http_client
from orchestration.fetch.pull import PulledRecords, pull_source, pulled_sources
from orchestration.home.paths import SettingsError
from tests.support.desk_api import DeskApi, DeskHandler, desk_api
from tests.support.land_home import LandHome
from tests.support.pulled import everything_written, records

pytestmark = pytest.mark.server

CLIENT, SECRET = "client-7", "S3cr3t+of/client="
SOURCE = """
- name: desk
  kind: http
  channel: web
  url: {url}
  auth:
    oauth2:
      token_url: {token_url}
      client_id: {{variable: DESK_CLIENT}}
      client_secret: {{file: {secret}}}
      params: {{scope: 'tickets:read'}}
      basic: {basic}
  resources:
  - {{path: paged, name: tickets, records: data.tickets, paging: {{page: page, more: has_more}}, cursor: updated_at}}
  mapping:
    files: tickets.*
    feeds:
      contacts: {{contact_id: id, direction: {{constant: inbound}}, started_at: created_at}}
"""


class Tokens:
    """What gives out tokens, one after the other, and what it was sent; `lasting` seconds are said of each."""

    def __init__(self, api: DeskApi) -> None:
        self.api = api
        self.sent: list[dict[str, str]] = []
        self.logins: list[str] = []
        self.lasting: Any = 3600
        self.good: set[str] = set()
        self.uses = 1_000
        self.status = 200
        self.answer: Any = None
        self.left = 0
        self.elsewhere = ""
        api.wrong = self.refuse

    def given(self, handler: DeskHandler) -> None:
        if self.elsewhere:
            handler.answer({}, 307, {"Location": self.elsewhere})
            return
        body = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        self.sent.append({name: values[0] for name, values in parse_qs(body).items()})
        self.logins.append(handler.headers.get("Authorization") or "")
        token = f"t0ken-{len(self.sent)}"
        self.good = {token}
        self.left = self.uses
        content = {"access_token": token, "token_type": "bearer", "expires_in": self.lasting}
        handler.answer(content if self.answer is None else self.answer, self.status)

    def refuse(self, handler: DeskHandler, _: int) -> bool:
        """Refuse what has no token that is good, or was good so many times."""
        login = handler.headers.get("Authorization", "").removeprefix("Bearer ")
        self.left -= 1
        if login in self.good and self.left >= 0:
            return False
        handler.answer({"error": f"no such token: {login}"}, 401)
        return True


@pytest.fixture
def tokens(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tokens]:
    with desk_api() as api:
        giving = Tokens(api)
        monkeypatch.setattr(DeskHandler, "do_POST", lambda handler: giving.given(handler), raising=False)
        monkeypatch.setattr(http_client, "BACKOFF_SECONDS", 0.01)
        monkeypatch.setenv("DESK_CLIENT", CLIENT)
        yield giving


@pytest.fixture
def home(tokens: Tokens, tmp_path: Path) -> LandHome:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    where = f"http://127.0.0.1:{tokens.api.port}"
    sources = SOURCE.format(url=f"{where}/api", token_url=f"{where}/token", secret=secret, basic="false")
    return LandHome(tmp_path / "home", sources=sources)


def pull(home: LandHome) -> PulledRecords:
    return pull_source(home.home, home.centre, pulled_sources(home.centre)[0])


def tickets(*numbers: int) -> list[dict[str, Any]]:
    at = [f"2026-01-05T10:{number:02}:00Z" for number in numbers]
    return [{"id": n, "created_at": t, "updated_at": t} for n, t in zip(numbers, at, strict=True)]


def ids(home: LandHome) -> list[int]:
    return [record["id"] for record in records(home.home)]


def test_one_token_serves_all_pages(home: LandHome, tokens: Tokens) -> None:
    tokens.api.tickets = tickets(1, 2, 3, 4, 5)
    assert pull(home).failed == []
    assert ids(home) == [1, 2, 3, 4, 5]
    asked = {"client_id": CLIENT, "client_secret": SECRET, "grant_type": "client_credentials", "scope": "tickets:read"}
    assert (tokens.sent, tokens.logins) == ([asked], [""])


def test_id_and_secret_may_be_a_login(home: LandHome, tokens: Tokens) -> None:
    home.sources = home.sources.replace("basic: false", "basic: true")
    tokens.api.tickets = tickets(1)
    assert pull(home).failed == []
    assert tokens.sent == [{"grant_type": "client_credentials", "scope": "tickets:read"}]
    assert tokens.logins == ["Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()]


def test_a_token_that_ran_out_by_its_own_word_is_renewed(home: LandHome, tokens: Tokens) -> None:
    tokens.api.tickets, tokens.lasting = tickets(1, 2, 3, 4, 5), 0
    assert pull(home).failed == []
    assert ids(home) == [1, 2, 3, 4, 5]
    assert len(tokens.sent) == 3


def test_a_token_that_is_refused_in_the_middle_is_renewed(home: LandHome, tokens: Tokens) -> None:
    tokens.api.tickets, tokens.uses = tickets(1, 2, 3, 4, 5), 2
    assert pull(home).failed == []
    assert ids(home) == [1, 2, 3, 4, 5]
    assert len(tokens.sent) == 2


def test_an_api_that_takes_no_token_is_told_and_not_asked_for_ever(home: LandHome, tokens: Tokens) -> None:
    tokens.api.tickets, tokens.uses = tickets(1), 0
    (failed,) = pull(home).failed
    assert "the API refuses the login (401)" in failed
    assert len(tokens.sent) == 2
    assert ids(home) == []


@pytest.mark.parametrize(
    ("status", "answer", "told", "may_pass"),
    [
        (401, {"error": "invalid_client", "said": SECRET}, "refuses the client (401)", False),
        (400, {"error": "invalid_scope", "said": SECRET}, "refuses the client (400)", False),
        (503, {"error": SECRET}, "gives no token now (503)", True),
        (200, b"<html>", "no token in JSON", False),
        (200, [SECRET], "no token in JSON", False),
        (200, {"token": SECRET}, "no `access_token`", False),
        (200, {"access_token": f"two\n{SECRET}"}, "no `access_token`", False),
        (200, {"access_token": "a", "expires_in": "soon"}, "no token in JSON", False),
    ],
)
def test_a_server_that_gives_no_token_is_told_without_quoting_it(
    home: LandHome,
    tokens: Tokens,
    caplog: pytest.LogCaptureFixture,
    status: int,
    answer: Any,
    told: str,
    may_pass: bool,
) -> None:
    tokens.status, tokens.answer = status, answer
    with caplog.at_level(logging.DEBUG):
        pulled = pull(home)
    (failed,) = pulled.failed
    assert told in failed
    assert pulled.may_pass is may_pass
    for secret in (SECRET, CLIENT, "t0ken"):
        assert secret not in failed + caplog.text
    assert ids(home) == []


def test_id_secret_and_token_are_written_nowhere(
    home: LandHome, tokens: Tokens, caplog: pytest.LogCaptureFixture
) -> None:
    tokens.api.tickets = tickets(1, 2, 3)
    with caplog.at_level(logging.DEBUG):
        pull(home)
    home.take_all()
    written = b"".join(content for _, content in everything_written(home.home.root))
    for secret in (SECRET, CLIENT, "t0ken"):
        assert secret.encode() not in written
        assert secret not in caplog.text


def test_a_server_of_tokens_that_leads_elsewhere_gets_no_secret_there(home: LandHome, tokens: Tokens) -> None:
    with desk_api() as other:
        to = f"http://127.0.0.1:{other.port}/token"
        tokens.elsewhere = to
        (failed,) = pull(home).failed
        assert "a redirect leads to another host" in failed
        assert other.asked == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("{variable: DESK_CLIENT}", "client-7", "no place in centre.yaml"),
        ("params: {scope: 'tickets:read'}", "params: {client_secret: x}", "no place of a secret"),
        ("token_url: http://127.0.0.1", "token_url: http://login.example.com", "as plain text; write https://"),
        ("/token", "/token?key=S3cr3t", "has a login, a `?` or a `#`"),
    ],
)
def test_settings_that_would_give_a_secret_away_are_refused(home: LandHome, before: str, after: str, told: str) -> None:
    home.sources = home.sources.replace(before, after, 1)
    with pytest.raises(CentreError) as error:
        _ = home.centre
    assert told in str(error.value)
    assert "S3cr3t" not in str(error.value)


def test_an_id_that_is_not_set_is_told_by_its_name(home: LandHome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_CLIENT")
    with pytest.raises(SettingsError, match="the environment variable DESK_CLIENT: is not set"):
        pull(home)
