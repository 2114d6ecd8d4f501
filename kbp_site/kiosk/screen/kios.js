// The screen: what takes turns while nobody is there, what visitors choose from, and the way back to the beginning.
// All state is in this page; pages in its frame only tell what happens in them (halaman.js).
"use strict";

(function () {
  const SLIDE = 8000; // ms
  const PING = 10000; // ms between two questions to the page in the frame
  const MISSES = 2; // unanswered ones, after which the page is loaded again
  const RELOAD = 30 * 60 * 1000; // ms after which a reset loads everything again
  const HOLD = 1000; // ms that the last tap in the corner is held
  const TAPS = 5;
  const CARD = 85.6; // mm, the width of a bank card (ISO/IEC 7810, ID-1)
  const MM = 96 / 25.4; // CSS pixels of a millimetre, before somebody has measured

  const $ = (selector) => document.querySelector(selector);
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const first = KBP.languages[0];
  const born = Date.now();
  const state = { language: first, size: 100, contrast: false, view: "start", page: "", past: [], mm: MM };
  let timers = {};
  let left = 0;
  let playing = false;
  let slide = 0;
  let asked = 0;
  let missed = 0;
  let loaded = false;

  const say = (name, values) => {
    let words = (KBP_WORDS[state.language] || KBP_WORDS[first])[name];
    for (const [key, value] of Object.entries(values || {})) words = words.replace(`{${key}}`, value);
    return words;
  };
  const said = (texts) => texts[state.language] || texts[first] || "";
  const day = (iso) =>
    new Date(`${iso}T00:00:00`).toLocaleDateString(state.language, { day: "numeric", month: "long", year: "numeric" });

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

  // ---- What is seen ----

  function translate() {
    document.documentElement.lang = state.language;
    document.title = said(KBP.title);
    for (const node of all("[data-say]")) node.textContent = say(node.dataset.say);
    for (const node of all("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
    $("#frame").title = say("reading");
    $("#start h1").textContent = said(KBP.title);
    $("#start .welcome").textContent = said(KBP.welcome);
    $("#tiles").replaceChildren(...KBP.tiles.map(tile));
    $("#first").replaceChildren(...KBP.first.map((card) => row(said(card.title), said(card.kind), said(card.page))));
    showLetters();
    showBoard();
    showFound();
    for (const node of all("[data-language]")) node.setAttribute("aria-pressed", node.dataset.language === state.language);
  }

  function tile(topic) {
    const words = [element("strong", said(topic.title))];
    if (topic.count) words.push(element("span", say("stories", { count: topic.count })));
    return element("li", "", {}, [button("", () => go(said(topic.page)), {}, words)]);
  }

  function row(title, kind, page) {
    return element("li", "", {}, [button("", () => go(page), {}, [element("strong", title), element("span", kind)])]);
  }

  function showLetters() {
    const letters = KBP.letters[state.language] || KBP.letters[first];
    $("#letter-keys").replaceChildren(
      ...letters.map(([letter]) =>
        button(letter, () => $(`#letter-${CSS.escape(letter)}`).scrollIntoView({ block: "start" }), { class: "key" }),
      ),
    );
    $("#letter-lists").replaceChildren(
      ...letters.map(([letter, items]) =>
        element("section", "", { id: `letter-${letter}` }, [
          element("h2", letter),
          element("ul", "", { class: "rows" }, items.map((item) => row(item.title, item.kind, item.page))),
        ]),
      ),
    );
  }

  function look() {
    const root = document.documentElement;
    root.style.setProperty("--mm", `${state.mm}px`);
    root.style.setProperty("--size", state.size / 100);
    root.classList.toggle("contrast", state.contrast);
    $("#contrast").setAttribute("aria-pressed", state.contrast);
    for (const node of all("[data-size]")) node.setAttribute("aria-pressed", Number(node.dataset.size) === state.size);
    const base = Math.max(1.25, Math.min(innerWidth, innerHeight) / 900);
    root.style.setProperty("--base", base);
    tell({ kbp: "look", size: state.size, contrast: state.contrast, mm: state.mm, base });
  }

  function show(view) {
    state.view = view;
    for (const node of all("[data-view]")) node.hidden = node.dataset.view !== view;
    for (const [id, name] of [["#home", "start"], ["#to-search", "search"], ["#to-letters", "letters"]]) {
      $(id).toggleAttribute("aria-current", view === name);
    }
    $("#back").disabled = !state.past.length;
    if (view !== "reader") $(`#${view}`).scrollTop = 0;
  }

  // ---- Where somebody goes ----

  const here = () => ({ view: state.view, page: state.page });

  function turn(view) {
    if (view === state.view) return;
    state.past.push(here());
    if (view !== "reader") state.page = "";
    show(view);
  }

  function open(page) {
    state.page = page;
    missed = 0;
    loaded = false;
    $("#cover").textContent = say("loading");
    $("#cover").hidden = false;
    $("#frame").contentWindow.location.replace(new URL(page, location.href).href);
    show("reader");
  }

  function go(page) {
    const file = page.split("#")[0];
    if (!(file in KBP.titles)) return;
    state.past.push(here());
    if (state.past.length > 200) state.past.shift();
    open(page);
    KBP_COUNTS.opened(KBP.titles[file]);
  }

  function back() {
    const before = state.past.pop();
    if (!before) return;
    if (before.view === "reader") open(before.page);
    else {
      state.page = "";
      show(before.view);
    }
  }

  function choose(language) {
    if (language === state.language) return;
    state.language = language;
    KBP_COUNTS.language(language);
    translate();
    const twin = (KBP.twins[state.page.split("#")[0]] || {})[language];
    if (state.view === "reader" && twin) open(twin);
  }

  // ---- Search ----

  const LETTERS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
  let typed = "";

  function showBoard() {
    const key = (words, act, kind) => button(words, act, { class: `key${kind ? ` key--${kind}` : ""}` });
    const add = (letter) => () => type(typed.length < 40 ? typed + letter : typed);
    const rows = LETTERS.map((line) => Array.from(line, (letter) => key(letter, add(letter))));
    rows[2].push(key(say("delete"), () => type(typed.slice(0, -1)), "wide"));
    rows.push([key(say("space"), add(" "), "space")]);
    $("#board").replaceChildren(...rows.map((keys) => element("p", "", { class: "line" }, keys)));
  }

  function type(words) {
    typed = words.replace(/^ +| {2,}/g, "");
    showFound();
  }

  function showFound() {
    const found = typed.trim() ? KBP_SEARCH.search(state.language, typed).slice(0, 30) : [];
    $("#typed").textContent = typed || say("type");
    $("#typed").setAttribute("aria-label", say("search"));
    $("#typed").classList.toggle("empty", !typed);
    $("#count").textContent = !typed.trim() ? "" : found.length ? say("found", { count: found.length }) : say("nothing");
    $("#found").replaceChildren(...found.map((one) => row(one.title, one.kind, one.page)));
    $("#found").scrollTop = 0;
  }

  // ---- Outside links ----

  // A code as a picture: its size in modules, and the path of its dark ones, a module wide.
  function draw([size, path], words) {
    const box = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    box.setAttribute("viewBox", `0 0 ${size} ${size}`);
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", words);
    const dark = document.createElementNS("http://www.w3.org/2000/svg", "path");
    dark.setAttribute("d", path);
    box.append(dark);
    return box;
  }

  function scan(address) {
    const code = KBP.codes[address];
    if (!code) return;
    $("#scan .code").replaceChildren(draw(code, address));
    $("#scan .address").textContent = address.replace(/^https?:\/\//, "");
    openDialog("#scan");
  }

  function openDialog(id) {
    if (!$(id).open) $(id).showModal();
  }

  function closeDialogs() {
    for (const dialog of all("dialog[open]")) dialog.close();
  }

  // ---- While nobody is there ----

  function wait() {
    clearTimeout(timers.idle);
    clearInterval(timers.count);
    if ($("#idle").open) $("#idle").close();
    if (!$("#loop").hidden || playing) return;
    timers.idle = setTimeout(ask, KBP.idle * 1000);
  }

  function ask() {
    left = KBP.countdown;
    const tick = () => ($("#idle-words").textContent = say("leaving", { count: left }));
    tick();
    openDialog("#idle");
    $("#stay").focus();
    timers.count = setInterval(() => {
      left -= 1;
      tick();
      if (left <= 0) reset();
    }, 1000);
  }

  function reset() {
    clearTimeout(timers.idle);
    clearInterval(timers.count);
    closeDialogs();
    KBP_COUNTS.reset();
    if (Date.now() - born > RELOAD) return location.reload();
    state.language = first;
    Object.assign(state, { size: 100, contrast: false, page: "", past: [] });
    typed = "";
    playing = false;
    $("#frame").contentWindow.location.replace("about:blank");
    loaded = false;
    translate();
    look();
    show("start");
    for (const view of all(".view")) view.scrollTop = 0;
    startLoop();
  }

  function startLoop() {
    if (!KBP.slides.length) return;
    slide = 0;
    $("#loop").hidden = false;
    showSlide();
    clearInterval(timers.loop);
    timers.loop = setInterval(() => {
      slide = (slide + 1) % KBP.slides.length;
      showSlide();
    }, SLIDE);
  }

  function showSlide() {
    const one = KBP.slides[slide];
    const parts = [
      element("span", said(one.kind), { class: "slide-kind" }),
      element("strong", said(one.title)),
      element("span", said(one.summary), { class: "slide-summary" }),
    ];
    const words = element("span", "", { class: "slide-words" }, parts);
    const shown = element("span", "", { class: `slide slide--${slide % 4}` }, [words]);
    if (one.picture) shown.prepend(element("img", "", { src: one.picture, alt: one.alt }));
    const before = $("#loop .slide");
    $("#loop .slides").replaceChildren(...(before ? [before, shown] : [shown]));
    requestAnimationFrame(() => requestAnimationFrame(() => shown.classList.add("here")));
    if (before) setTimeout(() => before.remove(), 1500);
  }

  function begin(toSlide) {
    clearInterval(timers.loop);
    $("#loop").hidden = true;
    $("#loop .slides").replaceChildren();
    KBP_COUNTS.session();
    show("start");
    const page = toSlide && said(KBP.slides[slide].page);
    if (page) go(page);
    else $("#home").focus();
    wait();
  }

  // ---- The page in the frame ----

  function tell(message) {
    const there = $("#frame").contentWindow;
    if (there) there.postMessage(message, "*");
  }

  addEventListener("message", (event) => {
    if (event.source !== $("#frame").contentWindow || !event.data) return;
    const message = event.data;
    if (message.kbp === "touch") wait();
    else if (message.kbp === "go") go(message.page), wait();
    else if (message.kbp === "out") scan(message.href), wait();
    else if (message.kbp === "pong" && message.n === asked) missed = 0;
    else if (message.kbp === "media") (playing = message.playing), wait();
    else if (message.kbp === "here") {
      loaded = true;
      missed = 0;
      $("#cover").hidden = true;
      look();
    }
  });

  // A page that does not answer is made anew, frame and all: one that hangs would not let itself be replaced.
  function watch() {
    if (state.view !== "reader") return;
    if (missed >= MISSES) {
      const fresh = $("#frame").cloneNode();
      $("#frame").replaceWith(fresh);
      const page = state.page;
      missed = 0;
      loaded = false;
      if (watch.again === page) {
        $("#cover").textContent = say("broken");
        $("#cover").hidden = false;
        watch.again = "";
        state.page = "";
        show("start");
        return;
      }
      watch.again = page;
      open(page);
      return;
    }
    missed += 1;
    asked += 1;
    tell({ kbp: "ping", n: asked });
  }

  // ---- Staff ----

  let taps = [];
  let held = 0;

  function tap() {
    const now = Date.now();
    taps = taps.filter((time) => now - time < 6000).concat(now);
    clearTimeout(held);
    if (taps.length >= TAPS) held = setTimeout(askCode, HOLD);
  }

  function askCode() {
    taps = [];
    let code = "";
    const shown = element("p", "", { class: "field", role: "status" });
    const keys = element("div", "", { class: "keys keys--code" });
    const press = (digit) => () => {
      code = (code + digit).slice(-4);
      shown.textContent = "•".repeat(code.length);
      if (code.length === 4 && code === KBP.code) showStaff();
      else if (code.length === 4) (shown.textContent = say("wrong_code")), (code = "");
    };
    for (const digit of "1234567890") keys.append(button(digit, press(digit), { class: "key" }));
    $("#staff-body").replaceChildren(element("p", say("staff_code")), shown, keys);
    openDialog("#staff");
  }

  function showStaff() {
    const counts = KBP_COUNTS.get();
    const isOld = new Date().toISOString().slice(0, 10) > KBP.expires;
    const table = (title, group) =>
      Object.keys(group).length
        ? [element("h3", title), element("table", "", {}, Object.entries(group).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 50).map(([name, count]) => element("tr", "", {}, [element("th", name, { scope: "row" }), element("td", String(count))])))]
        : [];
    $("#staff-body").replaceChildren(
      element("p", `${said(KBP.title)} · ${say("version", { day: day(KBP.version) })} · ${KBP.build}`),
      element("p", say(isOld ? "expired" : "expires", { day: day(KBP.expires) }), { class: isOld ? "old" : "" }),
      element("p", "", { class: "buttons" }, [
        button(say("calibrate"), calibrate),
        button(say("test"), test),
        button(say("save_csv"), saveCounts),
        button(say("counts_code"), showCode),
        button(say("forget"), () => (KBP_COUNTS.forget(), showStaff())),
        button(say("reload"), () => location.reload()),
      ]),
      element("h3", say("counts")),
      ...(counts.sessions ? [element("p", `${say("sessions")}: ${counts.sessions} · ${say("resets")}: ${counts.resets}`)] : [element("p", say("no_counts"))]),
      ...table(say("opened"), counts.opened),
      ...table(say("by_language"), counts.languages),
      ...table(say("by_hour"), counts.hours),
    );
  }

  function saveCounts() {
    const link = element("a", "", { download: `kios-${KBP.id}.csv`, href: URL.createObjectURL(new Blob([KBP_COUNTS.csv()], { type: "text/csv" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  const QUIET = 4; // modules around a code (ISO/IEC 18004)
  const BRIEF = 700; // bytes, so that a phone reads it from an arm's length

  function showCode() {
    const code = qrcode(0, "L");
    code.addData(KBP_COUNTS.brief(BRIEF), "Byte");
    code.make();
    const size = code.getModuleCount();
    let path = "";
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) if (code.isDark(y, x)) path += `M${x + QUIET} ${y + QUIET}.5h1`;
    }
    $("#staff-body").replaceChildren(
      element("p", say("counts_how")),
      element("div", "", { class: "code" }, [draw([size + 2 * QUIET, path], say("counts_code"))]),
      element("p", "", { class: "buttons" }, [button(say("back"), showStaff)]),
    );
  }

  function calibrate() {
    const box = element("div", "", { class: "card" });
    let mm = state.mm;
    const fit = (change) => () => {
      mm = Math.max(1, Math.min(20, mm + change));
      box.style.width = `${CARD * mm}px`;
      box.style.height = `${53.98 * mm}px`;
    };
    fit(0)();
    $("#staff-body").replaceChildren(
      element("p", say("calibrate_how")),
      box,
      element("p", "", { class: "buttons" }, [
        button(`− ${say("narrower")}`, fit(-0.02)),
        button("−−", fit(-0.2), { "aria-label": say("narrower") }),
        button("++", fit(0.2), { "aria-label": say("wider") }),
        button(`+ ${say("wider")}`, fit(0.02)),
        button(say("keep"), () => {
          state.mm = mm;
          remember("mm", mm);
          look();
          showStaff();
        }),
      ]),
    );
  }

  function test() {
    const cells = Array.from({ length: 24 }, () => {
      const cell = button("", () => cell.classList.add("touched"), { "aria-label": say("test") });
      return cell;
    });
    const colours = ["#f00", "#0f0", "#00f", "#fff", "#000", "#888"].map((colour) => element("span", "", { style: `background:${colour}` }));
    $("#staff-body").replaceChildren(
      element("p", say("test_how")),
      element("div", "", { class: "grid" }, cells),
      element("p", "", { class: "colours" }, colours),
      element("p", "", { class: "buttons" }, [button(say("back"), showStaff)]),
    );
  }

  function remember(name, value) {
    try {
      localStorage.setItem(`kbp-kios ${name}`, String(value));
    } catch {
      // A browser that keeps nothing for files asks again next time.
    }
  }

  function recall(name) {
    try {
      return Number(localStorage.getItem(`kbp-kios ${name}`)) || 0;
    } catch {
      return 0;
    }
  }

  // ---- Beginning ----

  const CLOSED_KEYS = new Set(["F5", "F11", "F12", "BrowserBack", "BrowserForward"]);

  function closeExits() {
    for (const name of ["contextmenu", "dragstart", "selectstart", "auxclick"]) {
      addEventListener(name, (event) => event.preventDefault(), { capture: true });
    }
    addEventListener("touchmove", (event) => event.touches.length > 1 && event.preventDefault(), { passive: false });
    addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), { passive: false });
    addEventListener("keydown", (event) => {
      if (CLOSED_KEYS.has(event.key) || ((event.ctrlKey || event.altKey || event.metaKey) && event.key !== "Tab")) event.preventDefault();
    });
    history.pushState(null, "");
    addEventListener("popstate", () => history.pushState(null, ""));
  }

  function listen() {
    for (const name of ["pointerdown", "keydown", "wheel"]) {
      addEventListener(name, (event) => !($("#idle").open && $("#idle").contains(event.target)) && !$("#idle").open && wait(), { passive: true, capture: true });
    }
    $("#home").addEventListener("click", () => turn("start"));
    $("#back").addEventListener("click", back);
    $("#to-search").addEventListener("click", () => turn("search"));
    $("#to-letters").addEventListener("click", () => turn("letters"));
    $("#contrast").addEventListener("click", () => ((state.contrast = !state.contrast), look()));
    for (const node of all("[data-size]")) node.addEventListener("click", () => ((state.size = Number(node.dataset.size)), look()));
    for (const node of all("[data-close]")) node.addEventListener("click", () => node.closest("dialog").close());
    $("#loop").addEventListener("click", (event) => begin(event.target.closest(".slide-words") !== null));
    $("#stay").addEventListener("click", wait);
    $("#finish").addEventListener("click", reset);
    $("#idle").addEventListener("cancel", (event) => (event.preventDefault(), wait()));
    $("#corner").addEventListener("pointerdown", tap);
    for (const name of ["pointerup", "pointerleave"]) $("#corner").addEventListener(name, () => clearTimeout(held));
    addEventListener("resize", look);
    $("#languages").replaceChildren(
      ...(KBP.languages.length > 1 ? KBP.languages : []).map((language) =>
        button("", () => choose(language), { "data-language": language, lang: language }, [
          element("span", language.toUpperCase(), { class: "sign", "aria-hidden": "true" }),
          element("span", KBP_WORDS[language].language, { class: "unseen" }),
        ]),
      ),
    );
  }

  state.mm = recall("mm") || MM;
  listen();
  closeExits();
  translate();
  look();
  show("start");
  startLoop();
  setInterval(watch, PING);
  setTimeout(() => KBP_SEARCH.prepare(first), 500);
})();
