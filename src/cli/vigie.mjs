#!/usr/bin/env node
/**
 * The `vigie` command in a checkout: builds what is missing or out of date, then runs it. Plain JavaScript because it
 * must run before anything is built. Everything it decides is in `build`; the commands themselves are in `main.ts`.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const [command, ...rest] = process.argv.slice(2);

if (Number(process.versions.node.split(".")[0]) < 18) {
  console.error(`vigie needs Node 18 or newer; this is ${process.version}.`);
  process.exit(1);
}
if (!existsSync(path.join(root, "node_modules", "rolldown"))) {
  console.error("vigie: the packages are not installed. Run: npm ci");
  process.exit(1);
}

const { buildNode, buildRenderer } = await import("./build.mjs");
await buildNode(root);
if (["build", "start", "serve", "test", "bench"].includes(command ?? "")) await buildRenderer(root);
if (command === "build") process.exit(0);

const require = createRequire(import.meta.url);
const { main } = require(path.join(root, "dist/node/cli.cjs"));
process.exitCode = await main([...(command === undefined ? [] : [command]), ...rest]);
