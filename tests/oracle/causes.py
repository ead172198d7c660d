"""Records that name a cause: errors of reviews and reasons of leaving, with the scopes and the day they count in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tests.oracle.book import Scope
from tests.oracle.contact import Contact, build_contacts
from tests.oracle.customers import not_delivered
from tests.oracle.feeds import Centre, Row, instant
from tests.oracle.incidents import hit_by_incidents
from tests.oracle.people import teams_of
from tests.oracle.periods import Period

OTHER = "other"
FAMILY_OF = {
    "severe_error_rate": "severe_error",
    "severe_errors_per_100_reviews": "severe_error",
    "general_error_rate": "general_error",
    "general_errors_per_100_reviews": "general_error",
}
"""Whose records the numerator of a KPI counts."""
ONCE_A_REVIEW = {"severe_error_rate", "general_error_rate"}


@dataclass(frozen=True)
class Named:
    """One record and its cause; `unit` is what it was found in."""

    family: str
    cause: str
    unit: str
    agent_id: str
    day: date
    scopes: frozenset[Scope]


def records_with_causes(centre: Centre) -> list[Named]:
    """Return every record that counts and that no incident takes out."""
    contacts = build_contacts(centre)
    hit = hit_by_incidents(centre, contacts)

    def but_those_of(group: str) -> dict[tuple[str, str], Contact]:
        skipped = hit.get(group, frozenset())
        return {contact.key: contact for contact in contacts if contact.key not in skipped}

    errors, lost = _errors(centre, but_those_of("quality")), _not_delivered(centre, but_those_of("rating"))
    return [*errors, *lost, *_leavers(centre)]


def _errors(centre: Centre, contacts: dict[tuple[str, str], Contact]) -> Iterator[Named]:
    errors = defaultdict[str, list[Row]](list)
    for error in centre.rows("quality_errors"):
        errors[error["review_id"]].append(error)
    for review in centre.rows("quality_reviews"):
        contact = contacts.get((review["file_source"], review["contact_id"]))
        if contact is None:
            continue
        agent_id, day = review["agent_id"], centre.local_date(instant(review["reviewed_at"]))
        scopes = _scopes(centre, agent_id, day) | {("channel", contact.row["channel"])}
        for error in errors[review["review_id"]]:
            causes = {f"{error['class']}_error": error["error_code"], "knowledge_point": error["knowledge_point"]}
            for family, cause in causes.items():
                if cause:
                    yield Named(family, cause, review["review_id"], agent_id, day, scopes)


def _not_delivered(centre: Centre, contacts: dict[tuple[str, str], Contact]) -> Iterator[Named]:
    """Of the contact's day, under its last handler and the teams that he was in as he took it."""
    for key, reason in not_delivered(centre):
        contact = contacts.get(key)
        if contact is None:
            continue
        scopes: set[Scope] = {("centre", "centre"), ("channel", contact.row["channel"])}
        agent_id = ""
        if contact.legs:
            agent_id = contact.legs[-1].agent_id
            scopes |= _scopes(centre, agent_id, centre.local_date(contact.legs[-1].connected))
        yield Named("not_delivered", reason or OTHER, contact.key[1], agent_id, contact.day, frozenset(scopes))


def _leavers(centre: Centre) -> Iterator[Named]:
    for row in centre.rows("staff"):
        if row["left_on"] and row["employment"] == "full" and row["role"] != "trainee":
            agent_id, day = row["agent_id"], date.fromisoformat(row["left_on"])
            scopes = _scopes(centre, agent_id, day)
            yield Named("leave_reason", row["leave_reason"] or OTHER, agent_id, agent_id, day, scopes)


def _scopes(centre: Centre, agent_id: str, day: date) -> frozenset[Scope]:
    teams = {("team", team) for team in teams_of(centre, agent_id, day)}
    return frozenset({("centre", "centre"), *teams})


def causes_of(records: Iterable[Named], kpi_id: str, scope: Scope, period: Period) -> dict[str, tuple[float, int]]:
    """Return what each cause has of a KPI's numerator, and of how many records or reviews."""
    here = [one for one in records if one.family == FAMILY_OF.get(kpi_id) and is_in(one, scope, period)]
    found = defaultdict[str, list[float]](list)
    if kpi_id not in ONCE_A_REVIEW:
        for one in here:
            found[one.cause].append(1)
    else:
        by_unit = defaultdict[str, set[str]](set)
        for one in here:
            by_unit[one.unit].add(one.cause)
        for causes in by_unit.values():
            for cause in causes:
                found[cause].append(1 / len(causes))
    return {cause: (sum(shares), len(shares)) for cause, shares in found.items()}


def is_in(record: Named, scope: Scope, period: Period) -> bool:
    """Whether a record counts in a scope and period."""
    return scope in record.scopes and period.start <= record.day < period.end
