// Proof trees of the package bussproofs: what is above a line is on a stack.
"use strict";

const premises = { Unary: 1, Binary: 2, Trinary: 3, Quaternary: 4, Quinary: 5 };
const short = {
  __proto__: null,
  AXC: "AxiomC", UIC: "UnaryInfC", BIC: "BinaryInfC", TIC: "TrinaryInfC", LL: "LeftLabel", RL: "RightLabel",
  AX: "Axiom", UI: "UnaryInf", BI: "BinaryInf", TI: "TrinaryInf",
};

// A step over what it concludes, with the labels beside its line.
function step(above, conclusion, { left, right, hasLine }) {
  const parts = above.flatMap((tokens, index) => [...(index ? [token("\\qquad")] : []), ...tokens]);
  const fraction = hasLine ? [token("\\dfrac")] : words("\\genfrac{}{}{0em}{0}");
  return braced([
    ...(left ? [...inText(left), token("\\;")] : []),
    ...fraction, ...braced(parts), ...braced(conclusion),
    ...(right ? [token("\\;"), ...inText(right)] : []),
  ]);
}

// What is concluded: text in braces, or between dollars a formula whose sides are parted by \fCenter.
function conclusionIn(tokens, isText) {
  if (isText) return inText(nextOf(tokens));
  nextOf(tokens);
  const formula = [];
  while (tokens.length && tokens.at(-1).text !== "$") formula.push(tokens.pop());
  tokens.pop();
  return formula.flatMap((each) => (each.text === "\\fCenter" ? words("\\mathrel{\\vdash}") : [each]));
}

temml.__defineMacro("\\begin@prooftree", (context) => {
  const tokens = content(context, "prooftree").reverse();
  const stack = [];
  let beside = { hasLine: true };
  let hasLines = true;
  while (tokens.length) {
    const [, said] = /^\\(.+)$/.exec(tokens.pop().text) ?? [];
    const name = short[said] ?? said;
    const [, count, isText] = /^(Unary|Binary|Trinary|Quaternary|Quinary)Inf(C?)$/.exec(name) ?? [];
    if (count) {
      if (stack.length < premises[count]) throw Error(`\\${name} has too little above it`);
      const above = stack.splice(-premises[count]);
      stack.push(step(above, conclusionIn(tokens, isText), beside));
      beside = { hasLine: hasLines };
    } else if (name === "AxiomC" || name === "Axiom") stack.push(conclusionIn(tokens, name === "AxiomC"));
    else if (name === "LeftLabel") beside.left = nextOf(tokens);
    else if (name === "RightLabel") beside.right = nextOf(tokens);
    else if (name === "noLine") beside.hasLine = false;
    else if (name === "alwaysNoLine") beside.hasLine = hasLines = false;
    else if (/^(?:solid|single|double|dashed)Line$/.test(name)) beside.hasLine = true;
    else if (/^always(?:Solid|Single|Double|Dashed)Line$/.test(name)) beside.hasLine = hasLines = true;
    else if (/ootAtTop$/.test(name)) throw Error("Proof trees with the root at the top can't be set");
    else if (name && !/ootAtBottom$|^DisplayProof$|^ $/.test(name)) throw Error(`Unsupported function name: \\${name}`);
  }
  if (stack.length !== 1) throw Error(`Proof trees end with one conclusion, not with ${stack.length}`);
  return result(braced(stack[0]));
});
