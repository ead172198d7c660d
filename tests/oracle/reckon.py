"""The KPIs of a small centre by scope and local date, in plain Python from the feed rows.

Each value is a pair (numerator, denominator) in the KPI's own sums; a count has the denominator None. A KPI of a
scope and date without cases is absent or has the denominator 0.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.oracle.amounts import Amounts, add_up, contact_amounts, leg_amounts, visit_amounts
from tests.oracle.contact import Contact, Visit, build_contacts
from tests.oracle.feeds import Centre, Row, instant, read_landing
from tests.oracle.people import headcount, occupancy_amounts, peaks, state_amounts, teams_of

Scope = tuple[str, str]
Sums = dict[tuple[Scope, date], Amounts]
Value = tuple[int, int | None]

FORMULAS: dict[str, tuple[str, str | None]] = {
    "agent_turnover_rate": ("leavers", "headcount"),
    "consultation_rate": ("customer_days", "visitors"),
    "connect_rate": ("connected", "attempts"),
    "contacts_received": ("received", None),
    "contacts_blocked": ("blocked", None),
    "contacts_handled": ("handled", None),
    "service_level": ("level_met", "level_base"),
    "abandon_rate": ("abandoned", "routed"),
    "short_abandons": ("abandoned_short", None),
    "avg_queue_time": ("wait", "waited"),
    "avg_queue_time_all": ("wait_all", "routed"),
    "avg_speed_of_answer": ("answer_wait", "answered"),
    "avg_abandon_time": ("abandon_wait", "abandoned_counted"),
    "avg_abandon_time_all": ("abandon_wait_all", "abandoned"),
    "queue_placement_rate": ("over_limit", "routed"),
    "ready_time_share": ("working", "signed_in"),
    "busy_time_share": ("busy", "signed_in"),
    "away_time_share": ("away", "signed_in"),
    "training_time_share": ("training", "signed_in"),
    "contacts_per_agent_day": ("legs_with_states", "signed_in"),
    "contacts_per_agent_day_raw": ("legs", "agent_days"),
    "contacts_per_agent_hour": ("legs_with_states", "signed_in"),
    "avg_contact_duration": ("duration", "with_duration"),
    "after_contact_work_time": ("wrap_up", "wrapped"),
    "after_contact_work_time_observed": ("observed_seconds", "observed"),
    "avg_handle_time": ("handle", "legs"),
    "occupancy": ("occupied", "occupancy_base"),
    "utilisation": ("occupied", "signed_in"),
    "first_response_time": ("first_response", "first_responses"),
    "first_response_unanswered": ("unanswered", None),
    "customer_first_response_time": ("customer_first", "customer_firsts"),
    "avg_response_time": ("response", "turns"),
    "customer_response_time": ("customer_response", "turns"),
    "response_time_from_last_message": ("from_last", "turns"),
    "avg_response_time_by_contact": ("mean_response", "with_turns"),
    "message_mix_customer": ("from_customer", "from_all"),
    "message_mix_agent": ("from_agent", "from_all"),
    "message_mix_system": ("from_system", "from_all"),
    "customer_messages_per_agent_message": ("all_from_customer", "all_from_agent"),
    "first_contact_resolution_rate": ("resolved", "resolution_cases"),
    "repeat_contact_rate_24h": ("repeat_24", "repeat_cases"),
    "repeat_contact_rate_72h": ("repeat_72", "repeat_cases"),
    "transfer_rate": ("transferred", "transfer_base"),
    "transfer_rate_blind": ("blind", "transfer_base"),
    "transfer_rate_warm": ("warm", "transfer_base"),
    "transfer_events_per_contact": ("transfer_events", "transfer_base"),
    "quality_reviews_per_agent_day": ("reviews", "agent_days"),
    "quality_pass_rate": ("reviews_passed", "reviews"),
    "live_review_share": ("live", "reviews"),
    "severe_error_rate": ("with_severe", "reviews"),
    "invalid_contact_rate": ("invalid_inbound", "message_contacts_inbound"),
    "invalid_callback_rate": ("invalid_callback", "message_contacts_callback"),
    "invalid_contact_rate_overall": ("invalid", "message_contacts"),
    "satisfaction_score": ("stars", "ratings"),
    "good_rating_rate": ("good", "ratings"),
    "bad_rating_rate": ("bad", "ratings"),
    "low_rating_rate": ("low", "ratings"),
    "rating_participation_rate": ("ratings", "delivered"),
    "rating_participation_rate_of_eligible": ("ratings", "eligible"),
    "rating_invitation_rate": ("invited", "eligible"),
    "praise_per_1000": ("praises", "handled"),
}


@dataclass
class Book:
    """Sums by scope and date, filled by one subject after the other."""

    centre: Centre
    contacts: list[Contact]
    sums: Sums

    def add(self, scope: Scope, day: date, amounts: Amounts) -> None:
        """Add amounts to a scope's date."""
        self.sums[scope, day].update(amounts)

    def add_person(self, agent_id: str, day: date, held_on: date, amounts: Amounts) -> None:
        """Add an agent's own amounts to him, his teams as of `held_on`, and the centre."""
        scopes = [("agent", agent_id), ("centre", "centre")]
        for scope in [*scopes, *(("team", team) for team in teams_of(self.centre, agent_id, held_on))]:
            self.add(scope, day, amounts)

    def owner(self, contact: Contact) -> tuple[str, date]:
        """Return the last human handler and the local date on which his leg began."""
        leg = contact.legs[-1]
        return leg.agent_id, self.centre.local_date(leg.connected)

    def add_owned(self, contact: Contact, day: date, amounts: Amounts) -> None:
        """Add amounts of a contact to everything above it and to its last handler with his teams."""
        self.add(("centre", "centre"), day, amounts)
        self.add(("channel", contact.row["channel"]), day, amounts)
        self.add(("queue", contact.queue_id), day, amounts)
        if contact.handled:
            agent_id, held_on = self.owner(contact)
            self.add(("agent", agent_id), day, amounts)
            for team in teams_of(self.centre, agent_id, held_on):
                self.add(("team", team), day, amounts)


