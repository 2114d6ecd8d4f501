"""XML that is well-formed whatever the records say."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even escaped (https://www.w3.org/TR/xml/#charsets)."""


def root(tag: str, namespace: str, **attributes: str) -> Element:
    """Start a document in a namespace."""
    return Element(tag, {"xmlns": namespace, **attributes})


def add(parent: Element, tag: str, words: str = "", **attributes: str) -> Element:
    """Add an element below another; characters that XML cannot hold are left out."""
    child = SubElement(parent, tag, {name: FORBIDDEN.sub("", value) for name, value in attributes.items()})
    child.text = FORBIDDEN.sub("", words) or None
    return child


def document(element: Element) -> bytes:
    """Return the document's bytes, one element a line."""
    indent(element, space="")
    written: bytes = tostring(element, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
