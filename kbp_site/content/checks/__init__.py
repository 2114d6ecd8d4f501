"""What is checked about the records together: small named rules, run in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kbp_site.content.checks.claims import check_claims
from kbp_site.content.checks.comments import check_comments
from kbp_site.content.checks.consent import check_consent
from kbp_site.content.checks.content import Content
from kbp_site.content.checks.dates import check_dates
from kbp_site.content.checks.identifying import check_identifying
from kbp_site.content.checks.lists import check_lists
from kbp_site.content.checks.media import check_media
from kbp_site.content.checks.metadata import check_metadata
from kbp_site.content.checks.placeholders import check_placeholders
from kbp_site.content.checks.privacy import check_contacts, check_privacy, check_privacy_beyond, cover_others
from kbp_site.content.checks.references import (
    check_cycles,
    check_paths,
    check_references,
    check_unreferenced,
)
from kbp_site.content.checks.translations import check_translation
from kbp_site.content.problems import Problem

ALONE: tuple[Callable[[Content], Iterator[Problem]], ...] = (
    check_placeholders,
    check_comments,
    check_lists,
    check_claims,
    check_dates,
    check_privacy,
    check_identifying,
)
"""Rules that look at each source or record by itself; of others they know the site's own record and the day."""

RULES: tuple[Callable[[Content], Iterator[Problem]], ...] = (
    check_references,
    check_cycles,
    check_paths,
    check_unreferenced,
    check_contacts,
    check_privacy_beyond,
    check_consent,
    check_media,
    check_metadata,
)
"""Rules that look at records together, or beyond them at the files that they name."""


def check_alone(content: Content) -> Iterator[Problem]:
    """Yield what the rules find in each record by itself: each problem is one of the file that the record stands in."""
    for rule in ALONE:
        yield from rule(content)


def check_together(content: Content) -> Iterator[Problem]:
    """Yield what the rules find in the records together."""
    for rule in RULES:
        yield from rule(content)


__all__ = ["Content", "check_alone", "check_together", "check_translation", "cover_others"]
