"""What is checked about the records together: small named rules, run in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kbp_site.content.checks.claims import check_claims
from kbp_site.content.checks.consent import check_consent
from kbp_site.content.checks.content import Content
from kbp_site.content.checks.dates import check_dates
from kbp_site.content.checks.identifying import check_identifying
from kbp_site.content.checks.media import check_media
from kbp_site.content.checks.metadata import check_metadata
from kbp_site.content.checks.placeholders import check_placeholders
from kbp_site.content.checks.privacy import check_privacy, cover_others
from kbp_site.content.checks.references import (
    check_cycles,
    check_paths,
    check_references,
    check_unreferenced,
)
from kbp_site.content.checks.translations import check_translation
from kbp_site.content.problems import Problem

RULES: tuple[Callable[[Content], Iterator[Problem]], ...] = (
    check_references,
    check_cycles,
    check_paths,
    check_unreferenced,
    check_placeholders,
    check_claims,
    check_dates,
    check_privacy,
    check_identifying,
    check_consent,
    check_media,
    check_metadata,
)


def check_records(content: Content) -> Iterator[Problem]:
    """Yield every problem that the rules find."""
    for rule in RULES:
        yield from rule(content)


__all__ = ["Content", "check_records", "check_translation", "cover_others"]
