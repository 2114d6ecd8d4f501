"""Old paths lead on: which there are, where they lead, and what a browser reads there."""

from __future__ import annotations

from collections.abc import Sequence

import html5lib
import pytest
from small_sites import SITE, MakeLibrary, activity

from kbp_site.content.library import Library
from kbp_site.outputs.redirects import Redirect, export_redirects, find_clashes, leads_of, plan_redirects

HTML = "{http://www.w3.org/1999/xhtml}"


def redirects_of(library: Library) -> dict[str, str]:
    """Return where each old path's file leads to."""
    return {one.file: one.target for one in plan_redirects(library)}


BOTH = {**SITE, "languages": ["id", "en"]}


def test_every_alias_of_a_public_record_leads_to_its_page(make_library: MakeLibrary) -> None:
    aliases = ["/kegiatan/lama/", "kegiatan/lama", "berita/Parit.html", "Arsip/2006/PARIT"]
    library = make_library({"activities/baru": activity(aliases=aliases)})
    assert redirects_of(library) == dict.fromkeys(
        ["Arsip/2006/PARIT/index.html", "berita/Parit.html", "kegiatan/lama/index.html"], "kegiatan/baru/"
    )


@pytest.mark.parametrize(
    "hidden", [{"status": "draft"}, {"status": "withdrawn"}, {"publish_on": "2030-01-01"}], ids=str
)
def test_a_record_that_is_not_public_takes_its_old_paths_along(
    make_library: MakeLibrary, hidden: dict[str, str]
) -> None:
    library = make_library({"activities/baru": activity(aliases=["kegiatan/lama"], **hidden)}, site=BOTH)
    assert redirects_of(library) == {}
    assert export_redirects(library, []) == {}


def test_an_old_name_was_an_english_address_too(make_library: MakeLibrary) -> None:
    aliases = ["kegiatan/lama", "berita/lama.html", "lama"]
    library = make_library({"activities/baru": activity(aliases=aliases)}, site=BOTH)
    assert redirects_of(library) == {
        "berita/lama.html": "kegiatan/baru/",
        "en/activities/lama/index.html": "en/activities/baru/",
        "kegiatan/lama/index.html": "kegiatan/baru/",
        "lama/index.html": "kegiatan/baru/",
    }


@pytest.mark.parametrize(("languages", "target"), [(["id"], "kegiatan/a/"), (["id", "en"], "en/activities/a/")])
def test_an_old_english_path_leads_to_the_english_page_where_there_is_one(
    make_library: MakeLibrary, languages: Sequence[str], target: str
) -> None:
    site = {**SITE, "languages": languages}
    library = make_library({"activities/a": activity(aliases=["en/news/ditch"])}, site=site)
    assert redirects_of(library) == {"en/news/ditch/index.html": target}


def test_what_an_editor_wrote_comes_before_what_follows_from_it(make_library: MakeLibrary) -> None:
    library = make_library(
        {
            "activities/a": activity(aliases=["kegiatan/lama"]),
            "activities/b": activity(aliases=["en/activities/lama"]),
        },
        site=BOTH,
    )
    assert redirects_of(library)["en/activities/lama/index.html"] == "en/activities/b/"


def read(library: Library, name: str) -> tuple[Redirect, dict[str, str]]:
    """Return a redirect and what its page says, as a browser's parser reads it."""
    [redirect] = [one for one in plan_redirects(library) if one.file == name]
    tree = html5lib.parse(export_redirects(library, [redirect])[name])
    head, body = tree.find(f"{HTML}head"), tree.find(f"{HTML}body")
    metas = {meta.get("name") or meta.get("http-equiv"): meta.get("content") for meta in head.iter(f"{HTML}meta")}
    links = {link.get("rel"): link.get("href") for link in head.iter(f"{HTML}link")}
    [anchor], [heading] = body.iter(f"{HTML}a"), body.iter(f"{HTML}h1")
    assert not list(tree.iter(f"{HTML}script"))
    return redirect, {
        "language": tree.get("lang"),
        "title": head.find(f"{HTML}title").text,
        "heading": heading.text,
        "words": "".join(body.find(f".//{HTML}p").itertext()),
        "link": anchor.get("href"),
        "words of the link": anchor.get("lang", ""),
        "refresh": metas["refresh"],
        "robots": metas["robots"],
        "canonical": links.get("canonical", ""),
        "style": links["stylesheet"],
    }


