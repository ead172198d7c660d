"""The Dagster instance of a home: its dagster.yaml, and what a killed run left in it."""

from __future__ import annotations

import errno
import json
import os
import socket

from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

from orchestration.defs.run_tags import COMMAND_LINE_TAG
from orchestration.home.durable import put_text
from orchestration.home.paths import Home

DAGSTER_YAML = """\
# Written by scorehouse at every start. Remove this line to keep your own settings, such as PostgreSQL as storage.
telemetry:
  enabled: false
nux:
  # Dagster's own invitation to its newsletter, over every page.
  enabled: false
concurrency:
  runs:
    # SQLite locks under many parallel writers.
    max_concurrent_runs: 2
  pools:
    # Every asset that writes the warehouse or the published file is in a pool of one.
    default_limit: 1
    granularity: op
code_servers:
  # Loading the graph takes seconds, and minutes on a machine that is busy with something else.
  local_startup_timeout: 600
run_monitoring:
  enabled: true
  # A cancelled or killed run would keep its slot for ever.
  free_slots_after_run_end_seconds: 120
  # A run that does not begin within it is given up, and the sensor asks for it again only after a while. On a busy
  # machine the three minutes of Dagster's own are soon over.
  start_timeout_seconds: 1800
retention:
  # A tick a minute.
  sensor:
    purge_after_days: {skipped: 2, started: 7, success: 30, failure: 90}
  schedule:
    purge_after_days: {skipped: 7, started: 30, success: 90, failure: 90}
"""

DEFINITIONS_MODULE = "orchestration.definitions"
"""What Dagster loads, and the name of the code location in its UI."""

TELEMETRY_URL_VARIABLE = "DAGSTER_TELEMETRY_URL"
NOWHERE = "http://127.0.0.1:9/"
"""The discard port of this machine: webserver and daemon read dagster.yaml themselves, and it may be anybody's."""

SERVER_TAG = ".dagster/grpc_info"
"""By it a run of the daemon names the socket of the server, a process of `scorehouse serve`, in which it goes on."""

_UNFINISHED = [DagsterRunStatus.STARTED, DagsterRunStatus.STARTING, DagsterRunStatus.NOT_STARTED]


def prepare_instance_folder(home: Home) -> None:
    """Write dagster.yaml of the home and point DAGSTER_HOME at it for this process and its children."""
    home.dagster_home.mkdir(parents=True, exist_ok=True)
    target = home.dagster_home / "dagster.yaml"
    # An empty one is what a cut-off writer leaves, and nobody's settings.
    written = target.read_bytes().strip() if target.exists() else b""
    if not written or written.startswith(DAGSTER_YAML.splitlines()[0].encode()):
        put_text(target, DAGSTER_YAML)
    os.environ["DAGSTER_HOME"] = str(home.dagster_home)
    os.environ[TELEMETRY_URL_VARIABLE] = NOWHERE


def open_instance(home: Home) -> DagsterInstance:
    """Return the instance of the home; it tells nobody anything, whatever dagster.yaml says."""
    prepare_instance_folder(home)
    # Only this way of opening takes settings; the folder is temporary only where none is given.
    return DagsterInstance.local_temp(str(home.dagster_home), overrides={"telemetry": {"enabled": False}})


def clear_killed_runs(instance: DagsterInstance) -> list[str]:
    """Mark runs of killed command lines as failed and free the slots they held; return their ids.

    Call it while holding the home's lock: nobody else can be at work then, so an unfinished run of a
    command line is a dead one.
    """
    dead = instance.get_runs(RunsFilter(statuses=_UNFINISHED, tags={COMMAND_LINE_TAG: "true"}))
    for run in dead:
        instance.report_run_failed(run, "The process of this run ended without finishing it.")
    storage = instance.event_log_storage
    for key in storage.get_concurrency_keys():
        for run_id in storage.get_concurrency_info(key).active_run_ids:
            storage.free_concurrency_slots_for_run(run_id)
    return [run.run_id for run in dead]


def fail_abandoned_runs(instance: DagsterInstance) -> list[str]:
    """Mark runs of the daemon as failed whose server is gone; return their ids.

    A power cut, or `serve` killed with all that it started, leaves them as going on, and each of them would keep one of
    the few places for runs for ever.
    """
    statuses = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]
    found = instance.get_runs(RunsFilter(statuses=statuses))
    gone = [run for run in found if SERVER_TAG in run.tags and not _answers(run.tags[SERVER_TAG])]
    for run in gone:
        instance.report_run_failed(run, "The server in which this run went on is gone.")
    return [run.run_id for run in gone]


def _answers(server: str) -> bool:
    """Tell whether anybody listens at what a run names as its server; of what is no socket nothing is known."""
    path = json.loads(server).get("socket")
    if path is None:
        return True
    with socket.socket(socket.AF_UNIX) as caller:
        return caller.connect_ex(path) not in {errno.ENOENT, errno.ECONNREFUSED}
