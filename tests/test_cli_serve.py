"""The look at the pages on loopback: data that are gone are a 404, every other path is the shell's."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.serve import LOOPBACK, ServeError, dagster_command, dagster_environment, page_server
from orchestration.settings import Home

pytestmark = pytest.mark.server


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    for name, text in {
        "index.html": "shell",
        "_app/start.js": "code",
        "data/manifest.json": "{}",
        "data/scopes-ab12.json": "[]",
        "audiences/team-a/t1/data/scopes-cd34.json": "[]",
    }.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "secret.txt").write_text("secret")
    server = page_server(tmp_path / "site", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def get(port: int, path: str) -> tuple[int, str, str | None]:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.read().decode(), response.getheader("Cache-Control")


@pytest.mark.parametrize("path", ["/", "/agent/a-1", "/team/data/x?period=2026-01", "/no/such/page"])
def test_paths_of_pages_are_answered_with_the_shell(port: int, path: str) -> None:
    assert get(port, path) == (200, "shell", "no-cache")


def test_files_are_answered_as_they_are(port: int) -> None:
    assert get(port, "/_app/start.js")[:2] == (200, "code")
    assert get(port, "/data/manifest.json") == (200, "{}", "no-cache")


def test_data_named_by_content_may_be_kept_for_ever(port: int) -> None:
    assert get(port, "/data/scopes-ab12.json") == (200, "[]", "max-age=31536000, immutable")


@pytest.mark.parametrize("path", ["/data/gone.json", "/data/", "/data/a/b", "/audiences/team-a/t1/data/gone.json"])
def test_data_that_are_gone_are_a_404_that_nobody_keeps(port: int, path: str) -> None:
    status, body, kept = get(port, path)

    assert (status, kept) == (404, "no-cache")
    assert "shell" not in body


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/data/../../secret.txt"])
def test_nothing_outside_the_site_is_served(port: int, path: str) -> None:
    assert "secret" not in get(port, path)[1]


def test_a_folder_is_not_listed(port: int) -> None:
    assert get(port, "/audiences/team-a/")[1] == "shell"


def test_a_home_without_pages_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match=r"no pages here yet\. Remedy: scorehouse run"):
        page_server(tmp_path, 0)


def test_dagster_listens_on_loopback_only() -> None:
    command = dagster_command(3000)

    assert command[command.index("-h") + 1] == "127.0.0.1"


def test_what_dagster_says_about_itself_is_not_what_a_person_sees_first(tmp_path: Path) -> None:
    command, environment = dagster_command(3000), dagster_environment(Home(tmp_path))

    assert (
        command[command.index("--log-level") + 1] == command[command.index("--code-server-log-level") + 1] == "warning"
    )
    assert "dev_command" in environment["PYTHONWARNINGS"]
    assert environment["SCOREHOUSE_HOME"] == str(tmp_path)
