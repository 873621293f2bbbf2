// Boxes, rules and strokes whose sizes or colours are said in brackets.
"use strict";

// A length in em, if it is one.
function emsOf(tokens) {
  const [, number, unit] = /^\s*(-?(?:\d+\.?\d*|\.\d+))\s*([a-z]{2})\s*$/.exec(plain(tokens)) ?? [];
  return unit in perUnit ? Number(number) * perUnit[unit] : null;
}

// Something in a box as wide as the first brackets say, and where in it the second ones say.
const laps = { __proto__: null, l: ["\\mathrlap", 0, 1], r: ["\\mathllap", 1, 0] };
function inWidth(context, isText) {
  const width = emsOf(option(context) ?? []);
  const place = plain(option(context) ?? []).trim().toLowerCase();
  const inner = isText ? inText(argument(context)) : argument(context);
  if (width === null) return inner;
  const [lap, before, after] = laps[place] ?? ["\\mathclap", 0.5, 0.5];
  return [...space(width * before), token(lap), ...braced(inner), ...space(width * after)];
}

function paragraph(context) {
  while (option(context) !== null); // where it stands, and how high it is
  argument(context); // its width
  return result(inText(argument(context)));
}

// A rule by its height and depth.
function rule(context) {
  const [width, height, depth] = [argument(context), emsOf(argument(context)), emsOf(argument(context))];
  if (height === null || depth === null) throw Error("\\Rule takes three lengths");
  return result(token("\\rule"), words(`[${(-depth).toFixed(3)}em]`), braced(width), words(`{${(height + depth).toFixed(3)}em}`));
}

// A stroke says its colour and its width in brackets.
for (const name of ["cancel", "bcancel", "xcancel"]) {
  temml.__defineMacro(`\\${name}`, (context) => (option(context), result(primitive(`\\${name}`))));
}

for (const [name, body] of Object.entries({
  "\\makebox": (context) => result(inWidth(context, true)),
  "\\mathmakebox": (context) => result(inWidth(context, false)),
  "\\framebox": (context) => result(token("\\boxed"), braced(inWidth(context, true))),
  "\\parbox": paragraph, "\\Rule": rule,
  "\\cancelto": (context) => {
    option(context);
    const [value, what] = [argument(context), argument(context)];
    return result(braced([...braced([token("\\cancel"), ...braced(what)]), token("^"), ...braced(value)]));
  },
  "\\cfrac": (context) => (option(context), result(primitive("\\cfrac"))),
})) temml.__defineMacro(name, body);
