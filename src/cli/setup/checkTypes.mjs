// The compiler's checks: each tsconfig is a part of the project with other libraries and globals. By TypeScript 7, which needs a
// quarter of the time; the linter and the build still read TypeScript through 6, whose JavaScript interface 7 does not have.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const COMPILER = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript-native/package.json")));
const PARTS = [
  "tsconfig.json",
  "tsconfig.pure.json",
  "tsconfig.node.json",
  "tsconfig.preload.json",
  "tsconfig.renderer.json",
];

const failed = PARTS.filter(
  (part) => spawnSync(process.execPath, [COMPILER, "-p", part], { stdio: "inherit" }).status !== 0,
);
process.exitCode = failed.length === 0 ? 0 : 1;
