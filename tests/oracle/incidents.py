"""Which contacts approved incidents take out of which groups of KPIs."""

from tests.oracle.contact import Contact
from tests.oracle.feeds import Centre, instant


def hit_by_incidents(centre: Centre, contacts: list[Contact]) -> dict[str, frozenset[tuple[str, str]]]:
    """Return the contacts that approved incidents take out, by KPI group: those that ran while one lasted."""
    hit: dict[str, set[tuple[str, str]]] = {}
    for incident in centre.rows("platform_incidents"):
        if not incident["approved_at"] or incident["revoked_at"]:
            continue
        start, end = instant(incident["started_at"]), instant(incident["ended_at"])
        for contact in contacts:
            runs = contact.started < end and contact.last_sign >= start
            if runs and incident["channel"] in ("", contact.row["channel"]):
                for group in {*incident["kpi_groups"].split("|")} - {"people"}:
                    hit.setdefault(group, set()).add(contact.key)
    return {group: frozenset(keys) for group, keys in hit.items()}
