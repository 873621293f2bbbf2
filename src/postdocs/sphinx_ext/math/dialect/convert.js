// What Python calls: a formula becomes MathML.
"use strict";

function serialise(macros, given) {
  const added = {};
  for (const [name, macro] of Object.entries(macros)) {
    if (given[name] === macro || typeof macro !== "object") continue;
    const tokens = macro.tokens.map(({ text, noexpand }) => (noexpand ? [text, true] : [text]));
    added[name] = [tokens, macro.numArgs, macro.delimiters ?? null, Boolean(macro.unexpandable)];
  }
  return added;
}

function deserialise(macros) {
  const read = {};
  for (const [name, [tokens, numArgs, delimiters, unexpandable]] of Object.entries(macros)) {
    read[name] = { tokens: tokens.map(([text, noexpand]) => ({ text, noexpand })), numArgs, unexpandable };
    if (delimiters) read[name].delimiters = delimiters;
  }
  return read;
}

// A class says what a macro of the dialect draws; formulas can have no others.
const isOwn = (context) => context.command === "\\class" && context.class.startsWith("postdocs-");

/* Return, as JSON, MathML and the macros that the formula has defined, or what is wrong with it. */
function convert(latex, display, macros, numbers) {
  formula = { isDisplay: display, isTagged: display && /\\tag\b/.test(latex), equationNumbers: JSON.parse(numbers) };
  const given = deserialise(JSON.parse(macros));
  const current = { ...given };
  try {
    const options = { displayMode: display, throwOnError: true, macros: current, strict: false, trust: isOwn, maxExpand: 10000 };
    return JSON.stringify({ mathml: temml.renderToString(latex, options), macros: serialise(current, given) });
  } catch (error) {
    const isOurs = error.name === "ParseError" || error.name === "Error";
    const isFull = error.name === "RangeError" || error.name === "InternalError";
    return JSON.stringify({ error: isOurs || isFull ? error.message : "its parts do not fit together" });
  }
}
