/**
 * Lets a drawn part of the mutants through to the tests. Stryker has no sampling of its own; a checker may reject a mutant
 * before it is tried, and a rejected one counts neither as killed nor as survived.
 * https://stryker-mutator.io/docs/stryker-js/plugins/#checkers
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { SEED } from "./rooms.mjs";

const SHARE = Number(process.env.VIGIE_MUTATE_SHARE ?? 1);

/** The same mutant of the same source is drawn or not on every machine. */
function isDrawn({ fileName, location: { start, end }, replacement }) {
  const file = path.relative(process.cwd(), fileName).replace(/^\.stryker\/[^/]+\//, "");
  const name = [SEED, file, start.line, start.column, end.line, end.column, replacement].join(" ");
  return createHash("sha256").update(name).digest().readUInt32BE(0) < SHARE * 2 ** 32;
}

class Sample {
  async init() {}

  async group(mutants) {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants) {
    const result = (mutant) =>
      isDrawn(mutant) ? { status: "passed" } : { status: "compileError", reason: "not drawn" };
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, result(mutant)]));
  }
}

export const strykerPlugins = [{ kind: "Checker", name: "sample", injectableClass: Sample }];
