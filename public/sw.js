// Tonari's service worker: one version is one set of files, whole and verified, or it is not installed at all.
//
// - The server writes the manifest (SHA-256 of every file) into this file, so a new build is a new worker.
// - Nothing enters a cache before its hash was checked here: a proxy with yesterday's file cannot mix two versions.
// - A new version waits until the last tab of the old one is gone, or until the page asks ({type: "activate"}).
// - Only GET of our own files and screens is answered. /api/, other methods, ranges and ?nosw never pass through.
// - Whoever changes this file: if it is ever broken or not JavaScript, browsers keep the worker they have.

const MANIFEST = "__TONARI_MANIFEST__";
const FILES = MANIFEST.files ?? {};
// The words of other languages and the entries for booking and reading: verified like all files, but only those who have
// asked for one keep it.
const LATER = MANIFEST.later ?? {};
const HASHES = { ...FILES, ...LATER };
const PREFIX = "tonari-";
const CURRENT = PREFIX + MANIFEST.version;
// Written last. A cache without it is a broken attempt and belongs to nobody.
const COMPLETE = "/.complete";
// The mark of the version that answers.
const IN_USE = "/.in-use";
// The folder that all of this lies in, without the slash at its end; the manifest's paths begin there.
const HOME = self.location.pathname.replace(/\/[^/]*$/, "");
// Further entries. Page, glue and wasm belong together; the words of an entry come with their language.
const BOOKING = {
  page: MANIFEST.pages?.booking,
  parts: /^\/book-/,
  screens: /^\/(?:book\/[^/.]+|bookings(?:\/[^/.]+)?)\/?$/,
};
const READING = {
  page: MANIFEST.pages?.reading,
  parts: /^\/read-/,
  screens: /^\/(?:read|events|reading-list|(?:read|events|notices)\/[a-z0-9-]+)\/?$/,
};
const ENTRIES = [BOOKING, READING];
const SCREENS = /^\/(?:find|saved|device|about|associations\/[^/.]+)?\/?$/;
// What waits to be sent, as the browser calls it back (Background Sync, where there is one).
const WAITING = "outbox";
// Tabs opened with ?nosw, whose every request goes to the network.
const bypassing = new Set();

// ---- the life of a version

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data?.type === "activate") self.skipWaiting();
  if (event.data?.type === "look") event.waitUntil(look(event.source));
  // A private window refuses; there the next page sends it.
  if (event.data?.type === "send-later") {
    event.waitUntil(self.registration.sync?.register(WAITING).catch(() => undefined));
  }
  // She has seen a team: booking it should work in the next tunnel. Not where she pays for every byte.
  if (navigator.connection?.saveData) return;
  if (event.data?.type === "keep-booking") event.waitUntil(keepEntry(BOOKING));
  if (event.data?.type === "keep-reading") event.waitUntil(keepEntry(READING));
});

// For a page that may be gone before the answer comes; WebKit would then never answer anybody again.
async function look(page) {
  const found = await self.registration.update().then(
    () => "newest",
    () => "unusable",
  );
  page?.postMessage(found);
}

async function install() {
  if (!MANIFEST.files) return; // served without a server that fills in the manifest: a worker that does nothing
  const cache = await caches.open(CURRENT);
  try {
    // All at once: the browser's own queue knows better than we how many fit. All to their end, so that none of them
    // writes into a cache that was given up.
    const paths = [...Object.keys(FILES), ...(await asked())];
    const done = await Promise.allSettled(paths.map((path) => ensure(cache, path)));
    const broken = done.find((one) => one.status === "rejected");
    if (broken) throw broken.reason;
    await cache.put(COMPLETE, new Response(MANIFEST.version));
    // Every other version was retired: her next start has this one, whether she was asked or not. Nothing is reloaded, and
    // a page that is open finds its own files until it is left.
    if (MANIFEST.alone) await self.skipWaiting();
  } catch (why) {
    // If the same version is complete already (only this file changed), its cache is in use: keep it.
    if (!(await find(cache, COMPLETE))) await caches.delete(CURRENT);
    throw why;
  }
}

