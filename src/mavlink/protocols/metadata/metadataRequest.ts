/**
 * Asks the autopilot where it keeps the general file of its metadata.
 *
 *   asking ──(received)──▶ done
 *     │ ▲ timeout: ask again
 *     └─┘
 *   asking ──(asked often enough | cancel)──▶ failed
 *
 * https://mavlink.io/en/services/component_metadata.html
 */
import type { MavlinkFrame, OutgoingMessage } from "../../frame.js";
import { fieldsOf } from "../../messageFields.js";
import type { MavAddress } from "../mission/missionMessages.js";

export type GeneralFile = { readonly uri: string; readonly fileCrc: number };

export type MetadataRequestState =
  | { readonly phase: "asking"; readonly countOfAsks: number; readonly waitMs: number }
  | { readonly phase: "done"; readonly file: GeneralFile }
  | { readonly phase: "failed" };

export type MetadataRequestEvent =
  | { readonly kind: "received"; readonly file: GeneralFile }
  | { readonly kind: "timeout" }
  | { readonly kind: "cancel" };

export type MetadataRequestEffect = { readonly kind: "ask" } | { readonly kind: "arm-timer"; readonly afterMs: number };

type MetadataRequestStep = readonly [MetadataRequestState, readonly MetadataRequestEffect[]];

const ASKS_MAX = 3;
/** Added to two round trips, of which one takes the latter where none was measured. */
const WAIT_MS = 1000;
const ROUND_TRIP_MS = 250;
const REQUEST_MESSAGE = 512;
const COMPONENT_METADATA = 397;

export const startMetadataRequest = (roundTripMs: number | undefined): MetadataRequestStep =>
  ask(1, WAIT_MS + 2 * (roundTripMs ?? ROUND_TRIP_MS));

export function stepMetadataRequest(state: MetadataRequestState, event: MetadataRequestEvent): MetadataRequestStep {
  if (state.phase !== "asking") return [state, []];
  switch (event.kind) {
    case "received":
      return [{ phase: "done", file: event.file }, []];
    case "timeout":
      return state.countOfAsks < ASKS_MAX ? ask(state.countOfAsks + 1, state.waitMs) : [{ phase: "failed" }, []];
    case "cancel":
      return [{ phase: "failed" }, []];
  }
}

const ask = (countOfAsks: number, waitMs: number): MetadataRequestStep => [
  { phase: "asking", countOfAsks, waitMs },
  [{ kind: "ask" }, { kind: "arm-timer", afterMs: waitMs }],
];

/** The general file that a frame of this component names; undefined for any other frame. */
export function generalFileFrom(frame: MavlinkFrame, { systemId, componentId }: MavAddress): GeneralFile | undefined {
  if (frame.systemId !== systemId || frame.componentId !== componentId) return undefined;
  const fields = fieldsOf(frame, "COMPONENT_METADATA");
  return fields && { uri: fields.uri, fileCrc: fields.file_crc };
}

export const metadataRequestMessage = ({ systemId, componentId }: MavAddress): OutgoingMessage => ({
  name: "COMMAND_LONG",
  fields: {
    ...{ target_system: systemId, target_component: componentId },
    ...{ command: REQUEST_MESSAGE, param1: COMPONENT_METADATA, confirmation: 0 },
  },
});
