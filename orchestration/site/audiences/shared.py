"""Files of an audience's site that say of wider scopes what other sites say too, made once for all of them."""

from __future__ import annotations

from typing import Any

from orchestration.site.audiences.wide import WIDE, WideValues, rows_mark
from orchestration.site.files.documents import TABLES, write_half_hours
from orchestration.site.store.results import Results, columns_as_json, row_as_json, table_text
from orchestration.site.store.store import SiteStore, safe

_VALUES = "table/fct_kpi_value"


class HalfHours:
    """The half-hours that some audiences see; the first of their sites says what stands in which file."""

    def __init__(self, results: Results) -> None:
        self.mark = rows_mark(results, "scorecard.fct_kpi_half_hour")
        self._files: dict[str, dict[str, str]] | None = None

    def write(self, results: Results, store: SiteStore) -> tuple[dict[str, str], dict[str, Any]]:
        """Write the half-hours of each day; return key -> file name, and what to remember: day -> {mark, file}."""
        found = self._files
        is_there = found is not None and all(_take(store, day, kept) for day, kept in found.items())
        if found is None or not is_there:
            _, found = write_half_hours(results, store)
            self._files = found
        return {f"half_hour/{day}": kept["file"] for day, kept in found.items()}, found


def _take(store: SiteStore, day: str, kept: dict[str, str]) -> bool:
    return store.keep(kept["file"]) or store.borrow(f"half_hour/{day}", kept["mark"]) is not None


def write_audience_tables(results: Results, store: SiteStore, wide: WideValues) -> dict[str, str]:
    """Write the tables for an analyst's own page; return key -> file name.

    The table of values has the audience's own rows, and in `more` the name of a file with those of wider scopes.
    """
    files = {name: store.put(name, results.table(result)) for name, result in TABLES.items() if name != _VALUES}
    return files | {_VALUES: _write_values(results, store, wide)}


def _write_values(results: Results, store: SiteStore, wide: WideValues) -> str:
    columns = results.columns(TABLES[_VALUES])

    def told(scopes: str) -> str:
        query = f"""
            select string_agg({row_as_json(columns)}, ',')
            from ({results.sql(TABLES[_VALUES])}) as result
            where {scopes}
        """  # noqa: S608 - own text
        ((rows,),) = results.run(TABLES[_VALUES], query).fetchall()
        return rows or ""

    key, mark = f"{_VALUES}/wide", safe(f"{results.sql(TABLES[_VALUES])} {columns} {wide.mark}")
    file = store.borrow(key, mark) or store.put(f"{_VALUES}-wide", table_text(columns, told(f"scope_kind in {WIDE}")))
    store.offer(key, mark, file)
    own = told(f"scope_kind not in {WIDE}")
    return store.put(_VALUES, f'{{"columns":{columns_as_json(columns)},"more":["{file}"],"rows":[{own}]}}')
