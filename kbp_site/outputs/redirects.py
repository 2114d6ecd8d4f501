"""Old paths lead on: for every alias a small static page, and a list for hosts that redirect themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from kbp_site.content.library import Entry, Library
from kbp_site.content.old_paths import old_file
from kbp_site.content.problems import Fault, Problem
from kbp_site.content.records.base import Envelope
from kbp_site.locale import Language, text
from kbp_site.outputs.headers import POLICY
from kbp_site.pages.page import absolute, base_of, href, localized, path_of, site_url

STYLE = "assets/kbp/kbp.css"
INDEX = "index.html"
LIST = "_redirects"
"""The list that Netlify and Cloudflare Pages read; others serve it as a file that nobody asks for."""

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{heading} – {site}</title>
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="0; url={href}">
{canonical}<link rel="stylesheet" href="{style}">
</head>
<body>
<main class="kbp-main">
<article class="kbp-text">
<h1>{heading}</h1>
<p>{lead} <a href="{href}"{said_in}>{title}</a>.</p>
</article>
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class Redirect:
    """The page at an old path: its file below the site, the path that it leads to, and who asked for it."""

    file: str
    target: str
    language: Language
    entry: Entry[Envelope]
    index: int

    @property
    def href(self) -> str:
        """Where it leads, from where it stands."""
        return href(self.file, self.target)

    @property
    def path(self) -> str:
        """The address that it answers at, below the site."""
        return self.file.removesuffix(INDEX)


def plan_redirects(library: Library) -> tuple[Redirect, ...]:
    """Return every redirect, by file.

    An old name of a record ("kegiatan/lama") was its English address too ("en/activities/lama"), so
    that one leads on as well, where the site has English pages. What an editor wrote comes first.
    """
    asked = [
        (entry, index, old_file(alias))
        for entry in library.public
        if entry.record.PATH
        for index, alias in enumerate(entry.record.aliases)
    ]
    found: dict[str, Redirect] = {}
    for entry, index, file in asked:
        language = next((one for one in library.languages if file.startswith(f"{one}/")), library.languages[0])
        found.setdefault(file, _redirect(file, language, entry, index))
    for entry, index, file in asked:
        section, _, name = file.removesuffix(f"/{INDEX}").rpartition("/")
        for language in library.languages if section == entry.record.PATH else ():
            twin = f"{localized(f'{section}/{name}/', language)}{INDEX}"
            found.setdefault(twin, _redirect(twin, language, entry, index))
    return tuple(found[file] for file in sorted(found))


def _redirect(file: str, language: Language, entry: Entry[Envelope], index: int) -> Redirect:
    return Redirect(file, localized(path_of(entry), language), language, entry, index)


def targets_of(redirects: Sequence[Redirect]) -> dict[str, str]:
    """Return where each old address leads to."""
    return {redirect.path: redirect.target for redirect in redirects}


def leads_of(redirects: Iterable[Redirect]) -> dict[str, str]:
    """Return where each redirect's file leads to."""
    return {redirect.file: redirect.href for redirect in redirects}


def find_clashes(redirects: Iterable[Redirect], files: Iterable[str]) -> Iterator[Problem]:
    """Yield K305 for every redirect in whose place one of the site's ``files`` stands, whatever its case.

    A folder may not become a file, nor a file a folder.
    """
    taken: set[str] = set()
    folders: set[str] = set()
    for file in files:
        _take(file, taken, folders)
    for redirect in redirects:
        name = redirect.file.lower()
        if name in taken or name in folders or not taken.isdisjoint(_above(name)):
            alias = redirect.entry.record.aliases[redirect.index]
            fault = Fault(
                "K305",
                text('alamat "{alias}" sudah dipakai oleh {other}', alias=alias, other=redirect.path),
                text("hapus alamat lama ini atau ganti yang lain"),
            )
            yield redirect.entry.source.problem(("aliases", redirect.index), fault)
        else:
            _take(name, taken, folders)


def _take(file: str, taken: set[str], folders: set[str]) -> None:
    name = file.lower()
    taken.add(name)
    folders.update(_above(name))


def _above(name: str) -> list[str]:
    """Return the folders that a file stands in."""
    parts = name.split("/")[:-1]
    return ["/".join(parts[: length + 1]) for length in range(len(parts))]


def export_redirects(library: Library, redirects: Sequence[Redirect]) -> dict[str, bytes]:
    """Return file → content: a page for each redirect, and the list where there is any."""
    pages = {redirect.file: _page(library, redirect).encode() for redirect in redirects}
    return {**pages, LIST: _list(library, redirects)} if redirects else {}


def _page(library: Library, redirect: Redirect) -> str:
    language = redirect.language
    address = absolute(library, redirect.target) if site_url(library) else ""
    is_said = language == "id" or language in redirect.entry.translations
    return PAGE.format(
        language=language,
        policy=POLICY,
        heading=text("Halaman ini pindah").say(language),
        lead=text("Halaman ini pindah ke").say(language),
        site=escape(library.site_entry.said(language).title),
        title=escape(redirect.entry.said(language).title),
        said_in="" if is_said else ' lang="id"',
        href=escape(redirect.href),
        canonical=f'<link rel="canonical" href="{escape(address)}">\n' if address else "",
        style=href(redirect.file, STYLE),
    )


def _list(library: Library, redirects: Sequence[Redirect]) -> bytes:
    """Return one redirect a line; a host's addresses begin at its root, wherever the site stands."""
    base = base_of(site_url(library))
    return "".join(f"{base}{redirect.path} {base}{redirect.target} 301\n" for redirect in redirects).encode()
