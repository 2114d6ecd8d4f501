"""Words of a record or a hand-written page are shown as written wherever they stand, and make nothing."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import extruct
import feedparser
import html5lib
import pytest
from copies import copy_site
from running import DAY

from kbp_site.content.load import Loaded, load
from kbp_site.content.memory import Memory
from kbp_site.pages.plan import plan_pages
from kbp_site.site.build import Order, build, read_records
from kbp_site.site.host import make_html
from kbp_site.site.prepare import SiteSettings, write_pages
from kbp_site.site.shares import whole

NASTY = [
    "A & B \"kutip\" 'x' 50% | C #1 [y](z) *b* _c_ `d` {e} ! {{ 7*7 }} {% raw %} &amp; &#65; \\ $x$ :f: ++g++",
    "=1+1 ![a](b){: onerror=x } [^1]: www.x.com a@b !!! *[HTML]: x --8-- 'x' ]]",
]
NEVER_ACCEPTED = [
    "</title><script>alert(1)</script>",
    "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; `</title><img src=x onerror=alert(1)>` ]]> <!-- -->",
]
"""What the checks refuse in a line: it comes in behind them here, so that every later wall stands alone."""


@pytest.mark.parametrize("title", [*NASTY, *NEVER_ACCEPTED], ids=["markdown", "extensions", "script", "entities"])
def test_a_title_is_shown_as_written_everywhere(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_site("minimal", tmp_path / "akar")
    record = {"title": "Aneh", "summary": "Aneh", "status": "published", "kind": "other", "date": "2006-08-17"}
    record |= {"process": "Rapat."} | ({"title": title, "summary": title} if title in NASTY else {})
    (root / "content" / "activities" / "aneh.yml").write_text(json.dumps(record), "utf-8")

    def read_and_change(order: Order, known: Memory) -> Loaded:
        loaded = read_records(order, known)
        assert loaded.library is not None
        entry = loaded.library.by_key["activities", "aneh"]
        changed = entry.record.model_copy(update={"title": title, "summary": title})
        loaded.library.by_key[entry.key] = replace(entry, record=changed)
        return loaded

    monkeypatch.setattr("kbp_site.site.build.read_records", read_and_change)
    made = build(Order(root, root / "site", date.fromisoformat(DAY), 1), lambda step: None)
    assert made.pages, [problem.message.say("id") for problem in made.problems]
    written = (root / "site" / "kegiatan" / "aneh" / "index.html").read_text("utf-8")
    page = html5lib.parse(written, namespaceHTMLElements=False)
    assert "".join(page.find(".//h1").itertext()).strip() == title
    assert page.find(".//title").text.startswith(title)
    metas = {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.iter("meta")}
    assert metas["description"] == title and metas.get("og:title", title) == title
    listing = html5lib.parse((root / "site/kegiatan/index.html").read_text("utf-8"), namespaceHTMLElements=False)
    assert title in "".join(listing.find(".//main").itertext())
    [node] = [node for node in extruct.extract(written, syntaxes=["json-ld"])["json-ld"] if node["@type"] == "Article"]
    assert node["headline"] == title
    atom = feedparser.parse((root / "site" / "feed.xml").read_bytes(), sanitize_html=False)
    assert not atom.bozo and title in [entry.title for entry in atom.entries]
    items = json.loads((root / "site" / "feed.json").read_text("utf-8"))["items"]
    assert title in [item["title"] for item in items]
    with (root / "site/data/activities.csv").open(encoding="utf-8", newline="") as file:
        assert title in [row["title"].removeprefix("'") for row in csv.DictReader(file)]


def test_what_a_hand_written_page_says_of_itself_makes_no_element(tmp_path: Path) -> None:
    root = copy_site("minimal", tmp_path / "akar")
    with (root / "content" / "site.yml").open("a", encoding="utf-8") as settings:
        settings.write("languages: [id, en]\n")
    inner, told = '&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; \\" onload=x', '"><script>alert(2)</script>'
    own = json.dumps({"template": told, "cover": [told] * 4, "updated": [told] * 2, "crumbs": [[told] * 2]})
    heads = {
        "judul": f'title: "{inner}"\ndescription: "{inner}"',
        "kepala": f"title: '{inner}'\nkbp_translation_of: '{told}'",
        "milik": f"title: '{told}'\nkbp: {own}",
    }
    for name, head in heads.items():
        (root / "docs" / "en").mkdir(exist_ok=True)
        (root / "docs" / "en" / f"{name}.md").write_text(f"---\n{head}\n---\n\nIsi.\n", "utf-8")
    headings = "".join(f"## `</a><script>alert({n})</script>` &lt;script&gt;\n\n" for n in range(9))
    (root / "docs" / "panjang.md").write_text(f"# `</title><script>` {inner}\n\n{headings}", "utf-8")
    library = load(root, today=date.fromisoformat(DAY)).library
    assert library is not None
    sections = [page for page in plan_pages(library) if page.is_section]
    files = write_pages(library, sections, tmp_path / "halaman")
    # Not by `build`: its gate would refuse what is made of this, and here it is what must not be made.
    make_html(root / "mkdocs.yml", whole(SiteSettings.of(library, sections, root / "docs"), files), tmp_path / "hasil")
    for path in sorted((tmp_path / "hasil").rglob("*.html")):
        page = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        for element in page.iter():
            is_ours = "/kbp/" in element.get("src", "") or element.get("type") == "application/ld+json"
            assert element.tag != "script" or is_ours, path
            assert not [name for name in element.attrib if name.startswith("on")], (path, element.attrib)
    for name, title in {"judul": '</title><script>alert(1)</script> " onload=x', "milik": told}.items():
        page = html5lib.parse(
            (tmp_path / f"hasil/en/{name}/index.html").read_text("utf-8"), namespaceHTMLElements=False
        )
        assert page.find(".//title").text == f"{title} – KBP Contoh"
