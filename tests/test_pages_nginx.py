"""deploy/nginx.conf and deploy/Caddyfile as they stand, behind real servers on loopback: a login and what it opens."""

from __future__ import annotations

import base64
import http.client
import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.settings import CHECKOUT

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
CADDY = shutil.which("caddy")
DEPLOY = CHECKOUT / "deploy"
PASSWORD = "open"  # noqa: S105 - of this test's own server
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
    (site / "index.html").write_text("<h1>the shell</h1>")
    (site / ".shell.json").write_text("{}")
    immutable = site / "_app" / "immutable"
    immutable.mkdir(parents=True)
    (immutable / "entry-1a2b.js").write_text("0")
    return site


def _file_of(folder: str) -> str:
    return f"scopes-{folder.replace('/', '')}.json"


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def get(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Get]:
    """Ask the server for a path as a reader; without a name, as nobody."""
    work = tmp_path_factory.mktemp(request.param)
    work.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = {"nginx": _nginx, "caddy": _caddy}[request.param](site, work, port)
    with _running(command, port):
        yield lambda path, reader=None, password=PASSWORD: _ask(port, path, reader, password)


def _nginx(site: Path, work: Path, port: int) -> list[str]:
    if not Path(NGINX).exists():
        pytest.skip("nginx is not installed (apt-get install nginx-light)")
    hashed = subprocess.run(["openssl", "passwd", "-apr1", PASSWORD], capture_output=True, text=True, check=True)
    (work / "htpasswd").write_text("".join(f"{name}:{hashed.stdout}" for name in [*READERS, "stranger"]))
    (work / "readers.map").write_text("".join(f"{name} {folder};\n" for name, folder in READERS.items()))
    text = (DEPLOY / "nginx.conf").read_text()
    text = text.replace("/srv/scorehouse/site", str(site)).replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    text = text.replace("/etc/nginx/scorehouse.htpasswd", str(work / "htpasswd"))
    text = text.replace("/etc/nginx/scorehouse/readers.map", str(work / "readers.map"))
    text = re.sub(r"^ *ssl_certificate.*\n", "", text, flags=re.M)
    (work / "nginx.conf").write_text(
        f"user root; daemon off; worker_processes 1; pid {work}/pid; error_log {work}/error.log;\n"
        f"events {{}}\nhttp {{ include /etc/nginx/mime.types; access_log off;\n{text}\n}}\n"
    )
    return [NGINX, "-p", str(work), "-e", str(work / "error.log"), "-c", str(work / "nginx.conf")]


def _caddy(site: Path, work: Path, port: int) -> list[str]:
    if CADDY is None:
        pytest.skip("Caddy is not installed (apt-get install caddy)")
    done = subprocess.run([CADDY, "hash-password", "--plaintext", PASSWORD], capture_output=True, text=True, check=True)
    (work / "logins").write_text("".join(f"{name} {done.stdout.strip()}\n" for name in [*READERS, "stranger"]))
    (work / "readers").write_text("".join(f"{name} {folder}\n" for name, folder in READERS.items()))
    text = (DEPLOY / "Caddyfile").read_text()
    text = text.replace("/srv/scorehouse/site", str(site)).replace("scorehouse.example", f"http://127.0.0.1:{port}")
    text = text.replace("/etc/caddy/scorehouse/", f"{work}/")
    (work / "Caddyfile").write_text("{\nadmin off\n}\n" + text)
    return [CADDY, "run", "--adapter", "caddyfile", "--config", str(work / "Caddyfile")]


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for _ in range(100):
            if server.poll() is not None:
                raise RuntimeError(server.stdout.read() if server.stdout else "")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


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
    assert get("/data/manifest.json", "stranger").status == 404


@pytest.mark.parametrize("path", ["/data/gone-123.json", "/data/", "/data", "/_app/gone.js", "/.shell.json"])
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
