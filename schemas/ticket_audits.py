"""The feed `ticket_audits`: checks of work orders before they go out, or after."""

from __future__ import annotations

from schemas.contract import Feed, FeedModel, Flag, Instant, Text, column, identifier, instant


class TicketAudits(FeedModel):
    """One row per audit of a ticket; what was wrong in it are rows of `quality_errors`."""

    audit_id: Text = identifier("The audit, unique within its source.")
    ticket_id: Text = identifier("Ticket that was audited.")
    contact_id: Text = identifier("Contact in which it was written, where one is known.", nullable=True)
    agent_id: Text = identifier("Agent who wrote it.")
    auditor_id: Text = identifier("Who audited it.")
    audited_at: Instant = instant("When it was audited; the audit belongs to this local date.")
    has_error: Flag = column("Whether something was wrong in it.")
    corrector_id: Text = identifier("Who corrected it.", nullable=True)
    corrected_at: Instant = instant("When it was corrected; empty if it was not.", nullable=True)
    dispatched_at: Instant = instant("When it went out; empty while it has not.", nullable=True)
    callback_needed: Flag = column("Whether the customer was told something wrong and has to be called back.")
    callback_at: Instant = instant("When the customer was called back.", nullable=True)


FEED = Feed(
    name="ticket_audits",
    grain="One row per audit of a ticket.",
    model=TicketAudits,
    subject="governance",
    key=("audit_id",),
    time_column="audited_at",
    topics=("ticket_audits",),
    recorded_from_first_row=True,
)
