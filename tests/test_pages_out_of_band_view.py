"""The view over what is out of its band: dbt_project/models/scorecard/v_scorecard_out_of_band.sql over tiny tables."""

from __future__ import annotations

import re
from typing import Any

import duckdb

from orchestration.home.paths import CHECKOUT

_MODEL = CHECKOUT / "dbt_project" / "models" / "scorecard" / "v_scorecard_out_of_band.sql"
SQL = re.sub(r"\{\{ ref\('(\w+)'\) \}\}", r"\1", re.sub(r"\{\{ config.*? \}\}", "", _MODEL.read_text(encoding="utf-8")))

_ACTIONS = [
    ("connect_rate", "below", 2, "Call back in time.", "及时回呼。"),
    ("connect_rate", "below", 1, "Staff the busiest half-hours.", "加派人手。"),
    ("connect_rate", "above", 1, "Nothing to do", "无需处理"),
    ("queue_time", "both", 1, "Look at the roster.", "检查排班。"),
]


def _out_of_band(*rows: tuple[str, str, str]) -> dict[tuple[str, str], tuple[Any, Any]]:
    """By KPI and status the actions in both languages, of a scorecard with rows of KPI, status and verdict."""
    with duckdb.connect() as connection:
        connection.execute("create table judged(kpi_id text, status text, verdict text)")
        connection.executemany("insert into judged values (?, ?, ?)", rows)
        connection.execute(
            "create table v_scorecard as select 'centre' as scope_kind, 'centre' as scope_id, 'C' as scope_name,"
            " 'day' as period_kind, date '2026-03-01' as period_start, date '2026-03-02' as period_end, kpi_id,"
            " 'K' as name_en, '指标' as name_zh, 'share' as unit, 0.5 as value, 0.9 as lower_bound, 1.0 as upper_bound,"
            " status, verdict, 'none' as evidence, 40 as n from judged"
        )
        connection.execute(
            "create table dim_kpi_action(kpi_id text, side text, position integer, text_en text, text_zh text)"
        )
        connection.executemany("insert into dim_kpi_action values (?, ?, ?, ?, ?)", _ACTIONS)
        query = f"select kpi_id, status, actions_en, actions_zh from ({SQL})"  # noqa: S608 - the model's own text
        return {
            (kpi, status): (english, chinese) for kpi, status, english, chinese in connection.execute(query).fetchall()
        }


def test_actions_of_the_side_stand_in_their_order_parted_as_each_language_does() -> None:
    assert _out_of_band(("connect_rate", "below_band", "bad"), ("connect_rate", "above_band", "too_good")) == {
        ("connect_rate", "below_band"): ("Staff the busiest half-hours; Call back in time", "加派人手；及时回呼"),
        ("connect_rate", "above_band"): ("Nothing to do", "无需处理"),
    }


def test_what_is_inside_its_band_stays_away() -> None:
    assert _out_of_band(("connect_rate", "in_band", "good"), ("queue_time", "insufficient_sample", "none")) == {}


def test_an_action_of_both_sides_is_given_on_either_and_none_where_there_is_none() -> None:
    assert _out_of_band(
        ("queue_time", "above_band", "watch"), ("queue_time", "below_band", "watch"), ("praise", "below_band", "watch")
    ) == {
        ("queue_time", "above_band"): ("Look at the roster", "检查排班"),
        ("queue_time", "below_band"): ("Look at the roster", "检查排班"),
        ("praise", "below_band"): (None, None),
    }
