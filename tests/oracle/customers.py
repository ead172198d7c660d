"""What customers do again and what they say: resolution, repeats, customer-days, ratings."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from tests.oracle.book import Book, Scope
from tests.oracle.contact import Contact, build_contacts
from tests.oracle.feeds import Centre, Row
from tests.oracle.message_amounts import Amounts


def customer_values(centre: Centre) -> dict[Scope, tuple[int, int]]:
    """Customers with exactly one inbound contact, and all of them, per scope over the whole time."""
    book = Book(centre, build_contacts(centre), {})
    contacts: dict[Scope, Counter[str]] = defaultdict(Counter)
    for contact in book.contacts:
        if contact.direction == "inbound" and not contact.bot_only and _identified(centre, contact.row):
            for scope in book.scopes_touched(contact):
                contacts[scope][contact.row["customer_id"]] += 1
    return {scope: (sum(n == 1 for n in found.values()), len(found)) for scope, found in contacts.items()}


def _identified(centre: Centre, row: Row) -> bool:
    return bool(row["customer_id"]) and row["customer_id"] not in centre.anonymous


def add_customers(book: Book) -> None:
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


def add_ratings(book: Book) -> None:
    """The last rating of a contact counts, on the contact's date, for its last human handler and its first queue."""
    contacts = {contact.key: contact for contact in book.contacts}
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in book.centre.rows("ratings"):
        rows[row["file_source"], row["contact_id"]].append(row)
    for contact in book.contacts:
        if is_eligible(contact):
            book.add_owned(contact, contact.day, Counter(eligible=1), queue_id=contact.queue_id)
    for key, given in rows.items():
        if key in contacts:
            contact = contacts[key]
            amounts = _rating_amounts(given)
            if is_eligible(contact):
                amounts.update(invited_eligible=amounts["invited"], ratings_eligible=amounts["ratings"])
            book.add_owned(contact, contact.day, amounts, queue_id=contact.queue_id)


def is_eligible(contact: Contact) -> bool:
    """Return whether a contact was to be rated: handled, valid where messages are recorded, where ratings are."""
    invites = contact.valid or not contact.source.records("messages")
    return contact.source.records("ratings") and contact.handled and invites


def _rating_amounts(given: list[Row]) -> Amounts:
    last = max(given, key=lambda row: (row["rated_at"], row["invited_at"]))
    sums: Amounts = Counter(invited=1, delivered=int(bool(last["delivered_at"] or last["stars"])))
    if last["stars"]:
        stars = int(last["stars"])
        sums.update(ratings=1, stars=stars, good=int(stars >= 4), bad=int(stars <= 2), low=int(stars <= 3))
    return sums