def reckon(landing: Path, centre: Centre, skipped: frozenset[tuple[str, str]] = frozenset()) -> Sums:
    """Reckon the sums of every scope and local date, leaving out the skipped contacts (source, contact id)."""
    if not centre.feeds:
        read_landing(landing, centre)
    contacts = [contact for contact in build_contacts(centre) if contact.key not in skipped]
    book = Book(centre, contacts, defaultdict(Counter))
    _contacts(book)
    _customers(book)
    _ratings(book)
    _reviews(book)
    _people(book)
    _visitors(book)
    return book.sums


def peak_values(centre: Centre) -> dict[tuple[Scope, date], int]:
    """Peak concurrency of agents, their teams and the centre by local date: the maximum, never a sum."""
    values: dict[tuple[Scope, date], int] = defaultdict(int)
    for (agent_id, day), peak in peaks(centre, build_contacts(centre)).items():
        teams = [("team", team) for team in teams_of(centre, agent_id, day)]
        for scope in [("agent", agent_id), ("centre", "centre"), *teams]:
            values[scope, day] = max(values[scope, day], peak)
    return values


def value_of(kpi_id: str, amounts: Amounts) -> Value:
    """Return numerator and denominator of a KPI from the sums of its scope and period."""
    numerator, denominator = FORMULAS[kpi_id]
    return amounts[numerator], amounts[denominator] if denominator else None


def _contacts(book: Book) -> None:
    for contact in book.contacts:
        whole = _mixed(contact, contact_amounts(book.centre, contact))
        book.add(("centre", "centre"), contact.day, whole)
        book.add(("channel", contact.row["channel"]), contact.day, whole)
        stays: list[Visit | None] = list(contact.visits) or [None]
        for stay in stays:
            queue = stay.queue_id if stay else contact.row["queue_id"]
            if queue:
                amounts = _mixed(contact, visit_amounts(book.centre, contact, stay))
                book.add(("queue", queue), contact.day, amounts)
        _agents(book, contact)


