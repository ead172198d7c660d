"""What complaints were about, where errors come from, what rises: files per scope, and the records of the last days."""

from __future__ import annotations

from orchestration.site.store.results import Results
from orchestration.site.store.store import SiteStore, safe

PER_SCOPE = {
    "complaints": "complaint_parts",
    "causes": "cause_pareto",
    "rubric": "rubric_items",
    "so_far": "cumulative_impact",
    "training": "training_needs",
    "monitoring": "monitoring_list",
    "cascade": "document_cascade",
    "themes": "survey_themes",
    "exits": "exit_reasons",
}
"""Beginnings of keys that go on with kind and id of a scope -> the result that gives the files."""

PLANS = "plan_effects"

WHOLE = ("mention_sites", "balance", "leader_months", "team_records")
"""Results that are told as one file each."""

WARNINGS = {
    "signals": "topic_signals",
    "hours": "topic_hours",
    "actions": "signal_actions",
    "rate": "signal_rate",
    "surges": "surges",
}
"""Parts of the file of warnings -> the result that gives each."""

RECORDS = (
    "complaint_records",
    "error_records",
    "control_records",
    "voice_records",
    "self_reports",
    "signal_contacts",
)


def write_governance(results: Results, store: SiteStore, drill_days: int) -> dict[str, str]:
    """Write them; return key -> file name. Without days that lead to single contacts no record is told by itself."""
    files = {
        f"{beginning}/{kind}/{scope}": store.put(f"{beginning}/{kind}/{safe(scope)}", table)
        for beginning, result in PER_SCOPE.items()
        for (kind, scope), table in results.grouped(result, ("scope_kind", "scope_id"))
    }
    files |= {name: store.put(name, results.table(name)) for name in (PLANS, *WHOLE)}
    warnings = ",".join(f'"{part}":{results.table(result)}' for part, result in WARNINGS.items())
    files["warnings"] = store.put("warnings", f"{{{warnings}}}")
    return files | {name: store.put(name, results.table(name)) for name in RECORDS if drill_days}
