"""What can be wrong: an editor's fault is a `Problem`, an operator's is a `KbpError`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum

from kbp_site.content.changes import Edit
from kbp_site.locale import Language, Text, text

EXCERPT_LIMIT = 100
"""Characters of a line that the text output shows around a fault."""

TEXT_LIMIT = 200
"""Problems that the text output shows; the rest are counted, since nobody reads more at once."""


class ExitCode(IntEnum):
    """The exit codes of the command line's contract."""

    DONE = 0
    CONTENT = 1
    USAGE = 2
    SYSTEM = 3
    LOCKED = 4


class KbpError(Exception):
    """An operator's mistake or a failure of the system: one line, no traceback."""

    def __init__(self, message: Text, *, exit_code: ExitCode = ExitCode.USAGE) -> None:
        super().__init__(message.say("id"))
        self.message = message
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[type[KbpError], tuple[Text], dict[str, ExitCode]]:
        """Let a worker's error reach whoever waits for it: pickle would pass the words alone."""
        return type(self), (self.message,), {"exit_code": self.exit_code}


class Severity(StrEnum):
    """How much a problem weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Fault:
    """What is wrong with one value, before anyone knows where the value stands.

    ``needle`` is the part of the value that is meant; empty for the whole value. ``instead`` is what
    stands in its place once it is mended, where that needs no judgement.
    """

    code: str
    message: Text
    hint: Text | None = None
    needle: str = ""
    instead: str = ""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of content at one place; lines and columns count from 1, ``path`` from the root.

    ``edit`` mends it, where that is mechanical.
    """

    path: str
    line: int
    column: int
    code: str
    message: Text = field(compare=False)
    hint: Text | None = field(default=None, compare=False)
    severity: Severity = field(default=Severity.ERROR, compare=False)
    excerpt: str = field(default="", compare=False)
    width: int = field(default=1, compare=False)
    edit: Edit = field(default=(), compare=False)
    is_left_out: bool = field(default=False, compare=False)
    """Whether what it is about is left out of the site by itself, so that a build need not wait for the editor."""

    @property
    def is_error(self) -> bool:
        """Whether the problem stops a build."""
        return self.severity is Severity.ERROR


def as_built(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems as a build tells them: what is left out of the site by itself is a warning."""
    return tuple(
        replace(problem, severity=Severity.WARNING) if problem.is_left_out else problem for problem in problems
    )


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any of the problems stops a build."""
    return any(problem.is_error for problem in problems)


def counts(problems: Iterable[Problem]) -> dict[str, int]:
    """Count problems by severity; both keys are always there."""
    counted = Counter(problem.severity.value for problem in problems)
    return {severity.value: counted[severity.value] for severity in Severity}


def printable(value: str) -> str:
    """Escape what could steer a terminal or turn text around (ANSI, bidirectional, line ends)."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in value)


def _json(value: object) -> str:
    """Write JSON for people; half characters, as a file's name may hold them, stay escapes."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode()


def print_json(problems: Sequence[Problem], language: Language) -> str:
    """Write all problems as the one JSON object of the contract."""
    rows = [
        {
            "code": problem.code,
            "severity": problem.severity.value,
            "path": printable(problem.path),
            "line": problem.line,
            "column": problem.column,
            "message": printable(problem.message.say(language)),
            "hint": printable(problem.hint.say(language)) if problem.hint else "",
        }
        for problem in sorted(problems)
    ]
    return _json({"version": 1, "problems": rows, "counts": counts(problems)})


SEVERITY_WORDS = {Severity.ERROR: text("galat"), Severity.WARNING: text("peringatan")}


def _lines_of(problem: Problem, language: Language) -> Iterator[str]:
    word = SEVERITY_WORDS[problem.severity].say(language)
    yield f"{word}[{problem.code}]: {printable(problem.message.say(language))}"
    yield f"  --> {printable(problem.path)}:{problem.line}:{problem.column}"
    margin = " " * len(str(problem.line))
    if shown := show_excerpt(problem):
        yield f" {margin} |"
        yield from (f" {line}" for line in shown)
    if problem.hint:
        hint = text("saran: {hint}", hint=printable(problem.hint.say(language)))
        yield f" {margin} = {hint.say(language)}"
    yield ""


def show_excerpt(problem: Problem) -> list[str]:
    """Return the line that a problem stands in, with its number, and below it what points to the place."""
    if not problem.excerpt.strip():
        return []
    margin = " " * len(str(problem.line))
    cut = max(0, problem.column - EXCERPT_LIMIT // 2)
    before = printable(problem.excerpt[cut : problem.column - 1])
    room = max(EXCERPT_LIMIT - len(before), 1)
    after = printable(problem.excerpt[problem.column - 1 :][:room])
    meant = min(problem.width, len(after)) or 1
    return [f"{problem.line} | {before}{after}", f"{margin} | {' ' * len(before)}{'^' * meant}"]


def print_text(problems: Sequence[Problem], language: Language) -> str:
    """Write problems for a person: the first `TEXT_LIMIT` of them, then how many there are."""
    ordered = sorted(problems)
    lines = [line for problem in ordered[:TEXT_LIMIT] for line in _lines_of(problem, language)]
    if len(ordered) > TEXT_LIMIT:
        rest = text("… dan {count} masalah lagi.", count=len(ordered) - TEXT_LIMIT)
        lines.append(rest.say(language))
    return "\n".join([*lines, summary(problems).say(language)])


def summary(problems: Sequence[Problem]) -> Text:
    """Say in one line how the content stands."""
    counted = counts(problems)
    if not problems:
        return text("Isi situs dalam keadaan baik: tidak ada masalah.")
    return text(
        "Jumlah galat: {errors}. Jumlah peringatan: {warnings}.",
        errors=counted["error"],
        warnings=counted["warning"],
    )
