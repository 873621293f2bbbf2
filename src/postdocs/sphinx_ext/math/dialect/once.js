// Temml makes the same regular expressions for each formula and each macro. QuickJS compiles them each time,
// unless they are copies of one that is compiled.
"use strict";
{
  const Compiling = RegExp;
  const compiled = new Map();
  globalThis.RegExp = new Proxy(Compiling, {
    construct(target, [source, flags]) {
      if (typeof source !== "string") return new Compiling(source, flags);
      const key = `${flags}/${source}`;
      if (!compiled.has(key)) compiled.set(key, new Compiling(source, flags));
      return new Compiling(compiled.get(key));
    },
  });
}
