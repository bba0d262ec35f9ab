/**
 * `npm run mutate -- [ROOM or FILE...]`: changes the sources of each room, one small mistake at a time, and counts how many of
 * them the room's own unit tests notice. Prints one line a room, names what survived in `artefacts/mutation/ROOM.txt`, and
 * writes a whole room's score into the table of `README.md`. Of a room named by its files only those are changed.
 * `VIGIE_MUTATE_WORKERS` (default 2) tests run at once.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOMS, SEED } from "./rooms.mjs";

const TABLE = "src/cli/setup/mutation/README.md";
const NOTICED = ["Killed", "Timeout"];
const UNNOTICED = ["Survived", "NoCoverage"];
const DRAWN_LEAST = 400;

/** "src/vehicle" → how many mutants there were and how many were noticed. */
function mutate(room, files, share) {
  const environment = { ...process.env, VIGIE_MUTATE_ROOM: room };
  if (files.length > 0) environment.VIGIE_MUTATE_FILES = files.join(",");
  else if (share !== undefined) environment.VIGIE_MUTATE_SHARE = String(share);
  const args = ["stryker", "run", "src/cli/setup/mutation/stryker.config.mjs"];
  const { status } = spawnSync("npx", args, { stdio: ["ignore", "ignore", "inherit"], env: environment });
  if (status !== 0) throw new Error(`Stryker ended with ${status}: does \`npx vitest run ${room}\` pass?`);
  const report = JSON.parse(readFileSync("artefacts/mutation/report.json", "utf8"));
  const mutants = Object.entries(report.files).flatMap(([file, { mutants: found }]) =>
    found.map((mutant) => ({ file, ...mutant })),
  );
  const killed = mutants.filter((mutant) => NOTICED.includes(mutant.status)).length;
  const survivors = mutants.filter((mutant) => UNNOTICED.includes(mutant.status));
  const lines = survivors.map(
    ({ file, location, mutatorName, replacement, status: how }) =>
      `${file}:${location.start.line}:${location.start.column} ${how} ${mutatorName} → ${replacement ?? ""}`,
  );
  writeFileSync(path.join("artefacts/mutation", `${room.replaceAll("/", "-")}.txt`), `${lines.join("\n")}\n`);
  return { tried: killed + survivors.length, killed };
}

/** Replaces the room's row of the table. */
function note(room, { tried, killed }, drawnBy) {
  const percent = ((100 * killed) / tried).toFixed(1);
  const row = `| \`${room}\` | ${tried} | ${killed} | ${percent} % | ${drawnBy} |`;
  const text = readFileSync(TABLE, "utf8");
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.replaceAll(/\s+/g, " ").startsWith(`| \`${room}\` |`));
  if (at < 0) lines.splice(lines.findLastIndex((line) => line.startsWith("| ")) + 1, 0, row);
  else lines[at] = row;
  writeFileSync(TABLE, lines.join("\n"));
  spawnSync("npx", ["prettier", "--write", TABLE], { stdio: "ignore" });
}

mkdirSync("artefacts/mutation", { recursive: true });
const asked = process.argv.slice(2);
const isFile = (name) => /\.tsx?$/.test(name);
const roomOf = (name) => ROOMS.find(({ room }) => name === room || name.startsWith(`${room}/`))?.room ?? name;
for (const room of asked.length > 0 ? new Set(asked.map(roomOf)) : ROOMS.map((known) => known.room)) {
  const { share, least } = ROOMS.find((known) => known.room === room) ?? {};
  const files = asked.filter((name) => isFile(name) && roomOf(name) === room);
  const score = mutate(room, files, share);
  const { tried, killed } = score;
  const percent = tried === 0 ? "none" : `${((100 * killed) / tried).toFixed(1)} %`;
  process.stdout.write(`${room.padEnd(24)} ${String(tried).padStart(6)} mutants ${String(killed).padStart(6)} killed`);
  process.stdout.write(` ${percent}${least === undefined ? "" : ` (at least ${least})`}\n`);
  if (files.length > 0 || tried === 0) continue;
  if (share !== undefined && tried < DRAWN_LEAST) throw new Error(`only ${tried} drawn: raise the share of ${room}`);
  note(room, score, share === undefined ? "all" : `${share * 100} % by seed ${SEED}`);
}
