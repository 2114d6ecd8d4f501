"""The site when the server is gone, and when it has a new release; below a folder, as on shared hosts."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import QuietHandler
from copies import copy_site
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from releases import release_of

from kbp_site.site.build import Order, build
from kbp_site.site.worker import WORKERS, language_of, read_files, write_worker

TODAY = date(2026, 11, 23)
STORY = "kegiatan/mediasi-parit/"
MARKET = "kegiatan/pasar-warga/"
UNSEEN = "kegiatan/rapat-lama/"
FOLDER = "situs"
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


class CachingHandler(QuietHandler):
    """Lets browsers use what they have for ten minutes, as GitHub's pages do."""

    def end_headers(self) -> None:
        """Say so."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


class Server(ThreadingHTTPServer):
    """Says nothing when a browser that closes hangs up."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Let it go."""


class Host:
    """A web server that can go away and come back at the same address, with the site below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.start()

    @property
    def address(self) -> str:
        """The site's address."""
        return f"http://127.0.0.1:{self.port}/{FOLDER}/"

    def start(self) -> None:
        """Serve, at the port of before where there was one."""
        self.server = Server(("127.0.0.1", self.port), partial(CachingHandler, directory=str(self.folder)))
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def stop(self) -> None:
        """Go away; whoever asks is refused."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture(scope="module")
def releases(full_site: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give two releases of a small site: in the second, two stories have other summaries."""
    root = copy_site("full", tmp_path_factory.mktemp("luring"))
    second = root / FOLDER
    for name in ("mediasi-parit", "pasar-warga"):
        record = root / "content" / "activities" / f"{name}.yml"
        written = record.read_text(encoding="utf-8")
        record.write_text(written.replace("summary: ", "summary: Baru! ", 1), encoding="utf-8")
    assert build(Order(root, second, TODAY, jobs=1), lambda sentence: None).pages
    later = time.time() + 60  # web servers compare whole seconds
    for path in second.rglob("*"):
        os.utime(path, (later, later))
    return full_site, second


@pytest.fixture
def host(releases: tuple[Path, Path], tmp_path: Path) -> Iterator[Host]:
    """Serve the first release."""
    shutil.copytree(releases[0], tmp_path / FOLDER)
    host = Host(tmp_path)
    yield host
    host.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a browser that has never seen the site."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def publish(host: Host, release: Path) -> None:
    """Let the server show another release."""
    shutil.rmtree(host.folder / FOLDER)
    shutil.copytree(release, host.folder / FOLDER)


IS_KEPT = "path => caches.match(path).then(Boolean)"
IS_NOT_KEPT = "path => caches.match(path).then(found => !found)"


def wait_until(page: Page, promise: str, arg: str = "") -> None:
    """Wait until a promise of the page comes to true (Playwright takes any promise for true)."""
    end = time.monotonic() + 10
    while not page.evaluate(promise, arg):
        assert time.monotonic() < end, promise
        page.wait_for_timeout(50)


def visit(page: Page, host: Host, path: str = "") -> None:
    """Open a page for the first time, and wait until the worker has kept it."""
    page.goto(host.address + path)
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    wait_until(page, IS_KEPT, host.address + path)


def test_what_was_visited_and_the_core_open_without_a_server(
    host: Host, page: Page, releases: tuple[Path, Path]
) -> None:
    visit(page, host, STORY)
    host.stop()
    try:
        core = [path for path in release_of(releases[0])["core"] if path.endswith("/") or not path]
        assert len(core) > 15
        for path in [STORY, f"{STORY}?utm=wa#hasil", f"{STORY}index.html", "cari/?q=parit", *core]:
            answer = page.goto(host.address + path)
            assert answer is not None and answer.ok and answer.from_service_worker, path
            assert page.url == host.address + path
            assert page.evaluate("document.styleSheets[0].cssRules.length") > 100, path
    finally:
        host.start()


