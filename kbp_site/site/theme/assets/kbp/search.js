// The search page: a field, four ways to narrow, and results while the reader types. What is asked stands in
// the address. Nothing is loaded before the reader comes to the field, or the address asks something.
"use strict";

const AT_ONCE = 10; // results shown at first, and added by each "more"
const PAUSE = 200; // milliseconds without a key before the search begins

const form = document.getElementById("pencarian");
const field = document.getElementById("kata");
const facets = document.getElementById("saringan");
const selects = [...facets.querySelectorAll("select")];
const release = document.getElementById("lepas");
const status = document.getElementById("jumlah");
const unfilter = document.getElementById("tanpa-saringan");
const [list, partList] = [document.getElementById("hasil"), document.getElementById("hasil-sebagian")];
const partHeading = document.getElementById("sebagian");
const more = document.getElementById("lagi");
const tips = document.getElementById("saran");
const languages = document.querySelectorAll(".kbp-button--language");
const unsaved = document.getElementById("tanpa-sinyal");

const make = (tag, name, ...inside) => {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...inside);
  return element;
};
const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

let opening;
let finder; // finder.js, once it is loaded
let turn = 0; // the number of the latest search: an older one that comes late is not shown
let waiting = []; // [list, result] of what is found and not yet shown
let lost; // what the worker (sw.js) told since the latest search began: a part of the index could not be had

export function open() {
  opening ??= load();
  return opening;
}

// What any search needs is fetched side by side: each of these files would only then ask for the next.
async function load() {
  const base = new URL(form.dataset.index, location.href).pathname;
  const language = document.documentElement.lang;
  const time = String(Date.now()); // Pagefind asks for its entry anew at every visit, by this
  fetchAhead("modulepreload", `${base}pagefind.js`);
  for (const file of [`pagefind-entry.json?ts=${time}`, `wasm.${language}.pagefind`]) fetchAhead("preload", base + file);
  finder = await import("./finder.js");
  return finder.open(base, language, time);
}

function fetchAhead(rel, href) {
  const link = make("link");
  Object.assign(link, { rel, href, crossOrigin: "anonymous", as: rel === "preload" ? "fetch" : "script" });
  document.head.append(link);
}

const chosen = () => Object.fromEntries(selects.filter((each) => each.value).map((each) => [each.name, each.value]));

function remember(query, filters) {
  const address = new URLSearchParams({ ...(query && { q: query }), ...filters }).toString();
  history.replaceState(null, "", address ? `?${address}` : location.pathname);
  // The words go along to the other language; filters have other names there.
  for (const link of languages) link.search = query && new URLSearchParams({ q: query });
}

async function search() {
  const mine = ++turn;
  const [query, filters] = [field.value.trim(), chosen()];
  remember(query, filters);
  if (!query && !Object.keys(filters).length) return clear();
  status.textContent ||= form.dataset.busy;
  lost = null;
  unsaved.hidden = true;
  try {
    const finding = await open();
    if (facets.open) await finding.loadFacets();
    const found = await finding.find(query, filters);
    if (lost) throw lost;
    if (mine === turn) await show(found, filters);
  } catch (error) {
    if (mine === turn) await fail(error);
  }
}

function clear() {
  for (const each of [list, partList]) each.replaceChildren();
  for (const each of [facets, partHeading, more, tips, unfilter, unsaved]) each.hidden = true;
  status.textContent = "";
}

// Only the network itself is asked for a page's head: the worker lets that pass.
const isAway = () => fetch(location.href, { method: "HEAD", cache: "no-store" }).then(() => false, () => true);

async function fail(error) {
  const mine = turn;
  opening = undefined; // what failed is asked for anew at the next search
  console.error(error);
  const away = await isAway();
  if (mine !== turn) return;
  clear();
  status.textContent = away ? form.dataset.away : form.dataset.failed;
  unsaved.hidden = !away;
}

navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (data !== "pencarian-tidak-lengkap") return;
  lost = new Error(data);
  fail(lost);
});

