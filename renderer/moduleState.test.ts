/**
 * No module of the screens holds state: it belongs to a store (`bridge/uiStores.ts`) or a component, so that two pages,
 * or two tests, never share any. Buffers of numbers that are overwritten before each use (typed arrays, three's vectors)
 * hold none.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const COLLECTIONS = new Set(["Map", "Set", "WeakMap", "WeakSet", "Array", "Latest"]);
const WRITERS = new Set("set add delete clear push pop shift unshift splice sort reverse fill copyWithin".split(" "));

const isCollection = (node: ts.Expression | undefined): boolean =>
  node !== undefined &&
  (ts.isArrayLiteralExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && COLLECTIONS.has(node.expression.text)));

/** The name that an expression begins with: `a` of `a.b[c]`. */
function rootOf(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
    ? rootOf(node.expression)
    : undefined;
}

/** Names of the variables that the file writes into, by a method or by an assignment to a member. */
function writtenNames(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const note = (node: ts.Expression): void => void names.add(rootOf(node) ?? "");
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (WRITERS.has(node.expression.name.text)) note(node.expression.expression);
    }
    const isAssignment =
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
    if (isAssignment && !ts.isIdentifier(node.left)) note(node.left);
    if (ts.isDeleteExpression(node)) note(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** What is wrong with the module's own variables. */
function stateOf(fileName: string, text: string): readonly string[] {
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const written = writtenNames(file);
  return file.statements.filter(ts.isVariableStatement).flatMap((statement) => {
    const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
    const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
      const id = name.getText(file);
      if (!isConst) return [`${fileName}: let ${id}`];
      const isStore = initializer !== undefined && initializer.getText(file).startsWith("new Latest");
      const isState = isCollection(initializer) && (written.has(id) || (isStore && isExported));
      return isState ? [`${fileName}: ${id} is written`] : [];
    });
  });
}

describe("modules of the screens", () => {
  it("hold no state", () => {
    const files = readdirSync("renderer", { recursive: true, encoding: "utf8" })
      .map((name) => path.posix.join("renderer", ...name.split(path.sep)))
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\/testing\//.test(file));
    expect(files.length).toBeGreaterThan(200);
    expect(files.flatMap((file) => stateOf(file, readFileSync(file, "utf8")))).toEqual([]);
  });

  it.each([
    ["let count = 0;"],
    ["const known = new Map<string, number>(); export const put = (a: string) => known.set(a, 1);"],
    ["const desks = new WeakMap<object, object>(); export function put(a: object) { desks.set(a, a); }"],
    ["const list: number[] = []; export const put = () => { list[0] = 1; };"],
    ["const list: number[] = []; export const put = () => { list.push(1); };"],
    ["const state = { a: { b: 1 } }; export const put = () => { state.a.b++; state.a.b += 1; };"],
    ["export const shown = new Latest<string>('fly');"],
  ])("finds it in %s", (text) => {
    expect(stateOf("a.ts", text)).toHaveLength(1);
  });

  it.each([
    ["const NAMES = new Set(['a']); export const has = (a: string) => NAMES.has(a);"],
    ["const NONE = new Latest(undefined);"],
    ["export const store = defineStore(() => new Latest('fly'));"],
    ["export function f() { const a = new Map<string, number>(); a.set('b', 1); let c = 1; c += 1; }"],
  ])("allows %s", (text) => {
    expect(stateOf("a.ts", text)).toEqual([]);
  });
});
