// What a page does beyond HTML: the colour mode, copied code, and boxes that scroll.
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

  // What a copy button says in its tooltip is said to screen readers as well.
  const buttons = document.querySelectorAll(".copybtn");
  if (buttons.length) {
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
  }

  // Boxes that scroll can be scrolled by keyboard.
  const boxes = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    target.scrollWidth > target.clientWidth ? target.tabIndex = 0 : target.removeAttribute("tabindex");
  }));
  document.querySelectorAll("pre, .pst-scrollable-table-container, .formula, .math:has(> .wide)").forEach((box) => boxes.observe(box));
})();
