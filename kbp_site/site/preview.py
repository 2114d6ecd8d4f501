"""A live preview on this computer: MkDocs serves, and makes the site again when something changes."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.exceptions import MkDocsException

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.locale import text
from kbp_site.site.host import read_settings


def serve(root: Path, *, port: int) -> None:
    """Serve the site at 127.0.0.1 until interrupted.

    Raises `KbpError` when the content or the settings do not allow a first build (exit 1).
    """
    config_file = root / "mkdocs.yml"
    read_settings(config_file, out=root / "site")
    logging.getLogger("mkdocs.livereload").addHandler(logging.StreamHandler())
    try:
        mkdocs_serve(config_file=str(config_file), dev_addr=f"127.0.0.1:{port}")
    except MkDocsException as error:
        raise KbpError(text("{message}", message=error), exit_code=ExitCode.CONTENT) from error
