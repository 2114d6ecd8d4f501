"""A Word file as people really have them: made here, so that every part of it is known."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

W = nsdecls("w")
WORD = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NOTES = f"""<?xml version="1.0" encoding="UTF-8"?>
<w:footnotes {W}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>
<w:r><w:t xml:space="preserve"> Menurut notulen rapat RW.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""


@cache
def telephone_photo() -> bytes:
    """Return a photo with all that a telephone writes; it lies on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x8825] = 6, "RAHASIA", {1: "S", 2: (2.0, 59.0, 12.3), 29: "RAHASIA"}
    image = Image.new("RGB", (60, 40), (220, 20, 30))
    image.paste((20, 40, 210), (0, 20, 60, 40))
    file = BytesIO()
    image.save(
        file, "JPEG", exif=exif, comment=b"RAHASIA", xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>RAHASIA</x:xmpmeta>"
    )
    return file.getvalue()


@cache
def messy_word() -> bytes:
    """Return a Word file with headings, lists, tables, pictures, notes, comments and tracked changes."""
    document = Document()
    document.core_properties.author = "RAHASIA"
    document.add_paragraph("Rembug warga di balai desa", style="Title")
    document.add_paragraph("Hari/Tanggal: Kamis, 17 Agustus 2006")
    first = document.add_paragraph("Dihadiri <30 orang> & wakil RW_05; *tidak* ada #undangan. Hubungi 0812-3456-7890.")
    first._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="1"/></w:r>'))
    document.add_heading("Masalah", 1)
    changed = document.add_paragraph("Parit tersumbat ")
    changed._p.append(parse_xml(f'<w:ins {W} w:id="8" w:author="RAHASIA"><w:r><w:t>sampah plastik</w:t></w:r></w:ins>'))
    changed._p.append(
        parse_xml(f'<w:del {W} w:id="9" w:author="RAHASIA"><w:r><w:delText>karena malas</w:delText></w:r></w:del>')
    )
    document.add_comment(changed.runs, text="Benarkah?", author="RAHASIA")
    document.add_heading("1. Langkah yang diambil", 2)
    for style, words in (
        ("List Bullet", "Mengumpulkan warga"),
        ("List Bullet 2", "lewat pengeras suara"),
        ("List Bullet", "Membagi tugas"),
        ("List Number", "Bersihkan parit"),
        ("List Number", "Angkut sampah"),
    ):
        document.add_paragraph(words, style=style)
    table = document.add_table(3, 2)
    rows = (("Nama kelompok", "Jumlah"), ("RT 1 | utara", "15"), ("RT 2\nselatan", "9"))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    document.add_picture(BytesIO(telephone_photo()))
    document.add_paragraph("Gambar 1. Warga di parit", style="Caption")
    document.add_heading("Hasil", 1)
    document.add_paragraph("- Parit bersih.")
    document.add_paragraph("1. Warga senang <script>alert(1)</script>.")
    document.add_paragraph("Halaman dicetak untuk arsip").add_run(" tebal").bold = True
    document.sections[0].header.paragraphs[0].text = "Arsip KBP"
    box = f"""<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
      xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:AlternateContent>
      <mc:Choice Requires="wps"><wps:txbx><w:txbxContent><w:p><w:r><w:t>Kotak di tepi</w:t></w:r></w:p></w:txbxContent>
      </wps:txbx></mc:Choice></mc:AlternateContent></w:r>"""
    document.add_paragraph("Paragraf terakhir.")._p.append(parse_xml(box))
    file = BytesIO()
    document.save(file)
    return with_footnotes(file.getvalue())


def with_footnotes(data: bytes) -> bytes:
    """Return a Word file with a part for footnotes, which python-docx cannot make."""
    changes = {
        "[Content_Types].xml": (
            "</Types>",
            '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.footnotes+xml"/></Types>',
        ),
        "word/_rels/document.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rIdNotes" Type="{WORD}/footnotes" Target="footnotes.xml"/></Relationships>',
        ),
    }
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name)
            if name in changes:
                part = part.decode().replace(*changes[name]).encode()
            after.writestr(name, part)
        after.writestr("word/footnotes.xml", NOTES)
    return made.getvalue()
