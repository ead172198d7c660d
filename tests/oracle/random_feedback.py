"""What follows a random contact: wrap-up, reviews, invitations and ratings."""

from datetime import datetime, timedelta

from tests.oracle.random_parts import RATED_CHANNELS
from tests.oracle.random_talk import Talk


def write_feedback(talk: Talk, channel: str) -> None:
    """Wrap-up, review, invitations and ratings; now and then also of a chat that was not to be rated."""
    rng, ended = talk.writer.rng, talk.clock
    if talk.has_end and talk.writer.chance(0.6):
        for gap in rng.choice([[5], [5], [5, 900]]):
            talk.pause(gap)
            talk.event("wrap_up_started", agent_id=talk.agent_id)
            talk.pause(80)
            talk.event("wrap_up_ended", agent_id=talk.agent_id)
    if channel in RATED_CHANNELS and talk.writer.chance(0.8 if talk.spoke >= {"customer", "agent"} else 0.3):
        for number in range(rng.choice([1, 1, 1, 2, 3])):
            _invite(talk, number, ended + timedelta(minutes=5 * number))
    if talk.writer.chance(0.3):
        review = f"w-{talk.contact_id}"
        talk.writer.add(
            talk.source, "quality_reviews", review_id=review, contact_id=talk.contact_id, agent_id=talk.agent_id,
            reviewer_id=rng.choice(["w1", "w2"]), mode=rng.choice(["live", "after"]), level=None,
            selection="targeted" if talk.contact_id.endswith(("3", "6")) else "random",
            score=rng.choice(["97", "96.9", "100", "80"]), reviewed_at=ended + timedelta(minutes=rng.randint(1, 300)),
        )  # fmt: skip
        if talk.writer.chance(0.4):
            _errors(talk, review, rng.choice(["severe", "general"]))


def _errors(talk: Talk, review: str, error_class: str) -> None:
    """Write the errors of a review: mostly one, now and then one of each of two codes."""
    ends = talk.contact_id[-1]
    both = ["tone", "facts"]
    codes = {"0": ["other"], "4": ["facts"], "5": both, "8": both}.get(ends, ["tone"])
    for code in codes:
        row = {"review_id": review, "error_code": code, "class": error_class, "good_faith": ends in "17"}
        talk.writer.add(talk.source, "quality_errors", **row, knowledge_point="refunds" if code == "facts" else None)


def _invite(talk: Talk, number: int, invited: datetime) -> None:
    """Write one invitation, delivered or not, and rated or not; a rating may come without a delivery record."""
    rng = talk.writer.rng
    delivered = talk.writer.chance(0.85)
    rated = talk.writer.chance(talk.writer.rated_share if delivered else 0.05)
    talk.writer.add(
        talk.source, "ratings", rating_id=f"r{number}-{talk.contact_id}", contact_id=talk.contact_id, agent_id=None,
        invited_at=invited,
        delivered_at=invited + timedelta(seconds=1) if delivered and talk.writer.spec.tells_delivery else None,
        not_delivered_reason=None if delivered else "left",
        rated_at=invited + timedelta(seconds=rng.randint(60, 12000)) if rated else None,
        stars=rng.choice([1, 2, 3, 4, 5, 5, 5]) if rated else None, themes=None,
    )  # fmt: skip
