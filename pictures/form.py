"""The web form in a real browser, with a site's folder chosen.

The folder that an editor would choose is the browser's own file system, filled with a site; nobody can click in the
browser's window for folders.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from playwright.sync_api import Locator, Page

from kbp_site.content.load import load
from kbp_site.editing.admin import FormHandler, FormServer, form_files

IN_FOLDER = """async (parts) => {
  let folder = await navigator.storage.getDirectory();
  for (const part of parts) folder = await folder.getDirectoryHandle(part, {create: true});
  return folder;
}"""
FILL = f"""async (files) => {{
  const inFolder = {IN_FOLDER};
  for (const [path, text] of Object.entries(files)) {{
    const parts = path.split("/");
    const file = await (await inFolder(parts.slice(0, -1))).getFileHandle(parts.at(-1), {{create: true}});
    const written = await file.createWritable();
    await written.write(text);
    await written.close();
  }}
  await inFolder([".git"]);
}}"""
READ = f"""async () => {{
  const found = {{}};
  const walk = async (folder, path) => {{
    for await (const [name, handle] of folder.entries()) {{
      if (handle.kind === "directory") await walk(handle, `${{path}}${{name}}/`);
      else {{
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        found[path + name] = btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
      }}
    }}
  }};
  await walk(await ({IN_FOLDER})(["content"]), "content/");
  return found;
}}"""


@contextmanager
def serving_form(root: Path, *, today: date) -> Iterator[str]:
    """Serve a site's form as `kbp admin` does, and give its address."""
    server = FormServer(("127.0.0.1", 0), partial(FormHandler, files=form_files(load(root, today=today).library)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def open_form(page: Page, address: str, root: Path) -> None:
    """Open the form, ready for the button that asks for a folder; the folder will be a site's."""
    page.add_init_script("window.showDirectoryPicker = () => navigator.storage.getDirectory()")
    page.goto(f"{address}admin/config.json")
    written = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.glob("content/**/*.yml")}
    page.evaluate(FILL, written)
    page.goto(f"{address}admin/")


def files_of(form: Page) -> dict[str, bytes]:
    """Return all files below `content/` as they stand in the folder that was chosen."""
    return {path: base64.b64decode(data) for path, data in form.evaluate(READ).items()}


def field(form: Page, name: str) -> Locator:
    """Return a field of the form, scrolled to: fields are made when they come into view."""
    found = form.locator(f'[data-key-path="{name}"]').first
    form.mouse.move(300, 500)
    for _ in range(40):
        if found.count():
            break
        form.mouse.wheel(0, 600)
        form.wait_for_timeout(50)
    return found
