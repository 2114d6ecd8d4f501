"""What was probably meant, when somebody typed what is not known."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from kbp_site.locale import Language, Text, text, translate

LIKE, APART = 0.6, 0.1
"""How like (by `difflib`'s ratio) a word is that is worth naming, and how far ahead of the next one it is when it needs
no asking. "recognizable" is near to "recognisable" and to "unrecognisable": that one asks."""

SLIP_LENGTH = 4
"""Letters of the shortest word in which one that differs is a slip: "kelompok-a" is not "kelompok-b"."""

NEIGHBOURS = 20
"""Names before and after a misspelt one, by beginning and by ending, that the nearest is chosen from."""


class Guess(NamedTuple):
    """What was probably meant, and whether there can be no doubt."""

    value: str
    is_sure: bool


@dataclass(frozen=True)
class Glossed:
    """What there is to choose from, each with its label for people."""

    labels: Mapping[str, str]

    def say(self, language: Language) -> str:
        """Return the choices in a row: "solved (Selesai), partly (Selesai sebagian)"."""
        return ", ".join(f"{value} ({translate(label, language)})" for value, label in self.labels.items())


def guess(written: str, known: Iterable[str], labels: Mapping[str, str] | None = None) -> Guess | None:
    """Return which of the known words was probably meant; ``None`` where none is near.

    ``labels`` are Indonesian words for what is known: whoever types a label means its value.
    """
    meant = {bare(label): value for value, label in (labels or {}).items()} | {bare(value): value for value in known}
    return _nearest(bare(written), meant)


def guess_called(written: str, names: Mapping[str, Iterable[str]]) -> Guess | None:
    """Return which value was probably meant, where each may be called by several names; ``None`` where none is near."""
    return _nearest(bare(written), {bare(name): value for value, many in names.items() for name in many})


def _nearest(wanted: str, meant: Mapping[str, str]) -> Guess | None:
    if wanted in meant:
        return Guess(meant[wanted], is_sure=True)
    likeness: dict[str, float] = {}
    matcher = SequenceMatcher(b=wanted)
    for word, value in meant.items():
        matcher.set_seq1(word)
        if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE:
            likeness[value] = max(likeness.get(value, 0.0), matcher.ratio())
    best, *others = [*sorted(likeness, key=lambda value: (-likeness[value], value)), ""]
    if likeness.get(best, 0.0) < LIKE:
        return None
    lead = likeness[best] - likeness.get(others[0], 0.0) if others else 0.0
    has_same_figures = re.findall(r"\d", best) == re.findall(r"\d", wanted)  # "dana-2006" is not "dana-2007"
    slipped = any(is_slip(wanted, word) for word, value in meant.items() if value == best)
    return Guess(best, is_sure=slipped and lead >= APART and has_same_figures)


def is_slip(written: str, meant: str) -> bool:
    """Whether two bare words differ by a slip of the pen: their spaces, or one letter in one word of theirs.

    One letter is missing, too many, another, or has changed places with its neighbour. Whatever differs more may be
    meant: "selatan" and "selat" are two places.
    """
    if written.replace(" ", "") == meant.replace(" ", ""):
        return True
    pairs = list(zip(written.split(), meant.split(), strict=False))
    other = [pair for pair in pairs if pair[0] != pair[1]]
    if written.count(" ") != meant.count(" ") or len(other) != 1 or min(map(len, other[0])) < SLIP_LENGTH:
        return False
    one, two = _differing(*other[0])
    return max(len(one), len(two)) <= 1 or (len(one) == 2 and one == two[::-1])


def _differing(one: str, two: str) -> tuple[str, str]:
    """Return what is left of two words without their common beginning and ending."""
    begin = _alike(one, two)
    one, two = one[begin:], two[begin:]
    end = _alike(one[::-1], two[::-1])
    return one[: len(one) - end], two[: len(two) - end]


def _alike(one: str, two: str) -> int:
    """Return with how many letters two words begin alike."""
    return next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def bare(written: str) -> str:
    """Return a word as it is compared: small letters, one kind of space, no marks around it."""
    return re.sub(r"[\s_-]+", " ", written.casefold()).strip(" .,;:\"'“”‘’„«»")


def suggest(written: str, known: Sequence[str], labels: Mapping[str, str] | None = None) -> Text:
    """Say what was probably meant, else what there is to choose from (`guess`)."""
    near = guess(written, known, labels)
    return text('mungkin maksudnya "{near}"', near=near.value) if near else choices(known, labels)


def choices(known: Sequence[str], labels: Mapping[str, str] | None = None) -> Text:
    """Say what there is to choose from."""
    return text("pilihan yang ada: {known}", known=Glossed(labels) if labels else ", ".join(known))


def id_like(name: str) -> str:
    """Return the id that a name was probably meant to be; empty when it holds no letter of ours."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


class Names:
    """Names in order, and their mirror images: the nearest is found among neighbours, however many there are."""

    def __init__(self, names: Iterable[str]) -> None:
        self._straight = sorted(names)
        self._mirrored = sorted(name[::-1] for name in self._straight)

    def guess(self, written: str) -> Guess | None:
        """Return the name that was probably meant; ``None`` where none is near."""
        name = written.lower()
        mirrored = (other[::-1] for other in _around(name[::-1], self._mirrored))
        return guess(name, dict.fromkeys([*_around(name, self._straight), *mirrored]))


def _around(name: str, ordered: list[str]) -> list[str]:
    at = bisect_left(ordered, name)
    return ordered[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS]
