// Light or dark as the reader chose, before anything is drawn; menus that close by themselves; and the worker
// that keeps the site for days without a connection.
// Everything on the site works without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("kbp-scripts"); // for styles: what only scripts make work is not shown without them
  const WORKER = new URL("../../sw.js", document.currentScript.src);
  const KEY = "kbp-tampilan";
  const LATER = "kbp-nanti";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // A browser may forbid storage: then nothing is remembered, and everything else works. Even naming it may fail.
  const remember = (storage, key, value) => {
    try {
      if (value) window[storage].setItem(key, value);
      return window[storage].getItem(key);
    } catch {
      return null;
    }
  };
  const isDark = () => (root.dataset.kbpScheme ? root.dataset.kbpScheme === "dark" : dark.matches);
  const chosen = remember("localStorage", KEY);
  if (chosen === "dark" || chosen === "light") root.dataset.kbpScheme = chosen;

  // Every page that is opened is kept; a new release waits until the reader lets it in.
  async function keepSite(bar) {
    const workers = navigator.serviceWorker;
    const isFirst = !workers.controller;
    let isWanted = false;
    workers.addEventListener("controllerchange", () => {
      bar.hidden = true;
      if (isWanted) location.reload();
      // The first page was opened before there was a worker to keep it.
      else if (isFirst) for (const url of [location.href, ...pictures()]) fetch(url).catch(() => {});
    });
    const registration = await workers.register(WORKER);
    const offer = () => {
      bar.hidden = !registration.waiting || !workers.controller || Boolean(remember("sessionStorage", LATER));
    };
    const [load, later] = bar.querySelectorAll("button");
    load.addEventListener("click", () => {
      isWanted = true;
      if (registration.waiting) registration.waiting.postMessage("ambil-alih");
      else location.reload();
    });
    later.addEventListener("click", () => {
      bar.hidden = true;
      remember("sessionStorage", LATER, "ya");
    });
    registration.addEventListener("updatefound", () => registration.installing.addEventListener("statechange", offer));
    offer();
  }
  const pictures = () => [...document.images].map((image) => image.currentSrc).filter(Boolean);

  document.addEventListener("DOMContentLoaded", () => {
    const bar = document.querySelector(".kbp-release p");
    if (bar && navigator.serviceWorker && location.protocol !== "file:") {
      addEventListener("load", () => keepSite(bar).catch(() => {})); // storage may be forbidden
    }
    const button = document.querySelector(".kbp-button--scheme");
    const menu = document.getElementById("kbp-menu");
    const sections = [...document.querySelectorAll(".kbp-menu details")];
    const name = () => {
      const words = isDark() ? button.dataset.light : button.dataset.dark;
      button.setAttribute("aria-label", words);
      button.title = words;
    };
    name();
    button.hidden = false;
    dark.addEventListener("change", name);
    button.addEventListener("click", () => {
      root.dataset.kbpScheme = isDark() ? "light" : "dark";
      remember("localStorage", KEY, root.dataset.kbpScheme);
      name();
    });
    document.addEventListener("click", (event) => {
      for (const section of sections) if (!section.contains(event.target)) section.open = false;
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const open = sections.find((section) => section.open);
      if (open) {
        open.open = false;
        open.firstElementChild.focus();
      } else if (menu.checked) {
        menu.checked = false;
        menu.focus();
      }
    });
  });
})();
