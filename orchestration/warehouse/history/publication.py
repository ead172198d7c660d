"""A publication as it goes into history: its number, and what of closed periods it tells otherwise than before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl

from orchestration.home.paths import Home, memory_limit
from orchestration.home.sql_text import text_literal
from orchestration.warehouse.build_state import BuildState
from orchestration.warehouse.history.as_published import write_macro
from orchestration.warehouse.history.assessed import new_assessments
from orchestration.warehouse.history.came import find_new_rows, make_table, widen
from orchestration.warehouse.history.compare import closed_of, find_restated, has_values, note_orders
from orchestration.warehouse.history.inputs import Inputs, inputs_of
from orchestration.warehouse.history.kept import new_versions
from orchestration.warehouse.history.shape import CAUSE, PUBLICATION, PUBLISHED, RESTATEMENT, TABLES
from orchestration.warehouse.history.store import HistoryStore, Record
from orchestration.warehouse.history.went import find_gone_rows
from orchestration.warehouse.slice.parts import read_parts, write_parts

GONE = "What was published before was gone: what of it changed is not known."
OTHER_FORM = "What was published before is of a version that can't be compared: what of it changed is not known."
REPEAT_DAYS = 3
ALWAYS = ("publication", "restatement", "restatement_cause")
"""Tables of which each publication has a file, also without rows."""
VERSIONS = {"kpi_definition": "dim_kpi_version", "target_set": "dim_kpi_target_version"}
"""Tables of the history that keep what rules said, and the published tables that they are taken from."""


@dataclass(frozen=True)
class Noted:
    """What the history says of a publication: its number, and how many values of closed periods it changed."""

    number: int
    restated: int
    note: str = ""


def note_publication(home: Home, part: Path) -> Noted:
    """Write the publication of a file that is about to be put in place into history, and the history into the file.

    The same build has the same number, however often it is published. Raises HistoryError.
    """
    store = HistoryStore(home)
    store.ensure_empty()
    store.follow(home.published_file)
    records = store.check()
    build = BuildState(home).digest
    if records and records[-1].build == build:
        number = len(records)
        noted = Noted(number, int(records[-1].said["restated"]))
    else:
        noted = _write(home, store, records, part, build)
    _fill(store, part, noted.number)
    return noted


def confirm_publication(home: Home, noted: Noted) -> None:
    """Say that the file is in place, and forget which parts the publications before it read."""
    HistoryStore(home).confirm(noted.number)
    for path in _parts_file(home, noted.number).parent.glob("*.parquet"):
        if path != _parts_file(home, noted.number):
            path.unlink()


def _write(home: Home, store: HistoryStore, records: list[Record], part: Path, build: str) -> Noted:
    number, now = len(records) + 1, inputs_of(home)
    before = records[-1] if records else None
    orders = store.prepared("restate_order", number)
    rows, causes, unknown = _compared(home, part, before, now, orders)
    with _opened(home, part, with_old=False) as connection:
        facts = _facts(connection)
        versions = {
            name: new_versions(connection, table, TABLES[name], number, _known(store, name, number))
            for name, table in VERSIONS.items()
        }
        versions |= new_assessments(connection, number)
    note = store.begun_anew() or (unknown if records else "")
    with_number = len(records) if records and not unknown else None
    rows = _numbered(rows, number, with_number)
    said = {
        "publication": number,
        "published_at": datetime.now(UTC).replace(microsecond=0),
        "compared_with": with_number,
        **facts,
        "restated_count": rows.height,
        "ledger_digest": now.ledger,
        "settings_digest": now.settings,
        "program_digest": now.program,
        "note": note or None,
    }
    frames = {
        "publication": pl.DataFrame([said], schema=PUBLICATION),
        "restatement": rows,
        "restatement_cause": causes,
        "restate_order": orders,
        **{table: store.prepared(table, number) for table in ("kept_value", "retention", "outlived_value")},
        **versions,
    }
    write_parts(_parts_file(home, number), now.parts)
    seal = records[-1].digest if records else ""
    frames = {table: frame for table, frame in frames.items() if table in ALWAYS or frame.height}
    store.write(number, frames, {"build": build, "restated": rows.height, **_digests(now)}, seal)
    return Noted(number, rows.height, note)


def _compared(
    home: Home, part: Path, before: Record | None, now: Inputs, orders: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame, str]:
    """Return what is restated, the causes, and why nobody knows: no file published before stops a publication."""
    number = before.number + 1 if before else 1
    unknown = OTHER_FORM if home.published_file.is_file() else GONE
    try:
        with _opened(home, part, with_old=True) as connection:
            if has_values(connection, "old"):
                return _restated(connection, home, before, now, orders), _causes(connection, number), ""
    except duckdb.ProgrammingError:
        unknown = OTHER_FORM
    except duckdb.Error:
        # A damaged one is as one that is gone: a publication puts a sound one in its place.
        unknown = GONE
    return pl.DataFrame(schema=RESTATEMENT), pl.DataFrame(schema=CAUSE), unknown


def _restated(
    connection: duckdb.DuckDBPyConnection, home: Home, before: Record | None, now: Inputs, orders: pl.DataFrame
) -> pl.DataFrame:
    closed = closed_of(connection)
    make_table(connection)
    if closed is None:
        return pl.DataFrame(schema=RESTATEMENT)
    settings = connection.execute(
        "select time_zone, fcr_window_days from read_parquet(?)",
        [str(home.raw / "centre_settings" / "event_date=1900-01-01" / "settings.parquet")],
    ).fetchone()
    zone, fcr_days = settings or ("UTC", REPEAT_DAYS)
    other = {name: before is None or before.said.get(name) != digest for name, digest in _digests(now).items()}
    # Another program has other tables of settings, though nobody touched centre.yaml.
    other["settings"] = other["settings"] and (other["centre"] or not other["program"])
    parts = read_parts(_parts_file(home, before.number)) if before else None
    if parts is not None:
        find_new_rows(connection, home, frozenset(parts), now.parts, str(zone))
        # Another program reads a file otherwise; with the same one it is the rules of its source.
        find_gone_rows(connection, parts - now.parts, "definition" if other["program"] else "setting")
        widen(connection, max(int(fcr_days), REPEAT_DAYS) + 1)
    _note_what_holds_everywhere(connection, other, is_known=before is not None)
    note_orders(connection, orders)
    return find_restated(
        connection,
        closed,
        is_program_other=other["program"],
        is_setting_other=before is not None and other["settings"],
    )


def _note_what_holds_everywhere(
    connection: duckdb.DuckDBPyConnection, other: Mapping[str, bool], *, is_known: bool
) -> None:
    told = {
        "definition": ("program", "the program or its tools are of another version"),
        "setting": ("settings", "centre.yaml"),
    }
    for reason, (name, detail) in told.items():
        if other[name] and (is_known or name == "program"):
            connection.execute(
                "insert into cause (cause_reason, first_date, last_date, detail) values (?, ?, ?, ?)",
                [f"{reason} everywhere", date.min, date.max, detail],
            )


def _causes(connection: duckdb.DuckDBPyConnection, number: int) -> pl.DataFrame:
    """Return what may have changed something that is restated: not all that came."""
    exists = connection.execute("select 1 from duckdb_tables() where table_name = 'changed'").fetchone()
    if not exists:
        return pl.DataFrame(schema=CAUSE)
    columns = ", ".join(name for name in CAUSE if name not in {"publication", "cause_reason"})
    found = connection.execute(
        f"""
        select {number}::bigint as publication, replace(cause_reason, ' everywhere', '') as cause_reason, {columns}
        from cause
        where first_date < (select max(period_end) from changed)
        order by all
        """
    ).pl()
    return found.cast(dict(CAUSE.items())) if found.height else pl.DataFrame(schema=CAUSE)


def _facts(connection: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """Return what a file says of itself: its instant, its dates, and how much it holds."""
    found = connection.execute(
        """
        select
            (select max(as_of) from built.intermediate.int_as_of),
            (select max(first_date) from built.intermediate.int_as_of),
            (select max(period_end) from new.scorecard.fct_kpi_value where period_kind = 'day' and not is_provisional),
            (select count(*) from new.scorecard.fct_file),
            (select sum(records_read) from new.scorecard.fct_file)::bigint,
            (select count(*) from new.scorecard.fct_kpi_value)
        """
    ).fetchone()
    names = ("as_of", "first_date", "closed_before", "file_count", "record_count", "value_count")
    return dict(zip(names, found or (None,) * len(names), strict=True))


def _numbered(rows: pl.DataFrame, number: int, before: int | None) -> pl.DataFrame:
    numbers = {"publication": number, "compared_with": before}
    return rows.with_columns(pl.lit(value, dtype=pl.Int64).alias(name) for name, value in numbers.items()).select(
        pl.col(name).cast(kind) for name, kind in RESTATEMENT.items()
    )


@contextmanager
def _opened(home: Home, part: Path, *, with_old: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection: the file published before is `old`, the one to come `new`; what it is built from beside."""
    files = {"old": home.published_file, "new": part, "built": home.warehouse_file, "kept": home.kept_file}
    with duckdb.connect(config={"memory_limit": memory_limit()}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set temp_directory = {text_literal(str(home.spill))}")
        for name, file in files.items():
            if file.is_file() and (with_old or name != "old"):
                connection.execute(f"attach {text_literal(str(file))} as {name} (read_only)")
        yield connection


def _fill(store: HistoryStore, part: Path, number: int) -> None:
    """Put into the file to be published what dbt could not know of: the publications since it read the history."""
    with duckdb.connect(str(part)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        found = connection.execute("select coalesce(max(publication), 0) from scorecard.fct_publication").fetchone()
        known = int(found[0]) if found else 0
        for table in PUBLISHED:
            files = [str(file) for one in range(known + 1, number + 1) if (file := store.file(table, one)).is_file()]
            # What the build was to obey stands there already.
            connection.execute(f"delete from scorecard.fct_{table} where publication > ?", [known])
            if files:
                connection.execute(f"insert into scorecard.fct_{table} by name from read_parquet(?)", [files])
        write_macro(connection)


def _known(store: HistoryStore, table: str, number: int) -> int:
    """Return the last publication before this one that has rows of a table; 0 without any."""
    return max((one for one in range(1, number) if store.file(table, one).is_file()), default=0)


def _parts_file(home: Home, number: int) -> Path:
    return home.state / "publication_parts" / f"{number:06d}.parquet"


def _digests(now: Inputs) -> dict[str, str]:
    return {"program": now.program, "settings": now.settings, "centre": now.centre}
