"""A chat comes in as notes for one story: chosen days only, and without the names and numbers of who wrote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from kbp_site.content.archives import ArchiveFault, read_part, safe_archive
from kbp_site.content.dates import parse_date
from kbp_site.content.markup import PROSE_BYTES, PROSE_LINES, judge_length
from kbp_site.content.media import ending
from kbp_site.content.problems import KbpError
from kbp_site.editing.imports.draft import Contents, compose, draft_kind
from kbp_site.editing.imports.file_kinds import FileKind, expect
from kbp_site.editing.imports.ledger import fingerprint
from kbp_site.editing.imports.plain import as_markdown, conceal, shorten
from kbp_site.editing.imports.report import Fate, Report
from kbp_site.editing.imports.session import Session, Wish, read_source
from kbp_site.editing.imports.whatsapp import MEDIA, Message, of_days, read_chat, senders
from kbp_site.editing.imports.word import main_prose
from kbp_site.editing.scaffold import id_of
from kbp_site.locale import text

NUMBER = re.compile(r"[+\d\s().-]+")
A_FILE = text("(berkas)").say("id")
WORD = re.compile(r"\w")
MENTION = re.compile(r"@\d{8,15}")


@dataclass(frozen=True)
class Choice:
    """What is wanted of a chat: from which to which day, and whether names may stay. Numbers never do."""

    first: date | None = None
    last: date | None = None
    keeps_names: bool = False


def import_chat(wish: Wish, file: Path, kind_name: str, choice: Choice) -> Report:
    """Bring the messages of chosen days in as one draft; without days, only list which days there are.

    Raises `KbpError` for what is no exported chat, and for more than one draft can hold.
    """
    kind = draft_kind(kind_name)
    field = main_prose(kind)
    _judge_choice(wish, choice)
    with Session(wish, file.name) as session:
        chat = read_chat(read_export(file))
        if not chat.messages:
            raise KbpError(text("{name} bukan hasil ekspor percakapan WhatsApp", name=file.name))
        report = session.report
        if not chat.is_certain:
            report.note(text("Tanggal dibaca hari dahulu, lalu bulan; tidak ada angka di atas 12 yang memastikannya."))
        for line in chat.before:
            report.tell(text('baris "{words}"', words=conceal(shorten(line))[0]), Fate.SKIPPED, BEFORE)
        if choice.first is None and choice.last is None:
            _list_days(report, chat.messages)
            return report
        chosen = list(of_days(chat.messages, choice.first, choice.last))
        if not chosen:
            first, last = (parse_date(day.isoformat()) for day in _span(chat.messages))
            raise KbpError(text(NONE_THEN.template, name=file.name, first=first, last=last))
        outside = len(chat.messages) - len(chosen)
        if outside:
            report.tell(text("pesan di luar hari yang dipilih"), Fate.SKIPPED, count=outside)
        wanted = [message for message in chosen if message.kind == "words"]
        for name, count in Counter(message.kind for message in chosen if message.kind != "words").items():
            report.tell(LEFT_OUT[name][0], Fate.SKIPPED, LEFT_OUT[name][1], count=count)
        if wanted:
            _bring(session, Contents(kind, text("percakapan WhatsApp").say("id"), {}), field, wanted, choice)
        return report


def _judge_choice(wish: Wish, choice: Choice) -> None:
    """Raise `KbpError` for days that run backwards, and for an undo that says no days."""
    first, last = choice.first, choice.last
    if first and last and first > last:
        raise KbpError(text("--from {first} sesudah --to {last}; tukar keduanya", first=str(first), last=str(last)))
    if wish.is_undo and not (first or last):
        raise KbpError(text("sebutkan juga harinya (--from dan --to), seperti waktu mengimpor"))


def _span(messages: Sequence[Message]) -> tuple[date, date]:
    """Return the first and the last day on which anything was said; raises `KbpError` when no day is known."""
    days = [message.day for message in messages if message.day]
    if not days:
        raise KbpError(text("tidak ada tanggal di percakapan ini yang ada di kalender"))
    return min(days), max(days)


NONE_THEN = text("{name}: tidak ada pesan pada hari itu; percakapan ini dari {first} sampai {last}")
BEFORE = text("di atas pesan pertama")
LEFT_OUT = {
    "media": (text("pesan berupa berkas"), text("bawa fotonya dengan kbp import photo")),
    "deleted": (text("pesan yang dihapus penulisnya"), text("tidak ada isinya")),
    "system": (text("pemberitahuan WhatsApp"), text("bukan pesan orang")),
}


def read_export(file: Path) -> str:
    """Return an export's text, from a `.txt` or the `.zip` that iOS sends; raises `KbpError`."""
    data = read_source(file)
    expect(file, data, FileKind.CHAT, FileKind.WRITING, FileKind.ARCHIVE, FileKind.UNKNOWN)
    if ending(file.name) == ".zip":
        try:
            with safe_archive(BytesIO(data)) as archive:
                names = [name for name in archive.namelist() if name.lower().endswith(".txt")]
                chats = [name for name in names if name.rpartition("/")[2] == "_chat.txt"] or names
                if not chats:
                    raise KbpError(text("{name} tidak memuat percakapan (.txt)", name=file.name))
                data = read_part(archive, chats[0])
        except ArchiveFault as error:
            raise KbpError(text("{name}: {why}", name=file.name, why=error.message)) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KbpError(text("{name} bukan teks UTF-8; ekspor ulang dari WhatsApp", name=file.name)) from error


