"""What makes a gap, as pages get it: every part to the reader of everything, to others their own and the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.home.paths import Home
from tests.support.site_audiences import data_of, publish
from tests.support.site_home import rows

Row = dict[str, Any]


def gap_file(folder: Path, kind: str = "month") -> dict[str, list[Row]] | None:
    """The wholes and parts of the first KPI in its latest period of a kind; None where nothing is told."""
    manifest = json.loads((folder / "manifest.json").read_text())
    if "impact" not in manifest["files"]:
        return None
    index = json.loads((folder / manifest["files"]["impact"]).read_text())
    file, _ = index["kpi_1"][kind][max(index["kpi_1"][kind])]
    return {name: rows(table) for name, table in json.loads((folder / file).read_text()).items()}


def parts_of(told: dict[str, list[Row]] | None, whole: str, split: str = "agent") -> dict[str, Row]:
    assert told is not None
    return {row["part_id"]: row for row in told["parts"] if (row["whole_id"], row["split"]) == (whole, split)}


@pytest.fixture(scope="module")
def of_twelve(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("twelve"))
    publish(home, "{name: leads, scope: team, ids: [TA]}, {name: own, scope: agent, ids: [a1]}")
    return home


def test_the_site_of_everybody_has_every_part(of_twelve: Home) -> None:
    told = gap_file(of_twelve.site / "data")
    assert set(parts_of(told, "centre")) == {f"a{number}" for number in range(1, 13)}
    assert set(parts_of(told, "centre", "team")) == {"TA", "TB"}
    assert set(parts_of(told, "TB")) == {f"a{number}" for number in range(2, 13, 2)}
    assert told is not None
    assert {row["whole_id"] for row in told["wholes"]} == {"centre", "TA", "TB"}


def test_a_team_sees_its_own_parts_of_the_centre_and_all_others_as_one(of_twelve: Home) -> None:
    told = gap_file(data_of(of_twelve, "leads/TA"))
    parts = parts_of(told, "centre")
    assert set(parts) == {f"a{number}" for number in range(1, 13, 2)} | {"others"}
    # Of twelve equal parts six are the others'.
    assert parts["others"]["denominator"] == 600
    assert parts["others"]["contribution"] == pytest.approx(6 * parts["a1"]["contribution"])
    assert set(parts_of(told, "centre", "team")) == {"TA", "others"}
    assert set(parts_of(told, "TA")) == {f"a{number}" for number in range(1, 13, 2)}
    assert parts_of(told, "TB") == {}


@pytest.mark.parametrize("audience", ["leads/TA", "own/a1"])
def test_to_each_reader_the_parts_make_the_gap(of_twelve: Home, audience: str) -> None:
    told = gap_file(data_of(of_twelve, audience))
    assert told is not None
    for whole in told["wholes"]:
        for split in {row["split"] for row in told["parts"] if row["whole_id"] == whole["whole_id"]}:
            parts = parts_of(told, whole["whole_id"], split).values()
            assert sum(row["contribution"] for row in parts) == pytest.approx(whole["gap"], abs=1e-6)


def test_an_agent_sees_his_own_part_and_all_others_as_one(of_twelve: Home) -> None:
    told = gap_file(data_of(of_twelve, "own/a1"))
    assert set(parts_of(told, "centre")) == {"a1", "others"}
    assert told is not None
    assert {row["whole_id"] for row in told["wholes"]} == {"centre"}


def test_fewer_than_five_others_are_told_of_nowhere(tmp_path: Path) -> None:
    # Nine agents, of whom four are not of team A.
    home = Home(tmp_path)
    publish(home, "{name: leads, scope: team, ids: [TA]}, {name: own, scope: agent, ids: [a2]}", agents=9)
    told = gap_file(data_of(home, "leads/TA"))
    assert parts_of(told, "centre") == {}
    assert set(parts_of(told, "TA")) == {"a1", "a3", "a5", "a7", "a9"}


def test_a_guest_of_a_team_is_one_of_its_others(tmp_path: Path) -> None:
    home = Home(tmp_path)
    guest = """
        insert into fct_metric_impact
        select * replace ('a2' as part_id, 0.5 as contribution) from fct_metric_impact
        where whole_id = 'TA' and part_id = 'a1';
    """
    publish(home, "{name: leads, scope: team, ids: [TA]}", extra=guest)
    parts = parts_of(gap_file(data_of(home, "leads/TA")), "TA")
    assert "a2" not in parts
    assert parts["others"]["contribution"] == 0.5


def test_of_many_agents_the_centre_names_those_that_make_most_and_least(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, "", agents=50)
    parts = parts_of(gap_file(home.site / "data"), "centre")
    assert len(parts) == 41
    assert (parts["others"]["parts"], parts["others"]["denominator"]) == (10, 1000)
    assert sum(row["contribution"] for row in parts.values()) == pytest.approx(
        50 * parts["a1"]["contribution"], abs=1e-6
    )


def test_periods_whose_parts_are_the_same_keep_their_files(tmp_path: Path) -> None:
    home = Home(tmp_path)

    def written() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in home.site.glob("data/impact/*/*.json")}

    publish(home, "")
    first = written()
    publish(home, "", extra="update fct_metric_impact set n = 99 where period_start = date '2026-03-01';")
    kept = {name for name, at in written().items() if first.get(name) == at}
    assert len(first) - len(kept) == 0
    assert len(written().keys() - first.keys()) == 1
