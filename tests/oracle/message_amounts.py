"""What the messages of one contact or leg add to each sum: replies, turns, sides."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from tests.oracle.contact import Contact, Leg, Moment, Turn, side
from tests.oracle.feeds import Centre
from tests.oracle.opening import open_seconds

Amounts = Counter[str]


HANDED_OVER = {"queued", "offered", "declined", "connected"}


def squared(name: str) -> str:
    """Return the name of the sum of the squares of a time or score, each case's by itself."""
    return f"{name} squared"


def with_squares(amounts: Amounts, *names: str) -> Amounts:
    """Return the amounts of one case with the squares of some of them beside."""
    return amounts + Counter({squared(name): amounts[name] ** 2 for name in names})


def seconds(start: datetime, end: datetime) -> int:
    """Return the whole seconds from start to end."""
    return int((end - start).total_seconds())


def first_response(centre: Centre, contact: Contact, leg: Leg) -> Amounts:
    """From the later of connect and first customer message to the first manual reply; inbound legs only."""
    asked = contact.manual("customer")
    if contact.direction != "inbound" or not asked:
        return Counter()
    start = max(leg.connected, asked[0]) if contact.routed else asked[0]
    replies = [at for at, row in leg.messages if side(row) == "agent" and row["agent_id"] == leg.agent_id]
    later = [at for at in replies if at >= start]
    if later:
        in_hours = open_seconds(centre, contact.row["channel"], start, later[0])
        found = Counter(first_responses=1, first_response=seconds(start, later[0]), open_first_response=in_hours)
        return with_squares(found, "first_response", "open_first_response")
    if leg.ended is None or asked[0] <= leg.ended:
        return Counter(unanswered=1)
    return Counter()


def turn_amounts(centre: Centre, contact: Contact, leg: Leg) -> Amounts:
    """Turns of the replying agent: from his connect at the earliest, and as the customer feels them."""
    sums = mean_of_turns(leg.turns)
    for turn in leg.turns:
        start = max(turn.first, leg.connected)
        one: Amounts = Counter(turns=1, open_response=open_seconds(centre, contact.row["channel"], start, turn.reply))
        one.update(response=seconds(start, turn.reply), customer_response=seconds(turn.first, turn.reply))
        one.update(from_last=seconds(max(turn.last, leg.connected), turn.reply))
        sums.update(with_squares(one, "response", "open_response", "customer_response", "from_last"))
    return sums


def validity(contact: Contact) -> Amounts:
    """Whether a contact with messages recorded is valid; by direction as well."""
    sums: Amounts = Counter(message_contacts=1, invalid=int(not contact.valid))
    if contact.direction in ("inbound", "callback"):
        sums[f"message_contacts_{contact.direction}"] = 1
        sums[f"invalid_{contact.direction}"] = int(not contact.valid)
    return sums


def mix(messages: Iterable[Moment]) -> Amounts:
    """Messages by side; bots count nowhere."""
    return Counter(f"from_{side(row)}" for _, row in messages if side(row) != "bot")


def mean_of_turns(turns: list[Turn]) -> Amounts:
    """Mean response of one contact, in ten-thousandths of a second, rounded half up."""
    if not turns:
        return Counter()
    total = sum(seconds(max(turn.first, turn.leg.connected), turn.reply) for turn in turns)
    return Counter(with_turns=1, mean_response=(total * 20_000 + len(turns)) // (2 * len(turns)))


def customer_first_response(contact: Contact) -> tuple[Leg | None, Amounts]:
    """From the hand-over to humans, or the first message if later, to anybody's reply; and the leg that gave it."""
    asked = contact.manual("customer")
    if contact.direction != "inbound" or not asked:
        return None, Counter()
    to_humans = [at for at, event in contact.events if event["event_type"] in HANDED_OVER]
    start = max([asked[0], *to_humans[:1]])
    replies = [at for at in contact.manual("agent") if at >= start]
    if not replies:
        return None, Counter()
    leg = next(leg for leg in reversed(contact.legs) if leg.connected <= replies[0])
    return leg, Counter(customer_firsts=1, customer_first=seconds(start, replies[0]))
