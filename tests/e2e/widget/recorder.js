// On the host's page, before everything else.
(() => {
  const seen = (window.seen = { events: [], messages: [], wrong: [], shift: 0, history: history.length });
  for (const kind of ["ready", "resize", "navigate", "booked", "error"]) {
    addEventListener(`tonari:${kind}`, (event) => seen.events.push([kind, event.detail]));
  }
  addEventListener("message", (event) => seen.messages.push([event.origin, event.data]));
  addEventListener("error", (event) => seen.wrong.push(event.message || `cannot load ${event.target.src}`), true);
  addEventListener("unhandledrejection", (event) => seen.wrong.push(String(event.reason)));
  addEventListener("securitypolicyviolation", (event) => seen.wrong.push(`${event.violatedDirective} ${event.blockedURI}`));
  try {
    new PerformanceObserver((list) => {
      for (const one of list.getEntries()) if (!one.hadRecentInput) seen.shift += one.value;
    }).observe({ type: "layout-shift", buffered: true });
  } catch {
    // Only Chromium measures it.
  }
  const widgets = (window.widgets = (from = document) =>
    [...from.querySelectorAll("*")].flatMap((one) => [
      ...(one.localName === "tonari-widget" ? [one] : []),
      ...(one.localName !== "tonari-widget" && one.shadowRoot ? widgets(one.shadowRoot) : []),
    ]));
  window.frameOf = (widget) => widget.shadowRoot?.querySelector("iframe");
  // Its frame is what is seen, and has a size; what it was put around is not.
  window.shows = (widget) =>
    frameOf(widget) &&
    getComputedStyle(frameOf(widget)).opacity === "1" &&
    frameOf(widget).offsetHeight >= 300 &&
    frameOf(widget).offsetWidth >= 230 &&
    [...widget.children].every((child) => child.getClientRects().length === 0);
  // What stands in the tag is what is seen.
  window.falls = (widget) =>
    (!frameOf(widget) || getComputedStyle(frameOf(widget)).opacity === "0") &&
    [...widget.children].every((child) => child.getClientRects().length > 0);
  window.said = (kind) => seen.events.filter(([one]) => one === kind).map(([, detail]) => detail);
})();
