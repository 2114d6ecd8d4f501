"""The gate is tested by planting faults: each must be found, with its code, on its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from trees import read_tree

from kbp_site.content.old_paths import is_kept, old_key
from kbp_site.content.problems import Problem
from kbp_site.content.sections import SECTIONS
from kbp_site.outputs.headers import POLICY
from kbp_site.site.files import FOLDERS
from kbp_site.site.gate import Expected, judge_site, read_page
from kbp_site.site.worker import WORKERS

GUARD = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
SOUND = f"""<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
{GUARD}
<title>Cerita – KBP</title>
<link rel="canonical" href="https://kbp.example/kegiatan/cerita/">
<link rel="alternate" type="application/atom+xml" href="../../feed.xml">
<link rel="stylesheet" href="../../assets/gaya.css">
<script src="../../assets/kerja.js"></script>
</head>
<body>
<a href="#isi">Langsung ke isi</a>
<h1 id="isi">Cerita</h1>
<p>Baca <a href="../../">beranda</a>, <a href="../../index.html#atas">atas</a>, <a href="./">ini</a>,
<a href="?cari=air">pencarian</a>, <a href="https://contoh.example/a">sumber</a>,
<a href="mailto:kantor@kbp.example">surat</a>, <a href="tel:+62513123">telepon</a>,
<a href="../../gambar/a%20b.jpg">foto</a>.</p>
<img src="../../gambar/a%20b.jpg" srcset="../../gambar/a%20b.jpg 1x, ../../gambar/b.jpg 2x" alt="Parit">
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">
<svg viewBox="0 0 1 1"><title>Peta</title><use href="#isi"></use></svg>
<p title="javascript: sebuah bahasa" align="right">Kata.</p>
<form action="../../" role="search"><input name="cari"></form>
<script type="application/ld+json">{{"@type": "Article"}}</script>
<!-- PLANT -->
</body>
</html>
"""
HOME = f"<!doctype html>{GUARD}<title>KBP</title><h1 id='atas'>KBP</h1><a href='kegiatan/cerita/'>Cerita</a>"
PAGE = "kegiatan/cerita/index.html"
OFFICE = frozenset({"kantor@kbp.example", "0513123", "kantor@kbp-muara.example", "05131234"})
"""The offices' contacts that the pages of these tests show."""

OWN = frozenset([sha256(b"").hexdigest()])
"""The empty script that the page loads is the operator's."""

