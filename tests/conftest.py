"""What all tests share: the small sites below `tests/sites/`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from copies import PROJECT, copy_site
from machines import is_cut_off
from once import once
from running import DAY, kbp

from kbp_site.content.library import Library
from kbp_site.content.load import load
from kbp_site.kiosk.bundle import make_kiosk
from kbp_site.site.build import Order, build
from kbp_site.site.clock import read_clock

NOT_CUT_OFF = (
    "NO NETWORK NAMESPACE HERE: of connections only Python's own were counted, not those of Pagefind and git. "
    "To count all, run as root, or: sysctl kernel.apparmor_restrict_unprivileged_userns=0"
)

SITES = Path(__file__).parent / "sites"
TODAY = date.fromisoformat(DAY)
KIOSK = "pameran-kemerdekaan"


@cache
def _load(name: str) -> Library:
    loaded = load(SITES / name, today=TODAY)
    assert not loaded.problems, [problem.message.say("id") for problem in loaded.problems]
    assert loaded.library is not None
    return loaded.library


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud when the tests of the network prove less here than they should."""
    with TemporaryDirectory() as folder:
        if not is_cut_off(Path(folder)):
            terminalreporter.write_line(NOT_CUT_OFF, red=True, bold=True)


@pytest.fixture
def load_site() -> Callable[[str], Library]:
    """Return the library of a site by its folder's name; it must be without any problem."""
    return _load


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real content; what it gives is what is public. Only to be read."""

    def make(folder: Path) -> None:
        made = build(Order(PROJECT, folder / "site", read_clock({}, PROJECT), jobs=1), lambda sentence: None)
        assert made.pages, [problem.message.say("id") for problem in made.problems if problem.is_error]

    return once(tmp_path_factory, "real", make) / "site"


@pytest.fixture(scope="session")
def full_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the full site as a user does, and give what was built; its root is the folder above. Only to be read."""

    def make(folder: Path) -> None:
        done = kbp("--root", copy_site("full", folder), "build", "--today", DAY)
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "full", make) / "site"


@pytest.fixture(scope="session")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the kiosk of the full site's exhibition, and give its folder; only to be read."""

    def make(folder: Path) -> None:
        root = copy_site("full", folder / "akar")
        made = make_kiosk(root, KIOSK, folder / "kios", today=TODAY, jobs=1, tell=lambda step: None)
        assert made.pages, [problem.message.say("id") for problem in made.problems]

    return once(tmp_path_factory, "kiosk", make) / "kios" / KIOSK