async function show(found, filters) {
  const isFiltered = Object.keys(filters).length > 0;
  unfilter.hidden = !isFiltered || Boolean(found.full.length);
  release.hidden = !isFiltered || !unfilter.hidden;
  if (facets.open) narrow(found.counts, filters);
  facets.hidden = !facets.open && !found.full.length;
  waiting = [...found.full.map((result) => [list, result]), ...found.part.map((result) => [partList, result])];
  const first = await cards(waiting.splice(0, AT_ONCE));
  for (const each of [list, partList]) each.replaceChildren(...first.filter((card) => card[0] === each).map((card) => card[1]));
  partHeading.hidden = !found.part.length;
  more.hidden = !waiting.length;
  tips.hidden = Boolean(found.full.length || found.part.length || found.unfiltered);
  status.textContent = sentences(found).join(" ");
}

function* sentencesOf({ full, part, mended, unknown, unfiltered }) {
  const { count, filtered, part: some, none, mended: meant, unknown: missing } = form.dataset;
  if (full.length) yield say(count, { count: full.length });
  else if (unfiltered) yield say(filtered, { count: unfiltered });
  else yield part.length ? some : none;
  for (const [asked, word] of mended) yield say(meant, { asked, meant: word });
  if (unknown.length) yield say(missing, { words: unknown.join(", ") });
}
const sentences = (found) => [...sentencesOf(found)];

// Each way to narrow offers what the results have, with how many of them.
function narrow(counts, filters) {
  for (const select of selects) {
    const value = filters[select.name] || "";
    const known = { ...(value && { [value]: 0 }), ...counts[select.name] };
    const values = Object.entries(known).filter(([each, count]) => count || each === value);
    const isYear = select.name === "year";
    values.sort(([a], [b]) => (isYear ? b - a : a.localeCompare(b, document.documentElement.lang)));
    select.replaceChildren(
      new Option(select.dataset.any, ""),
      ...values.map(([each, count]) => new Option(`${each} (${count})`, each, false, each === value)),
    );
    select.parentElement.hidden = !values.length;
  }
}

async function cards(rows) {
  return Promise.all(rows.map(async ([where, result]) => [where, card(await finder.show(result))]));
}

function card({ url, meta, title, excerpt, isCut }) {
  const name = make("strong", "kbp-card__title", ...marked(title));
  const text = make("p", "", isCut[0] ? "… " : "", ...marked(excerpt), isCut[1] ? " …" : "");
  const link = make("a", "", make("span", "kbp-card__label", meta.kind), name);
  link.href = url;
  name.dir = text.dir = "auto";
  if (meta.language) name.lang = text.lang = meta.language;
  const item = make("li", `kbp-card ${meta.when ? `kbp-weave-${pattern(url)}` : ""}`, link);
  if (excerpt.length) item.append(text);
  const where = [meta.when, meta.where].filter(Boolean).join(" · ");
  if (where) item.append(make("p", "kbp-card__meta", where));
  return item;
}

// Words with those that fit marked; what stands between two marked words belongs to the mark.
function marked(words) {
  const parts = [];
  for (const [word, fits] of words) {
    const last = parts.at(-1);
    if (last && last.fits === fits) last.words.push(word);
    else parts.push({ fits, words: [word] });
  }
  return parts.flatMap(({ fits, words: said }, place) => {
    const text = said.join(" ");
    return [place ? " " : "", fits ? make("mark", "", text) : text];
  });
}

// The weave of a record: as pages/parts.py counts it.
function pattern(url) {
  const id = url.split("/").at(-2);
  return [...id].reduce((sum, letter, place) => sum + (place + 1) * letter.charCodeAt(0), 0) % 12;
}

async function showMore() {
  const added = await cards(waiting.splice(0, AT_ONCE));
  for (const [where, item] of added) where.append(item);
  more.hidden = !waiting.length;
  added[0]?.[1].firstElementChild.focus();
}

function begin() {
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") || "";
  for (const select of selects) {
    if (asked.get(select.name)) select.replaceChildren(new Option(asked.get(select.name), asked.get(select.name), true, true));
  }
  facets.open = Object.keys(chosen()).length > 0;
  if (field.value || facets.open) search();
}

let pause;
field.addEventListener("focus", () => open().catch(fail), { once: true });
field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(search, PAUSE);
});
facets.addEventListener("change", search);
facets.addEventListener("toggle", () => facets.open && search());
more.addEventListener("click", showMore);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  search();
});
form.addEventListener("reset", (event) => {
  event.preventDefault();
  for (const select of selects) select.value = "";
  field.focus();
  search();
});
begin();
