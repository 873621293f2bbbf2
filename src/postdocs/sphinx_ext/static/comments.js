// Comments are requested when a reader asks for them, and never before.
(() => {
  // Text of other people: paragraphs and links, nothing else of its HTML.
  const safe = (html) => {
    const fragment = document.createDocumentFragment();
    const copy = (from, to) => from.childNodes.forEach((node) => {
      if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches("script, style, template, svg, math")) return;
      let target = to;
      if (node.matches("p, br, blockquote, pre, code")) target = document.createElement(node.localName);
      const address = node.localName === "a" && node.getAttribute("href");
      if (address && /^https?:/i.test(address)) {
        target = document.createElement("a");
        target.href = address;
        target.rel = "nofollow ugc noopener";
      }
      if (target !== to) to.append(target);
      copy(node, target);
    });
    copy(new DOMParser().parseFromString(html, "text/html").body, fragment);
    return fragment;
  };

  const written = (tag, name, ...children) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children);
    return element;
  };

  const comment = ({ account, content, created_at, url }, depth) => {
    const time = written("time", "", new Date(created_at).toLocaleDateString(document.documentElement.lang || undefined));
    time.dateTime = created_at;
    const when = written("a", "", time);
    if (/^https?:/i.test(url)) when.href = url;
    const item = written("li", "comment", written("p", "comment-by", written("strong", "", account.display_name || account.acct), " ", when), safe(content));
    item.dataset.depth = Math.min(depth, 4);
    return item;
  };

  const showReplies = async (box, { host, id }) => {
    const answer = await fetch(`https://${host}/api/v1/statuses/${id}/context`, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) throw new Error(answer.status);
    const { descendants } = await answer.json();
    const depths = new Map([[id, -1]]);
    const items = descendants.map((reply) => {
      depths.set(reply.id, (depths.get(reply.in_reply_to_id) ?? -1) + 1);
      return comment(reply, depths.get(reply.id));
    });
    box.tabIndex = -1;
    box.focus(); // which the button had
    box.replaceChildren(items.length ? written("ol", "comments", ...items) : written("p", "", box.dataset.none));
  };

  const showDiscussion = (box, { repo, repo_id, category, category_id, term, lang }) => {
    const script = document.createElement("script");
    const dark = document.documentElement.dataset.theme === "dark";
    Object.assign(script.dataset, {
      repo, repoId: repo_id, category, categoryId: category_id, term, lang, mapping: "specific", strict: "0",
      reactionsEnabled: "1", emitMetadata: "0", inputPosition: "bottom", theme: dark ? "dark" : "light",
    });
    script.src = "https://giscus.app/client.js";
    script.crossOrigin = "anonymous";
    script.onerror = () => fail(box);
    box.replaceChildren(written("div", "giscus"), script);
  };

  const fail = (box) => box.replaceChildren(written("p", "", box.dataset.failed));

  document.querySelectorAll("[data-comments]").forEach((box) => {
    const { giscus, mastodon } = JSON.parse(box.dataset.comments);
    const button = written("button", "post-button", box.dataset.show);
    button.type = "button";
    button.addEventListener("click", () => {
      button.disabled = true;
      if (giscus) showDiscussion(box, giscus);
      else showReplies(box, mastodon).catch(() => fail(box));
    });
    box.append(button);
  });
})();
