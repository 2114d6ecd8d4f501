"""A link leads to a file and an anchor of the site, or outside; what is known of links never shows."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import example, given
from hypothesis import strategies as st

from kbp_site.site.gate import PageReading
from kbp_site.site.links import MOST_GONE, Ground, leads_somewhere, links_known, lost_targets

GROUND = Ground(
    {"index.html", "kegiatan/index.html", "kegiatan/a/index.html", "kegiatan/a.b/index.html", "feed.xml", "data/x.csv"},
    {"index.html": frozenset({"isi"}), "kegiatan/a/index.html": frozenset({"hasil"})},
    "/",
)
STEPS = st.lists(
    st.sampled_from(["..", ".", "", "kegiatan", "a", "a.b", "feed.xml", "data", "x.csv", "%61", "a#hasil"])
)


ORIGINS = st.sampled_from(["index.html", "kegiatan/index.html", "kegiatan/a/index.html"])


@given(st.lists(st.tuples(ORIGINS, STEPS.map("/".join) | st.sampled_from(["#isi", "#hasil", "#is%69", "?a", "/#isi"]))))
@example([("kegiatan/index.html", "a/"), ("index.html", "a/")])
@example([("kegiatan/index.html", "../data/x.csv"), ("kegiatan/index.html", "data/x.csv")])
def test_what_was_found_on_other_pages_changes_nothing(links: list[tuple[str, str]]) -> None:
    sound: set[str] = set()
    for origin, target in links:
        reading = PageReading(origin, "", GROUND.anchors.get(origin, frozenset()), (target,), (), ())
        is_lost = list(lost_targets(reading, GROUND, sound)) == [target]
        assert is_lost is not leads_somewhere(origin, target, GROUND)


def reading_of(path: str, *targets: str, anchors: frozenset[str] = frozenset()) -> PageReading:
    """Return what is read in a page with these links."""
    return PageReading(path, "", anchors, targets, (), ())


def sound_of(path: str, targets: Iterable[str]) -> list[str]:
    """Return those of a page's links that lead somewhere."""
    return [target for target in targets if leads_somewhere(path, target, GROUND)]


PAGES = [name for name in GROUND.files if name.endswith(".html")]
ADDRESSES = STEPS.map("/".join) | st.sampled_from(
    [
        "#isi",
        "#hasil",
        "#is%69",
        "?a",
        "/#isi",
        "./",
        "../#isi",
        "a/#h%61sil",
        " a/",
        "a/\n",
        "\ta\r/",
        "https://a.id/a%20b",
        "mailto:a@b.id?c=%20",
    ]
)


@given(
    st.dictionaries(st.sampled_from(PAGES), st.lists(ADDRESSES, max_size=4), min_size=1),
    st.sets(st.sampled_from(sorted(GROUND.files))),
    st.booleans(),
)
@example({"kegiatan/a/index.html": ["../"]}, {"kegiatan/index.html"}, False)
@example({"kegiatan/index.html": ["%61/"]}, {"kegiatan/a/index.html"}, False)
@example({"kegiatan/index.html": ["a/\n"]}, {"kegiatan/a/index.html"}, False)
@example({"kegiatan/index.html": ["a/#hasil"]}, set(), True)
@example({"kegiatan/index.html": ["a/#h%61sil"]}, set(), True)
def test_a_page_whose_links_are_not_asked_again_has_none_that_leads_nowhere(
    links: dict[str, list[str]], gone: set[str], is_bare: bool
) -> None:
    """Pages whose links all led somewhere stand as they were; files are gone, or anchors."""
    known = {
        path: reading_of(path, *sound_of(path, targets), anchors=GROUND.anchors.get(path, frozenset()))
        for path, targets in {**dict.fromkeys(GROUND.anchors, ()), **links}.items()
    }
    anchors = {path: frozenset[str]() if is_bare else found for path, found in GROUND.anchors.items()}
    now = Ground(set(GROUND.files) - gone, anchors, GROUND.base)
    for path in set(links_known(known, GROUND.files, now)) - gone:
        # A page that lost its own anchors is another one, and is asked whatever is known.
        if not (is_bare and known[path].anchors):
            assert list(lost_targets(known[path], now, set())) == []


def test_only_pages_that_name_what_is_gone_are_asked_again() -> None:
    known = {path: reading_of(path, "/feed.xml") for path in PAGES} | {
        "kegiatan/index.html": reading_of("kegiatan/index.html", "a/", "https://a.id/?q=%20a")
    }
    less = Ground(set(GROUND.files) - {"kegiatan/a/index.html"}, {}, "/")
    assert links_known(known, GROUND.files, GROUND) == known.keys()
    asked = {"kegiatan/index.html", "kegiatan/a/index.html"}
    assert known.keys() - links_known(known, GROUND.files, less) == asked


def test_of_files_that_no_page_names_any_number_may_go() -> None:
    """An edit gives many files of the search index other names."""
    names = [f"{number}.txt" for number in range(MOST_GONE + 1)]
    known = {
        "index.html": reading_of("index.html", "a/"),
        "a/index.html": reading_of("a/index.html", "../?dan=0.txt", *(f"../{name}?x#y" for name in names[1:])),
    }
    assert links_known(known, names, GROUND) == known.keys() - {"a/index.html"}
    known["a/index.html"] = reading_of("a/index.html", *(f"../{name}?x#y" for name in names))
    assert links_known(known, names, GROUND) == ()
