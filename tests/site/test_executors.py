"""Shares are made by processes of this computer, unless a cluster is asked for, which needs what not everybody has."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kbp_site.command import ExecutorParameter
from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.site.executors import Processes, workers_at
from kbp_site.site.gate import PageReading
from kbp_site.site.prepare import SiteSettings
from kbp_site.site.shares import Share, whole

SHARE = whole(SiteSettings("Situs", "", "", ""), ())


def read_nothing(config_file: Path, share: Share, out: Path) -> list[PageReading]:
    """Stand for what makes a share, and say which one it was."""
    return [PageReading(out.name, "", frozenset(), (), (), ())]


def test_processes_of_this_computer_make_shares_in_their_order() -> None:
    rows = [(Path("mkdocs.yml"), SHARE, Path(name)) for name in "abc"]
    assert [page.path for [page] in Processes(2).make(read_nothing, rows)] == ["a", "b", "c"]


def test_without_a_scheduler_nobody_else_is_asked() -> None:
    with workers_at(None) as workers:
        assert workers is None


def test_who_lacks_the_extra_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "kbp_site.site.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(KbpError) as caught, workers_at("127.0.0.1:1"):
        pass
    assert caught.value.exit_code == ExitCode.USAGE
    assert '"distributed"; pasang dengan: make cluster' in caught.value.message.say("id")


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8786", "tls://a:1", "dask://", "dask://a", "dask://a:b", "dask://a/b:1"]
)
def test_what_is_no_address_of_a_scheduler_is_refused(address: str) -> None:
    with pytest.raises(KbpError) as caught:
        ExecutorParameter().convert(address, None, None)
    assert f'"{address}" bukan alamat penjadwal' in caught.value.message.say("id")


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "penjadwal.example:80", "[::1]:8786"])
def test_an_address_of_a_scheduler_is_host_and_port(address: str) -> None:
    assert ExecutorParameter().convert(f"dask://{address}", None, None) == address
