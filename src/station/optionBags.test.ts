/** An options bag of more than six members hides that its owner does more than one thing. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const MEMBERS_MAX = 6;
const BAG = /(Options|Context|Environment|Outputs)$/;

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* entry.name === "testing" ? [] : sources(full);
    else if (/\.tsx?$/.test(entry.name) && !entry.name.includes(".test.")) yield full;
  }
}

function bagsOf(file: string): readonly (readonly [string, number])[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isTypeAliasDeclaration(statement) || !ts.isTypeLiteralNode(statement.type)) return [];
    return [[statement.name.text, statement.type.members.length] as const];
  });
}

it("no options bag has more than six members", () => {
  const bags = ["src", "renderer", "sim", "electron"].flatMap((top) => [...sources(top)].flatMap(bagsOf));
  expect(bags.filter(([name, members]) => BAG.test(name) && members > MEMBERS_MAX)).toEqual([]);
});
