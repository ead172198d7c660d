"""deploy/nginx.conf and deploy/Caddyfile as they stand, behind real servers on loopback: a login and what it opens."""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.pages_servers import PASSWORD, STRANGER, serving

READERS = {"manager": "data", "lead.a": "audiences/teams/a/data", "lead.b": "audiences/teams/b/data"}

pytestmark = pytest.mark.server


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    body: str


Get = Callable[..., Answer]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two teams: each folder has a manifest and one data file that names its reader."""
    site = tmp_path_factory.mktemp("home") / "site"
    for folder in READERS.values():
        data = site / folder
        data.mkdir(parents=True)
        (data / "manifest.json").write_text(json.dumps({"audience": folder}))
        (data / f"{_file_of(folder)}").write_text(json.dumps({"rows": folder}))
        (data / ".part.json").write_text("{}")
    (site / "index.html").write_text("<h1>the shell</h1>")
    (site / ".shell.json").write_text("{}")
    immutable = site / "_app" / "immutable"
    immutable.mkdir(parents=True)
    (immutable / "entry-1a2b.js").write_text("0")
    (immutable / ".map").write_text("{}")
    return site


def _file_of(folder: str) -> str:
    return f"scopes-{folder.replace('/', '')}.json"


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def get(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Get]:
    """Ask the server for a path as a reader; without a name, as nobody."""
    with serving(request.param, site, tmp_path_factory.mktemp(request.param), READERS) as port:
        yield lambda path, reader=None, password=PASSWORD: _ask(port, path, reader, password)


def _ask(port: int, path: str, reader: str | None, password: str) -> Answer:
    # Not urllib: a path must arrive as it is written, with its dots
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    login = base64.b64encode(f"{reader}:{password}".encode()).decode()
    connection.request("GET", path, headers={"Authorization": f"Basic {login}"} if reader else {})
    answer = connection.getresponse()
    headers = {name.lower(): value for name, value in answer.getheaders()}
    return Answer(answer.status, headers, answer.read().decode())


@pytest.mark.parametrize("path", ["/", "/team/a", "/data/manifest.json", "/_app/immutable/entry-1a2b.js"])
def test_nothing_opens_without_a_login(get: Get, path: str) -> None:
    assert get(path).status == 401
    assert get(path, "lead.a", password="wrong").status == 401  # noqa: S106


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_gets_his_own_folder_as_data(get: Get, reader: str) -> None:
    folder = READERS[reader]
    assert json.loads(get("/data/manifest.json", reader).body) == {"audience": folder}
    assert json.loads(get(f"/data/{_file_of(folder)}", reader).body) == {"rows": folder}


@pytest.mark.parametrize(
    "path",
    [
        f"/data/{_file_of('audiences/teams/b/data')}",
        f"/data/{_file_of('data')}",
        "/audiences/teams/b/data/manifest.json",
        "/audiences/teams/a/data/manifest.json",
        "/data/../audiences/teams/b/data/manifest.json",
        "/data/../../b/data/manifest.json",
        "/data/%2e%2e/%2e%2e/b/data/manifest.json",
        "/data/..%2f..%2fb/data/manifest.json",
        "/data../audiences/teams/b/data/manifest.json",
        "//audiences/teams/b/data/manifest.json",
        "/./audiences/teams/b/data/manifest.json",
        "/team/../audiences/teams/b/data/manifest.json",
        "/%61udiences/teams/b/data/manifest.json",
    ],
)
def test_a_team_never_reads_what_is_not_its_own(get: Get, path: str) -> None:
    answer = get(path, "lead.a")
    assert '"audience"' not in answer.body
    assert '"rows"' not in answer.body
    assert answer.status != 200 or "the shell" in answer.body


def test_a_login_that_stands_in_no_list_gets_no_data(get: Get) -> None:
    assert get("/data/manifest.json", STRANGER).status == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/data/gone-123.json", "/data/", "/data", "/_app/gone.js"),
        *("/.shell.json", "/%2eshell.json", "/data/.part.json", "/data/%2epart.json", "/_app/immutable/.map"),
    ],
)
def test_what_is_missing_is_said_to_be_missing(get: Get, path: str) -> None:
    answer = get(path, "manager")
    assert "the shell" not in answer.body
    assert answer.status == 404
    assert "immutable" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize("path", ["/", "/team/t1/", "/agent/a%20b", "/kpi/connect_rate?period=week"])
def test_an_address_of_a_page_gets_the_shell(get: Get, path: str) -> None:
    answer = get(path, "lead.a")
    assert (answer.status, answer.body) == (200, "<h1>the shell</h1>")
    assert answer.headers["cache-control"] == "no-cache"


def test_only_what_never_changes_is_kept_for_good(get: Get) -> None:
    kept = "private, max-age=31536000, immutable"
    assert get("/data/manifest.json", "manager").headers["cache-control"] == "no-store"
    assert get(f"/data/{_file_of('data')}", "manager").headers["cache-control"] == kept
    assert get("/_app/immutable/entry-1a2b.js", "manager").headers["cache-control"] == kept


def test_every_answer_carries_the_policy_and_nobody_may_frame_it(get: Get) -> None:
    for path in ("/", "/data/manifest.json", "/data/gone.json"):
        headers = get(path, "manager").headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
