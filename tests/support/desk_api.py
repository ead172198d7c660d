"""A help desk's API on loopback: the documented ways of paging, logins, and what goes wrong with such servers."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

Answer = Callable[["DeskHandler", int], bool]
"""What goes wrong with an answer: told its number from 1, says whether it answered in the place of the API."""


@dataclass
class DeskApi:
    """The tickets that the API knows, what it was asked, and what goes wrong with its answers."""

    tickets: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    wrong: Answer | None = None
    size: int = 2
    port: int = 0

    @property
    def url(self) -> str:
        """Return where its paths begin."""
        return f"http://127.0.0.1:{self.port}/api"

    def page(self, begin: int, query: dict[str, str]) -> tuple[list[dict[str, Any]], bool]:
        """Return the tickets of a page, and whether there are more."""
        since = query.get("since", "")
        found = [ticket for ticket in self.tickets if not since or str(ticket.get("updated_at", "")) >= since]
        return found[begin : begin + self.size], begin + self.size < len(found)


class DeskHandler(BaseHTTPRequestHandler):
    """One request; the path says which way of paging is spoken."""

    protocol_version = "HTTP/1.1"
    api: DeskApi

    def do_GET(self) -> None:
        api, address = self.api, urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        api.asked.append(self.path)
        api.headers.append({name.lower(): value for name, value in self.headers.items()})
        if api.wrong is not None and api.wrong(self, len(api.asked)):
            return
        way = address.path.rsplit("/", 1)[-1]
        ways = {"paged": self._paged, "offset": self._offset, "linked": self._linked, "header": self._header}
        ways |= {"cursor": self._cursor, "all": self._all, "incremental": self._paged}
        if way not in ways:
            self.answer({"error": "not found"}, 404)
            return
        ways[way](query)

    def _all(self, _: dict[str, str]) -> None:
        self.answer(self.api.tickets)

    def _paged(self, query: dict[str, str]) -> None:
        tickets, more = self.api.page((int(query.get("page", "1")) - 1) * self.api.size, query)
        self.answer({"data": {"tickets": tickets}, "has_more": more})

    def _offset(self, query: dict[str, str]) -> None:
        tickets, _ = self.api.page(int(query.get("offset", "0")), query)
        self.answer({"data": {"tickets": tickets}})

    def _linked(self, query: dict[str, str]) -> None:
        begin = int(query.get("from", "0"))
        tickets, more = self.api.page(begin, query)
        self.answer({"data": {"tickets": tickets}, "links": {"next": self._next(query, begin) if more else None}})

    def _header(self, query: dict[str, str]) -> None:
        begin = int(query.get("from", "0"))
        tickets, more = self.api.page(begin, query)
        self.answer(tickets, headers={"Link": f'<{self._next(query, begin)}>; rel="next"'} if more else {})

    def _cursor(self, query: dict[str, str]) -> None:
        begin = int(query.get("after", "c0")[1:])
        tickets, more = self.api.page(begin, query)
        after = f"c{begin + self.api.size}" if more else None
        self.answer({"data": {"tickets": tickets}, "meta": {"after": after}})

    def _next(self, query: dict[str, str], begin: int) -> str:
        path = urlsplit(self.path).path
        return f"http://127.0.0.1:{self.api.port}{path}?{urlencode(query | {'from': begin + self.api.size})}"

    def answer(self, content: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        """Answer in JSON; bytes as they are."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def cut_off(self) -> None:
        """Promise a long answer, give a part of it, and hang up."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b'{"data": {"tickets": [')
        self.wfile.flush()
        self.close_connection = True
        self.connection.close()

    def bomb(self) -> None:
        """Answer with what unpacks to far more than it is."""
        self.answer(gzip.compress(b"[" + b" " * (64 << 20) + b"]"), headers={"Content-Encoding": "gzip"})

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""


@contextmanager
def desk_api() -> Iterator[DeskApi]:
    """Run the API on a free port of loopback."""
    api = DeskApi()
    handler = type("Handler", (DeskHandler,), {"api": api})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    api.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
