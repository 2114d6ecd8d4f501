"""A live preview on this computer: MkDocs serves, and makes the site again when something changes."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.exceptions import MkDocsException

from kbp_site.content.load import load
from kbp_site.content.problems import KbpError, Problem, has_errors
from kbp_site.locale import text
from kbp_site.site.host import PLUGIN, read_settings


def serve(root: Path, *, port: int, today: date) -> tuple[Problem, ...]:
    """Serve the site at 127.0.0.1 until interrupted; with errors in the content nothing is served.

    Later errors are told in the terminal, and what was sound last goes on being shown. Returns the
    problems found at the start; raises `KbpError` when the settings do not allow a preview.
    """
    config_file = root / "mkdocs.yml"
    read_settings(config_file, out=root / "site")
    problems = load(root, today=today).as_built().problems
    if has_errors(problems):
        return problems
    hear_plugin()
    try:
        mkdocs_serve(config_file=str(config_file), dev_addr=f"127.0.0.1:{port}")
    except MkDocsException as error:
        raise KbpError(text("pratinjau berhenti: {reason}", reason=error)) from error
    return problems


def hear_plugin() -> None:
    """Let our plugin be heard in the terminal; the host keeps its log to itself."""
    logger = logging.getLogger(f"mkdocs.plugins.{PLUGIN}")
    logger.setLevel(logging.INFO)
    logger.addHandler(logging.StreamHandler())
