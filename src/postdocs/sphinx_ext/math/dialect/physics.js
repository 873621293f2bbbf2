// The package physics: what follows in braces, parentheses and brackets is an argument.
"use strict";

function group(context) {
  context.consumeSpaces();
  return context.future().text === "{" ? argument(context) : null;
}

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
    if (!depth) return [token("\\left"), token(open), ...inner, token("\\right"), token(closing[open])];
    inner.push(each);
  }
}

function quantity(context) {
  context.consumeSpaces();
  if (context.future().text in closing) return result(fenced(context));
  const first = argument(context);
  const unit = group(context); // siunitx has the same name for a number with its unit
  if (unit) return result(quantityOf(first, unit));
  return result(words("\\left\\{"), first, words("\\right\\}"));
}

const derivative = (sign) => (context) => {
  const starred = context.future().text === "*";
  if (starred) context.popToken();
  const order = option(context);
  const parts = [argument(context)];
  for (let part; parts.length < 3 && (part = group(context)); ) parts.push(part);
  const power = order ? [token("^"), ...braced(order)] : [];
  const [above, ...below] = parts.length > 1 ? parts : [[], ...parts];
  const top = below.length > 1 ? [token("^"), token("2")] : power;
  return result(
    token(starred ? "\\tfrac" : "\\frac"), braced([...words(sign), ...top, ...above]),
    braced(below.flatMap((each) => [...words(sign), ...each, ...power])),
  );
};

const bracket = (names) => (context) => {
  const first = argument(context);
  const second = group(context);
  return result(words("\\left\\langle"), ...names(first, second), words("\\right\\rangle"));
};
const bar = words("\\middle|");

for (const [name, body] of Object.entries({
  "\\qty": quantity,
  "\\dv": derivative("\\mathrm{d}"),
  "\\pdv": derivative("\\partial "),
  "\\dd": (context) => {
    const order = option(context);
    const power = order ? [token("^"), ...braced(order)] : [];
    return result(words("\\mathrm{d}"), power, group(context) ?? []);
  },
  "\\braket": bracket((first, second) => [first, ...(second ? [bar, second] : [])]),
  "\\ip": bracket((first, second) => [first, bar, second ?? first]),
  "\\ev": bracket((first, second) => (second ? [second, bar, first, bar, second] : [first])),
  // In one pair of \left and \right, so that there is no space in it.
  "\\mel": "{\\left\\langle{#1}\\middle\\vert{#2}\\middle\\vert{#3}\\right\\rangle}",
  "\\ketbra": "{\\left\\vert{#1}\\middle\\rangle\\middle\\langle{#2}\\right\\vert}",
  "\\matrixel": "\\mel", "\\matrixelement": "\\mel", "\\dyad": "\\ketbra", "\\outerproduct": "\\ketbra",
  "\\op": "\\ketbra",
  "\\vb": "\\@ifstar\\boldsymbol\\mathbf",
  "\\va": "\\@ifstar{\\va@with\\boldsymbol}{\\va@with\\mathbf}", "\\va@with": "\\vec{#1{#2}}",
  "\\vu": "\\@ifstar{\\vu@with\\boldsymbol}{\\vu@with\\mathbf}", "\\vu@with": "\\hat{#1{#2}}",
  "\\expval": "\\ev", "\\innerproduct": "\\ip", "\\derivative": "\\dv", "\\partialderivative": "\\pdv",
  "\\vectorbold": "\\vb", "\\vectorarrow": "\\va", "\\vectorunit": "\\vu", "\\differential": "\\dd", "\\quantity": "\\qty",
})) temml.__defineMacro(name, body);
