"""The map: a sketch of places by their points, where in Indonesia they are, and all of it as lists."""

from __future__ import annotations

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.places import Place
from kbp_site.locale import Language, text
from kbp_site.pages.locator import locate
from kbp_site.pages.page import Link, Page
from kbp_site.pages.parts import View, count_stories, described
from kbp_site.pages.sketch import draw
from kbp_site.pages.surface import spots_of
from kbp_site.pages.within import stories_within

PATH = "peta/"


def plan_map(library: Library, language: Language) -> Page:
    """Plan the page of the map."""
    view = View(library, PATH, language)
    spots = spots_of(library)
    summary = view.say(text("Tempat yang disebut dalam cerita. Makin besar lingkarannya, makin banyak ceritanya."))
    drawn = {spot.entry.id for spot in spots}
    context = {
        "label": view.site.title,
        "summary": summary,
        "sketch": draw(view, spots),
        "locator": locate(view, spots),
        "told": told(view, drawn),
        "untold": tuple(view.link(entry) for entry in library.of(Place) if not stories_within(library, entry)),
        "all_places": Link(view.say(text("Semua tempat")), view.to(f"{Place.PATH}/")),
    }
    return Page(PATH, "map.md.jinja", view.say(text("Peta")), described(summary), context, language=language)


def told(view: View, drawn: set[str]) -> tuple[Link, ...]:
    """Return the places that stories name, those with most first; what is not drawn says so."""
    library = view.library
    counts = [(len(library.stories_of(entry)), entry) for entry in library.of(Place)]
    ordered = sorted(((count, entry) for count, entry in counts if count), key=lambda row: -row[0])
    return tuple(view.link(entry, _note(view, entry, count, drawn)) for count, entry in ordered)


def _note(view: View, entry: Entry[Place], count: int, drawn: set[str]) -> str:
    words = [entry.record.level.say(view.language), count_stories(view, count)]
    if entry.id not in drawn:
        words.append(view.say(text("tidak digambar")))
    return ", ".join(words)
