"""Topics: what stories are about."""

from __future__ import annotations

from typing import ClassVar

from kbp_site.content.records.base import Envelope
from kbp_site.content.records.values import Prose, field
from kbp_site.locale import Text, text, text_in


class Topic(Envelope):
    """One topic."""

    FOLDER: ClassVar[str] = "topics"
    PATH: ClassVar[str] = "topik"
    PATH_EN: ClassVar[str] = "topics"
    LABEL: ClassVar[Text] = text("Topik")
    LABEL_ONE: ClassVar[Text] = text_in("satu", "Topik")

    about: Prose | None = field("Tentang topik ini", "Apa yang termasuk di dalamnya.", default=None)
