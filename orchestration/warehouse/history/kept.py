"""What closed periods said before a formula or a target changed, for dbt to keep and for readers to look up."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb
import polars as pl

from orchestration.home.durable import put_file
from orchestration.home.paths import Home, memory_limit
from orchestration.home.sql_text import text_literal
from orchestration.warehouse.history.compare import PERIODS, VALUES, closed_of, has_values
from orchestration.warehouse.history.shape import KEPT
from orchestration.warehouse.seeds import SEEDS, read_seed


def keep_closed_values(home: Home, file: Path, publication: int) -> None:
    """Write the published values of closed periods whose formula is another one now, for the next build to keep.

    They are taken from the published file: a build is about to make them anew, and can't make them as they were. One
    that is damaged or gone keeps nothing, and the publication says so.
    """
    if not home.published_file.is_file():
        return
    try:
        rows = _values_of_other_formulas(home)
    except duckdb.Error:
        return
    if rows is not None and rows.height:
        rows = rows.with_columns(pl.lit(publication, dtype=pl.Int64).alias("publication")).select(list(KEPT))
        put_file(file, rows.write_parquet, on_disk=True)


def _values_of_other_formulas(home: Home) -> pl.DataFrame | None:
    versions = {row["kpi_id"]: row["formula_version"] for row in read_seed(SEEDS, "kpis")}
    now = pl.DataFrame({"kpi_id": list(versions), "formula_now": list(versions.values())})
    with published_as_old(home) as connection:
        if not has_values(connection, "old"):
            return None
        connection.register("versions", now)
        other = connection.execute(
            "select kpi_id from old.scorecard.dim_kpi inner join versions using (kpi_id) "
            "where formula_version != formula_now"
        ).fetchall()
        # Most builds end here: what was closed takes a look at all values.
        closed = closed_of(connection) if other else None
        if closed is None:
            return None
        columns = ", ".join(name for name in KEPT if name != "publication")
        return connection.execute(
            f"""
            select {columns} from old.{VALUES} inner join versions using (kpi_id)
            where
                formula_version != formula_now
                and period_kind in {PERIODS} and period_end <= $before and period_end > $first
            """,
            {"before": closed.before, "first": closed.first},
        ).pl()


def published_as_old(home: Home) -> duckdb.DuckDBPyConnection:
    """Return a connection in which the published file is `old`; it has to be there."""
    connection = duckdb.connect(config={"memory_limit": memory_limit()})
    connection.execute("set TimeZone = 'UTC'")
    connection.execute(f"attach {text_literal(str(home.published_file))} as old (read_only)")
    return connection


def new_versions(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Iterable[str], publication: int, known: int
) -> pl.DataFrame:
    """Return the current rows of a table of versions that no publication up to `known` had; `new` is the file to be."""
    told = ", ".join(name for name in columns if name != "publication")
    return connection.execute(
        f"""
        select $publication::bigint as publication, {told} from new.scorecard.{table}
        where is_current and ($known = 0 or first_publication > $known)
        """,
        {"publication": publication, "known": known},
    ).pl()
