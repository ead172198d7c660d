"""What earlier publications told otherwise of closed periods: a file per scope that has any of it."""

from __future__ import annotations

from orchestration.site.store.results import Results
from orchestration.site.store.store import SiteStore, safe


def write_restatements(results: Results, store: SiteStore) -> dict[str, str]:
    """Write what was restated of each scope; return key -> file name. A scope without any of it has no file."""
    return {
        f"restated/{kind}/{scope}": store.put(f"restated/{kind}/{safe(scope)}", table)
        for (kind, scope), table in results.grouped("scope_restatements", ("scope_kind", "scope_id"))
    }
