// What LaTeX, amsmath, mathtools, siunitx and MathJax have and Temml lacks, as macros of Temml.
"use strict";

// Numbers of equations in the document by their labels, while a formula is read.
let equationNumbers = {};

const token = (text) => ({ text });
// A command that is not looked up among the macros again, since one has its name.
const primitive = (text) => ({ text, noexpand: true });
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
    if (!Object.hasOwn(equationNumbers, label)) throw Error(`No equation of this page has the label ${label}`);
    return result(token("\\text"), braced([...write(equationNumbers[label])].map(token)));
  });
}

// Environments. Those with numbers are set without, for Sphinx numbers them; a \tag needs the display form.
const aligned = { plain: "\\begin{aligned}", tagged: "\\begin{align*}" };
const gathered = { plain: "\\begin{gathered}", tagged: "\\begin{gather*}" };
const alignedat = { plain: "\\begin{alignedat}", tagged: "\\begin{alignat*}" };
const nothing = { plain: "", tagged: "" };
const eqnarray = { plain: "\\begin{darray}{rcl}", tagged: "\\begin{darray}{rcl}" };
const environments = {
  "equation": nothing, "equation*": nothing, "displaymath": nothing, "math": nothing,
  "align": aligned, "align*": aligned, "flalign": aligned, "flalign*": aligned,
  "gather": gathered, "gather*": gathered, "alignat": alignedat, "alignat*": alignedat,
  "xalignat": alignedat, "xalignat*": alignedat, "eqnarray": eqnarray, "eqnarray*": eqnarray,
};
for (const [fence, [left, right]] of Object.entries({ p: ["(", ")"], b: ["[", "]"], B: ["\\{", "\\}"], v: ["|", "|"], V: ["\\|", "\\|"] })) {
  const name = `${fence}smallmatrix`;
  temml.__defineMacro(`\\begin@${name}`, `\\left${left}\\begin{smallmatrix}`);
  temml.__defineMacro(`\\end@${name}`, `\\end{smallmatrix}\\right${right}`);
}
temml.__defineMacro("\\begin@multline", "\\begin{multline*}");
temml.__defineMacro("\\end@multline", "\\end{multline*}");

// Those that can say where they stand in a line.
const placed = new Set(["aligned", "alignedat", "gathered", "array", "darray"]);

// Those that Temml has only for a line of their own, as they are in a line of text.
const inline = { "split": "\\begin{aligned}", "multline": "\\begin{gathered}", "multline*": "\\begin{gathered}" };

let isTagged = false;
let isDisplay = true;
const words = (text) => text.match(/\\(?:[A-Za-z@]+|.)|./g)?.map(token) ?? [];

for (const part of ["begin", "end"]) {
  temml.__defineMacro(`\\${part}`, (context) => {
    const name = argument(context);
    const text = name.map((each) => each.text).join("");
    const macro = `\\${part}@${text}`;
    if (context.macros.has(macro) && (isDisplay || !(text in inline))) return result(token(macro));
    const itself = [primitive(`\\${part}`), ...braced(name)];
    if (part === "begin" && placed.has(text)) option(context);
    const other = environments[text]?.[isTagged ? "tagged" : "plain"] ?? (isDisplay ? undefined : inline[text]);
    const isOther = other !== undefined && !other.startsWith(`\\begin{${text}}`);
    const columns = part === "begin" && (text === "array" || text === "darray") ? arrayColumns(context) : [];
    if (!isOther) return result(itself, columns);
    return result(words(part === "begin" ? other : other.replace(/^\\begin(\{[^}]*\}).*/, "\\end$1")));
  });
}

