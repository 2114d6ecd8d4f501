// What would lead away from the screen or change it for good is closed: in the screen itself and in every page.
"use strict";

(function () {
  const KEYS = new Set(["ContextMenu", "BrowserBack", "BrowserForward", "BrowserHome", "BrowserRefresh", "BrowserSearch"]);
  const isFunction = (key) => /^F\d{1,2}$/.test(key);

  for (const name of ["contextmenu", "dragstart", "selectstart", "auxclick"]) {
    addEventListener(name, (event) => event.preventDefault(), { capture: true });
  }
  addEventListener("touchmove", (event) => event.touches.length > 1 && event.preventDefault(), { passive: false });
  addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), { passive: false });
  addEventListener("keydown", (event) => {
    const isCommand = event.ctrlKey || event.altKey || event.metaKey;
    if (event.altKey && event.key === "F4") return; // how staff closes the browser
    if (KEYS.has(event.key) || isFunction(event.key) || isCommand) event.preventDefault();
  }, { capture: true });
})();
