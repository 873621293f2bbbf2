// Opens the search: what it says and does is loaded when a reader first asks, or with the page for it.
(() => {
  "use strict";
  const script = document.currentScript;
  const page = new URL(script.dataset.page, new URL("..", script.src));
  const BUTTONS = "[data-postdocs-search], .search-button, .search-button-field";

  let loaded;
  const load = () => (loaded ??= new Promise((resolve, reject) => {
    const rest = document.createElement("script"); // no module: a page that is a file may load none
    rest.dataset.page = script.dataset.page;
    rest.src = new URL("search-dialog.js", script.src);
    rest.onload = resolve;
    rest.onerror = reject;
    document.head.append(rest);
  }));

  // Before others see them: the theme may have a search of its own for the same keys and buttons.
  const start = (event) => {
    event.preventDefault();
    event.stopPropagation();
    load().then(() => document.dispatchEvent(new Event("postdocs-search")), () => location.assign(page));
  };
  addEventListener("click", (event) => {
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (isPlain && event.target.closest?.(BUTTONS)) start(event);
  }, true);
  addEventListener("keydown", (event) => {
    const isChord = (event.ctrlKey !== event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k";
    if (isChord) start(event);
  }, true);
  if (document.querySelector("[data-postdocs-search-page]")) load().catch(() => {}); // the browser tells of it
})();
