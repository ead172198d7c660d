"""Contacts of a random centre: chats with routing, calls without messages, mails without routing."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from tests.oracle.random_parts import Writer

TOPICS = [None, "billing", "delivery"]


@dataclass
class Talk:
    """One contact being written; its clock only goes forward."""

    writer: Writer
    source: str
    contact_id: str
    clock: datetime
    queue_id: str
    agent_id: str = ""
    served_in: str = ""
    spoke: set[str] = field(default_factory=set)
    written: int = 0

    def pause(self, longest: int) -> datetime:
        """Move the clock on by 1 to `longest` seconds."""
        self.clock += timedelta(seconds=self.writer.rng.randint(1, longest))
        return self.clock

    def event(self, event_type: str, **cells: object) -> None:
        """Write one routing event at the clock's time."""
        row: dict[str, object] = {"agent_id": None, "queue_id": None, "transfer_kind": None}
        row |= {"transfer_target_kind": None, "transfer_target_id": None, "reason": None}
        self.writer.add(
            self.source, "contact_events", event_id=None, contact_id=self.contact_id, occurred_at=self.clock,
            event_type=event_type, **(row | cells),
        )  # fmt: skip

    def say(self, sender: str, longest: int = 60, *, is_manual: bool = True) -> None:
        """Write one message after a pause; sources without messages stay silent but time goes by."""
        sent_at = self.pause(longest)
        self.written += 1
        self.spoke |= {sender} if is_manual else set()
        if self.source != "phone":
            self.writer.add(
                self.source, "messages", message_id=f"{self.contact_id}-{self.written}", contact_id=self.contact_id,
                sent_at=sent_at, sender=sender, agent_id=self.agent_id if sender == "agent" else None,
                is_manual=is_manual, length=9,
            )  # fmt: skip


def write_contacts(writer: Writer) -> None:
    """Write all contacts; three in five by chat, one in five each by voice and mail."""
    start = writer.at(0, time(7, 0))
    whole = int((writer.at(writer.spec.days - 1, time(15, 0)) - start).total_seconds())
    for number in range(writer.spec.contacts):
        source = writer.rng.choice(["desk", "desk", "desk", "phone", "mail"])
        moment = start + timedelta(seconds=writer.rng.randrange(whole))
        if source == "mail":
            local = moment.astimezone(writer.zone)
            moment = writer.at((local.date() - start.astimezone(writer.zone).date()).days, time(9, number % 60))
        talk = Talk(writer, source, f"k{number:04d}", moment, writer.rng.choice(["q1", "q2"]))
        {"desk": _chat, "phone": _call, "mail": _mail}[source](talk)


def _header(talk: Talk, started: datetime, channel: str, direction: str, ended: datetime | None) -> None:
    rng = talk.writer.rng
    customer = rng.choice([None, "c0", *(f"c{number}" for number in range(1, 16))])
    talk.writer.add(
        talk.source, "contacts", contact_id=talk.contact_id, customer_id=customer, channel=channel,
        direction=direction, queue_id=talk.queue_id, topic=rng.choice(TOPICS), started_at=started, ended_at=ended,
        end_reason=None, reopened_from=None, is_test=talk.writer.chance(0.04),
    )  # fmt: skip


def _chat(talk: Talk) -> None:
    rng, started = talk.writer.rng, talk.clock
    channel = rng.choice(["web", "wechat", "app"])
    direction = rng.choices(["inbound", "callback", "outbound"], [8, 1, 1])[0]
    if direction != "inbound":
        _begin_by_agent(talk)
    elif talk.writer.chance(0.08):
        talk.say("customer")
        talk.say("bot", is_manual=False)
    else:
        if talk.writer.chance(0.8):
            talk.say("customer")
        _come_in(talk)
    _header(talk, started, channel, direction, talk.clock)
    if talk.agent_id:
        _afterwards(talk)


def _call(talk: Talk) -> None:
    started, direction = talk.clock, talk.writer.rng.choice(["inbound", "inbound", "outbound"])
    talk.queue_id = "qv"
    if direction == "outbound":
        if talk.writer.chance(0.7):
            _begin_by_agent(talk)
        else:
            talk.pause(40)
            talk.event("ended")
    else:
        _come_in(talk)
    _header(talk, started, "voice", direction, talk.clock)


def _mail(talk: Talk) -> None:
    started = talk.clock
    talk.queue_id = "qm"
    talk.say("customer", 5)
    if talk.writer.chance(0.9):
        talk.agent_id = talk.writer.rng.choice(["m1", "m2"])
        for _ in range(talk.writer.rng.randint(1, 4)):
            talk.say(talk.writer.rng.choice(["customer", "agent", "agent"]), 900)
    _header(talk, started, "email", "inbound", None)


def _begin_by_agent(talk: Talk) -> None:
    talk.agent_id = talk.writer.rng.choice(talk.writer.spec.staff)
    talk.event("connected", agent_id=talk.agent_id, queue_id=talk.queue_id)
    talk.say("agent")
    if talk.writer.chance(0.6):
        _converse(talk)
    talk.pause(60)
    talk.event("ended")


