"""The host is asked with settings that are judged first."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.structure.files import Files

from kbp_site.content.problems import ExitCode, KbpError
from kbp_site.site.host import _Listed, make_html, read_settings
from kbp_site.site.prepare import PageFile, SiteSettings
from kbp_site.site.shares import Share


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (None, "kbp init"),
        ("site_name: x\n", 'plugin "kbp"'),
        ("site_name: x\nplugins: []\n", 'plugin "kbp"'),
        ("site_name: [x\n", "tidak dapat dipakai"),
        ("", "tidak dapat dipakai"),
        ("site_name: x\nplugins: [tidak-ada]\n", 'tidak dapat dipakai: .*"tidak-ada" plugin is not installed'),
        ("site_name: x\ntheme: tidak-ada\nplugins: [kbp]\n", "tidak dapat dipakai: .*tidak-ada"),
        ("- satu\n", "tidak dapat dipakai"),
    ],
)
def test_settings_that_cannot_be_used(tmp_path: Path, settings: str | None, reason: str) -> None:
    (tmp_path / "docs").mkdir()
    if settings is not None:
        (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    with pytest.raises(KbpError, match=reason) as caught:
        read_settings(tmp_path / "mkdocs.yml", out=tmp_path / "site")
    assert caught.value.exit_code == ExitCode.USAGE


def test_settings_are_read_with_the_place_of_the_output(minimal: Path, tmp_path: Path) -> None:
    config = read_settings(minimal / "mkdocs.yml", out=tmp_path / "hasil")
    assert config.site_dir == str(tmp_path / "hasil")
    assert "kbp" in config.plugins


def page_file(folder: Path, uri: str, markdown: str) -> PageFile:
    """Write a page's Markdown."""
    path = folder / uri
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(markdown, encoding="utf-8")
    return PageFile(uri, folder, uri.endswith("index.md"))


def test_a_share_becomes_html_of_its_pages_alone(minimal: Path, tmp_path: Path) -> None:
    home = page_file(tmp_path / "pages", "index.md", "# Beranda\n")
    words = '---\ntitle: "Judul"\n---\n\n# Judul\n\nIsi.\n'
    story = page_file(tmp_path / "pages", "kegiatan/x.md", words)
    share = Share(SiteSettings("Situs", "", "", ""), (story,), (home,), is_first=False)
    make_html(minimal / "mkdocs.yml", share, tmp_path / "hasil")
    made = sorted(path.relative_to(tmp_path / "hasil").as_posix() for path in (tmp_path / "hasil").rglob("*.*"))
    assert made == ["kegiatan/x/index.html"]
    assert "Isi." in (tmp_path / "hasil" / "kegiatan" / "x" / "index.html").read_text("utf-8")


def test_what_the_host_refuses_is_told(minimal: Path, tmp_path: Path) -> None:
    settings = minimal / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "\nstrict: true\n", encoding="utf-8")
    home = page_file(tmp_path / "pages", "index.md", "# Beranda\n\n[x](tidak-ada.md)\n")
    with pytest.raises(KbpError, match="MkDocs tidak dapat membangun situs"):
        make_html(settings, Share(SiteSettings("Situs", "", "", ""), (home,), (), is_first=True), tmp_path / "hasil")


def test_the_host_takes_the_same_of_a_theme_whose_hidden_folders_are_not_listed(minimal: Path, tmp_path: Path) -> None:
    own = tmp_path / "theme"
    for name in ("assets/a.js", "assets/.b/c.js", ".d/e.js", "main.html"):
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text("", encoding="utf-8")
    config = read_settings(minimal / "mkdocs.yml", out=tmp_path / "hasil")
    config.theme.dirs.insert(0, str(own))
    environment, found = config.theme.get_env(), []
    for loader in (environment.loader, _Listed(config.theme.dirs)):
        environment.loader, files = loader, Files([])
        files.add_files_from_theme(environment, config)
        found.append([file.src_uri for file in files])
    assert found[0] == found[1]
    assert "assets/a.js" in found[1] and not any("/." in f"/{name}" for name in found[1])
    assert _Listed([str(own)]).list_templates() == ["assets/a.js", "main.html"]
