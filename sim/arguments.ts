import { err, ok, type Result } from "../src/core/result.js";
import { linkAddressOf, type LinkAddress } from "./wire/link.js";

export type SimArguments = {
  readonly scenarioFile: string;
  /** The scenario's own where not given. */
  readonly seed: number | undefined;
  readonly mavlink: LinkAddress;
  readonly videoUri: string | undefined;
  readonly truthFile: string | undefined;
  readonly speedup: number;
  readonly isJson: boolean;
  readonly exitWithParent: boolean;
};

export const USAGE = `vigie sim --scenario FILE [--seed N] [--autopilot ardupilot] [--airframe copter] [--count 1]
          [--mavlink udpout:HOST:PORT|tcpin:PORT] [--video udp://HOST:PORT] [--truth FILE.jsonl]
          [--speedup N] [--json] [--exit-with-parent]`;

const WITH_VALUE = ["scenario", "seed", "autopilot", "airframe", "count", "mavlink", "video", "truth", "speedup"];
const FLAGS = ["json", "exit-with-parent"];

type Read = { readonly values: ReadonlyMap<string, string>; readonly flags: ReadonlySet<string> };

function read(argv: readonly string[]): Result<Read, string> {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  for (let i = 0; i < argv.length; i++) {
    const [name = "", inline] = (argv[i] ?? "").replace(/^--/, "").split(/=(.*)/s);
    if (!(argv[i] ?? "").startsWith("--")) return err(`unexpected "${argv[i] ?? ""}"`);
    if (FLAGS.includes(name)) {
      flags.add(name);
      continue;
    }
    if (!WITH_VALUE.includes(name)) return err(`unknown option --${name}`);
    const value = inline ?? argv[++i];
    if (value === undefined) return err(`--${name} needs a value`);
    values.set(name, value);
  }
  return ok({ values, flags });
}

/** Known to the command line, not yet to this simulator. */
function comingLater(values: Read["values"]): string | undefined {
  const only: readonly (readonly [string, string])[] = [
    ["autopilot", "ardupilot"],
    ["airframe", "copter"],
    ["count", "1"],
  ];
  for (const [name, supported] of only) {
    const value = values.get(name) ?? supported;
    if (value !== supported)
      return `--${name} ${value} comes with a later release; this one flies --${name} ${supported}`;
  }
  return undefined;
}

function numberOf(values: Read["values"], name: string, fallback: number): number | undefined {
  const text = values.get(name);
  if (text === undefined) return fallback;
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) ? value : undefined;
}

function checked({ values, flags }: Read): Result<SimArguments, string> {
  const scenarioFile = values.get("scenario");
  if (scenarioFile === undefined) return err("--scenario FILE is missing");
  const seed = numberOf(values, "seed", 0);
  if (seed === undefined || !Number.isInteger(seed)) return err("--seed needs a whole number");
  const speedup = numberOf(values, "speedup", 1);
  if (speedup === undefined || speedup <= 0 || speedup > 100) return err("--speedup needs a number from 0 to 100");
  const mavlink = linkAddressOf(values.get("mavlink") ?? "udpout:127.0.0.1:14550");
  if (!mavlink.ok) return err(`--mavlink ${mavlink.error.text}: expected udpout:HOST:PORT or tcpin:PORT`);
  const videoUri = values.get("video");
  if (videoUri !== undefined && !/^udp:\/\/[^:/]+:\d+$/.test(videoUri)) {
    return err(`--video ${videoUri}: expected udp://HOST:PORT`);
  }
  return ok({
    scenarioFile,
    seed: values.has("seed") ? seed : undefined,
    mavlink: mavlink.value,
    videoUri,
    truthFile: values.get("truth"),
    speedup,
    isJson: flags.has("json"),
    exitWithParent: flags.has("exit-with-parent"),
  });
}

/** The command line of `vigie sim`, or the one line that says what is wrong with it. */
export function argumentsOf(argv: readonly string[]): Result<SimArguments, string> {
  const words = read(argv);
  if (!words.ok) return words;
  const later = comingLater(words.value.values);
  return later === undefined ? checked(words.value) : err(later);
}