PLANNED = {"index.html", PAGE}
Judge = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Give a function that writes a site with a page, and returns (code, path) of what the gate found."""

    def write_and_judge(
        page: str = SOUND,
        *,
        planned: set[str] = PLANNED,
        redirects: Mapping[str, str] = {},
        url: str = "",
        **others: str,
    ) -> list[Problem]:
        files = {"index.html": HOME, PAGE: page, "feed.xml": "", "assets/gaya.css": "", "assets/kerja.js": ""}
        for name, text in {**files, "gambar/a b.jpg": "", "gambar/b.jpg": "", **others}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        readings = [
            read_page(path.relative_to(tmp_path).as_posix(), path.read_bytes())
            for path in sorted(tmp_path.rglob("*.html"))
        ]
        return list(
            judge_site(
                tmp_path, "site", readings, Expected(planned, redirects=redirects, url=url, allowed=OFFICE, own=OWN)
            )
        )

    def judged(*arguments: str, **settings: object) -> list[tuple[str, str]]:
        return [(problem.code, problem.path) for problem in write_and_judge(*arguments, **settings)]  # type: ignore[arg-type]

    return judged


def test_a_sound_site_passes(judge: Judge) -> None:
    assert judge() == []


def test_a_page_that_is_missing(judge: Judge) -> None:
    assert judge(planned={*PLANNED, "dana/index.html"}) == [("K701", "site/dana/index.html")]


def test_a_picture_that_was_not_made(judge: Judge) -> None:
    assert judge(**{"foto/lama.jpg": ""}) == [("K701", "site/foto/lama.jpg")]


def test_a_page_too_many(judge: Judge) -> None:
    assert judge(planned={"index.html"}) == [("K701", f"site/{PAGE}")]


def test_a_page_too_many_that_nobody_read(tmp_path: Path) -> None:
    (tmp_path / "rahasia.html").write_text(HOME, encoding="utf-8")
    assert [(one.code, one.path) for one in judge_site(tmp_path, "site", [], Expected(()))] == [
        ("K701", "site/rahasia.html")
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h1 id", "<h2 id"),
        ("<!-- PLANT -->", "<h1>Lagi</h1>"),
        (">Cerita</h1>", "> </h1>"),
        ("<title>Cerita – KBP</title>", ""),
        ("<title>Cerita – KBP</title>", "<title>  </title>"),
        ("<title>Cerita – KBP</title>", "<title>Satu</title><title>Dua</title>"),
        ("<!-- PLANT -->", "<p id='isi'>Lagi</p>"),
    ],
)
def test_how_a_page_is_built(judge: Judge, old: str, new: str) -> None:
    assert old in SOUND
    assert judge(SOUND.replace(old, new)) == [("K703", f"site/{PAGE}")]


@pytest.mark.parametrize(
    "target",
    [
        "../tidak-ada/",
        "../../index.html#tidak-ada",
        "#tidak-ada",
        "../cerita",
        "../../../../etc/passwd",
        "/tidak-ada/",
        "http://[rusak",
        "index.md",
        "../../gambar/",
        "../../gambar/%00.jpg",
    ],
)
def test_a_link_that_leads_nowhere(judge: Judge, target: str) -> None:
    assert judge(SOUND.replace("<!-- PLANT -->", f'<a href="{target}">x</a>')) == [("K702", f"site/{PAGE}")]


@pytest.mark.parametrize(
    "plant", ['<img src="tidak-ada.png" alt="x">', '<img alt="x" srcset="../../gambar/b.jpg 1x, no.png 2x">']
)
def test_a_picture_that_is_not_there(judge: Judge, plant: str) -> None:
    assert judge(SOUND.replace("<!-- PLANT -->", plant)) == [("K702", f"site/{PAGE}")]


@pytest.mark.parametrize(
    "plant",
    [
        # From elsewhere
        '<script src="https://luar.example/x.js"></script>',
        '<script src="//luar.example/x.js"></script>',
        '<script src="\\\\luar.example/x.js"></script>',
        '<script src="/\\luar.example/x.js"></script>',
        '<script src="ht\ntps://luar.example/x.js"></script>',
        '<script src=" &#x68;ttps://luar.example/x.js"></script>',
        '<img src="https://luar.example/x.png" alt="x">',
        '<img srcset="../../gambar/b.jpg 1x, https://luar.example/x.png 2x" alt="x">',
        '<link rel="stylesheet" href="https://luar.example/x.css">',
        '<link rel="alternate stylesheet" href="//luar.example/x.css">',
        '<link rel="preload" href="https://luar.example/x.woff2">',
        '<iframe src="https://luar.example/"></iframe>',
        '<video poster="https://luar.example/x.jpg"></video>',
        '<audio src="https://luar.example/x.mp3"></audio>',
        '<object data="https://luar.example/x.swf"></object>',
        '<embed src="https://luar.example/x.swf">',
        '<form action="https://luar.example/"></form>',
        '<svg><image href="https://luar.example/x.png"></image></svg>',
        '<svg><use xlink:href="//luar.example/x.svg#a"></use></svg>',
        '<a href="../../" ping="https://luar.example/">x</a>',
        '<p style="background: url(https://luar.example/x.png)">x</p>',
        "<style>@import '//luar.example/x.css';</style>",
        '<p style="position: fixed; inset: 0">x</p>',
        "<style>h1 { display: none }</style>",
        '<base href="https://luar.example/">',
        '<base href="../../">',
        # What would run
        "<script>alert(1)</script>",
        '<script type="module">alert(1)</script>',
        '<p onclick="alert(1)">x</p>',
        '<p ONMOUSEOVER="alert(1)">x</p>',
        '<svg onload="alert(1)"></svg>',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="JaVaScRiPt:alert(1)">x</a>',
        '<a href=" java\tscript:alert(1)">x</a>',
        '<a href="&#106;avascript&colon;alert(1)">x</a>',
        '<a href="\x01javascript:alert(1)">x</a>',
        '<a href="vbscript:x">x</a>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        '<button formaction="javascript:alert(1)">x</button>',
        '<svg><a><animate attributeName="href" to="javascript:alert(1)"></animate></a></svg>',
        '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>',
        '<meta http-equiv="Refresh" content="0; url=https://luar.example/">',
    ],
)
def test_what_is_foreign_or_active(judge: Judge, plant: str) -> None:
    found = judge(SOUND.replace("<!-- PLANT -->", plant))
    assert ("K704", f"site/{PAGE}") in found
    assert {path for _, path in found} == {f"site/{PAGE}"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (GUARD, ""),
        (GUARD, GUARD.replace("'self'", "*", 1)),
        (GUARD, GUARD.replace("content=", "data-content=")),
        (GUARD, f"<title>Cerita</title>{GUARD}"),
        (GUARD, f'<script src="../../assets/kerja.js"></script>{GUARD}'),
        (GUARD, f"{GUARD.replace(POLICY, 'script-src *')}{GUARD}"),
        ("<head>", "<head><p>"),
    ],
)
def test_a_page_that_does_not_say_the_policy_first(judge: Judge, old: str, new: str) -> None:
    assert old in SOUND
    assert ("K704", f"site/{PAGE}") in judge(SOUND.replace(old, new))


RELEASE = 'const RELEASE = {"version":"0"};\n'
WORKER = (WORKERS / "offline.js").read_text(encoding="utf-8")
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/>{}</svg>'


@pytest.mark.parametrize(
    ("name", "words", "codes"),
    [
        ("assets/javascripts/bundle.js", "alert(1)", ["K704"]),
        ("berita/kerja.mjs", "alert(1)", ["K704"]),
        ("pagefind/pagefind.js", "alert(1)", ["K704"]),
        ("pagefind/wasm.id.pagefind", "alert(1)", ["K704"]),
        ("sw.js", RELEASE + WORKER, []),
        ("sw.js", RELEASE + WORKER + "alert(1)", ["K704"]),
        ("sw.js", f"const RELEASE = alert(1);\n{WORKER}", ["K704"]),
        ("sw.js", WORKER, ["K704"]),
        ("lain/sw.js", RELEASE + WORKER, ["K704"]),
        ("gambar/peta.svg", DRAWING.format("<!-- peta -->"), []),
        ("gambar/peta.svg", DRAWING.format("<script>alert(1)</script>"), ["K704"]),
        ("gambar/peta.svg", DRAWING.format("<g onload='alert(1)'/>"), ["K704"]),
        ("gambar/peta.svg", DRAWING.format("<image href='https://luar.example/x.png'/>"), ["K704"]),
        ("unduh/pasang.exe", "MZ", ["K701"]),
        ("unduh/rumah.hta", "x", ["K701"]),
        ("tanpa-akhiran", "x", ["K701"]),
        ("halaman.xhtml", "x", ["K701"]),
        ("_headers", "/*", []),
        ("unduh/kerja.exe", "", []),  # the operator's own
    ],
)
def test_a_file_that_runs_or_should_not_be_there(judge: Judge, name: str, words: str, codes: list[str]) -> None:
    assert judge(**{name: words}) == [(code, f"site/{name}") for code in codes]


MOVED = GUARD + "<title>Pindah</title>{}<h1>Pindah</h1><a href='../cerita/'>Cerita</a>"
OLD = "kegiatan/lama/index.html"


@pytest.mark.parametrize(
    ("head", "is_sound"),
    [
        ("<meta http-equiv='refresh' content='0; url=../cerita/'>", True),
        ("", False),
        ("<meta http-equiv='refresh' content='0; url=../../'>", False),
        ("<meta http-equiv='refresh' content='0; url=https://luar.example/'>", False),
        ("<meta http-equiv='refresh' content='5; url=../cerita/'>", False),
        ("<meta http-equiv='refresh' content='0; url=../cerita/; url=//luar.example/'>", False),
        ("<meta http-equiv='refresh' content='0; url=../cerita/'>" * 2, False),
    ],
)
def test_a_page_at_an_old_path_sends_readers_where_it_should(judge: Judge, head: str, is_sound: bool) -> None:
    found = judge(planned={*PLANNED, OLD}, redirects={OLD: "../cerita/"}, **{OLD: MOVED.format(head)})
    assert found == ([] if is_sound else [("K704", f"site/{OLD}")])


def test_no_other_page_sends_readers_on(judge: Judge) -> None:
    sent = SOUND.replace("<!-- PLANT -->", "<meta http-equiv=' REFRESH ' content='0; url=../cerita/'>")
    assert judge(sent, planned={*PLANNED, OLD}, redirects={OLD: "../cerita/"}) == [
        ("K701", f"site/{OLD}"),
        ("K704", f"site/{PAGE}"),
    ]


def test_every_fault_is_told_with_what_to_do(judge: Judge, tmp_path: Path) -> None:
    reading = read_page(PAGE, SOUND.replace("<!-- PLANT -->", "<p id='isi' onclick='x()'><base href='//a'>").encode())
    assert len(reading.faults) == 4
    for fault in reading.faults:
        assert fault.message.say("id") and fault.hint is not None


@pytest.mark.parametrize(
    ("target", "is_found"),
    [("/warga/kbp/", True), ("/warga/kbp/kegiatan/cerita/", True), ("/kegiatan/cerita/", False), ("/warga/", False)],
)
def test_a_site_below_another_address(judge: Judge, target: str, is_found: bool) -> None:
    page = SOUND.replace("<!-- PLANT -->", f'<a href="{target}">x</a>')
    found = judge(page, url="https://kbp.example/warga/kbp")
    assert found == ([] if is_found else [("K702", f"site/{PAGE}")])


def test_the_built_site_passes_as_it_was_judged(built: Path) -> None:
    readings = [
        read_page(path.relative_to(built).as_posix(), path.read_bytes()) for path in sorted(built.rglob("*.html"))
    ]
    names = {reading.path for reading in readings}
    redirects = {reading.path: reading.targets[-1] for reading in readings if reading.refreshes}
    media = {path for path in read_tree(built) if path.startswith(FOLDERS)}
    url = "https://kbp-muara.example/"
    expected = Expected(names, redirects=redirects, media=media, url=url, allowed=OFFICE)
    found = list(judge_site(built, "site", readings, expected))
    assert set(redirects) >= {"berita/parit.html", "kegiatan/Parit-Lama/index.html", "tentang-kbp/index.html"}
    assert [(problem.path, problem.message.say("id")) for problem in found] == []


def test_no_old_path_may_take_the_place_of_what_stands_beside_the_pages(built: Path) -> None:
    old = {"berita", "tentang-kbp"}  # this site's own old paths
    names = {path.name for path in built.iterdir() if path.name[0] != "."} - SECTIONS - {"index.html"} - old
    assert {"_headers", "sw.js", "404.html"} <= names
    assert [name for name in sorted(names) if not is_kept(old_key(name))] == []
