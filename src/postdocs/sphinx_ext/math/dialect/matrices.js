// Matrices of the package physics.
"use strict";

const fences = { "{": "", "(": "p", "[": "b", "|": "v", "\\{": "B", "\\|": "V" };

// A matrix in the braces or the delimiters that follow.
const matrix = (name) => (context) => {
  star(context);
  context.consumeSpaces();
  const isFenced = context.future().text in closing;
  const { open, inner } = isFenced ? fenced(context) : { open: "{", inner: argument(context) };
  return result(within(`${fences[open]}${name}`, inner));
};

const inRows = (rows) =>
  rows.flatMap((cells, row) => [
    ...(row ? [token("\\\\")] : []),
    ...cells.flatMap((cell, column) => [...(column ? [token("&")] : []), ...cell]),
  ]);

const most = 50; // rows and columns, more than anybody writes
function sizeFrom(context) {
  const size = Number(plain(argument(context)));
  if (!(Number.isInteger(size) && size > 0 && size <= most)) throw Error(`Matrices have 1 to ${most} rows and columns`);
  return size;
}

const filled = (rows, columns, cell) =>
  result(inRows(Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => cell(row, column)))));

function identity(context) {
  const size = sizeFrom(context);
  return filled(size, size, (row, column) => [token(row === column ? "1" : "0")]);
}

// The same in all cells, or with a star each with its place as an index.
function repeated(context) {
  const isStarred = star(context);
  const [what, rows, columns] = [argument(context), sizeFrom(context), sizeFrom(context)];
  const place = (row, column) => `${rows > 1 || columns === 1 ? row + 1 : ""}${columns > 1 ? column + 1 : ""}`;
  return filled(rows, columns, (row, column) => [...what, ...(isStarred ? words(`_{${place(row, column)}}`) : [])]);
}

const pauli = { 0: "1&0\\\\0&1", 1: "0&1\\\\1&0", 2: "0&-i\\\\i&0", 3: "1&0\\\\0&-1" };
function pauliMatrix(context) {
  const name = plain(argument(context)).trim();
  const rows = pauli[{ x: 1, y: 2, z: 3 }[name] ?? name];
  if (!rows) throw Error(`There is no Pauli matrix ${name}`);
  return result(words(rows));
}

// Blocks on a diagonal, between commas; in brackets, what is in all other cells of it.
const diagonal = (isAnti) => (context) => {
  const filling = option(context) ?? [];
  const blocks = [[]];
  let depth = 0;
  for (const each of argument(context)) {
    depth += nesting[each.text] ?? 0;
    if (!depth && each.text === ",") blocks.push([]);
    else blocks.at(-1).push(each);
  }
  const last = blocks.length - 1;
  return filled(blocks.length, blocks.length, (row, column) => {
    if (column !== (isAnti ? last - row : row)) return filling;
    return blocks[row].some(({ text }) => text === "&" || text === "\\\\") ? within("matrix", blocks[row]) : blocks[row];
  });
};

for (const [names, body] of [
  [["mqty", "matrixquantity"], matrix("matrix")],
  [["smqty", "smallmatrixquantity"], matrix("smallmatrix")],
  [["imat", "identitymatrix"], identity],
  [["xmat", "xmatrix"], repeated],
  [["zmat", "zeromatrix"], (context) => result(words("\\xmat{0}"), [1, 2].flatMap(() => braced(argument(context))))],
  [["pmat", "paulimatrix"], pauliMatrix],
  [["dmat", "diagonalmatrix"], diagonal(false)],
  [["admat", "antidiagonalmatrix"], diagonal(true)],
]) for (const name of names) temml.__defineMacro(`\\${name}`, body);
for (const [name, environment] of Object.entries({
  pmqty: "pmatrix", Pmqty: "pmatrix", bmqty: "bmatrix", vmqty: "vmatrix", mdet: "vmatrix", matrixdeterminant: "vmatrix",
  spmqty: "psmallmatrix", sPmqty: "psmallmatrix", sbmqty: "bsmallmatrix", svmqty: "vsmallmatrix", smdet: "vsmallmatrix",
})) temml.__defineMacro(`\\${name}`, `\\begin{${environment}}#1\\end{${environment}}`);
