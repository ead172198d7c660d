"""Postfix as a process of the test: on loopback, with folders of its own, for two people of example.org."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

POSTFIX = shutil.which("postfix") or "/usr/sbin/postfix"
WHY_NOT = "Postfix is not installed, or this is not root, whom it needs to begin"
IS_THERE = Path(POSTFIX).exists() and os.geteuid() == 0

_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.example.org
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ {{ ann@example.org = ann/ }}, {{ bob@example.org = bob/ }} }}
virtual_uid_maps = static:{user}
virtual_gid_maps = static:{group}
virtual_minimum_uid = 1
alias_maps =
maillog_file = {folder}/maillog
maillog_file_prefixes = {folder}
smtpd_recipient_restrictions = reject_unlisted_recipient, permit_mynetworks, reject
"""
_MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass
class Postfix:
    """A mail server in a folder; `boxes` are its people's."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """The address of a channel by which everybody is reached at his own."""
        return f"mailto://127.0.0.1:{self.port}?from=scores@example.org&to={{recipient}}@example.org&mode=insecure"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(
            [POSTFIX, "-c", str(self.folder / "conf"), "start-fg"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError((self.folder / "maillog").read_text() or "Postfix does not answer")

    def stop(self) -> None:
        """Stop it and wait for its end."""
        if self.process is not None:
            subprocess.run([POSTFIX, "-c", str(self.folder / "conf"), "stop"], capture_output=True, check=False)
            self.process.wait(30)
            self.process = None

    def box(self, person: str, count: int) -> list[EmailMessage]:
        """What lies in somebody's box, once there are so many or five seconds are over."""
        for _ in range(50):
            paths = sorted((self.folder / "mail" / person / "new").glob("*"))
            if len(paths) >= count:
                break
            time.sleep(0.1)
        found = []
        for path in paths:
            message = message_from_bytes(path.read_bytes(), policy=policy.default)
            assert isinstance(message, EmailMessage)
            found.append(message)
        return found


@contextmanager
def postfix() -> Iterator[Postfix]:
    """Run it. Its own users have to come to its folder, so this is none of pytest's."""
    folder = Path(tempfile.mkdtemp(prefix="scorehouse-postfix-"))
    folder.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    nobody, owner = pwd.getpwnam("nobody"), pwd.getpwnam("postfix")
    for name in ("conf", "queue", "data", "mail"):
        (folder / name).mkdir()
    os.chown(folder / "data", owner.pw_uid, owner.pw_gid)
    os.chown(folder / "mail", nobody.pw_uid, nobody.pw_gid)
    settings = _MAIN.format(folder=folder, user=nobody.pw_uid, group=nobody.pw_gid)
    (folder / "conf" / "main.cf").write_text(settings)
    (folder / "conf" / "master.cf").write_text(_MASTER.format(port=port))
    server = Postfix(folder, port)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
