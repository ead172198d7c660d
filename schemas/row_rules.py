"""Checks over several columns that feeds share: what goes together, what needs what, who must be two people."""

from __future__ import annotations

from typing import Any

import polars as pl

from schemas.contract import row_check


def stands_alone(field: str, other: str) -> Any:
    """Check that two columns are both filled in or both empty."""
    kept = pl.col(field).is_null() == pl.col(other).is_null()
    return row_check(field, "stands_alone", kept, details={"one": field, "other": other})


def needs(field: str, other: str) -> Any:
    """Check that a column is filled in only where another one is."""
    kept = pl.col(field).is_null() | pl.col(other).is_not_null()
    return row_check(field, "stands_alone", kept, details={"one": other, "other": field})


def one_of_two(field: str, other: str) -> Any:
    """Check that exactly one of two columns is filled in."""
    kept = pl.col(field).is_null() != pl.col(other).is_null()
    return row_check(field, "one_of_two", kept, details={"one": field, "other": other})


def missing_with(field: str, other: str, *values: str) -> Any:
    """Check that a column is filled in where another one has one of the values that need it."""
    kept = ~pl.col(other).is_in(values).fill_null(value=False) | pl.col(field).is_not_null()
    return row_check(field, "missing_with", kept, details={"one": field, "other": other, "value": "/".join(values)})


def missing_beside(field: str, other: str) -> Any:
    """Check that a column is filled in where another one is."""
    kept = pl.col(other).is_null() | pl.col(field).is_not_null()
    return row_check(field, "missing_with", kept, "beside", {"one": field, "other": other})


def unexpected_with(field: str, other: str, value: str) -> Any:
    """Check that a column is empty but where another one has the value that it belongs to."""
    kept = (pl.col(other) == value).fill_null(value=False) | pl.col(field).is_null()
    return row_check(field, "unexpected_with", kept, details={"one": field, "other": other, "value": value})


def same_person(field: str, other: str) -> Any:
    """Check that two columns name different people."""
    return row_check(field, "same_person", pl.col(field) != pl.col(other), details={"one": field, "other": other})
