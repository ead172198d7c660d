"""The feed `agent_accounts`: which account in which source is which agent."""

from __future__ import annotations

from schemas.contract import Day, Feed, FeedModel, Text, day, identifier


class AgentAccounts(FeedModel):
    """One row per account of an agent in a source, valid from a date on."""

    account_source_id: Text = identifier("Source in which the account exists; headed `source_id` in files.")
    account: Text = identifier("Account as that source writes it.")
    agent_id: Text = identifier("Agent who uses it.")
    valid_from: Day = day("First day on which this agent uses it.")


FEED = Feed(
    name="agent_accounts",
    grain="One row per account of an agent in a source, valid from a date on.",
    model=AgentAccounts,
    subject="people",
    key=("account_source_id", "account", "valid_from"),
)
