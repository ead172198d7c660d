"""Checks over several columns that feeds share: what goes together, what needs what, who must be two people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from schemas.contract import row_check

Decorated = Callable[[Callable[..., pl.Expr]], Any]
"""Turns a method that says when a row is in order into a check of its model."""


def stands_alone(field: str, other: str) -> Decorated:
    """Check that two columns are both filled in or both empty."""
    return row_check(field, "stands_alone", details={"one": field, "other": other})


def missing_with(field: str, other: str, value: str) -> Decorated:
    """Check that a column is filled in where another one has a value that needs it."""
    return row_check(field, "missing_with", details={"one": field, "other": other, "value": value})


def unexpected_with(field: str, other: str, value: str) -> Decorated:
    """Check that a column is empty but where another one has the value that it belongs to."""
    return row_check(field, "unexpected_with", details={"one": field, "other": other, "value": value})


def same_person(field: str, other: str) -> Decorated:
    """Check that two columns name different people."""
    return row_check(field, "same_person", details={"one": field, "other": other})


def both_or_neither(one: str, other: str) -> pl.Expr:
    """Return whether both columns are filled in or both are empty."""
    return pl.col(one).is_null() == pl.col(other).is_null()


def filled_where(field: str, other: str, value: str) -> pl.Expr:
    """Return whether a column is filled in wherever another one has the value."""
    return (pl.col(other) != value).fill_null(value=True) | pl.col(field).is_not_null()


def empty_but_where(field: str, other: str, value: str) -> pl.Expr:
    """Return whether a column is empty wherever another one has another value or none."""
    return (pl.col(other) == value).fill_null(value=False) | pl.col(field).is_null()