// Columns of arrays: repetitions are written out, widths and spaces between columns left to the browser.
function arrayColumns(context) {
  const columns = [];
  const unread = argument(context).reverse();
  const next = () => {
    const first = unread.pop();
    if (first?.text !== "{") return first ? [first] : [];
    const taken = [];
    for (let depth = 1; unread.length; ) {
      const each = unread.pop();
      depth += { "{": 1, "}": -1 }[each.text] ?? 0;
      if (!depth) break;
      taken.push(each);
    }
    return taken;
  };
  while (unread.length) {
    const each = unread.pop();
    if (each.text === "*") {
      const count = Number(next().map(({ text }) => text).join(""));
      const repeated = next();
      if (!(count > 0 && count <= 100)) throw Error("An array repeats columns 1 to 100 times");
      for (let time = 0; time < count; time++) unread.push(...[...repeated].reverse());
    } else if ("@!".includes(each.text)) {
      const between = next().map(({ text }) => text).filter((text) => !/^(?:\\[,:;!> ]|\\quad|\\qquad|\\hspace|\s)$/.test(text));
      if (between.length) throw Error(`An array can't have ${between.join("")} between its columns`);
    } else if ("pmb".includes(each.text)) {
      next();
      columns.push(token("l"));
    } else if (each.text !== " ") columns.push(each);
  }
  return braced(columns);
}

// A length after the end of a row becomes a strut that is as much deeper than a line.
const ems = { em: 1, ex: 0.431, mu: 1 / 18, pt: 0.1, pc: 1.2, px: 0.075, bp: 0.1, mm: 0.285, cm: 2.85, in: 7.23 };
temml.__defineMacro("\\\\", (context) => {
  const end = primitive("\\\\");
  if (context.future().text === "*") context.popToken();
  if (context.future().text !== "[") return result(end);
  const inside = option(context);
  const [, number, unit] = /^\s*(-?[\d.]+)\s*([a-z]{2})\s*$/.exec(inside.map(({ text }) => text).join("")) ?? [];
  if (!(Number(number) * ems[unit])) return result(end, token("["), inside, token("]")); // it begins the next row
  const depth = (0.36 + Number(number) * ems[unit]).toFixed(3);
  return result(depth > 0.36 ? words(`\\rule[-${depth}em]{0em}{${depth}em}`) : [], end);
});

// Names of colours that CSS has, as readers know them from KaTeX and MathJax; Temml has those of xcolor.
const colours = {
  brown: "#a52a2a", green: "#008000", lime: "#00ff00", olive: "#808000", orange: "#ffa500", pink: "#ffc0cb",
  purple: "#800080", teal: "#008080", violet: "#ee82ee",
};

// Models of colours that Temml lacks.
const models = {
  gray: (parts) => (parts.length === 1 ? [parts[0], parts[0], parts[0]] : null),
  cmyk: (parts) => (parts.length === 4 ? parts.slice(0, 3).map((part) => (1 - part) * (1 - parts[3])) : null),
};
for (const name of ["color", "textcolor", "colorbox"]) {
  temml.__defineMacro(`\\${name}`, (context) => {
    const itself = primitive(`\\${name}`);
    const model = option(context);
    if (model === null) {
      const given = argument(context);
      const colour = given.map(({ text }) => text).join("");
      const isNamed = Object.hasOwn(colours, colour) && !context.macros.has(`\\\\color@${colour}`);
      return result(itself, braced(isNamed ? words(colours[colour]) : given));
    }
    const read = models[model.map(({ text }) => text).join("")];
    if (!read) return result(itself, token("["), model, token("]"));
    const value = argument(context).map(({ text }) => text).join("");
    const parts = read(value.split(",").map(Number));
    if (!parts?.every((part) => part >= 0 && part <= 1)) throw Error(`The colour ${value} is not known`);
    const hexadecimal = parts.map((part) => Math.round(part * 255).toString(16).padStart(2, "0")).join("");
    return result(itself, braced(words(`#${hexadecimal}`)));
  });
}

// The package physics: what follows in braces, parentheses and brackets is an argument.
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
  if (unit) return result(token("\\pu"), braced([...first, token(" "), ...unit]));
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
  "\\vb": "\\@ifstar\\boldsymbol\\mathbf",
  "\\va": "\\@ifstar{\\va@with\\boldsymbol}{\\va@with\\mathbf}", "\\va@with": "\\vec{#1{#2}}",
  "\\vu": "\\@ifstar{\\vu@with\\boldsymbol}{\\vu@with\\mathbf}", "\\vu@with": "\\hat{#1{#2}}",
  "\\expval": "\\ev", "\\innerproduct": "\\ip", "\\derivative": "\\dv", "\\partialderivative": "\\pdv",
  "\\vectorbold": "\\vb", "\\vectorarrow": "\\va", "\\vectorunit": "\\vu", "\\differential": "\\dd", "\\quantity": "\\qty",
})) temml.__defineMacro(name, body);

