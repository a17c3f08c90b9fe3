// In the head of a frame on somebody else's page. At most 1 KB.

document.documentElement.dataset.js = "";

// The page around greets as soon as the frame has loaded; the app may come later. It checks who it was.
addEventListener("message", (event) => {
  if (event.source === parent && parent !== self) window.tonariGreeting = event;
});

// Other addresses open in a tab of their own, but a telephone is no tab.
addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && /^(?:tel|mailto):/.test(link.getAttribute("href"))) link.target = "_self";
  },
  true,
);
