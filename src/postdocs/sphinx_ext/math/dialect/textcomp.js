// Characters of text that LaTeX and its package textcomp have names for.
"use strict";

const characters = {
  acutedbl: "˝", asciiacute: "´", asciibreve: "˘", asciicaron: "ˇ", asciidieresis: "¨", asciigrave: "`",
  asciimacron: "¯", asteriskcentered: "∗", baht: "฿", bar: "|", bardbl: "‖",
  bigcircle: "◯", blank: "␢", born: "⋆", brokenbar: "¦", bullet: "•", celsius: "℃",
  cent: "¢", centoldstyle: "¢", circledP: "℗", colonmonetary: "₡", copyleft: "🄯", copyright: "©", currency: "¤",
  dagger: "†", daggerdbl: "‡", dblhyphen: "=", degree: "°", died: "†", discount: "⁒", div: "÷", divorced: "⚮",
  dong: "₫", downarrow: "↓", ellipsis: "…", emdash: "—", endash: "–", estimated: "℮",
  euro: "€", exclamdown: "¡", florin: "ƒ", fractionsolidus: "⁄", gravedbl: "˵", greater: ">", guarani: "₲", interrobang: "‽",
  interrobangdown: "⸘", langle: "⟨", lbrackdbl: "⟦", leaf: "❧", leftarrow: "←", less: "<", lira: "₤", lnot: "¬",
  lquill: "⁅", married: "⚭", mho: "℧", minus: "−", mu: "µ", musicalnote: "♪", naira: "₦", numero: "№", ohm: "Ω",
  onehalf: "½", onequarter: "¼", onesuperior: "¹", openbullet: "◦", ordfeminine: "ª", ordmasculine: "º", paragraph: "¶",
  periodcentered: "·", pertenthousand: "‱", perthousand: "‰", peso: "₱", pilcrow: "¶", pm: "±", questiondown: "¿",
  quotedbl: '"', quotedblleft: "“", quotedblright: "”", quoteleft: "‘", quoteright: "’", quotesingle: "'",
  quotesinglbase: "‚", quotedblbase: "„", rangle: "⟩", rbrackdbl: "⟧", recipe: "℞", referencemark: "※", registered: "®",
  rightarrow: "→", rquill: "⁆", section: "§", servicemark: "℠", sterling: "£", surd: "√", threequarters: "¾",
  threesuperior: "³", tildelow: "˷", times: "×", trademark: "™", twosuperior: "²", uparrow: "↑",
  visiblespace: "␣", won: "₩", yen: "¥",
};
const digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
digits.forEach((name, digit) => (characters[`${name}oldstyle`] = String(digit)));

for (const [name, character] of Object.entries(characters)) {
  temml.__defineMacro(`\\text${name}`, ({ mode }) => result(mode === "text" ? token(character) : inText([token(character)])));
}
// What means something to TeX, Temml has in text.
for (const name of ["asciicircum", "asciitilde", "backslash", "braceleft", "braceright", "dollar", "underscore"]) {
  const itself = primitive(`\\text${name}`);
  temml.__defineMacro(itself.text, ({ mode }) => result(mode === "text" ? itself : inText([itself])));
}
temml.__defineMacro("\\textdollaroldstyle", "\\textdollar");
temml.__defineMacro("\\textcompwordmark", "");
