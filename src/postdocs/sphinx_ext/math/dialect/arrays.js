// Columns of arrays, as the packages array and colortbl have them.
"use strict";

// The next token of a preamble, or what the next braces hold; the tokens are in reverse.
function nextOf(unread) {
  while (unread.at(-1)?.text === " ") unread.pop();
  const first = unread.pop();
  if (first?.text !== "{") return first ? [first] : [];
  const taken = [];
  for (let depth = 1; unread.length; ) {
    const each = unread.pop();
    depth += nesting[each.text] ?? 0;
    if (!depth) break;
    taken.push(each);
  }
  return taken;
}

const mostColumns = 200; // and types of columns that they are written with, more than anybody needs
// Those of IEEEtrantools have capitals too.
const alignmentOf = (text) => (/^[clr]$/i.test(text) ? text.toLowerCase() : null);

/* Read a preamble. The widths of columns are left to the browser, and repetitions are written out.

What is between two columns is a space, or stands at the edge of one of them if all cells end or begin there; else
it is a column of its own. */
function readPreamble(context) {
  const preamble = { tokens: [], columns: [], between: new Map() };
  const unread = argument(context).reverse();
  let [before, read] = [[], 0];
  const addColumn = (alignment, fixed = null) => {
    preamble.tokens.push(token(alignment));
    preamble.columns.push({ alignment, fixed, before, after: [] });
    before = [];
  };
  while (unread.length) {
    const each = unread.pop();
    if (++read > 10 * mostColumns || preamble.columns.length > mostColumns) throw Error("An array has too many columns");
    const type = `\\column@${each.text}`;
    if (context.macros.has(type)) unread.push(...context.macros.get(type).tokens);
    else if (each.text === "*") {
      const count = Number(plain(nextOf(unread)));
      const repeated = nextOf(unread);
      if (!(count > 0 && count <= 100)) throw Error("An array repeats columns 1 to 100 times");
      for (let time = 0; time < count; time++) unread.push(...[...repeated].reverse());
    } else if ("@!".includes(each.text)) {
      const tokens = nextOf(unread);
      const { space, rest } = spaceOf(tokens, each.text === "!" ? 1 : 0);
      const following = unread.findLast(({ text }) => !/^[|: ]$/.test(text))?.text;
      const hasEdge = preamble.columns.at(-1)?.alignment === "r" || /^[lLpmb]$/.test(following);
      const place = preamble.columns.length;
      if (!rest.length || hasEdge) preamble.between.set(place, { space, tokens: rest });
      else {
        addColumn("c", braced(rest));
        for (const side of [place, place + 1]) preamble.between.set(side, { space: space / 2, tokens: [] });
      }
    } else if (each.text === ">") before = nextOf(unread);
    else if (each.text === "<") preamble.columns.at(-1)?.after.unshift(...nextOf(unread));
    else if ("pmb".includes(each.text)) {
      nextOf(unread);
      addColumn("l");
    } else if ("wW".includes(each.text)) {
      const alignment = alignmentOf(plain(nextOf(unread)).trim());
      nextOf(unread);
      addColumn(alignment ?? "c");
    } else if (alignmentOf(each.text)) addColumn(alignmentOf(each.text));
    else if (each.text !== " ") preamble.tokens.push(each);
  }
  return preamble;
}

// What follows `\begin{array}`: the preamble as Temml has it, and the rest of the array if its cells change.
function arrayRest(context, name) {
  const { tokens, columns, between } = readPreamble(context);
  const marks = [...between].flatMap(([place, said]) => gap(place, said));
  const isPlain = columns.every(({ fixed, before, after }) => !fixed && !before.length && !after.length);
  if (isPlain) return [...braced(tokens), ...(marks.length ? linesAbove(context) : []), ...marks];
  const said = columns.filter(({ fixed }) => !fixed);
  const fixedBefore = (column) => columns.slice(columns.indexOf(said[column - 1]) + 1, columns.indexOf(said[column]));
  const rows = mapCells(content(context, name), (cell, column) => {
    const each = said[column];
    if (!each) return cell;
    const isLast = column === said.length - 1;
    return [
      ...fixedBefore(column).flatMap(({ fixed }) => [...fixed, token("&")]),
      ...each.before, ...cell, ...each.after,
      ...(isLast ? columns.slice(columns.indexOf(each) + 1).flatMap(({ fixed }) => [token("&"), ...fixed]) : []),
    ];
  });
  const first = rows.findIndex(({ text }) => !/^(?:\\h(?:dash)?line| )$/.test(text));
  return [...braced(tokens), ...rows.slice(0, first), ...marks, ...rows.slice(first), primitive("\\end"), ...braced(words(name))];
}

function linesAbove(context) {
  const lines = [];
  while (/^(?:\\h(?:dash)?line| )$/.test(context.future().text)) lines.push(context.popToken());
  return lines;
}

// The space in what stands between two columns, in em, and the rest of it.
const widths = { "\\,": 3, "\\:": 4, "\\>": 4, "\\;": 5, "\\!": -3, "\\ ": 6, "~": 6, "\\quad": 18, "\\qquad": 36 };
function spaceOf(tokens, standard) {
  const [, number, unit] = /^\\hspace\*?\{\s*(-?[\d.]+)\s*([a-z]{2})\s*\}$/.exec(plain(tokens)) ?? [];
  if (unit in perUnit) return { space: standard + Number(number) * perUnit[unit], rest: [] };
  if (!tokens.every(({ text }) => text in widths || text === " ")) return { space: standard, rest: tokens };
  return { space: tokens.reduce((ems, { text }) => ems + (widths[text] ?? 0) / 18, standard), rest: [] };
}

// The mark of what is before a column: its space in thousandths of an em in the name of the class.
function gap(place, { space, tokens }) {
  return own(`between-${place}-${Math.round(1000 * Math.max(0, space))}`, token("\\overline"), ...braced(tokens));
}

// To the left of a cell what fills it makes it stand at the right edge, and the other way round.
function fill(context) {
  context.consumeSpaces();
  return result(marked(/^(?:&|\\\\|\\cr|\\end|\}|EOF)$/.test(context.future().text) ? "left" : "right", []));
}
for (const name of ["hfil", "hfill", "hfilll"]) temml.__defineMacro(`\\${name}`, fill);

temml.__defineMacro("\\newcolumntype", (context) => {
  const name = plain(argument(context)).trim();
  if (context.future().text === "[") throw Error("Types of columns can't have arguments");
  return result(define(`\\column@${name}`, [], argument(context)));
});

for (const [name, part] of [["cellcolor", "cell"], ["rowcolor", "row"], ["columncolor", "column"]]) {
  temml.__defineMacro(`\\${name}`, (context) => {
    const colour = colourOf(context);
    while (option(context) !== null); // how far it goes beyond the text
    return result(marked(`${part}-colour`, [token("\\colorbox"), ...colour, ...braced([])]));
  });
}
