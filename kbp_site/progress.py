"""How far long work has come, for who watches it in a terminal: a line that moves and then is gone."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn

from kbp_site.locale import Language, Text


class Line:
    """A line that says what is being done, and how much of it is done where that is known."""

    def __init__(self, file: TextIO, language: Language) -> None:
        """Stand in a terminal, and speak a language."""
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
        self._progress = Progress(*columns, console=Console(file=file), transient=True)
        self._language = language

    def begin(self, what: Text) -> None:
        """Show a step that begins."""
        self._progress.add_task(what.say(self._language), total=None)
        self._progress.start()

    def advance(self, done: int, total: int) -> None:
        """Show how many parts of the step are done."""
        for task in self._progress.task_ids:
            self._progress.update(task, completed=done, total=total)

    def end(self) -> None:
        """Take the line away."""
        self._progress.stop()
        for task in self._progress.task_ids:
            self._progress.remove_task(task)
