"""What a file says beside its contents is found, whatever wrote it; clean files are left alone."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from copies import copy_site
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin
from running import DAY

from kbp_site.content import archives
from kbp_site.content.archives import ArchiveFault
from kbp_site.content.checks.metadata import judge_file
from kbp_site.content.dates import parse_day
from kbp_site.content.load import load
from kbp_site.content.metadata import document_metadata, picture_metadata

FORMATS = ("JPEG", "PNG", "WEBP")


def written(format_: str, **options: object) -> bytes:
    """Return a picture's bytes in a format."""
    file = BytesIO()
    Image.radial_gradient("L").resize((40, 30)).convert("RGB").save(file, format_, **options)
    return file.getvalue()


def exif() -> Image.Exif:
    """Return what says nothing but how a camera was held: even that is more than pixels."""
    found = Image.Exif()
    found[0x0112] = 6
    return found


def text_of_png() -> PngImagePlugin.PngInfo:
    """Return a note inside a PNG."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "RAHASIA")
    return info


@pytest.mark.parametrize("format_", FORMATS)
def test_a_plain_picture_holds_nothing_else(format_: str) -> None:
    assert picture_metadata(BytesIO(written(format_))) == ()


@pytest.mark.parametrize("format_", FORMATS)
def test_a_colour_profile_is_needed_to_show_the_pixels(format_: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert picture_metadata(BytesIO(written(format_, icc_profile=profile))) == ()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (written("JPEG", exif=exif()), "EXIF/XMP"),
        (written("JPEG", xmp=b"<x:xmpmeta>"), "EXIF/XMP"),
        (written("JPEG", comment=b"RAHASIA"), "COM"),
        (written("JPEG") + b"RAHASIA", "trailer"),
        (written("PNG", exif=exif()), "EXIF"),
        (written("PNG", pnginfo=text_of_png()), "tEXt"),
        (written("PNG") + b"RAHASIA", "trailer"),
        (written("WEBP", exif=exif()), "EXIF"),
        (written("WEBP", xmp=b"<x:xmpmeta>"), "XMP"),
        (written("WEBP") + b"RAHASIA", "trailer"),
    ],
    ids=str,
)
def test_whatever_is_more_than_pixels_is_named(data: bytes, name: str) -> None:
    assert picture_metadata(BytesIO(data)) == (name,)


def segment(kind: int, data: bytes) -> bytes:
    """Return a part of a JPEG."""
    return bytes([0xFF, kind]) + (len(data) + 2).to_bytes(2, "big") + data


def between_scans(part: bytes) -> bytes:
    """Return a progressive JPEG with a part before its last scan."""
    data = written("JPEG", progressive=True)
    at = data.rindex(b"\xff\xda")
    return data[:at] + part + data[at:]


def test_what_stands_between_and_behind_pictures_is_named() -> None:
    assert picture_metadata(BytesIO(written("JPEG", progressive=True))) == ()
    assert picture_metadata(BytesIO(between_scans(segment(0xE1, b"Exif\0\0RAHASIA")))) == ("EXIF/XMP",)
    assert picture_metadata(BytesIO(between_scans(b"\xff\xff" + segment(0xFE, b"RAHASIA")))) == ("COM",)
    assert picture_metadata(BytesIO(written("JPEG") + written("JPEG", exif=exif()))) == ("trailer",)
    assert picture_metadata(BytesIO(written("JPEG") + b"\0" * 100)) == ()
    assert picture_metadata(BytesIO(between_scans(segment(0xDB, b"") * 20_000))) == ("trailer",)


def test_a_colour_profile_is_one() -> None:
    data = written("JPEG")
    false = segment(0xE2, b"ICC_PROFILE\0\1\1" + b"Budi, Jalan Contoh 1" * 20)
    assert picture_metadata(BytesIO(data[:2] + false + data[2:])) == ("ICC",)


def test_a_part_within_a_frame_is_named() -> None:
    frames = {"save_all": True, "append_images": [Image.new("RGB", (40, 30), "red")]}
    data = written("WEBP", **frames)
    assert picture_metadata(BytesIO(data)) == ()
    part = b"EXIF" + (8).to_bytes(4, "little") + b"RAHASIA!"
    at = data.index(b"ANMF")
    size = int.from_bytes(data[at + 4 : at + 8], "little")
    framed = data[: at + 4] + (size + len(part)).to_bytes(4, "little") + data[at + 8 : at + 8 + size] + part
    whole = framed + data[at + 8 + size + size % 2 :]
    assert picture_metadata(BytesIO(whole[:4] + (len(whole) - 8).to_bytes(4, "little") + whole[8:])) == ("EXIF",)


def test_the_second_picture_of_telephones_is_named() -> None:
    file = BytesIO()
    Image.new("RGB", (40, 30)).save(file, "MPO", save_all=True, append_images=[Image.new("RGB", (20, 15))])
    assert "APP2" in picture_metadata(file)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_picture_that_is_cut_off_anywhere_has_an_answer(format_: str) -> None:
    whole = written(format_)
    for end in range(len(whole)):
        assert all(picture_metadata(BytesIO(whole[:end])))


@given(st.sampled_from(FORMATS), st.data())
def test_whatever_bytes_come_there_is_an_answer(format_: str, data: st.DataObject) -> None:
    whole = bytearray(written(format_))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(whole)))
    assert all(picture_metadata(BytesIO(bytes(whole[:end]))))


def office(**parts: str | bytes) -> BytesIO:
    """Return an office document of a few parts; ``__`` in a name is a slash, ``_`` a dot."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), part)
    return file


