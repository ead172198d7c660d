"""Sessions of a source's database: they only read, have their times in UTC, and give up what takes too long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from orchestration.fetch.secrets import read_secret
from orchestration.fetch.sql_failures import sql_failure
from orchestration.home.paths import SettingsError
from orchestration.sources.pulled.sql import SqlSource

CONNECT_SECONDS = 15
ANSWER_SECONDS = 1_800
"""A first page may have to be sorted out of everything that a table holds."""

_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "mariadb": "mariadb+pymysql",
    "mysql": "mysql+pymysql",
}


def database_url(source: SqlSource) -> URL:
    """Return the address of a source's database. Raises SettingsError, without quoting it."""
    text = read_secret(source.connection)
    try:
        url = make_url(text)
        driver = _DRIVERS.get(url.get_backend_name())
        if driver is None or not url.host or not url.database:
            raise ValueError
    except (ArgumentError, ValueError):
        raise SettingsError(
            f"{source.connection}: is no address of a database. Remedy: write it as "
            "postgresql://login:password@host:5432/database, or with mariadb:// or mysql://; signs such as @ and / in "
            "a password are escaped (%40, %2F)."
        ) from None
    return url.set(drivername=driver)


@contextmanager
def engine_of(source: SqlSource) -> Iterator[sa.Engine]:
    """Connect to a source's database with sessions that only read and have their times in UTC."""
    url = database_url(source)
    is_mysql = url.get_backend_name() in ("mysql", "mariadb")
    arguments = {"connect_timeout": CONNECT_SECONDS, **({"read_timeout": ANSWER_SECONDS} if is_mysql else {})}
    engine = sa.create_engine(url, connect_args=arguments, poolclass=sa.pool.NullPool, hide_parameters=True)

    @sa.event.listens_for(engine, "connect")
    def _begin(connection: Any, _: object) -> None:
        settings = _MYSQL_SESSION if is_mysql else _POSTGRESQL_SESSION
        with connection.cursor() as cursor:
            for setting in settings:
                cursor.execute(setting)
        connection.commit()
        if not is_mysql:
            connection.read_only = True

    try:
        _try(engine, source)
        yield engine
    finally:
        engine.dispose()


def _try(engine: sa.Engine, source: SqlSource) -> None:
    """Connect once, so that what is wrong with the address is told of the source and not of each table."""
    try:
        engine.connect().close()
    except DBAPIError as error:
        if isinstance(error.orig, psycopg.ProgrammingError) and error.orig.sqlstate is None:
            raise _odd_option(source) from None
        raise sql_failure(source.name, error) from None
    except SQLAlchemyError as error:
        raise sql_failure(source.name, error) from None
    except (TypeError, ValueError):
        raise _odd_option(source) from None


def _odd_option(source: SqlSource) -> SettingsError:
    return SettingsError(
        f"{source.connection}: has an option that the driver does not know. Remedy: mend what stands after the `?`."
    )


_POSTGRESQL_SESSION = (
    "set session characteristics as transaction read only",
    "set timezone = 'UTC'",
    "set datestyle = 'ISO, YMD'",
    "set intervalstyle = 'iso_8601'",
    f"set statement_timeout = '{ANSWER_SECONDS}s'",
)
_MYSQL_SESSION = (
    "set session transaction read only",
    "set session time_zone = '+00:00'",
    "set session net_write_timeout = 600",
)
