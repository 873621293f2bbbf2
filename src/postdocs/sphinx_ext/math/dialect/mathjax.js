// Commands and environments that blogs have from MathJax and KaTeX, and that Temml lacks.
"use strict";

function unicode(context) {
  while (option(context) !== null); // a size and a font
  const text = plain(argument(context)).trim();
  const code = /^x/i.test(text) ? parseInt(text.slice(1), 16) : Number(text);
  if (!(code >= 0x20 && code <= 0x10ffff)) throw Error(`There is no character ${text}`);
  return result(token("\\text"), braced([token(String.fromCodePoint(code))]));
}

// A box with a border, on a colour, or only with space around; the space is the browser's.
function box(context) {
  const said = plain(option(context) ?? []).split(",").map((each) => each.trim());
  const colour = said.find((each) => each && !/^(?:border\b|-?[\d.])/.test(each));
  const inner = argument(context);
  const coloured = colour ? [token("\\colorbox"), ...braced(words(colour)), ...braced([token("$"), ...inner, token("$")])] : inner;
  return result(said.some((each) => each.startsWith("border")) ? [token("\\boxed"), ...braced(coloured)] : braced(coloured));
}

// A class would be lost on a letter that has another one, or on a digit beside others.
const marked = (name, tokens) => own(name, token("\\overline"), ...braced(tokens));

// One of the lines and strokes around what it encloses, or several.
function enclose(context) {
  const notations = plain(argument(context)).trim().split(/[\s,]+/);
  option(context); // colours and widths
  const inner = argument(context);
  return result(notations.reduce((tokens, each) => marked(`enclosed-${each}`, tokens), inner));
}

// What a page shows only where somebody points at it is left out.
function withoutTip(context) {
  const shown = argument(context);
  argument(context);
  return result(braced(shown));
}

