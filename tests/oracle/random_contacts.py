"""Contacts of a random centre: chats with routing, calls without messages, mails without routing."""

from datetime import datetime, time, timedelta

from tests.oracle.random_feedback import write_feedback
from tests.oracle.random_parts import Writer
from tests.oracle.random_talk import Talk

TOPICS = [None, "billing", "delivery"]


def write_contacts(writer: Writer) -> None:
    """Write all contacts; three in five by chat, one in five each by voice and mail."""
    writer.rated_share = writer.rng.choice([0.3, 0.7])
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
    topic, earlier = rng.choice(TOPICS), None
    told = talk.writer.rows[talk.source, "contacts"]
    before = [row for row in told if datetime.fromisoformat(row["started_at"]) < started]
    if before and channel != "voice" and talk.writer.chance(0.1):
        row = rng.choice(before)
        earlier, customer, topic = row["contact_id"], row["customer_id"], row["topic"]
    talk.writer.add(
        talk.source, "contacts", contact_id=talk.contact_id, customer_id=customer, channel=channel,
        direction=direction, queue_id=talk.queue_id, topic=topic, started_at=started,
        ended_at=ended if talk.has_end else None, end_reason=None, reopened_from=earlier,
        is_test=talk.writer.chance(0.04),
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
        write_feedback(talk, channel)


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
    talk.end(60)


def _come_in(talk: Talk) -> None:
    """Queue, refuse, give up, overflow or connect, then serve and end; now and then nothing is written of it."""
    talk.pause(3)
    if talk.writer.chance(0.05):
        talk.pause(40)
        return
    if talk.writer.chance(0.06):
        reason = talk.writer.rng.choice(["full", "closed_hours", "join_empty", "diverted", "maintenance", None])
        talk.event("refused", queue_id=talk.queue_id, reason=reason)
        return
    if not _wait(talk, talk.queue_id, is_first=True):
        talk.pause(2)
        return
    _converse(talk)
    if talk.writer.chance(0.3):
        _transfer(talk)
    talk.end(90)


def _wait(talk: Talk, queue_id: str, to_agent: str = "", *, is_first: bool = False) -> bool:
    """Queue, overflowing into q2 now and then; return whether an agent took the contact.

    Of a first stay the entry is lost now and then.
    """
    rng = talk.writer.rng
    entered, is_entry_lost = talk.clock, is_first and talk.writer.chance(0.15)
    if not is_entry_lost:
        talk.event("queued", queue_id=queue_id)
    if longest := rng.choice([0, 1, 8, 40, 150]):
        talk.pause(longest)
    outcome = rng.choices(["connected", "abandoned", "left_queue", "nothing"], [21, 3, 3, 0 if is_entry_lost else 1])[0]
    if outcome == "nothing":
        talk.has_end = False
        return False
    if outcome == "abandoned":
        talk.event("abandoned", queue_id=queue_id, **_wait_said(talk, entered, is_said=is_entry_lost))
        return False
    if outcome == "left_queue":
        waited = _wait_said(talk, entered, is_said=is_entry_lost)
        talk.event("left_queue", queue_id=queue_id, reason="timeout", **waited)
        talk.pause(2)
        return talk.writer.chance(0.5) and _wait(talk, "q2", to_agent)
    if talk.writer.chance(0.2):
        talk.event("declined", agent_id=rng.choice(talk.writer.spec.staff), queue_id=queue_id)
        talk.pause(20)
    talk.agent_id = to_agent or rng.choice(talk.writer.spec.staff)
    talk.served_in = queue_id
    waited = _wait_said(talk, entered, is_said=is_entry_lost)
    talk.has_stay = bool(waited) or not is_entry_lost
    talk.event("connected", agent_id=talk.agent_id, queue_id=queue_id, **waited)
    return True


def _wait_said(talk: Talk, entered: datetime, *, is_said: bool) -> dict[str, object]:
    """Return the cell of a stated wait, which every other exit without an entry has."""
    is_said = is_said and talk.writer.chance(0.5)
    return {"wait_seconds": int((talk.clock - entered).total_seconds())} if is_said else {}


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
    by_queue = kind == "blind" and talk.has_stay and talk.writer.chance(0.5)
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
