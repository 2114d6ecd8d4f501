"""No number of a person leaves by the built site, in whatever file and dress it stands there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kbp_site.content.personal import contact_key
from kbp_site.content.workers import aside
from kbp_site.site import gate, leaks
from kbp_site.site.gate import Expected, judge_site, read_page
from kbp_site.site.leaks import find_in_file

NIK = "3201014508900003"
PAGE = """<!doctype html><html lang="id"><head><title>Cerita</title></head><body><h1>Cerita</h1>
<svg viewBox="0 0 3201 0145"><path d="M32.01 01.45 08.90 00.03 3201014508900003"></path></svg>
<p>17 Agustus 2006 pukul 08.00-09.30, Rp 1.234.567.890, ISBN 978-602-1234-56-7.</p>
<table><tr><td>15</td><td>24</td></tr></table>
<script type="application/ld+json">{"image": "https://a.id/sampul/cerita-006284-12345678.png"}</script>
<script type="application/ld+json">{"image": ["https://a.id/foto/cerita-0812-34567890-800.webp"]}</script>
<img src="foto/parit-08123456-400.webp" srcset="foto/parit-08123456-400.webp 400w, foto/parit-08123456-800.webp 800w">
PLANT</body></html>"""


def judge(folder: Path, plant: str = "", allowed: frozenset[str] = frozenset(), **files: str) -> list[tuple[str, str]]:
    """Return (code, path) of what the gate says of a site with a page and other files."""
    for name, written in {"index.html": PAGE.replace("PLANT", plant), **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written.encode())
    reading = read_page("index.html", (folder / "index.html").read_bytes())
    found = judge_site(folder, "site", [reading], Expected({"index.html"}, allowed=allowed))
    for problem in found_list(found, told := []):
        assert NIK not in problem
    return [row for row in told if row[0] < "K6"]


def found_list(found: object, told: list[tuple[str, str]]) -> list[str]:
    """Gather (code, path) of problems into ``told``, and return what they say."""
    said = []
    for problem in found:  # type: ignore[attr-defined]
        told.append((problem.code, problem.path))
        said.append(problem.message.say("id"))
    return said


def test_a_page_of_numbers_that_are_nobodys_passes(tmp_path: Path) -> None:
    assert judge(tmp_path) == []


@pytest.mark.parametrize(
    "plant",
    [
        f"<p>{NIK}</p>",
        "<p>&#51;&#50;&#48;&#49;014508900003</p>",
        "<p>3201<strong>01</strong>45<em>0890</em>0003</p>",
        "<p>3201<!-- x -->014508900003</p>",
        "<p>3201&shy;0145&#8203;08900003</p>",
        f"<table><tr><td>15</td><td>{NIK}</td><td>24</td></tr></table>",
        f'<img src="x.jpg" alt="KTP {NIK}">',
        f'<p title="{NIK}">a</p>',
        f'<p data-x="{NIK}">a</p>',
        f'<a href="?nik={NIK}">a</a>',
        "<a href='?q=%33%32%30%31014508900003'>a</a>",
        f"<!-- {NIK} -->",
        f'<script type="application/ld+json">{{"name": "{NIK}"}}</script>',
        '<script type="application/ld+json">{"name": "\\u0033\\u0032\\u0030\\u0031014508900003"}</script>',
        f"<style>/* {NIK} */</style>",
        f"<svg><title>{NIK}</title></svg>",
        f"<noscript>{NIK}</noscript>",
    ],
)
def test_an_identity_number_in_a_page(plant: str, tmp_path: Path) -> None:
    assert judge(tmp_path, plant) == [("K501", "site/index.html")]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("data/records.json", f'{{"title": "Warga {NIK}"}}'),
        ("data/records.json", f'{{"nik": {NIK}}}'),
        ("data/places.geojson", f'{{"name": "{NIK}"}}'),
        ("data/activities.csv", f"id,judul\r\nx,Warga {NIK}\r\n"),
        ("data/activities.csv", f"1,{NIK},2\r\n"),
        ("feed.xml", "<title>&#51;&#50;&#48;&#49;014508900003</title>"),
        ("calendar.ics", "SUMMARY:Warga 32010145\r\n 08900003\r\n"),
        ("peta.svg", f"<svg><text>{NIK}</text></svg>"),
        ("catatan.txt", NIK),
        ("manifest.webmanifest", f'{{"name": "{NIK}"}}'),
        (f"gambar/{NIK}.png", ""),
    ],
)
def test_an_identity_number_in_a_file(name: str, written: str, tmp_path: Path) -> None:
    assert judge(tmp_path, **{name: written}) == [("K501", f"site/{name}")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le", "utf-32", "utf-8-sig"])
def test_a_number_in_a_file_of_wide_letters(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_bytes(f"Budi;1\nNIK;{NIK}\n".encode(encoding))
    assert judge(tmp_path) == [("K501", "site/data.csv")]


@pytest.mark.parametrize("between", ["\n", "     ", "\t", " \n  "])
def test_a_number_over_lines_and_spaces_is_one_to_a_reader(between: str, tmp_path: Path) -> None:
    number = between.join(["0812", "3456", "7890"])
    assert judge(tmp_path, f"<p>{number}</p>") == [("K502", "site/index.html")]


def test_offices_contacts_pass_when_they_are_listed(tmp_path: Path) -> None:
    plant = '<p>0812-3456-7890, <a href="mailto:kantor@contoh.id">surat</a></p>'
    feed = {"feed.xml": "<p>+62 812 3456 7890</p>"}
    wanted = [("K502", "site/feed.xml"), ("K502", "site/index.html"), ("K503", "site/index.html")]
    assert judge(tmp_path, plant, **feed) == wanted
    allowed = frozenset(map(contact_key, ("(0812) 34567890", "KANTOR@contoh.id")))
    assert judge(tmp_path, plant, allowed, **feed) == []


def test_a_number_that_ends_a_sentence_is_no_fingerprint(tmp_path: Path) -> None:
    plants = ["Hubungi 0812-34567890.", "0812-34567890.png ", "0812-34567890.pdf"]
    assert [bool(judge(tmp_path, f"<p>{plant}</p>")) for plant in plants] == [True, False, True]


def test_what_several_processes_find_in_much_is_told_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"data/{number}.csv": f"a\n{NIK}\n" for number in range(6)} | {"0812-3456-7890.xml": "<a/>", "x.exe": ""}
    for name, words in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words)
    by_one = list(judge_site(tmp_path, "site", [], Expected(())))
    assert [(one.code, one.path) for one in by_one][:2] == [("K701", "site/x.exe"), ("K502", "site/0812-3456-7890.xml")]
    assert [one.line for one in by_one[2:]] == [2] * 6
    told = list[int]()
    monkeypatch.setattr(gate, "aside", lambda work, *, jobs: told.append(jobs) or aside(work, jobs=jobs))
    for worth in (gate.WORTH_SHARING, 0):
        monkeypatch.setattr(gate, "WORTH_SHARING", worth)
        assert list(judge_site(tmp_path, "site", [], Expected(()), jobs=2)) == by_one
    assert told == [1, 2]


def test_a_number_is_told_once_a_page_and_in_its_line_of_a_file(tmp_path: Path) -> None:
    assert judge(tmp_path, f'<p title="{NIK}">{NIK} dan {NIK}</p>') == [("K501", "site/index.html")]
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "x.csv").write_text(f"a\nb\n{NIK}\n")
    reading = read_page("index.html", PAGE.encode())
    [problem] = [p for p in judge_site(tmp_path, "site", [reading], Expected({"index.html"})) if p.code == "K501"]
    assert (problem.path, problem.line) == ("site/x.csv", 3)


def test_fingerprints_in_our_own_names_are_nobodys(tmp_path: Path) -> None:
    names = ["foto/parit-08123456-400.webp", "berkas/08123456/notulen-2006.txt", "pagefind/id_0812345678.pf_meta"]
    assert judge(tmp_path, **dict.fromkeys(names, "")) == []


def test_what_stands_on_two_pages_is_told_of_both(tmp_path: Path) -> None:
    page = PAGE.replace("PLANT", f"<p>{NIK}</p>").encode()
    assert [len(read_page(name, page).personal) for name in ("a.html", "b.html")] == [1, 1]


KEPT, OTHER = f"NIK {NIK}", "NIK 3201014508900011"


@pytest.mark.parametrize(
    ("before", "now", "lines"),
    [
        ("a\nKEPT\nb\n", "a\nKEPT\nb\n", []),
        ("a\nKEPT\nb\n", "a\nKEPT\nc\nb\n", []),
        ("a\nKEPT\nb\n", "OTHER\na\nKEPT\nb\n", [1]),
        ("a\nKEPT\nb\n", "a\nKEPT\nOTHER\nb\n", [3]),
        ("a\nKEPT\nb\n", "a\nOTHER\nb\n", [2]),
        ("a\nKEPT\nb\n", "a\nKEPT!\nb\n", [2]),
        # The end of a file is no end of a line that stood there.
        ("a\nx KEPTA\n", "a\nx KEPT", [2]),
        ("a\nKEPTA\n", "b\nKEPT", [2]),
        ("", "KEPT\n", [1]),
    ],
)
def test_lines_that_stood_in_a_file_before_are_not_judged_again(
    before: str, now: str, lines: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaks, "TAIL", 2)
    said, written = (words.replace("KEPT", KEPT).replace("OTHER", OTHER).encode() for words in (before, now))
    (tmp_path / "x.csv").write_bytes(written)
    found = [line for line, _ in find_in_file(tmp_path, "x.csv", before=lambda _: said)]
    assert found == lines


@pytest.mark.parametrize(
    ("changed", "lines"),
    [
        pytest.param({3: "b"}, [], id="words"),
        pytest.param({3: OTHER}, [3], id="a number"),
        pytest.param({3: OTHER, 40: f"{OTHER} lagi"}, [3, 40], id="two of them, the second of another length"),
        pytest.param({3: f"{OTHER}\n{OTHER}"}, [3, 4], id="a line more"),
    ],
)
def test_a_large_file_is_read_in_pieces_which_are_found_again_where_others_grew(
    changed: dict[int, str], lines: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, size in (("AT_ONCE", 500), ("TAIL", 20)):
        monkeypatch.setattr(leaks, name, size)
    before = {number: f"{KEPT} {number}" for number in range(1, 60)}
    (tmp_path / "x.csv").write_text("".join(f"{line}\n" for line in (before | changed).values()))
    said = "".join(f"{line}\n" for line in before.values()).encode()
    assert [line for line, _ in find_in_file(tmp_path, "x.csv", before=lambda _: said)] == lines


LINES = st.lists(st.sampled_from(["", "a", "b;c", KEPT, OTHER, f"{KEPT} 5"]), max_size=12)


@given(before=LINES, now=LINES, ends=st.tuples(*[st.sampled_from(["", "\n"])] * 2), at_once=st.integers(1, 60))
@example(before=[KEPT, "a"], now=["a", KEPT], ends=("\n", "\n"), at_once=1)
def test_no_line_that_is_new_in_a_file_is_passed_over(
    before: list[str], now: list[str], ends: tuple[str, str], at_once: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    said, written = ("\n".join(lines) + end for lines, end in zip((before, now), ends, strict=True))
    folder = tmp_path_factory.mktemp("site")
    (folder / "x.csv").write_text(written)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(leaks, "AT_ONCE", at_once)
        monkeypatch.setattr(leaks, "TAIL", 9)
        found = {line for line, _ in find_in_file(folder, "x.csv", before=lambda _: said.encode())}
    bad = {number for number, line in enumerate(written.split("\n"), 1) if "NIK" in line}
    new = {number for number in bad if written.split("\n")[number - 1] not in said.split("\n")}
    assert new <= found <= bad
