"""What an address means to a browser; what may stand in a page is planted in `test_gate.py`."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from kbp_site.site.foreign import addresses, is_foreign, read_elements


@pytest.mark.parametrize(
    "address",
    ["https://a.example", "HTTP://a.example/x", "//a.example", "\\\\a.example", "/\\a.example", " https://a", "h\ntt\tp://a",
     "http://[", "http:a.example", "/\n/a.example", "\x01//a.example"],
)  # fmt: skip
def test_an_address_of_others(address: str) -> None:
    assert is_foreign(address)


@pytest.mark.parametrize(
    "address", ["", "#a", "?a=//b", "a/b", "/a//b", "./a:b", "../gambar.png", "mailto:a@b.example"]
)
def test_an_address_of_ours(address: str) -> None:
    assert not is_foreign(address)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a href=' a b '>x</a>", [" a b "]),
        ("<img src=a.png srcset='a.png 1x, b.png 2x, c,d.png 3x'>", ["a.png", "a.png", "b.png", "c,d.png"]),
        ("<img srcset=''>", []),
        ("<a href=a ping='b  c'>x</a>", ["a", "b", "c"]),
        ("<object data=a></object>", ["a"]),
        ("<p title=a id=b>x</p>", []),
        ("<a href>x</a>", [""]),
    ],
)
def test_every_address_of_an_element(html: str, expected: list[str]) -> None:
    found = [address for element in read_elements(LexborHTMLParser(html)) for address in addresses(element)]
    assert found == expected
