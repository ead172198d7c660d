"""One random contact being written: its clock, its events, its messages."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.oracle.random_parts import Writer


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
    has_end: bool = True
    has_stay: bool = True
    """Whether the events tell of the stay from which it was first connected."""

    def pause(self, longest: int) -> datetime:
        """Move the clock on by 1 to `longest` seconds."""
        self.clock += timedelta(seconds=self.writer.rng.randint(1, longest))
        return self.clock

    def event(self, event_type: str, **cells: object) -> None:
        """Write one routing event at the clock's time."""
        row: dict[str, object] = {"agent_id": None, "queue_id": None, "transfer_kind": None}
        row |= {"transfer_target_kind": None, "transfer_target_id": None, "reason": None}
        row["wait_seconds"] = None
        if self.source == "phone" and cells.get("agent_id"):
            cells["agent_id"] = self.writer.account(str(cells["agent_id"]), self.clock)
        self.writer.add(
            self.source, "contact_events", event_id=None, contact_id=self.contact_id, occurred_at=self.clock,
            event_type=event_type, **(row | cells),
        )  # fmt: skip

    def end(self, longest: int) -> None:
        """Write the contact's end after a pause; now and then nobody does."""
        self.pause(longest)
        self.has_end = not self.writer.chance(0.08)
        if self.has_end:
            self.event("ended")

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
