"""What one contact, leg or stay in a queue adds to each sum, by the words of the KPI definitions."""

from collections import Counter
from collections.abc import Iterable

from tests.oracle.contact import Contact, Leg, Visit
from tests.oracle.feeds import Centre
from tests.oracle.message_amounts import (
    Amounts,
    customer_first_response,
    first_response,
    mean_of_turns,
    mix,
    seconds,
    turn_amounts,
    validity,
    with_squares,
)
from tests.oracle.opening import open_seconds

COUNTS_ONCE = {
    "handled", "transfer_base", "transferred", "blind", "warm", "same_queue", "other_queue", "expert", "with_turns",
    "with_duration", "wrapped", "message_contacts", "message_contacts_inbound", "message_contacts_callback",
    "invalid", "invalid_inbound", "invalid_callback", "attempts", "connected",
}  # fmt: skip
"""Amounts that count contacts: above agent scope a contact adds 1 however many legs it has."""


def add_up(parts: Iterable[Amounts]) -> Amounts:
    """Add the amounts of several legs of one contact; what counts contacts stays at 1."""
    total: Amounts = Counter()
    for part in parts:
        total.update(part)
    return Counter({name: min(amount, 1) if name in COUNTS_ONCE else amount for name, amount in total.items()})


def attempt(centre: Centre, contact: Contact) -> Amounts:
    """Reached a human or not, and how long it took."""
    sums: Amounts = Counter()
    sums["received"] = int(contact.received)
    if contact.blocked:
        sums.update(["blocked", f"blocked_{contact.blocked_for}"])
    sums["handled"] = int(contact.handled)
    if contact.routed and (contact.received or contact.direction != "inbound"):
        sums["attempts"] = 1
        sums["connected"] = int(contact.handled)
    if contact.has_routing and contact.routed and contact.received:
        before = visits_before_a_human(contact)
        waits = [visit.wait for visit in before]
        wait = sum(known) if waits and (known := [one for one in waits if one is not None]) == waits else None
        gave_up = not contact.handled and before[-1].outcome == "abandoned"
        sums.update(waiting(centre, wait, connected=contact.handled, abandoned=gave_up))
        if wait:
            sums["open_wait"] = sum(open_wait(centre, contact, visit) for visit in before)
    return sums


def visits_before_a_human(contact: Contact) -> list[Visit]:
    """Return the stays up to the one that the first connection ended, however short; all if nobody connected."""
    if not contact.legs:
        return contact.visits
    first = contact.legs[0]
    return [visit for visit in contact.visits if visit is first.visit or visit.entered < first.connected]


def open_wait(centre: Centre, contact: Contact, visit: Visit) -> int:
    """Seconds of one stay in a queue within the opening hours of the contact's channel; 0 where its wait is unknown."""
    if visit.wait is None:
        return 0
    return open_seconds(centre, contact.row["channel"], visit.entered, visit.left) if visit.left else 0


def waiting(centre: Centre, wait: int | None, *, connected: bool, abandoned: bool) -> Amounts:
    """Amounts of one wait: a contact's until its first connection, or one stay in one queue; None if nobody knows."""
    sums: Amounts = Counter(routed=1, abandoned=int(abandoned))
    if wait is None:
        return sums
    sums.update(wait_known=1, wait_all=wait)
    if wait >= 1:
        sums.update(waited=1, wait=wait)
    sums["over_limit"] = int(wait > centre.placement_seconds)
    if connected:
        in_time = int(wait <= centre.service_level_seconds)
        sums.update(answered=1, answer_wait=wait, level_base=1, level_met=in_time)
    if abandoned:
        short = wait <= centre.short_abandon_seconds
        sums.update(abandoned_known=1, abandon_wait_all=wait, abandoned_short=int(short))
        if not short:
            sums.update(abandoned_counted=1, abandon_wait=wait, level_base=1)
    return sums


def leg_amounts(centre: Centre, contact: Contact, leg: Leg) -> Amounts:
    """Amounts of one leg: its agent's share of the contact."""
    sums = handling(centre, contact, leg) if contact.handled else Counter()
    if contact.source.records("messages"):
        replier, reply = customer_first_response(contact)
        sums.update(reply if replier is leg else {})
        sums.update(first_response(centre, contact, leg))
        sums.update(turn_amounts(centre, contact, leg))
        sums.update(validity(contact))
        sums.update(mix(leg.messages))
    return sums


