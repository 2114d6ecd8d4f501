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
  for (const name of ["contextmenu", "dragstart", "selectstart", "auxclick"]) {
    addEventListener(name, (event) => event.preventDefault(), { capture: true });
  }
  addEventListener("touchmove", (event) => event.touches.length > 1 && event.preventDefault(), { passive: false });

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
    for (const name of ["play", "pause", "ended"]) {
      media.addEventListener(name, () => tell({ kbp: "media", playing: !media.paused && !media.ended }));
    }
  }

  addEventListener("message", (event) => {
    if (event.source !== shell || !event.data) return;
    const { kbp, ...rest } = event.data;
    if (kbp === "ping") tell({ kbp: "pong", n: rest.n });
    else if (kbp === "top") scrollTo(0, 0);
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
