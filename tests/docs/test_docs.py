"""The hand-written pages tell what is there: commands, options, exit codes, problem codes, links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

import kbp_site
from kbp_site.cli import kbp
from kbp_site.content.load import load
from kbp_site.content.problems import ExitCode
from kbp_site.editing.scaffold import STARTER, create_site
from kbp_site.pages.page import localized
from kbp_site.site.frame import read_documents

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GUIDE = DOCS / "panduan"
FOLDERS = (DOCS, STARTER / "docs")
PAGES = [(folder, page.relative_to(folder)) for folder in FOLDERS for page in sorted(folder.rglob("*.md"))]
NAMES = [f"{folder.relative_to(ROOT)}/{page}" for folder, page in PAGES]
OPTION = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*")


def read_page(folder: Path, page: Path) -> str:
    """Return a page without its examples, in which a `#` or a link means nothing."""
    whole = (folder / page).read_text(encoding="utf-8")
    return re.sub(r"^```.*?^```$", "", whole, flags=re.MULTILINE | re.DOTALL)


def examples(page: str) -> list[str]:
    """Return the YAML examples of a page of the guide."""
    return re.findall(r"^```yaml\n(.*?)^```$", (GUIDE / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def sections(page: str) -> dict[str, str]:
    """Return the text below each second heading of a page of the guide, by the heading."""
    parts = re.split(r"^## (.+)$", (GUIDE / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def nav_targets(nav: Any) -> Iterator[str]:
    """Yield every page that the navigation names."""
    if isinstance(nav, str):
        yield nav
    for item in nav if isinstance(nav, list) else nav.values() if isinstance(nav, dict) else ():
        yield from nav_targets(item)


COMMANDS = {name: command for name in kbp.commands if (command := kbp.get_command(click.Context(kbp), name))}


def long_options(command: click.Command) -> set[str]:
    """Return the long options that a command takes, or that the commands inside it take."""
    own = {name for param in command.params for name in param.opts if name.startswith("--")}
    inner = command.commands.values() if isinstance(command, click.Group) and command is not kbp else ()
    return own.union(*map(long_options, inner))


def test_every_command_has_a_section_with_its_options_and_no_others() -> None:
    told = {
        heading.strip("`").split()[1]: set(OPTION.findall(words))
        for heading, words in sections("perintah.md").items()
        if heading.startswith("`kbp ")
    }
    before = {*long_options(kbp), "--help"}
    assert told.keys() == COMMANDS.keys()
    for name, command in COMMANDS.items():
        assert long_options(command) <= told[name] <= long_options(command) | before, name


def test_the_options_before_a_command_are_told() -> None:
    assert set(OPTION.findall(sections("perintah.md")["Pilihan sebelum perintah"])) == {*long_options(kbp), "--help"}


def test_every_choice_of_an_option_is_told() -> None:
    page = (GUIDE / "perintah.md").read_text(encoding="utf-8")
    choices = [
        f"`{param.opts[0]} {choice}`"
        for command in (kbp, *COMMANDS.values())
        for param in command.params
        if isinstance(param.type, click.Choice)
        for choice in param.type.choices
    ]
    assert len(choices) > 4
    assert [choice for choice in choices if choice not in page] == []


def test_every_exit_code_is_told() -> None:
    told = re.findall(r"^\| (\d[^|]*?) \|", sections("perintah.md")["Kode akhir"], re.MULTILINE)
    assert told == [*(str(code.value) for code in ExitCode), "130 atau 143"]


def test_every_problem_code_is_explained_and_no_other() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(kbp_site.__file__).parent.rglob("*.py")))
    page = (GUIDE / "masalah.md").read_text(encoding="utf-8")
    explained = re.findall(r"^### (K\d{3}): ", page, re.MULTILINE)
    assert explained == sorted(set(re.findall(r'"(K\d{3})"', code)))
    for path in sorted(DOCS.rglob("*.md")):
        assert set(re.findall(r"\bK\d{3}\b", path.read_text(encoding="utf-8"))) <= set(explained), path


def test_every_problem_code_says_what_to_do() -> None:
    page = (GUIDE / "masalah.md").read_text(encoding="utf-8")
    silent = [part[:4] for part in page.split("\n### ")[1:] if "**Yang dilakukan:**" not in part]
    assert silent == []


@pytest.mark.parametrize(("folder", "page"), PAGES, ids=NAMES)
def test_a_page_has_a_title_a_description_and_one_first_heading(folder: Path, page: Path) -> None:
    head = re.match(
        r"---\ntitle: (.+)\ndescription: (.+)\n(?:kbp_translation_of: .+\n)?---\n",
        (folder / page).read_text(encoding="utf-8"),
    )
    assert head
    title, description = (json.loads(words) for words in head.groups())
    assert description.endswith(".")
    assert re.findall(r"^# (.+)$", read_page(folder, page), re.MULTILINE) == [title]


@pytest.mark.parametrize(("folder", "page"), PAGES, ids=NAMES)
def test_every_link_leads_to_a_page_or_a_section(folder: Path, page: Path) -> None:
    settings = yaml.safe_load((folder.parent / "mkdocs.yml").read_text(encoding="utf-8"))
    sections = set(nav_targets(settings["nav"]))
    known = {
        *sections,
        *map(english, sections),
        *(path.relative_to(folder).as_posix() for path in folder.rglob("*.*")),
    }
    links = re.findall(r"\]\(([^)\s#]+)[^)\s]*\)", re.sub(r"`[^`]*`", "", read_page(folder, page)))
    inner = [link for link in links if not link.startswith(("https://", "http://"))]
    lost = [link for link in inner if resolve(folder, page, link) not in known]
    assert lost == []


def english(section: str) -> str:
    """Return the English page of a section, as a link names it."""
    return f"{localized(section.removesuffix('index.md'), 'en')}index.md"


def resolve(folder: Path, page: Path, link: str) -> str:
    """Return the page that a relative link means, as the navigation names it; the link itself outside of `docs/`."""
    target = (folder / page.parent / link).resolve()
    return target.relative_to(folder).as_posix() if target.is_relative_to(folder) else link


def test_every_hand_written_page_has_an_english_edition() -> None:
    sections = {f"{page.parent.relative_to(DOCS).as_posix()}/" for page in DOCS.glob("*/index.md")}
    inner = {f"panduan/{page.stem}/" for page in GUIDE.glob("*.md") if page.stem != "index"}
    editions = [document.edition_of for document in read_documents(DOCS)]
    assert len(editions) == len(set(editions))
    assert sections < set(editions) <= sections | inner


def test_the_english_guide_tells_the_same_commands_and_shows_the_same_records() -> None:
    indonesian = "".join(page.read_text(encoding="utf-8") for page in sorted(GUIDE.glob("*.md")))
    whole = (DOCS / "en/guide/index.md").read_text(encoding="utf-8")
    told = whole[whole.index("## Commands") :]
    assert set(re.findall(r"`kbp (\w+)", told)) == set(COMMANDS)
    assert set(OPTION.findall(told)) == set(OPTION.findall((GUIDE / "perintah.md").read_text(encoding="utf-8")))
    assert {code.value for code in ExitCode} <= {int(digits) for digits in re.findall(r"\b\d+\b", told)}
    shown = re.findall(r"^```yaml\n(.*?)^```$", whole, re.MULTILINE | re.DOTALL)
    assert len(shown) > 1 and all(example in indonesian for example in shown)


def test_every_page_of_the_guide_is_reached_from_its_first_page() -> None:
    links = re.findall(r"\]\(([\w-]+\.md)\)", read_page(DOCS, Path("panduan/index.md")))
    assert set(links) == {path.name for path in GUIDE.glob("*.md") if path.name != "index.md"}


def test_every_way_of_working_is_one_tap_from_the_first_page() -> None:
    """The guide is one tap from any page; its first screen leads on to a page that is followed to its end."""
    for first, ways in (
        ("panduan", ["formulir", "editor-teks", "vs-code"]),
        ("en/guide", ["form", "text-editor", "vs-code"]),
    ):
        opening = read_page(DOCS, Path(first, "index.md")).split("\n## ")[1]
        assert [way for way in re.findall(r"\*\*\[[^]]+\]\(([\w-]+)\.md\)", opening) if way in ways] == ways


def test_the_record_that_the_guide_shows_is_sound(tmp_path: Path) -> None:
    create_site(tmp_path)
    records = [example for example in examples("menulis-catatan.md") if example.startswith("title:")]
    consents = [example for example in examples("menulis-dengan-hormat.md") if example.startswith("form:")]
    assert (len(records), len(consents)) == (1, 1)
    (tmp_path / "content" / "activities" / "rembug-warga.yml").write_text(records[0], encoding="utf-8")
    (tmp_path / "content" / "consents").mkdir()
    (tmp_path / "content" / "consents" / "rembug-2026-08.yml").write_text(consents[0], encoding="utf-8")
    problems = load(tmp_path, today=date(2026, 11, 23)).problems
    assert [(problem.path, problem.code) for problem in problems] == []


@pytest.mark.parametrize("root", [ROOT, STARTER], ids=["ours", "starter"])
def test_no_example_is_a_record_of_the_site(root: Path) -> None:
    """Else `kbp trace` would find the record in the guide for ever, whatever becomes of it."""
    there = {path.relative_to(root / "content").with_suffix("").as_posix() for path in root.glob("content/*/*.yml")}
    pages = [*root.glob("docs/panduan/*.md"), *root.glob("docs/en/guide/*.md")]
    said = {name for page in pages for name in re.findall(r"\b[a-z_]+/[a-z0-9-]+", page.read_text(encoding="utf-8"))}
    assert len(there) > 5 and said & there == set()


def test_the_parts_that_the_guide_shows_fit_a_record(tmp_path: Path) -> None:
    create_site(tmp_path)
    story = (STARTER / "content" / "activities" / "contoh-kegiatan.yml").read_text(encoding="utf-8")
    parts = [part for part in examples("menulis-catatan.md") if part.startswith(("claims:", "corrections:"))]
    assert len(parts) == 2
    path = tmp_path / "content" / "activities" / "contoh-kegiatan.yml"
    path.write_text("".join([story, *parts]), encoding="utf-8")
    assert load(tmp_path, today=date(2026, 11, 23)).problems == ()
