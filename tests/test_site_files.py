"""The site's data files: one generation per manifest, names by content, nothing written twice, labels made harmless."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.centre import Centre, parse_centre
from orchestration.settings import Home
from orchestration.site import write_site
from tests.support.site_published import write_published

Table = list[dict[str, Any]]


def centre(settings: str = "thresholds: {drill_days: 7}") -> Centre:
    sources = "[{name: desk, kind: feed, not_recorded: [ratings]}]"
    return parse_centre(f"name: Test\ntime_zone: Australia/Sydney\nsources: {sources}\n{settings}", "centre.yaml")


def publish(home: Home, settings: str = "thresholds: {drill_days: 7}", **sizes: Any) -> None:
    write_published(home.published_file, **sizes)
    write_site(home, centre(settings))


def manifest_of(home: Home) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((home.site / "data" / "manifest.json").read_text(encoding="utf-8"))
    return content


def read(home: Home, key: str) -> Any:
    return json.loads((home.site / "data" / manifest_of(home)["files"][key]).read_text(encoding="utf-8"))


def rows(table: dict[str, Any]) -> Table:
    return [dict(zip(table["columns"], cells, strict=True)) for cells in table["rows"]]


def names(home: Home) -> set[str]:
    data = home.site / "data"
    return {str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_every_file_of_the_manifest_is_there_and_is_json(home: Home) -> None:
    publish(home)
    manifest = manifest_of(home)
    assert manifest["as_of_date"] == "2026-04-16"
    assert manifest["centre"] == {"name": "Test", "time_zone": "Australia/Sydney", "language": "en"}
    assert {
        "catalogue",
        "scopes",
        "health",
        "bulletin",
        "kpi/kpi_1",
        "scope/agent/a3",
        "scope/team_channel/TA|web",
    } <= set(manifest["files"])
    for name in [*manifest["files"].values(), *manifest["tables"].values()]:
        json.loads((home.site / "data" / name).read_text(encoding="utf-8"))


def test_file_names_never_hold_an_id(home: Home) -> None:
    publish(
        home,
        extra="update dim_scope set scope_id = '../../etc' where scope_id = 'a3';"
        "update fct_kpi_value set scope_id = '../../etc' where scope_id = 'a3'",
    )
    name = manifest_of(home)["files"]["scope/agent/../../etc"]
    assert name.startswith("scope/agent/")
    assert ".." not in name


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


def test_the_same_data_write_no_file_again(home: Home) -> None:
    publish(home)
    before = {name: (home.site / "data" / name).stat().st_mtime_ns for name in names(home) if name != "manifest.json"}
    (result,) = write_site(home, centre())
    assert result.files_written == 0
    assert before == {
        name: (home.site / "data" / name).stat().st_mtime_ns for name in names(home) if name != "manifest.json"
    }


def test_only_what_changed_is_written_again(home: Home) -> None:
    publish(home)
    before = manifest_of(home)["files"]
    write_published(
        home.published_file, extra="update fct_kpi_value set n = 41 where scope_id = 'a3' and period_kind = 'all'"
    )
    write_site(home, centre())
    after = manifest_of(home)["files"]
    assert {key for key in after if after[key] != before[key]} == {"scope/agent/a3"}


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


def test_files_of_the_generation_before_stay_and_older_ones_go(home: Home) -> None:
    generations = []
    more = "update fct_kpi_value set n = 40 where scope_id = 'a3'"
    for count in (40, 41, 42):
        write_published(home.published_file, extra=more.replace("40", str(count)))
        write_site(home, centre())
        generations.append(manifest_of(home)["files"]["scope/agent/a3"])
    assert names(home) >= set(generations[1:])
    assert generations[0] not in names(home)


def test_a_lost_memory_drops_nothing_that_a_reader_may_hold(home: Home) -> None:
    publish(home)
    first = manifest_of(home)["files"]["scope/agent/a3"]
    (home.state / "site" / "all.json").unlink()
    write_published(home.published_file, extra="update fct_kpi_value set n = 41 where scope_id = 'a3'")
    write_site(home, centre())
    assert first in names(home)


def test_a_failure_leaves_the_manifest_in_place(home: Home) -> None:
    publish(home)
    before = manifest_of(home)
    write_published(home.published_file, extra="drop table dim_kpi_action; update fct_kpi_value set n = 41")
    with pytest.raises(duckdb.Error):
        write_site(home, centre())
    assert manifest_of(home) == before


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


def test_the_shown_sql_runs_on_the_published_file(home: Home) -> None:
    publish(home)
    shown = manifest_of(home)["sql"]
    assert {
        "scope_values",
        "kpi_values",
        "catalogue",
        "scopes",
        "health_files",
        "bulletin",
        "half_hour",
        "drill",
    } <= set(shown)
    values = {"scope_kind": "'agent'", "scope_id": "'a3'", "kpi_id": "'kpi_1'", "date": "'2026-04-10'"}
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        for name, text in shown.items():
            for parameter, literal in values.items():
                text = text.replace(f"${parameter}", literal)
            assert connection.execute(text).description, name


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
