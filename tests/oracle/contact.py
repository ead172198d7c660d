"""One contact put together from its header, events and messages: visits, legs, turns."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.oracle.feeds import Centre, Row, Source, instant

Moment = tuple[datetime, Row]
REFUSALS = {"full": "full", "closed_hours": "closed", "join_empty": "unstaffed", "diverted": "diverted"}


@dataclass
class Visit:
    """One stay in one queue."""

    queue_id: str
    entered: datetime
    left: datetime | None = None
    outcome: str = "open"
    entry_written: bool = True
    stated: int | None = None

    @property
    def wait(self) -> int | None:
        """Seconds waited; None while the stay is open, and where nobody wrote its entry or stated the wait."""
        if self.stated is not None or not self.left or not self.entry_written:
            return self.stated
        return int((self.left - self.entered).total_seconds())


@dataclass
class Leg:
    """One agent's stretch of a contact."""

    agent_id: str
    queue_id: str
    connected: datetime
    ended: datetime | None = None
    is_open: bool = False
    visit: Visit | None = None
    hold: int = 0
    wrap_ups: list[tuple[datetime, datetime]] = field(default_factory=list)
    transfer: Row | None = None
    transferred: datetime | None = None
    arrived_in: str = ""
    messages: list[Moment] = field(default_factory=list)
    turns: list["Turn"] = field(default_factory=list)

    @property
    def seconds(self) -> int:
        """Seconds from connect to the leg's end."""
        return int((self.ended - self.connected).total_seconds()) if self.ended else 0

    @property
    def wrap_up(self) -> int:
        """Recorded wrap-up seconds of the leg."""
        return sum(int((end - start).total_seconds()) for start, end in self.wrap_ups)


@dataclass
class Turn:
    """Customer messages answered by a manual agent message."""

    first: datetime
    last: datetime
    reply: datetime
    leg: Leg


@dataclass
class Contact:
    """A contact with everything that the KPIs ask of it."""

    key: tuple[str, str]
    row: Row
    source: Source
    started: datetime
    day: date
    events: list[Moment]
    messages: list[Moment]
    visits: list[Visit] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    offers: list[tuple[str, datetime, bool]] = field(default_factory=list)
    blocked: bool = False
    blocked_for: str = ""
    """Why: full, closed, unstaffed, diverted or otherwise."""
    ended: datetime | None = None

    @property
    def direction(self) -> str:
        """Who began: inbound, callback or outbound."""
        return self.row["direction"]

    @property
    def routed(self) -> bool:
        """Whether the source records routing."""
        return self.source.records("routing")

    @property
    def bot_only(self) -> bool:
        """Bot messages, no routing event, no agent message."""
        senders = {row["sender"] for _, row in self.messages}
        return "bot" in senders and "agent" not in senders and not self.events

    @property
    def has_routing(self) -> bool:
        """Whether any event tells of human routing; that it ended, was held or wrapped up tells nothing of it."""
        silent = {"refused", "ended", "held", "resumed", "wrap_up_started", "wrap_up_ended"}
        return any(event["event_type"] not in silent for _, event in self.events)

    @property
    def received(self) -> bool:
        """Inbound, no test, not bot-only, not blocked, and reached human routing or counts without a word of it."""
        reached = not self.routed or self.has_routing or self.source.receives_without_routing
        return self.direction == "inbound" and not self.bot_only and not self.blocked and reached

    @property
    def handled(self) -> bool:
        """Landed with a human agent; a chat that the agent began, once the customer has answered."""
        if self.direction == "inbound" or not self.source.records("messages"):
            return bool(self.legs)
        return bool(self.legs) and bool(self.manual("customer"))

    @property
    def queue_id(self) -> str:
        """The contact's first queue."""
        return self.visits[0].queue_id if self.visits else self.row["queue_id"]

    @property
    def last_sign(self) -> datetime:
        """The contact's end; if nobody wrote it, its last connection."""
        return self.ended or (self.legs[-1].connected if self.legs else self.started)

    def manual(self, sender: str) -> list[datetime]:
        """Return the times of messages that a person of that side wrote."""
        return [at for at, row in self.messages if side(row) == sender]

    def is_transferred(self, leg: Leg) -> bool:
        """Whether a leg's transfer arrived, or went where its source does not see what arrives."""
        if leg.transfer is None or leg.transferred is None or leg.arrived_in:
            return bool(leg.arrived_in)
        came_back = any(row["event_type"] == "queued" and at >= leg.transferred for at, row in self.events)
        return not came_back and not self.source.records("transfer_arrivals")

    @property
    def valid(self) -> bool:
        """Whether both sides wrote a message of their own."""
        return bool(self.manual("customer")) and bool(self.manual("agent"))


def side(message: Row) -> str:
    """Return the side that a message counts for: automatic agent messages are the system's."""
    if message["sender"] == "agent" and message["is_manual"] != "true":
        return "system"
    return message["sender"]


def build_contacts(centre: Centre) -> list[Contact]:
    """Put all contacts together, test contacts left out."""
    events = _by_contact(centre, "contact_events", "occurred_at")
    messages = _by_contact(centre, "messages", "sent_at")
    contacts = []
    for row in centre.rows("contacts"):
        if row["is_test"] == "true":
            continue
        key = (row["file_source"], row["contact_id"])
        started = instant(row["started_at"])
        contact = Contact(
            key, row, centre.sources[key[0]], started, centre.local_date(started), events.get(key, []),
            messages.get(key, []),
        )  # fmt: skip
        contact.ended = instant(row["ended_at"]) if row["ended_at"] else None
        if contact.routed:
            _walk_events(contact)
        else:
            _leg_from_messages(contact)
        _end_legs(contact, centre)
        _put_messages_on_legs(contact)
        _find_turns(contact)
        contacts.append(contact)
    return contacts


