/** Parameters on the wire. https://mavlink.io/en/services/parameter.html */
import type { ParamType } from "../../../vehicle/params.js";
import type { MavlinkFrame, OutgoingMessage } from "../../frame.js";
import { fieldsOf } from "../../messageFields.js";
import type { MavAddress } from "../mission/missionMessages.js";

/**
 * How an integer travels in PARAM_VALUE's float field: as a float of that value (ArduPilot), or as its own four bytes
 * (PX4). Neither sets the capability bit that the guide has for this, so the kind of autopilot decides.
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

/** A parameter that PX4 sends before a list and on request: the checksum of all its parameters. */
export const HASH_PARAM = "_HASH_CHECK";

export type ReceivedParam = {
  readonly name: string;
  readonly value: number;
  readonly type: ParamType;
  /** Undefined when the value was sent after a change or requested by name. */
  readonly index: number | undefined;
  readonly countOfAll: number;
};

const NO_INDEX = 0xffff;

/** A PARAM_VALUE from this component, whoever requested it; undefined for anything else. */
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

/** Read from the frame's bytes: a JavaScript number does not keep the bits of a float that is NaN. */
function bytewise(frame: MavlinkFrame, type: ParamType): number {
  const start = frame.version === 1 ? 6 : 10;
  // MAVLink 2 cuts trailing zeros; the value is at the payload's start, before the name, so it is always complete.
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

/** The bits of a value as PX4 expects them in the float field. */
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

/** Requests a parameter by name, or by its index in the list. */
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

/** For PX4: ends a list that is being sent. */
export const paramStopList = (vehicle: MavAddress): OutgoingMessage => ({
  name: "PARAM_SET",
  fields: { ...target(vehicle), param_id: HASH_PARAM, param_type: TYPE_NUMBERS.uint32, param_value: 0 },
});
