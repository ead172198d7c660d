"""What customers do again and what they say: resolution, repeats, customer-days, ratings."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from tests.oracle.book import Book, Scope
from tests.oracle.contact import Contact
from tests.oracle.feeds import Centre, Row
from tests.oracle.message_amounts import Amounts, with_squares

Asked = dict[Scope, list[tuple[date, str]]]


def asked(centre: Centre, contacts: list[Contact]) -> Asked:
    """Return the dates on which each identified customer asked, per scope that had a part in it."""
    book = Book(centre, contacts, {})
    found: Asked = defaultdict(list)
    for contact in contacts:
        if contact.direction == "inbound" and not contact.bot_only and _identified(centre, contact.row):
            for scope in book.scopes_touched(contact):
                found[scope].append((contact.day, contact.row["customer_id"]))
    return found


def once_and_all(days: list[tuple[date, str]], start: date, end: date) -> tuple[int, int]:
    """Return how many customers asked exactly once in [start, end), and how many asked at all."""
    times = Counter(customer for day, customer in days if start <= day < end)
    return sum(count == 1 for count in times.values()), len(times)


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
    gaps = [one.started - contact.started for one in later if one.direction == "inbound"]
    within = {f"repeat_{hours}": int(any(gap <= timedelta(hours=hours) for gap in gaps)) for hours in (24, 72)}
    return Counter(repeat_cases=1, **within)


def _resolution(centre: Centre, contact: Contact, later: list[Contact]) -> Amounts:
    if not contact.handled or contact.direction != "inbound":
        return Counter()
    within = [one for one in later if one.started - contact.started <= centre.fcr_window]
    again = any(one.direction == "inbound" and _same_topic(contact, one) for one in within)
    called_back = any(one.direction == "callback" for one in within)
    is_open = contact.day + centre.fcr_window > centre.local_date(centre.now)
    return Counter(resolution_cases=1, resolved=int(not again and not called_back), open_cases=int(is_open))


def _same_topic(one: Contact, other: Contact) -> bool:
    topics = one.row["topic"], other.row["topic"]
    return not all(topics) or topics[0] == topics[1]


def add_ratings(book: Book) -> None:
    """The last rating of a contact counts, on the contact's date, for its last human handler and its first queue."""
    contacts = {contact.key: contact for contact in book.contacts}
    for contact in book.contacts:
        if is_eligible(book.centre, contact):
            book.add_owned(contact, contact.day, Counter(eligible=1), queue_id=contact.queue_id)
    for key, given, tells_delivery in _invitations(book.centre):
        if key in contacts:
            contact = contacts[key]
            amounts = _rating_amounts(given, tells_delivery=tells_delivery)
            if is_eligible(book.centre, contact):
                amounts.update(invited_eligible=amounts["invited"], ratings_eligible=amounts["ratings"])
            book.add_owned(contact, contact.day, amounts, queue_id=contact.queue_id)


def not_delivered(centre: Centre) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the contacts whose invitation that counts did not arrive, each with the reason that stands beside it."""
    for key, given, tells_delivery in _invitations(centre):
        if not _rating_amounts(given, tells_delivery=tells_delivery)["delivered"]:
            yield key, _counted(given)["not_delivered_reason"]


def _invitations(centre: Centre) -> Iterator[tuple[tuple[str, str], list[Row], bool]]:
    """Yield each contact that was invited, its rows, and whether its source says of any invitation that it arrived."""
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in centre.rows("ratings"):
        rows[row["file_source"], row["contact_id"]].append(row)
    telling = {row["file_source"] for row in centre.rows("ratings") if row["delivered_at"]}
    for key, given in rows.items():
        yield key, given, key[0] in telling


def is_eligible(centre: Centre, contact: Contact) -> bool:
    """Return whether a contact was to be rated: handled, valid where messages are recorded, where ratings are."""
    invites = contact.valid or not contact.source.records("messages")
    is_asked = centre.rated_channels >= {contact.row["channel"]} and contact.source.records("ratings")
    return is_asked and contact.handled and invites


def _counted(given: list[Row]) -> Row:
    return max(given, key=lambda row: (bool(row["stars"]), row["rated_at"], row["delivered_at"], row["invited_at"]))


def _rating_amounts(given: list[Row], *, tells_delivery: bool) -> Amounts:
    last = _counted(given)
    came = bool(last["delivered_at"]) if tells_delivery else not last["not_delivered_reason"]
    sums: Amounts = Counter(invited=1, delivered=int(came or bool(last["stars"])))
    if last["stars"]:
        stars = int(last["stars"])
        sums.update(
            ratings=1,
            stars=stars,
            good=int(stars >= 4),
            bad=int(stars <= 2),
            low=int(stars <= 3),
        )
    return with_squares(sums, "stars")
