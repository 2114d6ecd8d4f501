"""The day of the build, read once at the door."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kbp_site.content.problems import KbpError, Problem
from kbp_site.content.records import Site
from kbp_site.content.source import parse
from kbp_site.content.text_files import read_bytes
from kbp_site.locale import text

SITE = "content/site.yml"


def read_clock(environment: Mapping[str, str], root: Path) -> date:
    """Return `SOURCE_DATE_EPOCH`'s day (UTC) where it is set, else today's in the zone of the site below ``root``.

    Raises `KbpError` when the variable is not a number of seconds.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(zone_of(root)).date()
    try:
        return datetime.fromtimestamp(int(epoch), tz=UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        message = text('SOURCE_DATE_EPOCH "{value}" bukan jumlah detik sejak 1970', value=epoch)
        raise KbpError(message) from error


def zone_of(root: Path) -> ZoneInfo:
    """Return the zone that a site's record names (`time_zone`), or that of a record which names none.

    The day must be known before the content is checked. So what is wrong with the record, or with the zone in
    it, is not told here: the check tells it, with its place.
    """
    default = ZoneInfo(Site.model_fields["time_zone"].default)
    try:
        data = read_bytes(root, SITE)
    except OSError:
        return default
    source, _ = (None, ()) if isinstance(data, Problem) else parse(SITE, data)
    written = source.values.get("time_zone") if source else None
    try:
        return ZoneInfo(written.strip()) if isinstance(written, str) and written.strip() else default
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return default
