"""No personal number stands in a source: identity, telephone, tax and account numbers, e-mail (K501–K504).

Sources are records with their comments and names, hand-written pages, and the files of `content/media/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kbp_site.content.as_read import in_flow
from kbp_site.content.checks.content import Content
from kbp_site.content.marks import Mark, problem_at
from kbp_site.content.media_words import media_names, media_words
from kbp_site.content.personal import (
    CODES,
    Finding,
    contact_key,
    cover,
    find,
    find_among,
    find_lines,
    may_hold,
    shown_of,
)
from kbp_site.content.problems import Fault, Problem, Severity
from kbp_site.content.records.site import Site
from kbp_site.content.source import Location, Source, Value
from kbp_site.locale import Sayable, Text, text


def check_privacy(content: Content) -> Iterator[Problem]:
    """Tell personal data in every record's file, unless it is an office's contact that the site lists."""
    allowed = allowed_contacts(content.site.record) if content.site else frozenset()
    for source in content.sources:
        yield from _not_allowed(_in_source(source), allowed)


def check_privacy_beyond(content: Content) -> Iterator[Problem]:
    """Tell personal data in hand-written pages and in media, unless the site lists it."""
    allowed = allowed_contacts(content.site.record) if content.site else frozenset()
    yield from _not_allowed(chain(_in_pages(content), _in_media(content)), allowed)


def _not_allowed(told: Iterable[tuple[Finding, Problem]], allowed: frozenset[str]) -> Iterator[Problem]:
    return (problem for finding, problem in told if not finding.may_stand(allowed))


def check_contacts(content: Content) -> Iterator[Problem]:
    """Warn of a contact that the site lists and that stands nowhere: so no exception is forgotten in the list."""
    if not content.site or not content.site.record.privacy.allowed_contacts:
        return
    site = content.site.source
    # Few files hold any of the contacts: only those are looked at closely.
    ends = [_tell_tale(contact.value) for contact in content.site.record.privacy.allowed_contacts]
    sources = (source for source in content.sources if any(end in source.text for end in ends))
    told = chain(*map(_in_source, sources), _in_pages(content), _in_media(content))
    used = {finding.key for finding, problem in told if not _is_listing(site, problem)}
    yield from _unused(content.site.record, site, used)


def _tell_tale(contact: str) -> str:
    """Return the part of a contact by which files are picked out: an address's name, a number's last digits."""
    return contact.partition("@")[0].strip() if "@" in contact else contact_key(contact)[-3:]


def allowed_contacts(site: Site) -> frozenset[str]:
    """Return the keys of all contacts that a site allows."""
    return frozenset(contact_key(contact.value) for contact in site.privacy.allowed_contacts)


def _is_listing(site: Source, problem: Problem) -> bool:
    """Whether a place is in the list of contacts itself."""
    span = site.span(("privacy", "allowed_contacts"))
    return problem.path == site.path and span.start.line <= problem.line <= span.end.line


def _unused(site: Site, source: Source, used: set[str]) -> Iterator[Problem]:
    for index, contact in enumerate(site.privacy.allowed_contacts):
        found = find(contact.value)
        if contact_key(contact.value) not in used and all(finding.rule.code in {"K502", "K503"} for finding in found):
            fault = Fault(
                "K503" if "@" in contact.value else "K502",
                text("kontak ini tidak ditemukan di mana pun"),
                text("betulkan nomor atau surelnya, atau hapus dari daftar bila tidak dipakai lagi"),
            )
            location = ("privacy", "allowed_contacts", index, "value")
            problem = source.problem(location, fault, severity=Severity.WARNING)
            yield replace(problem, excerpt=cover(problem.excerpt))


def _in_source(source: Source) -> Iterator[tuple[Finding, Problem]]:
    """Yield what a record's file holds: in its name, in each line, and in values that no line shows whole.

    A number that goes on in the next line, or over many spaces, is one number to whoever reads the page.
    """
    is_plain = "\\" not in source.text and not _parts_digits(source.text)
    if is_plain and not may_hold(f"{source.path.rpartition('/')[2]} {source.flow}"):
        return
    lines, values = source.text.split("\n"), tuple(scalars(source.values))
    values += tuple((location, LINK.sub("", value)) for location, value in values if _parts_digits(value))
    read = tuple(in_flow(value) for _, value in values)
    seen: set[str] = set()
    for index, finding in find_among([source.path.rpartition("/")[2], *lines, *read]):
        if index == 0:
            yield finding, _tell(source.path, 1, finding, column=1)
        elif index <= len(lines):
            seen.add(finding.key)
            # Unseen characters became spaces before YAML was read; the line as it stands has them.
            yield finding, _tell(source.path, index, finding, line=lines[index - 1])
        elif not _goes_on(finding.key, seen):
            seen.add(finding.key)
            yield finding, _tell_in_flow(source, lines, values[index - len(lines) - 1][0], finding)


TITLE = r"""(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|\([^()\n]{0,300}\))"""
ADDRESS = r"(?:<[^<>\n]{0,300}>|(?:[^()\s]|\([^()\s]{0,300}\)){0,300})"
AFTER = rf"(?:\( ?{ADDRESS}(?: {{1,3}}{TITLE})? ?\)|\[[^\[\]\n]{{0,100}}\])"
TARGET = rf"\]{AFTER}"
OPENED = re.compile(r"\[(?<=\d\[)[\s*_]{0,3}[\d\]&]")
CLOSED = re.compile(rf"\](?<=[\d\[ *_;]\]){AFTER}[\s*_]{{0,3}}\[?[\s*_]{{0,3}}\d")
LINK = re.compile(rf"{TARGET}|\[")
"""Digits that a link parts from others in the source, not on the page, where it begins and where it ends, with or
without words of its own; and what is not seen of a link. Each of the first two begins with one character, for which
Python looks quickly."""


def _parts_digits(written: str) -> bool:
    """Whether a link parts digits that follow each other on the page."""
    return OPENED.search(written) is not None or CLOSED.search(written) is not None


UNSHOWN = rf"(?:\s|\[|{TARGET})*"


def _tell_in_flow(source: Source, lines: Sequence[str], location: Location, finding: Finding) -> Problem:
    """Tell what no line shows whole where it begins in the source, covered; else at its value."""
    span = source.span(location)
    written = "\n".join(lines[span.start.line - 1 : span.end.line])
    found = re.search(UNSHOWN.join(map(re.escape, "".join(finding.value.split()))), written)
    if not found:
        return _tell(source.path, span.start.line, finding, column=span.start.column)
    number = span.start.line + written.count("\n", 0, found.start())
    begin = written.rfind("\n", 0, found.start()) + 1
    hidden = found.start() + shown_of(finding.value)
    covered = written[:hidden] + re.sub(r"\w", "•", written[hidden : found.end()]) + written[found.end() :]
    problem = _tell(source.path, number, finding, column=found.start() - begin + 1)
    return replace(problem, excerpt=cover(covered[begin:].partition("\n")[0]))


def _goes_on(key: str, seen: set[str]) -> bool:
    """Whether a number begins with one that was seen: what follows a whole number is another one."""
    return any(key[:end] in seen for end in range(1, len(key) + 1))


def _in_pages(content: Content) -> Iterator[tuple[Finding, Problem]]:
    """Yield what hand-written pages hold; what is not text there is the host's to refuse."""
    for path in sorted((content.root / "docs").rglob("*.md")):
        name = path.relative_to(content.root).as_posix()
        if path.is_file() and not path.is_symlink():
            for number, line, finding in find_lines(path.read_text(encoding="utf-8", errors="replace")):
                yield finding, _tell(name, number, finding, line=line)