@pytest.mark.parametrize(
    ("path", "title"), [(UNSEEN, "Membaca tanpa sinyal"), ("en/activities/rapat-lama/", "Reading without a connection")]
)
def test_a_page_never_seen_gives_a_friendly_one(host: Host, page: Page, path: str, title: str) -> None:
    visit(page, host, STORY)
    host.stop()
    try:
        page.goto(host.address + path)
        expect(page.locator("h1")).to_have_text(title)
        expect(page.locator("#belum-tersimpan")).to_be_visible()
        assert page.locator("#coba-lagi").evaluate("link => link.href") == host.address + path
        kept = page.locator("#daftar-simpanan a")
        expect(kept).to_have_count(1)
        kept.click()
        assert page.url == host.address + STORY
    finally:
        host.start()
    page.goto(host.address + path)
    assert page.url == host.address + path


def accept(page: Page) -> None:
    """Let the new release in; the page is loaded again."""
    with page.expect_navigation():
        page.get_by_role("button", name="Muat versi baru").click()


def summary(page: Page) -> str:
    """Return the story's summary."""
    return page.locator(".kbp-hero__summary").inner_text()


def test_a_new_release_waits_until_the_reader_lets_it_in(host: Host, page: Page, releases: tuple[Path, Path]) -> None:
    visit(page, host, STORY)
    visit(page, host, MARKET)
    visit(page, host, UNSEEN)
    old = summary(page)
    publish(host, releases[1])
    bar = page.locator(".kbp-release p")
    page.goto(host.address + STORY)
    expect(bar).to_be_visible()
    assert not summary(page).startswith("Baru!")
    page.get_by_role("button", name="Nanti").click()
    expect(bar).to_be_hidden()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(bar).to_be_hidden()
    assert not summary(page).startswith("Baru!")
    page.evaluate("sessionStorage.clear()")
    page.reload()
    accept(page)
    expect(page.locator(".kbp-hero__summary")).to_contain_text("Baru!")
    expect(bar).to_be_hidden()
    page.goto(host.address + MARKET)
    assert summary(page).startswith("Baru!")
    names = page.evaluate("caches.keys()")
    assert len(names) == 2, names
    host.stop()
    try:
        page.goto(host.address + UNSEEN)
        assert summary(page) == old
        page.goto(host.address + STORY)
        assert summary(page).startswith("Baru!")
    finally:
        host.start()


def saved_list(release: Path, page: str = "luring") -> dict[str, Any]:
    """Return the list of what can be saved."""
    told: dict[str, Any] = json.loads((release / page / "daftar.json").read_text("utf-8"))
    return told


def save_all(page: Page, host: Host, path: str = "luring/") -> None:
    """Save all that the offline page offers."""
    page.goto(host.address + path)
    page.locator("#simpan-semua").click()
    expect(page.locator("#kabar-simpanan")).to_have_text(re.compile("^(Selesai|Done)"))


def test_saving_all_saves_pages_and_search_and_its_size_is_right(
    host: Host, page: Page, releases: tuple[Path, Path]
) -> None:
    files = read_files(releases[0])
    core = set(release_of(releases[0])["core"])
    told = saved_list(releases[0])
    pages, search = ({path for path, _, _ in told[what]} for what in ("pages", "search"))
    texts = [file for file in files if file.path in core | pages and file.is_page and language_of(file.path) == "id"]
    size = sum(file.size for file in files if file.path in core | pages | search)
    shown = f"{size / 1e6:.1f}".replace(".", ",")
    page.goto(f"{host.address}luring/")
    expect(page.locator("#simpanan")).to_be_visible()
    expect(page.locator("#hapus")).to_be_hidden()
    button = page.locator("#simpan-semua")
    offer = f"Simpan seluruh tulisan ({len(texts)} halaman dan pencarian, {shown} MB)"
    expect(button).to_have_text(offer)
    save_all(page, host)
    expect(button).to_have_text("Perbarui simpanan")
    host.stop()
    try:
        addresses = [host.address + path for path in [*(file.path for file in texts), *search]]
        assert len(texts) > 40 and len(search) > 30 and all(page.evaluate(KEPT, addresses))
        answer = page.goto(host.address + texts[-1].path)
        assert answer is not None and answer.ok and page.url == host.address + texts[-1].path
        page.goto(f"{host.address}luring/")
        day = page.evaluate("new Date().toLocaleDateString('id', { dateStyle: 'long' })")
        final = f"Tersimpan lengkap: {len(texts)} halaman dan pencarian, {shown} MB, {day}."
        expect(page.locator("#tersimpan")).to_have_text(final)
        expect(page.locator("#kemajuan")).to_be_hidden()
        expect(page.locator("#kabar-simpanan")).to_be_empty()
        page.get_by_role("button", name="Hapus simpanan").click()
        expect(page.locator("#daftar-simpanan")).to_be_hidden()
        expect(page.locator("#tersimpan")).not_to_contain_text("lengkap")
    finally:
        host.start()


