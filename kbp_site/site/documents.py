"""Hand-written pages and their pictures, read as they lie in `docs/`: nothing is reached by a link."""

from __future__ import annotations

import errno
from pathlib import Path

from kbp_site.content.media import open_media
from kbp_site.content.problems import KbpError
from kbp_site.locale import text


def read_document(docs: Path, name: str) -> bytes:
    """Return a file's bytes; raises `KbpError` for what is reached by a link, `OSError` when the system fails.

    ``docs`` itself may be a link: it is the operator who says where hand-written pages lie.
    """
    try:
        with open_media(docs.resolve(), name) as file:
            return file.read()
    except OSError as error:
        if error.errno not in {errno.ELOOP, errno.ENOTDIR, errno.ENOENT}:
            raise
        message = text('"{path}" adalah tautan (symbolic link); hapus dahulu', path=str(docs / name))
        raise KbpError(message) from error
