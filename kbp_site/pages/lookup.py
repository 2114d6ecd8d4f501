"""Single pages, each planned when it is asked for: what a preview shows without planning the whole site."""

from __future__ import annotations

from functools import cache, cached_property

from kbp_site.content.library import Entry, Library
from kbp_site.content.records.base import Story
from kbp_site.locale import Language
from kbp_site.pages.page import Page, localized, path_of
from kbp_site.pages.plan import CHAPTERS, plan_stories, with_editions
from kbp_site.pages.story import plan_story


def section_addresses(language: Language) -> tuple[str, ...]:
    """Return the addresses of the sections' own pages in a language, home first."""
    names = dict.fromkeys(name for chapter in CHAPTERS for name in chapter.sections)
    return tuple(localized(f"{name}/" if name else "", language) for name in names)


class Lookup:
    """The pages of a library by their addresses, the same ones that `plan_pages` gives.

    A story is planned by itself, everything else together with its chapter, which is kept.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._chapter = cache(self._plan_chapter)

    def page(self, address: str) -> Page | None:
        """Return the page at an address below the site ("en/activities/x/"); ``None`` when there is none."""
        page = self._find(address)
        if page is None:
            return None
        others = (language for language in self.library.languages if language != page.language)
        editions = [page, *(self._find(localized(page.path, language)) for language in others)]
        copies = tuple(edition.language for edition in editions if edition and not edition.is_original)
        return with_editions(self.library, page, copies)

    def sections(self, language: Language) -> tuple[Page, ...]:
        """Return the sections' own pages in a language."""
        return tuple(page for address in section_addresses(language) if (page := self._find(address)))

    def _find(self, address: str) -> Page | None:
        language, section = self._section(address)
        story = self._stories.get(address)
        if story is not None:
            return plan_story(self.library, story, language)
        numbers = (number for number, chapter in enumerate(CHAPTERS) if section in chapter.sections)
        return next((page for number in numbers if (page := self._chapter(number, language).get(address))), None)

    def _section(self, address: str) -> tuple[Language, str]:
        """Return the language of an address, and the Indonesian name of the section that it lies in."""
        first, _, rest = address.partition("/")
        language = next((one for one in self.library.languages if one == first), self.library.languages[0])
        word = rest.partition("/")[0] if language == first else first
        names = (name for chapter in CHAPTERS for name in chapter.sections if name)
        said = {localized(f"{name}/", language).rstrip("/").rpartition("/")[2]: name for name in names}
        return language, said.get(word, word)

    @cached_property
    def _stories(self) -> dict[str, Entry[Story]]:
        return {
            localized(path_of(entry), language): entry
            for entry in self.library.stories
            for language in self.library.languages
        }

    def _plan_chapter(self, number: int, language: Language) -> dict[str, Page]:
        chapter = CHAPTERS[number]
        if chapter.plan is plan_stories:
            return {}
        return {page.address: page for page in chapter.plan(self.library, language)}