@pytest.mark.parametrize(
    ("offline", "search", "slip", "found"),
    [
        ("luring/", "cari/?q=mediasi", "medasi", STORY),
        ("en/offline/", "en/search/?q=mediation", "mediatoin", "en/activities/"),
    ],
)
def test_what_was_saved_can_be_searched_without_a_server(
    host: Host, page: Page, offline: str, search: str, slip: str, found: str
) -> None:
    save_all(page, host, offline)
    host.stop()
    try:
        page.goto(host.address + search)
        first = page.locator("#hasil a").first
        expect(first).to_have_attribute("href", re.compile(f"/{FOLDER}/{found}"))
        page.get_by_text(re.compile("^(Persempit hasil|Narrow)")).click()
        expect(page.locator("select[name=year] option")).not_to_have_count(1)
        page.locator("#kata").fill("xyzzyq")
        expect(page.locator("#jumlah")).to_contain_text("xyzzyq")
        page.locator("#kata").fill(slip)  # which the list of words mends
        expect(page.locator("#hasil > li").first).to_be_visible()
        expect(page.locator("#tanpa-sinyal")).to_be_hidden()
    finally:
        host.start()


CACHE = f"kbp /{FOLDER}/ disimpan"
FORGET = "([name, path]) => caches.open(name).then(cache => cache.delete(path))"


def forget(page: Page, host: Host, path: str) -> None:
    """Take a saved file away, as if it had never been saved."""
    page.evaluate(FORGET, [CACHE, host.address + path])


NO_SIGNAL = "Tidak ada sinyal, dan bagian pencarian yang diperlukan belum tersimpan di perangkat ini."


def test_a_search_without_a_signal_says_why_it_fails_and_how_to_save(host: Host, page: Page) -> None:
    visit(page, host)
    host.stop()
    try:
        page.goto(f"{host.address}cari/?q=parit")
        expect(page.locator("#jumlah")).to_have_text(NO_SIGNAL)
        page.locator("#tanpa-sinyal a").click()
        expect(page.locator("h1")).to_have_text("Membaca tanpa sinyal")
        page.goto(f"{host.address}cari/")
    finally:
        host.start()
    page.locator("#kata").fill("parit")  # the signal is back: the page need not be loaded again
    expect(page.locator("#hasil > li").first).to_be_visible()
    expect(page.locator("#tanpa-sinyal")).to_be_hidden()


def test_a_search_does_not_take_for_unknown_what_it_could_not_load(
    host: Host, page: Page, releases: tuple[Path, Path]
) -> None:
    save_all(page, host)
    for path, _, _ in saved_list(releases[0])["search"]:
        if path.endswith(".pf_index"):
            forget(page, host, path)
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")  # which has them too
    host.stop()
    try:
        page.goto(f"{host.address}cari/?q=warga")
        expect(page.locator("#jumlah")).to_have_text(NO_SIGNAL)
    finally:
        host.start()


