"""A home that the version before built is carried over by one run; the next has nothing to do, the one after slices.

Of the version before it has: rules of reading, digests of program and models, a catalogue without one KPI, and kept
tables without measures and what goes with them.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from orchestration.centre import load_centre
from orchestration.home.durable import put_text
from orchestration.home.kept_json import stamp
from orchestration.home.ledger import ledger_path, read_ledger
from orchestration.home.ledger_index import index_file
from orchestration.landing.taking import find_new_files
from orchestration.run.audit import audit
from orchestration.site.site_state import first_stale
from orchestration.warehouse.publish import publish
from orchestration.warehouse.slice.state import SliceState
from tests.support.publishing_home import RATINGS, PublishingHome, change_published, march_home

pytestmark = pytest.mark.slow

BROUGHT = "satisfaction_score"
SLICE_SINCE = (
    "measured_input",
    "measured_period",
    "pending_date",
    "pending_period",
    "pending_rating_date",
    "pending_state_date",
    "rating_input",
    "state_input",
)
LATE_RATING = "r2,two,2026-03-30T10:06:00Z,2026-03-30T10:06:00Z,2026-03-30T10:10:00Z,1\n"


def home_of_before(folder: Path) -> PublishingHome:
    """Return the home of March in the form of the version before."""
    home = march_home(folder)
    for table in ("fct_kpi_value", "dim_kpi"):
        change_published(home, f"delete from scorecard.{table} where kpi_id = '{BROUGHT}'")  # noqa: S608 - own names
    with duckdb.connect(str(home.home.kept_file)) as kept:
        kept.execute("drop schema measure cascade")
    for name in SLICE_SINCE:
        (home.home.state / "slice" / f"{name}.parquet").unlink(missing_ok=True)
    shutil.rmtree(home.home.state / "slice" / "packed", ignore_errors=True)
    index_file(home.home).unlink(missing_ok=True)
    for record in list(read_ledger(home.home.ledger)):
        path = ledger_path(home.home.ledger, record.source_id, record.landing_day, record.file_name)
        put_text(path, replace(record, adapter_fingerprint="of before").to_json())
    for step in ("kept", "build"):
        path = home.home.state / "made_of" / f"{step}.json"
        content = json.loads(path.read_text())
        content["made_of"] |= {"models": "of before", "code": "of before"}
        if step == "kept":
            content["left"]["kept"] = stamp(home.home.kept_file)
        path.write_text(json.dumps(content))
    return home


def test_a_home_of_the_version_before_is_carried_over_once(tmp_path: Path) -> None:
    home = home_of_before(tmp_path)
    waiting = find_new_files(home.home, load_centre(home.home))
    assert len(waiting) == len(list(read_ledger(home.home.ledger)))

    carried = home.publish({})
    assert (carried.number, carried.restated) == (2, 0)
    assert SliceState(home.home).told() == "Everything is built anew: the program and the models changed."
    told = "select compared_with, note from scorecard.fct_publication order by publication"
    assert home.ask(told) == [(None, None), (1, None)]
    assert home.ask(f"select count(*) > 0 from scorecard.fct_kpi_value where kpi_id = '{BROUGHT}'") == [(True,)]  # noqa: S608
    assert audit(home.home).faults == []

    # Nothing new: no file waits, no step is to be made again, and who publishes all the same adds nothing.
    assert find_new_files(home.home, load_centre(home.home)) == []
    assert first_stale(home.home, site=False) is None
    history = sorted((home.home.root / "history").rglob("*"))
    assert publish(home.home).number == 2
    assert sorted((home.home.root / "history").rglob("*")) == history

    # From then on a drop makes a slice, which comes to what a build of everything comes to.
    late = home.publish({"desk/2026-04-22/ratings.csv": RATINGS + LATE_RATING})
    assert home.is_sliced
    assert late.number == 3
    assert late.restated > 0
    assert home.ask("select distinct restated_reason from scorecard.fct_restatement") == [("late_data",)]
    assert home.differences() == []