CORE = '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{name}</dc:creator><dc:title>Laporan</dc:title></p>'


def test_a_document_that_names_its_author_is_found() -> None:
    assert document_metadata(office(docProps__core_xml=CORE.format(name="RAHASIA"))) == ("creator",)
    assert document_metadata(office(docProps__core_xml=CORE.format(name=" "))) == ()
    odf = '<o xmlns:m="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><m:initial-creator>X</m:initial-creator></o>'
    assert document_metadata(office(meta_xml=odf)) == ("initial-creator",)


def test_a_photo_inside_a_document_is_found() -> None:
    found = document_metadata(office(word__media__image1_jpeg=written("JPEG", exif=exif())))
    assert found == ("image1.jpeg (EXIF/XMP)",)


@pytest.mark.parametrize("name", ["image1.jpe", "image1.jfif", "image1.tmp", "image1.emf", "image1"])
def test_a_photo_inside_a_document_is_known_by_its_first_bytes(name: str) -> None:
    file = office(**{f"word__media__{name.replace('.', '_')}": written("JPEG", exif=exif())})
    assert document_metadata(file) == (f"{name} (EXIF/XMP)",)


CUSTOM = '<Properties><property fmtid="{{1}}" pid="2" name="{}"><vt:lpwstr>X</vt:lpwstr></property></Properties>'


