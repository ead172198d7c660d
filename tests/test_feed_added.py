"""A feed is three things to write: schema, staging model, the model's description. All else is made from them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.home.paths import CHECKOUT, Home
from schemas import FEEDS

pytestmark = pytest.mark.slow

SCHEMA = '''"""The feed `skill_notes`: what somebody was trained in."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Instant, Text, identifier, instant


class SkillNotes(FeedModel):
    """One row per note."""

    note_id: Text = identifier("The note.", nullable=True)
    agent_id: Text = identifier("Agent's account in the source.")
    skill: Text = identifier("What was trained.")
    noted_at: Instant = instant("When it was noted.")


FEED = Feed(
    name="skill_notes",
    grain="One row per note.",
    model=SkillNotes,
    subject="people",
    key=("note_id",),
    key_without_id=("agent_id", "skill"),
    time_column="noted_at",
    topics=("skills",),
)
'''
STAGING = "with kept as (\n\n    {{ kept('skill_notes') }}\n\n)\n\nselect * from kept\n"
DESCRIPTION = "version: 2\n\nmodels:\n  - name: stg_skill_notes\n    description: Notes that count.\n"
CENTRE = "name: X\ntime_zone: UTC\nsources:\n  - {name: desk, kind: feed, not_recorded: [skills]}\n"
HEADER = "note_id,agent_id,skill,noted_at\n"
FIRST = HEADER + "n1,a1,tone,2026-01-05T08:00:00Z\n,a1,sales,2026-01-05T09:00:00Z\n,,sales,2026-01-05T09:00:00Z\n"
SECOND = HEADER + "n1,a1,voice,2026-01-06T08:00:00Z\n,a1,sales,2026-01-06T09:00:00Z\n"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the product with one feed more."""
    copy = tmp_path_factory.mktemp("checkout")
    for folder in ("orchestration", "schemas", "dbt_project"):
        shutil.copytree(
            CHECKOUT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "target", "logs")
        )
    for folder in ("docs", "reports/sources"):
        shutil.copytree(CHECKOUT / folder, copy / folder)
    (copy / "schemas" / "skill_notes.py").write_text(SCHEMA)
    people = copy / "dbt_project" / "models" / "staging" / "people"
    people.mkdir(exist_ok=True)
    (people / "stg_skill_notes.sql").write_text(STAGING)
    (people / "_skill_notes.yml").write_text(DESCRIPTION)
    run(copy, [sys.executable, "-m", "schemas.document"])
    return copy


def run(checkout: Path, command: list[str], home: Path | None = None) -> str:
    environment = os.environ | {"PYTHONPATH": str(checkout)} | ({"SCOREHOUSE_HOME": str(home)} if home else {})
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_feed_comes_from_its_file_to_rows_that_count(checkout: Path, tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.centre_file.write_text(CENTRE)
    for day, text in (("2026-01-05", FIRST), ("2026-01-06", SECOND)):
        path = home.landing / "desk" / day / "skill_notes.csv"
        path.parent.mkdir(parents=True)
        path.write_text(text)
        os.utime(path, (1_767_700_000, 1_767_700_000))

    told = run(checkout, [str(Path(sys.executable).with_name("scorehouse")), "run", "--no-site"], tmp_path)

    assert "2 files taken" in told
    assert "1 records went to quarantine" in told
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        connection.execute("set search_path = 'staging,intermediate'")
        kept = connection.execute("select note_id, skill, landing_day::text from stg_skill_notes").fetchall()
        topics = connection.execute("select is_recorded from stg_source_topic where topic = 'skills'").fetchall()
        # Two rows of the first day have the keys of two of the second, by id and without one.
        counted = connection.execute(
            "select accepted_rows, kept_rows, superseded_rows from int_feed__reconciliation "
            "where feed = 'skill_notes' order by landing_day"
        ).fetchall()
    assert sorted(map(str, kept)) == ["('n1', 'voice', '2026-01-06')", "(None, 'sales', '2026-01-06')"]
    assert topics == [(False,)]
    assert counted == [(2, 0, 2), (2, 2, 0)]


def test_the_contract_tells_of_it(checkout: Path) -> None:
    page = (checkout / "docs" / "contract.md").read_text()
    assert "### skill_notes\n\nOne row per note. Key: `note_id`; where that is empty `agent_id`, `skill`." in page
    assert page.count("\n### ") == len(FEEDS) + 1
