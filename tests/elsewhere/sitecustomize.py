"""Python begins with this in each process of another machine: its clock is moved, its connections are written down."""

from __future__ import annotations

import datetime
import os
import sys
import time
from typing import Any

SHIFT = int(os.environ["KBP_TEST_SHIFT"])
"""Seconds by which the clock of this machine differs."""

REPORT = os.open(os.environ["KBP_TEST_CONNECTIONS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
ASKING = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}


def count(event: str, arguments: tuple[Any, ...]) -> None:
    """Write down what speaks to a network; a socket among the processes of one machine has a path, and is none."""
    if event in ASKING and not (event != "socket.getaddrinfo" and isinstance(arguments[-1], str | bytes)):
        os.write(REPORT, f"{event} {arguments[1:] if 'info' not in event else arguments}\n".encode())


sys.addaudithook(count)

now, now_ns, to_utc, to_local = time.time, time.time_ns, time.gmtime, time.localtime
time.time = lambda: now() + SHIFT
time.time_ns = lambda: now_ns() + SHIFT * 10**9
time.gmtime = lambda seconds=None: to_utc(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: to_local(time.time() if seconds is None else seconds)


class OfAll(type):
    """Lets every moment be one of the moved class."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, ORIGINAL)


ORIGINAL = datetime.datetime


class Moved(datetime.datetime, metaclass=OfAll):
    """A moment as this machine's clock says it."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        """Return the moment."""
        return ORIGINAL.now(tz) + datetime.timedelta(seconds=SHIFT)

    @classmethod
    def utcnow(cls) -> Any:
        """Return the moment, as UTC says it."""
        return ORIGINAL.now(datetime.UTC).replace(tzinfo=None) + datetime.timedelta(seconds=SHIFT)

    @classmethod
    def today(cls) -> Any:
        """Return the moment."""
        return cls.now()


datetime.datetime = Moved  # type: ignore[misc]
