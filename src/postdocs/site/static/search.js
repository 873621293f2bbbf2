// The search: a dialog on every page, and the page for it. The index is loaded when it is first asked.
(() => {
  "use strict";
  const script = document.currentScript;
  const root = new URL("..", script.src);
  const page = new URL(script.dataset.page, root);
  const BUTTONS = "[data-postdocs-search], .search-button, .search-button-field";
  const SHOWN = 8; // results at a time; each is a file
  const PAUSE = 200; // ms without a key before the index is asked

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  let style;
  const styled = () => (style ??= new Promise((resolve) => {
    const link = element("link", { rel: "stylesheet", href: new URL("search.css", script.src) });
    link.onload = link.onerror = resolve;
    document.head.append(link);
  }));

  let index;
  const open = async () => {
    const { createInstance } = await import(new URL("pagefind/pagefind.js", root));
    const opened = createInstance({ noWorker: true });
    await opened.search("-"); // fails, unlike `init`, where a file of the index is missing
    return opened;
  };
  const opened = () => (index ??= open().catch((problem) => { index = undefined; throw problem; }));

  // Pagefind gives paths of files, and marks words in text whose only other escapes are these two.
  const addressOf = (path) => new URL(path.slice(1).split("/").map(encodeURIComponent).join("/"), root);
  const textOf = (escaped) => escaped.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const snippetOf = ({ excerpt, plain_excerpt, content }) => {
    const parts = excerpt.split(/<\/?mark>/).map(textOf);
    const marked = parts.map((part, at) => (at % 2 ? element("mark", {}, part) : part));
    const plain = textOf(plain_excerpt);
    return [content.startsWith(plain) ? "" : "… ", ...marked, content.endsWith(plain) ? "" : " …"];
  };

  const itemOf = (found) => {
    const { raw_url, meta } = found;
    const item = element("li", {}, element("a", { href: addressOf(raw_url) }, meta.title));
    if (meta.date) item.append(" ", element("time", { datetime: meta.date }, meta.date));
    item.append(element("p", {}, ...snippetOf(found)));
    return item;
  };

  // Asks the index for what a form says, and shows what it finds in the place around it.
  const finder = (place, onAsk = () => {}) => {
    const [form, status, list] = ["form", ".search-status", ".search-results"].map((name) => place.querySelector(name));
    const field = form.querySelector("input");
    const more = element("button", { type: "button", class: "search-more", hidden: "" }, "More results");
    list.after(more);
    let asked = "", turn = 0, timer;

    const show = async (found, mine) => {
      const pages = await Promise.all(found.slice(list.children.length).slice(0, SHOWN).map((result) => result.data()));
      if (mine !== turn) return undefined;
      const items = pages.map(itemOf);
      list.append(...items);
      more.hidden = list.children.length >= found.length;
      more.onclick = async () => (await show(found, mine))?.querySelector("a").focus();
      return items[0];
    };

    const ask = async () => {
      clearTimeout(timer);
      const words = field.value.trim();
      if (words === asked) return;
      asked = words;
      onAsk(words);
      const mine = ++turn;
      const say = (text) => { if (mine === turn) { status.textContent = text; list.replaceChildren(); more.hidden = true; } };
      if (!words) return say("");
      if (location.protocol === "file:") {
        return say("The search needs a web server; “python -m http.server”, run in the folder of the site, is one.");
      }
      try {
        const { results } = await (await opened()).search(words);
        say(`${results.length || "No"} ${results.length === 1 ? "result" : "results"} for “${words}”`);
        await show(results, mine);
      } catch (problem) {
        console.error(problem);
        asked = "";
        say("The index of the search could not be loaded.");
      }
    };

    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
    place.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [field, ...list.querySelectorAll("a"), ...(more.hidden ? [] : [more])];
      const next = stops[stops.indexOf(document.activeElement) + step];
      if (step && next && stops.includes(document.activeElement)) {
        event.preventDefault();
        next.focus();
      }
    });
    return { field, form, ask };
  };

  let dialog;
  const show = async () => {
    dialog ??= build();
    await styled();
    if (dialog.open) return;
    dialog.showModal();
    dialog.querySelector("input").select();
  };
  const build = () => {
    const field = element("input", { type: "search", name: "q", "aria-label": "Search this site", placeholder: "Search this site", autocomplete: "off", spellcheck: "false" });
    const close = element("button", { type: "button", class: "search-close" }, "Close");
    const made = element("dialog", { class: "post-search search-dialog", "aria-label": "Search" },
      element("form", { class: "search-form", role: "search", action: page }, field, close),
      element("p", { class: "search-status", role: "status" }),
      element("ol", { class: "search-results", role: "list" }));
    close.addEventListener("click", () => made.close());
    made.addEventListener("click", (event) => {
      if (event.target === made || event.target.closest?.(".search-results a")) made.close(); // beside it, or on this page
    });
    made.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // some browsers would empty the field first
      made.close();
    });
    document.body.append(made);
    finder(made);
    return made;
  };

  // The page for it has an address for each search: those typed in a row share one step of the history.
  const place = document.querySelector("[data-postdocs-search-page]");
  let own;
  if (place) {
    const query = () => new URL(location).searchParams.get("q") ?? "";
    const note = (words) => {
      if (words === query().trim()) return;
      const address = words ? `?${new URLSearchParams({ q: words })}` : location.pathname;
      if (history.state?.typing) history.replaceState(history.state, "", address);
      else history.pushState({ typing: true }, "", address);
    };
    own = finder(place, note);
    own.form.addEventListener("submit", (event) => {
      event.preventDefault();
      own.ask();
      history.replaceState(null, "");
    });
    const read = () => { own.field.value = query(); own.ask(); };
    addEventListener("popstate", read);
    read();
    if (!own.field.value) own.field.focus();
  }

  // Before others see them: the theme may have a search of its own for the same keys and buttons.
  const start = (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (own) own.field.select();
    else show();
  };
  addEventListener("click", (event) => {
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (isPlain && event.target.closest?.(BUTTONS)) start(event);
  }, true);
  addEventListener("keydown", (event) => {
    const isChord = (event.ctrlKey !== event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k";
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isWriting = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (isChord || (isSlash && !isWriting)) start(event);
  }, true);
})();
