"""What complaints were about: a file per scope with its parts in every period, and one of the complaints themselves."""

from __future__ import annotations

from orchestration.site.store.results import Results
from orchestration.site.store.store import SiteStore, safe


def write_complaints(results: Results, store: SiteStore, drill_days: int) -> dict[str, str]:
    """Write them; return key -> file name. Without days that lead to single contacts no complaint is told by itself."""
    files = {
        f"complaints/{kind}/{scope}": store.put(f"complaints/{kind}/{safe(scope)}", table)
        for (kind, scope), table in results.grouped("complaint_parts", ("scope_kind", "scope_id"))
    }
    if drill_days:
        files["complaint_records"] = store.put("complaint_records", results.table("complaint_records"))
    return files
