"""The configurations of deploy/ as they stand, behind real servers on loopback, with logins of the test's own."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from orchestration.home.paths import CHECKOUT

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
CADDY = shutil.which("caddy")
DEPLOY = CHECKOUT / "deploy"
PASSWORD = "open"  # noqa: S105 - of these tests' own servers
STRANGER = "stranger"
"""Has a login, but stands in no list of readers."""


@contextmanager
def serving(kind: str, site: Path, work: Path, readers: Mapping[str, str]) -> Iterator[int]:
    """Serve a site by `nginx` or `caddy` to readers (login -> folder of data); the port on loopback.

    `work` is an empty folder for what the server writes. Skips the test if the server is not installed.
    """
    work.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = {"nginx": _nginx, "caddy": _caddy}[kind](site, work, port, readers)
    with _running(command, port):
        yield port


def _nginx(site: Path, work: Path, port: int, readers: Mapping[str, str]) -> list[str]:
    if not Path(NGINX).exists():
        pytest.skip("nginx is not installed (apt-get install nginx-light)")
    hashed = subprocess.run(["openssl", "passwd", "-apr1", PASSWORD], capture_output=True, text=True, check=True)
    (work / "htpasswd").write_text("".join(f"{name}:{hashed.stdout}" for name in [*readers, STRANGER]))
    (work / "readers.map").write_text("".join(f"{name} {folder};\n" for name, folder in readers.items()))
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


def _caddy(site: Path, work: Path, port: int, readers: Mapping[str, str]) -> list[str]:
    if CADDY is None:
        pytest.skip("Caddy is not installed (apt-get install caddy)")
    done = subprocess.run([CADDY, "hash-password", "--plaintext", PASSWORD], capture_output=True, text=True, check=True)
    (work / "logins").write_text("".join(f"{name} {done.stdout.strip()}\n" for name in [*readers, STRANGER]))
    (work / "readers").write_text("".join(f"{name} {folder}\n" for name, folder in readers.items()))
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