NASTY = 'Parit "lama" & <jalan>'.replace("<", "‹").replace(">", "›")


def test_the_page_sends_readers_on_and_says_so(make_library: MakeLibrary) -> None:
    library = make_library({"activities/baru": activity(title=NASTY, aliases=["arsip/2006/lama.html"])})
    redirect, said = read(library, "arsip/2006/lama.html")
    assert said == {
        "language": "id",
        "title": "Halaman ini pindah – KBP Kapuas",
        "heading": "Halaman ini pindah",
        "words": f"Halaman ini pindah ke {NASTY}.",
        "link": "../../kegiatan/baru/",
        "words of the link": "",
        "refresh": "0; url=../../kegiatan/baru/",
        "robots": "noindex",
        "canonical": "https://kbp.example/situs/kegiatan/baru/",
        "style": "../../assets/kbp/kbp.css",
    }
    assert leads_of([redirect]) == {"arsip/2006/lama.html": "../../kegiatan/baru/"}


def test_what_is_not_translated_says_so(make_library: MakeLibrary) -> None:
    library = make_library({"activities/baru": activity(aliases=["en/news/ditch"])}, site=BOTH)
    _, said = read(library, "en/news/ditch/index.html")
    assert (said["language"], said["heading"], said["words of the link"]) == ("en", "This page has moved", "id")


def test_without_an_address_of_its_own_a_site_names_none(make_library: MakeLibrary) -> None:
    site = {name: value for name, value in SITE.items() if name != "url"}
    library = make_library({"activities/baru": activity(aliases=["kegiatan/lama"])}, site=site)
    _, said = read(library, "kegiatan/lama/index.html")
    assert (said["canonical"], said["link"]) == ("", "../baru/")


def test_hosts_that_redirect_themselves_get_a_list(make_library: MakeLibrary) -> None:
    library = make_library({"activities/baru": activity(aliases=["Kegiatan/Lama", "lama.html"])})
    written = export_redirects(library, plan_redirects(library))["_redirects"]
    assert written.decode().splitlines() == [
        "/situs/Kegiatan/Lama/ /situs/kegiatan/baru/ 301",
        "/situs/lama.html /situs/kegiatan/baru/ 301",
    ]


@pytest.mark.parametrize(
    ("alias", "is_free"),
    [
        ("tahun/2005", True),
        ("tahun/2006", False),
        ("Tahun/2006.html", True),
        ("TAHUN/2006", False),
        ("404.html", False),
        ("feed.xml", False),
        ("data/records.json/lama", False),
        ("assets", True),
        ("laman.html", False),
    ],
)
def test_an_old_path_takes_no_place_of_another_file(make_library: MakeLibrary, alias: str, is_free: bool) -> None:
    library = make_library({"activities/baru": activity(aliases=[alias])}, is_sound=False)  # a check may tell it too
    files = ["tahun/2006/index.html", "404.html", "feed.xml", "data/records.json", "assets/a.css", "laman.html/x.css"]
    found = list(find_clashes(plan_redirects(library), files))
    assert [(problem.code, problem.path) for problem in found] == (
        [] if is_free else [("K305", "content/activities/baru.yml")]
    )


def test_two_old_paths_cannot_be_a_file_and_a_folder(make_library: MakeLibrary) -> None:
    library = make_library(
        {"activities/a": activity(aliases=["lama.html"]), "activities/b": activity(aliases=["lama.html/b"])}
    )
    found = list(find_clashes(plan_redirects(library), []))
    assert [problem.path for problem in found] == ["content/activities/b.yml"]
