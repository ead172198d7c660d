"""One file per scope: its history in arrays, its latest values in full, its peers."""

from __future__ import annotations

import json

from orchestration.site.documents import safe
from orchestration.site.results import Results, columns_as_json, row_as_json
from orchestration.site.store import SiteStore

_PARTS = {"values": "scope_values", "series": "scope_series", "peers": "scope_peers"}

_KEYS = ("scope_kind", "scope_id")


def write_scopes(results: Results, store: SiteStore) -> dict[str, str]:
    """Write them and return key -> file name.

    One thread reads in order: arrays are put together in the order of rows that were sorted once, and the same
    rows give the same bytes, so that an unchanged scope is not written again.
    """
    results.connection.execute("set threads = 1")
    try:
        heads = {part: _keep_texts(results, part) for part in _PARTS}
    finally:
        results.connection.execute("reset threads")
    periods = _periods(results)
    files = {}
    cursor = results.connection.execute(_JOINED)
    while rows := cursor.fetchmany(64):
        for kind, scope_id, scope, *texts in rows:
            tables = (
                f'"{part}":{{"columns":{heads[part]},"rows":[{text or ""}]}}'
                for part, text in zip(_PARTS, texts, strict=True)
            )
            content = f'{{"scope":{scope},"periods":{periods},{",".join(tables)}}}'
            files[f"scope/{kind}/{scope_id}"] = store.put(f"scope/{kind}/{safe(scope_id)}", content)
    return files


_JOINED = """
    select scope.scope_kind, scope.scope_id, scope.text, values_text.text, series_text.text, peers_text.text
    from scope_text as scope
    left join values_text using (scope_kind, scope_id)
    left join series_text using (scope_kind, scope_id)
    left join peers_text using (scope_kind, scope_id)
    order by scope.scope_kind, scope.scope_id
"""


def _keep_texts(results: Results, part: str) -> str:
    """Keep the JSON rows of each scope in the temporary table <part>_text; return the JSON of the columns."""
    name = _PARTS[part]
    columns = [column for column in results.columns(name) if column.name not in _KEYS]
    results.run(
        name,
        f"""
        create or replace temp table {part}_text as
        select scope_kind, scope_id, string_agg({row_as_json(columns)}, ',') as text
        from ({results.sql(name)}) as result
        group by scope_kind, scope_id
        """,  # noqa: S608 - own text
    )
    return columns_as_json(columns)


def _periods(results: Results) -> str:
    """Return the lists of periods in which the arrays of a series count their places; keep each scope's own row."""
    columns = results.keep("scopes", "scope_row")
    pairs = " || ',' || ".join(f"'\"{column.name}\":' || {column.as_json()}" for column in columns)
    results.connection.execute(
        f"create or replace temp table scope_text as select scope_kind, scope_id, '{{' || {pairs} || '}}' as text from scope_row"  # noqa: S608, E501
    )
    rows = results.run("scope_periods", results.sql("scope_periods")).fetchall()
    return json.dumps({kind: [str(start) for start in starts] for kind, starts in rows}, separators=(",", ":"))
