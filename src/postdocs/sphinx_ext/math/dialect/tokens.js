// Tokens of Temml, of which its macros are made.
"use strict";

// What is known of the formula that is read: how it stands on the page, and the numbers of equations in the
// document by their labels.
let formula = { isDisplay: true, isTagged: false, equationNumbers: {} };

class Token {
  constructor(text, noexpand = false, loc = nowhere) {
    this.text = text;
    this.noexpand = noexpand;
    this.loc = loc;
  }

  // Temml makes one token of several, such as those of a length.
  range(last, text) {
    return new Token(text, false, { ...this.loc, end: (last.loc ?? this.loc).end });
  }
}
// Temml looks at what follows some tokens in the text that they were read from. No message names this place.
const nowhere = { lexer: { input: "" }, start: 1, end: 0 };
const token = (text) => new Token(text);
// A command that is not looked up among the macros again, since one has its name.
const primitive = (text) => new Token(text, true);
const plain = (tokens) => tokens.map(({ text }) => text).join("");
const textOf = (tokens) => tokens.map(({ text }) => text).reverse().join("");
// Tokens in the order of reading, as Temml has them: the next one last.
const result = (...tokens) => ({ tokens: tokens.flat().reverse(), numArgs: 0 });
const argument = (context) => context.consumeArgs(1)[0].reverse();
const braced = (tokens) => [token("{"), ...tokens, token("}")];

function option(context) {
  context.consumeSpaces();
  if (context.future().text !== "[") return null;
  context.popToken();
  return context.consumeArg(["]"]).tokens.reverse();
}

// Take a star that follows, and tell whether there was one.
function star(context) {
  const isStarred = context.future().text === "*";
  if (isStarred) context.popToken();
  return isStarred;
}

// What stands before a word at the same depth of braces; the word is taken too.
function until(context, word) {
  const taken = [];
  for (let depth = 0; ; ) {
    const each = context.popToken();
    if (each.text === "EOF") throw Error(`${word} is missing`);
    if (!depth && each.text === word) return taken;
    depth += { "{": 1, "}": -1 }[each.text] ?? 0;
    taken.push(each);
  }
}

// The tokens of a text without spaces that mean something.
const words = (text) => text.match(/\\(?:[A-Za-z@]+|.)|./g)?.map(token) ?? [];

// A space.
const space = (ems) => [token("\\kern"), ...braced([token(`${ems.toFixed(3)}em`)])];

// A part with a class of ours, which says what Python makes of it.
const own = (name, ...tokens) => [primitive("\\class"), ...braced(words(`postdocs-${name}`)), ...braced(tokens)];