def test_the_page_says_which_language_it_saves_and_leads_to_the_other(host: Host, page: Page) -> None:
    panel = page.locator("#simpanan")
    page.goto(f"{host.address}luring/")
    expect(panel).to_contain_text("dalam bahasa Indonesia")
    panel.get_by_role("link", name="Simpan tulisan dalam bahasa Inggris").click()
    expect(panel).to_contain_text("in English")
    panel.get_by_role("link", name="Save texts in Indonesian").click()
    assert page.url == f"{host.address}luring/"


def test_saving_again_after_a_change_says_that_the_site_has_changed(
    host: Host, page: Page, releases: tuple[Path, Path]
) -> None:
    save_all(page, host)
    publish(host, releases[1])
    shutil.rmtree(host.folder / FOLDER / MARKET)
    gone = next(path for path, _, _ in saved_list(releases[0])["search"] if path.endswith(".pf_fragment"))
    (host.folder / FOLDER / gone).unlink(missing_ok=True)
    write_worker(host.folder / FOLDER)
    page.goto(f"{host.address}luring/")
    expect(page.locator("#tersimpan")).to_contain_text("situs sudah berubah sesudahnya")
    page.get_by_role("button", name="Perbarui simpanan").click()
    expect(page.locator("#kabar-simpanan")).to_contain_text("Selesai")
    expect(page.locator("#tersimpan")).to_contain_text("Tersimpan lengkap")
    assert page.evaluate(KEPT, [host.address + path for path in (MARKET, gone, STORY)]) == [False, False, True]


def test_an_address_that_does_not_exist_is_not_called_unsaved(host: Host, page: Page) -> None:
    words = page.locator("#belum-tersimpan p:visible").first
    visit(page, host)
    host.stop()
    try:
        page.goto(f"{host.address}kegiatan/tidak-ada/")
        expect(words).to_contain_text("atau alamatnya memang tidak ada")
    finally:
        host.start()
    save_all(page, host)
    forget(page, host, UNSEEN)
    host.stop()
    try:
        page.goto(f"{host.address}kegiatan/tidak-ada/")
        expect(words).to_contain_text("Halaman tidak ditemukan")
        page.goto(host.address + UNSEEN)
        expect(words).to_contain_text("Halaman ini belum tersimpan di perangkat ini. Situs")
        page.goto(f"{host.address}data/apa.json")
        expect(words).to_contain_text("atau alamatnya memang tidak ada")
        page.goto(host.address + STORY.rstrip("/"))
        page.wait_for_url(host.address + STORY)
        page.goto(f"{host.address}tentang-kbp/")
        page.wait_for_url(f"{host.address}organisasi/kbp-muara/")
    finally:
        host.start()


KEPT = "all => Promise.all(all.map(each => caches.match(each))).then(found => found.map(Boolean))"
FULL_DISK = "() => { Cache.prototype.put = () => Promise.reject(new DOMException('', 'QuotaExceededError')); }"
SLOW_PUT = "() => { Cache.prototype.put = () => new Promise(done => setTimeout(done, 300)); }"
"""What a browser does whose disk is full, or slow."""


def test_saving_stops_when_the_disk_is_full(host: Host, page: Page) -> None:
    page.goto(f"{host.address}luring/")
    page.evaluate(FULL_DISK)
    page.locator("#simpan-semua").click()
    expect(page.locator("#kabar-simpanan")).to_contain_text("Ruang di perangkat ini tidak cukup")
    expect(page.locator("#simpan-semua")).to_be_visible()


def test_saving_stops_when_the_reader_asks(host: Host, page: Page) -> None:
    page.goto(f"{host.address}luring/")
    page.evaluate(SLOW_PUT)
    page.locator("#simpan-semua").click()
    expect(page.locator("#kemajuan")).to_be_visible()
    page.get_by_role("button", name="Batalkan").click()
    expect(page.locator("#kabar-simpanan")).to_contain_text("Dihentikan")
    expect(page.locator("#kemajuan")).to_be_hidden()
    assert page.locator("#kemajuan").evaluate("bar => bar.value < bar.max")


