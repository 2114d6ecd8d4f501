// The search of the screen: its own keyboard, one of the stand's if there is any, and what was found.
// Given what the screen knows: say, language, row (a result as a row), isOpen (whether the search is what is seen).
"use strict";

var KBP_TYPING = function ({ say, language, row, isOpen }) {
  const { element, button } = KBP_MAKE;
  const LETTERS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
  const DIGITS = ["1234567890"];
  const LONGEST = 40; // letters of a search
  const SHOWN = 30; // results

  const $ = (selector) => document.querySelector(selector);
  let typed = "";
  let isNumeric = false;

  function showBoard() {
    const key = (words, act, kind) => button(words, act, { class: `key${kind ? ` key--${kind}` : ""}` });
    const rows = (isNumeric ? DIGITS : LETTERS).map((line) => Array.from(line, (sign) => key(sign, () => type(typed + sign))));
    rows[rows.length - 1].push(key(say("delete"), () => type(typed.slice(0, -1)), "wide"));
    rows.push([
      key(isNumeric ? "ABC" : "123", turn, "wide"),
      key(say("space"), () => type(`${typed} `), "space"),
      key(say("clear"), () => type(""), "wide"),
    ]);
    $("#board").replaceChildren(...rows.map((keys) => element("p", "", { class: "line" }, keys)));
  }

  function turn() {
    isNumeric = !isNumeric;
    showBoard();
  }

  function type(words) {
    typed = words.replace(/^ +/, "").replace(/ {2,}/g, " ").slice(0, LONGEST);
    showFound();
  }

  function typeByHand(event) {
    if (!isOpen() || event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^[\p{L}\p{N}]$/u.test(event.key) || (event.key === " " && event.target === $("#typed"))) type(typed + event.key.toLowerCase());
    else if (event.key === "Backspace") type(typed.slice(0, -1));
    else if (event.key === "Escape") type("");
    else if (event.key === "Enter" && event.target === $("#typed") && $("#found button")) $("#found button").click();
    else return;
    event.preventDefault();
  }

  function showFound() {
    const found = typed.trim() ? KBP_SEARCH.search(language(), typed).slice(0, SHOWN) : [];
    $("#typed").textContent = typed || say("type");
    $("#typed").setAttribute("aria-label", say("search"));
    $("#typed").classList.toggle("empty", !typed);
    $("#count").textContent = !typed.trim() ? "" : found.length ? say("found", { count: found.length }) : say("nothing");
    $("#found").replaceChildren(...found.map((one) => row(one.title, one.kind, one.page)));
    $("#found").scrollTo(0, 0);
  }

  addEventListener("keydown", typeByHand);

  return {
    // In the language of now.
    show() {
      showBoard();
      showFound();
    },
    forget() {
      typed = "";
      isNumeric = false;
    },
  };
};