def _in_media(content: Content) -> Iterator[tuple[Finding, Problem]]:
    """Yield what names and words of media hold: what a camera wrote beside a photo, and documents as they are given."""
    folder = content.root / "content" / "media"
    for name in media_names(folder):
        path = f"content/media/{name}"
        for finding in find(name):
            yield finding, _tell(path, 1, finding, column=1)
        seen: set[str] = set()
        told = list(media_words(folder, name))
        for index, finding in find_among([words for _, words in told]):
            if finding.key not in seen:
                seen.add(finding.key)
                yield finding, _tell(path, told[index][0], finding, column=1)


def scalars(value: Value, location: Location = ()) -> Iterator[tuple[Location, str]]:
    """Yield every text of a file's values with where it stands."""
    if isinstance(value, str):
        yield location, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from scalars(inner, (*location, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from scalars(inner, (*location, index))


def _tell(path: str, line_number: int, finding: Finding, *, line: str = "", column: int = 0) -> Problem:
    """Tell a finding: in a line, which is shown with all personal data covered, or at a column."""
    fault = Fault(finding.rule.code, finding.message, finding.rule.hint)
    mark = Mark(line_number, column or finding.start + 1)
    problem = problem_at(path, (), mark, fault, width=finding.end - finding.start)
    return replace(problem, excerpt=cover(line)) if line else problem


def cover_others(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Cover personal data in the excerpts and words of problems of other rules (ours are covered already)."""
    for problem in problems:
        if problem.code in CODES:
            yield problem
            continue
        yield replace(
            problem,
            message=_cover_words(problem.message),
            hint=problem.hint and _cover_words(problem.hint),
            excerpt=cover(problem.excerpt),
        )


def _cover_words(words: Text) -> Text:
    values = tuple((name, value if isinstance(value, Sayable) else cover(str(value))) for name, value in words.values)
    return Text(words.template, values)
