"""Who may see what: the rows that a team's or an agent's site is made from.

They are filtered before any result is made, so no file of such a site can hold a row of another team. What stays of
wider scopes says hidden.py.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from orchestration.home.sql_text import text_literal
from orchestration.site.audiences.hidden import FEWEST_OUTSIDE, Hiding, prepare_strands
from orchestration.site.audiences.owners import prepare_owners
from orchestration.site.audiences.scripts import sql_script
from orchestration.site.store.sites import AudienceSite


@dataclass(frozen=True)
class Seen:
    """Names of what an audience sees of wider scopes: equal names stand for equal rows."""

    values: str
    half_hours: str


class AudienceRows:
    """What the sites of all audiences of one run are filtered from, in files of `folder`.

    One file has the rows of every audience and is never left attached; files of wide values and half-hours have the
    ones that an audience may see and nothing else. Audiences from whom the same is hidden share them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._prepared = folder / "prepared.duckdb"
        self._kept: dict[tuple[str, str], Path] = {}
        self._made = 0
        self._lock = threading.Lock()
        self._hiding = Hiding()

    def prepare(
        self, connection: duckdb.DuckDBPyConnection, sites: Sequence[AudienceSite], dates: dict[str, date]
    ) -> None:
        """Make the rows once. `connection` has the published file attached as `published`, and `memory.main.place`.

        `dates` are last_day, closed_until, first_drill_day, and first_record_day, from which records are shown.
        """
        connection.execute(f"attach {text_literal(self._prepared)} as prepared")
        connection.execute("create table prepared.main.audience (scope varchar, scope_id varchar)")
        connection.execute(
            "insert into prepared.main.audience select unnest($scopes), unnest($ids)",
            {"scopes": [site.scope for site in sites], "ids": [site.scope_id for site in sites]},
        )
        for name, value in {**dates, "fewest_outside": FEWEST_OUTSIDE}.items():
            connection.execute(f"set variable {name} = $value", {"value": value})
        prepare_owners(connection)
        connection.execute(sql_script("prepared.sql"))
        connection.execute(sql_script("impact_prepared.sql"))
        connection.execute(sql_script("governance_prepared.sql"))
        prepare_strands(connection)
        connection.execute("detach prepared")

    def restrict(self, connection: duckdb.DuckDBPyConnection, site: AudienceSite) -> Seen:
        """Make `scorecard` mean the rows that the audience may see; return names of what it sees of wider scopes.

        The connection has the published file attached as `published`, and nothing of it afterwards.
        """
        connection.execute(f"attach {text_literal(self._prepared)} as prepared (read_only)")
        connection.execute("create schema memory.scorecard; use memory.scorecard")
        connection.execute("set variable audience_scope = $value", {"value": site.scope})
        connection.execute("set variable audience_id = $value", {"value": site.scope_id})
        connection.execute("set variable fewest_outside = $value", {"value": FEWEST_OUTSIDE})
        connection.execute(sql_script("audiences.sql"))
        self._hiding.hide(connection)
        seen = Seen(
            self._attach(connection, "wide", _HIDDEN_VALUES, _WIDE),
            self._attach(connection, "half_hour", _HIDDEN_HALF_HOURS, _HALF_HOURS),
        )
        connection.execute(sql_script("scopes.sql"))
        connection.execute(sql_script("impact.sql"))
        connection.execute(sql_script("governance.sql"))
        connection.execute(sql_script("points.sql"))
        connection.execute(sql_script("assessment.sql"))
        # What is not there can't be read by mistake, from whatever thread.
        connection.execute("detach published; detach prepared")
        return seen

    def _attach(self, connection: duckdb.DuckDBPyConnection, schema: str, hidden: str, make: str) -> str:
        """Attach, as `schema`, the file without what is `hidden`; `make` makes it. Return the name of what is left."""
        ((found,),) = connection.execute(
            "select sha256(coalesce(string_agg(told::varchar, chr(10) order by told::varchar), '')) "  # noqa: S608
            f"from ({hidden}) as told"
        ).fetchall()
        name = str(found)[:24]
        with self._lock:
            file = self._kept.get((schema, name)) or self._make(connection, schema, make)
            connection.execute(f"attach {text_literal(file)} as {schema} (read_only)")
            self._keep((schema, name), file)
        return name

    def _make(self, connection: duckdb.DuckDBPyConnection, schema: str, make: str) -> Path:
        """Make a file and return it, with a name of its own: of the same rows one may be open that was not kept."""
        self._made += 1
        file = self._folder / f"{schema}-{self._made}.duckdb"
        connection.execute(f"attach {text_literal(file)} as {schema}")
        connection.execute(make)
        connection.execute(f"detach {schema}")
        return file

    def _keep(self, view: tuple[str, str], file: Path) -> None:
        """Leave a file to the next audiences, unless there are many already: an engine reads on what it has open."""
        if view in self._kept or len(self._kept) < _MOST_FILES:
            self._kept[view] = file
        else:
            file.unlink()


_MOST_FILES = 64
"""So many different views are kept on the disk, each of some megabytes."""

_HIDDEN_VALUES = """
    from hidden_period
    semi join prepared.main.wide_value as wide_value using (scope_kind, scope_id, period_kind, period_start)
"""

_WIDE = """
    create table wide.main.wide_value as
    from prepared.main.wide_value
    anti join (from hidden_period where kpi_id is null) using (scope_kind, scope_id, period_kind, period_start)
    anti join (from hidden_period where kpi_id is not null)
        using (kpi_id, scope_kind, scope_id, period_kind, period_start);

    create table wide.main.wide_scope as
    select distinct scope_kind, scope_id from wide.main.wide_value
"""

_HIDDEN_HALF_HOURS = """
    from hidden_half_hour
    semi join prepared.main.fct_kpi_half_hour as half_hour using (scope_kind, scope_id, half_hour_started_at)
"""

_HALF_HOURS = """
    create table half_hour.main.fct_kpi_half_hour as
    from prepared.main.fct_kpi_half_hour
    anti join (from hidden_half_hour where kpi_id is null) using (scope_kind, scope_id, half_hour_started_at)
    anti join (from hidden_half_hour where kpi_id is not null)
        using (kpi_id, scope_kind, scope_id, half_hour_started_at)
"""


def record_days(last_day: date, closed_until: date, first_drill_day: date, drill_days: int) -> dict[str, date]:
    """Return the dates that `AudienceRows.prepare` needs."""
    return {
        "last_day": last_day,
        "closed_until": closed_until,
        "first_drill_day": first_drill_day,
        "first_record_day": first_drill_day if drill_days else last_day + timedelta(days=1),
    }
