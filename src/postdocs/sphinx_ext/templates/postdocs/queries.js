// Leads from addresses with a query to the pages that were there.
(() => {
  const pages = {{ pages }};
  const script = document.currentScript;
  const asked = new URLSearchParams(location.search);
  const matches = (query) => [...new URLSearchParams(query)].every(([name, value]) => asked.get(name) === value);
  const known = pages[script.dataset.page] || {};
  const [query] = Object.keys(known).filter(matches).sort((one, other) => other.length - one.length);
  const target = query ? new URL(known[query], new URL({{ root }}, script.src)) : script.dataset.target;
  if (target) location.replace(target + location.hash);
})();
