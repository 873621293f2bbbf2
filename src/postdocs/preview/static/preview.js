// Waits for events of the site: loads the page again, where the reader was, and shows what is wrong.
(() => {
  const build = document.currentScript.dataset.build;
  const key = `postdocs-preview ${location.pathname}`;
  const banner = document.createElement("div");
  banner.setAttribute("role", "alert");
  banner.style.cssText =
    "position:fixed;inset:auto 0 0 0;z-index:2147483647;max-height:50vh;overflow:auto;margin:0;" +
    "padding:.75rem 1rem;font:14px/1.4 monospace;white-space:pre-wrap;overflow-wrap:anywhere;" +
    "color:#fff;background:#8b0000;border-top:3px solid #fff";

  const place = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  if (place !== null) {
    const restore = () => scrollTo({ top: Number(place), behavior: "instant" });
    restore();
    addEventListener("load", restore);
  }

  const page = encodeURIComponent(decodeURIComponent(location.pathname));
  new EventSource(`/_postdocs/preview/events?page=${page}`).onmessage = (event) => {
    const status = JSON.parse(event.data);
    if (status.build !== build) {
      sessionStorage.setItem(key, String(scrollY));
      location.reload();
      return;
    }
    banner.textContent = status.lines.join("\n");
    if (status.lines.length) {
      document.body.append(banner);
    } else {
      banner.remove();
    }
  };
})();
