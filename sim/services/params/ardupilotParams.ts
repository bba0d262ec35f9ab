import type { WireMessage } from "../../wire/mavlinkCodec.js";
import { dispatch, type ReceivedMessage, type WireHandlers } from "../../wire/mavlinkCodec.js";
import { isAddressedTo } from "../addressing.js";
import { createAllowance, type ServiceLink } from "../allowance.js";
import type { Service } from "../service.js";
import type { ParamDefinition } from "./definitions.js";
import { NO_INDEX, type ParamTable } from "./paramTable.js";

/** Bytes of a PARAM_VALUE frame. */
export const PARAM_FRAME_BYTES = 37;
const SHARE = 0.3;
/** Without flow control ArduPilot sends at most this many at once. */
const MOST_AT_ONCE = 5;
const MOST_REQUESTS = 20;

type Request = { readonly definition: ParamDefinition; readonly index: number };

/**
 * ArduPilot's parameter protocol: values are cast to float for every type; a list uses at most 30 % of the link; at most 20 single
 * requests wait, more are dropped; unknown names and NaN get no answer; a read-only parameter is answered with its old value;
 * the count changes with the `*_ENABLE` parameters.
 * Source: libraries/GCS_MAVLink/GCS_Param.cpp.
 */
export function createArdupilotParams(table: ParamTable, link: ServiceLink): Service {
  const allowance = createAllowance(link, SHARE, MOST_AT_ONCE * PARAM_FRAME_BYTES);
  let listAt: { index: number; readonly count: number } | undefined;
  let requests: readonly Request[] = [];

  const message = (definition: ParamDefinition, index: number, value = table.valueOf(definition)): WireMessage => ({
    name: "PARAM_VALUE",
    fields: {
      paramId: definition.name,
      paramValue: value,
      paramType: definition.type,
      paramCount: listAt && index !== NO_INDEX ? listAt.count : table.listed().length,
      paramIndex: index,
    },
  });
  const ask = (definition: ParamDefinition | undefined, index: number): void => {
    if (definition && requests.length < MOST_REQUESTS) requests = [...requests, { definition, index }];
  };
  const handlers: WireHandlers<readonly WireMessage[]> = {
    PARAM_REQUEST_LIST: () => {
      listAt = { index: 0, count: table.listed().length };
      return [];
    },
    PARAM_REQUEST_READ: ({ paramId, paramIndex }) => {
      if (paramIndex >= 0) ask(table.listed()[paramIndex], paramIndex);
      else ask(table.find(paramId), NO_INDEX);
      return [];
    },
    PARAM_SET: ({ paramId, paramValue }) => {
      const definition = table.find(paramId);
      if (!definition || Number.isNaN(paramValue)) return [];
      return [message(definition, NO_INDEX, table.set(definition, paramValue))];
    },
  };
  const nextOfList = (): WireMessage | undefined => {
    const definition = listAt && table.listed()[listAt.index];
    if (!listAt || !definition) {
      listAt = undefined;
      return undefined;
    }
    return message(definition, listAt.index++);
  };
  return {
    receive: (received: ReceivedMessage) =>
      isAddressedTo(received.fields, link.systemId) ? dispatch(handlers, received) : undefined,
    tick: (nowMs) => {
      allowance.advance(nowMs);
      const sent: WireMessage[] = [];
      while ((requests.length > 0 || listAt) && allowance.take(PARAM_FRAME_BYTES)) {
        const [first, ...rest] = requests;
        requests = rest;
        const next = first ? message(first.definition, first.index) : nextOfList();
        if (next) sent.push(next);
      }
      return sent;
    },
  };
}
