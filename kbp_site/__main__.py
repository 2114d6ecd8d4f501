"""`python -m kbp_site` is `kbp`."""

from __future__ import annotations

import signal
from importlib import import_module


def main() -> None:
    """Run the command line; who stops it while it still starts sees no traceback."""
    is_ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_ours:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    cli = import_module("kbp_site.cli")
    if is_ours:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


if __name__ == "__main__":
    main()
