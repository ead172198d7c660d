"""The sums behind the KPIs of a small centre by scope and local date, in plain Python from the feed rows."""

from collections import Counter, defaultdict
from pathlib import Path

from tests.oracle.amounts import add_up, contact_amounts, leg_amounts, visit_amounts, work_of
from tests.oracle.book import Book, Scope, Sums
from tests.oracle.contact import Contact, Leg, Visit, build_contacts
from tests.oracle.customers import add_customers, add_ratings
from tests.oracle.feeds import Centre
from tests.oracle.message_amounts import Amounts, with_squares
from tests.oracle.reading import read_landing
from tests.oracle.surroundings import add_people, add_reviews, add_visitors

ONE_EACH = (
    "wait", "wait_all", "open_wait", "answer_wait", "abandon_wait", "abandon_wait_all", "duration", "wrap_up",
    "customer_first", "mean_response",
)  # fmt: skip
"""Times of which a contact has one in a scope, however many legs it has there."""


def reckon(landing: Path, centre: Centre, skipped: frozenset[tuple[str, str]] = frozenset()) -> Sums:
    """Reckon the sums of every scope and local date, leaving out the skipped contacts (source, contact id)."""
    read_landing(landing, centre)
    everything = build_contacts(centre)
    contacts = [contact for contact in everything if contact.key not in skipped]
    book = Book(centre, contacts, defaultdict(Counter))
    _contacts(book)
    for add in (add_customers, add_ratings, add_reviews, add_visitors):
        add(book)
    # A day's work was done whatever is left out of the contacts.
    add_people(Book(centre, everything, book.sums))
    return book.sums


def _contacts(book: Book) -> None:
    for contact in book.contacts:
        whole = _whole_unit(contact, contact_amounts(book.centre, contact))
        book.add(("centre", "centre"), contact.day, whole)
        book.add(("channel", contact.row["channel"]), contact.day, whole)
        stays: list[Visit | None] = list(contact.visits) or [None]
        for stay in stays:
            queue = stay.queue_id if stay else contact.row["queue_id"]
            if queue:
                amounts = _whole_unit(contact, visit_amounts(book.centre, contact, stay))
                book.add(("queue", queue), contact.day, amounts)
        _agents(book, contact)


def _agents(book: Book, contact: Contact) -> None:
    """Legs and offers: each agent by himself, each team once however many of its agents had the contact."""
    centre, of_team = book.centre, defaultdict[Scope, list[Leg]](list)
    channel = contact.row["channel"]
    for leg in contact.legs:
        held_on = centre.local_date(leg.connected)
        for person in book.person_scopes(leg.agent_id, held_on):
            book.add(person, contact.day, _whole_unit(contact, leg_amounts(book.centre, contact, leg)))
        for team in book.team_scopes(leg.agent_id, held_on, channel):
            of_team[team].append(leg)
    for team, legs in of_team.items():
        book.add(team, contact.day, _whole_unit(contact, work_of(centre, contact, legs)))
    offered = defaultdict[Scope, list[Amounts]](list)
    for agent_id, at, taken in contact.offers:
        amounts = Counter(attempts=1, connected=int(taken and contact.handled))
        for person in book.person_scopes(agent_id, centre.local_date(at)):
            book.add(person, contact.day, amounts)
        for team in book.team_scopes(agent_id, centre.local_date(at), channel):
            offered[team].append(amounts)
    for team, parts in offered.items():
        book.add(team, contact.day, add_up(parts))


def _whole_unit(contact: Contact, amounts: Amounts) -> Amounts:
    """A contact, leg or stay as one case: its times squared, and its messages by side.

    Those count for the ratio of three only where the system's are recorded.
    """
    amounts = with_squares(amounts, *ONE_EACH)
    for name in ("from_customer", "from_agent", "from_system"):
        amount = amounts.pop(name, 0)
        amounts[f"all_{name}"] = amount
        if contact.source.records("system_messages"):
            amounts[name] = amount
            amounts["from_all"] += amount
    return amounts
