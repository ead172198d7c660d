"""A mail server and a web server on loopback that keep what they get, and a published file with notices by hand."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
from aiosmtpd.controller import Controller

from orchestration.home.paths import Home
from tests.support.people_cases import at

SECRET = "t0ken-Hq37"  # noqa: S105 - of servers that the test starts


@dataclass
class Posts:
    """A web server that keeps what is posted to it; while `is_down` it refuses, while `is_held` it never answers."""

    port: int = 0
    paths: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    is_down: bool = False
    is_held: bool = False
    got_one: threading.Event = field(default_factory=threading.Event)

    @property
    def webhook(self) -> str:
        """The address of a plain webhook."""
        return f"json://127.0.0.1:{self.port}/{SECRET}/{{recipient}}"

    @property
    def chat(self) -> str:
        """The address of a chat that takes what Slack takes."""
        return f"mmost://127.0.0.1:{self.port}/{'a1b2c3d4' * 3}"


@contextmanager
def posts() -> Iterator[Posts]:
    """Run the web server."""
    kept = Posts()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not kept.is_down:
                kept.paths.append(self.path)
                kept.bodies.append(body)
            kept.got_one.set()
            if kept.is_held:
                threading.Event().wait(20)
            self.send_response(503 if kept.is_down else 200)
            self.end_headers()

        def log_message(self, *arguments: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        kept.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield kept
        server.shutdown()
        # Requests that are held end with the process.
        server.block_on_close = False


@dataclass
class Mails:
    """A mail server that keeps what it gets."""

    port: int
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    is_down: bool = False

    @property
    def address(self) -> str:
        """The address of a channel by which everybody is reached at his own."""
        return f"mailto://127.0.0.1:{self.port}?from=scorehouse@example.org&to={{recipient}}@example.org&mode=insecure"


@contextmanager
def mails() -> Iterator[Mails]:
    """Run the mail server."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        kept = Mails(free.getsockname()[1])

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
            if kept.is_down:
                return "451 not now"
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            kept.messages.append(message)
            kept.recipients.append(envelope.rcpt_tos)
            return "250 OK"

    controller = Controller(Handler(), hostname="127.0.0.1", port=kept.port)
    controller.start()
    yield kept
    controller.stop()


CENTRE = """\
name: Desk
time_zone: UTC
sources: []
notices:
  begin_on: 2026-03-09
"""


@dataclass
class NoticeHome:
    """A home with a published file that holds nothing but notices, all of one kind unless said otherwise."""

    home: Home
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    windows: list[tuple[Any, ...]] = field(default_factory=list)

    def centre(self, more: str) -> None:
        """Write centre.yaml; `more` stands under `notices`."""
        self.home.root.mkdir(exist_ok=True)
        self.home.centre_file.write_text(CENTRE + more, encoding="utf-8")

    def notice(self, name: str, recipient: str, due: str, kind: str = "document_due", **told: Any) -> None:
        """A notice for a person or, with `team/` before it, a team; due and sendable from an instant on."""
        team = recipient.startswith("team/")
        row = {
            "notice_id": name,
            "notice_kind": kind,
            "recipient_kind": "team" if team else "agent",
            "recipient_id": recipient.removeprefix("team/"),
            "subject_id": name,
            "due_at": at(due),
            "earliest_at": at(due),
            "expires_at": None,
            "superseded_at": None,
            "state": "planned",
            "title_en": f"Title of {name}",
            "title_zh": f"标题 {name}",
            "text_en": f"Text of {name}",
            "text_zh": f"正文 {name}",
            "link": "https://scores.example.org/bulletin/",
            "names_people": False,
        } | told
        self.rows.append(tuple(row.values()))

    def at_work(self, recipient: str, starts: str, ends: str) -> None:
        """A stretch of planned work."""
        team = recipient.startswith("team/")
        self.windows.append(("team" if team else "agent", recipient.removeprefix("team/"), at(starts), at(ends)))

    def publish(self) -> None:
        """Write the published file."""
        self.home.published_file.parent.mkdir(parents=True, exist_ok=True)
        self.home.published_file.unlink(missing_ok=True)
        with duckdb.connect(str(self.home.published_file)) as connection:
            connection.execute("create schema scorecard; use scorecard; set TimeZone = 'UTC'")
            connection.execute(
                "create table fct_notice (notice_id varchar, notice_kind varchar, recipient_kind varchar,"
                " recipient_id varchar, subject_id varchar, due_at timestamptz, earliest_at timestamptz,"
                " expires_at timestamptz, superseded_at timestamptz, state varchar, title_en varchar,"
                " title_zh varchar, text_en varchar, text_zh varchar, link varchar, names_people boolean)"
            )
            connection.execute(
                "create table fct_notice_window (recipient_kind varchar, recipient_id varchar,"
                " starts_at timestamptz, ends_at timestamptz)"
            )
            for table, rows in (("fct_notice", self.rows), ("fct_notice_window", self.windows)):
                for row in rows:
                    connection.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)  # noqa: S608


class Hands:
    """A clock that stands still until it is moved."""

    def __init__(self, start: str) -> None:
        self.now = at(start)

    def __call__(self) -> datetime:
        return self.now

    def move(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


def bodies_of(kept: Posts) -> list[str]:
    """What was posted to the webhook, as text."""
    return [str(body.get("message", body.get("text"))) for body in kept.bodies]


def home_at(folder: Path) -> NoticeHome:
    """A home in a folder of its own."""
    return NoticeHome(Home(folder))