// What an earlier version keeps of the files that are not for everybody: who reads English offline goes on reading it, who
// could book goes on booking.
async function asked() {
  const used = await Promise.all(ENTRIES.map(async (entry) => entry.page && (await find(caches, entry.page)) && entry));
  const belongs = (path) => used.some((entry) => entry && (path === entry.page || entry.parts.test(path)));
  const kept = await Promise.all(
    Object.keys(LATER).map(async (path) => (belongs(path) || (await find(caches, path))) && path),
  );
  return kept.filter(Boolean);
}

// The page last: while it is not there, a phone in a tunnel says so at once.
async function keepEntry(entry) {
  const cache = await caches.open(CURRENT);
  const parts = Object.keys(LATER).filter((path) => entry.parts.test(path));
  await Promise.all(parts.map((path) => present(cache, path)));
  if (Object.hasOwn(LATER, entry.page)) await present(cache, entry.page);
}

async function activate() {
  const cache = await caches.open(CURRENT);
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CURRENT);
  const before = await lastInUse(older);
  // Never two of them: a worker may be ended between any two of these lines.
  for (const name of older) await (await caches.open(name)).delete(IN_USE);
  await cache.put(IN_USE, new Response());
  if (older.length === 0) {
    // First visit: from now on this page, too, finds its files when the network goes.
    await self.clients.claim();
    return;
  }
  // A language chosen while this version was waiting, as far as its words did not change.
  for (const path of await asked()) await held(cache, path);
  // Another tab may still run the version before this one and ask for a file of its own, or a page of it be on its way to
  // her just now; anything older goes, and what was overtaken before it was ever used.
  for (const name of older) if (name !== before) await caches.delete(name);
}

// Without a mark, as earlier workers left it, it was the newest but this one.
async function lastInUse(names) {
  let last;
  for (const name of names) {
    const cache = await caches.open(name);
    if (await find(cache, IN_USE)) return name;
    if (await find(cache, COMPLETE)) last = name;
  }
  return last;
}

// ---- answering

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (!MANIFEST.files || request.headers.has("range") || !url.pathname.startsWith(`${HOME}/`)) return;
  const path = url.pathname.slice(HOME.length);
  if (path.startsWith("/api/")) return;
  if (request.mode === "navigate") {
    if (url.searchParams.has("nosw")) {
      bypassing.add(event.resultingClientId);
    } else if (SCREENS.test(path)) {
      event.respondWith(screen(event, "/"));
      event.waitUntil(mend());
    } else {
      const entry = ENTRIES.find((one) => one.screens.test(path) && Object.hasOwn(HASHES, one.page));
      if (entry) event.respondWith(screen(event, entry.page));
    }
    return;
  }
  if (bypassing.has(event.clientId) || url.search) return;
  if (Object.hasOwn(HASHES, path)) event.respondWith(file(path));
  else if (path !== "/sw.js") event.respondWith(earlier(path, request));
});

// Every screen of an entry is the same document; the app reads the address.
async function screen(event, page) {
  try {
    return await get(page);
  } catch {
    // Evicted here and replaced there: then this tab runs the newer version, all of it from the network.
    bypassing.add(event.resultingClientId);
    return fetch(event.request).catch(rescue);
  }
}

async function file(path) {
  try {
    return await get(path);
  } catch {
    return Response.error();
  }
}

async function get(path) {
  const cache = await caches.open(CURRENT);
  return (await find(cache, path)) ?? (await ensure(cache, path));
}

// A tab of the version before this one keeps finding its own files; the network has earlier builds, too.
async function earlier(path, request) {
  return (await find(caches, path)) ?? fetch(request);
}

// Browsers evict single entries. Look once per life of the worker, and bring back what is missing while we can.
let mended;
function mend() {
  mended ??= caches
    .open(CURRENT)
    .then((cache) => Promise.allSettled(Object.keys(FILES).map((path) => present(cache, path))));
  return mended;
}

async function present(cache, path) {
  if (!(await find(cache, path))) await ensure(cache, path);
}

// The bytes are what counts; by which encoding they once travelled (Vary) does not.
function find(cache, path) {
  return cache.match(path, { ignoreVary: true });
}

