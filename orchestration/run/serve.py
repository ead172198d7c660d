"""Serving the pages and Dagster's UI on loopback, for a look; a real server does it in a company's network.

A missing file under /data/ is a 404 and never the shell: a page must see that its data are gone. Any other
unknown path is answered with index.html, because the shell finds its own way from the address. Files that begin with a
dot are none of the site. Only who asks for this machine by its own name is answered: a page of a stranger, whose name
was pointed at 127.0.0.1, would read the data in the visitor's browser otherwise.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from orchestration.defs.instance import DEFINITIONS_MODULE, prepare_instance_folder
from orchestration.home.errors import ScorehouseError
from orchestration.home.paths import HOME_VARIABLE, Home
from orchestration.warehouse.dbt_project import ensure_manifest

LOOPBACK = "127.0.0.1"

_OWN_NAMES = {LOOPBACK, "localhost", "::1"}

_PATIENCE = 30
"""So many seconds Dagster's processes have to end by themselves."""


class ServeError(ScorehouseError, RuntimeError):
    """The pages can't be served; the message says what to do."""


class PageHandler(SimpleHTTPRequestHandler):
    """Files of the site; unknown paths get the shell, except under /data/."""

    extensions_map = {  # noqa: RUF012 - the base class's own form
        **SimpleHTTPRequestHandler.extensions_map,
        ".wasm": "application/wasm",
        ".json": "application/json",
        ".js": "text/javascript",
        ".csv": "text/csv; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
    }

    def send_head(self):  # type: ignore[no-untyped-def]
        """Answer with the file asked for, the shell, or 404."""
        if not _is_own_name(self.headers.get("Host")):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, explain=f"Ask for http://{LOOPBACK} or http://localhost.")
            return None
        path = unquote(urlsplit(self.path).path)
        if any(part.startswith(".") for part in path.split("/")):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        file = Path(self.translate_path(self.path))
        if not file.is_file() and not (file / "index.html").is_file():
            if _is_data(path):
                self.send_error(HTTPStatus.NOT_FOUND)
                return None
            self.path = "/index.html"
        return super().send_head()

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """Refuse listings: names of scopes are data."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Note the status: only what was found may be kept by a browser."""
        self._status = code
        super().send_response(code, message)

    def end_headers(self) -> None:
        """Say how long a file may be kept: data files never change, everything else is asked for again."""
        is_manifest = urlsplit(self.path).path.endswith("/manifest.json")
        is_immutable = self._status == HTTPStatus.OK and _is_data(self.path) and not is_manifest
        self.send_header("Cache-Control", "max-age=31536000, immutable" if is_immutable else "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class's own name
        """Keep quiet: a page asks for a dozen files."""


def _is_own_name(host: str | None) -> bool:
    # With whatever port: a tunnel has one of its own.
    try:
        return urlsplit(f"//{host or ''}").hostname in _OWN_NAMES
    except ValueError:
        return False


def _is_data(path: str) -> bool:
    # /data/... of everybody's pages, /audiences/<name>/<team or agent>/data/... of the others.
    parts = PurePosixPath(path).parts
    return parts[1:2] == ("data",) or (parts[1:2] == ("audiences",) and parts[4:5] == ("data",))


def page_server(site: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of the site on loopback, not yet started; port 0 takes a free one."""
    if not (site / "index.html").is_file():
        raise ServeError(f"{site}: no pages here yet. Remedy: scorehouse run (without --no-site).")
    return ThreadingHTTPServer((LOOPBACK, port), partial(PageHandler, directory=str(site)))


# Of Dagster's own: nobody here can do anything about them, and they would be the first lines that a person sees.
QUIET_WARNINGS = "ignore:Function `dev_command`,ignore:Parameter `backfill_policy`"


def dagster_command(port: int) -> list[str]:
    """Return the command of Dagster's UI and its daemon (schedule, sensor) on loopback."""
    quiet = ["--log-level", "warning", "--code-server-log-level", "warning"]
    return [
        *(sys.executable, "-m", "dagster", "dev"),
        *("-m", DEFINITIONS_MODULE, "-h", LOOPBACK, "-p", str(port)),
        *quiet,
    ]


def dagster_environment(home: Home) -> dict[str, str]:
    """Return the environment of Dagster's processes: the home, and no warnings of Dagster's about itself."""
    return os.environ | {HOME_VARIABLE: str(home.root), "PYTHONWARNINGS": QUIET_WARNINGS}


def serve(home: Home, port: int, dagster_port: int | None, tell: Callable[[str], None]) -> None:
    """Serve the pages, and Dagster's UI if a port is given for it, until interrupted or told to end (SIGTERM).

    Raises ServeError if there are no pages or a port is taken.
    """
    home.create_folders()
    ui: subprocess.Popen[bytes] | None = None
    is_ending = threading.Event()
    try:
        server = page_server(home.site, port)
    except OSError as error:
        raise ServeError(f"port {port}: {error.strerror}. Remedy: choose another by --port.") from error
    with server, _ended_as_interrupted():
        try:
            if dagster_port is not None:
                ensure_manifest()
                prepare_instance_folder(home)
                command = dagster_command(dagster_port)
                environment = dagster_environment(home)
                # In a group of its own: it ends as a whole, with what Dagster started, and by one signal only.
                ui = subprocess.Popen(  # noqa: S603 - fixed command
                    command,
                    env=environment,
                    start_new_session=True,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                )
                threading.Thread(target=_pass_on, args=(ui, is_ending), name="Dagster's words", daemon=True).start()
                tell(f"Dagster's UI: http://{LOOPBACK}:{dagster_port}")
            tell(f"Pages: http://{LOOPBACK}:{server.server_address[1]}   (Ctrl-C ends)")
            server.serve_forever()
        except KeyboardInterrupt:
            is_ending.set()
            tell("Ended.")
        finally:
            if ui is not None:
                _end_group(ui)


def _pass_on(started: subprocess.Popen[bytes], is_ending: threading.Event) -> None:
    """Pass on what Dagster's processes say, but not the stacks of those that are told to end."""
    for line in started.stdout or ():
        if not is_ending.is_set():
            sys.stdout.write(line.decode(errors="replace"))
            sys.stdout.flush()


@contextmanager
def _ended_as_interrupted() -> Iterator[None]:
    """Take SIGTERM for Ctrl-C meanwhile. Only the main thread can; another one is ended by whoever started it.

    SIGINT as well: a shell that starts something in the background has it ignored, by all that this starts too.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, signal.default_int_handler) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _end_group(leader: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started: asked first, and those that stay are killed."""
    with suppress(ProcessLookupError):
        os.killpg(leader.pid, signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        leader.wait(_PATIENCE)
    with suppress(ProcessLookupError):
        os.killpg(leader.pid, signal.SIGKILL)
    leader.wait()
