"""A text of the file and what becomes of it: one column, the first of several, or several joined."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from orchestration.sources.files.conditions import Condition, Value, Values, as_text, columns_asked
from orchestration.sources.files.lookups import Lookup
from orchestration.sources.files.numbers import DurationForm, NumberForm
from orchestration.sources.files.rule_settings import RuleSettings
from orchestration.sources.files.texts import refuse_bad_extract
from orchestration.sources.files.time_format import NAMED_FORMATS, refuse_unreadable


def _keys_as_text(value: Any) -> Any:
    return {as_text(key): item for key, item in value.items()} if isinstance(value, dict) else value


Formats = Values
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
        With `values` these are of what was found.
    time_format: pattern of Python's strptime (`%d/%m/%Y %H:%M:%S`), or a name such as epoch_seconds or excel_serial;
        of several the first that reads the text counts.
    number: its signs, such as `{decimal: ',', thousands: '.'}`.
    duration: form of a length of time, which becomes seconds, such as HH:MM:SS.
    multiply: factor for a number, such as 0.001 for milliseconds.
    prefix: what stands before it then, so that ids of two systems that count from 1 stay apart.
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
    prefix: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    default: Value | None = None
    when: Condition = Field(default_factory=dict)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the columns that the text stands in."""
        raise NotImplementedError

    def columns_read(self) -> tuple[str, ...]:
        """Return every column of the file that the field reads."""
        return (*self.parts, *columns_asked(self.when))

    @model_validator(mode="after")
    def _one_conversion(self) -> Self:
        given = [name for name in CONVERSIONS if getattr(self, name)]
        # A number of any form may be brought to another unit.
        given = ["number"] if given == ["number", "multiply"] else given
        # What was looked up may be put into the contract's words.
        given = ["lookup"] if given == ["values", "lookup"] else given
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
    optional: a table without the column is read all the same, as if nothing stood there.
    """

    column: str
    optional: bool = False
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
