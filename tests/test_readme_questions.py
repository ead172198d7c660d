"""The README's questions are run as written, on a published file of the sample centre, and their answers are checked
against the published tables and the landing files, read without the README's SQL."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home.paths import Home

README = Path(__file__).parents[1] / "README.md"
QUESTIONS = re.findall(
    r"^\*\*(?P<question>[^*]+\?)\*\*\n+```sql\n(?P<sql>.*?)```",
    README.read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)

Row = dict[str, Any]


def test_the_readme_asks_six_questions() -> None:
    assert len(QUESTIONS) == 6


def rows_of(home: Home, sql: str) -> list[Row]:
    """Run a query on the published file; a row is its columns by name."""
    with duckdb.connect(str(home.published_file), read_only=True) as connection:
        found = connection.execute(sql)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def answer(home: Home, question: str) -> list[Row]:
    """Run the one question of the README that begins so."""
    (sql,) = (sql for asked, sql in QUESTIONS if asked.startswith(question))
    return rows_of(home, sql)


def month_values(home: Home, scope_kind: str) -> tuple[date, list[Row]]:
    """Return the last month of the data and its values for one kind of scope."""
    values = "from scorecard.fct_kpi_value where period_kind = 'month' and scope_kind = "
    rows = rows_of(home, f"{values}'{scope_kind}'")
    months = sorted({row["period_start"] for row in rows_of(home, f"{values}'centre'")})
    assert len(months) > 1, "one month tells nothing of the others"
    return months[-1], [row for row in rows if row["period_start"] == months[-1]]


@pytest.mark.slow
@pytest.mark.parametrize(("question", "sql"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_question_of_the_readme_has_an_answer_in_the_sample(question: str, sql: str, sample_home: Home) -> None:
    assert rows_of(sample_home, sql), question


@pytest.mark.slow
def test_each_team_stands_once_with_each_kpi_of_the_last_month(sample_home: Home) -> None:
    month, values = month_values(sample_home, "team")
    told = answer(sample_home, "How does each team stand")
    assert {row["month_start"] for row in told} == {month}
    keys = [(row["scope_id"], row["kpi_id"], row["value"], row["verdict"]) for row in told]
    assert Counter(keys) == Counter((row["scope_id"], row["kpi_id"], row["value"], row["verdict"]) for row in values)


@pytest.mark.slow
def test_each_kpi_outside_its_band_stands_with_the_last_month_and_each_of_its_actions(sample_home: Home) -> None:
    month, values = month_values(sample_home, "centre")
    out = [row for row in values if row["verdict"] in ("watch", "bad", "too_good")]
    names = {row["kpi_id"]: row["name_en"] for row in rows_of(sample_home, "from scorecard.dim_kpi")}
    actions = rows_of(sample_home, "from scorecard.dim_kpi_action")
    expected = Counter[tuple[str, float, str | None]]()
    for row in out:
        sides = ("both", row["status"].removesuffix("_band"))
        texts = [one["text_en"] for one in actions if one["kpi_id"] == row["kpi_id"] and one["side"] in sides]
        expected.update((names[row["kpi_id"]], row["value"], text) for text in texts or [None])
    told = answer(sample_home, "Which KPIs of the centre")
    assert {row["month_start"] for row in told} == {month}
    assert Counter((row["name_en"], row["value"], row["text_en"]) for row in told) == expected


@pytest.mark.slow
def test_slow_agents_come_first_with_median_and_ninth_tenth_of_the_last_month(sample_home: Home) -> None:
    month, values = month_values(sample_home, "agent")
    told = answer(sample_home, "Which agents answer slowly")
    assert {row["month_start"] for row in told} == {month}
    assert all(row["p50"] is not None and row["p50"] <= row["p90"] for row in told)
    of_kpi = [row for row in values if row["kpi_id"] == "first_response_time" and row["n"]]
    assert Counter((row["scope_name"], row["seconds"], row["n"]) for row in told) == Counter(
        (row["scope_name"], row["value"], row["n"]) for row in of_kpi
    )
    assert [row["seconds"] for row in told] == sorted((row["seconds"] for row in told), reverse=True)


@pytest.mark.slow
def test_what_teams_make_of_a_gap_is_the_distance_of_the_published_value_to_its_bound(sample_home: Home) -> None:
    month, values = month_values(sample_home, "centre")
    told = answer(sample_home, "Which team makes how much")
    assert {row["period_start"] for row in told} == {month}
    by_kpi = {row["kpi_id"]: row for row in values}
    for kpi_id in {row["kpi_id"] for row in told}:
        value = by_kpi[kpi_id]
        bounds = [float(value[bound]) for bound in ("lower_bound", "upper_bound") if value[bound] is not None]
        made = sum(row["contribution"] for row in told if row["kpi_id"] == kpi_id)
        assert value["status"] in ("below_band", "above_band", "insufficient_sample")
        assert made == pytest.approx(min(abs(value["value"] - bound) for bound in bounds))


@pytest.mark.slow
def test_a_number_adds_up_from_contacts_each_of_which_stands_on_the_line_that_is_told(sample_home: Home) -> None:
    told = answer(sample_home, "Does a number add up")
    added_up = sum(row["connects"] for row in told) / sum(row["connect_attempts"] for row in told)
    assert {row["told"] for row in told} == {row["added_up"] for row in told} == {added_up}
    lines: dict[Path, list[str]] = {}
    for row in told:
        path = sample_home.landing / row["source_id"] / row["landing_day"].isoformat() / row["file_name"]
        if path not in lines:
            content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            lines[path] = content.decode("utf-8").split("\n")
        assert row["contact_id"] in re.split(r"[|,]", lines[path][row["line_number"] - 1])
