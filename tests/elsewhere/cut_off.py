"""Runs a program as another user and without a network, and says how often anything in it asked for one.

`python cut_off.py REPORT PROGRAM …`: the kernel counts in a namespace of its own, whatever language a program is
written in. Where none can be made (`REPORT` says so) only Python's connections are counted, by `sitecustomize.py`.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
"""Of Linux's sched.h."""

SOMEBODY = 4711
COUNTED = {"Ip": ("OutNoRoutes",), "Tcp": ("ActiveOpens",), "Udp": ("OutDatagrams",)}


def cut_off() -> str:
    """Leave the network, and become somebody else where that can be; return how far it went."""
    user, group = os.getuid(), os.getgid()
    for flags, name in ((NEW_USER | NEW_NETWORK, "user and network"), (NEW_NETWORK, "network")):
        if ctypes.CDLL(None).unshare(flags) == 0:
            if flags & NEW_USER:
                Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
                Path("/proc/self/uid_map").write_text(f"{SOMEBODY} {user} 1", encoding="ascii")
                Path("/proc/self/gid_map").write_text(f"{SOMEBODY} {group} 1", encoding="ascii")
            return name
    return ""


def asked() -> int:
    """Return how often the network was asked for in this namespace."""
    rows = [line.split() for line in Path("/proc/self/net/snmp").read_text(encoding="ascii").splitlines()]
    found = 0
    for names, values in zip(rows[::2], rows[1::2], strict=True):
        table = dict(zip(names[1:], values[1:], strict=True))
        found += sum(int(table[name]) for name in COUNTED.get(names[0].rstrip(":"), ()))
    six = dict(line.split() for line in Path("/proc/self/net/snmp6").read_text(encoding="ascii").splitlines())
    return found + int(six["Ip6OutNoRoutes"])


def main(report: str, *words: str) -> int:
    """Run the program to its end, write the report, and end as it did."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    namespace = cut_off()
    before = asked()
    ended = subprocess.call(words)
    Path(report).write_text(json.dumps({"namespace": namespace, "asked": asked() - before}), encoding="ascii")
    return ended


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
