"""People call us here: one short function a command, no logic."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from types import FrameType

import click

from kbp_site.command import (
    JOBS,
    TODAY,
    Door,
    Group,
    argument,
    exit_code,
    language_of,
    option,
    root_of,
    system_error,
    tell,
    usage_error,
    watched,
)
from kbp_site.content.annotations import print_github, print_gitlab, print_step_summary
from kbp_site.content.load import load
from kbp_site.content.problems import ExitCode, KbpError, Problem, print_json, print_text
from kbp_site.editing.guard import guard_range, guard_staged
from kbp_site.editing.mend import mend, show_changes, write_mended
from kbp_site.editing.scaffold import create_record, create_site, kind_by_name
from kbp_site.editing.schema import write_schemas
from kbp_site.locale import LANGUAGES, Language, language_named, text
from kbp_site.site.cache import remembered

SITE = "kbp_site.cli_site"
START, MAKE, TOGETHER = text("Memulai"), text("Memeriksa dan membangun"), text("Bekerja bersama")
TRAVEL = text("Dibawa tanpa internet")
RELEASES = text("Terbitan di server")
PRINTERS: dict[str, Callable[[Sequence[Problem], Language], str]] = {
    "text": print_text,
    "json": print_json,
    "github": print_github,
    "gitlab": print_gitlab,
}
FORMAT = option(
    "--format",
    "form",
    type=click.Choice(list(PRINTERS)),
    default="text",
    about=text("bentuk laporan: text, json, github, atau gitlab"),
)


@click.group(
    cls=Group,
    about=text("Situs komunitas belajar: catatan YAML menjadi halaman yang dapat dibaca semua orang."),
    context_settings={"max_content_width": 100},
)
@option(
    "--root",
    type=click.Path(path_type=Path),
    default=".",
    about=text("folder situs; tanpa pilihan ini: folder sekarang"),
)
@option(
    "--lang", type=click.Choice(LANGUAGES), about=text("bahasa pesan, id atau en; tanpa pilihan ini: KBP_LANG atau id")
)
@click.pass_context
def kbp(context: click.Context, root: Path, lang: str | None) -> None:
    """Keep the root for the command that follows; the language was read at the door."""
    context.meta["root"] = root


@kbp.command("init", section=START, about=text("Buat situs baru untuk sebuah komunitas, siap dibangun."))
@argument("folder", metavar="DIR", type=click.Path(path_type=Path), about=text("folder baru untuk situs itu"))
@click.pass_context
def init_command(context: click.Context, folder: Path) -> None:
    """Create a new community's site."""
    tell(context, *create_site(folder))


@kbp.command("new", section=START, about=text("Buat catatan baru sebagai draf, dengan kolom wajib dan penjelasannya."))
@argument("kind", metavar="JENIS", about=text("jenis catatan, misalnya activities atau kegiatan"))
@argument("title", metavar="[JUDUL]", nargs=-1, about=text("judul catatan"))
@click.pass_context
def new_command(context: click.Context, kind: str, title: tuple[str, ...]) -> None:
    """Create a draft of a record; a title without quotation marks comes in several words."""
    model, whole = kind_by_name(kind), " ".join(title)
    if len(title) > 1:
        raise KbpError(text('apit judulnya dengan tanda kutip: kbp new {kind} "{title}"', kind=kind, title=whole))
    tell(context, *create_record(root_of(context), model, whole))


kbp.add_later(
    "import",
    "kbp_site.cli_import",
    section=START,
    about=text("Bawa masuk yang sudah ada: berkas Word, tabel, percakapan, foto. Hasilnya selalu draf."),
)


@kbp.command("schema", section=START, about=text("Tulis skema semua jenis catatan, bagi VS Code dan penyunting lain."))
@option(
    "--out", type=click.Path(path_type=Path), about=text("folder hasil; tanpa pilihan ini: schemas di folder situs")
)
@click.pass_context
def schema_command(context: click.Context, out: Path | None) -> None:
    """Write the schemas that an editor's program completes and warns with."""
    tell(context, *write_schemas(root_of(context), out))


