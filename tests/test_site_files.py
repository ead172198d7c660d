"""The site's data files: one generation per manifest, names by content, nothing written twice."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from orchestration.home.paths import Home
from orchestration.site.publisher import write_site
from tests.support.site_home import centre, manifest_of, names, publish
from tests.support.site_published import write_published


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_every_file_of_the_manifest_is_there_and_is_json(plain: Home) -> None:
    manifest = manifest_of(plain)
    assert manifest["as_of_date"] == "2026-04-16"
    assert manifest["centre"] == {
        "name": "Test",
        "time_zone": "Australia/Sydney",
        "language": "en",
        "currency": "CNY",
    }
    assert {
        "catalogue",
        "scopes",
        "health",
        "bulletin",
        "kpi/kpi_1",
        "scope/agent/a3",
        "scope/team_channel/TA|web",
        "complaints/centre/centre",
        "complaint_records",
        "causes/centre/centre",
        "rubric/centre/centre",
        "training/centre/centre",
        "error_records",
        "monitoring/centre/centre",
        "cascade/team/TA",
        "control_records",
        "mention_sites",
        "voice_records",
        "balance",
        "exits/team/TA",
        "leader_months",
        "team_records",
        "self_reports",
        "points/centre/centre",
        "points/team/TA",
        "ledger/team/TB",
        "contest_standings",
        "rewards",
        "piece_rates",
        "index/team/TA",
    } <= set(manifest["files"])
    for name in [*manifest["files"].values(), *manifest["tables"].values()]:
        json.loads((plain.site / "data" / name).read_text(encoding="utf-8"))


def test_file_names_never_hold_an_id(home: Home) -> None:
    publish(
        home,
        extra="update dim_scope set scope_id = '../../etc' where scope_id = 'a3';"
        "update fct_kpi_value set scope_id = '../../etc' where scope_id = 'a3'",
    )
    name = manifest_of(home)["files"]["scope/agent/../../etc"]
    assert name.startswith("scope/agent/")
    assert ".." not in name


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


def test_a_scope_that_gets_its_first_values_is_not_read_for_what_is_closed(home: Home) -> None:
    def closed_mark() -> str:
        state = json.loads((home.state / "site" / "all.json").read_text(encoding="utf-8"))
        return str(state["scope"]["agent/a3"]["closed_mark"])

    publish(home, extra="delete from fct_kpi_value where scope_id = 'a3'")
    without_values = closed_mark()
    publish(home, extra="delete from fct_kpi_value where scope_id = 'a3' and period_end <= date '2026-04-01'")
    with_open_values = closed_mark()
    publish(home)

    assert with_open_values == without_values
    assert closed_mark() != without_values


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


def test_the_shown_sql_runs_on_the_published_file(plain: Home) -> None:
    shown = manifest_of(plain)["sql"]
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
    with duckdb.connect(str(plain.published_file), read_only=True) as connection:
        for name, text in shown.items():
            for parameter, literal in values.items():
                text = text.replace(f"${parameter}", literal)
            assert connection.execute(text).description, name
