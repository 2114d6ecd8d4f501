// Keeps the site for days without a connection. The build writes RELEASE above: the version follows from the
// bytes of the whole site, so a browser sees by this file alone that there is a new release.
const HERE = registration.scope;
const OURS = `kbp ${new URL(HERE).pathname} `; // sites below other folders of this host have caches of their own
const CORE = OURS + RELEASE.version;
const KEPT = `${OURS}disimpan`;
const STAMP = "kbp-versi"; // the version under which a page was kept
const PATIENCE = 4000; // milliseconds that a slow network gets before an older copy is shown
const LASTING = /\/pagefind\/.*\.pf_\w+$/; // parts of the search's index: named by their content
const SEARCH = /\/pagefind\//;

addEventListener("install", (event) => event.waitUntil(fetchCore()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("message", ({ data }) => data === "ambil-alih" && skipWaiting());
addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = isOfSite(request.url) && request.method === "GET" && !request.headers.has("range");
  if (isOurs && request.cache !== "reload") event.respondWith(answer(event, keyOf(request.url)));
});

const isOfSite = (url) => url.startsWith(HERE) && !RELEASE.aside.some((path) => url.startsWith(HERE + path));
const keyOf = (url) => url.replace(/[?#].*/, "").replace(/\/index\.html$/, "/");
const find = (cacheName, key) => caches.match(key, { cacheName, ignoreVary: true }).catch(() => undefined);

// A full disk leaves the core out; the site goes on from the network, and no visit tries again in vain.
async function fetchCore() {
  const cache = await caches.open(CORE);
  const asked = RELEASE.core.map((path) => new Request(HERE + path, { cache: "no-cache" }));
  await cache.addAll(asked).catch((error) => {
    if (error.name !== "QuotaExceededError") throw error;
  });
}

// What was core of an older release and is not of this one goes on being kept, as an older copy.
async function takeOver() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CORE && name !== KEPT);
  for (const name of names) {
    const [old, kept] = [await caches.open(name), await caches.open(KEPT)];
    for (const { url } of await old.keys()) {
      if (!(await find(CORE, url)) && !(await find(KEPT, url))) await kept.put(url, await old.match(url));
    }
    await caches.delete(name);
  }
  await clients.claim();
}

// Pages, styles and pictures of this release come from the caches, and so do parts of the search's index; what else
// scripts ask for comes from the network, as does what was kept under an older release. Without one, any copy.
async function answer(event, key) {
  const { request } = event;
  const core = await find(CORE, key);
  const copy = core || (await find(KEPT, key));
  const isCurrent = core || copy?.headers.get(STAMP) === RELEASE.version;
  if (copy && LASTING.test(key)) return copy;
  if (isCurrent && request.destination) return copy;
  const fetched = request.destination ? fetchNew(request) : fetch(request);
  event.waitUntil(fetched.then((response) => core || keep(key, response.clone())).catch(() => {}));
  try {
    return await (copy ? Promise.race([fetched, tooLate()]) : fetched);
  } catch {
    if (copy) return copy;
    if (SEARCH.test(key)) await tellOfLoss();
    return request.mode === "navigate" ? sorry(key) : Response.error();
  }
}

// What the browser has of an older release may count as fresh for it; the server is asked whether it still is.
// A page's own request cannot be changed, so another takes its place.
const fetchNew = ({ url, redirect }) => fetch(url, { redirect, cache: "no-cache", credentials: "same-origin" });

const tooLate = () => new Promise((_, fail) => setTimeout(fail, PATIENCE));

// Keeps a whole answer of our own; what is gone from the site goes from here too.
async function keep(key, response) {
  const kept = await caches.open(KEPT);
  if (response.status === 404 || response.status === 410) await kept.delete(key);
  if (response.status !== 200 || response.type !== "basic") return;
  const headers = new Headers(response.headers);
  headers.set(STAMP, RELEASE.version);
  await kept.put(key, new Response(response.body, { headers }));
}

// Pagefind goes on without a part of its index that it could not get, as if nothing stood there.
async function tellOfLoss() {
  for (const page of await clients.matchAll()) page.postMessage("pencarian-tidak-lengkap");
}

async function sorry(key) {
  const path = key.slice(HERE.length);
  const [, page] = RELEASE.sorry.find(([prefix]) => path.startsWith(prefix));
  if (key === HERE + page || !(await find(CORE, HERE + page))) return Response.error();
  return Response.redirect(`${HERE + page}?dari=${encodeURIComponent(path)}`);
}
