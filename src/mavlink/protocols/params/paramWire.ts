/** Parameters on the wire. https://mavlink.io/en/services/parameter.html */
import type { ParamType } from "../../../vehicle/params.js";
import type { MavlinkFrame, OutgoingMessage } from "../../frame.js";
import { fieldsOf } from "../../messageFields.js";
import type { MavAddress } from "../mission/missionMessages.js";

/**
 * How a whole number travels in PARAM_VALUE's float: as a float of that value (ArduPilot), or as its own four bytes (PX4).
 * By the guide neither tells it by its capability bits, so the autopilot's kind decides.
 */
export type ParamEncoding = "c-cast" | "bytewise";

const TYPES: Readonly<Record<number, ParamType>> = {
  1: "uint8",
  2: "int8",
  3: "uint16",
  4: "int16",
  5: "uint32",
  6: "int32",
  9: "real32",
};
const TYPE_NUMBERS: Readonly<Record<ParamType, number>> = {
  uint8: 1,
  int8: 2,
  uint16: 3,
  int16: 4,
  uint32: 5,
  int32: 6,
  real32: 9,
};
export const paramTypeOf = (mavParamType: number): ParamType => TYPES[mavParamType] ?? "real32";
export const paramTypeNumber = (type: ParamType): number => TYPE_NUMBERS[type];

/** What PX4 sends before a list, and in answer to a question for it: the sum of all its parameters. */
export const HASH_PARAM = "_HASH_CHECK";

export type ReceivedParam = {
  readonly name: string;
  readonly value: number;
  readonly type: ParamType;
  /** Undefined when the value came by itself or by name. */
  readonly index: number | undefined;
  readonly countOfAll: number;
};

const NO_INDEX = 0xffff;

/** A PARAM_VALUE of this component, whoever asked for it; undefined for anything else. */
export function receivedParamFrom(
  frame: MavlinkFrame,
  vehicle: MavAddress,
  encoding: ParamEncoding,
): ReceivedParam | undefined {
  if (frame.systemId !== vehicle.systemId || frame.componentId !== vehicle.componentId) return undefined;
  const fields = fieldsOf(frame, "PARAM_VALUE");
  if (!fields) return undefined;
  const type = paramTypeOf(fields.param_type);
  return {
    name: fields.param_id,
    value: encoding === "bytewise" ? bytewise(frame, type) : fields.param_value,
    type,
    index: fields.param_index === NO_INDEX ? undefined : fields.param_index,
    countOfAll: fields.param_count,
  };
}

/** From the frame's own bytes: as a JavaScript number, a float that is NaN forgets which bits it had. */
function bytewise(frame: MavlinkFrame, type: ParamType): number {
  const start = frame.version === 1 ? 6 : 10;
  // MAVLink 2 cuts trailing zeros, here never before the name.
  const view = new DataView(frame.bytes.buffer, frame.bytes.byteOffset + start, 4);
  const read: Readonly<Record<ParamType, () => number>> = {
    uint8: () => view.getUint8(0),
    int8: () => view.getInt8(0),
    uint16: () => view.getUint16(0, true),
    int16: () => view.getInt16(0, true),
    uint32: () => view.getUint32(0, true),
    int32: () => view.getInt32(0, true),
    real32: () => view.getFloat32(0, true),
  };
  return read[type]();
}

/** The bits of a value as PX4 wants them in the float field. */
function bitsOf(value: number, type: ParamType): bigint {
  const view = new DataView(new ArrayBuffer(4));
  if (type === "real32") view.setFloat32(0, value, true);
  else view.setUint32(0, value, true);
  return BigInt(view.getUint32(0, true));
}

const target = ({ systemId, componentId }: MavAddress) => ({
  target_system: systemId,
  target_component: componentId,
});

export const paramRequestList = (vehicle: MavAddress): OutgoingMessage => ({
  name: "PARAM_REQUEST_LIST",
  fields: target(vehicle),
});

/** By name, or by its place in the list. */
export const paramRequestRead = (vehicle: MavAddress, which: string | number): OutgoingMessage => ({
  name: "PARAM_REQUEST_READ",
  fields:
    typeof which === "string"
      ? { ...target(vehicle), param_id: which, param_index: -1 }
      : { ...target(vehicle), param_index: which },
});

export const paramSet = (
  vehicle: MavAddress,
  { name, value, type }: { readonly name: string; readonly value: number; readonly type: ParamType },
  encoding: ParamEncoding,
): OutgoingMessage => ({
  name: "PARAM_SET",
  fields: {
    ...target(vehicle),
    param_id: name,
    param_type: paramTypeNumber(type),
    param_value: encoding === "bytewise" ? bitsOf(value, type) : value,
  },
});

/** Told to PX4 it ends a running list: nobody needs the rest. */
export const paramStopList = (vehicle: MavAddress): OutgoingMessage => ({
  name: "PARAM_SET",
  fields: { ...target(vehicle), param_id: HASH_PARAM, param_type: TYPE_NUMBERS.uint32, param_value: 0 },
});