def handling(centre: Centre, contact: Contact, leg: Leg) -> Amounts:
    """Time on a handled contact, and what became of it."""
    sums: Amounts = Counter(handled=1)
    if leg.ended:
        sums.update(with_duration=1, duration=leg.seconds, with_end=1, handle=leg.seconds + leg.wrap_up)
        sums = with_squares(sums, "handle")
    if leg.wrap_ups:
        sums.update(wrapped=1, wrap_up=leg.wrap_up)
    if contact.source.records("transfers"):
        sums["transfer_base"] = 1
        if leg.transfer and contact.is_transferred(leg):
            sums.update(transferred=1, transfer_events=1)
            sums.update([leg.transfer["transfer_kind"], transfer_part(centre, leg)])
    return sums


def transfer_part(centre: Centre, leg: Leg) -> str:
    """Whether a transfer stayed in its queue, went to another one or out of sight, or to experts."""
    kinds = {row["queue_id"]: row["kind"] for row in centre.rows("queues")}
    if kinds.get(leg.arrived_in) == "expert":
        return "expert"
    return "same_queue" if leg.arrived_in == leg.queue_id else "other_queue"


def contact_amounts(centre: Centre, contact: Contact) -> Amounts:
    """Amounts of a contact at centre and channel scope."""
    sums = add_up(leg_amounts(centre, contact, leg) for leg in contact.legs)
    for name in (
        "customer_firsts",
        "customer_first",
        "from_customer",
        "from_agent",
        "from_system",
        "with_turns",
        "mean_response",
    ):
        sums.pop(name, None)
    sums.update(attempt(centre, contact) - Counter(handled=1))
    _last_as_a_whole(contact, sums)
    if contact.source.records("messages") and not contact.bot_only:
        sums.update(mix(contact.messages))
        sums.update(customer_first_response(contact)[1])
        sums.update(mean_of_turns([turn for leg in contact.legs for turn in leg.turns]))
    return sums


def _last_as_a_whole(contact: Contact, sums: Amounts) -> None:
    """Put the contact's duration in the place of its legs': whoever is above the agents had the contact, not legs."""
    sums.pop("with_duration", None)
    sums.pop("duration", None)
    if contact.handled and contact.ended:
        start = contact.started if contact.direction == "callback" else contact.legs[0].connected
        sums.update(with_duration=1, duration=seconds(start, contact.ended))


def work_of(centre: Centre, contact: Contact, legs: list[Leg]) -> Amounts:
    """Amounts of several legs of one contact together: those of one team, or those of one stay in a queue."""
    sums = add_up(leg_amounts(centre, contact, leg) for leg in legs)
    sums["mean_response"] = mean_of_turns([turn for leg in legs for turn in leg.turns])["mean_response"]
    if legs:
        _last_as_a_whole(contact, sums)
    return sums


def visit_amounts(centre: Centre, contact: Contact, visit: Visit | None) -> Amounts:
    """Amounts of one stay in one queue; without routing or without a stay, of the contact in its queue."""
    sums = work_of(centre, contact, [leg for leg in contact.legs if not visit or leg_visit(contact, leg) is visit])
    if visit is None:
        whole = attempt(centre, contact)
        sums.update({name: whole[name] for name in ("attempts", "connected", "received", "routed")})
    elif visit.outcome == "blocked":
        sums.update(["blocked", f"blocked_{contact.blocked_for}"])
    elif contact.direction == "inbound":
        sums.update(received=1, attempts=1, connected=int(visit.outcome == "connected"))
        outcome = {"connected": visit.outcome == "connected", "abandoned": visit.outcome == "abandoned"}
        sums.update(waiting(centre, visit.wait, **outcome))
        sums["open_wait"] = open_wait(centre, contact, visit)
    is_first = visit is None or visit is contact.visits[0]
    if is_first and not contact.legs and not contact.bot_only and contact.source.records("messages"):
        sums.update(mix(contact.messages))
    return sums


def leg_visit(contact: Contact, leg: Leg) -> Visit | None:
    """Return the stay that led to a leg; one handed over directly stays in the latest's queue, else the first's."""
    if leg.visit:
        return leg.visit
    earlier = [visit for visit in contact.visits if visit.entered <= leg.connected]
    return (earlier or contact.visits[:1] or [None])[-1]
