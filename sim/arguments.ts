import { err, ok, type Result } from "../src/core/result.js";
import type { Flavour } from "./flavour.js";
import { linkAddressOf, type LinkAddress } from "./wire/link.js";
import { WIRE_FAULTS_USAGE, wireFaultsOf, type SeededFaults } from "./wire/wireFaults.js";

export type SimArguments = {
  /** Either a scenario file or a scene drawn from a seed. */
  readonly scenarioFile: string | undefined;
  readonly drawn: DrawnArguments | undefined;
  /** Default: the scenario's own seed. */
  readonly seed: number | undefined;
  readonly flavour: Flavour;
  /** 1..20; system ids count from 1. */
  readonly count: number;
  /** First port of all vehicles or of vehicle 1; further ones are additional ports of the same aircraft. */
  readonly mavlink: LinkAddress;
  readonly furtherPorts: readonly LinkAddress[];
  readonly hasPortEach: boolean;
  readonly faults: SeededFaults | undefined;
  readonly hasTraffic: boolean;
  readonly hasRemoteId: boolean;
  readonly videoUri: string | undefined;
  readonly truthFile: string | undefined;
  readonly speedup: number;
  readonly isJson: boolean;
  readonly exitWithParent: boolean;
};

/** `writeTo`: folder to write the scene to, instead of flying it. */
type DrawnArguments = { readonly seed: number; readonly coastFile: string; readonly writeTo: string | undefined };

export const USAGE = `vigie sim --scenario FILE|--generate SEED [--write FOLDER] [--seed N] [--autopilot ardupilot|px4] [--airframe copter|plane|vtol] [--count 1..20]
          [--px4 1.14|1.15] [--mavlink udpout:HOST:PORT[+]|tcpin:PORT[+]]... [--video udp://HOST:PORT] [--truth FILE.jsonl]
          [--wire FAULTS] [--traffic] [--remote-id] [--speedup N] [--json] [--exit-with-parent]
  --generate draws a scene from a whole number; with --write its scenario (drawn-SEED.json) and the area to search
  (drawn-SEED.geojson) are written and nothing flies. --coast FILE: where the coast is that it lies on.
  PORT serves all vehicles, PORT+ is the first of one port each. Several --mavlink are several ports of the same aircraft
  (serial0, serial1): ArduPilot says nothing but heartbeats on the second until asked there. Video and truth: vehicle 1.
  FAULTS: ${WIRE_FAULTS_USAGE}`;

const WITH_VALUE = [
  ...[
    "scenario",
    "generate",
    "coast",
    "write",
    "seed",
    "autopilot",
    "airframe",
    "px4",
    "count",
    "mavlink",
    "video",
    "truth",
    "speedup",
    "wire",
  ],
];
const FLAGS = ["json", "exit-with-parent", "traffic", "remote-id"];
const MOST_VEHICLES = 20;

type Read = {
  readonly values: ReadonlyMap<string, string>;
  readonly links: readonly string[];
  readonly flags: ReadonlySet<string>;
};

function read(argv: readonly string[]): Result<Read, string> {
  const values = new Map<string, string>();
  const links: string[] = [];
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
    if (name === "mavlink") links.push(value);
    else values.set(name, value);
  }
  return ok({ values, links, flags });
}

type Values = Read["values"];

function oneOf<T extends string>(values: Values, name: string, allowed: readonly [T, ...T[]]): Result<T, string> {
  const text = values.get(name) ?? allowed[0];
  const found = allowed.find((value) => value === text);
  return found === undefined ? err(`--${name} ${text}: expected ${allowed.join(", ")}`) : ok(found);
}

function flavourOf(values: Values): Result<Flavour, string> {
  const autopilot = oneOf(values, "autopilot", ["ardupilot", "px4"]);
  if (!autopilot.ok) return autopilot;
  const airframe = oneOf(values, "airframe", ["copter", "plane", "vtol"]);
  if (!airframe.ok) return airframe;
  if (autopilot.value !== "px4") return ok({ autopilot: autopilot.value, airframe: airframe.value });
  const px4 = oneOf(values, "px4", ["1.14", "1.15"]);
  return px4.ok ? ok({ autopilot: autopilot.value, airframe: airframe.value, px4: px4.value }) : px4;
}

type Range = { readonly least: number; readonly most: number; readonly isWhole: boolean; readonly needs: string };

function numberOf(values: Values, name: string, fallback: number, range: Range): Result<number, string> {
  const text = values.get(name);
  if (text === undefined) return ok(fallback);
  const value = Number(text);
  const isNumber = text.trim() !== "" && Number.isFinite(value) && (!range.isWhole || Number.isInteger(value));
  return isNumber && value >= range.least && value <= range.most ? ok(value) : err(`--${name} needs ${range.needs}`);
}

