"""Problems as GitHub and GitLab show them beside a contribution."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence

from kbp_site.content.problems import Problem, Severity, printable, summary
from kbp_site.locale import Language, text

SUMMARY_BYTES = 1000 * 1024
"""A step's summary on GitHub is refused as a whole when it is larger than 1 MiB (GitHub docs, "Job summaries")."""

PEOPLE, FILES = "K5", "K1"


def by_importance(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems with the most important first.

    GitHub shows ten errors and ten warnings of a step: what touches people comes before what hides other
    faults, and the first fault of every file before the second of any.
    """
    nth: Counter[tuple[str, Severity]] = Counter()
    ranked = []
    for problem in sorted(problems, key=lambda problem: (_weight(problem), problem)):
        place = (problem.path, problem.severity)
        ranked.append((not problem.is_error, nth[place], _weight(problem), problem))
        nth[place] += 1
    return [problem for *_, problem in sorted(ranked)]


def _weight(problem: Problem) -> int:
    return 0 if problem.code.startswith(PEOPLE) else 1 if problem.code.startswith(FILES) else 2


def print_github(problems: Sequence[Problem], language: Language) -> str:
    """Write problems as workflow commands, the most important first."""
    return "\n".join(
        f"::{problem.severity.value} file={_property(problem.path)},line={problem.line},"
        f"col={problem.column},title={problem.code}::{_annotation(_sentence(problem, language))}"
        for problem in by_importance(problems)
    )


def _annotation(value: str) -> str:
    """Escape a value for a GitHub workflow command (its `%`, CR and LF would end the command)."""
    return printable(value).replace("%", "%25")


def _property(value: str) -> str:
    return _annotation(value).replace(":", "%3A").replace(",", "%2C")


def _sentence(problem: Problem, language: Language) -> str:
    said = problem.message.say(language)
    return f"{said} ({problem.hint.say(language)})" if problem.hint else said


def print_step_summary(problems: Sequence[Problem], language: Language) -> str:
    """Write all problems as a Markdown table for GitHub's summary of a step, as many as it takes."""
    head = [text("Tempat"), text("Kode"), text("Masalah"), text("Saran")]
    rows = [
        f"**{_markdown(summary(problems).say(language))}**\n",
        f"| {' | '.join(title.say(language) for title in head)} |",
        "|---|---|---|---|",
    ]
    size = sum(len(row.encode()) + 1 for row in rows)
    ordered = sorted(problems)
    for number, problem in enumerate(ordered):
        hint = problem.hint.say(language) if problem.hint else ""
        place = f"{problem.path}:{problem.line}:{problem.column}"
        row = f"| {' | '.join(map(_markdown, (place, problem.code, problem.message.say(language), hint)))} |"
        size += len(row.encode()) + 1
        if size > SUMMARY_BYTES:
            rest = text("… dan {count} masalah lagi.", count=len(ordered) - number)
            return "\n".join([*rows, "", rest.say(language), ""])
        rows.append(row)
    return "\n".join([*rows[: None if problems else 1], ""])


def _markdown(value: str) -> str:
    """Escape what Markdown, HTML and tables would take for their own."""
    plain = printable(value).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\`*_{}\[\]()#+!|~@>])", r"\\\1", plain)


def print_gitlab(problems: Sequence[Problem], language: Language) -> str:
    """Write problems as GitLab's code quality report (GitLab docs, "Code Quality report format").

    A fingerprint outlives a moved line, and no two are the same: GitLab shows one problem of each.
    """
    levels = {Severity.ERROR: "major", Severity.WARNING: "minor"}
    seen: Counter[str] = Counter()
    rows = []
    for problem in sorted(problems):
        same = f"{problem.path}\0{problem.code}\0{problem.message.say('id')}"
        fingerprint = hashlib.sha256(f"{same}\0{seen[same]}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
        seen[same] += 1
        rows.append(
            {
                "description": printable(_sentence(problem, language)),
                "check_name": problem.code,
                "fingerprint": fingerprint,
                "severity": levels[problem.severity],
                "location": {"path": printable(problem.path), "lines": {"begin": problem.line}},
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=2)
