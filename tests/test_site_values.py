"""What stands in the site's files of values: latest, history, ranks, bulletin; labels made harmless."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home.paths import Home
from tests.support.pages_reader import shown
from tests.support.site_home import history, publish, ranking, read, rows


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def series_of(home: Home, part: str, kpi: str, kind: str) -> dict[str, Any]:
    """The line of agent a3 in a file of his: 'scope' has what is open, 'history' what is closed."""
    file = read(home, "scope/agent/a3") if part == "scope" else history(home, "scope/agent/a3")
    return next(row for row in rows(file["series"]) if (row["kpi_id"], row["period_kind"]) == (kpi, kind))


def test_open_periods_stand_apart_from_closed_ones_each_in_arrays(plain: Home) -> None:
    # The last day is 16 April: what was over before April is closed.
    assert read(plain, "scope/agent/a3")["periods"]["day"] == [f"2026-04-{day:02d}" for day in range(1, 17)]
    assert history(plain, "scope/agent/a3")["periods"]["day"] == [f"2026-03-{day:02d}" for day in range(8, 32)]
    assert read(plain, "scope/agent/a3")["ends"]["week"][-1] == "2026-04-20"
    open_days, closed_days = series_of(plain, "scope", "kpi_2", "day"), series_of(plain, "history", "kpi_2", "day")
    for series, count in ((open_days, 16), (closed_days, 24)):
        assert series["first_place"] == 0
        assert series["places"] is None
        assert series["value"] == [2.003] * count
        assert series["lower_bound"] == [0.98]
        assert series["upper_bound"] is None


def test_what_stands_behind_a_value_is_given_for_open_days_and_closed_months(home: Home) -> None:
    publish(home, extra="update fct_kpi_value set p50 = 12.5 where scope_id = 'a3'")
    for file, kinds in (
        (read(home, "scope/agent/a3"), {"day", "week", "month", "quarter", "year", "all"}),
        (history(home, "scope/agent/a3"), {"month", "quarter"}),
    ):
        details = [
            row for row in rows(file["details"]) if row["kpi_id"] == "kpi_1" and "trail" not in row["period_kind"]
        ]
        assert {row["period_kind"] for row in details} == kinds
        assert all(row["p50"] == [12.5] for row in details)


def test_the_letters_of_a_series_say_status_and_verdict_of_each_period(plain: Home) -> None:
    with duckdb.connect(str(plain.published_file), read_only=True) as connection:
        expected = connection.execute(
            """
            select string_agg(if(status = 'in_band', 'ig', 'lb'), '' order by period_start)
            from scorecard.fct_kpi_value
            where scope_id = 'a3' and kpi_id = 'kpi_2' and period_kind = 'day'
            """
        ).fetchone()
    looks = [series_of(plain, part, "kpi_2", "day")["look"] for part in ("history", "scope")]
    assert ["".join(looks)] == [*(expected or ())]


def test_every_status_and_verdict_has_a_letter_of_its_own_and_what_may_be_chance_another(home: Home) -> None:
    said = {
        ("no_data", "none", "none"): "n-",
        ("insufficient_sample", "none", "none"): "s-",
        ("below_band", "bad", "clear"): "lb",
        ("below_band", "bad", "none"): "lb",
        ("below_band", "watch", "clear"): "lw",
        ("below_band", "watch", "chance"): "lc",
        ("in_band", "good", "none"): "ig",
        ("above_band", "too_good", "clear"): "at",
    }
    told = "".join(
        f"update fct_kpi_value set status = '{status}', verdict = '{verdict}', evidence = '{evidence}' "  # noqa: S608
        f"where scope_id = 'a3' and kpi_id = 'kpi_2' and period_start = date '2026-04-{day:02d}';"
        for day, (status, verdict, evidence) in enumerate(said, start=1)
    )
    publish(home, extra=told)
    assert series_of(home, "scope", "kpi_2", "day")["look"].startswith("".join(said.values()))


def test_a_denominator_is_written_only_where_it_is_not_the_sample(home: Home) -> None:
    publish(
        home,
        extra="""
        update fct_kpi_value set denominator = n where scope_id = 'a3';
        update fct_kpi_value set denominator = n + 1
        where scope_id = 'a3' and kpi_id = 'kpi_2' and period_start = date '2026-04-03';
        """,
    )
    assert series_of(home, "scope", "kpi_1", "day")["denominator"] is None
    series = series_of(home, "scope", "kpi_2", "day")
    assert [shown - sample for shown, sample in zip(series["denominator"], series["n"], strict=True)] == (
        [0.0, 0.0, 1.0] + [0.0] * 13
    )


def test_a_period_missing_in_between_keeps_the_others_at_their_places(home: Home) -> None:
    publish(home, extra="delete from fct_kpi_value where scope_id = 'a3' and period_start = date '2026-04-10'")
    series = series_of(home, "scope", "kpi_1", "day")
    assert series["places"] == [place for place in range(16) if place != 9]
    assert len(series["value"]) == 15


def test_days_are_kept_for_at_least_the_day_points_and_weeks_for_ever(home: Home) -> None:
    publish(home, "thresholds: {site_day_points: 20, drill_days: 1}")
    files = (history(home, "scope/centre/centre"), read(home, "scope/centre/centre"))
    days = [day for file in files for day in file["periods"].get("day", [])]
    # Twenty days back from 16 April is 28 March; the files of a whole month begin at 19 March (1 April - 20 + 8 - 1).
    assert days[0] == "2026-03-20"
    assert days[-1] == "2026-04-16"
    assert sum(len(file["periods"]["week"]) for file in files) == 7


def test_labels_lose_control_and_direction_marks_and_nothing_else(home: Home) -> None:
    hostile = (
        "chr(8238) || 'x<script>alert(\"1\")</script>' || chr(10) || '李' || chr(7) || chr(8207) || '=1+1 ${x} {{y}}'"
    )
    publish(home, extra="update dim_scope set scope_name = $hostile where scope_id = 'a3'".replace("$hostile", hostile))
    name = read(home, "scope/agent/a3")["scope"]["scope_name"]
    assert name == 'x<script>alert("1")</script>李=1+1 ${x} {{y}}'


def test_numbers_that_are_no_json_are_left_out(home: Home) -> None:
    publish(home, extra="update fct_kpi_value set p50 = 'nan'::double, p90 = 'inf'::double where scope_id = 'a3'")
    details = rows(read(home, "scope/agent/a3")["details"])
    assert {(row["p50"], row["p90"]) for row in details} == {(None, None)}


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
        for row in rows(ranking(home, "kpi_1", "month", "2026-04-01"))
        if row["scope_kind"] == "agent"
    }
    assert ranks["a2"] < ranks["a1"]
    assert ranks["a4"] is None


def test_places_are_given_anew_where_a_kpi_is_better_on_the_other_side(home: Home) -> None:
    def best_first() -> list[str]:
        told = rows(ranking(home, "kpi_1", "month", "2026-04-01"))
        agents = [row for row in told if row["scope_id"] in ("a1", "a2")]
        return [row["scope_id"] for row in sorted(agents, key=lambda row: int(row["rank"]))]

    bounds = "update fct_kpi_value set ci_lower = value, ci_upper = value"
    publish(home, extra=bounds)
    assert best_first() == ["a2", "a1"]
    # No value and no verdict is another one.
    publish(home, extra=f"{bounds}; update dim_kpi set direction = 'lower'")  # noqa: S608
    assert best_first() == ["a1", "a2"]


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


def test_who_is_less_bad_by_chance_only_has_not_improved(home: Home) -> None:
    publish(
        home,
        extra="""
        update fct_kpi_value set status = 'below_band', verdict = 'bad', evidence = 'clear' where period_kind = 'day';
        update fct_kpi_value set verdict = 'watch', evidence = if(scope_id = 'a2', 'chance', 'clear')
        where scope_id in ('a2', 'a3') and kpi_id = 'kpi_1' and period_kind = 'day'
            and period_start = date '2026-04-16';
        """,
    )
    agents = [row for row in rows(read(home, "bulletin")["values"]) if row["scope_kind"] == "agent"]
    assert {(row["scope_id"], row["verdict"], row["previous_verdict"]) for row in agents} == {("a3", "watch", "bad")}


def test_health_says_what_a_source_does_not_record(plain: Home) -> None:
    health = read(plain, "health")
    assert health["not_recorded"]["rows"] == [["desk", "ratings"]]
    assert rows(health["equation"])[0]["is_balanced"] is True
    assert rows(health["quarantine"])[0]["remedy"] == "use web"


def test_health_names_the_days_on_which_states_of_agents_are_missing(home: Home) -> None:
    publish(home, extra="delete from fct_agent_day where agent_date < '2026-04-15'")
    found = [(row["agent_date"], row["agents_without_states"]) for row in rows(read(home, "health")["states"])]
    assert found == [("2026-04-16", 1), ("2026-04-15", 1)]


def test_health_names_codes_on_no_list_and_records_of_another_class(plain: Home) -> None:
    found = [
        (row["code"], row["is_known"], row["records_of_another_class"]) for row in rows(read(plain, "health")["codes"])
    ]
    assert found == [("S9", False, 0), ("AT-01", True, 1)]


def test_the_policy_is_told_in_words_and_what_it_lacks_on_data_health(plain: Home) -> None:
    told = [(row["section"], row["version"], row["position"], row["text_zh"]) for row in rows(read(plain, "policy"))]
    assert told == [
        ("assessment", "2026-1", 1, "质检：40 分。"),
        ("assessment", "2026-1", 2, "95 分及以上为优秀。"),
        ("points", "points[0]", 1, "缺少 rules.RG4。"),
    ]
    assert rows(read(plain, "health")["policies"]) == [
        {
            "policy_section": "points",
            "policy_version": "points[0]",
            "valid_from": None,
            "missing_keys": "version, rules.RG4",
        }
    ]


def test_the_lists_of_codes_hold_what_a_list_knows(plain: Home) -> None:
    assert [(row["code"], row["name_zh"]) for row in rows(read(plain, "codes"))] == [("AT-01", "语气生硬")]


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
    values = {
        (row["kpi_id"], value)
        for file in (read(home, "scope/agent/a3"), history(home, "scope/agent/a3"))
        for row in rows(file["series"])
        for value in row["value"]
    }
    ranked = {row["value"] for row in rows(ranking(home, "kpi_1", "month", "2026-04-01")) if row["scope_id"] == "a3"}
    assert values == {("kpi_1", 0.0088496), ("kpi_2", 123.4549)}
    assert ranked == {0.0088496}
    assert shown(0.0088496, "share", 2) == "0.88 %"
    assert shown(123.4549, "points", 2) == "123.45"


def test_a_kpi_has_its_trend_and_a_ranking_for_every_period(home: Home) -> None:
    publish(
        home,
        extra="update fct_kpi_value set value = 5 where scope_id = 'a3' and kpi_id = 'kpi_1' and period_kind = 'month' "
        "and period_start = date '2026-04-01'",
    )
    file = read(home, "kpi/kpi_1")
    assert {row["scope_kind"] for row in rows(file["trend"])} == {"centre"}
    assert sorted(file["periods"]["month"]) == ["2026-03-01", "2026-04-01"]
    assert len(file["periods"]["week"]) == 7
    (row,) = [row for row in rows(ranking(home, "kpi_1", "month", "2026-04-01")) if row["scope_id"] == "a3"]
    assert (row["value"], row["previous_value"], row["change"]) == (5.0, 1.003, 3.997)


def test_agents_are_compared_with_their_team_in_a_file_of_the_team(plain: Home) -> None:
    # Odd agents are of team A: 1, 3, 5, 7, 9, 11 thousandths above the KPI's number, 6 on the average.
    row = next(
        row for row in rows(read(plain, "peers/team/TA")) if (row["kpi_id"], row["period_kind"]) == ("kpi_1", "month")
    )
    assert (row["peer_value"], row["peer_n"], row["peer_scope_name"]) == (1.006, 6, "Team A")
