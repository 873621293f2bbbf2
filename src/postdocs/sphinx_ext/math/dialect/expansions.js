// Short ways to what Temml reads by long ones.
"use strict";

// In Temml, these spaces are each a group of two more macros.
for (const [name, eighteenths, inText] of [[",", 3, ".1667em"], [":", 4, ".2222em"], [";", 5, ".2777em"], ["!", -3, "-.1667em"]]) {
  const [inFormula, length] = [token(`${eighteenths}mu`), token(inText)];
  temml.__defineMacro(`\\${name}`, ({ mode }) =>
    mode === "text" ? result(token("\\kern"), braced([length])) : result(token("\\mskip"), braced([inFormula])),
  );
}

// Whether a command is there that no page has defined.
let isDefined;

// What macros stand for, found once: Temml reads a macro that is a text again each time it is used.
{
  // In Temml, whether a star follows is a macro made of four others.
  temml.__defineMacro("\\@ifstar", (context) => {
    const [starred, plain] = context.consumeArgs(2);
    context.consumeSpaces();
    const isStarred = context.future().text === "*";
    if (isStarred) context.popToken();
    return { tokens: isStarred ? starred : plain, numArgs: 0 };
  });

  const name = "\\postdocs@text";
  const copy = (token) => Object.assign(Object.create(Object.getPrototypeOf(token)), token);

  // A macro that is a text, as one whose tokens are known; each use has its own, for \noexpand changes them.
  const readOnce = (text) => {
    let expansion = null;
    return (context) => {
      if (!expansion) {
        context.macros.builtins[name] = text;
        expansion = context._getExpansion(name);
      }
      return { tokens: expansion.tokens.map(copy), numArgs: expansion.numArgs };
    };
  };

  // To find out whether a token is a macro, Temml takes it, puts it back, and takes it again.
  function popToken() {
    return this.stack.pop() ?? this.lexer.lex();
  }
  function expandNextToken() {
    for (;;) {
      let token = this.stack.pop() ?? this.lexer.lex();
      if (!token.noexpand && this.macros.get(token.text) != null) {
        this.stack.push(token);
        if (this.expandOnce() !== false) continue;
        token = this.stack.pop();
      }
      if (token.treatAsRelax) token.text = "\\relax";
      return token;
    }
  }

  temml.__defineMacro("\\postdocs@start", (context) => {
    const { builtins } = context.macros;
    isDefined = (command) => context.isDefined(command);
    Object.assign(Object.getPrototypeOf(context), { popToken, expandNextToken });
    for (const [macro, text] of Object.entries(builtins)) {
      // Those without commands are lengths and numbers, which Temml reads itself.
      if (typeof text === "string" && text.includes("\\")) builtins[macro] = readOnce(text);
    }
    delete builtins["\\postdocs@start"];
    return "";
  });
  temml.renderToString("\\postdocs@start", {});
}
