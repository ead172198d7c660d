"""The feed `social_mentions`: what is said of the company in public, without who said it and in what words."""

from __future__ import annotations

from schemas.contract import Count, Feed, FeedModel, Instant, Text, column, identifier, instant, one_of

SITES = ["weibo", "wechat_article", "blog", "forum", "video", "review_site", "news", "other"]


class SocialMentions(FeedModel):
    """One row per public mention."""

    mention_id: Text = identifier("The mention, unique within its source.")
    site: Text = one_of(SITES, "Kind of site.")
    posted_at: Instant = instant("When it was posted.")
    sentiment: Text = one_of(["positive", "neutral", "negative"], "Its tone.")
    topic: Text = identifier("What it is about.", nullable=True)
    audience: Count = column("How often it was seen.", unit="views", nullable=True, ge=0)
    complaint_id: Text = identifier("Complaint that it became.", nullable=True)


FEED = Feed(
    name="social_mentions",
    grain="One row per public mention.",
    model=SocialMentions,
    subject="quality",
    key=("mention_id",),
    time_column="posted_at",
    topics=("social",),
    recorded_from_first_row=True,
)
