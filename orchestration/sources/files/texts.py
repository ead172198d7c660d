"""What is done with a cell's text before it is read: a spreadsheet's guards, full-width letters, a part of it."""

from __future__ import annotations

import re

import polars as pl

FORMULA_GUARD = r'^="(.*)"$'
APOSTROPHE_GUARD = r"^'([-+=@0-9].*)$"
"""An apostrophe before what a spreadsheet would reckon with; before a letter it may be part of a name."""


def without_guards(frame: pl.DataFrame) -> pl.DataFrame:
    """Return text columns without what keeps a spreadsheet from reckoning: `="00123"` and `'+49` are 00123 and +49."""
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    # A plain search first: hardly any file has guards, and a pattern costs as much as all else done with a cell.
    guarded = [name for name in texts if (frame[name].str.starts_with("'") | frame[name].str.starts_with('="')).any()]
    return frame.with_columns(_without_guard(pl.col(name)) for name in guarded)


def _without_guard(text: pl.Expr) -> pl.Expr:
    return text.str.replace(FORMULA_GUARD, "$1").str.replace(APOSTROPHE_GUARD, "$1").str.strip_chars()


def narrowed(text: pl.Expr) -> pl.Expr:
    """Return full-width letters, digits and signs as plain ones, as Unicode's NFKC has them."""
    return text.str.normalize("NFKC").str.strip_chars()


def filled(text: pl.Expr, empty: tuple[str, ...] = ()) -> pl.Expr:
    """Return a text, null where it stands for nothing."""
    return pl.when(~text.is_in(["", *empty])).then(text)


def refuse_bad_extract(pattern: str) -> None:
    """Refuse a pattern by which no part of a text can be taken. Raises ValueError with the remedy."""
    try:
        pl.Series([""]).str.extract(pattern)
    except pl.exceptions.ComputeError as error:
        why = [line.removeprefix("error: ") for line in str(error).splitlines() if line.startswith("error: ")]
        raise ValueError(f"`extract` {pattern!r} is no regular expression ({', '.join(why)}); try '^(\\d+)'") from error
    groups = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "", pattern).replace("(?:", "").count("(") - _flags(pattern)
    if groups != 1:
        raise ValueError(
            f"`extract` {pattern!r} has {groups} groups; put round brackets around the one part that is wanted, "
            "and write (?:...) for the others"
        )


def _flags(pattern: str) -> int:
    return len(re.findall(r"\(\?[a-zA-Z-]+[:)]", pattern))