// mhchem finds spaces by the places of tokens, which those of macros don't have.
for (const name of ["ce", "pu"]) {
  temml.__defineMacro(`\\${name}`, (context) => {
    let end = 0;
    const placed = argument(context).map(({ text }, index, all) => {
      const start = end + (/^\\[A-Za-z]+$/.test(all[index - 1]?.text ?? "") && /^[A-Za-z]/.test(text) ? 1 : 0);
      end = start + text.length;
      return { text, loc: { start, end } };
    });
    return chemParse(placed.reverse(), name);
  });
}

for (const size of ["big", "Big", "bigg", "Bigg"]) temml.__defineMacro(`\\${size}m`, `\\mathrel{\\${size}#1}`);

for (const [name, body] of Object.entries({
  "\\Coloneqq": "\\mathrel{::\\mkern-1.2mu=}",
  "\\mbox": "\\text", "\\hbox": "\\text", "\\mathds": "\\mathbb", "\\mathbbm": "\\mathbb", "\\mspace": "\\hspace",
  "\\symbf": "\\mathbf", "\\symbb": "\\mathbb", "\\symcal": "\\mathcal", "\\symfrak": "\\mathfrak", "\\symscr": "\\mathscr",
  "\\symrm": "\\mathrm", "\\symsf": "\\mathsf", "\\symtt": "\\mathtt", "\\symit": "\\mathit",
  "\\mathbfit": "\\boldsymbol", "\\symbfit": "\\boldsymbol",
  "\\ensuremath": "", "\\protect": "", "\\strut": "\\mathstrut", "\\null": "{}", "\\break": "\\newline",
  "\\overunderset": "\\overset{#1}{\\underset{#2}{#3}}",
  "\\pmatrix": "\\begin{pmatrix}#1\\end{pmatrix}", "\\cases": "\\begin{cases}#1\\end{cases}",
  "\\eqalign": "\\begin{aligned}#1\\end{aligned}", "\\displaylines": "\\begin{gathered}#1\\end{gathered}",
  "\\intertext": "\\mathrlap{\\text{#1}}\\\\", "\\shortintertext": "\\mathrlap{\\text{#1}}\\\\",
  // Temml sets what is above an ordinary symbol as its exponent.
  "\\overset": "\\stackrel", "\\cancelto": "{\\cancel{#2}}^{#1}",
  "\\slashed": "\\mathrlap{\\,/}{#1}",
  "\\num": "\\pu{#1}", "\\si": "\\pu{#1}", "\\unit": "\\pu{#1}", "\\SI": "\\pu{#1 #2}", "\\cf": "\\ce",
  "\\overlinesegment": "\\overline", "\\underlinesegment": "\\underline",
})) temml.__defineMacro(name, body);

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

/* Return, as JSON, MathML and the macros that the formula has defined, or what is wrong with it. */
function convert(latex, display, macros, numbers) {
  equationNumbers = JSON.parse(numbers);
  isDisplay = display;
  isTagged = display && /\\tag\b/.test(latex);
  const given = deserialise(JSON.parse(macros));
  const current = { ...given };
  try {
    const options = { displayMode: display, throwOnError: true, macros: current, strict: false, trust: false, maxExpand: 10000 };
    return JSON.stringify({ mathml: temml.renderToString(latex, options), macros: serialise(current, given) });
  } catch (error) {
    const isOurs = error.name === "ParseError" || error.name === "Error";
    const isFull = error.name === "RangeError" || error.name === "InternalError";
    return JSON.stringify({ error: isOurs || isFull ? error.message : "its parts do not fit together" });
  }
}