// ---- sending when the network is back and every page is gone

self.addEventListener("sync", (event) => {
  if (event.tag === WAITING) event.waitUntil(sendWaiting(event.lastChance));
});

// Only sends. What came of it the next page finds out by asking again under the same key: the server answers a key as it
// did before, so a page and this worker may send at once. A throw makes the browser call again later.
async function sendWaiting(lastChance) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const inSight = pages.some((page) => page.visibilityState === "visible");
  if (inSight && !lastChance) throw new Error("later: the page in front of her sends by itself");
  for (const { key, body } of await waiting()) {
    const headers = { "content-type": "application/json", "idempotency-key": key };
    const answer = await fetch("/api/v1/bookings", {
      method: "POST",
      headers,
      body,
      credentials: "omit",
      redirect: "error",
    });
    // Also where the server wants work first (`proof_needed`): the next page does it, or it is calm by then.
    if (answer.status === 429 || answer.status >= 500) throw new Error(`later: ${answer.status}`);
  }
}

// Drafts never. The database is the pages': it is neither made nor changed here, and let go at once.
async function waiting() {
  const database = await opened();
  if (!database) return [];
  try {
    const all = database.transaction("outbox").objectStore("outbox").getAll();
    const entries = await settled(all);
    return entries.filter(({ status }) => status === "queued" || status === "sending");
  } finally {
    database.close();
  }
}

async function opened() {
  const opening = indexedDB.open("tonari");
  // There is none: nobody may find an empty one of version 1.
  opening.onupgradeneeded = () => opening.transaction.abort();
  const database = await settled(opening).catch(() => undefined);
  if (database) database.onversionchange = () => database.close();
  return database;
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// ---- verified files

// The verified file, put into the cache: from where it is already, else from another version, else from the network.
async function ensure(cache, path) {
  return (await held(cache, path)) ?? (await fetched(cache, path));
}

async function held(cache, path) {
  for (const name of [CURRENT, ...(await caches.keys())]) {
    if (!name.startsWith(PREFIX)) continue;
    const kept = await verified(path, await find(await caches.open(name), path));
    if (kept) return keep(cache, path, kept);
  }
  return undefined;
}

async function fetched(cache, path) {
  // Revalidating spares the bytes the page has just loaded; when a cache on the way lies, ask past all caches.
  for (const mode of [/-[0-9a-f]{8,}[._]/.test(path) ? "default" : "no-cache", "reload"]) {
    const answer = await fetch(HOME + path, { cache: mode, credentials: "omit", redirect: "error" });
    const fresh = answer.ok && (await verified(path, answer));
    if (fresh) return keep(cache, path, fresh);
  }
  throw new Error(`not the file of this version: ${path}`);
}

async function keep(cache, path, response) {
  await cache.put(path, response.clone());
  return response;
}

// The response with its body read and checked, or undefined.
async function verified(path, response) {
  if (!response) return undefined;
  const bytes = await response.arrayBuffer();
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (btoa(String.fromCharCode(...hash)) !== HASHES[path]) return undefined;
  const headers = new Headers(response.headers);
  // The bytes are unpacked by now. Everything else stays: the security policy has to hold offline, too.
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response(bytes, { status: 200, headers });
}

// ---- when even the first file is gone and there is no network

function rescue() {
  const page = `<!doctype html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>となり</title><body>
<h1>いま、開けません</h1>
<p>この画面のファイルがこの端末になく、通信もできませんでした。保存したチームの記録は消えていません。</p>
<p><a href="">もう一度開く</a></p>
<p><a href="?nosw">保存したファイルを使わずに開く（通信が必要です）</a></p>
<p>お急ぎのときは、お近くの信用保証協会へお電話ください。</p>
<div lang="en"><h2>Cannot open right now</h2>
<p>The files of this screen are not on this device and there is no connection. What you saved is still here.</p>
<p><a href="">Try again</a> · <a href="?nosw">Open without stored files (needs a connection)</a></p>
<p>In a hurry? Please phone the credit guarantee corporation near you.</p>
</div></body></html>`;
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": "default-src 'none'" };
  return new Response(page, { status: 503, headers });
}
