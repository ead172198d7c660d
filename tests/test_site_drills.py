"""The records behind a number: they add up to it, and are written again only where they changed."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from orchestration.centre import parse_centre
from orchestration.home.paths import Home
from orchestration.site.publisher import write_site
from tests.support.site_home import centre, manifest_of, publish
from tests.support.site_published import write_published
from tests.support.site_records import day_index, days_with_records, parts, records, scopes_with_records


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_records_of_a_day_are_written_again_only_if_their_facts_changed(home: Home) -> None:
    publish(home)
    before = {day: set(day_index(home, day)["blocks"]) for day in days_with_records(home)}
    write_published(
        home.published_file,
        extra="update fct_contact_leg set connects = 2 where contact_date = date '2026-04-10' and agent_id = 'a3'",
    )
    write_site(home, centre())
    after = {day: set(day_index(home, day)["blocks"]) for day in days_with_records(home)}
    assert {day for day in after if after[day] != before[day]} == {"2026-04-10"}
    # The leg stands in one file, that of team A's agents; the contact and the visit have not changed.
    assert len(after["2026-04-10"] - before["2026-04-10"]) == 1


def test_the_records_behind_a_day_add_up_to_its_measures(plain: Home) -> None:
    with duckdb.connect(str(plain.published_file), read_only=True) as connection:
        (connects,) = connection.execute(
            "select sum(connects) from scorecard.fct_contact_leg where contact_date = date '2026-04-10'"
        ).fetchone() or (None,)
    assert connects == 5
    for scope in (("team", "T0"), ("channel", "web"), ("queue", "q1"), ("centre", "centre")):
        found = records(plain, *scope, "2026-04-10")
        assert sum(row.get("connects") or 0 for row in found) == 5, scope


def test_records_of_many_facts_are_written_as_those_of_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audiences = "audiences: [{name: leads, scope: team, ids: [TA]}, {name: own, scope: agent, ids: [a3]}]"
    written = {}
    for facts in (0, 1_000_000):
        monkeypatch.setattr("orchestration.site.records.drill._FEW_FACTS", facts)
        home = Home(tmp_path / str(facts))
        publish(home, f"{audiences}\nthresholds: {{drill_days: 7}}")
        files = sorted(home.site.rglob("data/drill/**/*.json"))
        written[facts] = {str(file.relative_to(home.site)): file.read_bytes() for file in files}
    assert written[0] == written[1_000_000]
    assert {name.partition("/data/")[0] for name in written[0]} >= {"audiences/leads/TA", "audiences/own/a3"}


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
    found = [row for row in records(home, "team", "TA", day) if row.get("contact_key") == "desk/c6"]
    assert [(row["connects"], row["talk_seconds"]) for row in found if row["record_kind"] == "contact"] == [(1, 100)]


def test_the_manifest_names_one_index_per_day(home: Home) -> None:
    publish(home, "thresholds: {drill_days: 35}", agents=80, contacts=4000)
    assert len([key for key in manifest_of(home)["files"] if key.startswith("drill/")]) == 35
    assert days_with_records(home)[-1] == "2026-04-16"
    assert ("agent", "a3") in scopes_with_records(home, "2026-04-16")


def test_a_centre_without_drill_days_has_no_records(home: Home) -> None:
    publish(home, "thresholds: {drill_days: 0}")
    assert days_with_records(home) == []


def test_more_records_than_a_page_shows_are_parted_and_their_totals_are_of_all(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 200 contacts over 40 days: five a day, in parts of two; each has talked for 60 seconds.
    monkeypatch.setattr("orchestration.site.records.drill._MOST_RECORDS", 2)
    publish(home, extra="update dim_kpi set numerator_measure = 'talk_seconds' where kpi_id = 'kpi_2'")
    entry = day_index(home, "2026-04-10")["scopes"]["channel"]["web"]
    told = parts(home, "channel", "web", "2026-04-10")
    contacts = [row["contact_key"] for part in told for row in part if row["record_kind"] == "contact"]
    assert entry["count"] == sum(len(part) for part in told)
    assert all(len(part) <= 2 for part in told)
    assert len(contacts) == len(set(contacts)) == 5
    assert entry["totals"]["connects"] == 5
    assert entry["totals"]["talk_seconds"] == 300


def test_parts_of_records_stay_while_their_facts_do(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.site.records.drill._MOST_RECORDS", 2)
    publish(home)
    for count in ("41", "42", "43"):
        more = "update fct_kpi_value set n = 40 where scope_id = 'a3'"
        write_published(home.published_file, extra=more.replace("40", count))
        write_site(home, centre())
    for name in day_index(home, "2026-04-10")["blocks"]:
        assert (home.site / "data" / name).exists()


def test_records_of_one_customer_carry_the_same_mark(home: Home) -> None:
    # Contacts 2n and 2n + 1 are of one customer; the records never hold the whole pseudonym.
    publish(home, "thresholds: {drill_days: 7}", days=1, contacts=6)
    found = [row for row in records(home, "channel", "web", "2026-04-16") if row["record_kind"] == "contact"]
    marks = {row["contact_key"]: row["customer"] for row in found}
    assert marks["desk/c2"] == marks["desk/c3"] != marks["desk/c4"]
    assert {len(mark) for mark in marks.values()} == {12}


def test_everybody_who_could_rate_is_a_record_of_its_own(home: Home) -> None:
    # Ratings are recorded here: each of the five contacts of the day could have been rated, by its last handler.
    write_published(home.published_file, extra="update dim_kpi set denominator_measure = 'rating_eligible'")
    everything = parse_centre("name: Test\ntime_zone: Australia/Sydney\nsources: [{name: desk, kind: feed}]", "c")
    write_site(home, everything)
    for scope in (("team", "T0"), ("channel", "web"), ("queue", "q1"), ("centre", "centre")):
        found = records(home, *scope, "2026-04-10")
        assert sum(row.get("rating_eligible", 0) for row in found) == 5, scope
