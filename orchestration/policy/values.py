"""Values as policy.yaml writes them: months, names, numbers that may be `none`, and what they may be at most."""

from __future__ import annotations

import re
from collections.abc import Hashable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from schemas.contract import ID_PATTERN

NONE = "none"


def _number(value: Any) -> Any:
    # In Python yes and no are the numbers 1 and 0.
    if isinstance(value, bool):
        raise ValueError("yes or no is no number")
    return value


def _written(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, bool | date | Decimal | float):
        raise ValueError("is read as something else than a text; write it in quotes")
    return value


def _month(value: Any) -> Any:
    text = value if isinstance(value, str) else ""
    if not re.fullmatch(r"[12][0-9]{3}-(0[1-9]|1[0-2])", text):
        raise ValueError("is no month; write year and month, such as 2026-01")
    return date(int(text[:4]), int(text[5:]), 1)


def _day(value: Any) -> Any:
    # A datetime is a date for Python, and a number one for pydantic.
    if type(value) is not date:
        raise ValueError("is no day; write it as 2026-01-31")
    if not 2000 <= value.year < 2200:
        raise ValueError(f"{value} lies in another century; write it as 2026-01-31")
    return value


def _or_none(value: Any) -> Any:
    return None if value == NONE else value


def each_once(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the values; raise ValueError where one of them stands twice."""
    seen: set[Hashable] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{value} stands there twice; leave it once")
        seen.add(value)
    return values


def _not_empty(values: tuple[Any, ...]) -> tuple[Any, ...]:
    # Pydantic's own least length counts only the good ones, and complains of an empty list beside a bad item.
    if not values:
        raise ValueError("is an empty list; write what is meant")
    return values


NotEmpty = AfterValidator(_not_empty)


def at_most(limit: int, *, negative: bool = False) -> Any:
    """Return the constraints of a number with six decimals at most."""
    return Field(ge=-limit if negative else 0, le=limit, max_digits=18, decimal_places=6, allow_inf_nan=False)


Number = BeforeValidator(_number)
OrNone = BeforeValidator(_or_none)
"""For `none` in the file; whoever means nothing has to say so."""
Text = Annotated[str, BeforeValidator(_written), Field(min_length=1, max_length=200)]
VersionName = Annotated[
    str,
    BeforeValidator(_written),
    Field(min_length=1, max_length=64, pattern=r"^[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?$"),
]
Identifier = Annotated[str, BeforeValidator(_written), Field(pattern=ID_PATTERN)]
Day = Annotated[date, BeforeValidator(_day)]
Month = Annotated[date, BeforeValidator(_month)]
Points = Annotated[Decimal, Number, at_most(1_000_000)]
PointsOrNone = Annotated[Points | None, OrNone]
SignedPoints = Annotated[Decimal, Number, at_most(1_000_000, negative=True)]
SignedOrNone = Annotated[SignedPoints | None, OrNone]
Bound = Annotated[Annotated[Decimal, Number, at_most(1_000_000_000, negative=True)] | None, OrNone]
Share = Annotated[Decimal, Number, at_most(1)]
Currency = Annotated[str, BeforeValidator(_written), Field(pattern=r"^[A-Z]{3}$")]


def _two_people(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(names) != 2:
        raise ValueError(f"names {len(names)}; a version is approved by two people, write both")
    first, second = (name.strip().casefold() for name in names)
    if first == second:
        raise ValueError(f"{names[0]} approves twice; a version is approved by two different people")
    return names


Approvers = Annotated[tuple[Identifier, ...], AfterValidator(_two_people)]
PersonKind = Literal["agent", "team", "manager"]
