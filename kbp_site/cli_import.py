"""The commands `kbp import …`: one short function a source, no logic."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from kbp_site.command import DAY, Group, argument, language_of, option, root_of
from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.editing.imports.chat import Choice, import_chat
from kbp_site.editing.imports.photo import import_photos
from kbp_site.editing.imports.report import Report
from kbp_site.editing.imports.session import Wish
from kbp_site.editing.imports.sheet import import_sheet
from kbp_site.editing.imports.word import import_words
from kbp_site.locale import Text, text

SOURCES = text("Yang dapat dibawa masuk")


@click.group("import", cls=Group, about=SOURCES)
def import_command() -> None:
    """Gather the commands that bring in what is there already."""


def shared(command: Callable[..., None]) -> Any:
    """Give a command what all imports have."""
    for give in (
        option("--report", type=click.Path(path_type=Path), about=text("tulis laporannya juga ke berkas baru ini")),
        option("--undo", is_flag=True, about=text("hapus lagi yang dibuat dari berkas ini, selama belum diubah")),
        option("--dry-run", is_flag=True, about=text("coba saja: laporkan semuanya, tanpa menulis apa pun")),
    ):
        command = give(command)
    return click.pass_context(command)


FILES = argument(
    "files",
    metavar="BERKAS…",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    about=text("berkas yang dibawa masuk"),
)


@import_command.command("photo", section=SOURCES, about=text("Foto: ditegakkan, dikecilkan, tinggal gambarnya."))
@FILES
@option("--to", "story", metavar="CERITA", default="", about=text("cerita yang mendapat foto itu"))
@shared
def photo_command(context: click.Context, files: tuple[Path, ...], story: str, **how: Any) -> None:
    """Bring photos in."""
    finish(context, import_photos(wish_of(context, **how), files, story), **how)


@import_command.command("word", section=SOURCES, about=text("Berkas Word (.docx): satu berkas menjadi satu draf."))
@FILES
@option("--kind", metavar="JENIS", default="activities", about=text("jenis catatan; tanpa pilihan ini: activities"))
@shared
def word_command(context: click.Context, files: tuple[Path, ...], kind: str, **how: Any) -> None:
    """Bring Word files in."""
    finish(context, import_words(wish_of(context, **how), files, kind), **how)


@import_command.command("sheet", section=SOURCES, about=text("Tabel (.xlsx, .csv): satu baris menjadi satu draf."))
@argument("file", metavar="BERKAS", type=click.Path(path_type=Path), about=text("berkas yang dibawa masuk"))
@option(
    "--kind", metavar="JENIS", default="", about=text("jenis catatan; tanpa pilihan ini: menurut peta, atau activities")
)
@option("--sheet", "only", metavar="NAMA", default="", about=text("satu lembar saja; tanpa pilihan ini: semua lembar"))
@option(
    "--map",
    "map_file",
    metavar="PETA",
    type=click.Path(path_type=Path),
    about=text("berkas peta kolom; dibuat dahulu bila belum ada"),
)
@shared
def sheet_command(context: click.Context, file: Path, kind: str, only: str, map_file: Path | None, **how: Any) -> None:
    """Bring a sheet in."""
    finish(context, import_sheet(wish_of(context, **how), file, kind, only=only, map_file=map_file), **how)


@import_command.command("chat", section=SOURCES, about=text("Percakapan WhatsApp: hari pilihan menjadi satu draf."))
@argument("file", metavar="BERKAS", type=click.Path(path_type=Path), about=text("hasil ekspor, .txt atau .zip"))
@option("--from", "first", metavar="HARI", type=DAY, about=text("hari pertama; tanpa hari, hanya daftar hari yang ada"))
@option("--to", "last", metavar="HARI", type=DAY, about=text("hari terakhir"))
@option("--with-names", is_flag=True, about=text("biarkan nama penulis pesan; nomor tetap tidak ikut"))
@option("--kind", metavar="JENIS", default="activities", about=text("jenis catatan; tanpa pilihan ini: activities"))
@shared
def chat_command(
    context: click.Context, file: Path, first: date | None, last: date | None, with_names: bool, kind: str, **how: Any
) -> None:
    """Bring a chat in."""
    choice = Choice(first, last, keeps_names=with_names)
    finish(context, import_chat(wish_of(context, **how), file, kind, choice), **how)


def wish_of(context: click.Context, *, dry_run: bool, undo: bool, report: Path | None) -> Wish:
    """Return how an import is meant."""

    def tell(step: Text) -> None:
        if sys.stderr.isatty():
            click.echo(step.say(language_of(context)), err=True)

    if report and report.exists():
        raise KbpError(text('"{path}" sudah ada; pilih nama lain untuk laporannya', path=str(report)))
    return Wish(root_of(context), is_trial=dry_run, is_undo=undo, step=tell)


def finish(context: click.Context, told: Report, *, dry_run: bool, undo: bool, report: Path | None) -> None:
    """Say what became of everything, and write it down where that is wished; exit 1 when a file could not be used."""
    said = told.say(language_of(context))
    click.echo(said)
    if report:
        with report.open("x", encoding="utf-8") as file:
            file.write(said + "\n")
    if told.has_failed:
        context.exit(ExitCode.CONTENT)
