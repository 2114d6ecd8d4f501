"""An exhibition's screen, as visitors and staff meet it in a browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import FrameLocator, Locator, Page, expect

SMALL, TALL, LARGE = (1024, 768), (1080, 1920), (3840, 2160)
IDLE, COUNTDOWN = 60, 20
"""Seconds, as the full site's exhibition says."""

MM = 96 / 25.4
STORY = "Menengahi keluhan tentang parit & jalan"


class Screen:
    """A screen that was just switched on: its page, and what it asked for or complained of."""

    def __init__(self, page: Page, kiosk: Path) -> None:
        self.page = page
        self.kiosk = kiosk
        self.asked: list[str] = []
        self.told: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.told.append(str(error)))
        page.on("console", lambda said: self.told.append(said.text) if said.type == "error" else None)

    @property
    def frame(self) -> FrameLocator:
        """The page that is read."""
        return self.page.frame_locator("#frame")

    def switch_on(self) -> None:
        """Open the screen, with a clock that only goes when it is told to."""
        self.page.clock.install()
        self.page.goto((self.kiosk / "MULAI.html").as_uri())

    def ask_for_staff(self) -> None:
        """Tap the corner five times, and hold the last; as people do, again when a busy machine missed a tap."""
        staff = self.page.locator("#staff")
        for _ in range(3):
            self.page.mouse.move(20, 20)
            for _ in range(5):
                self.page.mouse.up()
                self.page.mouse.down()
            self.page.wait_for_timeout(50)  # a tap is told from one frame to another
            self.wait(1.1)
            self.page.mouse.up()
            if staff.is_visible():
                return
        expect(staff).to_be_visible()

    def enter(self, code: str) -> None:
        """Press the digits of a code for staff."""
        for digit in code:
            self.page.click(f"#staff-body .key:text-is('{digit}')")

    def open_staff(self) -> Locator:
        """Open the page for staff; returns what it says."""
        self.ask_for_staff()
        self.enter(self.page.evaluate("KBP.code"))
        return self.page.locator("#staff-body")

    def touch(self) -> None:
        """Touch the screen while slides take turns."""
        self.page.click(".invite")

    def read(self, title: str) -> None:
        """Open a page from the first screen."""
        self.page.click(f"#first button:has-text('{title}')")
        expect(self.frame.locator("h1")).to_contain_text(title)

    def wait(self, seconds: float) -> None:
        """Let time go by."""
        self.page.clock.run_for(int(seconds * 1000))

    def type(self, words: str) -> None:
        """Type on the screen's own keyboard."""
        for letter in words:
            name = "spasi" if letter == " " else letter
            self.page.click(f"#board .key:text-is('{name}')")
