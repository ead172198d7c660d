"""Every record stands in one block of its kind; put together they are drill.sql's rows, scope by scope."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home.paths import Home
from tests.support.site_home import manifest_of, publish
from tests.support.site_records import blocks, day_index, records, scopes_with_records

DAY = "2026-04-16"
"""The last day: one contact of every agent, `desk/c0` of a1, `desk/c1` of a2 and so on."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def publish_day(home: Home, extra: str = "") -> None:
    """Publish 6 agents with a contact of 60 seconds each, all on the last day; `extra` changes the file before."""
    timed = "update dim_kpi set numerator_measure = 'talk_seconds' where kpi_id = 'kpi_2';"
    publish(home, "thresholds: {drill_days: 1}", agents=6, days=1, contacts=6, extra=timed + extra)


def legs_of(home: Home, contact: str) -> list[tuple[str, str]]:
    """(agent, name of the block) of every leg of a contact, in all blocks of the day."""
    return [
        (row["agent_id"], name)
        for name, found in blocks(home, DAY).items()
        for row in found
        if row["record_kind"] == "leg" and row.get("contact_key") == contact
    ]


def told(home: Home, kind: str, scope_id: str, contact: str) -> list[tuple[Any, ...]]:
    """(kind of record, agents, connects, talk seconds) of a contact in a scope."""
    return [
        (row["record_kind"], row["agent_id"], row["connects"], row["talk_seconds"])
        for row in records(home, kind, scope_id, DAY)
        if row.get("contact_key") == contact and row["record_kind"] in ("leg", "contact")
    ]


def another_leg(agent: str, contact: str) -> str:
    """SQL that gives a contact a second leg, of 40 seconds."""
    return f"""
        insert into fct_contact_leg by name
        select * replace (leg_key || 'b' as leg_key, '{agent}' as agent_id, 40 as talk_seconds)
        from fct_contact_leg where contact_id = '{contact}' limit 1;
    """  # noqa: S608 - the test's own


def test_a_contact_with_legs_of_two_teams_is_a_leg_in_each_and_merged_above_them(home: Home) -> None:
    # c0 is of a1 (team A), then of a2 (team B); both teams are of T0.
    publish_day(home, another_leg("a2", "c0"))
    legs = legs_of(home, "desk/c0")
    assert sorted(agent for agent, _ in legs) == ["a1", "a2"]
    assert len({block for _, block in legs}) == 2
    assert told(home, "agent", "a1", "desk/c0") == [("leg", "a1", 1, 60)]
    assert told(home, "team", "TA", "desk/c0") == [("contact", "a1", 1, 60)]
    assert told(home, "team", "TB", "desk/c0") == [("contact", "a2", 1, 40)]
    assert told(home, "team", "T0", "desk/c0") == [("contact", "a1, a2", 1, 100)]


def test_a_contact_twice_in_a_team_is_merged_there_and_two_legs_for_its_agents(home: Home) -> None:
    # c0 is of a1, then of a3: both of team A.
    publish_day(home, another_leg("a3", "c0"))
    assert sorted(agent for agent, _ in legs_of(home, "desk/c0")) == ["a1", "a3"]
    assert told(home, "agent", "a3", "desk/c0") == [("leg", "a3", 1, 40)]
    assert told(home, "team", "TA", "desk/c0") == [("contact", "a1, a3", 1, 100)]
    assert told(home, "team", "T0", "desk/c0") == [("contact", "a1, a3", 1, 100)]
    assert told(home, "team", "TB", "desk/c0") == []


def test_a_contact_twice_with_the_same_agent_counts_once_in_his_team(home: Home) -> None:
    publish_day(home, another_leg("a1", "c0"))
    assert told(home, "team", "TA", "desk/c0") == [("contact", "a1", 1, 100)]
    assert sorted(told(home, "agent", "a1", "desk/c0")) == [("leg", "a1", 1, 40), ("leg", "a1", 1, 60)]


