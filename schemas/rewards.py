"""The feed `rewards`: what was decided to be given to an agent or a team, for what, and who approved it."""

from __future__ import annotations

from schemas.contract import (
    Day,
    Feed,
    FeedModel,
    Instant,
    Money,
    Text,
    column,
    day,
    ends_before_start,
    identifier,
    instant,
)
from schemas.row_rules import one_of_two, same_person, stands_alone


class Rewards(FeedModel):
    """One row per reward, as it stands; without both approvals it is shown as waiting and is worth nothing."""

    reward_id: Text = identifier("The reward, unique within its source.")
    agent_id: Text = identifier("Agent to whom it is given; empty where it is given to a team.", nullable=True)
    team_id: Text = identifier("Team to which it is given; empty where it is given to an agent.", nullable=True)
    ground: Text = identifier(
        "What it is given for, a code of the list `reward_grounds`: praise by customers (RG1), praise for personal "
        "service (RG2), a suggestion (RG3), an excellent month of an agent (RG4) or of a team (RG5)."
    )
    form: Text = identifier("What is given, a code of the list `reward_forms`: bonus, gift, training and the like.")
    for_month: Day = day("Month that it is given for: any day of it.")
    decided_at: Instant = instant("When it was decided.")
    leader_approved_by: Text = identifier(
        "Leader of the centre who approved it; empty while that is open.", nullable=True
    )
    supervisor_approved_by: Text = identifier(
        "Traffic supervisor who approved it: another person; empty while that is open.", nullable=True
    )
    amount: Money = column("What it is worth in money.", unit="money", nullable=True, ge=0)
    currency: Text = identifier("Currency of the amount.", nullable=True)
    recognition_id: Text = identifier("Recognition that it is for, where there is one.", nullable=True)
    contest: Text = identifier("Contest that it is a prize of, where it is one.", nullable=True)
    revoked_at: Instant = instant("When it was taken back.", nullable=True)

    agent_or_team = one_of_two("agent_id", "team_id")
    two_people_approve = same_person("supervisor_approved_by", "leader_approved_by")
    amount_has_its_currency = stands_alone("currency", "amount")
    revoked_after_the_decision = ends_before_start("revoked_at", "decided_at", "order")


FEED = Feed(
    name="rewards",
    grain="One row per reward that was decided, as it stands.",
    model=Rewards,
    subject="governance",
    key=("reward_id",),
    time_column="decided_at",
    topics=("rewards",),
    recorded_from_first_row=True,
)
