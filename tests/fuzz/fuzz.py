"""Throws what comes at everything that reads: `make fuzz`, for `FUZZ_SECONDS` (300).

Every round is a process of its own with limits; what fails is made small by Hypothesis and printed, and belongs
into `tests/cases` or a test before it is mended.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import html5lib
from docx import Document
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kbp_site.content.checks.claims import judge_claim
from kbp_site.content.dates import DateFault, meant_date, parse_date, parse_day
from kbp_site.content.load import judge_file, load
from kbp_site.content.markup import ALLOWED, ATTRIBUTES, judge_link, judge_prose, to_html
from kbp_site.content.problems import KbpError, has_errors, print_text
from kbp_site.content.records.base import Claim
from kbp_site.editing.imports.chat import Choice, import_chat
from kbp_site.editing.imports.session import Wish
from kbp_site.editing.imports.sheet import import_sheet
from kbp_site.editing.imports.word import import_words
from tests.any_words import BATCHES, judge, plain
from tests.copies import PROJECT, copy_site

SECONDS, MEGABYTES = 2, 256
"""What one input may take: processor time (on a busy machine too), and memory beside the program's own."""

ROUND_SECONDS = 120
TODAY = date(2026, 11, 23)
RECORD = "content/activities/x.yml"
CORPUS = [
    path.read_bytes()
    for folder in ("content", "tests/sites/full/content")
    for path in sorted((PROJECT / folder).rglob("*.yml"))
]
HIDDEN = "\u2028\u202e\ufeff\0\x85\u200b\ud7ff😀 0812-3456-7890 3201014508900003 2006-02-30"
PIECES = [
    piece.encode("latin-1")
    for piece in (
        "[",
        "{",
        "- ",
        "? ",
        ": ",
        "&a ",
        "*a",
        "<<: ",
        "!!",
        "|\n",
        ">-\n",
        '"',
        "'",
        "#",
        "---\n",
        "\t",
        "  ",
    )
] + [b"\xff\xfe", b"\xc3", b"\r", b"\r\n\r\n", b"\\", b"title: ", b"photos:\n- file: ", b"date: ", b"claims:\n- "]
PIECES += [HIDDEN.encode(), b"[x](javascript:a) <b>"]
DATE_WORDS = "0123456789-–/. awalkhirtengsmgupukul,±c.sekitrdabutnu1945Agustus\u00a0０"
PROSE = "ab 1.-+*_`~#>|[]()!:\\&;{}=\n\"'/<@\t\u00a0é"
CHAT_LINES = [
    *("17/08/06 10.22 - Budi: halo", "[17/08/06, 10:22:01] Ani: ya", "8/17/06, 10:22 PM - X: y", "lanjutan", ""),
    *(
        "17/08/06 10.22 - +62 812-3456-7890: <Media tidak disertakan>",
        "\u200e[17.08.2006 10.22] ~A: b",
        "99/99/99 1.1 - a",
    ),
]


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """Give a real record with a few pieces cut out, doubled, or put in."""
    data = draw(st.sampled_from(CORPUS))
    for _ in range(draw(st.integers(1, 4))):
        start, length = draw(st.integers(0, len(data))), draw(st.integers(0, 60))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8), st.just(data[start : start + length])))
        data = data[:start] + piece * draw(st.sampled_from([1, 1, 1, 2, 50])) + data[start + length :]
    return data


@contextmanager
def site() -> Iterator[Path]:
    """Give a small site for one import."""
    with TemporaryDirectory(prefix="kbp-fuzz-") as folder:
        yield copy_site("minimal", Path(folder) / "akar")


def is_sound(root: Path) -> None:
    """See that an import made nothing that the checks refuse."""
    problems = load(root, today=TODAY).problems
    assert not has_errors(problems), print_text(problems, "id")


@given(st.one_of(spoilt(), st.binary(max_size=400), st.lists(st.sampled_from(PIECES), max_size=80).map(b"".join)))
def loader(data: bytes) -> None:
    """Any bytes give a record or problems, and the problems can be said."""
    print_text(judge_file(PROJECT, RECORD, data), "id").encode("utf-8")


@given(st.one_of(st.text(DATE_WORDS, max_size=40), st.text(max_size=40)))
def dates(written: str) -> None:
    """Any words give a date or a fault, and a date is read again as itself."""
    for parse in (parse_date, parse_day, meant_date):
        try:
            found = parse(written)
        except DateFault as error:
            assert error.fault.code == "K205"
            continue
        if parse is meant_date and isinstance(found, str) and found:
            parse_date(found)


@given(st.one_of(st.text(PROSE, max_size=120), st.text(max_size=60)))
def prose(words: str) -> None:
    """What is judged to be sound shows nothing else, alone and between the other texts of a page."""
    words = words.strip("\n").rstrip()
    if judge_prose(words):
        return
    for element in html5lib.parseFragment(to_html(words), namespaceHTMLElements=False).iter():
        if isinstance(element.tag, str) and element.tag != "DOCUMENT_FRAGMENT":
            assert element.tag in ALLOWED, element.tag
            assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set()), element.attrib
            assert "href" not in element.attrib or not list(judge_link(element.attrib["href"]))
    page = to_html(f"Awal.\n\n## Satu\n\n{words}\n\n## Dua\n\nAkhir.")
    assert page.startswith("<p>Awal.</p>\n<h2>Satu</h2>"), page
    assert page.endswith("<h2>Dua</h2>\n<p>Akhir.</p>"), page


