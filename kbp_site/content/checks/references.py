"""References lead to records that are there, of the right kind, public, and not in a circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from kbp_site.content.checks.content import Content
from kbp_site.content.library import Entry, Key
from kbp_site.content.old_paths import is_kept, old_key
from kbp_site.content.problems import Fault, Problem, Severity
from kbp_site.content.records import BY_FOLDER
from kbp_site.content.records.base import Envelope, Status
from kbp_site.content.records.values import RefType
from kbp_site.content.rows import without_curly
from kbp_site.content.sections import in_indonesian, is_own
from kbp_site.content.source import Location, Value
from kbp_site.content.suggestions import Guess, Names, guess, id_like
from kbp_site.locale import text

LADDERS = {"places": ("part_of", "split_from"), "organizations": ("parent", "successor")}
"""Fields that lead from a record to one above or after it, and so must end somewhere."""

STANDALONE = frozenset(
    {"activities", "study_visits", "exhibitions", "lessons", "allocations", "terms", "roles", "observances", "consents"}
)
"""Kinds that readers reach by themselves, without a reference, or (consents) not at all."""


MOST_GUESSES = 1000
"""Names that a near one is looked for in one run: where more lead nowhere, they are no slips."""


class Known:
    """What a reference may lead to: the records of a content, and their ids by kind."""

    def __init__(self, content: Content) -> None:
        self.content, self.asked = content, 0
        self.public = {key for key, entry in content.entries.items() if entry.is_public(content.today)}

    @cached_property
    def ids(self) -> Mapping[str, Names]:
        """The ids of each kind, to find the nearest among; only asked for when a reference leads nowhere."""
        ids: dict[str, list[str]] = defaultdict(list)
        for kind, name in self.content.names:
            ids[kind].append(name)
        return {kind: Names(names) for kind, names in ids.items()}

    @cached_property
    def titles(self) -> Mapping[tuple[str, str], str]:
        """The only record of a kind with a title, by the title's small letters."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for entry in self.content.entries.values():
            found[entry.kind, entry.title.casefold()].add(entry.id)
        return {key: next(iter(names)) for key, names in found.items() if len(names) == 1}

    def guess(self, folder: str, written: str) -> Guess | None:
        """Return the id of a kind that was probably meant: by its title, as a file's name, or misspelt."""
        name = written.removesuffix(".yml")
        alike = self.titles.get((folder, bare_title(written))) or id_like(name)
        if (folder, alike) in self.content.names:
            return Guess(alike, is_sure=True)
        self.asked += 1
        return self.ids[folder].guess(name) if folder in self.ids and self.asked <= MOST_GUESSES else None


def bare_title(written: str) -> str:
    """Return a title as it is compared."""
    return without_curly(written).casefold()


def check_references(content: Content) -> Iterator[Problem]:
    """Tell references to nothing (K301), to what is not public (K302) and to the wrong kind (K303)."""
    known = Known(content)
    meant: set[tuple[Key, Location, str]] = set()
    for entry, location, kind, written in content.references:
        fault = _judge(known, entry, kind, written)
        if not fault:
            continue
        here = (entry.key, location[:-1], fault.instead)
        has_twin = isinstance(location[-1], int) and (here in meant or fault.instead in _beside(entry, location))
        meant.add(here)
        if fault.instead and has_twin:
            hint = text('"{near}" sudah ada di daftar ini; hapus yang ini', near=fault.instead)
            fault = replace(fault, hint=hint, instead="")
        yield entry.source.problem(location, fault)


def _beside(entry: Entry[Any], location: Location) -> list[Value]:
    """Return the items of the list that a value stands in; none for a value by itself."""
    around: Value = entry.source.values
    for step in location[:-1]:
        around = around[step]  # type: ignore[index]  # a record's values stand where its file has them
    return around if isinstance(around, list) else []


def _judge(known: Known, entry: Entry[Any], kind: RefType, written: str) -> Fault | None:
    content = known.content
    folder, name = kind.target(written.removeprefix("content/"))
    if kind.or_line and (folder, name) not in content.names and ("-" not in name or " " in name):
        return None
    if not folder:
        return _judge_bare(known, kind, name)
    if folder not in kind.kinds:
        return _wrong_kind(kind, written, folder)
    if (folder, name) == entry.key:
        hint = text('hapus "{name}" dari sini', name=written)
        return Fault("K304", text("catatan ini menunjuk dirinya sendiri"), hint, needle=written)
    if (folder, name) not in content.names:
        return _missing(known, entry, kind, folder, name)
    plain = name if len(kind.kinds) == 1 else f"{folder}/{name}"
    if written != plain:
        message = text('di sini cukup nama berkasnya, tanpa "{kind}/"', kind=written.removesuffix(f"/{name}"))
        return Fault("K303", message, text("tulis {name}", name=plain), instead=plain)
    return (
        None if (folder, name) in known.public else _judge_public(content, entry, content.entries.get((folder, name)))
    )


