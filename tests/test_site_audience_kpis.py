"""KPIs of an agent: his own values stand in the KPI's file, the rankings of wider scopes in files that sites share."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from orchestration.home.paths import Home
from orchestration.site.audiences.wide import Remembered
from orchestration.site.publisher import write_site
from orchestration.site.store.results import SOURCES
from tests.support.site_audiences import EVERYBODY_AT_WORK, MARKS, OWN, centre, data_of, manifest, publish
from tests.support.site_home import ranking, rows
from tests.support.site_published import write_published

WIDE = {"centre", "channel", "queue"}

CENTRE_OF_ONE_WEEK = """
    update fct_kpi_value set value = 555.5
    where scope_kind = 'centre' and kpi_id = 'kpi_1' and period_kind = 'week' and period_start = date '2026-04-06'
"""


@pytest.fixture(scope="module")
def of_two(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sites of two agents; they are only read."""
    home = Home(tmp_path_factory.mktemp("two"))
    publish(home, OWN)
    return home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def kpi_file(home: Home, audience: str, kpi: str) -> dict[str, Any]:
    folder = data_of(home, audience)
    content: dict[str, Any] = json.loads((folder / manifest(folder)["files"][f"kpi/{kpi}"]).read_text(encoding="utf-8"))
    return content


def ranked(home: Home, audience: str, kpi: str, kind: str, start: str) -> list[dict[str, Any]]:
    """Everybody's place in a period as the page puts it together: from the KPI's own rows and the period's file."""
    content = kpi_file(home, audience, kpi)
    file = content["periods"][kind][start]
    shelf = rows(json.loads((data_of(home, audience) / file).read_text(encoding="utf-8"))) if file else []
    told = [*rows(content["values"]), *shelf]
    return [row for row in told if (row.pop("period_kind"), row.pop("period_start")) == (kind, start)]


def test_a_ranking_has_the_agents_row_and_those_of_the_wider_scopes(of_two: Home) -> None:
    for kind, start in (("week", "2026-04-06"), ("month", "2026-04-01"), ("quarter", "2026-04-01")):
        everybody = ranking(of_two, "kpi_1", kind, start)
        expected = [row for row in rows(everybody) if row["scope_kind"] in WIDE or row["scope_id"] == "a3"]
        found = ranked(of_two, "own/a3", "kpi_1", kind, start)
        # Among agents he is the only one that he sees.
        expected = [row | {"rank": 1} if row["scope_id"] == "a3" else row for row in expected]
        assert sorted(found, key=lambda row: str(row["scope_id"])) == sorted(
            expected, key=lambda row: str(row["scope_id"])
        )
        assert len(found) > 1


def test_every_period_of_everybodys_rankings_is_there(home: Home) -> None:
    publish(home, OWN, contacts=480, extra=EVERYBODY_AT_WORK)
    folder = home.site / "data"
    everybody = json.loads((folder / manifest(folder)["files"]["kpi/kpi_1"]).read_text(encoding="utf-8"))
    own = kpi_file(home, "own/a3", "kpi_1")
    assert {kind: set(starts) for kind, starts in own["periods"].items()} == {
        kind: set(starts) for kind, starts in everybody["periods"].items()
    }
    assert own["trend"] == everybody["trend"]


def test_agents_who_see_the_same_rankings_share_their_files(of_two: Home) -> None:
    first, second = data_of(of_two, "own/a3"), data_of(of_two, "own/a4")
    shelves = [path.relative_to(first) for path in (first / "kpi").glob("*/*.json")]
    assert shelves
    for shelf in shelves:
        assert (first / shelf).samefile(second / shelf)


def test_weeks_of_a_quarter_are_one_file(home: Home) -> None:
    publish(home, OWN, days=70, contacts=840, extra=EVERYBODY_AT_WORK.replace("// 40", "// 70"))
    weeks = kpi_file(home, "own/a3", "kpi_1")["periods"]["week"]
    by_quarter: dict[str, set[str]] = {}
    for start, file in weeks.items():
        by_quarter.setdefault("second" if start >= "2026-04-01" else "first", set()).add(file)
    assert {quarter: len(files) for quarter, files in by_quarter.items()} == {"first": 1, "second": 1}
    assert len(weeks) > 2


def test_where_wider_values_are_hidden_the_agents_own_are_there_with_their_periods(home: Home) -> None:
    # Four people: nobody may see the centre.
    publish(home, OWN, agents=4)
    content = kpi_file(home, "own/a3", "kpi_1")
    assert content["trend"] == {"columns": [], "rows": []}
    assert set(content["periods"]["week"].values()) == {None}
    start = max(content["periods"]["week"])
    assert [row["scope_id"] for row in ranked(home, "own/a3", "kpi_1", "week", start)] == ["a3"]


