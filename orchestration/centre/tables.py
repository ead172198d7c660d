"""The settings of a centre as tables, so that dbt reads them like any other feed.

Each table is one Parquet file, raw/<table>/event_date=1900-01-01/settings.parquet, replaced atomically
when its content changes. Decimals stay decimals; dates and instants keep their types.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import polars as pl

from orchestration.centre import Centre
from orchestration.centre.settings import WEEKDAYS, Holiday, OpeningHours
from orchestration.home.durable import ensure_frame
from orchestration.home.paths import Home
from schemas import TOPICS

SECONDS = pl.Decimal(18, 3)
AMOUNT = pl.Decimal(18, 4)
INSTANT = pl.Datetime("us", "UTC")

Schema = dict[str, pl.DataType | type[pl.DataType]]
Rows = list[dict[str, Any]]

CENTRE_SETTINGS: Schema = {
    "centre_name": pl.String,
    "time_zone": pl.String,
    "language": pl.String,
    "as_of": INSTANT,
    "service_level_seconds": SECONDS,
    "short_abandon_seconds": SECONDS,
    "queue_placement_seconds": SECONDS,
    "fcr_window_days": pl.Int32,
    "new_staff_days": pl.Int32,
    "new_leader_days": pl.Int32,
    "close_after_days": pl.Int32,
    "message_mix_tolerance": AMOUNT,
    "replacement_cost": AMOUNT,
    "replacement_cost_currency": pl.String,
    "quality_review_judged": pl.String,
    "participation_gate": AMOUNT,
    "drill_days": pl.Int32,
    "site_day_points": pl.Int32,
    "open_state_hours": pl.Int32,
    "pareto_share": AMOUNT,
    "coaching_delay_minutes": pl.Int32,
    "monitoring_best_sessions": pl.Int32,
    "cascade_signed": AMOUNT,
    "cascade_known": AMOUNT,
    "achievement_meeting_cadence": pl.String,
}
SOURCE_SETTINGS: Schema = {
    "source_id": pl.String,
    "source_kind": pl.String,
    "channel": pl.String,
    "time_zone": pl.String,
    "is_received_without_routing": pl.Boolean,
}
SOURCE_TOPICS: Schema = {
    "source_id": pl.String,
    "topic": pl.String,
    "is_recorded": pl.Boolean,
    "recorded_from": pl.Date,
}
OPENING_HOURS: Schema = {
    "channel": pl.String,
    "weekday": pl.Int32,
    "opens": pl.String,
    "closes": pl.String,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
    "valid_from_at": INSTANT,
    "valid_to_at": INSTANT,
    "time_zone": pl.String,
}
HOLIDAYS: Schema = {"channel": pl.String, "holiday_on": pl.Date}
TARGET_OVERRIDES: Schema = {
    "target_id": pl.String,
    "kpi_id": pl.String,
    "scope_kind": pl.String,
    "scope_id": pl.String,
    "segment": pl.String,
    "lower_bound": pl.Decimal(18, 6),
    "upper_bound": pl.Decimal(18, 6),
    "stretch": pl.Decimal(18, 6),
    "upper_measure": pl.String,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
    "baseline_from": pl.Date,
    "baseline_to": pl.Date,
    "target_source": pl.String,
    "target_version": pl.String,
    "note_en": pl.String,
    "note_zh": pl.String,
}
RATED_CHANNELS: Schema = {"channel": pl.String}
IMPACT_COSTS: Schema = {"family": pl.String, "cost_per_event": pl.Decimal(18, 8), "currency": pl.String}
IMPACT_EQUIVALENTS: Schema = {"position": pl.Int32, "name_en": pl.String, "name_zh": pl.String, "unit_cost": AMOUNT}
TOPIC_SIGNAL: Schema = {"z": AMOUNT, "min_count": pl.Int32, "factor": AMOUNT, "factor_all": AMOUNT, "weeks": pl.Int32}
NOTICE_SETTINGS: Schema = {
    "begin_on": pl.Date,
    "names_in_groups": pl.Boolean,
    "outside_shifts": pl.Boolean,
    "ahead_hours": pl.Int32,
    "site_url": pl.String,
}
NOTICE_KINDS: Schema = {"notice_kind": pl.String}
NOTICE_TIMES: Schema = {"team_id": pl.String, "edition": pl.String, "clock": pl.String}
CODES: Schema = {
    "code_list": pl.String,
    "code": pl.String,
    "name_en": pl.String,
    "name_zh": pl.String,
    "group_code": pl.String,
    "group_en": pl.String,
    "group_zh": pl.String,
    "kind": pl.String,
    "kind_en": pl.String,
    "kind_zh": pl.String,
    "default_class": pl.String,
    "detail_list": pl.String,
    "habitual_zh": pl.String,
    "professional_en": pl.String,
    "professional_zh": pl.String,
    "is_labelled": pl.Boolean,
    "applies_when": pl.String,
    "norm_version": pl.String,
    "valid_from": pl.Date,
}
"""Columns of all lists; a row has those of its own list."""


def settings_tables(centre: Centre, as_of: datetime | None) -> dict[str, pl.DataFrame]:
    """Return every settings table by name; `as_of` is the instant that stands for now, if given."""
    thresholds = centre.thresholds.model_dump()
    centre_row = {
        "centre_name": centre.name,
        "time_zone": centre.time_zone,
        "language": centre.language,
        "as_of": as_of,
        **thresholds,
    }
    targets = [target.model_dump() for target in centre.targets]
    return {
        "centre_settings": table_frame([centre_row], CENTRE_SETTINGS),
        "source_settings": table_frame(_source_rows(centre), SOURCE_SETTINGS),
        "source_topics": table_frame(_topic_rows(centre), SOURCE_TOPICS),
        "opening_hours": table_frame(
            [row for stretch in centre.opening_hours for row in _opening_rows(stretch)], OPENING_HOURS
        ),
        "holidays": table_frame([_holiday_row(holiday) for holiday in centre.holidays], HOLIDAYS),
        "target_overrides": table_frame(targets, TARGET_OVERRIDES),
        "rated_channels": table_frame([{"channel": channel} for channel in centre.rated_channels], RATED_CHANNELS),
        "impact_costs": table_frame(
            [
                {"family": family, "cost_per_event": cost, "currency": centre.impact.currency}
                for family, cost in centre.impact.cost_per_event.items()
            ],
            IMPACT_COSTS,
        ),
        "impact_equivalents": table_frame(
            [{"position": n} | one.model_dump() for n, one in enumerate(centre.impact.equivalents, 1)],
            IMPACT_EQUIVALENTS,
        ),
        "topic_signal": table_frame([centre.topic_signal.model_dump()], TOPIC_SIGNAL),
        "notice_settings": table_frame([centre.notices.row()], NOTICE_SETTINGS),
        "notice_kinds": table_frame([{"notice_kind": kind} for kind in centre.notices.kinds], NOTICE_KINDS),
        "notice_times": table_frame(list(centre.notices.times()), NOTICE_TIMES),
        "codes": table_frame([dict.fromkeys(CODES) | row for row in centre.codes.rows()], CODES),
    }


def write_settings_tables(home: Home, centre: Centre, as_of: datetime | None) -> bool:
    """Write the settings tables into raw/ of the home; return whether any of them changed."""
    return write_tables(home, settings_tables(centre, as_of))


def write_tables(home: Home, tables: Mapping[str, pl.DataFrame]) -> bool:
    """Write tables into raw/ of the home by their names, whole each; return whether any of them changed."""
    changed = False
    for name, frame in tables.items():
        changed |= ensure_frame(home.raw / name / "event_date=1900-01-01" / "settings.parquet", frame)
    return changed


def table_frame(rows: Rows, schema: Schema) -> pl.DataFrame:
    """Return rows as a table of exactly these columns."""
    columns = {
        name: pl.Series(name, [_value(row[name], dtype) for row in rows], dtype=_loose(dtype)).cast(dtype)
        for name, dtype in schema.items()
    }
    return pl.DataFrame(columns)


def _loose(dtype: pl.DataType | type[pl.DataType]) -> pl.DataType | type[pl.DataType]:
    # Decimals are given as text: a Series of Decimal objects would take their own scale.
    return pl.String if isinstance(dtype, pl.Decimal) else dtype


def _value(value: Any, dtype: pl.DataType | type[pl.DataType]) -> Any:
    return str(value) if value is not None and isinstance(dtype, pl.Decimal) else value


def _source_rows(centre: Centre) -> Rows:
    return [
        {
            "source_id": source.name,
            "source_kind": source.kind,
            "channel": source.channel,
            "time_zone": centre.source_zone(source),
            "is_received_without_routing": source.without_routing == "received",
        }
        for source in centre.sources
    ]


def _topic_rows(centre: Centre) -> Rows:
    return [
        {
            "source_id": source.name,
            "topic": topic,
            "is_recorded": topic in source.recorded_topics(),
            "recorded_from": source.recorded_from.get(topic),
        }
        for source in centre.sources
        for topic in TOPICS
    ]


def _opening_rows(stretch: OpeningHours) -> Rows:
    # One row per weekday; a bound is either a local date or an instant, never both.
    def on(bound: date | datetime | None) -> date | None:
        return None if isinstance(bound, datetime) else bound

    def at(bound: date | datetime | None) -> datetime | None:
        return bound if isinstance(bound, datetime) else None

    return [
        {
            "channel": stretch.channel,
            "weekday": WEEKDAYS.index(day) + 1,
            "opens": stretch.opens,
            "closes": stretch.closes,
            "valid_from": on(stretch.valid_from),
            "valid_to": on(stretch.valid_to),
            "valid_from_at": at(stretch.valid_from),
            "valid_to_at": at(stretch.valid_to),
            "time_zone": stretch.time_zone,
        }
        for day in stretch.days
    ]


def _holiday_row(holiday: Holiday) -> dict[str, Any]:
    return {"channel": holiday.channel, "holiday_on": holiday.date}