@pytest.mark.parametrize(
    ("part", "written_", "found"),
    [
        ("word__comments_xml", '<w:comment w:id="0" w:author="RAHASIA" w:initials="R"/>', ("author",)),
        ("word__document_xml", '<w:p><w:ins w:id="1" w:author="RAHASIA"><w:r/></w:ins></w:p>', ("author",)),
        ("word__document_xml", "<w:p><w:del w:author='RAHASIA'/></w:p>", ("author",)),
        ("word__people_xml", '<w15:person w15:author="RAHASIA"/>', ("author",)),
        ("xl__comments1_xml", "<authors><author>RAHASIA</author></authors>", ("author",)),
        ("xl__persons__person_xml", '<person displayName="RAHASIA" id="{1}"/>', ("author",)),
        ("content_xml", "<office:annotation><dc:creator>RAHASIA</dc:creator></office:annotation>", ("author",)),
        ("docProps__custom_xml", CUSTOM.format("Checked by"), ("custom",)),
        ("docProps__custom_xml", CUSTOM.format("Penulis"), ("custom",)),
        # What programs write of themselves, and in place of names.
        ("docProps__custom_xml", CUSTOM.format("KSOProductBuildVer"), ()),
        ("word__comments_xml", '<w:comment w:id="0" w:author="Author"/><w:comment w:author=""/>', ()),
        ("xl__comments1_xml", "<authors><author></author><author>tc={1B9D}</author></authors>", ()),
        ("word__document_xml", "<w:t>Penulis: warga, author: -</w:t>", ()),
        ("word__styles_xml", '<w:style w:styleId="Author" w:name="author"/>', ()),
    ],
)
def test_whoever_commented_or_changed_a_document_is_found(part: str, written_: str, found: tuple[str, ...]) -> None:
    assert document_metadata(office(**{part: written_})) == found


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"RAHASIA" * 9])
def test_what_is_no_document_names_nobody(data: bytes) -> None:
    assert judge_file("x.docx", BytesIO(data)) is None
    with pytest.raises(ArchiveFault):
        document_metadata(BytesIO(data))


DECLARED = '<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd"><a/>'


def test_a_part_that_is_not_read_hides_no_author() -> None:
    parts = {"docProps__core_xml": "<p><creator>Siti Aminah</creator></p>", "Basic__script-lc_xml": DECLARED}
    assert document_metadata(office(**parts)) == ("creator",)


@pytest.mark.parametrize("properties", [f"{DECLARED}", "<p><creator>Siti Aminah</creator>"])
def test_properties_that_cannot_be_read_are_named(properties: str) -> None:
    assert document_metadata(office(docProps__core_xml=properties)) == ("docProps/core.xml",)


def test_a_document_that_is_beyond_the_limits_is_told_unless_nothing_of_it_can_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archives, "MAX_WHOLE", 1)
    assert (fault := judge_file("x.docx", office(word__document_xml="<a>Halo</a>"))) and fault.code == "K602"


def test_an_original_in_the_content_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    root = copy_site("minimal", tmp_path)
    media = root / "content" / "media" / "foto baru"
    media.mkdir(parents=True)
    (media / "asli.jpg").write_bytes(written("JPEG", exif=exif()))
    (media / "bersih.jpg").write_bytes(written("JPEG"))
    (media / "laporan.docx").write_bytes(office(docProps__core_xml=CORE.format(name="RAHASIA")).getvalue())
    problems = load(root, today=parse_day(DAY)).problems
    assert [(problem.code, problem.path) for problem in problems] == [
        ("K604", "content/media/foto baru/asli.jpg"),
        ("K604", "content/media/foto baru/laporan.docx"),
    ]
    assert problems[0].hint and "kbp import photo 'content/media/foto baru/asli.jpg'" in problems[0].hint.say("id")
    assert "RAHASIA" not in "".join(problem.message.say("id") for problem in problems)


def test_a_jpeg_of_fill_bytes_is_looked_through_in_time_and_to_its_end() -> None:
    clean = written("JPEG")
    began = time.process_time()
    assert picture_metadata(BytesIO(clean[:2] + b"\xff" * 900_000 + clean[2:])) == ()
    assert time.process_time() - began < 0.5
    hidden = written("JPEG", comment=b"RAHASIA")
    assert picture_metadata(BytesIO(hidden[:2] + b"\xff" * 70_000 + hidden[2:])) == ("COM",)


def test_of_a_million_unknown_parts_only_some_are_named() -> None:
    clean = written("PNG")
    parts = b"".join(b"\0\0\0\0" + b"%04d" % n + b"\0\0\0\0" for n in range(5_000))
    assert len(picture_metadata(BytesIO(clean[:-12] + parts + clean[-12:]))) == 20
