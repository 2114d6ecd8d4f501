"""The words of the command line: Click's help and usage messages in the language of who asks."""

from __future__ import annotations

import errno
import os
import re
import shlex
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from kbp_site.content.dates import DateFault, parse_day
from kbp_site.content.problems import ExitCode, KbpError, Problem, has_errors, print_text, printable
from kbp_site.content.suggestions import suggest
from kbp_site.content.workers import PROGRESS, Progress, Unseen
from kbp_site.locale import Language, Text, text
from kbp_site.site.clock import read_clock


@dataclass
class Door:
    """What every command knows of who called it: in which language to speak."""

    language: Language


def language_of(context: click.Context) -> Language:
    """Return the language in which a command speaks."""
    door = context.find_object(Door)
    return door.language if door else "id"


class Option(click.Option):
    """An option with a sentence about it; the sentence names the default itself."""

    def __init__(self, names: list[str], *, about: Text, **settings: Any) -> None:
        super().__init__(names, **settings)
        self.about = about


class Argument(click.Argument):
    """An argument with a sentence about it."""

    def __init__(self, names: list[str], *, about: Text, **settings: Any) -> None:
        super().__init__(names, **settings)
        self.about = about


def option(*names: str, about: Text, **settings: Any) -> Callable[[Any], Any]:
    """Give a command an option."""
    return click.option(*names, cls=Option, about=about, **settings)


def argument(*names: str, about: Text, **settings: Any) -> Callable[[Any], Any]:
    """Give a command an argument."""
    return click.argument(*names, cls=Argument, about=about, **settings)


class DayParameter(click.ParamType[date]):
    """A day of the calendar, YYYY-MM-DD."""

    name = "HARI"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that was written."""
        try:
            return parse_day(str(value))
        except DateFault as error:
            hint = error.fault.hint or error.fault.message
            raise KbpError(text("{reason}; {hint}", reason=error.fault.message, hint=hint)) from error


DAY = DayParameter()


JOBS = option(
    "--jobs",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    about=text("banyaknya pekerja; tanpa pilihan ini: sebanyak inti prosesor"),
)


SCHEME = "dask://"


class ExecutorParameter(click.ParamType[str]):
    """A Dask scheduler: dask://host:port."""

    name = "ALAMAT"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the scheduler's host and port."""
        address = str(value).removeprefix(SCHEME)
        if not str(value).startswith(SCHEME) or not re.fullmatch(r"[^\s/?#@]+:\d{1,5}", address):
            message = text('"{value}" bukan alamat penjadwal; tulis misalnya dask://192.168.1.10:8786', value=value)
            raise KbpError(message)
        return address


EXECUTOR = option(
    "--executor",
    type=ExecutorParameter(),
    about=text(
        "buat halaman di beberapa komputer lewat penjadwal Dask, misalnya dask://192.168.1.10:8786; "
        "tanpa pilihan ini: di komputer ini saja"
    ),
)


def _day(context: click.Context, param: click.Parameter, value: date | None) -> date:
    return value or read_clock(os.environ, root_of(context))


TODAY = option("--today", type=DAY, callback=_day, about=text("anggap hari ini tanggal itu, misalnya 2026-08-17"))

HELP = text("tampilkan bantuan ini")
UNSAID = Text("")


