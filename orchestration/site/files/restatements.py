"""What earlier publications told otherwise of closed periods: a file per scope that has any of it, and one of all."""

from __future__ import annotations

from orchestration.site.store.results import Results
from orchestration.site.store.sites import AudienceSite
from orchestration.site.store.store import SiteStore, safe


def write_restatements(results: Results, store: SiteStore, site: AudienceSite) -> dict[str, str]:
    """Write what was restated; return key -> file name. A scope of which nothing was restated has no file of its own.

    The files and rows behind it are for those who see the health of all data.
    """
    shown = ("publications", "reasons", "values", *(("causes",) if site.is_all else ()))
    parts = ",".join(f'"{name}":{results.table(f"restatement_{name}")}' for name in shown)
    return {"restatements": store.put("restatements", f"{{{parts}}}")} | {
        f"restated/{kind}/{scope}": store.put(f"restated/{kind}/{safe(scope)}", table)
        for (kind, scope), table in results.grouped("scope_restatements", ("scope_kind", "scope_id"))
    }
