"""What the sites of audiences share: one file under several names, only where each reader may see all of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.home.paths import Home
from orchestration.site.publisher import write_site
from orchestration.site.store.dates import read_dates
from orchestration.site.store.engine import Engines
from tests.support.site_audiences import (
    EVERYBODY_AT_WORK,
    HALF_HOUR,
    INSIDE_OF_A,
    INSIDE_OF_B,
    MARKS,
    MORE_OF_A4,
    OWN,
    centre,
    data_of,
    manifest,
    nobody_else_at_work,
    publish,
    texts,
)
from tests.support.site_published import write_published

SOME_HIDDEN = f"""
    -- On 14 April three people were there, and the centre's values of that day are like no others.
    {nobody_else_at_work("2026-04-14", "a3", "a4", "a6")}
    update fct_kpi_value set value = 777.777
    where scope_kind = 'centre' and period_kind = 'day' and period_start = date '2026-04-14';
"""  # noqa: S608 - own text


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_what_two_agents_see_alike_is_one_file_in_both_sites(home: Home) -> None:
    publish(home, OWN, contacts=480, extra=EVERYBODY_AT_WORK + HALF_HOUR.replace("$people", "12"))
    first, second = data_of(home, "own/a3"), data_of(home, "own/a4")
    for key in ("scope/centre/centre", "half_hour/2026-04-16"):
        name = manifest(first)["files"][key]
        assert manifest(second)["files"][key] == name
        assert (first / name).samefile(second / name)
    own = manifest(first)["files"]["scope/agent/a3"]
    history = json.loads((first / own).read_text(encoding="utf-8"))["history"]
    assert (first / history).samefile(home.site / "data" / history)


def test_no_file_that_many_sites_share_tells_of_anybody_else(home: Home) -> None:
    publish(home, "{name: own, scope: agent}, {name: leads, scope: team, ids: [TA, TB]}", extra=SOME_HIDDEN)
    everybody = INSIDE_OF_A | INSIDE_OF_B
    inside = {f"own/{agent}": {agent} for agent in everybody} | {"leads/TA": INSIDE_OF_A, "leads/TB": INSIDE_OF_B}
    shared = set()
    for audience, people in inside.items():
        folder = data_of(home, audience)
        files = [path for path in folder.rglob("*.json") if path.is_file()]
        shared |= {path.name for path in files if path.stat().st_nlink > 1}
        found = texts(folder)
        assert {agent for agent in everybody if f"Person {agent} end" in found} == people, audience
        assert not [agent for agent in everybody - people if f'"{agent}"' in found], audience
        # Of the days with too few others the centre's value is there for nobody: see SOME_HIDDEN.
        assert "777.777" not in found, audience
    assert len(shared) > len(inside)


def test_a_site_is_whole_without_the_others(home: Home) -> None:
    publish(home, OWN, contacts=480, extra=EVERYBODY_AT_WORK)
    shutil.rmtree(home.site / "data")
    shutil.rmtree(data_of(home, "own/a4"))
    folder = data_of(home, "own/a3")
    listed = manifest(folder)
    names = {*listed["files"].values(), *listed["tables"].values()}
    for key in list(listed["files"]):
        content = json.loads((folder / listed["files"][key]).read_text(encoding="utf-8"))
        if key.startswith("scope/"):
            names.add(content["history"])
        if key.startswith("drill/"):
            names |= set(content["blocks"])
        if key.startswith("kpi/"):
            names |= {name for by_start in content["periods"].values() for name in by_start.values()}
    for name in names:
        json.loads((folder / name).read_text(encoding="utf-8"))


def test_no_site_has_a_file_of_everybodys_rankings(home: Home) -> None:
    # Of rankings only the wide scopes' could be alike; everybody's hold all agents and teams.
    publish(home, "{name: own, scope: agent, ids: [a3]}")
    everybody = {path.name for path in (home.site / "data" / "kpi").rglob("*.json")}
    assert not everybody & {path.name for path in (data_of(home, "own/a3") / "kpi").rglob("*.json")}


def test_agents_from_whom_different_values_are_hidden_share_no_file_of_them(home: Home) -> None:
    # On 15 April a3 and four others worked: he sees neither that day nor the one beside it, a4 saw five and sees both.
    few = nobody_else_at_work("2026-04-15", "a3", "a5", "a7", "a9", "a11")
    publish(home, OWN, contacts=480, extra=EVERYBODY_AT_WORK + few)
    first, second = data_of(home, "own/a3"), data_of(home, "own/a4")
    shown = {}
    for folder in (first, second):
        file = json.loads((folder / manifest(folder)["files"]["scope/centre/centre"]).read_text(encoding="utf-8"))
        (line, *_) = [
            row
            for row in (dict(zip(file["series"]["columns"], cells, strict=True)) for cells in file["series"]["rows"])
            if row["period_kind"] == "day"
        ]
        shown[folder] = len(line["value"])
    assert (shown[first], shown[second]) == (14, 16)


def test_a_site_whose_rows_are_the_same_is_left_as_it_is(home: Home) -> None:
    publish(home, OWN)
    before = {name: (data_of(home, f"own/{name}") / "manifest.json").stat().st_mtime_ns for name in ("a3", "a4")}
    write_published(home.published_file, extra=f"{MARKS} {MORE_OF_A4}")
    results = {result.audience: result.files_written for result in write_site(home, centre(OWN, 2))}
    after = {name: (data_of(home, f"own/{name}") / "manifest.json").stat().st_mtime_ns for name in ("a3", "a4")}
    assert after["a3"] == before["a3"]
    assert after["a4"] > before["a4"]
    assert results["own/a3"] == 0
    assert results["own/a4"] > 0


def test_a_site_that_lost_a_file_is_made_whole_again(home: Home) -> None:
    publish(home, OWN)
    folder = data_of(home, "own/a3")
    lost = folder / manifest(folder)["files"]["scope/agent/a3"]
    lost.unlink()
    write_site(home, centre(OWN, 2))
    assert lost.exists()


def test_engines_beside_each_other_put_what_does_not_fit_in_memory_into_folders_of_their_own(home: Home) -> None:
    # DuckDB's files have the same names in every engine: in one folder two would read each other's rows.
    file = write_published(home.published_file)
    settings = centre(OWN, 2)
    engines = Engines(home, settings, read_dates(file, settings.thresholds), home.root)
    folders = "select current_setting('temp_directory')"
    with engines.connect() as first, engines.connect() as second:
        assert first.execute(folders).fetchone() != second.execute(folders).fetchone()


def test_another_process_finds_the_same_rows_the_same(home: Home) -> None:
    publish(home, OWN)
    manifests = {name: data_of(home, f"own/{name}") / "manifest.json" for name in ("a3", "a4")}
    before = {name: file.stat().st_mtime_ns for name, file in manifests.items()}
    again = (
        "import sys; from pathlib import Path; from orchestration.home.paths import Home; "
        "from orchestration.site.publisher import write_site; from tests.support.site_audiences import OWN, centre; "
        "write_site(Home(Path(sys.argv[1])), centre(OWN, 2))"
    )
    # Texts are hashed anew in every process: a set has another order there.
    subprocess.run([sys.executable, "-c", again, str(home.root)], check=True, env=os.environ | {"PYTHONHASHSEED": "7"})
    assert {name: file.stat().st_mtime_ns for name, file in manifests.items()} == before
