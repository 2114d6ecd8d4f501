"""Write a made-up community site of any size: the same records for the same size, words and seed.

Nothing in it is true, and its texts say so. From the project's folder:

    python -m benchmarks.corpus DIR --stories 1000
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

PROJECT = Path(__file__).resolve().parents[1]
WARDS_PER_DISTRICT = 6
STORIES_PER_WARD = 40
STORIES_PER_LESSON = 20
STORIES_PER_ALLOCATION = 30
FIRST_YEAR, YEARS = 1999, 24

Fields = Mapping[str, object]
Record = tuple[str, Fields]
"""A record's path below `content/`, without its ending, and its fields."""

WHO = ("Warga", "Panitia", "Relawan", "Pengurus RT", "Kelompok tani", "Ibu-ibu PKK", "Pemuda karang taruna", "Kader")
DID = ("merawat", "menata", "membahas", "memeriksa", "memperbaiki", "mencatat", "membersihkan", "mengukur")
WHAT = (
    "saluran air",
    "jalan gang",
    "sumur umum",
    "daftar warga",
    "titian kayu",
    "balai warga",
    "kebun gizi",
    "tambatan",
)
WHEN = ("setiap Sabtu pagi", "sesudah panen", "pada musim hujan", "sebelum rapat bulanan", "selama dua pekan")
WHY = ("agar air lekas surut", "karena banyak yang bertanya", "supaya semua ikut menjaga", "sebab dananya terbatas")
AFTER = (
    "Hasilnya ditulis di papan pengumuman.",
    "Belum semua setuju, maka dibicarakan lagi.",
    "Biayanya dicatat per orang.",
    "Yang tidak hadir diberi kabar dari rumah ke rumah.",
    "Pekerjaan berhenti sehari karena hujan.",
)
TOPICS = ("Air bersih", "Jalan lingkungan", "Data warga", "Usaha bersama", "Kesehatan", "Belajar bersama")
ROLES = ("Penengah", "Pendamping", "Pencatat", "Tuan rumah", "Pemamer", "Pencari dana")
TERMS = ("Rembug gang", "Kas gotong royong", "Peta tangan", "Buku tamu warga", "Tabung sampah", "Jadwal jaga")
KINDS = ("mediation", "field_facilitation", "data_advocacy", "thematic_discussion", "field_visit", "bazaar", "training")


@dataclass(frozen=True)
class Size:
    """How large the site is: its stories, the words of each, and the seed of its choices."""

    stories: int
    words: int = 600
    seed: int = 1


def write_corpus(root: Path, size: Size) -> None:
    """Write the site below ``root``: records, the hand-written pages that the menu names, and settings."""
    for name, fields in records(size):
        path = root / "content" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(yaml_lines(fields)), encoding="utf-8", newline="\n")
    for name in ("tentang", "panduan", "privasi", "aksesibilitas"):
        page = root / "docs" / name / "index.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# {name.capitalize()}\n\nHalaman rekaan.\n", encoding="utf-8", newline="\n")
    shutil.copyfile(PROJECT / "mkdocs.yml", root / "mkdocs.yml")


def yaml_lines(fields: Fields) -> Iterator[str]:
    """Yield a record's lines: one field a line, every value quoted as JSON, prose as a block."""
    for key, value in fields.items():
        if isinstance(value, str) and "\n" in value:
            yield f"{key}: |\n"
            yield from (f"  {line}\n" if line else "\n" for line in value.split("\n"))
        else:
            yield f"{key}: {json.dumps(value, ensure_ascii=False)}\n"


