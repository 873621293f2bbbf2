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

// Tokens as if they had been read from a text of their own, in which a space ends the name of a command.
function located(tokens) {
  const lexer = { input: "" };
  const read = ([text, noexpand]) => {
    const start = lexer.input.length;
    lexer.input += /^\\[A-Za-z@]/.test(text) ? `${text} ` : text;
    return new Token(text, noexpand, { lexer, start, end: start + text.length });
  };
  return tokens.reverse().map(read).reverse();
}

/* Macros of the page that a formula may use: those that it names, those that these name, those in the place of a
command of ours, which others stand for, and those of environments and columns. */
function deserialise(macros, latex) {
  const read = {};
  const names = Object.keys(macros).filter((name) => name.includes("@") || isDefined(name));
  names.push(...(latex.match(/\\(?:[A-Za-z]+|.)/gsu) ?? []));
  for (const name of names) {
    if (name in read || !(name in macros)) continue;
    const [tokens, numArgs, delimiters, unexpandable] = macros[name];
    for (const [text] of tokens) if (text.startsWith("\\")) names.push(text);
    read[name] = { tokens: located(tokens), numArgs, unexpandable };
    if (delimiters) read[name].delimiters = delimiters;
  }
  return read;
}

// A class says what a macro of the dialect draws; formulas can have no others.
const isOwn = (context) => context.command === "\\class" && context.class.startsWith("postdocs-");

/* Return, as JSON, MathML and the macros that the formula has defined, or what is wrong with it. */
function convert(latex, display, macros, numbers) {
  formula = { isDisplay: display, isTagged: display && /\\tag\b/.test(latex), equationNumbers: JSON.parse(numbers) };
  const given = deserialise(JSON.parse(macros), latex);
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