const ANY_WHOLE: Range = { least: -Infinity, most: Infinity, isWhole: true, needs: "a whole number" };
const COUNT: Range = {
  least: 1,
  most: MOST_VEHICLES,
  isWhole: true,
  needs: `a whole number from 1 to ${MOST_VEHICLES}`,
};
const SPEEDUP: Range = { least: Number.MIN_VALUE, most: 100, isWhole: false, needs: "a number from 0 to 100" };

type Numbers = Pick<SimArguments, "seed" | "count" | "speedup">;

function numbersOf(values: Values): Result<Numbers, string> {
  const seed = numberOf(values, "seed", 0, ANY_WHOLE);
  if (!seed.ok) return seed;
  const count = numberOf(values, "count", 1, COUNT);
  if (!count.ok) return count;
  const speedup = numberOf(values, "speedup", 1, SPEEDUP);
  if (!speedup.ok) return speedup;
  return ok({ seed: values.has("seed") ? seed.value : undefined, count: count.value, speedup: speedup.value });
}

type Wires = Pick<SimArguments, "mavlink" | "furtherPorts" | "hasPortEach" | "faults">;

function addressOf(text: string, hasPortEach: boolean, count: number): Result<LinkAddress, string> {
  const problem = `--mavlink ${text}: expected udpout:HOST:PORT or tcpin:PORT, with a + for a port each`;
  const address = linkAddressOf(text.replace(/\+$/, ""));
  const lastPort = address.ok && hasPortEach ? address.value.port + count - 1 : 0;
  if (!address.ok || lastPort > 65535) return err(problem);
  return text.endsWith("+") === hasPortEach
    ? ok(address.value)
    : err(`--mavlink ${text}: a + for all of them or for none`);
}

function wiresOf(links: readonly string[], faultsText: string | undefined, count: number): Result<Wires, string> {
  const [first = "udpout:127.0.0.1:14550", ...more] = links;
  const hasPortEach = first.endsWith("+");
  const mavlink = addressOf(first, hasPortEach, count);
  if (!mavlink.ok) return mavlink;
  const furtherPorts: LinkAddress[] = [];
  for (const text of more) {
    const address = addressOf(text, hasPortEach, count);
    if (!address.ok) return address;
    furtherPorts.push(address.value);
  }
  const wires = { mavlink: mavlink.value, furtherPorts, hasPortEach };
  if (faultsText === undefined) return ok({ ...wires, faults: undefined });
  const faults = wireFaultsOf(faultsText);
  if (!faults.ok) return err(`--wire: cannot read "${faults.error.part}"; expected ${WIRE_FAULTS_USAGE}`);
  return ok({ ...wires, faults: faults.value });
}

type Scene = Pick<SimArguments, "scenarioFile" | "drawn">;

function sceneOf(values: Values): Result<Scene, string> {
  const scenarioFile = values.get("scenario");
  const isDrawn = values.has("generate");
  if (!isDrawn && values.has("write")) return err("--write needs --generate SEED");
  if (!isDrawn)
    return scenarioFile === undefined ? err("--scenario FILE is missing") : ok({ scenarioFile, drawn: undefined });
  if (scenarioFile !== undefined) return err("--scenario and --generate: one of the two");
  if (values.has("seed")) return err("--seed: a drawn scene has the seed that it was drawn from");
  const seed = numberOf(values, "generate", 0, ANY_WHOLE);
  if (!seed.ok) return seed;
  const coastFile = values.get("coast");
  if (coastFile === undefined) return err("--generate needs --coast FILE");
  return ok({ scenarioFile: undefined, drawn: { seed: seed.value, coastFile, writeTo: values.get("write") } });
}

function checked({ values, links, flags }: Read): Result<SimArguments, string> {
  const scene = sceneOf(values);
  if (!scene.ok) return scene;
  const flavour = flavourOf(values);
  if (!flavour.ok) return flavour;
  const numbers = numbersOf(values);
  if (!numbers.ok) return numbers;
  const wires = wiresOf(links, values.get("wire"), numbers.value.count);
  if (!wires.ok) return wires;
  const videoUri = values.get("video");
  if (videoUri !== undefined && !/^udp:\/\/[^:/]+:\d+$/.test(videoUri)) {
    return err(`--video ${videoUri}: expected udp://HOST:PORT`);
  }
  return ok({
    ...scene.value,
    flavour: flavour.value,
    ...numbers.value,
    ...wires.value,
    videoUri,
    truthFile: values.get("truth"),
    hasTraffic: flags.has("traffic"),
    hasRemoteId: flags.has("remote-id"),
    isJson: flags.has("json"),
    exitWithParent: flags.has("exit-with-parent"),
  });
}

/** Parses the command line of `vigie sim`; the error is a one-line message. */
export function argumentsOf(argv: readonly string[]): Result<SimArguments, string> {
  const words = read(argv);
  return words.ok ? checked(words.value) : words;
}
