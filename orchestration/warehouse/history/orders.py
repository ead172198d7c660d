"""A person's orders that closed periods of a KPI are made anew, by the formula and the targets of today.

They wait in history/ordered.json until a publication that obeys them seals them with its rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from orchestration.home.kept_json import read_kept, write_kept
from orchestration.home.paths import Home
from orchestration.warehouse.history.shape import ORDER


@dataclass(frozen=True, order=True)
class Order:
    """Periods of `kpi_id` that end on `from_date` or later are made anew, for `reason`."""

    kpi_id: str
    from_date: date
    reason: str
    ordered_at: datetime


def waiting_orders(home: Home) -> list[Order]:
    """Return the orders that no publication has obeyed yet."""
    told = (read_kept(_file(home)) or {}).get("orders", [])
    return [
        Order(
            one["kpi_id"],
            date.fromisoformat(one["from_date"]),
            one["reason"],
            datetime.fromisoformat(one["ordered_at"]),
        )
        for one in told
    ]


def add_orders(home: Home, orders: Iterable[Order]) -> None:
    """Have the next build obey these orders too."""
    _write(home, [*waiting_orders(home), *orders])


def forget_orders(home: Home, sealed: Path) -> None:
    """Forget the orders that a publication has among its rows."""
    waiting = waiting_orders(home)
    if waiting and sealed.is_file():
        obeyed = orders_in(sealed)
        _write(home, [order for order in waiting if order not in obeyed])


def orders_in(file: Path) -> set[Order]:
    """Return the orders among the rows of a publication."""
    columns = ("kpi_id", "from_date", "reason", "ordered_at")
    return {Order(*row) for row in pl.read_parquet(file).select(columns).iter_rows()}


def rows_of(orders: Iterable[Order], publication: int) -> pl.DataFrame:
    """Return orders as the rows of the publication that obeys them."""
    return pl.DataFrame([{"publication": publication, **asdict(order)} for order in orders], schema=ORDER)


def digest_of_orders(home: Home) -> str:
    """Return a digest of all orders, waiting or obeyed: what a build depends on."""
    obeyed = [order for file in (home.history / "restate_order").glob("*.parquet") for order in orders_in(file)]
    told = [_told(order) for order in sorted({*obeyed, *waiting_orders(home)})]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _told(order: Order) -> dict[str, str]:
    return {**asdict(order), "from_date": str(order.from_date), "ordered_at": order.ordered_at.isoformat()}


def _write(home: Home, orders: list[Order]) -> None:
    write_kept(_file(home), {"orders": [_told(order) for order in sorted(set(orders))]})


def _file(home: Home) -> Path:
    return home.history / "ordered.json"
