"""The bulletin: judged values of the last days, praise, and each edition of the last two days as text and as CSV."""

from __future__ import annotations

import json

from orchestration.site.store.results import Results
from orchestration.site.store.store import SiteStore, safe

_MARK = "\ufeff"
"""By it spreadsheets read Chinese."""


def bulletin_text(results: Results) -> str:
    """Return the text of the bulletin's file: the days that it has, what was judged on them, who was praised."""
    table = results.table("bulletin")
    content = json.loads(table)
    place = content["columns"].index("day")
    days = sorted({row[place] for row in content["rows"]}, reverse=True)
    praise = results.table("bulletin_praise")
    return f'{{"days":{json.dumps(days)},"values":{table},"praise":{praise}}}'


def write_editions(results: Results, store: SiteStore) -> dict[str, str]:
    """Write the editions' texts and CSV files; return text/<date>/<edition>/<kind>/<id>/<form> -> file name."""
    rows = results.run(
        "bulletin_text",
        "select local_date::varchar, edition, scope_kind, scope_id, text_en, text_zh, csv "  # noqa: S608 - own text
        f"from ({results.sql('bulletin_text')}) as result",
    ).fetchall()
    files = {}
    for day, edition, kind, scope, english, chinese, csv in rows:
        stem = f"edition/{safe(f'{kind}/{scope}')}"
        key = f"text/{day}/{edition}/{kind}/{scope}"
        files[f"{key}/en"] = store.put(stem, english, ending=".txt")
        files[f"{key}/zh"] = store.put(stem, chinese, ending=".txt")
        files[f"{key}/csv"] = store.put(stem, _MARK, csv, ending=".csv")
    return files
