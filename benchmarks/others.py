"""The stories of a made-up site as other generators want them: Markdown with front matter, beside a bare layout.

Each folder beside this module (`hugo/`, `eleventy/`, `mkdocs/`) holds one generator's settings and layout.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import Fields, Record, Size, records

LAYOUTS = Path(__file__).parent
STORIES = ("activities/", "study_visits/", "exhibitions/")
TAGGED = ("topics", "roles", "places", "venue")
TEXTS = {"process": "Proses", "purpose": "Tujuan", "goals": "Tujuan", "result": "Hasil"}


def write_hugo(root: Path, size: Size) -> None:
    """Write a site for Hugo."""
    _write(root, "hugo", root / "content", size)


def write_eleventy(root: Path, size: Size) -> None:
    """Write a site for Eleventy."""
    _write(root, "eleventy", root / "content", size)
    for folder in STORIES:
        path = root / "content" / folder / f"{folder.strip('/')}.json"
        path.write_text('{"layout": "story.njk"}\n', encoding="utf-8")


def write_mkdocs(root: Path, size: Size) -> None:
    """Write a site for MkDocs with Material."""
    _write(root, "mkdocs", root / "docs", size)
    (root / "docs" / "index.md").write_text("# KBP Rekaan\n", encoding="utf-8")


def _write(root: Path, generator: str, content: Path, size: Size) -> None:
    shutil.copytree(LAYOUTS / generator, root)
    for name, fields in stories(size):
        path = content / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(markdown(fields)), encoding="utf-8", newline="\n")


def stories(size: Size) -> Iterator[Record]:
    """Yield the stories of a made-up site: activities, study visits and exhibitions."""
    return (record for record in records(size) if record[0].startswith(STORIES))


def markdown(fields: Fields) -> Iterator[str]:
    """Yield a story as Markdown with front matter; what is not known of its date is its first day, or left out."""
    year, month, day = [*str(fields["date"]).rstrip("~").split("-"), "01", "01"][:3]
    yield "---\n"
    yield f"title: {json.dumps(fields['title'])}\n"
    yield f"description: {json.dumps(fields['summary'])}\n"
    if year.isdigit():
        yield f"date: {year}-{month}-{day}\n"
    yield f"tags: {json.dumps(tags(fields))}\n"
    yield "---\n"
    for name, heading in TEXTS.items():
        if name in fields:
            yield f"\n## {heading}\n\n{fields[name]}"


def tags(fields: Fields) -> list[str]:
    """Return what a story is found by: its topics, roles and places."""
    values = [fields.get(name, []) for name in TAGGED]
    return sorted({tag for value in values for tag in (value if isinstance(value, list) else [str(value)])})
