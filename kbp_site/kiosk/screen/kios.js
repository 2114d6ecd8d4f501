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
  const MM = 96 / 25.4; // CSS pixels of a millimetre, before somebody has measured
  const SMALLEST = 1.25; // of the size of letters on paper: at arm's length
  const CORNER = 18; // mm, what staff taps
  const REMEMBERED = 200; // steps back
  const SLOW = 4000; // ms after which a page that does not come is spoken of
  const LEAST = [170, 150]; // mm, the smallest screen on which everything has its full size
  const LOW = 175; // mm of height, below which the search is laid out for little room

  const { element, button, drawCode } = KBP_MAKE;
  const $ = (selector) => document.querySelector(selector);
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const first = KBP.languages[0];
  const born = Date.now();
  const state = { language: first, size: 100, contrast: false, view: "start", page: "", past: [], read: 0, mm: 0 };
  let timers = {};
  let left = 0;
  let playing = false;
  let slide = 0;
  let asked = 0;
  let missed = 0;
  let failed = "";

  const say = (name, values) => {
    let words = (KBP_WORDS[state.language] || KBP_WORDS[first])[name];
    for (const [key, value] of Object.entries(values || {})) words = words.replace(`{${key}}`, value);
    return words;
  };
  const said = (texts) => texts[state.language] || texts[first] || "";
  // ---- What is seen ----

  function translate() {
    document.documentElement.lang = state.language;
    document.title = said(KBP.title);
    for (const node of all("[data-say]")) node.textContent = say(node.dataset.say);
    for (const node of all("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
    $("#frame").title = say("reading");
    $("#loop .site").textContent = said(KBP.site);
    $("#start h1").textContent = said(KBP.title);
    $("#start .welcome").textContent = said(KBP.welcome);
    $("#tiles").replaceChildren(...KBP.tiles.map(tile));
    $("#first").replaceChildren(...KBP.first.map((card) => row(said(card.title), said(card.kind), said(card.page))));
    showLetters();
    typing.show();
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
        button(letter, () => document.getElementById(`letter-${letter}`).scrollIntoView({ block: "start" }), { class: "key" }),
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

  // How much larger than on a small screen letters are; and millimetres too, until somebody has measured.
  const base = () => Math.max(SMALLEST, Math.min(innerWidth, innerHeight) / 900);
  const mm = () => Math.min(state.mm || (MM * base()) / SMALLEST, innerWidth / LEAST[0], innerHeight / LEAST[1]);

  function look() {
    const root = document.documentElement;
    root.style.setProperty("--mm", `${mm()}px`);
    root.style.setProperty("--size", state.size / 100);
    root.classList.toggle("contrast", state.contrast);
    root.classList.toggle("low", innerHeight / mm() < LOW);
    $("#contrast").setAttribute("aria-pressed", state.contrast);
    for (const node of all("[data-size]")) node.setAttribute("aria-pressed", Number(node.dataset.size) === state.size);
    root.style.setProperty("--base", base());
    tell({ kbp: "look", size: state.size, contrast: state.contrast, mm: mm(), base: base() });
  }

  // What of a view scrolls; a page in the frame tells how far it was read.
  const scroller = (view) => $({ letters: "#letter-lists", search: "#found" }[view] || `#${view}`);
  const place = () => (state.view === "reader" ? state.read : scroller(state.view).scrollTop);

  function show(view, at = 0) {
    state.view = view;
    document.documentElement.dataset.view = view;
    for (const node of all("[data-view]")) node.hidden = node.dataset.view !== view;
    for (const [id, name] of [["#home", "start"], ["#to-search", "search"], ["#to-letters", "letters"]]) {
      $(id).toggleAttribute("aria-current", view === name);
    }
    $("#back").disabled = !state.past.length;
    if (view === "reader") return;
    state.page = "";
    leave();
    for (const name of ["start", "letters", "search"]) scroller(name).scrollTop = name === view ? at : 0;
    if (view === "search") $("#typed").focus();
  }

  // Nothing goes on speaking in a page that nobody sees.
  function leave() {
    playing = false;
    $("#frame").contentWindow.location.replace("about:blank");
  }

  // ---- Where somebody goes ----

  function note() {
    state.past.push({ view: state.view, page: state.page, at: place() });
    if (state.past.length > REMEMBERED) state.past.shift();
  }

  function turn(view) {
    if (view === state.view) return;
    note();
    show(view);
  }

  function open(page, at = 0) {
    Object.assign(state, { page, read: at });
    missed = 0;
    playing = false;
    cover("loading");
    timers.slow = setTimeout(() => cover("slow"), SLOW);
    $("#frame").contentWindow.location.replace(new URL(page, location.href).href);
    show("reader");
  }

  function cover(name) {
    clearTimeout(timers.slow);
    $("#cover").textContent = say(name);
    $("#cover").hidden = false;
  }

  function go(page) {
    const file = page.split("#")[0];
    if (!(file in KBP.titles)) return;
    note();
    open(page);
    KBP_COUNTS.opened(KBP.titles[file]);
  }

  function back() {
    const before = state.past.pop();
    if (!before) return;
    if (before.view === "reader") open(twin(before.page) || before.page, before.at);
    else show(before.view, before.at);
  }

  function choose(language) {
    if (language === state.language) return;
    state.language = language;
    KBP_COUNTS.language(language);
    translate();
    const other = twin(state.page);
    if (state.view === "reader" && other) open(other);
  }

  // The edition of a page in the language of now, if it is another.
  const twin = (page) => (KBP.twins[page.split("#")[0]] || {})[state.language];

  // ---- Search ----

  const typing = KBP_TYPING({
    say,
    row,
    language: () => state.language,
    isOpen: () => state.view === "search" && !$("dialog[open]") && $("#loop").hidden,
  });

  // ---- Outside links ----

  function scan(address) {
    const code = KBP.codes[address];
    if (!code) return;
    $("#scan .code").replaceChildren(drawCode(code, address));
    $("#scan .address").textContent = address.replace(/^https?:\/\//, "");
    openDialog("#scan");
  }

  function openDialog(id) {
    if ($(id).open) return;
    $(id).showModal();
    wait();
  }

  function closeDialogs() {
    for (const dialog of all("dialog[open]")) dialog.close();
  }

  // ---- While nobody is there ----

  function wait() {
    clearTimeout(timers.idle);
    clearInterval(timers.count);
    if ($("#idle").open) $("#idle").close();
    if (playing || isAtRest()) return;
    timers.idle = setTimeout(ask, KBP.idle * 1000);
  }

  // Slides take turns, and staff has not opened its page over them.
  const isAtRest = () => !$("#loop").hidden && !$("dialog[open]");

  function ask() {
    if (isAtRest()) return;
    left = KBP.countdown;
    const tick = () => ($("#idle-words").textContent = say("leaving", { count: left }));
    tick();
    $("#idle").showModal();
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
    if ($("#loop").hidden) KBP_COUNTS.reset();
    if (Date.now() - born > RELOAD) return location.reload();
    state.language = first;
    Object.assign(state, { size: 100, contrast: false, past: [] });
    typing.forget();
    translate();
    look();
    show("start");
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
    else if (message.kbp === "pong" && message.n === asked) (missed = 0), (failed = "");
    else if (message.kbp === "corner") press(message.down);
    else if (message.kbp === "at") state.read = message.y;
    else if (message.kbp === "media") (playing = message.playing), wait();
    else if (message.kbp === "here") {
      missed = 0;
      clearTimeout(timers.slow);
      $("#cover").hidden = true;
      look();
      if (state.read) tell({ kbp: "to", y: state.read });
    }
  });

  // A page that does not answer is made anew, frame and all: one that hangs would not let itself be replaced.
  function watch() {
    if (state.view !== "reader" || !state.page) return;
    if (missed < MISSES) {
      missed += 1;
      asked += 1;
      tell({ kbp: "ping", n: asked });
      return;
    }
    const { page } = state;
    $("#frame").replaceWith($("#frame").cloneNode());
    if (failed === page) {
      failed = state.page = "";
      cover("broken");
    } else {
      failed = page;
      open(page, state.read);
    }
  }

  // ---- Staff ----

  let taps = [];

  // Five taps in a corner, the last held: nothing lies over what is there for visitors.
  function press(isDown) {
    clearTimeout(timers.held);
    if (!isDown || $("dialog[open]")) return;
    const now = Date.now();
    taps = taps.filter((time) => now - time < 6000).concat(now);
    if (taps.length < TAPS) return;
    timers.held = setTimeout(() => {
      taps = [];
      staff.ask();
    }, HOLD);
  }

  const isCorner = (event) => Math.max(event.clientX, event.clientY) < CORNER * mm();

  const staff = KBP_STAFF({
    say,
    said,
    language: () => state.language,
    open: openDialog,
    getMm: mm,
    setMm(measured) {
      state.mm = measured;
      remember(measured);
      look();
    },
  });

  const MEASURED = "kbp-kios mm";

  function remember(measured) {
    try {
      localStorage.setItem(MEASURED, String(measured));
    } catch {
      // A browser that keeps nothing for files is measured again next time.
    }
  }

  function recall() {
    try {
      return Number(localStorage.getItem(MEASURED));
    } catch {
      return 0;
    }
  }

  // ---- Beginning ----

  function keepHere() {
    history.pushState(null, "");
    // A step back would also empty the frame, as it was at that step.
    addEventListener("popstate", () => {
      history.pushState(null, "");
      if (state.view === "reader" && state.page) open(state.page);
    });
  }

  function listen() {
    for (const name of ["pointerdown", "keydown", "wheel"]) {
      addEventListener(name, () => $("#idle").open || wait(), { passive: true, capture: true });
    }
    $("#home").addEventListener("click", () => turn("start"));
    $("#back").addEventListener("click", back);
    $("#to-search").addEventListener("click", () => turn("search"));
    $("#to-letters").addEventListener("click", () => turn("letters"));
    $("#contrast").addEventListener("click", () => ((state.contrast = !state.contrast), look()));
    for (const node of all("[data-size]")) node.addEventListener("click", () => ((state.size = Number(node.dataset.size)), look()));
    for (const node of all("[data-close]")) node.addEventListener("click", () => node.closest("dialog").close());
    $("#loop").addEventListener("click", (event) => isCorner(event) || begin(event.target.closest(".slide-words") !== null));
    $("#stay").addEventListener("click", wait);
    $("#finish").addEventListener("click", reset);
    $("#idle").addEventListener("click", (event) => event.target === event.currentTarget && wait()); // beside its words
    $("#idle").addEventListener("cancel", (event) => (event.preventDefault(), wait()));
    addEventListener("pointerdown", (event) => press(isCorner(event)), { capture: true });
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => press(false), { capture: true });
    addEventListener("resize", look);
    $("#languages").replaceChildren(
      ...(KBP.languages.length > 1 ? KBP.languages : []).map((language) =>
        button("", () => choose(language), { "data-language": language, lang: language }, [
          element("span", KBP_WORDS[language].language),
        ]),
      ),
    );
  }

  state.mm = recall();
  listen();
  keepHere();
  translate();
  look();
  show("start");
  startLoop();
  setInterval(watch, PING);
  // Every language's index is made while slides take turns: the first search is as quick as others, and memory is flat.
  KBP.languages.forEach((language, place) => setTimeout(() => KBP_SEARCH.prepare(language), 500 * (place + 1)));
})();
