"""The commands that need the host of the pages: one short function a command, no logic."""

from __future__ import annotations

import gc
import os
from dataclasses import replace
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
from kbp_site.editing.admin import form_wanted, serve_form
from kbp_site.locale import text
from kbp_site.site.build import Order, build, built_before
from kbp_site.site.clock import read_clock
from kbp_site.site.executors import workers_at
from kbp_site.site.preview import serve
from kbp_site.site.trace import describe, trace
from kbp_site.site.tree import render_tree

PORTS = range(8000, 8020)
"""Where a preview looks for a free port."""


@click.command("build", cls=Command)
@option("--out", type=click.Path(path_type=Path), about=text("folder hasil; tanpa pilihan ini: site di folder situs"))
@option("--full", is_flag=True, about=text("buang semua simpanan dan buat semuanya dari awal"))
@JOBS
@EXECUTOR
@TODAY
@click.pass_context
def build_command(
    context: click.Context, out: Path | None, full: bool, jobs: int, executor: str | None, today: date
) -> None:
    """Build the public site."""
    root = root_of(context)
    order = Order(root, out or root / "site", today, jobs, is_full=full, beside=form_wanted(root))
    before = built = None if full else built_before(order)
    if built is None:
        with workers_at(executor) as workers:
            built = build(replace(order, workers=workers), partial(tell, context, aside=True))
    tell_problems(context, built.problems)
    if has_errors(built.problems):
        tell(context, text("Situs lama tidak diubah."), aside=True)
    if built.pages:
        done = text("Situs selesai: {count} halaman di {out}", count=built.pages, out=str(order.out))
        same = text("Tidak ada yang berubah: {count} halaman di {out}", count=built.pages, out=str(order.out))
        tell(context, same if before else done)
        tell(context, text("Lihat di komputer ini dengan: kbp serve"))
    context.exit(exit_code(built.problems, strict=False))


@click.command("serve", cls=Command)
@option(
    "--port",
    type=click.IntRange(1, 65535),
    about=text("nomor port; tanpa pilihan ini: 8000, atau yang bebas sesudahnya"),
)
@click.pass_context
def serve_command(context: click.Context, port: int | None) -> None:
    """Preview the site on this computer."""
    gc.enable()  # it lasts
    root, ports = root_of(context), [port] if port else PORTS
    day, say = read_clock(os.environ, root), partial(click.echo, err=False)
    serve(root, ports=ports, today=day, language=language_of(context), say=say)


@click.command("admin", cls=Command)
@option("--port", type=click.IntRange(1, 65535), default=8001, about=text("nomor port; tanpa pilihan ini: 8001"))
@click.pass_context
def admin_command(context: click.Context, port: int) -> None:
    """Serve the web form on this computer."""
    gc.enable()  # it lasts
    root = root_of(context)
    day = read_clock(os.environ, root)
    serve_form(root, port=port, today=day, tell=partial(tell, context))


@click.command("render", cls=Command)
@option("--out", type=click.Path(path_type=Path), required=True, about=text("folder hasil"))
@TODAY
@click.pass_context
def render_command(context: click.Context, out: Path, today: date) -> None:
    """Write a tree that any host of Markdown reads."""
    problems = render_tree(root_of(context), out, today=today)
    tell_problems(context, problems)
    if not has_errors(problems):
        tell(context, text("Pohon Markdown selesai di {out}", out=str(out)))
    context.exit(exit_code(problems, strict=False))


@click.command("trace", cls=Command)
@argument("name", metavar="NAMA", about=text("misalnya activities/mediasi-parit, consents/izin, atau parit/warga.jpg"))
@option("--site", type=click.Path(path_type=Path), about=text("folder hasil bangunan; tanpa pilihan ini: site"))
@TODAY
@click.pass_context
def trace_command(context: click.Context, name: str, site: Path | None, today: date) -> None:
    """Tell where something stands; exit 1 when any of it is left outside the sources."""
    root = root_of(context)
    traced = trace(root, name, site=site or root / "site", today=today)
    for line in describe(traced, language_of(context)):
        click.echo(line)
    context.exit(ExitCode.DONE if traced.is_clean else ExitCode.CONTENT)
