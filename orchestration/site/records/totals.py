"""What the records of large scopes add up to: a page of theirs shows some of the records and the totals of all."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.site.records.rows import Days, keep_replaced, summed_measures
from orchestration.site.store.results import Column, Results

DayScope = tuple[str, str, str]
"""Day, kind of scope and scope."""

# In the tables of sums: what each kind of scope is made of. The legs that a team's merged contacts stand for go off.
_MADE_OF = {
    "team": """
        select day, unnest(teams) as scope_id, {one} from sum_leg as told
        inner join team_set on told.agent_id = team_set.agent_id and told.agent_date = team_set.agent_date
        union all by name
        select day, unnest(teams) as scope_id, {one} from sum_opinion as told
        inner join team_set on told.agent_id = team_set.agent_id and told.agent_date = team_set.agent_date
        union all by name
        select day, scope_id, {one} from sum_merged
        union all by name
        select day, scope_id, {less} from sum_replaced
    """,
    "channel": """
        select day, channel as scope_id, {one} from sum_contact
        union all by name
        select day, channel as scope_id, {one} from sum_opinion
    """,
    "queue": """
        select day, queue_id as scope_id, {one} from sum_visit
        union all by name
        select day, queue_id as scope_id, {one} from sum_opinion
    """,
    "centre": """
        select day, 'centre' as scope_id, {one} from sum_contact
        union all by name
        select day, 'centre' as scope_id, {one} from sum_opinion
    """,
}


@dataclass(frozen=True)
class Totals:
    """Records of a scope on a day, and the sums of those measures that are not 0."""

    count: int
    sums: dict[str, float]


def totals(results: Results, days: Days, columns: list[Column], large: set[DayScope]) -> dict[DayScope, Totals]:
    """Return the totals of the large scopes among these days; the tables of sums are there."""
    names = {column.name for column in columns}
    measures = [name for name in summed_measures(results) if name in names]
    found: dict[DayScope, Totals] = {}
    for kind, made_of in _MADE_OF.items():
        wanted = sorted((day, scope_id) for day, of_kind, scope_id in large if of_kind == kind)
        if not wanted:
            continue
        if kind == "team":
            keep_replaced(results, days, measures)
        one = ", ".join(["n", *(f'"{name}"' for name in measures)])
        less = ", ".join(["-n as n", *(f'-"{name}" as "{name}"' for name in measures)])
        sums = ", ".join(f'sum("{name}")' for name in measures)
        rows = results.connection.execute(
            f"select day::varchar, scope_id, sum(n)::bigint, {sums} "  # noqa: S608 - own names
            f"from ({made_of.format(one=one, less=less)}) as told "
            "where list_contains($wanted, day::varchar || ' ' || scope_id) group by day, scope_id",
            {"wanted": [f"{day} {scope_id}" for day, scope_id in wanted]},
        ).fetchall()
        for day, scope_id, count, *amounts in rows:
            told = {name: _short(amount) for name, amount in zip(measures, amounts, strict=True) if amount}
            found[day, kind, scope_id] = Totals(count, told)
    return found


def _short(amount: float) -> float:
    return int(amount) if amount.is_integer() else round(amount, 9)
