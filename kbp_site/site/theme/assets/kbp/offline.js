// The offline page: tells what is kept on this device, and saves or removes all pages when the reader asks.
// It writes where the worker (sw.js) keeps visited pages, with the same stamp.
(async () => {
  "use strict";
  const panel = document.getElementById("simpanan");
  const part = (id) => document.getElementById(id);
  const root = new URL(panel.dataset.root, location.href.replace(/[?#].*/, ""));
  const AT_ONCE = 6;
  const SHOWN = 12;

  const wanted = new URLSearchParams(location.search).get("dari");
  if (wanted !== null) {
    const target = new URL(wanted, root);
    if (target.href.startsWith(root.href)) part("belum-tersimpan").querySelector("a").href = target.href;
    part("belum-tersimpan").hidden = false;
  }
  if (!navigator.serviceWorker || !window.caches) return;
  await navigator.serviceWorker.ready;

  const name = `kbp ${root.pathname} disimpan`;
  const say = (words, values = {}) => panel.dataset[words].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const count = (value) => value.toLocaleString(document.documentElement.lang);
  const megabytes = (bytes) =>
    (bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: bytes < 1e5 ? 2 : 1 });
  const address = (path) => new URL(path, root).href;
  const isKept = (cache, path, digest) =>
    cache.match(address(path)).then((answer) => answer?.headers.get("kbp-isi") === digest);
  const list = await fetch(panel.dataset.list, { cache: "no-cache" }).then(
    (answer) => (answer.ok ? answer.json() : null),
    () => null,
  );
  let going = null;

  async function save(cache, [path, , digest], signal) {
    if (await isKept(cache, path, digest)) return;
    const answer = await fetch(address(path), { cache: "reload", signal });
    if (!answer.ok) return; // the site is being renewed just now
    const headers = new Headers(answer.headers);
    headers.set("kbp-isi", digest);
    headers.set("kbp-versi", list.version);
    await cache.put(address(path), new Response(await answer.blob(), { headers }));
  }

  // What was kept and is not on the site any more is removed, where the site itself says so.
  async function sweep(cache, signal) {
    const known = new Set(list.pages.map(([path]) => address(path)));
    for (const { url } of await cache.keys()) {
      if (!url.endsWith("/") || known.has(url)) continue;
      const { status } = await fetch(url, { method: "HEAD", signal });
      if (status === 404 || status === 410) await cache.delete(url);
    }
  }

  async function saveAll() {
    const cache = await caches.open(name);
    going = new AbortController();
    part("kemajuan").max = list.pages.length;
    tell("going");
    await navigator.storage?.persist?.();
    for (let at = 0; at < list.pages.length; at += AT_ONCE) {
      await Promise.all(list.pages.slice(at, at + AT_ONCE).map((row) => save(cache, row, going.signal)));
      part("kemajuan").value = at + AT_ONCE;
      going.signal.throwIfAborted();
    }
    await sweep(cache, going.signal);
  }

  const REASONS = { AbortError: "stopped", QuotaExceededError: "full" };

  async function run() {
    let outcome = "done";
    try {
      await saveAll();
    } catch (error) {
      going.abort();
      outcome = REASONS[error.name] || "lost";
    }
    going = null;
    tell(outcome);
    await show();
  }

  function tell(words) {
    part("kabar-simpanan").textContent = say(words);
    part("simpan-semua").hidden = part("hapus").hidden = Boolean(going);
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

  async function show() {
    const cache = await caches.open(name);
    const pages = (await cache.keys()).map(({ url }) => url).filter((url) => url.endsWith("/"));
    const shown = pages.reverse().slice(0, SHOWN);
    part("daftar-simpanan").hidden = !shown.length;
    part("daftar-simpanan").querySelector("ul").replaceChildren(...(await Promise.all(shown.map((url) => link(cache, url)))));
    const more = pages.length - shown.length;
    part("daftar-simpanan").querySelector(".kbp-more").textContent = more ? say("more", { count: count(more) }) : "";
    part("hapus").hidden = !pages.length;
    part("simpan-semua").hidden = !list;
    if (list) {
      const kept = new Set(pages);
      const [corePages, coreSize] = list.core;
      const saved = list.pages.filter(([path]) => kept.has(address(path))).length;
      const all = list.pages.length + corePages;
      const size = list.pages.reduce((sum, [, bytes]) => sum + bytes, coreSize);
      part("tersimpan").textContent = say("kept", { kept: count(saved + corePages), all: count(all) });
      part("simpan-semua").textContent =
        saved === list.pages.length ? say("renew") : say("offer", { pages: count(all), size: megabytes(size) });
    }
    panel.hidden = false;
  }

  part("simpan-semua").addEventListener("click", run);
  part("batal").addEventListener("click", () => going?.abort());
  part("hapus").addEventListener("click", async () => {
    await caches.delete(name);
    tell("removed");
    await show();
  });
  await show();
})().catch(() => {}); // storage may be forbidden: the words of the page say enough
