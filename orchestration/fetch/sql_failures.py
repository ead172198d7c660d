"""What a database or its driver refused, in words of our own: theirs quote the address and the login."""

from __future__ import annotations

import psycopg
import pymysql
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from orchestration.fetch.failures import PullError, PullLaterError

_REFUSED = {
    "login": "the database refuses the login. Remedy: mend login and password in the URL of `connection`.",
    "database": "there is no such database that this login may use. Remedy: mend its name in the URL of `connection`.",
    "table": "there is no such table. Remedy: mend `table`, with its schema before it.",
    "column": "there is no such column. Remedy: mend `columns`, `cursor` or the mapping.",
    "right": "the login may not read it. Remedy: grant it `select`, and nothing else.",
    "writes": "reading it would write, which a pull never does. Remedy: take a table or a view that only reads.",
    "slow": "the database gave the answer up, as it took too long. Remedy: an index on the cursor's column.",
}
_STATES = {
    "28": "login",
    "3D": "database",
    "42P01": "table",
    "3F": "table",
    "42703": "column",
    "42501": "right",
    "25006": "writes",
    "57014": "slow",
}
_NUMBERS = {
    1044: "database",
    1045: "login",
    1698: "login",
    1049: "database",
    1146: "table",
    1054: "column",
    1142: "right",
    1143: "right",
    1370: "right",
    1290: "writes",
    1792: "writes",
    1969: "slow",
    3024: "slow",
}


def sql_failure(what: str, error: SQLAlchemyError) -> PullError:
    """Return the failure that an error of SQLAlchemy or of a driver is."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    reason, code = _reason(cause)
    if reason is not None:
        return PullError(f"{what}: {_REFUSED[reason]}")
    if isinstance(cause, psycopg.OperationalError | pymysql.err.OperationalError | pymysql.err.InterfaceError):
        return PullLaterError(
            f"{what}: the database can't be reached, or broke off{code}. Remedy: see that it runs and that this "
            "machine may reach it, then pull again; what had landed stays."
        )
    told = type(cause or error).__name__
    return PullError(
        f"{what}: the database can't give it ({told}{code}). Remedy: read it with the database's own client."
    )


def _reason(cause: BaseException | None) -> tuple[str | None, str]:
    if isinstance(cause, psycopg.Error):
        state = cause.sqlstate
        if state is None and "FATAL" in str(cause):
            # What is told before there is a session has no code; it is asked for this one word only.
            text = str(cause)
            return ("database" if "does not exist" in text and "database" in text else "login"), ""
        found = next((name for begin, name in _STATES.items() if state and state.startswith(begin)), None)
        return found, f" (SQLSTATE {state})" if state else ""
    if isinstance(cause, pymysql.err.Error) and cause.args and isinstance(cause.args[0], int):
        return _NUMBERS.get(cause.args[0]), f" (error {cause.args[0]})"
    return None, ""
