"""Which forms of an Indonesian word belong together, so that whoever asks for one finds the others.

Pagefind stems with Snowball, which tears families apart: "kunjungan" gives "kunjung", "mengunjungi" "unjung";
"keluhan" gives "luhan", "mengeluh" "eluh". So a word's root is found from the site's own words, and the forms
of that root which stem differently are named beside the word: then any of them finds it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from threading import Lock

from snowballstemmer import stemmer

ROOT_LEAST = 4
"""Letters of a root at least; shorter ones are what is left when too much was taken away."""

ENDINGS = ("", "kan", "an", "i")
PARTICLE = re.compile(r"(?<=.{4})(?:nya|lah|kah)$")
COVERED = re.compile(r"[mp]e(?:ng|n)(?=[aiueo])")
"""The beginning of a word whose root may have begun with k or t; Snowball does not give it back."""

BEGINNINGS = tuple(
    (re.compile(pattern), swallowed)
    for pattern, swallowed in (
        (r"^[mp]eny(?=[aiueo])", "s"),
        (r"^[mp]eng(?=[aiueo])", "k"),
        (r"^[mp]eng(?=[aiueogh])", ""),
        (r"^[mp]en(?=[aiueo])", "t"),
        (r"^[mp]en(?=[cdjz])", ""),
        (r"^[mp]em(?=[aiueo])", "p"),
        (r"^[mp]em(?=[bfpv])", ""),
        (r"^[mp]e(?=[lrwym]|n(?![gy]))", ""),
        (r"^[bt]e(?=r)", ""),
        (r"^(?:[bpt]er|[bp]el(?=ajar)|di|ke|se)", ""),
    )
)
"""What may stand before a root, and the letter that it swallowed.

Source: Tata Bahasa Baku Bahasa Indonesia, on meng- and peng-: p, t, k and s give way to the nasal.
"""

FORMS = ("", "N-", "-an", "N-kan", "N-i", "P-", "P-an", "di-", "di-kan", "ber-", "ter-", "ke-an", "per-an")
"""The forms that readers ask for; N and P are me- and pe- with their nasal."""

NAME = re.compile(r"[A-Z](?<!\w[A-Z])\w*(?:[ -][A-Z]\w*)+")
"""Words with capitals one after another, as a name of more than one word is written.

That no letter stands before it is asked after its first one, since a search goes quickly from capital to capital.
"""

SURE_FORMS = 2
"""How many of them are tried where nothing but the word itself speaks for its root."""

_stemmer, _stemming = stemmer("indonesian"), Lock()
"""Snowball's program holds the word that it is at, so one thread uses it at a time."""


@cache
def stem(word: str) -> str:
    """Return the stem that Pagefind gives a word: both use Snowball."""
    with _stemming:
        return str(_stemmer.stemWord(word))


def roots(word: str) -> set[str]:
    """Return everything that a word may be a form of, itself included."""
    return {
        root
        for whole in {word, PARTICLE.sub("", word)}
        for ending in ENDINGS
        if whole.endswith(ending)
        for root in _uncovered(whole.removesuffix(ending), depth=2)
    }


def _uncovered(base: str, *, depth: int) -> Iterator[str]:
    if len(base) < ROOT_LEAST:
        return
    yield base
    for beginning, swallowed in BEGINNINGS if depth else ():
        rest, count = beginning.subn(swallowed, base)
        if count:
            yield from _uncovered(rest, depth=depth - 1)


def nasal(root: str) -> str:
    """Return a root as it follows me- or pe- ("kunjung" → "ngunjung")."""
    first, second = root[0], root[1:2]
    if first in "ptks" and second in "aiueo":
        return {"p": "m", "t": "n", "k": "ng", "s": "ny"}[first] + root[1:]
    if first in "bfpv":
        return f"m{root}"
    if first in "cdjstz":
        return f"n{root}"
    return f"ng{root}" if first in "aiueoghk" else root


def forms(root: str) -> Iterator[str]:
    """Yield the forms of a root, the root itself first."""
    for pattern in FORMS:
        before, _, after = pattern.partition("-")
        has_nasal = before in ("N", "P")
        yield {"N": "me", "P": "pe"}.get(before, before) + (nasal(root) if has_nasal else root) + after


class Families:
    """The families of a site's words: a root is the likelier, the more of the words go back to it.

    ``names`` are those of places, whose words have no forms where they stand in a name: who asks for "penengah"
    does not mean Kalimantan Tengah.
    """

    def __init__(self, words: Iterable[str], names: Iterable[str] = ()) -> None:
        self._in_names = frozenset(word for name in names for word in re.findall(r"\w+", name.lower()))
        self.support = Counter(root for word in set(words) for root in roots(word))
        self._known: dict[str, tuple[str, ...]] = {}

    def root(self, word: str) -> str:
        """Return the root that most words share; between equals the longest, so that little is guessed.

        Where no other word helps, it is Snowball's root, with its first letter given back.
        """

        def rank(root: str) -> tuple[int, bool, bool, int, str]:
            support = self.support[root]
            is_covered = bool(COVERED.match(word)) and root[0] in "kt" and root[1:] == stem(word)
            return support, is_covered, support < 2 and root == stem(word), len(root), root

        return max(roots(word), key=rank, default=word)

    def inflected(self, text: str) -> str:
        """Return a text without the words of places' names, where they stand in a name."""

        def common(name: re.Match[str]) -> str:
            return " ".join(word for word in re.split("[ -]", name[0]) if word.lower() not in self._in_names)

        return NAME.sub(common, text)

    def relatives(self, word: str) -> tuple[str, ...]:
        """Return forms of the word's family, one for each stem that the word itself does not have.

        A word that the site does not say has none.
        """
        known = self._known.get(word)
        if known is None:
            is_ours = len(word) >= ROOT_LEAST and word.isascii() and self.support[word] > 0
            known = self._known[word] = tuple(self._relatives(word)) if is_ours else ()
        return known

    def _relatives(self, word: str) -> Iterator[str]:
        root, seen = self.root(word), {stem(word)}
        is_noun = root.endswith("an") and len(root) > ROOT_LEAST + 2
        tried = 1 if is_noun else SURE_FORMS if self.support[root] < 2 else len(FORMS)
        for form in list(forms(root))[:tried]:
            if stem(form) not in seen:
                seen.add(stem(form))
                yield form
