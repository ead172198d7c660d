"""Failures are told to people by mail and by webhook, and the addresses, which hold secrets, are in no text."""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from dagster import DagsterInstance, build_run_status_sensor_context

from orchestration.defs.range_tags import range_tags
from orchestration.home.alerts import AlertError, alerts_of, tell_failure
from orchestration.home.paths import Home, SettingsError
from orchestration.warehouse.dbt_project import ensure_manifest
from tests.test_dagster_graph import CENTRE

SECRET = "t0ken-Zq81"  # noqa: S105 - of a server that the test starts
pytestmark = pytest.mark.server


@dataclass
class Posts:
    """A web server on loopback that keeps what is posted to it."""

    port: int = 0
    paths: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.port}/{SECRET}"


@pytest.fixture
def posts() -> Iterator[Posts]:
    kept = Posts()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.paths.append(self.path)
            kept.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        kept.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield kept
        server.shutdown()


@pytest.fixture
def mails() -> Iterator[tuple[int, list[Any]]]:
    kept: list[Any] = []

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
            kept.append(envelope)
            return "250 OK"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    yield port, kept
    controller.stop()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("SCOREHOUSE_HOME", str(tmp_path))
    monkeypatch.delenv("SCOREHOUSE_ALERTS", raising=False)
    (tmp_path / "state").mkdir()
    (tmp_path / "centre.yaml").write_text(CENTRE)
    return Home(tmp_path)


def write_addresses(home: Home, *addresses: str, mode: int = 0o600) -> None:
    home.alerts_file.write_text("# who hears of failures\n" + "\n".join(addresses) + "\n")
    home.alerts_file.chmod(mode)


def test_a_failure_is_posted_and_mailed(home: Home, posts: Posts, mails: tuple[int, list[Any]]) -> None:
    port, received = mails
    mail = f"mailto://127.0.0.1:{port}?from=scorehouse@example.org&to=night@example.org&mode=insecure"
    write_addresses(home, posts.address, mail)

    told = tell_failure(home, "Scorehouse: the run failed", "step landing failed. Remedy: <b>drop</b> it again.")

    assert told == 2
    assert posts.paths == [f"/{SECRET}"]
    assert posts.bodies[0]["title"] == "Scorehouse: the run failed"
    assert posts.bodies[0]["message"] == "step landing failed. Remedy: <b>drop</b> it again."
    [envelope] = received
    assert envelope.rcpt_tos == ["night@example.org"]
    content = envelope.content.decode()
    assert "Scorehouse: the run failed" in content
    assert "step landing failed." in content


def test_the_environment_names_addresses_too(home: Home, posts: Posts) -> None:
    assert alerts_of(home, {"SCOREHOUSE_ALERTS": f"{posts.address} json://b/c"}).addresses == (
        posts.address,
        "json://b/c",
    )
    assert alerts_of(home, {}).addresses == ()
    assert tell_failure(home, "t", "x") == 0


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_others_may_touch_is_refused(home: Home, posts: Posts, mode: int) -> None:
    write_addresses(home, posts.address, mode=mode)

    with pytest.raises(SettingsError, match=r"others may .* Remedy: chmod 600") as error:
        tell_failure(home, "t", "x")
    assert SECRET not in str(error.value)
    assert posts.bodies == []


def test_who_is_not_reached_is_told_by_number_and_the_others_are_told(
    home: Home, posts: Posts, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    unreachable = f"json://user:{SECRET}@127.0.0.1:9/{SECRET}"
    write_addresses(home, unreachable, f"nosuchthing://{SECRET}", posts.address)

    with caplog.at_level(logging.DEBUG), pytest.raises(AlertError) as error:
        tell_failure(home, "t", "x")

    assert "address 1 is not reached" in str(error.value)
    assert "address 2 is no address that Apprise knows" in str(error.value)
    assert len(posts.bodies) == 1
    out = capfd.readouterr()
    assert SECRET not in str(error.value) + caplog.text + out.out + out.err + repr(alerts_of(home))


def test_a_command_line_that_fails_tells_of_itself_and_keeps_the_address_to_itself(home: Home, posts: Posts) -> None:
    (home.root / "centre.yaml").write_text(CENTRE.replace("time_zone", "time_zome"))
    command = [str(Path(sys.executable).with_name("scorehouse")), "run"]

    done = subprocess.run(
        command, env=os.environ | {"SCOREHOUSE_ALERTS": posts.address}, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "time_zome: unknown key. Remedy:" in posts.bodies[0]["message"]
    assert SECRET not in done.stdout + done.stderr


def test_a_failed_run_of_dagster_is_told_with_the_remedy_first(home: Home, posts: Posts) -> None:
    ensure_manifest()
    from orchestration.definitions import definitions_of
    from orchestration.defs.failure_sensor import failed_runs

    write_addresses(home, posts.address)
    job = definitions_of(home).resolve_job_def("landing_only")
    (home.root / "centre.yaml").write_text(CENTRE.replace("time_zone", "time_zome"))
    day = datetime.now(UTC).date()
    home.dagster_home.mkdir()
    with DagsterInstance.local_temp(str(home.dagster_home)) as instance:
        result = job.execute_in_process(instance=instance, tags=range_tags(day, day), raise_on_error=False)
        assert not result.success
        context = build_run_status_sensor_context(
            sensor_name="failed_runs",
            dagster_event=next(event for event in result.all_events if event.is_job_failure),
            dagster_instance=instance,
            dagster_run=result.dagster_run,
        )
        list(failed_runs(context.for_run_failure()))  # type: ignore[call-overload]

    assert posts.bodies[0]["title"] == "Scorehouse: the run landing_only failed"
    told = posts.bodies[0]["message"]
    assert told.startswith(f"step landing failed. {home.centre_file}: time_zone: missing. Remedy: add it.")
    assert "Traceback" not in told
    kept = [path for path in home.root.rglob("*") if path.is_file() and path != home.alerts_file]
    assert [path for path in kept if SECRET.encode() in path.read_bytes()] == []
