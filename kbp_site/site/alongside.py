"""What is made alongside the pages, since it follows from the records alone: search index, data, feeds and calendar."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from kbp_site.content.shelves import uncollected
from kbp_site.content.watched import WatchedLibrary
from kbp_site.locale import Text, text
from kbp_site.site.kept import Kept
from kbp_site.site.kept_data import Telling, read_data
from kbp_site.site.search_documents import find_all, read_documents
from kbp_site.site.search_files import Stored
from kbp_site.site.search_index import make_index
from kbp_site.site.standing import Former
from kbp_site.site.steps import timed
from kbp_site.site.writing import write_outputs

DOCUMENTS, OUTPUTS = "documents", "outputs"
"""Where documents to be found and what stands beside the pages are written, below the folder of a build."""


class Alongside(NamedTuple):
    """What was made: the files of the search index by their paths, and how long each step took, in words."""

    found: Mapping[str, Stored]
    told: tuple[Text, ...]


def make_alongside(library: WatchedLibrary, folder: Path, kept: Kept, former: Former, *, jobs: int) -> Alongside:
    """Make the search index, and write what stands beside the pages to `OUTPUTS` below a folder.

    ``former`` is the site of before, judged by whatever rules. What is to be known of this one waits until it is public
    (`Kept.renew`).
    """
    told = list[Text]()
    with uncollected():
        with timed(told.append, text("Menyusun indeks pencarian")):
            findings, documents = find_all(library, read_documents(kept.documents), folder / DOCUMENTS, jobs=jobs)
            found = make_index(findings, kept.search, jobs=jobs)
        with timed(told.append, text("Menulis data, umpan, dan kalender")):
            telling = Telling(library, read_data(kept.data), former.read, jobs=jobs)
            write_outputs(folder / OUTPUTS, library, telling)
        kept.keep_next(kept.documents, documents)
        kept.keep_next(kept.data, telling.renewed())
    return Alongside(found, tuple(told))
