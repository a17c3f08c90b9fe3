// On a host that keeps files and nothing else (docs/EMBED.md). It stands between the app and its server's addresses, so that
// the app is byte for byte the one that a server has: what a server says in headers lies in a file beside what it says it of,
// and in a folder of somebody's site every address begins with that folder. The app checks signatures as always.
"use strict";
(() => {
  const HOME = new URL(".", document.currentScript.src).pathname;
  const ask = window.fetch;
  const SIGNED = /^api\/v1\/(?:associations|stories|events|notices)$/;

  // From `/find` to `/folder/find`; what has the folder in it already, or is no address of ours, stays.
  const placed = (url) =>
    typeof url === "string" && /^\/(?!\/)/.test(url) && !url.startsWith(HOME) ? HOME + url.slice(1) : url;

  window.fetch = async (what, how) => {
    if (typeof what !== "string") return ask.call(window, what, how);
    const url = placed(what);
    const path = url.startsWith(HOME) ? url.slice(HOME.length) : url;
    if (SIGNED.test(path)) return signed(url, how);
    if (path.startsWith("api/")) return nothing();
    const answer = await ask.call(window, url, how);
    // Old hosts do not know the type, and browsers compile nothing else while it arrives.
    return path.endsWith(".wasm") && answer.ok ? typed(answer) : answer;
  };

  const typed = ({ body }) => new Response(body, { headers: { "content-type": "application/wasm" } });

  // Nobody books here, and no request is made to find that out.
  const nothing = () =>
    new Response('{"code":"not_found"}', { status: 404, headers: { "content-type": "application/problem+json" } });

  // Beside it lies which bytes it is now, and what a server would say of them.
  async function signed(url, how = {}) {
    const { signal } = how;
    const beside = await ask.call(window, `${url}.json`, { cache: "no-cache", signal });
    if (!beside.ok) return beside;
    const { body, said } = await beside.json();
    const headers = new Headers(said);
    // As long as it is here, it may be kept as long as from a server.
    const until = Date.parse(said["tonari-keep-until"]) - Date.parse(said.date) + Date.now();
    if (until) headers.set("tonari-keep-until", new Date(until).toISOString().replace(/\.\d+/, ""));
    const known = new Headers(how.headers).get("if-none-match");
    if (known && known === headers.get("etag")) return new Response(null, { status: 304, headers });
    const answer = await ask.call(window, new URL(body, new URL(url, location.origin)).pathname, { signal });
    return answer.ok ? new Response(answer.body, { headers }) : answer;
  }

  if (HOME === "/") return;

  // What the app writes into a page, into the history and into the list of workers.
  const wrap = (owner, name, made) => {
    const before = owner?.prototype[name];
    if (before) owner.prototype[name] = made(before);
  };
  wrap(window.Element, "setAttribute", (before) => function (name, value) {
    return before.call(this, name, /^(?:href|action)$/.test(name) ? placed(value) : value);
  });
  for (const name of ["pushState", "replaceState"]) {
    wrap(window.History, name, (before) => function (state, title, url) {
      return before.call(this, state, title, placed(url));
    });
  }
  wrap(window.ServiceWorkerContainer, "register", (before) => function (url, how) {
    return before.call(this, placed(url), how);
  });

  // The rest of this origin is the host's: what we take off her device is ours alone.
  wrap(window.ServiceWorkerContainer, "getRegistrations", (before) => async function () {
    const all = await before.call(this);
    return all.filter(({ scope }) => new URL(scope).pathname.startsWith(HOME));
  });
  wrap(window.CacheStorage, "keys", (before) => async function () {
    return (await before.call(this)).filter((name) => name.startsWith("tonari-"));
  });
  wrap(window.Storage, "clear", () => function () {
    for (const key of Object.keys(this)) if (key.startsWith("tn.")) this.removeItem(key);
  });
})();