VALUES = st.one_of(st.integers(-5, 10**20).map(str), st.text(max_size=12), st.none(), st.lists(st.text(max_size=3)))
PARTS = st.lists(
    st.fixed_dictionaries({"label": st.text(max_size=5), "value": st.one_of(st.integers(0, 999).map(str), VALUES)}),
    max_size=4,
)


@given(
    st.fixed_dictionaries({"about": st.text("ab ", min_size=1, max_size=9), "parts": st.one_of(PARTS, VALUES)}),
    st.integers(0, 4),
    st.data(),
)
def claims(values: dict[str, object], sources: int, data: st.DataObject) -> None:
    """Any figures are read and judged, or refused with words."""
    rest = {name: data.draw(VALUES) for name in Claim.model_fields if name not in values and data.draw(st.booleans())}
    try:
        claim = Claim.model_validate(values | rest)
    except ValidationError as error:
        assert error.errors(include_url=False)
        return
    for _, fault in judge_claim(claim, sources=sources):
        assert fault.message.say("id")


@given(st.lists(st.one_of(st.sampled_from(CHAT_LINES), st.text(max_size=40)), max_size=12), st.booleans())
def chat(lines: list[str], keeps: bool) -> None:
    """Any chat comes in as a sound draft, or is told."""
    with site() as root:
        file = root.parent / "chat.txt"
        file.write_bytes("\n".join(lines).encode("utf-8", "replace"))
        try:
            import_chat(Wish(root), file, "activities", Choice(date(2000, 1, 1), None, keeps))
        except KbpError:
            return
        is_sound(root)


CELLS = st.one_of(
    st.sampled_from(
        ["Judul", "Tanggal", "Tempat", "Peserta", "17/8/2006", "1.200", "=1+1", "0812-3456-7890", "Rp5.000"]
    ),
    st.text(max_size=20),
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6), st.sampled_from(";,\t|"), st.binary(max_size=6))
def sheet(rows: list[list[str]], mark: str, noise: bytes) -> None:
    """Any table comes in as sound drafts, or is told."""
    with site() as root:
        file = root.parent / "tabel.csv"
        file.write_bytes("\n".join(mark.join(row) for row in rows).encode("utf-8", "replace") + noise)
        try:
            import_sheet(Wish(root), file, "activities")
        except KbpError:
            return
        is_sound(root)


XML_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=60)


@given(
    st.lists(st.one_of(st.text(PROSE.replace("\t", ""), max_size=80), XML_TEXT), max_size=6),
    st.integers(0, 4000),
    st.binary(max_size=3),
)
def word(paragraphs: list[str], at: int, noise: bytes) -> None:
    """Any Word file, sound or spoilt, comes in as a sound draft, or is told."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    made = BytesIO()
    document.save(made)
    data = made.getvalue()
    with site() as root:
        file = root.parent / "a.docx"
        file.write_bytes(data[:at] + noise + data[at + len(noise) :])
        try:
            import_words(Wish(root), [file], "activities")
        except KbpError:
            return
        is_sound(root)


@given(BATCHES)
def anywhere(batch: list[str]) -> None:
    """Any words in any plain field are shown as written wherever they stand, and make nothing."""
    judge(batch)


EXAMPLES: dict[Callable[[], None], int] = {
    loader: 1000, dates: 1000, prose: 1000, claims: 300, chat: 60, sheet: 60, word: 60, anywhere: 15,
}  # fmt: skip
"""How many inputs a round of each target has: an import takes far longer than a text."""


def timed(target: Callable[[], None]) -> Callable[[], None]:
    """Return a target that fails for an input that takes too long."""
    inner = target.hypothesis.inner_test  # type: ignore[attr-defined]

    def judged(*arguments: object, **named: object) -> None:
        began = time.process_time()
        inner(*arguments, **named)
        took = time.process_time() - began
        assert took < SECONDS, f"{took:.1f} s"

    target.hypothesis.inner_test = judged  # type: ignore[attr-defined]
    return target


def fuzz(target: Callable[[], None], number: int) -> int:
    """Run one round of a target in a process of its own; return how it ended (0 when nothing was found)."""
    child = os.fork()
    if child == 0:
        signal.alarm(ROUND_SECONDS)
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + MEGABYTES * 1024**2
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        checks = [
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.filter_too_much,
            HealthCheck.large_base_example,
        ]
        options = settings(max_examples=EXAMPLES[target], deadline=None, database=None, suppress_health_check=checks)
        try:
            seed(number)(options(timed(target)))()
        except BaseException:  # whatever came of it is told, with the input
            sys.excepthook(*sys.exc_info())
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> int:
    """Fuzz until the time is over; 1 when something was found."""
    plain()  # what harmless words give is told once, before there are limits
    until = time.monotonic() + float(os.environ.get("FUZZ_SECONDS", "300"))
    rounds: Counter[str] = Counter()
    failed: dict[str, int] = {}
    while time.monotonic() < until and len(failed) < len(EXAMPLES):
        for target in EXAMPLES:
            number = random.randrange(2**32)
            if target.__name__ not in failed and time.monotonic() < until:
                ended = fuzz(target, number)
                rounds[target.__name__] += EXAMPLES[target]
                if ended:
                    failed[target.__name__] = number
                    print(f"{target.__name__}: ended with {ended} (seed {number})", flush=True)
    print(", ".join(f"{name}: {count}" for name, count in rounds.items()))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
