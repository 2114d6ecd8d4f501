"""How the code must read: sizes, names, doors, and a test for each module."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from copies import PROJECT, TESTS

HOUSE = PROJECT / "kbp_site"
MODULES = sorted(HOUSE.rglob("*.py"))
MODULE_LIMIT, FUNCTION_LIMIT = 400, 60
MODULE_MEDIAN = 130
VAGUE = re.compile(r"(^|_)(utils?|helpers?|commons?|misc)(_|$)")

DOORS = {
    "yaml": {"content/source.py", "site/settings.py"},
    "jinja2": {
        "pages/render.py",
        "kiosk/templates.py",
        "site/host.py",
    },  # the host only names the type of its own templates
    "markupsafe": {"pages/render.py"},
    "mkdocs": {
        "mkdocs_plugin.py",
        "site/build.py",
        "site/frame.py",
        "site/host.py",
        "site/parcels.py",
        "site/record_page.py",
        "site/reuse.py",
        "site/seal.py",
    },
    "click": {"cli.py", "cli_editions.py", "cli_import.py", "cli_releases.py", "cli_site.py", "command.py"},
    "pydantic": {
        "content/load.py",
        "content/records/",
        "content/explain.py",
        # These only name the types that they are given.
        "content/checks/translations.py",
        "editing/reference.py",
        "editing/form_fields.py",
        "editing/scaffold.py",
        "editing/schema.py",
    },
    "pydantic_core": {"content/explain.py", "content/records/"},
    "markdown": {"content/markup.py", "mkdocs_plugin.py"},
    "nh3": {"content/markup.py"},
    "selectolax": {
        "kiosk/carried.py",
        "kiosk/crawl.py",
        "kiosk/onefile.py",
        "kiosk/pages.py",
        "site/gate.py",
        "site/foreign.py",
    },
    "PIL": {
        "content/pictures.py",
        "outputs/clean_pictures.py",
        "outputs/covers.py",
        "outputs/drawing.py",
        "outputs/icons.py",
        "outputs/images.py",
        "outputs/likeness.py",
    },
    "pi_heif": {"outputs/clean_pictures.py"},
    "mammoth": {"editing/imports/word_text.py"},
    "markdownify": {"editing/imports/word_text.py"},
    "openpyxl": {"editing/imports/cells.py", "editing/imports/sheet.py", "editing/imports/tables.py"},
    "zxingcpp": {"pages/qr.py"},
    "libzim": {"kiosk/zim.py", "kiosk/zim_items.py"},
    "distributed": {"site/cluster.py"},
    "filelock": {"site/publish.py"},
    "rich": {"progress.py"},
    "cbor2": {"site/search_words.py"},
    "pagefind_bin": {"site/search_piece.py"},
    "snowballstemmer": {"outputs/families.py"},
    "babel": {"locale/", "content/dates.py", "pages/parts.py"},
}
"""Where each outside library enters: a module, or a folder of them."""

TESTED_WITH = {
    "site/programs.py": "gate",
    "site/record_page.py": "ready",
    "kiosk/press/documents.py": "printing",
    "kiosk/press/fitting.py": "printing",
    "kiosk/press/pictures.py": "printing",
    "kiosk/press/told.py": "printing",
    "kiosk/press/typeset.py": "printing",
    "content/explain.py": "slips",
    "content/marks.py": "source",
    "content/rows.py": "slips",
    "content/text_files.py": "source",
    "content/as_read.py": "privacy",
    "content/identity.py": "privacy",
    "content/personal.py": "privacy",
    "content/picture_parts.py": "pictures",
    "site/readable.py": "trace",
    "site/subject.py": "trace",
    "site/live_page.py": "preview",
    "site/preview_server.py": "preview",
    "site/showing.py": "preview",
}
"""Modules that are parts of another, and tested with it."""


def names_of(modules: list[Path]) -> list[str]:
    """Return modules' names below the house."""
    return [module.relative_to(HOUSE).as_posix() for module in modules]


@cache
def tree_of(module: Path) -> ast.Module:
    """Return a module as Python reads it."""
    return ast.parse(module.read_text("utf-8"))


def functions_of(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function, methods and inner ones too."""
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the top names of all that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]


NAMED = list(zip(names_of(MODULES), MODULES, strict=True))


def test_modules_open_with_their_job() -> None:
    said = {name: ast.get_docstring(tree_of(module)) or "" for name, module in NAMED}
    assert [name for name, words in said.items() if not words.partition("\n\n")[0].rstrip().endswith(".")] == []


def test_modules_are_short() -> None:
    lengths = {name: len(module.read_text("utf-8").splitlines()) for name, module in NAMED}
    assert {name: length for name, length in lengths.items() if length > MODULE_LIMIT} == {}


def test_functions_are_short() -> None:
    lengths = {
        (name, node.name): (node.end_lineno or 0) - node.lineno + 1
        for name, module in NAMED
        for node in functions_of(tree_of(module))
    }
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LIMIT} == {}


def test_names_say_what_something_is() -> None:
    vague = [name for name, _ in NAMED if any(map(VAGUE.search, Path(name).with_suffix("").parts))]
    assert vague == []


def test_imports_stand_at_the_top() -> None:
    for name, module in NAMED:
        tree = tree_of(module)
        top = {id(node) for node in tree.body}
        imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
        assert [(name, node.lineno) for node in imports if id(node) not in top] == []
        assert "TYPE_CHECKING" not in module.read_text("utf-8"), name


def test_public_functions_say_what_they_do() -> None:
    silent = [
        (name, node.name)
        for name, module in NAMED
        for node in tree_of(module).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_libraries_enter_by_their_door() -> None:
    strange = {
        (name, library)
        for name, module in NAMED
        for library in set(imported(tree_of(module))) & set(DOORS)
        if not name.startswith(tuple(DOORS[library]))
    }
    assert strange == set()


def test_every_door_is_used() -> None:
    used = {name: set(imported(tree_of(module))) for name, module in NAMED}
    unused = {
        (library, door)
        for library, doors in DOORS.items()
        for door in doors
        if not any(name.startswith(door) and library in libraries for name, libraries in used.items())
    }
    assert unused == set()


def test_most_modules_are_shorter_still() -> None:
    lengths = sorted(len(module.read_text("utf-8").splitlines()) for module in MODULES if module.name != "__init__.py")
    assert lengths[len(lengths) // 2] <= MODULE_MEDIAN


def test_most_functions_are_short() -> None:
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1 for module in MODULES for node in functions_of(tree_of(module))
    )
    assert lengths[len(lengths) // 2] <= 12


def test_the_tests_mirror_the_house() -> None:
    """Every module of `content/` and `site/` has a test module of its name, below a folder of the same name."""
    modules = [module for folder in ("content", "site") for module in sorted((HOUSE / folder).glob("*.py"))]
    missing = []
    for module, name in zip(modules, names_of(modules), strict=True):
        test = TESTS / module.parent.name / f"test_{TESTED_WITH.get(name, module.stem)}.py"
        if module.name != "__init__.py" and not test.is_file():
            missing.append(name)
    assert missing == []


def test_no_two_test_modules_share_a_name() -> None:
    names = [path.name for path in TESTS.rglob("*.py") if path.name != "conftest.py"]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
