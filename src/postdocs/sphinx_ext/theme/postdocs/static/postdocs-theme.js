// What a page does beyond HTML: the colour mode, copied code and formulas, and boxes that scroll.
(() => {
  const root = document.documentElement;

  // The colour mode, under the names that the theme keeps it by.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const choices = document.querySelectorAll(".theme-change-button");
  const setMode = (mode) => {
    root.dataset.mode = mode;
    root.dataset.theme = mode !== "auto" ? mode : dark.matches ? "dark" : "light";
    choices.forEach((choice) => choice.setAttribute("aria-pressed", choice.dataset.mode === mode));
  };
  setMode(root.dataset.mode);
  dark.addEventListener("change", () => setMode(root.dataset.mode));
  choices.forEach((choice) => choice.addEventListener("click", () => {
    setMode(choice.dataset.mode);
    try {
      localStorage.setItem("mode", root.dataset.mode);
      localStorage.setItem("theme", root.dataset.theme);
    } catch { /* the reader's browser keeps nothing */ }
    const menu = choice.closest("[popover]");
    menu.hidePopover();
    document.querySelector(`[popovertarget="${menu.id}"]`).focus();
  }));

  // The contents beside the text mark the section that is being read.
  const entries = new Map();
  document.querySelectorAll(".bd-sidebar-secondary .page-toc a[href^='#']").forEach((link) => {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) entries.set(section, link);
  });
  if (entries.size) {
    const headings = [...entries.keys()];
    let current;
    const mark = () => {
      const top = headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
      if (top === current) return;
      entries.get(current)?.removeAttribute("aria-current");
      entries.get((current = top))?.setAttribute("aria-current", "location");
    };
    let due = false;
    addEventListener("scroll", () => {
      if (!due) requestAnimationFrame(() => { due = false; mark(); });
      due = true;
    }, { passive: true });
    mark();
  }

  // What a copy button says in its tooltip is said to screen readers as well.
  const announceCopies = () => {
    const buttons = document.querySelectorAll(".copybtn");
    if (!buttons.length) return;
    const status = document.createElement("div");
    status.className = "visually-hidden";
    status.role = "status";
    document.body.append(status);
    const said = new MutationObserver(([{ target }]) => {
      status.textContent = target.classList.contains("success") ? target.dataset.tooltip : "";
    });
    buttons.forEach((button) => {
      button.ariaLabel = button.dataset.tooltip;
      said.observe(button, { attributeFilter: ["data-tooltip"] });
    });
  };
  announceCopies();

  // What makes copy buttons comes when a reader who points, types or scrolls has code on the screen.
  const late = document.getElementById("late-assets");
  if (late) {
    const shown = new IntersectionObserver(async (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      shown.disconnect();
      for (const asset of [...late.content.children]) await new Promise((resolve) => {
        asset.onload = asset.onerror = resolve;
        document.head.append(asset);
      });
      announceCopies();
    });
    const signs = new AbortController();
    const watch = () => {
      signs.abort();
      document.querySelectorAll(".highlight pre").forEach((code) => shown.observe(code));
    };
    for (const sign of ["pointermove", "touchstart", "keydown", "scroll"]) addEventListener(sign, watch, { passive: true, signal: signs.signal });
  }

  // A button copies the address of a post.
  const place = document.querySelector(".post-copy");
  if (place && navigator.clipboard) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "post-button";
    button.textContent = place.dataset.copy;
    button.ariaLive = "polite";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(location.origin + location.pathname);
      button.textContent = place.dataset.copied;
    });
    place.append(button);
    place.hidden = false;
  }

  // A copied formula is its LaTeX: between dollars if there is text around it, and never a part of it.
  const formulaAt = (node) => (node.closest ? node : node.parentElement)?.closest("math");
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (selection.isCollapsed) return;
    const range = selection.getRangeAt(0).cloneRange();
    const first = formulaAt(range.startContainer);
    const last = formulaAt(range.endContainer);
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    const box = document.createElement("div");
    box.className = "visually-hidden";
    box.append(range.cloneContents());
    const formulas = box.querySelectorAll("math[alttext]");
    if (!formulas.length) return;
    box.querySelectorAll(".headerlink").forEach((link) => link.remove());
    const html = box.innerHTML;
    const isAlone = first && first === last;
    formulas.forEach((formula) => {
      const sign = isAlone ? "" : formula.getAttribute("display") === "block" ? "$$" : "$";
      formula.replaceWith(sign + formula.getAttribute("alttext") + sign);
    });
    document.body.append(box); // its text has lines only where it is laid out
    event.clipboardData.setData("text/plain", box.innerText.trim());
    event.clipboardData.setData("text/html", html);
    box.remove();
    event.preventDefault();
  });

  // Boxes that scroll can be scrolled by keyboard.
  const boxes = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    target.scrollWidth > target.clientWidth ? target.tabIndex = 0 : target.removeAttribute("tabindex");
  }));
  document.querySelectorAll("pre, .pst-scrollable-table-container, .bd-article table:not(.table), .formula, .math:has(> .wide)").forEach((box) => boxes.observe(box));
})();
