"""The commands for editions that travel: one short function a command, no logic."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import click

from kbp_site.command import JOBS, TODAY, Command, argument, exit_code, option, root_of, tell, tell_problems
from kbp_site.content.extras import with_extra
from kbp_site.content.suggestions import Glossed
from kbp_site.kiosk.bundle import make_kiosk
from kbp_site.kiosk.crawl import START
from kbp_site.kiosk.onefile import LIMIT, make_onefile
from kbp_site.kiosk.press.letters import LACKING
from kbp_site.kiosk.press.printing import LABELS, print_records
from kbp_site.locale import LANGUAGES, language_named, text

FOLDING = text(
    "Cetak berkas lipat pada A4 bolak-balik, balik di sisi panjang, ukuran 100%. Potong di tengah: jadi dua buku. "
    "Lipat tiap tumpukan, lalu jepret di lipatannya."
)


@click.command("kiosk", cls=Command)
@argument("exhibition", metavar="PAMERAN", about=text("nama berkas pameran, misalnya pameran-hari-kemerdekaan"))
@option("--out", type=click.Path(path_type=Path), about=text("folder hasil; tanpa pilihan ini: kios di folder situs"))
@JOBS
@TODAY
@click.pass_context
def kiosk_command(context: click.Context, exhibition: str, out: Path | None, jobs: int, today: date) -> None:
    """Make an exhibition's kiosk."""
    root = root_of(context)
    made = make_kiosk(
        root,
        exhibition,
        out or root / "kios",
        today=today,
        jobs=jobs,
        tell=partial(tell, context, aside=True),
    )
    tell_problems(context, made.problems)
    if made.pages:
        tell(context, text("Kios selesai: {count} halaman di {out}", count=made.pages, out=str(made.folder)))
        tell(context, text("Untuk flashdisk: {archive}", archive=str(made.archive)))
        tell(context, text("Buka {start} dengan klik ganda. Kode petugas: {code}", start=START, code=made.code))
    context.exit(exit_code(made.problems, strict=False))


@click.command("print", cls=Command)
@argument("what", metavar="CETAKAN", about=text("salah satu dari: {names}", names=Glossed(LABELS)))
@argument(
    "name",
    metavar="[NAMA]",
    required=False,
    about=text("catatan yang dicetak, misalnya mediasi-parit; tanpa ini: semua"),
)
@option("--out", type=click.Path(path_type=Path), about=text("folder hasil; tanpa pilihan ini: cetak di folder situs"))
@option("--lang", type=click.Choice(LANGUAGES), default="id", about=text("bahasa cetakan, id atau en"))
@TODAY
@click.pass_context
def print_command(
    context: click.Context, what: str, name: str | None, out: Path | None, lang: str, today: date
) -> None:
    """Print posters, leaflets, sheets and books as PDF."""
    root = root_of(context)
    folder = out or root / "cetak"
    printed = print_records(
        root,
        what,
        name,
        folder,
        today=today,
        language=language_named(lang),
        tell=partial(tell, context, aside=True),
    )
    tell_problems(context, printed.problems)
    if printed.lacking:
        lacks = text(
            "Huruf cetak kami tidak punya: {letters}. Di tempatnya tercetak {mark}.",
            letters=printed.lacking,
            mark=LACKING,
        )
        tell(context, lacks, aside=True)
    if printed.files:
        tell(context, text("Cetakan selesai: {count} berkas di {out}", count=len(printed.files), out=str(folder)))
    if what == "book" and printed.files:
        tell(context, FOLDING)
    context.exit(exit_code(printed.problems, strict=False))


@click.command("zim", cls=Command)
@option("--out", type=click.Path(path_type=Path), about=text("folder hasil; tanpa pilihan ini: zim di folder situs"))
@JOBS
@TODAY
@click.pass_context
def zim_command(context: click.Context, out: Path | None, jobs: int, today: date) -> None:
    """Make the public site's archive for Kiwix."""
    root = root_of(context)
    made = with_extra("kbp_site.kiosk.zim", "zim").make_zim(
        root,
        out or root / "zim",
        today=today,
        jobs=jobs,
        tell=partial(tell, context, aside=True),
    )
    tell_problems(context, made.problems)
    if made.pages:
        tell(context, text("Arsip ZIM selesai: {count} halaman di {file}", count=made.pages, file=str(made.file)))
        tell(context, text("Salin berkas itu ke ponsel atau kartu memori, lalu buka dengan aplikasi Kiwix"))
    context.exit(exit_code(made.problems, strict=False))


@click.command("onefile", cls=Command)
@argument(
    "exhibition",
    metavar="[PAMERAN]",
    default="",
    about=text("nama berkas pameran, bila hanya pilihannya yang dibawa; tanpa ini: semua cerita dan pelajaran"),
)
@option(
    "--out", type=click.Path(path_type=Path), about=text("folder hasil; tanpa pilihan ini: onefile di folder situs")
)
@JOBS
@TODAY
@click.pass_context
def onefile_command(context: click.Context, exhibition: str, out: Path | None, jobs: int, today: date) -> None:
    """Make one HTML file of stories and lessons in each language."""
    root = root_of(context)
    made = make_onefile(
        root,
        exhibition,
        out or root / "onefile",
        today=today,
        jobs=jobs,
        tell=partial(tell, context, aside=True),
    )
    tell_problems(context, made.problems)
    for file, size in made.files.items():
        tell(context, text("Selesai: {file} ({size} KB)", file=str(file), size=-(-size // 1000)))
    if any(size > LIMIT for size in made.files.values()):
        fewer = text("Agar lebih kecil, kurangi pilihan di kolom playlist pameran itu")
        choose = text("Agar lebih kecil, sebutkan pameran yang memilih isinya: kbp onefile PAMERAN")
        tell(context, fewer if exhibition else choose)
    context.exit(exit_code(made.problems, strict=False))
