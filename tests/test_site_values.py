"""What stands in the site's files of values: latest, history, ranks, bulletin; labels made harmless."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from orchestration.settings import Home
from tests.support.pages_reader import shown
from tests.support.site_home import publish, read, rows


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_the_latest_values_stand_in_full_and_the_history_in_arrays(home: Home) -> None:
    publish(home)
    file = read(home, "scope/agent/a3")
    days = [row for row in rows(file["values"]) if row["kpi_id"] == "kpi_2" and row["period_kind"] == "day"]
    assert [row["period_start"] for row in days] == [f"2026-04-{day:02d}" for day in range(9, 17)]
    assert days[0]["value"] == 2.003
    series = next(row for row in rows(file["series"]) if (row["kpi_id"], row["period_kind"]) == ("kpi_2", "day"))
    assert file["periods"]["day"][0] == "2026-03-08"
    assert file["periods"]["day"][-1] == "2026-04-16"
    assert series["first_place"] == 0
    assert series["places"] is None
    assert series["value"] == [2.003] * 40
    assert series["lower_bound"] == [0.98]
    assert series["upper_bound"] == [None]


def test_the_letters_of_a_series_say_status_and_verdict_of_each_period(home: Home) -> None:
    publish(home)
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        expected = connection.execute(
            """
            select string_agg(if(status = 'in_band', 'ig', 'lb'), '' order by period_start)
            from scorecard.fct_kpi_value
            where scope_id = 'a3' and kpi_id = 'kpi_2' and period_kind = 'day'
            """
        ).fetchone()
    series = [row for row in rows(read(home, "scope/agent/a3")["series"]) if row["kpi_id"] == "kpi_2"]
    assert [row["look"] for row in series if row["period_kind"] == "day"] == [*(expected or ())]


def test_a_period_missing_in_between_keeps_the_others_at_their_places(home: Home) -> None:
    publish(home, extra="delete from fct_kpi_value where scope_id = 'a3' and period_start = date '2026-04-10'")
    series = next(row for row in rows(read(home, "scope/agent/a3")["series"]) if row["period_kind"] == "day")
    missing = read(home, "scope/agent/a3")["periods"]["day"].index("2026-04-10")
    assert series["places"] == [place for place in range(40) if place != missing]
    assert len(series["value"]) == 39


def test_days_are_kept_for_the_day_points_and_weeks_for_ever(home: Home) -> None:
    publish(home, "thresholds: {site_day_points: 10, drill_days: 1}")
    periods = read(home, "scope/centre/centre")["periods"]
    assert periods["day"][0] == "2026-04-07"
    assert len(periods["day"]) == 10
    assert len(periods["week"]) == 7


def test_changes_are_worked_out_against_the_day_and_the_week_before(home: Home) -> None:
    publish(
        home,
        extra="""
        update fct_kpi_value set value = 5
        where scope_id = 'a3' and kpi_id = 'kpi_1' and period_start = date '2026-04-15';
        update fct_kpi_value set value = 3
        where scope_id = 'a3' and kpi_id = 'kpi_1' and period_start = date '2026-04-09';
        update fct_kpi_value set value = 4
        where scope_id = 'a3' and kpi_id = 'kpi_1' and period_start = date '2026-04-16';
        """,
    )
    last = next(
        row
        for row in rows(read(home, "scope/agent/a3")["values"])
        if (row["kpi_id"], row["period_kind"], row["period_start"]) == ("kpi_1", "day", "2026-04-16")
    )
    assert (last["previous_value"], last["change"]) == (5.0, -1.0)
    assert (last["previous_weekday_value"], last["weekday_change"]) == (3.0, 1.0)


def test_out_since_is_the_end_of_the_last_day_in_band(home: Home) -> None:
    publish(
        home,
        extra="""
        update fct_kpi_value set status = 'in_band', verdict = 'good' where scope_id = 'a3' and period_kind = 'day';
        update fct_kpi_value set status = 'above_band', verdict = 'bad'
        where scope_id = 'a3' and period_kind = 'day' and period_start >= date '2026-04-12';
        """,
    )
    days = {
        row["period_start"]: row["out_since"]
        for row in rows(read(home, "scope/agent/a3")["values"])
        if row["kpi_id"] == "kpi_1" and row["period_kind"] == "day"
    }
    assert days["2026-04-16"] == "2026-04-12"
    assert days["2026-04-12"] == "2026-04-12"
    assert days["2026-04-11"] is None


def test_labels_lose_control_and_direction_marks_and_nothing_else(home: Home) -> None:
    hostile = (
        "chr(8238) || 'x<script>alert(\"1\")</script>' || chr(10) || '李' || chr(7) || chr(8207) || '=1+1 ${x} {{y}}'"
    )
    publish(home, extra="update dim_scope set scope_name = $hostile where scope_id = 'a3'".replace("$hostile", hostile))
    name = read(home, "scope/agent/a3")["scope"]["scope_name"]
    assert name == 'x<script>alert("1")</script>李=1+1 ${x} {{y}}'


def test_numbers_that_are_no_json_are_left_out(home: Home) -> None:
    publish(home, extra="update fct_kpi_value set p50 = 'nan'::double, p90 = 'inf'::double where scope_id = 'a3'")
    values = rows(read(home, "scope/agent/a3")["values"])
    assert {(row["p50"], row["p90"]) for row in values} == {(None, None)}


def test_ranks_go_by_the_unpleasant_bound_of_the_interval(home: Home) -> None:
    # Higher is better: the lower bound counts, so 8 of 8 with a wide interval stands behind 97 of 100.
    publish(
        home,
        extra="""
        update fct_kpi_value set value = 1.0, ci_lower = 0.676 where scope_id = 'a1' and kpi_id = 'kpi_1';
        update fct_kpi_value set value = 0.97, ci_lower = 0.915 where scope_id = 'a2' and kpi_id = 'kpi_1';
        update fct_kpi_value set status = 'insufficient_sample' where scope_id = 'a4' and kpi_id = 'kpi_1';
        """,
    )
    ranks = {
        row["scope_id"]: row["rank"]
        for row in rows(read(home, "kpi/kpi_1")["values"])
        if row["scope_kind"] == "agent" and (row["period_kind"], row["period_start"]) == ("month", "2026-04-01")
    }
    assert ranks["a2"] < ranks["a1"]
    assert ranks["a4"] is None


def test_the_bulletin_names_who_left_the_band_today(home: Home) -> None:
    publish(
        home,
        extra="""
        update fct_kpi_value set status = 'in_band', verdict = 'good' where period_kind = 'day';
        update fct_kpi_value set status = 'below_band', verdict = 'bad'
        where scope_id in ('a3', 'web') and kpi_id = 'kpi_1' and period_kind = 'day'
            and period_start = date '2026-04-16';
        """,
    )
    bulletin = read(home, "bulletin")
    assert bulletin["days"][0] == "2026-04-16"
    today = [row for row in rows(bulletin["values"]) if row["day"] == "2026-04-16" and row["verdict"] != "good"]
    assert {(row["scope_id"], row["previous_verdict"]) for row in today} == {("a3", "good"), ("web", "good")}


def test_health_says_what_a_source_does_not_record(home: Home) -> None:
    publish(home)
    health = read(home, "health")
    assert health["not_recorded"]["rows"] == [["desk", "ratings"]]
    assert rows(health["equation"])[0]["is_balanced"] is True
    assert rows(health["quarantine"])[0]["remedy"] == "use web"


def test_a_value_just_under_a_half_keeps_its_last_digit_when_the_page_rounds_it(home: Home) -> None:
    # 0.88496 % with two decimals is 0.88 %; rounded to 0.885 % in the file it would be 0.89 % on the page.
    # 123.4549 seconds with two decimals are 123.45; rounded to 123.455 they would be 123.46.
    publish(
        home,
        extra="""
        update fct_kpi_value set value = 0.0088496 where scope_id = 'a3' and kpi_id = 'kpi_1';
        update fct_kpi_value set value = 123.4549 where scope_id = 'a3' and kpi_id = 'kpi_2';
        """,
    )
    file = read(home, "scope/agent/a3")
    latest = {(row["kpi_id"], row["value"]) for row in rows(file["values"])}
    history = {(row["kpi_id"], value) for row in rows(file["series"]) for value in row["value"]}
    ranked = {row["value"] for row in rows(read(home, "kpi/kpi_1")["values"]) if row["scope_id"] == "a3"}
    assert latest == history == {("kpi_1", 0.0088496), ("kpi_2", 123.4549)}
    assert {shown(value, "share", 2) for value in ranked} == {"0.88 %"}
    assert {shown(value, "points", 2) for _, value in history if value > 1} == {"123.45"}
