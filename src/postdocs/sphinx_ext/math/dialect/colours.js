// Colours, by the names that readers know and by the models of xcolor.
"use strict";

// Names of colours that CSS has, as readers know them from KaTeX and MathJax; Temml has those of xcolor.
const colours = {
  brown: "#a52a2a", green: "#008000", lime: "#00ff00", olive: "#808000", orange: "#ffa500", pink: "#ffc0cb",
  purple: "#800080", teal: "#008080", violet: "#ee82ee",
};

// Models of colours, whose parts become those of red, green and blue, from 0 to 1.
const models = {
  rgb: (parts) => parts,
  RGB: (parts) => parts.map((part) => part / 255),
  gray: ([part]) => [part, part, part],
  cmyk: ([cyan, magenta, yellow, black]) => [cyan, magenta, yellow].map((part) => (1 - part) * (1 - black)),
};
const lengths = { rgb: 3, RGB: 3, gray: 1, cmyk: 4 };

// The tokens of a colour in a model, in hexadecimal digits.
function inModel(model, value) {
  if (model === "HTML") return words(`#${value.trim().replace(/^#/, "")}`);
  const given = value.split(",").map(Number);
  const parts = given.length === lengths[model] ? models[model](given) : [];
  if (!parts.length || !parts.every((part) => part >= 0 && part <= 1)) throw Error(`The colour ${value} is not known`);
  return words(`#${parts.map((part) => Math.round(part * 255).toString(16).padStart(2, "0")).join("")}`);
}

// The argument that is a colour, with a model before it or without.
function colourOf(context) {
  const model = option(context);
  const given = argument(context);
  const colour = plain(given);
  if (model !== null) return braced(inModel(plain(model), colour));
  if (context.macros.has(`\\\\color@${colour}`)) return braced(given);
  if (colour in Object.prototype) throw Error(`The colour ${colour} is not known`); // Temml finds it among its names
  return braced(Object.hasOwn(colours, colour) ? words(colours[colour]) : given);
}

for (const name of ["color", "textcolor", "colorbox"]) {
  temml.__defineMacro(`\\${name}`, (context) => result(primitive(`\\${name}`), colourOf(context)));
}
temml.__defineMacro("\\fcolorbox", (context) => result(primitive("\\fcolorbox"), colourOf(context), colourOf(context)));
temml.__defineMacro("\\definecolor", (context) => {
  const [name, model, value] = [argument(context), argument(context), argument(context)];
  const digits = plain(inModel(plain(model), plain(value))).slice(1);
  return result(primitive("\\definecolor"), braced(name), braced(words("HTML")), braced(words(digits)));
});
