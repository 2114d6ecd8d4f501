"""Sheets as people really have them: made here, so that every row of them is known."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from openpyxl import Workbook

HEADINGS = ["Cap waktu", "Nama kegiatan", "Tanggal", "Lokasi", "Peserta", "Uraian", "Catatan"]
CSV_ROWS = [
    ["17/08/2006 10.22.33", "Rembug warga", "17/08/2006", "Balai Warga", "25 orang", "Warga berembug.", ""],
    ["18/08/2006 10.22.33", "Bazar; murah", "17 Agustus 2006", "Tempat lain", "1.200", "A\nB", "hub. 081234567890"],
    ["19/08/2006 10.22.33", "Pelatihan \"kader\"", "2006-08-17", "", "", "", ""],
    ["20/08/2006 10.22.33", "Kunjungan", "38946", "", "lima", "Berkunjung, lalu pulang.", ""],
    ["", "", "", "", "", "", ""],
    ["21/08/2006 10.22.33", "Rapat ganda", "05/08/2006", "", "", "", ""],
]  # fmt: skip


def messy_csv(delimiter: str, *, encoding: str = "utf-8-sig") -> bytes:
    """Return a CSV file with dates in four spellings; cells that need quotes have them."""

    def quoted(cell: str) -> str:
        needs = any(mark in cell for mark in (delimiter, '"', "\n"))
        return '"' + cell.replace('"', '""') + '"' if needs else cell

    lines = [delimiter.join(quoted(cell) for cell in row) for row in [HEADINGS, *CSV_ROWS]]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def messy_workbook() -> bytes:
    """Return a workbook with a title above, merged cells, empty rows, formulas, and several sheets."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Kegiatan 2006"
    sheet.append(["DAFTAR KEGIATAN 2006"])
    sheet.append([])
    sheet.append(["No", "Kegiatan", "Tanggal", "Tempat", "Peserta"])
    sheet.append([1, "Rembug awal", datetime(2006, 8, 17), "Balai Warga", 25])
    sheet.append([2, "Rembug kedua", None, "Balai Warga", 30.0])
    sheet.append([])
    sheet.append([3, "Bazar murah", 38946, "Kecamatan Hulu", "=E4+E5"])
    sheet.append([4, "Rembug <awal>", "31/02/2006", None, "banyak"])
    sheet.append(["Jumlah", None, None, None, 55])
    sheet.merge_cells("C4:C5")
    sheet.merge_cells("A1:E1")
    other = book.create_sheet("Pameran")
    other.append(["Acara", "Waktu"])
    other.append(["Pameran desa", "17 Agustus 2006"])
    notes = book.create_sheet("Kosong")
    notes.append(["hanya satu sel"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()
