// The service worker: the app's static files, and nothing of what the server answers. `version` and `files` are
// written before this when the pages are built (tools/shell_worker.mjs).
/* global version, files */
const prefix = "evenkeel.shell.";
const mine = prefix + version;
const patience_ms = 5000;

const kept = async (path) => (await caches.open(mine)).match(path, { ignoreVary: true });

// All or nothing: a shell of two versions would not run.
async function fill() {
  const cache = await caches.open(mine);
  await cache.addAll(files.map((file) => new Request(file, { cache: "no-cache" })));
  await self.skipWaiting();
}

async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== mine);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

const late = () => new Promise((_, fail) => setTimeout(() => fail(new Error("late")), patience_ms));

// The server's page first. A proxy that does not reach the server is no answer either.
async function page(request) {
  try {
    const answer = await Promise.race([fetch(request), late()]);
    if (answer.status !== 502 && answer.status !== 504) return answer;
    return (await kept("/")) ?? answer;
  } catch {
    return (await kept("/")) ?? Response.error();
  }
}

// Its name changes with what stands in it.
const asset = async (request, path) => (await kept(path)) ?? fetch(request);

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname === "/api" || pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (pathname !== "/" && files.includes(pathname)) event.respondWith(asset(request, pathname));
});
