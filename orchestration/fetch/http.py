"""Lists of records of an API that answers in JSON, page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import requests

from orchestration.fetch.failures import PullError, PullLaterError
from orchestration.fetch.http_client import client_of_source
from orchestration.fetch.positions import CursorKind, moment_of, position_of
from orchestration.home.sql_text import text_literal
from orchestration.readers.json_names import keys_of, read_name
from orchestration.sources.pulled.http import HttpSource, Paging, Resource

if TYPE_CHECKING:
    from dlt.sources.helpers.rest_client.client import PageData, RESTClient
    from dlt.sources.helpers.rest_client.paginators import BasePaginator

_AT = {
    "iso": "epoch_us(case when isfinite(try_cast({0} as timestamptz)) then try_cast({0} as timestamptz) end)",
    "epoch_seconds": "try_cast(try_cast({0} as decimal(20, 6)) * 1000000 as bigint)",
    "epoch_milliseconds": "try_cast(try_cast({0} as decimal(20, 3)) * 1000 as bigint)",
    "number": "try_cast({0} as bigint)",
}


@contextmanager
def client_of(source: HttpSource) -> Iterator[RESTClient]:
    """Give the client of a source, whose connections are closed at the end."""
    client = client_of_source(source)
    try:
        yield client
    finally:
        client.session.close()


@dataclass
class ListExtract:
    """The records of one list of an API."""

    source: HttpSource
    resource: Resource
    client: RESTClient
    notes: list[str] = field(default_factory=list)
    _duckdb: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)

    def __post_init__(self) -> None:
        self._duckdb.execute("set TimeZone = 'UTC'")

    @property
    def kind(self) -> CursorKind | None:
        """Return what the cursor is."""
        if self.resource.cursor is None:
            return None
        return "number" if self.resource.cursor_format == "number" else "instant"

    @property
    def is_ordered(self) -> bool:
        """Tell whether records come by growing cursor."""
        return self.resource.ordered

    @property
    def _what(self) -> str:
        return f"{self.source.name}, {self.resource.path}"

    def now(self) -> int | None:
        """Return the position of this moment, None for numbers."""
        return position_of(datetime.now(UTC)) if self.kind == "instant" else None

    def pages(self, since: int | None) -> Iterator[pl.DataFrame]:
        """Yield the records from a position on. Raises PullError."""
        count, placed, newest, before = 0, 0, None, None
        for records in self._answers(since):
            page = self._page(records)
            count, placed = count + page.height, placed + page["at"].count()
            if before is not None and page.height and page["line"].equals(before):
                raise PullError(
                    f"{self._what}: two pages are the same, so that the API does not know what `paging` asks by. "
                    "Remedy: mend `paging`."
                )
            before, newest = page["line"], self._in_order(page, newest)
            if page.height:
                yield page
        if self.resource.cursor is not None and count and not placed:
            raise PullError(
                f"{self._what}: not one record has `{self.resource.cursor}` in the form "
                f"{self.resource.cursor_format}. Remedy: mend `cursor` or `cursor_format`."
            )

    def _answers(self, since: int | None) -> Iterator[list[Any]]:
        paginate = self.client.paginate(
            self.resource.path,
            params={**self.resource.params, **self._since(since)},
            paginator=paginator_of(self.resource.paging),
            data_selector=".".join(keys_of(self.resource.records)) if self.resource.records else "$",
        )
        has_next = False
        try:
            for page in paginate:
                has_next = has_next or self._has_next(page)
                yield self._records(page)
        except requests.HTTPError as error:
            raise self._refused(error) from None
        except (requests.exceptions.JSONDecodeError, ValueError):
            raise PullLaterError(
                f"{self._what}: an answer is not the JSON that was asked for. Remedy: ask for it by hand; mend `path`, "
                "`params` or `paging`."
            ) from None
        except requests.RequestException as error:
            raise PullLaterError(
                f"{self._what}: the API can't be reached, or broke off ({type(error).__name__}). Remedy: see that it "
                "answers this machine, then pull again; what had landed stays."
            ) from None
        if self.resource.paging is not None and self.resource.paging.next_url and not has_next:
            self.notes.append(
                f"{self._what}: no answer has `{self.resource.paging.next_url}`, so that there was one page. "
                "Remedy, if there are more: mend `paging`."
            )

    def _since(self, since: int | None) -> dict[str, Any]:
        if since is None or self.resource.since is None:
            return {}
        moment, form = moment_of(since), self.resource.since_format or self.resource.cursor_format
        written: dict[str, str | int] = {
            "iso": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
            "epoch_seconds": since // 1_000_000,
            "epoch_milliseconds": since // 1_000,
            "number": since,
        }
        return {self.resource.since: written[form] if form in written else moment.strftime(form)}

    def _records(self, page: PageData[Any]) -> list[Any]:
        """Return the records of an answer. Raises PullError if they are not where they should be."""
        if len(page) <= 1:
            found = page.response.json()
            for key in keys_of(self.resource.records) if self.resource.records else ():
                found = found.get(key) if isinstance(found, dict) else None
            if not isinstance(found, list):
                where = f"under `{self.resource.records}`" if self.resource.records else "that is the answer itself"
                raise PullError(f"{self._what}: there is no list {where}. Remedy: mend `records`.")
        if not all(isinstance(record, dict) for record in page):
            raise PullError(f"{self._what}: the records are no JSON objects. Remedy: mend `records`.")
        return page

    def _has_next(self, page: PageData[Any]) -> bool:
        paging = self.resource.paging
        if paging is None or paging.next_url is None:
            return False
        found = page.response.json()
        for key in keys_of(paging.next_url):
            if not isinstance(found, dict) or key not in found:
                return False
            found = found[key]
        return True

    def _page(self, records: list[Any]) -> pl.DataFrame:
        lines = _series([json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records])
        if lines is None:
            lines = pl.Series("line", [json.dumps(record, separators=(",", ":")) for record in records], pl.String)
        at = "null::bigint"
        if self.resource.cursor is not None:
            pointers = [text_literal(pointer) for pointer in read_name(self.resource.cursor, 0).pointers]
            texts = ", ".join(f"json_extract_string(line, {pointer})" for pointer in pointers)
            at = _AT[self.resource.cursor_format].format(f"coalesce({texts})")
        self._duckdb.register("lines", pl.DataFrame([lines]))
        return self._duckdb.execute(f'select line, {at} as "at" from lines').pl()  # noqa: S608 - own names, quoted

    def _in_order(self, page: pl.DataFrame, newest: int | None) -> int | None:
        if not self.resource.ordered:
            return None
        at = page["at"].drop_nulls()
        first, last = at.min(), at.max()
        if not isinstance(first, int) or not isinstance(last, int):
            return newest
        if not at.is_sorted() or (newest is not None and first < newest):
            raise PullError(
                f"{self._what}: records do not come by growing `{self.resource.cursor}`. Remedy: ask the API to sort "
                "them by `params`, or leave `ordered` out."
            )
        return last

    def _refused(self, error: requests.HTTPError) -> PullError:
        status = error.response.status_code if error.response is not None else 0
        if status in (401, 403):
            return PullError(f"{self._what}: the API refuses the login ({status}). Remedy: mend `auth`, or its rights.")
        if status in (404, 410):
            return PullError(f"{self._what}: the API knows no such address ({status}). Remedy: mend `url` or `path`.")
        if status == 429 or status >= 500:
            said = "asks to be left alone" if status == 429 else "fails"
            return PullLaterError(f"{self._what}: the API {said} ({status}). Remedy: pull later, or less often.")
        return PullError(f"{self._what}: the API refuses what it is asked for ({status}). Remedy: mend `params`.")


def _series(lines: list[str]) -> pl.Series | None:
    """Return lines as a column; None if they hold halves of signs, which are no text."""
    try:
        return pl.Series("line", lines, pl.String)
    except UnicodeEncodeError:
        return None


def paginator_of(paging: Paging | None) -> BasePaginator:
    """Return dlt's way of going from page to page."""
    from dlt.sources.helpers.rest_client import paginators

    if paging is None:
        return paginators.SinglePagePaginator()
    if paging.page is not None:
        return paginators.PageNumberPaginator(
            base_page=paging.first, page_param=paging.page, total_path=None, has_more_path=paging.more
        )
    if paging.offset is not None and paging.limit is not None:
        return paginators.OffsetPaginator(
            paging.limit,
            offset_param=paging.offset,
            limit_param=paging.limit_param,
            total_path=None,
            has_more_path=paging.more,
        )
    if paging.next_url is not None:
        return paginators.JSONLinkPaginator(paging.next_url)
    if paging.link is not None:
        return paginators.HeaderLinkPaginator(paging.link)
    return paginators.JSONResponseCursorPaginator(
        str(paging.next_cursor), cursor_param=paging.param, has_more_path=paging.more
    )