def _by_contact(centre: Centre, feed: str, time_column: str) -> dict[tuple[str, str], list[Moment]]:
    found: dict[tuple[str, str], list[Moment]] = {}
    for row in centre.rows(feed):
        found.setdefault((row["file_source"], row["contact_id"]), []).append((instant(row[time_column]), row))
    return {key: sorted(rows, key=lambda moment: moment[0]) for key, rows in found.items()}


def _walk_events(contact: Contact) -> None:
    """Follow the routing events in order of time."""
    visit: Visit | None = None
    leg: Leg | None = None
    held: datetime | None = None
    wrap_up: datetime | None = None
    for at, event in contact.events:
        kind = event["event_type"]
        if kind == "queued":
            visit = Visit(event["queue_id"], at)
            contact.visits.append(visit)
        elif kind == "refused":
            contact.blocked, contact.blocked_for = True, REFUSALS.get(event["reason"], "otherwise")
            contact.visits.append(Visit(event["queue_id"], at, at, "blocked"))
        elif kind in ("abandoned", "left_queue"):
            visit = visit or _without_entry(contact, event, at)
            visit.left, visit.outcome = at, "abandoned" if kind == "abandoned" else "left"
            visit = None
        elif kind == "declined":
            contact.offers.append((event["agent_id"], at, False))
        elif kind == "connected":
            if event.get("wait_seconds") and not visit:
                visit = _without_entry(contact, event, at)
            if visit:
                visit.left, visit.outcome = at, "connected"
            _arrive(contact, event)
            leg = Leg(event["agent_id"], event["queue_id"], at, visit=visit)
            contact.legs.append(leg)
            contact.offers.append((leg.agent_id, at, True))
            visit = None
        elif kind == "held":
            held = at
        elif kind == "resumed" and held and leg:
            leg.hold += int((at - held).total_seconds())
            held = None
        elif kind == "transferred" and leg and event["transfer_kind"] != "consult":
            leg.transfer, leg.transferred = event, at
            if event["transfer_kind"] == "blind" or not contact.source.records("transfer_arrivals"):
                leg.ended, leg = at, None
        elif kind == "ended":
            contact.ended = contact.ended or at
            if visit:
                # Nobody wrote how the customer left the queue.
                visit.left, visit.outcome, visit = at, "left", None
            if leg:
                leg.ended = at
        elif kind == "wrap_up_started":
            wrap_up = at
        elif kind == "wrap_up_ended" and wrap_up:
            own = [one for one in contact.legs if one.agent_id == event["agent_id"]]
            own[-1].wrap_ups.append((wrap_up, at))
            wrap_up = None


def _without_entry(contact: Contact, event: Row, left: datetime) -> Visit:
    """Return a new stay whose entry nobody wrote: it began by the stated wait, if there is one."""
    stated = int(event["wait_seconds"]) if event.get("wait_seconds") else None
    visit = Visit(event["queue_id"], left - timedelta(seconds=stated or 0), entry_written=False, stated=stated)
    contact.visits.append(visit)
    return visit


def _arrive(contact: Contact, event: Row) -> None:
    """A transfer arrives when the next agent has the contact; an announced one that does not leaves it where it was."""
    if contact.legs and contact.legs[-1].transfer:
        sender = contact.legs[-1]
        sender.ended, sender.arrived_in = sender.transferred, event["queue_id"]


def _end_legs(contact: Contact, centre: Centre) -> None:
    """A leg without an end of its own lasts to the contact's, else to the last message; without any it is open.

    Open no longer than a leg may be: after that its end is lost and it counts no time.
    """
    for leg in contact.legs:
        if leg.ended is None:
            signs = [contact.ended, *(at for at, _ in contact.messages[-1:])]
            leg.ended = next((at for at in signs if at and at >= leg.connected), None)
        leg.is_open = leg.ended is None and leg.connected + centre.open_for >= centre.now
    if contact.ended is None and contact.legs:
        contact.ended = contact.legs[-1].ended


def _leg_from_messages(contact: Contact) -> None:
    """Without routing, an agent who wrote by hand handled the contact; it lasts to the last message."""
    writers = [row["agent_id"] for _, row in contact.messages if side(row) == "agent"]
    contact.ended = contact.ended or (contact.messages[-1][0] if contact.messages else None)
    if writers:
        contact.legs.append(Leg(writers[0], contact.row["queue_id"], contact.started, contact.ended))


def _put_messages_on_legs(contact: Contact) -> None:
    """Give each message to the leg that runs at its time: before the first to the first, else to the latest begun."""
    for at, row in contact.messages:
        if contact.legs:
            begun = [leg for leg in contact.legs if leg.connected <= at]
            (begun[-1] if begun else contact.legs[0]).messages.append((at, row))


def _find_turns(contact: Contact) -> None:
    """Pair each run of customer messages with the manual message that answers it."""
    waiting: list[datetime] = []
    for at, row in contact.messages:
        if side(row) == "customer":
            waiting.append(at)
        elif side(row) == "agent" and waiting:
            begun = [leg for leg in contact.legs if leg.connected <= at and leg.agent_id == row["agent_id"]]
            if begun:
                begun[-1].turns.append(Turn(waiting[0], waiting[-1], at, begun[-1]))
            waiting = []
