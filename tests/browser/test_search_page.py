"""The search page on the real content: what readers ask is found, by the page's own code."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
import yaml
from conftest import BuiltSite, lent
from playwright.sync_api import Browser, Page, Route, expect

from kbp_site.content.records import BY_FOLDER

QUERIES = Path(__file__).parents[1] / "search" / "queries.yml"
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
FIRST = 5
RECALL_BAR = 0.95
LEAST = {"family": 60, "short": 30, "place": 15, "words": 30, "slip": 30}
"""How many queries of each kind there must be, so that the bar means something."""

ASK = """async (queries) => {
  const { open } = await import(new URL("assets/kbp/search.js", new URL(BASE, location.href)));
  const finder = await open();
  const answers = [];
  for (const query of queries) {
    const { full, part, mended } = await finder.find(query);
    const first = await Promise.all([...full, ...part].slice(0, FIRST).map((result) => result.data()));
    answers.push({ found: first.map((each) => new URL(each.url, location.href).pathname), mended });
  }
  return answers;
}""".replace("BASE", '"../"').replace("FIRST", str(FIRST))


OpenPage = Callable[..., Page]
"""Opens a page by its address, whole or below the site's."""


@pytest.fixture
def site_page(site: BuiltSite, browser: Browser) -> Iterator[OpenPage]:
    """Give a function that opens a page in a browser that remembers nothing, perhaps without scripts."""
    with ExitStack() as stack:

        def opened(address: str, *, has_scripts: bool = True, refused: str = "") -> Page:
            context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=has_scripts)
            stack.callback(context.close)
            page = context.new_page()
            if refused:
                page.route(refused, lambda route: route.abort())
            page.goto(address if address.startswith("http") else site.address + address)
            return page

        yield opened


@pytest.fixture(scope="module")
def only_page(browser: Browser) -> Iterator[Page]:
    """The page that these tests lend each other; the worker that keeps pages has tests of its own."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    yield context.new_page()
    context.close()


@pytest.fixture
def search(only_page: Page, site: BuiltSite) -> Iterator[Page]:
    """Give the search page."""
    with lent(only_page, site) as page:
        page.goto(f"{site.address}cari/")
        yield page


def queries() -> Iterator[tuple[str, str, set[str]]]:
    """Yield (kind, query, addresses of the records that answer it)."""
    for row in yaml.safe_load(QUERIES.read_text(encoding="utf-8"))["queries"]:
        yield row["kind"], row["ask"], {address(name) for name in flat(row["find"])}


def flat(names: Sequence[Any]) -> Iterator[str]:
    """Yield the names of lists in lists."""
    for name in names:
        yield from [name] if isinstance(name, str) else flat(name)


def address(name: str) -> str:
    """Return where a record's page is ("terms/kbp" → "/istilah/kbp/")."""
    folder, _, stem = name.partition("/")
    return f"/{BY_FOLDER[folder].PATH}/{stem}/"


def recall(found: Sequence[str], wanted: set[str]) -> float:
    """Return how many of the records that answer, five at most, stand among the first five."""
    return len(wanted & set(found[:FIRST])) / min(FIRST, len(wanted))


def test_there_are_queries_enough() -> None:
    kinds = [kind for kind, _, _ in queries()]
    assert len(kinds) == len({query for _, query, _ in queries()}) >= 150
    assert {kind: kinds.count(kind) >= least for kind, least in LEAST.items()} == dict.fromkeys(LEAST, True)


def test_every_record_that_answers_is_there() -> None:
    content = Path(__file__).parents[2] / "content"
    names = {name for row in yaml.safe_load(QUERIES.read_text("utf-8"))["queries"] for name in flat(row["find"])}
    assert [name for name in sorted(names) if not (content / f"{name}.yml").is_file()] == []


def test_what_readers_ask_is_found(search: Page) -> None:
    asked = list(queries())
    answers = search.evaluate(ASK, [query for _, query, _ in asked])
    scores = {
        (kind, query): recall(answer["found"], wanted)
        for (kind, query, wanted), answer in zip(asked, answers, strict=True)
    }
    poor = {query: score for (_, query), score in scores.items() if score < 0.5}
    assert sum(scores.values()) / len(scores) >= RECALL_BAR, poor
    for kind in LEAST:
        own = [score for (each, _), score in scores.items() if each == kind]
        assert sum(own) / len(own) >= RECALL_BAR - 0.06, kind


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("belajar", None),
        ("KBP", None),
        ("kotaku", None),
        ("hari kemerdekaan", "/pameran/pameran-hari-kemerdekaan/"),
        ("musrembang", "/istilah/musrenbang/"),
    ],
)
def test_a_query_has_its_answer_first(query: str, first: str | None, search: Page) -> None:
    [answer] = search.evaluate(ASK, [query])
    assert answer["found"]
    assert first is None or answer["found"][0] == first