def _homes(content: Content, name: str) -> list[str]:
    """Return the kinds that have a record of that id."""
    return [folder for folder in BY_FOLDER if (folder, name) in content.names]


def _judge_bare(known: Known, kind: RefType, name: str) -> Fault:
    everywhere = _homes(known.content, name)
    homes = [folder for folder in kind.kinds if folder in everywhere]
    if everywhere and not homes:
        return _wrong_kind(kind, name, everywhere[0])
    message = text('"{name}" belum menyebut jenis catatannya', name=name)
    if homes:
        example = f"{homes[0]}/{name}"
        hint = text("tulis {example}", example=example)
        return Fault("K301", message, hint, instead=example if len(homes) == 1 else "")
    near = [(not found.is_sure, folder, found) for folder in kind.kinds if (found := known.guess(folder, name))]
    if near:
        _, folder, found = min(near, key=lambda row: row[0])  # of equals the kind that is accepted first
        return Fault("K301", message, text('mungkin maksudnya "{near}"', near=f"{folder}/{found.value}"))
    hint = text("tulis jenis dan nama berkasnya, misalnya {example}", example=f"{kind.kinds[0]}/nama-berkas")
    return Fault("K301", message, hint)


def _wrong_kind(kind: RefType, written: str, folder: str) -> Fault:
    if folder not in BY_FOLDER:
        message = text(
            '"{written}" tidak ditemukan: tidak ada jenis catatan "{folder}"', written=written, folder=folder
        )
        hint = text("jenis yang diterima di sini: {kinds}", kinds=", ".join(kind.kinds))
        if near := guess(folder, kind.kinds, {name: BY_FOLDER[name].PATH or name for name in kind.kinds}):
            hint = text("tulis {example}", example=f"{near.value}/{written.removeprefix(f'{folder}/')}")
        return Fault("K301", message, hint)
    return Fault(
        "K303",
        text('"{written}" adalah catatan jenis {folder}, yang tidak diterima di sini', written=written, folder=folder),
        text("jenis yang diterima di sini: {kinds}", kinds=", ".join(kind.kinds)),
    )


def _missing(known: Known, entry: Entry[Any], kind: RefType, folder: str, name: str) -> Fault:
    elsewhere = _homes(known.content, name)
    if len(kind.kinds) == 1 and elsewhere:
        return _wrong_kind(kind, name, elsewhere[0])
    message = text('tidak ada catatan "{name}" di content/{folder}/', name=name, folder=folder)
    if near := known.guess(folder, name):
        target = known.content.entries.get((folder, near.value))
        is_sure = near.is_sure and (folder, near.value) != entry.key
        plain = near.value if len(kind.kinds) == 1 else f"{folder}/{near.value}"
        instead = plain if is_sure and not _judge_public(known.content, entry, target) else ""
        return Fault("K301", message, text('mungkin maksudnya "{near}"', near=plain), instead=instead)
    return Fault(
        "K301",
        message,
        text('buat catatannya dengan kbp new {folder} "…", atau hapus "{name}" dari sini', folder=folder, name=name),
    )


def _judge_public(content: Content, entry: Entry[Any], target: Entry[Any] | None) -> Fault | None:
    if target is None or not isinstance(target.record, Envelope) or not _is_meant(entry):
        return None
    held: date | None = getattr(entry.record, "publish_on", None)
    if target.is_public(max(content.today, held or content.today)):
        return None
    state = target.record.status
    if state is Status.PUBLISHED:
        reason = text("terbit pada {day}", day=target.record.publish_on)
    else:
        reason = text("keadaannya {state}", state=state)
    return Fault(
        "K302",
        text('"{name}" belum dapat dibaca umum ({reason})', name=target.id, reason=reason),
        text("hapus rujukan ini; catatan itu sudah ditarik")
        if state is Status.WITHDRAWN
        else text("terbitkan dahulu {path}, atau hapus rujukan ini", path=target.source.path),
    )


def _is_meant(entry: Entry[Any]) -> bool:
    """Whether the record that refers is meant for readers (the site's own always is)."""
    status = getattr(entry.record, "status", Status.PUBLISHED)
    return status is Status.PUBLISHED


