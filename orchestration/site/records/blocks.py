"""Shares the records of some days out to blocks, so that each stands in few files: several scopes refer to a block.

- `leg`: legs, offers, ratings, reviews and working days of the agents who were in the same teams on the record's day;
- `merged`: the contacts of one team that several of its legs make up;
- `contact`: contacts, ratings and reviews of one channel; what has no channel is a block of its own;
- `visit`: visits, ratings and reviews of one queue.

Every family has a table of its rows in their order (`filed_<family>`), and one of its blocks (`block_<family>`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import duckdb

from orchestration.site.records.rows import Told
from orchestration.site.store.results import table_text
from orchestration.warehouse.record_facts import KEYS

_TEAMS = """
    create or replace temp table team_set as
    select agent_id, agent_date, list(distinct team_id order by team_id) as teams
    from scorecard.bridge_agent_team_day
    where agent_date in (select agent_date from row_leg union select agent_date from row_opinion)
    group by agent_id, agent_date
"""

_FAMILIES = {
    "leg": """
        select record.*, coalesce(to_json(teams)::varchar, '[]') as block
        from (
            select * from row_leg
            union all by name
            select * from row_opinion where agent_id is not null
        ) as record
        left join team_set on record.agent_id = team_set.agent_id and record.agent_date = team_set.agent_date
    """,
    "merged": "select *, scope_id as block from row_merged",
    "contact": """
        select *, coalesce(channel, '') as block from row_contact
        union all by name
        select *, if(record_kind = 'agent_day', '', coalesce(channel, '')) as block from row_opinion
    """,
    "visit": """
        select *, queue_id as block from row_visit
        union all by name
        select *, queue_id as block from row_opinion where queue_id is not null
    """,
}


@dataclass(frozen=True)
class BlockFile:
    """One file of records: of which block it is, how many it holds, its content, and what there is of whom.

    `kinds` are the kinds of records in it with their columns, `agents` says how many of its records each agent has.
    """

    family: str
    block: str
    part: int
    count: int
    text: str
    kinds: dict[str, list[str]]
    agents: dict[str, int] = field(default_factory=dict)


def keep_teams(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table of the teams that every agent was in, from the tables of legs and opinions."""
    connection.execute(_TEAMS)


def share_out(connection: duckdb.DuckDBPyConnection, family: str) -> None:
    """Make the tables of a family from the tables of rows."""
    # A full order: the same records give the same bytes.
    connection.execute(
        f"""
        create or replace temp table filed_{family} as
        select day, block, record_kind, agent_id, text
        from ({_FAMILIES[family]}) as record
        order by day, block, record_kind, started_at, contact_key, {", ".join(KEYS)}, agent_id
        """  # noqa: S608 - own text
    )
    connection.execute(
        f"create or replace temp table block_{family} as "  # noqa: S608 - own names
        f"select day, block, count(*) as n, min(rowid) as first_row from filed_{family} group by day, block"
    )


def forget(connection: duckdb.DuckDBPyConnection, family: str) -> None:
    """Drop the texts of a family that is written: together with those of the others they would not fit in memory."""
    connection.execute(f"drop table filed_{family}")
    if family != "merged":  # which contacts were merged is asked for by the totals
        connection.execute(f"drop table row_{family}")


def block_files(
    connection: duckdb.DuckDBPyConnection, family: str, told: Told, most: int
) -> Iterator[tuple[str, BlockFile]]:
    """Yield (day, file) of all blocks of a family, in the order of days, blocks and parts of `most` records."""
    agents = _agents(connection, most) if family == "leg" else {}
    cursor = connection.execute(
        f"""
        select filed.day::varchar, filed.block, (filed.rowid - block.first_row) // {most} as part, record_kind,
            count(*), string_agg(text, ',' order by filed.rowid)
        from filed_{family} as filed
        inner join block_{family} as block on filed.day = block.day and filed.block = block.block
        group by all
        order by 1, 2, 3, 4
        """  # noqa: S608 - own names
    )
    for (day, block, part), rows in groupby(_fetched(cursor), key=lambda row: row[:3]):
        found = list(rows)
        tables = [f'{{"kind":"{kind}",{table_text(told[kind], text)[1:]}' for *_, kind, _, text in found]
        yield (
            day,
            BlockFile(
                family=family,
                block=block,
                part=part,
                count=sum(n for *_, n, _ in found),
                text=f'{{"tables":[{",".join(tables)}]}}',
                kinds={kind: [column.name for column in told[kind]] for *_, kind, _, _ in found},
                agents=agents.get((day, block, part), {}),
            ),
        )


def _agents(connection: duckdb.DuckDBPyConnection, most: int) -> dict[tuple[str, str, int], dict[str, int]]:
    """Return how many records every agent has in each file of legs."""
    found: dict[tuple[str, str, int], dict[str, int]] = {}
    cursor = connection.execute(
        f"""
        select filed.day::varchar, filed.block, (filed.rowid - block.first_row) // {most} as part, agent_id, count(*)
        from filed_leg as filed
        inner join block_leg as block on filed.day = block.day and filed.block = block.block
        group by all
        order by all
        """  # noqa: S608 - own names
    )
    for day, block, part, agent, count in cursor.fetchall():
        found.setdefault((day, block, part), {})[agent] = count
    return found


def _fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(256):
        yield from rows
