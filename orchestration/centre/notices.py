"""`notices` of centre.yaml: what is told to whom, when, and by which channels; addresses are in the environment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from orchestration.centre.settings import Setting
from orchestration.centre.values import ClockTime
from orchestration.sources.values import SafeName

NoticeKind = Literal[
    "noon_ranking",
    "end_ranking",
    "out_of_band",
    "complaint_decided",
    "appeal_ending",
    "document_due",
    "plan_overdue",
    "coaching_ready",
    "topic_signal",
    "assessment_published",
]
NOTICE_KINDS: tuple[NoticeKind, ...] = NoticeKind.__args__  # type: ignore[attr-defined]
Edition = Literal["noon", "end"]
ChannelKind = Literal["mail", "wecom", "dingtalk", "feishu", "slack", "webhook"]

_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,99}")
_VARIABLE_REMEDY = (
    "is no name of a variable; write the name, such as SCOREHOUSE_NOTICE_MAIL, and put the address into that variable: "
    "it holds a secret, and nobody keeps one in a file"
)


def _check_variable(text: str) -> str:
    # Without the text: whoever writes the address here by mistake would find its secret in a log.
    if not _VARIABLE.fullmatch(text):
        raise ValueError(_VARIABLE_REMEDY)
    return text


def _check_site(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("is no address of pages; write https://scores.example.org, without a name, password or query")
    return text.rstrip("/")


class NoticeChannel(Setting):
    """A way to reach people, by its own queue."""

    name: SafeName
    kind: ChannelKind
    address_from: Annotated[str, AfterValidator(_check_variable)]
    """Name of the environment variable with the address, as Apprise writes it; {recipient} in it is the recipient's."""
    language: Literal["en", "zh"] | None = None
    """Of its texts; the centre's own if none is given."""


class NoticeRoute(Setting):
    """Who is reached by a channel: one person or team, or each of a kind."""

    channel: str
    kind: Literal["agent", "team"]
    id: str | None = Field(None, min_length=1, max_length=256)
    """None: everybody of the kind."""
    address: str | None = Field(None, min_length=1, max_length=256)
    """What {recipient} in the channel's address stands for; the id if none is given."""

    @model_validator(mode="after")
    def _an_address_is_of_one(self) -> Self:
        if self.address is not None and self.id is None:
            raise ValueError("an `address` is one recipient's; name him by `id`")
        return self


class NoticeTimes(Setting):
    """When the editions of the bulletin go out."""

    noon: ClockTime | None = None
    end: ClockTime | None = None

    @model_validator(mode="after")
    def _noon_is_before_the_end(self) -> Self:
        if self.noon and self.end and self.noon >= self.end:
            raise ValueError(f"noon {self.noon} is not before end {self.end}")
        if "24:00" in (self.noon, self.end):
            raise ValueError("24:00 is on the next day; write 23:59")
        return self

    def clocks(self) -> Iterator[tuple[Edition, str]]:
        """Yield each edition that there is, with its local time."""
        if self.noon:
            yield "noon", self.noon
        if self.end:
            yield "end", self.end


class TeamTimes(NoticeTimes):
    """The same of one team, in the place of the centre's."""

    team: str = Field(min_length=1, max_length=256)


class Notices(NoticeTimes):
    """Notices: without `begin_on` there are none, without channels nothing is sent."""

    begin_on: date | None = None
    """First local date on which a notice is due; what was before is nobody's news."""
    kinds: tuple[NoticeKind, ...] = NOTICE_KINDS
    names_in_groups: bool = False
    """Whether a team's channel names people."""
    outside_shifts: bool = False
    """Whether people are written to when they are not at work."""
    ahead_hours: int = Field(24, ge=1, le=720)
    """How long before its end a time limit is told of."""
    site_url: Annotated[str, AfterValidator(_check_site)] | None = None
    """Where readers find the pages."""
    teams: tuple[TeamTimes, ...] = ()
    channels: tuple[NoticeChannel, ...] = ()
    recipients: tuple[NoticeRoute, ...] = ()

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        for key, names in (
            ("kinds", list(self.kinds)),
            ("teams", [team.team for team in self.teams]),
            ("channels", [channel.name for channel in self.channels]),
            ("recipients", [f"{one.channel} {one.kind} {one.id or 'all'}" for one in self.recipients]),
        ):
            twice = sorted(name for name, count in Counter(names).items() if count > 1)
            if twice:
                raise ValueError(f"{key}: {', '.join(twice)} given more than once; leave one")
        return self

    @model_validator(mode="after")
    def _recipients_have_channels(self) -> Self:
        known = {channel.name for channel in self.channels}
        for number, one in enumerate(self.recipients):
            if one.channel not in known:
                raise ValueError(f"recipients[{number}].channel: {one.channel} is not among `channels`; add it there")
        if self.channels and self.begin_on is None:
            raise ValueError("`begin_on` is missing: the first date of notices, so that nothing old is sent")
        return self

    def row(self) -> dict[str, Any]:
        """Return what dbt makes notices by, but for kinds and times."""
        return self.model_dump(include={"begin_on", "names_in_groups", "outside_shifts", "ahead_hours", "site_url"})

    def times(self) -> Iterator[dict[str, Any]]:
        """Yield each edition's local time: of the centre, without a team, and of teams that have their own."""
        for edition, clock in self.clocks():
            yield {"team_id": None, "edition": edition, "clock": clock}
        for team in self.teams:
            for edition, clock in team.clocks():
                yield {"team_id": team.team, "edition": edition, "clock": clock}
