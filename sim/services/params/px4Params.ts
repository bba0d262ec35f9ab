import { dispatch, type ReceivedMessage, type WireHandlers, type WireMessage } from "../../wire/mavlinkCodec.js";
import { isAddressedTo } from "../addressing.js";
import { createAllowance, type ServiceLink } from "../allowance.js";
import type { Service } from "../service.js";
import { PARAM_FRAME_BYTES } from "./ardupilotParams.js";
import { PARAM_TYPE, type ParamDefinition } from "./definitions.js";
import { NO_INDEX, bitsOf, hashOf, type ParamTable } from "./paramTable.js";

const HASH_NAME = "_HASH_CHECK";
const UINT32 = 5;
const MOST_AT_ONCE = 5;
/** Share of the link; the transmit buffer is shared with the telemetry streams. */
const SHARE = 0.7;

/** The four bytes of param_value from the frame: reading them as a float would not preserve every integer. */
function paramBitsOf({ frame }: ReceivedMessage): number {
  const four = Buffer.alloc(4);
  const isV2 = frame?.[0] === 0xfd;
  const from = isV2 ? 10 : 6;
  four.set(frame?.subarray(from, Math.min(from + 4, from + (frame[1] ?? 0))) ?? []);
  return four.readUInt32LE(0);
}

function valueFrom(bits: number, { type }: ParamDefinition): number {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(bits);
  return type === PARAM_TYPE.real32 ? four.readFloatLE(0) : four.readInt32LE(0);
}

const text = (severity: number, words: string): WireMessage => ({
  name: "STATUSTEXT",
  fields: { severity, text: words.slice(0, 50) },
});

type Position = "idle" | "hash" | number;

/** PX4's two replies: the hash, and a value. */
function messagesOf(table: ParamTable) {
  const hash = (): WireMessage => ({
    name: "PARAM_VALUE_BITS",
    fields: {
      paramId: HASH_NAME,
      paramValue: hashOf(table),
      paramType: UINT32,
      paramCount: table.listed().length,
      paramIndex: NO_INDEX,
    },
  });
  const valueMessage = (definition: ParamDefinition, value = table.valueOf(definition)): WireMessage => ({
    name: "PARAM_VALUE_BITS",
    fields: {
      paramId: definition.name,
      paramValue: bitsOf(definition, value),
      paramType: definition.type,
      paramCount: table.listed().length,
      paramIndex: table.indexOf(definition.name),
    },
  });
  return { hash, valueMessage };
}

/**
 * PX4's parameter protocol: int32 or float, byte-wise in `param_value`. The list begins with `_HASH_CHECK` (type uint32, no index),
 * and a PARAM_SET of that name stops it. A PARAM_SET is answered with value and index; an unknown name with a text only.
 * Source: src/modules/mavlink/mavlink_parameters.cpp.
 */
export function createPx4Params(table: ParamTable, link: ServiceLink): Service {
  const allowance = createAllowance(link, SHARE, MOST_AT_ONCE * PARAM_FRAME_BYTES);
  let position: Position = "idle";

  const { hash, valueMessage } = messagesOf(table);
  const read = (name: string, index: number): readonly WireMessage[] => {
    if (index < 0 && name === HASH_NAME) return [hash()];
    const definition = index < 0 ? table.find(name) : table.listed()[index];
    if (definition) return [valueMessage(definition)];
    return index < 0 ? [] : [text(6, `[pm] unknown param ID: ${index}`)];
  };
  const set = (name: string, type: number, bits: number): readonly WireMessage[] => {
    if (name === HASH_NAME) {
      position = "idle";
      return [];
    }
    const definition = table.find(name);
    if (!definition) return [text(6, `[pm] unknown param: ${name}`)];
    if (definition.type !== type) return [text(3, `[pm] param types mismatch param: ${name}`)];
    return [valueMessage(definition, table.set(definition, valueFrom(bits, definition)))];
  };
  const handlersFor = (received: ReceivedMessage): WireHandlers<readonly WireMessage[]> => ({
    PARAM_REQUEST_LIST: () => {
      // A list request during a list restarts it without the hash.
      position = position === "idle" ? "hash" : 0;
      return [];
    },
    PARAM_REQUEST_READ: ({ paramId, paramIndex }) => read(paramId, paramIndex),
    PARAM_SET: ({ paramId, paramType }) => set(paramId, paramType, paramBitsOf(received)),
  });
  const next = (): WireMessage | undefined => {
    if (position === "hash") {
      position = 0;
      return hash();
    }
    const definition = typeof position === "number" ? table.listed()[position] : undefined;
    if (typeof position !== "number" || !definition) {
      position = "idle";
      return undefined;
    }
    position++;
    return valueMessage(definition);
  };
  // Broadcasts (0) are ignored: PX4 requires its own system id.
  const isForUs = ({ fields }: ReceivedMessage): boolean =>
    isAddressedTo(fields, link.systemId) && "targetSystem" in fields && fields.targetSystem === link.systemId;
  return {
    receive: (received) =>
      received.name.startsWith("PARAM_") && isForUs(received) ? dispatch(handlersFor(received), received) : undefined,
    tick: (nowMs) => {
      allowance.advance(nowMs);
      const sent: WireMessage[] = [];
      while (position !== "idle" && allowance.take(PARAM_FRAME_BYTES)) {
        const message = next();
        if (message) sent.push(message);
      }
      return sent;
    },
  };
}
