// The package siunitx: numbers, and units by their names or their signs.
"use strict";

const prefixes = {
  yocto: "y", zepto: "z", atto: "a", femto: "f", pico: "p", nano: "n", micro: "µ", milli: "m", centi: "c", deci: "d",
  deca: "da", deka: "da", hecto: "h", kilo: "k", mega: "M", giga: "G", tera: "T", peta: "P", exa: "E", zetta: "Z",
  yotta: "Y", kibi: "Ki", mebi: "Mi", gibi: "Gi", tebi: "Ti",
};
const units = {
  ampere: "A", candela: "cd", gram: "g", kelvin: "K", kilogram: "kg", meter: "m", metre: "m", mole: "mol", second: "s",
  becquerel: "Bq", celsius: "°C", coulomb: "C", degreeCelsius: "°C", farad: "F", gray: "Gy", henry: "H", hertz: "Hz",
  joule: "J", katal: "kat", lumen: "lm", lux: "lx", newton: "N", ohm: "Ω", pascal: "Pa", radian: "rad", siemens: "S",
  sievert: "Sv", steradian: "sr", tesla: "T", volt: "V", watt: "W", weber: "Wb",
  arcminute: "′", arcsecond: "″", astronomicalunit: "au", bel: "B", bit: "bit", byte: "B", dalton: "Da", day: "d",
  decibel: "dB", degree: "°", electronvolt: "eV", hectare: "ha", hour: "h", liter: "L", litre: "L", minute: "min",
  neper: "Np", percent: "%", tonne: "t", angstrom: "Å", bar: "bar", barn: "b", knot: "kn", atomicmassunit: "u",
};
const powers = { square: 2, cubic: 3 }; // before a unit
const powersAfter = { squared: 2, cubed: 3 };

// The tokens of a unit; one without names is as mhchem has it.
function unitOf(given) {
  if (!given.some(({ text }) => /^\\[A-Za-z]/.test(text))) return [token("\\pu"), ...braced(given)];
  const parts = [];
  let [sign, power, prefix] = [1, 1, ""];
  const unread = given.filter(({ text }) => text !== " ").reverse();
  const number = () => {
    const first = unread.pop()?.text;
    const digits = [first === "{" ? "" : first];
    while (first === "{" && unread.length) {
      const { text } = unread.pop();
      if (text === "}") break;
      digits.push(text);
    }
    if (!Number(digits.join(""))) throw Error(`The power ${digits.join("")} of a unit is not a number`);
    return Number(digits.join(""));
  };
  while (unread.length) {
    const { text } = unread.pop();
    const name = text.replace(/^\\/, "");
    if (name === "per") sign = -1;
    else if (Object.hasOwn(prefixes, name)) prefix = prefixes[name];
    else if (Object.hasOwn(powers, name)) power = powers[name];
    else if (name === "raiseto") power = number();
    else if (parts.length && Object.hasOwn(powersAfter, name)) parts.at(-1).power *= powersAfter[name];
    else if (parts.length && name === "tothe") parts.at(-1).power *= number();
    else if (Object.hasOwn(units, name) || /^[A-Za-z]$/.test(text)) {
      parts.push({ sign: prefix + (units[name] ?? text), power: sign * power });
      [sign, power, prefix] = [1, 1, ""];
    } else throw Error(`The unit ${text} is not known`);
  }
  const written = parts.map(({ sign, power }) => [
    token("\\text"), ...braced([...sign].map((letter) => token(letter === "%" ? "\\%" : letter))),
    ...(power === 1 ? [] : [token("^"), ...braced(words(String(power)))]),
  ]);
  return written.flatMap((part, at) => (at ? [token("\\,"), ...part] : part));
}

const numberOf = (given) => [token("\\pu"), ...braced(given)];
const quantityOf = (number, unit) => {
  const isPlain = !unit.some(({ text }) => /^\\[A-Za-z]/.test(text));
  if (isPlain) return numberOf([...number, token(" "), ...unit]);
  const isAngle = /^\\(?:degree|arcminute|arcsecond)$/.test(unit[0].text); // which stands beside its number
  return [...numberOf(number), ...(isAngle ? [] : [token("\\,")]), ...unitOf(unit)];
};
const to = words("\\text{ to }");

for (const [name, body] of Object.entries({
  "\\num": (context) => (option(context), result(numberOf(argument(context)))),
  "\\unit": (context) => (option(context), result(unitOf(argument(context)))),
  "\\si": "\\unit",
  "\\SI": (context) => (option(context), result(quantityOf(argument(context), argument(context)))),
  "\\numrange": (context) => (option(context), result(numberOf(argument(context)), to, numberOf(argument(context)))),
  "\\qtyrange": (context) => {
    option(context);
    const [from, end, unit] = [argument(context), argument(context), argument(context)];
    return result(quantityOf(from, unit), to, quantityOf(end, unit));
  },
  "\\SIrange": "\\qtyrange",
  "\\ang": (context) => {
    option(context);
    const parts = textOf(argument(context).reverse()).split(";").map((part) => part.trim());
    return result(parts.slice(0, 3).flatMap((part, at) => (part ? [...words(part), token("\\text"), ...braced([token("°′″"[at])])] : [])));
  },
})) temml.__defineMacro(name, body);
