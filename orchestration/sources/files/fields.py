"""Where one column of a feed comes from: the forms that a column of the contract has in a mapping."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from orchestration.sources.files.lookups import Lookup
from orchestration.sources.files.numbers import DurationForm, NumberForm
from orchestration.sources.files.rule_settings import RuleSettings
from orchestration.sources.files.texts import refuse_bad_extract
from orchestration.sources.files.time_format import NAMED_FORMATS, refuse_unreadable


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
Formats = Annotated[tuple[str, ...], BeforeValidator(_as_texts)]


class Filled(RuleSettings):
    """Whether a column holds anything at all."""

    filled: bool


Condition = dict[str, Filled | Values]
"""Column -> value, list of values or `{filled: true}`; all columns must agree."""


class Constant(RuleSettings):
    """The same text for every row."""

    constant: Value
    when: Condition = Field(default_factory=dict)

    def columns_read(self) -> tuple[str, ...]:
        """Return every column of the file that the field reads."""
        return tuple(self.when)


CONVERSIONS = ("values", "lookup", "time_format", "duration", "number", "multiply")


class Converted(RuleSettings):
    """What becomes of the text of a field, whatever it stands in, in this order.

    empty: texts that stand for nothing in this field, beside those of its files.
    narrow: full-width letters and digits become plain ones.
    extract: regular expression with one group, which is what counts.
    lower: capital letters become small ones.
    width: digits that an id of digits has; one of fewer lost its zeros in a spreadsheet, and is quarantined.
    values: text in the file -> text of the contract; what is not listed is quarantined, unless `otherwise` is given.
        An empty field is the text ''.
    lookup: another file of the drop that says by what name the text goes; what is not there is quarantined likewise.
    time_format: pattern of Python's strptime (`%d/%m/%Y %H:%M:%S`), or a name such as epoch_seconds or excel_serial;
        of several the first that reads the text counts.
    number: its signs, such as `{decimal: ',', thousands: '.'}`.
    duration: form of a length of time, which becomes seconds, such as HH:MM:SS.
    multiply: factor for a number, such as 0.001 for milliseconds.
    default: what stands there where nothing else does, as the contract has it.
    when: take the field only where these columns have these values; elsewhere it is empty, without a default too.
    """

    empty: Values = ()
    narrow: bool = False
    extract: str | None = None
    lower: bool = False
    width: Annotated[int, Field(ge=1, le=64)] | None = None
    values: Annotated[dict[str, Value], BeforeValidator(_keys_as_text)] = Field(default_factory=dict)
    lookup: Lookup | None = None
    otherwise: Value | None = None
    time_format: Formats = ()
    number: NumberForm | None = None
    duration: DurationForm | None = None
    multiply: Value | None = None
    default: Value | None = None
    when: Condition = Field(default_factory=dict)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the columns that the text stands in."""
        raise NotImplementedError

    def columns_read(self) -> tuple[str, ...]:
        """Return every column of the file that the field reads."""
        return (*self.parts, *self.when)

    @model_validator(mode="after")
    def _one_conversion(self) -> Self:
        given = [name for name in CONVERSIONS if getattr(self, name)]
        # A number of any form may be brought to another unit.
        given = ["number"] if given == ["number", "multiply"] else given
        if len(given) > 1:
            raise ValueError(f"`{given[0]}` and `{given[1]}` can't both be given; keep one")
        if self.otherwise is not None and not self.values and self.lookup is None:
            raise ValueError("`otherwise` belongs to `values` or `lookup`")
        if self.default is not None and "" in self.values:
            raise ValueError("`default` and the value '' of `values` both say what an empty field is; keep one")
        if self.width is not None and given:
            raise ValueError(f"`width` is of an id as it stands, and `{given[0]}` makes something else of it; keep one")
        if self.extract is not None:
            refuse_bad_extract(self.extract)
        refuse_unreadable(self.time_format)
        return self


class Column(Converted):
    """One column.

    split: sign between several values of one cell, each of which gives a row of its own.
    """

    column: str
    split: str | None = Field(default=None, min_length=1)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the column."""
        return (self.column,)


class FirstOf(Converted):
    """The first of several columns in which anything stands."""

    first_of: tuple[str, ...] = Field(min_length=2)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the columns, the preferred one first."""
        return self.first_of


class Key(Converted):
    """Several columns joined; empty if one of them is."""

    key: tuple[str, ...] = Field(min_length=1)
    separator: str = "-"

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the columns in order."""
        return self.key

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if named := next((name for name in self.time_format if name in NAMED_FORMATS), None):
            raise ValueError(f"`time_format` {named} is of one column; write `column`")
        return self


class RowNumber(RuleSettings):
    """An id for exports that have none: day and name of the file, and the number of the record in it.

    With the day, since a system may give each day's export one name.
    """

    row_number: Literal[True]
    when: Condition = Field(default_factory=dict)

    def columns_read(self) -> tuple[str, ...]:
        """Return every column of the file that the field reads."""
        return tuple(self.when)


Operand = Annotated[
    Annotated[Constant, Tag("constant")]
    | Annotated[Key, Tag("key")]
    | Annotated[FirstOf, Tag("first_of")]
    | Annotated[Column, Tag("column")],
    Discriminator(lambda value: _form(value)),
    BeforeValidator(lambda value: _short_form(value)),
]
Operands = Annotated[tuple[Operand, Operand], Field(min_length=2)]


class Reckoned(RuleSettings):
    """What is reckoned of two fields; empty if one of them is."""

    when: Condition = Field(default_factory=dict)

    @property
    def operands(self) -> tuple[Operand, Operand]:
        """Return the two fields."""
        raise NotImplementedError

    def columns_read(self) -> tuple[str, ...]:
        """Return every column of the file that the field reads."""
        return (*(name for operand in self.operands for name in operand.columns_read()), *self.when)


class Plus(Reckoned):
    """An instant so many seconds later."""

    plus: Operands

    @property
    def operands(self) -> tuple[Operand, Operand]:
        """Return the instant and the seconds."""
        return self.plus


class Minus(Reckoned):
    """An instant so many seconds earlier."""

    minus: Operands

    @property
    def operands(self) -> tuple[Operand, Operand]:
        """Return the instant and the seconds."""
        return self.minus


class DurationFrom(Reckoned):
    """The seconds from one instant to another."""

    duration_from: Operands

    @property
    def operands(self) -> tuple[Operand, Operand]:
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
    | Annotated[Column, Tag("column")],
    Discriminator(_form),
    BeforeValidator(_short_form),
]
