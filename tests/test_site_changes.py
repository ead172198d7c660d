"""Changes against earlier periods in the site's files: worked by hand, and against the SQL of the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home.paths import Home
from orchestration.site.publisher import write_site
from tests.support.site_audiences import publish as publish_for
from tests.support.site_home import centre, history, manifest_of, names, publish, ranking, read, rows

# The last day is Thursday, 16 April: what was over before April is closed, the first day with data is 8 March.
RANDOM_VALUES = """
    update fct_kpi_value set value = (hash(scope_id, kpi_id, period_kind, period_start) % 9973) / 37
    where kpi_id = 'kpi_1';
    update fct_kpi_value set value = (hash(scope_id, kpi_id, period_kind, period_start) % 9973) / 9973
    where kpi_id = 'kpi_2';
    update fct_kpi_value set value = null where hash(scope_id, period_start) % 7 = 0;
    update fct_kpi_value set value = 'nan'::double where hash(scope_id, period_start) % 11 = 0;
    delete from fct_kpi_value
    where hash(kpi_id, scope_id, period_kind, period_start) % 5 = 0 and scope_kind != 'centre';
"""


@pytest.fixture(scope="module")
def of_chance(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A site of values that are nowhere alike; it is only read."""
    home = Home(tmp_path_factory.mktemp("chance"))
    publish(home, extra=RANDOM_VALUES)
    return home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def days_of_a3(values: dict[str, str]) -> str:
    """SQL: days of agent a3 with the values of kpi_1 that are named, as texts; the others keep theirs."""
    return ";".join(
        f"update fct_kpi_value set value = {value} where scope_id = 'a3' and kpi_id = 'kpi_1' "  # noqa: S608
        f"and period_kind = 'day' and period_start = date '2026-{day}'"
        for day, value in values.items()
    )


def cells(file: dict[str, Any], column: str) -> dict[tuple[str, str, str], float | None]:
    """Of every KPI, kind and start in a file: what a column of its series says; one entry stands for all periods."""
    told: dict[tuple[str, str, str], float | None] = {}
    for line in rows(file["series"]):
        kind, count = line["period_kind"], len(line["value"])
        places = line["places"] or range(line["first_place"], line["first_place"] + count)
        array = line[column] or [None] * count
        for place, cell in zip(places, array, strict=True):
            told[line["kpi_id"], kind, file["periods"][kind][place]] = cell
    return told


def changes(home: Home, key: str, audience: str = "") -> dict[str, dict[tuple[str, str, str], float]]:
    """Both changes of a scope by KPI, kind and start, of what is closed and what is open; the missing left out."""
    files = [read(home, key, audience), history(home, key, audience)]
    columns = ("change", "weekday_change")
    return {
        name: {cell: value for file in files for cell, value in cells(file, name).items() if value is not None}
        for name in columns
    }


def days_in(told: dict[tuple[str, str, str], float]) -> dict[str, float]:
    """The days of kpi_1, by month and day."""
    return {start[5:]: value for (kpi, kind, start), value in told.items() if (kpi, kind) == ("kpi_1", "day")}


def test_a_day_is_compared_with_the_day_before_and_with_its_weekday_over_the_border_too(home: Home) -> None:
    values = {"03-25": "0.40", "03-31": "0.50", "04-01": "0.53", "04-02": "0.51"}
    publish(home, extra=days_of_a3(values))
    told = changes(home, "scope/agent/a3")
    begin = {name: {day: days_in(cells)[day] for day in ("04-01", "04-02")} for name, cells in told.items()}
    # 0.53 - 0.50 and 0.51 - 0.53; the weekdays are 25 and 26 March, of which the latter has 1.003.
    assert begin == {"change": {"04-01": 0.03, "04-02": -0.02}, "weekday_change": {"04-01": 0.13, "04-02": -0.493}}


def test_closed_days_are_compared_too_but_for_the_first_ones(home: Home) -> None:
    publish(home, extra=days_of_a3({"03-24": "0.40", "03-30": "0.75", "03-31": "0.50"}))
    told = {name: days_in(cells) for name, cells in changes(home, "scope/agent/a3").items()}
    # 0.50 - 0.75 and 0.50 - 0.40; the first day is 8 March.
    assert (told["change"]["03-31"], told["weekday_change"]["03-31"]) == (-0.25, 0.1)
    assert (min(told["change"]), min(told["weekday_change"])) == ("03-09", "03-15")


def test_nothing_is_compared_with_a_day_that_has_no_value_or_no_row(home: Home) -> None:
    missing = "delete from fct_kpi_value where scope_id = 'a3' and period_start = date '2026-04-06'"
    publish(home, extra=f"{days_of_a3({'04-03': 'null', '04-05': '1.5', '04-12': '1.75'})};{missing}")
    told = changes(home, "scope/agent/a3")
    march_and_april = {f"04-{day:02d}" for day in range(1, 17)}
    assert march_and_april - set(days_in(told["change"])) == {"04-03", "04-04", "04-06", "04-07"}
    assert march_and_april - set(days_in(told["weekday_change"])) == {"04-03", "04-06", "04-10", "04-13"}
    # Six rows before it, since 6 April is missing in between.
    assert days_in(told["weekday_change"])["04-12"] == 0.25


def test_longer_periods_are_compared_with_the_one_before_and_the_first_with_none(home: Home) -> None:
    publish(home, extra=RANDOM_VALUES.partition("update fct_kpi_value set value = null")[0])
    told = changes(home, "scope/agent/a3")["change"]
    starts = {kind: sorted(start for kpi, k, start in told if (kpi, k) == ("kpi_1", kind)) for _, kind, _ in told}
    assert starts["month"] == ["2026-04-01"]
    assert starts["quarter"] == ["2026-04-01"]
    # The first week begins on 2 March; the week of 30 March is the first that is open.
    assert starts["week"] == [f"2026-{day}" for day in ("03-09", "03-16", "03-23", "03-30", "04-06", "04-13")]
    assert set(starts) == {"day", "week", "month", "quarter"}
    assert min(starts["day"]) == "2026-03-09"


