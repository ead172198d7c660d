"""The feed `contact_events`: what routing did with a contact."""

from __future__ import annotations

from schemas.contract import (
    CHANNELS,
    DIRECTIONS,
    ONE_MONTH,
    ONE_YEAR,
    Feed,
    FeedModel,
    Flag,
    Instant,
    Seconds,
    Text,
    column,
    customer_hash,
    identifier,
    instant,
    is_identified,
    is_test_caller,
    one_of,
    seconds,
)

EVENT_TYPES = [
    "queued",
    "offered",
    "connected",
    "declined",
    "transferred",
    "held",
    "resumed",
    "wrap_up_started",
    "wrap_up_ended",
    "abandoned",
    "left_queue",
    "refused",
    "ended",
]
TRANSFER_KINDS = ["blind", "warm", "consult"]
TRANSFER_TARGETS = ["agent", "queue", "menu", "playback", "specialist", "supervisor"]


class ContactEvents(FeedModel):
    """One row per routing event of a contact."""

    event_id: Text = identifier(
        "The event, unique within its source; without ids identical events are genuine repeats.", nullable=True
    )
    contact_id: Text = identifier("Contact that it happened to.")
    occurred_at: Instant = instant("When it happened.")
    event_type: Text = one_of(EVENT_TYPES, "What happened.")
    agent_id: Text = identifier("Agent's account; of `transferred`: the sender.", nullable=True)
    queue_id: Text = identifier("Queue that the contact was in or went to.", nullable=True)
    customer_id: Text = customer_hash()
    is_identified: Flag = is_identified()
    is_test_caller: Flag = is_test_caller()
    channel: Text = one_of(CHANNELS, "Channel, where the event says it.", nullable=True)
    direction: Text = one_of(DIRECTIONS, "Direction, where the event says it.", nullable=True)
    transfer_kind: Text = one_of(
        TRANSFER_KINDS,
        "Of `transferred`: unannounced (blind), announced (warm) or only asked (consult).",
        nullable=True,
    )
    transfer_target_kind: Text = one_of(
        TRANSFER_TARGETS, "Of `transferred`: what it was transferred to.", nullable=True
    )
    transfer_target_id: Text = identifier("Of `transferred`: the agent, queue or menu it went to.", nullable=True)
    context_passed: Flag = column(
        "Of `transferred` to a supervisor or specialist: whether what had happened so far was passed on.", nullable=True
    )
    reason: Text = identifier(
        "Of `left_queue`: timeout, key, empty, overflow, voicemail; "
        "of `refused`: full, closed_hours, join_empty, diverted.",
        nullable=True,
    )
    wait_seconds: Seconds = seconds(
        "Wait in the queue as the source measured it; wins over the time stamps. Without either there is none.",
        most=ONE_YEAR,
        nullable=True,
    )
    talk_seconds: Seconds = seconds(
        "Talk time as the source measured it; wins over the time stamps. On whatever event it stands it is that of the "
        "agent's latest leg.",
        most=ONE_MONTH,
        nullable=True,
    )


FEED = Feed(
    name="contact_events",
    grain="One row per routing event of a contact.",
    model=ContactEvents,
    subject="contacts",
    key=("event_id",),
    time_column="occurred_at",
    repeats_need="event_id",
    dates_centre="always",
    topics=("routing", "transfers", "transfer_arrivals", "wrap_up", "customer_ids", "escalation_context"),
    is_sliced=True,
)
