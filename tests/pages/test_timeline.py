"""The timeline: a date that only repeats its heading is not said twice."""

from __future__ import annotations

from typing import Any

from few_records import MakeLibrary, activity

from kbp_site.pages.timeline import plan_timeline


def test_a_date_is_said_where_it_says_more_than_the_heading(make_library: MakeLibrary) -> None:
    dates = {"a": "2006", "b": "2006-08-17", "c": "unknown"}
    library = make_library({f"activities/{name}": activity(name, date=date) for name, date in dates.items()})
    years: Any = next(plan_timeline(library, "id")).make().context["years"]
    said = {event.link.text: event.when.text for year in years for event in year.events}
    assert said == {"a": "", "b": "17 Agustus 2006", "c": ""}
