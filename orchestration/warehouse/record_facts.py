"""Facts whose records are shown behind numbers of agents, each declared once.

A record of a person has the same head wherever it comes from: contact_key, agent_id, agent_date, channel, queue_id, and
the day that it counts on. What lists such facts reads this list, or is made from it by
`python -m orchestration.warehouse.record_facts_made`: the day measures and tests of dbt, the SQL of the records and
their columns, and the tables of an audience, without which a page of it could read past it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RecordFact:
    """A published fact with one row per record of a person."""

    table: str
    kind: str
    """What a record is called in the site's data; words.js has the words."""
    key: str
    day: str
    """The column of the local date whose numbers it counts in."""
    counted: str = ""
    """Which of its rows count, as a condition; all if empty."""
    says: tuple[str, ...] = ()
    """What else a record says of itself, beside measures and what all records say."""
    hidden: tuple[str, ...] = ()
    """Of these an audience is told nothing: they name persons of other teams."""
    is_confidential: bool = False
    """Whether an audience is told only of what counts, and nothing of what is still in doubt."""
    is_kept: bool = False
    """Whether its rows stay as they are, but of dates that are known."""


RECORD_FACTS = (
    RecordFact(
        "fct_quality_review", "review", "review_id", "review_date", says=("reviewer_id",), hidden=("reviewer_id",)
    ),
    RecordFact(
        "fct_check_error",
        "error",
        "error_id",
        "error_date",
        counted="error_date is not null",
        says=("error_code", "error_class", "is_good_faith", "knowledge_point"),
    ),
    RecordFact("fct_rating", "rating", "rating_id", "contact_date", counted="is_counted", is_kept=True),
    RecordFact(
        "fct_complaint",
        "complaint",
        "complaint_id",
        "received_date",
        says=("origin", "leaf", "complaint_outcome", "decided_date"),
    ),
    # Whoever sees a part of the centre is told of severe incidents, never that somebody is under suspicion.
    RecordFact(
        "fct_finding",
        "finding",
        "finding_id",
        "occurred_on",
        counted="severe_incidents > 0",
        says=("finding_kind",),
        is_confidential=True,
    ),
    RecordFact(
        "fct_appeal",
        "appeal",
        "appeal_id",
        "appeal_date",
        counted="appeals_decided > 0",
        says=("subject_kind", "appeal_outcome", "appeal_effect"),
    ),
    RecordFact(
        "fct_contact_tag",
        "tag",
        "tag_id",
        "contact_date",
        counted="contact_date is not null",
        says=("tag", "detail"),
    ),
    RecordFact(
        "fct_time_record",
        "time",
        "time_record_id",
        "worked_on",
        says=("work_category", "cause_kind", "cause_code"),
    ),
    RecordFact(
        "fct_monitoring_session",
        "listening",
        "session_id",
        "session_date",
        says=("monitor_id", "monitor_level", "monitoring_mode", "conclusion", "difficulty"),
        hidden=("monitor_id",),
    ),
    RecordFact(
        "fct_intervention",
        "intervention",
        "intervention_id",
        "intervention_date",
        says=("helped_agent_id", "intervention_method", "is_accepted"),
        hidden=("helped_agent_id",),
    ),
    RecordFact(
        "fct_test_call",
        "test_call",
        "test_call_id",
        "call_date",
        says=("tester_id", "test_kind", "document_id"),
        hidden=("tester_id",),
    ),
    RecordFact(
        "fct_ticket_audit",
        "ticket_audit",
        "audit_id",
        "audit_date",
        says=("auditor_id", "ticket_id"),
        hidden=("auditor_id",),
    ),
    RecordFact(
        "fct_coaching",
        "talk",
        "coaching_id",
        "coaching_date",
        says=("coached_agent_id", "coaching_kind", "coaching_place"),
        hidden=("coached_agent_id",),
    ),
    RecordFact(
        "fct_document_receipt", "receipt", "receipt_id", "receipt_date", says=("document_kind", "receipt_event")
    ),
    RecordFact("fct_defect", "defect", "defect_id", "defect_date", says=("found_in", "stage")),
    RecordFact(
        "fct_service_record",
        "service",
        "service_record_id",
        "service_date",
        says=("service_kind", "service_detail", "sentiment"),
    ),
    RecordFact(
        "fct_self_report",
        "self_report",
        "self_report_id",
        "reported_date",
        counted="self_report_state != 'missing'",
        says=("reported_kpi", "half", "reported_value", "warehouse_value"),
    ),
)

WORK_FACTS = (
    ("fct_contact_leg", "contact_date"),
    ("fct_agent_offer", "contact_date"),
    ("fct_agent_day", "agent_date"),
)
"""Facts of agents' work on contacts, and of their days, each with the day that it counts on: they have records too."""

KEYS = tuple(fact.key for fact in RECORD_FACTS)
KINDS = tuple(fact.kind for fact in RECORD_FACTS)
DAYS = tuple(dict.fromkeys(["contact_date", *(fact.day for fact in RECORD_FACTS), "agent_date"]))
"""Columns one of which says on what day a record is told."""

SHOWN = (
    "contact_key",
    *KEYS,
    "started_at",
    "ended_at",
    "channel",
    "direction",
    "queue_id",
    "agent_id",
    *(column for fact in RECORD_FACTS for column in fact.says),
    "end_kind",
    "outcome",
    "exit_reason",
    "customer",
    "prior_contacts_7d",
    "landing_file",
    "record_number",
    "line_number",
)
"""What a record says of itself, in this order; its measures follow."""
