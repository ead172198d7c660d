"""How a foreign file becomes feeds: the form of `mapping:` in centre.yaml for sources of kind `files`.

A mapping is a list of rules, one per family of files. Each rule says which files it is for, how they are written, and,
per feed, where each column of the contract comes from: a column, a constant, several columns joined as a key, a
column through a value map, a column only under a condition. There is no code per customer.
"""

from __future__ import annotations

import codecs
import fnmatch
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    RootModel,
    Tag,
    model_validator,
)

from orchestration.sources.files.time_format import EPOCH_UNITS, read_format, refuse_misfit
from schemas import FEEDS
from schemas.contract import contract_columns, required_headers


def _check_encoding(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError as error:
        raise ValueError(f"{name!r} is no text encoding; try utf-8, gb18030, latin-1 or utf-16") from error
    return name


def _as_text(value: Any) -> Any:
    # YAML reads 1 and true where a file has the texts "1" and "true".
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return value


def _as_texts(value: Any) -> Any:
    return [_as_text(item) for item in value] if isinstance(value, list | tuple) else [_as_text(value)]


def _keys_as_text(value: Any) -> Any:
    return {_as_text(key): item for key, item in value.items()} if isinstance(value, dict) else value


EncodingName = Annotated[str, AfterValidator(_check_encoding)]
Value = Annotated[str, BeforeValidator(_as_text)]
Values = Annotated[tuple[str, ...], BeforeValidator(_as_texts)]
Condition = dict[str, Values]
"""Column -> value or list of values; all columns must agree."""


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Constant(_Settings):
    """The same text for every row."""

    constant: Value
    when: Condition = Field(default_factory=dict)


class Key(_Settings):
    """Several columns joined; empty if one of them is."""

    key: tuple[str, ...] = Field(min_length=1)
    separator: str = "-"
    when: Condition = Field(default_factory=dict)


class Column(_Settings):
    """One column, read as it stands or through a value map, a time format or a factor.

    values: text in the file -> text of the contract; what is not listed is quarantined, unless `otherwise` is given.
        An empty field is the text ''.
    time_format: pattern of Python's strptime (`%d/%m/%Y %H:%M:%S`), or epoch_seconds, or epoch_milliseconds.
    multiply: factor for a number, such as 0.001 for milliseconds.
    when: take the column only where these columns have these values; elsewhere the field is empty.
    """

    column: str
    values: Annotated[dict[str, Value], BeforeValidator(_keys_as_text)] = Field(default_factory=dict)
    otherwise: Value | None = None
    time_format: str | None = None
    multiply: Value | None = None
    when: Condition = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_conversion(self) -> Self:
        given = [name for name in ("values", "time_format", "multiply") if getattr(self, name)]
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


class FeedRule(_Settings):
    """How one feed's rows come out of a file's records; a record that does not meet `where` gives no row of it."""

    columns: dict[str, FieldRule]
    where: Condition = Field(default_factory=dict)


def _feed_short_form(value: Any) -> Any:
    # The columns may stand directly under the feed's name.
    if isinstance(value, dict) and "columns" not in value:
        return {"columns": value}
    return value


class FileRule(_Settings):
    """One family of foreign files."""

    files: str
    """Pattern of file names without `.gz` and `.zst`, such as `messages*.csv`; the first rule that fits a file wins."""
    format: Literal["csv", "jsonl"] | None = None
    """By the file's ending if absent."""
    encoding: EncodingName | None = None
    """Encoding of these files; the source's, else UTF-8, if absent."""
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    columns: tuple[str, ...] = ()
    """Of CSV without a header: the names of its columns in order, every one of them."""
    feeds: dict[str, Annotated[FeedRule, BeforeValidator(_feed_short_form)]] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits_the_contract(self) -> Self:
        if self.delimiter in '"\n\r ':
            raise ValueError("`delimiter` can't be a quote, a space or a line end")
        strange = [name for name in self.columns_read() if self.columns and name not in self.columns]
        if strange:
            raise ValueError(
                f"`columns` does not name {', '.join(strange)}, which the feeds read; add each in its place"
            )
        for name, rule in self.feeds.items():
            if name not in FEEDS:
                raise ValueError(f"{name!r} is no feed of the contract; there are {', '.join(FEEDS)}")
            known = contract_columns(FEEDS[name])
            unknown = sorted(set(rule.columns) - set(known))
            if unknown:
                raise ValueError(f"feed {name} has no column {', '.join(unknown)}; it has {', '.join(known)}")
            missing = [header for header in required_headers(FEEDS[name]) if header not in rule.columns]
            if missing:
                raise ValueError(f"feed {name} needs {', '.join(missing)}; map a column or give a constant")
            kinds = FEEDS[name].model.to_schema().columns
            for header, field in rule.columns.items():
                if isinstance(field, Column) and field.time_format:
                    refuse_misfit(header, kinds[known[header]].dtype.type, field.time_format)
        return self

    def fits(self, name: str) -> bool:
        """Tell whether a file (its name without compression endings) belongs to this rule."""
        return fnmatch.fnmatchcase(name, self.files)

    def columns_read(self) -> list[str]:
        """Return the columns of the file that the rule reads, each once, in the order first named."""
        read: dict[str, None] = {}
        for feed in self.feeds.values():
            for field in feed.columns.values():
                if isinstance(field, Column):
                    read[field.column] = None
                elif isinstance(field, Key):
                    read.update(dict.fromkeys(field.key))
                read.update(dict.fromkeys(field.when))
            read.update(dict.fromkeys(feed.where))
        return list(read)


class Mapping(RootModel[tuple[FileRule, ...]]):
    """All rules of a source of kind `files`."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _one_rule_or_several(cls, value: Any) -> Any:
        return [value] if isinstance(value, dict) else value

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not self.root:
            raise ValueError("a mapping needs at least one rule (`files:` and `feeds:`)")
        return self

    def rule_for(self, name: str) -> FileRule | None:
        """Return the first rule that fits the file name (without compression endings)."""
        return next((rule for rule in self.root if rule.fits(name)), None)

    def feed_names(self) -> tuple[str, ...]:
        """Return the feeds that the mapping can give, in the order first named."""
        return tuple(dict.fromkeys(name for rule in self.root for name in rule.feeds))
