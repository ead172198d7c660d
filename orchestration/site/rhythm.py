"""How often each source drops files, and whether it is late against that: told by the landing days of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from orchestration.home.ledger_index import ledger
from orchestration.home.paths import Home

FEWEST_DAYS = 5
"""With fewer landing days nothing is known of a rhythm."""
LOOKED_AT = 28
USUAL_SHARE = 0.9
"""Nine of ten waits are not longer than the usual one: weekends are, a week in which a system was down is not."""


@dataclass(frozen=True)
class Rhythm:
    """A source: its last landing day, how many days lie between two at most usually, and how many have gone by.

    `last_day` is None without a file, `usual_days` with fewer than five landing days.
    """

    source: str
    last_day: date | None
    usual_days: int | None
    days_since: int | None

    @property
    def is_late(self) -> bool:
        """Whether more days have gone by than usual; never so while no rhythm is known."""
        return self.usual_days is not None and self.days_since is not None and self.days_since > self.usual_days

    def __str__(self) -> str:
        """Return the sentence for people."""
        if self.last_day is None:
            return f"{self.source}: no file yet"
        if self.usual_days is None:
            return f"{self.source}: last landing day {self.last_day}, not enough data to know how often it comes"
        every = "every day" if self.usual_days == 1 else f"every {self.usual_days} days at most"
        said = f"{self.days_since} days ago, usually {every}"
        return f"{self.source}: {'late, ' if self.is_late else ''}last landing day {self.last_day}, {said}"


def rhythms(home: Home, sources: Iterable[str], today: date) -> list[Rhythm]:
    """Return the rhythm of each source, as of a day of the centre's own calendar; a source without files too."""
    with duckdb.connect() as connection:
        ledger(connection, home).create_view("landed")
        rows = connection.execute(
            """
            with days as (
                select distinct source_id, landing_day from landed
            ),

            newest as (
                select
                    source_id, landing_day,
                    landing_day - lag(landing_day) over (partition by source_id order by landing_day) as wait
                from days
                qualify row_number() over (partition by source_id order by landing_day desc) <= $looked_at
            )

            select
                source_id, max(landing_day),
                if(count(*) >= $fewest, quantile_disc(wait, $share), null)::integer,
                greatest(0, $today - max(landing_day))::integer
            from newest
            group by source_id
            """,
            {"looked_at": LOOKED_AT, "fewest": FEWEST_DAYS, "share": USUAL_SHARE, "today": today},
        ).fetchall()
    known = {row[0]: Rhythm(*row) for row in rows}
    return [known.get(source, Rhythm(source, None, None, None)) for source in sources]
