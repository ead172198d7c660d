"""The look at the pages on loopback: data that are gone are a 404, every other path is the shell's."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.home.paths import Home
from orchestration.run.serve import LOOPBACK, ServeError, dagster_command, dagster_environment, page_server

pytestmark = pytest.mark.server


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    for name, text in {
        "index.html": "shell",
        "_app/start.js": "code",
        "data/manifest.json": "{}",
        "data/scopes-ab12.json": "[]",
        "audiences/team-a/t1/data/scopes-cd34.json": "[]",
        ".shell.json": "hidden",
        "data/.part.json": "hidden",
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


def get(port: int, path: str, host: str | None = None) -> tuple[int, str, str | None]:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
    connection.request("GET", path, headers={"Host": host} if host is not None else {})
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


@pytest.mark.parametrize(
    "path", ["/.shell.json", "/%2eshell.json", "/data/.part.json", "/data/%2Epart.json", "/x/.y/z"]
)
def test_files_that_begin_with_a_dot_are_not_served(port: int, path: str) -> None:
    status, body, _ = get(port, path)

    assert status == 404
    assert "hidden" not in body


@pytest.mark.parametrize("host", ["localhost", "localhost:9999", "127.0.0.1:80", "[::1]:80", "LOCALHOST"])
def test_who_asks_for_this_machine_is_answered(port: int, host: str) -> None:
    assert get(port, "/data/scopes-ab12.json", host)[:2] == (200, "[]")


@pytest.mark.parametrize(
    "host", ["stranger.example", "stranger.example:80", "localhost.stranger.example", "127.0.0.1.nip.io", "", "[::1"]
)
def test_who_asks_for_another_name_is_not_answered(port: int, host: str) -> None:
    # A stranger's page whose name was pointed at 127.0.0.1 asks by that name, from the visitor's own browser.
    for path in ("/", "/data/scopes-ab12.json"):
        status, body, _ = get(port, path, host)
        assert status == 421
        assert "shell" not in body
        assert body != "[]"


STAND_IN = """
import subprocess, sys, time
# As Dagster does: one process that starts another one. This one takes no notice of being asked to end.
deaf = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(600)"
child = subprocess.Popen([sys.executable, "-c", deaf])
print("started", child.pid, flush=True)
time.sleep(600)
"""

SERVING = """
import sys
from pathlib import Path
from orchestration.run import serve
from orchestration.home.paths import Home
serve.ensure_manifest = serve.prepare_instance_folder = lambda *_: None
serve.dagster_command = lambda port: [sys.executable, "-c", sys.argv[2]]
serve.serve(Home(Path(sys.argv[1])), 0, 3000, lambda line: print(line, flush=True))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_being_told_to_end_ends_all_that_was_started_as_ctrl_c_does(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("shell")
    command = [sys.executable, "-c", SERVING, str(tmp_path), STAND_IN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as serving:
        assert serving.stdout is not None
        told = []
        while not {"Pages:", "started"} <= {line.split()[0] for line in told}:
            told.append(serving.stdout.readline())
        (child,) = [int(line.split()[1]) for line in told if line.startswith("started")]

        serving.send_signal(number)

        assert serving.stdout.read() == "Ended.\n", "no stacks of processes that were told to end"
        assert serving.wait(60) == 0
    assert not _is_running(child)


def _is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


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
