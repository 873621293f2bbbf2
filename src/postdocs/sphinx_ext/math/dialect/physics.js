// The package physics: what follows in braces, parentheses and brackets is an argument.
"use strict";

function group(context) {
  context.consumeSpaces();
  return context.future().text === "{" ? argument(context) : null;
}

// What is between delimiters, and the first of them.
const closing = { "(": ")", "[": "]", "|": "|", "\\{": "\\}", "\\|": "\\|" };
function fenced(context) {
  const open = context.popToken().text;
  const inner = [];
  for (let depth = 1, braces = 0; ; ) {
    const each = context.popToken();
    if (each.text === "EOF") throw Error(`${closing[open]} is missing`);
    braces += { "{": 1, "}": -1 }[each.text] ?? 0;
    if (!braces && each.text === closing[open]) depth--;
    else if (!braces && each.text === open) depth++;
    if (!depth) return { open, inner };
    inner.push(each);
  }
}

// How delimiters are put around something: with a star or a size they don't grow, else they do.
const sizes = /^\\[bB]igg?$/;
function fencesFrom(context) {
  const isStarred = star(context);
  context.consumeSpaces();
  const size = sizes.test(context.future().text) ? context.popToken().text : "";
  const [opening, ending] = isStarred ? ["", ""] : size ? [`${size}l`, `${size}r`] : ["\\left", "\\right"];
  return (left, inner, right) => [...words(opening + left), ...inner, ...words(ending + right)];
}

// What is between delimiters, which may be several arguments, and what is before them.
const delimited = (left, right, count = 1, before = "") => (context) => {
  const around = fencesFrom(context);
  const parts = Array.from({ length: count }, (_, index) => [...(index ? [token(",")] : []), ...argument(context)]);
  return result(braced([...words(before), ...around(left, parts.flat(), right)]));
};

function quantity(context) {
  const around = fencesFrom(context);
  context.consumeSpaces();
  if (context.future().text in closing) {
    const { open, inner } = fenced(context);
    return result(around(open, inner, closing[open]));
  }
  const first = argument(context);
  const unit = group(context); // siunitx has the same name for a number with its unit
  return result(unit ? quantityOf(first, unit) : around("\\{", first, "\\}"));
}

// A value between bounds, after a line; a parenthesis or a bracket may be before it.
function evaluated(context) {
  const isStarred = star(context);
  context.consumeSpaces();
  const isOpen = "([".includes(context.future().text);
  const left = isOpen ? [context.popToken()] : [];
  const inner = isOpen ? until(context, "|") : argument(context);
  if (isStarred) return result(braced([...left, ...inner, token("\\vert")]));
  return result(braced([token("\\left"), ...(isOpen ? left : [token(".")]), ...inner, ...words("\\right\\vert")]));
}

// most: how many variables it takes.
const derivative = (sign, most) => (context) => {
  const isStarred = star(context);
  const order = option(context);
  const parts = [argument(context)];
  for (let part; parts.length <= most && (part = group(context)); ) parts.push(part);
  const power = order ? [token("^"), ...braced(order)] : [];
  const [above, ...below] = parts.length > 1 ? parts : [[], ...parts];
  const top = below.length > 1 ? [token("^"), token("2")] : power;
  return result(
    token(isStarred ? "\\flatfrac" : "\\frac"), braced([...words(sign), ...top, ...above]),
    braced(below.flatMap((each) => [...words(sign), ...each, ...power])),
  );
};

function dyad(context) {
  star(context);
  const first = argument(context);
  const second = group(context) ?? first;
  const between = words("\\middle\\rangle\\middle\\langle");
  return result(braced([...words("\\left\\vert"), ...braced(first), ...between, ...braced(second), ...words("\\right\\vert")]));
}

// Stars say that delimiters don't grow; one of two, that they do.
const bracket = (names) => (context) => {
  while (star(context));
  const first = argument(context);
  const second = group(context);
  return result(words("\\left\\langle"), ...names(first, second), words("\\right\\rangle"));
};
const bar = words("\\middle|");

for (const [name, body] of Object.entries({
  "\\qty": quantity,
  "\\dv": derivative("\\mathrm{d}", 1),
  "\\pdv": derivative("\\partial ", 2),
  "\\fdv": derivative("\\delta ", 1),
  "\\dd": (context) => {
    const order = option(context);
    const power = order ? [token("^"), ...braced(order)] : [];
    return result(words("\\mathrm{d}"), power, group(context) ?? []);
  },
  "\\braket": bracket((first, second) => [first, ...(second ? [bar, second] : [])]),
  "\\ip": bracket((first, second) => [first, bar, second ?? first]),
  "\\ev": bracket((first, second) => (second ? [second, bar, first, bar, second] : [first])),
  // In one pair of \left and \right, so that there is no space in it.
  "\\mel": (context) => { while (star(context)); return result(token("\\mel@whole")); },
  "\\mel@whole": "{\\left\\langle{#1}\\middle\\vert{#2}\\middle\\vert{#3}\\right\\rangle}",
  "\\ketbra": dyad,
  "\\ket": (context) => (star(context), result(words("\\mathinner{|"), braced(argument(context)), words("\\rangle}"))),
  "\\bra": (context) => (star(context), result(words("\\mathinner{\\langle"), braced(argument(context)), words("|}"))),
  "\\qqtext": (context) => (star(context), result(words("\\quad\\text"), braced(argument(context)), token("\\quad"))),
  "\\pqty": delimited("(", ")"), "\\bqty": delimited("[", "]"), "\\Bqty": delimited("\\{", "\\}"),
  "\\vqty": delimited("\\vert", "\\vert"), "\\abs": delimited("\\vert", "\\vert"), "\\norm": delimited("\\Vert", "\\Vert"),
  "\\order": delimited("(", ")", 1, "\\mathcal{O}"), "\\comm": delimited("[", "]", 2), "\\acomm": delimited("\\{", "\\}", 2),
  "\\pb": delimited("\\{", "\\}", 2), "\\eval": evaluated,
  "\\matrixel": "\\mel", "\\matrixelement": "\\mel", "\\dyad": "\\ketbra", "\\outerproduct": "\\ketbra",
  "\\op": "\\ketbra",
  "\\vb": "\\@ifstar\\boldsymbol\\mathbf",
  "\\va": "\\@ifstar{\\va@with\\boldsymbol}{\\va@with\\mathbf}", "\\va@with": "\\vec{#1{#2}}",
  "\\vu": "\\@ifstar{\\vu@with\\boldsymbol}{\\vu@with\\mathbf}", "\\vu@with": "\\hat{#1{#2}}",
  "\\expval": "\\ev", "\\innerproduct": "\\ip", "\\derivative": "\\dv", "\\partialderivative": "\\pdv",
  "\\vectorbold": "\\vb", "\\vectorarrow": "\\va", "\\vectorunit": "\\vu", "\\differential": "\\dd", "\\quantity": "\\qty",
  "\\qq": "\\qqtext", "\\absolutevalue": "\\abs", "\\evaluated": "\\eval", "\\commutator": "\\comm", "\\anticommutator": "\\acomm",
  "\\poissonbracket": "\\pb", "\\expectationvalue": "\\ev", "\\pderivative": "\\pdv", "\\fderivative": "\\fdv",
  "\\functionalderivative": "\\fdv", "\\trace": "\\tr", "\\vnabla": "\\grad", "\\divisionsymbol": "\\div", "\\divsymbol": "\\div",
})) temml.__defineMacro(name, body);