def test_the_difference_is_of_the_values_as_they_are_and_rounded_afterwards(home: Home) -> None:
    # Rounded first, 26 - 14 thousand-millionths would be 3 - 1 hundred-millionths.
    values = {"04-01": "0.000000014", "04-02": "0.000000026", "04-03": "150", "04-04": "450.00006"}
    publish(home, extra=days_of_a3(values))
    told = days_in(changes(home, "scope/agent/a3")["change"])
    assert (told["04-02"], told["04-04"]) == (1e-08, 300.0001)


def test_the_pages_sql_gives_the_same_changes(of_chance: Home) -> None:
    shown = manifest_of(of_chance)["sql"]["scope_changes"].replace("$scope_kind", "null").replace("$scope_id", "null")
    with duckdb.connect(str(of_chance.published_file), read_only=True) as connection:
        told = connection.execute(shown).fetchall()
    for at, column in ((5, "change"), (6, "weekday_change")):
        expected = {(row[0], row[1], *row[2:4], str(row[4])): row[at] for row in told if row[at] is not None}
        found = {
            (*key.split("/")[1:], *cell): value
            for key in manifest_of(of_chance)["files"]
            if key.startswith("scope/")
            for cell, value in changes(of_chance, key)[column].items()
        }
        assert len(expected) > 100
        assert found == pytest.approx(expected, abs=2e-8)
        assert found.keys() == expected.keys()


def test_a_change_is_that_of_the_ranking(of_chance: Home) -> None:
    periods = read(of_chance, "kpi/kpi_1")["periods"]
    ranked = {
        (row["scope_kind"], row["scope_id"], kind, start): row["change"]
        for kind in ("week", "month", "quarter", "year")
        for start in periods.get(kind, {})
        for row in rows(ranking(of_chance, "kpi_1", kind, start))
        if row["change"] is not None
    }
    assert {kind for *_, kind, _ in ranked} == {"week", "month", "quarter"}
    for (kind, scope, *cell), change in ranked.items():
        found = changes(of_chance, f"scope/{kind}/{scope}")["change"]
        assert found["kpi_1", cell[0], cell[1]] == pytest.approx(change, abs=1e-4)


def test_what_is_open_is_the_same_whether_its_history_is_written_with_it_or_not(home: Home, tmp_path: Path) -> None:
    publish(home, extra=RANDOM_VALUES)
    later = f"{RANDOM_VALUES}; update fct_kpi_value set n = 41 where period_start > date '2026-04-13'"  # noqa: S608
    before = names(home)
    publish(home, extra=later)
    history_files = {name for name in before if "history/" in name}
    assert history_files == {name for name in names(home) if "history/" in name}
    other = Home(tmp_path / "other")
    publish(other, extra=later)
    assert manifest_of(home)["files"] == manifest_of(other)["files"]


def test_a_correction_of_the_last_closed_day_shows_in_the_first_open_one(home: Home) -> None:
    publish(home)
    assert days_in(changes(home, "scope/agent/a3")["change"])["04-01"] == 0.0
    with duckdb.connect(str(home.published_file)) as connection:
        connection.execute(f"use scorecard; {days_of_a3({'03-31': '0.003'})}")
    write_site(home, centre())
    assert days_in(changes(home, "scope/agent/a3")["change"])["04-01"] == 1.0


def test_an_audience_sees_the_change_of_a_wide_scope_where_it_sees_both_values(home: Home) -> None:
    # From 8 April on nobody but team A is at work; before, one of the others on every odd day.
    extra = """
        update fct_contact_leg set agent_id = 'a1' where contact_date >= date '2026-04-08';
        update fct_kpi_value set value = day(period_start) ** 2 where scope_id = 'q1' and period_kind = 'day';
    """
    publish_for(home, "{name: leads, scope: team, ids: [TA]}", extra=extra)
    folder = home.site / "audiences" / "leads" / "TA" / "data"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    file = json.loads((folder / manifest["files"]["scope/queue/q1"]).read_text(encoding="utf-8"))
    seen = days_in({cell: value for cell, value in cells(file, "value").items() if value is not None})
    assert set(seen) == {f"04-{day:02d}" for day in range(8, 17)}
    told = [
        {cell: v for cell, v in cells(file, name).items() if v is not None} for name in ("change", "weekday_change")
    ]
    # Squares of days differ by 2 x day - 1; of the 8th the day before is hidden.
    assert days_in(told[0]) == {f"04-{day:02d}": 2.0 * day - 1 for day in range(9, 17)}
    assert days_in(told[1]) == {"04-15": 225.0 - 64.0, "04-16": 256.0 - 81.0}


@pytest.mark.parametrize("key", ["scope/agent/a3", "scope/team/TA"])
def test_an_audience_sees_the_changes_of_its_own_scopes_that_everybody_sees(home: Home, key: str) -> None:
    # Its file is its own, since whose part the scope is stands in it; days before April are closed.
    kind, scope = key.split("/")[1:]
    publish_for(home, f"{{name: own, scope: {kind}, ids: [{scope}]}}", extra=RANDOM_VALUES)
    assert read(home, key, f"own/{scope}")["scope"] != read(home, key)["scope"]
    everybody = changes(home, key)
    assert min(days_in(everybody["weekday_change"])) < "04-08"
    assert changes(home, key, f"own/{scope}") == everybody
