"""The day of the build, read once at the door."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from kbp_site.content.problems import KbpError
from kbp_site.locale import text

ZONE = ZoneInfo("Asia/Jakarta")
"""The zone of the day where none is named: that of most of Indonesia's people."""


def read_clock(environment: Mapping[str, str]) -> date:
    """Return `SOURCE_DATE_EPOCH`'s day (UTC) where it is set, else the day in Western Indonesia.

    Raises `KbpError` when the variable is not a number of seconds.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(ZONE).date()
    try:
        return datetime.fromtimestamp(int(epoch), tz=UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        message = text('SOURCE_DATE_EPOCH "{value}" bukan jumlah detik sejak 1970', value=epoch)
        raise KbpError(message) from error
