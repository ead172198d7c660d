"""How a foreign file becomes feeds: the form of `mapping:` in centre.yaml for sources of kind `files`.

A mapping is a list of rules, one per family of files. Each rule says which files it is for, how they are written, and,
per feed, where each column of the contract comes from: a column, a constant, several columns joined as a key, a
column through a value map, a column only under a condition. A feed may have several rules: a record of a call then
gives a row for its start, its answer and its end. There is no code per customer.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator
from itertools import combinations
from typing import Annotated, Any, Literal, Self

import polars as pl
from pydantic import BeforeValidator, ConfigDict, Field, RootModel, model_validator

from orchestration.readers.csv_header import numbered
from orchestration.sources.files.conditions import Condition, Values, columns_asked, exclude_each_other
from orchestration.sources.files.converted import Column, Converted
from orchestration.sources.files.fields import FieldRule, converted_parts, texts_read
from orchestration.sources.files.lookups import Lookup
from orchestration.sources.files.misfits import refuse_own_names, refuse_reckoned_misfit, refuse_split_misfit
from orchestration.sources.files.nested import JsonSettings
from orchestration.sources.files.rule_settings import RuleSettings
from orchestration.sources.files.tables import TableSettings
from orchestration.sources.files.time_format import refuse_misfit
from orchestration.sources.values import EncodingName
from schemas import FEEDS
from schemas.contract import Feed, contract_columns, required_headers


class FeedRule(RuleSettings):
    """How a row of a feed comes out of a record; a record that does not meet `where` gives no such row."""

    columns: dict[str, FieldRule]
    where: Condition = Field(default_factory=dict)

    @property
    def split(self) -> Column | None:
        """Return the field whose cells hold several values, each of which gives a row."""
        return next((field for field in self.columns.values() if isinstance(field, Column) and field.split), None)


def _feed_short_form(value: Any) -> Any:
    # The columns may stand directly under the feed's name, and one rule needs no list.
    rules = value if isinstance(value, list | tuple) else [value]
    return [{"columns": rule} if isinstance(rule, dict) and "columns" not in rule else rule for rule in rules]


class FileRule(TableSettings, JsonSettings):
    """One family of foreign files."""

    files: str
    """Pattern of file names without `.gz` and the like, such as `messages*.csv`; the first rule that fits wins."""
    format: Literal["csv", "jsonl", "json", "workbook"] | None = None
    """By the file's ending if absent."""
    encoding: EncodingName | None = None
    """Encoding of these files; the source's, else UTF-8, if absent."""
    empty: Values = ()
    """Texts that stand for nothing, such as `--` or `N/A`; the source's if absent."""
    version: FieldRule | None = None
    """What tells which of several tellings of one record is newest: an instant, or a whole number that grows."""
    feeds: dict[str, Annotated[tuple[FeedRule, ...], Field(min_length=1), BeforeValidator(_feed_short_form)]] = Field(
        min_length=1
    )

    @model_validator(mode="after")
    def _fits_the_contract(self) -> Self:
        self.refuse_far(self.columns_read())
        refuse_own_names((*self.columns_read(), *(name for one in self.lookups() for name in (one.key, one.value))))
        known = {*self.columns, *numbered(list(self.columns))}
        strange = [name for name in self.columns_read() if self.columns and name not in known]
        if strange:
            raise ValueError(
                f"`columns` does not name {', '.join(strange)}, which the feeds read; add each in its place"
            )
        if not isinstance(self.version, Converted | None):
            raise ValueError("`version` has to be a column that says which telling is newer, such as updated_at")
        for name, rules in self.feeds.items():
            if name not in FEEDS:
                raise ValueError(f"{name!r} is no feed of the contract; there are {', '.join(FEEDS)}")
            for rule in rules:
                _refuse_misfits(FEEDS[name], rule)
            _refuse_one_name(FEEDS[name], rules)
        return self

    def lookups(self) -> list[Lookup]:
        """Return what fields look up in other files, each once."""
        return list(dict.fromkeys(part.lookup for part in self._converted() if part.lookup))

    def values_read(self) -> set[str]:
        """Return the columns whose values rows are made of; of others only conditions speak."""
        return {name for part in self._converted() for name in part.parts}

    def _converted(self) -> Iterator[Converted]:
        fields = [field for rules in self.feeds.values() for rule in rules for field in rule.columns.values()]
        for field in (*fields, self.version):
            yield from texts_read(field)

    def optional_columns(self) -> set[str]:
        """Return the columns that a table may be without: those of which nothing but optional fields speak."""
        fields = [part for part in self._converted() if isinstance(part, Column) and part.optional]
        needed = {name for part in self._converted() if part not in fields for name in part.parts}
        conditions = [rule.where for rules in self.feeds.values() for rule in rules]
        conditions += [part.when for part in self._converted()]
        asked = {name for condition in conditions for name in columns_asked(condition)}
        return {part.column for part in fields} - needed - asked - set(self.skip_columns())

    def fits(self, name: str) -> bool:
        """Tell whether a file (its name without compression endings) belongs to this rule."""
        return fnmatch.fnmatchcase(name, self.files)

    def columns_read(self) -> list[str]:
        """Return the columns of the file that the rule reads, each once, in the order first named."""
        read: dict[str, None] = dict.fromkeys(self.skip_columns())
        read.update(dict.fromkeys(self.version.columns_read() if self.version else ()))
        for feed in (rule for rules in self.feeds.values() for rule in rules):
            for field in feed.columns.values():
                read.update(dict.fromkeys(field.columns_read()))
            read.update(dict.fromkeys(columns_asked(feed.where)))
        return list(read)


