"""What was probably meant, when somebody typed what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kbp_site.locale import Language, Text, text, translate


@dataclass(frozen=True)
class Glossed:
    """What there is to choose from, each with its label for people."""

    labels: Mapping[str, str]

    def say(self, language: Language) -> str:
        """Return the choices in a row: "solved (Selesai), partly (Selesai sebagian)"."""
        return ", ".join(f"{value} ({translate(label, language)})" for value, label in self.labels.items())


def suggest(written: str, known: Sequence[str], labels: Mapping[str, str] | None = None) -> Text:
    """Say what was probably meant, else what there is to choose from.

    ``labels`` are Indonesian words for what is known: whoever types a label means its value.
    """
    meant = {label.casefold(): value for value, label in (labels or {}).items()} | {value: value for value in known}
    near = get_close_matches(written.strip().casefold(), list(meant), n=1, cutoff=0.6)
    if near:
        return text('mungkin maksudnya "{near}"', near=meant[near[0]])
    return text("pilihan yang ada: {known}", known=Glossed(labels) if labels else ", ".join(known))