def test_a_refused_offer_and_a_leg_in_a_team_are_one_contact_there(home: Home) -> None:
    publish_day(
        home,
        """
        insert into fct_agent_offer by name
        select contact_key, 'a3' as agent_id, connected_at as offered_at, contact_date, agent_date, channel, queue_id,
            is_test, 1 as connect_attempts, 0 as connects
        from fct_contact_leg where contact_id = 'c0';
        """,
    )
    found = [row for row in records(home, "team", "TA", DAY) if row.get("contact_key") == "desk/c0"]
    assert [(row["agent_id"], row["connect_attempts"], row["connects"]) for row in found] == [("a1, a3", 1, 1)]
    assert [row["record_kind"] for row in records(home, "agent", "a3", DAY) if row.get("contact_key") == "desk/c0"] == [
        "offer"
    ]


def test_an_agent_in_two_teams_at_a_time_has_his_records_in_one_block_of_both(home: Home) -> None:
    publish_day(
        home,
        "insert into bridge_agent_team_day select 'a1', agent_date, 'TB', false from bridge_agent_team_day limit 1",
    )
    ((_, block),) = legs_of(home, "desk/c0")
    index = day_index(home, DAY)["scopes"]
    number = day_index(home, DAY)["blocks"].index(block)
    holding = {scope for scope, entry in index["team"].items() if any(number in part for part in entry["parts"])}
    assert holding == {"T0", "TA", "TB"}
    # Nobody else is in both teams.
    assert {row["agent_id"] for row in blocks(home, DAY)[block]} == {"a1"}
    assert told(home, "team", "TB", "desk/c0") == told(home, "team", "TA", "desk/c0") == [("contact", "a1", 1, 60)]


def test_an_agent_who_moved_between_two_legs_of_a_contact_has_one_in_each_team(home: Home) -> None:
    # c0 goes on after midnight with the same agent, who is of team B from that day on.
    moved = """
        update fct_contact_leg set agent_date = agent_date + 1 where leg_key like '%b';
        insert into bridge_agent_team_day
        select distinct 'a1', date '2026-04-17', unnest(['TB', 'T0']), true from bridge_agent_team_day;
    """
    publish_day(home, another_leg("a1", "c0") + moved)
    assert len({block for _, block in legs_of(home, "desk/c0")}) == 2
    assert told(home, "team", "TA", "desk/c0") == [("contact", "a1", 1, 60)]
    assert told(home, "team", "TB", "desk/c0") == [("contact", "a1", 1, 40)]
    assert told(home, "team", "T0", "desk/c0") == [("contact", "a1", 1, 100)]
    assert len(told(home, "agent", "a1", "desk/c0")) == 2


def test_the_records_of_an_agent_without_a_team_are_his_alone(home: Home) -> None:
    publish_day(home, "delete from bridge_agent_team_day where agent_id = 'a1'")
    assert told(home, "agent", "a1", "desk/c0") == [("leg", "a1", 1, 60)]
    assert [told(home, "team", team, "desk/c0") for team in ("TA", "T0")] == [[], []]
    assert told(home, "centre", "centre", "desk/c0") == [("contact", "a1", 1, 60)]


def test_every_record_is_written_once_for_agents_once_for_channels_and_once_for_queues(home: Home) -> None:
    # Twelve contacts of a day; c5 has a rating, c7 a review, and every agent a working day.
    publish(home, "thresholds: {drill_days: 1}", agents=6, days=1, contacts=12)
    written = Counter(
        (row["record_kind"], row.get("contact_key") or row["agent_id"])
        for found in blocks(home, DAY).values()
        for row in found
    )
    by_kind = {kind: {count for (of_kind, _), count in written.items() if of_kind == kind} for kind, _ in written}
    # Ratings and reviews are short: they stand with the agent, the channel and the queue; working days with the centre.
    assert by_kind == {"leg": {1}, "contact": {1}, "visit": {1}, "rating": {3}, "review": {3}, "agent_day": {2}}