def _refuse_misfits(feed: Feed, rule: FeedRule) -> None:
    known = contract_columns(feed)
    unknown = sorted(set(rule.columns) - set(known))
    if unknown:
        raise ValueError(f"feed {feed.name} has no column {', '.join(unknown)}; it has {', '.join(known)}")
    missing = [header for header in required_headers(feed) if header not in rule.columns]
    if missing:
        raise ValueError(f"feed {feed.name} needs {', '.join(missing)}; map a column or give a constant")
    kinds = feed.model.to_schema().columns
    refuse_split_misfit(feed, rule.columns)
    for header, field in rule.columns.items():
        kind = kinds[known[header]].dtype.type
        for part in converted_parts(field):
            for pattern in part.time_format:
                refuse_misfit(header, kind, pattern)
            if part.prefix is not None and kind != pl.String:
                raise ValueError(f"`{header}` is no id; `prefix` does not belong to it")
        refuse_reckoned_misfit(header, kind, field)


def _refuse_one_name(feed: Feed, rules: tuple[FeedRule, ...]) -> None:
    """Refuse two rows of a record that the warehouse would hold for one, told twice: the later would replace it."""
    for (at, one), (other_at, other) in combinations(enumerate(rules, start=1), 2):
        is_named = any(header in rule.columns for header in feed.key for rule in (one, other))
        key = feed.key if is_named else feed.key_without_id
        names = [one.columns.get(header) for header in key]
        is_same = names == [other.columns.get(header) for header in key] and any(names)
        if is_same and not exclude_each_other(one.where, other.where):
            keys = " and ".join(f"`{header}`" for header in key)
            remedy = f"leave {keys} out" if feed.repeats_need else "give each a `where` that the other does not meet"
            raise ValueError(
                f"rules {at} and {other_at} of feed {feed.name} name their rows by the same {keys}, so one row of a "
                f"record would replace the other; {remedy}"
            )


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

    def is_looked_up(self, name: str) -> bool:
        """Tell whether a file is one that others look up in."""
        patterns = {lookup.file for rule in self.root for lookup in rule.lookups()}
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)

    def looked_up_in(self, name: str) -> list[str]:
        """Return the columns that others look up in a file."""
        lookups = [lookup for rule in self.root for lookup in rule.lookups() if fnmatch.fnmatchcase(name, lookup.file)]
        return list(dict.fromkeys(column for lookup in lookups for column in lookup.columns))

    def feed_names(self) -> tuple[str, ...]:
        """Return the feeds that the mapping can give, in the order first named."""
        return tuple(dict.fromkeys(name for rule in self.root for name in rule.feeds))
