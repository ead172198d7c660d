"""Keys of JSON Lines that a mapping reads and a file does not have: a slip of the pen would read as "not known"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from orchestration.readers.findings import FileProblem, Reject
from orchestration.readers.json_objects import Keys


@dataclass
class KeysSeen:
    """Which of the columns of a rule (named by its `files` pattern) occurred in a file so far.

    levels: how many lists within each other are unrolled; `^` before a name is of the object around one.
    """

    rule: str
    columns: list[str]
    levels: int = 0
    _seen: set[str] = field(default_factory=set)
    _is_first: bool = True

    def add(self, present: set[str], keys: Keys) -> None:
        """Take in a block. Raises FileProblem if the first one has a key that only its spelling tells from a column."""
        self._seen |= present
        if self._is_first:
            self._is_first = False
            self._refuse_misspelt(keys)

    def absent(self, records: int) -> list[Reject]:
        """Return a remark for each column that none of so many records has, or one that the file is a single object."""
        if records == 1 and not self._seen and self.columns:
            return [Reject(None, None, None, "one_object", None, known={"rule": self.rule})]
        return [
            Reject(None, None, column, "absent_key", None, details={"key": column, "rule": self.rule})
            for column in self.columns
            if column not in self._seen
        ]

    def _refuse_misspelt(self, keys: Keys) -> None:
        # The keys that are looked at are those of the outermost objects.
        outermost = "^" * self.levels
        absent = [column for column in self.columns if column not in self._seen and column.startswith(outermost)]
        absent = [column for column in absent if not column.startswith(f"{outermost}/")]
        if not absent:
            return
        there = {_letters(name) for name in keys()}
        misspelt = [column for column in absent if _letters(column) in there]
        if misspelt:
            raise FileProblem(
                "missing_column",
                "key",
                line_number=1,
                field=misspelt[0],
                details={"columns": misspelt},
                known={"rule": self.rule},
            )


def _letters(name: str) -> str:
    return re.sub(r"[^0-9a-z]", "", name.lower())
