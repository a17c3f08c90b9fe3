// docs/EMBED.md. MIT OR Apache-2.0.
(() => {
  const name = "tonari-widget";
  if (customElements.get(name)) return;
  const HOME = new URL(document.currentScript.src).origin;
  const FLOOR = 480, LONG = 2e4, ID = /^[a-z0-9_-]{1,40}$/;
  const RIGHTS =
    "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ":host{position:relative!important;transition:none!important;min-width:240px}:host(:not([hidden])){display:block!important}" +
      "iframe{position:absolute;inset:0;width:100%;height:100%;border:0}" +
      "iframe[inert]{opacity:0}iframe:not([inert])+slot{display:none}" +
      "@media print{:host{min-height:0!important}iframe{display:none!important}slot{display:contents!important}}",
  );
  let touched = -LONG;
  for (const kind of ["pointerup", "keydown"]) addEventListener(kind, (event) => (touched = event.timeStamp), true);

  class TonariWidget extends HTMLElement {
    static observedAttributes = ["team", "view", "lang", "theme", "accent"];
    #frame; #stop; #due; #spoken; #wanted; #now;

    constructor() {
      const root = super().attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      root.append(document.createElement("slot"));
    }

    #of(attribute, known) {
      const value = (this.getAttribute(attribute) ?? "").trim();
      return known.test(value) ? value : "";
    }

    connectedCallback() {
      const { signal } = (this.#stop = new AbortController());
      addEventListener("message", (event) => this.#hear(event), { signal });
      addEventListener("blur", () => this.#settle(), { signal });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#look(), { signal });
      const look = new MutationObserver(() => this.#look());
      for (const one of document.querySelectorAll("html, body")) look.observe(one, { attributes: true });
      const place = new IntersectionObserver(() => this.#settle(), { threshold: [0, 1] });
      place.observe(this);
      signal.onabort = () => (look.disconnect(), place.disconnect());
      this.#open();
    }

    disconnectedCallback() {
      this.#stop = this.#stop.abort();
      this.#close();
    }

    attributeChangedCallback(name, before, now) {
      if (!this.#stop || before === now) return;
      if (/[hc]/.test(name)) this.#look();
      else this.#open();
    }

    #close() {
      clearTimeout(this.#due);
      this.#frame?.remove();
      this.#frame = this.#spoken = this.#due = undefined;
    }

    #open() {
      this.#close();
      const view = this.#of("view", /^(find|team|book|stories|events)$/) || "find";
      const team = this.#of("team", ID);
      if (!team && /^[tb]/.test(view)) return this.#say("error", { reason: "team" });
      const lang = this.#of("lang", /^(ja|ja-easy|en)$/) || "ja";
      const frame = document.createElement("iframe");
      frame.title = lang === "en" ? "Start-up support for women (Tonari)" : "女性の創業相談（となり）";
      frame.loading = "lazy";
      frame.referrerPolicy = "no-referrer";
      frame.sandbox = RIGHTS;
      frame.inert = true;
      frame.src = `${HOME}/embed/${view}?${new URLSearchParams({ team, lang })}`;
      frame.onload = () => {
        this.#due = setTimeout(() => this.#say("error", { reason: "silent" }), LONG);
        this.#look();
      };
      this.#wanted = FLOOR;
      this.shadowRoot.prepend((this.#frame = frame));
      this.#settle();
    }

    // Light letters stand on something dark.
    #look() {
      const { color, fontSize } = getComputedStyle(this);
      const [, r, g, b] = /^rgba?\((\d+), (\d+), (\d+)/.exec(color) ?? [];
      const seen = b ? (r * 3 + g * 6 + +b > 1400 ? "dark" : "light") : "auto";
      const theme = this.#of("theme", /^(light|dark)$/) || seen;
      const accent = this.#of("accent", /^#?[0-9a-f]{6}$/i);
      const text = parseFloat(fontSize) / 16;
      if (this.#due) this.#frame.contentWindow.postMessage({ tonari: 1, type: "look", theme, accent, text }, HOME);
    }

    #hear({ origin, source, data }) {
      if (origin !== HOME || !this.#frame || source !== this.#frame.contentWindow || data?.tonari !== 1) return;
      const { type, height, view, team, status } = data;
      if (/^re(ady|size)$/.test(type) && height > 0) {
        clearTimeout(this.#due);
        this.#spoken = true;
        this.#wanted = Math.min(Math.max(height, FLOOR), 9e3);
        this.#settle();
        this.#say(type, { height });
      } else if (type === "navigate" && ID.test(view)) {
        if (this.getBoundingClientRect().top < 0) this.scrollIntoView();
        this.#say(type, { view });
      } else if (type === "booked" && ID.test(team) && ID.test(status)) {
        this.#say(type, { team, status });
      }
    }

    // Nothing in sight moves by itself: a frame grows below the glass, or under her finger.
    #settle() {
      if (!this.#frame) return;
      const { bottom } = this.getBoundingClientRect(), height = this.offsetHeight;
      const free = bottom >= innerHeight || performance.now() - touched < 500 || this.shadowRoot.activeElement;
      if (height && free && this.#wanted !== this.#now) {
        this.style.setProperty("min-height", (this.#now = this.#wanted) + "px", "important");
      }
      if (this.#spoken && (height >= FLOOR || this.#now)) this.#frame.inert = false;
    }

    #say(type, detail) {
      this.dispatchEvent(new CustomEvent("tonari:" + type, { detail, bubbles: true, composed: true }));
    }
  }
  customElements.define(name, TonariWidget);
})();
