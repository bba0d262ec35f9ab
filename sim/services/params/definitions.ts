import type { Flavour } from "../../flavour.js";
import { ARDU_COPTER_TABLE } from "./arduCopterTable.js";
import { ARDU_PLANE_TABLE } from "./arduPlaneTable.js";
import { ARDUPILOT_FLIGHT, COPTER_FLIGHT, HIDDEN_FAMILIES, QUADPLANE_OWN, READ_ONLY } from "./ardupilotFamilies.js";
import { PX4_TABLE } from "./px4Table.js";

/** MAV_PARAM_TYPE, as far as the autopilots use it. */
export const PARAM_TYPE = { int8: 2, int16: 4, int32: 6, real32: 9 } as const;
export type ParamType = (typeof PARAM_TYPE)[keyof typeof PARAM_TYPE];

export type ParamDefinition = {
  readonly name: string;
  readonly type: ParamType;
  /** Default value. */
  readonly value: number;
  readonly isReadOnly: boolean;
  /** Listed only while this other parameter is not 0 (ArduPilot's `*_ENABLE`). */
  readonly shownBy: string | undefined;
  /** PX4's group, for its metadata; empty on ArduPilot. */
  readonly group: string;
};

const LETTERS: Readonly<Record<string, ParamType>> = {
  b: PARAM_TYPE.int8,
  s: PARAM_TYPE.int16,
  i: PARAM_TYPE.int32,
  f: PARAM_TYPE.real32,
};

/** "NAME:f1.5" → a definition. */
function definitionFrom(word: string): ParamDefinition {
  const [name = "", described = ""] = word.split(":");
  const type = LETTERS[described.charAt(0)];
  if (type === undefined) throw new Error(`Invariant: parameter table has "${word}"`);
  const value = Math.fround(Number(described.slice(1)));
  return { name, type, value, isReadOnly: READ_ONLY.test(name), shownBy: undefined, group: "" };
}

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");

/** Expands "CA_R{0..3}_SLEW" to four names; `{X,Y}` is a list. */
function namesFrom(pattern: string): readonly string[] {
  const found = /^(.*?)\{([^}]*)\}(.*)$/.exec(pattern);
  if (!found) return [pattern];
  const [, before = "", choices = "", after = ""] = found;
  const [, from, to] = /^(\d+)\.\.(\d+)$/.exec(choices) ?? [];
  const counted = Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => String(Number(from) + i));
  const choicesOf = from === undefined ? choices.split(",") : counted;
  return choicesOf.flatMap((choice) => namesFrom(`${before}${choice}${after}`));
}

/** Values set by an airframe's start script (ROMFS init.d/rc.fw_defaults, rc.vtol_defaults: a landing is required). */
const PX4_AIRFRAMES: Readonly<Record<Flavour["airframe"], Readonly<Record<string, number>>>> = {
  copter: {},
  plane: { MIS_TKO_LAND_REQ: 2 },
  vtol: { MIS_TKO_LAND_REQ: 2 },
};

function px4Definitions({ airframe, px4 }: Flavour): readonly ParamDefinition[] {
  // 1.14 refuses a mission whose first waypoint is more than 900 m away.
  const own = { ...PX4_AIRFRAMES[airframe], ...(px4 === "1.15" ? {} : { MIS_DIST_1WP: 900 }) };
  const values = new Map(Object.entries(own));
  let group = "";
  const all = PX4_TABLE.split("\n").flatMap((line) => {
    const [, title, rest = line] = /^([A-Z][^:_]*): (.*)$/.exec(line) ?? [];
    group = title ?? group;
    return wordsOf(rest).flatMap((word) => {
      const at = word.lastIndexOf(":");
      return namesFrom(word.slice(0, at)).map((name) => ({ ...definitionFrom(name + word.slice(at)), group }));
    });
  });
  // PX4 numbers its parameters in alphabetical order.
  return all
    .map((one) => ({ ...one, value: values.get(one.name) ?? one.value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A QuadPlane's hover parameters are a copter's under other names. */
function quadplaneWords(): string {
  const renamed = wordsOf(ARDU_COPTER_TABLE).flatMap((word) => {
    const name = word
      .replace(/^ATC_/, "Q_A_")
      .replace(/^PSC_/, "Q_P_")
      .replace(/^MOT_/, "Q_M_")
      .replace(/^LOIT_/, "Q_LOIT_");
    const final = name.replace(/^WPNAV_/, "Q_WP_");
    return final !== word && final.indexOf(":") <= 16 ? [final] : [];
  });
  return [...renamed, QUADPLANE_OWN].join(" ");
}

function withFamilies(listed: readonly ParamDefinition[]): readonly ParamDefinition[] {
  const families = new Map([...HIDDEN_FAMILIES, ["Q_ENABLE", quadplaneWords()] as const]);
  const known = new Set(listed.map(({ name }) => name));
  return listed.flatMap((definition) => {
    const words = wordsOf(families.get(definition.name) ?? "").map(definitionFrom);
    const hidden = words.filter(({ name }) => !known.has(name));
    return [definition, ...hidden.map((one) => ({ ...one, shownBy: definition.name }))];
  });
}

function ardupilotDefinitions(airframe: Flavour["airframe"]): readonly ParamDefinition[] {
  const isCopter = airframe === "copter";
  const flight = new Map(
    [...wordsOf(ARDUPILOT_FLIGHT), ...(isCopter ? wordsOf(COPTER_FLIGHT) : [])]
      .map(definitionFrom)
      .map((one) => [one.name, one]),
  );
  if (airframe === "vtol") flight.set("Q_ENABLE", definitionFrom("Q_ENABLE:b1"));
  const recorded = wordsOf(isCopter ? ARDU_COPTER_TABLE : ARDU_PLANE_TABLE).map(definitionFrom);
  const names = new Set(recorded.map(({ name }) => name));
  const added = [...flight.values()].filter(({ name }) => !names.has(name));
  return withFamilies([...recorded.map((one) => flight.get(one.name) ?? one), ...added]);
}

const made = new Map<string, readonly ParamDefinition[]>();

/** All parameters of a flavour in index order, hidden ones included. Cached per flavour. */
export function definitionsOf(flavour: Flavour): readonly ParamDefinition[] {
  const { autopilot, airframe, px4 = "1.14" } = flavour;
  const key = autopilot === "px4" ? `${autopilot} ${px4} ${airframe}` : `${autopilot} ${airframe}`;
  const known = made.get(key);
  if (known) return known;
  const definitions = autopilot === "px4" ? px4Definitions(flavour) : ardupilotDefinitions(airframe);
  made.set(key, definitions);
  return definitions;
}

/** The value as stored in this type: integers are truncated and limited to their range, floats are single precision. */
export function rounded(type: ParamType, value: number): number {
  if (type === PARAM_TYPE.real32) return Math.fround(value);
  const bits = type === PARAM_TYPE.int8 ? 8 : type === PARAM_TYPE.int16 ? 16 : 32;
  const most = 2 ** (bits - 1);
  return Math.min(most - 1, Math.max(-most, Math.trunc(value)));
}
