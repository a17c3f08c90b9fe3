// The generator without reloads. It composes nothing: every choice is put to the page's own address, and the parts of the
// answer take the place of ours. `responseType = "document"` reads HTML without a string that could become markup here; its
// scripts never run. Without this file the page works by its button.
"use strict";

const form = document.querySelector(".tn-gen__form");
const said = form.querySelector("[data-said]");
const heard = form.querySelector("[data-heard]");
const make = form.querySelector("[data-make]");
const accent = form.elements.namedItem("accent");
const pick = form.querySelector(".tn-gen__pick");

/** Parts as the server sent them: the widget adds to what is on the page. */
const sent = new Map(outermost(document).map((part) => [part.dataset.part, part.cloneNode(true)]));
let asking = null;
let typing = 0;

function outermost(page) {
  return [...page.querySelectorAll("[data-part]")].filter((part) => !part.parentElement.closest("[data-part]"));
}

/** What only works with a script is hidden without one. */
function equip(where) {
  for (const button of where.querySelectorAll("[data-copy]")) button.hidden = false;
}

function address() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
  return `${form.getAttribute("action")}?${query}`;
}

function ask() {
  clearTimeout(typing);
  asking?.abort();
  const asked = address();
  const request = new XMLHttpRequest();
  asking = request;
  request.open("GET", asked);
  request.responseType = "document";
  request.timeout = 10000;
  request.onload = () => (request.status === 200 && request.response ? show(request.response, asked) : fail());
  request.onerror = request.ontimeout = fail;
  request.send();
}

function show(page, asked) {
  const fresh = new Map(outermost(page).map((part) => [part.dataset.part, part]));
  for (const [name, before] of sent) {
    const part = fresh.get(name);
    const shown = document.querySelector(`[data-part="${CSS.escape(name)}"]`);
    // A preview that would be the same is not loaded again.
    if (!part || !shown || part.isEqualNode(before)) continue;
    sent.set(name, part.cloneNode(true));
    const ours = document.importNode(part, true);
    equip(ours);
    shown.replaceWith(ours);
  }
  history.replaceState(null, "", asked);
  make.hidden = true;
  said.textContent = "";
}

/** What she sees is what she had chosen before: the button brings the new one. */
function fail() {
  make.hidden = false;
  said.textContent = form.dataset.failed;
}

async function copy(button) {
  const text = document.getElementById(button.dataset.copy);
  let done = form.dataset.copied;
  try {
    await navigator.clipboard.writeText(text.textContent);
  } catch {
    // No clipboard over http, or it was refused.
    getSelection().selectAllChildren(text);
    done = form.dataset.selected;
  }
  button.dataset.words ??= button.textContent;
  button.textContent = done;
  heard.textContent = done;
  setTimeout(() => (button.textContent = button.dataset.words), 2500);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
form.addEventListener("change", ask);
form.addEventListener("input", (event) => {
  if (event.target === pick) accent.value = pick.value;
  clearTimeout(typing);
  typing = setTimeout(ask, 400);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (button) copy(button);
});

pick.hidden = false;
if (/^#[0-9a-f]{6}$/i.test(accent.value)) pick.value = accent.value;
make.hidden = true;
equip(document);