def _list_days(report: Report, messages: Sequence[Message]) -> None:
    """Say which days there are and how much was said: what to choose from."""
    counted = Counter(message.day for message in messages)
    written = Counter(message.day for message in messages if message.day and message.kind == "words")
    for day in sorted(filter(None, counted)):
        what = text("{day}", day=parse_date(day.isoformat()))
        why = text("{all} pesan, {count} di antaranya tulisan", all=counted[day], count=written[day])
        report.tell(what, Fate.SKIPPED, why)
    if counted[None]:
        report.tell(text("pesan yang tanggalnya tidak ada di kalender"), Fate.SKIPPED, count=counted[None])
    example = max(sorted(written), key=lambda one: written[one], default="2006-08-17")
    report.note(text("Belum ada yang dibawa. Pilih harinya, misalnya --from {day} --to {day}.", day=str(example)))


def _bring(session: Session, contents: Contents, field: str, wanted: Sequence[Message], choice: Choice) -> None:
    days = sorted({message.day for message in wanted if message.day})
    span = days[0].isoformat() if len(days) == 1 else f"{days[0].isoformat()}/{days[-1].isoformat()}"
    print_ = fingerprint(*(f"{message.day}\0{message.sender}\0{message.words}" for message in wanted))
    what = text("pesan tertulis")
    if session.settled(f"chat:{print_}", print_, what):
        return
    prose, covered = write_prose(wanted, keeps_names=choice.keeps_names)
    if length := judge_length(prose):
        raise KbpError(text("{length}; pilih hari yang lebih sedikit", length=length))
    title = text("Percakapan {days}", days=parse_date(span)).say("id")
    contents.values |= {"title": title, field: prose}
    if "date" in contents.kind.model_fields:
        contents.values["date"] = span
    draft = compose(contents, session.root)
    path = session.free(f"content/{contents.kind.FOLDER}", id_of(f"percakapan {span}"), ".yml")
    session.write(path, draft.text.encode(), key=f"chat:{print_}", print_=print_)
    count = len(wanted)
    session.report.tell(what, Fate.INCOMPLETE, text("menjadi {path}", path=path), *draft.lacks(), count=count)
    session.report.note(READ_IT)
    if covered:
        session.report.note(text("{count} nomor atau alamat pribadi ditutup.", count=covered))


READ_IT = text("Nama orang di dalam isi pesan tidak dikenali program. Baca, lalu tulis ulang sebagai cerita.")


def write_prose(messages: Sequence[Message], *, keeps_names: bool) -> tuple[str, int]:
    """Return messages as prose, day by day, and how many personal numbers were covered.

    Ends soon after prose is longer than a record's text may be: it is not brought in then.
    """
    numbers = senders(messages)
    called = {name: _called(name, number, keeps_names=keeps_names) for name, number in numbers.items()}
    rename = str if keeps_names else renaming(called)
    covered, length = 0, 0
    lines: list[str] = []
    day: date | None = None
    for message in messages:
        if message.day and message.day != day:
            day = message.day
            lines += ["", f"### {parse_date(day.isoformat()).say('id')}", ""]
        words, count = conceal(MENTION.sub("@…", MEDIA.sub(A_FILE, message.words)))
        covered += count
        shown = as_markdown(rename(words))
        first, *rest = [line for line in shown.split("\n") if line] or [""]
        lines.append(f"- **{as_markdown(called[message.sender])}:** {first}")
        lines += [f"    {line}" for line in rest]
        length += sum(map(len, (first, *rest)))
        if length > PROSE_BYTES or len(lines) > PROSE_LINES + 1:
            break
    return "\n".join(lines).strip("\n"), covered


def _called(name: str, number: int, *, keeps_names: bool) -> str:
    is_number = NUMBER.fullmatch(name) or conceal(name)[1]
    return name if keeps_names and not is_number else text("Peserta {number}", number=number).say("id")


def renaming(called: Mapping[str, str]) -> Callable[[str], str]:
    """Return what calls everyone who wrote as in the list, where their whole name stands in words; the longest first.

    A name is looked up by its letters, so that a chat of thousands takes no longer than one of ten.
    """
    names = {name: other for name, other in called.items() if name}
    if not names:
        return str
    lengths = sorted(set(map(len, names)), reverse=True)
    begin = re.compile(rf"(?<!\w)[{re.escape(''.join(sorted({name[0] for name in names})))}]")

    def rename(words: str) -> str:
        parts, end, at = list[str](), 0, 0
        while found := begin.search(words, at):
            start = found.start()
            there = (words[start : start + length] for length in lengths)
            name = next((one for one in there if one in names and not WORD.match(words, start + len(one))), "")
            at = start + (len(name) or 1)
            if name:
                parts += [words[end:start], names[name]]
                end = at
        return "".join([*parts, words[end:]])

    return rename
