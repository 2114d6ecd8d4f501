"""A live preview on this computer: an edit is seen at once, drafts are marked, faults are told in the browser too."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path

from kbp_site.content.load import load
from kbp_site.content.problems import KbpError, Problem, has_errors, print_text
from kbp_site.locale import Language, Text, text
from kbp_site.site.cache import remembered
from kbp_site.site.host import read_settings
from kbp_site.site.live_page import LIVE, live, page_of_failure, page_of_faults, page_of_waiting
from kbp_site.site.preview_server import Answer, serving
from kbp_site.site.showing import HTML, Showing, Workshop, type_of
from kbp_site.site.steps import Seconds
from kbp_site.site.watch import PAUSE, REST, changes, snapshot
from kbp_site.site.worker import WORKER, WORKERS

Say = Callable[[str], None]
"""Where the preview tells what happens: the terminal."""

State = Showing | tuple[Problem, ...] | Text | None
"""What there is to show: the site, faults of the content, why there is neither; ``None`` before the first reading."""

WATCHED = ("content", "docs", "overrides", "mkdocs.yml")


@dataclass(frozen=True)
class Version:
    """One state of the preview, and the name by which open pages know whether they show it."""

    name: str
    state: State


class Preview:
    """The site as it stands, renewed when something changes; pages are asked for by address."""

    def __init__(self, root: Path, folder: Path, *, today: date, language: Language, say: Say) -> None:
        self.root = root
        self.today = today
        self.language = language
        self.say = say
        self.memory = remembered(root)
        self.workshop = Workshop(root, folder)
        self.version = Version(f"{time.time_ns()}", None)
        self.news = threading.Condition()
        self._told: Sequence[Problem] = ()

    def renew(self, *, is_stale: bool) -> None:
        """Read what changed and show it; ``is_stale``: something outside the records changed too.

        Raises `KbpError` for the operator's mistakes only at the first reading; later ones are shown and told.
        """
        began = time.perf_counter()
        was_shown = isinstance(self.version.state, Showing)
        try:
            state = self._read(is_stale=is_stale)
        except KbpError as error:
            if self.version.state is None:
                raise
            state = error.message
        with self.news:
            self.version = Version(f"{time.time_ns()}", state)
            self.news.notify_all()
        self._tell(state, time.perf_counter() - began, was_shown=was_shown)

    def _read(self, *, is_stale: bool) -> State:
        if is_stale:
            read_settings(self.root / "mkdocs.yml", out=self.root / "site")
        loaded = load(self.root, today=self.today, memory=self.memory, shows_drafts=True).as_built()
        self.memory.keep()
        self._report(loaded.problems)
        if loaded.library is None or has_errors(loaded.problems):
            return loaded.problems
        return Showing(loaded.library, self.workshop, is_stale=is_stale)

    def _report(self, problems: tuple[Problem, ...]) -> None:
        """Tell the problems in the terminal, unless they are those that were told last."""
        if problems and problems != self._told:
            self.say(print_text(problems, self.language))
        self._told = problems

    def _tell(self, state: State, seconds: float, *, was_shown: bool) -> None:
        if isinstance(state, Text):
            self.say(state.say(self.language))
        elif isinstance(state, Showing):
            shown = text("Pratinjau diperbarui") if was_shown else text("Pratinjau siap")
            told = text("{what} ({seconds} detik).", what=shown, seconds=Seconds(seconds))
            self.say(told.say(self.language))

    def answer(self, path: str) -> Answer:
        """Answer a request for a path below the site ("", "kegiatan/x/")."""
        if path == WORKER:
            return Answer(HTTPStatus.OK, type_of(WORKER), (WORKERS / "farewell.js").read_bytes())
        if path.startswith(".kbp/") and (own := LIVE / path.removeprefix(".kbp/")).is_file() and own.parent == LIVE:
            return Answer(HTTPStatus.OK, type_of(own.name), own.read_bytes())
        version = self.version
        try:
            return self._show(version, path)
        except KbpError as error:
            body = page_of_failure(error.message, version.name, self.language)
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, HTML, body)

    def _show(self, version: Version, path: str) -> Answer:
        name, state = version.name, version.state
        match state:
            case None:
                body = page_of_waiting(self.memory.count, name, self.language)
                return Answer(HTTPStatus.SERVICE_UNAVAILABLE, HTML, body)
            case Text():
                return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, HTML, page_of_failure(state, name, self.language))
            case Showing():
                return self._find(state, name, path)
            case problems:
                return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, HTML, page_of_faults(problems, name, self.language))

    def _find(self, showing: Showing, name: str, path: str) -> Answer:
        found = showing.find(path)
        if found is not None:
            body = live(found.data, name, found.mark) if found.type == HTML else found.data
            return Answer(HTTPStatus.OK, found.type, body)
        if path and not path.endswith("/") and "." not in path.rpartition("/")[2]:
            return Answer(HTTPStatus.FOUND, HTML, b"", location=f"/{path}/")
        missing = showing.find("404.html")
        return Answer(HTTPStatus.NOT_FOUND, HTML, live(missing.data, name, "") if missing else b"")

    def wait(self, known: str, seconds: float) -> str:
        """Return the version's name as soon as it is another than ``known``, or after so many seconds."""
        with self.news:
            self.news.wait_for(lambda: self.version.name != known, seconds)
        return self.version.name


def serve(root: Path, *, ports: Sequence[int], today: date, language: Language, say: Say) -> None:
    """Serve a preview at 127.0.0.1, at the first of ``ports`` that is free, until interrupted.

    Raises `KbpError` when none of them is, or when there is no site at ``root``.
    """
    read_settings(root / "mkdocs.yml", out=root / "site")
    with tempfile.TemporaryDirectory(prefix="kbp-preview-") as folder:
        preview = Preview(root, Path(folder), today=today, language=language, say=say)
        with serving(ports, preview.answer, preview.wait) as port, suppress(KeyboardInterrupt):
            opening = text("Buka http://127.0.0.1:{port}/ ; berhenti dengan Ctrl+C.", port=port)
            say(opening.say(language))
            say(text("Membaca catatan …").say(language))
            follow(preview, [root / name for name in WATCHED])


def follow(preview: Preview, paths: Sequence[Path]) -> None:
    """Renew a preview now and whenever something at or below ``paths`` changes, for ever."""
    content = str(preview.root / "content")
    before = snapshot(paths)
    preview.renew(is_stale=True)
    while True:
        began = time.monotonic()
        after = snapshot(paths)
        if changed := changes(before, after):
            preview.renew(is_stale=any(not path.startswith(content) for path in changed))
            began = time.monotonic()
        before = after
        time.sleep(max(PAUSE, REST * (time.monotonic() - began)))
