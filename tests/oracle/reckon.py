"""The sums behind the KPIs of a small centre by scope and local date, in plain Python from the feed rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.oracle.amounts import add_up, contact_amounts, leg_amounts, visit_amounts, work_of
from tests.oracle.book import Book, Scope, Sums
from tests.oracle.contact import Contact, Leg, Visit, build_contacts
from tests.oracle.feeds import Centre, Row, instant, read_landing
from tests.oracle.message_amounts import Amounts
from tests.oracle.people import headcount, occupancy_amounts, peaks, state_amounts, teams_of


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


def customer_values(centre: Centre) -> dict[Scope, tuple[int, int]]:
    """Customers with exactly one inbound contact, and all of them, per scope over the whole time."""
    book = Book(centre, build_contacts(centre), {})
    contacts: dict[Scope, Counter[str]] = defaultdict(Counter)
    for contact in book.contacts:
        if contact.direction == "inbound" and not contact.bot_only and _identified(centre, contact.row):
            for scope in book.scopes_touched(contact):
                contacts[scope][contact.row["customer_id"]] += 1
    return {scope: (sum(n == 1 for n in found.values()), len(found)) for scope, found in contacts.items()}


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
    """Legs and offers: each agent by himself, each team once however many of its agents had the contact."""
    centre, of_team = book.centre, defaultdict[str, list[Leg]](list)
    for leg in contact.legs:
        book.add(("agent", leg.agent_id), contact.day, _mixed(contact, leg_amounts(book.centre, contact, leg)))
        for team in teams_of(centre, leg.agent_id, centre.local_date(leg.connected)):
            of_team[team].append(leg)
    for team, legs in of_team.items():
        book.add(("team", team), contact.day, _mixed(contact, work_of(centre, contact, legs)))
    offered = defaultdict[str, list[Amounts]](list)
    for agent_id, at, taken in contact.offers:
        amounts = Counter(attempts=1, connected=int(taken and contact.handled))
        book.add(("agent", agent_id), contact.day, amounts)
        for team in teams_of(centre, agent_id, centre.local_date(at)):
            offered[team].append(amounts)
    for team, parts in offered.items():
        book.add(("team", team), contact.day, add_up(parts))


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
    known = [one for one in book.contacts if _identified(book.centre, one.row) and not one.bot_only]
    by_customer: dict[str, list[Contact]] = defaultdict(list)
    for contact in sorted(known, key=lambda one: (one.started, one.row["contact_id"])):
        by_customer[contact.row["customer_id"]].append(contact)
    for history in by_customer.values():
        for position, contact in enumerate(history):
            later = history[position + 1 :]
            book.add_owned(contact, contact.day, _resolution(book.centre, contact, later))
            book.add_owned(contact, contact.day, _repeats(contact, later), queue_id=contact.queue_id)
    seen: dict[tuple[Scope, date], set[str]] = defaultdict(set)
    for contact in book.contacts:
        customer = contact.row["customer_id"] if _identified(book.centre, contact.row) else repr(contact.key)
        seen[("channel", contact.row["channel"]), contact.day].add(customer)
        if contact.source.records("site_visits"):
            seen[("centre", "centre"), contact.day].add(customer)
    for (scope, day), customers in seen.items():
        book.add(scope, day, Counter(customer_days=len(customers)))


def _repeats(contact: Contact, later: list[Contact]) -> Amounts:
    gaps = [one.started - contact.started for one in later]
    within = {f"repeat_{hours}": int(any(gap <= timedelta(hours=hours) for gap in gaps)) for hours in (24, 72)}
    return Counter(repeat_cases=1, **within)


def _resolution(centre: Centre, contact: Contact, later: list[Contact]) -> Amounts:
    if not contact.handled or contact.direction != "inbound":
        return Counter()
    within = [one for one in later if one.started - contact.started <= centre.fcr_window]
    again = any(one.direction == "inbound" and _same_topic(contact, one) for one in within)
    called_back = any(one.direction == "callback" for one in within)
    return Counter(resolution_cases=1, resolved=int(not again and not called_back))


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
    errors = Counter((row["review_id"], row["class"]) for row in book.centre.rows("quality_errors"))
    reviewers: set[tuple[str, date]] = set()
    for row in book.centre.rows("quality_reviews"):
        if (row["file_source"], row["contact_id"]) not in contacts:
            continue
        day = book.centre.local_date(instant(row["reviewed_at"]))
        amounts: Amounts = Counter(reviews=1, live=int(row["mode"] == "live"))
        amounts["reviews_passed"] = int(float(row["score"]) >= 97)
        for kind in ("severe", "general"):
            amounts[f"{kind}_errors"] = errors[row["review_id"], kind]
            amounts[f"with_{kind}"] = min(1, errors[row["review_id"], kind])
        book.add_person(row["agent_id"], day, day, amounts)
        contact = contacts[row["file_source"], row["contact_id"]]
        book.add(("channel", contact.row["channel"]), day, amounts)
        book.add(("queue", contact.queue_id), day, amounts)
        book.add_person(row["reviewer_id"], day, day, Counter(made=1))
        reviewers.add((row["reviewer_id"], day))
    for reviewer, day in reviewers:
        book.add_person(reviewer, day, day, Counter(reviewer_days=1))


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
