"""The commands for releases on a server: one short function a command, no logic."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import click

from kbp_site.command import (
    EXECUTOR,
    JOBS,
    TODAY,
    Command,
    argument,
    exit_code,
    language_of,
    option,
    root_of,
    tell,
    tell_problems,
)
from kbp_site.content.problems import ExitCode, has_errors
from kbp_site.editing.admin import form_wanted
from kbp_site.locale import text
from kbp_site.site.build import Order
from kbp_site.site.executors import workers_at
from kbp_site.site.publishing import publish_site, roll_back
from kbp_site.site.releases import (
    CURRENT,
    PLACE,
    SITE,
    current_release,
    find_release,
    judge_current,
    releases_in,
    verify,
)

TO = option(
    "--to",
    type=click.Path(path_type=Path),
    callback=lambda context, param, value: value or root_of(context) / PLACE,
    about=text("tempat semua terbitan; tanpa pilihan ini: terbitan di folder situs"),
)
RELEASE = argument("release", metavar="[TERBITAN]", required=False, about=text("nomor atau nama terbitan, misalnya 7"))


@click.command("publish", cls=Command)
@TO
@JOBS
@EXECUTOR
@TODAY
@click.pass_context
def publish_command(context: click.Context, to: Path, jobs: int, executor: str | None, today: date) -> None:
    """Build the site and let readers see it as a new release."""
    root = root_of(context)
    with workers_at(executor) as workers:
        order = Order(root, root / "site", today, jobs, workers=workers, beside=form_wanted(root))
        published = publish_site(order, to, partial(tell, context, aside=True))
    tell_problems(context, published.problems)
    if has_errors(published.problems):
        tell(context, text("Terbitan yang dilihat pembaca tidak diubah."), aside=True)
    for release in published.gone:
        tell(context, text("Terbitan lama dihapus: {name}", name=release.name), aside=True)
    if added := published.added:
        if added.mends:
            mended = text("Terbitan {name} tidak utuh lagi, jadi dibuat ulang", name=added.mends.name)
            tell(context, mended, aside=True)
        name = added.release.name
        same = text("Tidak ada yang berubah; terbitan {name} tetap dilihat pembaca", name=name)
        new = text("Terbit: {name}, {count} berkas, {fresh} baru", name=name, count=added.files, fresh=added.fresh)
        tell(context, new if added.is_new else same)
        tell(context, text("Folder bagi server web: {out}", out=str(to / CURRENT / SITE)))
        if any(release < added.release for release in releases_in(to)):
            tell(context, text("Untuk kembali ke yang sebelumnya: kbp rollback"))
    context.exit(exit_code(published.problems, strict=False))


@click.command("rollback", cls=Command)
@RELEASE
@TO
@TODAY
@click.pass_context
def rollback_command(context: click.Context, release: str | None, to: Path, today: date) -> None:
    """Let readers see an earlier release again."""
    found = roll_back(root_of(context), to, release, today=today)
    tell(context, text("Pembaca kini melihat terbitan {name}", name=found.name))


@click.command("verify", cls=Command)
@RELEASE
@TO
@click.pass_context
def verify_command(context: click.Context, release: str | None, to: Path) -> None:
    """Tell of each release whether every file is what was published."""
    current, astray = current_release(to), judge_current(to)
    chosen = () if release else releases_in(to)
    is_whole = astray is None
    for one in chosen or (find_release(to, release),):
        faults = list(verify(one))
        is_whole = is_whole and not faults
        said = text("{name}: utuh", name=one.name) if not faults else text("{name}: tidak utuh", name=one.name)
        mark = text(" (yang dilihat pembaca)").say(language_of(context)) if one == current else ""
        click.echo(said.say(language_of(context)) + mark)
        for path, fault in faults:
            tell(context, text("  {path}: {fault}", path=path, fault=fault))
    if astray:
        tell(context, text("{name}: {fault}; perbaiki dengan kbp publish", name=CURRENT, fault=astray))
    context.exit(ExitCode.DONE if is_whole else ExitCode.SYSTEM)