class Command(click.Command):
    """A command with a sentence about it and a place among the groups of the help.

    What is told of a command that is added `Later` stands where it is added.
    """

    def __init__(self, *arguments: Any, about: Text = UNSAID, section: Text | None = None, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.about = about
        self.section = section

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, what the command does, its arguments and its options."""
        language = language_of(ctx)
        pieces = [p.make_metavar(ctx) for p in self.params if isinstance(p, click.Argument)]
        write_head(ctx, formatter, " ".join([*pieces, text("[PILIHAN]").say(language)]), self.about)
        rows = [
            (p.make_metavar(ctx) if isinstance(p, Argument) else " / ".join([*p.opts, *p.secondary_opts]), p.about)
            for p in self.params
            if isinstance(p, Option | Argument)
        ]
        write_rows(ctx, formatter, text("Pilihan"), [*rows, ("--help", HELP)])


class Group(click.Group):
    """The program itself, or a command that has commands: what it holds, in sections."""

    command_class = Command

    def __init__(self, *arguments: Any, about: Text, section: Text | None = None, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.about = about
        self.section = section

    def add_later(self, name: str, module: str, *, about: Text, section: Text) -> None:
        """Add the command that a module calls ``<name>_command``, and imports when the command is asked for.

        It is for what brings libraries that take longer to import than most commands take.
        """
        self.commands[name] = Later(name, module, about=about, section=section)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, imported if it was not yet."""
        command = super().get_command(ctx, cmd_name)
        return command.load() if isinstance(command, Later) else command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; raises `KbpError` with the nearest for one that is not there."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            hint = suggest(args[0], list(self.commands))
            raise KbpError(text('perintah "{name}" tidak dikenal; {hint}', name=args[0], hint=hint))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, the options before a command, and the commands group by group."""
        language = language_of(ctx)
        write_head(ctx, formatter, text("[PILIHAN] PERINTAH …").say(language), self.about)
        sections: dict[Text, list[tuple[str, Text]]] = defaultdict(list)
        for name, command in self.commands.items():
            assert isinstance(command, Command | Group) and command.section
            sections[command.section].append((name, command.about))
        for section, rows in sections.items():
            write_rows(ctx, formatter, section, rows)
        options = [("/".join(p.opts), p.about) for p in self.params if isinstance(p, Option)]
        heading = text("Pilihan, ditulis sebelum perintah") if options else text("Pilihan")
        write_rows(ctx, formatter, heading, [*options, ("--help", HELP)])


class Later(Command):
    """What is known of a command before it is imported."""

    def __init__(self, name: str, module: str, **settings: Any) -> None:
        super().__init__(name, **settings)
        self.module = module

    def load(self) -> Command | Group:
        """Return the command itself."""
        command: Command | Group = getattr(import_module(self.module), f"{self.name}_command")
        command.about, command.section = self.about, self.section
        return command


def write_head(ctx: click.Context, formatter: click.HelpFormatter, pieces: str, about: Text) -> None:
    """Write the usage line and the sentence about a command."""
    language = language_of(ctx)
    formatter.write_usage(ctx.command_path, pieces, prefix=text("Pemakaian: ").say(language))
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(about.say(language))


def write_rows(ctx: click.Context, formatter: click.HelpFormatter, title: Text, rows: list[tuple[str, Text]]) -> None:
    """Write a list of names with a sentence each."""
    language = language_of(ctx)
    with formatter.section(title.say(language)):
        formatter.write_dl([(name, about.say(language)) for name, about in rows])


def usage_error(error: click.UsageError) -> Text:
    """Say in our words what was wrong with a call."""
    param = getattr(error, "param", None)
    name = " / ".join(param.opts) if isinstance(param, click.Option) else ""
    if isinstance(param, click.Argument) and error.ctx:
        name = param.make_metavar(error.ctx).strip("[]")
    match error:
        case click.NoSuchOption() if error.option_name in {"--root", "--lang"}:
            return text(
                "pilihan {name} ditulis sebelum perintah, misalnya kbp {name} … {command}",
                name=error.option_name,
                command=(error.ctx and error.ctx.info_name) or "check",
            )
        case click.NoSuchOption():
            near = f" ({', '.join(error.possibilities)}?)" if error.possibilities else ""
            return text("pilihan {name} tidak dikenal{near}", name=error.option_name, near=near)
        case click.MissingParameter():
            return text("{name} belum disebutkan", name=name)
        case click.BadParameter() if isinstance(kind := getattr(param, "type", None), click.IntRange):
            least, most = kind.min, kind.max
            if most is None:
                return text("nilai untuk {name} harus bilangan bulat, paling kecil {least}", name=name, least=least)
            return text(
                "nilai untuk {name} harus bilangan bulat, {least} sampai {most}", name=name, least=least, most=most
            )
        case click.BadParameter() if isinstance(kind := getattr(param, "type", None), click.Choice):
            return text("nilai untuk {name} salah satu dari: {known}", name=name, known=", ".join(kind.choices))
        case click.BadParameter() if isinstance(getattr(param, "type", None), click.Path):
            return text("yang disebut untuk {name} tidak ada, atau tidak boleh dibaca", name=name)
        case click.BadParameter():
            return text("nilai untuk {name} tidak dapat dipakai", name=name)
        case click.BadOptionUsage():
            return text("pilihan {name} kurang nilai, atau tidak memerlukannya", name=error.option_name)
    if error.ctx and isinstance(error.ctx.command, Group):
        return text("perintah itu tidak dikenal, atau belum disebutkan")
    found = re.search(r"\((.*)\)$", error.message, re.DOTALL)
    return text('perintah ini tidak menerima "{words}"', words=found[1] if found else error.message)


SYSTEM = {
    errno.ENOSPC: text("ruang penyimpanan penuh"),
    errno.EACCES: text("izin ditolak"),
    errno.EPERM: text("izin ditolak"),
    errno.EROFS: text("tempat ini hanya dapat dibaca"),
    errno.ENOENT: text("berkas atau folder tidak ada"),
    errno.ENOTDIR: text("berkas atau folder tidak ada"),
    errno.EEXIST: text("sudah ada berkas dengan nama itu"),
    errno.EADDRINUSE: text("port itu sedang dipakai program lain"),
    errno.EFBIG: text("berkas menjadi terlalu besar bagi sistem ini"),
    errno.EMFILE: text("terlalu banyak berkas terbuka"),
}


def system_error(error: OSError) -> KbpError:
    """Say in our words how the system failed us (exit 3)."""
    reason = SYSTEM.get(error.errno or 0, text("sistem menolak (kode {code})", code=error.errno))
    where = printable(str(error.filename or ""))
    message = text("{reason}: {where}", reason=reason, where=where) if where else reason
    return KbpError(message, exit_code=ExitCode.SYSTEM)


def root_of(context: click.Context) -> Path:
    """Return the site's folder; raises `KbpError` for one within it."""
    root: Path = context.meta["root"]
    if not (root / "content").is_dir():
        above = (folder for folder in root.resolve().parents if (folder / "content" / "site.yml").is_file())
        if site := next(above, None):
            here, there = str(root.resolve()), shlex.quote(str(site))
            raise KbpError(text('"{here}" ada di dalam folder situs; ketik dahulu: cd {there}', here=here, there=there))
    return root


class Watcher:
    """Shows a terminal how far work has come, once some begins: most commands end before anybody would see it."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._line: Progress = Unseen()

    def begin(self, what: Text) -> None:
        """A step begins."""
        self._line = import_module("kbp_site.progress").Line(sys.stderr, self._language)
        self._line.begin(what)

    def advance(self, done: int, total: int) -> None:
        """So many parts of the step are done."""
        self._line.advance(done, total)

    def end(self) -> None:
        """The step is over."""
        self._line.end()


@contextmanager
def watched(language: Language) -> Iterator[None]:
    """Show how far work has come while it goes on, in a terminal; a pipe, a log or a service gets none of it."""
    is_seen = sys.stderr.isatty() and not os.environ.get("CI")
    token = PROGRESS.set(Watcher(language) if is_seen else Unseen())
    try:
        yield
    finally:
        PROGRESS.reset(token)


def tell(context: click.Context, *sentences: Text, aside: bool = False) -> None:
    """Say sentences to whoever called; ``aside`` are those that are no result (to standard error)."""
    for sentence in sentences:
        click.echo(sentence.say(language_of(context)), err=aside)


def tell_problems(context: click.Context, problems: Sequence[Problem]) -> None:
    """Say aside what is wrong with the content, if anything is."""
    if problems:
        click.echo(print_text(problems, language_of(context)), err=True)


def exit_code(problems: Sequence[Problem], *, strict: bool) -> ExitCode:
    """Return how a command ends with these problems."""
    failed = bool(problems) if strict else has_errors(problems)
    return ExitCode.CONTENT if failed else ExitCode.DONE