def check_cycles(content: Content) -> Iterator[Problem]:
    """Tell records that lead back to themselves (K304), once for each circle, with the way round."""
    for kind, fields in LADDERS.items():
        for name in fields:
            steps = {
                entry.id: target
                for entry in content.entries.values()
                if entry.kind == kind and (target := getattr(entry.record, name)) and target != entry.id
            }
            for circle in circles(steps):
                entry = content.entries[kind, circle[0]]
                way = " → ".join([*circle[:10], *(["…"] if len(circle) > 10 else []), circle[0]])
                fault = Fault(
                    "K304", text("rujukan berputar: {way}", way=way), text("hapus salah satu rujukan dalam putaran")
                )
                yield entry.source.problem((name,), fault)


def circles(steps: dict[str, str]) -> list[list[str]]:
    """Return the circles of a graph in which every node has at most one way on, smallest name first."""
    done: set[str] = set()
    found = []
    for start in sorted(steps):
        way: dict[str, None] = {}
        node = start
        while node in steps and node not in done and node not in way:
            way[node] = None
            node = steps[node]
        if node in way:
            circle = list(way)[list(way).index(node) :]
            least = circle.index(min(circle))
            found.append(circle[least:] + circle[:least])
        done.update(way)
    return found


MOST_OLD_PATHS = 100
"""Old paths of one record: each is a page of its own, which every build makes and every host keeps."""

REMOVE = text("hapus baris ini")
OTHER = text("hapus alamat lama ini atau ganti yang lain")
NOWHERE = Fault("K305", text("catatan jenis ini tidak punya halaman, jadi alamat lama tidak punya tujuan"), REMOVE)


def check_paths(content: Content) -> Iterator[Problem]:
    """Tell two records that claim one public path (K305): a record's own, or an alias."""
    pages = {f"{one.record.PATH}/{one.id}": one.key for one in content.published() if one.record.PATH}
    claimed: dict[str, Key] = {}
    languages = {language.value for language in content.site.record.languages} if content.site else set[str]()
    for entry in content.published():
        if (count := len(entry.record.aliases)) > MOST_OLD_PATHS:
            many = text("{count} alamat lama; paling banyak {limit}", count=count, limit=MOST_OLD_PATHS)
            fault = Fault("K305", many, text("sisakan yang masih dibuka orang"))
            yield entry.source.key_problem(("aliases",), fault)
            continue
        for index, alias in enumerate(entry.record.aliases):
            if alias is None:
                continue  # it could not be read
            path = in_indonesian(old_key(alias), languages)
            # Two old paths clash only as they are written: what follows in English from one gives way to another.
            owner = pages.get(path) or claimed.setdefault(old_key(alias), entry.key)
            location: Location = ("aliases", index)
            if not entry.record.PATH:
                yield entry.source.problem(location, NOWHERE)
            elif path == f"{entry.record.PATH}/{entry.id}":
                fault = Fault("K305", text('"{alias}" adalah alamat catatan ini sendiri', alias=alias), REMOVE)
                yield entry.source.problem(location, fault)
            elif owner != entry.key:
                taken = text('alamat "{alias}" sudah dipakai oleh {other}', alias=alias, other="/".join(owner))
                yield entry.source.problem(location, Fault("K305", taken, OTHER))
            elif is_own(path) or is_kept(path) or _is_hand_written(content, old_key(alias)):
                kept = text('alamat "{alias}" dipakai oleh situs sendiri', alias=alias)
                yield entry.source.problem(location, Fault("K305", kept, OTHER))


def _is_hand_written(content: Content, path: str) -> bool:
    docs = content.root / "docs"
    return (docs / f"{path}.md").is_file() or (docs / path / "index.md").is_file()


def check_unreferenced(content: Content) -> Iterator[Problem]:
    """Tell records that no other leads to, so that readers hardly find them (K405, a warning)."""
    if content.names - content.entries.keys() - {("", "site")}:
        return  # a record that could not be read may refer to any other
    used = {kind.target(written) for _, _, kind, written in content.references}
    for entry in content.entries.values():
        if entry.kind in STANDALONE or entry.key in used:
            continue
        if getattr(entry.record, "part_of", None) or getattr(entry.record, "parent", None):
            continue
        fault = Fault(
            "K405",
            text("tidak ada catatan lain yang merujuk ke catatan ini"),
            text("sebut di catatan lain, supaya pembaca dapat menemukannya"),
        )
        yield entry.source.key_problem((), fault, severity=Severity.WARNING)
