"""What a source of kind `sql` says of itself in centre.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from orchestration.sources.pulled.secrets import SecretPlace
from orchestration.sources.pulled.settings import PulledSource, Stream, landed_like


class Table(Stream):
    """One table or view."""

    table: str = Field(pattern=r"^[^.\s]+(\.[^.\s]+)?$")
    """Its name, with its schema before it where that is not the login's own: public.conversations."""
    columns: tuple[str, ...] = ()
    """What of it is read; what the mapping reads and the cursor if absent."""

    @property
    def own_name(self) -> str:
        """Return its name without its schema."""
        return self.table.rpartition(".")[2]


class SqlSource(PulledSource):
    """A database whose tables are read in read-only transactions."""

    kind: Literal["sql"]
    connection: SecretPlace
    """Where the URL of the database is: postgresql://login:password@host:5432/name, or mariadb://, mysql://."""
    tables: tuple[Table, ...]

    @property
    def streams(self) -> Sequence[Table]:
        """Return its tables."""
        return self.tables

    def columns_of(self, table: Table) -> list[str]:
        """Return the columns that are read of a table, or paths into them: no more of people than is needed."""
        rule = self.mapping.rule_for(landed_like(table.called))
        read = list(table.columns)
        if not read and rule is not None:
            outermost = "^" * len(rule.each)
            of_record = [name[len(outermost) :] for name in rule.columns_read() if name.startswith(outermost)]
            read = [*of_record, *rule.each[:1]]
        if not table.columns:
            read += self.mapping.looked_up_in(landed_like(table.called))
        return list(dict.fromkeys([*read, *([table.cursor] if table.cursor else [])]))

    def optional_columns_of(self, table: Table) -> set[str]:
        """Return the columns that a table may be without, as the mapping says."""
        rule = self.mapping.rule_for(landed_like(table.called))
        return set() if rule is None or table.columns else rule.optional_columns() - {table.cursor or ""}
