/**
 * `npm run mutate -- [ROOM or FILE...]`: changes the sources of each room, one small mistake at a time, and counts how many of them
 * the room's own unit tests notice. Prints one line a room and names what survived in `artefacts/mutation/ROOM.txt`. Of a
 * room named by its files only those are changed. `VIGIE_MUTATE_WORKERS` (default 2) tests run at once.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const ROOMS = [
  "src/vehicle",
  "src/mavlink/protocols",
  "src/track",
  "src/plan",
  "src/sortie",
  "src/cli/fly",
  "src/contract",
  "src/detect",
  "src/geo",
];
const NOTICED = ["Killed", "Timeout"];
const UNNOTICED = ["Survived", "NoCoverage"];

/** "src/vehicle" → how many mutants there were and how many were noticed. */
function mutate(room, files) {
  const environment = { ...process.env, VIGIE_MUTATE_ROOM: room };
  if (files.length > 0) environment.VIGIE_MUTATE_FILES = files.join(",");
  const args = ["stryker", "run", "src/cli/setup/mutation/stryker.config.mjs"];
  const { status } = spawnSync("npx", args, { stdio: ["ignore", "ignore", "inherit"], env: environment });
  if (status !== 0) throw new Error(`Stryker ended with ${status}: does \`npx vitest run ${room}\` pass?`);
  const report = JSON.parse(readFileSync("artefacts/mutation/report.json", "utf8"));
  const mutants = Object.entries(report.files).flatMap(([file, { mutants: found }]) =>
    found.map((m) => ({ file, ...m })),
  );
  const noticed = mutants.filter((m) => NOTICED.includes(m.status)).length;
  const survivors = mutants.filter((m) => UNNOTICED.includes(m.status));
  const lines = survivors.map(
    ({ file, location, mutatorName, replacement, status: how }) =>
      `${file}:${location.start.line}:${location.start.column} ${how} ${mutatorName} → ${replacement ?? ""}`,
  );
  writeFileSync(path.join("artefacts/mutation", `${room.replaceAll("/", "-")}.txt`), `${lines.join("\n")}\n`);
  return { all: noticed + survivors.length, noticed };
}

mkdirSync("artefacts/mutation", { recursive: true });
const asked = process.argv.slice(2);
const isFile = (name) => /\.tsx?$/.test(name);
const roomOf = (name) =>
  isFile(name) ? (ROOMS.find((room) => name.startsWith(`${room}/`)) ?? path.dirname(name)) : name;
for (const room of asked.length > 0 ? new Set(asked.map(roomOf)) : ROOMS) {
  const { all, noticed } = mutate(
    room,
    asked.filter((name) => isFile(name) && roomOf(name) === room),
  );
  const percent = all === 0 ? "none" : `${((100 * noticed) / all).toFixed(1)} %`;
  process.stdout.write(
    `${room.padEnd(24)} ${String(all).padStart(6)} mutants ${String(noticed).padStart(6)} killed ${percent}\n`,
  );
}
