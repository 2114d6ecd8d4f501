"use strict";
// A field that leaves of the list what holds the words, and lines that open where a link leads. Without it everything
// can be read: the list's lines open by themselves.
(() => {
  const parts = [...document.querySelectorAll(".one-part")];
  const plain = (words) => words.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const said = new Map(parts.map((part) => [part, plain(part.textContent)]));
  const filter = document.querySelector(".one-filter");
  const field = filter.querySelector("input");
  const status = filter.querySelector("[role=status]");

  const narrow = () => {
    const asked = plain(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const part of parts) {
      part.hidden = !asked.every((word) => said.get(part).includes(word));
      if (!part.hidden) count += 1;
    }
    for (const section of document.querySelectorAll("main > section")) {
      section.hidden = !section.querySelector(".one-part:not([hidden])");
    }
    const words = count ? status.dataset.found.replace("{count}", count) : status.dataset.nothing;
    status.textContent = asked.length ? words : "";
  };

  const show = (id) => {
    const target = id && document.getElementById(id);
    const part = target && target.closest(".one-part");
    if (!part) return;
    if (part.hidden) {
      field.value = "";
      narrow();
    }
    part.open = true;
    (target.tagName === "ARTICLE" ? part : target).scrollIntoView();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    const part = link.closest(".one-part");
    if (!link.closest(".one-close")) {
      setTimeout(show, 0, link.hash.slice(1));
      return;
    }
    event.preventDefault();
    part.open = false;
    part.querySelector("summary").focus({ preventScroll: true });
    part.scrollIntoView({ block: "nearest" });
  });
  addEventListener("hashchange", () => show(location.hash.slice(1)));
  addEventListener("beforeprint", () => parts.forEach((part) => (part.open = true)));
  field.addEventListener("input", narrow);
  filter.hidden = false;
  show(location.hash.slice(1));
})();
