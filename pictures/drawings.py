"""Drawings of what editors see in programs that cannot be photographed here: a terminal, a text editor, VS Code.

Every word in them is an answer of the real program; only the windows around them are drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, SCALE = 420, 1.72
"""A drawing's width, and how much larger it is made: 722 pixels, sharp on a phone."""

STYLE = """
* { box-sizing: border-box; margin: 0; }
body { background: #fff; font: 12.5px/1.5 "DejaVu Sans Mono", "Noto Sans Mono", monospace; }
.bar { display: flex; gap: .5em; align-items: center; padding: .45em .8em; font: 12px/1.4 "Noto Sans", "DejaVu Sans",
  sans-serif; background: #e3e1dc; color: #333; }
.bar i { width: .8em; height: .8em; border-radius: 50%; background: #b5b1a8; }
.bar span { flex: 1; text-align: center; }
pre { font: inherit; padding: .7em .9em; white-space: pre-wrap; overflow-wrap: anywhere; }
.terminal { background: #1d2723; color: #e8ebe4; }
.terminal b { color: #ffd98a; }
.terminal .at { color: #86cfb6; }
.file { display: grid; grid-template-columns: 2.6em 1fr; padding: .6em 0; background: #fff; color: #1d2723; }
.file s { text-decoration: none; text-align: right; padding-right: .9em; color: #8a8f8c; }
.file div { white-space: pre-wrap; overflow-wrap: anywhere; padding-right: .6em; min-height: 1.5em; }
.remark { color: #6b7a72; }
.field { color: #1f5c4d; font-weight: bold; }
.wrong { text-decoration: underline wavy #c0392b 1.5px; text-underline-offset: .2em; }
.box { grid-column: 2; margin: .15em .8em .35em 0; border: 1px solid #b5b1a8; border-radius: 4px; background: #f6f5f1;
  box-shadow: 0 2px 6px #0003; font: 12px/1.5 "Noto Sans", "DejaVu Sans", sans-serif; }
.box p { padding: .1em .7em; display: flex; justify-content: space-between; gap: 1em; }
.box p:first-child { margin-top: .3em; }
.box p:last-child { margin-bottom: .3em; }
.box p.on { background: #cfe6dd; }
.box em { font-style: normal; color: #54605a; }
.box code { font: 11.5px "DejaVu Sans Mono", "Noto Sans Mono", monospace; background: #e3e1dc; padding: 0 .25em; }
"""


@dataclass(frozen=True)
class Note:
    """What VS Code shows below a line of a file: rows of a word and what it means, or paragraphs."""

    line: int
    rows: Sequence[tuple[str, str]]
    is_choice: bool = False


def terminal(title: str, typed: Iterable[tuple[str, str]]) -> str:
    """Return a terminal as HTML: commands, each with its answer."""
    said = "".join(
        f'<span class="at">situs-kami $</span> <b>{escape(command)}</b>\n{escape(answer)}' for command, answer in typed
    )
    return _page(title, f'<pre class="terminal">{said.rstrip()}</pre>')


def file(
    title: str, text: str, *, lines: range | None = None, notes: Sequence[Note] = (), wrong: Sequence[str] = ()
) -> str:
    """Return a file in an editor as HTML; ``wrong`` are words that the editor underlines, ``lines`` those shown."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if lines is None or number in lines:
            rows.append(f"<s>{number}</s><div>{_coloured(line, wrong)}</div>")
            rows.extend(_note(note) for note in notes if note.line == number)
    return _page(title, f'<div class="file">{"".join(rows)}</div>')


def _coloured(line: str, wrong: Sequence[str]) -> str:
    if line.lstrip().startswith("#"):
        return f'<span class="remark">{escape(line)}</span>'
    said = re.sub(r"^([ -]*)(\w+)(:)", r'\1<span class="field">\2</span>\3', escape(line, quote=False))
    for words in wrong:
        said = said.replace(words, f'<span class="wrong">{words}</span>')
    return said


def _note(note: Note) -> str:
    rows = "".join(
        f"<p{' class=on' if note.is_choice and not index else ''}><span>{_marked(word)}</span>"
        f"{f'<em>{_marked(meaning)}</em>' if meaning else ''}</p>"
        for index, (word, meaning) in enumerate(note.rows)
    )
    return f'<div class="box">{rows}</div>'


def _marked(words: str) -> str:
    """Return Markdown's simplest marks as HTML: what the language server writes in its explanations."""
    said = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(words, quote=False))
    return re.sub(r"^#+ (.+)", r"<strong>\1</strong>", said)


def _page(title: str, body: str) -> str:
    bar = f'<div class="bar"><i></i><i></i><i></i><span>{escape(title)}</span></div>'
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{bar}{body}"
