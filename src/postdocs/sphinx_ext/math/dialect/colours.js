// Colours, by the names that readers know and by the models of xcolor.
"use strict";

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
      const colour = plain(given);
      const isNamed = Object.hasOwn(colours, colour) && !context.macros.has(`\\\\color@${colour}`);
      return result(itself, braced(isNamed ? words(colours[colour]) : given));
    }
    const read = models[plain(model)];
    if (!read) return result(itself, token("["), model, token("]"));
    const value = plain(argument(context));
    const parts = read(value.split(",").map(Number));
    if (!parts?.every((part) => part >= 0 && part <= 1)) throw Error(`The colour ${value} is not known`);
    const hexadecimal = parts.map((part) => Math.round(part * 255).toString(16).padStart(2, "0")).join("");
    return result(itself, braced(words(`#${hexadecimal}`)));
  });
}
