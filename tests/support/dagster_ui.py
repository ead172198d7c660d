"""`scorehouse serve` on free ports of loopback, and what a person sees and clicks in Dagster's UI, by its own API."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.error import URLError
from urllib.request import Request, urlopen

import psutil

from orchestration.defs.instance import DEFINITIONS_MODULE
from orchestration.home.paths import CHECKOUT, HOME_VARIABLE, Home
from orchestration.run.serve import LOOPBACK

PATIENCE = 1800.0
"""So many seconds anything may take on a machine that is busy with something else; alone it takes one or two dozen."""

ENDED = frozenset({"SUCCESS", "FAILURE", "CANCELED"})

_PROGRAM = "from orchestration.cli import main; main()"
_LAUNCH = """
mutation Launch($params: ExecutionParams!) {
  launchPipelineExecution(executionParams: $params) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on PythonError { message }
    ... on RunConfigValidationInvalid { errors { message } }
  }
}"""
_RUNS = "{ runsOrError { ... on Runs { results { runId jobName status tags { key value } } } } }"
_EVENTS = """
query Events($run: ID!, $after: String) {
  logsForRun(runId: $run, afterCursor: $after) {
    ... on EventConnection { cursor hasMore events { ... on MessageEvent { message } } }
  }
}"""

Found = TypeVar("Found")


@dataclass(frozen=True)
class UiRun:
    """A run as the UI lists it."""

    id: str
    job: str
    status: str
    tags: Mapping[str, str]

    @property
    def asked_by(self) -> str | None:
        """Return who asked for it, as far as that is known yet."""
        return "sensor" if "dagster/sensor_name" in self.tags else self.tags.get("scorehouse/asked_by")


@dataclass(frozen=True)
class DagsterUi:
    """Dagster's UI at an address."""

    url: str

    def launch(self, job: str, tags: Mapping[str, str]) -> str:
        """Launch a run of a job, as the button does; return its id."""
        selector = {
            "repositoryLocationName": DEFINITIONS_MODULE,
            "repositoryName": "__repository__",
            "jobName": job,
        }
        metadata = {"tags": [{"key": key, "value": value} for key, value in tags.items()]}
        params = {"selector": selector, "runConfigData": "{}", "executionMetadata": metadata}
        answer = self._ask(_LAUNCH, {"params": params})["launchPipelineExecution"]
        assert answer["__typename"] == "LaunchRunSuccess", answer
        return str(answer["run"]["runId"])

    def runs(self) -> list[UiRun]:
        """Return the runs, the newest first."""
        results = self._ask(_RUNS, {})["runsOrError"]["results"]
        return [
            UiRun(run["runId"], run["jobName"], run["status"], {tag["key"]: tag["value"] for tag in run["tags"]})
            for run in results
        ]

    def words(self, run_id: str) -> list[str]:
        """Return what the log of a run says, line by line."""
        found: list[str] = []
        after, has_more = None, True
        while has_more:
            page = self._ask(_EVENTS, {"run": run_id, "after": after})["logsForRun"]
            found += [str(event["message"]) for event in page["events"]]
            after, has_more = page["cursor"], page["hasMore"]
        return found

    def is_up(self) -> bool:
        """Tell whether it knows the jobs."""
        found = self._ask("{ repositoriesOrError { ... on RepositoryConnection { nodes { name } } } }", {})
        return bool(found["repositoriesOrError"].get("nodes"))

    def _ask(self, query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})  # noqa: S310 - loopback
        with urlopen(request, timeout=300) as answer:  # noqa: S310 - loopback
            told = json.load(answer)
        assert "errors" not in told, told["errors"]
        return dict(told["data"])


def wait_until(what: str, look: Callable[[], Found | None], seconds: float = PATIENCE) -> Found:
    """Return what `look` finds as soon as that is something; a UI that does not answer is asked again.

    Fails, with what was waited for, after long patience.
    """
    given_up = time.monotonic() + seconds
    while True:
        with suppress(URLError, ConnectionError, TimeoutError):
            if found := look():
                return found
        assert time.monotonic() < given_up, f"waited {seconds:g} s for: {what}"
        time.sleep(0.2)


def free_port() -> int:
    """Return a port of loopback that nobody listens on now."""
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def terminal(home: Home, arguments: Sequence[str], told: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start `scorehouse` with arguments on a home, all its words into a file; it is over, whatever happens, after."""
    environment = os.environ | {HOME_VARIABLE: str(home.root), "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-c", _PROGRAM, *arguments]
    with told.open("wb") as words:
        running = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=words, stderr=subprocess.STDOUT)
    try:
        yield running
    finally:
        _end(running)


def _end(running: subprocess.Popen[bytes]) -> None:
    """End a process by asking it, as a person does; what of its children stays is killed."""
    children = psutil.Process(running.pid).children(recursive=True) if running.poll() is None else []
    running.send_signal(signal.SIGINT)
    try:
        running.wait(90)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
    finally:
        for child in children:
            if child.is_running():
                child.kill()


@contextmanager
def serving(home: Home, told: Path) -> Iterator[DagsterUi]:
    """Start what `scorehouse serve` starts: pages, and Dagster's UI with its daemon; yield the UI once it answers."""
    ui = DagsterUi(f"http://{LOOPBACK}:{(port := free_port())}")
    ports = ["--port", str(free_port()), "--dagster-port", str(port)]
    with terminal(home, ["serve", *ports], told) as running:

        def answers() -> bool:
            assert running.poll() is None, told.read_text()
            return ui.is_up()

        wait_until("Dagster's UI answers", answers)
        yield ui
