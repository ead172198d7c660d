"""Fields that can't give what their column of the contract holds, refused when centre.yaml is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from orchestration.sources.files.converted import Column
from orchestration.sources.files.fields import (
    Constant,
    DurationFrom,
    FieldRule,
    Reckoned,
    RowNumber,
    converted_parts,
)
from orchestration.sources.files.time_format import refuse_misfit
from schemas.contract import Feed

READERS_OWN = ("record_number", "line_number")


def refuse_own_names(read: Iterable[str]) -> None:
    """Refuse columns that go by a name which the reader itself gives. Raises ValueError with the remedy."""
    own = [name for name in read if name in READERS_OWN]
    if own:
        raise ValueError(
            f"{', '.join(own)} can't be read by that name, which the reader gives itself; give the column another one "
            f"in the export, and in JSON write /{own[0]}"
        )


def refuse_reckoned_misfit(header: str, kind: pl.DataType, field: FieldRule) -> None:
    """Refuse what is reckoned into a column of another kind. Raises ValueError with the remedy."""
    if isinstance(field, RowNumber) and kind != pl.String:
        raise ValueError(f"`{header}` is no id; `row_number` does not belong to it")
    if not isinstance(field, Reckoned):
        return
    if isinstance(field, DurationFrom):
        if not header.endswith("seconds"):
            raise ValueError(f"`{header}` is no length of time; `duration_from` does not belong to it")
        times: tuple[FieldRule, ...] = field.operands
    else:
        if kind != pl.Datetime:
            raise ValueError(f"`{header}` is no instant; `plus` and `minus` of an instant do not belong to it")
        times = field.operands[:1]
        _refuse_no_seconds(header, field.operands[1])
    for operand in times:
        if isinstance(operand, Constant):
            raise ValueError(f"`{header}` is reckoned from an instant, which can't be a constant; name a column")
        refuse_reckoned_misfit(header, pl.Datetime(), operand)
        for pattern in (pattern for part in converted_parts(operand) for pattern in part.time_format):
            refuse_misfit(header, pl.Datetime(), pattern)


def refuse_split_misfit(feed: Feed, fields: Mapping[str, FieldRule]) -> None:
    """Refuse cells of several values whose rows would have one name, or none. Raises ValueError with the remedy."""
    split = {header: field for header, field in fields.items() if isinstance(field, Column) and field.split}
    if not split:
        return
    if len(split) > 1:
        raise ValueError(f"feed {feed.name} has `split` in {', '.join(split)}; one field of a rule can have it")
    ((header, field),) = split.items()
    is_named = feed.key[0] in fields
    key = feed.key if is_named else feed.key_without_id
    if not is_named and feed.repeats_need is not None:
        return
    made_of = {name: fields[name].columns_read() for name in key if name in fields}
    if not any(field.column in read for read in made_of.values()):
        keys = " and ".join(f"`{name}`" for name in key)
        remedy = f"leave {keys} out" if feed.repeats_need else f"make {keys} of the same column"
        raise ValueError(
            f"`{header}` has `split`, so that a record gives several rows of feed {feed.name}, which all have the "
            f"same {keys}; {remedy}"
        )


def _refuse_no_seconds(header: str, operand: FieldRule) -> None:
    if isinstance(operand, Reckoned) or any(part.time_format for part in converted_parts(operand)):
        raise ValueError(
            f"`{header}`: the second field is a number of seconds; write `duration` instead of `time_format`"
        )
