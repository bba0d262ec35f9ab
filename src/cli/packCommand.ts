import { existsSync } from "node:fs";
import path from "node:path";
import type { PackManifest } from "../geo/pack/packManifest.js";
import { err, ok, type Result } from "../core/result.js";
import { userPaths } from "../station/installation.js";
import { checkPack } from "../station/packs/checkPack.js";
import { makePack } from "../station/packs/makePack.js";
import type { PackProblem, PackWatch } from "../station/packs/packProblem.js";
import { checkStoredPack, importPack, listPacks, removePack, type StoredPack } from "../station/packs/packStore.js";
import { readArguments } from "./arguments.js";
import { type CommandIo, nodeIo } from "./commandIo.js";
import { EXIT_DONE, EXIT_FAILED, EXIT_WRONG_USE } from "./output.js";
import { packInside } from "./pack/packInside.js";
import { packNeed } from "./pack/packNeed.js";
import { packLine, touchedLine } from "./pack/packLine.js";
import { readMakeOptions } from "./pack/packOptions.js";
import { onStopSignal } from "./stopSignals.js";

export const packHelp = `vigie pack need --area W,S,E,N | --corner PLACE --corner PLACE | --from PLACE --to PLACE [--width KM|LAND,SEA]
                [--terrain FILE]... [--map FILE]... [--no-packs] [--json]
       vigie pack make --name NAME --out FILE.vigiepack [--map FILE]... [--terrain FILE]... [--coast FILE.geojson]
                [--tide FILE.json]... [--names FILE.json]...
                [--licence FILE=WORDS]... [--dated FILE=YYYY-MM-DD]... [--json]
       vigie pack check FILE.vigiepack|NAME [--json]
       vigie pack import FILE.vigiepack [--json]
       vigie pack list [--json]
       vigie pack remove NAME`;

/** What tests replace. */
type PackEnvironment = {
  readonly io: CommandIo;
  readonly dataFolder: string;
  readonly nowUnixMs: number;
  /** True when a stop signal has come. */
  readonly shouldStop: () => boolean;
};

const WORDS = {
  need: runNeed,
  make: runMake,
  check: (argv: readonly string[], env: PackEnvironment) =>
    runOnFile(argv, env, (word, watch) =>
      isFile(word) ? checkPack(word, watch) : checkStoredPack(word, env.dataFolder, watch),
    ),
  import: (argv: readonly string[], env: PackEnvironment) =>
    runOnFile(argv, env, (file, watch) => importPack(file, env.dataFolder, watch)),
  list: runList,
  remove: runRemove,
} as const;

/** Exit 0: done, and for `check` the pack is whole; 1: not, with one line of why; 2: wrong use. */
export async function runPack(argv: readonly string[], given?: PackEnvironment): Promise<number> {
  const [word = "", ...rest] = argv;
  let isStopped = false;
  const forget = given ? () => undefined : onStopSignal(() => (isStopped = true));
  const env = given ?? {
    ...{ io: nodeIo, dataFolder: userPaths().data, nowUnixMs: Date.now() },
    shouldStop: () => isStopped,
  };
  try {
    if (!Object.hasOwn(WORDS, word)) return wrongUse(env, "need, make, check, import, list or remove is needed");
    return await WORDS[word as keyof typeof WORDS](rest, env);
  } finally {
    forget();
  }
}

function wrongUse({ io }: PackEnvironment, problem: string): number {
  io.stderr(`vigie pack: ${problem}`);
  io.stderr(`usage: ${packHelp}`);
  return EXIT_WRONG_USE;
}

const watchOf = ({ io, shouldStop }: PackEnvironment): PackWatch => ({
  shouldStop,
  onFile: (name) => io.stderr(`  ${name}`),
});

async function runNeed(argv: readonly string[], env: PackEnvironment): Promise<number> {
  const outcome = await packNeed(argv, env);
  if (typeof outcome === "object") return wrongUse(env, outcome.wrongUse);
  return outcome === "done" ? EXIT_DONE : EXIT_FAILED;
}

