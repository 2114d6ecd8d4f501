"""Hours of visitors in minutes: random touches on an exhibition's screen, with a clock that jumps. From the folder:

python -m benchmarks.kiosk kios/pameran-hari-kemerdekaan [touches]

Tells how often the screen asked and began anew, whether it ever stuck, and what it kept in memory.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDTH, HEIGHT = 1024, 768
EARLY, SEED = 500, 20261126
"""Touches after which the memory is taken for that of a screen in use; the seed of all chances."""

PAUSES = (0.3, 1, 4, 15, 140)
"""Seconds between touches; the longest is enough for a question and a reset."""

WEIGHTS = (40, 30, 20, 8, 2)


def touch_at_random(browser: Browser, folder: Path, touches: int) -> list[str]:
    """Return what became of a screen after so many touches, one sentence a line."""
    chance = random.Random(SEED)
    asked: list[str] = []
    page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, offline=True).new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(f"error: {error}"))
    page.clock.install()
    page.goto((folder / "MULAI.html").absolute().as_uri())
    tools = page.context.new_cdp_session(page)
    early = 0
    for number in range(1, touches + 1):
        page.mouse.click(chance.uniform(1, WIDTH - 1), chance.uniform(1, HEIGHT - 1))
        page.clock.run_for(int(chance.choices(PAUSES, WEIGHTS)[0] * 1000))
        if number == min(EARLY, touches):
            early = heap(tools)
    late = heap(tools)
    page.clock.run_for(600_000)
    page.wait_for_selector("#loop", state="visible")  # a reset after half an hour loads everything again
    counts = page.evaluate("KBP_COUNTS.get()")
    wrong = [one for one in asked if not one.startswith(("file:", "about:"))]
    page.context.close()
    return [
        f"{touches} touches: {counts['sessions']} sessions, {counts['resets']} resets, "
        f"{sum(counts['opened'].values())} pages opened",
        f"heap after {min(EARLY, touches)} touches {early / 1e6:.1f} MB, at the end {late / 1e6:.1f} MB, "
        f"ratio {late / early:.2f} (bar 1.20)",
        f"asked of a network or went wrong: {wrong}",
    ]


def heap(tools: CDPSession) -> int:
    """Return the bytes that scripts hold once what is not needed is gone."""
    tools.send("HeapProfiler.collectGarbage")
    return int(tools.send("Runtime.getHeapUsage")["usedSize"])


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = os.environ.get("KBP_CHROMIUM") or shutil.which("chromium")
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 5_000
        for sentence in touch_at_random(started, Path(sys.argv[1]), wanted):
            print(sentence)
        started.close()
