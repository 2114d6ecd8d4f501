"""What may not be public is nowhere: planted words and photos are looked for in every byte of every edition."""

from __future__ import annotations

import base64
import gzip
import json
import random
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from copies import copy_site
from libzim.reader import Archive
from once import once
from PIL import Image, ImageChops, ImageStat, UnidentifiedImageError
from pypdf import PdfReader
from running import DAY
from trees import read_tree

from kbp_site.content.records import KINDS
from kbp_site.content.records.base import Envelope
from kbp_site.kiosk.bundle import make_kiosk
from kbp_site.kiosk.onefile import make_onefile
from kbp_site.kiosk.press.printing import print_records
from kbp_site.kiosk.zim import make_zim
from kbp_site.site.build import Order
from kbp_site.site.publishing import publish_site
from kbp_site.site.tree import render_tree

TODAY = date.fromisoformat(DAY)
STATES = {
    "zqdraf": {"status": "draft"},
    "zqtelaah": {"status": "review"},
    "zqtahan": {"status": "published", "publish_on": "2026-11-24"},
    "zqtarik": {"status": "withdrawn"},
}
"""Records of every kind, by the word that stands in all that they say."""

CONSENTS = {
    "zqlewat": {"scope": ["web", "kiosk", "print"], "valid_until": "2026-11-22"},
    "zqcabut": {"scope": ["web", "kiosk", "print"], "withdrawn_on": "2026-11-23"},
    "zqweb": {"scope": ["web"]},
    "zqkios": {"scope": ["web", "kiosk"]},
    "zqcetak": {"scope": ["web", "print"]},
}
"""Photos of a public story, by the word that stands in all that is said of them."""

EDITIONS = ("site", "terbitan", "pohon", "kios", "cetak", "zim", "onefile")
WEB = {"site", "terbitan", "pohon", "zim", "onefile"}
SHOWN = {"zqterbit": set(EDITIONS), "zqweb": WEB, "zqkios": WEB | {"kios"}, "zqcetak": WEB | {"cetak"}}
"""Where a word is found, and must be, so that to look for it proves something; the others are nowhere."""

WORDS = ("zqterbit", "zqizin", "zqkomentar", *STATES, *CONSENTS)
NEEDED: Mapping[str, Mapping[str, Any]] = {
    "activities": {"summary": "", "kind": "other", "date": "2006-08-17", "process": ""},
    "study_visits": {"summary": "", "date": "2006-08-17", "host": "kbp-contoh", "guests": ["kbp-contoh"]},
    "exhibitions": {"summary": "", "date": "2006-08-17", "event": ""},
    "lessons": {"context": "", "advice": "", "because": "", "learned_from": ["activities/terbit"]},
    "allocations": {"fiscal_year": "2006", "source": "apbd_regency", "recipient": "kbp-contoh", "budget": "5"},
    "organizations": {"kind": "other"},
    "places": {"level": "village"},
    "roles": {"order": "1", "about": ""},
    "terms": {"definition": ""},
    "topics": {},
    "observances": {"day": "08-17"},
}


def record(kind: str, word: str, **fields: Any) -> dict[str, Any]:
    """Return a record of a kind with what it must have; ``word`` stands in all that it says."""
    needed = {name: value or f"Kata {word}." for name, value in NEEDED[kind].items()}
    return {"title": f"Judul {word} {kind}", **needed, **fields}


def photo(word: str) -> Image.Image:
    """Return a photo that looks like none of the others."""
    return Image.frombytes("L", (8, 6), random.Random(word).randbytes(48)).resize((320, 240), Image.Resampling.NEAREST)


def plant(root: Path) -> None:
    """Write a site that holds something to hide wherever there may be."""
    write = {
        "site": {
            **{"title": "KBP Contoh", "organization": "kbp-contoh", "url": "https://kbp.example/"},
            "languages": ["id", "en"],
        }
    }
    photos = [{"file": "zqterbit/zqterbit.png", "alt": "Foto zqterbit", "people": "none"}]
    for word, consent in CONSENTS.items():
        write[f"consents/zqizin-{word}"] = {
            **{"form": "written", "given_on": "2026-01-01", "checked_by": "Sekretaris zqizin"},
            **consent,
        }
        said = {"alt": f"Isi {word}", "caption": f"Keterangan {word}", "credit": f"Pemotret {word}"}
        own = {"file": f"{word}/{word}.png", "people": "recognisable", "consent": f"zqizin-{word}"}
        photos.append({**own, **said})
    # Nothing public may name what is hidden (K302); what is hidden names what is public, and could be shown there.
    write["activities/terbit"] = record("activities", "zqterbit", status="published", photos=photos)
    for number, own_photo in enumerate(photos[1:]):  # of several photos, paper takes the first
        write[f"activities/foto-{number}"] = record("activities", "zqterbit", status="published", photos=[own_photo])
    write["lessons/terbit"] = record("lessons", "zqterbit", status="published")
    kiosk = {"welcome": "Selamat datang", "playlist": ["activities/terbit"]}
    write["exhibitions/pameran"] = record("exhibitions", "zqterbit", status="published", kiosk=kiosk)
    for word, state in STATES.items():
        for kind in NEEDED:
            name = f"{kind}/{word}-{kind.replace('_', '-')}"
            write[name] = record(kind, word, **state, related=["activities/terbit", "lessons/terbit"])
            write[f"{name}.en"] = {"title": f"Title {word} {kind}"}
        write[f"activities/{word}-activities"] |= {
            "photos": [{"file": f"{word}/{word}.png", "alt": f"Isi {word}", "people": "none"}],
            "documents": [{"file": f"{word}/{word}.txt", "title": f"Dokumen {word}"}],
            "aliases": [f"lama/{word}.html"],
        }
    for name, fields in write.items():
        path = root / "content" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# zqkomentar\n{json.dumps(fields)}\n", encoding="utf-8")
    for word in ("zqterbit", *CONSENTS, *STATES):
        folder = root / "content" / "media" / word
        folder.mkdir(parents=True)
        photo(word).save(folder / f"{word}.png")
        if word in STATES:
            (folder / f"{word}.txt").write_text(f"Dokumen {word}\n", encoding="utf-8")


