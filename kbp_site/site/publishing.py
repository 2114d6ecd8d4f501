"""`kbp publish` and `kbp rollback`: a built site becomes a release that readers see, and back again."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.content.problems import ExitCode, KbpError, Problem
from kbp_site.content.workers import aside
from kbp_site.locale import text
from kbp_site.outputs.headers import export_nginx
from kbp_site.pages.page import base_of, site_url
from kbp_site.site.build import Order, build, built_before
from kbp_site.site.cache import remembered
from kbp_site.site.host import read_settings
from kbp_site.site.kept import Kept
from kbp_site.site.publish import locked
from kbp_site.site.published import published_before, read_publication, write_publication
from kbp_site.site.releases import (
    OWN,
    Added,
    Known,
    Release,
    add_release,
    current_release,
    find_release,
    forget_old,
    judge_release,
    judge_releases,
    releases_in,
    switch,
)
from kbp_site.site.standing import read_standing, stamps
from kbp_site.site.steps import Tell
from kbp_site.site.withheld import find_withheld, verdicts_on_shown


@dataclass(frozen=True)
class Published:
    """What came of it: every problem, the release that readers see (``None`` when nothing was made), and what went."""

    problems: tuple[Problem, ...]
    added: Added | None = None
    gone: tuple[Release, ...] = ()


def publish_site(order: Order, place: Path, tell: Tell) -> Published:
    """Build the site in its folder, make a release of it in ``place``, and let readers see it; or change nothing there.

    Where nothing changed since the last time, nothing is made. Old releases go: all but the last five, and those that
    show what may not be shown any more. Raises `KbpError` for the operator's mistakes and `OSError` when the system
    fails.
    """
    judge_releases(place, order.root)
    read_settings(order.root / "mkdocs.yml", out=order.out)
    with locked(place / OWN, place):
        last, before = read_publication(place), built_before(order)
        if before and (added := published_before(last, place, before.standing)):
            return Published(before.problems, added)
        current = current_release(place)
        built = build(replace(order, known=current.site if current else None), tell)
        if built.library is None:
            return Published(built.problems)
        tell(text("Membuat terbitan"))
        kept = Kept.of(order.root, order.out)
        with locked(kept.cache / "locks", order.out):
            now = stamps(order.out)
            site = read_standing(kept.standing, order.out, now=now)
            nginx = export_nginx(base_of(site_url(built.library)))
            known = Known(site.digests, last.files if current and current.name == last.current else {}, now)
            with aside(partial(find_unfit, releases_in(place), built.library, order.out), jobs=order.jobs) as unfit:
                added = add_release(order.out.resolve(), place, beside={"nginx.conf": nginx}, known=known)
                with undone_on_failure(added):
                    earlier = unfit()
            switch(place, added.release)
            gone, standing = forget_old(place, earlier, standing=added.standing)
        write_publication(place, built.standing, standing)
        return Published(built.problems, added, gone)


@contextmanager
def undone_on_failure(added: Added) -> Iterator[None]:
    """Remove a new release that nobody sees yet, where what is done meanwhile fails."""
    try:
        yield
    except BaseException:
        if added.is_new:
            shutil.rmtree(added.release.folder)
        raise


def find_unfit(releases: Iterable[Release], library: Library, site: Path) -> list[Release]:
    """Return those releases that show what may not be shown any more; ``site`` is the one of the library."""
    verdicts = verdicts_on_shown(site)
    return [release for release in releases if next(find_withheld(release.site, library, verdicts=verdicts), None)]


def roll_back(root: Path, place: Path, name: str | None, *, today: date) -> Release:
    """Let readers see an earlier release again, and return it.

    Raises `KbpError` when there is none, when it is not whole, or when it shows what may not be shown any more.
    """
    judge_releases(place, root)
    if not place.is_dir():
        raise KbpError(text('belum ada terbitan di "{place}"; mulai dengan kbp publish', place=str(place)))
    with locked(place / OWN, place):
        release = find_release(place, name)
        judge_release(release)
        library = load(root, today=today, memory=remembered(root)).library
        if library is None:
            raise KbpError(text("content/site.yml belum dapat dibaca; jalankan kbp check dahulu"))
        withheld = list(find_withheld(release.site, library))
        if withheld:
            record, reason = withheld[0]
            message = text(
                "terbitan {name} tidak boleh tampil lagi: {record}: {reason} ({count} hal); "
                "terbitkan yang baru dengan kbp publish",
                name=release.name,
                record=record,
                reason=reason,
                count=len(withheld),
            )
            raise KbpError(message, exit_code=ExitCode.CONTENT)
        switch(place, release)
    return release
