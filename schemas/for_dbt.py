"""What dbt has to know of the feeds, made from the schemas: the macro `feeds` and the sources of the raw zone."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from schemas import FEEDS
from schemas.contract import Feed

PROJECT = Path(__file__).resolve().parent.parent / "dbt_project"
MACRO = PROJECT / "macros" / "feeds.sql"
SOURCES = PROJECT / "models" / "staging" / "_raw.yml"

_MADE = "Made from schemas/ by `python -m schemas.document`; a test holds it."


def macro() -> str:
    """Return the text of the macro: a list with, of each feed, what names its rows and what dates the centre."""
    feeds = ",\n        ".join(json.dumps(_described(feed)) for feed in FEEDS.values())
    head = f"{{#- {_MADE}\n{_EXPLAINED} -#}}"
    return f"{head}\n{{% macro feeds() %}}\n    {{{{- return([\n        {feeds}\n    ]) -}}}}\n{{% endmacro %}}\n"


_EXPLAINED = """    name_of_row: the columns that name a row
    without_id: those that do where the first of them is empty
    empty_as: column -> what an empty value of it stands for in the name
    id_or_content: the id without which a row's content names it
    dates_centre, dates: whether, and by which instants, it says how far a centre's data reach
    time, is_time_a_date: the instant or date that names the folder of a row's part
    topics_from_first_row: what a source that gives it records from its first row on
    late_topics: what it records besides from the first row on that tells of it, with the condition of such a row and
        the column of its date (the feed's time if empty)
    is_sliced: whether only those folders are read on whose dates the contacts that are made anew have rows"""


def _described(feed: Feed) -> dict[str, object]:
    return {
        "name": feed.name,
        "name_of_row": feed.key,
        "without_id": feed.key_without_id,
        "empty_as": dict(feed.empty_in_key),
        "id_or_content": feed.repeats_need or "",
        "dates_centre": feed.dates_centre or "",
        "dates": [feed.time_column, *feed.dated_by] if feed.dates_centre else [],
        "time": feed.time_column or "",
        "is_time_a_date": _is_date(feed, feed.time_column),
        "topics_from_first_row": feed.topics if feed.recorded_from_first_row else [],
        "late_topics": [{"name": late.name, "told": late.told, "day": late.day or ""} for late in feed.late_topics],
        "is_sliced": feed.is_sliced,
    }


def _is_date(feed: Feed, column: str | None) -> bool:
    return column is not None and feed.model.to_schema().columns[column].dtype.type == pl.Date


def sources() -> str:
    """Return the declaration of the raw zone: a source per feed."""
    tables = "".join(
        f"      - name: {feed.name}\n"
        f"        description: Accepted rows of the feed `{feed.name}`; columns as in the contract.\n"
        for feed in FEEDS.values()
    )
    return f"# {_MADE}\n{_OPENING}{tables}"


_OPENING = """version: 2

sources:
  - name: raw
    schema: raw
    description: >
      Parquet parts that passed the door, as far as this build needs them: one folder per feed of the contract; a feed without
      files has a zero-row part.
    config:
      external_location: "read_parquet('{{ env_var('SCOREHOUSE_HOME') }}/state/slice/raw/{name}/*/*.parquet', hive_partitioning=false, union_by_name=true)"
    tables:
"""  # noqa: E501 - dbt reads the location as one line


def write() -> None:
    """Write both files into the dbt project."""
    MACRO.write_text(macro(), encoding="utf-8")
    SOURCES.write_text(sources(), encoding="utf-8")
