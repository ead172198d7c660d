"""What of wider scopes (the centre, channels, queues) an audience does not see, so that nothing of it follows either.

No value is shown that covers one to four people outside the audience, and none that a reader could work out from what
is shown: a Sunday as the week less six days, a channel as the centre less the others. The one place of the rule:

- A scope's time is cut by borders between days. Between two borders that are told there was nobody outside at work, or
  at least five: a stretch with fewer is joined to the next or the one before, and the border between is not told. A
  period is shown if both its borders are told. So whatever adds and subtracts a scope's periods gets whole stretches.
- A scope that doesn't tell a border has companions that don't tell it either (audience_companions.sql): one can think
  work moved over the border in one strand of the centre, and back over it in another, and no shown value is another. So
  no hidden value follows from all shown ones together, by whatever sums and differences, or from another KPI.
- A scope that had fewer than five people outside in all its time tells no period with one of them, nor do its
  companions: one can think that work moved to another strand on the same day.
- What is made of records that few people own (checks, complaints) is hidden by these owners likewise (owners.py).
- Half-hours add up to their day: of a day that is hidden all are hidden, and of another day none is hidden alone, but
  with another one, and by the scope's companions too.

An audience's own people and teams are always shown. They are taken as known, which is why only people outside count.
"""

from __future__ import annotations

from typing import Any

import duckdb

from orchestration.site.audiences.scripts import sql_script

FEWEST_OUTSIDE = 5
"""So many people outside the audience a wider value must cover."""

Row = tuple[Any, ...]


def prepare_strands(connection: duckdb.DuckDBPyConnection) -> None:
    """Make, in `prepared`, what the choice of companions needs of all audiences."""
    connection.execute(sql_script("strands.sql"))


class Hiding:
    """Hides from one audience after the other; remembers the companions of those from whom as much was hidden."""

    def __init__(self) -> None:
        self._companions: dict[tuple[Row, ...], list[Row]] = {}

    def hide(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make `hidden_period` and `hidden_half_hour`; the connection has `inside_day` and `inside_agent`."""
        connection.execute(sql_script("borders.sql"))
        # Every joined stretch ends or halves those that are still too few: ten rounds for three years of days.
        while True:
            connection.execute(sql_script("stretches.sql"))
            ((joined,),) = connection.execute("select count(uncut_date) from stretch").fetchall()
            if not joined:
                break
        self._find_companions(connection)
        connection.execute(sql_script("hidden.sql"))
        connection.execute(sql_script("half_hours.sql"))

    def _find_companions(self, connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(sql_script("worth.sql"))
        worth = tuple(connection.execute("from strand_worth order by strand_number").fetchall())
        known = self._companions.get(worth)
        if known is None:
            connection.execute(sql_script("companions.sql"))
            self._companions[worth] = connection.execute("from companion").fetchall()
            return
        connection.execute(
            "create temp table companion as select unnest($1) as scope_kind, unnest($2) as scope_id, "
            "unnest($3) as hides_kind, unnest($4) as hides_id, unnest($5)::varchar as kpi_id",
            [list(column) for column in zip(*known, strict=True)],
        )
