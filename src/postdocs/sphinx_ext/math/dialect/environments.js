// Environments of LaTeX and amsmath, columns of arrays, and ends of rows.
"use strict";

// Environments that Temml has by other names. Those with numbers are set without, for Sphinx numbers them; a
// \tag needs the display form.
const aligned = { plain: "aligned", tagged: "align*" };
const gathered = { plain: "gathered", tagged: "gather*" };
const alignedat = { plain: "alignedat", tagged: "alignat*" };
const nothing = { plain: "", tagged: "" };
const eqnarray = { plain: "darray", tagged: "darray" };
const environments = {
  "equation": nothing, "equation*": nothing, "displaymath": nothing, "math": nothing,
  "align": aligned, "align*": aligned, "flalign": aligned, "flalign*": aligned,
  "gather": gathered, "gather*": gathered, "alignat": alignedat, "alignat*": alignedat,
  "subequations": nothing, "multlined": { plain: "gathered", tagged: "gathered" },
  "lgathered": gathered, "rgathered": gathered,
  "xalignat": alignedat, "xalignat*": alignedat, "eqnarray": eqnarray, "eqnarray*": eqnarray,
};
for (const [fence, [left, right]] of Object.entries({ p: ["(", ")"], b: ["[", "]"], B: ["\\{", "\\}"], v: ["|", "|"], V: ["\\|", "\\|"] })) {
  const name = `${fence}smallmatrix`;
  temml.__defineMacro(`\\begin@${name}`, `\\left${left}\\begin{smallmatrix}`);
  temml.__defineMacro(`\\end@${name}`, `\\end{smallmatrix}\\right${right}`);
}
temml.__defineMacro("\\begin@multline", "\\begin{multline*}");
temml.__defineMacro("\\end@multline", "\\end{multline*}");

// Those that can say where they stand in a line.
const placed = new Set(["aligned", "alignedat", "gathered", "lgathered", "rgathered", "multlined", "array", "darray"]);

// Those that Temml has only for a line of their own, as they are in a line of text.
const inline = { "split": "aligned", "multline": "gathered", "multline*": "gathered" };

// Names of Temml, which reads them at once where they are one token, not letter by letter.
const known = new Set([
  "array", "darray", "subarray", "aligned", "alignedat", "gathered", "split", "align*", "alignat*", "gather*", "multline*",
  "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "cases", "dcases", "rcases", "drcases", "CD",
]);
for (const name of known) temml.__defineSymbol("text", "textord", name, name);

for (const part of ["begin", "end"]) {
  temml.__defineMacro(`\\${part}`, (context) => {
    const name = argument(context);
    const text = plain(name);
    if (part === "begin" && formula.isTagged && environments[text] === eqnarray) return numbered(context);
    const macro = `\\${part}@${text}`;
    const isInline = !formula.isDisplay && text in inline;
    if (context.macros.has(macro) && !isInline) return result(token(macro));
    const other = environments[text]?.[formula.isTagged ? "tagged" : "plain"] ?? (isInline ? inline[text] : text);
    if (!other) return result();
    const itself = [primitive(`\\${part}`), ...braced(known.has(other) ? [token(other)] : name)];
    if (part === "end") return result(itself);
    if (environments[text] === eqnarray) return result(itself, braced(words("rcl")));
    const first = placed.has(text) ? afterPlace(context) : [];
    return result(itself, text === "array" || text === "darray" ? arrayColumns(context) : [], first);
  });
}

// Take where an environment stands in a line; anything else in brackets is the first of its content.
function afterPlace(context) {
  const said = option(context);
  return said === null || /^\s*[tbc]\s*$/.test(plain(said)) ? [] : [token("["), ...said, token("]")];
}

// The rest of an `eqnarray` whose rows have numbers, as `align`, in which these stand at the edge: the sign of a
// relation and what follows it are one column.
function numbered(context) {
  const taken = [];
  let columns = 0;
  for (let depth = 0; ; ) {
    const each = context.popToken();
    if (each.text === "EOF") throw Error("\\end{eqnarray} is missing");
    if (each.text === "\\end" && !depth) break;
    depth += { "{": 1, "\\begin": 1, "}": -1, "\\end": -1 }[each.text] ?? 0;
    if (!depth && /^\\(?:\\|cr|newline)$/.test(each.text)) columns = 0;
    if (depth || each.text !== "&" || ++columns !== 2) taken.push(each);
  }
  argument(context);
  return result(words("\\begin{align*}"), taken, words("\\end{align*}"));
}

