"""The feed `surveys`: invitations to the three questions, and the answers as codes."""

from __future__ import annotations

from typing import Any

from schemas.contract import (
    Feed,
    FeedModel,
    Flag,
    Instant,
    Text,
    column,
    customer_hash,
    ends_before_start,
    identifier,
    instant,
    is_identified,
)
from schemas.row_rules import needs

MOST_CHARACTERS = 1_000


def themes(question: str) -> Any:
    """Describe the codes that answer one question."""
    meaning = f"{question} Codes separated by `|`, never text."
    return column(meaning, nullable=True, str_length={"max_value": MOST_CHARACTERS})


class Surveys(FeedModel):
    """One row per invitation to the three-question survey."""

    survey_id: Text = identifier("The survey, unique within its source.")
    contact_id: Text = identifier("Contact after which it was sent, where there is one.", nullable=True)
    customer_id: Text = customer_hash()
    is_identified: Flag = is_identified()
    invited_at: Instant = instant("The invitation was sent.")
    delivered_at: Instant = instant("It reached the customer.", nullable=True)
    answered_at: Instant = instant("The customer answered; empty if not (yet).", nullable=True)
    liked_themes: Text = themes("What the customer liked.")
    disliked_themes: Text = themes("What the customer did not like.")
    improve_themes: Text = themes("What should become better.")
    needs_follow_up: Flag = column("The answer asks for a call or message back; false if empty.", nullable=True)

    delivered_after_invitation = ends_before_start("delivered_at", "invited_at", "order")
    answered_after_invitation = ends_before_start("answered_at", "invited_at")
    liked_in_an_answer = needs("liked_themes", "answered_at")
    disliked_in_an_answer = needs("disliked_themes", "answered_at")
    improved_in_an_answer = needs("improve_themes", "answered_at")


FEED = Feed(
    name="surveys",
    grain="One row per invitation to the three-question survey, told again when it is answered.",
    model=Surveys,
    subject="quality",
    key=("survey_id",),
    time_column="invited_at",
    topics=("surveys",),
    recorded_from_first_row=True,
)