@kbp.command(
    "check",
    section=MAKE,
    about=text("Periksa semua catatan dan laporkan setiap masalah; tanpa --fix tidak mengubah apa pun."),
)
@FORMAT
@option("--strict", is_flag=True, about=text("perlakukan peringatan sebagai galat"))
@option("--fix", is_flag=True, about=text("perbaiki yang pasti, tunjukkan perubahannya, dan simpan berkas lamanya"))
@option("--dry-run", is_flag=True, about=text("tunjukkan apa yang akan diperbaiki --fix, tanpa mengubah apa pun"))
@JOBS
@TODAY
@click.pass_context
def check_command(
    context: click.Context, form: str, strict: bool, fix: bool, dry_run: bool, jobs: int, today: date
) -> None:
    """Check the content, mend it where that is asked for, and report every problem."""
    if fix and not dry_run:
        problems = fix_content(context, today)
    else:
        root = root_of(context)
        problems = load(root, today=today, memory=remembered(root), jobs=jobs).problems
    if dry_run:
        fix_content(context, today, is_dry=True)
    click.echo(PRINTERS[form](problems, language_of(context)))
    if not dry_run and form == "text" and (number := sum(bool(problem.edit) for problem in problems)) and not fix:
        tell(context, text("Dapat diperbaiki secara otomatis: {count}. Tulis: kbp check --fix", count=number))
    if form == "github" and (path := os.environ.get("GITHUB_STEP_SUMMARY")):
        with open(path, "a", encoding="utf-8") as file:
            file.write(print_step_summary(problems, language_of(context)))
    context.exit(exit_code(problems, strict=strict))


def fix_content(context: click.Context, day: date, *, is_dry: bool = False) -> Sequence[Problem]:
    """Mend what is mechanical, tell what was changed (beside the report), and return what is left."""
    root = root_of(context)
    mended = mend(root, today=day)
    for line in show_changes(mended):
        click.echo(line, err=True)
    if not mended.after:
        said = text("Tidak ada yang dapat diperbaiki secara otomatis.")
    elif is_dry:
        said = text("Belum ada yang diubah. Untuk memperbaikinya, tulis: kbp check --fix")
    else:
        kept = write_mended(root, mended)
        said = text("Diperbaiki: {count} berkas. Berkas lamanya ada di {kept}", count=len(mended.after), kept=str(kept))
    tell(context, said, aside=True)
    return mended.loaded.problems


kbp.add_later(
    "build",
    SITE,
    section=MAKE,
    about=text("Bangun situs publik, utuh dan terperiksa; bila gagal, situs lama tetap ada."),
)
kbp.add_later(
    "serve",
    SITE,
    section=MAKE,
    about=text("Lihat situs di komputer ini; setiap perubahan langsung tampak."),
)
kbp.add_later(
    "admin", SITE, section=START, about=text("Buka formulir di peramban untuk menulis catatan di komputer ini.")
)
kbp.add_later(
    "render", SITE, section=MAKE, about=text("Tulis docs, halaman Markdown, dan mkdocs.yml bagi pembangun situs lain.")
)
kbp.add_later(
    "trace", SITE, section=MAKE, about=text("Telusuri di mana suatu catatan, persetujuan, atau foto masih berada.")
)
kbp.add_later(
    "publish",
    "kbp_site.cli_releases",
    section=RELEASES,
    about=text("Bangun situs dan terbitkan bagi pembaca dalam satu langkah; lima terbitan terakhir disimpan."),
)
kbp.add_later(
    "rollback", "kbp_site.cli_releases", section=RELEASES, about=text("Kembalikan pembaca ke terbitan sebelumnya.")
)
kbp.add_later(
    "verify", "kbp_site.cli_releases", section=RELEASES, about=text("Periksa apakah setiap berkas terbitan masih utuh.")
)
kbp.add_later(
    "kiosk",
    "kbp_site.cli_editions",
    section=TRAVEL,
    about=text("Buat layar sentuh sebuah pameran: folder dan zip yang berjalan tanpa internet."),
)
kbp.add_later(
    "print",
    "kbp_site.cli_editions",
    section=TRAVEL,
    about=text("Buat PDF untuk dicetak: poster, selebaran, lembar rapat, buku saku, petunjuk relawan."),
)
kbp.add_later(
    "zim",
    "kbp_site.cli_editions",
    section=TRAVEL,
    about=text("Buat arsip ZIM: seluruh situs dalam satu berkas untuk aplikasi Kiwix di ponsel dan komputer."),
)
kbp.add_later(
    "onefile",
    "kbp_site.cli_editions",
    section=TRAVEL,
    about=text("Buat satu berkas HTML berisi cerita dan pelajaran, cukup kecil untuk dikirim lewat WhatsApp."),
)


