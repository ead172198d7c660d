"""What a rule of a mapping says of JSON: where the records are in a file, and which list of theirs is unrolled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, model_validator

from orchestration.readers.json_names import is_path, keys_of
from orchestration.readers.json_objects import ObjectForm
from orchestration.sources.files.rule_settings import RuleSettings


def _one_or_several(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class JsonSettings(RuleSettings):
    """How JSON files of a rule hold their records."""

    records: str | None = None
    """Keys that lead to the array of records, such as `data.items`; absent where the file is one or has objects."""
    each: Annotated[tuple[str, ...], BeforeValidator(_one_or_several)] = ()
    """A list in each object, or lists within each other: every element of the last is a record."""
    keep_empty: bool = False
    """An object without such a list, or with an empty one, is a record too, whose elements have nothing."""

    @model_validator(mode="after")
    def _are_paths(self) -> Self:
        for path in (*self.each, *([self.records] if self.records is not None else [])):
            if not is_path(path):
                raise ValueError(f"{path!r} is no path of JSON keys, such as participants, or data.items")
        if self.keep_empty and not self.each:
            raise ValueError("`keep_empty` speaks of lists that `each` unrolls; say which")
        if self.records is not None and "[" in self.records:
            raise ValueError("`records` leads to one array by keys alone; unroll lists within it by `each`")
        return self

    def path(self) -> tuple[str, ...]:
        """Return the keys under which the array of records is."""
        return keys_of(self.records) if self.records is not None else ()

    def refuse_far(self, columns: Iterable[str]) -> None:
        """Refuse names of objects that are further out than there are lists to unroll. Raises ValueError."""
        for column in columns:
            levels_up = len(column) - len(column.lstrip("^"))
            if self.each and levels_up > len(self.each):
                raise ValueError(f"{column!r} is of an object outside of all; `each` unrolls {len(self.each)} lists")

    def object_form(self, columns: list[str], values: set[str]) -> ObjectForm:
        """Return how each object is read, of which these columns are wanted; `values`: those that can't be lists."""
        return ObjectForm(tuple(columns), self.each, frozenset(columns) - values, self.keep_empty)
