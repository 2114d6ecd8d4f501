// Light or dark as the reader chose, before anything is drawn; and menus that close by themselves.
// Everything on the site works without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("kbp-scripts"); // for styles: what only scripts make work is not shown without them
  const KEY = "kbp-tampilan";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // a browser that forbids storage still gets the system's choice
    }
  };
  const isDark = () => (root.dataset.kbpScheme ? root.dataset.kbpScheme === "dark" : dark.matches);
  const chosen = remembered();
  if (chosen === "dark" || chosen === "light") root.dataset.kbpScheme = chosen;

  document.addEventListener("DOMContentLoaded", () => {
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
      try {
        localStorage.setItem(KEY, root.dataset.kbpScheme);
      } catch {
        // forbidden: the choice holds for this page only
      }
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
