// Asks the index of the search, which `postdocs.sphinx_ext.search` writes. Terms are told apart here as there.
const ACCENTS = /([a-z\u00df-\u024f\u0370-\u03ff])[\u0300-\u036f]+/g;
const WORD = /[\p{L}\p{N}\p{M}]+(?:[+#]+(?![\p{L}\p{N}\p{M}+#]))?/gu;
const SCRIPTS = String.raw`\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}`;
const DENSE = new RegExp(`[${SCRIPTS}]`, "u"); // without spaces between words
const RUNS = new RegExp(`[${SCRIPTS}]+|[^${SCRIPTS}]+`, "gu");
const LONGEST = 40; // characters of a term
const SHORTEST = 3; // characters of a word that is found in longer ones too
const PARTS = 6; // of the index that a word may load for its other forms; there are more only for short words
const FORM = 0.8, LONGER = 0.4; // what another form of a word counts, and a word that begins with it
const CHECKED = 60; // pages that are read to find words in a row
const SHOWN = 30, BEFORE = 5; // words of a snippet; those before the first that was asked for

const fold = (text) => text.normalize("NFKD").toLowerCase().replace(ACCENTS, "$1").normalize("NFC");

// The terms of a text, and where they are in it.
export const spansOf = (text) => {
  const spans = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    for (const { 0: run, index: within } of word.matchAll(RUNS)) {
      let start = index + within;
      if (!DENSE.test(run)) {
        for (const [term] of fold(run).matchAll(WORD)) spans.push({ term, start, end: start + run.length });
        continue;
      }
      const letters = [...run];
      for (const [at, letter] of letters.entries()) {
        const pair = letter + (letters[at + 1] ?? "");
        spans.push({ term: fold(pair), start, end: start + pair.length });
        start += letter.length;
      }
    }
  }
  return spans.filter(({ term }) => [...term].length <= LONGEST);
};
// What is asked for has no character alone at the end of a pair: each page has its pairs.
const termsOf = (text) => {
  const terms = spansOf(text).map(({ term }) => term);
  const inPairs = terms.filter((term, at) => !(DENSE.test(term) && [...term].length === 1 && terms[at - 1]?.endsWith(term)));
  return [...new Set(inPairs)];
};

// The piece of a text that has most of some terms: texts, each with whether it is one of them.
export const snippetOf = (text, terms) => {
  const spans = spansOf(text);
  const hits = [...spans.keys()].filter((at) => terms.has(spans[at].term));
  let best = 0, most = 0;
  for (const hit of hits) {
    const within = hits.filter((at) => at >= hit && at < hit + SHOWN - BEFORE).map((at) => spans[at].term);
    const worth = new Set(within).size * SHOWN + within.length;
    if (worth > most) [best, most] = [hit, worth];
  }
  const shown = spans.slice(Math.max(0, best - BEFORE)).slice(0, SHOWN);
  if (!shown.length) return [[text, false]];
  const isFirst = shown[0] === spans[0], isLast = shown.at(-1) === spans.at(-1);
  let at = isFirst ? 0 : shown[0].start;
  const end = isLast ? text.length : Math.max(...shown.map((span) => span.end));
  const parts = isFirst ? [] : [["… ", false]];
  for (const span of shown.filter(({ term }) => terms.has(term))) {
    if (span.end <= at) continue;
    const start = Math.max(at, span.start);
    parts.push([text.slice(at, start), false], [text.slice(start, span.end), true]);
    at = span.end;
  }
  parts.push([text.slice(at, end), false], [isLast ? "" : " …", false]);
  return parts;
};

// Opens the index in a folder. common: words that are in nearly every page.
export const open = async (folder, common) => {
  const files = new Map();
  const load = async (path, options) => {
    const answer = await fetch(new URL(path, folder), options);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  };
  const { version, count, parts } = await load("index.json", { cache: "no-cache" });
  const { stemOf } = await import(new URL(`stemmer.js?v=${version}`, folder));
  const file = (path) => {
    if (!files.has(path)) files.set(path, load(`${path}?v=${version}`).catch((problem) => { files.delete(path); throw problem; }));
    return files.get(path);
  };
  const pageOf = (number) => file(`pages/${number}.json`);

  const prefixes = new Set(parts);
  const partOf = (term) => {
    const letters = [...term];
    while (letters.length && !prefixes.has(letters.join(""))) letters.pop();
    return letters.join("");
  };
  const fileOf = (prefix) => file(`terms/t-${[...prefix].map((letter) => (/[a-z0-9]/.test(letter) ? letter : `-${letter.codePointAt(0).toString(16)}-`)).join("")}.json`);
  const partsFor = (term, stem, isExact) => {
    const own = new Set([partOf(term)]);
    if (isExact) return own;
    let shared = 0;
    while (shared < term.length && term[shared] === stem[shared]) shared += 1;
    const start = term.slice(0, shared > SHORTEST ? shared - 1 : shared); // forms differ in what follows
    own.add(partOf(stem));
    const near = new Set([...own, partOf(start), ...parts.filter((prefix) => start && prefix.startsWith(start))]);
    return near.size > PARTS ? own : near;
  };

  // What a term says of each page that has it, or a form of it; those terms are added to `matched`.
  const find = async (term, isExact, matched) => {
    const stem = stemOf(term);
    const isLong = DENSE.test(term) || [...term].length >= SHORTEST;
    const wanted = [...partsFor(term, stem, isExact)].filter((prefix) => prefixes.has(prefix));
    const scores = new Map();
    for (const postings of await Promise.all(wanted.map(fileOf))) {
      for (const [other, posting] of Object.entries(postings)) {
        let factor = Number(other === term);
        if (!factor && !isExact && other[0] === term[0] && stemOf(other) === stem) factor = FORM;
        if (!factor && !isExact && isLong && other.startsWith(term)) factor = LONGER;
        if (!factor) continue;
        matched.add(other);
        let number = 0;
        for (const coded of posting.split(",")) {
          number += coded >> 4;
          scores.set(number, Math.max(scores.get(number) ?? 0, factor * (coded & 15)));
        }
      }
    }
    const rarity = Math.log(1 + (count - scores.size + 0.5) / (scores.size + 0.5));
    return new Map([...scores].map(([number, score]) => [number, score * rarity]));
  };

  const hasInRow = async (number, words) => {
    const { meta, content } = await pageOf(number);
    const texts = [content, ...Object.values(meta)];
    return texts.some((text) => ` ${spansOf(text).map(({ term }) => term).join(" ")} `.includes(` ${words} `));
  };

  // The pages that have all words, the best first, then the newest; words in quotes follow each other.
  const search = async (query) => {
    const quoted = /^"(.+)"$/.exec(query)?.[1];
    const matched = new Set();
    let terms = termsOf(quoted ?? query);
    if (quoted && terms.some((term) => !common.has(term))) terms = terms.filter((term) => !common.has(term));
    const lists = await Promise.all(terms.map((term) => find(term, Boolean(quoted), matched)));
    const [fewest, ...others] = lists.sort((one, other) => one.size - other.size);
    const inAll = [...(fewest?.keys() ?? [])].filter((number) => others.every((list) => list.has(number)));
    const scored = inAll.map((number) => [number, lists.reduce((sum, list) => sum + list.get(number), 0)]);
    let numbers = scored.sort(([one, a], [other, b]) => b - a || other - one).map(([number]) => number);
    const isCut = Boolean(quoted) && numbers.length > CHECKED;
    if (quoted) {
      const row = spansOf(quoted).map(({ term }) => term).join(" ");
      numbers = numbers.slice(0, CHECKED);
      const found = await Promise.all(numbers.map((number) => hasInRow(number, row)));
      numbers = numbers.filter((_, at) => found[at]);
    }
    return { numbers, matched, isCut };
  };

  return { search, pageOf };
};