// Of a style the colours, which look the same in any page.
function styled(context) {
  const declarations = Object.fromEntries(plain(argument(context)).split(";").map((each) => each.split(":").map((part) => part.trim())));
  const colour = (property) => (/^#?\w+$/.test(declarations[property] ?? "") ? braced(words(declarations[property])) : null);
  const ground = colour("background-color") ?? colour("background");
  const inner = argument(context);
  const box = ground ? [token("\\colorbox"), ...ground, ...braced([token("$"), ...inner, token("$")])] : inner;
  return result(colour("color") ? [token("\\textcolor"), ...colour("color"), ...braced(box)] : braced(box));
}

// The value before units in the package units, and the units.
function valueOf(context) {
  const value = option(context);
  return value ? [...value, token("\\,")] : [];
}
const inRoman = (context) => [token("\\mathrm"), ...braced(argument(context))];

// Names that Wikipedia and KaTeX took from HTML and texvc.
const names = {
  alef: "aleph", alefsym: "aleph", bull: "bullet", clubs: "clubsuit", diamonds: "diamondsuit", hearts: "heartsuit",
  spades: "spadesuit", Dagger: "ddagger", empty: "emptyset", exist: "exists", image: "Im", real: "Re", infin: "infty",
  isin: "in", lang: "langle", rang: "rangle", plusmn: "pm", sdot: "cdot", sect: "S", sub: "subset", sube: "subseteq",
  supe: "supseteq", thetasym: "vartheta", weierp: "wp",
  darr: "downarrow", dArr: "Downarrow", Darr: "Downarrow", uarr: "uparrow", uArr: "Uparrow", Uarr: "Uparrow",
  harr: "leftrightarrow", hArr: "Leftrightarrow", Harr: "Leftrightarrow", larr: "leftarrow", lArr: "Leftarrow",
  Larr: "Leftarrow", lrarr: "leftrightarrow", lrArr: "Leftrightarrow", Lrarr: "Leftrightarrow", rarr: "rightarrow",
  rArr: "Rightarrow", Rarr: "Rightarrow",
  // physics
  sine: "sin", cosine: "cos", tangent: "tan", secant: "sec", cosecant: "csc", cotangent: "cot",
  hypsine: "sinh", hypcosine: "cosh", hyptangent: "tanh", hypcotangent: "coth",
  arcsine: "arcsin", arccosine: "arccos", arctangent: "arctan", exponential: "exp", logarithm: "log",
  naturallogarithm: "ln", determinant: "det", Probability: "Pr", imaginary: "Im",
  Ketbra: "ketbra",
  // MathJax
  mit: "it", textsl: "textit", scr: "cal", mathup: "mathrm", mathsfup: "mathsf", mathbfup: "mathbf",
  crampedllap: "mathllap", crampedrlap: "mathrlap", crampedclap: "mathclap", Arrowvert: "Vert", arrowvert: "vert",
  symup: "mathrm", symnormal: "mathnormal", symsfup: "mathsf", symsfit: "mathsfit", symbfup: "mathbf", symbfsfup: "mathbfsf",
  mathbfsfup: "mathbfsf", symbfcal: "mathbfcal", symbffrak: "mathbffrak", symbfscr: "mathbfscr", symbfsf: "mathbfsf",
  symbfsfit: "mathbfsfit", mathbbmss: "mathbb", mathbbmtt: "mathbb", ointop: "oint", array: "matrix",
  bracevert: "vert", centernot: "not", micro: "text{µ}", ohm: "Omega", perthousand: "text{‰}",
};
const operators = {
  sech: "sech", csch: "csch", hypsecant: "sech", hypcosecant: "csch", Trace: "Tr", Residue: "Res",
  arcsec: "arcsec", arccsc: "arccsc", arccot: "arccot", arcsecant: "arcsec", arccosecant: "arccsc", arccotangent: "arccot",
  asin: "asin", acos: "acos", atan: "atan", asec: "asec", acsc: "acsc", acot: "acot",
  asine: "asin", acosine: "acos", atangent: "atan", asecant: "asec", acosecant: "acsc", acotangent: "acot",
};
const upright = ["Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"];

for (const [name, other] of Object.entries(names)) temml.__defineMacro(`\\${name}`, `\\${other}`);
for (const [name, other] of Object.entries(operators)) temml.__defineMacro(`\\${name}`, `\\operatorname{${other}}`);
for (const name of ["epsilon", "phi", "pi", "rho", "sigma", "theta"]) temml.__defineMacro(`\\upvar${name}`, `\\mathrm{\\var${name}}`);
for (const name of upright) temml.__defineMacro(`\\Up${name.toLowerCase()}`, `\\mathrm{\\${name}}`);
for (const [letter, also] of Object.entries({ N: ["natnums"], Z: [], R: ["reals", "Reals"], C: ["cnums", "Complex"] })) {
  // The letter C alone is an accent in text, and in no manual of formulas.
  for (const name of letter === "C" ? also : [letter, ...also]) temml.__defineMacro(`\\${name}`, `\\mathbb{${letter}}`);
}
for (const [name, letter] of Object.entries({ cal: "mathcal", frak: "mathfrak", scr: "mathscr", sf: "mathsf", sfit: "mathsfit" })) {
  temml.__defineMacro(`\\mathbf${name}`, `\\boldsymbol{\\${letter}{#1}}`);
}
// A sign before one or two colons, and after them.
for (const [name, sign] of Object.entries({ dash: "-", sim: "\\sim", approx: "\\approx" })) {
  for (const [colons, count] of [["colon", 1], ["Colon", 2]]) {
    const [ord, all] = [`\\mathord{${sign}}`, "\\mathord{:}".repeat(count)];
    const capital = name[0].toUpperCase() + name.slice(1);
    temml.__defineMacro(`\\${count > 1 ? capital : name}colon`, `\\mathrel{${ord}${all}}`);
    temml.__defineMacro(`\\${colons}${name}`, `\\mathrel{${all}${ord}}`);
  }
}
for (const name of ["cssId", "class", "data", "htmlClass", "htmlData", "htmlId"]) {
  // Names for scripts and style sheets of the old pages.
  temml.__defineMacro(`\\${name}`, (context) => (argument(context), result(braced(argument(context)))));
}
for (const [name, body] of Object.entries({
  "\\require": (context) => (argument(context), result()), // all that it can ask for is there
  "\\enclose": enclose, "\\bbox": box, "\\unicode": unicode,
  "\\root": (context) => result(words("\\sqrt["), braced(until(context, "\\of")), token("]"), braced(argument(context))),
  "\\buildrel": (context) => result(token("\\mathrel"), braced([token("\\stackrel"), ...braced(until(context, "\\over")), ...braced(argument(context))])),
  // To MathJax they take no argument: the whole row stands there.
  "\\shoveleft": (context) => (option(context), result(marked("left", []))),
  "\\shoveright": (context) => (option(context), result(marked("right", []))),
  "\\lefteqn": "\\mathrlap{\\displaystyle{#1}}",
  "\\mathmbox": "{#1}", "\\nicefrac": (context) => (option(context), result(token("\\nice@frac"))), "\\nice@frac": "{}^{#1}\\!/_{#2}",
  "\\flatfrac": "\\left.#1\\middle/#2\\right.",
  "\\splitfrac": "\\begin{gathered}#1\\\\#2\\end{gathered}", "\\splitdfrac": "\\begin{gathered}#1\\\\#2\\end{gathered}",
  "\\Space": (context) => { const [width] = context.consumeArgs(3); return result(token("\\hspace"), braced(width.reverse())); },
  "\\celsius": "{}^\\circ\\mathrm{C}", "\\gradientnabla": "\\nabla", "\\stackbin": "\\mathbin{\\stackrel{#1}{#2}}",
  "\\simcoloncolon": "\\Simcolon", "\\approxcoloncolon": "\\Approxcolon",
  "\\texttip": withoutTip, "\\mathtip": withoutTip,
  "\\toggle": (context) => result(braced(nextOf(until(context, "\\endtoggle").reverse()))),
  "\\skew": "{#2{#3\\mkern#1mu}\\mkern-#1mu}{}", "\\*": "", "\\\u00a0": "\\ ", "\\KaTeX": "\\text{KaTeX}",
  "\\style": styled, "\\htmlStyle": styled, "\\U": (context) => result(token("\\unicode"), braced([token("x"), ...argument(context)])),
  "\\minCDarrowwidth": (context) => (argument(context), result()), "\\minCDarrowheight": (context) => (argument(context), result()),
  "\\eqalignno": "\\begin{array}{r@{}l@{\\qquad}r}#1\\end{array}", "\\leqalignno": "\\eqalignno",
  "\\minuso": "\\mathbin{⦵}", "\\xrightleftarrows": "\\xtofrom",
  "\\units": (context) => result(valueOf(context), inRoman(context)),
  "\\unitfrac": (context) => result(valueOf(context), token("\\nicefrac"), braced(inRoman(context)), braced(inRoman(context))),
  "\\oldstyle": "", "\\nonscript": "", "\\goodbreak": "", "\\badbreak": "",
  "\\leftroot": (context) => (argument(context), result()),
  "\\uproot": (context) => (argument(context), result()),
})) temml.__defineMacro(name, body);
