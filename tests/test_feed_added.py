"""What one more feed and one more measure are to write; all else is made from that.

A feed: its schema, its staging model, the model's description. A measure: a column of its fact, described, and its row
in the catalogue.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.home.paths import CHECKOUT, Home
from schemas import FEEDS
from tests.support.copied import copy_folder

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
CONTACTS = (
    "contact_id,channel,direction,started_at,ended_at\n"
    "c1,web,inbound,2026-01-05T08:00:00Z,2026-01-05T08:09:00Z\n"
    "c2,web,inbound,2026-01-05T09:00:00Z,2026-01-05T09:09:00Z\n"
)
# Two legs of c1 with the same team, one of c2.
EVENTS = (
    "contact_id,occurred_at,event_type,agent_id\n"
    "c1,2026-01-05T08:01:00Z,connected,a1\n"
    "c1,2026-01-05T08:05:00Z,connected,a2\n"
    "c2,2026-01-05T09:01:00Z,connected,a1\n"
)
TEAMS = "team_id,name,kind,valid_from\nt1,One,group,2026-01-01\n"
MEMBERS = "agent_id,team_id,is_home_team,valid_from\na1,t1,true,2026-01-01\na2,t1,true,2026-01-01\n"
MEASURE = {"legs_begun": ("sum", 3), "contacts_begun": ("once", 2)}
"""Measure of a leg -> how a team has it, and what team and centre must have: every leg, and every contact once."""


def add_measures(project: Path) -> None:
    """Write two measures of a leg, which contacts and visits have of their legs, and their rows in the catalogue."""
    core = project / "models" / "core" / "contact"
    facts = ["fct_contact", "fct_queue_visit", "fct_contact_leg"]
    first = "      - name: connect_attempts\n"
    for name, (in_team, _) in MEASURE.items():
        replace(core / "fct_contact_leg.sql", "\nfrom judged", f",\n    1::bigint as {name}\nfrom judged")
        described = f"      - name: {name}\n        description: Begun.\n        data_type: bigint\n"
        for fact in facts:
            replace(core / f"{fact}.yml", first, described + first)
        with (project / "seeds" / "catalogue" / "measures.csv").open("a", encoding="utf-8") as file:
            is_once = str(in_team == "once").lower()
            file.write(f"{name},Begun,开始,count,{is_once},sum,{'|'.join(facts)},{in_team},,Begun,开始\n")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the product with one feed more, and two measures."""
    copy = tmp_path_factory.mktemp("checkout")
    for folder in ("orchestration", "schemas", "dbt_project", "docs", "reports/sources", "reports/components/data"):
        copy_folder(CHECKOUT / folder, copy / folder)
    (copy / "schemas" / "skill_notes.py").write_text(SCHEMA)
    people = copy / "dbt_project" / "models" / "staging" / "people"
    people.mkdir(exist_ok=True)
    (people / "stg_skill_notes.sql").write_text(STAGING)
    (people / "_skill_notes.yml").write_text(DESCRIPTION)
    add_measures(copy / "dbt_project")
    for made in ("schemas.document", "orchestration.warehouse.measures", "orchestration.warehouse.record_facts_made"):
        run(copy, [sys.executable, "-m", made])
    return copy


def run(checkout: Path, command: list[str], home: Path | None = None) -> str:
    environment = os.environ | {"PYTHONPATH": str(checkout)} | ({"SCOREHOUSE_HOME": str(home)} if home else {})
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def home(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """What that product makes of files of the new feed, and of contacts."""
    home = Home(tmp_path_factory.mktemp("home"))
    home.centre_file.write_text(CENTRE)
    files = {"contacts": CONTACTS, "contact_events": EVENTS, "teams": TEAMS, "team_memberships": MEMBERS}
    drops = [("2026-01-05", name, text) for name, text in files.items()]
    for day, name, text in [*drops, ("2026-01-05", "skill_notes", FIRST), ("2026-01-06", "skill_notes", SECOND)]:
        path = home.landing / "desk" / day / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        os.utime(path, (1_767_700_000, 1_767_700_000))
    told = run(checkout, [str(Path(sys.executable).with_name("scorehouse")), "run", "--no-site"], home.root)
    assert "6 files taken" in told
    assert "1 records went to quarantine" in told
    return home


def test_a_new_feed_comes_from_its_file_to_rows_that_count(home: Home) -> None:
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


@pytest.mark.parametrize("measure", MEASURE)
def test_a_new_measure_of_a_leg_is_summed_for_every_scope_and_period(home: Home, measure: str) -> None:
    _, of_team = MEASURE[measure]
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        found = connection.execute(
            f"select scope_kind, scope_id, {measure}::int from measure.int_measure__scope_period "  # noqa: S608 - own names
            "where period_kind = 'month' and scope_kind in ('agent', 'team', 'channel', 'centre') order by all"
        ).fetchall()
    assert found == [
        ("agent", "a1", 2),
        ("agent", "a2", 1),
        ("centre", "centre", of_team),
        ("channel", "web", of_team),
        ("team", "t1", of_team),
    ]


def test_the_contract_tells_of_it(checkout: Path) -> None:
    page = (checkout / "docs" / "contract.md").read_text()
    assert "### skill_notes\n\nOne row per note. Key: `note_id`; where that is empty `agent_id`, `skill`." in page
    assert page.count("\n### ") == len(FEEDS) + 1
