/**
 * What event ids mean: `all_events.json`, COMP_METADATA_TYPE_EVENTS of MAVLink's component metadata.
 * https://mavlink.io/en/services/events.html
 */
import type { EventDescription, EventRole, ReceivedVehicleEvent } from "../../vehicle/events.js";
import { eventText, type EventArgument } from "./eventText.js";

/** Undefined for event ids that the metadata do not have. */
export type EventMetadata = (event: ReceivedVehicleEvent) => EventDescription | undefined;

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const entriesIn = (value: unknown): readonly (readonly [string, unknown])[] =>
  isJson(value) ? Object.entries(value) : [];
const textIn = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

type BaseType =
  "uint8_t" | "int8_t" | "uint16_t" | "int16_t" | "uint32_t" | "int32_t" | "uint64_t" | "int64_t" | "float";
const BASE_TYPES: Readonly<
  Record<BaseType, readonly [bytes: number, read: (view: DataView, at: number) => number | bigint]>
> = {
  uint8_t: [1, (view, at) => view.getUint8(at)],
  int8_t: [1, (view, at) => view.getInt8(at)],
  uint16_t: [2, (view, at) => view.getUint16(at, true)],
  int16_t: [2, (view, at) => view.getInt16(at, true)],
  uint32_t: [4, (view, at) => view.getUint32(at, true)],
  int32_t: [4, (view, at) => view.getInt32(at, true)],
  uint64_t: [8, (view, at) => view.getBigUint64(at, true)],
  int64_t: [8, (view, at) => view.getBigInt64(at, true)],
  float: [4, (view, at) => view.getFloat32(at, true)],
};
const isBaseType = (type: unknown): type is BaseType => typeof type === "string" && Object.hasOwn(BASE_TYPES, type);

type EventEnum = {
  readonly type: BaseType;
  readonly isBitfield: boolean;
  readonly labels: ReadonlyMap<string, string>;
};
type ArgumentType = { readonly base: BaseType; readonly values: EventEnum | undefined };
type KnownEvent = {
  readonly name: string;
  readonly group: string;
  readonly type: string | undefined;
  readonly message: string;
  readonly detail: string | undefined;
  readonly arguments: readonly ArgumentType[];
};
type Component = {
  readonly events: ReadonlyMap<number, KnownEvent>;
  readonly modeGroups: Readonly<Record<number, number>>;
};

/** The upper byte of an event's id is the component whose namespace it belongs to. */
const SUB_ID_BITS = 24;

/** Undefined when the JSON is no event metadata. */
export function readEventMetadata(json: unknown): EventMetadata | undefined {
  if (!isJson(json) || !isJson(json["components"])) return undefined;
  const parts = entriesIn(json["components"]).filter((entry): entry is readonly [string, Json] => isJson(entry[1]));
  const enums = new Map(parts.flatMap(([, part]) => enumsOf(part)));
  const components = new Map(parts.map(([id, part]) => [Number(id), componentFrom(part, enums)]));
  return (event) => {
    const component = components.get(event.eventId >>> SUB_ID_BITS);
    const known = component?.events.get(event.eventId & ((1 << SUB_ID_BITS) - 1));
    return known && component && describe(known, component, event);
  };
}

/** Keyed by "namespace::name" and, for events of the same component, also by the name alone. */
function enumsOf(component: Json): readonly (readonly [string, EventEnum])[] {
  const namespace = textIn(component["namespace"]) ?? "";
  return entriesIn(component["enums"]).flatMap(([name, value]): readonly (readonly [string, EventEnum])[] => {
    const type = isJson(value) ? value["type"] : undefined;
    if (!isJson(value) || !isBaseType(type)) return [];
    const labels = new Map(
      entriesIn(value["entries"]).map(([number, entry]) => [
        number,
        (isJson(entry) ? (textIn(entry["description"]) ?? textIn(entry["name"])) : undefined) ?? number,
      ]),
    );
    const read: EventEnum = { type, isBitfield: value["is_bitfield"] === true, labels };
    return [[`${namespace}::${name}`, read] as const];
  });
}

