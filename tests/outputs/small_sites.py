"""Records that the tests of the outputs write down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kbp_site.content.library import Library
from kbp_site.pages.page import Page

TODAY = date(2026, 11, 23)
Records = Mapping[str, Mapping[str, Any]]
MakeLibrary = Callable[..., Library]
Plan = Callable[[Library], list[Page]]

SITE = {"title": "KBP Kapuas", "organization": "kbp", "url": "https://kbp.example/situs", "licence": "CC BY 4.0"}
OWNER = {"title": "Komunitas Belajar", "short": "KBP", "kind": "kbp"}


def activity(**fields: Any) -> dict[str, Any]:
    """Return an activity with what it must have."""
    return {"title": "Kegiatan", "summary": "Ringkas.", "kind": "bazaar", "date": "2006", "process": "Jalan.", **fields}


def visit(**fields: Any) -> dict[str, Any]:
    """Return a study visit with what it must have."""
    return {"title": "Kunjungan", "summary": "Ringkas.", "date": "unknown", "host": "kbp", "guests": ["kbp"], **fields}


def fair(**fields: Any) -> dict[str, Any]:
    """Return an exhibition with what it must have."""
    return {"title": "Pameran", "summary": "Ringkas.", "date": "unknown", "event": "Pekan raya", **fields}


NASTY = '=1+1, "kutip"; & koma, titik; ]] \\ 😀 العربية \u2028'.replace("\u2028", "’–")
PROSE = 'Baris satu, "kutip"\n\n- butir; satu\n- =SUM(A1)\n\nAkhir 😀 & العربية'

FULL: Records = {
    "activities/pasar": activity(
        title=NASTY,
        date="2006-08",
        process=PROSE,
        topics=["air"],
        places=["selat"],
        organizations=["kbp", "rahasia"],
        related=["activities/konsep", "lessons/sabar"],
        participants={"total": 0, "women": 12},
        sources=[{"title": 'Laporan; "lama"', "url": "https://contoh.example/?a=1&b=2", "published": "unknown"}],
        credits={"author": "Tim penyusun"},
        corrections=[{"on": "2026-02-03", "what": "Tahun dibetulkan"}],
        claims=[
            {
                "about": "Jumlah kelurahan",
                "parts": [{"label": "Selat", "value": 15}, {"label": "Hilir", "value": 9}],
                "stated_total": 21,
                "status": "conflict_unresolved",
                "note": "Tertulis 21, rincian 24.",
            }
        ],
        photos=[
            {"file": "a.jpg", "alt": "Pasar ramai", "people": "none"},
            {"file": "b.jpg", "alt": "Wajah terbuka", "people": "recognisable", "consent": "izin-rahasia"},
            {"file": "c.jpg", "alt": "Wajah dicabut", "people": "recognisable", "consent": "izin-dicabut"},
        ],
    ),
    "activities/tertahan": activity(title="Tertahan sekali", status="published", publish_on="2026-11-24"),
    "activities/konsep": activity(title="Konsep sekali", status="draft"),
    "activities/ditarik": activity(title="Ditarik sekali", status="withdrawn"),
    "activities/diperiksa": activity(title="Diperiksa sekali", status="review"),
    "activities/hari-ini": activity(title="Terbit hari ini", date="unknown", publish_on="2026-11-23"),
    "study_visits/rentang": visit(
        title="Kunjungan, tiga hari", date="2006-08-30/2006-09-01", places=["selat"], summary="Ringkas; " * 20
    ),
    "study_visits/rencana": visit(title="Rencana", date="2027-03-01", state="planned"),
    "study_visits/batal": visit(title="Batal", date="2025-03-01", state="cancelled"),
    "study_visits/bulan": visit(title="Bulannya saja", date="2006-08"),
    "study_visits/sampai-bulan": visit(title="Sampai suatu bulan", date="2006-08-17/2006-09"),
    "exhibitions/hari": fair(
        title="Pameran sehari",
        date="2006-08-17",
        venue="selat",
        organizer="Panitia kabupaten",
        visitors={"count": 300, "method": "estimated"},
    ),
    "exhibitions/tersembunyi": fair(title="Pameran lain", organizer="rahasia"),
    "exhibitions/kira-kira": fair(title="Kira-kira", date="2006~"),
    "lessons/sabar": {
        "title": "Bersabar",
        "context": "Bila ramai.",
        "advice": "Bersabarlah.",
        "because": "Baik.",
        "learned_from": ["activities/pasar", "activities/konsep"],
        "tried_at": [
            {"story": "activities/konsep", "outcome": "failed", "note": "Catatan percobaan tersembunyi"},
            {"story": "activities/pasar", "outcome": "worked"},
        ],
    },
    "allocations/dana": {
        "title": "Dana",
        "fiscal_year": "2006/2008",
        "source": "apbd_regency",
        "recipient": "kbp",
        "budget": 5000000,
        "realised": 0,
        "stages": [{"n": 1, "date": "2006-05", "amount": 100}],
    },
    "organizations/kbp": {**OWNER, "formed": "2003~", "area": ["selat"]},
    "organizations/rahasia": {"title": "Lembaga tersembunyi", "kind": "other", "status": "draft"},
    "places/selat": {
        "title": "Selat",
        "level": "district",
        "code_kemendagri": "62.03.01",
        "code_bps": "0203040",
        "latitude": "-2.9996",
        "longitude": "114.3786",
        "point": "centroid",
        "point_source": "Titik tengah",
        "as_written": ["Salat", "Selat; Kapuas"],
    },
    "places/desa": {"title": "Desa", "level": "village", "part_of": "selat"},
    "roles/mediator": {"title": "Mediator", "order": 1, "about": "Menengahi."},
    "terms/blm": {"title": "BLM", "expansion": "Bantuan Langsung Masyarakat", "definition": "Dana & bantuan."},
    "topics/air": {"title": "Air bersih"},
    "observances/merdeka": {"title": "Hari Kemerdekaan", "day": "08-17"},
    "observances/kabisat": {"title": "Hari kabisat", "day": "02-29"},
    "observances/bergerak": {"title": "Hari yang berpindah"},
    "observances/keliru": {"title": "Hari yang tidak ada", "day": "02-30"},
    "consents/izin-rahasia": {
        "form": "written",
        "given_on": "2026-01-01",
        "scope": ["web"],
        "checked_by": "Sekretaris",
    },
    "consents/izin-dicabut": {
        "form": "written",
        "given_on": "2026-01-01",
        "scope": ["web"],
        "withdrawn_on": "2026-02-01",
    },
}
"""Every kind, what is public and what must not be."""

HIDDEN_WORDS = (
    "Tertahan sekali", "Konsep sekali", "Ditarik sekali", "Diperiksa sekali", "Lembaga tersembunyi",
    "Catatan percobaan tersembunyi", "Wajah dicabut", "Sekretaris", "activities/konsep", "rahasia", "izin-dicabut",
    "tertahan", "ditarik", "diperiksa/",
)  # fmt: skip