def records(size: Size) -> Iterator[Record]:
    """Yield every record of a made-up site, in a fixed order."""
    rng = Random(size.seed)
    wards = max(2, size.stories // STORIES_PER_WARD)
    yield (
        "site",
        {
            "title": "KBP Rekaan",
            "tagline": "Semua isi situs ini rekaan, untuk menguji dan mengukur.",
            "organization": "kbp-rekaan",
            "region": "kabupaten-rekaan",
            "url": "https://rekaan.example/",
            "repository": "https://git.example/rekaan/situs",
        },
    )
    yield from places(wards)
    yield from organizations(wards)
    for folder, titles, field in (
        ("topics", TOPICS, "about"),
        ("roles", ROLES, "about"),
        ("terms", TERMS, "definition"),
    ):
        for title in titles:
            yield f"{folder}/{slug(title)}", published(title, {field: f"{title} pada situs rekaan."})
    for number in range(size.stories):
        yield story(rng, number, wards, size.words)
    for number in range(size.stories // STORIES_PER_LESSON):
        yield lesson(rng, number, size)
    for number in range(size.stories // STORIES_PER_ALLOCATION):
        yield allocation(rng, number, wards)


def places(wards: int) -> Iterator[Record]:
    """Yield a regency, its districts, and their wards."""
    yield "places/kabupaten-rekaan", published("Kabupaten Rekaan", {"level": "regency"})
    for district in range(-(-wards // WARDS_PER_DISTRICT)):
        fields = {"level": "district", "part_of": "kabupaten-rekaan"}
        yield f"places/kecamatan-{district}", published(f"Kecamatan Rekaan {district}", fields)
    for ward in range(wards):
        above = f"kecamatan-{ward // WARDS_PER_DISTRICT}"
        yield f"places/kelurahan-{ward}", published(f"Kelurahan Rekaan {ward}", {"level": "ward", "part_of": above})


def organizations(wards: int) -> Iterator[Record]:
    """Yield the site's owner, and a community board for each ward."""
    yield "organizations/kbp-rekaan", published("KBP Rekaan", {"kind": "kbp", "short": "KBP"})
    for ward in range(wards):
        fields = {"kind": "community_board", "parent": "kbp-rekaan", "area": [f"kelurahan-{ward}"]}
        yield f"organizations/bkm-{ward}", published(f"BKM Rekaan {ward}", fields)


def story(rng: Random, number: int, wards: int, words: int) -> Record:
    """Return a story: eight of ten are activities."""
    place = f"kelurahan-{rng.randrange(wards)}"
    host, guest = f"bkm-{rng.randrange(wards)}", "kbp-rekaan"
    shared: dict[str, object] = {
        "summary": f"{sentence(rng)} Cerita ini rekaan.",
        "date": when(rng),
        "topics": sorted({slug(rng.choice(TOPICS)), slug(rng.choice(TOPICS))}),
        "roles": [slug(rng.choice(ROLES))],
        "follow_ups": [{"what": sentence(rng), "state": rng.choice(("open", "done"))}],
        "sources": [{"title": f"Buku harian rekaan {number % 97}", "published": str(year(rng))}],
        "result": prose(rng, words // 6),
    }
    text = prose(rng, words - words // 6)
    title = f"{rng.choice(WHO)} {rng.choice(DID)} {rng.choice(WHAT)} ({number})"
    if number % 10 == 8:
        fields = {**shared, "host": host, "guests": [guest], "places": [place], "state": "done", "purpose": text}
        return f"study_visits/kunjungan-{number:06}", published(title, fields)
    if number % 10 == 9:
        fields = {**shared, "event": "Pekan Rekaan", "organizer": host, "venue": place, "goals": text}
        return f"exhibitions/pameran-{number:06}", published(title, fields)
    fields = {
        **shared,
        "kind": rng.choice(KINDS),
        "places": [place],
        "organizations": [host],
        "process": text,
        "outcome": rng.choice(("solved", "partly", "open")),
        "participants": {"total": rng.randrange(8, 90)},
    }
    if number >= 10:
        fields["related"] = [f"activities/cerita-{number // 10 * 10 - 10 + rng.randrange(8):06}"]
    return f"activities/cerita-{number:06}", published(title, fields)


def lesson(rng: Random, number: int, size: Size) -> Record:
    """Return a lesson that was learned from one of the activities."""
    learned = rng.randrange(-(-size.stories // 10)) * 10
    fields = {
        "context": prose(rng, 20),
        "advice": prose(rng, 30),
        "because": prose(rng, 20),
        "learned_from": [f"activities/cerita-{learned:06}"],
        "ask": "kbp-rekaan",
    }
    return f"lessons/pelajaran-{number:05}", published(f"Pelajaran rekaan {number}", fields)


def allocation(rng: Random, number: int, wards: int) -> Record:
    """Return an allocation, some of it not recorded."""
    budget = rng.randrange(1, 400) * 250_000
    fields: dict[str, object] = {
        "fiscal_year": str(year(rng)),
        "source": rng.choice(("apbd_regency", "blm", "self_help", "csr")),
        "recipient": f"bkm-{rng.randrange(wards)}",
        "budget": budget,
    }
    if number % 3:
        fields["realised"] = budget // 4 * 3
    return f"allocations/dana-{number:05}", published(f"Dana rekaan {number}", fields)


def published(title: str, fields: Fields) -> Fields:
    """Return the fields of a record that everyone may read."""
    return {"title": title, "status": "published", **fields}


def slug(title: str) -> str:
    """Return the id of one of the titles above."""
    return title.lower().replace(" ", "-")


def year(rng: Random) -> int:
    """Return one of the years in which stories happen."""
    return FIRST_YEAR + rng.randrange(YEARS)


def when(rng: Random) -> str:
    """Return a date of any precision; one of ten is not known."""
    day = f"{year(rng)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    return rng.choice((day, day, day, day, day, day[:7], day[:7], day[:4], f"{day[:4]}~", "unknown"))


def sentence(rng: Random) -> str:
    """Return a sentence that could stand in a community's diary."""
    return f"{rng.choice(WHO)} {rng.choice(DID)} {rng.choice(WHAT)} {rng.choice(WHEN)} {rng.choice(WHY)}."


def prose(rng: Random, words: int) -> str:
    """Return Markdown of about so many words: paragraphs of a few sentences, now and then a list."""
    blocks: list[str] = []
    count = 0
    while count < words:
        lines = [sentence(rng), rng.choice(AFTER), sentence(rng)]
        block = "\n".join(f"- {line}" for line in lines) if len(blocks) % 5 == 4 else " ".join(lines)
        blocks.append(block)
        count += len(block.split())
    return "\n\n".join(blocks) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the site that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a made-up community site.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--words", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    write_corpus(asked.folder, Size(asked.stories, asked.words, asked.seed))


if __name__ == "__main__":
    main()
