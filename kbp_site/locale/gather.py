"""Gathers every Indonesian sentence of the program into the English catalogue (`make messages`)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent
CATALOGUE = Path(__file__).parent / "en" / "LC_MESSAGES" / "kbp.po"

METHODS = [("**.py", "python"), ("**.jinja", "jinja2.ext:babel_extract")]
SENTENCES = {"text": None, "_": None, "text_in": ((1, "c"), 2)}
"""The calls whose first words are a sentence, anywhere in the program."""

RECORDS = PACKAGE / "content" / "records"
LABELS = {"field": (1, 2), "option": (2,)}
"""Label and help of a field, label of an option; elsewhere functions of these names take other words."""


def sentences() -> Iterator[tuple[str, str]]:
    """Yield every sentence that the program or its templates can say, with its context; some more than once."""
    for folder, keywords in ((PACKAGE, SENTENCES), (RECORDS, LABELS)):
        for _, _, message, _, context in extract_from_dir(str(folder), METHODS, keywords=keywords):
            for sentence in [message] if isinstance(message, str) else message:
                yield sentence, context or ""


def gather() -> bytes:
    """Return the catalogue with every sentence in it: known translations kept, unused ones left out."""
    with CATALOGUE.open("rb") as file:
        known = read_po(file, locale="en")
    catalogue = Catalog(locale="en", project="kbp-site", charset="utf-8", fuzzy=False)
    for sentence, context in sorted(set(sentences())):
        before = known.get(sentence, context or None)
        catalogue.add(sentence, before.string if before else "", context=context or None)
    written = BytesIO()
    write_po(written, catalogue, width=100, omit_header=True, sort_output=True)
    header = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: en\\n"\n\n'
    return header + written.getvalue()


if __name__ == "__main__":
    CATALOGUE.write_bytes(gather())
