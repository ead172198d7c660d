"""Fields that can't give what their column of the contract holds, refused when centre.yaml is read."""

from __future__ import annotations

import polars as pl

from orchestration.sources.files.fields import Constant, DurationFrom, FieldRule, Operand, Reckoned, RowNumber
from orchestration.sources.files.time_format import refuse_misfit


def refuse_reckoned_misfit(header: str, kind: pl.DataType, field: FieldRule) -> None:
    """Refuse what is reckoned into a column of another kind. Raises ValueError with the remedy."""
    if isinstance(field, RowNumber) and kind != pl.String:
        raise ValueError(f"`{header}` is no id; `row_number` does not belong to it")
    if not isinstance(field, Reckoned):
        return
    if isinstance(field, DurationFrom):
        if not header.endswith("seconds"):
            raise ValueError(f"`{header}` is no length of time; `duration_from` does not belong to it")
        times: tuple[Operand, ...] = field.operands
    else:
        if kind != pl.Datetime:
            raise ValueError(f"`{header}` is no instant; `plus` and `minus` of an instant do not belong to it")
        times = field.operands[:1]
        _refuse_no_seconds(header, field.operands[1])
    for operand in times:
        if isinstance(operand, Constant):
            raise ValueError(f"`{header}` is reckoned from an instant, which can't be a constant; name a column")
        for pattern in operand.time_format:
            refuse_misfit(header, pl.Datetime(), pattern)


def _refuse_no_seconds(header: str, operand: Operand) -> None:
    if not isinstance(operand, Constant) and operand.time_format:
        raise ValueError(
            f"`{header}`: the second field is a number of seconds; write `duration` instead of `time_format`"
        )
