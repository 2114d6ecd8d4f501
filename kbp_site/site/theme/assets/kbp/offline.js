// The offline page: tells what is kept on this device, and saves or removes everything when the reader asks.
// It writes where the worker (sw.js) keeps visited pages, with the same stamp.
(() => {
  "use strict";
  const part = (id) => document.getElementById(id);
  const panel = part("simpanan");
  const root = new URL(panel.dataset.root, location.href.replace(/[?#].*/, ""));
  const name = `kbp ${root.pathname} disimpan`;
  const AT_ONCE = 6;
  const SHOWN = 12;
  const PATIENCE = 8000; // milliseconds after which a browser without a worker is taken for one that keeps nothing

  const address = (path) => new URL(path, root).href;
  const listAddress = new URL(panel.dataset.list, location.href.replace(/[?#].*/, "")).href;
  const noteAddress = `${listAddress}?disimpan`; // where the cache notes when all was saved, and of which release
  const say = (words, values = {}) => panel.dataset[words].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const count = (value) => value.toLocaleString(panel.dataset.locale);
  const megabytes = (bytes) =>
    (bytes / 1e6).toLocaleString(panel.dataset.locale, { maximumFractionDigits: bytes < 1e5 ? 2 : 1 });
  const day = (date) => new Date(date).toLocaleDateString(panel.dataset.locale, { dateStyle: "long" });
  let list = null; // what can be saved; none when it was never fetched and there is no signal
  let going = null; // stops the saving that goes on

  // Browsers may lack a worker or forbid storage: then nothing is kept, and the page says so.
  const admit = () => part("tanpa-simpanan").classList.add("kbp-unkept--sure");

  async function begin() {
    const isHosted = document.querySelector(".kbp-release"); // the frame names a worker
    if (!isHosted || !navigator.serviceWorker || !window.caches) throw new Error("nothing is kept");
    const late = setTimeout(admit, PATIENCE);
    await navigator.serviceWorker.ready;
    clearTimeout(late);
    const cache = await caches.open(name);
    list = await fetchList();
    await show(cache);
    part("tanpa-simpanan").classList.remove("kbp-unkept--sure");
    panel.hidden = part("selalu-tersimpan").hidden = false;
  }

  const fetchList = () =>
    fetch(listAddress, { cache: "no-cache" }).then(
      (answer) => (answer.ok ? answer.json() : null),
      () => null,
    );

  // What the reader wanted and did not get: led on to where it is kept, or told as truly as this device knows.
  async function answerFor(wanted) {
    const target = new URL(wanted, root);
    const note = part("belum-tersimpan");
    if (!target.href.startsWith(root.href)) return;
    const known = await (window.caches?.match(listAddress).then((answer) => answer?.json()) ?? null);
    const path = target.href.slice(root.href.length).replace(/[?#].*/, "");
    const kept = await findKept([`${path}/`, known?.old[path], known?.old[`${path}/`]]);
    if (kept) return location.replace(kept);
    part("coba-lagi").href = target.href;
    note.querySelector(`[data-case="${judge(path, known)}"]`).hidden = false;
    note.hidden = false;
  }

  async function findKept(paths) {
    for (const path of paths.filter(Boolean)) {
      if (await window.caches?.match(address(path))) return address(path);
    }
  }

  // The list names pages; whether another file exists, only the site knows.
  function judge(path, known) {
    const isFile = /\.\w+$/.test(path);
    const pages = new Set([...(known?.pages || []).map(([page]) => page), ...Object.keys(known?.old || {})]);
    if (pages.has(path) || pages.has(`${path}/`)) return "unsaved";
    return known && !isFile ? "missing" : "unknown";
  }

  const isKept = (cache, path, digest) =>
    cache.match(address(path)).then((answer) => answer?.headers.get("kbp-isi") === digest);

  async function save(cache, [path, , digest], signal) {
    if (await isKept(cache, path, digest)) return true;
    const answer = await fetch(address(path), { cache: "reload", signal });
    if (!answer.ok) return false; // the site is being renewed just now
    const headers = new Headers(answer.headers);
    headers.set("kbp-isi", digest);
    headers.set("kbp-versi", list.version);
    await cache.put(address(path), new Response(await answer.blob(), { headers }));
    return true;
  }

  // Does something with every item, a few at once, and returns what came of each.
  async function each(items, work, signal, tellDone = () => {}) {
    const outcomes = [];
    for (let at = 0; at < items.length; at += AT_ONCE) {
      outcomes.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
      tellDone(outcomes.length);
      signal.throwIfAborted();
    }
    return outcomes;
  }

  // What was kept and is not on the site any more is removed, where the site itself says so.
  async function sweep(cache, signal) {
    const known = new Set([...rows().map(([path]) => address(path)), listAddress, noteAddress]);
    const others = (await cache.keys()).filter(({ url }) => !known.has(url));
    const ask = async ({ url }) => {
      const { status } = await fetch(url, { method: "HEAD", cache: "no-store", signal });
      if (status === 404 || status === 410) await cache.delete(url);
    };
    await each(others, ask, signal);
  }

  const rows = () => [...list.pages, ...list.search];

  // Returns what came of it: "done", or "changed" where the site gave something else than its list says.
  async function saveAll(cache, signal) {
    const bar = part("kemajuan");
    bar.max = rows().length;
    bar.value = 0;
    await navigator.storage?.persist?.();
    const outcomes = await each(rows(), (row) => save(cache, row, signal), signal, (done) => (bar.value = done));
    await sweep(cache, signal);
    await cache.put(listAddress, new Response(JSON.stringify(list)));
    if (outcomes.includes(false)) return "changed";
    await cache.put(noteAddress, new Response(JSON.stringify({ version: list.version, date: Date.now() })));
    return "done";
  }

  const REASONS = { AbortError: "stopped", QuotaExceededError: "full" };

  async function run() {
    going = new AbortController();
    tell("going");
    const cache = await caches.open(name);
    let outcome;
    try {
      outcome = await saveAll(cache, going.signal);
    } catch (error) {
      going.abort();
      outcome = REASONS[error.name] || "lost";
    }
    going = null;
    tell(outcome);
    await show(cache);
  }

  function tell(words) {
    part("kabar-simpanan").textContent = say(words);
    part("simpan-semua").hidden = part("hapus").hidden = part("tersimpan").hidden = Boolean(going);
    part("batal").hidden = part("kemajuan").hidden = !going;
  }

  async function link(cache, url) {
    const html = await (await cache.match(url)).text();
    const item = document.createElement("li");
    const anchor = document.createElement("a");
    anchor.href = url;
    anchor.textContent = new DOMParser().parseFromString(html, "text/html").querySelector("h1")?.textContent || url;
    item.append(anchor);
    return item;
  }

  async function show(cache) {
    const kept = (await cache.keys()).map(({ url }) => url);
    await showLatest(cache, kept.filter((url) => url.endsWith("/")).reverse());
    part("hapus").hidden = kept.every((url) => url === listAddress); // which the worker keeps by itself
    part("simpan-semua").hidden = part("tersimpan").hidden = !list;
    if (list) await showState(cache, new Set(kept));
  }

  async function showLatest(cache, pages) {
    const shown = pages.slice(0, SHOWN);
    const box = part("daftar-simpanan");
    box.hidden = !shown.length;
    box.querySelector("ul").replaceChildren(...(await Promise.all(shown.map((url) => link(cache, url)))));
    const more = pages.length - shown.length;
    box.querySelector(".kbp-more").textContent = more ? say("more", { count: count(more) }) : "";
  }

  async function showState(cache, kept) {
    const note = await cache.match(noteAddress).then((answer) => answer?.json());
    const [corePages, coreSize] = list.core;
    const has = ([path]) => kept.has(address(path));
    const pages = count(list.pages.length + corePages);
    const values = {
      pages,
      all: pages,
      kept: count(list.pages.filter(has).length + corePages),
      size: megabytes(rows().reduce((sum, [, bytes]) => sum + bytes, coreSize)),
      date: note && day(note.date),
    };
    const isWhole = note?.version === list.version && rows().every(has);
    const isOlder = note && note.version !== list.version;
    part("tersimpan").textContent = say(isWhole ? "complete" : isOlder ? "older" : "kept", values);
    part("simpan-semua").textContent = isWhole || isOlder ? say("renew") : say("offer", values);
  }

  part("simpan-semua").addEventListener("click", run);
  part("batal").addEventListener("click", () => going?.abort());
  part("hapus").addEventListener("click", async () => {
    await caches.delete(name);
    tell("removed");
    await show(await caches.open(name));
  });
  const wanted = new URLSearchParams(location.search).get("dari");
  if (wanted !== null) answerFor(wanted).catch(() => {});
  begin().catch(admit);
})();
