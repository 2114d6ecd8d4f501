"""Single pages, each planned when it is asked for: what a preview shows without planning the whole site."""

from __future__ import annotations

from functools import cache

from kbp_site.content.library import Library
from kbp_site.locale import Language
from kbp_site.pages.page import Page, Planned, localized
from kbp_site.pages.plan import CHAPTERS, with_editions


def section_addresses(language: Language) -> tuple[str, ...]:
    """Return the addresses of the sections' own pages in a language, home first."""
    names = dict.fromkeys(name for chapter in CHAPTERS for name in chapter.sections)
    return tuple(localized(f"{name}/" if name else "", language) for name in names)


class Lookup:
    """The pages of a library by their addresses, the same ones that `plan_pages` gives.

    A chapter is planned when one of its pages is asked for, and kept; only the page itself is made.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._chapter = cache(self._plan_chapter)

    def page(self, address: str) -> Page | None:
        """Return the page at an address below the site ("en/activities/x/"); ``None`` when there is none."""
        planned = self._find(address)
        if planned is None:
            return None
        others = (language for language in self.library.languages if language != planned.language)
        editions = [planned, *(self._find(localized(planned.path, language)) for language in others)]
        copies = tuple(edition.language for edition in editions if edition and not edition.is_original)
        return with_editions(self.library, planned.make(), copies)

    def sections(self, language: Language) -> tuple[Page, ...]:
        """Return the sections' own pages in a language."""
        found = (self._find(address) for address in section_addresses(language))
        return tuple(planned.make() for planned in found if planned)

    def _find(self, address: str) -> Planned | None:
        language, section = self._section(address)
        numbers = (number for number, chapter in enumerate(CHAPTERS) if section in chapter.sections)
        return next((found for number in numbers if (found := self._chapter(number, language).get(address))), None)

    def _section(self, address: str) -> tuple[Language, str]:
        """Return the language of an address, and the Indonesian name of the section that it lies in."""
        first, _, rest = address.partition("/")
        language = next((one for one in self.library.languages if one == first), self.library.languages[0])
        word = rest.partition("/")[0] if language == first else first
        names = (name for chapter in CHAPTERS for name in chapter.sections if name)
        said = {localized(f"{name}/", language).rstrip("/").rpartition("/")[2]: name for name in names}
        return language, said.get(word, word)

    def _plan_chapter(self, number: int, language: Language) -> dict[str, Planned]:
        pages = CHAPTERS[number].plan(self.library, language)
        return {localized(page.path, language): page for page in pages}
