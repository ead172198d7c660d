"""Where one column of a feed comes from: the forms that a column of the contract has in a mapping."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from orchestration.sources.files.numbers import DurationForm, NumberForm
from orchestration.sources.files.time_format import EPOCH_UNITS, read_format


def _as_text(value: Any) -> Any:
    # YAML reads 1 and true where a file has the texts "1" and "true".
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return value


def _as_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return value  # of another form
    return [_as_text(item) for item in value] if isinstance(value, list | tuple) else [_as_text(value)]


def _keys_as_text(value: Any) -> Any:
    return {_as_text(key): item for key, item in value.items()} if isinstance(value, dict) else value


Value = Annotated[str, BeforeValidator(_as_text)]
Values = Annotated[tuple[str, ...], BeforeValidator(_as_texts)]


class RuleSettings(BaseModel):
    """Settings that know their own names only and never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Filled(RuleSettings):
    """Whether a column holds anything at all."""

    filled: bool


Condition = dict[str, Filled | Values]
"""Column -> value, list of values or `{filled: true}`; all columns must agree."""


class Constant(RuleSettings):
    """The same text for every row."""

    constant: Value
    when: Condition = Field(default_factory=dict)


class Key(RuleSettings):
    """Several columns joined; empty if one of them is. time_format: of a date and a clock time in two columns."""

    key: tuple[str, ...] = Field(min_length=1)
    separator: str = "-"
    time_format: str | None = None
    when: Condition = Field(default_factory=dict)

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if self.time_format in EPOCH_UNITS:
            raise ValueError(f"`time_format` {self.time_format} is of one column; write `column`")
        if self.time_format:
            read_format(self.time_format)
        return self


class Column(RuleSettings):
    """One column, read as it stands or through a value map, a time format, a number's form or a factor.

    values: text in the file -> text of the contract; what is not listed is quarantined, unless `otherwise` is given.
        An empty field is the text ''.
    time_format: pattern of Python's strptime (`%d/%m/%Y %H:%M:%S`), or epoch_seconds, or epoch_milliseconds.
    number: its signs, such as `{decimal: ',', thousands: '.'}`.
    duration: form of a length of time, which becomes seconds, such as HH:MM:SS.
    multiply: factor for a number, such as 0.001 for milliseconds.
    empty: texts that stand for nothing in this column, beside those of its files.
    when: take the column only where these columns have these values; elsewhere the field is empty.
    """

    column: str
    values: Annotated[dict[str, Value], BeforeValidator(_keys_as_text)] = Field(default_factory=dict)
    otherwise: Value | None = None
    time_format: str | None = None
    number: NumberForm | None = None
    duration: DurationForm | None = None
    multiply: Value | None = None
    empty: Values = ()
    when: Condition = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_conversion(self) -> Self:
        given = [name for name in ("values", "time_format", "duration", "number", "multiply") if getattr(self, name)]
        # A number of any form may be brought to another unit.
        given = ["number"] if given == ["number", "multiply"] else given
        if len(given) > 1:
            raise ValueError(f"`{given[0]}` and `{given[1]}` can't both be given; keep one")
        if self.otherwise is not None and not self.values:
            raise ValueError("`otherwise` belongs to `values`")
        if self.time_format and self.time_format not in EPOCH_UNITS:
            read_format(self.time_format)
        return self


def _short_form(value: Any) -> Any:
    # `contact_id: conversation_id` is short for `contact_id: {column: conversation_id}`, a list for `{key: [...]}`.
    if isinstance(value, str):
        return {"column": value}
    return {"key": value} if isinstance(value, list) else value


def _form(value: Any) -> str:
    # Which form is meant decides which errors are told; without a hint it is the commonest, a column.
    if isinstance(value, Constant | Key):
        return type(value).__name__.lower()
    hints = value if isinstance(value, dict) else {}
    return next((form for form in ("constant", "key") if form in hints), "column")


FieldRule = Annotated[
    Annotated[Constant, Tag("constant")] | Annotated[Key, Tag("key")] | Annotated[Column, Tag("column")],
    Discriminator(_form),
    BeforeValidator(_short_form),
]
