"""Who may see what: the rows that a team's or an agent's site is made from.

They are filtered before any result is made, so no file of such a site can hold a row of another team. Of wider scopes
(the centre, a channel, a queue) only those values stay that cover at least five people outside the audience, or nobody
outside: fewer could be told from the difference.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb

from orchestration.audiences import AudienceSite
from orchestration.sql_text import text_literal

FEWEST_OUTSIDE = 5
"""So many people outside the audience a wider value must cover."""

_FOLDER = Path(__file__).parent


class AudienceRows:
    """What the sites of all audiences of one run are filtered from, in files of `folder`.

    One file has the rows of every audience and is never left attached; a file of wide values has the ones that an
    audience may see and nothing else. Audiences from whom the same values are hidden share it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._prepared = folder / "prepared.duckdb"
        self._lock = threading.Lock()

    def prepare(
        self, connection: duckdb.DuckDBPyConnection, sites: Sequence[AudienceSite], dates: dict[str, date]
    ) -> None:
        """Make the rows once. `connection` has the published file attached as `published`.

        `dates` are last_day, closed_until, first_drill_day, and first_record_day, from which records are shown.
        """
        connection.execute(f"attach {text_literal(self._prepared)} as prepared")
        connection.execute("create table prepared.main.audience (scope varchar, scope_id varchar)")
        connection.execute(
            "insert into prepared.main.audience select unnest($scopes), unnest($ids)",
            {"scopes": [site.scope for site in sites], "ids": [site.scope_id for site in sites]},
        )
        for name, day in dates.items():
            connection.execute(f"set variable {name} = $day", {"day": day})
        connection.execute(_script("audience_prepared.sql"))
        connection.execute("detach prepared")

    def restrict(self, connection: duckdb.DuckDBPyConnection, site: AudienceSite) -> str:
        """Make `scorecard` mean the rows that the audience may see; return a name of what it sees of wider scopes.

        The connection has the published file attached as `published`, and nothing of it afterwards. Equal names
        stand for equal values.
        """
        connection.execute(f"attach {text_literal(self._prepared)} as prepared (read_only)")
        connection.execute("create schema memory.scorecard; use memory.scorecard")
        connection.execute("set variable audience_scope = $value", {"value": site.scope})
        connection.execute("set variable audience_id = $value", {"value": site.scope_id})
        connection.execute("set variable fewest_outside = $value", {"value": FEWEST_OUTSIDE})
        connection.execute(_script("audiences.sql"))
        name = self._attach_wide(connection)
        connection.execute(_script("audience_scopes.sql"))
        # What is not there can't be read by mistake, from whatever thread.
        connection.execute("detach published; detach prepared")
        return name

    def _attach_wide(self, connection: duckdb.DuckDBPyConnection) -> str:
        hidden = connection.execute(
            "select hidden_period::varchar from hidden_period semi join prepared.main.wide_value as wide_value "
            "using (scope_kind, scope_id, period_kind, period_start) order by all"
        ).fetchall()
        name = hashlib.sha256("\n".join(row for (row,) in hidden).encode("utf-8")).hexdigest()[:24]
        file = self._folder / f"wide-{name}.duckdb"
        with self._lock:
            if not file.exists():
                connection.execute(f"attach {text_literal(file)} as wide")
                connection.execute(_WIDE)
                connection.execute("detach wide")
        connection.execute(f"attach {text_literal(file)} as wide (read_only)")
        return name


_WIDE = """
    create table wide.main.wide_value as
    from prepared.main.wide_value
    anti join hidden_period using (scope_kind, scope_id, period_kind, period_start);

    create table wide.main.wide_scope as
    select distinct scope_kind, scope_id from wide.main.wide_value
"""


def record_days(last_day: date, closed_until: date, first_drill_day: date, drill_days: int) -> dict[str, date]:
    """Return the dates that `AudienceRows.prepare` needs."""
    return {
        "last_day": last_day,
        "closed_until": closed_until,
        "first_drill_day": first_drill_day,
        "first_record_day": first_drill_day if drill_days else last_day + timedelta(days=1),
    }


def _script(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
