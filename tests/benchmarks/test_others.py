"""The stories that other generators get are those that KBP Site gets."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from benchmarks.corpus import Size, write_corpus
from benchmarks.others import markdown, stories, write_eleventy, write_hugo, write_mkdocs

SIZE = Size(stories=20, words=40)
STORY = {"title": 'Rapat "RT"', "summary": "Warga rapat.", "roles": ["pencatat"], "places": ["a"], "topics": ["a", "b"]}


@pytest.mark.parametrize(
    ("write", "folder"), [(write_hugo, "content"), (write_eleventy, "content"), (write_mkdocs, "docs")]
)
def test_every_story_is_written_with_its_texts(tmp_path: Path, write: object, folder: str) -> None:
    assert callable(write)
    write(tmp_path / "other", SIZE)
    write_corpus(tmp_path / "ours", SIZE)
    found = list(stories(SIZE))
    assert len(found) == SIZE.stories
    for name, fields in found:
        text = (tmp_path / "other" / folder / f"{name}.md").read_text("utf-8")
        record = yaml.safe_load((tmp_path / "ours" / "content" / f"{name}.yml").read_text("utf-8"))
        front = yaml.safe_load(text.split("---\n")[1])
        assert (front["title"], front["description"]) == (record["title"], record["summary"])
        assert set(record["topics"]) <= set(front["tags"])
        assert record["result"] in text and fields["result"] == record["result"]


@pytest.mark.parametrize(
    ("date", "line"),
    [
        ("2014-11-13", "date: 2014-11-13\n"),
        ("2014-11", "date: 2014-11-01\n"),
        ("2014~", "date: 2014-01-01\n"),
        ("unknown", ""),
    ],
)
def test_what_is_not_known_of_a_date_is_its_first_day(date: str, line: str) -> None:
    text = "".join(markdown({**STORY, "date": date, "process": "Kata.\n"}))
    assert text == (
        f'---\ntitle: "Rapat \\"RT\\""\ndescription: "Warga rapat."\n{line}tags: ["a", "b", "pencatat"]\n---\n'
        "\n## Proses\n\nKata.\n"
    )
