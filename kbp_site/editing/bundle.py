"""The program of the web form as it was bundled: it is used only if every file is what was recorded.

`make vendor` makes it of the packages that `form_app/package-lock.json` pins, and it comes with the wheel. Run as a
program, this module prints its record anew.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.locale import text

APP = Path(__file__).parent / "form_app"
BUNDLE, RECORD, LOCK = APP / "bundle", APP / "bundle.json", APP / "package-lock.json"


def read_bundle() -> Mapping[str, bytes]:
    """Return every file of the bundle by its path below it.

    Raises `KbpError` (exit 3) when it was not made, or is not what was recorded.
    """
    files = {path.relative_to(BUNDLE).as_posix(): path.read_bytes() for path in sorted(BUNDLE.rglob("*.*"))}
    if not files:
        raise KbpError(
            text("program formulir belum dibuat; jalankan make vendor di folder program"), exit_code=ExitCode.SYSTEM
        )
    wanted: dict[str, str] = json.loads(RECORD.read_bytes())["sha256"]
    if digests(files) != wanted:
        raise KbpError(
            text("program formulir bukan yang tercatat; jalankan make vendor di folder program"),
            exit_code=ExitCode.SYSTEM,
        )
    return files


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of every file."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def record() -> dict[str, Any]:
    """Return what is recorded of the bundle as it lies there: packages with version and licence, and every digest."""
    packages = json.loads(LOCK.read_bytes())["packages"]
    direct = [*packages[""]["dependencies"], *packages[""]["devDependencies"]]
    found = {name: packages[f"node_modules/{name}"] for name in direct}
    files = {path.relative_to(BUNDLE).as_posix(): path.read_bytes() for path in sorted(BUNDLE.rglob("*.*"))}
    return {
        "packages": {name: {"version": row["version"], "licence": row["license"]} for name, row in found.items()},
        "sha256": digests(files),
    }


if __name__ == "__main__":
    sys.stdout.write(f"{json.dumps(record(), indent=2)}\n")
