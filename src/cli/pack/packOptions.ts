import path from "node:path";
import { fileNameProblem } from "../../core/fileName.js";
import { err, ok, type Result } from "../../core/result.js";
import { isDataDate, isPackWords, GROUND_KINDS, type GroundFileKind } from "../../geo/pack/packManifest.js";
import type { NamedPackFile } from "../../station/packs/makePack.js";
import { readArguments } from "../arguments.js";

type MakeWanted = {
  readonly name: string;
  readonly out: string;
  readonly files: readonly NamedPackFile[];
  readonly isJson: boolean;
};

const MANY = { type: "string", multiple: true } as const;

/** What `vigie pack make` was asked for, or what is wrong with it. */
export function readMakeOptions(argv: readonly string[]): Result<MakeWanted, string> {
  const parsed = readArguments(argv, {
    ...{ name: { type: "string" }, out: { type: "string" }, json: { type: "boolean", default: false } },
    ...{ map: MANY, terrain: MANY, coast: MANY, tide: MANY, names: MANY, licence: MANY, dated: MANY },
  });
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [further] = positionals;
  if (further !== undefined)
    return err(`"${further}" is not expected: name files with --map, --terrain, --coast, --tide or --names`);
  const { name, out } = values;
  if (name === undefined || fileNameProblem(name) !== undefined)
    return err("--name needs a name that can be a folder's, without / and \\");
  if (out === undefined || path.extname(out) !== ".vigiepack") return err("--out needs a file named .vigiepack");
  const files = GROUND_KINDS.flatMap((kind) => of(kind, values[kind]));
  if (files.length === 0) return err("a pack needs at least one --map, --terrain, --coast, --tide or --names");
  const named = namedFiles(files, values);
  return named.ok ? ok({ name, out, files: named.value, isJson: values.json }) : named;
}

type Said = { readonly licence?: readonly string[] | undefined; readonly dated?: readonly string[] | undefined };

function namedFiles(files: readonly OfKind[], said: Said): Result<readonly NamedPackFile[], string> {
  if (files.filter(({ kind }) => kind === "coast").length > 1) return err("a pack holds one --coast at most");
  const licences = wordsByFile("--licence", said.licence, files);
  if (!licences.ok) return licences;
  const dates = wordsByFile("--dated", said.dated, files);
  if (!dates.ok) return dates;
  if (![...dates.value.values()].every((date) => isDataDate(date)))
    return err("--dated needs FILE=DATE with a date such as 2026-10-31, or only its year or month");
  const saidOf = (file: string) => ({
    attribution: licences.value.get(path.basename(file)),
    dataDate: dates.value.get(path.basename(file)),
  });
  return ok(files.map(({ kind, file }) => ({ kind, file, ...saidOf(file) })));
}

type OfKind = { readonly kind: GroundFileKind; readonly file: string };
const of = (kind: GroundFileKind, files: readonly string[] = []): readonly OfKind[] =>
  files.map((file) => ({ kind, file }));

/** "FILE=WORDS" each, FILE with or without its folder. */
function wordsByFile(
  option: string,
  all: readonly string[] = [],
  files: readonly OfKind[],
): Result<ReadonlyMap<string, string>, string> {
  const found = new Map<string, string>();
  for (const each of all) {
    const [, file = "", words = ""] = /^([^=]*)=(.*)$/s.exec(each) ?? [];
    const base = path.basename(file);
    if (!files.some((known) => path.basename(known.file) === base))
      return err(`${option} needs FILE=WORDS with one of the files of the pack, not "${each}"`);
    if (!isPackWords(words)) return err(`${option} ${file}: one line of at most 300 characters was expected`);
    found.set(base, words);
  }
  return ok(found);
}