def test_what_has_no_channel_is_of_the_centre_only(home: Home) -> None:
    publish_day(home, "update fct_contact set channel = null where contact_id = 'c0'")
    assert told(home, "channel", "web", "desk/c0") == []
    assert told(home, "centre", "centre", "desk/c0") == [("contact", "a1", 1, 60)]
    kinds = {row["record_kind"] for row in records(home, "channel", "web", DAY)}
    assert "agent_day" not in kinds


def test_columns_that_say_nothing_are_in_no_table(home: Home) -> None:
    publish_day(home, "update fct_contact_leg set connect_attempts = 0")
    told_of = {
        name: found for name, found in blocks(home, DAY).items() if any(row["record_kind"] == "leg" for row in found)
    }
    for found in told_of.values():
        for row in found:
            assert "connect_attempts" not in row
            assert ("connects" in row) == (row["record_kind"] == "leg")


def test_totals_of_a_team_count_its_merged_contacts_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.site.records.drill._MOST_RECORDS", 2)
    publish_day(home, another_leg("a3", "c0"))
    entry = day_index(home, DAY)["scopes"]["team"]["TA"]
    # Contacts of a1, a3 and a5, and their working days: six records, 60 + 40, 60 and 60 seconds.
    assert len(entry["parts"]) > 1
    assert entry["count"] == len(records(home, "team", "TA", DAY)) == 6
    assert (entry["totals"]["connects"], entry["totals"]["talk_seconds"]) == (3, 220)


def rows_of_drill_sql(home: Home, kind: str, day: str) -> dict[str, Counter[tuple[Any, ...]]]:
    """Scope -> the rows that the SQL of the pages gives, without measures of 0."""
    text = manifest_of(home)["sql"]["drill"].replace("$date", f"'{day}'").replace("$scope_kind", f"'{kind}'")
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        cursor = connection.execute(text.replace("$scope_id", "null"))
        names = [column[0] for column in cursor.description]
        found: dict[str, Counter[tuple[Any, ...]]] = {}
        for cells in cursor.fetchall():
            row = dict(zip(names, cells, strict=True))
            found.setdefault(row["scope_id"], Counter())[canonical(row)] += 1
    return found


COMPARED = (
    "contact_key", "review_id", "rating_id", "channel", "direction", "queue_id", "agent_id", "reviewer_id", "end_kind",
    "outcome", "exit_reason", "customer", "started_at", "ended_at", "landing_file", "record_number", "line_number",
)  # fmt: skip


def canonical(row: dict[str, Any]) -> tuple[Any, ...]:
    """A row of the SQL or of a block in one form: attributes, then the measures that are not 0."""
    attributes = [row["record_kind"], *(instant(row.get(name)) for name in COMPARED)]
    measures = sorted(
        (name, round(float(value), 6)) for name, value in row.items() if name in MEASURES and value not in (None, 0)
    )
    return (*attributes, *measures)


def instant(value: Any) -> Any:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if hasattr(value, "strftime") else value


MEASURES: set[str] = set()
"""Of the published file that is being compared."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["agent", "team", "team_channel", "queue", "channel", "centre"])
def test_put_together_the_blocks_are_the_rows_of_drill_sql(sample_home: Home, kind: str) -> None:
    with duckdb.connect(str(sample_home.published_file), read_only=True) as connection:
        MEASURES.update(
            row[0]
            for row in connection.execute(
                "select unnest([numerator_measure, denominator_measure]) from scorecard.dim_kpi"
            ).fetchall()
        )
        days = connection.execute(
            "select contact_date::varchar from scorecard.fct_contact group by 1 order by count(*) desc, 1 limit 1"
        ).fetchall()
    day = days[0][0]
    expected = rows_of_drill_sql(sample_home, kind, day)
    compared = 0
    for scope_id, rows in expected.items():
        found = Counter(canonical(row) for row in records(sample_home, kind, scope_id, day))
        assert found == rows, scope_id
        compared += sum(rows.values())
    assert compared > 500
    if kind != "team_channel":
        assert {scope for of_kind, scope in scopes_with_records(sample_home, day) if of_kind == kind} == set(expected)
