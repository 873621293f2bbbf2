// Commands of LaTeX, amsmath and mathtools that Temml lacks.
"use strict";

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

// Temml has the root of something that nobody sees, with more room behind the sign than TeX leaves.
temml.__defineSymbol("math", "textord", "√", "\\surd");

// Temml has the sign with half a stroke, as KaTeX, whose font has the whole one in its place.
temml.__defineSymbol("math", "rel", "≇", "\\ncong");

// Physicists pull the stroke over the letter.
temml.__defineMacro("\\not", (context) => {
  context.consumeSpaces();
  while (["\\!", "\\negthinspace"].includes(context.future().text)) {
    context.popToken();
    context.consumeSpaces();
  }
  return result(primitive("\\not"));
});

// In a line of text a number has no edge to stand at.
temml.__defineMacro("\\tag", (context) => {
  const isStarred = star(context);
  if (formula.isDisplay) return result(token(isStarred ? "\\tag@literal" : "\\tag@paren"));
  const number = argument(context);
  return result(words("\\qquad\\text"), braced(isStarred ? number : [token("("), ...number, token(")")]));
});

temml.__defineMacro("\\set", (context) => {
  const inner = argument(context);
  const bar = inner.findIndex(({ text }) => text === "|");
  if (bar >= 0) inner.splice(bar, 1, token("\\mid"));
  return result(words("\\{\\,"), inner, words("\\,\\}"));
});

for (const size of ["big", "Big", "bigg", "Bigg"]) temml.__defineMacro(`\\${size}m`, `\\mathrel{\\${size}#1}`);

for (const [name, body] of Object.entries({
  "\\Coloneqq": "\\mathrel{\\mathord{:}\\mathord{:}\\mathord{=}}",
  "\\mbox": "\\text", "\\hbox": "\\text", "\\mathds": "\\mathbb", "\\mathbbm": "\\mathbb", "\\mspace": "\\hspace",
  "\\symbf": "\\mathbf", "\\symbb": "\\mathbb", "\\symcal": "\\mathcal", "\\symfrak": "\\mathfrak", "\\symscr": "\\mathscr",
  "\\symrm": "\\mathrm", "\\symsf": "\\mathsf", "\\symtt": "\\mathtt", "\\symit": "\\mathit",
  "\\mathbfit": "\\boldsymbol", "\\symbfit": "\\boldsymbol",
  "\\prescript": "\\pres@cript{_{#2}^{#1}}{}{#3}", // Temml has above what is below
  "\\surd": () => result(primitive("\\surd")),
  "√": (context) => result(primitive(context.mode === "text" ? "√" : "\\surd")),
  "\\vcentcolon": ":", "\\ensuremath": "", "\\protect": "", "\\strut": "\\mathstrut", "\\null": "{}", "\\break": "\\newline",
  "\\overunderset": "\\overset{#1}{\\underset{#2}{#3}}",
  "\\pmatrix": "\\begin{pmatrix}#1\\end{pmatrix}", "\\cases": "\\begin{cases}#1\\end{cases}",
  "\\eqalign": "\\begin{aligned}#1\\end{aligned}", "\\displaylines": "\\begin{gathered}#1\\end{gathered}",
  "\\intertext": "\\mathrlap{\\text{#1}}\\\\", "\\shortintertext": "\\mathrlap{\\text{#1}}\\\\",
  // Temml sets what is above an ordinary symbol as its exponent.
  "\\overset": "\\stackrel",
  "\\slashed": "\\mathrlap{\\,/}{#1}",
  "\\cf": "\\ce",
  // Temml has the sign of a diameter, which is smaller.
  "\\varnothing": () => result(own("varnothing", token("\\emptyset"))),
  "\\overlinesegment": (context) => result(own("segment", token("\\overline"), ...braced(argument(context)))),
  "\\underlinesegment": (context) => result(own("segment", token("\\underline"), ...braced(argument(context)))),
  // Temml has the operator as small as in a line, and what is below it as an index.
  "\\sideset": (context) => {
    const [before, after, operator] = [argument(context), argument(context), argument(context)];
    const scripts = before.length
      ? [token("\\pres@cript"), ...[before, after, operator].flatMap(braced)]
      : [...operator, token("\\nolimits"), ...after];
    return result(token("\\mathop"), braced(scripts));
  },
})) temml.__defineMacro(name, body);
