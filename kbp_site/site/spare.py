"""A tree of before is brought up to date for the next one: folders and links made anew cost more than an edit does.

Nothing in it is trusted. What stays is the very file that a link would lead to, and all else goes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from kbp_site.content.shelves import NUMBER, Stamp
from kbp_site.site.standing import entries


def take_over(files: Mapping[str, Stamp], old: Path, site: Path, spare: Path) -> None:
    """Let files of an old site, and no others, stand in a new one: the same files where the disk can do that.

    ``files`` are their stamps by their names. ``site`` is new; ``spare`` becomes it where there is one. Raises
    `OSError` when the system fails.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    if spare.is_dir() and not spare.is_symlink():
        os.rename(spare, site)
    site.mkdir(exist_ok=True)
    stands, folders = sweep(site, files if files and are_on_one_disk(old, site) else {}), set[str]()
    for name in files:
        if name not in stands:
            if (folder := name.rpartition("/")[0]) not in folders:
                make_folder(f"{site}/{folder}")
                folders.add(folder)
            try:
                os.link(f"{old}/{name}", f"{site}/{name}")
            except OSError:
                shutil.copyfile(f"{old}/{name}", f"{site}/{name}")


def are_on_one_disk(one: Path, other: Path) -> bool:
    """Whether two folders stand on one disk; on two, different files may have one number."""
    return one.stat().st_dev == other.stat().st_dev


def make_folder(path: str) -> None:
    """Make a folder, and those above it where they are missing; most stand in one that is there."""
    try:
        os.mkdir(path)
    except OSError:
        os.makedirs(path, exist_ok=True)


def sweep(tree: Path, files: Mapping[str, Stamp]) -> set[str]:
    """Leave in a tree only those files that stand under the same name in another one, and return their names.

    ``files`` are the stamps of the other one's, on the same disk. A file is the same one there by its number, which
    a folder tells of each, so that none need be asked for itself.
    """
    found, folders = set[str](), list[tuple[str, str]]()
    for name, entry in list(entries(tree)):
        if name[-1] == "/":
            folders.append((name, entry.path))
        elif (stamp := files.get(name)) and stamp[NUMBER] == entry.inode():
            found.add(name)
        else:
            os.unlink(entry.path)
    needed = above(found)
    for name, path in reversed(folders):  # those within others come later
        if name not in needed:
            os.rmdir(path)
    return found


def above(names: Iterable[str]) -> set[str]:
    """Return all folders that files stand in ("a/b/c" → "a/", "a/b/")."""
    found = set[str]()
    for name in names:
        folder = name[: name.rfind("/") + 1]
        while folder and folder not in found:
            found.add(folder)
            folder = folder[: folder.rfind("/", 0, -1) + 1]
    return found


def keep(tree: Path, spare: Path, files: Mapping[str, Stamp]) -> bool:
    """Keep a tree as the spare one, with nothing in it but files that stand in a site, by their stamps there.

    So nothing stays that was taken back. Where it cannot be kept, it is removed: then those files stand otherwise
    than they did, with a link less. Return whether it was kept.
    """
    forget(spare)
    try:
        sweep(tree, files)
        spare.parent.mkdir(parents=True, exist_ok=True)
        os.rename(tree, spare)
    except OSError:
        forget(tree)
        return False
    return True


def forget(spare: Path) -> None:
    """Remove a spare tree, whatever stands in its place."""
    if spare.is_symlink():
        spare.unlink()
    shutil.rmtree(spare, ignore_errors=True)