async function runMake(argv: readonly string[], env: PackEnvironment): Promise<number> {
  const wanted = readMakeOptions(argv);
  if (!wanted.ok) return wrongUse(env, wanted.error);
  const { isJson, out } = wanted.value;
  const made = await makePack({ ...wanted.value, madeAtUnixMs: env.nowUnixMs }, watchOf(env));
  return answer(env, { file: out, isJson }, made);
}

async function runOnFile(
  argv: readonly string[],
  env: PackEnvironment,
  work: (file: string, watch: PackWatch) => Promise<Result<PackManifest, PackProblem>>,
): Promise<number> {
  const read = oneWord(argv);
  if (!read.ok) return wrongUse(env, read.error);
  const { word: file, isJson } = read.value;
  if (file === undefined) return wrongUse(env, "one FILE.vigiepack is needed");
  return answer(env, { file, isJson }, await work(file, watchOf(env)));
}

/** What is no file is the name of an imported pack. */
const isFile = (word: string): boolean =>
  path.extname(word) === ".vigiepack" || word.includes("/") || word.includes(path.sep) || existsSync(word);

type Asked = { readonly file: string; readonly isJson: boolean };

function answer(
  { io, nowUnixMs }: PackEnvironment,
  { file, isJson }: Asked,
  result: Result<PackManifest, PackProblem>,
): number {
  if (!result.ok) {
    io.stderr(`vigie pack: ${file}: ${packLine(result.error)}`);
    if (isJson) io.stdout(JSON.stringify({ ok: false, problem: packLine(result.error) }));
    return EXIT_FAILED;
  }
  if (isJson) io.stdout(JSON.stringify({ ok: true, ...result.value }));
  else for (const line of packInside(result.value, nowUnixMs)) io.stdout(line);
  return EXIT_DONE;
}

function doubtsOf({ name, manifest, touchedFile }: StoredPack): readonly string[] {
  if (!manifest.ok) return [packLine(manifest.error)];
  return touchedFile === undefined ? [] : [touchedLine(name, touchedFile)];
}

async function runList(argv: readonly string[], env: PackEnvironment): Promise<number> {
  const read = oneWord(argv);
  if (!read.ok || read.value.word !== undefined) return wrongUse(env, read.ok ? "list takes no name" : read.error);
  const { io, nowUnixMs, dataFolder } = env;
  const packs = await listPacks(dataFolder);
  for (const pack of packs) for (const line of doubtsOf(pack)) io.stderr(`vigie pack: ${pack.name}: ${line}`);
  const whole = packs.flatMap(({ name, manifest }) => (manifest.ok ? [{ ...manifest.value, name }] : []));
  if (read.value.isJson) io.stdout(JSON.stringify(whole));
  else if (packs.length === 0) io.stdout("no packs");
  else for (const pack of whole) for (const line of packInside(pack, nowUnixMs)) io.stdout(line);
  return whole.length === packs.length ? EXIT_DONE : EXIT_FAILED;
}

async function runRemove(argv: readonly string[], env: PackEnvironment): Promise<number> {
  const read = oneWord(argv);
  if (!read.ok) return wrongUse(env, read.error);
  const { word: name } = read.value;
  if (name === undefined) return wrongUse(env, "one NAME is needed");
  const removed = await removePack(name, env.dataFolder);
  if (removed.ok) return EXIT_DONE;
  env.io.stderr(`vigie pack: ${packLine(removed.error)}`);
  return EXIT_FAILED;
}

type OneWord = { readonly word: string | undefined; readonly isJson: boolean };

function oneWord(argv: readonly string[]): Result<OneWord, string> {
  const parsed = readArguments(argv, { json: { type: "boolean", default: false } });
  if (!parsed.ok) return parsed;
  const { positionals, values } = parsed.value;
  const [word, further] = positionals;
  return further === undefined ? ok({ word, isJson: values.json }) : err(`"${further}" is not expected`);
}
