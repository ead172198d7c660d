"""What stands around the contacts: reviews, people, visitors."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tests.oracle.book import Book
from tests.oracle.feeds import instant
from tests.oracle.message_amounts import Amounts, with_squares
from tests.oracle.people import concurrency_amounts, headcount, legs_begun, occupancy_amounts, state_amounts
from tests.oracle.periods import covered


def add_reviews(book: Book) -> None:
    """Reviews belong to the date on which they were made; reviews of test contacts count no more than these."""
    contacts = {contact.key: contact for contact in book.contacts}
    errors = Counter((row["review_id"], row["class"]) for row in book.centre.rows("quality_errors"))
    meant_well = Counter(row["review_id"] for row in book.centre.rows("quality_errors") if row["good_faith"] == "true")
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
        amounts["errors"] = amounts["severe_errors"] + amounts["general_errors"]
        amounts["good_faith"] = meant_well[row["review_id"]]
        amounts["random"] = int(row["selection"] == "random")
        contact = contacts[row["file_source"], row["contact_id"]]
        book.add_person(row["agent_id"], day, day, amounts, contact.row["channel"])
        book.add(("channel", contact.row["channel"]), day, amounts)
        book.add(("queue", contact.queue_id), day, amounts)
        book.add_person(row["reviewer_id"], day, day, Counter(made=1))
        reviewers.add((row["reviewer_id"], day))
    for reviewer, day in reviewers:
        book.add_person(reviewer, day, day, Counter(reviewer_days=1))


def add_people(book: Book) -> None:
    """States, agent-days, occupancy, concurrency, headcount, observations and praise."""
    centre = book.centre
    states = state_amounts(centre)
    signed_in = {key for key, amounts in states.items() if amounts["signed_in"]}
    legs = legs_begun(centre, book.contacts)
    dates = covered(centre)
    subjects: Iterable[Iterator[tuple[tuple[str, date], Amounts]]] = (
        iter(states.items()),
        iter(occupancy_amounts(centre, book.contacts).items()),
        iter(concurrency_amounts(centre, book.contacts).items()),
        ((key, Counter(agent_days=1)) for key in signed_in | set(legs)),
        ((key, Counter(state_days=1)) for key in signed_in),
        iter(legs.items()),
        ((key, Counter(legs_with_states=amounts["legs"])) for key, amounts in legs.items() if key in signed_in),
        ((key, Counter(missing=1)) for key, one in legs.items() if one["recording"] and key not in signed_in),
        iter(headcount(centre, dates.first, dates.last).items()),
    )
    for subject in subjects:
        for (agent_id, day), amounts in subject:
            held_on = day - timedelta(days=1) if amounts["leavers"] else day
            book.add_person(agent_id, day, held_on, amounts)
    for row in centre.rows("observations"):
        day = centre.local_date(instant(row["observed_at"]))
        amounts = with_squares(Counter(observed=1, observed_seconds=int(row["seconds"])), "observed_seconds")
        book.add_person(row["agent_id"], day, day, amounts)
    for row in centre.rows("recognitions"):
        if row["kind"] != "other":
            day = centre.local_date(instant(row["received_at"]))
            book.add_person(row["agent_id"], day, day, Counter(praises=1) + Counter({row["kind"]: 1}))


def add_visitors(book: Book) -> None:
    for row in book.centre.rows("site_visits"):
        amounts: Amounts = Counter(visitors=int(row["visitors"]))
        book.add(("centre", "centre"), date.fromisoformat(row["visited_on"]), amounts)
        book.add(("channel", row["channel"]), date.fromisoformat(row["visited_on"]), amounts)
