"""The kinds of records: one explicit tuple, in the order in which they are shown."""

from __future__ import annotations

from kbp_site.content.records.activities import Activity
from kbp_site.content.records.allocations import Allocation
from kbp_site.content.records.base import Kind
from kbp_site.content.records.consents import Consent
from kbp_site.content.records.exhibitions import Exhibition
from kbp_site.content.records.lessons import Lesson
from kbp_site.content.records.observances import Observance
from kbp_site.content.records.organizations import Organization
from kbp_site.content.records.places import Place
from kbp_site.content.records.roles import Role
from kbp_site.content.records.site import Site
from kbp_site.content.records.study_visits import StudyVisit
from kbp_site.content.records.terms import Term
from kbp_site.content.records.topics import Topic

KINDS: tuple[type[Kind], ...] = (
    Activity,
    StudyVisit,
    Exhibition,
    Lesson,
    Allocation,
    Organization,
    Place,
    Role,
    Term,
    Topic,
    Observance,
    Consent,
)

STORIES = (Activity, StudyVisit, Exhibition)

BY_FOLDER: dict[str, type[Kind]] = {kind.FOLDER: kind for kind in KINDS}

__all__ = ["BY_FOLDER", "KINDS", "STORIES", "Site"]