def make_all(folder: Path) -> None:
    """Make every edition of the planted site below ``folder``."""
    root, tell = copy_site("minimal", folder / "akar"), lambda step: None
    plant(root)
    published = publish_site(Order(root, folder / "site", TODAY, 1), folder / "terbitan", tell)
    assert published.added, [problem for problem in published.problems if problem.is_error]
    assert not [problem for problem in render_tree(root, folder / "pohon", today=TODAY) if problem.is_error]
    assert make_kiosk(root, "pameran", folder / "kios", today=TODAY, jobs=1, tell=tell).pages
    for what in ("sheet", "poster-a3", "book", "volunteers"):
        assert print_records(root, what, None, folder / "cetak", today=TODAY, language="id", tell=tell).files
    assert make_zim(root, folder / "zim", today=TODAY, jobs=1, tell=tell).pages
    assert make_onefile(root, "", folder / "onefile", today=TODAY, jobs=1, tell=tell).files


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of all editions; only to be read."""
    return once(tmp_path_factory, "nowhere", make_all)


def within(data: bytes) -> Iterator[bytes]:
    """Yield what is packed in a file's bytes, and what is packed in that."""
    found: list[bytes] = []
    if data.startswith(b"\x1f\x8b"):
        found = [gzip.decompress(data)]
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            found = [packed.read(name) for name in packed.namelist()]
    elif data.startswith(b"%PDF-"):
        pages = PdfReader(BytesIO(data)).pages
        found = [page.extract_text().encode() for page in pages]
        found += [image.data for page in pages for image in page.images]
        for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
            with suppress(zlib.error):
                found.append(zlib.decompress(stream[1]))
    elif data.startswith(b"ZIM\x04"):
        raise AssertionError("a ZIM is read by its own reader")
    else:
        found = [base64.b64decode(one[1]) for one in re.finditer(rb"data:image/[a-z]+;base64,([\w+/=]+)", data)]
    for one in found:
        yield one
        yield from within(one)


def pieces(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of every file below a folder, and of all that is packed in it; names count as bytes too."""
    for name, data in read_tree(folder).items():
        yield name, name.encode()
        yield name, data
        if name.endswith(".zim"):
            archive = Archive(folder / name)
            for number in range(archive.all_entry_count):
                entry = archive._get_entry_by_id(number)
                yield f"{name}!{entry.path}", f"{entry.path} {entry.title}".encode()
                if not entry.is_redirect:
                    inside = bytes(entry.get_item().content)
                    yield f"{name}!{entry.path}", inside
                    yield from ((f"{name}!{entry.path}", one) for one in within(inside))
        else:
            yield from ((name, one) for one in within(data))


def look(image: Image.Image) -> Image.Image:
    """Return what a picture looks like, small."""
    return image.convert("RGBA").convert("L").resize((8, 6), Image.Resampling.BOX)


def seen_in(data: bytes) -> str:
    """Return the word of the planted photo that a picture shows, if it shows one."""
    with suppress(UnidentifiedImageError):
        shown = look(Image.open(BytesIO(data)))
        for word in ("zqterbit", *CONSENTS, *STATES):
            if ImageStat.Stat(ImageChops.difference(shown, look(photo(word)))).mean[0] < 20:
                return word
    return ""


@cache
def search(folder: Path) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the first file in which each planted word stands, and each planted photo is seen."""
    forms = {word.encode(form): word for word in WORDS for form in ("utf-8", "utf-16-le", "utf-16-be")}
    pattern = re.compile(b"|".join(map(re.escape, forms)), re.IGNORECASE)
    words: dict[str, str] = {}
    photos: dict[str, str] = {}
    for name, data in pieces(folder):
        for found in pattern.finditer(data):
            words.setdefault(forms[found.group().lower()], name)
        if data[:3] in {b"\xff\xd8\xff", b"\x89PN", b"RIF"} or data[4:12] == b"ftypavif":
            photos.setdefault(seen_in(data), name)
    photos.pop("", None)
    return words, photos


def test_every_kind_is_planted() -> None:
    assert set(NEEDED) == {kind.FOLDER for kind in KINDS if issubclass(kind, Envelope)}


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_not_public_is_nowhere(edition: str, editions: Path) -> None:
    words, photos = search(editions / edition)
    wanted = {word for word, places in SHOWN.items() if edition in places}
    assert {word: words.get(word) for word in words.keys() ^ wanted} == {}
    assert {word: photos.get(word) for word in photos.keys() ^ wanted} == {}
