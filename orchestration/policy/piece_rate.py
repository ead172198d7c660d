"""Section `piece_rate`: what a handled contact is paid with."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Annotated, Self

from pydantic import field_validator, model_validator

from orchestration.centre.settings import Setting
from orchestration.policy.values import Currency, Identifier, NotEmpty, Number, OrNone, at_most
from orchestration.policy.version import Version
from orchestration.sources.values import Channel


class Rate(Setting):
    """Price of a handled contact in a channel or a queue."""

    channel: Annotated[Channel | None, OrNone] = None
    """Contacts of this channel."""
    queue_id: Annotated[Identifier | None, OrNone] = None
    """Contacts of this queue; it goes before its channel."""
    unit_price: Annotated[Decimal, Number, at_most(1_000_000)]
    """Price of one valid handled contact."""

    @model_validator(mode="after")
    def _is_of_one(self) -> Self:
        if (self.channel is None) == (self.queue_id is None):
            raise ValueError("names a channel or a queue_id, exactly one of them")
        return self


class PieceRate(Version):
    """A version of the piece rate: shown beside the assessment, never part of points."""

    currency: Currency
    """ISO 4217 code of the prices."""
    rates: Annotated[Annotated[tuple[Rate, ...], NotEmpty] | None, OrNone]
    """Prices, or `none`."""

    @field_validator("rates")
    @classmethod
    def _are_of_different_contacts(cls, rates: tuple[Rate, ...] | None) -> tuple[Rate, ...] | None:
        of_what = Counter(one.channel or one.queue_id for one in rates or ())
        if twice := [str(name) for name, count in of_what.items() if count > 1]:
            raise ValueError(f"{', '.join(twice)} has two prices; leave one")
        return rates
