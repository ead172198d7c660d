"""Which scopes a centre has, which sources feed each of them, and until when each one was there."""

from collections import defaultdict
from datetime import date, timedelta

from tests.oracle.book import Book, Scope, Sums
from tests.oracle.catalogue import Kpi, columns_needed
from tests.oracle.contact import Contact
from tests.oracle.feeds import Centre, Source, instant
from tests.oracle.periods import Covered

TOPICS = frozenset(
    {
        "routing", "transfers", "transfer_arrivals", "messages", "system_messages", "agent_states", "wrap_up",
        "ratings", "reviews", "staff", "site_visits", "customer_ids", "recognitions", "observations",
    }
)  # fmt: skip

BEGUN_BY = {
    "actions": ("actions", "taken_at"), "appeals": ("appeals", "filed_at"), "complaints": ("complaints", "received_at"),
    "tags": ("contact_tags", "tagged_at"), "findings": ("findings", "established_at"), "plans": ("plans", "starts_on"),
    "time_records": ("time_records", "worked_on"), "monitoring": ("monitoring_sessions", "started_at"),
    "test_calls": ("test_calls", "called_at"), "ticket_audits": ("ticket_audits", "audited_at"),
    "coaching": ("coaching_sessions", "started_at"), "documents": ("document_receipts", "addressed_at"),
}  # fmt: skip
"""Topics that are recorded from a first row on -> the feed whose row it is, and the column that dates it."""

OF_CONTACTS = {"contacts", "contact_events", "messages", "ratings"}


def fed_by(centre: Centre, contacts: list[Contact]) -> dict[Scope, set[str]]:
    """Return the topics that the sources of each scope's contacts record; of all sources where there is no contact."""
    told = told_by_events(centre, contacts)
    every = recorded_by(list(centre.sources.values()), told)
    found: dict[Scope, set[str]] = defaultdict(lambda: every)
    sources = sources_of(centre, contacts)
    found |= {scope: recorded_by([centre.sources[name] for name in names], told) for scope, names in sources.items()}
    return found


def sources_of(centre: Centre, contacts: list[Contact]) -> dict[Scope, set[str]]:
    """Return the sources of each scope's contacts; all sources where there is no contact."""
    book = Book(centre, contacts, {})
    sources: dict[Scope, set[str]] = defaultdict(lambda: set(centre.sources))
    for contact in contacts:
        for scope in book.scopes_touched(contact):
            sources.setdefault(scope, set()).add(contact.source.name)
    return sources


def columns_told(centre: Centre) -> dict[str, set[str]]:
    """Return feed.column -> the sources some file of which has it."""
    found: dict[str, set[str]] = defaultdict(set)
    for feed, rows in centre.feeds.items():
        for row in rows:
            for column in row:
                found[f"{feed}.{column}"].add(row["file_source"])
    return found


def lacks_a_column(told: dict[str, set[str]], kpi: Kpi, sources: set[str]) -> bool:
    """Tell whether no file has what a KPI lives on: of contacts no file of these sources, of people none at all."""

    def is_told(name: str) -> bool:
        writers = told.get(name, set())
        return bool(writers & sources if name.split(".")[0] in OF_CONTACTS else writers)

    return any(not any(map(is_told, need)) for need in columns_needed().get(kpi.kpi_id, []))


def recorded_by(sources: list[Source], told: dict[str, set[str]]) -> set[str]:
    """Return the topics that at least one of the sources records, or tells by its events."""
    declared = {topic for topic in TOPICS | set(BEGUN_BY) if any(source.records(topic) for source in sources)}
    return declared.union(*(told[source.name] for source in sources))


def recorded_from(centre: Centre, topic: str, sources: set[str]) -> date | None:
    """Return the local date from which one of the sources, or one without contacts, records a topic; None: never."""
    if topic not in BEGUN_BY:
        return date.min
    feed, column = BEGUN_BY[topic]
    with_contacts = {row["file_source"] for row in centre.rows("contacts")}
    first: list[date] = []
    for name in sources | (set(centre.sources) - with_contacts):
        told = [row[column] for row in centre.rows(feed) if row["file_source"] == name]
        days = [centre.local_date(instant(text)) if "T" in text else date.fromisoformat(text) for text in told]
        if centre.sources[name].records(topic):
            first += [stated] if (stated := centre.sources[name].recorded_from.get(topic)) else days
    return min(first, default=None)


def told_by_events(centre: Centre, contacts: list[Contact]) -> dict[str, set[str]]:
    """Return by source whether its events tell waits, abandons and who was not answered.

    Connections alone tell none of them; a source that records routing and has no event yet is trusted.
    """
    found: dict[str, set[str]] = {}
    for name, source in centre.sources.items():
        events = [row for row in centre.rows("contact_events") if row["file_source"] == name]
        kinds = {row["event_type"] for row in events}
        tried = [one for one in contacts if one.source is source and (one.received or one.direction != "inbound")]
        missed = any(one.routed and not one.handled for one in tried)
        told = {
            "waits": "queued" in kinds or any(row["wait_seconds"] for row in events),
            "abandons": bool(kinds & {"queued", "abandoned", "left_queue"}),
            "unanswered": missed or bool(kinds & {"queued", "abandoned", "left_queue", "offered", "declined"}),
        }
        trusted = source.records("routing")
        found[name] = {topic for topic, is_told in told.items() if trusted and (is_told or not events)}
    return found


def unmeasured(centre: Centre, kpi: Kpi, scope: Scope, topics: set[str]) -> str | None:
    """Return why a KPI can't be measured in a scope, if so."""
    kind, scope_id = scope
    if not kpi.requires_topics <= topics:
        return "not_recorded"
    if not kpi.requires_settings <= centre.settings:
        return "not_set"
    queue = centre.queue(scope_id) if kind == "queue" else {}
    channels = {"channel": scope_id, "team_channel": scope_id.partition("|")[2], "queue": queue.get("channel", "")}
    asks_nobody = channels.get(kind, "") not in {"", *centre.rated_channels}
    return "not_applicable" if asks_nobody and "ratings" in kpi.requires_topics else None


def name_channels(centre: Centre, contacts: list[Contact]) -> None:
    """Write down the channel of each queue that nobody stated, where all its contacts came by one."""
    came_by: dict[str, set[str]] = defaultdict(set)
    for contact in contacts:
        for queue_id in {contact.queue_id, *(visit.queue_id for visit in contact.visits)}:
            came_by[queue_id].add(contact.row["channel"])
    for row in centre.rows("queues"):
        channels = came_by[row["queue_id"]]
        row["channel"] = row["channel"] or ("".join(channels) if len(channels) == 1 else "")


def last_dates(centre: Centre, sums: Sums, dates: Covered) -> dict[Scope, date]:
    """Return the last date of each scope: the last one covered; of who has left, the last with anything of him."""
    found = {scope: dates.last for scope, _ in sums}
    for row in centre.rows("staff"):
        scope = ("agent", row["agent_id"])
        if row["left_on"] and date.fromisoformat(row["left_on"]) <= dates.last:
            seen = [day for one, day in sums if one == scope]
            found[scope] = max(seen, default=date.fromisoformat(row["left_on"]) - timedelta(days=1))
    return found