def _agents(book: Book, contact: Contact) -> None:
    """Legs and offers: each agent by himself, each team once."""
    of_team: dict[str, list[Amounts]] = defaultdict(list)
    for leg in contact.legs:
        amounts = _mixed(contact, leg_amounts(contact, leg))
        book.add(("agent", leg.agent_id), contact.day, amounts)
        for team in teams_of(book.centre, leg.agent_id, book.centre.local_date(leg.connected)):
            of_team[team].append(amounts)
    for team, parts in of_team.items():
        book.add(("team", team), contact.day, add_up(parts))
    for agent_id, _, taken in contact.offers:
        book.add(("agent", agent_id), contact.day, Counter(attempts=1, connected=int(taken)))


def _mixed(contact: Contact, amounts: Amounts) -> Amounts:
    """Messages by side count for the ratio of three only where the system's are recorded."""
    for name in ("from_customer", "from_agent", "from_system"):
        amount = amounts.pop(name, 0)
        amounts[f"all_{name}"] = amount
        if contact.source.records("system_messages"):
            amounts[name] = amount
            amounts["from_all"] += amount
    return amounts


def _identified(centre: Centre, row: Row) -> bool:
    return bool(row["customer_id"]) and row["customer_id"] not in centre.anonymous


def _customers(book: Book) -> None:
    """First-contact resolution and repeats, each contact its own cohort; customer-days with a contact."""
    known = [contact for contact in book.contacts if _identified(book.centre, contact.row)]
    by_customer: dict[str, list[Contact]] = defaultdict(list)
    for contact in sorted(known, key=lambda one: (one.started, one.row["contact_id"])):
        by_customer[contact.row["customer_id"]].append(contact)
    for history in by_customer.values():
        for position, contact in enumerate(history):
            later = history[position + 1 :]
            book.add_owned(contact, contact.day, _followed(book.centre, contact, later))
    seen: dict[tuple[Scope, date], set[str]] = defaultdict(set)
    for contact in book.contacts:
        if contact.direction == "inbound":
            customer = contact.row["customer_id"] if _identified(book.centre, contact.row) else repr(contact.key)
            seen[("channel", contact.row["channel"]), contact.day].add(customer)
            if contact.source.records("site_visits"):
                seen[("centre", "centre"), contact.day].add(customer)
    for (scope, day), customers in seen.items():
        book.add(scope, day, Counter(customer_days=len(customers)))


def _followed(centre: Centre, contact: Contact, later: list[Contact]) -> Amounts:
    gaps = [one.started - contact.started for one in later]
    sums: Amounts = Counter(repeat_cases=1)
    for hours in (24, 72):
        sums[f"repeat_{hours}"] = int(any(gap <= timedelta(hours=hours) for gap in gaps))
    if contact.handled and contact.direction == "inbound":
        within = [one for one, gap in zip(later, gaps, strict=True) if gap <= centre.fcr_window]
        again = any(one.direction == "inbound" and _same_topic(contact, one) for one in within)
        called_back = any(one.direction == "callback" for one in within)
        sums.update(resolution_cases=1, resolved=int(not again and not called_back))
    return sums


def _same_topic(one: Contact, other: Contact) -> bool:
    topics = one.row["topic"], other.row["topic"]
    return not all(topics) or topics[0] == topics[1]


def _ratings(book: Book) -> None:
    """The last rating of a contact counts, on the contact's date, for its last human handler."""
    contacts = {contact.key: contact for contact in book.contacts}
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in book.centre.rows("ratings"):
        rows[row["file_source"], row["contact_id"]].append(row)
    for contact in book.contacts:
        if contact.source.records("ratings") and contact.handled:
            invites = contact.valid or not contact.source.records("messages")
            book.add_owned(contact, contact.day, Counter(eligible=int(invites)))
    for key, given in rows.items():
        if key in contacts:
            contact = contacts[key]
            book.add_owned(contact, contact.day, _rating_amounts(given))


