// Ends the worker that keeps the site: put in the place of sw.js, it removes all that was kept, and itself.
const OURS = `kbp ${new URL(registration.scope).pathname} `;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS));
  await Promise.all(names.map((name) => caches.delete(name)));
  await registration.unregister();
}
