// Starts the wasm app over the static page, and gives the static page back when that does not work.
//
// The static page already holds the headline, the field and the 51 associations, so a failure here costs comfort,
// never the phone number. Nothing is recorded and nothing is sent.

const script = document.querySelector("script[data-js]");
// The page as it came, for the day the app breaks after it has taken over. What she typed is cloned with it.
const plain = document.body.cloneNode(true);

// The security policy asks for typed addresses of scripts. The one that exists is our service worker's; markup as text has
// no policy and is refused: screens are made by createElement.
if (window.trustedTypes) {
  trustedTypes.createPolicy("default", {
    createScriptURL: (url) => {
      if (url !== "/sw.js") throw new TypeError("foreign script");
      return url;
    },
  });
}

// A store may be closed to us, and says so by throwing.
const kept = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

let failed = false;
const fail = (why) => {
  if (failed) return;
  failed = true;
  console.error(why);
  if (document.body !== plain) document.body.replaceWith(plain);
  for (const message of plain.querySelectorAll("[data-boot-failed]")) message.hidden = false;
};

// A panic in Rust is a trap, thrown out of whichever callback was running: after it the app's screen no longer answers.
const hear = (why) => {
  if (window.WebAssembly && why instanceof WebAssembly.RuntimeError) fail(why);
};
addEventListener("error", (event) => hear(event.error));
addEventListener("unhandledrejection", (event) => hear(event.reason));

// ?nosw is the way out of a broken service worker, so it must not need the app. The worker lets this tab pass.
if (new URLSearchParams(location.search).has("nosw") && navigator.serviceWorker) {
  for (const one of await navigator.serviceWorker.getRegistrations().catch(() => [])) await one.unregister();
  for (const name of await caches.keys().catch(() => [])) await caches.delete(name);
}

// The first paint has the line and the processor to itself. It is over when it has reached the glass: an app that takes
// the page's place between the frame and that moment would make its own headline the first one she sees. A tab in the
// background paints nothing: it does not wait.
await new Promise((go) => {
  const seen = new PerformanceObserver((paints) => {
    if (paints.getEntriesByName("first-contentful-paint").length > 0) go();
  });
  seen.observe({ type: "paint", buffered: true });
  setTimeout(go, 300);
});

// Both at once: the glue does not have to be read before the wasm is on its way.
const wasm = fetch(script.dataset.wasm);
wasm.catch(() => {}); // told below, where it is awaited

// A frame on somebody else's page keeps nothing.
const framed = "framed" in document.documentElement.dataset;

// Notices of crisis desks, kept where the first screen finds them. Whoever has none yet waits a moment for them: a line that
// comes later would push away what she is about to tap.
const notices = framed || fetch("/api/v1/notices")
  .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
  .then((shelf) => localStorage.setItem("tn.notices", shelf))
  .then(() => dispatchEvent(new Event("tn-notices")))
  .catch(() => {}); // those that are kept hold until they are over

// One version can take another's place between the page and its app, and what the page asks for is nowhere then: its next
// load is whole. Only where a worker answers it, once a minute, and never over what she has typed.
const AGAIN = "tn.again";
const MINUTE = 60_000;
const again = async (why) => {
  const registration = await navigator.serviceWorker?.getRegistration();
  const typed = [...document.querySelectorAll("input")].some((field) => field.value !== field.defaultValue);
  const lately = Date.now() - Number(sessionStorage.getItem(AGAIN)) < MINUTE;
  if (!(why instanceof TypeError) || !registration?.active || typed || lately) return false;
  sessionStorage.setItem(AGAIN, String(Date.now()));
  location.reload();
  return true;
};

try {
  const { default: init } = await import(script.dataset.js);
  if (!framed && !kept("tn.notices")) await Promise.race([notices, new Promise((go) => setTimeout(go, 250))]);
  await init({ module_or_path: wasm });
} catch (why) {
  if (framed || !(await again(why).catch(() => false))) fail(why);
}
