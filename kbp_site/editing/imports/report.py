"""The report of an import: what became of every row, paragraph, message and picture, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from kbp_site.content.problems import printable
from kbp_site.locale import Language, Text, text


class Fate(Enum):
    """What became of one thing; every thing has exactly one."""

    IMPORTED = text("masuk")
    INCOMPLETE = text("masuk tetapi belum lengkap")
    PRESENT = text("sudah ada")
    REMOVED = text("dihapus lagi")
    SKIPPED = text("tidak masuk")
    EMPTY = text("kosong")


@dataclass(frozen=True)
class Item:
    """One thing of the source: what it is, what became of it, and why."""

    what: Text
    fate: Fate
    why: tuple[Text, ...] = ()
    count: int = 1


@dataclass
class Report:
    """All that is said about one import; ``made`` are new files, from the site's folder.

    ``has_failed`` tells that a file that was named could not be used.
    """

    source: str
    is_trial: bool
    items: list[Item] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    has_failed: bool = False

    def tell(self, what: Text, fate: Fate, *why: Text, count: int = 1) -> None:
        """Say what became of one thing, or of ``count`` things alike."""
        self.items.append(Item(what, fate, why, count))

    def fail(self, what: Text, *why: Text) -> None:
        """Say that a whole file could not be brought in: the others are, and the command ends otherwise."""
        self.has_failed = True
        self.tell(what, Fate.SKIPPED, *why)

    def note(self, sentence: Text) -> None:
        """Say something about the whole, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def say(self, language: Language) -> str:
        """Return the report as lines of text."""
        return "\n".join(printable(line) for line in self._lines(language))

    def _lines(self, language: Language) -> Iterator[str]:
        trial = text("Percobaan: tidak ada berkas yang ditulis.")
        yield text("Impor dari {source}", source=self.source).say(language)
        if self.is_trial:
            yield trial.say(language)
        yield ""
        for item in self.items:
            many = f"{item.count} " if item.count > 1 else ""
            yield f"- {many}{item.what.say(language)}: {item.fate.value.say(language)}"
            yield from (f"    {sentence.say(language)}" for sentence in item.why)
        counted = Counter[Fate]()
        for item in self.items:
            counted[item.fate] += item.count
        sums = [f"{fate.value.say(language)} {counted[fate]}" for fate in Fate if counted[fate]]
        if sums:
            yield from ("", text("Jumlah bagian: {all}", all=counted.total()).say(language) + f" ({'; '.join(sums)})")
        if self.notes:
            yield from ("", text("Perlu diketahui:").say(language))
            yield from (f"- {sentence.say(language)}" for sentence in self.notes)
        if self.made:
            heading = text("Berkas yang akan dibuat:") if self.is_trial else text("Berkas yang dibuat:")
            yield from ("", heading.say(language), *(f"- {path}" for path in self.made))
