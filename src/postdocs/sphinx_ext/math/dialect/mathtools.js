// Commands and environments of mathtools, cases and empheq that Temml lacks.
"use strict";

const within = (name, tokens) => [token("\\begin"), ...braced(words(name)), ...tokens, token("\\end"), ...braced(words(name))];

// Cases whose second column is text, in which formulas are between dollars; with commands and without dollars it
// is a formula all the same.
const inText = (tokens) => [token("\\text"), ...braced(tokens.slice(tokens.findIndex(({ text }) => text !== " ")))];
const isFormula = (cell) => cell.some(({ text }) => /^\\[A-Za-z]/.test(text)) && cell.every(({ text }) => text !== "$");
const textCases = (given, name) => (context) => {
  const before = given.startsWith("num") || given.startsWith("subnum") ? argument(context) : [];
  const rows = mapCells(content(context, given), (cell, column) => (column === 1 && !isFormula(cell) ? inText(cell) : cell));
  return result(before, within(name, rows));
};
for (const name of ["cases", "dcases", "rcases", "drcases"]) temml.__defineMacro(`\\begin@${name}*`, textCases(`${name}*`, name));
for (const name of ["numcases", "subnumcases"]) temml.__defineMacro(`\\begin@${name}`, textCases(name, "cases"));

// Rows of which the first stands left and the last right.
temml.__defineMacro("\\begin@multlined", (context) => {
  const rows = [...afterPlace(context), ...afterPlace(context), ...content(context, "multlined")];
  let last = 0;
  mapCells(rows, (cell, column, row) => (last = row, cell));
  return result(within("gathered", mapCells(rows, (cell, column, row) => {
    const side = last && row === 0 ? "left" : last && row === last ? "right" : null;
    const first = side ? marked(side, []) : row ? braced([]) : []; // a sign at the start of a row is between two parts
    return [...first, ...cell];
  })));
});

// Small matrices that say where their cells stand.
for (const kind of ["", "p", "b", "B", "v", "V"]) {
  const name = `${kind}smallmatrix`;
  temml.__defineMacro(`\\begin@${name}*`, (context) => {
    const side = { l: "left", r: "right" }[plain(option(context) ?? []).trim()];
    const rows = mapCells(content(context, `${name}*`), (cell) => (side ? [...marked(side, []), ...cell] : cell));
    return result(within(name, rows));
  });
}

// A box around both sides of an equation, which are two cells: it is drawn over what takes its room.
const padding = 0.3; // em, with the line
function boxAligned(context) {
  const inner = argument(context);
  const place = inner.findIndex(({ text }) => text === "&");
  if (place < 0) return result(token("\\boxed"), braced(inner));
  const [left, right] = [inner.slice(0, place), [...braced([]), ...inner.slice(place + 1)]];
  return result(
    space(-padding), token("\\mathrlap"), braced([token("\\boxed"), ...braced([...left, ...right])]),
    space(padding), token("\\phantom"), braced(left), token("&"), token("\\phantom"), braced(right),
  );
}

function moveLeft(context) {
  const ems = Number(plain(option(context) ?? [token("2")])) || 2;
  return result(space(ems), token("&"), space(-ems));
}

// A row of dots below a sign, beside the other rows.
function dotsBelow(context) {
  const isStarred = star(context);
  const dots = [token("\\vdotswithin"), ...braced(argument(context))];
  return result(isStarred ? [...dots, token("&")] : [token("&"), ...dots], token("\\\\"));
}

// Delimiters beside the equations of `empheq`, by the ends of their commands.
const beside = {
  brace: ["\\{", "\\}"], brack: ["[", "]"], paren: ["(", ")"], angle: ["\\langle", "\\rangle"], vert: ["|", "|"],
  Vert: ["\\|", "\\|"], floor: ["\\lfloor", "\\rfloor"], ceil: ["\\lceil", "\\rceil"],
};

