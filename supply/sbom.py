"""What the program brings of others, as a CycloneDX bill of materials: the same locks give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from kbp_site import __version__
from supply.components import ROOT, Component, File

Json = dict[str, Any]


def bill_of_materials(groups: Mapping[str, Iterable[Component]]) -> str:
    """Return the bill as JSON (CycloneDX 1.6).

    It tells no time, and its serial number follows from what it says.
    """
    components = [component for group in groups.values() for component in group]
    said: Json = {
        "metadata": {
            "component": {
                "bom-ref": ROOT,
                "type": "application",
                "name": "kbp-site",
                "version": __version__,
                "purl": ROOT,
                "licenses": [{"expression": "MIT AND OFL-1.1"}],
            }
        },
        "components": [_component(component) for component in components],
        "dependencies": _dependencies(components),
    }
    head = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(said))}",
        "version": 1,
    }
    return f"{json.dumps(head | said, indent=2, ensure_ascii=False)}\n"


def _component(component: Component) -> Json:
    told: Json = {
        "bom-ref": component.purl,
        "type": "library",
        "name": component.name,
        "version": component.version,
        "scope": "optional" if component.extra else "required",
        "licenses": [{"expression": component.licence}],
        "purl": component.purl,
    }
    if component.sha512:
        told["hashes"] = [{"alg": "SHA-512", "content": component.sha512}]
    if component.sha256:
        told["externalReferences"] = [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{component.name}/{component.version}/",
                "comment": "One of these files is installed.",
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in component.sha256],
            }
        ]
    told["properties"] = [
        {"name": f"kbp-site:{name}", "value": value}
        for name, value in (("extra", component.extra), ("marker", component.marker))
        if value
    ]
    told["components"] = [_file(component, file) for file in component.files]
    return {name: value for name, value in told.items() if value}


def _file(component: Component, file: File) -> Json:
    return {
        "bom-ref": f"{component.purl}#{file.path}",
        "type": "file",
        "name": file.path,
        "hashes": [{"alg": "SHA-256", "content": file.sha256}],
        "licenses": [{"expression": file.licence or component.licence}],
    }


def _dependencies(components: list[Component]) -> list[Json]:
    needed: dict[str, list[str]] = {ROOT: [], **{component.purl: [] for component in components}}
    for component in components:
        for purl in component.needed_by:
            needed[purl].append(component.purl)
    return [{"ref": ref, "dependsOn": sorted(set(purls))} for ref, purls in needed.items()]
