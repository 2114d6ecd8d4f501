"""A page of the public site as it travels in an archive: without scripts, and with links that name files."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

UNFIT = (
    "script, noscript, .kbp-release, .kbp-button--scheme, button[hidden], "
    "meta[property^='og:'], meta[name^='twitter:'], link:not([rel='stylesheet']):not([rel='icon'])"
)
"""What a page has for scripts, for installing it, for other sites, and for machines that look at it on the network."""

GAP = " "
"""What parts two elements' words; named, or it would be gathered as a sentence to translate."""

WIDTH = 800
"""How wide a picture travels: fit for a phone, and for a memory card."""


@dataclass(frozen=True)
class Leaf:
    """One page of an archive: its path ("kegiatan/x/index.html"), its heading, its HTML, and what it needs.

    ``words`` are those of a hand-written page; ``files`` the paths of pictures and others that it shows or leads to.
    """

    path: str
    title: str
    html: str
    words: str
    files: frozenset[str]


def read_leaf(site: Path, path: str, there: Collection[str]) -> Leaf:
    """Read a page of a built site for an archive in which the files ``there`` stand.

    A link to what does not stand there becomes words, or goes with the item of the menu that it is.
    """
    tree = LexborHTMLParser((site / path).read_bytes())
    for node in tree.css(UNFIT):
        node.decompose()
    pictures = [image for node in tree.css("picture") if (image := choose_picture(node, WIDTH))]
    files = {*_lead(tree, path, there), *(target_of(path, image.attributes["src"] or "") for image in pictures)}
    heading, written = tree.css_first("h1"), tree.css_first(".kbp-main--page article")
    return Leaf(
        path,
        heading.text(strip=True) if heading else path,
        tree.html or "",
        written.text(separator=GAP, strip=True) if written else "",
        frozenset(name for name in files if name and not name.endswith(".html")),
    )


def words_in(html: str) -> str:
    """Return the words of HTML in one line."""
    return LexborHTMLParser(html).text(separator=GAP, strip=True)


def target_of(page: str, address: str) -> str | None:
    """Return the file that an address on a page leads to ("../" on "a/b/index.html": "a/index.html").

    ``None`` when it leads out of the site, or to a place on the page itself.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    whole = normpath(join(dirname(page), unquote(parts.path)))
    is_folder = parts.path.endswith("/") or parts.path.rpartition("/")[2] in {".", ".."}
    return normpath(join(whole, "index.html")) if is_folder else whole


def choose_picture(picture: LexborNode, width: int) -> LexborNode | None:
    """Show of a picture's formats WebP alone, in the largest size that is not wider, or the smallest there is.

    Returns the image that is left; ``None`` when there was no WebP, and then the picture is gone.
    """
    source, image = picture.css_first("source[type='image/webp']"), picture.css_first("img")
    sizes = [one.split() for one in ((source.attributes.get("srcset") if source else "") or "").split(",") if one]
    if image is None or not sizes:
        picture.decompose()
        return None
    widths = {int(size[1].rstrip("w")) if len(size) > 1 else 0: size[0] for size in sizes}
    chosen = max((one for one in widths if one <= width), default=min(widths))
    for node in picture.css("source"):
        node.decompose()
    for name in {"srcset", "sizes", "fetchpriority"} & set(image.attributes):
        del image.attrs[name]
    image.attrs["src"] = widths[chosen]
    return image


def _lead(tree: LexborHTMLParser, page: str, there: Collection[str]) -> Iterator[str]:
    """Let every link name a file of the archive, and yield the files that the page leads to or is made with."""
    for node in tree.css("a[href]"):
        href = node.attributes["href"] or ""
        target = target_of(page, href)
        if target is None:
            continue
        if target in there:
            _, hash_, anchor = href.partition("#")
            node.attrs["href"] = f"{relpath(target, dirname(page) or '.')}{hash_}{anchor}"
            yield target
        else:
            _take_away(node)
    for node in tree.css("link[href], img[src]"):
        yield target_of(page, node.attributes.get("href") or node.attributes.get("src") or "") or ""


def _take_away(link: LexborNode) -> None:
    """Let a link become words; an item of a menu, or a button without words, goes whole."""
    if not link.text(strip=True):
        link.decompose()
    elif (parent := link.parent) is not None and parent.tag == "li" and _is_in_menu(parent):
        parent.decompose()
    else:
        link.unwrap()


def _is_in_menu(node: LexborNode | None) -> bool:
    while node is not None and node.tag != "nav":
        node = node.parent
    return node is not None