// What is beside equations: the delimiter that grows with them, and the rest.
function besideEquations(said) {
  const tokens = said[0]?.text === "{" ? nextOf([...said].reverse()) : said;
  const place = tokens.findIndex(({ text }) => /^\\empheq(?:big)?[lr]/.test(text));
  if (place < 0) return { delimiter: ".", rest: tokens };
  const [, side, name] = /^\\empheq(?:big)?([lr])(.*)$/.exec(tokens[place].text);
  const delimiter = name ? beside[name]?.[side === "l" ? 0 : 1] : tokens[place + 1]?.text;
  if (!delimiter) throw Error(`Unsupported function name: ${tokens[place].text}`);
  return { delimiter, rest: [...tokens.slice(0, place), ...tokens.slice(place + (name ? 1 : 2))] };
}

function empheq(context) {
  const said = { __proto__: null, left: [], right: [] };
  let [key, depth] = ["", 0];
  for (const each of option(context) ?? []) {
    depth += nesting[each.text] ?? 0;
    if (!depth && each.text === ",") key = "";
    else if (!(key in said)) key += each.text === "=" || each.text === " " ? "" : each.text;
    else if (said[key].length || each.text !== "=") said[key].push(each);
  }
  const [, name, columns] = /^(.*?)(?:=(\d+))?$/.exec(plain(argument(context)));
  const rows = content(context, "empheq");
  const [left, right] = [besideEquations(said.left), besideEquations(said.right)];
  const equations = within(name, [...(columns ? braced([token(columns)]) : []), ...rows]);
  return result(
    left.rest, words(`\\left${left.delimiter}`), equations, words(`\\right${right.delimiter}`), right.rest,
  );
}

// Commands that say in brackets what style or size something has: the style is its own, the size the browser's.
for (const name of ["mathllap", "mathrlap", "mathclap"]) {
  temml.__defineMacro(`\\${name}`, (context) => {
    const style = option(context) ?? [];
    return result(primitive(`\\${name}`), braced([...style, ...argument(context)]));
  });
}
for (const name of ["overbracket", "underbracket"]) {
  temml.__defineMacro(`\\${name}`, (context) => {
    while (option(context) !== null);
    return result(primitive(`\\${name}`));
  });
}

for (const [name, body] of Object.entries({
  "\\Aboxed": boxAligned, "\\MoveEqLeft": moveLeft, "\\shortvdotswithin": dotsBelow, "\\begin@empheq": empheq,
  "\\vdotswithin": "\\mathrel{\\underset{\\displaystyle\\smash{\\hphantom{#1}}}{\\vdots}}",
  "\\cramped": (context) => { const style = option(context) ?? []; return result(braced([...style, ...argument(context)])); },
  "\\textllap": "\\mathllap{\\text{#1}}", "\\textrlap": "\\mathrlap{\\text{#1}}", "\\textclap": "\\mathclap{\\text{#1}}",
  "\\crampedsubstack": "\\substack", "\\begin@crampedsubarray": "\\begin{subarray}", "\\end@crampedsubarray": "\\end{subarray}",
  "\\begin@spreadlines": (context) => (argument(context), result()), "\\end@spreadlines": "",
  "\\mathtoolsset": (context) => (argument(context), result()),
  "\\adjustlimits": "", "\\MTFlushSpaceAbove": "", "\\MTFlushSpaceBelow": "",
  "\\xmathstrut": (context) => (option(context), argument(context), result(token("\\mathstrut"))),
  "\\refeq": "\\ref",
  "\\xlongrightarrow": "\\xrightarrow", "\\xlongleftarrow": "\\xleftarrow",
  "\\xLongrightarrow": "\\xRightarrow", "\\xLongleftarrow": "\\xLeftarrow",
  "\\nuparrow": "\\not\\uparrow", "\\ndownarrow": "\\not\\downarrow",
})) temml.__defineMacro(name, body);