def _rating_amounts(given: list[Row]) -> Amounts:
    last = max(given, key=lambda row: (row["rated_at"], row["invited_at"]))
    sums: Amounts = Counter(invited=1, delivered=int(bool(last["delivered_at"] or last["stars"])))
    if last["stars"]:
        stars = int(last["stars"])
        sums.update(ratings=1, stars=stars, good=int(stars >= 4), bad=int(stars <= 2), low=int(stars <= 3))
    return sums


def _reviews(book: Book) -> None:
    """Reviews belong to the date on which they were made; reviews of test contacts count no more than these."""
    contacts = {contact.key: contact for contact in book.contacts}
    severe = {row["review_id"] for row in book.centre.rows("quality_errors") if row["class"] == "severe"}
    for row in book.centre.rows("quality_reviews"):
        if (row["file_source"], row["contact_id"]) not in contacts:
            continue
        day = book.centre.local_date(instant(row["reviewed_at"]))
        amounts: Amounts = Counter(reviews=1, live=int(row["mode"] == "live"))
        amounts["reviews_passed"] = int(float(row["score"]) >= 97)
        amounts["with_severe"] = int(row["review_id"] in severe)
        book.add_person(row["agent_id"], day, day, amounts)
        contact = contacts[row["file_source"], row["contact_id"]]
        book.add(("channel", contact.row["channel"]), day, amounts)
        book.add(("queue", contact.queue_id), day, amounts)


def _people(book: Book) -> None:
    """States, agent-days, occupancy, headcount, observations and praise."""
    centre = book.centre
    states = state_amounts(centre)
    worked = {
        (leg.agent_id, contact.day)
        for contact in book.contacts
        for leg in contact.legs
        if not contact.source.records("agent_states")
    }
    days = {key for key, amounts in states.items() if amounts["signed_in"]} | worked
    first, last = _dates(centre)
    subjects: Iterable[Iterator[tuple[tuple[str, date], Amounts]]] = (
        iter(states.items()),
        iter(occupancy_amounts(centre, book.contacts).items()),
        ((key, Counter(agent_days=1)) for key in days),
        iter(headcount(centre, first, last).items()),
    )
    for subject in subjects:
        for (agent_id, day), amounts in subject:
            held_on = day - timedelta(days=1) if amounts["leavers"] else day
            book.add_person(agent_id, day, held_on, amounts)
    for row in centre.rows("observations"):
        day = centre.local_date(instant(row["observed_at"]))
        amounts = Counter(observed=1, observed_seconds=int(row["seconds"]))
        book.add_person(row["agent_id"], day, day, amounts)
    for row in centre.rows("recognitions"):
        if row["kind"] != "other":
            day = centre.local_date(instant(row["received_at"]))
            book.add_person(row["agent_id"], day, day, Counter(praises=1))


def _dates(centre: Centre) -> tuple[date, date]:
    """First and last local date that the records cover."""
    columns = {"contacts": "started_at", "messages": "sent_at", "contact_events": "occurred_at"}
    columns |= {"agent_states": "ended_at", "ratings": "rated_at"}
    moments = [instant(row[column]) for feed, column in columns.items() for row in centre.rows(feed) if row[column]]
    moments += [instant(row["started_at"]) for row in centre.rows("agent_states")]
    return centre.local_date(min(moments)), centre.local_date(max(moments))


def _visitors(book: Book) -> None:
    for row in book.centre.rows("site_visits"):
        amounts: Amounts = Counter(visitors=int(row["visitors"]))
        book.add(("centre", "centre"), date.fromisoformat(row["visited_on"]), amounts)
        book.add(("channel", row["channel"]), date.fromisoformat(row["visited_on"]), amounts)
