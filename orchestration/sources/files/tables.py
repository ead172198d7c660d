"""How a table is written: what a rule of a mapping says of header, quotes, comments and lines that are no records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Self

import polars as pl
from pydantic import BeforeValidator, Field, PositiveInt, model_validator

from orchestration.readers.csv_header import MOST_LINES_ABOVE, CsvForm, HeaderPlace, TextOf
from orchestration.readers.workbook import SheetForm
from orchestration.sources.files.conditions import Condition, Values, columns_asked, met_by
from orchestration.sources.files.rule_settings import RuleSettings

_NO_SIGN = '"\n\r '
"""Signs that a delimiter can't be."""


class HeaderSettings(RuleSettings):
    """Where the header stands if not on the first line: on this row, or where these names are."""

    row: int | None = Field(default=None, ge=1, le=MOST_LINES_ABOVE)
    contains: Values = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.row is None) == (not self.contains):
            raise ValueError(
                "`header` needs either `row: 4`, the line on which it stands, or `contains: [Name, Other]`"
            )
        return self


def _one_or_several(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class TableSettings(RuleSettings):
    """How the files of a rule are written, as tables."""

    delimiter: str = Field(default=",", min_length=1, max_length=1)
    quote: str = Field(default='"', max_length=1)
    """Sign around fields; '' where quotes mean nothing."""
    comment: str | None = Field(default=None, min_length=1)
    """What lines begin with that are no records."""
    header: HeaderSettings | None = None
    columns: Values = ()
    """Where there is no header: the names of the columns in order, every one of them."""
    sheet: Annotated[str | PositiveInt | None, Field(union_mode="left_to_right")] = None
    """Sheet of a workbook, by its name or its number from 1; the only one with cells if absent."""
    skip_where: Annotated[tuple[Condition, ...], BeforeValidator(_one_or_several)] = ()
    """Records that are none, such as a line of totals: those that meet one of these conditions."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.delimiter in _NO_SIGN:
            raise ValueError("`delimiter` can't be a quote, a space or a line end")
        if self.quote and (self.quote in "\n\r " or self.quote == self.delimiter or self.quote.isalnum()):
            raise ValueError("`quote` is one sign, no letter or digit, and not the delimiter; '' where there is none")
        if not self.quote.isascii():
            raise ValueError("`quote` has to be an ASCII sign")
        if self.header is not None and self.columns:
            raise ValueError("`header` and `columns` can't both be given; `columns` is for files without a header")
        return self

    def skip_columns(self) -> Iterator[str]:
        """Yield the columns that `skip_where` reads."""
        for condition in self.skip_where:
            yield from columns_asked(condition)

    def is_skipped(self, text_of: TextOf) -> pl.Expr:
        """Tell of each record whether it is none; a condition on a field that it does not have is not met."""
        return pl.any_horizontal(
            pl.lit(value=False),
            *(met_by(condition, text_of).fill_null(value=False) for condition in self.skip_where),
        )

    def csv_form(self, encoding: str, columns: list[str]) -> CsvForm:
        """Return how CSV files of the rule are read, of which these columns are wanted."""
        place = HeaderPlace(self.header.row, self.header.contains) if self.header else None
        return CsvForm(
            encoding,
            self.delimiter,
            self.columns,
            self.quote,
            self.comment,
            place,
            self.is_skipped if self.skip_where else None,
            tuple(columns),
        )

    def sheet_form(self, columns: list[str]) -> SheetForm:
        """Return how workbooks of the rule are read, of which these columns are wanted."""
        place = HeaderPlace(self.header.row, self.header.contains) if self.header else None
        return SheetForm(self.sheet, self.columns, place, tuple(columns))
