"""One writer, whatever is asked for: the files' sensor, Dagster's UI and a terminal want the same home at one moment.

Each of them has its turn and ends well, whoever waits says so, and what is published is what one run alone publishes.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import duckdb
import pytest

from orchestration.home.lock import WAITING, home_lock
from orchestration.home.paths import CUSTOMER_KEY_VARIABLE, LOCK_TIMEOUT_VARIABLE, Home
from orchestration.warehouse.dbt_project import ensure_manifest
from tests.support.compiled import FILES, write_tiny_centre
from tests.support.dagster_ui import ENDED, PATIENCE, DagsterUi, UiRun, serving, terminal, wait_until
from tests.support.land_home import LandHome

LANDING_DAY = "2026-03-03"
TABLES = ("fct_kpi_value", "fct_contact", "fct_contact_leg")


@pytest.fixture
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Home, Home]:
    """Two homes with the same two chats: of one everybody asks for a run, of the other only one terminal."""
    ensure_manifest()
    # Customers are named by it in what is published.
    monkeypatch.setenv(CUSTOMER_KEY_VARIABLE, "5" * 64)
    # Whole runs of others are waited for, on however busy a machine.
    monkeypatch.setenv(LOCK_TIMEOUT_VARIABLE, str(4 * PATIENCE))
    for name in ("asked", "once"):
        (tmp_path / name).mkdir()
        write_tiny_centre(tmp_path / name)
        Home(tmp_path / name).create_folders()
    asked, once = Home(tmp_path / "asked"), Home(tmp_path / "once")
    # Nothing is served without pages, and these have none yet.
    (asked.site / "index.html").write_text("none yet")
    return asked, once


def waits(ui: DagsterUi, run: UiRun) -> bool:
    """Tell whether whoever looks at a run in the UI sees that it waits: in Dagster's queue, or at its first step."""
    return run.status == "QUEUED" or f"{WAITING}." in ui.words(run.id)


def published(home: Home) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        return {name: connection.execute(f"from scorecard.{name} order by all").fetchall() for name in TABLES}


@pytest.mark.slow
@pytest.mark.server
def test_sensor_ui_and_terminal_at_one_moment_have_their_turns_and_nothing_is_counted_twice(
    homes: tuple[Home, Home], tmp_path: Path
) -> None:
    asked, once = homes
    in_terminal = tmp_path / "terminal.txt"
    with ExitStack() as stack:
        alone = stack.enter_context(terminal(once, ["run", "--no-site"], tmp_path / "once.txt"))
        # As long as the home is held, nobody who asks can be done before the last one has asked.
        held = stack.enter_context(ExitStack())
        held.enter_context(home_lock(asked))
        ui = stack.enter_context(serving(asked, tmp_path / "serve.txt"))
        person = ui.launch("whole_way", {"dagster/partition": LANDING_DAY})
        running = stack.enter_context(terminal(asked, ["run"], in_terminal))

        def everybody_waits() -> bool:
            both = {run.id: run for run in ui.runs() if run.id == person or run.asked_by == "sensor"}
            return (
                len(both) == 2 and WAITING in in_terminal.read_text() and all(waits(ui, run) for run in both.values())
            )

        wait_until("all three have asked, and say that they wait", everybody_waits)
        held.close()

        assert running.wait(PATIENCE) == 0, in_terminal.read_text()
        wait_until("every run has ended", lambda: all(run.status in ENDED for run in ui.runs()))
        runs = ui.runs()
        assert {run.status for run in runs} == {"SUCCESS"}, [(run, ui.words(run.id)[-5:]) for run in runs]
        by = Counter(run.asked_by for run in runs)
        # A terminal that comes last finds nothing to do, and says so.
        assert (by["sensor"], by["person"]) == (1, 1)
        assert by["command_line"] == 1 or "Nothing new" in in_terminal.read_text()
        assert alone.wait(PATIENCE) == 0

    landed = LandHome(asked.root)
    assert sorted((record.file_name, record.state) for record in landed.ledger()) == [
        (name, "taken") for name in sorted(FILES)
    ]
    # A row per line below the header, whoever took the file, and however often.
    assert {Path(name).stem: landed.rows(Path(name).stem).height for name in FILES} == {
        Path(name).stem: content.count("\n") - 1 for name, content in FILES.items()
    }
    assert published(asked) == published(once)