def test_a_page_that_is_gone_from_the_site_is_kept_no_longer(
    host: Host, page: Page, releases: tuple[Path, Path]
) -> None:
    visit(page, host, STORY)
    publish(host, releases[1])
    shutil.rmtree(host.folder / FOLDER / STORY)
    page.reload()
    accept(page)
    answer = page.goto(host.address + STORY)
    assert answer is not None and answer.status == 404
    wait_until(page, IS_NOT_KEPT, host.address + STORY)


def test_what_is_core_no_more_is_still_kept(host: Host, page: Page, releases: tuple[Path, Path]) -> None:
    visit(page, host)
    publish(host, releases[1])
    worker = host.folder / FOLDER / "sw.js"
    worker.write_text(worker.read_text(encoding="utf-8").replace('"pelajaran/",', ""), encoding="utf-8")
    page.reload()
    accept(page)
    wait_until(page, "caches.keys().then(names => names.length === 2)")
    host.stop()
    try:
        page.goto(f"{host.address}pelajaran/")
        expect(page.locator("h1")).to_have_text("Pelajaran")
    finally:
        host.start()


def test_the_farewell_ends_a_worker_and_all_that_it_kept(host: Host, page: Page) -> None:
    visit(page, host, STORY)
    page.evaluate("caches.open('lain')")
    shutil.copyfile(WORKERS / "farewell.js", host.folder / FOLDER / "sw.js")
    page.reload()
    wait_until(page, "caches.keys().then(names => names.join() === 'lain')")
    wait_until(page, "navigator.serviceWorker.getRegistration().then(found => !found?.active)")


def test_without_scripts_the_offline_page_promises_nothing(host: Host, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host.address}luring/")
    expect(page.locator("#tanpa-simpanan")).to_be_visible()
    shown = page.locator("main").inner_text()
    assert "tersimpan di perangkat" not in shown and "menyimpan setiap halaman" not in shown
    expect(page.locator("#simpanan")).to_be_hidden()
    context.close()


@pytest.mark.parametrize(
    "failure",
    ["delete Navigator.prototype.serviceWorker", "navigator.serviceWorker.register = () => Promise.reject(Error())"],
)
def test_a_browser_that_keeps_nothing_is_promised_nothing(host: Host, page: Page, failure: str) -> None:
    page.clock.install()
    page.add_init_script(failure)
    page.goto(f"{host.address}luring/")
    page.clock.run_for(15_000)
    expect(page.locator("#tanpa-simpanan")).to_be_visible()
    expect(page.locator("#cara-kerja")).to_be_hidden()
    expect(page.locator("#simpanan")).to_be_hidden()


def test_the_browser_would_install_the_site(host: Host, page: Page) -> None:
    """Windows of tests count as private ones, in which nothing is installed: that is the only hindrance left."""
    page.goto(host.address)
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    devtools = page.context.new_cdp_session(page)
    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {error["errorId"] for error in errors} <= {"in-incognito"}
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == [] and manifest["url"] == f"{host.address}manifest.webmanifest"
    for icon in json.loads(manifest["data"])["icons"]:
        with Image.open(host.folder / FOLDER / icon["src"]) as drawn:
            assert (drawn.format, "{}x{}".format(*drawn.size)) == ("PNG", icon["sizes"])


def test_a_manifest_without_icons_would_be_refused(host: Host, page: Page) -> None:
    """What the test above looks at can fail."""
    path = host.folder / FOLDER / "manifest.webmanifest"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "icons": []}), encoding="utf-8")
    page.goto(host.address)
    errors = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {error["errorId"] for error in errors} - {"in-incognito"}


def test_the_bar_of_a_new_release_has_no_barrier_that_axe_finds(host: Host, page: Page) -> None:
    page.goto(host.address)
    page.evaluate("document.querySelector('.kbp-release p').hidden = false")
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert page.evaluate("axe.run('.kbp-release').then(all => all.violations)") == []
