"""Connections to Dagster's event log that are kept while the command line runs a job.

Dagster's SQLite storage opens, prepares and closes a connection for each of the 6,000 statements of a run: of the 114
seconds of a small home's first run, 16 went there. PostgreSQL as storage has a pool of its own, and is left alone.
Like `dagster_inside`, this uses what a new version of Dagster may move.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from dagster import DagsterInstance
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

KEPT = 4
"""The index of all runs, the run that is going on, and those that are just looked at."""


@contextmanager
def kept_connections(instance: DagsterInstance) -> Iterator[None]:
    """Keep connections to the event log of this instance, in this process, until the block ends."""
    storage = instance.event_log_storage
    if type(storage) is not SqliteEventLogStorage:
        yield
        return
    engines: OrderedDict[str, Engine] = OrderedDict()
    storage._connect = _connect_kept(storage, engines)  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        del storage._connect
        for engine in engines.values():
            engine.dispose()


def _connect_kept(
    storage: SqliteEventLogStorage, engines: OrderedDict[str, Engine]
) -> Callable[[str], AbstractContextManager[Connection]]:
    """Return what stands for the storage's own way to connect to the database of a run, or to the index."""

    @contextmanager
    def connect(shard: str) -> Iterator[Connection]:
        # One at a time, as in the storage itself: it makes one database per run, and writes the index after it.
        with storage._db_lock:
            engine = engines.get(shard) or _engine(storage.conn_string_for_shard(shard))
            engines[shard] = engine
            engines.move_to_end(shard)
            if len(engines) > KEPT:
                engines.popitem(last=False)[1].dispose()
            if shard not in storage._initialized_dbs:
                storage._initdb(engine)
                storage._initialized_dbs.add(shard)
            with engine.begin() as connection:
                yield connection

    return connect


def _engine(address: str) -> Engine:
    engine = create_engine(
        address, poolclass=QueuePool, pool_size=1, connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}
    )

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: object) -> None:
        # With a write-ahead log the file stays whole without it; a power cut may lose the last lines of a run's log.
        connection.execute("pragma synchronous = normal")

    return engine
