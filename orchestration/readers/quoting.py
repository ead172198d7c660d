"""What is told of a value that a check refused: itself if it can be nobody's, else its form.

Columns slip, headers are missing: any column may hold a name, a number or a message. What may be quoted is declared in
the contract. A form says of what kind each character was (9 a digit, x a letter), which tells a wrong format as well.
"""

from __future__ import annotations

import polars as pl

from schemas.contract import Feed, quotable_pattern

SENSITIVE_COLUMNS = {"customer_id"}
HIDDEN = "(hidden)"
MOST_CHARACTERS = 40
"""Of a longer text nothing but its length is told."""


def told_value(feed: Feed, column: str, text: pl.Expr | None = None) -> pl.Expr:
    """Return `value` of the quarantine for a column of a feed; `text` is what stands in the file if it is not it."""
    value = (pl.col(column) if text is None else text).cast(pl.String)
    if column in SENSITIVE_COLUMNS:
        return pl.when(value.is_not_null()).then(pl.lit(HIDDEN)).alias("value")
    return quoted(value, quotable_pattern(feed, column)).alias("value")


def quoted(value: pl.Expr, pattern: str | None) -> pl.Expr:
    """Return a text as it stands where it matches the pattern, else its form."""
    form = form_of(value)
    return form if pattern is None else pl.when(value.str.contains(pattern)).then(value).otherwise(form)


def form_of(value: pl.Expr) -> pl.Expr:
    """Return the form of a text: 9 for a digit, x for a letter, plain signs as they are, ? for any other."""
    form = value.str.replace_all(r"\p{Nd}", "9").str.replace_all(r"[\p{L}\p{M}]", "x")
    form = form.str.replace_all(r"[^9x /:.,+-]", "?")
    # By `+`: pl.format of Polars 2.1 panics on a column in several chunks, as a filter of batches leaves it.
    length = value.str.len_chars().cast(pl.String) + " characters"
    return pl.when(value.str.len_chars() <= MOST_CHARACTERS).then(pl.lit("form ") + form).otherwise(length)
