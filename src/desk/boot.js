// Starts the desk over its static page, and gives that page back, with what to do, when that does not work.

const script = document.querySelector("script[data-js]");
const plain = document.body.cloneNode(true);

const fail = (why) => {
  console.error(why);
  if (document.body !== plain) document.body.replaceWith(plain);
  for (const message of plain.querySelectorAll("[data-boot-failed]")) message.hidden = false;
};

// A panic in Rust is a trap, thrown out of whichever callback was running: after it the screen no longer answers.
const hear = (why) => {
  if (window.WebAssembly && why instanceof WebAssembly.RuntimeError) fail(why);
};
addEventListener("error", (event) => hear(event.error));
addEventListener("unhandledrejection", (event) => hear(event.reason));

// Both at once: the glue does not have to be read before the wasm is on its way.
const wasm = fetch(script.dataset.wasm);
wasm.catch(() => {}); // told below, where it is awaited

try {
  const { default: init } = await import(script.dataset.js);
  await init({ module_or_path: wasm });
} catch (why) {
  fail(why);
}