def test_a_week_of_which_there_is_only_the_agents_own_row_has_no_file(home: Home) -> None:
    # The week before stands in the file of the same quarter.
    publish(
        home,
        OWN,
        contacts=480,
        extra=f"""
        {EVERYBODY_AT_WORK}
        delete from fct_kpi_value
        where kpi_id = 'kpi_1' and period_kind = 'week' and period_start = date '2026-04-06'
            and scope_kind in ('centre', 'channel', 'queue');
        """,  # noqa: S608 - own text
    )
    weeks = kpi_file(home, "own/a3", "kpi_1")["periods"]["week"]
    assert {start for start, file in weeks.items() if file is None} == {"2026-04-06"}
    assert [row["scope_id"] for row in ranked(home, "own/a3", "kpi_1", "week", "2026-04-06")] == ["a3"]


def test_a_ranking_with_other_columns_is_written_again(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(home, OWN)
    sources = Path(shutil.copytree(SOURCES, tmp_path / "sql"))
    sql = (sources / "kpi_values.sql").read_text(encoding="utf-8")
    assert sql.count(" as change\n") == 1
    (sources / "kpi_values.sql").write_text(sql.replace(" as change\n", " as difference\n"), encoding="utf-8")
    monkeypatch.setattr("orchestration.site.store.results.SOURCES", sources)
    write_site(home, centre(OWN, 2))
    file = kpi_file(home, "own/a3", "kpi_1")["periods"]["week"]["2026-04-06"]
    assert "difference" in json.loads((data_of(home, "own/a3") / file).read_text(encoding="utf-8"))["columns"]


def test_a_week_that_changed_changes_its_file_and_no_other_ranking(home: Home) -> None:
    publish(home, OWN, days=70, contacts=840, extra=EVERYBODY_AT_WORK.replace("// 40", "// 70"))
    before = kpi_file(home, "own/a3", "kpi_1")["periods"], kpi_file(home, "own/a3", "kpi_2")["periods"]
    again = EVERYBODY_AT_WORK.replace("// 40", "// 70")
    write_published(home.published_file, days=70, contacts=840, extra=f"{MARKS} {again} {CENTRE_OF_ONE_WEEK}")
    write_site(home, centre(OWN, 2))
    after = kpi_file(home, "own/a3", "kpi_1")["periods"], kpi_file(home, "own/a3", "kpi_2")["periods"]
    assert after[1] == before[1]
    assert {kind for kind in after[0] if after[0][kind] != before[0][kind]} == {"week"}
    changed = {start for start in after[0]["week"] if after[0]["week"][start] != before[0]["week"][start]}
    assert changed == {start for start in after[0]["week"] if start >= "2026-04-01"}
    (of_centre,) = [
        row for row in ranked(home, "own/a3", "kpi_1", "week", "2026-04-06") if row["scope_kind"] == "centre"
    ]
    assert of_centre["value"] == 555.5


def test_the_analysts_table_is_the_agents_own_rows_and_a_shared_file_of_the_rest(of_two: Home) -> None:
    tables = {}
    for agent in ("a3", "a4"):
        folder = data_of(of_two, f"own/{agent}")
        own = json.loads((folder / manifest(folder)["tables"]["fct_kpi_value"]).read_text(encoding="utf-8"))
        (more,) = own["more"]
        wide = json.loads((folder / more).read_text(encoding="utf-8"))
        assert wide["columns"] == own["columns"]
        assert {row["scope_id"] for row in rows(own)} == {agent}
        assert {row["scope_kind"] for row in rows(wide)} == WIDE
        tables[agent] = folder / more
    assert tables["a3"].samefile(tables["a4"])


def test_what_is_remembered_by_name_is_bounded_and_made_once() -> None:
    made: list[str] = []
    remembered: Remembered[str] = Remembered()

    def make(name: str) -> str:
        made.append(name)
        return name.upper()

    for name in ["a", "a", *"bcdefgh", "a", "i", "a", "b"]:
        assert remembered.get(name, lambda name=name: make(name)) == name.upper()  # type: ignore[misc]
    # Eight fit: the ninth put out the one that was asked for longest ago, which is not a.
    assert made == [*"abcdefghi", "b"]


def test_what_could_not_be_made_is_made_when_it_is_asked_for_again() -> None:
    remembered: Remembered[int] = Remembered()
    with pytest.raises(ZeroDivisionError):
        remembered.get("a", lambda: 1 // 0)
    assert remembered.get("a", lambda: 7) == 7
