"""A page is set from plain values by a template of ours; typst enters the program here and nowhere else."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kbp_site.content.extras import with_extra
from kbp_site.kiosk.press.letters import font_files, lacking_in, settable

TEMPLATES = Path(__file__).parent / "templates"
UNSET = frozenset(["href", "alt"])
"""Names whose values are not set in letters: addresses, and words for who does not see."""

Values = Mapping[str, Any]
"""What a template is given: words, numbers, lists and mappings of them."""

Files = Mapping[str, bytes]
"""Pictures by the names under which values speak of them."""


def is_installed() -> bool:
    """Whether the extra `print` was installed."""
    return find_spec("typst") is not None


class Typesetter:
    """Sets documents in our fonts and no others; what it is given is never read as code.

    ``lacking`` gathers the letters that the fonts have not. Raises `KbpError` when typst is not installed.
    """

    def __init__(self) -> None:
        self.lacking: set[str] = set()
        self._typst = with_extra("typst", "print")
        folders = sorted({str(path.parent) for path in font_files()})
        self._fonts = self._typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)

    def count_pages(self, template: str, values: Values, files: Files) -> int:
        """Return how many pages a document takes."""
        drawn = self._compile(template, values, files, format="png", ppi=1)
        return len(drawn) if isinstance(drawn, list) else 1

    def set_pdf(self, template: str, values: Values, files: Files, *, is_tagged: bool = True) -> bytes:
        """Return a document as PDF/UA-1, its bytes the same each time.

        A document that is not ``is_tagged`` holds pages of another as pictures, which that standard does not know.
        """
        standards = ["ua-1"] if is_tagged else ["1.7"]
        made = self._compile(template, values, files, format="pdf", pdf_standards=standards)
        assert isinstance(made, bytes)
        return made

    def _compile(self, template: str, values: Values, files: Files, **settings: Any) -> bytes | list[bytes]:
        with tempfile.TemporaryDirectory(prefix="kbp-cetak-") as name:
            folder = Path(name)
            for path, source in _templates().items():
                (folder / path).write_text(source, encoding="utf-8")
            for path, data in files.items():
                (folder / path).write_bytes(data)
            compiler = self._typst.Compiler(
                folder / f"{template}.typ",
                root=folder,
                font_paths=self._fonts,
                sys_inputs={"values": json.dumps(self._settable(values), ensure_ascii=False)},
                package_path=folder,
                package_cache_path=folder,
            )
            made: bytes | list[bytes] = compiler.compile(timestamp=0, **settings)
            return made

    def _settable(self, value: Any, name: str = "") -> Any:
        """Return values whose words can all be set in our fonts."""
        match value:
            case str() if name not in UNSET:
                self.lacking |= lacking_in(value)
                return settable(value)
            case Mapping():
                return {key: self._settable(inner, key) for key, inner in value.items()}
            case list() | tuple():
                return [self._settable(inner, name) for inner in value]
        return value


@cache
def _templates() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.typ")}
