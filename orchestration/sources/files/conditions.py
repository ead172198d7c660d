"""Conditions of a mapping: which columns have to hold what, so that a rule, a field or a skipped record is meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import polars as pl
from pydantic import BeforeValidator, Field, model_validator

from orchestration.sources.files.rule_settings import RuleSettings


def as_text(value: Any) -> Any:
    """Return the text that a file has where YAML reads 1 or true."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return value


def _as_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return value  # of another form
    return [as_text(item) for item in value] if isinstance(value, list | tuple) else [as_text(value)]


Value = Annotated[str, BeforeValidator(as_text)]
Values = Annotated[tuple[str, ...], BeforeValidator(_as_texts)]


class Filled(RuleSettings):
    """Whether a column holds anything at all."""

    filled: bool


class Matches(RuleSettings):
    """A regular expression that a value has to fit, somewhere in it."""

    matches: str

    @model_validator(mode="after")
    def _readable(self) -> Matches:
        try:
            pl.select(pl.lit("").str.contains(self.matches))
        except pl.exceptions.PolarsError as error:
            raise ValueError(f"`matches` {self.matches!r} is no regular expression that can be read") from error
        return self


class NoneOf(RuleSettings):
    """Values that a column must not have; nothing at all is another one than these."""

    none_of: Values = Field(min_length=1)


class Compared(RuleSettings):
    """Another column, which has to hold the same, or something else."""

    same_as: str | None = None
    differs_from: str | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Compared:
        if (self.same_as is None) == (self.differs_from is None):
            raise ValueError("a column is compared by `same_as` or by `differs_from`, with one other")
        return self

    @property
    def other(self) -> str:
        """Return the column that is compared with."""
        return self.same_as or self.differs_from or ""


Wanted = Filled | Matches | NoneOf | Compared | tuple[str, ...]
Condition = dict[str, Filled | Matches | NoneOf | Compared | Values]
"""Column -> value, list of values, or one of the forms above, such as `{filled: true}`; all columns have to agree."""
TextOf = Callable[[str], pl.Expr]
"""Returns the text that a record has in the column of a name."""


def met(condition: Condition) -> pl.Expr:
    """Return whether all columns of a condition hold what it says; an empty field meets the value ''."""
    return met_by(condition, lambda name: pl.col(name).fill_null(""))


def met_by(condition: Condition, text_of: TextOf) -> pl.Expr:
    """Return the same of texts that stand elsewhere than in columns of their names."""
    tests = [_meets(text_of(name), wanted, text_of) for name, wanted in condition.items()]
    return pl.all_horizontal(tests) if tests else pl.lit(value=True)


def columns_asked(condition: Condition) -> tuple[str, ...]:
    """Return the columns that a condition speaks of."""
    return (*condition, *(wanted.other for wanted in condition.values() if isinstance(wanted, Compared)))


def _meets(text: pl.Expr, wanted: Wanted, text_of: TextOf) -> pl.Expr:
    if isinstance(wanted, Compared):
        return (text == text_of(wanted.other)) == (wanted.same_as is not None)
    if isinstance(wanted, Filled):
        return (text != "") == wanted.filled
    if isinstance(wanted, NoneOf):
        return ~text.is_in(list(wanted.none_of))
    return text.str.contains(wanted.matches) if isinstance(wanted, Matches) else text.is_in(list(wanted))


def exclude_each_other(one: Condition, other: Condition) -> bool:
    """Tell whether no record can meet both."""
    return any(_are_apart(wanted, other[column]) for column, wanted in one.items() if column in other)


def _are_apart(one: Wanted, other: Wanted) -> bool:
    if isinstance(one, Compared) or isinstance(other, Compared):
        return isinstance(one, Compared) and isinstance(other, Compared) and _compares_otherwise(one, other)
    if isinstance(other, Filled) and isinstance(one, Filled):
        return one.filled != other.filled
    if isinstance(other, tuple) and isinstance(one, tuple):
        return set(one).isdisjoint(other)
    if isinstance(other, tuple):
        return _are_apart(other, one)
    if isinstance(one, tuple):
        return not pl.select(_meets(pl.lit(pl.Series(list(one))), other, pl.col)).to_series().any()
    return False


def _compares_otherwise(one: Compared, other: Compared) -> bool:
    return one.other == other.other and (one.same_as is None) != (other.same_as is None)