// Columns of arrays: repetitions are written out, widths left to the browser. What `@` and `!` have between
// columns comes behind the lines above the first row, in parts with classes.
function arrayColumns(context) {
  const columns = [];
  const between = new Map();
  const unread = argument(context).reverse();
  const next = () => {
    const first = unread.pop();
    if (first?.text !== "{") return first ? [first] : [];
    const taken = [];
    for (let depth = 1; unread.length; ) {
      const each = unread.pop();
      depth += { "{": 1, "}": -1 }[each.text] ?? 0;
      if (!depth) break;
      taken.push(each);
    }
    return taken;
  };
  while (unread.length) {
    const each = unread.pop();
    if (each.text === "*") {
      const count = Number(plain(next()));
      const repeated = next();
      if (!(count > 0 && count <= 100)) throw Error("An array repeats columns 1 to 100 times");
      for (let time = 0; time < count; time++) unread.push(...[...repeated].reverse());
    } else if ("@!".includes(each.text)) {
      const place = columns.filter(({ text }) => /[clr]/.test(text)).length;
      between.set(place, { space: each.text === "!" ? 1 : 0, tokens: next() });
    } else if ("pmb".includes(each.text)) {
      next();
      columns.push(token("l"));
    } else if (each.text !== " ") columns.push(each);
  }
  const kinds = columns.map(({ text }) => text).filter((text) => /[clr]/.test(text));
  const gaps = [...between].map(([place, said]) => gap(place, said, kinds[place - 1] === "r" || kinds[place] === "l"));
  return [...braced(columns), ...(gaps.length ? linesAbove(context) : []), ...gaps.flat()];
}

function linesAbove(context) {
  const lines = [];
  while (/^(?:\\h(?:dash)?line| )$/.test(context.future().text)) lines.push(context.popToken());
  return lines;
}

// What is between two columns: a space, in thousandths of an em in the name of the class, or the content of the
// part, which has to stand at the edge of one of them.
const widths = { "\\,": 3, "\\:": 4, "\\>": 4, "\\;": 5, "\\!": -3, "\\ ": 6, "~": 6, "\\quad": 18, "\\qquad": 36 };
function gap(place, { space, tokens }, hasEdge) {
  const text = plain(tokens);
  const length = /^\\hspace\*?\{\s*(-?[\d.]+)\s*([a-z]{2})\s*\}$/.exec(text);
  const isSpace = tokens.every(({ text }) => text in widths || text === " ");
  let ems = space;
  if (length?.[2] in perUnit) ems += Number(length[1]) * perUnit[length[2]];
  else if (isSpace) for (const { text } of tokens) ems += (widths[text] ?? 0) / 18;
  const content = length || isSpace ? [] : tokens;
  if (content.length && !hasEdge) throw Error(`An array can't have ${text} between these columns`);
  return own(`between-${place}-${Math.round(1000 * Math.max(0, ems))}`, token("\\overline"), ...braced(content));
}

// A length after the end of a row becomes a strut that is as much deeper than a line.
const perUnit = { em: 1, ex: 0.431, mu: 1 / 18, pt: 0.1, pc: 1.2, px: 0.075, bp: 0.1, mm: 0.285, cm: 2.85, in: 7.23 };
temml.__defineMacro("\\\\", (context) => {
  const end = primitive("\\\\");
  if (context.future().text === "*") context.popToken();
  if (context.future().text !== "[") return result(end);
  const inside = option(context);
  const [, number, unit] = /^\s*(-?[\d.]+)\s*([a-z]{2})\s*$/.exec(plain(inside)) ?? [];
  if (!(Number(number) * perUnit[unit])) return result(end, token("["), inside, token("]")); // it begins the next row
  const depth = (0.36 + Number(number) * perUnit[unit]).toFixed(3);
  return result(depth > 0.36 ? words(`\\rule[-${depth}em]{0em}{${depth}em}`) : [], end);
});
