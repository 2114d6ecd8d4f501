"""The page that lists the licences of others, for people: `THIRD-PARTY.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from supply.components import Component

HEAD = """# Licences of others

What KBP Site brings that others made. `make sbom` writes this page from the locks and from the lists beside vendored
files; a release says the same as a CycloneDX bill of materials, with hashes. The texts of the licences come with each
package, beside each vendored file, and in the `LICENSES.txt` of the web form; those of what is packed inside Sveltia
CMS come with these packages on npm.
"""


def third_party(groups: Mapping[str, Iterable[Component]]) -> str:
    """Return the page as Markdown."""
    return "\n".join(
        [HEAD.rstrip("\n"), *(line for title, group in groups.items() for line in _table(title, group)), ""]
    )


def _table(title: str, group: Iterable[Component]) -> Iterator[str]:
    yield from ("", f"## {title}", "", "| what | version | licence |", "|---|---|---|")
    for component in group:
        yield f"| {component.name} | {component.version} | {component.licence} |"
        yield from (f"| `{file.path}` | | {file.licence} |" for file in component.files if file.licence)
