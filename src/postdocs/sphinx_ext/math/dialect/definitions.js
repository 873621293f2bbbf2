// How formulas define commands and environments, and refer to equations.
"use strict";

// A command to define; as in MathJax, it may lack its backslash.
function commandName(context) {
  const tokens = argument(context).filter(({ text }) => text !== " ");
  if (/^\\./.test(tokens[0]?.text)) return tokens[0].text;
  const name = plain(tokens);
  if (!/^(?:[A-Za-z]+|.)$/u.test(name)) throw Error(`Expected a control sequence, got '${name}'`);
  return `\\${name}`;
}

const parameters = (first, last) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => [token("#"), token(String(first + index))]);

// Definitions hold to the end of the page, as MathJax has them, and may replace others.
const define = (name, pattern, body) => [primitive("\\gdef"), token(name), ...pattern.flat(), ...braced(body)];

// A definition with arguments, of which the first may have a standard, and is in brackets then.
function definition(name, count, standard, body) {
  if (!(count >= 0 && count <= 9)) throw Error(`${name} takes 0 to 9 arguments`);
  if (standard === null) return define(name, parameters(1, count), body);
  const inner = `${name}@arguments`;
  const bracketed = (tokens) => [token("["), ...tokens, token("]")];
  return [
    ...define(inner, [...bracketed(parameters(1, 1).flat()), ...parameters(2, count)], body),
    ...define(name, [], [
      token("\\@ifnextchar"), token("["),
      ...braced([token(inner)]), ...braced([token(inner), ...bracketed(braced(standard))]),
    ]),
  ];
}

const countFrom = (context) => Number(textOf((option(context) ?? [token("0")]).reverse()));

function newCommand(context, { keep = false } = {}) {
  star(context);
  const name = commandName(context);
  const [count, standard, body] = [countFrom(context), option(context), argument(context)];
  return keep && context.isDefined(name) ? result() : result(definition(name, count, standard, body));
}

function newEnvironment(context) {
  star(context);
  const name = textOf(argument(context).reverse());
  const [count, standard] = [countFrom(context), option(context)];
  const [begin, end] = [argument(context), argument(context)];
  return result(definition(`\\begin@${name}`, count, standard, begin), define(`\\end@${name}`, [], end));
}

function declareOperator(context) {
  const isStarred = star(context);
  const name = commandName(context);
  return result(define(name, [], [token("\\operatorname"), ...(isStarred ? [token("*")] : []), ...braced(argument(context))]));
}

/* A command for what is between delimiters, which takes a star or a size (mathtools 3.6).

isGeneral: the command takes several arguments, of which its body is made. isWrapped: something is around. */
function declarePairedDelimiter(context, { isGeneral = false, isWrapped = false } = {}) {
  const name = commandName(context);
  const count = isGeneral ? Number(textOf((option(context) ?? []).reverse())) : 1;
  if (!(count >= 1 && count <= 8)) throw Error(`${name} takes 1 to 8 arguments`);
  const before = isWrapped ? argument(context) : [];
  const [left, right] = [argument(context), argument(context)];
  const after = isWrapped ? argument(context) : [];
  const body = isGeneral ? argument(context) : parameters(1, 1).flat();
  const hash = parameters(1, 1).flat();
  const shifted = (tokens) =>
    tokens.map((each, index) => (tokens[index - 1]?.text === "#" ? token(String(Number(each.text) + 1)) : each));
  const inSize = (tokens, size) => tokens.flatMap((each) => (each.text === "\\delimsize" ? size : [each]));
  const whole = (opening, size, closing) =>
    [before, opening, inSize(body, size), closing, after].flat();
  const fence = (kind, size, delimiter) => [token(kind), ...braced([...size, ...delimiter])];
  const [stretched, sized, plain] = ["stretched", "sized", "plain"].map((kind) => `${name}@${kind}`);
  const sizedBody = [
    ...shifted(before), ...fence("\\mathopen", hash, left), ...inSize(shifted(body), hash),
    ...fence("\\mathclose", hash, right), ...shifted(after),
  ];
  return result(
    define(stretched, parameters(1, count), whole([token("\\left"), ...left], [token("\\middle")], [token("\\right"), ...right])),
    define(sized, [token("["), ...hash, token("]"), ...parameters(2, count + 1)], sizedBody),
    define(plain, parameters(1, count), whole(fence("\\mathopen", [], left), [], fence("\\mathclose", [], right))),
    define(name, [], [
      token("\\@ifstar"), ...braced([token(stretched)]),
      ...braced([token("\\@ifnextchar"), token("["), ...braced([token(sized)]), ...braced([token(plain)])]),
    ]),
  );
}

for (const [name, body] of Object.entries({
  "\\newcommand": newCommand,
  "\\renewcommand": newCommand,
  "\\providecommand": (context) => newCommand(context, { keep: true }),
  "\\newenvironment": newEnvironment,
  "\\renewenvironment": newEnvironment,
  "\\DeclareMathOperator": declareOperator,
  "\\DeclarePairedDelimiter": declarePairedDelimiter,
  "\\DeclarePairedDelimiterX": (context) => declarePairedDelimiter(context, { isGeneral: true }),
  "\\DeclarePairedDelimiterXPP": (context) => declarePairedDelimiter(context, { isGeneral: true, isWrapped: true }),
  "\\def": () => result(primitive("\\gdef")),
  "\\edef": () => result(primitive("\\xdef")),
  "\\let": () => result(primitive("\\global"), primitive("\\let")),
  // Sphinx numbers equations.
  "\\label": (context) => (argument(context), result()),
  "\\nonumber": "",
  "\\notag": "",
})) temml.__defineMacro(name, body);

for (const [name, write] of [["\\ref", (number) => number], ["\\eqref", (number) => `(${number})`]]) {
  temml.__defineMacro(name, (context) => {
    const label = textOf(argument(context).reverse());
    if (!Object.hasOwn(formula.equationNumbers, label)) throw Error(`No equation of this page has the label ${label}`);
    return result(token("\\text"), braced([...write(formula.equationNumbers[label])].map(token)));
  });
}
