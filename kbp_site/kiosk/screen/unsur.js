// Elements, buttons and codes to scan, made by name: what both the screen and its page for staff are built of.
"use strict";

var KBP_MAKE = (function () {
  const SVG = "http://www.w3.org/2000/svg";
  const QUIET = 4; // modules around a code (ISO/IEC 18004)

  function element(tag, words, attributes, children) {
    const made = document.createElement(tag);
    if (words) made.textContent = words;
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    made.append(...(children || []));
    return made;
  }

  function button(words, act, attributes, children) {
    const made = element("button", words, { type: "button", ...attributes }, children);
    made.addEventListener("click", act);
    return made;
  }

  // A code as a picture: its size in modules, and the path of its dark ones, a module wide.
  function drawCode([size, path], words) {
    const box = document.createElementNS(SVG, "svg");
    box.setAttribute("viewBox", `0 0 ${size} ${size}`);
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", words);
    const dark = document.createElementNS(SVG, "path");
    dark.setAttribute("d", path);
    box.append(dark);
    return box;
  }

  // The size and path of a code that no build could know.
  function encode(words) {
    const code = qrcode(0, "L");
    code.addData(words, "Byte");
    code.make();
    const size = code.getModuleCount();
    let path = "";
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) if (code.isDark(y, x)) path += `M${x + QUIET} ${y + QUIET}.5h1`;
    }
    return [size + 2 * QUIET, path];
  }

  return { element, button, drawCode, encode };
})();
