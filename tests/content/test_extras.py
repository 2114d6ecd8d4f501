"""Who lacks an extra is told how to install it, and nothing else is kept from working."""

from __future__ import annotations

import sys

import pytest

from kbp_site.content.extras import with_extra
from kbp_site.content.problems import ExitCode, KbpError


def test_an_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "libzim"]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("kbp_site.kiosk.zim", "kbp_site.kiosk.zim_items"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "libzim", None)
    with pytest.raises(KbpError) as caught:
        with_extra("kbp_site.kiosk.zim", "zim")
    assert caught.value.exit_code == ExitCode.USAGE
    assert '"libzim"; pasang dengan: make zim' in caught.value.message.say("id")


def test_a_module_of_ours_that_is_missing_is_our_fault() -> None:
    with pytest.raises(ModuleNotFoundError):
        with_extra("kbp_site.kiosk.tidak_ada", "zim")
