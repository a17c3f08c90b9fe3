// <tonari-widget team="shimane" view="book">fallback</tonari-widget>: docs/EMBED.md. MIT OR Apache-2.0.
(() => {
  const me = document.currentScript, name = "tonari-widget";
  if (!me || customElements.get(name)) return;
  const HOME = new URL(me.src).origin;
  const FLOOR = { find: 560, team: 480, book: 560, stories: 560, events: 480 };
  const MOST = 9e3, WAIT = 2e4;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ":host{display:block!important;position:relative!important;contain:layout!important}" +
      ":host([hidden]){display:none!important}" +
      "iframe{position:absolute;inset:0;width:100%;height:100%;border:0;visibility:hidden;color-scheme:auto}" +
      ":host([data-ready]) iframe{position:static;display:block;visibility:visible}" +
      ":host([data-ready]) slot{display:none}" +
      "@media print{:host{min-height:0!important;height:auto!important}iframe{display:none!important}:host([data-ready]) slot{display:contents!important}}",
  );
  let touched = -1e4;
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, (e) => (touched = e.timeStamp), { capture: true, passive: true });

  class TonariWidget extends HTMLElement {
    static observedAttributes = ["team", "view", "lang", "theme", "accent"];
    #root = this.attachShadow({ mode: "closed" });
    #frame; #stop; #wanted = 0; #now = 0; #due;

    constructor() {
      super();
      this.#root.adoptedStyleSheets = [sheet];
      this.#root.append(document.createElement("slot"));
    }

    #of(attribute, known) {
      const value = (this.getAttribute(attribute) ?? "").trim();
      return known.test(value) ? value : "";
    }

    connectedCallback() {
      this.#stop = new AbortController();
      const { signal } = this.#stop;
      addEventListener("message", (e) => this.#hear(e), { signal });
      for (const kind of ["scroll", "resize"]) addEventListener(kind, () => this.#grow(), { signal, passive: true, capture: true });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#look(), { signal });
      const seen = new MutationObserver(() => this.#look());
      for (const one of [document.documentElement, document.body ?? this]) seen.observe(one, { attributes: true });
      signal.addEventListener("abort", () => seen.disconnect());
      this.#open();
    }

    disconnectedCallback() {
      this.#stop.abort();
      this.#close();
    }

    attributeChangedCallback(name, before, now) {
      if (!this.#frame || before === now) return;
      if (name === "theme" || name === "accent") this.#look();
      else this.#open();
    }

    #close() {
      clearTimeout(this.#due);
      this.#frame?.remove();
      this.#frame = undefined;
      this.removeAttribute("data-ready");
    }

    #open() {
      this.#close();
      const view = this.#of("view", /^(?:find|team|book|stories|events)$/) || "find";
      const team = this.#of("team", /^[a-z0-9-]{1,40}$/);
      const lang = this.#of("lang", /^(?:ja|ja-easy|en)$/) || "ja";
      if (!team && (view === "team" || view === "book")) return this.#say("error", { reason: "team" });
      const frame = document.createElement("iframe");
      frame.title = lang === "en" ? "Start-up support for women (Tonari)" : "女性の創業相談（となり）";
      frame.loading = "lazy";
      frame.referrerPolicy = "no-referrer";
      frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads");
      frame.src = `${HOME}/embed/${view}?${new URLSearchParams({ team, lang })}`;
      frame.onload = () => {
        this.#look();
        this.#due = setTimeout(() => this.#say("error", { reason: "silent" }), WAIT);
      };
      this.#now = 0;
      this.#wanted = FLOOR[view];
      this.#frame = frame;
      this.#root.append(frame);
      this.#grow();
    }

    // Light letters stand on something dark.
    #look() {
      const { color, fontSize } = getComputedStyle(this);
      const [, r, g, b] = /^rgba?\((\d+), (\d+), (\d+)/.exec(color) ?? [];
      const seen = b ? (r * 3 + g * 6 + +b > 1400 ? "dark" : "light") : "auto";
      const theme = this.#of("theme", /^(?:light|dark)$/) || seen;
      const accent = this.#of("accent", /^#?[0-9a-f]{6}$/i);
      const look = { tonari: 1, type: "look", theme, accent, text: parseFloat(fontSize) / 16 };
      this.#frame?.contentWindow?.postMessage(look, HOME);
    }

    #hear({ origin, source, data }) {
      if (origin !== HOME || !this.#frame || source !== this.#frame.contentWindow || data?.tonari !== 1) return;
      const { type, height, view, team, status } = data;
      if ((type === "ready" || type === "resize") && height > 0) {
        this.#wanted = Math.min(Math.max(height, FLOOR[view] ?? 320), MOST);
        if (type === "ready") {
          clearTimeout(this.#due);
          this.setAttribute("data-ready", "");
        }
        this.#grow();
        this.#say(type, { height: this.#wanted });
      } else if (type === "navigate" && /^[a-z]{1,9}$/.test(view)) {
        if (this.getBoundingClientRect().top < 0) this.scrollIntoView();
        this.#say(type, { view });
      } else if (type === "booked" && /^[a-z0-9-]{1,40}$/.test(team) && /^[a-z_]{1,20}$/.test(status)) {
        this.#say(type, { team, status });
      }
    }

    // Nothing in sight moves by itself: before the first paint, below the glass, or under her finger.
    #grow() {
      if (this.#wanted === this.#now || !this.#frame) return;
      const inSight = this.getBoundingClientRect().bottom < innerHeight && performance.getEntriesByType("paint")[0];
      if (inSight && performance.now() - touched > 500 && document.activeElement !== this) return;
      this.#now = this.#wanted;
      this.style.setProperty("min-height", `${this.#now}px`, "important");
      this.#frame.style.height = `${this.#now}px`;
    }

    #say(type, detail) {
      this.dispatchEvent(new CustomEvent(`tonari:${type}`, { detail, bubbles: true, composed: true }));
    }
  }
  customElements.define(name, TonariWidget);
})();