@kbp.command(
    "guard", section=TOGETHER, about=text("Periksa apakah sebuah kontribusi hanya mengubah isi, dan fotonya bersih.")
)
@argument("base", metavar="[AWAL]", default="", about=text("commit tempat kontribusi itu bermula, misalnya main"))
@argument("head", metavar="[AKHIR]", default="HEAD", about=text("commit terakhirnya; tanpa ini: HEAD"))
@option("--staged", is_flag=True, about=text("periksa hanya foto yang akan masuk ke commit berikutnya"))
@FORMAT
@click.pass_context
def guard_command(context: click.Context, base: str, head: str, staged: bool, form: str) -> None:
    """Judge what a contribution changes."""
    if staged == bool(base):
        raise KbpError(text("sebutkan commit AWAL, atau --staged"))
    root = root_of(context)
    refusals = guard_staged(root) if staged else guard_range(root, base, head)
    problems = [refusal.problem for refusal in refusals]
    if form != "text":
        click.echo(PRINTERS[form](problems, language_of(context)))
    for refusal in refusals if form == "text" else ():
        click.echo(f"{refusal.name}: {refusal.reason.say(language_of(context))}")
    context.exit(exit_code(problems, strict=False))


def language_at_door(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language that `--lang` or `KBP_LANG` asks for, else Indonesian.

    Read before the command line is, so that its own mistakes are told in that language too.
    """
    wanted = environment.get("KBP_LANG", "")
    for word, following in zip(arguments, [*arguments, ""][1:], strict=True):
        wanted = (
            following if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else wanted
        )
    return language_named(wanted)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with the contract's exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language = language_at_door(words, os.environ)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ["KBP_LANG"] = language  # the plugin, which the host calls, speaks it too
    signal.signal(signal.SIGTERM, end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may know fewer letters than we do
    gc.disable()  # what a command makes stays to its end, but for those that last: they look for garbage again
    code = run(words, language)
    if sys.stdout:  # none where it was closed before we began
        try:
            sys.stdout.flush()
        except OSError:
            # What finds no room now would be tried once more at the very end, and change the exit code.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    gc.freeze()  # to look for garbage in what a large site left takes a second, and all goes with the process
    gc.enable()
    sys.exit(code)


CLOSED = 128 + 13
"""How a program ends that writes to what is closed (SIGPIPE of POSIX; Windows has no name for it)."""


def run(words: list[str], language: Language) -> int:
    """Run one command; every mistake becomes one line and an exit code."""
    try:
        with watched(language):
            result = kbp.main(words, prog_name="kbp", standalone_mode=False, obj=Door(language))
        return result if isinstance(result, int) else ExitCode.DONE
    except click.UsageError as error:
        # What an option lacks is told before its command is known.
        named = next((f"kbp {word}" for word in words if word in kbp.commands), "kbp")
        path = error.ctx.command_path if error.ctx else named
        help_ = text("Bantuan: {command} --help", command=path)
        return fail(KbpError(text("{reason}. {help}", reason=usage_error(error), help=help_)), language)
    except KbpError as error:
        return fail(error, language)
    except OSError as error:
        return fail(system_error(error), language)
    except SystemExit as ended:
        if ended.code != 1:
            raise
        return CLOSED  # so Click ends where nobody reads on; nothing of ours ends the process itself
    except (KeyboardInterrupt, click.Abort):
        fail(KbpError(text("dihentikan sebelum selesai")), language)
        return 128 + signal.SIGINT


def fail(error: KbpError, language: Language) -> ExitCode:
    """Say what went wrong, in one line."""
    click.echo(f"kbp: {error.message.say(language)}", err=True)
    return error.exit_code


def end(number: int, frame: FrameType | None) -> None:
    """End on a signal as the shell expects, with everything tidied on the way out."""
    sys.exit(128 + number)
