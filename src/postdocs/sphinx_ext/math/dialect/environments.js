// Environments of LaTeX and amsmath, and ends of rows.
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
  "subequations": nothing,
  // MathJax takes any number of columns, and Temml two.
  "split": { plain: "aligned", tagged: "aligned" },
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
const placed = new Set(["aligned", "alignedat", "gathered", "lgathered", "rgathered", "array", "darray"]);

// Those that Temml has only for a line of their own, as they are in a line of text.
const inline = { "multline": "gathered", "multline*": "gathered" };

// Names of Temml, which reads them at once where they are one token, not letter by letter.
const known = new Set([
  "array", "darray", "subarray", "aligned", "alignedat", "gathered", "align*", "alignat*", "gather*", "multline*",
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
    return result(itself, text === "array" || text === "darray" ? arrayRest(context, text) : [], first);
  });
}

// Take where an environment stands in a line, or how wide it is; anything else in brackets is the first of its content.
function afterPlace(context) {
  const said = option(context);
  return said === null || /^\s*(?:[tbc]|[\d.]+[a-z]{2})\s*$/.test(plain(said)) ? [] : [token("["), ...said, token("]")];
}

const nesting = { "{": 1, "\\begin": 1, "}": -1, "\\end": -1 };

// What an environment holds, up to its end, which is taken too.
function content(context, name) {
  const taken = [];
  for (let depth = 0; ; ) {
    const each = context.popToken();
    if (each.text === "EOF") throw Error(`\\end{${name}} is missing`);
    if (each.text === "\\end" && !depth) break;
    depth += nesting[each.text] ?? 0;
    taken.push(each);
  }
  argument(context);
  return taken;
}

// The tokens of rows whose cells are changed, each with its column and its row; lines and what belongs to the end of a row
// stay beside the cells.
function mapCells(tokens, change) {
  const mapped = [];
  const unread = [...tokens].reverse();
  const follows = (pattern) => pattern.test(unread.at(-1)?.text ?? "");
  let [cell, column, row, depth] = [[], 0, 0, 0];
  const close = () => (mapped.push(...change(cell, column, row)), (cell = []));
  while (unread.length) {
    const each = unread.pop();
    depth += nesting[each.text] ?? 0;
    const endsRow = !depth && /^\\(?:\\|cr|newline|tabularnewline)$/.test(each.text);
    if (!depth && each.text === "&") {
      close();
      column++;
      mapped.push(each);
    } else if (endsRow) {
      close();
      column = 0;
      row++;
      mapped.push(each);
      if (follows(/^\*$/)) mapped.push(unread.pop());
      if (follows(/^\[$/)) while (unread.length && mapped.at(-1).text !== "]") mapped.push(unread.pop());
    } else if (!column && /^(?:\\h(?:dash)?line| )$/.test(each.text) && cell.every(({ text }) => text === " ")) {
      mapped.push(each);
    } else cell.push(each);
  }
  if (column || cell.length) close();
  return mapped;
}

// The rest of an `eqnarray` whose rows have numbers, as `align`, in which these stand at the edge: the sign of a
// relation and what follows it are one column.
function numbered(context) {
  const cells = mapCells(content(context, "eqnarray"), (cell, column) => (column === 2 ? [joined, ...cell] : cell));
  const taken = cells.filter((each, index) => each !== joined && cells[index + 1] !== joined);
  return result(words("\\begin{align*}"), taken, words("\\end{align*}"));
}
const joined = token("");

// A length after the end of a row becomes a strut that is as much deeper than a line.
const perUnit = { em: 1, ex: 0.431, mu: 1 / 18, pt: 0.1, pc: 1.2, px: 0.075, bp: 0.1, mm: 0.285, cm: 2.85, in: 7.23 };
temml.__defineMacro("\\\\", (context) => {
  const end = primitive("\\\\");
  star(context);
  if (context.future().text !== "[") return result(end);
  const inside = option(context);
  const [, number, unit] = /^\s*(-?[\d.]+)\s*([a-z]{2})\s*$/.exec(plain(inside)) ?? [];
  if (!(Number(number) * perUnit[unit])) return result(end, token("["), inside, token("]")); // it begins the next row
  const depth = (0.36 + Number(number) * perUnit[unit]).toFixed(3);
  return result(depth > 0.36 ? words(`\\rule[-${depth}em]{0em}{${depth}em}`) : [], end);
});