def _come_in(talk: Talk) -> None:
    """Queue, refuse, give up, overflow or connect, then serve and end."""
    talk.pause(3)
    if talk.writer.chance(0.06):
        talk.event("refused", queue_id=talk.queue_id, reason="full")
        return
    if not _wait(talk, talk.queue_id):
        talk.pause(2)
        return
    _converse(talk)
    if talk.writer.chance(0.3):
        _transfer(talk)
    talk.pause(90)
    talk.event("ended")


def _wait(talk: Talk, queue_id: str, to_agent: str = "") -> bool:
    """Queue, overflowing into q2 now and then; return whether an agent took the contact."""
    rng = talk.writer.rng
    talk.event("queued", queue_id=queue_id)
    talk.pause(rng.choice([1, 8, 40, 150]))
    outcome = rng.choices(["connected", "abandoned", "left_queue"], [7, 1, 1])[0]
    if outcome == "abandoned":
        talk.event("abandoned", queue_id=queue_id)
        return False
    if outcome == "left_queue":
        talk.event("left_queue", queue_id=queue_id, reason="timeout")
        talk.pause(2)
        return talk.writer.chance(0.5) and _wait(talk, "q2", to_agent)
    if talk.writer.chance(0.2):
        talk.event("declined", agent_id=rng.choice(talk.writer.spec.staff), queue_id=queue_id)
        talk.pause(20)
    talk.agent_id = to_agent or rng.choice(talk.writer.spec.staff)
    talk.served_in = queue_id
    talk.event("connected", agent_id=talk.agent_id, queue_id=queue_id)
    return True


def _converse(talk: Talk) -> None:
    for _ in range(talk.writer.rng.randint(0, 6)):
        step = talk.writer.rng.choice(["customer", "customer", "agent", "agent", "auto", "system", "hold"])
        if step == "hold":
            talk.pause(20)
            talk.event("held", agent_id=talk.agent_id)
            talk.pause(60)
            talk.event("resumed", agent_id=talk.agent_id)
        else:
            sender = "agent" if step == "auto" else step
            talk.say(sender, is_manual=step in ("customer", "agent"))


def _transfer(talk: Talk) -> None:
    rng = talk.writer.rng
    kind, sender = rng.choice(["blind", "warm", "consult"]), talk.agent_id
    talk.pause(20)
    receiver = rng.choice([agent for agent in talk.writer.spec.staff if agent != sender])
    by_queue = kind == "blind" and talk.writer.chance(0.5)
    target = {"transfer_target_kind": "queue" if by_queue else "agent"}
    target["transfer_target_id"] = rng.choice(["q1", "q2", "qx"]) if by_queue else receiver
    talk.event("transferred", agent_id=sender, queue_id=talk.served_in, transfer_kind=kind, **target)
    if kind == "consult":
        _converse(talk)
        return
    talk.pause(4)
    if by_queue:
        if _wait(talk, target["transfer_target_id"], receiver):
            _converse(talk)
    elif talk.writer.chance(0.8):
        talk.agent_id = receiver
        talk.event("connected", agent_id=receiver, queue_id=talk.served_in)
        _converse(talk)


def _afterwards(talk: Talk) -> None:
    """Wrap-up, review, invitation and rating; now and then also of a chat that was not to be rated."""
    rng, ended = talk.writer.rng, talk.clock
    if talk.writer.chance(0.6):
        talk.pause(5)
        talk.event("wrap_up_started", agent_id=talk.agent_id)
        talk.pause(80)
        talk.event("wrap_up_ended", agent_id=talk.agent_id)
    if talk.writer.chance(0.8 if talk.spoke >= {"customer", "agent"} else 0.3):
        delivered = talk.writer.chance(0.85)
        rated = delivered and talk.writer.chance(0.6)
        talk.writer.add(
            talk.source, "ratings", rating_id=f"r-{talk.contact_id}", contact_id=talk.contact_id, agent_id=None,
            invited_at=ended + timedelta(seconds=2), delivered_at=ended + timedelta(seconds=3) if delivered else None,
            not_delivered_reason=None if delivered else "left",
            rated_at=ended + timedelta(minutes=rng.randint(1, 200)) if rated else None,
            stars=rng.choice([1, 2, 3, 4, 5, 5, 5]) if rated else None, themes=None,
        )  # fmt: skip
    if talk.writer.chance(0.3):
        review = f"w-{talk.contact_id}"
        talk.writer.add(
            talk.source, "quality_reviews", review_id=review, contact_id=talk.contact_id, agent_id=talk.agent_id,
            reviewer_id=rng.choice(["w1", "w2"]), mode=rng.choice(["live", "after"]), selection="random", level=None,
            score=rng.choice(["97", "96.9", "100", "80"]), reviewed_at=ended + timedelta(minutes=rng.randint(1, 300)),
        )  # fmt: skip
        if talk.writer.chance(0.4):
            errors = {"review_id": review, "error_code": "tone", "good_faith": False}
            talk.writer.add(talk.source, "quality_errors", **errors, **{"class": rng.choice(["severe", "general"])})