@pytest.mark.parametrize(
    ("asked", "other", "is_slip"),
    [
        ("kunjungan", "kunjugan", True), ("kunjungan", "kunjunggan", True), ("kunjungan", "kunjumgan", True),
        ("kunjungan", "kunjugnan", True), ("kunjungan", "kunjungan", False), ("kunjungan", "kunjugna", False),
        ("aa", "aaa", True), ("ab", "ba", True), ("abc", "cba", False), ("", "a", True), ("a", "bcd", False),
    ],
)  # fmt: skip
def test_one_slip(asked: str, other: str, is_slip: bool, search: Page) -> None:
    assert slips(search, [(asked, other), (other, asked)]) == [is_slip, is_slip]


def test_one_slip_is_what_damerau_and_levenshtein_count(search: Page) -> None:
    chance = random.Random(5)
    words = ["".join(chance.choices("abc", k=chance.randrange(6))) for _ in range(6000)]
    pairs = list(zip(words[::2], words[1::2], strict=True))
    assert slips(search, pairs) == [distance(*pair) == 1 for pair in pairs]


def slips(page: Page, pairs: Sequence[tuple[str, str]]) -> list[bool]:
    """Let the page's script judge pairs of words."""
    told: list[bool] = page.evaluate(
        """async (pairs) => {
          const { isOneSlip } = await import("../assets/kbp/finder.js");
          return pairs.map(([one, other]) => isOneSlip(one, other));
        }""",
        [list(pair) for pair in pairs],
    )
    return told


