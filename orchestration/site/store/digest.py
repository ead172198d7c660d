"""Digests of rows: marks by which a file is left unwritten must not be those of other rows by a weakness of a hash.

DuckDB's own `hash()` gives texts that are alike the same number now and then, and another version may give others. MD5
over a row's sort key, in which each row is other bytes, takes a few times as long.
"""

from __future__ import annotations


def rows_digest(row: str) -> str:
    """Return an SQL aggregate: a digest of rows, whatever their order; `row` is an expression for one of them.

    Rows that are there twice count twice. Halves of the digests are added, since DuckDB adds no numbers of 128 bits.
    """
    return f"sum((md5_number(create_sort_key({row}, 'asc nulls first')) >> 64)::ubigint)::varchar"
