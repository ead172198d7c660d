"""Where one column of a feed comes from: the forms that a column of the contract has in a mapping."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from orchestration.sources.files.conditions import Condition, Value, columns_asked
from orchestration.sources.files.converted import Column, Converted, FirstOf, Key
from orchestration.sources.files.rule_settings import RuleSettings


class Constant(RuleSettings):
    """The same text for every row."""

    constant: Value
    when: Condition = Field(default_factory=dict)

    def columns_read(self) -> tuple[str, ...]:
        """Return every column of the file that the field reads."""
        return columns_asked(self.when)


class RowNumber(RuleSettings):
    """An id for exports that have none: day and name of the file, and the number of the record in it.

    With the day, since a system may give each day's export one name.
    """

    row_number: Literal[True]
    when: Condition = Field(default_factory=dict)

    def columns_read(self) -> tuple[str, ...]:
        """Return every column of the file that the field reads."""
        return columns_asked(self.when)


Operand = Annotated[
    Annotated[Constant, Tag("constant")]
    | Annotated[Key, Tag("key")]
    | Annotated[FirstOf, Tag("first_of")]
    | Annotated[Column, Tag("column")],
    Discriminator(lambda value: _form(value)),
    BeforeValidator(lambda value: _short_form(value)),
]


class Cases(RuleSettings):
    """The first of several fields that gives something, each under its own `when`."""

    cases: tuple[Operand, ...] = Field(min_length=2)
    when: Condition = Field(default_factory=dict)

    def columns_read(self) -> tuple[str, ...]:
        """Return every column of the file that the field reads."""
        return (*(name for case in self.cases for name in case.columns_read()), *columns_asked(self.when))

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> Self:
        if any(isinstance(case, Column) and case.split for case in self.cases):
            raise ValueError("`split` gives rows, which one of several `cases` can't; write a rule of its own for it")
        always = next((at for at, case in enumerate(self.cases, 1) if isinstance(case, Constant) and not case.when), 0)
        if 0 < always < len(self.cases):
            raise ValueError(f"case {always} is a constant without `when`, so that no later one counts; put it last")
        return self


Reckonable = Annotated[
    Annotated[Constant, Tag("constant")]
    | Annotated[Key, Tag("key")]
    | Annotated[FirstOf, Tag("first_of")]
    | Annotated[Cases, Tag("cases")]
    | Annotated["Plus", Tag("plus")]
    | Annotated["Minus", Tag("minus")]
    | Annotated[Column, Tag("column")],
    Discriminator(lambda value: _form(value)),
    BeforeValidator(lambda value: _short_form(value)),
]
Operands = Annotated[tuple[Reckonable, Reckonable], Field(min_length=2)]


class Reckoned(RuleSettings):
    """What is reckoned of two fields; empty if one of them is."""

    when: Condition = Field(default_factory=dict)

    @property
    def operands(self) -> tuple[Reckonable, Reckonable]:
        """Return the two fields."""
        raise NotImplementedError

    def columns_read(self) -> tuple[str, ...]:
        """Return every column of the file that the field reads."""
        return (*(name for operand in self.operands for name in operand.columns_read()), *columns_asked(self.when))


class Plus(Reckoned):
    """An instant so many seconds later."""

    plus: Operands

    @property
    def operands(self) -> tuple[Reckonable, Reckonable]:
        """Return the instant and the seconds."""
        return self.plus


class Minus(Reckoned):
    """An instant so many seconds earlier."""

    minus: Operands

    @property
    def operands(self) -> tuple[Reckonable, Reckonable]:
        """Return the instant and the seconds."""
        return self.minus


class DurationFrom(Reckoned):
    """The seconds from one instant to another."""

    duration_from: Operands

    @property
    def operands(self) -> tuple[Reckonable, Reckonable]:
        """Return the start and the end."""
        return self.duration_from


def _short_form(value: Any) -> Any:
    # `contact_id: conversation_id` is short for `contact_id: {column: conversation_id}`, a list for `{key: [...]}`.
    if isinstance(value, str):
        return {"column": value}
    return {"key": value} if isinstance(value, list) else value


def _form(value: Any) -> str:
    # Which form is meant decides which errors are told; without a hint it is the commonest, a column.
    if isinstance(value, RuleSettings):
        return next(name for name, form in FORMS.items() if isinstance(value, form))
    hints = value if isinstance(value, dict) else {}
    return next((form for form in FORMS if form in hints), "column")


FORMS: dict[str, type[RuleSettings]] = {
    "constant": Constant,
    "key": Key,
    "first_of": FirstOf,
    "plus": Plus,
    "minus": Minus,
    "duration_from": DurationFrom,
    "row_number": RowNumber,
    "cases": Cases,
    "column": Column,
}
"""The setting that tells a form -> that form."""
FieldRule = Annotated[
    Annotated[Constant, Tag("constant")]
    | Annotated[Key, Tag("key")]
    | Annotated[FirstOf, Tag("first_of")]
    | Annotated[Plus, Tag("plus")]
    | Annotated[Minus, Tag("minus")]
    | Annotated[DurationFrom, Tag("duration_from")]
    | Annotated[RowNumber, Tag("row_number")]
    | Annotated[Cases, Tag("cases")]
    | Annotated[Column, Tag("column")],
    Discriminator(_form),
    BeforeValidator(_short_form),
]


def converted_parts(field: FieldRule | None) -> tuple[Converted, ...]:
    """Return what of a field is read as a text and converted: itself, or each of its cases."""
    parts = field.cases if isinstance(field, Cases) else (field,)
    return tuple(part for part in parts if isinstance(part, Converted))


def texts_read(field: FieldRule | None) -> tuple[Converted, ...]:
    """Return all texts that a field reads, also those of what is reckoned."""
    if isinstance(field, Reckoned):
        return tuple(part for operand in field.operands for part in texts_read(operand))
    return converted_parts(field)
