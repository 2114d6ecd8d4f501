// In every page of the stick: tells the screen around it what happens, and leaves links to it.
"use strict";

(function () {
  const shell = window.parent;
  if (shell === window) return; // opened by itself: links work as links
  const tell = (message) => shell.postMessage(message, "*");
  const file = document.body.dataset.file;
  let told = 0;

  function touch() {
    const now = Date.now();
    if (now - told > 1000) {
      told = now;
      tell({ kbp: "touch" });
    }
  }
  for (const name of ["pointerdown", "keydown", "wheel", "scroll", "touchmove"]) {
    addEventListener(name, touch, { passive: true, capture: true });
  }
  // Staff taps a corner; what to make of it is the screen's to know.
  const CORNER = 18; // mm
  const isCorner = (event) => {
    const mm = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--mm"));
    return Math.max(event.clientX, event.clientY) < CORNER * mm;
  };
  addEventListener("pointerdown", (event) => isCorner(event) && tell({ kbp: "corner", down: true }), { capture: true });
  for (const name of ["pointerup", "pointercancel"]) {
    addEventListener(name, (event) => isCorner(event) && tell({ kbp: "corner", down: false }), { capture: true });
  }
  // How far it was read, for whoever comes back to it.
  let waits = 0;
  addEventListener("scroll", () => {
    clearTimeout(waits);
    waits = setTimeout(() => tell({ kbp: "at", y: scrollY }), 150);
  }, { passive: true });

  function press(event) {
    const link = event.target.closest && event.target.closest("a");
    if (!link) return;
    if (link.dataset.out) {
      event.preventDefault();
      tell({ kbp: "out", href: link.dataset.out, words: link.textContent.trim() });
    } else if (link.getAttribute("href") && !link.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      const base = location.href.slice(0, location.href.length - location.hash.length);
      const root = base.slice(0, base.length - file.length);
      if (link.href.startsWith(root)) tell({ kbp: "go", page: decodeURI(link.href.slice(root.length)) });
    }
  }
  addEventListener("click", press, { capture: true });
  addEventListener("keydown", (event) => event.key === "Enter" && press(event), { capture: true });

  for (const media of document.querySelectorAll("audio, video")) {
    for (const name of ["play", "pause", "ended", "error", "emptied"]) {
      media.addEventListener(name, () => tell({ kbp: "media", playing: !media.paused && !media.ended }));
    }
  }

  addEventListener("message", (event) => {
    if (event.source !== shell || !event.data) return;
    const { kbp, ...rest } = event.data;
    if (kbp === "ping") tell({ kbp: "pong", n: rest.n });
    else if (kbp === "to") scrollTo({ top: rest.y, behavior: "instant" });
    else if (kbp === "look") {
      const root = document.documentElement;
      root.style.setProperty("--mm", `${rest.mm}px`);
      root.style.fontSize = `${rest.base * rest.size}%`;
      root.classList.toggle("contrast", rest.contrast);
      root.classList.toggle("large", rest.size > 100);
    }
  });
  tell({ kbp: "here", page: file, title: document.title, language: document.documentElement.lang });
})();
