"""The ways to sort what a listing holds: by role, topic, place, year and organization, each a page of its own."""

from __future__ import annotations

from kbp_site.content.records.base import Envelope
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.places import Place
from kbp_site.content.records.roles import Role
from kbp_site.content.records.topics import Topic
from kbp_site.locale import Text, text
from kbp_site.pages.page import Link
from kbp_site.pages.parts import LinkList, View, link_list

STORY_FACETS: tuple[type[Envelope], ...] = (Role, Topic, Place, Organization)
LESSON_FACETS: tuple[type[Envelope], ...] = (Role, Topic)

MOMENTS: tuple[tuple[str, Text], ...] = (
    ("tahun/", text("Tahun")),
    ("lini-masa/", text("Lini masa")),
    ("peta/", text("Peta")),
)


def story_facets(view: View) -> tuple[LinkList, ...]:
    """Return the ways to sort stories."""
    moments = [Link(view.say(words), view.to(path)) for path, words in MOMENTS]
    return link_list("menurut", view.say(text("Lihat menurut")), [*_kinds(view, STORY_FACETS), *moments])


def lesson_facets(view: View) -> tuple[LinkList, ...]:
    """Return the ways to sort lessons."""
    return link_list("menurut", view.say(text("Lihat menurut")), _kinds(view, LESSON_FACETS))


def _kinds(view: View, kinds: tuple[type[Envelope], ...]) -> list[Link]:
    return [Link(view.say(kind.LABEL), view.to(f"{kind.PATH}/")) for kind in kinds if view.library.of(kind)]
