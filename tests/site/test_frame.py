"""The frame of another language: its names, its menu, and the way from a page to its other edition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kbp_site.content.library import Library
from kbp_site.pages.plan import plan_pages
from kbp_site.site.frame import Document, frame_of, read_documents


def write(docs: Path, name: str, words: str) -> None:
    """Write a hand-written page."""
    path = docs / name / "index.md"
    path.parent.mkdir(parents=True)
    path.write_text(words, encoding="utf-8")


def test_a_hand_written_page_says_what_it_is_an_edition_of(tmp_path: Path) -> None:
    write(tmp_path, "en/about", "---\ntitle: About\nkbp_translation_of: tentang/\n---\n\n# About\n")
    write(tmp_path, "tentang", "# Tentang\n")
    inner = "---\ntitle: People\nkbp_translation_of: tentang/orang/\n---\n\n# People\n"
    (tmp_path / "en" / "about" / "people.md").write_text(inner, encoding="utf-8")
    assert read_documents(tmp_path) == (
        Document("en/about/", "About", "tentang/"),
        Document("en/about/people/", "People", "tentang/orang/"),
    )
    assert read_documents(tmp_path / "tidak-ada") == ()


def test_a_site_in_one_language_needs_no_frame_of_another(load_site: Callable[[str], Library]) -> None:
    library = load_site("minimal")
    assert frame_of(library, plan_pages(library), [Document("en/about/", "About", "tentang/")]) == {}


def test_sections_and_hand_written_pages_have_their_english_address(load_site: Callable[[str], Library]) -> None:
    library = load_site("full")
    frame = frame_of(library, plan_pages(library), [Document("en/about/", "About", "tentang/")])
    assert set(frame) == {"en"}
    english = frame["en"]
    assert isinstance(english, dict)
    assert (english["name"], english["tagline"]) == ("KBP Muara Contoh", "Learning together in Muara Contoh")
    assert english["pages"]["kegiatan/"] == ["en/activities/", "Activities"]
    assert english["pages"]["tentang/"] == ["en/about/", "About"]
    assert "kegiatan/mediasi-parit/" not in english["pages"]
    assert english["originals"] == {"en/about/": "tentang/"}
