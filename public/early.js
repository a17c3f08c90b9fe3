// Before the first paint: the way out and her choices. At most 1 KB as it is sent.
(() => {
  const root = document.documentElement, mark = root.dataset, on = addEventListener;
  const store = (name, key, value) => {
    try {
      const kept = window[name];
      return value === undefined ? kept.getItem(key) : value ? kept.setItem(key, value) : kept.removeItem(key);
    } catch { /* blocked or full: the choice holds for this page only */ }
  };
  // In both: a page that Firefox brings back from its memory knows only the sessionStorage of then.
  const left = (value) => ["localStorage", "sessionStorage"].map((name) => store(name, "tn.left", value)).some(Boolean);
  const choice = (key) => store("localStorage", "tn." + key);
  mark.js = "";
  // Where the app's first script does not come, the page is as one without scripts, and says so.
  on("error", (e) => {
    if (e.target.dataset && "js" in e.target.dataset) delete mark.js;
  }, true);

  // Blank first, then away. This entry is replaced; coming back to an earlier one stays blank.
  const leave = () => {
    root.style.display = "none";
    document.title = "";
    left("1");
    const link = document.querySelector("a[data-exit]");
    const neutral = link ? link.href : "https://www.jma.go.jp/bosai/forecast/";
    location.replace(navigator.onLine ? neutral : "about:blank");
  };
  const visit = performance.getEntriesByType("navigation")[0];
  if (left() && visit && visit.type === "back_forward") return leave();
  left("");
  on("pageshow", (e) => e.persisted && left() && leave());
  on("click", (e) => {
    if (!e.target.closest || !e.target.closest("[data-exit]")) return;
    e.preventDefault();
    leave();
  }, true);
  let times = [];
  on("keydown", (e) => {
    if (e.repeat) return;
    times = e.key === "Shift" ? [...times.slice(-2), e.timeStamp] : [];
    if (times[2] - times[0] < 2000) leave();
  }, true);

  const lang = choice("lang"), theme = choice("theme"), text = choice("text");
  if (lang) root.lang = (mark.lang = lang).slice(0, 2);
  if (/^(light|dark)$/.test(theme)) mark.theme = theme;
  if (/^x?l$/.test(text)) mark.text = text;
  if (choice("discreet") === "1") {
    mark.discreet = "";
    document.title = mark.neutralTitle || "メモ";
  }

  // The offer to install may come before the app can hear it.
  on("beforeinstallprompt", (e) => { e.preventDefault(); window.tonariInstallOffer = e; }, { once: true });
})();