def distance(one: str, other: str) -> int:
    """Return the optimal string alignment distance, from its definition."""
    rows = [[max(i, j) for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, a in enumerate(one, 1):
        for j, b in enumerate(other, 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def test_nothing_is_loaded_before_the_reader_comes(site_page: OpenPage) -> None:
    search = site_page("cari/")
    asked: list[str] = []
    search.on("request", lambda request: asked.append(request.url))
    search.reload(wait_until="networkidle")
    assert not [url for url in asked if "pagefind" in url or "finder" in url]
    with search.expect_request("**/pagefind/pagefind.js"):
        search.get_by_label("Kata yang dicari").focus()


def test_results_come_while_the_reader_types(search: Page) -> None:
    field = search.get_by_label("Kata yang dicari")
    field.press_sequentially("kunjungan lap", delay=10)
    search.wait_for_url("**/cari/?q=kunjungan+lap")
    expect(search.locator("#hasil > li").first).to_contain_text("Kunjungan lapangan")
    expect(search.locator("#jumlah")).to_have_text(re.compile(r"^\d+ hasil\.$"))
    assert search.locator("#hasil mark").first.inner_text() == "Kunjungan lapangan,"
    field.fill("")
    expect(search.locator("#hasil > li")).to_have_count(0)
    assert search.url.endswith("cari/")


def test_a_relative_is_marked_too(search: Page) -> None:
    ask(search, "mengunjungi")
    marks = {mark.lower().strip(".,") for mark in search.locator("#hasil mark").all_inner_texts()}
    assert {"kunjungan", "dikunjungi"} <= marks


def test_a_slip_is_mended_and_told(search: Page) -> None:
    ask(search, "kunjugan")
    said = re.compile(r"^\d+ hasil\. Menampilkan hasil untuk “kunjungan” \(bukan “kunjugan”\)\.$")
    expect(search.locator("#jumlah")).to_have_text(said)


def test_a_word_that_stands_nowhere_is_told(search: Page) -> None:
    ask(search, "xyzzyq")
    expect(search.locator("#jumlah")).to_have_text("Tidak ada yang cocok. Kata “xyzzyq” tidak ada di situs ini.")
    expect(search.get_by_text("Periksa ejaannya")).to_be_visible()
    expect(search.locator("#hasil > li")).to_have_count(0)


def test_what_fits_in_part_stands_below(search: Page) -> None:
    ask(search, "buku tamu")
    expect(search.locator("#jumlah")).to_have_text("1 hasil.")
    expect(search.get_by_role("heading", name="Memuat sebagian kata")).to_be_visible()
    expect(search.locator("#hasil > li")).to_have_count(1)
    expect(search.locator("#hasil-sebagian > li").first).to_be_visible()


def test_results_are_narrowed_and_the_address_remembers(search: Page, site_page: OpenPage) -> None:
    ask(search, "warga")
    search.get_by_text("Persempit hasil").click()
    role = search.locator("select[name=role]")
    expect(role.locator("option", has_text="Fasilitator")).to_have_count(1)
    label = role.locator("option", has_text="Fasilitator").inner_text()
    role.select_option(label=label)
    expect(search.locator("#jumlah")).to_have_text(f"{label.rpartition('(')[2].rstrip(')')} hasil.")
    expect(search.locator("select[name=kind] option")).not_to_have_count(1)
    address_of_it = search.url
    found = search.locator("#hasil strong").all_inner_texts()
    again = site_page(address_of_it)
    expect(again.locator("#hasil strong")).to_have_text(found)
    again.get_by_role("button", name="Lepas saringan").click()
    expect(again.locator("#hasil > li")).to_have_count(10)
    assert again.url.endswith("?q=warga")


def test_a_filter_can_be_changed(search: Page) -> None:
    ask(search, "warga")
    search.get_by_text("Persempit hasil").click()
    kind = search.locator("select[name=kind]")
    expect(kind.locator("option")).not_to_have_count(0)
    offered = kind.locator("option").all_inner_texts()
    kind.select_option("Pelajaran")
    expect(search.locator("#jumlah")).not_to_have_text("")
    expect(search.get_by_role("button", name="Lepas saringan")).to_be_visible()
    assert kind.locator("option").all_inner_texts() == offered
    kind.select_option("Istilah")
    [label] = [label for label in offered if label.startswith("Istilah")]
    expect(search.locator("#jumlah")).to_have_text(f"{label.rpartition('(')[2].rstrip(')')} hasil.")
    assert search.url.endswith("?q=warga&kind=Istilah")


def test_where_filters_leave_nothing_they_are_dropped_first(site_page: OpenPage) -> None:
    page = site_page("cari/?q=musrenbang&kind=Tempat&year=1999")
    expect(page.locator("#jumlah")).to_have_text(
        re.compile(r"^Tidak ada yang cocok dengan saringan ini\. Tanpa saringan ada \d+ hasil\.$")
    )
    assert page.locator("select[name=kind]").input_value() == "Tempat"
    expect(page.get_by_text("Periksa ejaannya")).to_be_hidden()
    page.get_by_role("button", name="Lepas saringan").click()
    expect(page.locator("#hasil > li").first).to_be_visible()
    assert page.url.endswith("?q=musrenbang")


def test_what_is_asked_goes_along_to_the_other_language(search: Page) -> None:
    ask(search, "KBP & warga")
    search.locator(".kbp-button--language").click()
    expect(search.get_by_role("searchbox")).to_have_value("KBP & warga")
    assert search.url.endswith("en/search/?q=KBP+%26+warga")
    search.get_by_role("searchbox").fill("")
    expect(search.locator(".kbp-button--language")).to_have_attribute("href", re.compile("/cari/$"))


def test_what_any_search_needs_is_fetched_side_by_side(site_page: OpenPage) -> None:
    search = site_page("cari/")
    asked: list[str] = []
    search.on("request", lambda request: asked.append(urlsplit(request.url).path))
    with search.expect_request("**/*.pf_meta"):
        search.get_by_label("Kata yang dicari").focus()
    ask(search, "warga")
    files = [path.rpartition("/")[2] for path in asked if "/pagefind/" in path or path.endswith("finder.js")]
    assert set(files[:4]) == {"finder.js", "pagefind.js", "pagefind-entry.json", "wasm.id.pagefind"}
    assert len(files) == len(set(files)), "a file is fetched twice"


@pytest.mark.parametrize("query", ["garis kemiskinan", "kecamatan selat", "kapuas"])
def test_excerpts_hold_sentences_and_no_codes(query: str, search: Page) -> None:
    ask(search, query)
    expect(search.locator("#hasil > li").first).to_be_visible()
    for text in search.locator("#hasil p:not(.kbp-card__meta)").all_inner_texts():
        assert not re.search(r"\b62\.03|\b6203|poligon|GK\.|Kab\. Kapuas\.", text), text


def test_a_mediator_is_not_asked_for_by_the_name_of_a_province(search: Page) -> None:
    [answer] = search.evaluate(ASK.replace("slice(0, 5)", "slice(0, 99)"), ["penengah"])
    assert "/peran/mediator/" in answer["found"]
    assert not {"/tempat/kalimantan-tengah/", "/tempat/selat-tengah/"} & set(answer["found"])


def test_a_filter_can_be_read_on_a_phone(site_page: OpenPage) -> None:
    page = site_page("cari/?q=warga&role=Pendorong+data+kemiskinan+versi+warga")
    expect(page.locator("select[name=kind] option")).not_to_have_count(0)
    widths = page.locator("#saringan select:visible").evaluate_all("fields => fields.map((field) => field.clientWidth)")
    assert min(widths) >= 300


def test_more_results_come_and_the_keyboard_goes_on_with_them(search: Page) -> None:
    ask(search, "warga")
    expect(search.locator("#hasil > li")).to_have_count(10)
    search.get_by_role("button", name="Muat lebih banyak").press("Enter")
    expect(search.locator("#hasil > li")).to_have_count(20)
    expect(search.locator("#hasil > li").nth(10).get_by_role("link")).to_be_focused()


def test_a_result_leads_to_its_page(search: Page) -> None:
    ask(search, "musrenbang")
    search.get_by_label("Kata yang dicari").press("Tab")
    search.keyboard.press("Tab")
    search.keyboard.press("Enter")
    expect(search.get_by_role("heading", level=1)).to_have_text("Musrenbang")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_have_no_barrier_that_axe_finds(scheme: Literal["light", "dark"], search: Page) -> None:
    search.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    search.set_viewport_size({"width": 320, "height": 640})
    ask(search, "buku tamu")
    search.get_by_text("Persempit hasil").click()
    expect(search.locator("select[name=kind] option")).not_to_have_count(0)
    search.evaluate(AXE)
    found = search.evaluate(
        "axe.run('main', { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })"
    )
    assert [(each["id"], node["html"]) for each in found["violations"] for node in each["nodes"]] == []
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert search.evaluate(width) == 0


def test_an_english_page_searches_english_pages(site_page: OpenPage) -> None:
    page = site_page("en/search/?q=mediation")
    expect(page.locator("#hasil > li").first).to_be_visible()
    links = page.locator("#hasil a").evaluate_all("links => links.map((link) => link.pathname)")
    assert [link for link in links if not link.startswith("/en/")] == []


def test_an_english_result_says_which_words_are_indonesian(site_page: OpenPage) -> None:
    def untranslate(route: Route) -> None:
        """Answer as if no record had an English edition: all of KBP Kapuas has."""
        said = gzip.decompress(route.fetch().body())
        assert b'"meta":{' in said
        route.fulfill(body=gzip.compress(said.replace(b'"meta":{', b'"meta":{"language":"id",')))

    page = site_page("en/search/")
    page.route("**/*.pf_fragment", untranslate)
    page.goto(f"{page.url}?q=hampatung")
    untranslated = page.locator("#hasil > li", has=page.locator("strong[lang=id]"))
    expect(untranslated.first.locator(".kbp-card__label")).to_be_visible()
    expect(untranslated.first.locator(".kbp-card__label")).not_to_have_attribute("lang", "id")


def test_a_line_from_right_to_left_begins_at_the_right(search: Page) -> None:
    sides = """(heading) => {
      heading.style.width = "300px";
      heading.textContent = "العربية: sawah";
      const words = new Range();
      words.selectNodeContents(heading.firstChild);
      return [words.getBoundingClientRect().right, heading.getBoundingClientRect().right];
    }"""
    words, heading = search.get_by_role("heading", level=1).evaluate(sides)
    assert abs(words - heading) < 1


def test_without_scripts_the_page_says_where_else_to_look(site_page: OpenPage) -> None:
    page = site_page("cari/", has_scripts=False)
    expect(page.get_by_text("Pencarian memerlukan JavaScript.")).to_be_visible()
    expect(page.get_by_label("Kata yang dicari")).to_be_hidden()
    expect(page.get_by_role("main").get_by_role("link", name="Istilah")).to_be_visible()


def test_an_index_that_cannot_be_loaded_is_told(site_page: OpenPage) -> None:
    page = site_page("cari/?q=warga", refused="**/pagefind/*")
    expect(page.locator("#jumlah")).to_have_text("Daftar pencarian belum dapat dimuat. Pilih dari daftar di bawah.")


def ask(page: Page, query: str) -> None:
    """Type a query and press Enter."""
    page.get_by_label("Kata yang dicari").fill(query)
    page.get_by_label("Kata yang dicari").press("Enter")
    expect(page.locator("#jumlah")).to_have_text(re.compile("^(?!Mencari …$)."))