function componentFrom(component: Json, enums: ReadonlyMap<string, EventEnum>): Component {
  const namespace = textIn(component["namespace"]) ?? "";
  const events = new Map<number, KnownEvent>();
  for (const [group, inGroup] of entriesIn(component["event_groups"])) {
    for (const [subId, event] of entriesIn(isJson(inGroup) ? inGroup["events"] : undefined)) {
      const known = isJson(event) ? knownEvent(event, group, { namespace, enums }) : undefined;
      if (known) events.set(Number(subId), known);
    }
  }
  const groups = component["navigation_mode_groups"];
  const modeGroups: Record<number, number> = {};
  for (const [group, modes] of entriesIn(isJson(groups) ? groups["groups"] : undefined))
    if (Array.isArray(modes)) for (const mode of modes) if (typeof mode === "number") modeGroups[mode] = Number(group);
  return { events, modeGroups };
}

type Scope = { readonly namespace: string; readonly enums: ReadonlyMap<string, EventEnum> };

/** Undefined where an argument's type is unknown: the arguments after it could not be read either. */
function knownEvent(event: Json, group: string, scope: Scope): KnownEvent | undefined {
  const types = (Array.isArray(event["arguments"]) ? event["arguments"] : []).map((argument) =>
    argumentType(isJson(argument) ? argument["type"] : undefined, scope),
  );
  const message = textIn(event["message"]);
  const known = types.filter((type) => type !== undefined);
  if (message === undefined || known.length < types.length) return undefined;
  const { name, type, description } = event;
  return {
    ...{ group, message, arguments: known },
    name: textIn(name) ?? "",
    type: textIn(type),
    detail: textIn(description),
  };
}

function argumentType(type: unknown, { namespace, enums }: Scope): ArgumentType | undefined {
  if (isBaseType(type)) return { base: type, values: undefined };
  if (typeof type !== "string") return undefined;
  const values = enums.get(type) ?? enums.get(`${namespace}::${type}`);
  return values && { base: values.type, values };
}

function describe(known: KnownEvent, component: Component, event: ReceivedVehicleEvent): EventDescription | undefined {
  const raw = rawArguments(known, event.arguments);
  if (!raw) return undefined;
  const args = raw.map((value, i): EventArgument => argumentFrom(value, known.arguments[i]));
  const detail = known.detail === undefined ? "" : eventText(known.detail, args);
  return {
    name: known.name,
    text: eventText(known.message, args),
    detail: detail === "" ? undefined : detail,
    role: roleOf(known, component, raw),
  };
}

/** Undefined where the arguments need more bytes than there are. */
function rawArguments(
  { arguments: types }: KnownEvent,
  bytes: readonly number[],
): readonly (number | bigint)[] | undefined {
  const view = new DataView(Uint8Array.from(bytes).buffer);
  const values: (number | bigint)[] = [];
  let at = 0;
  for (const { base } of types) {
    const [size, read] = BASE_TYPES[base];
    if (at + size > view.byteLength) return undefined;
    values.push(read(view, at));
    at += size;
  }
  return values;
}

function argumentFrom(value: number | bigint, type: ArgumentType | undefined): EventArgument {
  if (type?.values) return { kind: "words", text: labelOf(value, type.values) };
  return { kind: "number", value, isFloat: type?.base === "float" };
}

function labelOf(value: number | bigint, { isBitfield, labels }: EventEnum): string {
  if (!isBitfield) return labels.get(String(value)) ?? String(value);
  const set = [...labels].filter(
    ([bit]) => /^\d+$/.test(bit) && BigInt(bit) !== 0n && (BigInt(value) & BigInt(bit)) === BigInt(bit),
  );
  return set.length === 0 ? String(value) : set.map(([, label]) => label).join(", ");
}

// Event groups of the "health_and_arming_check" protocol.
const ARMING_CHECK = "arming_check";
const HEALTH = "health";
const SUMMARY = "summary";
const APPENDS_CHECKS = "append_health_and_arming_messages";

function roleOf({ group, type }: KnownEvent, { modeGroups }: Component, raw: readonly (number | bigint)[]): EventRole {
  const first = Number(raw[0] ?? 0);
  if (type === APPENDS_CHECKS) return { kind: "refusal", modeGroup: modeGroups[first] };
  if (group !== ARMING_CHECK && group !== HEALTH) return { kind: "plain" };
  if (type !== SUMMARY) return { kind: "check", modeBits: first };
  return group === HEALTH ? { kind: "report-ends" } : { kind: "report-begins", chunkIndex: first, modeGroups };
}
