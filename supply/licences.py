"""Which licences may come: those that let everybody use the program, and in an extra also what its users ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from supply.components import LICENCES, Component


def find_unwanted(groups: Mapping[str, Iterable[Component]]) -> Iterator[str]:
    """Yield every package and file whose licence is not known, or may not come there."""
    for component in (component for group in groups.values() for component in group):
        if not may_come(component.licence, component.extra):
            yield f"{component.name} {component.version}: {component.licence or 'unknown'}"
        yield from (
            f"{component.name} {component.version}, {file.path}: {file.licence}"
            for file in component.files
            if file.licence and not may_come(file.licence, component.extra)
        )


def may_come(licence: str, extra: str) -> bool:
    """Whether a licence, as SPDX writes it, is among those allowed; of several to choose from, one must be."""
    allowed = {*LICENCES["allowed"], *(LICENCES["allowed_in_extras"] if extra else ())}
    return all(allowed & set(choice.strip("()").split(" OR ")) for choice in licence.split(" AND "))
