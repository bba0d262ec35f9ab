/**
 * Descriptions of parameters from MAVLink's component metadata, `parameter.schema.json` of the MAVLink project.
 * https://mavlink.io/en/services/component_metadata.html
 */
import type { ParamMetadata } from "../../vehicle/params.js";

/** A parameter's description; `isVolatile`: the autopilot itself changes it, so it is not part of PX4's hash. */
type ParamDescription = { readonly metadata: ParamMetadata; readonly isVolatile: boolean };
export type ParamDescriptions = (name: string) => ParamDescription | undefined;

export const NO_PARAM_METADATA: ParamMetadata = {
  ...{ title: undefined, description: undefined, group: undefined, unit: undefined, min: undefined, max: undefined },
  ...{ increment: undefined, decimals: undefined, defaultValue: undefined, choices: [], bits: [] },
  ...{ needsReboot: false, isReadOnly: false },
};

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null;
const listIn = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
const textIn = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const numberIn = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

/** Undefined when the JSON is no parameter metadata. "FOO{n}_BAR" describes FOO1_BAR, FOO2_BAR and so on. */
export function readParamMetadata(json: unknown): ParamDescriptions | undefined {
  if (!isJson(json) || !Array.isArray(json["parameters"])) return undefined;
  const exact = new Map<string, ParamDescription>();
  const numbered: { readonly pattern: RegExp; readonly entry: Json }[] = [];
  for (const entry of listIn(json["parameters"])) {
    const name = textIn(entry["name"]);
    if (name === undefined) continue;
    if (!name.includes("{n}")) exact.set(name, descriptionsFrom(entry, ""));
    else numbered.push({ pattern: new RegExp(`^${name.split("{n}").map(escaped).join("(\\d+)")}$`), entry });
  }
  return (name) => {
    const known = exact.get(name);
    if (known) return known;
    for (const { pattern, entry } of numbered) {
      const match = pattern.exec(name);
      if (!match) continue;
      const reported = descriptionsFrom(entry, match[1] ?? "");
      exact.set(name, reported);
      return reported;
    }
    return undefined;
  };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&");

function descriptionsFrom(entry: Json, number: string): ParamDescription {
  const text = (key: string): string | undefined => textIn(entry[key])?.replaceAll("{n}", number);
  return {
    isVolatile: entry["volatile"] === true,
    metadata: {
      title: text("shortDesc"),
      description: text("longDesc"),
      group: text("group"),
      unit: text("units"),
      min: numberIn(entry["min"]),
      max: numberIn(entry["max"]),
      increment: numberIn(entry["increment"]),
      decimals: numberIn(entry["decimalPlaces"]),
      defaultValue: numberIn(entry["default"]),
      choices: listIn(entry["values"]).flatMap(choiceFrom),
      bits: listIn(entry["bitmask"]).flatMap(bitFrom),
      needsReboot: entry["rebootRequired"] === true,
      isReadOnly: entry["readOnly"] === true,
    },
  };
}

function choiceFrom(json: Json): ParamMetadata["choices"] {
  const value = numberIn(json["value"]);
  return value === undefined ? [] : [{ value, label: textIn(json["description"]) ?? String(value) }];
}

function bitFrom(json: Json): ParamMetadata["bits"] {
  const bit = numberIn(json["index"]);
  return bit === undefined ? [] : [{ bit, label: textIn(json["description"]) ?? String(bit) }];
}
