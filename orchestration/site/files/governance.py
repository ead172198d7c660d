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
    "exit_talks": "exit_interviews",
    "matters": "agent_matters",
    "mix": "case_mix",
    "ranking": "bulletin_ranking",
    "index": "quality_index",
    "points": "points_ranks",
    "ledger": "points_entries",
    "assessed": "assessments",
    "assessed_lines": "assessment_lines",
    "assessed_versions": "assessment_versions",
}
"""Beginnings of keys that go on with kind and id of a scope -> the result that gives the files."""

PLANS = "plan_effects"

WHOLE = (
    "mention_sites",
    "praise_correlation",
    "auditions",
    "balance",
    "leader_months",
    "team_records",
    "effort_records",
    "contest_standings",
    "rewards",
    "piece_rates",
)
"""Results that are told as one file each."""

PER_MONTH = {"assessment": "assessment_list"}
"""Beginnings of keys that go on with the first day of a month -> the result that gives the files."""

PER_DAY = {"forecast": "forecast_load", "open": "open_half_hours"}
"""Beginnings of keys that go on with a date -> the result that gives the files."""

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
    files |= {
        f"{beginning}/{day}": store.put(f"{beginning}/{day}", table)
        for beginning, result in PER_DAY.items()
        for (day,), table in results.grouped(result, ("local_date",))
    }
    files |= {
        f"{beginning}/{month}": store.put(f"{beginning}/{month}", table)
        for beginning, result in PER_MONTH.items()
        for (month,), table in results.grouped(result, ("month",))
    }
    warnings = ",".join(f'"{part}":{results.table(result)}' for part, result in WARNINGS.items())
    files["warnings"] = store.put("warnings", f"{{{warnings}}}")
    return files | {name: store.put(name, results.table(name)) for name in RECORDS if drill_days}
