"""The records behind a number: they add up to it, and are written again only where they changed."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from orchestration.settings import Home
from orchestration.site import write_site
from tests.support.site_home import centre, manifest_of, publish, read, rows
from tests.support.site_published import write_published


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_records_of_a_day_are_written_again_only_if_their_facts_changed(home: Home) -> None:
    publish(home)
    before = manifest_of(home)["files"]
    write_published(
        home.published_file,
        extra="update fct_contact_leg set connects = 2 where contact_date = date '2026-04-10' and agent_id = 'a3'",
    )
    write_site(home, centre())
    after = manifest_of(home)["files"]
    changed = {key for key in after if after[key] != before.get(key)}
    assert changed == {f"drill/{scope}/2026-04-10" for scope in ("agent/a3", "team/TA", "team/T0")}


def test_the_records_behind_a_day_add_up_to_its_measures(home: Home) -> None:
    publish(home)
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        (connects,) = connection.execute(
            "select sum(connects) from scorecard.fct_contact_leg where contact_date = date '2026-04-10'"
        ).fetchone() or (None,)
    assert connects == 5
    for scope in ("team/T0", "channel/web", "queue/q1", "centre/centre"):
        records = rows(read(home, f"drill/{scope}/2026-04-10"))
        assert sum(row["connects"] or 0 for row in records) == 5, scope


def test_a_contact_with_two_legs_in_a_team_counts_once_and_its_times_add_up(home: Home) -> None:
    publish(
        home,
        extra="""
        update dim_kpi set numerator_measure = 'talk_seconds' where kpi_id = 'kpi_2';
        insert into fct_contact_leg by name
        select * replace (leg_key || 'b' as leg_key, 'a1' as agent_id, 40 as talk_seconds)
        from fct_contact_leg where contact_id = 'c6';
        """,
    )
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        (day,) = connection.execute(
            "select distinct contact_date from scorecard.fct_contact where contact_id = 'c6'"
        ).fetchone() or (None,)
    records = [row for row in rows(read(home, f"drill/team/TA/{day}")) if row["contact_key"] == "desk/c6"]
    assert [(row["connects"], row["talk_seconds"]) for row in records if row["record_kind"] == "contact"] == [
        (1, 100.0)
    ]


def test_many_records_files_are_listed_apart_from_the_manifest(home: Home) -> None:
    publish(home, "thresholds: {drill_days: 35}", agents=80, contacts=4000)
    manifest = manifest_of(home)
    assert not [key for key in manifest["files"] if key.startswith("drill/")]
    index = json.loads((home.site / "data" / manifest["drill_index"]).read_text(encoding="utf-8"))
    assert len(index) > 2_000
    assert (home.site / "data" / index["drill/agent/a3/2026-04-16"]).exists()


def test_a_centre_without_drill_days_has_no_records(home: Home) -> None:
    publish(home, "thresholds: {drill_days: 0}")
    assert not [key for key in manifest_of(home)["files"] if key.startswith("drill/")]
