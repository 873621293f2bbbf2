// How formulas define commands and environments, and refer to equations.
"use strict";

function commandName(context) {
  const [{ text: name }] = argument(context).filter(({ text }) => text !== " ").concat(token(""));
  if (!/^\\./.test(name)) throw Error(`Expected a control sequence, got '${name}'`);
  return name;
}

const parameters = (first, last) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => [token("#"), token(String(first + index))]);

// Definitions hold to the end of the page, as MathJax has them, and may replace others.
const define = (name, pattern, body) => [primitive("\\gdef"), token(name), ...pattern.flat(), ...braced(body)];

function newCommand(context, { keep = false } = {}) {
  if (context.future().text === "*") context.popToken();
  const name = commandName(context);
  const count = Number(textOf((option(context) ?? [token("0")]).reverse()));
  if (!(count >= 0 && count <= 9)) throw Error(`${name} takes 0 to 9 arguments`);
  const standard = option(context);
  const body = argument(context);
  if (keep && context.isDefined(name)) return result();
  if (standard === null) return result(define(name, parameters(1, count), body));
  const inner = `${name}@arguments`;
  const bracketed = (tokens) => [token("["), ...tokens, token("]")];
  return result(
    define(inner, [...bracketed(parameters(1, 1).flat()), ...parameters(2, count)], body),
    define(name, [], [
      token("\\@ifnextchar"), token("["),
      ...braced([token(inner)]), ...braced([token(inner), ...bracketed(braced(standard))]),
    ]),
  );
}

function newEnvironment(context) {
  if (context.future().text === "*") context.popToken();
  const name = textOf(argument(context).reverse());
  const count = Number(textOf((option(context) ?? [token("0")]).reverse()));
  const [begin, end] = [argument(context), argument(context)];
  return result(define(`\\begin@${name}`, parameters(1, count), begin), define(`\\end@${name}`, [], end));
}

function declareOperator(context) {
  const starred = context.future().text === "*";
  if (starred) context.popToken();
  const name = commandName(context);
  return result(define(name, [], [token("\\operatorname"), ...(starred ? [token("*")] : []), ...braced(argument(context))]));
}

function declarePairedDelimiter(context) {
  const [name, left, right] = [commandName(context), argument(context), argument(context)];
  const hash = (number) => [token("#"), token(String(number))];
  const [stretched, sized, plain] = ["stretched", "sized", "plain"].map((kind) => `${name}@${kind}`);
  return result(
    define(stretched, hash(1), [token("\\left"), ...left, ...hash(1), token("\\right"), ...right]),
    define(sized, [token("["), ...hash(1), token("]"), ...hash(2)], [
      token("\\mathopen"), ...braced([...hash(1), ...left]), ...hash(2), token("\\mathclose"), ...braced([...hash(1), ...right]),
    ]),
    define(plain, hash(1), [token("\\mathopen"), ...braced(left), ...hash(1), token("\\mathclose"), ...braced(right)]),
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
